"""De duurproeven gebruiken dezelfde centrale API en werkplek als de verhalen; alles hier is `lang`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontoffice.profiel import Termijnen
from frontoffice.samenstelling import Diensten
from frontoffice.storage.instelling import PostgresInstelling
from tests.conftest import eis
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import diensten
from tests.storage.conftest import make_schema, postgres_instelling
from tests.storage.postgres import PostgresProces, can_start


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("lang")


@pytest.fixture(scope="session")
def _centrale() -> Iterator[Centrale]:
    with Centrale() as gestart:
        yield gestart


@pytest.fixture
def centrale(_centrale: Centrale) -> Iterator[Centrale]:
    yield _centrale
    _centrale.reset()


@pytest.fixture
def profiel(centrale: Centrale, tmp_path: Path) -> Path:
    return centrale.write_profiel(tmp_path, eerste_beeld=Termijnen().eerste_beeld)


@pytest.fixture
def werkplek(profiel: Path, eigen_omgeving: Path) -> Iterator[Diensten]:
    with diensten(profiel, eigen_omgeving) as gebouwd:
        yield gebouwd


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresProces]:
    """Met fsync, zoals in het echt."""
    eis("PostgreSQL", can_start())
    with PostgresProces(fsync=True) as proces:
        yield proces


@pytest.fixture
def pg_agenda(server: PostgresProces) -> Iterator[PostgresInstelling]:
    naam = server.make_database()
    instelling = postgres_instelling(server, naam)
    make_schema(instelling)
    yield instelling
    server.drop_database(naam)
