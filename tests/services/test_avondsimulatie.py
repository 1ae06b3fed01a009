"""Gespeelde avonden op een echte database: niemand dubbel, niemand vergeten, elke oproep uit te leggen.

Halverwege valt een balie uit en ligt de database tien minuten stil; op PostgreSQL is elke balie een eigen
proces en start de server midden in de avond hard opnieuw. De volle avonden staan bij de duurproeven.
"""

from __future__ import annotations

import pytest

from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling
from tests.agenda.vanavond.mensen import make_waarheid
from tests.services.avondproef import play
from tests.services.avondzaal import Dienstzaal
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres, sqlite_agenda, sqlite_sjabloon
from tests.storage.postgres import PostgresProces

__all__ = ["pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]

WEINIG = ("B1", "B2", "B3")
"""Met drie balies staat er ook bij weinig mensen een rij."""


@pytest.mark.parametrize("zaad", [1, 2])
def test_een_gespeelde_avond_klopt_van_deur_tot_verslag(sqlite_agenda: SqliteInstelling, zaad: int) -> None:
    waarheid = make_waarheid(zaad, 14, 6, balies=WEINIG)
    with Dienstzaal(sqlite_agenda, waarheid) as zaal:
        play(zaal, waarheid)


def test_een_gespeelde_avond_klopt_met_zes_processen_en_een_herstart_van_postgresql(
    pg_agenda: PostgresInstelling, postgres: PostgresProces
) -> None:
    waarheid = make_waarheid(3, 14, 6)
    with Dienstzaal(pg_agenda, waarheid, processen=True, val_weg=postgres.restart) as zaal:
        play(zaal, waarheid)
