"""SIGTERM en SIGINT sluiten het programma netjes, ook als Qt op dat moment wacht."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Signalen(QObject):
    """Roept `sluit` op de draad van het scherm als het systeem vraagt te stoppen."""

    def __init__(self, sluit: Callable[[], object]) -> None:
        super().__init__()
        self._lezen, self._schrijven = socket.socketpair()
        self._lezen.setblocking(False)
        self._schrijven.setblocking(False)
        # Een handler in Python loopt pas als er weer Python loopt; de wekker maakt Qt daarvoor wakker.
        self._oude_wekker = signal.set_wakeup_fd(self._schrijven.fileno(), warn_on_full_buffer=False)
        self._oud = {soort: signal.signal(soort, _do_niets) for soort in (signal.SIGTERM, signal.SIGINT)}
        self._wekker = QSocketNotifier(self._lezen.fileno(), QSocketNotifier.Type.Read, self)
        self._sluit = sluit
        self._wekker.activated.connect(self._receive)

    def close(self) -> None:
        """Zet alles terug zoals het was."""
        self._wekker.setEnabled(False)
        signal.set_wakeup_fd(self._oude_wekker)
        for soort, handler in self._oud.items():
            signal.signal(soort, handler)
        self._lezen.close()
        self._schrijven.close()

    def _receive(self) -> None:
        self._lezen.recv(64)
        self._sluit()


def _do_niets(_nummer: int, _plaats: object) -> None:
    """De wekker doet het werk."""
