"""Afspraken opzoeken, verzetten en afzeggen, en de wachtlijst met belkaarten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Contactgegevens, Toestand
from frontoffice.agenda.wens import Wens, Wensregel
from tests.ui.afspraak.conftest import KLANT, MaakWerk, Werk, zichtbare_tekst
from tests.ui.afspraak.nep_agenda import VANDAAG, NepAgenda
from ui.achtergrond import Achtergrond
from ui.afspraak.gekozen import Fase
from ui.afspraak.overzicht import AfsprakenScherm
from ui.thema import Thema

DO3 = date(2026, 12, 3)
RIJBEWIJS = Wens((Wensregel("rijbewijs"),))


class Kijker:
    """Het overzicht met wat iemand ermee doet."""

    def __init__(self, scherm: AfsprakenScherm, qtbot: QtBot) -> None:
        self.scherm, self._qtbot = scherm, qtbot

    def wacht(self, voorwaarde: object) -> None:
        self._qtbot.waitUntil(voorwaarde)
        QApplication.processEvents()

    @property
    def tekst(self) -> str:
        return zichtbare_tekst(self.scherm)

    def druk(self, toets: Qt.Key | str) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.scherm, toets)

    def zoek(self, tekst: str) -> None:
        self.scherm.open("zoeken")
        self.scherm.zoek.setText(tekst)
        self.druk(Qt.Key.Key_Return)
        self.wacht(lambda: "Zoeken…" not in self.tekst)

    def klik(self, tekst: str) -> None:
        for knop in self.scherm.findChildren(QPushButton):
            if knop.isVisible() and knop.text() == tekst:
                knop.click()
                return
        raise AssertionError(f"geen zichtbare knop {tekst!r}: {self.tekst}")


@pytest.fixture
def kijker(qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, agenda: NepAgenda) -> Iterator[Kijker]:
    scherm = AfsprakenScherm(lambda: agenda, achtergrond, thema)
    scherm.resize(1366, 600)
    thema.dress(scherm)
    scherm.show()
    qtbot.waitExposed(scherm)
    scherm.activateWindow()
    qtbot.waitUntil(scherm.isActiveWindow)
    yield Kijker(scherm, qtbot)
    scherm.close_scherm()
    scherm.close()
    scherm.deleteLater()


# KF7QXXXX is de code die de nepagenda aan de eerste afspraak geeft: in een code komt geen 0 of 1 voor.
@pytest.mark.parametrize("zoek", ["jansen", "0612345678", "2026-00041", "KF7QXXXX"])
def test_een_afspraak_is_te_vinden_op_naam_telefoon_nummer_en_code(
    kijker: Kijker, agenda: NepAgenda, zoek: str
) -> None:
    start, *later = agenda.vrij.find_starts(RIJBEWIJS).eerste
    agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")
    agenda.boek("rijbewijs", later[0].begin, "J. Janssen", telefoon="0612345670")
    agenda.boek("rijbewijs", later[1].begin, "B. ter Braak", telefoon="0687654321")
    kijker.zoek(zoek)
    assert "1 afspraak gevonden" in kijker.tekst
    assert "donderdag 3 december, 17.00 uur" in kijker.tekst
    assert "06 12 34 56 78" in kijker.tekst
    assert "Janssen" not in kijker.tekst
    assert kijker.scherm.lijst.hasFocus()


def test_zoeken_op_een_deel_van_de_naam_vindt_iedereen_die_zo_heet_en_niemand_anders(
    kijker: Kijker, agenda: NepAgenda
) -> None:
    namen = ("A. Jansen-ter Braak", "J. Janssen", "B. ter Braak")
    for start, naam in zip(agenda.vrij.find_starts(RIJBEWIJS).eerste, namen, strict=False):
        agenda.boek("rijbewijs", start.begin, naam)
    kijker.zoek("braak")
    assert "2 afspraken gevonden" in kijker.tekst
    assert "Janssen" not in kijker.tekst


def test_te_weinig_letters_zegt_wat_er_moet(kijker: Kijker) -> None:
    kijker.zoek("ja")
    assert "minstens drie" in kijker.tekst
    kijker.zoek("niemand")
    assert "Niets gevonden" in kijker.tekst


def test_afzeggen_vraagt_het_eerst_en_maakt_de_tijd_meteen_vrij(kijker: Kijker, agenda: NepAgenda) -> None:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[0]
    afspraak = agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")
    kijker.zoek("jansen")
    kijker.druk("a")
    assert "afzeggen? De tijd is dan meteen vrij." in kijker.tekst
    assert agenda.opslag.staat.afspraken[afspraak.id].toestand is Toestand.BEVESTIGD
    kijker.druk(Qt.Key.Key_Escape)
    assert "afzeggen?" not in kijker.tekst
    kijker.druk("a")
    kijker.druk(Qt.Key.Key_Return)
    kijker.wacht(lambda: "is afgezegd" in kijker.tekst)
    assert agenda.opslag.staat.afspraken[afspraak.id].toestand is Toestand.AFGEZEGD


def test_afzeggen_zonder_antwoord_kijkt_na_met_hetzelfde_verzoek(kijker: Kijker, agenda: NepAgenda) -> None:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[0]
    agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")
    kijker.zoek("jansen")
    kijker.druk("a")
    agenda.opslag.hapert = "na"
    kijker.druk(Qt.Key.Key_Return)
    kijker.wacht(lambda: "niet bekend" in kijker.tekst)
    kijker.klik("Kijk na")
    kijker.wacht(lambda: "is afgezegd" in kijker.tekst)


def test_v_vraagt_om_verzetten(kijker: Kijker, agenda: NepAgenda, qtbot: QtBot) -> None:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[0]
    agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")
    kijker.zoek("jansen")
    with qtbot.waitSignal(kijker.scherm.verzetten):
        kijker.druk("v")


def test_een_afspraak_die_al_is_geweest_is_niet_te_verzetten(
    kijker: Kijker, agenda: NepAgenda, qtbot: QtBot
) -> None:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[0]
    agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")
    agenda.opslag.schuif(days=10)
    kijker.zoek("jansen")
    kijker.druk("a")
    assert "afzeggen?" not in kijker.tekst


# --- verzetten ---------------------------------------------------------------------------------------------


def test_verzetten_houdt_nummer_en_code_en_laat_de_oude_tijd_pas_dan_los(maak_werk: MaakWerk) -> None:
    werk: Werk = maak_werk(open=False)
    starts = werk.agenda.vrij.find_starts(RIJBEWIJS).eerste
    oud = werk.agenda.boek("rijbewijs", starts[8].begin, "A. Jansen-ter Braak")
    werk.scherm.open(None, oud)
    werk.scherm.focus_begin()
    werk.wacht(lambda: bool(werk.tijden) and werk.scherm.tijden.lijst.hasFocus())
    werk.druk("1")
    werk.wacht(lambda: werk.fase is Fase.VAST)
    assert "Nu: " in werk.tekst
    assert werk.agenda.opslag.staat.afspraken[oud.id].begin == oud.begin
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    nieuw = werk.agenda.opslag.staat.afspraken[oud.id]
    assert (nieuw.nummer, nieuw.code) == (oud.nummer, oud.code)
    assert nieuw.begin == starts[0].begin
    assert "is verzet" in werk.tekst


def test_verzetten_over_de_eigen_plek_heen_gaat_direct(maak_werk: MaakWerk) -> None:
    werk: Werk = maak_werk(open=False)
    naturalisatie = Wens((Wensregel("naturalisatie"),))
    eerste = werk.agenda.vrij.find_starts(naturalisatie).eerste[0]
    oud = werk.agenda.boek("naturalisatie", eerste.begin, "M. Demir")
    later = eerste.begin + timedelta(minutes=15)
    werk.scherm.open(None, oud)
    werk.wacht(lambda: bool(werk.tijden))
    keuze = next(r.keuze for r in werk.scherm.tijden.lijst.tijden.regels if r.keuze.begin == later)
    werk.scherm.tijden.gekozen.emit(keuze)
    werk.wacht(lambda: werk.fase is Fase.VAST)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert werk.agenda.opslag.staat.afspraken[oud.id].begin == later


def test_een_ander_aantal_personen_houdt_nummer_en_code(maak_werk: MaakWerk) -> None:
    werk: Werk = maak_werk(open=False)
    starts = werk.agenda.vrij.find_starts(RIJBEWIJS).eerste
    oud = werk.agenda.boek("rijbewijs", starts[0].begin, "A. Jansen-ter Braak")
    werk.scherm.open(None, oud)
    werk.wacht(lambda: bool(werk.tijden))
    werk.scherm.wens._regels[0].aantal.set_waarde(2)
    werk.wacht(lambda: "20 minuten" in werk.tekst)
    werk.kies(1)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    (nieuw,) = werk.agenda.opslag.staat.afspraken.values()
    assert (nieuw.nummer, nieuw.regels[0].personen) == (oud.nummer, 2)


def test_alleen_eerder_dan_wat_iemand_nu_heeft(maak_werk: MaakWerk) -> None:
    werk: Werk = maak_werk(open=False)
    starts = werk.agenda.vrij.find_starts(RIJBEWIJS, maximum=400).eerste
    oud = werk.agenda.boek("rijbewijs", starts[3].begin, "A. Jansen-ter Braak")
    werk.scherm.open(None, oud)
    werk.wacht(lambda: bool(werk.tijden))
    werk.scherm.wens.eerder.setChecked(True)
    werk.wacht(lambda: len(werk.tijden) == 3)


def test_de_klant_in_beeld_heeft_al_een_afspraak_en_verzetten_is_een_klik(maak_werk: MaakWerk) -> None:
    werk: Werk = maak_werk(open=False)
    starts = werk.agenda.vrij.find_starts(RIJBEWIJS).eerste
    oud = werk.agenda.boek("rijbewijs", starts[5].begin, "A. Jansen-ter Braak")
    werk.scherm.open(KLANT)
    werk.wacht(lambda: "Mogelijk van deze klant: do 3 dec" in werk.tekst)
    for knop in werk.scherm.kop.findChildren(QPushButton):
        if knop.text() == "Verzetten" and knop.isVisible():
            knop.click()
            break
    werk.wacht(lambda: oud.nummer in werk.tekst and bool(werk.tijden))
    assert "Afspraak verzetten" in werk.tekst


# --- wachtlijst --------------------------------------------------------------------------------------------


def _wacht(agenda: NepAgenda, naam: str = "J. Kuipers") -> None:
    agenda.wachtlijst.add(
        RIJBEWIJS,
        Contactgegevens(naam, "0612345678"),
        van=VANDAAG,
        tot=VANDAAG + timedelta(days=30),
    )


def test_een_belkaart_houdt_de_tijd_vast_en_wie_ja_zegt_heeft_een_afspraak(
    kijker: Kijker, agenda: NepAgenda
) -> None:
    _wacht(agenda)
    kijker.scherm.open("wachtlijst")
    kijker.wacht(lambda: "1 van de 1 kan nu eerder komen" in kijker.tekst)
    kijker.klik("do 3 dec 17.00 uur")
    kijker.wacht(lambda: "Vastgezet tot 9.20 uur" in kijker.tekst)
    assert "U kunt eerder terecht: donderdag 3 december om vijf uur." in kijker.tekst
    kijker.klik("Ja, neemt de tijd")
    kijker.wacht(lambda: "komt op do 3 dec 17.00 uur" in kijker.tekst)
    (afspraak,) = agenda.opslag.staat.afspraken.values()
    assert afspraak.klant.naam == "J. Kuipers"
    kijker.wacht(lambda: "Er staat niemand op de wachtlijst." in kijker.tekst)


def test_wie_nee_zegt_blijft_op_de_lijst_en_de_tijd_is_weer_vrij(kijker: Kijker, agenda: NepAgenda) -> None:
    _wacht(agenda)
    kijker.scherm.open("wachtlijst")
    kijker.wacht(lambda: "kan nu eerder komen" in kijker.tekst)
    kijker.klik("do 3 dec 17.00 uur")
    kijker.wacht(lambda: "Vastgezet tot" in kijker.tekst)
    kijker.klik("Nee, of niet bereikt")
    kijker.wacht(lambda: "staat nog op de lijst" in kijker.tekst)
    assert not agenda.opslag.staat.reserveringen
    kijker.wacht(lambda: "1 van de 1 kan nu eerder komen" in kijker.tekst)
