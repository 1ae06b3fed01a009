"""Hulp bij meten: tijd sinds de start van dit proces, piekgeheugen, de langste stilstand van het scherm."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

TIK_MS = 5


def since_process_start_ms() -> float:
    """Milliseconden sinds dit proces begon (Linux: /proc, op 10 ms nauwkeurig)."""
    velden = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start = int(velden[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - start) * 1000


def peak_kb() -> int:
    """Het hoogste werkgeheugen tot nu toe (VmHWM), in kB."""
    for regel in Path("/proc/self/status").read_text().splitlines():
        if regel.startswith("VmHWM:"):
            return int(regel.split()[1])
    raise OSError("VmHWM ontbreekt")


class Stilstand(QObject):
    """Meet hoe lang de draad van het scherm niet aan de beurt kwam: een precieze tik van 5 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.gaten: list[float] = []
        self._laatste = time.perf_counter()
        self._tik = QTimer(self)
        self._tik.setTimerType(Qt.TimerType.PreciseTimer)
        self._tik.timeout.connect(self.tick)
        self._tik.start(TIK_MS)

    def tick(self) -> None:
        nu = time.perf_counter()
        self.gaten.append((nu - self._laatste) * 1000 - TIK_MS)
        self._laatste = nu

    def stop(self) -> float:
        """Stop en geef de langste stilstand in ms; telt ook een gat aan het eind."""
        self.tick()
        self._tik.stop()
        return max(self.gaten, default=0.0)
