"""Driehonderd contacten door een haperend register, met kills tussendoor."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.centrale import Centrale
from tests.e2e.test_registreren import check_precies_een_keer, run_rampspoed


def test_driehonderd_contacten_staan_er_na_storingen_en_kills_precies_een_keer(
    centrale: Centrale, profiel: Path, eigen_omgeving: Path
) -> None:
    concepten = run_rampspoed(centrale, profiel, eigen_omgeving, 300, 15, zaad=300)
    check_precies_een_keer(centrale, concepten)
