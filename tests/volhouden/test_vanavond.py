"""Twintig volle avonden op PostgreSQL: 60 afspraken en 25 zonder, elke balie een eigen proces.

12 % komt niet, een balie valt uit, en halverwege is de server tien minuten weg: iedereen werkt door en daarna
gaat alles erin. Na elke avond klopt alles; na de twintigste ook wat er over de wachttijd is gezegd.
"""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from frontoffice.storage.instelling import PostgresInstelling
from tests.agenda.vanavond.mensen import make_waarheid
from tests.agenda.vanavond.simulatie import Gezegd
from tests.services.avondproef import play
from tests.services.avondzaal import Dienstzaal
from tests.storage.postgres import PostgresProces

AVONDEN = 20


@pytest.fixture(scope="module")
def gezegd() -> list[Gezegd]:
    return []


@pytest.mark.parametrize("zaad", range(100, 100 + AVONDEN))
def test_een_volle_avond_klopt_van_deur_tot_verslag(
    zaad: int, server: PostgresProces, pg_agenda: PostgresInstelling, tmp_path: Path, gezegd: list[Gezegd]
) -> None:
    waarheid = make_waarheid(zaad)
    with Dienstzaal(
        pg_agenda, waarheid, tmp_path, processen=True, val_weg=server.stop, kom_terug=server.start
    ) as zaal:
        gezegd += play(zaal, waarheid, meet=True).gezegd


def test_over_al_die_avonden_klopte_de_wachttijd_in_het_midden_binnen_drie_minuten(
    gezegd: list[Gezegd],
) -> None:
    if not gezegd:
        pytest.skip("er is geen avond gespeeld")
    assert statistics.median(abs(g.fout) for g in gezegd) <= 3.0
