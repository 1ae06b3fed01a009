"""Hoe het met bewaren staat: lukt het, zo niet waarom, en wat is er met de schijf. Tekent niets.

Gaat iets vanzelf over, dan wordt dat ook gemerkt als er intussen niets te bewaren valt.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.fouten import KifFout
from ui.contact.bewaarlijn import Bewaarlijn

PEIL_MS = 3000
KEUZECODES = ("winkel_kapot", "winkel_sleutel")
"""Hierbij helpt wachten niet: iemand moet kiezen."""


class Bewaarstand(QObject):
    """Signalen: `fout_anders` (zin, leeg = weer goed), `storing_anders` (zin zolang het duurt, leeg =
    voorbij) en `vast_anders` (zin die blijft staan)."""

    fout_anders = Signal(str)
    storing_anders = Signal(str)
    vast_anders = Signal(str)

    def __init__(self, lijn: Bewaarlijn, parent: QObject) -> None:
        super().__init__(parent)
        self.fout = self.foutcode = self.storing = ""
        self._vast = ""
        self._lijn = lijn
        lijn.mislukt.connect(self.note_fout)
        lijn.stand.connect(self._follow)
        self._peiler = QTimer(self)
        self._peiler.setInterval(PEIL_MS)
        self._peiler.timeout.connect(self._probe)
        self._is_dicht = False

    @property
    def moet_kiezen(self) -> bool:
        return self.foutcode in KEUZECODES

    def note_fout(self, fout: KifFout) -> None:
        """Bewaren lukte niet; dezelfde fout nog een keer zegt niets nieuws."""
        if fout.uitleg != self.fout:
            self.fout, self.foutcode = fout.uitleg, fout.code
            self.fout_anders.emit(fout.uitleg)
            self._watch()

    def note_goed(self) -> None:
        if self.fout:
            self.fout = self.foutcode = ""
            self.fout_anders.emit("")
            self._watch()

    def close(self) -> None:
        self._is_dicht = True
        self._peiler.stop()

    def _follow(self, zin: str, vast: str) -> None:
        if vast != self._vast:
            self._vast = vast
            self.vast_anders.emit(vast)
        storing = zin if zin != vast else ""
        if storing != self.storing:
            self.storing = storing
            self.storing_anders.emit(storing)
            self._watch()

    def _watch(self) -> None:
        """Peil alleen zolang er iets is dat vanzelf over kan gaan."""
        if not (self.storing or self.fout) or self.moet_kiezen or self._is_dicht:
            self._peiler.stop()
        elif not self._peiler.isActive():
            self._peiler.start()

    def _probe(self) -> None:
        """Is er iets te bewaren, dan probeert de bewaarlijn het zelf al."""
        if self._lijn.is_bij:
            self._lijn.do(lambda diensten: diensten.probe(), lambda _: self.note_goed(), self.note_fout)
