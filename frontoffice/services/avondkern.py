"""Is er verbinding, en wat doen we dan? Eén stap, één blik, en het doorvoeren van wat hier genoteerd staat.

Elke vraag aan de agenda heeft een einde, ook als de server bevroren is: wat langer duurt, mag afmaken op zijn
eigen draad, en pas daarna wordt er iets doorgevoerd.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.agenda.vanavond.doorwerken import choose_next
from frontoffice.agendapoort import AgendaBezet, AgendaFout, AgendaOnbereikbaar
from frontoffice.avondpoort import Avondnotitie, Notitiestand
from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.ports import Klok
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.avondgeheugen import Avondgeheugen
from frontoffice.services.avondinhalen import Gedaan, Inhaler, PastNiet
from frontoffice.services.avondstap import run_lokaal, run_stap
from frontoffice.services.vanavondwaarden import PastNiet as InloopPastNiet
from frontoffice.uitvoeren import Onderweg, make_slot

T = TypeVar("T")
GEDULD_S = 3.0
"""Zo lang wacht een stap of een blik op de agenda; daarna is de verbinding weg."""
EERSTE_KEER_S = 15.0
"""De eerste keer moet de agenda nog open, en is er niets anders om te laten zien."""
_TERUG_TE_DRAAIEN = 50
_log = logging.getLogger(__name__)


class Avondkern:
    """`weg_sinds` en `geheugen.notities` mogen van elke draad worden gelezen; zij wachten nergens op."""

    def __init__(
        self, open_agenda: Callable[[], Inhaler], geheugen: Avondgeheugen, klok: Klok, geduld: float
    ) -> None:
        self._agenda = open_agenda
        self._klok = klok
        self.geheugen = geheugen
        self.geduld = geduld
        self.slot = make_slot()
        self.weg_sinds: datetime | None = None
        self._inhalend = False
        self._laat: list[Onderweg[object]] = []
        self._eerder: dict[str, tuple[Bezoek | None, Bezoek, datetime]] = {}

    # --- verbinding ------------------------------------------------------------------------------------

    def ask(self, werk: Callable[[], T], seconden: float) -> T:
        """Vraag het de agenda. Raises AgendaOnbereikbaar als zij er niet is of te lang zwijgt."""
        vraag = Onderweg(werk)
        try:
            return vraag.wait(seconden)
        except TimeoutError:
            with self.slot:
                self._laat.append(vraag)  # type: ignore[arg-type]  # van de waarde wordt niets gebruikt
        raise AgendaOnbereikbaar(
            "De agenda antwoordt niet. Het is niet bekend of de wijziging is gelukt.", code="agenda_onzeker"
        )

    def is_iets_laat(self) -> bool:
        """Hangt er nog een vraag waar niemand meer op wacht?"""
        with self.slot:
            self._laat = [vraag for vraag in self._laat if not vraag.is_klaar]
            return bool(self._laat)

    def lose(self) -> None:
        with self.slot:
            if self.weg_sinds is None:
                self.weg_sinds = self.geheugen.nu() or self._klok.nu()
                _log.warning("geen verbinding met de agenda", extra={"code": "avond_weg"})

    @property
    def _is_lokaal(self) -> bool:
        """Zolang er iets door te voeren is, komt een nieuwe stap daar achteraan."""
        return self.weg_sinds is not None or bool(self.geheugen.open_notities())

    # --- een stap --------------------------------------------------------------------------------------

    def do(self, notitie: Avondnotitie, op: datetime | None) -> Bezoek | None:
        """Doe deze stap in de agenda, of hier. Raises wat de dienst of het laatste beeld weigert."""
        with self.slot:
            self.geheugen.open()
            bestaand = self.geheugen.find(notitie.verzoek_id)
            if bestaand is not None and bestaand.stand is not Notitiestand.ONDERWEG:
                return bestaand.na
            notitie = self._complete(notitie, op)
            if bestaand is None and self._is_lokaal:
                return self._note(notitie)
            self.geheugen.begin(replace(notitie, eerder=notitie.soort))
        try:
            bezoek = self.ask(
                lambda: run_stap(self._agenda().vanavond, notitie, notitie.verzoek_id, op), self.geduld
            )
        except AgendaOnbereikbaar:
            self.lose()
            with self.slot:
                return self._note(replace(notitie, eerder=notitie.soort))
        except BaseException:
            with self.slot:
                self.geheugen.end(notitie.verzoek_id)
            raise
        with self.slot:
            self.geheugen.end(notitie.verzoek_id)
            if bezoek is not None:
                self._remember(notitie, bezoek)
                self.geheugen.adopt(bezoek)
        return bezoek

    def _send(self, notitie: Avondnotitie, op: datetime | None) -> Bezoek | None:
        return run_stap(self._agenda().vanavond, notitie, notitie.verzoek_id, op)

    def _complete(self, notitie: Avondnotitie, op: datetime | None) -> Avondnotitie:
        nu = op or self.geheugen.nu() or self._klok.nu()
        stand = self.geheugen.stand()
        if stand is None:
            return replace(notitie, op=nu)
        return replace(notitie, op=nu, datum=stand.datum, voor=stand.find(notitie.bezoek))

    def _remember(self, notitie: Avondnotitie, na: Bezoek) -> None:
        """Om ook zonder verbinding terug te kunnen naar hoe het was."""
        stand = self.geheugen.stand()
        self._eerder[notitie.verzoek_id] = (None if stand is None else stand.find(na.id), na, notitie.op)
        while len(self._eerder) > _TERUG_TE_DRAAIEN:
            del self._eerder[next(iter(self._eerder))]

    def _note(self, notitie: Avondnotitie) -> Bezoek | None:
        """Doe de stap op het laatste beeld en zet haar in het dagboekje. Het slot is al genomen."""
        try:
            gedaan = self._apply(notitie)
        except KifFout as fout:
            self.geheugen.end(notitie.verzoek_id)
            if isinstance(fout, InloopPastNiet):
                self._note_geweigerd(notitie, fout.waarom)
            raise
        if gedaan is None:
            self.geheugen.end(notitie.verzoek_id)
            return None
        terug = self.geheugen.find(str(gedaan.argumenten.get("stap", "")))
        if terug is not None and not terug.eerder:
            self.geheugen.remove(terug.verzoek_id)  # de agenda heeft de stap nooit gezien
        else:
            self.geheugen.note(replace(gedaan, stand=Notitiestand.GENOTEERD))
        return gedaan.na

    def _note_geweigerd(self, notitie: Avondnotitie, waarom: str) -> None:
        """Iemand paste er niet bij: dat telt straks mee in het verslag, zonder naam."""
        van = notitie.verzoek_id
        geweigerd = replace(
            notitie,
            verzoek_id=f"{van}-geweigerd",
            soort="refuse",
            bezoek="",
            argumenten={"waarom": waarom, "van": van},
            eerder="",
            stand=Notitiestand.GENOTEERD,
        )
        self.geheugen.note(geweigerd)

    def _apply(self, notitie: Avondnotitie) -> Avondnotitie | None:
        """De notitie zoals zij straks wordt doorgevoerd; None als er niemand is om op te roepen."""
        stand = self.geheugen.stand()
        if stand is None:
            raise AgendaOnbereikbaar(
                "De agenda is niet bereikbaar, en op deze pc staat geen beeld van vanavond. "
                "Werk met de papieren lijst."
            )
        if notitie.soort == "undo":
            return self._undo(notitie, stand)
        if notitie.soort == "refuse":
            return notitie
        volgnummer = ""
        if notitie.soort == "walk_in":
            volgnummer = self._next_volgnummer()
            notitie = replace(notitie, bezoek=notitie.verzoek_id)
        elif notitie.soort == "call_next":
            volgende = choose_next(stand, str(notitie.argumenten["balie"]), self.own_ids())
            if volgende is None:
                return None
            notitie = replace(notitie, soort="call", bezoek=volgende.id, voor=volgende)
        return replace(notitie, na=run_lokaal(stand, self.geheugen.inrichting, notitie, volgnummer))

    def _next_volgnummer(self) -> str:
        beeld = self.geheugen.beeld
        if beeld is None or not beeld.reeks:
            raise Geweigerd(
                "Deze pc heeft vanavond nog geen nummers. Schrijf deze bezoeker op de papieren lijst."
            )
        try:
            return self.geheugen.next_volgnummer()
        except WinkelFout:
            raise Geweigerd(
                "Op deze pc is nu niets te bewaren. Schrijf deze bezoeker op de papieren lijst."
            ) from None

    def own_ids(self) -> frozenset[str]:
        """Wie alleen deze werkplek kent."""
        return frozenset(n.bezoek for n in self.geheugen.open_notities() if n.soort == "walk_in")

    def _undo(self, notitie: Avondnotitie, stand: Avondstand) -> Avondnotitie:
        """Raises Geweigerd als deze stap hier niet (meer) terug te draaien is."""
        stap_id = str(notitie.argumenten["stap"])
        stap, gedaan = self.geheugen.find(stap_id), self._eerder.get(stap_id)
        if stap is not None and stap.stand is Notitiestand.GENOTEERD and stap.na is not None:
            voor, na, op = stap.voor, stap.na, stap.op
        elif gedaan is not None:
            voor, na, op = gedaan
        else:
            raise Geweigerd("Deze stap is zonder verbinding niet ongedaan te maken.")
        te_laat = (notitie.op - op).total_seconds() > stand.regels.ongedaan_seconden
        nu = stand.find(na.id)
        if te_laat or nu is None or replace(nu, versie=na.versie) != na:
            raise Geweigerd("Deze stap is niet meer ongedaan te maken. Zet zelf de volgende stap.")
        weer = voor if voor is not None else replace(na, toestand=Toestand.AFGEZEGD)
        return replace(notitie, bezoek=na.id, voor=na, na=weer)

    # --- inhalen ---------------------------------------------------------------------------------------

    def catch_up(self) -> bool:
        """Er is verbinding: voer door wat hier genoteerd staat, op volgorde. Waar als er iets is doorgevoerd.

        Wie het als tweede vraagt, hoeft niets te doen.
        """
        with self.slot:
            if not self._inhalend and not self.geheugen.open_notities():
                self.weg_sinds = None
                return False
            if self._inhalend or self.is_iets_laat():
                return False
            self._inhalend = True
        iets = False
        try:
            while self._catch_up_next():
                iets = True
        except AgendaOnbereikbaar:
            self.lose()
        except AgendaBezet:
            pass  # een collega is lang bezig; bij de volgende blik verder
        except AgendaFout as fout:
            _log.warning("doorvoeren gaat nu niet", extra={"code": fout.code})
        finally:
            with self.slot:
                self._inhalend = False
        return iets

    def _catch_up_next(self) -> bool:
        with self.slot:
            open_ = self.geheugen.open_notities()
            if not open_:
                self.weg_sinds, self._inhalend = None, False
                return False
            notitie = open_[0]
        uit = self._run(notitie)
        if isinstance(uit, PastNiet):
            self._set_apart(notitie, uit)
            return True
        with self.slot:
            if uit.bezoek is not None:
                if uit.bezoek.id != notitie.bezoek and notitie.soort == "walk_in":
                    self.geheugen.rename(notitie.bezoek, uit.bezoek.id)
                self.geheugen.adopt(uit.bezoek)
            self.geheugen.end(notitie.verzoek_id)
        return True

    def _run(self, notitie: Avondnotitie) -> Gedaan | PastNiet:
        try:
            return self.ask(lambda: self._agenda().run(notitie), 2 * self.geduld)
        except KifFout:
            raise
        except Exception as fout:  # noqa: BLE001 - één stap met een fout van ons houdt de avond niet op
            soort = type(fout).__name__
            _log.error("stap van de avond niet door te voeren", extra={"code": "avond_stap", "soort": soort})
            return PastNiet("Het programma kon deze stap niet doorvoeren.")

    def _set_apart(self, notitie: Avondnotitie, uit: PastNiet) -> None:
        """Deze stap past niet meer: hij en wat er hier daarna met dezelfde bezoeker gebeurde, gaan samen."""
        with self.slot:
            samen = [n for n in self.geheugen.open_notities() if n.bezoek == notitie.bezoek]
        self.ask(lambda: self._agenda().nakijken.note(samen, uit.zin), 2 * self.geduld)
        with self.slot:
            for stap in samen:
                punt = samen[0].verzoek_id
                self.geheugen.update(replace(stap, stand=Notitiestand.NAKIJKEN, punt=punt))
