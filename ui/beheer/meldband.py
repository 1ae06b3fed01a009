"""Eén regel boven het werk: wat er net is gedaan, of wat er niet lukte, met wat er dan kan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.bouwstenen import Knop
from ui.tekst import Tekst, announce
from ui.thema import Rol, Thema, set_stijl

_STIJL: dict[str, tuple[str, Rol]] = {
    "goed": ("band_goed", "goed"),
    "let_op": ("band_let_op", "let_op"),
    "fout": ("band_gevaar", "fout"),
}


class Meldband(QFrame):
    """Verborgen tot er iets te zeggen is; blijft staan tot iemand haar sluit."""

    def __init__(self, bij_ongedaan: Callable[[], object], bij_opnieuw: Callable[[], object]) -> None:
        super().__init__()
        self.tekst = Tekst("")
        self.ongedaan = Knop("Ongedaan maken", bij_ongedaan)
        self.opnieuw = Knop("Opnieuw", bij_opnieuw)
        self.sluit = Knop("Melding sluiten", self.hide)
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        rij.addWidget(self.tekst, 1)
        for knop in (self.ongedaan, self.opnieuw, self.sluit):
            rij.addWidget(knop, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_zin(
        self,
        zin: str,
        soort: Literal["goed", "let_op", "fout"],
        *,
        ongedaan: bool = False,
        opnieuw: bool = False,
    ) -> None:
        """Toon deze zin, met de knoppen die er nu bij horen."""
        stijl, rol = _STIJL[soort]
        set_stijl(self, "soort", stijl)
        self.tekst.set_rol(rol)
        self.tekst.setText(zin)
        self.ongedaan.setVisible(ongedaan)
        self.opnieuw.setVisible(opnieuw)
        self.show()
        announce(self, zin)
