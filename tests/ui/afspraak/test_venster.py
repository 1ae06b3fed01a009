"""De afsprakenschermen in het hele venster: openen, weggaan, en wat er gebeurt als het niet mag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Herkomst, Kandidaat, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from tests.bouwers import BSN
from tests.ui.afspraak.conftest import zichtbare_tekst
from tests.ui.afspraak.nep_agenda import NepAgenda
from ui.acties import Acties
from ui.afspraak.gekozen import Fase
from ui.hoofdvenster import Hoofdvenster


@pytest.fixture
def venster(maak_venster: Callable[..., Hoofdvenster], wereld: Any, agenda: NepAgenda) -> Hoofdvenster:
    wereld.agenda = agenda
    return maak_venster(wereld.build())


def open_klant(venster: Hoofdvenster, qtbot: QtBot) -> None:
    venster.open_klant(Kandidaat(PersoonSleutel(Bsn(BSN)), "", Herkomst.BSN))
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(
        lambda: scherm.current is not None and scherm.current.is_compleet and scherm.is_bijgewerkt
    )


def druk(venster: Hoofdvenster, toets: Qt.Key | str, *mods: Qt.KeyboardModifier) -> None:
    mod = Qt.KeyboardModifier.NoModifier
    for deel in mods:
        mod |= deel
    QTest.keyClick(QApplication.focusWidget() or venster, toets, mod)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def begin_boeking(venster: Hoofdvenster, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "pas")
    druk(venster, Qt.Key.Key_Return)
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus(), timeout=5_000)
    druk(venster, "1")
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST, timeout=5_000)


def klik(venster: Hoofdvenster, tekst: str) -> None:
    for knop in venster.findChildren(QPushButton):
        if knop.isVisible() and knop.text() == tekst:
            knop.click()
            return
    raise AssertionError(f"geen zichtbare knop {tekst!r}")


def test_ctrl_shift_a_begint_met_de_focus_in_product(venster: Hoofdvenster, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Product"


def test_de_klant_in_beeld_gaat_mee(venster: Hoofdvenster, qtbot: QtBot) -> None:
    open_klant(venster, qtbot)
    begin_boeking(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    assert boek.gekozen.contact.naam.text() != ""
    druk(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: boek.verloop.fase is not Fase.BEVESTIGEN, timeout=5_000)


def test_alt_1_kiest_hier_een_tijd_en_springt_bij_de_klant_naar_de_klant(
    venster: Hoofdvenster, qtbot: QtBot, acties: Acties
) -> None:
    open_klant(venster, qtbot)
    assert acties.naar_klant.isEnabled()
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    assert not acties.naar_klant.isEnabled()
    QTest.keyClicks(QApplication.focusWidget(), "pas")
    druk(venster, Qt.Key.Key_Return)
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus(), timeout=5_000)
    venster.zoekveld.setFocus()
    druk(venster, "2", ALT)
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST, timeout=5_000)
    boek.verloop.release()
    druk(venster, Qt.Key.Key_Escape)
    boek.leave()
    assert acties.naar_klant.isEnabled()


def test_weggaan_met_een_vastgezette_tijd_vraagt_of_die_vrij_mag_zonder_tegen_te_houden(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    begin_boeking(venster, qtbot)
    open_klant(venster, qtbot)
    tekst = zichtbare_tekst(venster)
    assert "Tijd vrijgeven? do 3 dec 17.00 uur staat nog vast." in tekst
    klik(venster, "Terug naar de afspraak")
    assert venster.afspraken.boek is not None
    assert venster.afspraken.boek.isVisible()
    assert "Tijd vrijgeven? do" not in zichtbare_tekst(venster)
    venster.afspraken.boek.leave()
    klik(venster, "Tijd vrijgeven")
    qtbot.waitUntil(lambda: not agenda.opslag.staat.reserveringen, timeout=5_000)
    qtbot.waitUntil(lambda: "Tijd vrijgeven? do" not in zichtbare_tekst(venster))


def test_zonder_gedeelde_agenda_staat_er_waarom_en_is_er_niets_om_op_te_drukken(
    maak_venster: Callable[..., Hoofdvenster], wereld: Any, qtbot: QtBot
) -> None:
    wereld.agenda_uit = "Afspraken maken staat uit: er is geen gedeelde agenda."
    venster = maak_venster(wereld.build())
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    assert "Afspraken maken staat uit: er is geen gedeelde agenda." in zichtbare_tekst(venster)
    assert venster.afspraken.boek is None
    klik(venster, "Terug")
    assert "staat uit" not in zichtbare_tekst(venster)


def test_zoeken_en_dan_verzetten_kan_zonder_muis(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    from frontoffice.agenda.wens import Wens, Wensregel

    starts = agenda.vrij.find_starts(Wens((Wensregel("rijbewijs"),))).eerste
    oud = agenda.boek("rijbewijs", starts[6].begin, "A. Jansen-ter Braak")
    druk(venster, Qt.Key.Key_K, CTRL, SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "jansen")
    druk(venster, Qt.Key.Key_Return)
    overzicht = venster.afspraken.overzicht
    assert overzicht is not None
    qtbot.waitUntil(lambda: overzicht.lijst.hasFocus(), timeout=5_000)
    druk(venster, "v")
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus(), timeout=5_000)
    druk(venster, "1")
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST, timeout=5_000)
    druk(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR, timeout=5_000)
    assert agenda.opslag.staat.afspraken[oud.id].begin == starts[0].begin


def test_f1_opent_de_hulp_van_dit_scherm(venster: Hoofdvenster, acties: Acties, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    acties.hulp.trigger()
    assert venster._hulp is not None
    assert venster._hulp.titel.text() == "Afspraak maken"
    venster._hulp.close()


def test_de_brief_staat_op_het_scherm_zoals_hij_op_papier_komt(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    open_klant(venster, qtbot)
    begin_boeking(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    boek.gekozen.contact.telefoon.setText("0612345678")
    boek.confirm()
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR, timeout=5_000)
    klik(venster, "Brief")
    brief = venster.afspraken.brief
    assert brief is not None
    qtbot.waitUntil(lambda: "1 bladzijde" in brief.zin.text(), timeout=15_000)
    brief.groot.setChecked(True)
    qtbot.waitUntil(
        lambda: "bladzijde" in brief.zin.text() and "maken" not in brief.zin.text(), timeout=15_000
    )
    brief.gesloten.emit()
    assert boek.isVisible()
