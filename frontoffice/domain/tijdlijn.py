"""De tijdlijn: gebeurtenissen uit verschillende bronnen, nieuwste eerst, eerlijk samengevoegd.

Bronnen leveren pagina's. Getoond wordt tot de oudste datum die elke bron met meer pagina's heeft bereikt;
verder terug zou er stilletjes iets ontbreken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frontoffice.domain.fouten import KifFout


class TijdlijnSoort(StrEnum):
    CONTACT = "contact"
    TERUGBELVERZOEK = "terugbelverzoek"
    ZAAK = "zaak"
    DOCUMENT = "document"
    AFSPRAAK = "afspraak"
    MELDING = "melding"


@dataclass(frozen=True)
class TijdlijnItem:
    """Eén gebeurtenis. `om` is UTC. `verwijzing` wijst naar wat erbij hoort: ("contact"|"zaak"|"document", uuid).

    `gevoelig` (vertrouwelijk contact) staat dichtgevouwen tot iemand het opent.
    """

    id: str
    soort: TijdlijnSoort
    om: datetime
    titel: str
    regel: str = ""
    tekst: str = ""
    kanaal: str = ""
    wie: str = ""
    gevoelig: bool = False
    verwijzing: tuple[str, str] | None = None
    toestand: str = ""


@dataclass(frozen=True)
class Stroom:
    """Wat één bron tot nu toe gaf. `vervolg` is None als de bron niets ouders meer heeft.

    `bereikt` is de oudste tijd tot waar deze bron volledig is; None als ze nog niets gaf.
    """

    naam: str
    items: tuple[TijdlijnItem, ...] = ()
    vervolg: str | None = None
    bereikt: datetime | None = None
    fout: KifFout | None = None
    aangesloten: bool = True


@dataclass(frozen=True)
class Tijdlijn:
    """De stromen van alle bronnen samen."""

    stromen: tuple[Stroom, ...] = ()

    @property
    def grens(self) -> datetime | None:
        """De nieuwste van de oudste tijden van bronnen die nog meer hebben; None = alles mag getoond."""
        grenzen = [s.bereikt for s in self.stromen if s.vervolg is not None and s.bereikt is not None]
        return max(grenzen, default=None)

    @property
    def items(self) -> tuple[TijdlijnItem, ...]:
        """Alle items tot de grens, nieuwste eerst, elk id één keer."""
        grens = self.grens
        uniek = {i.id: i for s in self.stromen for i in s.items if grens is None or i.om >= grens}
        return tuple(sorted(uniek.values(), key=lambda i: (i.om, i.id), reverse=True))

    @property
    def remmende_stroom(self) -> Stroom | None:
        """De bron die de grens bepaalt: die moet als eerste verder laden."""
        met_meer = [s for s in self.stromen if s.vervolg is not None and s.bereikt is not None]
        return max(met_meer, key=lambda s: s.bereikt or datetime.min, default=None)

    @property
    def heeft_meer(self) -> bool:
        return any(s.vervolg is not None for s in self.stromen)
