"""Hoe het met de verbinding naar de agenda staat, zoals de dienst het zegt. Werkt zelf niet zonder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontoffice.agenda.vanavond.bezoek import Bezoek
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


_OM_DE = 10
"""Is er niets veranderd, dan kijken wij om de zoveel keer of een collega iets na te kijken kreeg."""


class Lijnkijker:
    """Leest hoe de lijn ervoor staat. Draait op de achtergrond; wat is na te kijken, staat in de agenda."""

    def __init__(self) -> None:
        self._gezien: object = None
        self._nakijken: tuple[Nakijkpunt, ...] = ()
        self._keer = 0

    def look(self, dienst: Avonddienst, bezoeken: tuple[Bezoek, ...]) -> Lijnstand:
        """De stand van nu; zoekt alleen opnieuw wat is na te kijken als er iets kan zijn veranderd."""
        weg_sinds, band = dienst.stand_van, dienst.band
        gezien = (weg_sinds, band, bezoeken)
        self._keer += 1
        if gezien != self._gezien or self._keer >= _OM_DE:
            self._gezien, self._keer = gezien, 0
            self._nakijken = dienst.nakijken()
        return Lijnstand(weg_sinds, band, self._nakijken)
