"""Onthoudt wat er op een avond kan, zolang die avond en de inrichting niet veranderen.

Wordt door de service gevuld en bevraagd, ook uit meer draden. Leest zelf niets en kijkt niet op de klok: of
een reservering intussen verliep, ziet de service aan `Avondversie.verloopt`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.avond import Avond
from frontoffice.agenda.indelen import Indeling
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.vrij import Kansen, find_kansen
from frontoffice.agenda.wensen import Plan

AVONDEN_MAX = 500


@dataclass(frozen=True)
class Avondversie:
    """Alles waardoor het antwoord over een avond verandert. `verloopt`: de eerste reservering die afloopt.
    `zonder`: het id van de afspraak die niet meetelt, omdat zij wordt verzet."""

    inrichting: int
    avond: int
    verloopt: datetime | None = None
    zonder: str = ""


@dataclass
class _Lade:
    versie: Avondversie
    indeling: Indeling
    kansen: dict[tuple[Plan, Kanaal], Kansen] = field(default_factory=dict)


class Kansengeheugen:
    """Per datum alleen de laatste versie; een andere versie vervangt die ene avond en raakt geen andere."""

    def __init__(self, hoogstens: int = AVONDEN_MAX) -> None:
        self._hoogstens = hoogstens
        self._laden: dict[date, _Lade] = {}

    def find(
        self,
        inrichting: Inrichting,
        kalender: Kalender,
        dag: date,
        versie: Avondversie,
        build: Callable[[], Avond],
        plan: Plan | Weigering,
        kanaal: Kanaal,
    ) -> Kansen:
        """De kansen van deze avond; roept `build` alleen als deze versie nog niet bekend is."""
        lade = self._laden.get(dag)
        if lade is None or lade.versie != versie:
            lade = _Lade(versie, Indeling(build()))
            self._keep(dag, lade)
        if isinstance(plan, Weigering):
            return find_kansen(inrichting, kalender, lade.indeling.avond, plan, kanaal)
        vorm = (plan, kanaal)  # ook de namen en minuten: die staan in de redenen
        kansen = lade.kansen.get(vorm)
        if kansen is None:
            kansen = find_kansen(inrichting, kalender, lade.indeling.avond, plan, kanaal, lade.indeling)
            lade.kansen[vorm] = kansen
        return kansen

    def _keep(self, dag: date, lade: _Lade) -> None:
        self._laden.pop(dag, None)
        self._laden[dag] = lade
        while len(self._laden) > self._hoogstens:
            self._laden.pop(next(iter(self._laden)), None)
