"""De metingen van de strook in het echte venster: wisselen van contact, en van afronden tot vrije handen."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Afsluiting
from tests.benchmarks.conftest import Meetlat
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import diensten
from tests.e2e.venster import settle, werkvenster

CONTACTEN, KEREN = 5, 50


def test_wisselen_en_afronden(qtbot: QtBot, centrale: Centrale, tmp_path: Path, meetlat: Meetlat) -> None:
    profiel = centrale.write_profiel(tmp_path)
    with diensten(profiel, tmp_path / "werkplek") as gebouwd, werkvenster(gebouwd, tmp_path) as werk:
        contacten = werk.venster.contacten
        gesprekken = contacten.gesprekken
        assert gesprekken is not None
        qtbot.waitUntil(lambda: contacten.strook is not None)
        gemaakt = []
        for nummer in range(CONTACTEN):
            concept = gesprekken.start()
            assert concept is not None
            gesprekken.edit(concept.uuid, notitie=f"notitie {nummer} " * 60, afsluiting=Afsluiting.BEANTWOORD)
            gemaakt.append(concept)
        settle()
        wissel = []
        for keer in range(KEREN):
            begin = time.perf_counter()
            gesprekken.choose(gemaakt[keer % CONTACTEN].uuid)
            werk.venster.repaint()
            wissel.append((time.perf_counter() - begin) * 1000)
        meetlat.hoogstens("wisselen tussen vijf contacten, mediaan", statistics.median(wissel), 100, "ms")
        meetlat.hoogstens("wisselen tussen vijf contacten, slechtste", max(wissel), 100, "ms")
        vrij = []
        for concept in gemaakt:
            begin = time.perf_counter()
            with qtbot.waitSignal(gesprekken.afgerond):
                gesprekken.finish(concept.uuid)
            vrij.append((time.perf_counter() - begin) * 1000)
        meetlat.hoogstens("van afronden tot vrije handen, mediaan", statistics.median(vrij), 100, "ms")
