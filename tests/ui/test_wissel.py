"""Meer mensen op één account: aanmelden in het venster, wisselen, en van de vorige niets meer zien."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Afsluiting
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.registratie import Toestand
from frontoffice.profiel import mensenlezen
from frontoffice.registratiepoort import WinkelFout
from frontoffice.samenstelling import Diensten
from frontoffice.services import toegangscode
from frontoffice.services.aanmelden import VRIJE_POGINGEN
from tests.bouwers import BSN
from tests.test_gedeeld_account import CODE, Balie
from ui import klembord
from ui.aanmelden.scherm import Aanmeldscherm
from ui.afdekken import Dek
from ui.app import Programma
from ui.hoofdvenster import Hoofdvenster
from ui.instellingen import Instellingen

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Werkplek:
    """Het hele programma op een gedeeld account, bediend met toetsen."""

    def __init__(self, qtbot: QtBot, programma: Programma, balie: Balie) -> None:
        self.qtbot, self.programma, self.balie = qtbot, programma, balie

    @property
    def venster(self) -> Hoofdvenster:
        return self.programma.venster

    @property
    def aanmelden(self) -> Aanmeldscherm:
        scherm = self.venster.aanmelden.scherm
        assert scherm is not None
        return scherm

    def wait_naam(self) -> None:
        self.qtbot.waitUntil(
            lambda: self.venster.aanmelden.scherm is not None and self.aanmelden.naam.isVisible()
        )

    def type_naam(self, letters: str) -> None:
        self.wait_naam()
        self.qtbot.keyClicks(self.aanmelden.naam, letters)
        self.qtbot.keyClick(self.aanmelden.naam, Qt.Key.Key_Return)
        self.qtbot.waitUntil(self.aanmelden.code.isVisible)

    def type_code(self, code: str = CODE) -> None:
        self.qtbot.keyClicks(self.aanmelden.code, code)
        self.qtbot.keyClick(self.aanmelden.code, Qt.Key.Key_Return)
        if self.aanmelden.nog_een_keer.isVisible():
            self.qtbot.keyClicks(self.aanmelden.nog_een_keer, code)
            self.qtbot.keyClick(self.aanmelden.nog_een_keer, Qt.Key.Key_Return)

    def sign_in(self, letters: str) -> None:
        self.type_naam(letters)
        self.type_code()
        self.qtbot.waitUntil(lambda: self.venster.scherm is not None)

    def wissel(self) -> None:
        QTest.keyClick(self.venster, Qt.Key.Key_M, CTRL_SHIFT)
        self.wait_naam()

    def open_klant(self) -> None:
        self.qtbot.keyClicks(self.venster.zoekveld, BSN)
        self.qtbot.keyClick(self.venster.zoekveld, Qt.Key.Key_Return)
        scherm = self.venster.scherm
        assert scherm is not None
        self.qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
        self.wait_tekst("Brinkstraat")  # geladen is nog niet getoond

    def press(self, toets: Qt.Key, extra: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Een toets zoals het venstersysteem hem geeft, dus langs sneltoetsen en dek."""
        QTest.keyClick(self.venster.windowHandle(), toets, extra)

    def type_op_dek(self, code: str) -> None:
        for teken in code:
            QTest.keyClick(self.venster.windowHandle(), teken)
        self.press(Qt.Key.Key_Return)

    def wait_tekst(self, woorden: str) -> None:
        self.qtbot.waitUntil(lambda: woorden in zichtbare_tekst(self.venster))

    @property
    def notitie(self) -> QPlainTextEdit:
        strook = self.venster.contacten.strook
        assert strook is not None
        return strook.vorm.notitie

    def count_contacten(self) -> int:
        gesprekken = self.venster.contacten.gesprekken
        return 0 if gesprekken is None else len(gesprekken.concepten)


@pytest.fixture
def balie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Balie:
    monkeypatch.setattr(mensenlezen, "read_account", lambda: "balie1")
    monkeypatch.setattr(toegangscode, "_MACHT", 4)
    return Balie(tmp_path)


@pytest.fixture
def werkplek(qtbot: QtBot, qapp: QApplication, balie: Balie) -> Iterator[Werkplek]:
    Instellingen(balie.data_dir).kleuren = "licht"
    programma = Programma(qapp, balie.data_dir, lambda: nullcontext(balie.diensten))
    # Logbestand en bescherming gelden voor het hele proces: die horen hier niet.
    programma.venster.getekend.disconnect(programma._wait_eerste_beeld)
    programma.venster.resize(1280, 720)
    programma.venster.show()
    programma.build()
    werkplek = Werkplek(qtbot, programma, balie)
    werkplek.wait_naam()
    yield werkplek
    programma.venster.close()
    programma.close()
    balie.diensten.close()
    for weg in (programma.venster, programma.acties):
        weg.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def collect() -> bool:
    """Ruim op wat niemand meer vasthoudt."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()
    gc.collect()
    return True


def zichtbare_tekst(venster: QWidget) -> str:
    from tests.e2e.venster import schermtekst

    return schermtekst(venster)


def test_tot_iemand_zich_aanmeldt_gaat_er_niets_open(werkplek: Werkplek) -> None:
    venster = werkplek.venster
    assert not venster.zoekveld.isEnabled()
    assert venster.contacten.strook is None
    for naam in ("zoeken", "nieuw_contact", "afspraak_maken", "avonden", "controleer", "wissel", "outbox"):
        assert not getattr(werkplek.programma.acties, naam).isEnabled(), naam
    assert werkplek.balie.personen.aanroepen == []
    assert werkplek.balie.regels() == []


def test_de_eerste_keer_kiest_iemand_een_code_en_daarna_is_die_genoeg(werkplek: Werkplek) -> None:
    werkplek.type_naam("bos")
    assert "eerste keer" in werkplek.aanmelden.uitleg.text()
    werkplek.type_code()
    werkplek.qtbot.waitUntil(lambda: werkplek.venster.scherm is not None)
    assert "S. Bos" in zichtbare_tekst(werkplek.venster)
    assert werkplek.venster.zoekveld.hasFocus()
    werkplek.wissel()
    werkplek.type_naam("bos")
    assert not werkplek.aanmelden.nog_een_keer.isVisible()
    assert werkplek.aanmelden.laatst.text().startswith("U begon hier het laatst vandaag om ")
    werkplek.type_code()
    werkplek.qtbot.waitUntil(lambda: werkplek.venster.scherm is not None)


def test_twee_verschillende_codes_of_een_makkelijke_worden_uitgelegd(werkplek: Werkplek) -> None:
    werkplek.type_naam("bos")
    scherm = werkplek.aanmelden
    werkplek.qtbot.keyClicks(scherm.code, CODE)
    werkplek.qtbot.keyClicks(scherm.nog_een_keer, CODE + "x")
    werkplek.qtbot.keyClick(scherm.nog_een_keer, Qt.Key.Key_Return)
    assert "niet gelijk" in zichtbare_tekst(scherm)
    assert scherm.code.text() == scherm.nog_een_keer.text() == ""
    werkplek.type_code("123456")
    werkplek.qtbot.waitUntil(lambda: "te makkelijk" in zichtbare_tekst(scherm))
    assert werkplek.venster.scherm is None


def test_een_foute_code_zegt_dat_en_na_vijf_keer_moet_men_wachten(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.wissel()
    werkplek.type_naam("bos")
    for keer in range(VRIJE_POGINGEN + 1):
        werkplek.type_code(f"foute code {keer}")
        werkplek.qtbot.waitUntil(lambda: werkplek.aanmelden.beginnen.isEnabled())
    assert "te vaak" in zichtbare_tekst(werkplek.aanmelden)
    assert werkplek.venster.scherm is None


def test_met_escape_kiest_een_ander_en_een_onbekende_naam_zegt_wat_te_doen(werkplek: Werkplek) -> None:
    werkplek.type_naam("bos")
    werkplek.qtbot.keyClicks(werkplek.aanmelden.code, "half geheim")
    werkplek.qtbot.keyClick(werkplek.aanmelden.code, Qt.Key.Key_Escape)
    assert werkplek.aanmelden.naam.hasFocus()
    assert werkplek.aanmelden.code.text() == ""
    werkplek.qtbot.keyClicks(werkplek.aanmelden.naam, "zzz")
    assert "Vraag uw beheerder" in zichtbare_tekst(werkplek.aanmelden)


def test_wisselen_wist_klant_zoekveld_recent_klembord_en_ongedaan(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.open_klant()
    werkplek.qtbot.keyClicks(werkplek.notitie, "Belt over Jansen.")
    klembord.put("999990019")
    oud = werkplek.venster
    scherm = weakref.ref(oud.scherm)
    assert "Brinkstraat" in zichtbare_tekst(oud)
    del oud
    werkplek.wissel()
    for venster in QApplication.topLevelWidgets():
        assert not venster.isVisible() or "Brinkstraat" not in zichtbare_tekst(venster)
    assert QGuiApplication.clipboard().text() == ""
    assert not werkplek.programma.acties.klant_sluiten.isEnabled()
    werkplek.sign_in("wit")
    assert "F. de Wit" in zichtbare_tekst(werkplek.venster)
    assert "Brinkstraat" not in zichtbare_tekst(werkplek.venster)
    assert not werkplek.notitie.document().isUndoAvailable()
    werkplek.qtbot.keyClick(werkplek.notitie, Qt.Key.Key_Z, CTRL_SHIFT)
    assert werkplek.count_contacten() == 0
    # Werk dat nog liep toen het venster sloot, houdt het vast tot zijn einde is gezien.
    werkplek.qtbot.waitUntil(lambda: collect() and scherm() is None)


def test_wat_een_ander_programma_op_het_klembord_zette_blijft_staan(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    QGuiApplication.clipboard().setText("van een ander programma")
    werkplek.wissel()
    assert QGuiApplication.clipboard().text() == "van een ander programma"
    QGuiApplication.clipboard().clear()


def test_een_contact_dat_loopt_wacht_op_zijn_eigenaar(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.qtbot.keyClicks(werkplek.notitie, "Belt over een kapvergunning en hangt nog")
    werkplek.wissel()
    werkplek.sign_in("wit")
    werkplek.qtbot.waitUntil(lambda: not werkplek.programma.achtergrond.bezig)
    assert werkplek.count_contacten() == 0
    werkplek.qtbot.keyClicks(werkplek.notitie, "Iets van De Wit")
    werkplek.wissel()
    werkplek.balie.klok.zet_vooruit(hours=3)
    werkplek.sign_in("bos")
    werkplek.qtbot.waitUntil(lambda: werkplek.count_contacten() == 1)
    werkplek.qtbot.waitUntil(
        lambda: werkplek.notitie.toPlainText() == "Belt over een kapvergunning en hangt nog"
    )


def test_afronden_en_meteen_wisselen_verliest_geen_teken(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.qtbot.keyClicks(werkplek.notitie, "Belt over afval")
    werkplek.programma.acties.contact_afronden.trigger()
    werkplek.wissel()
    winkel = werkplek.balie.diensten.opslag.winkel
    teksten = [concept.notitie for concept in winkel.load_concepten()]
    teksten += [rij.registratie.inhoud for rij in winkel.load_verzendingen()]
    assert teksten == ["Belt over afval"]


def test_wat_klaarstaat_gaat_door_ook_als_er_niemand_is(
    werkplek: Werkplek, monkeypatch: pytest.MonkeyPatch
) -> None:
    balie = werkplek.balie
    bos = balie.sign_in("s.bos")
    registreren = bos.contacten.registreren
    concept = replace(registreren.start(1), notitie="Vraagt naar afval.", afsluiting=Afsluiting.BEANTWOORD)
    registreren.finish(concept, ongedaan_s=0)
    werkplek.venster.aanmelden._send_wachtend()
    werkplek.qtbot.waitUntil(
        lambda: balie.diensten.opslag.winkel.load_verzendingen()[0].toestand is Toestand.STAAT_IN_REGISTER
    )
    [rij] = balie.diensten.opslag.winkel.load_verzendingen()
    assert rij.opdracht.medewerker == "s.bos"


def test_het_logboek_noemt_wie_er_kwam_en_ging(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.open_klant()
    werkplek.wissel()
    werkplek.sign_in("wit")
    werkplek.open_klant()
    werkplek.venster.close()
    werkplek.programma.close()
    regels = werkplek.balie.regels()
    assert regels == [
        ("toegangscode_gekozen", "s.bos"), ("aangemeld", "s.bos"), ("klant_geopend", "s.bos"),
        ("afgemeld", "s.bos"),
        ("toegangscode_gekozen", "f.dewit"), ("aangemeld", "f.dewit"), ("klant_geopend", "f.dewit"),
        ("afgemeld", "f.dewit"),
    ]  # fmt: skip
    redenen = [
        regel.bijzonderheden["reden"]
        for regel in werkplek.balie.diensten.opslag.logboek.regels
        if regel.handeling == "afgemeld"
    ]
    assert redenen == ["gewisseld", "afgesloten"]


def test_zonder_opslag_meldt_niemand_zich_aan(werkplek: Werkplek, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise WinkelFout("De sleutelbos is op slot. Ontgrendel haar.", code="winkel_sleutel")

    monkeypatch.setattr(type(werkplek.balie.diensten.opslag), "winkel", property(refuse))
    werkplek.qtbot.keyClicks(werkplek.aanmelden.naam, "bos")
    werkplek.qtbot.keyClick(werkplek.aanmelden.naam, Qt.Key.Key_Return)
    werkplek.qtbot.waitUntil(lambda: "Ontgrendel haar" in zichtbare_tekst(werkplek.aanmelden))
    assert not werkplek.aanmelden.code.isVisible()


def test_wisselen_rekent_de_zware_code_een_keer_uit_en_daarna_kan_men_typen(
    werkplek: Werkplek, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkplek.sign_in("bos")
    werkplek.wissel()
    werkplek.sign_in("wit")
    werkplek.open_klant()
    gerekend, echt = [], toegangscode._scrypt

    def scrypt(code: str, zout: bytes) -> bytes:
        gerekend.append(threading.current_thread())
        return echt(code, zout)

    monkeypatch.setattr(toegangscode, "_scrypt", scrypt)
    werkplek.wissel()
    werkplek.sign_in("bos")
    werkplek.qtbot.waitUntil(werkplek.venster.zoekveld.hasFocus)
    assert len(gerekend) == 1
    assert threading.main_thread() not in gerekend, "het scherm staat er niet op te wachten"


def test_wisselen_laat_geen_venster_achter_in_het_geheugen(werkplek: Werkplek, qapp: QApplication) -> None:
    werkplek.sign_in("bos")
    oude = []
    for naam in ("wit", "bos"):
        oude.append(weakref.ref(werkplek.venster))
        werkplek.wissel()
        werkplek.sign_in(naam)
    werkplek.qtbot.waitUntil(lambda: collect() and not any(venster() for venster in oude))


def test_op_een_eigen_account_is_er_niets_te_wisselen(venster: Hoofdvenster) -> None:
    actie = venster._acties.wissel
    assert not actie.isVisible()
    assert not actie.isEnabled()


def test_een_late_handeling_van_wie_weg_is_komt_niet_op_naam_van_de_volgende(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    eigen = werkplek.programma._eigen
    assert isinstance(eigen, Diensten)
    werkplek.wissel()
    werkplek.sign_in("wit")
    with pytest.raises(Geweigerd):
        werkplek.balie.diensten.logboek.note("klant_geopend", "dienstverlening")
    eigen.logboek.note("brp_bevraagd", "kwam te laat")
    assert werkplek.balie.regels()[-1] == ("brp_bevraagd", "s.bos")


def test_een_afgedekt_scherm_gaat_hier_alleen_open_met_de_code(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.open_klant()
    werkplek.press(Qt.Key.Key_F12)
    werkplek.press(Qt.Key.Key_F12)
    assert werkplek.venster.afdekking.is_afgedekt
    assert "Brinkstraat" not in zichtbare_tekst(werkplek.venster)
    assert "S. Bos werkt hier." in zichtbare_tekst(werkplek.venster)
    werkplek.type_op_dek("")
    werkplek.wait_tekst("Typ uw code.")
    werkplek.type_op_dek("niet deze code")
    werkplek.wait_tekst("Deze code klopt niet.")
    assert werkplek.venster.afdekking.is_afgedekt
    for toets in (Qt.Key.Key_W, Qt.Key.Key_K, Qt.Key.Key_V):  # sluit de klant, gaat zoeken, plakt
        werkplek.press(toets, Qt.KeyboardModifier.ControlModifier)
    werkplek.type_op_dek(CODE)
    werkplek.qtbot.waitUntil(lambda: not werkplek.venster.afdekking.is_afgedekt)
    werkplek.wait_tekst("Brinkstraat")
    soorten = [soort for soort, _ in werkplek.balie.regels()]
    assert soorten[-2:] == ["aanmelden_geweigerd", "scherm_ontgrendeld"]


def test_op_het_dek_kan_iemand_anders_zich_aanmelden_en_ziet_die_niets(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.open_klant()
    werkplek.qtbot.keyClicks(werkplek.notitie, "Belt over een kapvergunning")
    werkplek.press(Qt.Key.Key_F12)
    [dek] = [dek for dek in werkplek.venster.findChildren(Dek) if dek.isVisible()]
    assert dek.slotvak is not None
    werkplek.qtbot.mouseClick(dek.slotvak.ander, Qt.MouseButton.LeftButton)
    werkplek.qtbot.waitUntil(lambda: werkplek.venster.aanmelden.scherm is not None)
    werkplek.sign_in("wit")
    assert "Brinkstraat" not in zichtbare_tekst(werkplek.venster)
    assert not werkplek.venster.afdekking.is_afgedekt
    werkplek.wissel()
    werkplek.sign_in("bos")
    werkplek.qtbot.waitUntil(lambda: werkplek.count_contacten() == 1)
    werkplek.qtbot.waitUntil(lambda: werkplek.notitie.toPlainText() == "Belt over een kapvergunning")


def test_is_de_code_gewist_dan_zegt_het_dek_wat_te_doen(werkplek: Werkplek) -> None:
    werkplek.sign_in("bos")
    werkplek.press(Qt.Key.Key_F12)
    dienst = werkplek.balie.diensten.aanmelden
    assert dienst is not None
    dienst.forget("s.bos")
    werkplek.type_op_dek(CODE)
    werkplek.wait_tekst("Kies Iemand anders en meld u opnieuw aan.")
    assert werkplek.venster.afdekking.is_afgedekt
