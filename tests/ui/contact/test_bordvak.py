"""De Bellijst van alle werkplekken, onder wat hier nog te versturen is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.bericht import Berichtkanaal, Berichtsoort
from frontoffice.services.berichtbord import TeBellen
from tests.nep_berichten import NepBerichten
from tests.ui.conftest import MaakVenster, Wereld
from ui.contact.bordvak import Bordvak
from ui.contact.outboxvak import LEEG_HIER
from ui.hoofdvenster import Hoofdvenster

OM = datetime(2026, 12, 10, 16, 15, tzinfo=UTC)


class NepBord:
    def __init__(self, *sleutels: str) -> None:
        self.sleutels = list(sleutels)
        self.weg = False

    def load_te_bellen(self) -> tuple[TeBellen, ...]:
        if self.weg:
            raise AgendaOnbereikbaar("De agenda is niet bereikbaar. Probeer het zo nog eens.")
        return tuple(
            TeBellen(
                s, Berichtsoort.HERINNERING, "a1", "2026-00041", OM, "A. Jansen", "06 12 34 56 78",
                "Er is geen e-mailadres.", "j.smit@balie-2", OM,
            )
            for s in self.sleutels
        )  # fmt: skip

    def mark_gebeld(self, sleutel: str) -> None:
        self.sleutels.remove(sleutel)


@pytest.fixture
def bord() -> NepBord:
    return NepBord("een", "twee")


@pytest.fixture
def venster(maak_venster: MaakVenster, wereld: Wereld, bord: NepBord) -> Hoofdvenster:
    wereld.berichten = NepBerichten(wereld.winkel, wereld.klok, Berichtkanaal.MAIL)
    wereld.berichten.bord = bord
    return maak_venster(wereld.build())


def open_vak(venster: Hoofdvenster) -> Bordvak:
    venster.outbox.open()
    assert venster.outbox.scherm is not None
    vak: Any = venster.outbox.scherm.bord
    assert isinstance(vak, Bordvak)
    return vak


def test_wie_een_ander_moest_bellen_staat_er_met_nummer_en_reden_en_gaat_eraf(
    venster: Hoofdvenster, bord: NepBord, qtbot: QtBot
) -> None:
    vak = open_vak(venster)
    qtbot.waitUntil(vak.isVisible)
    rij = vak.lijst.gekozen_rij
    assert rij is not None
    assert "06 12 34 56 78" in rij.titel
    assert venster.outbox.scherm is not None
    assert venster.outbox.scherm.leeg.text() == LEEG_HIER, "er moet nog wel worden gebeld"
    assert rij.onder == "Afspraak do 10 dec, 17.15 uur · Er is geen e-mailadres."
    for over in (1, 0):
        vak.gebeld.setFocus()
        QTest.keyClick(vak.gebeld, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda over=over: vak.lijst.rijen.rowCount() == over)  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
    assert bord.sleutels == []
    assert not vak.isVisible()


def test_is_de_agenda_er_niet_dan_staat_dat_er_en_blijft_de_rest_werken(
    venster: Hoofdvenster, bord: NepBord, qtbot: QtBot
) -> None:
    bord.weg = True
    vak = open_vak(venster)
    qtbot.waitUntil(vak.isVisible)
    assert "niet te zien" in vak.uitleg.text()
    assert not vak.gebeld.isVisible()


def test_wat_hier_zelf_te_bellen_is_staat_er_maar_een_keer(
    venster: Hoofdvenster, bord: NepBord, qtbot: QtBot
) -> None:
    vak = open_vak(venster)
    qtbot.waitUntil(vak.isVisible)
    vak.load(["een"])
    qtbot.waitUntil(lambda: vak.lijst.rijen.rowCount() == 1)
