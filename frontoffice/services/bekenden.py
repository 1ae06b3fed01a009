"""Welke klanten op deze werkplek in beeld waren, en hoe lang geleden. Alleen in het geheugen."""

from __future__ import annotations

from frontoffice.domain.concept import Gesprekspartner
from frontoffice.ports import Klok

_MEESTE = 50


class Bekenden:
    """Telt met een klok die niet te verzetten is. `know` en `seen` mogen van verschillende draden komen."""

    def __init__(self, klok: Klok) -> None:
        self._klok = klok
        self._gezien: tuple[tuple[float, Gesprekspartner], ...] = ()

    def know(self, partner: Gesprekspartner) -> None:
        """Deze klant is nu in beeld; wie nergens bij te vinden is, telt niet mee."""
        if partner.bsn or partner.kvk:
            self._gezien = (*self._gezien, (self._klok.verlopen(), partner))[-_MEESTE:]

    def seen(self, seconden: float) -> tuple[Gesprekspartner, ...]:
        """Wie er de laatste zoveel seconden in beeld kwam, de laatste eerst."""
        vanaf = self._klok.verlopen() - seconden
        return tuple(partner for om, partner in reversed(self._gezien) if om >= vanaf)
