"""Honderd keer gedood tijdens het typen in het echte venster."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import pytest

from tests.conftest import PROJECTMAP
from tests.e2e.centrale import Centrale
from tests.e2e.test_afgebroken import run_kills


@pytest.mark.parametrize("reeks", range(10))
def test_honderd_keer_doden_kost_hoogstens_een_halve_seconde(
    xvfb: dict[str, str], eigen_omgeving: Path, centrale: Centrale, profiel: Path, reeks: int
) -> None:
    """In tien reeksen van tien, elk ruim binnen de tijd die een test mag duren."""
    omgeving = xvfb | {"KIF_DATA_DIR": str(eigen_omgeving), "PYTHONPATH": str(PROJECTMAP)}
    kills = run_kills(omgeving, profiel, centrale.persoon("gewoon")["bsn"], 10, random.Random(100 + reeks))
    verloren = sorted(kill.verloren_s for kill in kills)
    terug = sorted(kill.terug_s for kill in kills)
    print(
        f"\noudste verloren teken: mediaan {statistics.median(verloren) * 1000:.0f} ms, "
        f"ergste {verloren[-1] * 1000:.0f} ms; terug na mediaan {statistics.median(terug):.1f} s, "
        f"ergste {terug[-1]:.1f} s"
    )
    assert verloren[-1] <= 0.5
