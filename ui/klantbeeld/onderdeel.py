"""Een vak van het klantscherm: een kop, rechts in de kop wat erbij hoort, en daaronder de inhoud.

Weet niets van gegevens. Zijn toegankelijke naam is zijn kop.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.tekst import Tekst
from ui.thema import Thema, set_stijl


class Vak(QFrame):
    """Vul `kopregel` (achter de kop) en `inhoud`."""

    def __init__(self, kop: str, *, naam: str = "") -> None:
        super().__init__()
        self.setAccessibleName(naam or kop)
        set_stijl(self, "soort", "kaart")
        self.kop = Tekst(kop, rol="kop2")
        self.kopregel = QHBoxLayout()
        self.kopregel.setContentsMargins(
            3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, Thema.afstand
        )
        self.kopregel.setSpacing(2 * Thema.afstand)
        self.kopregel.addWidget(self.kop)
        self.kopregel.addStretch(1)
        self.kopregel.addStrut(Thema.doel + 4)
        self.inhoud = QVBoxLayout()
        self.inhoud.setContentsMargins(0, 0, 0, 0)
        self.inhoud.setSpacing(0)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addLayout(self.kopregel)
        alles.addLayout(self.inhoud, 1)

    def eerste_focus(self) -> QWidget:
        """Waar de focus heen gaat als iemand naar dit vak springt."""
        return self
