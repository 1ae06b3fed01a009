"""Wat er wel kan en waarom iets niet kan: de antwoorden die `wensen`, `vrij` en `boeken` delen.

Alleen waarden; rekent niets uit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontoffice.agenda.reden import Reden
from frontoffice.agenda.wens import Wens


@dataclass(frozen=True)
class VrijeStart:
    """Een begintijd die kan. `begin` en `eind` UTC, `eind` zonder buffer.

    `balies`: hoeveel afspraken van deze wens er dan nog bij kunnen, met herindelen; 0 = niet geteld.
    """

    begin: datetime
    eind: datetime
    balies: int = 0


@dataclass(frozen=True)
class GeweigerdeStart:
    """Een begintijd van het raster die niet kan, met de belangrijkste reden eerst."""

    begin: datetime
    redenen: tuple[Reden, ...]


@dataclass(frozen=True)
class Weigering:
    """Waarom het niet kan, en wat wel: andere begintijden, of de wens in delen (V19)."""

    redenen: tuple[Reden, ...]
    alternatieven: tuple[VrijeStart, ...] = ()
    splitsing: tuple[Wens, ...] = ()
