"""Gegevens bij een bestaande afspraak wijzigen: bewaren, terugzetten, en een collega die eerder was."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal
from tests.ui.afspraak.nep_agenda import NepAgenda
from tests.ui.afspraak.test_overzicht import RIJBEWIJS, Kijker
from tests.ui.afspraak.test_overzicht import kijker as kijker
from ui.afspraak.contactwijzigen import ContactWijzigen


@pytest.fixture
def afspraak(agenda: NepAgenda) -> Afspraak:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[0]
    return agenda.boek("rijbewijs", start.begin, "A. Jansen-ter Braak")


@pytest.fixture
def contact(kijker: Kijker, afspraak: Afspraak) -> ContactWijzigen:
    """Het formulier, open bij de gevonden afspraak."""
    kijker.zoek(afspraak.nummer)
    kijker.klik("Gegevens wijzigen")
    return kijker.scherm.detail.contact


def nu(agenda: NepAgenda, afspraak: Afspraak) -> Afspraak:
    return agenda.opslag.staat.afspraken[afspraak.id]


def test_bewaren_met_enter_en_ongedaan_maken(
    kijker: Kijker, agenda: NepAgenda, afspraak: Afspraak, contact: ContactWijzigen
) -> None:
    assert QApplication.focusWidget() is contact.naam
    assert contact.telefoon.text() == "06 12 34 56 78"
    contact.naam.setText("Ayşe Öztürk")
    contact.email.setText("a@voorbeeld.example")
    contact.bevestiging.setCurrentIndex(contact.bevestiging.findData(Bevestigkanaal.MAIL))
    contact.brieftaal.setCurrentIndex(contact.brieftaal.findData("de"))
    kijker.druk(Qt.Key.Key_Return)
    kijker.wacht(lambda: "zijn gewijzigd" in kijker.tekst)
    na = nu(agenda, afspraak).klant
    assert (na.naam, na.email, na.bevestiging, na.brieftaal) == (
        "Ayşe Öztürk", "a@voorbeeld.example", Bevestigkanaal.MAIL, "de",
    )  # fmt: skip
    assert na.telefoon == afspraak.klant.telefoon
    kijker.wacht(lambda: "Duits" in kijker.tekst)
    assert contact.isHidden()
    kijker.klik("Ongedaan maken")
    kijker.wacht(lambda: "staan weer terug" in kijker.tekst)
    assert nu(agenda, afspraak).klant == afspraak.klant
    assert nu(agenda, afspraak).ics_volgnummer == 2


@pytest.mark.parametrize(
    ("veld", "getypt", "zin"),
    [
        ("naam", " ", "Vul de naam in"),
        ("telefoon", "12", "telefoonnummer klopt niet"),
        ("geboren", "gisteren", "hele geboortedatum"),
        ("telefoon", "", "Vul een telefoonnummer of e-mailadres in"),
    ],
)
def test_wat_mist_staat_bij_het_veld_en_er_wordt_niets_bewaard(
    kijker: Kijker, agenda: NepAgenda, contact: ContactWijzigen, veld: str, getypt: str, zin: str
) -> None:
    voor = agenda.opslag.wijzigingen
    regel = getattr(contact, veld)
    regel.setText(getypt)
    contact.save()
    assert zin in kijker.tekst
    assert QApplication.focusWidget() is regel
    assert regel.text() == getypt
    assert agenda.opslag.wijzigingen == voor
    assert contact.bewaar.isEnabled()


def test_een_collega_was_eerder_en_niets_van_wat_is_getypt_gaat_verloren(
    kijker: Kijker, agenda: NepAgenda, afspraak: Afspraak, contact: ContactWijzigen
) -> None:
    contact.naam.setText("Getypte naam")
    contact.email.setText("getypt@voorbeeld.example")
    collega = replace(afspraak.klant, naam="Naam van collega", telefoon="0687654321")
    agenda.collega("j.smit").contact.change(afspraak.id, afspraak.klant, collega, verzoek_id=str(uuid4()))
    contact.save()
    kijker.wacht(lambda: "wijzigde intussen" in kijker.tekst)
    assert "j.smit wijzigde intussen de naam en het telefoonnummer" in kijker.tekst
    assert "Uw collega schreef: Naam van collega" in kijker.tekst
    assert contact.naam.text() == "Getypte naam"
    assert contact.email.text() == "getypt@voorbeeld.example"
    assert contact.telefoon.text() == "06 87 65 43 21", "wat u niet wijzigde, volgt uw collega"
    contact.save()
    kijker.wacht(lambda: "zijn gewijzigd" in kijker.tekst)
    na = nu(agenda, afspraak).klant
    assert (na.naam, na.email, na.telefoon) == ("Getypte naam", "getypt@voorbeeld.example", "+31687654321")


def test_zonder_verbinding_blijft_alles_staan_en_nakijken_doet_het_een_keer(
    kijker: Kijker, agenda: NepAgenda, afspraak: Afspraak, contact: ContactWijzigen
) -> None:
    contact.naam.setText("Nieuwe naam")
    agenda.opslag.hapert = "na"
    contact.save()
    kijker.wacht(lambda: "niet bekend" in kijker.tekst)
    assert contact.naam.text() == "Nieuwe naam"
    assert contact.isVisible()
    kijker.klik("Kijk na")
    kijker.wacht(lambda: "zijn gewijzigd" in kijker.tekst)
    assert nu(agenda, afspraak).klant.naam == "Nieuwe naam"
    assert nu(agenda, afspraak).ics_volgnummer == 1


def test_wie_even_een_andere_afspraak_bekijkt_vindt_terug_wat_er_stond(
    kijker: Kijker, agenda: NepAgenda, afspraak: Afspraak
) -> None:
    start = agenda.vrij.find_starts(RIJBEWIJS).eerste[3]
    agenda.boek("rijbewijs", start.begin, "B. Jansen-ter Braak")
    kijker.zoek("jansen")
    kijker.wacht(lambda: "2 afspraken gevonden" in kijker.tekst)
    kijker.klik("Gegevens wijzigen")
    contact = kijker.scherm.detail.contact
    contact.naam.setText("Half getypt")
    lijst = kijker.scherm.lijst
    eerste = lijst.currentIndex()
    lijst.setCurrentIndex(eerste.siblingAtRow(1))
    assert contact.isHidden()
    assert "B. Jansen-ter Braak" in kijker.tekst
    kijker.klik("Gegevens wijzigen")
    contact.email.setText("ook@voorbeeld.example")
    lijst.setCurrentIndex(eerste)
    kijker.klik("Gegevens wijzigen")
    assert contact.isVisible()
    assert contact.naam.text() == "Half getypt"
    QTest.keyClick(contact.naam, Qt.Key.Key_Escape)
    assert contact.isHidden()
    lijst.setCurrentIndex(eerste.siblingAtRow(1))
    kijker.klik("Gegevens wijzigen")
    assert contact.email.text() == "ook@voorbeeld.example"
    contact.annuleer.click()
    assert contact.afspraak is None
    assert not contact.naam.text()


def test_na_afzeggen_is_er_niets_te_wijzigen(kijker: Kijker, agenda: NepAgenda, afspraak: Afspraak) -> None:
    agenda.afspraken.cancel(afspraak.id, verzoek_id=str(uuid4()))
    kijker.zoek(afspraak.nummer)
    assert not kijker.scherm.detail.wijzigknop.isEnabled()


def test_wie_het_scherm_verlaat_laat_niets_van_de_klant_staan(
    kijker: Kijker, contact: ContactWijzigen, afspraak: Afspraak
) -> None:
    contact.email.setText("a@voorbeeld.example")
    kijker.scherm.clear()
    assert contact.afspraak is None
    assert not any(veld.text() for veld in (contact.naam, contact.telefoon, contact.email))
