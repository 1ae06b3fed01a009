"""Welke avond het verslag laat zien: vanavond, of een eerdere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from frontoffice.domain.taal import datum_lang
from ui.tekst import KorteTekst
from ui.thema import Thema

_NAAM = "Kies een avond"


class Avondkeuze(QWidget):
    """`gekozen` (date): iemand koos zelf een andere avond."""

    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._avonden: tuple[date, ...] = ()
        self.lijst = QComboBox()
        self.lijst.setAccessibleName(_NAAM)
        naam = KorteTekst(_NAAM)
        naam.setBuddy(self.lijst)
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(2 * Thema.afstand)
        rij.addWidget(naam)
        rij.addWidget(self.lijst)
        self.lijst.activated.connect(self._choose)

    def show_avonden(self, avonden: Sequence[date], nu: date, vandaag: date) -> None:
        """`nu`: welke er te zien is. De lijst blijft open en gefocust als er niets anders in komt."""
        nieuw = tuple(avonden)
        if nieuw != self._avonden:
            self._avonden = nieuw
            self.lijst.clear()
            for dag in nieuw:
                voor = "vanavond, " if dag == vandaag else ""
                self.lijst.addItem(f"{voor}{datum_lang(dag, vandaag)}", dag)
        self.lijst.setCurrentIndex(nieuw.index(nu))
        self.setVisible(len(nieuw) > 1)

    def _choose(self, nummer: int) -> None:
        if 0 <= nummer < len(self._avonden):
            self.gekozen.emit(self._avonden[nummer])
