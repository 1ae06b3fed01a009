"""De voorspelde wachttijd naast wat het werd, op gespeelde avonden van 60 afspraken en 25 zonder.

Op elke avond komt 12 % niet, valt er halverwege een balie uit en ligt de database tien minuten stil. Wat er
bij binnenkomst verwacht werd, staat naast het moment van de eerste oproep.
"""

from __future__ import annotations

import statistics

import pytest

from frontoffice.agenda.afspraak import EINDE
from tests.agenda.bouw import moment
from tests.agenda.vanavond.mensen import make_waarheid, quantile
from tests.agenda.vanavond.simulatie import Avondspel, Gezegd, Verloop
from tests.agenda.vanavond.zaal import Geheugenzaal

AVONDEN = 3


def play(zaad: int) -> Verloop:
    waarheid = make_waarheid(zaad)
    zaal = Geheugenzaal(waarheid)
    verloop = Avondspel(waarheid, zaal).run()
    assert verloop.klaar_om is not None, "de avond kwam niet af"
    assert all(bezoek.toestand in EINDE for bezoek in zaal.stand(moment("23.00")).bezoeken)
    return verloop


@pytest.fixture(scope="module")
def gezegd() -> list[Gezegd]:
    return [uitspraak for zaad in range(AVONDEN) for uitspraak in play(zaad).gezegd]


def test_de_wachttijd_klopt_in_het_midden_binnen_drie_minuten(gezegd: list[Gezegd]) -> None:
    assert len(gezegd) > 60 * AVONDEN
    assert statistics.median(abs(g.fout) for g in gezegd) <= 3.0


def test_ook_van_wie_echt_moet_wachten_klopt_het_binnen_vier_minuten(gezegd: list[Gezegd]) -> None:
    """Wie meteen aan de beurt is, is makkelijk; dit zijn de anderen.

    Gemeten op twaalf avonden met ander zaad: 2,8 tot 3,3 minuten. Wat overblijft is dat een bezoek zelf een
    derde langer of korter duurt; wissels tussen twee bezoeken meetellen maakte het niet beter.
    """
    wachters = [g for g in gezegd if max(g.verwacht, g.werd) >= 5]
    assert len(wachters) > 25 * AVONDEN
    assert statistics.median(abs(g.fout) for g in wachters) <= 4.0


def test_de_verwachting_is_gemiddeld_niet_te_mooi_en_niet_te_somber(gezegd: list[Gezegd]) -> None:
    assert abs(statistics.mean(g.fout for g in gezegd)) <= 3.0


def test_wie_binnen_een_minuut_verwacht_wordt_zit_niet_lang(gezegd: list[Gezegd]) -> None:
    meteen = [g.werd for g in gezegd if g.verwacht < 1]
    assert quantile(meteen, 0.8) <= 3
