"""Waarom bewaren nu niet lukt, met wat iemand eraan kan doen. Staat boven in de strook tot het weer lukt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

GEEN_SLEUTEL, KAPOT = "winkel_sleutel", "winkel_kapot"


class Foutband(QFrame):
    """Signalen: `zitting` (werk zonder te bewaren) en `keuzes` (toon wat er te kiezen is)."""

    zitting = Signal()
    keuzes = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("soort", "band_gevaar")
        self.setAccessibleName("Bewaren lukt niet")
        self.tekst = Tekst(rol="fout")
        self.bekijk = Knop("Bekijk uw keuzes", self.keuzes.emit)
        self.alleen = Knop("Alleen deze zitting", self.zitting.emit)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(self.tekst)
        self._knoppen = QWidget()
        rij = Vloei(self._knoppen, tussen=Thema.afstand, regel=Thema.afstand)
        rij.addWidget(self.bekijk)
        rij.addWidget(self.alleen)
        kolom.addWidget(self._knoppen)
        self.hide()

    def show_fout(self, zin: str, code: str) -> None:
        """Toon de zin; leeg = bewaren lukt weer."""
        self.tekst.setText(zin)
        self.bekijk.setVisible(code in (GEEN_SLEUTEL, KAPOT))
        self.alleen.setVisible(code == GEEN_SLEUTEL)
        self._knoppen.setVisible(code in (GEEN_SLEUTEL, KAPOT))
        self.setVisible(bool(zin))
        if zin:
            announce(self, zin)
