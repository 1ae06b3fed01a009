"""Het verslag van een avond die is geweest: welke avonden er zijn, en alles om er een te tellen.

Leest alleen. Een avond waarvan de namen zijn gewist, geeft hetzelfde verslag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.verslag import Verslag, make_verslag
from frontoffice.agendapoort import AgendaOpslag
from frontoffice.domain.taal import dag_van

if TYPE_CHECKING:
    from frontoffice.services.vanavond import Vanavonddienst

_TERUG = timedelta(days=400)
"""Ruim een jaar: dan is dezelfde week van vorig jaar er nog bij."""
_GEWEEST = frozenset({AvondToestand.BEZIG, AvondToestand.AFGESLOTEN})


@dataclass(frozen=True)
class Teruggekeken:
    """Een avond met haar verslag. `stand` zegt wie er nog open was; nergens staat een naam."""

    verslag: Verslag
    stand: Avondstand


def find_avonden(opslag: AgendaOpslag) -> tuple[date, ...]:
    """De avonden tot en met vandaag die open zijn geweest, nieuwste eerst."""
    vandaag = dag_van(opslag.nu())
    dagen = sorted(opslag.load_versies(vandaag - _TERUG, vandaag).avonden, reverse=True)
    inhoud = opslag.load_avonden(dagen)
    return tuple(dag for dag in dagen if _is_geweest(opslag, dag, inhoud[dag].toestand))


def _is_geweest(opslag: AgendaOpslag, dag: date, toestand: AvondToestand) -> bool:
    """Dicht voor boeken kan voor en tijdens een avond: dan zegt een uitgedeeld volgnummer het."""
    if toestand is AvondToestand.DICHT_VOOR_BOEKEN:
        return any(bezoek.volgnummer for bezoek in opslag.load_bezoeken(dag))
    return toestand in _GEWEEST


def load_verslag(dienst: Vanavonddienst, datum: date) -> Teruggekeken | None:
    """None als er die dag geen avond was."""
    stand = dienst.load_stand(datum)
    if stand is None:
        return None
    return Teruggekeken(make_verslag(stand, dienst.load_stappen(datum)), stand)
