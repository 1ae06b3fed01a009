"""De demonstratie in de agenda: altijd iets vrij, elke dag hetzelfde, en nooit in een echte agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting, SoortUitzondering, Uitzondering
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.agenda.vrij import grid
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import Plan, plan_wens
from frontoffice.agendapoort import AgendaFout
from frontoffice.services.proefvulling import choose_over, ensure_demo, fill
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import SqliteInstelling
from tests.services.agendabouw import BASIS, SLEUTEL, WIE, boek, op, richt_in, rooster, uid, werkplek

PASPOORT = Wens((Wensregel("paspoort"),))
TWEE_WEKEN = timedelta(days=14)
EEN_DAG = timedelta(days=1)


@pytest.fixture
def leeg(tmp_path: Path) -> Iterator[AgendaDatabase]:
    database = AgendaDatabase(SqliteInstelling(tmp_path / "demo.db", lambda: SLEUTEL))
    database.mark_proef()
    yield database
    database.close()


def _vrije_starts(inrichting: Inrichting, kalender: Kalender, dag: date) -> int:
    """Begintijden voor een paspoort op een lege avond."""
    avond = build_avond(inrichting, kalender, dag)
    plan = plan_wens(inrichting, PASPOORT, dag)
    assert isinstance(plan, Plan)
    indeling = Indeling(avond)
    return sum(
        indeling.capaciteit(Vraag(plan.vak(tik), plan.eisen), 1) > 0
        for tik, blok in grid(avond, inrichting.locatie.stap)
        if tik + plan.tikken <= blok.eind
    )


def test_op_elke_dag_van_drie_jaar_blijft_er_binnen_twee_weken_een_paspoort_over() -> None:
    """Ook als een donderdag op een feestdag valt. De dag zelf telt niet mee: die avond kan voorbij zijn."""
    dag = date(2026, 1, 1)
    while dag < date(2029, 1, 1):
        inrichting = demo_inrichting(dag, weken=3)
        kalender = Kalender(inrichting)
        over = choose_over(kalender.open_dagen(dag, dag + timedelta(weeks=3)), dag)
        avonden = kalender.open_dagen(dag + timedelta(days=1), dag + TWEE_WEKEN)
        assert any(over[avond] and _vrije_starts(inrichting, kalender, avond) >= 3 for avond in avonden), dag
        dag += timedelta(days=1)


@pytest.mark.traag
@pytest.mark.parametrize("vandaag", [date(2026, 12, 20), date(2026, 12, 31)])
def test_na_het_vullen_is_er_binnen_twee_weken_een_paspoort_vrij(leeg: AgendaDatabase, vandaag: date) -> None:
    leeg.set_klok(to_utc(vandaag, time(20, 30)))
    ensure_demo(leeg, WIE)
    agenda = werkplek(leeg)
    uitslag = agenda.vrij.find_starts(PASPOORT, vandaag, vandaag + TWEE_WEKEN, verder=False)
    assert uitslag.eerste
    assert agenda.opslag.check() == ()
    later = vandaag + timedelta(days=8)
    leeg.set_klok(to_utc(later, time(9)))
    assert agenda.vrij.find_starts(PASPOORT, later, later + TWEE_WEKEN, verder=False).eerste


@pytest.mark.traag
def test_nog_eens_vullen_verandert_niets_en_een_avond_van_nu_is_bezig(leeg: AgendaDatabase) -> None:
    vandaag = date(2026, 11, 30)
    leeg.set_klok(to_utc(vandaag, time(14, 10)))
    stand = fill(leeg, WIE)
    assert stand.afspraken > 100
    agenda = werkplek(leeg)
    eerste = agenda.vrij.find_starts(PASPOORT).avonden[0]
    assert eerste.label == "VOL"
    assert fill(leeg, WIE).afspraken == 0
    assert fill(leeg, WIE, avond_nu=True).avond == vandaag
    toestanden = {a.toestand for a in agenda.zoeken.load_avond(vandaag)}
    assert {Toestand.KLAAR, Toestand.AAN_DE_BALIE, Toestand.BEVESTIGD} <= toestanden
    (nu,) = agenda.avonden.overzicht(vandaag, vandaag)
    assert nu.toestand is AvondToestand.BEZIG
    assert agenda.avonden.te_verzetten() == ()
    assert agenda.opslag.check() == ()


@pytest.mark.traag
def test_rond_middernacht_en_de_dag_erna_loopt_er_een_avond_met_mensen_die_wachten_en_nog_komen(
    leeg: AgendaDatabase,
) -> None:
    agenda, dag = werkplek(leeg), date(2026, 12, 1)
    for moment in ((dag, time(23, 50)), (dag + EEN_DAG, time(0, 5))):
        leeg.set_klok(to_utc(*moment))
        assert fill(leeg, WIE, avond_nu=True).avond == moment[0]
        stand = agenda.vanavond.load_stand()
        assert stand is not None
        assert stand.avond.toestand is AvondToestand.BEZIG
        toestanden = [bezoek.toestand for bezoek in stand.bezoeken]
        for toestand in (Toestand.AANGEMELD, Toestand.BEVESTIGD, Toestand.AAN_DE_BALIE):
            assert toestanden.count(toestand) >= 1, (moment, toestand)
        # Er is een balie vrij, en die kan meteen iemand oproepen.
        vrij = {plek.balie for plek in stand.avond.plekken} - {
            b.balie for b in stand.bezoeken if stand.at_balie(b.balie)
        }
        assert any(agenda.vanavond.call_next(balie, verzoek_id=uid()) for balie in sorted(vrij)), moment
        if moment[1].hour != 23:  # die avond sluit om middernacht
            inloop = agenda.vanavond.walk_in(PASPOORT, "Inloop", verzoek_id=uid())
            assert inloop.toestand is Toestand.AANGEMELD, "er past nog iemand zonder afspraak bij"
        assert agenda.opslag.check() == ()
        dag_van_nu = moment[0].isoformat()
        nu = agenda.vanavond.load_stand()
        assert nu is not None
        eigen = {bezoek.id for bezoek in nu.bezoeken} | {f"avond:{dag_van_nu}", f"bezoeken:{dag_van_nu}"}
        assert {stap.onderwerp for stap in agenda.vanavond.load_stappen()} <= eigen


def test_een_avond_van_een_echte_agenda_begint_nooit_overnieuw(tmp_path: Path) -> None:
    echt = AgendaDatabase(SqliteInstelling(tmp_path / "echt.db", lambda: SLEUTEL))
    with pytest.raises(AgendaFout, match="echte agenda"):
        echt.restart_avond(date(2026, 12, 3), WIE)
    echt.close()


def test_een_echte_agenda_met_afspraken_wordt_nooit_gevuld(tmp_path: Path) -> None:
    echt = AgendaDatabase(SqliteInstelling(tmp_path / "echt.db", lambda: SLEUTEL))
    agenda = werkplek(echt)
    dag = agenda.vrij.vandaag() + timedelta(days=14)
    open_ = Uitzondering("u", dag, SoortUitzondering.EXTRA_OPEN, "proef", time(17), time(20), True)
    richt_in(agenda, replace(BASIS, uitzonderingen=(open_,), diensten=rooster((dag,), ("B1", "m1"))))
    boek(agenda, 17, dag=dag)
    with pytest.raises(AgendaFout) as gevangen:
        fill(echt, WIE)
    assert gevangen.value.code == "agenda_echt"
    assert [a.begin for a in agenda.zoeken.load_avond(dag)] == [op(17, dag=dag)]
    echt.close()
