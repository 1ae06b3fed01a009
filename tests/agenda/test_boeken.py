"""De beslissing onder het slot: boeken, verzetten zonder zichzelf in de weg te staan, en wat anders kan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from frontoffice.agenda.avond import Avond, AvondToestand
from frontoffice.agenda.boeken import decide, decide_extra
from frontoffice.agenda.indelen import Indeling, Toewijzing, Vraag
from frontoffice.agenda.inrichting import Aanlooptijd, Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.samen import samen
from frontoffice.agenda.tijd import to_tik
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import plan_wens
from tests.agenda.bouw import DAG, NU, avond, inrichting, moment, plan, plek, product, staat, wens


def besluit(
    inricht: Inrichting, op: Avond, gevraagd: Wens, tijd: str, **over: object
) -> Toewijzing | Weigering:
    plan_of_niet = plan_wens(inricht, gevraagd, op.datum)
    nu = over.pop("nu", NU)
    return decide(inricht, Kalender(inricht), op, plan_of_niet, moment(tijd), gevraagd, nu, **over)  # type: ignore[arg-type]  # de test geeft ze door


def tijden(uitkomst: Toewijzing | Weigering) -> list[str]:
    assert isinstance(uitkomst, Weigering)
    return [f"{(s.begin + timedelta(hours=1)):%H.%M}" for s in uitkomst.alternatieven]


def codes(uitkomst: Toewijzing | Weigering) -> list[str]:
    assert isinstance(uitkomst, Weigering)
    return [reden.code.value for reden in uitkomst.redenen]


def test_een_vrije_tijd_krijgt_een_balie() -> None:
    assert besluit(inrichting(product()), avond(), wens("a"), "17.30") == Toewijzing("B1")


def test_h03_net_vergeven_geeft_de_drie_dichtstbijzijnde_tijden() -> None:
    uitkomst = besluit(inrichting(product()), avond(staat("17.30", "17.45")), wens("a"), "17.30")
    assert codes(uitkomst) == ["vol"]
    assert tijden(uitkomst) == ["17.00", "17.15", "17.45"]


def test_alternatieven_komen_zo_nodig_van_andere_avonden() -> None:
    inricht = inrichting(product())
    vol = avond(staat("17.00", "19.45"))
    volgende = [avond(dag=DAG + timedelta(weeks=week)) for week in (1, 2)]
    uitkomst = besluit(inricht, vol, wens("a"), "17.00", anders=volgende)
    assert isinstance(uitkomst, Weigering)
    assert [start.begin.day for start in uitkomst.alternatieven] == [3, 10, 10]


def test_c04_een_langer_product_op_dezelfde_tijd_past_niet_en_biedt_andere_tijden() -> None:
    inricht = inrichting(product("a", 15), product("lang", 45))
    eigen = staat("17.00", "17.15", producten=("a",), id_="eigen")
    op = avond(eigen, staat("17.15", "17.45"))
    voor = replace(op)
    uitkomst = besluit(inricht, op, wens("lang"), "17.00", zonder={"eigen"})
    assert codes(uitkomst) == ["vol"]
    assert tijden(uitkomst) == ["17.45", "18.00", "18.15"]
    assert op == voor


def test_c04_bij_een_langer_product_telt_de_eigen_tijd_niet_mee() -> None:
    inricht = inrichting(product("a", 15), product("lang", 45))
    op = avond(staat("17.00", "17.15", id_="eigen"), staat("17.45", "18.00"))
    assert besluit(inricht, op, wens("lang"), "17.00", zonder={"eigen"}) == Toewijzing("B1")
    assert codes(besluit(inricht, op, wens("lang"), "17.00")) == ["vol"]


def test_verzetten_telt_de_eigen_afspraak_niet_voor_de_daglimiet() -> None:
    inricht = inrichting(product("a", per_avond_max=1))
    op = avond(staat("17.00", "17.15", producten=("a",), id_="eigen"))
    assert besluit(inricht, op, wens("a"), "18.00", zonder={"eigen"}) == Toewijzing("B1")
    assert codes(besluit(inricht, op, wens("a"), "18.00")) == ["daglimiet"]


def test_c14_een_bestaande_afspraak_houdt_haar_duur_en_een_nieuwe_krijgt_de_nieuwe() -> None:
    oud, nieuw = inrichting(product("a", 15)), inrichting(product("a", 20))
    eerder = plan(oud, wens("a"))
    op = avond(staat("17.00", "17.15", producten=("a",)))
    assert plan(nieuw, wens("a")).minuten == 20
    assert besluit(nieuw, op, wens("a"), "17.15") == Toewijzing("B1")
    assert op.inhoud[0].vak.lengte == eerder.tikken == 3
    # Verzetten met de duur van toen, ook nu het product langer duurt.
    krap = avond(staat("17.00", "17.15", id_="eigen"), staat("17.30", "20.00"))
    kalender = Kalender(nieuw)
    for houdt_duur, verwacht in ((True, Toewijzing("B1")), (False, None)):
        gebruikt = eerder if houdt_duur else plan(nieuw, wens("a"))
        uitkomst = decide(
            nieuw, kalender, krap, gebruikt, moment("17.15"), wens("a"), NU,
            zonder={"eigen"}, houdt_duur=houdt_duur,
        )  # fmt: skip
        assert uitkomst == verwacht if verwacht else isinstance(uitkomst, Weigering)


def test_alleen_de_tijden_van_het_raster_tenzij_daar_bewust_van_wordt_afgeweken() -> None:
    inricht = inrichting(product("a", 10))
    assert codes(besluit(inricht, avond(), wens("a"), "17.20")) == ["buiten_opening"]
    assert besluit(inricht, avond(), wens("a"), "17.20", buiten_raster=True) == Toewijzing("B1")
    assert codes(besluit(inricht, avond(), wens("a"), "16.00", buiten_raster=True)) == ["buiten_opening"]
    assert codes(besluit(inricht, avond(), wens("a"), "19.55", buiten_raster=True)) == ["buiten_opening"]


def test_een_tijd_tussen_twee_tikken_is_geen_begintijd() -> None:
    inricht = inrichting(product())
    gevraagd = wens("a")
    for begin in (moment("17.00") + timedelta(minutes=1), moment("17.00") + timedelta(microseconds=1)):
        uitkomst = decide(inricht, Kalender(inricht), avond(), plan(inricht, gevraagd), begin, gevraagd, NU)
        assert codes(uitkomst) == ["buiten_opening"]


def test_een_dichte_avond_weigert_met_de_reden_van_de_avond() -> None:
    inricht = inrichting(product())
    dicht = avond(toestand=AvondToestand.DICHT_VOOR_BOEKEN)
    assert codes(besluit(inricht, dicht, wens("a"), "17.00")) == ["afgesloten"]
    assert codes(besluit(inricht, avond(open=(), dicht_omdat="Gesloten: storm."), wens("a"), "17.00")) == [
        "dicht"
    ]


def test_te_kort_van_tevoren_kan_alleen_met_overrulen() -> None:
    inricht = inrichting(product(aanlooptijd=Aanlooptijd(2)))
    nu = moment("16.00")
    assert codes(besluit(inricht, avond(), wens("a"), "17.00", nu=nu)) == ["te_kort_van_tevoren"]
    assert besluit(inricht, avond(), wens("a", overrulen=True), "17.00", nu=nu) == Toewijzing("B1")


def test_een_wens_die_niet_mag_houdt_zijn_eigen_voorstel() -> None:
    inricht = inrichting(product("a", personen_max=2))
    uitkomst = besluit(inricht, avond(), wens(("a", 4)), "17.00")
    assert codes(uitkomst) == ["te_veel_personen"]
    assert isinstance(uitkomst, Weigering)
    assert len(uitkomst.splitsing) == 2


def test_h15_een_extra_plaats_neemt_nooit_tijd_van_een_balie() -> None:
    inricht = inrichting(product())
    vol = avond(staat("17.00", "20.00"))
    eerste = decide_extra(vol, plan(inricht, wens("a")), moment("17.00"))
    assert eerste.balie not in {plek_.balie for plek_ in vol.plekken}
    met = replace(vol, inhoud=(*vol.inhoud, staat("17.00", "17.15", eerste.balie, vast=True)))
    tweede = decide_extra(met, plan(inricht, wens("a")), moment("17.00"))
    assert tweede.balie not in {eerste.balie, "B1"}
    assert decide_extra(met, plan(inricht, wens("a")), moment("17.15")).balie == eerste.balie
    # En de gewone balies merken er niets van.
    leeg = avond(staat("17.00", "17.15", eerste.balie, vast=True))
    vraag = Vraag(plan(inricht, wens("a")).vak(to_tik(moment("17.00"))), plan(inricht, wens("a")).eisen)
    assert Indeling(leeg).capaciteit(vraag) == 1


# --- samen komen -------------------------------------------------------------------------------------------


def test_samen_komen_gaat_tegelijk_als_er_balies_genoeg_zijn() -> None:
    inricht = inrichting(product("a", 20), product("b", 10))
    plannen = [plan(inricht, wens("a")), plan(inricht, wens("b"))]
    op = avond(staat("17.00", "17.30", "B1"), plekken=(plek("B1"), plek("B2")))
    beste = samen(inricht, Kalender(inricht), op, plannen, wens("a"), NU)
    assert beste[0].tegelijk
    assert beste[0].starts[0].begin == beste[0].starts[1].begin == moment("17.30")
    assert beste[0].verblijf == timedelta(minutes=20)


def test_met_een_balie_komt_een_gezin_na_elkaar() -> None:
    inricht = inrichting(product("a", 25, personen_max=3))
    delen = [plan(inricht, wens(("a", 3))), plan(inricht, wens(("a", 3)))]
    beste = samen(inricht, Kalender(inricht), avond(staat("17.45", "18.00")), delen, wens("a"), NU)
    assert [s.begin for s in beste[0].starts] == [moment("18.00"), moment("18.30")]
    assert not beste[0].tegelijk
    assert [keus.verblijf for keus in beste] == sorted(keus.verblijf for keus in beste)


def test_samen_komen_houdt_zich_aan_de_limieten_van_allen_samen() -> None:
    inricht = inrichting(product("a", 15, per_avond_max=2, tegelijk_max=1))
    plannen = [plan(inricht, wens("a"))] * 2
    ruim = (plek("B1"), plek("B2"), plek("B3"))
    keuzes = samen(inricht, Kalender(inricht), avond(plekken=ruim), plannen, wens("a"), NU)
    assert keuzes
    assert not any(keus.tegelijk for keus in keuzes)
    een_geboekt = avond(staat("19.00", "19.15", producten=("a",)), plekken=ruim)
    assert samen(inricht, Kalender(inricht), een_geboekt, plannen, wens("a"), NU) == ()


def test_samen_komen_op_een_dichte_avond_of_met_niemand_geeft_niets() -> None:
    inricht = inrichting(product())
    assert samen(inricht, Kalender(inricht), avond(open=()), [plan(inricht, wens("a"))], wens("a"), NU) == ()
    assert samen(inricht, Kalender(inricht), avond(), [], wens("a"), NU) == ()


def test_alternatieven_liggen_nooit_in_het_verleden() -> None:
    nu = moment("18.50")
    uitkomst = besluit(inrichting(product()), avond(staat("19.00", "19.15")), wens("a"), "19.00", nu=nu)
    assert tijden(uitkomst) == ["19.15", "19.30", "19.45"]
    assert isinstance(uitkomst, Weigering)
    assert all(start.begin >= datetime(2026, 12, 3, 17, 50, tzinfo=UTC) for start in uitkomst.alternatieven)
