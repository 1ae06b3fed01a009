"""De waarheid van een gespeelde avond: wie er komt, wanneer, hoe lang het echt duurt, en wat er misgaat.

Alles uit één zaad, vooraf getrokken: wat de balies doen, verandert niets aan de mensen. Het programma krijgt
hier niets van te zien dan wat er ook in het echt gebeurt.
"""

from __future__ import annotations

import math
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from frontoffice.agenda.avond import Avond, AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import (
    Balie,
    Bevoegdheid,
    Blokkade,
    Dienst,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.wensen import Plan, plan_wens
from tests.agenda.bouw import DAG, moment, wens

BALIES = tuple(f"B{nummer}" for nummer in range(1, 7))
_MAG = {
    "B1": ("reisdocument", "rijbewijs", "uitgifte", "brp", "naturalisatie"),
    "B2": ("reisdocument", "rijbewijs", "uitgifte", "brp"),
    "B3": ("reisdocument", "uitgifte", "brp"),
    "B4": ("rijbewijs", "uitgifte"),
    "B5": ("reisdocument", "uitgifte", "naturalisatie"),
    "B6": ("reisdocument", "rijbewijs", "uitgifte"),
}
PRODUCTEN = tuple(
    Product(code, code.capitalize(), minuten, bevoegdheden=frozenset({mag}), groep=groep)
    for code, minuten, mag, groep in (
        ("ophalen", 5, "uitgifte", "Ophalen"),
        ("uittreksel", 10, "brp", "Burgerzaken"),
        ("paspoort", 15, "reisdocument", "Reisdocumenten"),
        ("rijbewijs", 15, "rijbewijs", "Rijbewijs"),
        ("verhuizing", 20, "brp", "Verhuizen"),
        ("naturalisatie", 30, "naturalisatie", "Burgerzaken"),
    )
)
_AFSPRAKEN = (
    *("ophalen",) * 4, *("uittreksel",) * 2, *("paspoort",) * 3, *("rijbewijs",) * 2,
    "verhuizing", "naturalisatie",
)  # fmt: skip
_ZONDER = ("ophalen", "ophalen", "ophalen", "uittreksel", "paspoort", "rijbewijs")
WEG = 0.12
"""Zoveel van de afspraken komt niet."""


@dataclass(frozen=True)
class Mens:
    """`komt_om` None: komt niet. `duurt`, `loopt`: seconden aan de balie en er naartoe.

    `apart_na`: zoveel seconden na het begin moet hij iets halen, en blijft dan `apart` seconden weg.
    `misgaan`: met zijn eerste oproep: "ongedaan" (verkeerd geklikt), "hoort niet", of leeg.
    """

    id: str
    plan: Plan
    komt_om: datetime | None
    duurt: int
    loopt: int
    tijd: datetime | None = None
    balie: str = ""
    apart_na: int = 0
    apart: int = 0
    voorrang: bool = False
    misgaan: str = ""


@dataclass(frozen=True)
class Waarheid:
    """Eén avond. `ziek`: welke balie wanneer uitvalt. `storing`: wanneer de database weg is."""

    zaad: int
    inrichting: Inrichting
    afspraken: tuple[Mens, ...]
    zonder: tuple[Mens, ...]
    ziek: tuple[str, datetime] | None
    storing: tuple[datetime, datetime] | None

    @property
    def mensen(self) -> tuple[Mens, ...]:
        return self.afspraken + self.zonder


def make_inrichting(balies: Sequence[str] = BALIES) -> Inrichting:
    """Donderdag 17.00-20.00 uur, balies met een kwartier nawerk, drie met een pauze."""
    pauzes = (
        ("B1", time(18, 15), time(18, 30)),
        ("B2", time(18, 30), time(18, 45)),
        ("B3", time(18, 45), time(19)),
    )
    return Inrichting(
        Locatie("Proef", stap=15, voorbeeld=True),
        regels=(
            Openingsregel("r1", "Donderdag", frozenset({3}), time(17), time(20), DAG - timedelta(weeks=8)),
        ),
        balies=tuple(Balie(naam, f"Balie {naam[1:]}", volgorde=int(naam[1:])) for naam in BALIES),
        medewerkers=tuple(
            Medewerker(f"m{naam}", f"Medewerker {naam}", "Losser", tuple(Bevoegdheid(s) for s in _MAG[naam]))
            for naam in BALIES
        ),
        diensten=tuple(
            Dienst(f"d{DAG:%m%d}{naam}", DAG, f"m{naam}", time(17), time(20, 15), naam) for naam in balies
        ),
        blokkades=tuple(
            Blokkade(f"p{naam}", DAG, van, tot, "pauze", balie=naam) for naam, van, tot in pauzes
        ),
        producten=PRODUCTEN,
    )


def make_waarheid(
    zaad: int,
    afspraken: int = 60,
    zonder: int = 25,
    *,
    balies: Sequence[str] = BALIES,
    ziek: bool = True,
    storing: bool = True,
) -> Waarheid:
    """De avond van dit zaad; alleen aan `balies` werkt er iemand."""
    rng = random.Random(zaad)
    inrichting = make_inrichting(balies)
    met = _book(rng, inrichting, afspraken)
    inloop = tuple(_zonder(rng, inrichting) for _ in range(zonder))
    uitval = (
        (rng.choice(balies[1:]), moment("18.00") + timedelta(minutes=rng.randint(0, 45))) if ziek else None
    )
    weg = moment("17.20") + timedelta(minutes=rng.randint(0, 110))
    return Waarheid(
        zaad, inrichting, met, inloop, uitval, (weg, weg + timedelta(minutes=10)) if storing else None
    )


def met_inhoud(inrichting: Inrichting, mensen: Sequence[Mens]) -> Avond:
    """De avond met deze afspraken in het rooster."""
    leeg = build_avond(inrichting, Kalender(inrichting), DAG, toestand=AvondToestand.BEZIG)
    return replace(leeg, inhoud=tuple(inhoud_van(mens) for mens in mensen))


def inhoud_van(mens: Mens) -> Inhoud:
    assert mens.tijd is not None
    vak = mens.plan.vak(int(mens.tijd.timestamp()) // 300)
    return Inhoud(SoortInhoud.AFSPRAAK, mens.id, vak, mens.balie, mens.plan.eisen, mens.plan.producten)


def _plan(inrichting: Inrichting, code: str) -> Plan:
    plan = plan_wens(inrichting, wens(code), DAG)
    assert isinstance(plan, Plan)
    return plan


def _book(rng: random.Random, inrichting: Inrichting, aantal: int) -> tuple[Mens, ...]:
    """Boekt zoals het in het echt gaat: een wens, een tijd van het raster, en anders een andere tijd."""
    geboekt: list[Mens] = []
    mis = 0
    while len(geboekt) < aantal:
        mis += 1
        if mis > 1_000:  # te veel lange producten: zo raakt deze avond niet vol
            geboekt, mis = [], 0
        code = rng.choice(_AFSPRAKEN if mis < 400 else _ZONDER)
        plan = _plan(inrichting, code)
        tijd = moment("17.00") + timedelta(minutes=15 * rng.randrange(12))
        avond = met_inhoud(inrichting, geboekt)
        vak = plan.vak(int(tijd.timestamp()) // 300)
        if vak.eind > avond.open[-1].eind or (plek := Indeling(avond).find(Vraag(vak, plan.eisen))) is None:
            continue
        geboekt = [replace(m, balie=plek.verhuizingen.get(m.id, m.balie)) for m in geboekt]
        komt = _arrival(rng, tijd)
        geboekt.append(_mens(rng, f"a{len(geboekt) + 1:02d}", plan, komt, tijd=tijd, balie=plek.balie))
    return tuple(geboekt)


def _arrival(rng: random.Random, tijd: datetime) -> datetime | None:
    """12 % komt niet; de meesten zijn vijf tot tien minuten te vroeg, een enkele te laat."""
    if rng.random() < WEG:
        return None
    if rng.random() < 0.06:
        return tijd + timedelta(minutes=rng.uniform(3, 28))
    return tijd - timedelta(minutes=min(max(rng.gauss(7, 5), -4), 35))


def _zonder(rng: random.Random, inrichting: Inrichting) -> Mens:
    komt = moment("16.58") + timedelta(minutes=rng.triangular(0, 165, 50))
    plan = _plan(inrichting, rng.choice(_ZONDER))
    id_ = str(uuid.UUID(int=rng.getrandbits(128), version=4))  # wordt het id van het verzoek
    return _mens(rng, id_, plan, komt, voorrang=rng.random() < 0.04)


def _mens(rng: random.Random, id_: str, plan: Plan, komt: datetime | None, **over: object) -> Mens:
    """Hoe lang het echt duurt: rond wat de producten zeggen, met een staart naar boven."""
    duurt = max(60, int(plan.minuten * 60 * rng.lognormvariate(-0.06, 0.33)))
    apart = rng.random() < 0.04 and plan.minuten >= 10
    misgaan = rng.choices(("", "ongedaan", "hoort niet"), (93, 4, 3))[0]
    return Mens(
        id_, plan, komt, duurt, rng.randint(10, 55), apart_na=duurt // 2 if apart else 0,
        apart=rng.randint(240, 900), misgaan=misgaan, **over,  # type: ignore[arg-type]  # velden van Mens
    )  # fmt: skip


def quantile(rij: Sequence[float], deel: float) -> float:
    gesorteerd = sorted(rij)
    return gesorteerd[min(len(gesorteerd) - 1, math.ceil(deel * len(gesorteerd)) - 1)]
