"""Velden met hun naam: één plek die label, buddy, toegankelijke naam en foutzin aan elkaar knoopt.

Controleert zelf niets en bewaart niets.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

W = TypeVar("W", bound=QWidget)


class Formulier(QWidget):
    """Rijen van label en veld. Onder elk veld is plaats voor uitleg en voor een foutzin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooster = QGridLayout(self)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setHorizontalSpacing(3 * Thema.afstand)
        self._rooster.setVerticalSpacing(Thema.afstand)
        self._rooster.setColumnStretch(1, 1)
        self._fouten: dict[QWidget, Tekst] = {}
        self._uitleg: dict[QWidget, str] = {}
        self._labels: dict[QWidget, Tekst] = {}

    def rij(self, label: str, widget: W, uitleg: str = "", *, breed: bool = False) -> W:
        """Voeg een veld toe; `label` mag een & voor de sneltoets hebben. Geeft het veld terug.

        `breed`: het label en de uitleg boven het veld, en het veld over de hele breedte.
        """
        naam = Tekst(label.replace("&", ""))
        naam.setBuddy(widget)
        self._labels[widget] = naam
        widget.setAccessibleName(label.replace("&", ""))
        widget.setAccessibleDescription(uitleg)
        fout = Tekst(rol="fout")
        fout.hide()
        self._place(naam, widget, uitleg, fout, breed=breed)
        self._fouten[widget] = fout
        self._uitleg[widget] = uitleg
        return widget

    def _place(self, naam: Tekst, widget: QWidget, uitleg: str, fout: Tekst, *, breed: bool) -> None:
        plaats = self._rooster.rowCount()
        if breed:
            delen = (naam, *([Tekst(uitleg, rol="klein")] if uitleg else []), widget, fout)
            naam.set_rol("kop2")
            naam.setContentsMargins(0, 3 * Thema.afstand, 0, 0)
            for nummer, deel in enumerate(delen):
                self._rooster.addWidget(deel, plaats + nummer, 0, 1, 2)
            return
        self._rooster.addWidget(naam, plaats, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rooster.addWidget(widget, plaats, 1)
        if uitleg:
            self._rooster.addWidget(Tekst(uitleg, rol="klein"), plaats + 1, 1)
        self._rooster.addWidget(fout, plaats + 2, 1)

    def set_zichtbaar(self, widget: QWidget, zichtbaar: bool) -> None:
        """Een veld dat er niet altijd bij hoort, met zijn label."""
        self._labels[widget].setVisible(zichtbaar)
        widget.setVisible(zichtbaar)
        if not zichtbaar:
            self.fout(widget, "")

    def fout(self, widget: QWidget, zin: str) -> None:
        """Zet een foutzin onder het veld en spreek haar uit; een lege zin haalt haar weg."""
        regel = self._fouten[widget]
        regel.setText(zin)
        regel.setVisible(bool(zin))
        set_stijl(widget, "fout", bool(zin))
        widget.setAccessibleDescription(" ".join(deel for deel in (zin, self._uitleg[widget]) if deel))
        if zin:
            announce(widget, zin)
