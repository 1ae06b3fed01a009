"""De zestig bedrijven, verenigingen en stichtingen van het verzonnen Losser."""

from __future__ import annotations

from datetime import timedelta

from frontoffice.demo.wereld.bron import Toeval, draw_nummers, load_woorden
from frontoffice.demo.wereld.feiten import Adres, Bedrijf, Persoon

AANTAL = 60


def make_bedrijven(toeval: Toeval, personen: list[Persoon]) -> list[Bedrijf]:
    """Zestig bedrijven; sommige met een tweede vestiging, een afgeschermd adres of uitgeschreven."""
    rng = toeval("bedrijven")
    lijsten = load_woorden("bedrijven")
    straten = load_woorden("plaatsen")["straten"]
    rsins = draw_nummers(toeval("rsin"), AANTAL)
    eigenaren = [p.nummer for p in personen if 25 < p.leeftijd < 66 and not p.rol and not p.overleden]
    bedrijven = []
    for nummer in range(AANTAL):
        soort, vorm, sbi, sbi_tekst = lijsten["soorten"][nummer % len(lijsten["soorten"])]
        naam = f"{soort} {lijsten['namen'][(nummer * 7 + 3) % len(lijsten['namen'])]}"
        if vorm == "Besloten Vennootschap":
            naam += " B.V."
        adressen = []
        for extra in range(2):
            plaats, postcode, straat = straten[rng.randrange(len(straten))]
            adressen.append(Adres(straat, 960 + nummer % 20 + 20 * extra, "", "", postcode, plaats))
        eenmans = vorm == "Eenmanszaak"
        neven = nummer % 6 == 4
        bedrijven.append(
            Bedrijf(
                nummer=nummer,
                kvk=f"9{9000000 + nummer * 137 + rng.randrange(100):07d}",
                rsin="" if eenmans else rsins[nummer],
                naam=naam,
                rechtsvorm=vorm,
                sbi=(sbi, sbi_tekst),
                adres=adressen[0],
                vestiging=f"0000990{nummer:05d}",
                nevenvestiging=f"0000991{nummer:05d}" if neven else "",
                nevenadres=adressen[1] if neven else None,
                sinds=toeval.vandaag - timedelta(days=rng.randint(200, 12000)),
                werkzaam=1 if eenmans else rng.randint(2, 48),
                afgeschermd=eenmans and nummer % 2 == 0,
                non_mailing=rng.random() < 0.5,
                actief=nummer % 19 != 18,
                eigenaar=rng.choice(eigenaren),
            )
        )
    return bedrijven
