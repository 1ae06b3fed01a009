"""Wat een keuring vindt: een fout houdt bewaren tegen, een waarschuwing niet.

Met de hulpjes om bevindingen te maken; wat er gekeurd wordt, staat in de andere modules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from frontoffice.agenda.kalender import EERSTE_JAAR, LAATSTE_JAAR
from frontoffice.agenda.tijd import TIK_MINUTEN
from frontoffice.domain import taal

T = TypeVar("T")
FOUT, WAARSCHUWING = "fout", "waarschuwing"


@dataclass(frozen=True)
class Planfout:
    """Eén bevinding over één onderdeel: `soort` is een veld van `Inrichting` ("diensten"), `id` welke.

    `nummer` telt vanaf 0 in die lijst (None: over het geheel). `verwijst`: komt door een ander onderdeel dat
    er niet is of anders is. `tekst`: hele zinnen voor een beheerder; die mogen een medewerker noemen.
    """

    ernst: str
    soort: str
    id: str
    tekst: str
    nummer: int | None = None
    verwijst: bool = False

    @property
    def is_fout(self) -> bool:
        return self.ernst == FOUT


@dataclass(frozen=True)
class Melder:
    """Maakt bevindingen over één onderdeel."""

    soort: str
    id: str = ""
    nummer: int | None = None

    def fout(self, tekst: str, verwijst: bool = False) -> Planfout:
        return Planfout(FOUT, self.soort, self.id, tekst, self.nummer, verwijst)

    def let_op(self, tekst: str, verwijst: bool = False) -> Planfout:
        return Planfout(WAARSCHUWING, self.soort, self.id, tekst, self.nummer, verwijst)


def elk(soort: str, onderdelen: Sequence[T], sleutel: str = "id") -> Iterator[tuple[Melder, T]]:
    """Elk onderdeel met een melder die het bij zijn id en plaats noemt; zonder `sleutel` geen id."""
    for nummer, onderdeel in enumerate(onderdelen):
        id_ = getattr(onderdeel, sleutel) if sleutel else ""
        yield Melder(soort, id_, nummer), onderdeel


def check_ids(soort: str, onderdelen: Sequence[Any], sleutel: str = "id") -> Iterator[Planfout]:
    """Leeg of dubbel id."""
    keren = Counter(getattr(onderdeel, sleutel) for onderdeel in onderdelen)
    gezien: set[str] = set()
    for meld, onderdeel in elk(soort, onderdelen, sleutel):
        id_ = getattr(onderdeel, sleutel)
        if not id_.strip():
            yield meld.fout(f"De {sleutel} is leeg. Vul een korte {sleutel} in.")
        elif keren[id_] > 1 and id_ in gezien:
            yield meld.fout(f"De {sleutel} {id_} komt vaker voor. Kies een andere {sleutel}.")
        gezien.add(id_)


def check_naam(meld: Melder, naam: str) -> Iterator[Planfout]:
    if not naam.strip():
        yield meld.fout("De naam is leeg. Vul een naam in.")


def check_tijden(meld: Melder, wat: str, van: time | None, tot: time | None) -> Iterator[Planfout]:
    """Begin voor eind (0:00 is middernacht aan het eind), en op hele vijf minuten."""
    if van is None or tot is None:
        yield meld.fout(f"{wat}: de begintijd of eindtijd ontbreekt. Vul ze allebei in.")
        return
    if van == tot and tot != time(0):
        yield meld.fout(f"{wat}: begin en eind zijn gelijk. Maak de eindtijd later.")
    elif van >= tot and tot != time(0):
        yield meld.fout(f"{wat}: het eind ligt voor het begin. Wissel de tijden om.")
    if any(tijd.minute % TIK_MINUTEN or tijd.second or tijd.microsecond for tijd in (van, tot)):
        yield meld.fout(f"{wat}: kies tijden op hele vijf minuten, zoals 17.30 uur.")


def check_periode(meld: Melder, wat: str, van: date | None, tot: date | None) -> Iterator[Planfout]:
    if van is not None and tot is not None and tot < van:
        yield meld.fout(f"{wat}: de einddatum ligt voor de begindatum. Kijk de datums na.")


def check_jaar(meld: Melder, wat: str, dag: date) -> Iterator[Planfout]:
    if not is_bekend_jaar(dag):
        yield meld.fout(f"{wat}: kies een datum tussen {EERSTE_JAAR} en {LAATSTE_JAAR}.")


def is_bekend_jaar(dag: date) -> bool:
    """Zijn de feestdagen van dit jaar bekend?"""
    return EERSTE_JAAR <= dag.year <= LAATSTE_JAAR


def check_getal(meld: Melder, wat: str, getal: int | None, laagste: int, hoogste: int) -> Iterator[Planfout]:
    if getal is None or laagste <= getal <= hoogste:
        return
    if getal < 0 <= laagste:
        yield meld.fout(f"{wat} is negatief. Kies een getal van {laagste} tot en met {hoogste}.")
    else:
        yield meld.fout(f"{wat}: kies een getal van {laagste} tot en met {hoogste}.")


def klok(tijd: time) -> str:
    """ "17.30 uur"."""
    return f"{tijd.hour}.{tijd.minute:02d} uur"


def dagtekst(dag: date) -> str:
    """ "do 3 dec 2026"."""
    return f"{taal.datum_kort(dag, dag)} {dag.year}"


def opsomming(woorden: Iterable[str]) -> str:
    """ "a", "a en b", "a, b en c"."""
    rij = list(woorden)
    return rij[0] if len(rij) == 1 else f"{', '.join(rij[:-1])} en {rij[-1]}" if rij else ""
