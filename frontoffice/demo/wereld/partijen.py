"""De partijen in Klantinteracties, met telefoonnummers en e-mailadressen in alle notaties die voorkomen."""

from __future__ import annotations

import unicodedata
from random import Random

from frontoffice.demo.wereld.bron import Toeval, load_woorden
from frontoffice.demo.wereld.feiten import Bedrijf, DigitaalAdres, Identificator, Partij, Persoon

ZONDER_PARTIJ = ("zonderPartij",)
ZONDER_BSN = 5
MAX_OMSCHRIJVING = 40


def _ascii(tekst: str) -> str:
    """Alleen letters a–z, voor een e-mailadres ("Şükrü" wordt "sukru")."""
    plat = tekst.translate(str.maketrans("łŁıßøØ", "lLisoO"))
    plat = unicodedata.normalize("NFKD", plat).encode("ascii", "ignore").decode()
    return "".join(c for c in plat.lower() if c.isalpha())


class Partijen:
    """Maakt partijen; `nummer` is de plaats in de lijst en daarmee de volgorde van aanmaken."""

    def __init__(self, toeval: Toeval, personen: list[Persoon], bedrijven: list[Bedrijf]) -> None:
        self.toeval = toeval
        self.rng = toeval("partijen")
        self.personen = personen
        self.bedrijven = bedrijven
        self.rollen = load_woorden("hoofdrollen")
        self.lijst: list[Partij] = []
        self.adressen: list[DigitaalAdres] = []
        self.teller = 100
        self.gezinsnummer: dict[int, str] = {}

    def make(self) -> tuple[list[Partij], list[DigitaalAdres]]:
        for persoon in self.personen:
            if self._heeft_partij(persoon):
                self._add_persoon(persoon)
        self._add_dubbele()
        self._add_zonder_bsn()
        for bedrijf in self.bedrijven:
            self._add_bedrijf(bedrijf)
        return self.lijst, self.adressen

    def _heeft_partij(self, persoon: Persoon) -> bool:
        if persoon.rol:
            return persoon.rol not in ZONDER_PARTIJ
        kans = 0.9 if persoon.leeftijd >= 18 or persoon.leeftijd < 0 else 0.08
        return self.rng.random() < kans

    # --- telefoon en e-mail -------------------------------------------------

    def _eigen_nummer(self, soort: str, plaats: str) -> str:
        """Een nummer uit een reeks die niet is uitgegeven: 053-000…, 0541-000…, 06-0000…"""
        self.teller += 1
        if soort == "mobiel":
            return f"060000{self.teller:04d}"
        if soort == "duits":
            return f"+49256200{self.teller:04d}"
        net = load_woorden("plaatsen")["netnummer"].get(plaats, "053")
        return f"{net}000{self.teller:0{7 - len(net)}d}"[:10]

    @staticmethod
    def _notatie(nummer: str, rng: Random) -> str:
        """Zoals het ooit is ingetikt: nationaal, +31 of 0031. Open Klant maakt ze niet gelijk."""
        if not nummer.startswith("0"):
            return nummer
        lot = rng.random()
        return nummer if lot < 0.7 else f"+31{nummer[1:]}" if lot < 0.92 else f"0031{nummer[1:]}"

    def _adres(
        self, partij: int, adres: str, soort: str, standaard: bool, omschrijving: str
    ) -> DigitaalAdres:
        nummer = len(self.adressen)
        digitaal = DigitaalAdres(
            nummer,
            self.toeval.uuid("digitaaladres", nummer),
            partij,
            None,
            adres,
            soort,
            standaard,
            omschrijving[:MAX_OMSCHRIJVING],
        )
        self.adressen.append(digitaal)
        return digitaal

    def _adressen_van(self, persoon: Persoon, partij: int) -> tuple[DigitaalAdres, ...]:
        rng = self.rng
        adressen = []
        eisen = self.rollen.get(persoon.rol, {})
        lot = rng.random()
        buiten = persoon.adres.land is not None
        soort = eisen.get("telefoon") or (
            "duits" if buiten or lot < 0.05 else "vast" if lot < 0.5 else "mobiel"
        )
        if soort == "vast":
            vast = self.gezinsnummer.get(persoon.gezin) or self._eigen_nummer("vast", persoon.adres.plaats)
            self.gezinsnummer[persoon.gezin] = vast
            notatie = vast if persoon.rol else self._notatie(vast, rng)
            adressen.append(self._adres(partij, notatie, "telefoonnummer", True, "thuis"))
            if rng.random() < 0.3:
                mobiel = self._notatie(self._eigen_nummer("mobiel", ""), rng)
                adressen.append(self._adres(partij, mobiel, "telefoonnummer", False, "mobiel"))
        elif soort != "geen" and (persoon.rol or rng.random() < 0.95):
            nummer = self._notatie(self._eigen_nummer(soort, persoon.adres.plaats), rng)
            adressen.append(
                self._adres(
                    partij, nummer, "telefoonnummer", True, "mobiel" if soort == "mobiel" else "Duitsland"
                )
            )
        if eisen.get("email", rng.random() < 0.9):
            naam = f"{_ascii(persoon.roepnaam)}.{_ascii(persoon.achternaam)}"
            adres = f"{naam}{persoon.nummer if not persoon.rol else ''}@post.example"
            adressen.append(self._adres(partij, adres, "email", True, "privé"))
        return tuple(adressen)

    # --- partijen -----------------------------------------------------------

    def _identificator(
        self,
        partij: int,
        register: str,
        objecttype: str,
        soort: str,
        waarde: str,
        boven: Identificator | None = None,
    ) -> Identificator:
        uuid = self.toeval.uuid("identificator", f"{partij}-{soort}")
        if boven is None:
            return Identificator(uuid, register, objecttype, soort, waarde)
        return Identificator(
            uuid, register, objecttype, soort, waarde, boven.uuid, boven.soort, boven.object_id
        )

    def _add_persoon(self, persoon: Persoon, notitie: str = "", met_adressen: bool = True) -> None:
        nummer = len(self.lijst)
        bsn = self._identificator(nummer, "brp", "natuurlijk_persoon", "bsn", persoon.bsn)
        adressen = self._adressen_van(persoon, nummer) if met_adressen else ()
        lot = self.rng.random()
        taal = {"0055": "deu", "0316": "nld", "0065": "pol", "0339": "tur"}.get(
            persoon.nationaliteit[0], "nld"
        )
        # Een op de zeven heeft liever mail; dat staat als voorkeursadres bij de partij.
        voorkeur = len(adressen) - 1 if adressen and lot < 0.15 else -1
        self.lijst.append(
            Partij(
                nummer,
                self.toeval.uuid("partij", nummer),
                "persoon",
                persoon.nummer,
                -1,
                "",
                persoon.voorletters,
                persoon.roepnaam,
                persoon.voorvoegsel,
                persoon.achternaam,
                (bsn,),
                adressen,
                voorkeur,
                taal if lot < 0.6 else "nld",
                persoon.geheim,
                None if persoon.adres.land else persoon.adres,
                notitie,
            )
        )

    def _add_dubbele(self) -> None:
        """Partijen die bij een overzetting dubbel zijn ontstaan: een tweede partij op hetzelfde BSN."""
        rol = next(p for p in self.personen if p.rol == "tweePartijen")
        anderen = [p for p in self.personen if not p.rol and 30 < p.leeftijd < 60][:2]
        for persoon in (rol, *anderen):
            self._add_persoon(persoon, "Overgezet uit het oude contactsysteem.", met_adressen=persoon is rol)

    def _add_zonder_bsn(self) -> None:
        """Mensen die wel eens gebeld hebben, maar van wie niemand een BSN heeft genoteerd."""
        namen = load_woorden("contacten")["namens"]
        for volgorde in range(ZONDER_BSN):
            voorletters, voornaam, voorvoegsel, achternaam = namen[volgorde % len(namen)]
            nummer = len(self.lijst)
            telefoon = self._eigen_nummer("mobiel" if volgorde else "vast", "Losser")
            adres = self._adres(nummer, telefoon, "telefoonnummer", True, "opgegeven in gesprek")
            self.lijst.append(
                Partij(
                    nummer,
                    self.toeval.uuid("partij", nummer),
                    "persoon",
                    -1,
                    -1,
                    "",
                    voorletters,
                    voornaam,
                    voorvoegsel,
                    achternaam,
                    (),
                    (adres,),
                    -1,
                    "nld",
                    False,
                    None,
                )
            )

    def _add_bedrijf(self, bedrijf: Bedrijf) -> None:
        nummer = len(self.lijst)
        kvk = self._identificator(nummer, "hr", "niet_natuurlijk_persoon", "kvk_nummer", bedrijf.kvk)
        identificatoren = [kvk]
        if bedrijf.rsin:
            identificatoren.append(
                self._identificator(nummer, "hr", "niet_natuurlijk_persoon", "rsin", bedrijf.rsin)
            )
        domein = _ascii(bedrijf.naam.replace("B.V.", ""))
        adressen = (
            self._adres(nummer, f"info@{domein}.example", "email", True, "algemeen"),
            self._adres(
                nummer, self._eigen_nummer("vast", bedrijf.adres.plaats), "telefoonnummer", True, "algemeen"
            ),
        )
        self.lijst.append(
            Partij(
                nummer,
                self.toeval.uuid("partij", nummer),
                "organisatie",
                -1,
                bedrijf.nummer,
                bedrijf.naam,
                "",
                "",
                "",
                "",
                tuple(identificatoren),
                adressen,
                -1,
                "nld",
                False,
                bedrijf.adres,
            )
        )
        if bedrijf.nevenadres:
            self._add_vestiging(bedrijf, kvk)
        if bedrijf.nummer % 5 == 0:
            self._add_contactpersoon(bedrijf, nummer)

    def _add_vestiging(self, bedrijf: Bedrijf, kvk: Identificator) -> None:
        nummer = len(self.lijst)
        vestiging = self._identificator(
            nummer, "hr", "vestiging", "vestigingsnummer", bedrijf.nevenvestiging, kvk
        )
        plaats = bedrijf.nevenadres.plaats if bedrijf.nevenadres else ""
        telefoon = self._adres(nummer, self._eigen_nummer("vast", plaats), "telefoonnummer", True, "balie")
        self.lijst.append(
            Partij(
                nummer,
                self.toeval.uuid("partij", nummer),
                "organisatie",
                -1,
                bedrijf.nummer,
                f"{bedrijf.naam}, {plaats}",
                "",
                "",
                "",
                "",
                (vestiging,),
                (telefoon,),
                -1,
                "nld",
                False,
                bedrijf.nevenadres,
            )
        )

    def _add_contactpersoon(self, bedrijf: Bedrijf, organisatie: int) -> None:
        nummer = len(self.lijst)
        voorletters, voornaam, voorvoegsel, achternaam = load_woorden("contacten")["namens"][
            bedrijf.nummer // 5 % 5
        ]
        telefoon = self._adres(nummer, self._eigen_nummer("mobiel", ""), "telefoonnummer", True, "werk")
        self.lijst.append(
            Partij(
                nummer,
                self.toeval.uuid("partij", nummer),
                "contactpersoon",
                -1,
                bedrijf.nummer,
                "",
                voorletters,
                voornaam,
                voorvoegsel,
                achternaam,
                (),
                (telefoon,),
                -1,
                "nld",
                False,
                None,
                werkt_voor=organisatie,
            )
        )
