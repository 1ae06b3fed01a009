"""Twee vensters op één PostgreSQL: wat een collega boekt, staat er vanzelf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.agendapoort import Wie
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.services.agendabouw import gegevens, uid, wens
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres
from tests.ui.afspraak.conftest import Werk
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afspraak.scherm import BoekScherm
from ui.afspraak.verloop import _KIJK_MS
from ui.thema import Thema

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
pytestmark = pytest.mark.traag


@pytest.fixture
def werkplekken(pg_agenda: PostgresInstelling) -> Iterator[list[Agendadiensten]]:
    with ExitStack() as open_:
        uit = []
        for naam in ("balie-1", "balie-2", "balie-3"):
            database = AgendaDatabase(pg_agenda)
            open_.callback(database.close)
            uit.append(make_agendadiensten(database, Wie("m", naam)))
        yield uit


@pytest.fixture
def vensters(
    qtbot: QtBot, thema: Thema, acties: Acties, achtergrond: Achtergrond, werkplekken: list[Agendadiensten]
) -> Iterator[list[Werk]]:
    schermen = [BoekScherm(lambda a=agenda: a, achtergrond, acties, thema) for agenda in werkplekken[:2]]  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
    werken = []
    for scherm in schermen:
        scherm.resize(1366, 640)
        scherm.open(None)
        thema.dress(scherm)
        scherm.show()
        qtbot.waitExposed(scherm)
        scherm.activateWindow()
        qtbot.waitUntil(scherm.isActiveWindow)
        werk = Werk(scherm, None, qtbot)  # type: ignore[arg-type]  # geen nagebootste agenda: dit is de echte
        werk.zoek("15 m")
        werken.append(werk)
    yield werken
    for scherm in schermen:
        scherm.close_scherm()
        scherm.close()
        scherm.deleteLater()
    QApplication.processEvents()


def test_wat_een_collega_boekt_staat_vanzelf_op_elk_ander_scherm(
    vensters: list[Werk], werkplekken: list[Agendadiensten]
) -> None:
    eerste = vensters[0].scherm.tijden.lijst.tijden.regels[0].keuze.begin
    assert [w.scherm.tijden.lijst.tijden.regels[0].keuze.begin for w in vensters] == [eerste] * 2
    for _ in range(6):  # alle zes balies
        werkplekken[2].afspraken.book(wens("a15"), eerste, gegevens(), verzoek_id=uid())
    for werk in vensters:
        werk.wacht(lambda w=werk: w.scherm.tijden.lijst.tijden.regels[0].vergeven)  # type: ignore[misc]  # idem
    assert _KIJK_MS < 2_000, "elk scherm kijkt vaak genoeg om het binnen twee seconden te zien"
    assert all("net vergeven" in werk.tekst for werk in vensters)
