"""De strook in het echte venster: typen begint een contact, en niets komt bij de verkeerde klant."""

from __future__ import annotations

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Actorsoort, Afdeling, Afsluiting, Concept, ZaakKoppeling
from frontoffice.domain.klant import AdresSoort, DigitaalAdres
from frontoffice.domain.normen import WettelijkeTermijn
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import WinkelFout
from tests.bouwers import ANDER_BSN, BSN, maak_naam, maak_partij, maak_persoon, nieuw_uuid
from tests.nep_registratie import NepRegister
from tests.ui.conftest import REGISTREREN, MaakVenster, Wereld
from tests.ui.contact.bouw import make_ruim, strook_van
from ui.hoofdvenster import Hoofdvenster

CTRL = Qt.KeyboardModifier.ControlModifier
GEEN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def wereld(wereld: Wereld) -> Wereld:
    ander = maak_naam(volledig="Berend de Groot", aanschrijfnaam="de heer B. de Groot", geslachtsnaam="Groot")
    wereld.add_inwoner(maak_persoon(ANDER_BSN, naam=ander), maak_partij(bsn=ANDER_BSN))
    return wereld


@pytest.fixture
def maak_venster(qtbot: QtBot, maak_venster: MaakVenster) -> MaakVenster:
    return make_ruim(qtbot, maak_venster)


def actief_van(venster: Hoofdvenster) -> Concept:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    assert gesprekken.actief is not None
    return gesprekken.actief


def lopend(venster: Hoofdvenster) -> tuple[Concept, ...]:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    return gesprekken.concepten


def press(venster: QWidget, toets: Qt.Key, extra: Qt.KeyboardModifier = GEEN) -> None:
    QTest.keyClick(venster.windowHandle(), toets, extra)


def open_klant(qtbot: QtBot, venster: Hoofdvenster, bsn: str = BSN) -> None:
    venster.focus_zoekveld()
    qtbot.keyClicks(venster.zoekveld, bsn)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(
        lambda: (
            scherm.current is not None
            and scherm.current.is_compleet
            and getattr(scherm.current.sleutel, "bsn", None) is not None
            and scherm.current.sleutel.bsn.nummer == bsn
        )  # type: ignore[union-attr]  # hierboven nagekeken
    )


def typ(qtbot: QtBot, venster: Hoofdvenster, tekst: str) -> None:
    qtbot.keyClicks(strook_van(venster).vorm.notitie, tekst)


# --- beginnen ------------------------------------------------------------------------------------------


def test_het_eerste_teken_in_zoeken_begint_aan_de_telefoon_een_contact(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    assert lopend(venster) == ()
    qtbot.keyClicks(venster.zoekveld, "J")
    assert len(lopend(venster)) == 1
    qtbot.keyClicks(venster.zoekveld, "ansen")
    assert len(lopend(venster)) == 1
    assert QApplication.focusWidget() is venster.zoekveld


def test_aan_de_balie_begint_zoeken_geen_contact(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    wereld.werkplek = "balie"
    venster = maak_venster(wereld.build())
    qtbot.keyClicks(venster.zoekveld, "Jansen")
    assert lopend(venster) == ()


def test_het_eerste_teken_in_de_notitie_begint_een_contact_met_dat_teken(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    typ(qtbot, venster, "Belt over afval")
    assert [concept.notitie for concept in lopend(venster)] == ["Belt over afval"]
    assert strook_van(venster).vorm.notitie.tekst == "Belt over afval"


def test_de_klant_die_wordt_geopend_hoort_bij_het_contact_dat_liep(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    klant = actief_van(venster).klant
    assert klant is not None
    assert klant.bsn == BSN
    assert "1-12-1985" in strook_van(venster).vorm.met.text()


def test_een_contact_dat_later_begint_krijgt_de_klant_in_beeld_niet(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_N, CTRL)
    typ(qtbot, venster, "Iemand anders aan de balie.")
    scherm = venster.scherm
    assert scherm is not None
    scherm.refresh()
    qtbot.wait(50)
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    assert actief_van(venster).klant is None
    assert len(lopend(venster)) == 2


# --- nooit bij de verkeerde ----------------------------------------------------------------------------


def test_wat_half_in_een_terugbelverzoek_staat_gaat_niet_naar_het_volgende_contact(
    qtbot: QtBot, maak_venster: MaakVenster, met_nummer: Wereld
) -> None:
    venster = maak_venster(met_nummer.build())
    strook = strook_van(venster)
    typ(qtbot, venster, "Tweede contact wacht")
    press(venster, Qt.Key.Key_N, CTRL)
    typ(qtbot, venster, "Belt over parkeren")
    press(venster, Qt.Key.Key_T, CTRL)
    regel = strook.terugbel.aan.lineEdit()
    assert regel is not None
    qtbot.keyClicks(regel, "burg")
    QTest.keyClick(regel, Qt.Key.Key_Return)
    qtbot.waitUntil(strook.terugbel.vraag.hasFocus)
    strook.terugbel.telefoon.setFocus()
    strook.terugbel.telefoon.clear()
    qtbot.keyClicks(strook.terugbel.telefoon, "0612345678")
    press(venster, Qt.Key.Key_1, CTRL)
    eerste, tweede = sorted(lopend(venster), key=lambda concept: concept.plek)
    assert (eerste.terugbel, eerste.afsluiting) == (None, Afsluiting.BEANTWOORD)
    assert tweede.terugbel is not None
    assert tweede.terugbel.telefoon == "+31612345678"
    press(venster, Qt.Key.Key_2, CTRL)
    strook.terugbel.telefoon.setFocus()
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(lopend(venster)) == 1)
    assert actief_van(venster).terugbel is None
    assert strook.vorm.notitie.hasFocus(), "niet op Weggooien"
    press(venster, Qt.Key.Key_N, CTRL)
    typ(qtbot, venster, "Derde")
    derde = actief_van(venster)
    strook.vorm.begonnen.setFocus()
    strook.vorm.begonnen.setText("1.01")
    press(venster, Qt.Key.Key_1, CTRL)
    assert actief_van(venster).begonnen_op == eerste.begonnen_op
    [nu] = [concept for concept in lopend(venster) if concept.uuid == derde.uuid]
    assert nu.begonnen_op != derde.begonnen_op


@pytest.fixture
def bij_een_ander(qtbot: QtBot, venster: Hoofdvenster) -> Hoofdvenster:
    """In beeld staat een ander dan in het gesprek."""
    open_klant(qtbot, venster)
    open_klant(qtbot, venster, ANDER_BSN)
    return venster


def test_kijkt_u_naar_een_ander_dan_zegt_een_band_dat(bij_een_ander: Hoofdvenster) -> None:
    band = bij_een_ander.contacten._band
    assert band is not None
    assert band.isVisible()
    zin = band.tekst.text()
    assert zin.index("Groot") < zin.index("Het gesprek is met") < zin.index("Jansen")


def test_terug_opent_de_klant_van_het_gesprek(qtbot: QtBot, bij_een_ander: Hoofdvenster) -> None:
    band = bij_een_ander.contacten._band
    assert band is not None
    band._terug.click()
    qtbot.waitUntil(band.isHidden)
    klant = actief_van(bij_een_ander).klant
    assert klant is not None
    assert klant.bsn == BSN


def test_hoort_erbij_zet_de_eerste_bij_belt_namens(bij_een_ander: Hoofdvenster) -> None:
    band = bij_een_ander.contacten._band
    assert band is not None
    band._erbij.click()
    concept = actief_van(bij_een_ander)
    assert concept.klant is not None
    assert concept.namens is not None
    assert (concept.klant.bsn, concept.namens.bsn) == (ANDER_BSN, BSN)
    assert band.isHidden()


def test_een_nieuw_contact_met_de_ander_laat_het_eerste_zoals_het_was(bij_een_ander: Hoofdvenster) -> None:
    band = bij_een_ander.contacten._band
    assert band is not None
    band._nieuw.click()
    eerste, tweede = lopend(bij_een_ander)
    assert eerste.klant is not None
    assert tweede.klant is not None
    assert (eerste.klant.bsn, tweede.klant.bsn) == (BSN, ANDER_BSN)
    assert actief_van(bij_een_ander).uuid == tweede.uuid


# --- wisselen ------------------------------------------------------------------------------------------


def test_wisselen_bewaart_cursor_en_plaats_en_is_er_meteen(qtbot: QtBot, venster: Hoofdvenster) -> None:
    notitie = strook_van(venster).vorm.notitie
    notitie.setFocus()
    notitie.insertPlainText("regel\n" * 60)
    plek = notitie.textCursor()
    plek.setPosition(33)
    notitie.setTextCursor(plek)
    notitie.verticalScrollBar().setValue(4)
    press(venster, Qt.Key.Key_N, CTRL)
    typ(qtbot, venster, "tweede")
    press(venster, Qt.Key.Key_1, CTRL)
    assert notitie.textCursor().position() == 33
    assert notitie.verticalScrollBar().value() == 4
    assert notitie.hasFocus()
    press(venster, Qt.Key.Key_2, CTRL)
    assert notitie.tekst == "tweede"
    assert notitie.textCursor().position() == 6


def test_vijfhonderd_keer_wisselen_onder_het_typen_zet_geen_teken_bij_de_verkeerde(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    verwacht = dict.fromkeys(range(1, 6), "")
    for plek in verwacht:
        press(venster, Qt.Key.Key_N, CTRL)
        assert actief_van(venster).plek == plek
    notitie = strook_van(venster).vorm.notitie
    kies = random.Random(40)
    for _ in range(500):
        plek = kies.randint(1, 5)
        press(venster, Qt.Key(Qt.Key.Key_0 + plek), CTRL)
        letter = kies.choice("abcde")
        QTest.keyClick(notitie, letter)
        verwacht[plek] += letter
    assert {concept.plek: concept.notitie for concept in lopend(venster)} == verwacht


def test_ctrl_cijfer_kiest_een_gevonden_klant_zolang_die_er_staan_en_anders_een_contact(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    typ(qtbot, venster, "eerste")
    press(venster, Qt.Key.Key_N, CTRL)
    typ(qtbot, venster, "tweede")
    venster.focus_zoekveld()
    press(venster, Qt.Key.Key_1, CTRL)
    assert actief_van(venster).notitie == "eerste"
    venster.focus_zoekveld()
    qtbot.keyClicks(venster.zoekveld, "0612345678")
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(venster.paneel.isVisible)
    qtbot.waitUntil(lambda: venster.paneel.lijst.rijen.rowCount() > 1 and not venster.zoeker.is_bezig)
    press(venster, Qt.Key.Key_2, CTRL)
    assert actief_van(venster).notitie == "eerste"
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None)


def test_f6_gaat_naar_de_notitie_van_dit_contact(qtbot: QtBot, venster: Hoofdvenster) -> None:
    typ(qtbot, venster, "Belt over afval")
    venster.focus_zoekveld()
    press(venster, Qt.Key.Key_F6)
    assert strook_van(venster).vorm.notitie.hasFocus()


def test_f7_koppelt_de_zaak_die_openstaat_en_niets_doet_dat_vanzelf(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    typ(qtbot, venster, "Belt over een boom")
    zaak = ZaakKoppeling(nieuw_uuid(), "ZAAK-1", "Kapvergunning")
    venster.contacten.follow_zaak(zaak)
    assert actief_van(venster).zaken == ()
    press(venster, Qt.Key.Key_F7)
    assert actief_van(venster).zaken == (zaak,)


def test_de_strook_wordt_nergens_door_bedekt(qtbot: QtBot, venster: Hoofdvenster) -> None:
    strook = strook_van(venster)
    open_klant(qtbot, venster)
    qtbot.keyClicks(venster.zoekveld, "Jan")
    venster.palet.open()
    QApplication.processEvents()
    for x in (2, strook.width() // 2, strook.width() - 3):
        for y in range(2, strook.height(), 40):
            onder = venster.childAt(strook.mapTo(venster, QPoint(x, y)))
            assert onder is strook or (onder is not None and strook.isAncestorOf(onder)), (x, y)


def test_op_een_smal_scherm_is_de_strook_een_regel_die_f6_uitvouwt(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    venster.resize(683, 384)
    strook = strook_van(venster)
    regel = venster.contacten.plaatsing.regel
    assert regel is not None
    qtbot.waitUntil(regel.isVisible)
    assert strook.isHidden() or not strook.isVisible()
    assert "Gesprek 1" in regel.wie.text()
    press(venster, Qt.Key.Key_F6)
    assert strook.vorm.notitie.hasFocus()
    qtbot.waitUntil(lambda: strook.width() == venster.width())
    press(venster, Qt.Key.Key_K, CTRL)
    assert venster.zoekveld.hasFocus()
    assert not strook.isVisible()


def test_op_een_smal_scherm_blijft_de_band_in_beeld_als_de_strook_is_uitgevouwen(
    qtbot: QtBot, bij_een_ander: Hoofdvenster
) -> None:
    bij_een_ander.resize(683, 384)
    band, strook = bij_een_ander.contacten._band, strook_van(bij_een_ander)
    assert band is not None
    qtbot.waitUntil(lambda: not strook.isVisible() and band.isVisible())
    press(bij_een_ander, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: strook.isVisible() and strook.width() == bij_een_ander.width())
    assert band.isVisible()
    boven = band.mapTo(bij_een_ander, QPoint(0, 0)).y()
    assert boven + band.height() <= strook.mapTo(bij_een_ander, QPoint(0, 0)).y()
    press(bij_een_ander, Qt.Key.Key_K, CTRL)
    assert band.isVisible()
    bij_een_ander.resize(1366, 768)
    qtbot.waitUntil(strook.isVisible)
    assert band.isVisible()


# --- afronden ------------------------------------------------------------------------------------------


def test_honderd_keer_dubbel_enter_geeft_elk_een_registratie(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    notitie = strook_van(venster).vorm.notitie
    for nummer in range(100):
        QTest.keyClicks(notitie, f"v{nummer}")
        press(venster, Qt.Key.Key_Return, CTRL)
        press(venster, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: lopend(venster) == ())
    inhoud = [rij.registratie.inhoud for rij in wereld.winkel.load_verzendingen()]
    assert inhoud == [f"v{nummer}" for nummer in range(100)]


def test_afronden_noemt_de_klant_en_de_geboortedatum(qtbot: QtBot, venster: Hoofdvenster) -> None:
    strook = strook_van(venster)
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F6)
    typ(qtbot, venster, "Belt over een paspoort")
    assert "Jansen" in strook.voor.text()
    assert "1-12-1985" in strook.voor.text()
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(strook.klaar.isVisible)
    zin = strook.klaar.tekst.text()
    assert zin.startswith("Bewaard op deze pc: ")
    assert "Jansen" in zin
    assert "1-12-1985" in zin


def test_ongedaan_maken_telt_af_en_haalt_het_contact_terug(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    strook = strook_van(venster)
    typ(qtbot, venster, "Te snel")
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(strook.klaar.isVisible)
    assert strook.klaar.knop.text() == "Ongedaan maken 10"
    qtbot.waitUntil(lambda: strook.klaar.knop.text() == "Ongedaan maken 9")
    strook.klaar.knop.click()
    qtbot.waitUntil(lambda: [concept.notitie for concept in lopend(venster)] == ["Te snel"])
    assert strook.klaar.isHidden()
    assert wereld.winkel.load_verzendingen() == ()


def test_een_gesprek_over_een_zaak_kost_vijf_handelingen_en_twaalf_toetsen_naast_de_tekst(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    open_klant(qtbot, venster)
    zaak = ZaakKoppeling(nieuw_uuid(), "ZAAK-1", "Kapvergunning")
    venster.contacten.follow_zaak(zaak)
    toetsen = [(Qt.Key.Key_F7, GEEN), (Qt.Key.Key_F6, GEEN)]
    for toets, extra in toetsen:
        press(venster, toets, extra)
    typ(qtbot, venster, "Vraagt hoe het ervoor staat. Uitgelegd.")
    press(venster, Qt.Key.Key_Return, CTRL)
    # Alt+3 en Enter openen de zaak (in tests/ui/klantbeeld beproefd), dan deze twee, de tekst en Ctrl+Enter.
    assert 2 + len(toetsen) + 1 <= 5
    qtbot.waitUntil(lambda: lopend(venster) == ())
    [rij] = wereld.winkel.load_verzendingen()
    assert rij.registratie.zaken == (zaak.uuid,)
    assert rij.registratie.onderwerp == "Kapvergunning"
    assert rij.registratie.metadata["afsluiting"] == "beantwoord"
    assert rij.registratie.gelukt


def test_boven_duizend_tekens_biedt_de_strook_delen_aan_en_gaat_er_geen_teken_weg(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    strook = strook_van(venster)
    tekst = "woord " * 200
    strook.vorm.notitie.setFocus()
    strook.vorm.notitie.insertPlainText(tekst[:920])
    assert strook.vorm.teller.text() == "Nog 80 tekens in één contact."
    assert strook.delen.isHidden()
    strook.vorm.notitie.insertPlainText(tekst[920:])
    assert strook.delen.isVisible()
    press(venster, Qt.Key.Key_Return, CTRL)
    assert len(lopend(venster)) == 1
    strook.delen.click()
    qtbot.waitUntil(lambda: lopend(venster) == ())
    delen = [rij.registratie.inhoud for rij in wereld.winkel.load_verzendingen()]
    assert "".join(delen) == tekst.strip()


def test_ctrl_enter_is_eerst_van_de_tijd_die_vaststaat(qtbot: QtBot, venster: Hoofdvenster) -> None:
    acties = venster._acties
    bevestigd: list[bool] = []
    acties.afspraak_bevestigen.triggered.connect(lambda: bevestigd.append(True))
    typ(qtbot, venster, "Komt een paspoort aanvragen")
    acties.afspraak_bevestigen.setEnabled(True)
    press(venster, Qt.Key.Key_Return, CTRL)
    assert len(lopend(venster)) == 1
    acties.afspraak_bevestigen.setEnabled(False)
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lopend(venster) == ())


# --- bewaren en terugkomen -----------------------------------------------------------------------------


def test_het_venster_sluiten_bewaart_wat_net_is_getypt(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    typ(qtbot, venster, "net voor het sluiten")
    venster.close()
    assert [concept.notitie for concept in wereld.winkel.load_concepten()] == ["net voor het sluiten"]


def test_na_opnieuw_beginnen_staat_hetzelfde_er_met_klant_tekst_en_cursor(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    diensten = wereld.build()
    eerste = maak_venster(diensten)
    open_klant(qtbot, eerste)
    press(eerste, Qt.Key.Key_F6)
    typ(qtbot, eerste, "Belt over een paspoort")
    for _ in range(8):
        press(eerste, Qt.Key.Key_Left)
    eerste.close()

    tweede = maak_venster(diensten)
    qtbot.waitUntil(lambda: len(lopend(tweede)) == 1)
    scherm = tweede.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    concept = actief_van(tweede)
    assert concept.klant is not None
    assert concept.klant.bsn == BSN
    notitie = strook_van(tweede).vorm.notitie
    assert notitie.tekst == "Belt over een paspoort"
    assert notitie.textCursor().position() == len("Belt over een paspoort") - 8


def test_zonder_sleutelbos_vraagt_de_strook_het_en_blijft_de_tekst_staan(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    diensten = wereld.build()
    echt = diensten.contacten

    class Dicht:
        """De winkel gaat pas open als de medewerker voor deze zitting kiest."""

        def __init__(self) -> None:
            self.__dict__.update(diensten.__dict__)
            del self.__dict__["contacten"]

        @property
        def contacten(self) -> object:
            if not self.alleen_deze_zitting:
                raise WinkelFout("Er is geen sleutelbos.", code="winkel_sleutel")
            return echt

        alleen_deze_zitting = False

    venster = maak_venster(Dicht())
    strook = strook_van(venster)
    typ(qtbot, venster, "blijft staan")
    qtbot.waitUntil(strook.fout.isVisible)
    assert strook.fout.alleen.isVisible()
    assert wereld.winkel.load_concepten() == ()
    strook.fout.alleen.click()
    qtbot.waitUntil(strook.fout.isHidden)
    qtbot.waitUntil(lambda: wereld.winkel.load_concepten() != ())
    assert wereld.winkel.load_concepten()[0].notitie == "blijft staan"


# --- terugbelverzoek -----------------------------------------------------------------------------------


class RegisterMetAfdelingen(NepRegister):
    def find_afdelingen(self, aanroep: Aanroep) -> tuple[Afdeling, ...]:
        return (Afdeling(Actorsoort.AFDELING, "vth", "Vergunningen"),)


@pytest.fixture
def met_nummer(wereld: Wereld) -> Wereld:
    """De klant heeft een nummer, en het register kent nog een afdeling."""
    nummer = DigitaalAdres(nieuw_uuid(), AdresSoort.TELEFOON, "+31612345678", is_standaard=True)
    wereld.klantinteracties.partijen[0] = maak_partij(digitale_adressen=(nummer,))
    wereld.register = RegisterMetAfdelingen()
    return wereld


def test_een_terugbelverzoek_kost_hoogstens_twintig_toetsen(
    qtbot: QtBot, maak_venster: MaakVenster, met_nummer: Wereld
) -> None:
    venster = maak_venster(met_nummer.build())
    open_klant(qtbot, venster)
    vorm = strook_van(venster).terugbel
    regel = vorm.aan.lineEdit()
    assert regel is not None
    toetsen = 1
    press(venster, Qt.Key.Key_T, CTRL)
    assert regel.hasFocus() or vorm.aan.hasFocus()
    for letter in "burg":
        QTest.keyClick(regel, letter)
        toetsen += 1
    QTest.keyClick(regel, Qt.Key.Key_Return)
    qtbot.waitUntil(vorm.vraag.hasFocus)
    for letter in "verhuizing":
        QTest.keyClick(vorm.vraag, letter)
        toetsen += 1
    press(venster, Qt.Key.Key_Return, CTRL)
    toetsen += 2
    assert toetsen <= 20
    qtbot.waitUntil(lambda: lopend(venster) == ())
    [rij] = met_nummer.winkel.load_verzendingen()
    taak = rij.registratie.taak
    assert taak is not None
    assert taak.aan.object_id == "burgerzaken"
    assert "verhuizing" in taak.toelichting
    assert rij.registratie.metadata["afsluiting"] == "terugbelverzoek"
    assert [adres.adres for adres in rij.registratie.deelnemers[0].adressen] == ["+31612345678"]


def test_iets_laten_weten_in_plaats_van_bellen_is_ook_een_belofte_en_vraagt_geen_nummer(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    wereld.register = RegisterMetAfdelingen()
    venster = maak_venster(wereld.build())
    open_klant(qtbot, venster)
    vorm = strook_van(venster).terugbel
    press(venster, Qt.Key.Key_T, CTRL)
    regel = vorm.aan.lineEdit()
    assert regel is not None
    qtbot.keyClicks(regel, "burg")
    QTest.keyClick(regel, Qt.Key.Key_Return)
    qtbot.waitUntil(vorm.vraag.hasFocus)
    qtbot.keyClicks(vorm.vraag, "losse stoep")
    qtbot.keyClicks(vorm.weten, "of de stoep is gemaakt")
    qtbot.waitUntil(lambda: "weten of de stoep is gemaakt" in vorm.zeg.text())
    assert "belt u" not in vorm.zeg.text()
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lopend(venster) == ())
    [rij] = wereld.winkel.load_verzendingen()
    taak = rij.registratie.taak
    assert taak is not None
    assert taak.handeling == "Laten weten: of de stoep is gemaakt"
    assert taak.toelichting.startswith("Doen uiterlijk ")


def test_een_wettelijke_termijn_staat_los_naast_de_belofte(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    diensten = wereld.build()
    wet = (WettelijkeTermijn("Bezwaar", "P6W", "Awb 7:10"),)
    diensten.registreerinstellingen = replace(REGISTREREN, wet=wet)
    venster = maak_venster(diensten)
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_T, CTRL)
    strook = strook_van(venster)
    qtbot.waitUntil(strook.terugbel.isVisible)
    assert strook.terugbel.wet.isHidden()
    strook.vorm.onderwerp.setFocus()
    qtbot.keyClicks(strook.vorm.onderwerp, "bezwaar")
    qtbot.waitUntil(lambda: not strook.terugbel.wet.isHidden())
    assert "(Awb 7:10)" in strook.terugbel.wet.text()
    qtbot.keyClicks(strook.vorm.onderwerp, "en")
    qtbot.waitUntil(strook.terugbel.wet.isHidden)


def test_ctrl_t_toont_het_hele_formulier_zonder_te_schuiven(
    qtbot: QtBot, maak_venster: MaakVenster, met_nummer: Wereld
) -> None:
    venster = maak_venster(met_nummer.build())
    open_klant(qtbot, venster)
    strook = strook_van(venster)
    press(venster, Qt.Key.Key_T, CTRL)
    regel = strook.terugbel.aan.lineEdit()
    assert regel is not None
    qtbot.keyClicks(regel, "burg")
    QTest.keyClick(regel, Qt.Key.Key_Return)
    qtbot.waitUntil(strook.terugbel.vraag.hasFocus)
    assert regel.cursorPosition() == 0, "van een lange naam is het begin te lezen"
    QApplication.processEvents()
    vlak = strook._vlak.viewport()
    for veld in (strook.terugbel.aan, strook.terugbel.vraag, strook.terugbel.beloofd, strook.terugbel.zeg):
        boven = veld.mapTo(vlak, QPoint(0, 0)).y()
        assert boven >= 0
        assert boven + veld.height() <= vlak.height(), veld.accessibleName()
    assert "06 12 34 56 78" in strook.terugbel.zeg.text()
    assert "Klopt dat nummer?" in strook.terugbel.zeg.text()
    strook.terugbel.telefoon.clear()
    strook.terugbel.telefoon.editingFinished.emit()
    assert "Op welk nummer kan dat?" in strook.terugbel.zeg.text()


def test_de_afdelingen_uit_het_register_komen_erbij_als_er_een_terugbelverzoek_komt(
    qtbot: QtBot, maak_venster: MaakVenster, met_nummer: Wereld
) -> None:
    venster = maak_venster(met_nummer.build())
    assert "GET actoren" not in met_nummer.register.vragen
    press(venster, Qt.Key.Key_T, CTRL)
    aan = strook_van(venster).terugbel.aan
    qtbot.waitUntil(lambda: aan.findText("Vergunningen") >= 0)
    press(venster, Qt.Key.Key_T, CTRL)
    assert [aan.itemText(i) for i in range(aan.count())] == ["Burgerzaken (Enschede)", "Vergunningen"]


def test_half_getypt_wie_er_terugbelt_overleeft_een_andere_wijziging(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    typ(qtbot, venster, "x")
    press(venster, Qt.Key.Key_T, CTRL)
    vorm = strook_van(venster).terugbel
    regel = vorm.aan.lineEdit()
    assert regel is not None
    qtbot.keyClicks(regel, "bu")
    zaak = ZaakKoppeling(nieuw_uuid(), "ZAAK-1", "Kapvergunning")
    venster.contacten.follow_zaak(zaak)
    press(venster, Qt.Key.Key_F7)
    assert regel.text() == "bu"
    press(venster, Qt.Key.Key_N, CTRL)
    press(venster, Qt.Key.Key_T, CTRL)
    assert regel.text() == ""


def test_een_laat_voorstel_komt_bij_het_contact_dat_erom_vroeg(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    typ(qtbot, venster, "eerste")
    eerste = actief_van(venster)
    press(venster, Qt.Key.Key_T, CTRL)
    strook = strook_van(venster)
    regel = strook.terugbel.aan.lineEdit()
    assert regel is not None
    qtbot.keyClicks(regel, "burg")
    QTest.keyClick(regel, Qt.Key.Key_Return)
    press(venster, Qt.Key.Key_N, CTRL)
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    qtbot.waitUntil(lambda: getattr(gesprekken.get(eerste.uuid), "terugbel", None) is not None)
    assert actief_van(venster).terugbel is None
    assert strook.terugbel.isHidden()


def test_wat_er_mist_staat_bij_zijn_veld(qtbot: QtBot, venster: Hoofdvenster) -> None:
    strook = strook_van(venster)
    press(venster, Qt.Key.Key_T, CTRL)
    qtbot.keyClicks(strook.terugbel.vraag, "Wanneer is het klaar?")
    press(venster, Qt.Key.Key_Return, CTRL)
    assert actief_van(venster).terugbel is not None
    assert strook.terugbel.velden._fouten[strook.terugbel.aan].text() == "Kies wie er terugbelt."
    assert strook.terugbel.vraag.tekst == "Wanneer is het klaar?"
    qtbot.keyClicks(strook.terugbel.telefoon, "0612")
    press(venster, Qt.Key.Key_Return, CTRL)
    fout = strook.terugbel.dagen._fouten[strook.terugbel.telefoon].text()
    assert fout == "Dit nummer klopt niet. Kijk de cijfers na."


def test_klant_belt_opnieuw_maakt_geen_tweede_verzoek(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    strook = strook_van(venster)
    typ(qtbot, venster, "Wacht nog steeds")
    taak, contact = nieuw_uuid(), nieuw_uuid()
    strook.set_open_taak(taak, contact, "Er staat al een terugbelverzoek open voor deze klant.")
    assert strook.opnieuw.isVisible()
    strook._call_again()
    assert strook.opnieuw.isHidden()
    assert strook.terugbel.isHidden()
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lopend(venster) == ())
    [rij] = wereld.winkel.load_verzendingen()
    assert rij.registratie.taak is None
    assert rij.registratie.herhaling is not None
    assert rij.registratie.herhaling.taak_uuid == taak


# --- adressen, afspraak, kijken ------------------------------------------------------------------------


def test_een_nieuw_nummer_geldt_met_enter_voor_dit_gesprek_en_met_spatie_ook_daarna(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F9)
    vak = strook_van(venster).vorm.adressen
    assert vak.veld.hasFocus()
    qtbot.keyClicks(vak.veld, "06-87654321")
    press(venster, Qt.Key.Key_Return)
    [adres] = actief_van(venster).adressen
    assert (adres.soort, adres.adres, adres.bewaren) == ("telefoonnummer", "+31687654321", False)
    press(venster, Qt.Key.Key_Space)
    assert actief_van(venster).adressen[0].bewaren


def test_wat_geen_nummer_of_adres_is_blijft_staan_met_een_zin(qtbot: QtBot, venster: Hoofdvenster) -> None:
    typ(qtbot, venster, "x")
    press(venster, Qt.Key.Key_F9)
    vak = strook_van(venster).vorm.adressen
    qtbot.keyClicks(vak.veld, "jansen@")
    press(venster, Qt.Key.Key_Return, CTRL)
    assert vak.fout.text() == "Dit is geen nummer of e-mailadres. Kijk het na."
    assert vak.veld.text() == "jansen@"
    assert len(lopend(venster)) == 1


def test_een_gemaakte_afspraak_komt_met_haar_nummer_bij_het_contact(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    venster.afspraken.geboekt.emit((SimpleNamespace(nummer="2026-00041"),))
    concept = actief_van(venster)
    assert (concept.afspraak, concept.afsluiting) == ("2026-00041", Afsluiting.AFSPRAAK)
    assert strook_van(venster).vorm.afsluiting.currentText() == "Afspraak gemaakt"


def test_een_afspraak_voor_een_ander_komt_niet_bij_dit_contact(bij_een_ander: Hoofdvenster) -> None:
    bij_een_ander.afspraken.geboekt.emit((SimpleNamespace(nummer="2026-00041"),))
    concept = actief_van(bij_een_ander)
    assert (concept.afspraak, concept.afsluiting) == ("", Afsluiting.BEANTWOORD)


def test_alleen_kijken_vraagt_een_reden_en_legt_haar_vast(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    qtbot.keyClicks(venster.zoekveld, "J")
    venster._acties.alleen_kijken.trigger()
    kijkvak = strook_van(venster).kijkvak
    assert kijkvak.redenen[0].hasFocus()
    assert len(lopend(venster)) == 1
    press(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lopend(venster) == ())
    assert any("Vraag van een collega" in str(regel) for regel in wereld.logboek.regels)
    qtbot.keyClicks(venster.zoekveld, "ansen")
    assert lopend(venster) == ()


def test_een_compliment_krijgt_een_regel_om_op_te_schrijven_wat_er_werd_gezegd(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    vorm = strook_van(venster).vorm
    vorm.notitie.setFocus()
    QTest.keyClicks(vorm.notitie, "Belt om te bedanken.")
    assert not vorm.citaat.isVisible()
    vorm.compliment.click()
    qtbot.waitUntil(lambda: vorm.citaat.isVisible())
    QTest.keyClicks(vorm.citaat, "Dank u wel!")
    assert (actief_van(venster).compliment, actief_van(venster).complimenttekst) == (True, "Dank u wel!")
