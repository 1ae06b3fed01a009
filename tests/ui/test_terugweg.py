"""Terug gaat naar waar men vandaan kwam, ook als er intussen iemand anders werkt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from ui.terugweg import Terugweg


@pytest.fixture
def midden(qtbot: QtBot) -> QStackedWidget:
    midden = QStackedWidget()
    qtbot.addWidget(midden)
    for naam in ("begin", "klant", "lijst", "nieuw", "brief"):
        scherm = QLineEdit()
        scherm.setObjectName(naam)
        midden.addWidget(scherm)
    midden.show()
    return midden


def scherm(midden: QStackedWidget, naam: str) -> QLineEdit:
    gevonden = midden.findChild(QLineEdit, naam)
    assert isinstance(gevonden, QLineEdit)
    return gevonden


def nu(midden: QStackedWidget) -> str:
    return midden.currentWidget().objectName()


def test_terug_gaat_naar_het_scherm_waar_men_vandaan_kwam_en_de_focus_ook(midden: QStackedWidget) -> None:
    weg, klant, lijst = Terugweg(midden), scherm(midden, "klant"), scherm(midden, "lijst")
    midden.setCurrentWidget(klant)
    weg.go(lijst)
    weg.go(lijst)  # nog een keer openen is geen stap
    assert weg.back() is klant
    assert (nu(midden), midden.focusWidget()) == ("klant", klant)


def test_zonder_weg_terug_blijft_staan_wat_er_staat(midden: QStackedWidget) -> None:
    weg = Terugweg(midden)
    weg.go(scherm(midden, "lijst"))
    midden.setCurrentWidget(scherm(midden, "klant"))
    assert weg.back() is None
    assert nu(midden) == "klant"


def test_wie_tussen_schermen_die_bij_elkaar_horen_wisselt_gaat_terug_naar_waar_hij_begon(
    midden: QStackedWidget,
) -> None:
    weg, lijst, nieuw, brief = Terugweg(midden), *(scherm(midden, n) for n in ("lijst", "nieuw", "brief"))
    samen = (lijst, nieuw, brief, None)
    midden.setCurrentWidget(scherm(midden, "klant"))
    weg.go(lijst, *samen)
    weg.go(brief)  # van een brief gaat men terug naar wat ervoor stond
    weg.go(lijst, *samen)
    weg.go(nieuw, *samen)
    assert weg.back() is scherm(midden, "klant")


def test_is_het_scherm_waar_men_vandaan_kwam_weggedaan_dan_gaat_terug_naar_het_begin(
    midden: QStackedWidget,
) -> None:
    van_een_ander, weg, lijst = Terugweg(midden), Terugweg(midden), scherm(midden, "lijst")
    klant = scherm(midden, "klant")
    van_een_ander.go(klant)
    weg.go(lijst)
    van_een_ander.remove(klant)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert weg.back() is scherm(midden, "begin")
    assert nu(midden) == "begin"
