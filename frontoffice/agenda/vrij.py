"""Welke begintijden van een avond er voor een plan zijn, hoeveel er nog bij kunnen, en waarom de rest niet.

Rekent in tikken (UTC) langs het raster van elk stuk opening. Het deel dat van de klok afhangt staat los van
wat er op de avond staat: zo kan het tweede onthouden worden zolang de avond niet verandert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.avond import Avond
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.limieten import Limieten, limit_reasons
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import TIK_MINUTEN, Vak, floor_tik, from_tik, tijdlabel, to_utc
from frontoffice.agenda.tijdgrens import Tijdgrens, tijdgrens
from frontoffice.agenda.voorstel import GeweigerdeStart, VrijeStart, Weigering
from frontoffice.agenda.waarom import balie_reasons, evening_reasons
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.domain import taal

__all__ = ["GeweigerdeStart", "Kansen", "Uitslag", "VrijeStart", "find_kansen", "first_starts", "free_starts"]


@dataclass(frozen=True)
class Uitslag:
    """Alle begintijden van het raster, elk in één van de twee. `redenen`: wat voor de hele avond geldt."""

    vrij: tuple[VrijeStart, ...]
    geweigerd: tuple[GeweigerdeStart, ...]
    redenen: tuple[Reden, ...] = ()


@dataclass(frozen=True)
class Kansen:
    """Wat er op een avond kan als de klok er niet toe deed. Verandert alleen met inrichting of avond.

    `starts`: elke tik van het raster met de vrije start, of de redenen als hij niet vrij is.
    """

    datum: date
    starts: tuple[tuple[int, VrijeStart | None, tuple[Reden, ...]], ...]
    redenen: tuple[Reden, ...] = ()

    def at(self, grens: Tijdgrens) -> Uitslag:
        """Met de klok erbij: wat voorbij, te snel of te ver vooruit is, valt af."""
        vrij: list[VrijeStart] = []
        geweigerd: list[GeweigerdeStart] = []
        for tik, start, redenen in self.starts:
            door_tijd = grens.reason(self.datum, tik)
            if start is not None and not door_tijd:
                vrij.append(start)
            else:
                geweigerd.append(GeweigerdeStart(from_tik(tik), door_tijd + redenen))
        return Uitslag(tuple(vrij), tuple(geweigerd), self.redenen)


def free_starts(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    plan: Plan | Weigering,
    wens: Wens,
    nu: datetime,
    indeling: Indeling | None = None,
) -> Uitslag:
    """Elke begintijd van het raster: vrij met aantal, of geweigerd met redenen.

    Met een `Weigering` als plan is alles geweigerd om die redenen. `indeling` is die van dezelfde avond.
    """
    kansen = find_kansen(inrichting, kalender, avond, plan, wens.kanaal, indeling)
    codes = [regel.product for regel in wens.regels]
    return kansen.at(tijdgrens(inrichting, kalender, codes, nu, wens.overrulen))


def find_kansen(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    plan: Plan | Weigering,
    kanaal: Kanaal,
    indeling: Indeling | None = None,
) -> Kansen:
    """Het deel van `free_starts` dat niet van de klok afhangt; te onthouden per versie van de avond."""
    redenen = evening_reasons(kalender, avond)
    if isinstance(plan, Weigering):
        redenen = (*redenen, *plan.redenen)
    else:
        redenen = (*redenen, *limit_reasons(inrichting, avond, plan.producten, kanaal))
    raster = grid(avond, inrichting.locatie.stap)
    if redenen or isinstance(plan, Weigering):
        return Kansen(avond.datum, tuple((tik, None, redenen) for tik, _ in raster), redenen)
    indeling = indeling or Indeling(avond)
    over = Limieten(inrichting, avond, plan, kanaal)
    return Kansen(avond.datum, tuple(_kans(indeling, over, plan, tik, blok) for tik, blok in raster))


def _kans(
    indeling: Indeling, over: Limieten, plan: Plan, tik: int, blok: Vak
) -> tuple[int, VrijeStart | None, tuple[Reden, ...]]:
    if reden := closing_reason(plan, tik, blok):
        return tik, None, (reden,)
    vak = plan.vak(tik)
    nog, reden = over.at(vak)
    if reden:
        return tik, None, (reden,)
    aantal = indeling.capaciteit(Vraag(vak, plan.eisen), nog)
    if not aantal:
        return tik, None, balie_reasons(indeling, plan, vak)
    return tik, VrijeStart(from_tik(tik), from_tik(tik + plan.tikken), aantal), ()


def first_starts(
    inrichting: Inrichting,
    kalender: Kalender,
    avonden: Iterable[Avond],
    wens: Wens,
    nu: datetime,
    aantal: int = 9,
    past: Callable[[datetime], bool] | None = None,
    plan: Plan | None = None,
    rond: datetime | None = None,
) -> tuple[VrijeStart, ...]:
    """De eerste mogelijkheden, zonder redenen en zonder tellen; leest niet meer avonden dan nodig.

    `avonden` op volgorde van datum. `past` houdt begintijden tegen die de klant niet wil (na 18.30 uur).
    `plan`: zoek hiermee (een bestaande afspraak houdt haar duur) in plaats van met dat van de wens. `rond`:
    binnen een avond niet op volgorde van tijd, maar wat het dichtst bij dit moment ligt eerst.
    """
    codes = plan.producten if plan else [regel.product for regel in wens.regels]
    grens = tijdgrens(inrichting, kalender, codes, nu, wens.overrulen)
    gevonden: list[VrijeStart] = []
    for avond in avonden:
        for start in _starts(inrichting, kalender, avond, wens, grens, plan, rond):
            if past is None or past(start.begin):
                gevonden.append(start)
            if len(gevonden) >= aantal:
                return tuple(gevonden)
    return tuple(gevonden)


def _starts(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    wens: Wens,
    grens: Tijdgrens,
    vast_plan: Plan | None,
    rond: datetime | None,
) -> Iterator[VrijeStart]:
    if evening_reasons(kalender, avond) or avond.datum > grens.laatste_dag or avond.datum < grens.eerste_dag:
        return
    plan = vast_plan or plan_wens(inrichting, wens, avond.datum)
    if isinstance(plan, Weigering) or limit_reasons(inrichting, avond, plan.producten, wens.kanaal):
        return
    indeling = Indeling(avond)
    over = Limieten(inrichting, avond, plan, wens.kanaal)
    raster = grid(avond, inrichting.locatie.stap)
    if rond is not None:
        midden = floor_tik(rond)
        raster.sort(key=lambda punt: (abs(punt[0] - midden), punt[0]))
    for tik, blok in raster:
        if tik + plan.tikken > blok.eind or grens.reason(avond.datum, tik):
            continue
        vak = plan.vak(tik)
        if over.at(vak)[0] and indeling.capaciteit(Vraag(vak, plan.eisen), 1):
            yield VrijeStart(from_tik(tik), from_tik(tik + plan.tikken))


def after(uur: time) -> Callable[[datetime], bool]:
    """Een filter voor `first_starts`: op of na dit plaatselijke uur van dezelfde dag."""
    return lambda begin: begin >= to_utc(taal.dag_van(begin), uur)


def grid(avond: Avond, stap: int) -> list[tuple[int, Vak]]:
    """De tikken waarop een afspraak kan beginnen, elk met zijn stuk opening; elk stuk heeft zijn eigen begin.

    `stap` in minuten, een veelvoud van vijf.
    """
    return [
        (tik, blok)
        for blok in avond.open
        for tik in range(blok.begin, blok.eind, max(1, stap // TIK_MINUTEN))
    ]


def closing_reason(plan: Plan, tik: int, blok: Vak) -> Reden | None:
    """Waarom het niet voor het eind van dit stuk opening klaar is. De buffer mag er voorbij."""
    if tik + plan.tikken <= blok.eind:
        return None
    return Reden(
        RedenCode.BUITEN_OPENING,
        f"De afspraak duurt {plan.minuten} minuten; het sluit om {tijdlabel(blok.eind_utc)}.",
    )
