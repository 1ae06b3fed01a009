"""Willekeurige kleine avonden, en een trage oplosser die alle verdelingen uitprobeert.

Deelt bewust niets met `indelen`, `passen`, `limieten` en `vrij`: kijkt per minuut, balie en medewerker.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product as kruis

from frontoffice.agenda.afspraak import Eisen, Kanaal
from frontoffice.agenda.avond import Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting, Locatie, Product
from frontoffice.agenda.tijd import Vak, from_tik
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan
from tests.agenda.bouw import DAG, inrichting, product, vak, wens

KUNNEN = ("reisdocument", "rijbewijs", "naturalisatie")
_OPEN = vak("17.00", "20.00")


@dataclass(frozen=True)
class Geval:
    inrichting: Inrichting
    avond: Avond
    wensen: tuple[Wens, ...]


def make_geval(rng: random.Random) -> Geval:
    """Hoogstens drie balies en zeven afspraken, met pauzes, buffers, vaste afspraken en limieten."""
    producten = tuple(_product(rng, code) for code in ("a", "b", "c"))
    kanaal = {"telefoon": rng.randint(1, 6)} if rng.random() < 0.15 else {}
    inricht = inrichting(
        *producten, locatie=Locatie("Proef", stap=rng.choice((5, 15, 15)), kanaalmaximum=kanaal)
    )
    plekken = tuple(p for n in range(rng.randint(1, 3)) for p in _plekken(rng, f"B{n}"))
    leeg = Avond(DAG, _open(rng), plekken)
    vol = _fill(rng, leeg, producten, rng.randint(0, 7))
    gevraagd = (wens("a"), wens("b"), wens("c"), wens("a", "b"))
    return Geval(inricht, vol, tuple(rng.sample(gevraagd, 2)))


def _product(rng: random.Random, code: str) -> Product:
    return product(
        code,
        rng.choice((5, 10, 15, 20, 30, 45)),
        buffer=rng.choice((0, 0, 0, 5, 10)),
        bevoegdheden=frozenset(rng.sample(KUNNEN, rng.choice((0, 1, 1, 2)))),
        voorzieningen=frozenset({"biometrie"}) if rng.random() < 0.2 else frozenset(),
        overdracht=rng.random() < 0.2,
        tegelijk_max=rng.choice((None, None, None, 1, 2)),
        per_avond_max=rng.choice((None, None, None, 1, 3)),
    )


def _open(rng: random.Random) -> tuple[Vak, ...]:
    if rng.random() < 0.8:
        return (_OPEN,)
    midden = rng.randrange(10, 26)
    return (Vak(_OPEN.begin, _OPEN.begin + midden), Vak(_OPEN.begin + midden + 3, _OPEN.eind))


def _plekken(rng: random.Random, balie: str) -> Iterator[Plek]:
    begin = _OPEN.begin + rng.choice((0, 0, 0, 3, 6))
    eind = _OPEN.eind + rng.choice((0, 0, 2, -6))
    knip = rng.choice((None, None, _OPEN.begin + rng.randrange(8, 28)))
    voorzieningen = frozenset({"biometrie"}) if rng.random() < 0.7 else frozenset[str]()
    stukken = [Vak(begin, eind)] if knip is None else [Vak(begin, knip), Vak(knip + rng.choice((0, 3)), eind)]
    een = frozenset(rng.sample(KUNNEN, rng.randint(1, 3)))
    wisselt = rng.random() < 0.5
    for nummer, stuk in enumerate(stukken):
        wie, mag = f"{balie}-m", een
        if wisselt and nummer:
            wie, mag = f"{balie}-n", frozenset(rng.sample(KUNNEN, rng.randint(1, 3)))
        yield Plek(balie, wie, "Losser", stuk, mag, voorzieningen)


def _fill(rng: random.Random, avond: Avond, producten: tuple[Product, ...], aantal: int) -> Avond:
    """Zet er afspraken bij die aan hun balie kunnen; een enkele staat er ondanks het rooster."""
    balies = sorted({plek.balie for plek in avond.plekken})
    inhoud: list[Inhoud] = []
    for nummer in range(aantal):
        gekozen = rng.choice(producten)
        lengte = (gekozen.minuten + gekozen.buffer) // 5
        begin = _OPEN.begin + rng.randrange(0, 36 - lengte)
        item = Inhoud(
            rng.choice((SoortInhoud.AFSPRAAK, SoortInhoud.AFSPRAAK, SoortInhoud.RESERVERING)),
            f"i{nummer}",
            Vak(begin, begin + lengte),
            rng.choice(balies),
            Eisen(gekozen.bevoegdheden, gekozen.voorzieningen, gekozen.overdracht),
            (gekozen.code,),
            vast=rng.random() < 0.15,
            kanaal=rng.choice((Kanaal.TELEFOON, Kanaal.WEB)),
            buffer=gekozen.buffer // 5,
        )
        botst = any(ander.balie == item.balie and ander.vak.raakt(item.vak) for ander in inhoud)
        if not botst and (can_serve(avond, item.balie, item.vak, item.eisen) or rng.random() < 0.1):
            inhoud.append(item)
    return replace(avond, inhoud=tuple(inhoud))


# --- de trage oplosser -------------------------------------------------------------------------------------


def can_serve(avond: Avond, balie: str, wanneer: Vak, eisen: Eisen) -> bool:
    """Tik voor tik: staat er iemand die alles mag? Zonder overdracht steeds dezelfde."""
    per_tik = [
        {
            plek.medewerker
            for plek in avond.plekken
            if plek.balie == balie
            and plek.vak.begin <= tik < plek.vak.eind
            and eisen.bevoegdheden <= plek.mag
            and eisen.voorzieningen <= plek.voorzieningen
        }
        for tik in range(wanneer.begin, wanneer.eind)
    ]
    if eisen.overdracht:
        return all(per_tik)
    return bool(set.intersection(*per_tik))


def arrangements(avond: Avond) -> list[Mapping[str, str]]:
    """Elke manier om wat los staat over de balies te verdelen, zonder overlap."""
    balies = sorted({plek.balie for plek in avond.plekken})
    keuzes = []
    for item in avond.inhoud:
        los = not item.vast and can_serve(avond, item.balie, item.vak, item.eisen)
        kan = [b for b in balies if can_serve(avond, b, item.vak, item.eisen)]
        keuzes.append(kan if los else [item.balie])
    goed = []
    for verdeling in kruis(*keuzes):
        bezet: set[tuple[str, int]] = set()
        aantal = 0
        for item, balie in zip(avond.inhoud, verdeling, strict=True):
            bezet.update((balie, tik) for tik in range(item.vak.begin, item.vak.eind))
            aantal += item.vak.lengte
        if len(bezet) == aantal:
            goed.append({item.id: balie for item, balie in zip(avond.inhoud, verdeling, strict=True)})
    return goed


def count(geval: Geval, plan: Plan, kanaal: Kanaal, nu: datetime) -> dict[datetime, int]:
    """Per begintijd van het raster hoeveel er nog bij kunnen; 0 = niet aangeboden."""
    avond, inricht = geval.avond, geval.inrichting
    verdelingen = arrangements(avond)
    balies = sorted({plek.balie for plek in avond.plekken})
    uit: dict[datetime, int] = {}
    for blok in avond.open:
        moment = from_tik(blok.begin)
        while moment < from_tik(blok.eind):
            begin = int(moment.timestamp()) // 300
            klaar, weg = begin + plan.tikken, begin + plan.tikken + plan.buffer_tikken
            nog = 0
            if klaar <= blok.eind and moment >= nu:
                kan = [b for b in balies if can_serve(avond, b, Vak(begin, weg), plan.eisen)]
                nog = max((_free(avond, v, kan, begin, weg) for v in verdelingen), default=0)
                nog = min([nog, *_allowed(geval, plan, kanaal, begin, weg)])
            uit[moment] = max(nog, 0)
            moment += timedelta(minutes=inricht.locatie.stap)
    return uit


def _free(avond: Avond, verdeling: Mapping[str, str], kan: list[str], begin: int, eind: int) -> int:
    bezet = {verdeling[item.id] for item in avond.inhoud if item.vak.begin < eind and begin < item.vak.eind}
    return len(set(kan) - bezet)


def _allowed(geval: Geval, plan: Plan, kanaal: Kanaal, begin: int, eind: int) -> Iterator[int]:
    """Wat elke limiet nog toelaat."""
    maximum = geval.inrichting.locatie.kanaalmaximum.get(kanaal)
    if maximum is not None:
        yield maximum - len([item for item in geval.avond.inhoud if item.kanaal == kanaal])
    for code in plan.producten:
        van = geval.inrichting.product[code]
        zelfde = [item for item in geval.avond.inhoud if code in item.producten]
        if van.per_avond_max is not None:
            yield van.per_avond_max - len(zelfde)
        if van.tegelijk_max is not None:
            for tik in range(begin, eind):
                yield van.tegelijk_max - len([i for i in zelfde if i.vak.begin <= tik < i.vak.eind])
