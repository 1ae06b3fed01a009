"""Werkdagen: van dag naar dag zonder weekend, feestdagen en eigen vrije dagen. De enige plek die ze telt.

Rekent de Nederlandse feestdagen zelf uit (geen lijst die veroudert). Kent geen normen en geen openingstijden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

EERSTE_JAAR = 2014
"""Sinds dat jaar is het Koningsdag; eerdere jaren kent deze kalender niet."""
_DAG = timedelta(days=1)
_VERST = 4000


class Bevrijdingsdag(StrEnum):
    """Wanneer 5 mei een vrije dag is."""

    NOOIT = "nooit"
    LUSTRUM = "lustrum"
    ALTIJD = "altijd"


@dataclass(frozen=True)
class Werkkalender:
    """Op welke dagen de gemeente werkt. `vrije_dagen`: dagen waarop zij daarnaast dicht is."""

    goede_vrijdag: bool = False
    bevrijdingsdag: Bevrijdingsdag = Bevrijdingsdag.LUSTRUM
    vrije_dagen: frozenset[date] = frozenset()

    def find_reden(self, dag: date) -> str:
        """Waarom er die dag niet wordt gewerkt ("zondag", "Koningsdag", "vrije dag"); leeg op een werkdag.

        Raises ValueError voor een dag vóór 2014.
        """
        if dag.weekday() >= 5:
            return "zaterdag" if dag.weekday() == 5 else "zondag"
        if dag in self.vrije_dagen:
            return "vrije dag"
        naam = feestdagen(dag.year).get(dag, "")
        if naam == GOEDE_VRIJDAG and not self.goede_vrijdag:
            return ""
        if naam == BEVRIJDINGSDAG and not self._viert_bevrijding(dag.year):
            return ""
        return naam

    def is_werkdag(self, dag: date) -> bool:
        return not self.find_reden(dag)

    def add_werkdagen(self, dag: date, aantal: int) -> date:
        """De zoveelste werkdag na `dag` (of ervoor bij een negatief aantal); `dag` zelf telt niet mee.

        Nul geeft `dag`, ook als dat geen werkdag is.
        """
        return step_werkdagen(dag, aantal, self.is_werkdag)

    def count_werkdagen(self, van: date, tot: date) -> int:
        """Het aantal werkdagen na `van` tot en met `tot`; negatief als `tot` eerder is."""
        if tot < van:
            return -self.count_werkdagen(tot, van)
        return sum(self.is_werkdag(van + n * _DAG) for n in range(1, (tot - van).days + 1))

    def next_werkdag(self, dag: date) -> date:
        """De eerste werkdag op of na `dag`."""
        return dag if self.is_werkdag(dag) else self.add_werkdagen(dag, 1)

    def _viert_bevrijding(self, jaar: int) -> bool:
        return self.bevrijdingsdag is Bevrijdingsdag.ALTIJD or (
            self.bevrijdingsdag is Bevrijdingsdag.LUSTRUM and jaar % 5 == 0
        )


GOEDE_VRIJDAG = "Goede Vrijdag"
BEVRIJDINGSDAG = "Bevrijdingsdag"


@lru_cache(maxsize=64)
def feestdagen(jaar: int) -> Mapping[date, str]:
    """De feestdagen van de Algemene termijnenwet (art. 3), met Goede Vrijdag en Bevrijdingsdag elk jaar.

    Koningsdag is 27 april, of 26 april als de 27e een zondag is. Valt Hemelvaart samen met Bevrijdingsdag of
    Koningsdag, dan heet de dag naar Hemelvaart. Raises ValueError vóór 2014.
    """
    if jaar < EERSTE_JAAR:
        raise ValueError(f"de feestdagen van {jaar} zijn niet bekend")
    pasen = find_pasen(jaar)
    koningsdag = date(jaar, 4, 27)
    return {
        date(jaar, 5, 5): BEVRIJDINGSDAG,
        koningsdag - _DAG if koningsdag.weekday() == 6 else koningsdag: "Koningsdag",
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen - 2 * _DAG: GOEDE_VRIJDAG,
        pasen: "Eerste paasdag",
        pasen + _DAG: "Tweede paasdag",
        pasen + 39 * _DAG: "Hemelvaartsdag",
        pasen + 49 * _DAG: "Eerste pinksterdag",
        pasen + 50 * _DAG: "Tweede pinksterdag",
        date(jaar, 12, 25): "Eerste kerstdag",
        date(jaar, 12, 26): "Tweede kerstdag",
    }


def find_pasen(jaar: int) -> date:
    """Eerste paasdag in de gregoriaanse kalender (rekenregel van Meeus, Jones en Butcher)."""
    gulden = jaar % 19
    eeuw, rest = divmod(jaar, 100)
    correctie = (eeuw - eeuw // 4 - (8 * eeuw + 13) // 25 + 19 * gulden + 15) % 30
    maan = correctie - (correctie // 28) * (
        1 - (correctie // 28) * (29 // (correctie + 1)) * ((21 - gulden) // 11)
    )
    weekdag = (jaar + jaar // 4 + maan + 2 - eeuw + eeuw // 4) % 7
    na = maan - weekdag
    maand = 3 + (na + 40) // 44
    return date(eeuw * 100 + rest, maand, na + 28 - 31 * (maand // 4))


def step_werkdagen(dag: date, aantal: int, is_werkdag: Callable[[date], bool]) -> date:
    """Zoveel werkdagen verder (of terug), volgens wie weet wat een werkdag is; `dag` telt niet mee.

    Raises ValueError als er meer dan tien jaar lang niet genoeg werkdagen zijn.
    """
    stap = _DAG if aantal >= 0 else -_DAG
    nog = abs(aantal)
    for _ in range(_VERST + 2 * nog):
        if not nog:
            return dag
        dag += stap
        nog -= is_werkdag(dag)
    if not nog:
        return dag
    raise ValueError("er zijn te weinig werkdagen")
