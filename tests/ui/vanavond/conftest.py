"""Een avond die loopt, en vensters erop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from frontoffice.storage.instelling import SqliteInstelling
from tests.services.avondbouw import Avond
from tests.storage.conftest import sqlite_agenda, sqlite_sjabloon
from tests.ui.vanavond.bouw import Werkplek
from ui.thema import Thema

__all__ = ["sqlite_agenda", "sqlite_sjabloon"]

MaakPlek = Callable[..., Werkplek]


@pytest.fixture
def avond(sqlite_agenda: SqliteInstelling) -> Iterator[Avond]:
    with Avond(sqlite_agenda) as avond:
        yield avond


@pytest.fixture
def maak_plek(qtbot: QtBot, avond: Avond, thema: Thema, tmp_path: Path) -> Iterator[MaakPlek]:
    plekken: list[Werkplek] = []

    def build(medewerker: str = "s.bos", naam: str = "balie-2", **velden: Any) -> Werkplek:
        map_ = tmp_path / naam
        map_.mkdir(exist_ok=True)
        plekken.append(Werkplek(qtbot, avond.werkplek(medewerker, naam), thema, map_, **velden))
        return plekken[-1]

    yield build
    for plek in plekken:
        plek.close()
