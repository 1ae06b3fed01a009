"""Verbindt *Web-afspraken inlezen…* bij een avond met het bestand, het vak en de agenda. Beslist niets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from frontoffice.agenda.avond import KIF
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.fouten import KifFout
from frontoffice.services.externdienst import Inleesplan, InlezingAnders
from ui.beheer import inleeswoorden
from ui.beheer.inleesdienst import Inleesvraag
from ui.beheer.inleesvak import InleesVak
from ui.thema import Thema

if TYPE_CHECKING:
    from ui.beheer.scherm import BeheerScherm

_FILTER = "Agenda of CSV (*.ics *.csv);;Alle bestanden (*)"


class Inlezer(QObject):
    """Hoort bij één beheerscherm."""

    def __init__(self, scherm: BeheerScherm, thema: Thema) -> None:
        super().__init__(scherm)
        self._scherm = scherm
        self.vak = InleesVak(thema)
        scherm.stapel.addWidget(self.vak)
        scherm.avond.inlezen.connect(self._choose_bestand)
        self.vak.gevraagd.connect(self._ask)
        self.vak.inlezen.connect(self._save)
        self.vak.terug.connect(scherm.back)

    def open(self, pad: Path, datum: date) -> None:
        """Laat zien wat dit bestand op deze avond doet."""
        scherm = self._scherm
        stand = scherm.verloop.huidig.avond(datum) if scherm.verloop.huidig else None
        eigenaar = stand.overzicht.eigenaar if stand is not None else KIF
        scherm.band.hide()
        scherm.open_blad(self.vak)
        self.vak.open(pad, datum, eigenaar, scherm.verloop.vandaag)

    def _choose_bestand(self, datum: date) -> None:
        pad, _ = QFileDialog.getOpenFileName(self._scherm, "Web-afspraken inlezen", "", _FILTER)
        if pad:
            self.open(Path(pad), datum)

    def _ask(self, vraag: Inleesvraag) -> None:
        self._scherm.verloop.preview_extern(
            vraag, self.vak.show_beeld, lambda fout: self.vak.show_fout(fout.uitleg)
        )

    def _save(self, plan: Inleesplan) -> None:
        self._scherm.verloop.save_extern(plan, self._note_klaar, self._note_mislukt)

    def _note_klaar(self, verslag: Mapping[str, Any]) -> None:
        scherm = self._scherm
        zin = inleeswoorden.klaar_zin(verslag, scherm.verloop.vandaag)
        if scherm.stapel.currentWidget() is self.vak:
            scherm.back()
        scherm.band.show_zin(zin, "goed")
        scherm.melding.emit(zin)

    def _note_mislukt(self, fout: KifFout) -> None:
        if isinstance(fout, InlezingAnders):
            self.vak.show_opnieuw(fout.plan, fout.uitleg)
            return
        zin = fout.uitleg
        if isinstance(fout, AgendaOnbereikbaar):
            zin = f"{zin} Lees het bestand nog een keer in: dubbel inlezen kan niet."
        self.vak.show_fout(zin)
