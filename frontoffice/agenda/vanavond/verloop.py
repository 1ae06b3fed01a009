"""Wat er met elk bezoek is gebeurd, teruggelezen uit de vastgelegde stappen: wie kwam wanneer aan de beurt.

Een stap die ongedaan is gemaakt, telt niet. Kent geen naam en geen medewerker; oordeelt niet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from frontoffice.agenda.afspraak import Toestand

GEWEIGERD = "bezoek_geweigerd"
"""Iemand zonder afspraak paste er niet bij: `na` noemt waarom en de productgroep, nooit wie."""
NOTITIE = "bezoek_notitie"
"""De woorden zelf staan alleen bij het bezoek; wie iets ongedaan maakt, houdt zijn notitie."""
ONGEDAAN = "bezoek_ongedaan"
_GEKOMEN = frozenset({"bezoek_aangemeld", "bezoek_zonder_afspraak", "bezoek_toch_gekomen"})
_OPGEROEPEN = "bezoek_opgeroepen"
_BEGIN = frozenset({"bezoek_aan_de_balie", "bezoek_hervat"})
_GEWIJZIGD = "bezoek_gewijzigd"
GEEN_STAP = frozenset({GEWEIGERD, NOTITIE, "bezoek_genummerd", "bezoek_na_te_kijken", "bezoek_nagekeken"})
"""Wat er wel bij staat, maar niet iets is dat met het bezoek gebeurde: het is ook niet ongedaan te maken."""
_TOESTANDEN = {toestand.value: toestand for toestand in Toestand}


class Stap(Protocol):
    """Eén vastgelegde regel; een `Gebeurtenis` van de agenda is er een."""

    @property
    def op(self) -> datetime: ...

    @property
    def soort(self) -> str: ...

    @property
    def onderwerp(self) -> str: ...

    @property
    def na(self) -> Mapping[str, Any]: ...


S = TypeVar("S", bound=Stap)


@dataclass(frozen=True)
class Verloop:
    """Eén bezoek volgens de stappen. Tijden zijn van toen het gebeurde, ook als dat later is ingevoerd.

    `gekomen`: de laatste keer aangemeld. `opgeroepen`: de eerste oproep daarna. `seconden`: aan de balie,
    alle keren samen. `toestand` None: er is niets vastgelegd waar een toestand bij staat.
    """

    gekomen: datetime | None = None
    opgeroepen: datetime | None = None
    klaar: datetime | None = None
    toch_gekomen: bool = False
    seconden: int = 0
    toestand: Toestand | None = None


def happened(stap: Stap) -> datetime:
    """Wanneer het gebeurde: bij wat zonder verbinding is genoteerd niet het moment van invoeren."""
    echt = stap.na.get("gebeurd_op")
    if not isinstance(echt, str) or not echt:
        return stap.op
    try:
        moment = datetime.fromisoformat(echt)
    except ValueError:
        return stap.op
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def effective(stappen: Iterable[S]) -> Mapping[str, tuple[S, ...]]:
    """Per bezoek de stappen die gelden. Ongedaan maken kan alleen met de laatste: die valt weg."""
    per_bezoek: dict[str, list[S]] = {}
    for stap in stappen:
        if stap.soort in GEEN_STAP or not stap.soort.startswith("bezoek_"):
            continue
        rij = per_bezoek.setdefault(stap.onderwerp, [])
        if stap.soort == ONGEDAAN:
            del rij[-1:]
        else:
            rij.append(stap)
    return {id_: tuple(rij) for id_, rij in per_bezoek.items()}


def read_verlopen(stappen: Iterable[Stap]) -> Mapping[str, Verloop]:
    """Per bezoek (id) wat er gebeurde; alleen bezoeken waar iets van is vastgelegd."""
    return {id_: _verloop(rij) for id_, rij in effective(stappen).items()}


def _verloop(stappen: tuple[Stap, ...]) -> Verloop:
    gekomen = opgeroepen = klaar = sinds = None
    seconden = 0.0
    toestand: Toestand | None = None
    for stap in stappen:
        om = happened(stap)
        if stap.soort in _GEKOMEN:
            gekomen, opgeroepen = om, None
        elif stap.soort == _OPGEROEPEN and opgeroepen is None:
            opgeroepen = om
        if stap.soort in _BEGIN:
            sinds = om
        elif sinds is not None and stap.soort != _GEWIJZIGD:
            seconden += max(0.0, (om - sinds).total_seconds())
            sinds = None
        waarde = stap.na.get("toestand")
        if waarde in _TOESTANDEN:
            toestand = _TOESTANDEN[waarde]
            klaar = om if toestand is Toestand.KLAAR else None
    return Verloop(
        gekomen,
        opgeroepen,
        klaar,
        any(stap.soort == "bezoek_toch_gekomen" for stap in stappen),
        int(seconden),
        toestand,
    )
