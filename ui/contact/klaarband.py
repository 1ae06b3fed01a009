"""Wat er net is afgerond, voor wie, en hoe lang dat nog terug te halen is. Beslist niets."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from frontoffice.domain.taal import punt_na
from frontoffice.services.registreren import ONGEDAAN_S
from ui.bouwstenen import Band, Knop
from ui.tekst import announce, isolate


class Klaarband(Band):
    """Signaal `ongedaan`. Telt de seconden af waarin het nog kan, en verdwijnt daarna."""

    ongedaan = Signal()

    def __init__(self) -> None:
        self.knop = Knop("Ongedaan maken")
        super().__init__("", "goed", self.knop)
        self.knop.clicked.connect(self.ongedaan)
        self._zin = ""
        self._rest = 0
        self._wekker = QTimer(self)
        self._wekker.setInterval(1000)
        self._wekker.timeout.connect(self._tick)
        self.hide()

    def show_afgerond(self, wie: str) -> None:
        """Het contact met `wie` staat op deze pc; vanaf nu lopen de seconden."""
        self._zin = f"Bewaard op deze pc: {isolate(wie)}{punt_na(wie)}" if wie else "Bewaard op deze pc."
        self._rest = ONGEDAAN_S
        self._wekker.start()
        self._show()
        self.show()
        announce(self, f"{self._zin} Ongedaan maken kan {ONGEDAAN_S} seconden.")

    def stop(self) -> None:
        """Het is teruggehaald, of de tijd is om."""
        self._wekker.stop()
        self.hide()

    def _tick(self) -> None:
        self._rest -= 1
        if self._rest <= 0:
            self.stop()
        else:
            self._show()

    def _show(self) -> None:
        self.tekst.setText(self._zin)
        self.knop.set_tekst(f"Ongedaan maken {self._rest}", "Ongedaan maken")
