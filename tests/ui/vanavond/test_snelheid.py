"""Hoe lang de draad van het scherm bezig is met een stap van een ander: 85 bezoekers, zonder agenda."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agendapoort import AgendaOnbereikbaar
from tests.bouwavond import druk, opname
from ui.achtergrond import Achtergrond
from ui.thema import Thema
from ui.vanavond.scherm import VanavondScherm
from ui.vanavond.verloop import Avondverloop
from ui.vanavond.vervolg import Vervolgverloop
from ui.vanavond.werkplek import Avondwerkplek
from ui.vanavond.zonder import Zonderverloop

GRENS = 0.016
"""Eén beeld bij zestig beelden per seconde."""


def test_een_stap_van_een_ander_kost_de_draad_van_het_scherm_geen_beeld(
    qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, tmp_path: Path
) -> None:
    onthoud = Avondwerkplek(QSettings(str(tmp_path / "scherm.ini"), QSettings.Format.IniFormat))
    onthoud.balie, onthoud.rol = "B1", "balie"
    verloop = Avondverloop(_geen, achtergrond)
    zonder = Zonderverloop(_geen, lambda: None, achtergrond)
    vervolg = Vervolgverloop(_geen, achtergrond)
    scherm = VanavondScherm(verloop, zonder, vervolg, onthoud, "S. Bos", thema)
    qtbot.addWidget(scherm)
    thema.dress(scherm)
    scherm.resize(1366, 640)
    scherm.show()
    van = druk()
    scherm.show_opname(opname(van))
    QApplication.processEvents()
    duren, getekend = [], []
    for nummer in range(8):
        komt = next(b for b in van.bezoeken if b.toestand is Toestand.BEVESTIGD)
        erbij = replace(komt, toestand=Toestand.AANGEMELD)
        van = replace(van, bezoeken=tuple(erbij if b.id == komt.id else b for b in van.bezoeken))
        nieuw = opname(van)
        begin = time.thread_time()
        scherm.show_opname(nieuw)
        duren.append(time.thread_time() - begin)
        QApplication.processEvents()
        getekend.append(time.thread_time() - begin)
        assert scherm.lijsten.wacht.model.find(komt.id) >= 0, nummer
    scherm.close_scherm()
    assert sorted(duren)[len(duren) // 2] < GRENS, duren
    assert sorted(getekend)[len(getekend) // 2] < 3 * GRENS, getekend  # met opmaak en tekenen erbij


def _geen() -> Any:
    """Het scherm krijgt hier elke stand van de test."""
    raise AgendaOnbereikbaar("Er is geen agenda.")
