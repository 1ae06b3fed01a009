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
DELEN = 4
"""In stukken, zodat geen proef langer dan een paar minuten duurt."""


@pytest.mark.parametrize("reeks", range(10))
def test_vijfhonderd_kills_kosten_niets_wat_bewaard_heette(tmp_path: Path, reeks: int) -> None:
    toeval = random.Random(reeks)
    pad = tmp_path / "werkplek.db"
    for _ in range(KILLS // 10):
        check_na_kill(pad, kill_while_typing(pad, toeval.uniform(0, 0.3)))


@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("vanaf", ["", "+"])
@pytest.mark.parametrize(("aanroep", "fout"), STORINGEN)
def test_elke_aanroep_mag_mislukken_een_keer_of_vanaf_dan(
    tmp_path: Path, aanroep: str, fout: str, vanaf: str, deel: int
) -> None:
    eis_strace()
    for plek in range(1 + deel, count_calls(tmp_path, aanroep) + 1, DELEN):
        fail_at(tmp_path / str(plek), aanroep, fout, f"{plek}{vanaf}")
