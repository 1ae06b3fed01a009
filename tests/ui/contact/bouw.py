"""Een venster zo groot als op een gewone werkplek, en de strook die erin staat."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.conftest import MaakVenster
from ui.contact.strook import Contactstrook
from ui.hoofdvenster import Hoofdvenster


def make_ruim(qtbot: QtBot, maak_venster: MaakVenster) -> MaakVenster:
    """Zoals `maak_venster`, maar breed genoeg om de strook ernaast te zien."""

    def build(diensten: object = None) -> Hoofdvenster:
        venster = maak_venster(diensten)
        venster.resize(1366, 768)
        qtbot.waitUntil(lambda: venster.width() == 1366)
        return venster

    return build


def strook_van(venster: Hoofdvenster) -> Contactstrook:
    strook = venster.contacten.strook
    assert strook is not None
    return strook
