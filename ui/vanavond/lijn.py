"""Hoe het met de verbinding naar de agenda staat, zoals de dienst het zegt. Werkt zelf niet zonder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontoffice.services.avondnakijken import Nakijkpunt
from ui.vanavond.dienst import Avonddienst


@dataclass(frozen=True)
class Lijnstand:
    """`weg_sinds`: sinds wanneer er geen verbinding is. `zin`: voor de grijze band, leeg als alles gewoon is.

    `nakijken`: wat zonder verbinding is gedaan en niet meer past.
    """

    weg_sinds: datetime | None = None
    zin: str = ""
    nakijken: tuple[Nakijkpunt, ...] = ()


def lijnstand_van(dienst: Avonddienst) -> Lijnstand:
    """Op de achtergrond: wat er na te kijken is, staat in de agenda."""
    return Lijnstand(dienst.stand_van, dienst.band, dienst.nakijken())
