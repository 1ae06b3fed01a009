"""Hoe het met de verbinding naar de agenda staat, in de woorden van het scherm. Werkt zelf niet zonder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from frontoffice.domain.taal import tijd


@runtime_checkable
class MetLijn(Protocol):
    """Een dienst die doorwerkt als de database weg is."""

    @property
    def stand_van(self) -> datetime | None: ...

    @property
    def te_versturen(self) -> int: ...


@dataclass(frozen=True)
class Lijnstand:
    """`weg_sinds`: sinds wanneer er geen verbinding is; `te_versturen`: stappen die nog wachten."""

    weg_sinds: datetime | None = None
    te_versturen: int = 0

    @property
    def zin(self) -> str:
        """Voor de grijze band; leeg als alles is doorgevoerd."""
        wacht = f" {zeg_stappen(self.te_versturen)}" if self.te_versturen else ""
        if self.weg_sinds is not None:
            sinds = tijd(self.weg_sinds)
            return f"Geen verbinding sinds {sinds}. U kunt doorwerken; wij voeren het later door.{wacht}"
        return f"De verbinding is er weer.{wacht}" if self.te_versturen else ""


def zeg_stappen(aantal: int) -> str:
    """ "3 stappen worden nog doorgevoerd."."""
    return "1 stap wordt nog doorgevoerd." if aantal == 1 else f"{aantal} stappen worden nog doorgevoerd."


def lijnstand_van(dienst: object) -> Lijnstand:
    """Een dienst zonder lijn heeft altijd verbinding, of zegt het met een fout."""
    if isinstance(dienst, MetLijn):
        return Lijnstand(dienst.stand_van, dienst.te_versturen)
    return Lijnstand()
