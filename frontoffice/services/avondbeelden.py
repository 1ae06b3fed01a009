"""De avonden zoals ze nu zijn, bij de hand gehouden zolang ze niet veranderen. Leest alleen.

Vraagt de opslag per keer alleen om versies en haalt wat nieuwer is. Elk beeld is bevroren: meer draden
tegelijk doen hoogstens werk dubbel. Wie boekt, beslist opnieuw onder het slot; dit is om te tonen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from frontoffice.agenda.avond import Avond
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender, is_regeldag
from frontoffice.agenda.rooster import build_avond
from frontoffice.agendapoort import AgendaOpslag, AvondInhoud
from frontoffice.domain.taal import dag_van

_MEESTE_AVONDEN = 600


def to_avond(inrichting: Inrichting, kalender: Kalender, inhoud: AvondInhoud) -> Avond:
    """De avond zoals de planning haar ziet, uit wat de opslag ervan weet."""
    return build_avond(
        inrichting, kalender, inhoud.datum, inhoud.inhoud, inhoud.toestand, inhoud.versie, inhoud.eigenaar
    )


@dataclass(frozen=True)
class Avondbeeld:
    """Eén avond met wat de opslag erover wist. `sleutel` verandert zodra er iets anders kan staan."""

    avond: Avond
    inhoud: AvondInhoud
    sleutel: tuple[int, int, datetime | None]


@dataclass(frozen=True)
class Agendabeeld:
    """De agenda op één moment. `nu` is de klok van de agenda; `avonden` zijn de gevraagde datums."""

    nu: datetime
    inrichting: Inrichting
    versie: int
    kalender: Kalender
    avonden: Mapping[date, Avondbeeld] = field(default_factory=dict)

    @property
    def vandaag(self) -> date:
        return dag_van(self.nu)

    def avonddatums(self, van: date, tot: date) -> tuple[date, ...]:
        """De datums van `van` tot en met `tot` waarop een avond hoort of een uitzondering staat."""
        uitgezonderd = {u.datum for u in self.inrichting.uitzonderingen}
        dagen = (van + timedelta(days=n) for n in range((tot - van).days + 1))
        return tuple(
            dag
            for dag in dagen
            if dag in uitgezonderd or any(is_regeldag(regel, dag) for regel in self.inrichting.regels)
        )


class Avondbeelden:
    """Geeft beelden die kloppen met de versies van dit moment; onthoudt wat niet veranderde."""

    def __init__(self, opslag: AgendaOpslag) -> None:
        self._opslag = opslag
        self._laatste: Agendabeeld | None = None

    def load(self, van: date | None = None, tot: date | None = None) -> Agendabeeld:
        """Het beeld van alle avonden van `van` (anders vandaag) tot en met `tot` (anders alleen `van`).

        Raises AgendaOnbereikbaar.
        """
        nu = self._opslag.nu()
        begin = van or dag_van(nu)
        eind = max(begin, tot or begin)
        versies = self._opslag.load_versies(begin, eind)
        oud = self._laatste
        if oud is None or oud.versie != versies.inrichting:
            inrichting, versie = self._opslag.load_inrichting()
            beeld = Agendabeeld(nu, inrichting, versie, Kalender(inrichting))
            bekend: Mapping[date, Avondbeeld] = {}
        else:
            beeld, bekend = oud, oud.avonden
        datums = beeld.avonddatums(begin, eind)
        verouderd = [dag for dag in datums if not _is_vers(bekend.get(dag), versies.avonden.get(dag, 0), nu)]
        nieuw = self._read(beeld, verouderd)
        alle = {**bekend, **nieuw}
        if len(alle) > _MEESTE_AVONDEN:
            alle = {dag: alle[dag] for dag in datums}
        self._laatste = Agendabeeld(nu, beeld.inrichting, beeld.versie, beeld.kalender, alle)
        return Agendabeeld(
            nu, beeld.inrichting, beeld.versie, beeld.kalender, {dag: alle[dag] for dag in datums}
        )

    def _read(self, beeld: Agendabeeld, datums: Iterable[date]) -> dict[date, Avondbeeld]:
        gevraagd = tuple(datums)
        if not gevraagd:
            return {}
        uit = {}
        for dag, inhoud in self._opslag.load_avonden(gevraagd).items():
            avond = to_avond(beeld.inrichting, beeld.kalender, inhoud)
            uit[dag] = Avondbeeld(avond, inhoud, (beeld.versie, inhoud.versie, inhoud.verloopt))
        return uit


def _is_vers(beeld: Avondbeeld | None, versie: int, nu: datetime) -> bool:
    if beeld is None or beeld.inhoud.versie != versie:
        return False
    return beeld.inhoud.verloopt is None or beeld.inhoud.verloopt > nu
