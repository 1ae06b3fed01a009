"""Het verzonnen Losser: inwoners, bedrijven, zaken en contacten uit (seed, vandaag).

Personen en partijen zijn er meteen; zaken en contacten ontstaan bij de eerste vraag ernaar. Deze laag weet
niets van HTTP of JSON.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from threading import RLock

from frontoffice.demo.wereld.bedrijven import make_bedrijven
from frontoffice.demo.wereld.beloften import Afloop, Beloften
from frontoffice.demo.wereld.bron import Toeval, load_woorden
from frontoffice.demo.wereld.contacten import Contacten
from frontoffice.demo.wereld.feiten import (
    Actor,
    Bedrijf,
    Contact,
    DigitaalAdres,
    Document,
    Partij,
    Persoon,
    Zaak,
    Zaaktype,
)
from frontoffice.demo.wereld.meldingen import Meldingen, Meldingfeit
from frontoffice.demo.wereld.partijen import Partijen
from frontoffice.demo.wereld.personen import Personen
from frontoffice.demo.wereld.zaken import Zaken, make_zaaktypen

__all__ = ["Wereld"]


class Wereld:
    """Alles wat de registers van de demonstratie weten. Zelfde (seed, vandaag): zelfde feiten."""

    def __init__(self, seed: int, vandaag: date) -> None:
        self.seed = seed
        self.vandaag = vandaag
        self.toeval = Toeval(seed, vandaag)
        self._slot = RLock()
        self.personen: list[Persoon] = Personen(self.toeval).make()
        self.bedrijven: list[Bedrijf] = make_bedrijven(self.toeval, self.personen)
        self.partijen: list[Partij]
        self.partij_adressen: list[DigitaalAdres]
        self.partijen, self.partij_adressen = Partijen(self.toeval, self.personen, self.bedrijven).make()
        self.actoren: list[Actor] = self._make_actoren()
        self.zaaktypen: list[Zaaktype] = make_zaaktypen(self.toeval)
        self.persoon_op_bsn = {p.bsn: p for p in self.personen}
        self.bedrijf_op_kvk = {b.kvk: b for b in self.bedrijven}

    def _make_actoren(self) -> list[Actor]:
        lijsten = load_woorden("medewerkers")
        rijen = [("medewerker", m[0], m[4], m[5], m[6], m[7]) for m in lijsten["medewerkers"]]
        rijen += [
            ("organisatorische_eenheid", a[0], a[1], f"Afdeling {a[1]}", a[2], a[0])
            for a in lijsten["afdelingen"]
        ]
        code, naam, functie, plaats = lijsten["systeem"]
        rijen.append(("geautomatiseerde_actor", code, naam, functie, plaats, ""))
        return [Actor(i, self.toeval.uuid("actor", i), *rij) for i, rij in enumerate(rijen)]

    def warm_up(self) -> None:
        """Maakt ook wat lui ontstaat; handig op de achtergrond na het starten."""
        _ = self.contacten

    # --- lui: zaken en contacten -------------------------------------------

    @property
    def zaken(self) -> list[Zaak]:
        """Alle zaken, oudste eerst."""
        with self._slot:
            return self._zaken

    @property
    def contacten(self) -> list[Contact]:
        """Alle klantcontacten, oudste eerst."""
        with self._slot:
            return self._contacten[0]

    @property
    def digitale_adressen(self) -> list[DigitaalAdres]:
        """Adressen van partijen en van betrokkenen, oudste eerst."""
        with self._slot:
            return self._alle_adressen

    @property
    def meldingen(self) -> list[Meldingfeit]:
        """Alle meldingen openbare ruimte, oudste eerst."""
        with self._slot:
            return self._meldingen

    @cached_property
    def _meldingen(self) -> list[Meldingfeit]:
        return Meldingen(self.toeval, self.personen, self.partijen).make()

    @cached_property
    def _zakenmaker(self) -> Zaken:
        return Zaken(self.toeval, self.personen, self.bedrijven, self.actoren, self.zaaktypen)

    @cached_property
    def _zaken(self) -> list[Zaak]:
        return self._zakenmaker.make()

    @cached_property
    def _contacten(self) -> tuple[list[Contact], list[DigitaalAdres]]:
        rollen = {p.nummer: self.personen[p.persoon].rol for p in self.partijen if p.persoon >= 0}
        maker = Contacten(
            self.toeval,
            self.partijen,
            rollen,
            self._zaken_per_partij(),
            self.actoren,
            len(self.partij_adressen),
        )
        afloop = Afloop(self.toeval, self.personen, self.partijen)
        contacten = [afloop.add(contact) for contact in maker.make()]
        dorpen = [straat[0] for straat in load_woorden("plaatsen")["straten"]]
        contacten += Beloften(self.toeval, self.actoren, dorpen, contacten).make()
        return contacten, maker.adressen

    @cached_property
    def _alle_adressen(self) -> list[DigitaalAdres]:
        return self.partij_adressen + self._contacten[1]

    def _zaken_per_partij(self) -> dict[int, list[Zaak]]:
        van_persoon: dict[int, list[Zaak]] = {}
        van_bedrijf: dict[int, list[Zaak]] = {}
        for zaak in self._zaken:
            for rol in zaak.rollen:
                if rol.type.generiek == "initiator" and rol.persoon >= 0:
                    van_persoon.setdefault(rol.persoon, []).append(zaak)
                elif rol.type.generiek == "initiator" and rol.bedrijf >= 0:
                    van_bedrijf.setdefault(rol.bedrijf, []).append(zaak)
        uit: dict[int, list[Zaak]] = {}
        for partij in self.partijen:
            zaken = (
                van_persoon.get(partij.persoon) if partij.persoon >= 0 else van_bedrijf.get(partij.bedrijf)
            )
            if zaken:
                uit[partij.nummer] = zaken
        return uit

    # --- voorbeelden --------------------------------------------------------

    def persoon_met_rol(self, rol: str) -> Persoon:
        """De hoofdrol uit de woordenlijst, bijvoorbeeld "gewoon" of "zwaar"."""
        return next(p for p in self.personen if p.rol == rol)

    def partij_van(self, persoon: Persoon) -> Partij | None:
        """De eerste partij van deze persoon, als hij die heeft."""
        return next((p for p in self.partijen if p.persoon == persoon.nummer), None)

    def documenten(self) -> dict[str, tuple[Document, Zaak]]:
        """Alle documenten op uuid, met hun zaak."""
        with self._slot:
            return self._documenten

    @cached_property
    def _documenten(self) -> dict[str, tuple[Document, Zaak]]:
        return {d.uuid: (d, zaak) for zaak in self._zaken for d in zaak.documenten}

    def voorbeelden(self) -> dict[str, dict[str, str]]:
        """Klanten om mee te beginnen; wat er niet is, ontbreekt."""
        with self._slot:
            return self._voorbeelden

    @cached_property
    def _voorbeelden(self) -> dict[str, dict[str, str]]:
        uit: dict[str, dict[str, str]] = {}
        for rol in ("gewoon", "zwaar", "geen", "geheim"):
            persoon = self.persoon_met_rol(rol)
            uit[rol] = {"bsn": persoon.bsn}
            partij = self.partij_van(persoon)
            telefoon = (
                next((a.adres for a in partij.adressen if a.soort == "telefoonnummer"), "") if partij else ""
            )
            if telefoon:
                uit[rol]["telefoon"] = telefoon
            zaaknummer = self._zakenmaker.newest_open(persoon)
            if zaaknummer:
                uit[rol]["zaaknummer"] = zaaknummer
        uit["bedrijf"] = {"kvk": self.bedrijven[0].kvk}
        return uit
