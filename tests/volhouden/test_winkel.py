"""De winkel onder druk: vijfhonderd keer kill, en elke systeemaanroep die kan mislukken, één voor één."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.storage.test_winkelcrash import (
    STORINGEN,
    check_na_kill,
    count_calls,
    eis_strace,
    fail_at,
    kill_while_typing,
)

KILLS = 500


def test_vijfhonderd_kills_kosten_niets_wat_bewaard_heette(tmp_path: Path) -> None:
    toeval = random.Random(500)
    for keer in range(KILLS):
        pad = tmp_path / f"{keer // 25}" / "werkplek.db"
        check_na_kill(pad, kill_while_typing(pad, toeval.uniform(0, 0.3)))


@pytest.mark.parametrize(("aanroep", "fout"), STORINGEN)
def test_elke_aanroep_mag_mislukken_een_keer_of_vanaf_dan(tmp_path: Path, aanroep: str, fout: str) -> None:
    eis_strace()
    for plek in range(1, count_calls(tmp_path, aanroep) + 1):
        for vanaf in ("", "+"):
            fail_at(tmp_path / f"{plek}{vanaf}", aanroep, fout, f"{plek}{vanaf}")
