"""Alleen kijken: waarom, gekozen uit de redenen van de gemeente. Legt zelf niets vast."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.bouwstenen import Knop
from ui.tekst import Tekst, announce, letterlijk
from ui.thema import Thema

_VRAAG = "Waarom kijkt u zonder contact?"


class Kijkvak(QFrame):
    """Signaal `gekozen` (reden). Esc of Toch niet doet niets."""

    gekozen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("soort", "band_let_op")
        self.setAccessibleName("Alleen kijken")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst(_VRAAG, rol="let_op"))
        self.redenen: list[Knop] = []
        self.sluit = Knop("Toch niet", self.hide, soort="stil")
        kolom.addWidget(self.sluit)
        self._kolom = kolom
        self.hide()

    def set_redenen(self, redenen: tuple[str, ...]) -> None:
        """De redenen van het profiel, elk een knop."""
        for reden in redenen:
            naam = letterlijk(reden, 60, een_regel=True)
            knop = Knop(naam)
            knop.clicked.connect(lambda _=False, reden=reden: self._choose(reden))
            self._kolom.insertWidget(1 + len(self.redenen), knop)
            self.redenen.append(knop)

    def open(self) -> None:
        """Vraag het, met de focus op de eerste reden."""
        self.show()
        announce(self, _VRAAG)
        eerste = self.redenen[0] if self.redenen else self.sluit
        eerste.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _choose(self, reden: str) -> None:
        self.hide()
        self.gekozen.emit(reden)
