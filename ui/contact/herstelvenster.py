"""Zet de keuzes in het midden als het bestand met notities niet opengaat, en voert de keuze uit.

Komt alleen vanzelf als er verder niets in beeld is; anders via de knop in de strook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.terugweg import Terugweg
from ui.thema import Thema

if TYPE_CHECKING:  # het venster laadt deze module vóór de eerste tekening
    from frontoffice.registratiepoort import Herstel, Herstelstand
    from ui.contact.bron import Contactbron
    from ui.contact.gesprekken import Gesprekken
    from ui.contact.herstelvak import Herstelvak
    from ui.contact.strook import Contactstrook


class Herstelvenster(QObject):
    """Signaal `melding` (zin). Het scherm wordt pas gemaakt als het nodig is."""

    melding = Signal(str)

    def __init__(
        self, midden: QStackedWidget, rustig: QWidget, thema: Thema, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._midden, self._rustig, self._thema = midden, rustig, thema
        self._achtergrond = achtergrond
        self._bron: Contactbron | None = None
        self._gesprekken: Gesprekken | None = None
        self._vak: Herstelvak | None = None
        self._weg = Terugweg(midden)
        self._gevraagd = self._bezig = False
        self._stop = Stop()

    @property
    def vak(self) -> Herstelvak | None:
        return self._vak

    def set_diensten(self, bron: Contactbron, gesprekken: Gesprekken, strook: Contactstrook | None) -> None:
        self._bron, self._gesprekken = bron, gesprekken
        gesprekken.bewaarstand.fout_anders.connect(lambda _: self._follow())
        if strook is not None:
            strook.fout.keuzes.connect(self.open)

    def open(self) -> None:
        """Toon de keuzes; eerst wordt het nog een keer geprobeerd."""
        if self._bron is None:
            return
        self._weg.go(self._make_vak())
        self._load()

    def close(self) -> None:
        self._stop.set()

    def _follow(self) -> None:
        """Eén keer vanzelf, en alleen als er niemand in beeld is: een gesprek gaat voor."""
        gesprekken = self._gesprekken
        if gesprekken is None or self._gevraagd or not gesprekken.bewaarstand.moet_kiezen:
            return
        if self._midden.currentWidget() is self._rustig:
            self._gevraagd = True
            self.open()

    def _make_vak(self) -> Herstelvak:
        if self._vak is None:
            from ui.contact.herstelvak import Herstelvak

            vak = self._vak = Herstelvak(self._thema)
            vak.gesloten.connect(self._weg.back)
            vak.opnieuw.connect(self._load)
            vak.terugzetten.connect(
                lambda naam: self._do(
                    lambda herstel: herstel.restore_backup(naam), "De reservekopie staat er weer."
                )
            )
            vak.leeg.connect(
                lambda: self._do(lambda herstel: herstel.start_leeg(), "Er is een nieuw bestand.")
            )
            vak.zitting.connect(
                lambda: self._do(lambda herstel: herstel.work_zitting(), "U werkt alleen deze zitting.")
            )
            self._midden.addWidget(vak)
        return self._vak

    def _load(self) -> None:
        vak, bron = self._make_vak(), self._bron
        if bron is None or self._bezig:
            return
        self._bezig = True
        reden = self._gesprekken.bewaarstand.fout if self._gesprekken is not None else ""
        vak.show_bezig("Het bestand wordt nagekeken…")

        def klaar(stand: Herstelstand | None) -> None:
            self._bezig = False
            if stand is None:
                self._done("Uw notities staan er weer.")
            else:
                vak.show_stand(stand, reden, bron.klok.vandaag())

        self._achtergrond.start(lambda _: bron.herstel.load_stand(), klaar, self._failed, self._stop)

    def _do(self, wat: Callable[[Herstel], None], zin: str) -> None:
        bron = self._bron
        if bron is None or self._bezig:
            return
        self._bezig = True
        self._make_vak().show_bezig("Even geduld…")

        def klaar(_: None) -> None:
            self._bezig = False
            self._done(zin)

        self._achtergrond.start(lambda _: wat(bron.herstel), klaar, self._failed, self._stop)

    def _done(self, zin: str) -> None:
        self._gevraagd = False
        self._weg.back()
        if self._gesprekken is not None:
            self._gesprekken.reload()
        self.melding.emit(zin)

    def _failed(self, fout: KifFout) -> None:
        self._bezig = False
        self._make_vak().show_fout(fout.uitleg)
