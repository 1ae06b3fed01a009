"""Het klantscherm op nepregisters, en wat een test ermee doet: wachten op een beeld en lezen wat er staat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Herkomst, KlantSleutel, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from tests.bouwers import BSN
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.thema import Thema

MaakScherm = Callable[..., KlantbeeldScherm]


@pytest.fixture
def maak_scherm(
    qtbot: QtBot, thema: Thema, acties: Acties, achtergrond: Achtergrond, wereld: Any
) -> Iterator[MaakScherm]:
    """Maakt een getoond klantscherm op `wereld`; sluit het na de test."""
    schermen: list[KlantbeeldScherm] = []

    def build(breed: int = 1366, hoog: int = 640, instellingen: QSettings | None = None) -> KlantbeeldScherm:
        diensten = wereld.build()
        scherm = KlantbeeldScherm(diensten.klantbeeld, achtergrond, acties, thema, wereld.werkplek)
        schermen.append(scherm)
        acties.set_klant_open(True)
        if instellingen is not None:
            scherm.restore_state(instellingen)
        scherm.resize(breed, hoog)
        thema.dress(scherm)
        scherm.show()
        qtbot.waitExposed(scherm)
        scherm.activateWindow()
        qtbot.waitUntil(scherm.isActiveWindow)
        return scherm

    yield build
    for scherm in schermen:
        scherm.close_klant()
        scherm.close()
        scherm.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def scherm(maak_scherm: MaakScherm) -> KlantbeeldScherm:
    return maak_scherm()


def open_klant(
    scherm: KlantbeeldScherm,
    qtbot: QtBot,
    sleutel: KlantSleutel | None = None,
    herkomst: Herkomst = Herkomst.BSN,
) -> None:
    """Open een klant en wacht tot alles er is (of niet is geladen) en is getekend."""
    scherm.open(sleutel or PersoonSleutel(Bsn(BSN)), herkomst)
    qtbot.waitUntil(
        lambda: scherm.current is not None and scherm.current.is_compleet and scherm.is_bijgewerkt
    )
    QApplication.processEvents()


def zichtbare_tekst(widget: QWidget) -> str:
    """Alles wat in dit widget te lezen is: labels, knoppen, velden, lange teksten en lijsten."""
    regels: list[str] = []
    for kind in [widget, *widget.findChildren(QWidget)]:
        if not kind.isVisible():
            continue
        if isinstance(kind, QLabel | QPushButton | QLineEdit):
            regels.append(kind.text())
        elif isinstance(kind, QPlainTextEdit):
            regels.append(kind.toPlainText())
        elif isinstance(kind, QAbstractItemView) and kind.model() is not None:
            model = kind.model()
            regels += [str(model.index(rij, 0).data()) for rij in range(model.rowCount())]
    return "\n".join(regel for regel in regels if regel)


def knop(widget: QWidget, tekst: str) -> QPushButton:
    """De zichtbare knop met deze tekst of toegankelijke naam."""
    for kandidaat in widget.findChildren(QPushButton):
        if kandidaat.isVisible() and tekst in (kandidaat.text(), kandidaat.accessibleName()):
            return kandidaat
    raise AssertionError(f"geen zichtbare knop {tekst!r}")
