"""Nederlandse woorden voor dagen, tijden en aantallen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain import taal
from tests.bouwers import VANDAAG


def test_datums_kort_en_lang_met_het_jaar_alleen_als_het_een_ander_jaar_is() -> None:
    assert taal.datum_kort(date(2026, 12, 17), VANDAAG) == "do 17 dec"
    assert taal.datum_kort(date(2025, 12, 17), VANDAAG) == "wo 17 dec 2025"
    assert taal.datum_lang(date(2026, 12, 17), VANDAAG) == "donderdag 17 december"
    assert taal.datum_lang(date(2027, 1, 1), VANDAAG) == "vrijdag 1 januari 2027"


def test_tijden_zijn_nederlandse_tijden_ook_in_de_zomer() -> None:
    assert taal.tijd(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == "18.30 uur"
    assert taal.tijd(datetime(2026, 7, 1, 7, 5, tzinfo=UTC)) == "9.05 uur"
    assert taal.tijd(datetime(2026, 11, 22, 17, 30)) == "18.30 uur"  # noqa: DTZ001 - Open Klant geeft zulke tijden


def test_een_contact_net_na_middernacht_hoort_bij_de_nederlandse_dag() -> None:
    assert taal.dag_van(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)) == date(2026, 11, 22)


def test_de_tijdzone_van_de_pc_maakt_niet_uit(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert taal.tijd(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == "18.30 uur"
        assert taal.dag_van(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) == date(2026, 11, 22)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("dagen_geleden", "kop"),
    [(0, "vandaag"), (1, "gisteren"), (-1, "morgen"), (6, "ma 16 november"), (370, "ma 17 november 2025")],
)
def test_koppen_boven_een_dag(dagen_geleden: int, kop: str) -> None:
    assert taal.dagkop(VANDAAG - timedelta(days=dagen_geleden), VANDAAG) == kop


def test_iets_zonder_datum_krijgt_een_eerlijke_kop() -> None:
    assert taal.dagkop(taal.dag_van(taal.ONBEKEND_MOMENT), VANDAAG) == "datum onbekend"


def test_aantallen_en_wachttijden() -> None:
    assert [taal.nog(0), taal.nog(1), taal.nog(5)] == ["vandaag", "morgen", "nog 5 dagen"]
    assert [taal.te_laat(1), taal.te_laat(3)] == ["1 dag te laat", "3 dagen te laat"]
    assert [taal.aantal(n, "zaak", "zaken") for n in (0, 1, 2)] == ["geen zaken", "1 zaak", "2 zaken"]
    assert taal.sinds(VANDAAG - timedelta(days=1), VANDAAG) == "sinds gisteren"
    assert taal.sinds(VANDAAG - timedelta(days=6), VANDAAG) == "sinds ma 16 nov"


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2200, 1, 1)))
def test_middernacht_van_een_dag_valt_op_die_dag(dag: date) -> None:
    assert taal.dag_van(taal.middernacht(dag)) == dag
    assert taal.dag_van(taal.middernacht(dag) - timedelta(seconds=1)) == dag - timedelta(days=1)


@pytest.mark.parametrize(
    ("tekst", "kaal"),
    [
        ("Şahin", "sahin"),
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("Łukasz", "lukasz"),
        ("JANSEN", "jansen"),
    ],
)
def test_zoeken_let_niet_op_accenten(tekst: str, kaal: str) -> None:
    assert taal.zonder_accenten(tekst) == kaal
