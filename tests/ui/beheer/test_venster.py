"""Het beheer in het hele venster: openen, weggaan en terugkomen zonder iets te verliezen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from tests.services.agendabouw import DAG, WIE, boek, uid
from tests.ui.beheer.conftest import instelling, zichtbare_tekst
from ui.acties import Acties
from ui.beheer.scherm import BeheerScherm
from ui.hoofdvenster import Hoofdvenster

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def agenda(agendapad: Path) -> Iterator[Agendadiensten]:
    database = AgendaDatabase(instelling(agendapad))
    yield make_agendadiensten(database, WIE)
    database.close()


@pytest.fixture
def venster(agenda: Agendadiensten, maak_venster: Callable[..., Hoofdvenster], wereld: Any) -> Hoofdvenster:
    wereld.agenda = agenda
    return maak_venster(wereld.build())


def open_beheer(venster: Hoofdvenster, qtbot: QtBot) -> BeheerScherm:
    QTest.keyClick(venster, Qt.Key.Key_B, CTRL | SHIFT)
    scherm = venster.beheer.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.verloop.huidig is not None)
    return scherm


def test_de_toets_opent_het_beheer_en_gaat_weer_terug(venster: Hoofdvenster, qtbot: QtBot) -> None:
    scherm = open_beheer(venster, qtbot)
    assert scherm.isVisible()
    assert "do 3 dec" in zichtbare_tekst(venster)
    QTest.keyClick(venster, Qt.Key.Key_B, CTRL | SHIFT)
    assert not scherm.isVisible()


def test_het_menu_en_het_palet_kennen_de_avonden(venster: Hoofdvenster, acties: Acties) -> None:
    menus = {menu.text().replace("&", ""): menu for menu in venster.menuBar().actions()}
    beheer = menus["Beheer"].menu()
    assert beheer is not None
    assert acties.avonden in beheer.actions()  # type: ignore[attr-defined]  # een QMenu
    venster.palet.open()
    QTest.keyClicks(venster.palet.veld, "avonden")
    assert "Avonden" in zichtbare_tekst(venster.palet)
    venster.palet.close_palet()


def test_getypt_werk_staat_er_nog_na_een_klant_tussendoor(venster: Hoofdvenster, qtbot: QtBot) -> None:
    scherm = open_beheer(venster, qtbot)
    scherm.open_rooster(DAG)
    model = scherm.rooster.diensten
    model.setData(model.index(0, model.kolom_van("tot")), "19.00")
    QTest.keyClick(venster, Qt.Key.Key_B, CTRL | SHIFT)
    QTest.keyClick(venster, Qt.Key.Key_B, CTRL | SHIFT)
    assert scherm.isVisible()
    assert model.index(0, model.kolom_van("tot")).data() == "19.00"
    assert scherm.is_vuil


def test_f1_opent_de_hulp_over_het_beheer(venster: Hoofdvenster, qtbot: QtBot) -> None:
    open_beheer(venster, qtbot)
    QTest.keyClick(venster, Qt.Key.Key_F1)
    teksten = [
        zichtbare_tekst(w) for w in QApplication.topLevelWidgets() if w is not venster and w.isVisible()
    ]
    assert any("Beheer van avonden" in tekst for tekst in teksten)


def test_zonder_agenda_is_er_geen_beheer(
    maak_venster: Callable[..., Hoofdvenster], wereld: Any, acties: Acties
) -> None:
    wereld.agenda_uit = "Afspraken maken staat uit: er is geen gedeelde agenda."
    maak_venster(wereld.build())
    assert not acties.avonden.isEnabled()


def test_andere_tijd_zoeken_gaat_naar_het_afsprakenscherm(
    venster: Hoofdvenster, agenda: Agendadiensten, qtbot: QtBot
) -> None:
    boek(agenda, 17)
    gevolgen = agenda.avonden.preview(agenda.avonden.make_sluiting(DAG, "Stroomstoring"))
    agenda.avonden.apply(gevolgen, verzoek_id=uid())
    scherm = open_beheer(venster, qtbot)
    scherm.show_deel("verzet")
    qtbot.waitUntil(lambda: scherm.verzet.lijst.rijen.rowCount() == 1)
    scherm.verzet.anderknop.click()
    boekscherm = venster.afspraken.boek
    assert boekscherm is not None
    assert boekscherm.isVisible()
    assert boekscherm.verloop.verzet is not None


def test_het_venster_sluiten_laat_niets_draaien(venster: Hoofdvenster, qtbot: QtBot) -> None:
    scherm = open_beheer(venster, qtbot)
    venster.close()
    assert not scherm.verloop.is_bezig("beeld")
