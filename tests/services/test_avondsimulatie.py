"""Gespeelde avonden op een echte database: niemand dubbel, niemand vergeten, elke oproep uit te leggen.

Halverwege valt een balie uit en is de database tien minuten weg: iedereen werkt door, en daarna wordt alles
doorgevoerd. Op PostgreSQL is elke balie een eigen proces. De volle avonden staan bij de duurproeven.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling
from tests.agenda.vanavond.mensen import make_waarheid
from tests.services.avondproef import play
from tests.services.avondzaal import Dienstzaal
from tests.storage.bouw import DAG
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres, sqlite_agenda, sqlite_sjabloon
from tests.storage.postgres import PostgresProces

__all__ = ["pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]

WEINIG = ("B1", "B2", "B3")
"""Met drie balies staat er ook bij weinig mensen een rij."""


@pytest.mark.parametrize("zaad", [5, 12])
def test_een_gespeelde_avond_klopt_van_deur_tot_verslag(
    sqlite_agenda: SqliteInstelling, tmp_path: Path, zaad: int
) -> None:
    waarheid = make_waarheid(zaad, 11, 5, balies=WEINIG)
    with Dienstzaal(sqlite_agenda, waarheid, tmp_path) as zaal:
        play(zaal, waarheid)
        stappen = zaal.dienst.load_stappen(DAG)
        assert any("gebeurd_op" in stap.na for stap in stappen), "er gebeurde niets zonder verbinding"


def test_een_gespeelde_avond_klopt_met_zes_processen_terwijl_postgresql_tien_minuten_weg_is(
    pg_agenda: PostgresInstelling, postgres: PostgresProces, tmp_path: Path
) -> None:
    waarheid = make_waarheid(3, 11, 5)
    with Dienstzaal(
        pg_agenda, waarheid, tmp_path, processen=True, val_weg=postgres.stop, kom_terug=postgres.start
    ) as zaal:
        play(zaal, waarheid)
