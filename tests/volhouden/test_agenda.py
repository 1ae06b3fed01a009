"""De agenda onder druk: honderd boekers tegelijk, en een PostgreSQL die acht keer wegvalt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling
from tests.storage.bouw import moment
from tests.storage.conftest import make_schema, sqlite_instelling
from tests.storage.herstarten import book_through
from tests.storage.postgres import PostgresProces
from tests.storage.test_herstarten import check_verslag, make_aanvragen
from tests.storage.test_wedloop import check_wedloop, same, set_balies
from tests.storage.wedloop import mixed

RONDES = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def instelling(request: pytest.FixtureRequest, tmp_path: Path) -> Instelling:
    if request.param == "postgresql":
        return request.getfixturevalue("pg_agenda")  # type: ignore[no-any-return]  # de fixture hierboven
    gekozen = sqlite_instelling(tmp_path / "agenda.db")
    make_schema(gekozen)
    return gekozen


@pytest.fixture
def agenda(instelling: Instelling) -> Iterator[AgendaDatabase]:
    open_ = AgendaDatabase(instelling)
    yield open_
    open_.close()


@pytest.mark.parametrize("_ronde", range(RONDES))
def test_h08_honderd_boekers_op_een_plek(agenda: AgendaDatabase, instelling: Instelling, _ronde: int) -> None:
    set_balies(agenda, 1)
    assert check_wedloop(agenda, instelling, same(100)) == 1


@pytest.mark.parametrize("_ronde", range(RONDES))
def test_h09_honderd_boekers_op_twee_balies(
    agenda: AgendaDatabase, instelling: Instelling, _ronde: int
) -> None:
    set_balies(agenda, 2)
    assert check_wedloop(agenda, instelling, same(100)) == 2


@pytest.mark.parametrize("ronde", range(RONDES))
def test_honderd_boekers_met_verschillende_lengten_op_zes_balies(
    agenda: AgendaDatabase, instelling: Instelling, ronde: int
) -> None:
    assert check_wedloop(agenda, instelling, mixed(100, ronde, moment(17))) > 20


@pytest.mark.parametrize("ronde", range(3))
def test_acht_harde_herstarts_van_postgresql_tijdens_driehonderd_boekingen(
    server: PostgresProces, pg_agenda: PostgresInstelling, ronde: int
) -> None:
    aanvragen = make_aanvragen(300)
    verslag = book_through(server, pg_agenda, aanvragen, herstarts=8, boekers=16)
    agenda = AgendaDatabase(pg_agenda)
    check_verslag(agenda, aanvragen, verslag)
    agenda.close()
    assert verslag.weg > 0, "geen enkele boeker merkte iets van de herstarts"
