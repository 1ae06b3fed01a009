"""Zet de diensten in elkaar: eenmaal voor de werkplek, en op een gedeeld account voor wie zich aanmeldt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontoffice.geheimen import choose_geheimen
from frontoffice.klok import SysteemKlok
from frontoffice.opslag import SchijfOpslag, find_data_dir
from frontoffice.ports import Geheimen, Klok
from frontoffice.profiel import Profiel
from frontoffice.samenstelling.aansluiten import Registers, connect, warm_alles
from frontoffice.samenstelling.afwezig import block_alles, block_personen
from frontoffice.samenstelling.agenda import Klantafspraken, open_agenda, reden_zonder_agenda
from frontoffice.samenstelling.berichten import Berichtenbouw
from frontoffice.samenstelling.diensten import Diensten
from frontoffice.samenstelling.gedeeld import (
    GeslotenLogboek,
    make_aanmelddienst,
    niet_aangemeld,
)
from frontoffice.samenstelling.meldingen import make_meldingen
from frontoffice.samenstelling.vandaag import connect_vandaag
from frontoffice.samenstelling.werkplek import Inzagelogboek, Werkplekopslag
from frontoffice.services.instellingen import Instellingen
from frontoffice.services.klantbeeld import KlantbeeldDienst
from frontoffice.services.meldingen import MeldingenNietAangesloten
from frontoffice.services.vandaag import Vandaagdienst
from frontoffice.services.zoeken import Zoekdienst
from frontoffice.uitvoeren import Eenmalig, Uitvoerder

if TYPE_CHECKING:
    from frontoffice.services.agenda import Agendadiensten


def build(
    profiel: Profiel,
    geheimen: Geheimen | None = None,
    *,
    data_dir: Path | None = None,
    registers: Registers | None = None,
    klok: Klok | None = None,
) -> Diensten:
    """Bouw alles voor dit profiel. Doet geen verzoek en leest geen geheim; dat gebeurt bij de eerste vraag.

    Op een gedeeld account is er dan nog niemand: alles weigert, tot `aanmelden` zegt wie er is en `voor`
    diens diensten geeft. `registers` vervangt de aansluitingen, voor tests. Raises Geweigerd als
    KIF_GEHEIMEN hier niet mag.
    """
    data_dir = data_dir or find_data_dir()
    klok = klok or SysteemKlok(profiel.gemeente.vandaag)
    opslag = Werkplekopslag(profiel, lambda: geheimen or choose_geheimen(profiel), data_dir, klok)
    bouw = _Bouw(geheimen, data_dir, registers, klok, opslag)
    if not profiel.op_gedeeld_account:
        return bouw.make(profiel)
    dicht = bouw.make(profiel, dicht=True)
    dicht.aanmelden = make_aanmelddienst(profiel, opslag, klok)
    dicht._make_voor = lambda wie: bouw.make(replace(profiel, medewerker=wie), van_ander=True)
    return dicht


@dataclass(frozen=True)
class _Bouw:
    """Wat voor elke medewerker hetzelfde is."""

    geheimen: Geheimen | None
    data_dir: Path
    registers: Registers | None
    klok: Klok
    opslag: Werkplekopslag

    def make(self, profiel: Profiel, *, dicht: bool = False, van_ander: bool = False) -> Diensten:
        """`dicht`: er is nog niemand. `van_ander`: de opslag hoort bij andere diensten."""
        geheimen, klok, uitvoerder = self.geheimen, self.klok, Uitvoerder()
        registers, warm, sluiten = self._connect(profiel)
        ruw = registers
        if dicht:
            registers = block_alles(registers, niet_aangemeld())
        logboek = GeslotenLogboek() if dicht else Inzagelogboek(self.opslag, profiel.medewerker)
        delen: dict[str, Any] = {
            "klantinteracties": registers.klantinteracties,
            "zaken": registers.zaken,
            "personen": registers.personen,
            "bedrijven": registers.bedrijven,
            "logboek": logboek,
            "klok": klok,
            "uitvoerder": uitvoerder,
            "instellingen": Instellingen(
                bevoegdheid=profiel.bevoegdheid,
                wacht_op_inwoner=frozenset(profiel.wacht_op_inwoner),
                eerste_beeld=profiel.termijnen.eerste_beeld,
                details=profiel.termijnen.details,
            ),
        }
        agenda: Eenmalig[Agendadiensten] = Eenmalig()

        def make_geheimen() -> Geheimen:
            return geheimen or choose_geheimen(profiel)

        berichten = Berichtenbouw(
            profiel, make_geheimen, self.opslag, klok, registers, lambda: agenda.get(open_luisterend)
        )

        def open_luisterend() -> Agendadiensten:
            diensten = open_agenda(profiel, geheimen, self.data_dir, klok)
            berichten.listen(diensten)
            return diensten

        def make_agenda() -> Agendadiensten:
            if dicht:
                raise niet_aangemeld()
            return agenda.get(open_luisterend)

        afspraken = None
        if not dicht and not reden_zonder_agenda(profiel):
            afspraken = Klantafspraken(profiel, geheimen, self.data_dir, klok, make_agenda)
            warm = partial(warm_alles, warm, afspraken.warm)
        schijf = SchijfOpslag(self.data_dir / "voorraad")
        meldingen = make_meldingen(profiel, make_geheimen, logboek, klok, uitvoerder, schijf)
        zichtbaar = None if dicht else meldingen  # versturen mag ook als er niemand is, bekijken niet
        bronnen = (MeldingenNietAangesloten(),) if zichtbaar is None else ()
        diensten = Diensten(
            profiel,
            self.data_dir,
            klok,
            logboek,
            registers,
            Zoekdienst(**delen, meldingen=zichtbaar),
            KlantbeeldDienst(**delen, bronnen=bronnen, afspraken=afspraken, meldingen=zichtbaar),
            uitvoerder,
            self.opslag,
            berichten,
            Vandaagdienst(klok, None if afspraken is None else afspraken.open_avond),
            make_agenda,
            agenda,
            warm,
            sluiten,
            meldingsysteem=meldingen,
            _registers=ruw,
            _van_ander=van_ander,
        )
        if not dicht:
            connect_vandaag(diensten)
        return diensten

    def _connect(self, profiel: Profiel) -> tuple[Registers, Callable[[], None], list[Callable[[], None]]]:
        """(registers, vooraf laden, sluiten); de registers van een test blijven van de test."""
        if self.registers is not None:
            return block_personen(profiel, self.registers), lambda: None, []
        registers, warm, sluit = connect(profiel, self.geheimen or choose_geheimen(profiel), self.data_dir)
        return block_personen(profiel, registers), warm, [sluit]
