"""Willekeurige standen van een avond, voor wat altijd moet gelden."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from tests.agenda.bouw import moment, plek
from tests.agenda.vanavond.bouw import T, bezoek, stand

MAG = ("reisdocument", "rijbewijs", "naturalisatie")
BALIES = ("B1", "B2", "B3")
_ROOSTERS = (
    (("17.00", "20.00"),),
    (("17.00", "20.15"),),
    (("17.00", "18.15"), ("18.30", "20.15")),
    (("17.00", "18.30"),),
    (("18.00", "20.00"),),
)


def make_stand(zaad: int, aantal: int) -> Avondstand:
    """Drie balies en zoveel bezoeken in elke toestand, ergens tussen 16.45 en 20.45 uur.

    Met een zaad en niet met honderd keuzes: zo kost een geval een halve milliseconde. Minder bezoeken is
    dezelfde stand zonder de laatste.
    """
    rng = random.Random(zaad)
    plekken = tuple(
        plek(naam, van, tot, mag)
        for naam in BALIES
        for mag in [rng.sample(MAG, rng.randint(1, 3))]
        for van, tot in rng.choice(_ROOSTERS)
    )
    nu = moment("16.45") + timedelta(seconds=rng.randint(0, 240 * 60))
    vrij = list(BALIES)
    return stand(nu, *(_bezoek(rng, nummer, nu, vrij) for nummer in range(aantal)), plekken=plekken)


def standen(hoogstens: int = 12) -> st.SearchStrategy[Avondstand]:
    return st.builds(make_stand, st.integers(0, 1 << 32), st.integers(0, hoogstens))


def _bezoek(rng: random.Random, nummer: int, nu: datetime, vrij: list[str]) -> Bezoek:
    met = rng.random() < 0.6
    wie = bezoek(
        f"{'A' if met else 'W'}{nummer:02d}",
        f"{rng.randint(17, 19)}.{rng.choice(('00', '15', '30', '45'))}" if met else "",
        rng.choice((5, 10, 15, 30, 45)),
        rng.sample(MAG, rng.randint(0, 2)),
        voorrang=rng.random() < 0.15,
    )
    sinds = nu - timedelta(seconds=rng.randint(0, 90 * 60))
    toestand = rng.choice((T.AANGEMELD,) * 4 + (T.BEVESTIGD, T.AAN_DE_BALIE, T.OPGEROEPEN, T.EVEN_APART))
    if toestand is T.BEVESTIGD and met:
        return wie
    wie = replace(wie, aangemeld_op=sinds)
    if toestand in (T.AANGEMELD, T.BEVESTIGD) or not vrij:
        gemist = {"oproepen": rng.randint(1, 3), "opgeroepen_op": sinds} if rng.random() < 0.2 else {}
        return replace(wie, toestand=T.AANGEMELD, **gemist)
    wie = replace(wie, toestand=toestand, opgeroepen_op=sinds, oproepen=1, gewerkt=rng.randint(0, 600))
    if toestand is T.EVEN_APART:
        return replace(wie, balie=rng.choice(BALIES), begonnen_op=sinds, apart_op=sinds)
    return replace(wie, balie=vrij.pop(), begonnen_op=None if toestand is T.OPGEROEPEN else sinds)
