"""Vijfhonderd keer snel van klant wisselen met trage antwoorden: nooit iets van een ander op het scherm."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.e2e.centrale import Centrale
from tests.e2e.hulp import diensten, warm_catalogus
from tests.e2e.test_venster import wissel_klanten


def test_vijfhonderd_keer_wisselen_laat_nooit_iets_van_een_ander_zien(qtbot: QtBot, tmp_path: Path) -> None:
    with Centrale(gemerkt=True) as centrale:
        profiel = centrale.write_profiel(tmp_path)
        with diensten(profiel, tmp_path / "werkplek") as gebouwd:
            warm_catalogus(gebouwd)
            gekeken = wissel_klanten(centrale, gebouwd, tmp_path, 500, seed=7)
    assert gekeken > 1_000
