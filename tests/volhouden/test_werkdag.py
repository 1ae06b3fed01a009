"""Een werkdag in één venster: 400 klanten. Geheugen, draden en bestanden mogen niet oplopen."""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Controle, Herkomst
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import warm_catalogus
from tests.e2e.venster import Werkvenster, pause, settle, wait_until, werkvenster

KLANTEN = 400

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="leest /proc")


def geheugen_mb() -> float:
    gc.collect()
    for regel in Path("/proc/self/status").read_text().splitlines():
        if regel.startswith("VmRSS:"):
            return int(regel.split()[1]) / 1024
    raise OSError("VmRSS ontbreekt")


def open_bestanden() -> int:
    return len(os.listdir("/proc/self/fd"))


def doe_gesprek(venster: Werkvenster, centrale: Centrale, rng: random.Random, nummer: int) -> None:
    """Eén klant: openen, soms controleren, een zaak of contact bekijken, bladeren, soms een storing."""
    stoort = nummer % 25 == 24
    if stoort:
        centrale.storing(
            rng.choice(("brp", "zaken", "klantinteracties")), rng.choice(("fout:503", "html", "weiger"))
        )
    persoon = rng.choice(centrale.personen) if nummer % 40 else centrale.persoon("zwaar")
    venster.open(persoon["bsn"], Herkomst.TELEFOON if nummer % 3 == 0 else Herkomst.BSN)
    venster.wait_compleet(10)
    if not venster.beeld.gecontroleerd:
        venster.scherm._controleer(Controle.VRAGEN_BEANTWOORD, "")
        settle()
    for lijst in (venster.scherm.zaken.lijst, venster.scherm.tijdlijn.lijst):
        if lijst.isVisible() and lijst.model().rowCount():
            lijst.setCurrentIndex(lijst.model().index(rng.randrange(min(5, lijst.model().rowCount())), 0))
            venster.press(Qt.Key.Key_Return, lijst)
            wait_until(lambda: venster.achtergrond.bezig == 0, 10)
    balk = venster.scherm.tijdlijn.lijst.verticalScrollBar()
    balk.setValue(balk.maximum())
    if nummer % 7 == 0:
        venster.acties.afdekken.trigger()
        settle()
        venster.acties.afdekken.trigger()
    if nummer % 5 == 0:
        venster.acties.ververs.trigger()
        wait_until(lambda: venster.achtergrond.bezig == 0, 10)
    if stoort:
        centrale.reset()
    if nummer % 4 == 0:
        venster.acties.klant_sluiten.trigger()
    pause(0.001)


def test_na_een_werkdag_is_er_geen_geheugen_draad_of_bestand_blijven_hangen(
    qtbot: QtBot, centrale: Centrale, werkplek: Diensten, eigen_omgeving: Path
) -> None:
    rng = random.Random(11)
    warm_catalogus(werkplek)
    geheugen: list[float] = []
    bestanden: list[int] = []
    draden: list[int] = []
    with werkvenster(werkplek, eigen_omgeving) as venster:
        for nummer in range(KLANTEN):
            doe_gesprek(venster, centrale, rng, nummer)
            if nummer % 20 == 19:
                geheugen.append(geheugen_mb())
                bestanden.append(open_bestanden())
                draden.append(threading.active_count())
    print("geheugen (MB):", [round(mb) for mb in geheugen])
    print("bestanden:", bestanden, "draden:", draden)
    begin, kwart = geheugen[1], len(geheugen) // 4
    assert max(geheugen) - begin <= 100, geheugen
    # Vlak in het laatste kwart: hooguit wat ruis, geen lijn omhoog.
    assert geheugen[-1] - geheugen[-kwart] <= 12, geheugen
    assert max(bestanden[2:]) - min(bestanden[2:]) <= 5, bestanden
    assert max(draden[2:]) - min(draden[2:]) <= 1, draden
