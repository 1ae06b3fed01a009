"""De meldingen openbare ruimte van het verzonnen Losser: wat, waar, van wie en hoe ver ermee.

Ongeveer een kwart is te laat en een twintigste veel te laat; een tiende heeft geen gegevens van de melder. De
anderen horen bij inwoners die ook in de andere registers staan.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from frontoffice.demo.wereld.bron import Toeval, load_woorden
from frontoffice.demo.wereld.feiten import Partij, Persoon

AANTAL = 120
EERSTE_NUMMER = 1001
VREEMDE_STAND = ("wacht op nutsbedrijf", "Wacht op nutsbedrijf")
"""Een stand die een nieuwere versie kan kennen en dit programma niet."""


class Meldingsoort(NamedTuple):
    naam: str
    slug: str
    hoofdnaam: str
    hoofdslug: str
    afdeling: str
    dagen: int
    kalenderdagen: bool
    belofte: str
    omschrijving: str


class Stap(NamedTuple):
    """Een stand in de tijd; `mail` of de melder er een e-mail over kreeg."""

    om: datetime
    stand: str
    tekst: str
    mail: bool


class Meldingfeit(NamedTuple):
    """Een melding. Tijden in UTC; `punt` is (lengte, breedte)."""

    nummer: int
    uuid: str
    soort: Meldingsoort
    tekst: str
    straat: str
    huisnummer: int
    postcode: str
    plaats: str
    punt: tuple[float, float]
    email: str
    telefoon: str
    mag_mail: bool
    om: datetime
    uiterlijk: datetime
    factor3: datetime
    stappen: tuple[Stap, ...]
    notities: tuple[tuple[datetime, str], ...]
    bron: str


def load_soorten() -> list[Meldingsoort]:
    """Alle soorten meldingen, in volgorde."""
    return [
        Meldingsoort(naam, slug, hoofdnaam, hoofdslug, afdeling, dagen, kalender, belofte, woorden)
        for hoofdnaam, hoofdslug, rijen in load_woorden("meldingen")["hoofd"]
        for naam, slug, afdeling, dagen, kalender, belofte, woorden, _ in rijen
    ]


def find_punt(plaats: str, straat: str, huisnummer: int) -> tuple[float, float]:
    """Een vast punt voor dit adres: elke straat ligt ergens in haar dorp, huizen acht meter uit elkaar."""
    dorpen = load_woorden("meldingen")["dorpen"]
    lengte, breedte = dorpen.get(plaats, dorpen["Losser"])
    som = sum(ord(teken) * plek for plek, teken in enumerate(straat, start=1))
    return (
        round(lengte + (som % 97 - 48) * 0.00012 + huisnummer * 0.00006, 6),
        round(breedte + (som % 61 - 30) * 0.00009 + huisnummer * 0.000045, 6),
    )


def add_dagen(om: datetime, dagen: int, kalenderdagen: bool) -> datetime:
    """De uiterste tijd zoals Signalen die rekent: werkdagen zijn ma-vr, feestdagen tellen niet apart."""
    if kalenderdagen:
        return om + timedelta(days=dagen)
    if om.weekday() >= 5:
        om = datetime.combine(om.date() + timedelta(days=7 - om.weekday()), time(), UTC)
    weken, rest = divmod(dagen, 5)
    extra = 2 if om.weekday() + rest >= 5 else 0
    return om + timedelta(days=weken * 7 + rest + extra)


class Meldingen:
    """Maakt de meldingen. Zelfde toeval: zelfde meldingen."""

    def __init__(self, toeval: Toeval, personen: list[Persoon], partijen: list[Partij]) -> None:
        self._toeval = toeval
        self._rng = toeval("meldingen")
        self._woorden: dict[str, Any] = load_woorden("meldingen")
        self._soorten = load_soorten()
        self._teksten = {rij[1]: rij[7] for _, _, rijen in self._woorden["hoofd"] for rij in rijen}
        rollen = {p.nummer: p.rol for p in personen}
        bereikbaar = [p for p in partijen if p.persoon >= 0 and p.adressen]
        self._hoofdrollen = {
            rollen[p.persoon]: p for p in reversed(bereikbaar) if rollen[p.persoon] in ("gewoon", "zwaar")
        }
        self._melders = bereikbaar
        self._straten = load_woorden("plaatsen")["straten"]

    def make(self) -> list[Meldingfeit]:
        """Oudste eerst."""
        leeftijden = sorted((self._rng.uniform(0.05, 70) for _ in range(AANTAL)), reverse=True)
        standen = self._draw_standen(leeftijden)
        return [
            self._make_one(volgnummer, leeftijd, standen[volgnummer])
            for volgnummer, leeftijd in enumerate(leeftijden)
        ]

    def _draw_standen(self, leeftijden: list[float]) -> list[str]:
        """Precies dertig te laat, waarvan zes veel te laat; de rest is klaar of nog op tijd."""
        oud = [plek for plek, leeftijd in enumerate(leeftijden) if leeftijd > 34]
        veel = set(self._rng.sample(oud, 6))
        midden = [plek for plek, leeftijd in enumerate(leeftijden) if leeftijd > 12 and plek not in veel]
        laat = set(self._rng.sample(midden, 24))
        uit = []
        for plek, leeftijd in enumerate(leeftijden):
            if plek in veel:
                uit.append("veel")
            elif plek in laat:
                uit.append("laat")
            else:
                uit.append("tijd" if leeftijd < 6 else "klaar")
        return uit

    def _make_one(self, volgnummer: int, leeftijd: float, stand: str) -> Meldingfeit:
        rng = self._rng
        nu = datetime.combine(self._toeval.vandaag, time(8, 0), UTC)
        om = nu - timedelta(days=leeftijd)
        if leeftijd > 1:  # overdag
            om = om.replace(hour=rng.randrange(6, 20))
        om = om.replace(second=rng.randrange(60), microsecond=0)
        soort = rng.choice(self._soorten)
        uiterlijk = add_dagen(om, soort.dagen, soort.kalenderdagen)
        factor3 = add_dagen(om, soort.dagen * 3, soort.kalenderdagen)
        if stand == "veel":
            uiterlijk, factor3 = om + timedelta(days=7), om + timedelta(days=21)
        elif stand == "laat":
            uiterlijk = min(uiterlijk, nu - timedelta(days=rng.choice((1, 2, 3, 5, 8)), hours=1))
            factor3 = max(factor3, nu + timedelta(days=3))
        elif stand == "tijd":
            uiterlijk, factor3 = max(uiterlijk, nu + timedelta(days=1)), max(factor3, nu + timedelta(days=9))
        plaats, postcode, straat = rng.choice(self._straten)
        huisnummer = rng.randrange(1, 80)
        email, telefoon = self._draw_melder(volgnummer)
        stappen = self._draw_stappen(volgnummer, om, nu, stand, bool(email))
        notities: tuple[tuple[datetime, str], ...] = ()
        if rng.random() < 0.3:
            notities = ((om + (nu - om) * 0.4, rng.choice(self._woorden["notities"])),)
        return Meldingfeit(
            EERSTE_NUMMER + volgnummer,
            self._toeval.uuid("melding", volgnummer),
            soort,
            rng.choice(self._teksten[soort.slug]),
            straat,
            huisnummer,
            postcode,
            plaats,
            find_punt(plaats, straat, huisnummer),
            email,
            telefoon,
            rng.random() > 0.05,
            om,
            uiterlijk,
            factor3,
            stappen,
            notities,
            "online" if email and rng.random() < 0.7 else "Telefoon - Klantcontact",
        )

    def _draw_melder(self, volgnummer: int) -> tuple[str, str]:
        """Een tiende is anoniem; de hoofdrollen hebben er elk een paar."""
        if volgnummer % 10 == 9:
            return "", ""
        vast = {0: "zwaar", 1: "zwaar", 2: "gewoon"}.get(volgnummer % 30)
        partij = self._hoofdrollen.get(vast or "") or self._rng.choice(self._melders)
        email = next((a.adres for a in partij.adressen if a.soort == "email"), "")
        telefoon = next((a.adres for a in partij.adressen if a.soort == "telefoonnummer"), "")
        if vast is None and email and self._rng.random() < 0.3:
            telefoon = ""
        elif telefoon and self._rng.random() < 0.3:
            email = ""
        return email, telefoon[:17]

    def _draw_stappen(
        self, volgnummer: int, om: datetime, nu: datetime, stand: str, email: bool
    ) -> tuple[Stap, ...]:
        rng, berichten = self._rng, self._woorden["berichten"]
        stappen = [Stap(om, "m", "", email)]
        if volgnummer == 40:
            return (*stappen, Stap(om + (nu - om) * 0.5, VREEMDE_STAND[0], "", False))
        verder: tuple[str, ...] = {
            "klaar": rng.choice((("b", "o"), ("b", "o"), ("ingepland", "o"), ("a",))),
            "tijd": rng.choice(((), (), ("b",), ("i",))),
        }.get(
            stand,
            rng.choice(
                (("b",), ("i",), ("b", "ingepland"), ("forward to external",), ("reaction requested",), ())
            ),
        )
        if not email:
            verder = tuple(s for s in verder if s != "reaction requested")
        duur = (nu - om) * 0.8
        if stand == "klaar" and volgnummer % 6:  # de meeste zijn klaar binnen twee weken
            duur = min(duur, timedelta(days=2 + 7 * volgnummer % 11))
        for plek, code in enumerate(verder, start=1):
            wanneer = om + duur * (plek / len(verder))
            automatisch = code in ("o", "reaction requested")
            mail = email and (automatisch or rng.random() < 0.4)
            stappen.append(Stap(wanneer.replace(microsecond=0), code, berichten.get(code, ""), mail))
        return tuple(stappen)
