"""Lezen uit de agenda: dezelfde vragen voor wie alleen kijkt en voor wie het slot heeft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, or_, select

from frontoffice.agenda.afspraak import EINDE, VAST_AAN_BALIE, ZONDER_PLEK, Afspraak, Reservering
from frontoffice.agenda.avond import AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import EXTRA_PLAATS
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import Vak
from frontoffice.agendapoort import AFSPRAAK, AvondInhoud, Gebeurtenis, Gebeurtenisvraag
from frontoffice.storage import vorm
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.ruw import to_moment
from frontoffice.storage.tabellen import (
    AfspraakRij,
    AvondRij,
    BezettingRij,
    BezoekRij,
    ExternRij,
    GebeurtenisRij,
    KenmerkRij,
    OnderdeelRij,
    ReserveringRij,
)
from frontoffice.storage.zoekregels import find_nummers

_PLEKLOOS = tuple(toestand.value for toestand in ZONDER_PLEK)
_AF = tuple(toestand.value for toestand in EINDE)
_VAST = frozenset(toestand.value for toestand in VAST_AAN_BALIE)
_AFSPRAKEN = AfspraakRij.__table__
_RESERVERINGEN = ReserveringRij.__table__
AAN_GEEN_BALIE = f"{EXTRA_PLAATS}los"
"""Waar de planning iemand ziet die al is geweest of niet kwam, en wiens tijd is vrijgegeven."""
_MEESTE_NUMMERS = 5000


class Stand:
    """Wat er bij elke vraag als eerste wordt gelezen: de klok van de database en het kenmerk."""

    def __init__(self, nu: datetime, soort: str, inrichting_versie: int) -> None:
        self.nu = nu
        self.soort = soort
        self.inrichting_versie = inrichting_versie


def load_stand(lijn: Lijn) -> Stand:
    sqlite = lijn.verbinding.dialect.name == "sqlite"
    klok: Any = func.strftime("%Y-%m-%d %H:%M:%f", "now", type_=String) if sqlite else func.clock_timestamp()
    k = KenmerkRij
    rij = lijn.rij(select(klok.label("klok"), k.verschuiving, k.soort, k.inrichting_versie))
    assert rij is not None
    nu = to_moment(rij.klok) + timedelta(milliseconds=rij.verschuiving)
    return Stand(nu, rij.soort, rij.inrichting_versie)


def load_inrichting(lijn: Lijn) -> Inrichting:
    vraag = select(OnderdeelRij.soort, OnderdeelRij.inhoud).order_by(
        OnderdeelRij.soort, OnderdeelRij.volgorde, OnderdeelRij.id
    )
    return vorm.read_inrichting([(rij.soort, rij.inhoud) for rij in lijn.rijen(vraag)])


def load_avonden(lijn: Lijn, datums: Sequence[date], nu: datetime) -> dict[date, AvondInhoud]:
    """Elke gevraagde datum. Een reservering telt alleen zolang `verloopt` later is dan `nu`."""
    if not datums:
        return {}
    avonden = select(AvondRij.__table__).where(AvondRij.datum.in_(datums))
    rijen = {rij.datum: rij for rij in lijn.rijen(avonden)}
    inhoud: dict[date, list[Inhoud]] = {datum: [] for datum in datums}
    verloopt: dict[date, datetime] = {}
    ingekort = _ingekort(lijn, datums)
    for rij in lijn.rijen(_afspraken(datums)):
        vast = rij.vaste_balie or rij.toestand in _VAST
        ding = vorm.to_inhoud(SoortInhoud.AFSPRAAK, rij, vast=vast)
        inhoud[rij.datum].append(_shorten(ding, ingekort.get(rij.id, ding.vak.eind)))
    for rij in lijn.rijen(
        select(_RESERVERINGEN).where(ReserveringRij.datum.in_(datums), ReserveringRij.verloopt > nu)
    ):
        inhoud[rij.datum].append(vorm.to_inhoud(SoortInhoud.RESERVERING, rij))
        verloopt[rij.datum] = min(rij.verloopt, verloopt.get(rij.datum, rij.verloopt))
    b = BezoekRij
    for rij in lijn.rijen(select(b.__table__).where(b.datum.in_(datums), b.begin_tik < b.eind_tik)):
        inhoud[rij.datum].append(vorm.to_bezoekinhoud(rij))
    for rij in lijn.rijen(select(ExternRij.__table__).where(ExternRij.datum.in_(datums))):
        inhoud[rij.datum].append(vorm.to_inhoud(SoortInhoud.EXTERN, rij, vast=True))
    return {datum: _avond(datum, rijen.get(datum), inhoud[datum], verloopt.get(datum)) for datum in inhoud}


def _shorten(ding: Inhoud, eind: int) -> Inhoud:
    """Tot waar de tijd nog van hem is. Is er niets van over, dan telt hij nog mee, maar aan geen balie."""
    if eind >= ding.vak.eind:
        return ding
    if eind <= ding.vak.begin:
        return replace(ding, balie=AAN_GEEN_BALIE, vast=True)
    return replace(ding, vak=Vak(ding.vak.begin, eind), vast=True, buffer=0)


def _ingekort(lijn: Lijn, datums: Sequence[date]) -> dict[str, int]:
    """Van wie vanavond al is geweest of niet kwam: tot welke tik zijn plek nog van hem is (0 = niets)."""
    b, bz = BezoekRij, BezettingRij
    met = (bz.ref == b.id) & (bz.soort == SoortInhoud.AFSPRAAK.value)
    vraag = (
        select(b.id, func.max(bz.tik).label("laatste"))
        .outerjoin(bz, met)
        .where(b.datum.in_(datums), b.soort == SoortInhoud.AFSPRAAK.value)
        .group_by(b.id)
    )
    return {rij.id: 0 if rij.laatste is None else rij.laatste + 1 for rij in lijn.rijen(vraag)}


def _afspraken(datums: Sequence[date]) -> Select[Any]:
    a = AfspraakRij.__table__.c
    return select(
        a.id, a.datum, a.begin_tik, a.eind_tik, a.buffer, a.balie, a.eisen, a.regels, a.kanaal,
        a.vaste_balie, a.toestand,
    ).where(a.datum.in_(datums), a.toestand.not_in(_PLEKLOOS))  # fmt: skip


def _avond(datum: date, rij: Any, inhoud: list[Inhoud], verloopt: datetime | None) -> AvondInhoud:
    inhoud.sort(key=lambda ding: (ding.vak, ding.balie, ding.id))
    if rij is None:
        return AvondInhoud(datum, 0, AvondToestand.OPEN, tuple(inhoud), verloopt)
    return AvondInhoud(
        datum,
        rij.versie,
        AvondToestand(rij.toestand),
        tuple(inhoud),
        verloopt,
        rij.eigenaar,
        rij.extern_van,
        rij.notitie,
    )


def load_versies(lijn: Lijn, van: date, tot: date) -> Mapping[date, int]:
    vraag = select(AvondRij.datum, AvondRij.versie).where(AvondRij.datum.between(van, tot))
    return {rij.datum: rij.versie for rij in lijn.rijen(vraag)}


def load_afspraak(lijn: Lijn, id_: str) -> Afspraak | None:
    rij = lijn.rij(select(_AFSPRAKEN).where(AfspraakRij.id == id_))
    return None if rij is None else vorm.to_afspraak(rij)


def load_reservering(lijn: Lijn, id_: str) -> Reservering | None:
    rij = lijn.rij(select(_RESERVERINGEN).where(ReserveringRij.id == id_))
    return None if rij is None else vorm.to_reservering(rij)


def find_afspraken(
    lijn: Lijn,
    *,
    ids: Sequence[str],
    datum_van: date | None,
    datum_tot: date | None,
    zoek: str,
    klantsleutel: str,
    te_verzetten: bool,
    nieuwste_eerst: bool,
    maximum: int,
) -> tuple[Afspraak, ...]:
    a = AfspraakRij
    waar: list[Any] = []
    if ids:
        waar.append(a.id.in_(ids))
    if datum_van is not None:
        waar.append(a.datum >= datum_van)
    if datum_tot is not None:
        waar.append(a.datum <= datum_tot)
    if klantsleutel:
        waar.append(a.klantsleutel == klantsleutel)
    if te_verzetten:
        waar += [a.te_verzetten != "", a.toestand.not_in(_AF)]
    if zoek:
        nummers = find_nummers(
            lijn,
            zoek,
            datum_van=datum_van,
            datum_tot=datum_tot,
            nieuwste_eerst=nieuwste_eerst,
            maximum=_MEESTE_NUMMERS if ids or klantsleutel or te_verzetten else maximum,
        )
        if not nummers:
            return ()
        waar.append(a.nummer.in_(nummers))
    volgorde: list[Any] = [a.datum, a.begin_tik, a.nummer]
    if nieuwste_eerst:
        volgorde = [kolom.desc() for kolom in volgorde]
    vraag = select(_AFSPRAKEN).where(*waar).order_by(*volgorde).limit(maximum)
    return tuple(vorm.to_afspraak(rij) for rij in lijn.rijen(vraag))


# --- geschiedenis -----------------------------------------------------------------------------------------


def _over(soorten: Sequence[str]) -> ColumnElement[bool]:
    """Het onderwerp is "soort:id"; van een afspraak is het alleen haar id."""
    onderwerp = GebeurtenisRij.onderwerp
    begin = [onderwerp.startswith(f"{soort}:", autoescape=True) for soort in soorten if soort != AFSPRAAK]
    return or_(*begin, *([~onderwerp.contains(":")] if AFSPRAAK in soorten else []))


def find_gebeurtenissen(
    lijn: Lijn, vraag: Gebeurtenisvraag, maximum: int
) -> tuple[tuple[int, Gebeurtenis], ...]:
    g = GebeurtenisRij
    waar = [_over(vraag.soorten)]
    if vraag.medewerker:
        waar.append(g.medewerker == vraag.medewerker)
    if vraag.van is not None:
        waar.append(g.op >= vraag.van)
    if vraag.tot is not None:
        waar.append(g.op < vraag.tot)
    if vraag.voor:
        waar.append(g.volgnummer < vraag.voor)
    if vraag.zonder:
        waar.append(g.soort.not_in(vraag.zonder))
    rijen = lijn.rijen(select(g.__table__).where(*waar).order_by(g.volgnummer.desc()).limit(maximum))
    return tuple((rij.volgnummer, vorm.to_gebeurtenis(rij)) for rij in rijen)


def find_wijzigers(lijn: Lijn, soorten: Sequence[str]) -> tuple[str, ...]:
    wie = GebeurtenisRij.medewerker
    rijen = lijn.rijen(select(wie).where(_over(soorten)).distinct().order_by(wie))
    return tuple(rij.medewerker for rij in rijen if rij.medewerker)
