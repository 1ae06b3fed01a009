"""Handelingen: elke handeling heeft een eigen toets of een plaats in een menu, en overal dezelfde naam."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.acties import MENUS, TABEL, Acties, gewone_tekst
from ui.bouwstenen import ActieKnop
from ui.hoofdvenster import Hoofdvenster


def test_elke_naam_uit_de_tabel_is_een_handeling(acties: Acties) -> None:
    assert {gegevens.naam for gegevens in TABEL} == set(Acties.__annotations__)


def test_geen_toets_doet_twee_dingen(acties: Acties) -> None:
    toetsen = Counter(toets.toString() for _, actie in acties for toets in actie.shortcuts())
    assert [toets for toets, aantal in toetsen.items() if aantal > 1] == []


def test_elke_toets_is_een_toets_die_qt_kent(acties: Acties) -> None:
    for gegevens, actie in acties:
        verwacht = [t for t in (gegevens.toets, gegevens.ook) if t]
        assert len(actie.shortcuts()) == len(verwacht), gegevens.naam
        assert all(not toets.isEmpty() for toets in actie.shortcuts()), gegevens.naam


def test_geen_losse_letter_is_een_sneltoets(acties: Acties) -> None:
    for _, actie in acties:
        for toets in actie.shortcuts():
            combinatie = toets[0]
            is_functietoets = Qt.Key.Key_F1 <= combinatie.key() <= Qt.Key.Key_F35
            los = combinatie.keyboardModifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
            assert not los or is_functietoets or combinatie.key() == Qt.Key.Key_Escape


def test_elke_handeling_is_met_het_toetsenbord_te_bereiken(acties: Acties) -> None:
    for gegevens, _ in acties:
        assert gegevens.menu in MENUS or gegevens.toets, gegevens.naam


def test_elke_handeling_heeft_een_tekst_en_een_hele_zin_uitleg(acties: Acties) -> None:
    for gegevens, actie in acties:
        assert gewone_tekst(actie)
        assert gegevens.uitleg[0].isupper(), gegevens.naam
        assert gegevens.uitleg.endswith("."), gegevens.naam
        assert all(len(zin.split()) <= 15 for zin in gegevens.uitleg.split(". "))


def test_in_een_menu_hoort_bij_elke_letter_een_handeling(acties: Acties) -> None:
    for menu in MENUS:
        letters = Counter(
            gegevens.tekst[gegevens.tekst.index("&") + 1].casefold()
            for gegevens in TABEL
            if gegevens.menu == menu
        )
        assert [letter for letter, aantal in letters.items() if aantal > 1] == [], menu


def test_de_menubalk_toont_elke_handeling_met_een_menu(venster: Hoofdvenster, acties: Acties) -> None:
    getoond = {
        actie.objectName()
        for menu in venster.menuBar().actions()
        for actie in menu.menu().actions()
        if actie.text()
    }
    assert getoond == {gegevens.naam for gegevens in TABEL if gegevens.menu}


def test_zonder_klant_staat_uit_wat_alleen_met_een_klant_kan(acties: Acties) -> None:
    assert not acties.ververs.isEnabled()
    acties.set_klant_open(True)
    assert acties.ververs.isEnabled()
    acties.set_klant_open(False)
    assert not acties.ververs.isEnabled()
    assert acties.zoeken.isEnabled()


def test_een_knop_heet_voor_hulptechniek_net_als_in_het_menu(acties: Acties, qtbot: QtBot) -> None:
    ouder = QWidget()
    qtbot.addWidget(ouder)
    knop = ActieKnop(acties.afdekken, met_toets=True)
    knop.setParent(ouder)
    uitleg = QAccessible.queryAccessibleInterface(knop)
    assert uitleg.text(QAccessible.Text.Name) == gewone_tekst(acties.afdekken)
    acties.afdekken.setEnabled(False)
    assert not knop.isEnabled()
    acties.afdekken.setEnabled(True)
    with qtbot.waitSignal(acties.afdekken.triggered):
        knop.click()
    assert QKeySequence("F12") in acties.afdekken.shortcuts()
