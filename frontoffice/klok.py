"""De klok van het programma: UTC om op te slaan, Europe/Amsterdam om te tonen, monotoon om te meten.

Kijkt niet naar de tijdzone van de pc. Op Windows komt de zone uit het pakket tzdata.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

TIJDZONE = "Europe/Amsterdam"


class SysteemKlok:
    """Port `Klok`. Met `vandaag` staat de klok hele dagen vooruit of terug: de dag van een demonstratie."""

    def __init__(self, vandaag: date | None = None) -> None:
        self._verschuiving = timedelta()
        if vandaag is not None:
            self._verschuiving = vandaag - self.vandaag()

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(TIJDZONE)

    def nu(self) -> datetime:
        return datetime.now(UTC) + self._verschuiving

    def vandaag(self) -> date:
        return (datetime.now(self._zone) + self._verschuiving).date()

    def verlopen(self) -> float:
        return time.monotonic()
