"""De metingen van de avond zelf: hoe snel de voorspelling is, en hoe ver zij ernaast zit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond.inpassen import fit_in
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.agenda.vanavond.voorspelling import predict
from frontoffice.agenda.wensen import plan_wens
from tests.agenda.bouw import DAG, inrichting, product, wens
from tests.agenda.vanavond.druk import drukke_stand
from tests.agenda.vanavond.mensen import make_waarheid, quantile
from tests.agenda.vanavond.simulatie import Avondspel, Gezegd
from tests.agenda.vanavond.zaal import Geheugenzaal
from tests.benchmarks.conftest import Meetlat

AVONDEN = 10
STANDEN = tuple(drukke_stand(zaad, nu) for zaad in range(5) for nu in ("17.00", "18.20", "19.30"))
_NOTA = "85 bezoeken, 6 balies, niemand geholpen"


def _ms(doe: Callable[[int], object]) -> list[float]:
    tijden = []
    for nummer in range(len(STANDEN)):
        begin = time.perf_counter()
        doe(nummer)
        tijden.append((time.perf_counter() - begin) * 1000)
    return tijden


def test_hoe_snel_de_voorspelling_en_de_volgorde_zijn(meetlat: Meetlat) -> None:
    meetlat.hoogstens("voorspelling", statistics.median(_ms(lambda n: predict(STANDEN[n]))), 20, "ms", _NOTA)
    volgende = _ms(lambda n: next_for(STANDEN[n], "B1"))
    meetlat.hoogstens("wie is aan de beurt", statistics.median(volgende), 5, "ms", _NOTA)
    inricht = inrichting(product("a", 10, bevoegdheden=frozenset({"uitgifte"})))
    plan, kalender = plan_wens(inricht, wens("a"), DAG), Kalender(inricht)
    past = _ms(lambda n: fit_in(STANDEN[n], inricht, kalender, plan, STANDEN[n].nu))
    meetlat.hoogstens("past er iemand zonder afspraak bij", statistics.median(past), 100, "ms", _NOTA)


def test_hoe_ver_de_wachttijd_ernaast_zit(meetlat: Meetlat) -> None:
    gezegd: list[Gezegd] = []
    na_zijn_tijd: list[tuple[float, float]] = []
    for zaad in range(AVONDEN):
        waarheid = make_waarheid(zaad)
        tijd = {mens.id: mens.tijd for mens in waarheid.mensen}
        for g in Avondspel(waarheid, Geheugenzaal(waarheid)).run().gezegd:
            gezegd.append(g)
            om = tijd[g.id]
            eigen = max(0.0, (om - g.om).total_seconds() / 60) if om is not None else 0.0
            if max(g.verwacht, g.werd) - eigen >= 3:
                na_zijn_tijd.append((g.verwacht - eigen, abs(g.fout)))
    fouten = [abs(g.fout) for g in gezegd]
    nota = f"{len(fouten)} uitspraken op {AVONDEN} avonden met uitval en storing"
    meetlat.hoogstens("wachttijd ernaast, mediaan", statistics.median(fouten), 3, "min", nota)
    meetlat.zonder_doel("wachttijd ernaast, p90", f"{quantile(fouten, 0.9):.1f} min", nota)
    wachters = [fout for _, fout in na_zijn_tijd]
    nota = f"{len(wachters)} die langer wachtten dan tot hun eigen tijd"
    meetlat.zonder_doel("  van wie echt wacht, mediaan", f"{statistics.median(wachters):.1f} min", nota)
    for van, tot in ((0, 10), (10, 20), (20, 30), (30, 999)):
        deel = [fout for verwacht, fout in na_zijn_tijd if van <= verwacht < tot]
        if deel:
            wat = f"  verwacht {van} tot {tot} minuten" if tot < 999 else "  verwacht langer"
            meetlat.zonder_doel(wat, f"{statistics.median(deel):.1f} min", f"{len(deel)} mensen")
