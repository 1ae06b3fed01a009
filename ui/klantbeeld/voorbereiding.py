"""Doet vooraf wat anders de eerste klant van de dag kost: vakken maken, opmaken en iconen tekenen.

In stukken van een paar milliseconden, elk in een eigen beurt, terwijl er nog geen klant is. Wie intussen een
klant opent, wacht er niet op: dan houdt het op. Er komt niets in beeld en er wordt niets opgehaald.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

_TUSSEN_MS = 5


class Voorbereiding(QObject):
    """Voert `stappen` één voor één uit, tot ze op zijn of tot `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stappen: deque[Callable[[], object]] = deque()
        self._wekker = QTimer(self)
        self._wekker.setInterval(_TUSSEN_MS)
        self._wekker.timeout.connect(self._step)

    @property
    def is_klaar(self) -> bool:
        return not self._stappen

    def start(self, stappen: Iterable[Callable[[], object]]) -> None:
        self._stappen.extend(stappen)
        self._wekker.start()

    def stop(self) -> None:
        self._stappen.clear()
        self._wekker.stop()

    def _step(self) -> None:
        if self._stappen:
            self._stappen.popleft()()
        if not self._stappen:
            self._wekker.stop()
