"""PostgreSQL bevriest en herstart midden in de avond: de werkplekken gaan door, en daarna klopt alles.

Een steekproef; langer en met meer balies staat in tests/volhouden.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from frontoffice.storage.instelling import PostgresInstelling
from tests.services.avondstorm import Storm, frozen
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres
from tests.storage.postgres import PostgresProces

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
pytestmark = pytest.mark.traag
GEDULD = 1.0


def test_de_avond_gaat_door_als_de_server_bevriest_en_herstart(
    postgres: PostgresProces, pg_agenda: PostgresInstelling, tmp_path: Path
) -> None:
    storm = Storm(postgres, pg_agenda, tmp_path, balies=3, geduld=GEDULD)
    try:

        def storingen() -> None:
            time.sleep(0.4)
            with frozen(postgres):  # pas weer vrij als er zonder hem is doorgewerkt
                storm.wait_genoteerd(4)
            time.sleep(0.4)
            postgres.restart()
            time.sleep(0.6)

        storm.run(storingen)
        storm.check()
    finally:
        storm.close()
