"""Welke begintijden er vrij zijn en waarom de rest niet: elk V-geval, en de T-gevallen over tijdgrenzen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from frontoffice.agenda.afspraak import Eisen, Kanaal
from frontoffice.agenda.avond import Avond, AvondToestand
from frontoffice.agenda.indelen import Indeling, Toewijzing, Vraag, find_balie
from frontoffice.agenda.inrichting import (
    Aanlooptijd,
    Behoefte,
    Bevoegdheid,
    Combinatie,
    Eenheid,
    Feestdag,
    FeestdagBeleid,
    Locatie,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import RedenCode
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import from_tik, to_utc
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.vrij import after, first_starts
from frontoffice.agenda.wens import Wensregel
from frontoffice.agenda.wensen import evening_products, may_add, plan_wens
from tests.agenda.bouw import (
    DAG,
    NU,
    avond,
    code_om,
    inrichting,
    met_rooster,
    moment,
    plan,
    plek,
    product,
    reden_om,
    staat,
    tijden,
    vak,
    wens,
    zoek,
)

PASPOORT = product("paspoort", 15, bevoegdheden=frozenset({"reisdocument"}))
RIJBEWIJS = product("rijbewijs", 15, bevoegdheden=frozenset({"rijbewijs"}))


# --- §4b ---------------------------------------------------------------------------------------------------


def test_v01_om_een_afspraak_heen_blijven_acht_begintijden() -> None:
    uitslag = zoek(inrichting(product(minuten=30)), avond(staat("17.30", "18.00")), wens("a"))
    assert tijden(uitslag) == ["17.00", "18.00", "18.15", "18.30", "18.45", "19.00", "19.15", "19.30"]


def test_v02_nooit_over_een_pauze_heen() -> None:
    met_pauze = avond(plekken=(plek(tot="18.15"), plek(van="18.30")))
    uitslag = zoek(inrichting(product(minuten=30)), met_pauze, wens("a"))
    assert tijden(uitslag) == [
        "17.00", "17.15", "17.30", "17.45", "18.30", "18.45", "19.00", "19.15", "19.30"
    ]  # fmt: skip
    assert code_om(uitslag, "18.00") == "pauze"


def test_v03_waar_de_een_ophoudt_kan_de_ander_beginnen() -> None:
    uitslag = zoek(inrichting(product()), avond(staat("17.30", "18.00")), wens("a"))
    assert "18.00" in tijden(uitslag)
    assert "17.45" not in tijden(uitslag)


def test_v04_de_buffer_telt_mee_maar_mag_na_sluitingstijd_niet_voorbij_de_dienst() -> None:
    uitslag = zoek(
        inrichting(product(minuten=10, buffer=5), stap=5), avond(staat("17.00", "17.20", buffer=1)), wens("a")
    )
    assert (tijden(uitslag)[0], tijden(uitslag)[-1], len(tijden(uitslag))) == ("17.20", "19.45", 30)


def test_v04_met_een_dienst_tot_na_sluitingstijd_mag_de_buffer_er_voorbij() -> None:
    langer = avond(staat("17.00", "17.20", buffer=1), plekken=(plek(tot="20.15"),))
    uitslag = zoek(inrichting(product(minuten=10, buffer=5), stap=5), langer, wens("a"))
    assert (tijden(uitslag)[-1], len(tijden(uitslag))) == ("19.50", 31)


def test_v06_voor_een_afspraak_blijft_ook_de_buffer_vrij() -> None:
    uitslag = zoek(
        inrichting(product(minuten=10, buffer=5), stap=5), avond(staat("18.00", "18.15")), wens("a")
    )
    assert [tijd for tijd in tijden(uitslag) if tijd < "18.00"][-1] == "17.45"
    assert "17.50" not in tijden(uitslag)


def test_v07_twee_balies_die_elk_half_vrij_zijn_zijn_samen_geen_vrije_balie() -> None:
    twee = avond(
        staat("17.00", "17.30", "B1"), staat("17.15", "17.45", "B2"), plekken=(plek("B1"), plek("B2"))
    )
    uitslag = zoek(inrichting(product(minuten=30)), twee, wens("a"))
    assert (tijden(uitslag)[0], len(tijden(uitslag))) == ("17.30", 9)


@pytest.mark.parametrize("vast", [False, True])
def test_v09_een_afspraak_die_vast_staat_verhuist_niet(vast: bool) -> None:
    """De tabel zet alleen die van B2 vast; 17.00 uur valt pas af als ook die van B1 niet weg kan. Dat een
    opgeroepen afspraak vast staat, toetst de opslag (ook onder V09)."""
    twee = avond(
        staat("17.00", "17.15", "B1", vast=vast),
        staat("17.15", "17.30", "B2", vast=vast),
        plekken=(plek("B1"), plek("B2")),
    )
    uitslag = zoek(inrichting(product(minuten=30)), twee, wens("a"))
    assert ("17.00" in tijden(uitslag)) is not vast


def test_v09_met_alleen_die_van_b2_vast_maakt_die_van_b1_nog_ruimte() -> None:
    """Letterlijk de tabel, en daar wijken we af: die zegt "niet aangeboden". B2 mag hetzelfde als B1 en is
    om 17.00 uur vrij; geeft B1 die afspraak aan B2, dan is B1 tot 17.30 uur vrij. Exact is dus: wel."""
    twee = avond(
        staat("17.00", "17.15", "B1", id_="eerste"),
        staat("17.15", "17.30", "B2", vast=True),
        plekken=(plek("B1"), plek("B2")),
    )
    assert "17.00" in tijden(zoek(inrichting(product(minuten=30)), twee, wens("a")))
    gevraagd = plan(inrichting(product(minuten=30)), wens("a"))
    toewijzing = find_balie(twee, Vraag(gevraagd.vak(vak("17.00", "17.15").begin), gevraagd.eisen))
    assert toewijzing == Toewijzing("B1", {"eerste": "B2"})


@pytest.mark.parametrize("b2_mag_alles", [False, True])
def test_v10_herindelen_kan_niet_naar_wie_het_niet_mag(b2_mag_alles: bool) -> None:
    """De tabel zegt alleen dat B1 niet mag wat B2 doet, en dan "niet aangeboden". Dat klopt als B2 ook niet
    mag wat B1 doet. Mag B2 dat wel, dan wijken we af: die van B1 gaat naar B2 en B1 is vrij."""
    twee = avond(
        staat("17.00", "17.15", "B1", mag={"reisdocument"}, id_="eerste"),
        staat("17.15", "17.30", "B2", mag={"rijbewijs"}),
        plekken=(
            plek("B1", mag={"reisdocument"}),
            plek("B2", mag={"rijbewijs", "reisdocument"} if b2_mag_alles else {"rijbewijs"}),
        ),
    )
    assert ("17.00" in tijden(zoek(inrichting(product(minuten=30)), twee, wens("a")))) is b2_mag_alles
    gevonden = find_balie(twee, Vraag(vak("17.00", "17.30"), Eisen()))
    assert gevonden == (Toewijzing("B1", {"eerste": "B2"}) if b2_mag_alles else None)


V12 = (plek("B1", mag={"reisdocument", "rijbewijs"}), plek("B2", "17.15", mag={"reisdocument"}))


def test_v12_de_enige_die_het_mag_is_bezet_en_niemand_kan_ruilen() -> None:
    uitslag = zoek(
        inrichting(PASPOORT, RIJBEWIJS),
        avond(staat("17.00", "17.15", "B1", mag={"reisdocument"}), plekken=V12),
        wens("rijbewijs"),
    )
    assert reden_om(uitslag, "17.00") == "rijbewijs: geen bevoegde balie vrij."
    assert code_om(uitslag, "17.00") == "geen_bevoegde"
    assert tijden(uitslag)[0] == "17.15"


def test_v13_een_paspoort_gaat_naar_wie_het_minst_kan() -> None:
    leeg = avond(plekken=(V12[0], plek("B2", mag={"reisdocument"})))
    paspoort = plan(inrichting(PASPOORT), wens("paspoort"))
    toewijzing = Indeling(leeg).find(Vraag(paspoort.vak(vak("17.00", "17.15").begin), paspoort.eisen))
    assert toewijzing is not None
    assert toewijzing.balie == "B2"


def test_v15_na_de_daglimiet_kan_er_niets_meer() -> None:
    naturalisatie = product("naturalisatie", 45, per_avond_max=2)
    vol = avond(
        staat("17.00", "17.45", producten=("naturalisatie",)),
        staat("17.45", "18.30", producten=("naturalisatie",)),
    )
    uitslag = zoek(inrichting(naturalisatie), vol, wens("naturalisatie"))
    assert uitslag.vrij == ()
    assert "daglimiet" in reden_om(uitslag, "19.00")
    een_minder = replace(vol, inhoud=vol.inhoud[:1])
    assert {
        start.balies for start in zoek(inrichting(naturalisatie), een_minder, wens("naturalisatie")).vrij
    } == {1}


def test_v18_meer_personen_duurt_langer() -> None:
    paspoort = product("paspoort", 15, minuten_per_extra=10, personen_max=5)
    uitslag = zoek(inrichting(paspoort), avond(), wens(("paspoort", 4)))
    assert plan(inrichting(paspoort), wens(("paspoort", 4))).minuten == 45
    assert tijden(uitslag)[-1] == "19.15"


def test_v19_te_veel_personen_wordt_in_twee_afspraken_voorgesteld() -> None:
    paspoort = product("paspoort", 15, minuten_per_extra=10, personen_max=5)
    weigering = plan_wens(inrichting(paspoort), wens(("paspoort", 6)), DAG)
    assert isinstance(weigering, Weigering)
    assert [reden.code for reden in weigering.redenen] == [RedenCode.TE_VEEL_PERSONEN]
    assert [deel.regels for deel in weigering.splitsing] == [(Wensregel("paspoort", 3),)] * 2
    assert code_om(zoek(inrichting(paspoort), avond(), wens(("paspoort", 6))), "17.00") == "te_veel_personen"


def test_v21_wat_niet_in_de_avond_kan_verwijst_naar_overdag() -> None:
    huwelijk = product(
        "huwelijk", 30, avond=False, overdag_verwijzing="Een huwelijk melden kan alleen overdag."
    )
    inricht = inrichting(product("a"), huwelijk)
    assert [(p.code, r and r.tekst) for p, r in evening_products(inricht, DAG)] == [
        ("a", None),
        ("huwelijk", "Een huwelijk melden kan alleen overdag."),
    ]
    uitslag = zoek(inricht, avond(), wens("huwelijk"))
    assert uitslag.vrij == ()
    assert code_om(uitslag, "17.00") == "niet_in_de_avond"


def test_v22_een_combinatie_die_niet_mag_zegt_waarom() -> None:
    inricht = inrichting(product("a"), product("b"), combinaties=(Combinatie("a", "b", mag=False),))
    reden = may_add(inricht, [Wensregel("a")], "b")
    assert reden is not None
    assert reden.code is RedenCode.COMBINATIE
    assert may_add(inricht, [Wensregel("b")], "a") is not None
    assert may_add(inricht, [Wensregel("a")], "a") is None
    assert code_om(zoek(inricht, avond(), wens("a", "b")), "17.00") == "combinatie"


def test_v23_zonder_rooster_is_de_avond_niet_vol_maar_onbekend() -> None:
    inricht = inrichting(product())
    uitslag = zoek(inricht, build_avond(inricht, Kalender(inricht), DAG), wens("a"))
    assert uitslag.vrij == ()
    assert [reden.code for reden in uitslag.redenen] == [RedenCode.ROOSTER_LEEG]
    assert "rooster" in reden_om(uitslag, "17.00")
    assert "nog niet ingevuld" in reden_om(uitslag, "17.00")


def test_v24_een_verlopen_bevoegdheid_telt_niet() -> None:
    verlopen = Bevoegdheid("rijbewijs", geldig_tot=date(2026, 12, 1))
    inricht = met_rooster(inrichting(RIJBEWIJS), ("B1", "17.00", "20.00", [verlopen, "reisdocument"]))
    uitslag = zoek(inricht, build_avond(inricht, Kalender(inricht), DAG), wens("rijbewijs"))
    assert uitslag.vrij == ()
    assert code_om(uitslag, "17.00") == "geen_bevoegde"
    week_eerder = replace(verlopen, geldig_tot=DAG)
    inricht = met_rooster(inrichting(RIJBEWIJS), ("B1", "17.00", "20.00", [week_eerder]))
    assert len(zoek(inricht, build_avond(inricht, Kalender(inricht), DAG), wens("rijbewijs")).vrij) == 12


def test_v25_een_afspraak_buiten_het_raster_verschuift_het_raster_niet() -> None:
    uitslag = zoek(inrichting(product()), avond(staat("17.20", "17.30")), wens("a"))
    assert tijden(uitslag)[:3] == ["17.00", "17.30", "17.45"]


def test_v26_een_avond_die_voorbij_of_afgesloten_is_heeft_niets_vrij() -> None:
    inricht = inrichting(product())
    voorbij = zoek(inricht, avond(), wens("a"), moment("20.00"))
    assert voorbij.vrij == ()
    assert code_om(voorbij, "19.45") == "voorbij"
    afgesloten = zoek(inricht, avond(toestand=AvondToestand.AFGESLOTEN), wens("a"))
    assert afgesloten.vrij == ()
    assert code_om(afgesloten, "17.00") == "afgesloten"


@pytest.mark.parametrize("toestand", [AvondToestand.CONCEPT, AvondToestand.DICHT_VOOR_BOEKEN])
def test_een_avond_die_niet_open_staat_zegt_dat(toestand: AvondToestand) -> None:
    assert code_om(zoek(inrichting(product()), avond(toestand=toestand), wens("a")), "17.00") == "afgesloten"


def test_tijdens_de_avond_zelf_kan_er_nog_geboekt_worden() -> None:
    bezig = avond(toestand=AvondToestand.BEZIG)
    assert tijden(zoek(inrichting(product()), bezig, wens("a"), moment("18.55")))[0] == "19.00"


# --- tijdgrenzen -------------------------------------------------------------------------------------------


def test_t05_een_half_uur_van_tevoren_tenzij_de_medewerker_eroverheen_gaat() -> None:
    inricht = inrichting(product(aanlooptijd=Aanlooptijd(minuten=30)))
    uitslag = zoek(inricht, avond(), wens("a"), moment("18.07"))
    assert tijden(uitslag)[0] == "18.45"
    assert code_om(uitslag, "18.30") == "te_kort_van_tevoren"
    assert code_om(uitslag, "18.00") == "voorbij"
    assert tijden(zoek(inricht, avond(), wens("a", overrulen=True), moment("18.07")))[0] == "18.15"


@pytest.mark.parametrize(("uur", "aantal"), [("07.59", 0), ("08.00", 12)])
def test_t07_de_laatste_dag_gaat_open_op_het_uur_van_uitgifte(uur: str, aantal: int) -> None:
    inricht = inrichting(product(horizon_dagen=3, uitgifte_uur=time(8)))
    nu = to_utc(date(2026, 11, 30), time(int(uur[:2]), int(uur[3:])))
    uitslag = zoek(inricht, avond(), wens("a"), nu)
    assert len(uitslag.vrij) == aantal
    if not aantal:
        assert code_om(uitslag, "17.00") == "te_ver_vooruit"
        assert "8.00 uur" in reden_om(uitslag, "17.00")


def test_voorbij_de_horizon_kan_er_niets_ook_niet_met_overrulen() -> None:
    uitslag = zoek(inrichting(product(horizon_dagen=2)), avond(), wens("a", overrulen=True))
    assert uitslag.vrij == ()
    assert code_om(uitslag, "17.00") == "te_ver_vooruit"


def test_t08_drie_werkdagen_van_tevoren_over_de_kerst_heen() -> None:
    inricht = inrichting(product(aanlooptijd=Aanlooptijd(3, Eenheid.WERKDAGEN)))
    nu = to_utc(date(2026, 12, 22), time(9))
    for dag, aantal in ((date(2026, 12, 24), 0), (date(2027, 1, 7), 12)):
        uitslag = zoek(inricht, avond(dag=dag), wens("a"), nu)
        assert len(uitslag.vrij) == aantal, dag
    maandag = avond(dag=date(2026, 12, 28))
    assert len(zoek(inricht, maandag, wens("a"), nu).vrij) == 12


@pytest.mark.parametrize(("dagen", "aantal"), [(3, 12), (4, 0)])
def test_dagen_van_tevoren_tellen_op_de_kalender(dagen: int, aantal: int) -> None:
    inricht = inrichting(product(aanlooptijd=Aanlooptijd(dagen, Eenheid.DAGEN)))
    laat_op_de_avond = to_utc(date(2026, 11, 30), time(23, 50))
    assert len(zoek(inricht, avond(), wens("a"), laat_op_de_avond).vrij) == aantal


# --- de rest van de regels ---------------------------------------------------------------------------------


def test_een_feestdag_staat_als_reden_op_de_avond() -> None:
    inricht = inrichting(
        product(), feestdagen=(Feestdag("f", "Proefdag", FeestdagBeleid.GESLOTEN, datum=DAG),)
    )
    uitslag = zoek(inricht, build_avond(inricht, Kalender(inricht), DAG), wens("a"))
    assert (uitslag.vrij, uitslag.geweigerd) == ((), ())
    assert uitslag.redenen[0].code is RedenCode.FEESTDAG
    assert "Proefdag" in uitslag.redenen[0].tekst


def test_een_gesloten_avond_zegt_de_reden_van_de_uitzondering() -> None:
    dicht = Uitzondering("u", DAG, SoortUitzondering.GESLOTEN, "verbouwing")
    inricht = inrichting(product(), uitzonderingen=(dicht,))
    uitslag = zoek(inricht, build_avond(inricht, Kalender(inricht), DAG), wens("a"))
    assert [(r.code, r.tekst) for r in uitslag.redenen] == [(RedenCode.DICHT, "Gesloten: verbouwing.")]


def test_elk_stuk_opening_heeft_zijn_eigen_raster() -> None:
    twee_stukken = avond(open=(vak("17.00", "17.40"), vak("18.10", "19.00")))
    uitslag = zoek(inrichting(product(minuten=20), stap=15), twee_stukken, wens("a"))
    assert tijden(uitslag) == ["17.00", "17.15", "18.10", "18.25", "18.40"]
    assert code_om(uitslag, "17.30") == "buiten_opening"


def test_een_vol_kanaal_houdt_alleen_dat_kanaal_tegen() -> None:
    inricht = inrichting(product(), locatie=Locatie("Proef", kanaalmaximum={"web": 1}))
    op_avond = avond(staat("17.00", "17.15", kanaal=Kanaal.WEB))
    web = zoek(inricht, op_avond, wens("a", kanaal=Kanaal.WEB))
    assert (len(web.vrij), code_om(web, "18.00")) == (0, "kanaallimiet")
    assert len(zoek(inricht, op_avond, wens("a")).vrij) == 11


def test_meer_tegelijk_dan_mag_wordt_op_geen_enkele_tik_aangeboden() -> None:
    een_set = product("a", 30, tegelijk_max=1)
    twee = avond(staat("17.30", "18.00", "B1", producten=("a",)), plekken=(plek("B1"), plek("B2")))
    uitslag = zoek(inrichting(een_set), twee, wens("a"))
    assert tijden(uitslag)[:2] == ["17.00", "18.00"]
    assert code_om(uitslag, "17.45") == "tegelijk_max"
    assert {start.balies for start in uitslag.vrij} == {1}


def test_een_voorziening_die_er_niet_is_heeft_een_eigen_reden() -> None:
    biometrie = product(voorzieningen=frozenset({"biometrie"}))
    uitslag = zoek(inrichting(biometrie), avond(), wens("a"))
    assert code_om(uitslag, "17.00") == "voorziening"
    met = avond(plekken=(plek(voorzieningen={"biometrie"}),))
    assert len(zoek(inrichting(biometrie), met, wens("a")).vrij) == 12


def test_na_het_eind_van_de_enige_die_het_mag_staat_dat_erbij() -> None:
    vroeg_weg = avond(plekken=(plek("B1", mag={"reisdocument"}), plek("B2", tot="18.30", mag={"rijbewijs"})))
    uitslag = zoek(inrichting(RIJBEWIJS), vroeg_weg, wens("rijbewijs"))
    assert tijden(uitslag)[-1] == "18.15"
    assert reden_om(uitslag, "18.30") == "rijbewijs: na 18.30 uur werkt er niemand die dit mag doen."


def test_overdracht_aan_een_collega_alleen_als_het_product_dat_toelaat() -> None:
    wissel = avond(plekken=(plek(tot="18.00", medewerker="een"), plek(van="18.00", medewerker="twee")))
    for mag, verwacht in ((False, False), (True, True)):
        uitslag = zoek(inrichting(product(minuten=30, overdracht=mag)), wissel, wens("a"))
        assert ("17.45" in tijden(uitslag)) is verwacht
    zelfde = avond(plekken=(plek(tot="18.00"), plek(van="18.00")))
    assert "17.45" in tijden(zoek(inrichting(product(minuten=30)), zelfde, wens("a")))


def test_de_duur_telt_regels_op_min_wat_combineren_scheelt_plus_behoeften() -> None:
    inricht = inrichting(
        product("a", 15, minuten_per_extra=10, personen_max=5, buffer=5),
        product("b", 10, minuten_per_extra=5, personen_max=5),
        combinaties=(Combinatie("b", "a", minuten_minder=5),),
        behoeften=(
            Behoefte("extra", "Extra tijd", procent_erbij=50),
            Behoefte("tolk", "Tolk", minuten_erbij=10),
        ),
    )
    assert plan(inricht, wens(("a", 2), "b")).minuten == 30
    assert plan(inricht, wens(("a", 2), ("b", 2))).minuten == 30
    assert plan(inricht, wens("a", behoeften=("extra",))).minuten == 25
    assert plan(inricht, wens("a", behoeften=("extra", "tolk"))).minuten == 35
    assert plan(inricht, wens("a", "b")).buffer_tikken == 1
    assert plan(inricht, wens("a", "a")).regels[0].personen == 2


def test_combineren_maakt_het_nooit_korter_dan_het_langste_product() -> None:
    inricht = inrichting(
        product("a"), product("b", 10), combinaties=(Combinatie("a", "b", minuten_minder=60),)
    )
    assert plan(inricht, wens("a", "b")).minuten == 15


def test_alle_redenen_van_een_wens_komen_tegelijk() -> None:
    inricht = inrichting(product("a", avond=False), product("b", geldig_tot=date(2026, 12, 2)), product("c"))
    weigering = plan_wens(inricht, wens("a", "b", ("c", 2), "bestaat-niet"), DAG)
    assert isinstance(weigering, Weigering)
    assert [reden.code.value for reden in weigering.redenen] == [
        "niet_in_de_avond", "product_niet_geldig", "product_niet_geldig", "te_veel_personen"
    ]  # fmt: skip
    assert weigering.splitsing == ()


@pytest.mark.parametrize(
    "fout", [wens(), wens(("a", 0)), wens(("a", -3)), wens("a", behoeften=("onbekend",))]
)
def test_een_onmogelijke_wens_is_een_fout_van_de_invoer(fout: object) -> None:
    with pytest.raises(ValueError):
        plan_wens(inrichting(product()), fout, DAG)  # type: ignore[arg-type]  # de parameter is een Wens


def test_elke_begintijd_van_het_raster_is_vrij_of_heeft_een_korte_reden() -> None:
    inricht = inrichting(replace(PASPOORT, minuten=45, tegelijk_max=1), RIJBEWIJS)
    druk = avond(
        staat("17.30", "18.00", "B1", producten=("paspoort",)), staat("19.00", "19.30", "B2"), plekken=V12
    )
    for gevraagd in (wens("paspoort"), wens("rijbewijs"), wens("paspoort", "rijbewijs")):
        uitslag = zoek(inricht, druk, gevraagd, moment("17.10"))
        begin = [start.begin for start in uitslag.vrij] + [start.begin for start in uitslag.geweigerd]
        assert sorted(begin) == [moment("17.00") + timedelta(minutes=15 * n) for n in range(12)]
        for start in uitslag.geweigerd:
            assert start.redenen
            assert all(len(reden.tekst.split()) <= 15 for reden in start.redenen), start


def test_de_eerste_mogelijkheden_lezen_niet_meer_avonden_dan_nodig() -> None:
    inricht = inrichting(product())
    gelezen: list[date] = []

    def avonden() -> object:
        for week in range(50):
            gelezen.append(DAG + timedelta(weeks=week))
            yield avond(dag=gelezen[-1])

    starts = first_starts(inricht, Kalender(inricht), avonden(), wens("a"), NU, 5, after(time(18, 30)))  # type: ignore[arg-type]  # een generator is itereerbaar
    assert [start.begin for start in starts] == [
        moment("18.30") + timedelta(minutes=15 * n) for n in range(5)
    ]
    assert gelezen == [DAG]


def test_de_eerste_mogelijkheden_zijn_dezelfde_als_de_hele_uitslag() -> None:
    inricht = inrichting(PASPOORT, RIJBEWIJS)
    druk = avond(staat("17.00", "18.30", "B1"), staat("18.00", "19.00", "B2"), plekken=V12)
    for gevraagd in (wens("paspoort"), wens("rijbewijs")):
        starts = first_starts(inricht, Kalender(inricht), [druk], gevraagd, NU, 99)
        assert [start.begin for start in starts] == [
            start.begin for start in zoek(inricht, druk, gevraagd).vrij
        ]


@pytest.mark.parametrize(
    ("dag", "van", "tot", "aantal"),
    [(date(2026, 10, 25), time(0, 30), time(4, 0), 18), (date(2027, 3, 28), time(0, 30), time(4, 0), 10)],
)
def test_in_de_nacht_dat_de_klok_verspringt_telt_het_raster_echte_tijd(
    dag: date, van: time, tot: time, aantal: int
) -> None:
    from frontoffice.agenda.tijd import dagvak

    nacht = Avond(dag, (dagvak(dag, van, tot),), (replace(plek(), vak=dagvak(dag, van, tot)),))
    uitslag = zoek(inrichting(product()), nacht, wens("a"), to_utc(dag, time(0)))
    assert len(uitslag.vrij) == aantal
    assert len({start.begin for start in uitslag.vrij}) == aantal


def test_een_uitslag_rekent_in_utc() -> None:
    start = zoek(inrichting(product()), avond(), wens("a")).vrij[0]
    assert (start.begin, start.eind) == (
        datetime.fromisoformat("2026-12-03T16:00:00+00:00"),
        datetime.fromisoformat("2026-12-03T16:15:00+00:00"),
    )
    assert from_tik(vak("17.00", "17.05").begin) == start.begin
