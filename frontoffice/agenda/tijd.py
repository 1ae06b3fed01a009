"""Plaatselijke tijd en tikken: de regel is Nederlandse burgerlijke tijd, de opslag is UTC.

Een tik is vijf minuten sinds 1970 (UTC). Rekenen gebeurt in tikken, nooit met wandkloktijden: een etmaal
kan 23 of 25 uur duren. Kijkt niet naar de tijdzone van de pc.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from frontoffice.domain import taal

TIK_MINUTEN = 5
_TIK_SECONDEN = TIK_MINUTEN * 60
_LOKAAL_UUR = timedelta(hours=1)


def to_tik(moment: datetime) -> int:
    """De tik die op `moment` begint. Raises ValueError zonder zone of als er geen tik begint."""
    if moment.tzinfo is None:
        raise ValueError("een moment zonder zone")
    tik, rest = divmod(int(moment.timestamp()), _TIK_SECONDEN)
    if rest or moment.microsecond:
        raise ValueError("een moment dat niet op vijf minuten ligt")
    return tik


def floor_tik(moment: datetime) -> int:
    """De tik waarin `moment` valt."""
    return int(moment.timestamp() // _TIK_SECONDEN)


def ceil_tik(moment: datetime) -> int:
    """De eerste tik die op of na `moment` begint."""
    return int(-(-moment.timestamp() // _TIK_SECONDEN))


@lru_cache(maxsize=4096)
def from_tik(tik: int) -> datetime:
    """Het begin van een tik, in UTC."""
    return datetime.fromtimestamp(tik * _TIK_SECONDEN, UTC)


def tikken(minuten: int) -> int:
    """Hoeveel tikken `minuten` minuten bezetten, naar boven afgerond."""
    return -(-minuten // TIK_MINUTEN)


def to_utc(dag: date, tijd: time) -> datetime:
    """Plaatselijke tijd als UTC. Dubbel uur: de eerste keer. Overgeslagen uur: evenveel later."""
    zone = taal.lokaal(taal.middernacht(dag)).tzinfo
    return datetime.combine(dag, tijd.replace(fold=0), tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, order=True, slots=True)
class Vak:
    """Half-open stuk tijd in tikken: `begin` hoort erbij, `eind` niet."""

    begin: int
    eind: int

    def __post_init__(self) -> None:
        if self.begin > self.eind:
            raise ValueError("een vak dat eindigt voor het begint")

    @classmethod
    def van(cls, begin: datetime, eind: datetime) -> Vak:
        """Het kleinste vak van hele tikken dat binnen [begin, eind) past."""
        eerste = ceil_tik(begin)
        return cls(eerste, max(eerste, floor_tik(eind)))

    @property
    def lengte(self) -> int:
        """In tikken."""
        return self.eind - self.begin

    @property
    def begin_utc(self) -> datetime:
        return from_tik(self.begin)

    @property
    def eind_utc(self) -> datetime:
        return from_tik(self.eind)

    def raakt(self, ander: Vak) -> bool:
        """Waar als ze minstens een tik delen."""
        return self.begin < ander.eind and ander.begin < self.eind

    def omvat(self, ander: Vak) -> bool:
        return self.begin <= ander.begin and ander.eind <= self.eind


def merge(vakken: Iterable[Vak]) -> tuple[Vak, ...]:
    """Op volgorde, met overlappende en aansluitende vakken tot één gemaakt; lege vallen weg."""
    uit: list[Vak] = []
    for vak in sorted(vak for vak in vakken if vak.lengte):
        if uit and vak.begin <= uit[-1].eind:
            uit[-1] = Vak(uit[-1].begin, max(uit[-1].eind, vak.eind))
        else:
            uit.append(vak)
    return tuple(uit)


def subtract(vak: Vak, weg: Iterable[Vak]) -> tuple[Vak, ...]:
    """Wat er van `vak` overblijft zonder `weg`, op volgorde."""
    resten: list[Vak] = []
    begin = vak.begin
    for gat in merge(weg):
        if gat.eind <= begin or gat.begin >= vak.eind:
            continue
        if gat.begin > begin:
            resten.append(Vak(begin, gat.begin))
        begin = max(begin, gat.eind)
    if begin < vak.eind:
        resten.append(Vak(begin, vak.eind))
    return tuple(resten)


def dagvak(dag: date, van: time, tot: time) -> Vak:
    """Het vak van twee plaatselijke tijden op één dag; `tot` 0:00 is het eind van die dag."""
    einddag = dag + timedelta(days=1) if tot == time(0) else dag
    return Vak.van(to_utc(dag, van), to_utc(einddag, tot))


def tijdlabel(moment: datetime) -> str:
    """ "18.30 uur", met "(zomertijd)" of "(wintertijd)" als dat uur die nacht twee keer voorkomt."""
    tekst = taal.tijd(moment)
    plaatselijk = taal.lokaal(moment)
    for ander in (moment - _LOKAAL_UUR, moment + _LOKAAL_UUR):
        if taal.lokaal(ander).replace(tzinfo=None) == plaatselijk.replace(tzinfo=None):
            return f"{tekst} ({'zomertijd' if ander > moment else 'wintertijd'})"
    return tekst
