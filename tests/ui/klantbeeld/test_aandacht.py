"""Wat speelt er: regels worden hergebruikt, maar een knop doet nooit iets anders dan er staat."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.klantbeeld import AandachtSoort, Aandachtspunt
from frontoffice.domain.weergave import KlantWeergave
from tests.ui.klantbeeld.conftest import zichtbare_tekst
from ui.klantbeeld.aandacht import AandachtVak, Puntregel
from ui.klantbeeld.iconen import Iconen
from ui.thema import Thema


def punt(naam: str) -> Aandachtspunt:
    return Aandachtspunt(AandachtSoort.TE_LAAT, f"Let op {naam}.", "open_zaak", "Open zaak", naam)


def toon(vak: AandachtVak, *namen: str) -> None:
    vak.show_weergave(KlantWeergave("", "", True, aandacht=tuple(punt(naam) for naam in namen)))


@pytest.fixture
def vak(qtbot: QtBot, thema: Thema) -> AandachtVak:
    venster = QWidget()
    qtbot.addWidget(venster)
    kolom = QVBoxLayout(venster)
    gemaakt = AandachtVak(Iconen(thema))
    kolom.addWidget(gemaakt)
    kolom.addWidget(QLineEdit())
    venster.resize(500, 400)
    venster.show()
    qtbot.waitExposed(venster)
    venster.activateWindow()
    qtbot.waitUntil(venster.isActiveWindow)
    gemaakt._venster = venster  # type: ignore[attr-defined]  # qtbot houdt een venster niet vast
    return gemaakt


def test_een_nieuwe_regel_op_dezelfde_plaats_opent_wat_er_nu_staat(vak: AandachtVak, qtbot: QtBot) -> None:
    toon(vak, "a")
    toon(vak, "b")
    assert "Let op b." in zichtbare_tekst(vak)
    assert "Let op a." not in zichtbare_tekst(vak)
    with qtbot.waitSignal(vak.gekozen) as gekozen:
        vak._regels[0].knop.click()
    assert gekozen.args[0].verwijzing == "b"
    assert vak._regels[0].knop.accessibleName() == "Open zaak: Let op b."


def test_minder_punten_laten_geen_oude_regel_staan_ook_niet_onzichtbaar(vak: AandachtVak) -> None:
    toon(vak, "a", "b", "c")
    toon(vak, "a")
    teksten = [regel.knop.accessibleName() + regel._tekst.text() for regel in vak.findChildren(Puntregel)]
    assert not any("Let op b" in tekst or "Let op c" in tekst for tekst in teksten)
    vak.clear()
    assert "Let op" not in zichtbare_tekst(vak)
    assert not any("Let op" in regel.knop.accessibleName() for regel in vak.findChildren(Puntregel))


def test_de_focus_gaat_mee_met_haar_punt(vak: AandachtVak) -> None:
    toon(vak, "a", "b")
    vak._regels[1].knop.setFocus(Qt.FocusReason.TabFocusReason)
    toon(vak, "nieuw", "a", "b")
    assert vak._regels[2].knop.hasFocus()


def test_vervalt_het_punt_met_de_focus_dan_staat_de_focus_op_geen_ander_punt(vak: AandachtVak) -> None:
    toon(vak, "a", "b")
    vak._regels[0].knop.setFocus(Qt.FocusReason.TabFocusReason)
    toon(vak, "x", "y")
    assert not any(regel.knop.hasFocus() for regel in vak._regels)
    assert "Let op x." in zichtbare_tekst(vak)
    assert QApplication.focusWidget() is not None


def test_pijltjes_lopen_alleen_langs_regels_die_er_staan(vak: AandachtVak, qtbot: QtBot) -> None:
    toon(vak, "a", "b", "c")
    toon(vak, "a", "b")
    vak.eerste_focus().setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert vak._regels[1].knop.hasFocus()


@pytest.mark.parametrize("soort", AandachtSoort)
def test_elk_punt_dat_er_kan_zijn_is_te_tonen(vak: AandachtVak, soort: AandachtSoort) -> None:
    """Gevonden bij het doden van het echte venster: een nieuwe soort had geen beeld, en brak het vak."""
    een = Aandachtspunt(soort, "Let op.", "open_zaak", "Open", "x")
    vak.show_weergave(KlantWeergave("", "", True, aandacht=(een,)))
    assert "Let op." in zichtbare_tekst(vak)
