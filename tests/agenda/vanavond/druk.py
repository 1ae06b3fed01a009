"""Een avond die veel te druk is: 60 afspraken en 25 zonder, aan zes balies. Om snelheid aan te meten."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from frontoffice.agenda.vanavond.bezoek import Avondstand
from tests.agenda.bouw import moment, plek
from tests.agenda.vanavond.bouw import T, bezoek, er, stand

MAG = ("reisdocument", "rijbewijs", "naturalisatie", "uitgifte")


def drukke_stand(zaad: int, nu: str) -> Avondstand:
    """Niemand is nog geholpen: iedereen die er kan zijn, wacht."""
    rng = random.Random(zaad)
    om = moment(nu)
    plekken = []
    for nummer in range(1, 7):
        mag = set(MAG) if nummer == 1 else {*rng.sample(MAG, 2), "uitgifte"}
        if nummer in (2, 3):
            plekken += [plek(f"B{nummer}", "17.00", "18.15", mag), plek(f"B{nummer}", "18.30", "20.15", mag)]
        else:
            plekken.append(plek(f"B{nummer}", "17.00", "20.15", mag))
    bezoeken = []
    for nummer in range(60):
        tijd = moment("17.00") + timedelta(minutes=15 * (nummer // 5))
        wie = bezoek(f"A{nummer + 1:02d}", "17.00", rng.choice((5, 10, 15, 20, 30)), (rng.choice(MAG),))
        wie = replace(wie, tijd=tijd)
        binnen = tijd + timedelta(minutes=rng.gauss(-6, 6))
        if binnen < om:
            wie = replace(wie, toestand=T.AANGEMELD, aangemeld_op=binnen)
        bezoeken.append(wie)
    for nummer in range(25):
        sinds = moment("17.00") + timedelta(minutes=rng.uniform(0, 120))
        wie = er(f"W{nummer + 1:02d}", sinds="17.00", minuten=rng.choice((5, 10, 15)), mag=("uitgifte",))
        bezoeken.append(replace(wie, aangemeld_op=min(sinds, om)))
    return stand(nu, *bezoeken, plekken=tuple(plekken))
