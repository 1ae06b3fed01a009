"""Waar een bestand van het programma komt als de medewerker geen map kiest, en wat hij daarvan leest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def downloads() -> Path:
    """De map Downloads; kent deze pc die niet, dan de eigen map van de medewerker."""
    map_ = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return Path(map_) if map_ else Path.home()


def zeg_opgeslagen(pad: Path) -> str:
    return f"Opgeslagen: {pad.name}"
