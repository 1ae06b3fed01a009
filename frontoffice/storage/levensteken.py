"""Leeft wie de lease heeft nog? Een slot van het systeem op een klein bestand naast de database.

Beslist niet wie er verstuurt; dat doet de lease. Zonder slot (geheugen, vreemde schijf) wacht ieder tot die
verloopt.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_LANGSTE = 200


class Levensteken:
    """Het slot valt vrij zodra het proces weg is, ook na een kill. In het bestand staat van wie het was."""

    _greep: int | None = None

    def __init__(self, pad: Path | None) -> None:
        self._pad = pad
        self._naam = ""

    def take(self) -> str | None:
        """Neem het slot: de naam van wie het had en er niet meer is. None als het er al was of bezet is."""
        if self._pad is None or self._greep is not None:
            return None
        try:
            greep = os.open(self._pad, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError:
            return None
        try:
            _lock(greep)
            self._naam = os.read(greep, _LANGSTE).decode("ascii", "replace")
            # Valt dit proces nu weg, dan telt de oude naam niet meer: de lease kan al van een ander zijn.
            os.ftruncate(greep, 0)
        except OSError:
            os.close(greep)
            return None
        self._greep = greep
        return self._naam

    def sign(self, houder: str) -> None:
        """De lease is nu van `houder`, die hier leeft."""
        greep = self._greep
        if greep is not None and houder != self._naam:
            self._write(greep, houder)

    def release(self, naam: str = "") -> None:
        """Laat het slot los; `naam` als degene die weg is, nog niet is opgevolgd."""
        # Het versturen kan klaar zijn terwijl de winkel sluit: één van beide draden krijgt de greep.
        greep = self.__dict__.pop("_greep", None)
        if greep is None:
            return
        self._write(greep, naam)
        os.close(greep)

    def release_van(self, houder: str) -> None:
        if houder == self._naam:
            self.release()

    def _write(self, greep: int, naam: str) -> None:
        self._naam = naam
        try:
            os.ftruncate(greep, 0)
            os.lseek(greep, 0, os.SEEK_SET)
            os.write(greep, naam.encode("ascii", "replace"))
        except OSError:
            self._naam = ""


if sys.platform == "win32":
    import msvcrt

    def _lock(greep: int) -> None:
        """Ver achter de naam, want Windows laat ook het lezen van wat op slot is niet toe."""
        os.lseek(greep, 1 << 20, os.SEEK_SET)
        msvcrt.locking(greep, msvcrt.LK_NBLCK, 1)
        os.lseek(greep, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(greep: int) -> None:
        fcntl.flock(greep, fcntl.LOCK_EX | fcntl.LOCK_NB)
