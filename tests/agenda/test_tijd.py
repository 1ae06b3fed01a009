"""Plaatselijke tijd en tikken, over beide nachten van de zomertijd (evening-appointments.md §4c)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.inrichting import Feestdag, FeestdagBeleid, Openingsregel
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import (
    Vak,
    ceil_tik,
    dagvak,
    floor_tik,
    from_tik,
    merge,
    subtract,
    tijdlabel,
    tikken,
    to_tik,
    to_utc,
)
from frontoffice.domain import taal
from tests.agenda.test_kalender import DONDERDAG, inrichting, starts

PROJECT = Path(__file__).resolve().parents[2]
vakken = st.tuples(st.integers(0, 400), st.integers(0, 60)).map(lambda paar: Vak(paar[0], paar[0] + paar[1]))


def test_t01_vijf_uur_is_voor_en_na_de_zomertijd_vijf_uur() -> None:
    voor, na = date(2027, 3, 25), date(2027, 4, 1)
    kalender = Kalender(inrichting())
    for dag, utc in ((voor, "16:00"), (na, "15:00")):
        begin = kalender.opening(dag).vakken[0].begin_utc
        assert begin.isoformat() == f"{dag}T{utc}:00+00:00"
        assert tijdlabel(begin) == "17.00 uur"
        assert len(starts(inrichting(dag=dag), dag)) == 12


def nacht(dag: date) -> Openingsregel:
    return Openingsregel("n", "nacht", frozenset({6}), time(1), time(4), dag)


def test_t03_in_de_nacht_van_de_wintertijd_komt_twee_uur_twee_keer_en_is_te_onderscheiden() -> None:
    dag = date(2026, 10, 25)
    inricht = inrichting(nacht(dag), dag=dag)
    gevonden = starts(inricht, dag)
    assert len(gevonden) == 16
    assert [tijd for tijd in gevonden if tijd.startswith("2.")] == ["2.00", "2.15", "2.30", "2.45"] * 2
    vak = Kalender(inricht).opening(dag).vakken[0]
    labels = [tijdlabel(from_tik(tik)) for tik in range(vak.begin, vak.eind, 3)]
    assert len(set(labels)) == 16
    assert labels[4:8] == [f"2.{m} uur (zomertijd)" for m in ("00", "15", "30", "45")]
    assert labels[8:12] == [f"2.{m} uur (wintertijd)" for m in ("00", "15", "30", "45")]
    assert labels[3] == "1.45 uur"
    assert labels[12] == "3.00 uur"


def test_in_de_nacht_van_de_zomertijd_is_er_een_uur_minder() -> None:
    dag = date(2027, 3, 28)
    pasen = Feestdag("p", "Pasen", FeestdagBeleid.OPEN, naam_van="Eerste paasdag")
    gevonden = starts(inrichting(nacht(dag), dag=dag, feestdagen=(pasen,)), dag)
    assert len(gevonden) == 8
    assert [tijd for tijd in gevonden if tijd.startswith("2.")] == []


def test_een_tijd_in_het_overgeslagen_uur_schuift_evenveel_op() -> None:
    assert to_utc(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert taal.tijd(to_utc(date(2027, 3, 28), time(2, 30))) == "3.30 uur"


def test_een_dubbele_tijd_is_de_eerste() -> None:
    assert to_utc(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_een_tik_begint_op_vijf_minuten_en_heeft_een_zone() -> None:
    moment = datetime(2026, 12, 3, 16, 5, tzinfo=UTC)
    assert from_tik(to_tik(moment)) == moment
    for fout in (
        moment.replace(tzinfo=None),
        moment + timedelta(minutes=1),
        moment + timedelta(microseconds=1),
    ):
        with pytest.raises(ValueError, match="moment"):
            to_tik(fout)


def test_een_vak_loopt_nooit_achteruit() -> None:
    with pytest.raises(ValueError, match="eindigt"):
        Vak(2, 1)


@given(st.integers(0, 4_000_000_000).map(lambda seconden: datetime.fromtimestamp(seconden, UTC)))
def test_een_moment_ligt_tussen_zijn_twee_tikken(moment: datetime) -> None:
    assert from_tik(floor_tik(moment)) <= moment <= from_tik(ceil_tik(moment))
    assert ceil_tik(moment) - floor_tik(moment) in (0, 1)


@given(st.integers(0, 1000))
def test_minuten_worden_naar_boven_afgerond_op_tikken(minuten: int) -> None:
    assert (tikken(minuten) - 1) * 5 < max(minuten, 1) <= max(tikken(minuten), 1) * 5


@given(vakken, st.lists(vakken, max_size=6))
def test_aftrekken_haalt_precies_de_gedeelde_tikken_weg(vak: Vak, weg: list[Vak]) -> None:
    verboden = {tik for gat in weg for tik in range(gat.begin, gat.eind)}
    rest = subtract(vak, weg)
    assert {t for v in rest for t in range(v.begin, v.eind)} == set(range(vak.begin, vak.eind)) - verboden
    assert list(rest) == sorted(rest)
    assert all(stuk.lengte for stuk in rest)


@given(st.lists(vakken, max_size=8))
def test_samenvoegen_houdt_elke_tik_en_laat_niets_aansluiten(rij: list[Vak]) -> None:
    samen = merge(rij)
    assert {t for v in samen for t in range(v.begin, v.eind)} == {
        t for v in rij for t in range(v.begin, v.eind)
    }
    assert all(een.eind < ander.begin for een, ander in pairwise(samen))


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_een_etmaal_duurt_23_24_of_25_uur_en_de_dagen_sluiten_aan(dag: date) -> None:
    vak = dagvak(dag, time(0), time(0))
    assert vak.lengte in (23 * 12, 24 * 12, 25 * 12)
    assert dagvak(dag + timedelta(days=1), time(0), time(0)).begin == vak.eind


_ZESTIG_WEKEN = """
import json, time
from datetime import date, timedelta
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import tijdlabel
from tests.agenda.test_kalender import DONDERDAG, inrichting, starts
kalender = Kalender(inrichting())
uit = []
for dag in kalender.open_dagen(date(2026, 10, 1), date(2026, 10, 1) + timedelta(weeks=67)):
    vak = kalender.opening(dag).vakken[0]
    uit.append([dag.isoformat(), vak.begin, vak.eind, tijdlabel(vak.begin_utc), tijdlabel(vak.eind_utc)])
over = [[dag, starts(inrichting(dag=date.fromisoformat(dag)), date.fromisoformat(dag))] for dag in
        ("2026-10-22", "2026-10-29", "2026-12-31", "2027-03-25", "2027-04-01", "2027-10-28", "2028-01-06")]
print(json.dumps([time.tzname[0], time.timezone, uit, over]))
"""


def _zestig_weken(zone: str) -> list[object]:
    uit = subprocess.run(
        [sys.executable, "-c", _ZESTIG_WEKEN],
        cwd=PROJECT,
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(uit.stdout)  # type: ignore[no-any-return]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows luistert niet naar TZ")
def test_zestig_weken_avonden_zijn_op_het_goede_uur_waar_de_pc_ook_staat() -> None:
    """Beide nachten van de zomertijd en twee jaarwisselingen, onder drie tijdzones van de pc."""
    per_zone = {zone: _zestig_weken(zone) for zone in ("UTC", "America/New_York", "Europe/Amsterdam")}
    assert len({str(antwoord[:2]) for antwoord in per_zone.values()}) == 3, "de pc stond niet in drie zones"
    avonden, over = per_zone["UTC"][2:]
    assert all(antwoord[2:] == [avonden, over] for antwoord in per_zone.values())
    assert isinstance(avonden, list)
    assert isinstance(over, list)
    assert len(avonden) >= 60
    for dag, begin, eind, van, tot in avonden:
        assert (van, tot, eind - begin) == ("17.00 uur", "20.00 uur", 36), dag
    # Zonder zoneinfo nagerekend: zomertijd van de laatste zondag van maart tot die van oktober.
    for dag, begin, *_ in avonden:
        zomer = date(2027, 3, 28) <= date.fromisoformat(dag) < date(2027, 10, 31) or dag < "2026-10-25"
        verwacht = datetime.fromisoformat(f"{dag}T{'15' if zomer else '16'}:00:00+00:00")
        assert begin == verwacht.timestamp() // 300
    kwartieren = [f"{u}.{m:02d}" for u in (17, 18, 19) for m in (0, 15, 30, 45)]
    assert all(tijden == kwartieren for _, tijden in over)


def test_de_regel_zelf_kent_geen_utc() -> None:
    assert (DONDERDAG.van, DONDERDAG.van.tzinfo) == (time(17), None)
