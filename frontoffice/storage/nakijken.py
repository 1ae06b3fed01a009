"""Loopt de agenda beide kanten op na: van afspraak naar bezetting en van bezetting naar afspraak.

Leest alleen. Zinnen noemen een afspraak bij haar nummer, nooit bij de persoon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontoffice.agenda.afspraak import EINDE, ZONDER_PLEK
from frontoffice.agenda.avond import KIF, SoortInhoud
from frontoffice.agenda.tijd import Vak, from_tik, tikken
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE
from frontoffice.domain import taal
from frontoffice.storage.bezoekvorm import read_volgnummer
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import (
    AfspraakRij,
    AvondRij,
    BezettingRij,
    BezoekRij,
    ExternRij,
    NummerreeksRij,
    ReserveringRij,
    VolgreeksRij,
)

_EINDE = frozenset(toestand.value for toestand in EINDE)
_PLEKLOOS = frozenset(toestand.value for toestand in ZONDER_PLEK)
_EIGEN = SoortInhoud.ZONDER_AFSPRAAK.value
_AAN_BALIE = frozenset(toestand.value for toestand in AAN_BALIE)
_Sleutel = tuple[str, str]


@dataclass(frozen=True)
class _Houder:
    """Iets dat een balie hoort te bezetten (`vak`), of juist niet (None)."""

    naam: str
    datum: date
    balie: str
    vak: Vak | None
    mag_ontbreken: bool = False
    mag_korter: bool = False
    """Is of was vanavond aan de beurt: wat er aan het eind over was, kan al aan een ander zijn gegeven."""


def check_agenda(lijn: Lijn, nu: datetime) -> tuple[str, ...]:
    """Elke afwijking als zin; leeg als alles klopt."""
    houders = dict(_houders(lijn, nu))
    bezet: dict[_Sleutel, list[tuple[date, str, int]]] = defaultdict(list)
    b = BezettingRij
    for rij in lijn.rijen(select(b.soort, b.ref, b.datum, b.balie, b.tik).order_by(b.tik)):
        bezet[rij.soort, rij.ref].append((rij.datum, rij.balie, rij.tik))
    fouten = [zin for sleutel, houder in houders.items() for zin in _check_houder(houder, bezet[sleutel])]
    for sleutel, rijen in bezet.items():
        if sleutel not in houders and rijen:
            datum, balie, tik = rijen[0]
            fouten.append(
                f"Balie {balie} is op {_dag(datum)} om {taal.tijd(from_tik(tik))} bezet, "
                "maar er hoort geen afspraak bij."
            )
    fouten += [*_check_eigenaars(lijn, nu), *_check_nummers(lijn), *_check_bezoeken(lijn)]
    return tuple(fouten)


def _houders(lijn: Lijn, nu: datetime) -> Iterator[tuple[_Sleutel, _Houder]]:
    a, r, e = AfspraakRij, ReserveringRij, ExternRij
    bezocht = {rij.id for rij in lijn.rijen(select(BezoekRij.id))}
    for rij in lijn.rijen(
        select(a.id, a.nummer, a.datum, a.balie, a.begin_tik, a.eind_tik, a.buffer, a.toestand)
    ):
        vak = None if rij.toestand in _PLEKLOOS else Vak(rij.begin_tik, rij.eind_tik + tikken(rij.buffer))
        yield (
            (SoortInhoud.AFSPRAAK.value, rij.id),
            _Houder(
                f"Afspraak {rij.nummer}", rij.datum, rij.balie, vak, rij.id in bezocht, rij.id in bezocht
            ),
        )
    for rij in lijn.rijen(select(r.id, r.datum, r.balie, r.begin_tik, r.eind_tik, r.buffer, r.verloopt)):
        vak = Vak(rij.begin_tik, rij.eind_tik + tikken(rij.buffer))
        houder = _Houder("Een vastgehouden tijd", rij.datum, rij.balie, vak, rij.verloopt <= nu)
        yield (SoortInhoud.RESERVERING.value, rij.id), houder
    for rij in lijn.rijen(select(e.id, e.datum, e.balie, e.begin_tik, e.eind_tik)):
        vak = Vak(rij.begin_tik, rij.eind_tik)
        houder = _Houder("Iets uit de andere agenda", rij.datum, rij.balie, vak)
        yield (SoortInhoud.EXTERN.value, make_externe_ref(rij.datum, rij.id)), houder
    b = BezoekRij
    for rij in lijn.rijen(
        select(b.id, b.volgnummer, b.datum, b.gepland, b.begin_tik, b.eind_tik).where(b.soort == _EIGEN)
    ):
        plek = Vak(rij.begin_tik, rij.eind_tik) if rij.begin_tik < rij.eind_tik else None
        yield (_EIGEN, rij.id), _Houder(f"Volgnummer {rij.volgnummer}", rij.datum, rij.gepland, plek)


def make_externe_ref(datum: date, id_: str) -> str:
    """Een andere agenda kan op twee avonden hetzelfde id gebruiken."""
    return f"{datum.isoformat()} {id_}"


def _check_houder(houder: _Houder, bezet: list[tuple[date, str, int]]) -> Iterator[str]:
    if not bezet and (houder.vak is None or houder.mag_ontbreken):
        return
    if houder.vak is None:
        yield f"{houder.naam} op {_dag(houder.datum)} heeft geen plek meer, maar houdt nog een balie bezet."
        return
    verwacht = [(houder.datum, houder.balie, tik) for tik in range(houder.vak.begin, houder.vak.eind)]
    if bezet != verwacht and not (houder.mag_korter and bezet == verwacht[: len(bezet)]):
        yield (
            f"{houder.naam} op {_dag(houder.datum)} om {taal.tijd(houder.vak.begin_utc)} "
            f"bezet niet precies de eigen tijd aan balie {houder.balie}."
        )


def _check_eigenaars(lijn: Lijn, nu: datetime) -> Iterator[str]:
    """Op een avond van een ander plannen wij niets, en wat is ingelezen hoort bij een lijst met een tijd."""
    v, a, r, e = AvondRij, AfspraakRij, ReserveringRij, ExternRij
    elders = {
        rij.datum: rij.eigenaar for rij in lijn.rijen(select(v.datum, v.eigenaar).where(v.eigenaar != KIF))
    }
    if elders:
        eigen = select(a.nummer, a.datum, a.eind_tik).where(
            a.datum.in_(elders), a.te_verzetten == "", a.toestand.not_in(_EINDE)
        )
        for rij in lijn.rijen(eigen):
            if from_tik(rij.eind_tik) > nu:
                yield (
                    f"Afspraak {rij.nummer} staat op {_dag(rij.datum)}, "
                    f"maar die avond wordt in {elders[rij.datum]} gepland. Verzet hem."
                )
        houdt = select(r.datum).where(r.datum.in_(elders), r.verloopt > nu).distinct()
        for rij in lijn.rijen(houdt):
            wie = elders[rij.datum]
            yield f"Op {_dag(rij.datum)} is tijd vastgehouden, maar die avond wordt in {wie} gepland."
    met_tijd = {rij.datum for rij in lijn.rijen(select(v.datum).where(v.extern_van.is_not(None)))}
    for rij in lijn.rijen(select(e.datum).distinct().order_by(e.datum)):
        if rij.datum not in met_tijd:
            yield (
                f"Op {_dag(rij.datum)} staat iets uit een andere agenda zonder de tijd van de lijst. "
                "Lees de lijst opnieuw in."
            )


def _check_nummers(lijn: Lijn) -> Iterator[str]:
    laatste = {rij.jaar: rij.laatste for rij in lijn.rijen(select(NummerreeksRij.__table__))}
    for rij in lijn.rijen(select(AfspraakRij.nummer)):
        jaar, _, nummer = rij.nummer.partition("-")
        if jaar.isdecimal() and nummer.isdecimal() and int(nummer) > laatste.get(int(jaar), 0):
            yield f"Afspraak {rij.nummer} heeft een nummer dat nog niet is uitgegeven."


def _check_bezoeken(lijn: Lijn) -> Iterator[str]:
    """Een bezoek en zijn afspraak weten hetzelfde, en geen volgnummer is van buiten de reeks."""
    b, a, v = BezoekRij, AfspraakRij, VolgreeksRij
    afspraken = {
        rij.id: rij for rij in lijn.rijen(select(a.id, a.datum, a.toestand).where(a.id.in_(select(b.id))))
    }
    laatste = {(rij.datum, rij.soort): rij.laatste for rij in lijn.rijen(select(v.__table__))}
    bij: dict[tuple[date, str], str] = {}
    for rij in lijn.rijen(select(b.id, b.datum, b.volgnummer, b.soort, b.toestand, b.balie)):
        wat = f"Volgnummer {rij.volgnummer} op {_dag(rij.datum)}"
        afspraak = afspraken.get(rij.id)
        if rij.soort == _EIGEN:
            pass
        elif afspraak is None or afspraak.datum != rij.datum:
            yield f"{wat} hoort bij een afspraak die er die avond niet is."
        elif afspraak.toestand != rij.toestand:
            yield f"{wat} is {rij.toestand}, maar de afspraak is {afspraak.toestand}."
        if rij.toestand in _AAN_BALIE:
            eerder = bij.setdefault((rij.datum, rij.balie), rij.volgnummer)
            if eerder != rij.volgnummer:
                yield f"{wat} en {eerder} zijn allebei bij balie {rij.balie}."
        if read_volgnummer(rij.volgnummer)[1] > laatste.get((rij.datum, rij.soort), 0):
            yield f"{wat} is een nummer dat nog niet is uitgegeven."


def _dag(datum: date) -> str:
    return f"{datum.day} {taal.MAANDEN[datum.month - 1]} {datum.year}"
