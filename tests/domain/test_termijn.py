"""Streefdatum en wettelijke termijn, met opschorting en verlenging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.termijn import Termijn, bereken_termijn, tel_op
from tests.bouwers import KAPVERGUNNING, VANDAAG, maak_catalogus, maak_zaak


def na(dagen: int) -> date:
    return VANDAAG + timedelta(days=dagen)


def test_alleen_een_voorbije_wettelijke_termijn_is_te_laat() -> None:
    termijn = bereken_termijn(maak_zaak(dagen=-3), VANDAAG)
    assert (termijn.te_laat, termijn.dagen, termijn.tekst) == (True, -3, "3 dagen te laat")


def test_op_de_dag_zelf_is_het_nog_niet_te_laat() -> None:
    termijn = bereken_termijn(maak_zaak(dagen=0), VANDAAG)
    assert (termijn.te_laat, termijn.dagen, termijn.tekst) == (False, 0, "besluit vandaag")


def test_een_voorbije_streefdatum_is_geen_te_laat() -> None:
    termijn = bereken_termijn(maak_zaak(dagen=20, streefdatum=na(-2)), VANDAAG)
    assert not termijn.te_laat
    assert termijn.tekst == "streefdatum 2 dagen voorbij"


def test_zonder_wettelijke_termijn_is_een_zaak_nooit_te_laat() -> None:
    termijn = bereken_termijn(maak_zaak(uiterste_datum=None, streefdatum=na(-40)), VANDAAG)
    assert (termijn.te_laat, termijn.tekst) == (False, "streefdatum 40 dagen voorbij")


def test_een_opgeschorte_zaak_ligt_stil_en_is_niet_te_laat() -> None:
    termijn = bereken_termijn(maak_zaak(dagen=-30, opgeschort=True), VANDAAG)
    assert (termijn.te_laat, termijn.dagen, termijn.tekst) == (False, None, "ligt stil")


def test_wie_eerder_stillag_heet_niet_te_laat_want_die_dagen_kent_het_register_niet() -> None:
    zaak = maak_zaak(startdatum=na(-59), uiterste_datum=na(-3), eerder_opgeschort=True)
    termijn = bereken_termijn(zaak, VANDAAG, maak_catalogus())
    assert (termijn.te_laat, termijn.onzeker_te_laat) == (False, True)
    assert termijn.tekst == "datum voorbij, maar de zaak lag stil"


def test_een_datum_die_het_zaaksysteem_zelf_verzette_is_wel_zeker() -> None:
    zaak = maak_zaak(startdatum=na(-80), uiterste_datum=na(-3), eerder_opgeschort=True)
    assert bereken_termijn(zaak, VANDAAG, maak_catalogus()).te_laat


def test_een_afgeronde_zaak_heeft_geen_termijn_meer() -> None:
    termijn = bereken_termijn(maak_zaak(dagen=-30, einddatum=na(-1)), VANDAAG)
    assert (termijn.te_laat, termijn.dagen, termijn.tekst) == (False, None, "")


def test_een_verlenging_die_het_register_niet_optelde_telt_mee() -> None:
    zaak = maak_zaak(startdatum=na(-59), uiterste_datum=na(-3), verlenging_duur="P6W")
    assert bereken_termijn(zaak, VANDAAG, maak_catalogus()).wettelijk == na(39)


def test_een_verlenging_die_al_in_de_datum_zit_telt_niet_dubbel() -> None:
    zaak = maak_zaak(startdatum=na(-59), uiterste_datum=na(-3) + timedelta(weeks=6), verlenging_duur="P6W")
    assert bereken_termijn(zaak, VANDAAG, maak_catalogus()).wettelijk == na(39)


def test_zonder_doorlooptijd_telt_een_verlenging_mee() -> None:
    zaak = maak_zaak(dagen=-3, verlenging_duur="P14D")
    kaal = maak_catalogus(replace(KAPVERGUNNING, doorlooptijd=""))
    assert bereken_termijn(zaak, VANDAAG, kaal).wettelijk == na(11)
    assert bereken_termijn(zaak, VANDAAG).wettelijk == na(11)


def test_een_onleesbare_verlenging_verandert_niets() -> None:
    assert bereken_termijn(maak_zaak(dagen=-3, verlenging_duur="zes weken"), VANDAAG).wettelijk == na(-3)


@pytest.mark.parametrize(
    ("duur", "verwacht"),
    [
        ("P14D", date(2026, 2, 14)),
        ("P6W", date(2026, 3, 14)),
        ("P1M", date(2026, 2, 28)),
        ("P1Y2M10D", date(2027, 4, 10)),
        ("P13M", date(2027, 2, 28)),
        ("P0D", date(2026, 1, 31)),
        ("P1DT12H", date(2026, 2, 1)),
    ],
)
def test_een_duur_volgens_iso_8601_bij_een_datum(duur: str, verwacht: date) -> None:
    assert tel_op(date(2026, 1, 31), duur) == verwacht


@pytest.mark.parametrize("duur", ["", "P", "6 weken", "P9999Y", "-P1D"])
def test_een_duur_die_niet_te_lezen_is_of_te_ver_gaat_geeft_niets(duur: str) -> None:
    assert tel_op(date(2026, 1, 31), duur) is None


DAGEN = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@given(DAGEN, st.integers(0, 5000))
def test_dagen_en_weken_tellen_zoals_de_kalender(dag: date, aantal: int) -> None:
    assert tel_op(dag, f"P{aantal}D") == dag + timedelta(days=aantal)
    if aantal < 700:
        assert tel_op(dag, f"P{aantal}W") == dag + timedelta(weeks=aantal)


@given(DAGEN, st.integers(0, 240))
def test_maanden_komen_altijd_in_de_bedoelde_maand_uit(dag: date, maanden: int) -> None:
    later = tel_op(dag, f"P{maanden}M")
    assert later is not None
    assert (later.year * 12 + later.month) - (dag.year * 12 + dag.month) == maanden
    assert later.day <= dag.day


@given(
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.booleans(),
    st.booleans(),
)
def test_te_laat_en_streefdatum_voorbij_gaan_nooit_samen(
    streef: date | None, wettelijk: date | None, stil: bool, klaar: bool
) -> None:
    termijn = Termijn(VANDAAG, streef, wettelijk, ligt_stil=stil, klaar=klaar)
    assert not (termijn.te_laat and termijn.streefdatum_voorbij)
    if stil or klaar:
        assert not termijn.te_laat
        assert termijn.dagen is None
    if "te laat" in termijn.tekst:
        assert wettelijk is not None
        assert wettelijk < VANDAAG
