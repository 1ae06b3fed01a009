"""Laat doorvoeren wat zonder verbinding is gedaan, ook als niemand naar Vanavond kijkt. Tekent niets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond

EERSTE_MS = 20_000
"""Na het openen van het venster: dat gaat voor."""
WACHT_MS, RUST_MS = 5_000, 60_000


class Doorvoerder(QObject):
    """`start` met wat er te doen is; dat geeft hoeveel stappen er daarna nog wachten."""

    def __init__(self, achtergrond: Achtergrond, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._achtergrond = achtergrond
        self._stop = Stop()
        self._werk: Callable[[], int] | None = None
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self._run)

    def start(self, werk: Callable[[], int], eerste_ms: int = EERSTE_MS) -> None:
        self._werk = werk
        self._wekker.start(eerste_ms)

    def close(self) -> None:
        self._wekker.stop()
        self._stop.set()

    def _run(self) -> None:
        werk = self._werk
        if werk is not None:
            self._achtergrond.start(lambda _: werk(), self._follow, self._retry, self._stop)

    def _follow(self, wachten: int) -> None:
        self._wekker.start(WACHT_MS if wachten else RUST_MS)

    def _retry(self, _fout: KifFout) -> None:
        self._wekker.start(RUST_MS)
