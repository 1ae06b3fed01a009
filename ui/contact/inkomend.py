"""Een oproep van de telefooncentrale: wie er belt, zonder iets te vervangen waar iemand mee bezig is.

Loopt er niets, dan wordt er meteen gezocht. Anders staat er een rustige regel met een knop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.acties import Acties
from ui.bouwstenen import Band, Knop
from ui.contact.plaatsing import Plaatsing
from ui.tekst import announce, isolate

if TYPE_CHECKING:
    from ui.contact.gesprekken import Gesprekken

LANGSTE = 200


class Inkomend(QObject):
    """Signaal `zoek` (tekst): zoek hierop, nu."""

    zoek = Signal(str)

    def __init__(self, plaatsing: Plaatsing, acties: Acties, parent: QObject) -> None:
        super().__init__(parent)
        self._plaatsing, self._acties = plaatsing, acties
        self._gesprekken: Gesprekken | None = None
        self._tekst = ""
        self.band: Band | None = None

    def set_gesprekken(self, gesprekken: Gesprekken) -> None:
        self._gesprekken = gesprekken

    def receive(self, tekst: str) -> bool:
        """Er belt iemand. Waar als er meteen gezocht wordt; onwaar als het bij een regel bleef."""
        tekst = " ".join(tekst.split())[:LANGSTE]
        if not tekst or self._gesprekken is None:
            return False
        if not self._gesprekken.concepten and not self._acties.klant_sluiten.isEnabled():
            self.zoek.emit(tekst)
            return True
        self._show(tekst)
        return False

    def _show(self, tekst: str) -> None:
        if self.band is None:
            self.band = Band(
                "", "goed", Knop("Openen als nieuw contact", self._open), Knop("Niet nu", self.close_regel)
            )
            self.band.setAccessibleName("Inkomend gesprek")
            self._plaatsing.add_band(self.band)
        self._tekst = tekst
        zin = f"Inkomend: {isolate(tekst)}"
        self.band.tekst.setText(zin)
        self.band.show()
        announce(self.band, zin)

    def _open(self) -> None:
        """Wat loopt, blijft lopen en wacht; lopen er al negen, dan blijft de regel staan."""
        if self._gesprekken is not None and self._gesprekken.start() is not None:
            tekst = self._tekst
            self.close_regel()
            self.zoek.emit(tekst)

    def close_regel(self) -> None:
        """De regel gaat weg; er wordt niets gezocht."""
        self._tekst = ""
        if self.band is not None:
            self.band.hide()
