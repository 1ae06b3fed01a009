"""Scherm afdekken: in één toets is er niets meer te zien of voor te lezen, en daarna is alles er weer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.bouwers import BSN
from tests.ui.conftest import MaakVenster, Wereld
from ui.afdekken import Afdekking
from ui.hoofdvenster import Hoofdvenster
from ui.tekst import LeesTekst, Tekst, show_uitleg
from ui.vergrendeling import Vergrendeling

GEHEIM = "Jansen"


@pytest.fixture(autouse=True)
def hulptechniek(qapp: QApplication) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def read_boom(kant: QAccessibleInterface | None) -> str:
    """Alle namen, beschrijvingen en waarden die hulptechniek kan lezen, ook van verborgen delen."""
    if kant is None or not kant.isValid():
        return ""
    soorten = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    eigen = [kant.text(soort) for soort in soorten]
    return " ".join([*eigen, *(read_boom(kant.child(i)) for i in range(kant.childCount()))])


def read_alles(qapp: QApplication) -> str:
    """Wat er van alle vensters van dit programma te lezen is, titels inbegrepen."""
    vensters = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    return " ".join(
        f"{w.windowTitle()} {read_boom(QAccessible.queryAccessibleInterface(w))}" for w in vensters
    )


@pytest.fixture
def met_klant(qtbot: QtBot, venster: Hoofdvenster) -> Hoofdvenster:
    """Het venster met een klant helemaal in beeld."""
    venster.zoekveld.setFocus()
    qtbot.keyClicks(venster.zoekveld, BSN)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: venster.scherm is not None and venster.scherm.current is not None)
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    qtbot.waitUntil(lambda: GEHEIM in read_alles(QApplication.instance()))  # type: ignore[arg-type]  # er is een app
    return venster


def press(
    venster: QWidget, toets: Qt.Key, extra: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Een toets zoals het venstersysteem hem geeft, dus langs de sneltoetsen."""
    QTest.keyClick(venster.windowHandle(), toets, extra)


def test_f12_dekt_in_dezelfde_beurt_af_en_hulptechniek_leest_geen_naam_meer(
    qapp: QApplication, met_klant: Hoofdvenster
) -> None:
    press(met_klant, Qt.Key.Key_F12)
    qapp.processEvents()
    assert met_klant.afdekking.is_afgedekt
    assert GEHEIM not in read_alles(qapp)
    assert met_klant.windowTitle() == "Klant in Focus"


def test_nog_een_keer_f12_zet_alles_terug_met_de_focus_waar_die_was(
    qapp: QApplication, qtbot: QtBot, met_klant: Hoofdvenster
) -> None:
    qtbot.keyClicks(met_klant.zoekveld, "wordt vervolgd")
    press(met_klant, Qt.Key.Key_F12)
    assert not met_klant.zoekveld.isVisible()
    press(met_klant, Qt.Key.Key_F12)
    qtbot.waitUntil(met_klant.zoekveld.isVisible)
    assert met_klant.zoekveld.text() == "wordt vervolgd"
    qtbot.waitUntil(met_klant.zoekveld.hasFocus)
    assert GEHEIM in read_alles(qapp)
    assert met_klant.menuBar().isVisible()


def test_getypte_zoektekst_is_ook_afgedekt(qapp: QApplication, qtbot: QtBot, venster: Hoofdvenster) -> None:
    qtbot.keyClicks(venster.zoekveld, "0612345678")
    press(venster, Qt.Key.Key_F12)
    assert "0612345678" not in read_alles(qapp)
    assert "12345678" not in read_alles(qapp)


def test_een_tweede_venster_wordt_ook_leeg_en_komt_gelijk_terug(
    qapp: QApplication, qtbot: QtBot, venster: Hoofdvenster
) -> None:
    tweede = QWidget()
    qtbot.addWidget(tweede)
    kolom = QVBoxLayout(tweede)
    naam, verborgen = Tekst(f"Zaak van {GEHEIM}"), Tekst("blijft verborgen")
    kolom.addWidget(naam)
    kolom.addWidget(verborgen)
    kolom.addWidget(LeesTekst(f"Brief aan {GEHEIM}", naam="Brief"))
    verborgen.hide()
    tweede.show()
    qtbot.waitExposed(tweede)
    venster.afdekking.cover()
    assert GEHEIM not in read_alles(qapp)
    venster.afdekking.uncover()
    qtbot.waitUntil(naam.isVisible)
    assert GEHEIM in read_alles(qapp)
    assert not verborgen.isVisible()


def test_onder_het_dek_werken_sneltoetsen_niet(qtbot: QtBot, met_klant: Hoofdvenster) -> None:
    press(met_klant, Qt.Key.Key_F12)
    press(met_klant, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    press(met_klant, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(met_klant, Qt.Key.Key_A)
    assert met_klant.afdekking.is_afgedekt
    press(met_klant, Qt.Key.Key_F12)
    assert met_klant.scherm is not None
    assert met_klant.scherm.current is not None
    assert met_klant.zoekveld.text() == ""


def test_onder_het_dek_rondt_ctrl_enter_het_contact_niet_af(venster: Hoofdvenster) -> None:
    afgerond: list[bool] = []
    actie = venster._acties.contact_afronden
    actie.setEnabled(True)
    actie.triggered.connect(lambda: afgerond.append(True))
    press(venster, Qt.Key.Key_F12)
    press(venster, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert afgerond == []
    press(venster, Qt.Key.Key_F12)
    assert not venster.afdekking.is_afgedekt


def test_de_knop_verder_werken_heeft_de_focus_en_werkt_met_enter(qtbot: QtBot, venster: Hoofdvenster) -> None:
    press(venster, Qt.Key.Key_F12)
    knop = QApplication.focusWidget()
    assert knop is not None
    assert knop.accessibleName() == "Verder werken"
    press(venster, Qt.Key.Key_Space)
    assert not venster.afdekking.is_afgedekt


def test_tooltips_en_open_menus_verdwijnen_meteen(
    qapp: QApplication, qtbot: QtBot, venster: Hoofdvenster
) -> None:
    show_uitleg(venster, venster.mapToGlobal(QPoint(50, 50)), f"Alles over {GEHEIM}")
    menu = QMenu(venster)
    menu.addAction(GEHEIM)
    menu.popup(venster.mapToGlobal(QPoint(80, 80)))
    assert GEHEIM in read_alles(qapp)
    venster.afdekking.cover()
    assert GEHEIM not in read_alles(qapp)
    assert not menu.isVisible()


def test_het_klembord_blijft_wat_het_was(venster: Hoofdvenster) -> None:
    QApplication.clipboard().setText("van een ander programma")
    venster.afdekking.cover()
    assert QApplication.clipboard().text() == "van een ander programma"


def test_wat_onder_het_dek_binnenkomt_blijft_afgedekt(
    qapp: QApplication, qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    wereld.personen.houd_vast("load_persoon")
    qtbot.keyClicks(venster.zoekveld, BSN)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "load_persoon" in wereld.vragen)
    venster.afdekking.cover()
    wereld.personen.laat_los("load_persoon")
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    assert GEHEIM not in read_alles(qapp)


class Klok:
    def __init__(self) -> None:
        self.nu = 0.0

    def __call__(self) -> float:
        return self.nu


def test_zonder_invoer_dekt_het_scherm_zichzelf_af_en_invoer_stelt_dat_uit(
    qapp: QApplication, qtbot: QtBot
) -> None:
    klok = Klok()
    afdekking = Afdekking(5, klok)
    afdekking.follow(qapp)
    veld = QWidget()
    qtbot.addWidget(veld)
    kolom = QVBoxLayout(veld)
    kolom.addWidget(QLineEdit())
    veld.show()
    veld.activateWindow()
    qtbot.waitUntil(veld.isActiveWindow)
    klok.nu = 290
    press(veld, Qt.Key.Key_A)
    klok.nu = 310
    afdekking.check_rust()
    assert not afdekking.is_afgedekt
    klok.nu = 590
    afdekking.check_rust()
    assert afdekking.is_afgedekt
    afdekking.uncover()
    klok.nu = 600
    afdekking.check_rust()
    assert not afdekking.is_afgedekt


def test_de_wekker_dekt_vanzelf_af(qtbot: QtBot) -> None:
    venster = QWidget()
    qtbot.addWidget(venster)
    afdekking = Afdekking(0.002, parent=venster)
    venster.show()
    qtbot.waitUntil(lambda: afdekking.is_afgedekt)
    afdekking.uncover()


def test_met_haar_venster_verdwijnt_ook_de_afdekking(qtbot: QtBot) -> None:
    venster = QWidget()
    afdekking = Afdekking(parent=venster)
    with qtbot.waitSignal(afdekking.destroyed):
        venster.deleteLater()


def test_vergrendelen_van_het_systeem_dekt_af(maak_venster: MaakVenster) -> None:
    venster = maak_venster(None)
    slot = Vergrendeling()
    slot.vergrendeld.connect(venster.afdekking.cover)
    slot.on_slot(False)
    assert not venster.afdekking.is_afgedekt
    slot.on_slot(True)
    assert venster.afdekking.is_afgedekt
