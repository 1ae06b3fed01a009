"""Bouwt avonden voor de tests: één locatie, donderdag van 17.00 tot 20.00 uur, stap 15, zonder buffer.

De klok staat op maandag 30 november 2026, 9.00 uur; de avond is donderdag 3 december 2026.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from frontoffice.agenda.afspraak import Eisen, Kanaal
from frontoffice.agenda.avond import Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.inrichting import (
    Balie,
    Bevoegdheid,
    Dienst,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import Vak, dagvak, to_utc
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.vrij import Uitslag, free_starts
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.domain import taal

DAG = date(2026, 12, 3)
NU = to_utc(date(2026, 11, 30), time(9))
ALLES = frozenset({"reisdocument", "rijbewijs", "naturalisatie"})
REGEL = Openingsregel("r1", "Donderdagavond", frozenset({3}), time(17), time(20), date(2026, 1, 1))


def uur(tekst: str) -> time:
    """ "17.30" als tijd."""
    uren, minuten = tekst.split(".")
    return time(int(uren), int(minuten))


def moment(tekst: str, dag: date = DAG) -> datetime:
    return to_utc(dag, uur(tekst))


def vak(van: str, tot: str, dag: date = DAG) -> Vak:
    return dagvak(dag, uur(van), uur(tot))


def product(code: str = "a", minuten: int = 15, **over: Any) -> Product:
    """Een product zonder eisen; de naam is de code."""
    return Product(code, over.pop("naam", code), minuten, **over)


def inrichting(*producten: Product, stap: int = 15, **over: Any) -> Inrichting:
    locatie = over.pop("locatie", Locatie("Proef", stap=stap))
    return Inrichting(locatie, regels=over.pop("regels", (REGEL,)), producten=producten, **over)


def plek(
    balie: str = "B1",
    van: str = "17.00",
    tot: str = "20.00",
    mag: Iterable[str] = ALLES,
    voorzieningen: Iterable[str] = (),
    medewerker: str = "",
    dag: date = DAG,
) -> Plek:
    return Plek(
        balie,
        medewerker or f"m-{balie}",
        "Losser",
        vak(van, tot, dag),
        frozenset(mag),
        frozenset(voorzieningen),
    )


def staat(
    van: str,
    tot: str,
    balie: str = "B1",
    *,
    mag: Iterable[str] = (),
    producten: tuple[str, ...] = (),
    id_: str = "",
    vast: bool = False,
    soort: SoortInhoud = SoortInhoud.AFSPRAAK,
    kanaal: Kanaal | None = None,
    buffer: int = 0,
    overdracht: bool = False,
    dag: date = DAG,
) -> Inhoud:
    """Iets dat al op de avond staat; `mag` zijn de bevoegdheden die het vraagt."""
    eisen = Eisen(frozenset(mag), overdracht=overdracht)
    return Inhoud(
        soort, id_ or f"{balie}-{van}", vak(van, tot, dag), balie, eisen, producten, vast, kanaal, buffer
    )


def avond(*inhoud: Inhoud, plekken: tuple[Plek, ...] | None = None, **over: Any) -> Avond:
    """Een open avond; zonder `plekken` één balie met iemand die alles mag."""
    dag = over.pop("dag", DAG)
    opening = over.pop("open", (vak("17.00", "20.00", dag),))
    return Avond(dag, opening, (plek(dag=dag),) if plekken is None else plekken, inhoud, **over)


def wens(*codes: str | tuple[str, int], **over: Any) -> Wens:
    regels = [Wensregel(*code) if isinstance(code, tuple) else Wensregel(code) for code in codes]
    return Wens(tuple(regels), **over)


def plan(inricht: Inrichting, gevraagd: Wens, dag: date = DAG) -> Plan:
    uitkomst = plan_wens(inricht, gevraagd, dag)
    assert isinstance(uitkomst, Plan), uitkomst
    return uitkomst


def zoek(inricht: Inrichting, op: Avond, gevraagd: Wens, nu: datetime = NU) -> Uitslag:
    """Alle begintijden van de avond voor deze wens, ook als die helemaal niet kan."""
    uitkomst: Plan | Weigering = plan_wens(inricht, gevraagd, op.datum)
    return free_starts(inricht, Kalender(inricht), op, uitkomst, gevraagd, nu)


def tijden(uitslag: Uitslag) -> list[str]:
    """De vrije begintijden als "17.30"."""
    return [taal.tijd(start.begin).removesuffix(" uur") for start in uitslag.vrij]


def reden_om(uitslag: Uitslag, tijd: str, dag: date = DAG) -> str:
    """De belangrijkste reden waarom die begintijd niet kan; faalt als hij vrij is of niet op het raster."""
    gezocht = moment(tijd, dag)
    return next(start.redenen[0].tekst for start in uitslag.geweigerd if start.begin == gezocht)


def code_om(uitslag: Uitslag, tijd: str, dag: date = DAG) -> str:
    gezocht = moment(tijd, dag)
    return next(start.redenen[0].code.value for start in uitslag.geweigerd if start.begin == gezocht)


def met_rooster(
    inricht: Inrichting, *diensten: tuple[str, str, str, Iterable[str | Bevoegdheid]]
) -> Inrichting:
    """Balies en medewerkers erbij voor (balie, van, tot, bevoegdheden) op de avond zelf."""
    balies, medewerkers, rooster = [], [], []
    for nummer, (balie, van, tot, mag) in enumerate(diensten):
        bevoegd = tuple(b if isinstance(b, Bevoegdheid) else Bevoegdheid(b) for b in mag)
        balies.append(Balie(balie, balie, volgorde=nummer))
        medewerkers.append(Medewerker(f"m{nummer}", f"Medewerker {nummer}", "Losser", bevoegd))
        rooster.append(Dienst(f"d{nummer}", DAG, f"m{nummer}", uur(van), uur(tot), balie))
    return replace(inricht, balies=tuple(balies), medewerkers=tuple(medewerkers), diensten=tuple(rooster))
