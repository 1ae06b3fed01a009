"""De beslissing binnen het slot van een avond: mag deze afspraak hier, aan welke balie, en anders wat wel.

Puur: leest en schrijft niets. Wie beslist, geeft de avond mee zoals hij op dat moment onder het slot is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from frontoffice.agenda.avond import Avond
from frontoffice.agenda.indelen import EXTRA_PLAATS, Indeling, Toewijzing, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.limieten import Limieten, limit_reasons
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import TIK_MINUTEN, Vak, floor_tik, from_tik
from frontoffice.agenda.tijdgrens import tijdgrens
from frontoffice.agenda.voorstel import VrijeStart, Weigering
from frontoffice.agenda.vrij import closing_reason, first_starts
from frontoffice.agenda.waarom import balie_reasons, evening_reasons
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan

ALTERNATIEVEN = 3

_GEEN_BEGIN = Reden(RedenCode.BUITEN_OPENING, "Op deze tijd begint geen afspraak.")


def decide(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    plan: Plan | Weigering,
    begin: datetime,
    wens: Wens,
    nu: datetime,
    *,
    zonder: Collection[str] = (),
    anders: Iterable[Avond] = (),
    buiten_raster: bool = False,
    houdt_duur: bool = False,
    alternatieven: bool = True,
) -> Toewijzing | Weigering:
    """De balie met de verhuizingen, of waarom niet met de drie dichtstbijzijnde begintijden die wel kunnen.

    `zonder`: ids die niet meetellen, bij verzetten de afspraak zelf (ook haar reservering). `anders`: avonden
    om alternatieven in te zoeken als deze er geen drie heeft. `buiten_raster`: elke tik mag, bewust gekozen.
    `houdt_duur`: `plan` is dat van een bestaande afspraak (`plan_van`); zoek ook alternatieven daarmee.
    `alternatieven`: uit als de aanroeper ze zelf zoekt, buiten het slot.
    """
    eigen = without(avond, zonder)
    uitkomst = _decide(inrichting, kalender, eigen, plan, begin, wens, nu, buiten_raster)
    if isinstance(uitkomst, Toewijzing):
        return uitkomst
    if isinstance(plan, Weigering):
        return replace(plan, redenen=uitkomst)
    if not alternatieven:
        return Weigering(uitkomst)
    overige = (a for a in (without(ander, zonder) for ander in anders) if a.datum != avond.datum)
    dichtbij = nearest(
        inrichting, kalender, (eigen, *overige), wens, begin, nu, plan=plan if houdt_duur else None
    )
    return Weigering(uitkomst, dichtbij)


def decide_extra(avond: Avond, plan: Plan, begin: datetime) -> Toewijzing:
    """Een extra plaats naast de balies, bewust gekozen (H15). Bezet nooit tijd van een balie."""
    vak = plan.vak(floor_tik(begin))
    bezet = {item.balie for item in avond.inhoud if item.vak.raakt(vak)}
    nummer = 1
    while f"{EXTRA_PLAATS}{nummer}" in bezet:
        nummer += 1
    return Toewijzing(f"{EXTRA_PLAATS}{nummer}")


def nearest(
    inrichting: Inrichting,
    kalender: Kalender,
    avonden: Iterable[Avond],
    wens: Wens,
    begin: datetime,
    nu: datetime,
    aantal: int = ALTERNATIEVEN,
    plan: Plan | None = None,
) -> tuple[VrijeStart, ...]:
    """De begintijden het dichtst bij `begin`, op volgorde van tijd. Kijkt in niet meer avonden dan nodig."""
    gevonden: list[VrijeStart] = []
    for avond in avonden:
        gevonden += first_starts(inrichting, kalender, (avond,), wens, nu, aantal, plan=plan, rond=begin)
        if len(gevonden) >= aantal:
            break
    dichtst = sorted(gevonden, key=lambda start: (abs(start.begin - begin), start.begin))[:aantal]
    return tuple(sorted(dichtst, key=lambda start: start.begin))


def without(avond: Avond, ids: Collection[str]) -> Avond:
    """De avond alsof deze afspraken en reserveringen er niet zijn."""
    if not ids:
        return avond
    return replace(avond, inhoud=tuple(item for item in avond.inhoud if item.id not in ids))


def _decide(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    plan: Plan | Weigering,
    begin: datetime,
    wens: Wens,
    nu: datetime,
    buiten_raster: bool,
) -> Toewijzing | tuple[Reden, ...]:
    redenen = evening_reasons(kalender, avond)
    if isinstance(plan, Weigering):
        return redenen + plan.redenen
    tik = floor_tik(begin)
    grens = tijdgrens(inrichting, kalender, plan.producten, nu, wens.overrulen)
    redenen += grens.reason(avond.datum, tik) + limit_reasons(inrichting, avond, plan.producten, wens.kanaal)
    blok = _blok(avond, tik, 1 if buiten_raster else max(1, inrichting.locatie.stap // TIK_MINUTEN))
    if avond.open and (blok is None or from_tik(tik) != begin):
        redenen += (_GEEN_BEGIN,)
    elif blok is not None and (reden := closing_reason(plan, tik, blok)):
        redenen += (reden,)
    vak = plan.vak(tik)
    _, tegelijk = Limieten(inrichting, avond, plan, wens.kanaal).at(vak)
    if tegelijk:
        redenen += (tegelijk,)
    if redenen:
        return redenen
    indeling = Indeling(avond)
    return indeling.find(Vraag(vak, plan.eisen)) or balie_reasons(indeling, plan, vak)


def _blok(avond: Avond, tik: int, stap: int) -> Vak | None:
    """Het stuk opening waarin deze tik op het raster ligt."""
    for blok in avond.open:
        if blok.begin <= tik < blok.eind and not (tik - blok.begin) % stap:
            return blok
    return None
