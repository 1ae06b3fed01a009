"""Ruimte die vooraf is vastgelegd, om op een volle schijf toch te kunnen bewaren wat open staat."""

from __future__ import annotations

import os
from pathlib import Path

from frontoffice.storage.werkplekfouten import free_bytes

OMVANG = 8 * 1024 * 1024


class Reserve:
    """Een bestand van `omvang` bytes naast de database. `pad` None: er is geen reserve."""

    def __init__(self, pad: Path | None, omvang: int = OMVANG) -> None:
        self._pad = pad
        self._omvang = omvang

    def ensure(self) -> bool:
        """Leg de ruimte vast als zij er nog niet is en de schijf haar missen kan; waar als zij er is."""
        if self._pad is None:
            return True
        try:
            if self._pad.stat().st_size >= self._omvang:
                return True
        except FileNotFoundError:
            pass
        except OSError:
            return False
        if free_bytes(self._pad) < 2 * self._omvang:
            return False
        try:
            self._make(self._pad)
        except OSError:
            self.free()
            return False
        return True

    def free(self) -> bool:
        """Geef de ruimte terug; onwaar als er niets terug te geven was."""
        if self._pad is None:
            return False
        try:
            self._pad.unlink()
        except OSError:
            return False
        return True

    def _make(self, pad: Path) -> None:
        greep = os.open(pad, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(greep, 0, self._omvang)
            else:
                for _ in range(0, self._omvang, 65536):
                    os.write(greep, bytes(65536))
        finally:
            os.close(greep)
