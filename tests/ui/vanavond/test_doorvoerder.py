"""Doorvoeren loopt door zolang er iets wacht, op een achtergronddraad, en stopt met het venster."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import Geweigerd
from tests.achtergronden import close_achtergrond
from ui.achtergrond import Achtergrond
from ui.vanavond import doorvoerder
from ui.vanavond.doorvoerder import Doorvoerder


@pytest.fixture
def loper(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doorvoerder]:
    monkeypatch.setattr(doorvoerder, "WACHT_MS", 1)
    achtergrond = Achtergrond()
    yield Doorvoerder(achtergrond)
    close_achtergrond(achtergrond)


def test_het_gaat_door_tot_er_niets_meer_wacht(loper: Doorvoerder, qtbot: QtBot) -> None:
    wachten = [2, 1, 0]
    draden: list[str] = []

    def werk() -> int:
        draden.append(threading.current_thread().name)
        return wachten.pop(0)

    loper.start(werk, 1)
    qtbot.waitUntil(lambda: not wachten)
    assert "MainThread" not in draden
    assert len(draden) == 3


def test_een_fout_houdt_het_niet_op(
    loper: Doorvoerder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorvoerder, "RUST_MS", 1)
    keren: list[int] = []

    def werk() -> int:
        keren.append(1)
        if len(keren) == 1:
            raise Geweigerd("Nu niet.")
        return 0

    loper.start(werk, 1)
    qtbot.waitUntil(lambda: len(keren) > 1)
    loper.close()
