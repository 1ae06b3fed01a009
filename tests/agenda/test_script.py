"""Zeg dit: alleen wat van toepassing is, kosten op de dag zelf, toestemming en termijnen."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.inrichting import (
    Inrichting,
    Kosten,
    Meenemen,
    Vervolg,
    Voorwaarde,
    Wanneer,
    WieKomt,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.script import (
    Belscript,
    Vervolgpunt,
    check_termijn,
    consent_warning,
    make_script,
    say_time,
)
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.voorwaarde import Omstandigheden, age_on, tarief
from tests.agenda.bouw import DAG, inrichting, moment, plan, product, wens

ONDER_18 = Voorwaarde(leeftijd_onder=18)
PASPOORT = product(
    "paspoort",
    15,
    personen_max=5,
    meenemen=(
        Meenemen("alle oude paspoorten", vertaald={"de": "alle alten Pässe"}),
        Meenemen("een pasfoto"),
        Meenemen("aangifte van vermissing", Voorwaarde(omstandigheid="vermissing")),
        Meenemen("toestemming van beide ouders", ONDER_18),
        Meenemen("uw oude paspoort", wanneer=Wanneer.OPHALEN),
    ),
    wie_komt=(
        WieKomt("de aanvrager"),
        WieKomt(
            "ouder",
            2,
            ONDER_18,
            vervanging="toestemming met kopie van de identiteitskaart",
            toestemming_dagen=28,
        ),
    ),
    kosten=(
        Kosten(Decimal("80.00"), date(2026, 1, 1), date(2026, 12, 31)),
        Kosten(Decimal("60.00"), date(2026, 1, 1), date(2026, 12, 31), "18-", voorwaarde=ONDER_18),
        Kosten(Decimal("85.50"), date(2027, 1, 1)),
    ),
    vervolg=Vervolg("ophalen", 5),
)
ID_KAART = product("id-kaart", 15, meenemen=(Meenemen("een pasfoto"),), vervolg=Vervolg("ophalen", 7))
OPHALEN = product("ophalen", 5, meenemen=(Meenemen("uw oude paspoort", wanneer=Wanneer.OPHALEN),))
INRICHTING = inrichting(PASPOORT, ID_KAART, OPHALEN)


def script(
    *codes: str | tuple[str, int], dag: date = DAG, wat: Omstandigheden | None = None,
    inricht: Inrichting = INRICHTING, taal: str = "nl",
) -> Belscript:  # fmt: skip
    return make_script(inricht, Kalender(inricht), plan(inricht, wens(*codes), dag), dag, wat, taal)


VOLWASSEN = Omstandigheden(date(1985, 12, 1))
KIND = Omstandigheden(date(2015, 5, 5))


def test_alleen_wat_van_toepassing_is_wordt_gezegd() -> None:
    assert [p.tekst for p in script("paspoort", wat=VOLWASSEN).meenemen] == [
        "alle oude paspoorten",
        "een pasfoto",
    ]
    kwijt = Omstandigheden(date(1985, 12, 1), frozenset({"vermissing"}))
    assert "aangifte van vermissing" in [p.tekst for p in script("paspoort", wat=kwijt).meenemen]
    assert [p.tekst for p in script("paspoort", wat=KIND).wie_komt] == [
        "de aanvrager",
        "2 × ouder, of toestemming met kopie van de identiteitskaart",
    ]


def test_wat_van_een_niet_gevraagde_leeftijd_afhangt_staat_er_als_onzeker_bij() -> None:
    punten = {p.tekst: p for p in script("paspoort").meenemen}
    assert (punten["een pasfoto"].zeker, punten["een pasfoto"].als) == (True, "")
    onzeker = punten["toestemming van beide ouders"]
    assert (onzeker.zeker, onzeker.als) == (False, "jonger dan 18 jaar")


def test_wat_twee_producten_vragen_staat_er_een_keer() -> None:
    teksten = [p.tekst for p in script("paspoort", "id-kaart", wat=VOLWASSEN).meenemen]
    assert teksten.count("een pasfoto") == 1


def test_bij_ophalen_geldt_de_lijst_van_het_ophalen() -> None:
    assert [p.tekst for p in script("ophalen").meenemen] == ["uw oude paspoort"]


def test_een_vertaling_die_er_is_wordt_gebruikt() -> None:
    assert [p.tekst for p in script("paspoort", wat=VOLWASSEN, taal="de").meenemen] == [
        "alle alten Pässe",
        "een pasfoto",
    ]


def test_de_kosten_zijn_die_van_de_dag_van_de_afspraak() -> None:
    assert script("paspoort", wat=VOLWASSEN).totaal == Decimal("80.00")
    assert script("paspoort", wat=KIND).totaal == Decimal("60.00")
    assert script("paspoort", wat=VOLWASSEN, dag=date(2027, 1, 7)).totaal == Decimal("85.50")
    assert script(("paspoort", 2), wat=VOLWASSEN).kosten[0].bedrag == Decimal("160.00")


def test_een_bedrag_dat_niet_vaststaat_wordt_niet_genoemd() -> None:
    assert script("paspoort").totaal is None
    assert script("paspoort", "id-kaart", wat=VOLWASSEN).totaal is None
    assert script("id-kaart").kosten[0].bedrag is None
    assert tarief(PASPOORT, DAG) is None
    assert tarief(PASPOORT, date(2027, 1, 7)) == Decimal("85.50")


def test_een_gevraagde_variant_gaat_voor_het_gewone_tarief() -> None:
    spoed = product(
        kosten=(Kosten(Decimal(50), date(2026, 1, 1)), Kosten(Decimal(90), date(2026, 1, 1), variant="spoed"))
    )
    assert tarief(spoed, DAG, Omstandigheden(variant="spoed")) == 90
    assert tarief(spoed, DAG, Omstandigheden(variant="bezorgen")) == 50


def test_het_vervolg_kan_na_werkdagen_en_staat_er_een_keer_op_de_laatste_dag() -> None:
    assert script("paspoort").vervolg == (Vervolgpunt("ophalen", "ophalen", date(2026, 12, 10)),)
    assert script("paspoort", "id-kaart").vervolg[0].vanaf == date(2026, 12, 14)
    assert script("paspoort", dag=date(2026, 12, 24)).vervolg[0].vanaf == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("geboren", "dag", "leeftijd"),
    [
        (date(2008, 12, 3), date(2026, 12, 2), 17),
        (date(2008, 12, 3), date(2026, 12, 3), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_de_leeftijd_telt_op_de_dag_van_de_afspraak(geboren: date, dag: date, leeftijd: int) -> None:
    assert age_on(geboren, dag) == leeftijd


def test_een_kindproduct_voor_iemand_die_dan_18_is_waarschuwt() -> None:
    inricht = inrichting(product("paspoort-kind", 20, minderjarig=True))
    net_18 = Omstandigheden(date(2008, 12, 3))
    assert "18 of ouder" in script("paspoort-kind", wat=net_18, inricht=inricht).waarschuwingen[0]
    dag_eerder = Omstandigheden(date(2008, 12, 4))
    assert script("paspoort-kind", wat=dag_eerder, inricht=inricht).waarschuwingen == ()


# --- toestemming en termijn --------------------------------------------------------------------------------


def test_t10_toestemming_van_1_november_is_op_3_december_verlopen() -> None:
    assert "toestemming verlopen (29 nov)" in consent_warning(date(2026, 11, 1), 28, DAG)
    assert consent_warning(date(2026, 11, 6), 28, DAG) == ""
    kind = Omstandigheden(date(2015, 5, 5), toestemming_op=date(2026, 11, 1))
    assert any(
        "toestemming verlopen (29 nov)" in tekst for tekst in script("paspoort", wat=kind).waarschuwingen
    )


def test_t10_voor_een_volwassene_telt_toestemming_niet() -> None:
    volwassen = Omstandigheden(date(1985, 12, 1), toestemming_op=date(2026, 1, 1))
    assert script("paspoort", wat=volwassen).waarschuwingen == ()


def test_t11_een_geboorte_op_maandag_kan_niet_wachten_tot_een_avond_na_drie_dagen() -> None:
    geboren = date(2026, 11, 30)
    volgende_week = check_termijn(geboren, 3, date(2026, 12, 10))
    assert volgende_week.laatste_dag == date(2026, 12, 3)
    assert "uiterlijk do 3 dec" in volgende_week.waarschuwing
    assert "overdag" in volgende_week.waarschuwing
    assert check_termijn(geboren, 3, date(2026, 12, 3)).waarschuwing == ""


@pytest.mark.parametrize(
    ("geboren", "laatste"),
    [
        (date(2026, 12, 2), date(2026, 12, 7)),  # eindigt op zaterdag
        (date(2026, 12, 4), date(2026, 12, 8)),  # vrijdag: van de drie dagen is er maar één een werkdag
        (date(2026, 12, 23), date(2026, 12, 28)),  # donderdag 24 en maandag 28 zijn de twee werkdagen
    ],
)
def test_t11_vrije_dagen_verlengen_de_termijn(geboren: date, laatste: date) -> None:
    assert check_termijn(geboren, 3, date(2027, 3, 4)).laatste_dag == laatste


def test_t11_de_termijn_eindigt_nooit_op_een_feestdag() -> None:
    for dag in range(1, 366):
        geboren = date(2026, 1, 1) + timedelta(days=dag)
        laatste = check_termijn(geboren, 3, geboren).laatste_dag
        assert laatste.weekday() < 5
        assert Kalender(INRICHTING).feestdag(laatste) == ""
        assert 3 <= (laatste - geboren).days <= 7


# --- voorlezen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tijd", "gezegd"),
    [
        ("17.00", "vijf uur"),
        ("17.05", "vijf over vijf"),
        ("17.15", "kwart over vijf"),
        ("17.20", "tien voor half zes"),
        ("17.30", "half zes"),
        ("17.35", "vijf over half zes"),
        ("18.45", "kwart voor zeven"),
        ("12.50", "tien voor één"),
        ("12.00", "twaalf uur"),
        ("00.30", "half één"),
    ],
)
def test_een_tijd_zoals_u_hem_zegt(tijd: str, gezegd: str) -> None:
    assert say_time(moment(tijd)) == gezegd


@given(st.integers(0, 23), st.integers(0, 59))
def test_elke_tijd_is_te_zeggen_en_op_vijf_minuten_zonder_cijfers(uur: int, minuut: int) -> None:
    gezegd = say_time(to_utc(DAG, time(uur, minuut)))
    assert any(teken.isdigit() for teken in gezegd) is bool(minuut % 5)
