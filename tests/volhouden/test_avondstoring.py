"""De avond onder storingen: elk punt waar het programma kan wegvallen, en een lange storm op PostgreSQL."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from frontoffice.storage.instelling import PostgresInstelling
from tests.services.avondstorm import Storm, frozen
from tests.services.test_avondkill import MINSTENS, count_punten, kill_and_check
from tests.services.test_avondlijn import begonnen
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres, sqlite_sjabloon
from tests.storage.postgres import PostgresProces

__all__ = ["begonnen", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_sjabloon"]
DELEN = 4


@pytest.mark.parametrize("deel", range(DELEN))
def test_kill_op_elk_punt_tussen_noteren_en_doorvoeren(begonnen: Path, tmp_path: Path, deel: int) -> None:
    aantal = count_punten(begonnen, tmp_path / "tel")
    assert aantal >= MINSTENS
    for punt in range(1 + deel, aantal + 1, DELEN):
        kill_and_check(begonnen, tmp_path / str(punt), punt)


@pytest.mark.parametrize("zaad", range(3))
def test_zes_balies_en_een_server_die_steeds_bevriest_en_herstart(
    postgres: PostgresProces, pg_agenda: PostgresInstelling, tmp_path: Path, zaad: int
) -> None:
    toeval = random.Random(zaad)
    storm = Storm(postgres, pg_agenda, tmp_path, balies=5, geduld=1.0)
    try:

        def storingen() -> None:
            for _ in range(6):
                time.sleep(toeval.uniform(0.2, 1.0))
                if toeval.random() < 0.5:
                    with frozen(postgres):
                        time.sleep(toeval.uniform(0.5, 4.0))
                else:
                    postgres.stop()
                    time.sleep(toeval.uniform(0.0, 2.0))
                    postgres.start()
            time.sleep(1.0)

        storm.run(storingen)
        storm.check()
        verslag = storm.verslag
        print(
            f"zaad {zaad}: {len(verslag.gehoord)} stappen, {verslag.genoteerd} genoteerd, "
            f"traagste {verslag.traagste:.2f} s"
        )
        assert verslag.genoteerd > 10
        assert verslag.traagste < 2.5
    finally:
        storm.close()
