"""De spronglijst voor een smal scherm: Klant, Wat speelt er, Open zaken, Tijdlijn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from ui.bouwstenen import Knop
from ui.thema import Thema, set_stijl

SECTIES: dict[str, str] = {
    "klant": "Klant",
    "wat_speelt_er": "Wat speelt er",
    "open_zaken": "Open zaken",
    "tijdlijn": "Tijdlijn",
}


class Spronglijst(QFrame):
    """`gekozen` komt met de naam van het onderdeel."""

    gekozen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kop")
        self.setAccessibleName("Onderdelen")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(2 * Thema.afstand, Thema.afstand, 2 * Thema.afstand, Thema.afstand)
        rij.setSpacing(Thema.afstand)
        self._groep = QButtonGroup(self)
        self._knoppen: dict[str, Knop] = {}
        for sectie, tekst in SECTIES.items():
            knop = Knop(tekst, partial(self.gekozen.emit, sectie), naam=f"Naar {tekst}")
            knop.setCheckable(True)
            self._groep.addButton(knop)
            self._knoppen[sectie] = knop
            rij.addWidget(knop)
        rij.addStretch(1)
        self.hide()

    def show_sectie(self, sectie: str) -> None:
        self._knoppen[sectie].setChecked(True)
