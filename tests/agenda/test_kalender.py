"""De kalender: reeksen, uitzonderingen en feestdagen (evening-appointments.md §4a, en T08 van §4c)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.inrichting import (
    LAATSTE_WEEK,
    Aanlooptijd,
    Balie,
    Bevoegdheid,
    Dienst,
    Eenheid,
    Feestdag,
    FeestdagBeleid,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.kalender import (
    FeestdagenOnbekend,
    Kalender,
    feestdagnamen,
    is_regeldag,
    landelijke_feestdagen,
)
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import Vak, dagvak, to_utc
from frontoffice.agenda.vrij import free_starts
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import plan_wens
from frontoffice.domain import taal

DAG = date(2026, 12, 3)
NU = to_utc(date(2026, 11, 30), time(9))
DONDERDAG = Openingsregel("do", "donderdagavond", frozenset({3}), time(17), time(20), date(2026, 1, 1))


def inrichting(
    *regels: Openingsregel, minuten: int = 15, stap: int = 15, dag: date = DAG, **rest: object
) -> Inrichting:
    """Eén balie met een medewerker die alles mag, op `dag` de hele dag; product "a"."""
    product = Product("a", "Product A", minuten, bevoegdheden=frozenset({"alles"}), horizon_dagen=800)
    basis = Inrichting(
        Locatie("Proef", stap=stap),
        regels or (DONDERDAG,),
        balies=(Balie("B1", "Balie 1"),),
        medewerkers=(Medewerker("m", "M", "Losser", (Bevoegdheid("alles"),)),),
        diensten=(Dienst("d", dag, "m", time(0), time(0), "B1"),),
        producten=(product,),
    )
    return replace(basis, **rest)  # type: ignore[arg-type]


def starts(inricht: Inrichting, dag: date = DAG) -> list[str]:
    """De begintijden die de agenda aanbiedt, als "17.30"."""
    kalender, wens = Kalender(inricht), Wens((Wensregel("a"),))
    avond = build_avond(inricht, kalender, dag)
    nu = min(NU, to_utc(dag, time(0)) - timedelta(days=1))
    uitslag = free_starts(inricht, kalender, avond, plan_wens(inricht, wens, dag), wens, nu)
    return [taal.tijd(start.begin).removesuffix(" uur") for start in uitslag.vrij]


def open_op(inricht: Inrichting, van: date, tot: date) -> list[tuple[int, int]]:
    return [(dag.day, dag.month) for dag in Kalender(inricht).open_dagen(van, tot)]


def uitzondering(dag: date, soort: str, **rest: object) -> Uitzondering:
    return Uitzondering("u", dag, SoortUitzondering(soort), "Proef", **rest)  # type: ignore[arg-type]


def test_r01_een_gewone_avond_heeft_twaalf_kwartieren() -> None:
    gevonden = starts(inrichting())
    assert len(gevonden) == 12
    assert (gevonden[0], gevonden[-1]) == ("17.00", "19.45")


def test_r02_drie_kwartier_past_tien_keer_met_de_laatste_om_kwart_over_zeven() -> None:
    gevonden = starts(inrichting(minuten=45))
    assert len(gevonden) == 10
    assert gevonden[-1] == "19.15"


def test_r03_tien_minuten_met_stap_vijf_past_vijfendertig_keer() -> None:
    gevonden = starts(inrichting(minuten=10, stap=5))
    assert len(gevonden) == 35
    assert gevonden[-1] == "19.50"


def test_r04_een_kwartier_dat_net_niet_meer_past_wordt_niet_aangeboden() -> None:
    gevonden = starts(inrichting(replace(DONDERDAG, tot=time(19, 50))))
    assert len(gevonden) == 11
    assert gevonden[-1] == "19.30"


def test_r05_de_geldigheid_is_tot_en_met() -> None:
    regel = replace(DONDERDAG, geldig_van=date(2026, 12, 3), geldig_tot=date(2026, 12, 17))
    assert open_op(inrichting(regel), date(2026, 11, 20), date(2026, 12, 31)) == [(3, 12), (10, 12), (17, 12)]


def test_r06_om_de_week_telt_door_over_een_week_53() -> None:
    regel = replace(DONDERDAG, geldig_van=date(2026, 12, 3), elke_weken=2)
    verwacht = [(3, 12), (17, 12), (31, 12), (14, 1), (28, 1)]
    assert open_op(inrichting(regel), date(2026, 12, 1), date(2027, 1, 31)) == verwacht


def test_r06_op_31_december_beslist_het_feestdagbeleid() -> None:
    regel = replace(DONDERDAG, geldig_van=date(2026, 12, 3), elke_weken=2)
    vroeg = Feestdag("o", "oudejaarsdag", FeestdagBeleid.VROEG_DICHT, jaarlijks=(12, 31), tot=time(16))
    inricht = inrichting(regel, feestdagen=(vroeg,))
    assert (31, 12) not in open_op(inricht, date(2026, 12, 1), date(2027, 1, 31))
    opening = Kalender(inricht).opening(date(2026, 12, 31))
    assert opening.soort == "feestdag"
    assert opening.dicht_omdat == "Gesloten: oudejaarsdag. Die dag is het open tot 16.00 uur."


@pytest.mark.parametrize(("begin", "open_"), [(1, True), (2, True), (3, True), (4, False)])
def test_r08_om_de_week_is_verankerd_op_de_maandag_van_de_beginweek(begin: int, open_: bool) -> None:
    regel = Openingsregel("v", "vrijdag", frozenset({4}), time(17), time(20), date(2016, 4, begin), None, 2)
    assert Kalender(inrichting(regel)).is_open(date(2016, 4, 15)) is open_


def test_r08_een_anker_kan_los_staan_van_de_begindatum() -> None:
    regel = replace(DONDERDAG, geldig_van=date(2026, 12, 10), anker=date(2026, 12, 3), elke_weken=2)
    assert open_op(inrichting(regel), date(2026, 12, 1), date(2026, 12, 20)) == [(17, 12)]


def test_om_de_week_blijft_om_de_week_over_de_zomertijd() -> None:
    """Rekenen met seconden geeft tussen 5 maart en 2 april 2026 een week te weinig."""
    regel = replace(DONDERDAG, geldig_van=date(2026, 3, 5), elke_weken=2)
    dagen = Kalender(inrichting(regel)).open_dagen(date(2026, 3, 1), date(2026, 4, 30))
    assert dagen == tuple(date(2026, 3, 5) + timedelta(weeks=n) for n in (0, 2, 4, 6, 8))


def test_r10_de_tweede_donderdag() -> None:
    regel = replace(DONDERDAG, weken_van_maand=frozenset({2}))
    assert open_op(inrichting(regel), date(2026, 12, 1), date(2026, 12, 31)) == [(10, 12)]


def test_r12_de_vijfde_donderdag_is_er_niet_elke_maand() -> None:
    inricht = inrichting(replace(DONDERDAG, weken_van_maand=frozenset({5})))
    assert open_op(inricht, date(2026, 12, 1), date(2026, 12, 31)) == [(31, 12)]
    assert open_op(inricht, date(2026, 11, 1), date(2026, 11, 30)) == []


def test_de_laatste_donderdag_is_er_elke_maand() -> None:
    regel = replace(DONDERDAG, weken_van_maand=frozenset({LAATSTE_WEEK}))
    dagen = [dag for n in range(365) if is_regeldag(regel, dag := date(2026, 1, 1) + timedelta(days=n))]
    assert [dag.month for dag in dagen] == list(range(1, 13))
    assert all((dag + timedelta(days=7)).month != dag.month for dag in dagen)


def test_r14_een_dubbele_regel_geeft_geen_plek_extra_en_wordt_gemeld() -> None:
    inricht = inrichting(DONDERDAG, replace(DONDERDAG, id="do2"))
    assert starts(inricht) == starts(inrichting())
    opening = Kalender(inricht).opening(DAG)
    assert opening.vakken == (dagvak(DAG, time(17), time(20)),)
    assert len(opening.meldingen) == 1
    assert "overlappen" in opening.meldingen[0]


def test_r15_aansluitende_regels_zijn_een_blok() -> None:
    eerste = replace(DONDERDAG, tot=time(18, 30))
    tweede = replace(DONDERDAG, id="do2", naam="laat", van=time(18, 30))
    inricht = inrichting(eerste, tweede, minuten=45)
    assert "18.00" in starts(inricht)
    assert Kalender(inricht).opening(DAG).meldingen == ()


def test_een_gat_tussen_twee_regels_blijft_een_gat() -> None:
    inricht = inrichting(
        replace(DONDERDAG, tot=time(18)), replace(DONDERDAG, id="b", van=time(19)), minuten=45
    )
    assert starts(inricht) == ["17.00", "17.15", "19.00", "19.15"]


def test_r16_andere_tijden_gelden_alleen_die_dag() -> None:
    inricht = inrichting(uitzonderingen=(uitzondering(DAG, "andere_tijden", van=time(18), tot=time(20)),))
    assert len(starts(inricht)) == 8
    assert Kalender(inricht).opening(DAG).soort == "uitzondering"
    volgende = Kalender(inricht).opening(date(2026, 12, 10))
    assert (volgende.soort, volgende.vakken) == ("open", (dagvak(date(2026, 12, 10), time(17), time(20)),))


def test_extra_open_komt_bij_de_gewone_tijden() -> None:
    inricht = inrichting(uitzonderingen=(uitzondering(DAG, "extra_open", van=time(19, 30), tot=time(21)),))
    assert Kalender(inricht).opening(DAG).vakken == (dagvak(DAG, time(17), time(21)),)


def test_andere_tijden_vervangen_de_regel_en_extra_open_komt_daarbij() -> None:
    ander = uitzondering(DAG, "andere_tijden", van=time(18), tot=time(19))
    extra = replace(uitzondering(DAG, "extra_open", van=time(20), tot=time(21)), id="x")
    vakken = Kalender(inrichting(uitzonderingen=(ander, extra))).opening(DAG).vakken
    assert vakken == (dagvak(DAG, time(18), time(19)), dagvak(DAG, time(20), time(21)))


def test_gesloten_wint_van_extra_open() -> None:
    extra = replace(uitzondering(DAG, "extra_open", van=time(17), tot=time(20)), id="x")
    opening = Kalender(inrichting(uitzonderingen=(extra, uitzondering(DAG, "gesloten")))).opening(DAG)
    assert (opening.vakken, opening.dicht_omdat, opening.soort) == ((), "Gesloten: Proef.", "uitzondering")


@pytest.mark.parametrize("dag", [date(2027, 5, 6), date(2026, 5, 14)])
def test_r18_op_hemelvaartsdag_is_het_dicht_en_dat_staat_erbij(dag: date) -> None:
    inricht = inrichting(dag=dag)
    opening = Kalender(inricht).opening(dag)
    assert starts(inricht, dag) == []
    assert (opening.soort, opening.dicht_omdat) == ("feestdag", "Gesloten: Hemelvaartsdag.")


def test_r18_de_week_erna_is_gewoon_open() -> None:
    assert Kalender(inrichting()).is_open(date(2027, 5, 13))


def test_r19_extra_open_zonder_toestemming_verliest_van_de_feestdag() -> None:
    feest = date(2027, 5, 6)
    inricht = inrichting(uitzonderingen=(uitzondering(feest, "extra_open", van=time(18), tot=time(20)),))
    opening = Kalender(inricht).opening(feest)
    assert not opening.is_open
    assert "Hemelvaartsdag" in opening.meldingen[0]


def test_r19_boven_de_feestdag_gelden_alleen_de_uitdrukkelijke_tijden() -> None:
    feest = date(2027, 5, 6)
    extra = uitzondering(feest, "extra_open", van=time(18), tot=time(20), boven_feestdag=True)
    inricht = inrichting(uitzonderingen=(extra,), dag=feest)
    assert Kalender(inricht).opening(feest).vakken == (dagvak(feest, time(18), time(20)),)
    assert len(starts(inricht, feest)) == 8


@pytest.mark.parametrize(
    ("jaar", "dag"), [(2024, (27, 4)), (2025, (26, 4)), (2026, (27, 4)), (2027, (27, 4)), (2031, (26, 4))]
)
def test_r21_koningsdag_is_27_april_en_op_zondag_een_dag_eerder(jaar: int, dag: tuple[int, int]) -> None:
    gevonden = [d for d, namen in landelijke_feestdagen(jaar).items() if "Koningsdag" in namen]
    assert gevonden == [date(jaar, dag[1], dag[0])]


@pytest.mark.parametrize("jaar", [2028, 2039, 2040, 2099])
def test_r22_elk_jaar_heeft_zijn_feestdagen_zonder_dat_iemand_ze_aanmaakt(jaar: int) -> None:
    kalender = Kalender(inrichting())
    assert kalender.feestdag(date(jaar, 12, 25)) == "Eerste kerstdag"
    assert kalender.feestdag(date(jaar, 1, 1)) == "Nieuwjaarsdag"
    namen = {naam for namen in landelijke_feestdagen(jaar).values() for naam in namen}
    assert namen == set(feestdagnamen())


@pytest.mark.parametrize("dag", [date(2101, 1, 6), date(1965, 1, 7), date.min, date.max])
def test_r22_een_jaar_waarvan_de_feestdagen_niet_te_zeggen_zijn_is_nooit_zomaar_open(dag: date) -> None:
    kalender = Kalender(inrichting(replace(DONDERDAG, weekdagen=frozenset(range(7)), geldig_van=date.min)))
    opening = kalender.opening(dag)
    assert not opening.is_open
    assert "niet bekend" in opening.dicht_omdat
    with pytest.raises(FeestdagenOnbekend):
        kalender.feestdag(dag)


def test_twee_feestdagen_op_een_dag_noemen_ze_allebei() -> None:
    assert Kalender(inrichting()).feestdag(date(2016, 5, 5)) == "Bevrijdingsdag en Hemelvaartsdag"


def test_een_beleid_voor_een_van_de_twee_maakt_de_ander_niet_open() -> None:
    beleid = Feestdag("b", "5 mei", FeestdagBeleid.OPEN, naam_van="Bevrijdingsdag")
    kalender = Kalender(inrichting(feestdagen=(beleid,)))
    assert kalender.beleid(date(2026, 5, 5)) is FeestdagBeleid.OPEN
    assert kalender.beleid(date(2016, 5, 5)) is FeestdagBeleid.GESLOTEN


def test_een_open_feestdag_is_gewoon_open_en_een_werkdag() -> None:
    beleid = Feestdag("h", "Hemelvaart", FeestdagBeleid.OPEN, naam_van="hemelvaartsdag")
    kalender = Kalender(inrichting(feestdagen=(beleid,)))
    assert kalender.is_open(date(2027, 5, 6))
    assert kalender.is_werkdag(date(2027, 5, 6))
    assert kalender.feestdag(date(2027, 5, 6)) == "Hemelvaartsdag"


def test_een_eigen_vrije_dag_sluit_de_avond_en_telt_niet_als_werkdag() -> None:
    eigen = Feestdag("c", "Collectief vrij", FeestdagBeleid.GESLOTEN, datum=DAG)
    kalender = Kalender(inrichting(feestdagen=(eigen,)))
    assert kalender.opening(DAG).dicht_omdat == "Gesloten: Collectief vrij."
    assert not kalender.is_werkdag(DAG)


@pytest.mark.parametrize(("tot", "open_tot", "soort"), [(18, 18, "feestdag"), (21, 20, "open")])
def test_vroeg_dicht_kort_de_avond_in_zover_dat_nodig_is(tot: int, open_tot: int, soort: str) -> None:
    vroeg = Feestdag("v", "dag voor kerst", FeestdagBeleid.VROEG_DICHT, jaarlijks=(12, 24), tot=time(tot))
    kalender = Kalender(inrichting(feestdagen=(vroeg,)))
    dag = date(2026, 12, 24)
    opening = kalender.opening(dag)
    assert opening.vakken == (dagvak(dag, time(17), time(open_tot)),)
    assert opening.soort == soort
    assert kalender.is_werkdag(dag)


def test_een_dag_zonder_regel_is_dicht_met_een_hele_zin() -> None:
    opening = Kalender(inrichting()).opening(date(2026, 12, 4))
    assert (opening.vakken, opening.soort) == ((), "dicht")
    assert opening.dicht_omdat == "Op deze dag is er geen avondopenstelling."


def test_een_eindtijd_van_middernacht_is_het_eind_van_de_dag() -> None:
    inricht = inrichting(replace(DONDERDAG, van=time(22), tot=time(0)))
    assert Kalender(inricht).opening(DAG).vakken == (dagvak(DAG, time(22), time(0)),)
    assert starts(inricht)[-1] == "23.45"


def test_een_omgekeerde_regel_opent_niets_en_laat_niets_omvallen() -> None:
    inricht = inrichting(replace(DONDERDAG, van=time(20), tot=time(17)))
    assert not Kalender(inricht).is_open(DAG)


def test_t08_drie_werkdagen_vanaf_22_december_is_28_december() -> None:
    assert Kalender(inrichting()).add_werkdagen(date(2026, 12, 22), 3) == date(2026, 12, 28)


def test_t08_met_drie_werkdagen_aanloop_is_de_eerste_avond_7_januari() -> None:
    vroeg = Feestdag("o", "oudejaarsdag", FeestdagBeleid.VROEG_DICHT, jaarlijks=(12, 31), tot=time(16))
    product = Product(
        "a", "A", 15, bevoegdheden=frozenset({"alles"}), aanlooptijd=Aanlooptijd(3, Eenheid.WERKDAGEN)
    )
    basis = inrichting(feestdagen=(vroeg,), producten=(product,))
    dagen = [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 7)]
    diensten = tuple(Dienst(str(dag), dag, "m", time(17), time(20), "B1") for dag in dagen)
    inricht = replace(basis, diensten=diensten)
    kalender, wens = Kalender(inricht), Wens((Wensregel("a"),))
    nu = to_utc(date(2026, 12, 22), time(9))
    aantallen = {
        dag: len(
            free_starts(
                inricht,
                kalender,
                build_avond(inricht, kalender, dag),
                plan_wens(inricht, wens, dag),
                wens,
                nu,
            ).vrij
        )
        for dag in dagen
    }
    assert aantallen == {dagen[0]: 0, dagen[1]: 0, dagen[2]: 12}
    assert kalender.next_open_dag(kalender.add_werkdagen(date(2026, 12, 22), 3)) == date(2027, 1, 7)


def test_t07_de_laatste_dag_van_de_horizon_gaat_om_acht_uur_open() -> None:
    product = Product("a", "A", 15, bevoegdheden=frozenset({"alles"}), horizon_dagen=14, uitgifte_uur=time(8))
    inricht = inrichting(producten=(product,))
    kalender, wens = Kalender(inricht), Wens((Wensregel("a"),))
    avond, plan = build_avond(inricht, kalender, DAG), plan_wens(inricht, wens, DAG)
    nu = to_utc(DAG - timedelta(days=14), time(8))
    vlak_ervoor = free_starts(inricht, kalender, avond, plan, wens, nu - timedelta(minutes=1))
    assert len(vlak_ervoor.vrij) == 0
    assert {reden.code for start in vlak_ervoor.geweigerd for reden in start.redenen} == {"te_ver_vooruit"}
    assert len(free_starts(inricht, kalender, avond, plan, wens, nu).vrij) == 12


def test_werkdagen_terugtellen_slaat_weekend_en_feestdagen_over() -> None:
    assert Kalender(inrichting()).add_werkdagen(date(2026, 12, 28), -2) == date(2026, 12, 23)


def test_nul_werkdagen_is_de_dag_zelf_ook_op_zondag() -> None:
    zondag = date(2026, 12, 6)
    assert Kalender(inrichting()).add_werkdagen(zondag, 0) == zondag


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 60))
def test_de_nde_werkdag_ligt_precies_n_werkdagen_verder_en_is_er_zelf_een(dag: date, n: int) -> None:
    kalender = Kalender(inrichting())
    einde = kalender.add_werkdagen(dag, n)
    ertussen = [dag + timedelta(days=i) for i in range(1, (einde - dag).days + 1)]
    assert sum(kalender.is_werkdag(tussen) for tussen in ertussen) == n
    assert kalender.is_werkdag(einde)
    if kalender.is_werkdag(dag):
        assert kalender.add_werkdagen(einde, -n) == dag


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(1, 6),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.integers(0, 800),
)
def test_een_reeks_om_de_n_weken_komt_precies_na_n_weken_terug(
    weekdagen: frozenset[int], elke: int, begin: date, later: int
) -> None:
    regel = Openingsregel("r", "r", weekdagen, time(17), time(20), begin, None, elke)
    dag = begin + timedelta(days=later)
    assert is_regeldag(regel, dag) == is_regeldag(regel, dag + timedelta(weeks=elke))
    if is_regeldag(regel, dag):
        assert not any(is_regeldag(regel, dag + timedelta(weeks=n)) for n in range(1, elke))


@given(st.lists(st.tuples(st.integers(0, 286), st.integers(1, 60)), min_size=1, max_size=5))
def test_de_opening_is_precies_de_vereniging_van_de_regels(tijden: list[tuple[int, int]]) -> None:
    regels = []
    verwacht: set[int] = set()
    basis = dagvak(DAG, time(0), time(0)).begin
    for nummer, (begin, lengte) in enumerate(tijden):
        eind = min(begin + lengte, 287)
        van, tot = time(begin // 12, begin % 12 * 5), time(eind // 12, eind % 12 * 5)
        regels.append(Openingsregel(str(nummer), str(nummer), frozenset({3}), van, tot, date(2026, 1, 1)))
        verwacht |= set(range(basis + begin, basis + eind))
    vakken = Kalender(inrichting(*regels)).opening(DAG).vakken
    assert {tik for vak in vakken for tik in range(vak.begin, vak.eind)} == verwacht
    assert all(een.eind < ander.begin for een, ander in pairwise(vakken))


def test_de_volgende_open_dag() -> None:
    kalender = Kalender(inrichting())
    assert kalender.next_open_dag(date(2026, 12, 4)) == date(2026, 12, 10)
    assert kalender.next_open_dag(DAG) == DAG
    assert kalender.next_open_dag(DAG + timedelta(days=1), hoogstens=3) is None


def test_open_dagen_over_alle_eeuwen_blijft_binnen_wat_bekend_is() -> None:
    regel = replace(DONDERDAG, geldig_van=date(2098, 12, 1))
    dagen = Kalender(inrichting(regel)).open_dagen(date(2098, 1, 1), date.max)
    assert dagen[-1] == date(2100, 12, 30)
    assert Kalender(inrichting(regel)).open_dagen(date(2027, 1, 2), date(2027, 1, 1)) == ()


def test_een_dag_wordt_maar_een_keer_uitgerekend() -> None:
    kalender = Kalender(inrichting())
    assert kalender.opening(DAG) is kalender.opening(DAG)


def test_het_vak_van_een_opening_is_in_utc() -> None:
    vak = Kalender(inrichting()).opening(DAG).vakken[0]
    assert vak == Vak(vak.begin, vak.begin + 36)
    assert vak.begin_utc.isoformat() == "2026-12-03T16:00:00+00:00"
