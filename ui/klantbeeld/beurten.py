"""Tekent in korte beurten, zodat toetsen en muis er altijd tussen kunnen.

Weet niet wat er te tekenen is; wie dat wel weet geeft per ronde de stukken. Een ronde begint altijd met het
nieuwste beeld: wat intussen veranderde, kost geen extra ronde.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

Stuk = Callable[[], object]
BEURT_S = 0.006  # langer tekenen wij niet achter elkaar, behalve als één stuk al langer duurt


class Beurten(QObject):
    """`ronde` geeft de stukken van een nieuwe ronde, in volgorde."""

    def __init__(self, ronde: Callable[[], Iterable[Stuk]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ronde = ronde
        self._stukken: deque[Stuk] = deque()
        self._is_achter = False
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.setInterval(0)
        self._wekker.timeout.connect(self._take_beurt)

    @property
    def is_bij(self) -> bool:
        """Is alles getekend, ook wat het laatst veranderde?"""
        return not self._is_achter and not self._stukken

    def ask(self) -> None:
        """Er is iets veranderd: er moet na deze ronde nog een ronde komen."""
        self._is_achter = True
        if not self._wekker.isActive():
            self._wekker.start()

    def run(self) -> None:
        """Een hele ronde nu, in één keer."""
        self._wekker.stop()
        self._start_ronde()
        while self._stukken:
            self._stukken.popleft()()
        if self._is_achter:
            self._wekker.start()

    def clear(self) -> None:
        """Wat nog moest, hoeft niet meer."""
        self._wekker.stop()
        self._stukken.clear()
        self._is_achter = False

    def _start_ronde(self) -> None:
        self._is_achter = False
        self._stukken = deque(self._ronde())

    def _take_beurt(self) -> None:
        einde = time.perf_counter() + BEURT_S
        if not self._stukken:
            self._start_ronde()  # telt mee in de beurt
        while self._stukken and time.perf_counter() < einde:
            self._stukken.popleft()()
        if self._stukken or self._is_achter:
            self._wekker.start()
