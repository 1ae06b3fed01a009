"""pytest-qt met geduld: wachten op iets houdt pas op als het er echt niet meer komt.

Een wacht die slaagt, kost niets extra. De standaard van pytest-qt (vijf seconden) zegt op een drukke computer
vooral hoe druk die is. Hoe snel iets is, staat in tests/benchmarks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

GEDULD = 30_000
"""Milliseconden."""


class GeduldigeQtBot(QtBot):
    """Alles van `QtBot`, met een langere wacht voor wie er zelf geen noemt."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = GEDULD) -> None:
        __tracebackhide__ = True
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = GEDULD, **anders: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **anders)

    def waitExposed(self, widget: Any, *, timeout: int = GEDULD) -> Any:
        return super().waitExposed(widget, timeout=timeout)
