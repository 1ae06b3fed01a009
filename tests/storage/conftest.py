"""Beide databases voor dezelfde tests: SQLite met SQLCipher in een bestand, en een echte PostgreSQL.

De migratie draait één keer per database; elke test krijgt een kopie.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import time
from pathlib import Path

import pytest

from frontoffice.agenda.tijd import to_utc
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling
from frontoffice.storage.tabellen import Basis
from tests.conftest import eis
from tests.storage.bouw import INRICHTING, MAANDAG, SLEUTEL, put_inrichting
from tests.storage.postgres import GEBRUIKER, PostgresProces, can_start

Werkplek = Callable[[], AgendaDatabase]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresProces]:
    eis("PostgreSQL", can_start())
    with PostgresProces() as proces:
        yield proces


def postgres_instelling(proces: PostgresProces, naam: str) -> PostgresInstelling:
    return PostgresInstelling("127.0.0.1", naam, GEBRUIKER, proces.poort, None, "prefer")


def sqlite_instelling(pad: Path) -> SqliteInstelling:
    return SqliteInstelling(pad, lambda: SLEUTEL)


@pytest.fixture(scope="session")
def pg_sjabloon(postgres: PostgresProces) -> str:
    """Eén database voor alle tests, met van elke tabel een kopie om naar terug te gaan."""
    naam = postgres.make_database()
    make_schema(postgres_instelling(postgres, naam))
    with contextlib.closing(postgres.connect(naam)) as beheer:
        beheer.execute("CREATE SCHEMA sjabloon")
        for tabel in Basis.metadata.tables:
            beheer.execute(f"CREATE TABLE sjabloon.{tabel} AS TABLE public.{tabel}")
    return naam


@pytest.fixture(scope="session")
def sqlite_sjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("sjabloon") / "agenda.db"
    make_schema(sqlite_instelling(pad))
    return pad


def make_schema(instelling: Instelling) -> None:
    """Met de klok een jaar of wat verder, op maandag 30 november 2026 om 9.00 uur."""
    agenda = AgendaDatabase(instelling)
    agenda.mark_proef()
    agenda.set_klok(to_utc(MAANDAG, time(9)))
    put_inrichting(agenda, INRICHTING)
    agenda.close()


@pytest.fixture
def sqlite_agenda(sqlite_sjabloon: Path, tmp_path: Path) -> SqliteInstelling:
    return sqlite_instelling(Path(shutil.copy(sqlite_sjabloon, tmp_path / "agenda.db")))


@pytest.fixture
def pg_agenda(postgres: PostgresProces, pg_sjabloon: str) -> PostgresInstelling:
    with contextlib.closing(postgres.connect(pg_sjabloon)) as beheer, beheer.transaction():
        beheer.execute("SET LOCAL lock_timeout = '10s'")
        # Zonder triggers: ook de geschiedenis begint opnieuw.
        beheer.execute("SET LOCAL session_replication_role = replica")
        for tabel in Basis.metadata.tables:
            beheer.execute(f"DELETE FROM public.{tabel}")  # noqa: S608 - de tabellen van het programma zelf
            beheer.execute(f"INSERT INTO public.{tabel} SELECT * FROM sjabloon.{tabel}")  # noqa: S608 - idem
    return postgres_instelling(postgres, pg_sjabloon)


@pytest.fixture(params=["sqlite", "postgresql"])
def instelling(request: pytest.FixtureRequest) -> Instelling:
    """De database van deze test, met een proefagenda en één avond om op te boeken."""
    gekozen: Instelling = request.getfixturevalue(
        "sqlite_agenda" if request.param == "sqlite" else "pg_agenda"
    )
    return gekozen


@pytest.fixture
def werkplek(instelling: Instelling) -> Iterator[Werkplek]:
    """Maakt een werkplek met eigen verbindingen op dezelfde agenda."""
    with ExitStack() as open_:

        def make() -> AgendaDatabase:
            agenda = AgendaDatabase(instelling)
            open_.callback(agenda.close)
            return agenda

        yield make


@pytest.fixture
def agenda(werkplek: Werkplek) -> AgendaDatabase:
    return werkplek()
