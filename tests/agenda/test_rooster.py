"""Van rooster naar plekken, en de dekking per bevoegdheid en product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.avond import Avond, AvondToestand
from frontoffice.agenda.inrichting import (
    Balie,
    Bevoegdheid,
    Blokkade,
    Dienst,
    DienstToestand,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
    Rol,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond, dekking, dekkingszinnen, productdekking
from frontoffice.agenda.tijd import Vak, dagvak

DAG = date(2026, 12, 3)
REGEL = Openingsregel("do", "donderdagavond", frozenset({3}), time(17), time(20), date(2026, 1, 1))
PASPOORT = Product("paspoort", "Paspoort aanvragen", 15, bevoegdheden=frozenset({"reisdocument"}))
RIJBEWIJS = Product("rijbewijs", "Rijbewijs aanvragen", 10, bevoegdheden=frozenset({"rijbewijs"}))


def mens(id_: str, *mag: str | Bevoegdheid, organisatie: str = "Losser", **rest: date) -> Medewerker:
    bevoegd = tuple(b if isinstance(b, Bevoegdheid) else Bevoegdheid(b) for b in mag)
    return Medewerker(id_, id_.upper(), organisatie, bevoegd, **rest)


def dienst(medewerker: str, balie: str, van: int = 17, tot: int = 20, **rest: object) -> Dienst:
    return Dienst(f"{medewerker}-{balie}-{van}", DAG, medewerker, time(van), time(tot), balie, **rest)  # type: ignore[arg-type]


def inrichting(*diensten: Dienst, **rest: object) -> Inrichting:
    basis = Inrichting(
        Locatie("Proef"),
        regels=(REGEL,),
        balies=(Balie("B1", "Balie 1", frozenset({"pin"})), Balie("B2", "Balie 2", volgorde=1)),
        medewerkers=(mens("an", "reisdocument", "rijbewijs"), mens("bo", "reisdocument")),
        diensten=diensten,
        producten=(PASPOORT, RIJBEWIJS),
    )
    return replace(basis, **rest)  # type: ignore[arg-type]


def avond(inricht: Inrichting, dag: date = DAG) -> Avond:
    return build_avond(inricht, Kalender(inricht), dag)


def uren(van: int, tot: int, minuut: int = 0) -> Vak:
    return dagvak(DAG, time(van), time(tot, minuut))


def test_een_dienst_wordt_een_plek_met_wat_medewerker_mag_en_balie_heeft() -> None:
    (plek,) = avond(inrichting(dienst("an", "B1"))).plekken
    assert (plek.balie, plek.medewerker, plek.organisatie, plek.vak) == ("B1", "an", "Losser", uren(17, 20))
    assert plek.mag == {"reisdocument", "rijbewijs"}
    assert plek.voorzieningen == {"pin"}


def test_een_pauze_van_de_balie_maakt_er_twee_plekken_van() -> None:
    pauze = Blokkade("p", DAG, time(18, 15), time(18, 30), "pauze", balie="B1")
    plekken = avond(inrichting(dienst("an", "B1"), dienst("bo", "B2"), blokkades=(pauze,))).plekken
    assert [(p.balie, p.vak) for p in plekken] == [
        ("B1", dagvak(DAG, time(17), time(18, 15))),
        ("B1", dagvak(DAG, time(18, 30), time(20))),
        ("B2", uren(17, 20)),
    ]


def test_een_pauze_van_een_medewerker_volgt_hem_naar_elke_balie() -> None:
    pauze = Blokkade("p", DAG, time(18), time(19), "overleg", medewerker="an")
    inricht = inrichting(dienst("an", "B1", 17, 18), dienst("an", "B2", 18, 20), blokkades=(pauze,))
    assert [(p.balie, p.vak) for p in avond(inricht).plekken] == [("B1", uren(17, 18)), ("B2", uren(19, 20))]


def test_een_blokkade_zonder_wie_geldt_voor_iedereen() -> None:
    dicht = Blokkade("s", DAG, time(17), time(20), "storing")
    assert avond(inrichting(dienst("an", "B1"), dienst("bo", "B2"), blokkades=(dicht,))).plekken == ()


def test_een_blokkade_van_een_andere_dag_doet_niets() -> None:
    elders = Blokkade("p", date(2026, 12, 10), time(17), time(20), "pauze")
    assert len(avond(inrichting(dienst("an", "B1"), blokkades=(elders,))).plekken) == 1


def test_wie_ziek_is_heeft_geen_plek_maar_het_rooster_is_wel_ingevuld() -> None:
    ziek = avond(inrichting(dienst("an", "B1", toestand=DienstToestand.ZIEK)))
    assert (ziek.plekken, ziek.rooster_ingevuld) == ((), True)


def test_v23_zonder_diensten_is_het_rooster_nog_niet_ingevuld() -> None:
    leeg = avond(inrichting())
    assert (leeg.plekken, leeg.rooster_ingevuld, leeg.dicht_omdat) == ((), False, "")
    assert dekkingszinnen(leeg, inrichting()) == ("Het rooster van deze avond is nog niet ingevuld.",)


def test_alleen_een_gastheer_is_geen_ingevuld_rooster() -> None:
    gastheer = avond(inrichting(dienst("an", "", rol=Rol.GASTHEER)))
    assert (gastheer.plekken, gastheer.rooster_ingevuld) == ((), False)


def test_v24_een_verlopen_bevoegdheid_telt_niet() -> None:
    verlopen = mens("es", Bevoegdheid("reisdocument", geldig_tot=date(2026, 12, 1)), organisatie="Enschede")
    assert avond(inrichting(dienst("es", "B1"), medewerkers=(verlopen,))).plekken == ()


def test_een_bevoegdheid_geldt_tot_en_met_de_laatste_dag_en_alleen_zelfstandig() -> None:
    op_de_dag = mens(
        "es",
        Bevoegdheid("reisdocument", geldig_van=DAG, geldig_tot=DAG),
        Bevoegdheid("rijbewijs", zelfstandig=False),
    )
    (plek,) = avond(inrichting(dienst("es", "B1"), medewerkers=(op_de_dag,))).plekken
    assert plek.mag == {"reisdocument"}


def test_een_medewerker_die_uit_dienst_is_telt_niet() -> None:
    weg = mens("an", "reisdocument", actief_tot=date(2026, 12, 2))
    assert avond(inrichting(dienst("an", "B1"), medewerkers=(weg,))).plekken == ()


def test_een_balie_die_niet_in_gebruik_is_telt_niet() -> None:
    weg = Balie("B1", "Balie 1", actief_tot=date(2026, 12, 2))
    assert avond(inrichting(dienst("an", "B1"), balies=(weg,))).plekken == ()


def test_wie_dubbel_in_het_rooster_staat_is_er_maar_een_keer() -> None:
    inricht = inrichting(dienst("an", "B1", 17, 19), dienst("an", "B2", 18, 20))
    assert [(p.balie, p.vak) for p in avond(inricht).plekken] == [("B1", uren(17, 19)), ("B2", uren(19, 20))]


def test_een_onbekende_balie_of_medewerker_laat_niets_omvallen() -> None:
    assert avond(inrichting(dienst("wie", "B1"), dienst("an", "B9"))).plekken == ()


def test_een_dienst_mag_langer_duren_dan_de_opening() -> None:
    laat = avond(inrichting(dienst("an", "B1", 16, 21)))
    assert (laat.open, laat.plekken[0].vak) == ((uren(17, 20),), uren(16, 21))


def test_plekken_staan_op_volgorde_van_balie_en_tijd() -> None:
    inricht = inrichting(dienst("bo", "B2"), dienst("an", "B1", 18, 20), dienst("bo", "B1", 17, 18))
    assert [p.balie for p in avond(inricht).plekken] == ["B1", "B1", "B2"]


def test_een_dichte_dag_zegt_waarom_en_houdt_toestand_en_versie_vast() -> None:
    dicht = Uitzondering("u", DAG, SoortUitzondering.GESLOTEN, "Verbouwing")
    inricht = inrichting(dienst("an", "B1"), uitzonderingen=(dicht,))
    gebouwd = build_avond(inricht, Kalender(inricht), DAG, (), AvondToestand.CONCEPT, 7)
    assert (gebouwd.open, gebouwd.dicht_omdat) == ((), "Gesloten: Verbouwing.")
    assert (gebouwd.toestand, gebouwd.versie) == (AvondToestand.CONCEPT, 7)
    assert dekking(gebouwd, inricht) == ()
    assert dekkingszinnen(gebouwd, inricht) == ()


def test_dekking_telt_per_bevoegdheid_de_balies_in_de_tijd() -> None:
    inricht = inrichting(dienst("an", "B1", 17, 18), dienst("bo", "B2", 17, 20))
    reis, rij = dekking(avond(inricht), inricht)
    assert (reis.soort, [(s.vak, s.aantal) for s in reis.stukken]) == (
        "reisdocument",
        [(uren(17, 18), 2), (uren(18, 20), 1)],
    )
    assert (reis.gaten, reis.minst) == ((), 1)
    assert (rij.soort, rij.gaten, rij.minst) == ("rijbewijs", (uren(18, 20),), 0)


def test_twee_mensen_aan_een_balie_tellen_in_de_dekking_als_een() -> None:
    inricht = inrichting(dienst("an", "B1"), dienst("bo", "B1"))
    assert [stuk.aantal for stuk in dekking(avond(inricht), inricht)[0].stukken] == [1]


def test_dekking_zegt_na_welke_tijd_niemand_het_kan() -> None:
    half = replace(dienst("an", "B1"), tot=time(18, 30))
    inricht = inrichting(half, dienst("bo", "B2"))
    zinnen = dekkingszinnen(avond(inricht), inricht)
    assert zinnen == ("Na 18.30 uur kan niemand dit doen: Rijbewijs aanvragen.",)


def test_waar_een_bezoeker_meekijkt_noemt_de_dekking_alleen_de_groep_en_die_maar_een_keer() -> None:
    half = replace(dienst("an", "B1"), tot=time(18, 30))
    inricht = inrichting(half, dienst("bo", "B2"))
    rijbewijs = replace(inricht.product["rijbewijs"], groep="Burgerzaken")
    nog_een = replace(rijbewijs, code="naturalisatie", naam="Naturalisatie, eerste gesprek")
    rest = tuple(product for product in inricht.producten if product.code != "rijbewijs")
    inricht = replace(inricht, producten=(*rest, rijbewijs, nog_een))
    zinnen = dekkingszinnen(avond(inricht), inricht, alleen_groep=True)
    assert zinnen == ("Na 18.30 uur kan niet alles: Burgerzaken.",)


def test_dekking_zegt_het_ook_van_het_begin_het_midden_en_de_hele_avond() -> None:
    begin = inrichting(dienst("an", "B1", 18, 20), dienst("bo", "B2"))
    assert dekkingszinnen(avond(begin), begin) == (
        "Tot 18.00 uur kan niemand dit doen: Rijbewijs aanvragen.",
    )
    pauze = Blokkade("p", DAG, time(18), time(19), "pauze", medewerker="an")
    midden = inrichting(dienst("an", "B1"), dienst("bo", "B2"), blokkades=(pauze,))
    assert dekkingszinnen(avond(midden), midden) == (
        "Van 18.00 uur tot 19.00 uur kan niemand dit doen: Rijbewijs aanvragen.",
    )
    nooit = inrichting(dienst("bo", "B2"))
    assert dekkingszinnen(avond(nooit), nooit) == (
        "De hele avond kan niemand dit doen: Rijbewijs aanvragen.",
    )


def test_productdekking_vraagt_alles_van_een_medewerker_aan_een_balie_met_de_spullen() -> None:
    samen = Product(
        "s",
        "Samen",
        15,
        bevoegdheden=frozenset({"reisdocument", "rijbewijs"}),
        voorzieningen=frozenset({"pin"}),
    )
    zonder_pin = inrichting(dienst("an", "B2"), dienst("bo", "B1"), producten=(samen,))
    assert productdekking(avond(zonder_pin), zonder_pin)[0].gaten == (uren(17, 20),)
    met_pin = inrichting(dienst("an", "B1"), producten=(samen,))
    assert productdekking(avond(met_pin), met_pin)[0].gaten == ()


def test_een_product_dat_niet_in_de_avond_kan_hoeft_geen_dekking() -> None:
    overdag = replace(RIJBEWIJS, avond=False)
    inricht = inrichting(dienst("bo", "B2"), producten=(PASPOORT, overdag))
    assert [d.soort for d in dekking(avond(inricht), inricht)] == ["reisdocument"]
    assert dekkingszinnen(avond(inricht), inricht) == ()


def test_bouwen_is_elke_keer_hetzelfde_en_verandert_de_inrichting_niet() -> None:
    inricht = inrichting(dienst("an", "B1"), dienst("bo", "B2"))
    kopie = replace(inricht)
    assert avond(inricht) == avond(inricht)
    assert inricht == kopie


_TIKKEN = st.integers(0, 60)


@given(
    st.lists(
        st.tuples(st.sampled_from(["an", "bo"]), st.sampled_from(["B1", "B2"]), _TIKKEN, _TIKKEN), max_size=5
    ),
    st.lists(st.tuples(st.sampled_from(["", "B1", "B2"]), _TIKKEN, _TIKKEN), max_size=4),
)
def test_een_plek_is_werktijd_zonder_blokkade_en_niemand_is_op_twee_plaatsen(
    rooster: list[tuple[str, str, int, int]], dicht: list[tuple[str, int, int]]
) -> None:
    def tijd(tik: int) -> time:
        return time(16 + tik // 12, tik % 12 * 5)

    diensten = tuple(
        Dienst(str(n), DAG, wie, tijd(min(a, b)), tijd(max(a, b)), waar)
        for n, (wie, waar, a, b) in enumerate(rooster)
        if a != b
    )
    blokkades = tuple(
        Blokkade(str(n), DAG, tijd(min(a, b)), tijd(max(a, b)), "x", balie=waar)
        for n, (waar, a, b) in enumerate(dicht)
        if a != b
    )
    basis = dagvak(DAG, time(16), time(21)).begin
    inricht = inrichting(*diensten, blokkades=blokkades)
    plekken = avond(inricht).plekken
    for tik in range(basis, basis + 60):
        nu = tijd(tik - basis)
        for wie in ("an", "bo"):
            hier = [p for p in plekken if p.medewerker == wie and p.vak.begin <= tik < p.vak.eind]
            werkt = {d.balie for d in diensten if d.medewerker == wie and d.van <= nu < d.tot}
            vrij = {
                b for b in werkt if not any(x.balie in ("", b) and x.van <= nu < x.tot for x in blokkades)
            }
            assert len(hier) <= 1
            assert {p.balie for p in hier} <= vrij
            if len(werkt) == 1:
                assert {p.balie for p in hier} == vrij
