"""Eén gegeven in de kop: naam, waarde, en knoppen om te kopiëren of te tonen.

Kopieert alleen wat er te lezen staat; wat verborgen is, heeft geen kopieerknop.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from frontoffice.domain.gegevens import Gegeven
from ui.bouwstenen import Knop
from ui.klantbeeld.iconen import Iconen
from ui.tekst import KorteTekst, set_uitleg
from ui.thema import Thema

_BREEDSTE = 460


class Gegevenvak(QWidget):
    """Signalen: `kopieer` (Gegeven) en `tonen` (Gegeven)."""

    kopieer = Signal(object)
    tonen = Signal(object)

    def __init__(self, iconen: Iconen) -> None:
        super().__init__()
        self._iconen = iconen
        self._gegeven: Gegeven | None = None
        self._vraagt_reden = False
        self._label = KorteTekst(rol="klein")
        self._waarde = KorteTekst()
        self._waarde.setMaximumWidth(_BREEDSTE)
        self._kopieer = Knop("", lambda: self.kopieer.emit(self._gegeven), soort="stil", naam="Kopieer")
        self.tonen_knop = Knop("Tonen", lambda: self.tonen.emit(self._gegeven), soort="stil")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(Thema.afstand)
        for deel in (self._label, self._waarde, self._kopieer, self.tonen_knop):
            rij.addWidget(deel)
        self.setMinimumHeight(Thema.doel + 2)
        self.restyle()

    def restyle(self) -> None:
        self._kopieer.setIcon(self._iconen.icoon("kopieer", "accent"))

    def show_gegeven(self, gegeven: Gegeven, *, vraagt_reden: bool) -> None:
        """Toon dit gegeven; hetzelfde vakje wordt hergebruikt, zodat de focus blijft."""
        if (gegeven, vraagt_reden) == (self._gegeven, self._vraagt_reden):
            return
        self._gegeven, self._vraagt_reden = gegeven, vraagt_reden
        self._label.setText(gegeven.label[:1].upper() + gegeven.label[1:])
        self._waarde.setText(gegeven.tekst)
        self._kopieer.setVisible(gegeven.kopieerbaar)
        self._kopieer.setAccessibleName(
            f"Kopieer {gegeven.label}: {gegeven.tekst}" if gegeven.kopieerbaar else "Kopieer"
        )
        set_uitleg(self._kopieer, f"Kopieer {gegeven.label.lower()}")
        self.tonen_knop.setVisible(gegeven.onthul is not None)
        self.tonen_knop.setText("Tonen…" if vraagt_reden else "Tonen")
        self.tonen_knop.setAccessibleName(f"{gegeven.label} tonen")
        set_uitleg(self.tonen_knop, gegeven.waarom_verborgen)
        self._waarde.setAccessibleDescription(gegeven.waarom_verborgen)
