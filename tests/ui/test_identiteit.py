"""Wie er spreekt: vinkjes in de kop bij het contact dat loopt, in drie toetsen, nooit een antwoord."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import VERGELEKEN, Concept, Identiteit, Identiteitsniveau, to_identiteit
from frontoffice.domain.klant import Controle, Herkomst, Kandidaat, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from tests.bouwers import BSN
from tests.ui.conftest import Wereld
from tests.ui.test_venster import open_klant
from ui.acties import Acties
from ui.hoofdvenster import Hoofdvenster
from ui.klantbeeld.identiteit import Identiteitregel
from ui.klantbeeld.kop import KopVak

ALGEMEEN, EIGEN, GEVOELIG = Identiteitsniveau
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def kop(venster: Hoofdvenster) -> KopVak:
    assert venster.scherm is not None
    return venster.scherm.kop


def regel(venster: Hoofdvenster) -> Identiteitregel:
    return kop(venster).identiteit


def contact(venster: Hoofdvenster) -> Concept:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    assert gesprekken.actief is not None
    return gesprekken.actief


def aangevinkt(venster: Hoofdvenster) -> list[Identiteitsniveau]:
    return [niveau for niveau, vink in regel(venster).vinken.items() if vink.isChecked()]


@pytest.fixture
def gesprek(qtbot: QtBot, venster: Hoofdvenster) -> Hoofdvenster:
    """Een contact met een klant die met haar BSN is gevonden."""
    open_klant(qtbot, venster)
    qtbot.waitUntil(lambda: regel(venster).isVisible())
    return venster


def test_met_twee_toetsen_ligt_het_niveau_vast_bij_het_contact(qtbot: QtBot, gesprek: Hoofdvenster) -> None:
    assert contact(gesprek).identiteit is None
    assert aangevinkt(gesprek) == []
    QTest.keyClick(gesprek, Qt.Key.Key_C, CTRL_SHIFT)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert regel(gesprek).isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_2)
    assert contact(gesprek).identiteit == Identiteit(EIGEN, "zelf gevraagd")
    assert aangevinkt(gesprek) == [ALGEMEEN, EIGEN]
    strook = gesprek.contacten.strook
    assert strook is not None
    assert strook.vorm.identiteit.text() == "Eigen zaak: zelf gevraagd"


def test_een_vinkje_weghalen_gaat_een_stap_terug_en_het_laatste_laat_niets_na(
    gesprek: Hoofdvenster,
) -> None:
    vinken = list(regel(gesprek).vinken.values())
    vinken[2].click()
    assert contact(gesprek).identiteit == Identiteit(GEVOELIG, "zelf gevraagd")
    vinken[2].click()
    assert aangevinkt(gesprek) == [ALGEMEEN, EIGEN]
    vinken[0].click()
    assert contact(gesprek).identiteit is None
    assert aangevinkt(gesprek) == []


@pytest.fixture
def beller(qtbot: QtBot, venster: Hoofdvenster) -> Hoofdvenster:
    """Een contact met een klant die op telefoonnummer is gevonden, en nog niet is gecontroleerd."""
    venster.contacten.note_gezocht("0")
    venster.open_klant(Kandidaat(PersoonSleutel(Bsn(BSN)), "", Herkomst.TELEFOON))
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    qtbot.waitUntil(lambda: regel(venster).isVisible() and kop(venster).controle.isVisible())
    return venster


def test_na_vergelijken_staat_het_niveau_met_de_methode_in_het_contact_en_geen_antwoord(
    qtbot: QtBot, beller: Hoofdvenster
) -> None:
    QTest.keyClick(beller, Qt.Key.Key_C, CTRL_SHIFT)
    for tekst in ("1-12-1985", "7581 ZZ 912"):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, tekst)
        qtbot.keyClick(focus, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: contact(beller).identiteit is not None)
    assert contact(beller).identiteit == Identiteit(EIGEN, VERGELEKEN)
    assert aangevinkt(beller) == [ALGEMEEN, EIGEN]
    assert "1985" not in repr(contact(beller).identiteit)


def test_wie_nog_niet_is_gecontroleerd_komt_niet_verder_dan_een_algemene_vraag(
    beller: Hoofdvenster,
) -> None:
    vinken = list(regel(beller).vinken.values())
    vinken[0].click()
    assert contact(beller).identiteit == Identiteit(ALGEMEEN, "zelf gevraagd")
    vinken[1].click()
    assert contact(beller).identiteit == Identiteit(ALGEMEEN, "zelf gevraagd")
    assert aangevinkt(beller) == [ALGEMEEN]
    assert kop(beller).controle.is_open


def test_een_tweede_contact_begint_zonder_en_het_eerste_houdt_het_zijne(
    gesprek: Hoofdvenster, acties: Acties
) -> None:
    gesprekken = gesprek.contacten.gesprekken
    assert gesprekken is not None
    eerste = contact(gesprek).uuid
    list(regel(gesprek).vinken.values())[1].click()
    acties.nieuw_contact.trigger()
    assert not regel(gesprek).isVisible()
    assert contact(gesprek).identiteit is None
    gesprekken.choose(eerste)
    assert regel(gesprek).isVisible()
    assert aangevinkt(gesprek) == [ALGEMEEN, EIGEN]


def test_een_controle_voor_het_contact_begint_gaat_een_keer_mee(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    venster.open_klant(Kandidaat(PersoonSleutel(Bsn(BSN)), "", Herkomst.TELEFOON))
    scherm, strook = venster.scherm, venster.contacten.strook
    assert scherm is not None
    assert strook is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    qtbot.waitUntil(lambda: kop(venster).controle.isVisible())
    kop(venster).gecontroleerd.emit(Controle.IDENTITEITSBEWIJS, "")
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.gecontroleerd)
    qtbot.waitUntil(lambda: venster.contacten._gecontroleerd is not None)
    qtbot.keyClicks(strook.vorm.notitie, "Haalt paspoort op")
    assert contact(venster).identiteit == Identiteit(GEVOELIG, "identiteitsbewijs gezien")
    assert venster.contacten._gecontroleerd is None


def test_zonder_contact_zegt_de_toets_wat_er_eerst_moet(qtbot: QtBot, venster: Hoofdvenster) -> None:
    venster.open_klant(Kandidaat(PersoonSleutel(Bsn(BSN)), "", Herkomst.BSN))
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    qtbot.waitUntil(lambda: scherm.is_bijgewerkt)
    with qtbot.waitSignal(scherm.melding) as melding:
        QTest.keyClick(venster, Qt.Key.Key_C, CTRL_SHIFT)
    assert "Begin een contact" in melding.args[0]


@pytest.mark.parametrize("wijze", list(Controle))
def test_wat_iemand_zelf_typt_komt_niet_in_de_methode(wijze: Controle) -> None:
    identiteit = to_identiteit(wijze, "Haar moeder heet Truus, nummer 999990019")
    assert "Truus" not in identiteit.methode
    assert identiteit.niveau is (GEVOELIG if wijze is Controle.IDENTITEITSBEWIJS else EIGEN)
