"""Laat het logboek van inzage op een achtergronddraad versturen, zolang het venster open is. Tekent niets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond

if TYPE_CHECKING:
    from frontoffice.services.logboekversturen import Logboekverslag

_RUST_MS = 15_000
_NA_FOUT_MS = 60_000


class Logboekzender(QObject):
    """Begint met `start`; elke ronde zegt zelf wanneer de volgende zin heeft."""

    def __init__(self, achtergrond: Achtergrond, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._achtergrond = achtergrond
        self._stop = Stop()
        self._werk: Callable[[Stop], Logboekverslag] | None = None
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self._send)

    def start(self, werk: Callable[[Stop], Logboekverslag], eerste_ms: int = _RUST_MS) -> None:
        """`werk` verstuurt wat er nog niet is. De eerste ronde wacht: het venster gaat voor."""
        self._werk = werk
        self._wekker.start(eerste_ms)

    def close(self) -> None:
        self._wekker.stop()
        self._stop.set()

    def _send(self) -> None:
        if self._werk is not None:
            self._achtergrond.start(self._werk, self._sent, self._not_sent, self._stop)

    def _sent(self, verslag: Logboekverslag) -> None:
        self._wekker.start(max(int(verslag.wachten * 1000), _RUST_MS))

    def _not_sent(self, _fout: KifFout) -> None:
        """De opslag zelf is nu niet te gebruiken; dat meldt wie iets wil openen."""
        self._wekker.start(_NA_FOUT_MS)
