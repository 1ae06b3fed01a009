"""Duizend willekeurige avonden: vrije begintijden en boekingen zijn gelijk aan die van de trage oplosser."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.boeken import decide
from frontoffice.agenda.indelen import Toewijzing
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import to_tik
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.vrij import first_starts, free_starts
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import plan_wens
from tests.agenda.bouw import NU, moment
from tests.agenda.naief import Geval, can_serve, count, make_geval

AANTAL = 1_000


def test_duizend_willekeurige_avonden_zijn_gelijk_aan_alles_uitproberen() -> None:
    aangeboden = geboekt = geweigerd = herindeeld = 0
    for zaad in range(AANTAL):
        cijfers = check_geval(zaad)
        aangeboden += cijfers[0]
        geboekt += cijfers[1]
        geweigerd += cijfers[2]
        herindeeld += cijfers[3]
    # Anders zou deze test niets zeggen: er moet van alles voorgekomen zijn.
    assert min(aangeboden, geboekt, geweigerd) > AANTAL
    assert herindeeld > AANTAL // 50


@pytest.mark.parametrize("stappen", [(0, 0), (2, 0), (0, 2)])
def test_ook_wie_na_enkele_stappen_al_moet_afzoeken_vindt_hetzelfde(
    stappen: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Op een avond van drie balies is ruilen bijna altijd genoeg; hier komt het op de rest aan."""
    monkeypatch.setattr("frontoffice.agenda.indelen.STAPPEN_RUIL", stappen)
    cijfers = [check_geval(zaad) for zaad in range(100)]
    assert sum(herindeeld for *_, herindeeld in cijfers) > 0


def check_geval(zaad: int) -> tuple[int, int, int, int]:
    """Vergelijkt één avond. Geeft hoeveel aangeboden, geboekt, geweigerd en herindeeld zijn."""
    rng = random.Random(zaad)
    geval = make_geval(rng)
    kalender = Kalender(geval.inrichting)
    nu = rng.choice((NU, NU, moment("18.05")))
    aangeboden = 0
    for gevraagd in geval.wensen:
        plan = plan_wens(geval.inrichting, gevraagd, geval.avond.datum)
        assert not isinstance(plan, Weigering)
        verwacht = count(geval, plan, gevraagd.kanaal, nu)
        uitslag = free_starts(geval.inrichting, kalender, geval.avond, plan, gevraagd, nu)
        gevonden = {start.begin: start.balies for start in uitslag.vrij}
        gevonden |= {start.begin: 0 for start in uitslag.geweigerd}
        assert gevonden == verwacht, f"zaad {zaad}: {gevraagd}"
        assert all(start.redenen for start in uitslag.geweigerd)
        snel = first_starts(geval.inrichting, kalender, [geval.avond], gevraagd, nu, 999)
        assert [start.begin for start in snel] == [start.begin for start in uitslag.vrij], f"zaad {zaad}"
        aangeboden += len(uitslag.vrij)
    return aangeboden, *_book(rng, geval, kalender, zaad)


def _book(rng: random.Random, geval: Geval, kalender: Kalender, zaad: int) -> tuple[int, int, int]:
    """Zes boekingen na elkaar op willekeurige begintijden; na elke moet de avond uit te voeren zijn."""
    geboekt = geweigerd = herindeeld = 0
    for nummer in range(6):
        if len(geval.avond.inhoud) > 7:
            break
        gevraagd = rng.choice(geval.wensen)
        plan = plan_wens(geval.inrichting, gevraagd, geval.avond.datum)
        assert not isinstance(plan, Weigering)
        verwacht = count(geval, plan, gevraagd.kanaal, NU)
        begin = rng.choice(sorted(verwacht))
        besluit = decide(geval.inrichting, kalender, geval.avond, plan, begin, gevraagd, NU)
        if isinstance(besluit, Weigering):
            assert not verwacht[begin], f"zaad {zaad}: ten onrechte geweigerd"
            assert besluit.redenen
            kan = sorted((abs(m - begin), m) for m, aantal in verwacht.items() if aantal)[:3]
            assert {start.begin for start in besluit.alternatieven} == {m for _, m in kan}
            geweigerd += 1
            continue
        assert verwacht[begin], f"zaad {zaad}: ten onrechte geboekt"
        nieuw = Inhoud(
            SoortInhoud.AFSPRAAK, f"n{nummer}", plan.vak(to_tik(begin)), besluit.balie, plan.eisen,
            plan.producten, kanaal=gevraagd.kanaal, buffer=plan.buffer_tikken,
        )  # fmt: skip
        geval = replace(geval, avond=_apply(geval.avond, besluit, nieuw, gevraagd, zaad))
        geboekt += 1
        herindeeld += bool(besluit.verhuizingen)
    return geboekt, geweigerd, herindeeld


def _apply(avond: Avond, besluit: Toewijzing, nieuw: Inhoud, gevraagd: Wens, zaad: int) -> Avond:
    """Voert het besluit uit en controleert dat alles wat verhuist of erbij komt daar ook kan."""
    per_id = {item.id: item for item in avond.inhoud}
    for id_, balie in besluit.verhuizingen.items():
        assert not per_id[id_].vast
        assert balie != per_id[id_].balie
        assert can_serve(avond, balie, per_id[id_].vak, per_id[id_].eisen)
    assert can_serve(avond, nieuw.balie, nieuw.vak, nieuw.eisen), f"zaad {zaad}: {gevraagd}"
    inhoud = [replace(item, balie=besluit.verhuizingen.get(item.id, item.balie)) for item in avond.inhoud]
    inhoud.append(nieuw)
    tikken = [(item.balie, tik) for item in inhoud for tik in range(item.vak.begin, item.vak.eind)]
    assert len(tikken) == len(set(tikken)), f"zaad {zaad}: overlap"
    return replace(avond, inhoud=tuple(inhoud))
