"""De tijdlijn: gebeurtenissen uit verschillende bronnen, nieuwste eerst, eerlijk samengevoegd.

Bronnen leveren pagina's. Getoond wordt tot de oudste datum die elke bron met meer pagina's heeft bereikt;
verder terug zou er stilletjes iets ontbreken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from frontoffice.domain.fouten import KifFout

_NOOIT = datetime.max.replace(tzinfo=UTC)


class TijdlijnSoort(StrEnum):
    CONTACT = "contact"
    TERUGBELVERZOEK = "terugbelverzoek"
    ZAAK = "zaak"
    DOCUMENT = "document"
    AFSPRAAK = "afspraak"
    MELDING = "melding"


@dataclass(frozen=True)
class TijdlijnItem:
    """Eén gebeurtenis. `om` is UTC. `verwijzing` wijst naar wat erbij hoort: ("contact"|"zaak"|"document",
    uuid).

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

    @cached_property
    def versies(self) -> dict[Hashable, TijdlijnItem]:
        """Hetzelfde item met delen verborgen, per manier van verbergen; verdwijnt met het item."""
        return {}


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

    def met_pagina(
        self, items: Iterable[TijdlijnItem], vervolg: str | None, bereikt: datetime | None = None
    ) -> Stroom:
        """Deze stroom met een pagina erbij; wat er al was (bladzijden schuiven) telt één keer.

        Zonder `bereikt` geldt de oudste tijd van de pagina, of anders wat al was bereikt.
        """
        bekend = {item.id for item in self.items}
        pagina = tuple(items)
        nieuw = []
        for item in pagina:
            if item.id not in bekend:
                bekend.add(item.id)
                nieuw.append(item)
        grens = bereikt or min((item.om for item in pagina), default=None) or self.bereikt
        if self.bereikt and grens:
            grens = min(grens, self.bereikt)
        return replace(self, items=(*self.items, *nieuw), vervolg=vervolg, bereikt=grens, fout=None)

    @property
    def grens(self) -> datetime | None:
        """Tot hoever deze bron volledig is; None als zij niets (meer) tegenhoudt.

        Een bron die wel meer heeft maar nog niets gaf, houdt alles tegen. Mislukte zij meteen, dan is er
        niets om op te wachten: dat zij ontbreekt, staat apart op het scherm.
        """
        if self.vervolg is None:
            return None
        if self.bereikt is None:
            return None if self.fout else _NOOIT
        return self.bereikt


@dataclass(frozen=True)
class Tijdlijn:
    """De stromen van alle bronnen samen. Wat eruit volgt, wordt één keer uitgerekend."""

    stromen: tuple[Stroom, ...] = ()

    @cached_property
    def grens(self) -> datetime | None:
        """De nieuwste van de oudste tijden van bronnen die nog meer hebben; None = alles mag getoond."""
        return max((s.grens for s in self.stromen if s.grens is not None), default=None)

    @cached_property
    def items(self) -> tuple[TijdlijnItem, ...]:
        """Alle items tot de grens, nieuwste eerst, elk id één keer."""
        grens = self.grens
        uniek = {i.id: i for s in self.stromen for i in s.items if grens is None or i.om >= grens}
        return tuple(sorted(uniek.values(), key=lambda i: (i.om, i.id), reverse=True))

    @cached_property
    def remmende_stroom(self) -> Stroom | None:
        """De bron die de grens bepaalt: die moet als eerste verder laden."""
        met_meer = [s for s in self.stromen if s.grens is not None]
        return max(met_meer, key=lambda s: s.grens or _NOOIT, default=None)

    @property
    def heeft_meer(self) -> bool:
        return self.remmende_stroom is not None

    @property
    def mislukt(self) -> tuple[Stroom, ...]:
        """De bronnen die (deels) ontbreken, elk met haar eigen reden."""
        return tuple(s for s in self.stromen if s.fout is not None)

    def stroom(self, naam: str) -> Stroom | None:
        return next((s for s in self.stromen if s.naam == naam), None)

    def met(self, stroom: Stroom) -> Tijdlijn:
        """Deze tijdlijn met `stroom` op haar plaats, of achteraan als zij nieuw is."""
        if self.stroom(stroom.naam) is None:
            return Tijdlijn((*self.stromen, stroom))
        return Tijdlijn(tuple(stroom if s.naam == stroom.naam else s for s in self.stromen))

    def zonder(self, naam: str) -> Tijdlijn:
        return Tijdlijn(tuple(s for s in self.stromen if s.naam != naam))
