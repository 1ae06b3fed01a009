"""Een afspraak maken tijdens het gesprek, zoals een medewerker het doet: met het toetsenbord."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from frontoffice.agenda.wens import Wens, Wensregel
from tests.ui.afspraak.conftest import KLANT, MaakWerk, Werk
from ui.acties import Acties
from ui.afspraak.gekozen import Fase
from ui.afspraak.productregels import read_product

DO3, DO10 = date(2026, 12, 3), date(2026, 12, 10)


def knop(werk: Werk, tekst: str) -> QPushButton:
    """De zichtbare knop met deze tekst."""
    for kandidaat in werk.scherm.findChildren(QPushButton):
        if kandidaat.isVisible() and tekst in (kandidaat.text(), kandidaat.accessibleName()):
            return kandidaat
    raise AssertionError(f"geen zichtbare knop {tekst!r}")


def test_van_drie_letters_naar_een_bevestigde_afspraak_in_hoogstens_vijftien_toetsen(werk: Werk) -> None:
    werk.zoek("pas")
    werk.druk("1")
    werk.wacht(lambda: werk.fase is Fase.VAST)
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert werk.toetsen <= 14  # en Ctrl+Shift+A om te beginnen
    (afspraak,) = werk.agenda.opslag.staat.afspraken.values()
    assert afspraak.klant.naam == KLANT.naam
    assert afspraak.nummer in werk.tekst
    assert "KF7Q" in werk.tekst


def test_wie_sneller_typt_dan_het_antwoord_komt_hoeft_geen_tweede_keer_op_enter_te_drukken(
    werk: Werk,
) -> None:
    werk.scherm.focus_begin()
    werk.typ("rij")
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: bool(werk.tijden))
    assert werk.scherm.wens.wens == Wens((Wensregel("rijbewijs"),))
    assert werk.scherm.tijden.lijst.hasFocus()


@pytest.mark.parametrize(
    ("getypt", "gelezen"),
    [
        ("pas", ("pas", None)),
        ("pas 2", ("pas", 2)),
        ("pas2", ("pas", 2)),
        ("3 pasp", ("pasp", 3)),
        ("id", ("id", None)),
    ],
)
def test_een_getal_bij_het_product_is_het_aantal_personen(
    getypt: str, gelezen: tuple[str, int | None]
) -> None:
    assert read_product(getypt) == gelezen


def test_twee_personen_duren_langer(werk: Werk) -> None:
    werk.zoek("pas 2")
    assert werk.scherm.wens.wens == Wens((Wensregel("paspoort", 2),))
    assert "25 minuten" in werk.tekst


def test_een_cijfer_in_het_productveld_kiest_geen_tijd_maar_alt_met_een_cijfer_wel(werk: Werk) -> None:
    werk.zoek("pas")
    werk.scherm.wens.focus_product()
    werk.druk("2")
    QTest.qWait(50)
    assert werk.fase is Fase.KIEZEN
    werk.druk("2", Qt.KeyboardModifier.AltModifier)
    werk.wacht(lambda: werk.fase is Fase.VAST)
    assert werk.scherm.verloop.vast is not None
    assert werk.scherm.verloop.vast.mogelijkheid == werk.scherm.tijden.lijst.tijden.regels[1].keuze


def test_naast_de_tijden_staat_per_avond_wat_er_nog_is_en_waarom_niet(werk: Werk) -> None:
    werk.agenda.vul("paspoort", DO3)
    werk.zoek("pas")
    rijen = werk.rijen(werk.scherm.avonden.lijst)
    assert rijen[0].startswith("do 3 dec, Paspoort aanvragen: geen bevoegde balie vrij")
    werk.scherm.avonden.lijst.setFocus()
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: "17.00 tot en met 19.45 uur" in werk.tekst)


def test_een_avond_kiezen_toont_alleen_die_avond_en_er_is_een_weg_terug(werk: Werk) -> None:
    werk.zoek("pas")
    werk.scherm.avonden.gekozen.emit(DO10)
    werk.wacht(lambda: all(tijd.startswith("do 10 dec") for tijd in werk.tijden))
    assert "vrij op de tijden" not in "".join(werk.rijen(werk.scherm.avonden.lijst)), (
        "andere avonden blijven kloppen"
    )
    knop(werk, "Alle avonden").click()
    werk.wacht(lambda: werk.tijden[0].startswith("do 3 dec"))


def test_na_een_uur_staan_er_alleen_latere_tijden(werk: Werk) -> None:
    werk.zoek("pas")
    keuze = werk.scherm.wens.na
    keuze.setCurrentIndex(keuze.findText("Na 18.30 uur"))
    werk.wacht(lambda: "18.30" in werk.tijden[0])


def test_niets_vrij_zegt_waarom_en_wat_wel_kan(werk: Werk) -> None:
    werk.zoek("pas")
    werk.agenda.vul("paspoort", DO3)
    werk.scherm.avonden.gekozen.emit(DO3)
    werk.wacht(lambda: "niets vrij" in werk.tekst)
    assert "geen bevoegde balie vrij" in werk.tekst
    assert werk.tijden[0].startswith("do 10 dec"), "de eerste die wel kan staat er om te kiezen"
    assert knop(werk, "Zet op de wachtlijst")
    knop(werk, "Toon alle tijden").click()
    werk.wacht(lambda: len(werk.tijden) == 9)


def test_te_veel_personen_stelt_afspraken_voor_die_samen_wel_kunnen(werk: Werk) -> None:
    werk.scherm.focus_begin()
    werk.typ("paspoort 6")
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: "hoogstens 5 personen" in werk.tekst)
    knop(werk, "Zoek die samen").click()
    werk.wacht(lambda: bool(werk.tijden))
    werk.kies(1)
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert len(werk.agenda.opslag.staat.afspraken) == 2


def test_een_gezin_komt_samen_met_ieder_een_eigen_afspraak(werk: Werk) -> None:
    werk.zoek("pas 2")
    werk.scherm.wens.samen.setChecked(True)
    werk.wacht(lambda: "Samen komen met 2 personen" in werk.tekst)
    werk.kies(1)
    assert "tegelijk" in werk.tekst
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    een, twee = werk.agenda.opslag.staat.afspraken.values()
    assert een.begin == twee.begin
    assert een.balie != twee.balie


def test_wat_iemand_nodig_heeft_gaat_mee_in_de_afspraak(werk: Werk) -> None:
    werk.zoek("pas")
    _, vink = werk.scherm.wens._behoeften["tolk"]
    vink.setChecked(True)
    werk.wacht(lambda: werk.scherm.wens.taal.isVisible() and "25 minuten" in werk.tekst)
    werk.kies(1)
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    (afspraak,) = werk.agenda.opslag.staat.afspraken.values()
    assert afspraak.behoeften == ("tolk",)
    assert afspraak.taal == "de"


# --- vastgezet ---------------------------------------------------------------------------------------------


def test_alleen_wat_geldt_staat_in_de_lijst_om_mee_te_nemen(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.wacht(lambda: "Bankpas om te betalen" in werk.tekst)
    assert "verklaring van vermissing" not in werk.tekst
    werk.scherm.gekozen.script._vinkjes["vermissing"].setChecked(True)
    werk.wacht(lambda: "verklaring van vermissing" in werk.tekst)


def test_de_kosten_zijn_die_van_de_dag_van_de_afspraak(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.wacht(lambda: "€ 80,00" in werk.tekst)
    werk.scherm.avonden.gekozen.emit(date(2027, 1, 7))
    werk.wacht(lambda: werk.tijden[0].startswith("do 7 jan"))
    werk.druk("1", Qt.KeyboardModifier.AltModifier)
    werk.wacht(lambda: "€ 81,50" in werk.tekst)
    assert len(werk.agenda.opslag.staat.reserveringen) == 1, "de eerste tijd is losgelaten"


def test_aftellen_gaat_met_de_klok_van_de_agenda_en_waarschuwt_een_minuut_van_tevoren(
    werk: Werk, acties: Acties
) -> None:
    werk.scherm.verloop._klok = lambda: klok[0]
    klok = [1000.0]
    werk.zoek("pas")
    werk.kies(1)
    werk.wacht(lambda: "nog 10.00 minuten" in werk.tekst)
    klok[0] += 541
    werk.wacht(lambda: "nog 0.59 minuten" in werk.tekst)
    assert werk.scherm.gekozen._band.property("soort") == "band_let_op"
    werk.agenda.opslag.schuif(seconds=541)
    acties.tijd_verlengen.trigger()
    werk.wacht(lambda: "nog 10.00 minuten" in werk.tekst)
    assert werk.scherm.gekozen._band.property("soort") == "band_goed"


def test_dubbel_klikken_houdt_een_tijd_en_dubbel_enter_maakt_een_afspraak(werk: Werk) -> None:
    werk.zoek("pas")
    lijst = werk.scherm.tijden.lijst
    plaats = lijst.visualRect(lijst.tijden.index(2)).center()
    QTest.mouseClick(lijst.viewport(), Qt.MouseButton.LeftButton, pos=plaats)
    QTest.mouseDClick(lijst.viewport(), Qt.MouseButton.LeftButton, pos=plaats)
    werk.wacht(lambda: werk.fase is Fase.VAST)
    assert len(werk.agenda.opslag.staat.reserveringen) == 1
    werk.scherm.gekozen.bevestig.setFocus()
    werk.druk(Qt.Key.Key_Return)
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    QTest.qWait(100)
    assert len(werk.agenda.opslag.staat.afspraken) == 1
    assert not werk.agenda.opslag.staat.reserveringen


def test_zonder_klant_vraagt_het_scherm_naam_en_bereikbaarheid_bij_het_veld(maak_werk: MaakWerk) -> None:
    werk = maak_werk(None)
    werk.zoek("pas")
    werk.kies(1)
    contact = werk.scherm.gekozen.contact
    assert contact.naam.hasFocus()
    werk.druk(Qt.Key.Key_Return)
    assert "Vul de naam in" in werk.tekst
    assert contact.naam.accessibleDescription() == "Vul de naam in van wie er komt."
    contact.naam.setText("Ursula Müller-Lüdenscheidt")
    werk.druk(Qt.Key.Key_Return)
    assert contact.telefoon.hasFocus()
    assert "telefoonnummer of e-mailadres" in werk.tekst
    werk.typ("+49 2562 123456")
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    (afspraak,) = werk.agenda.opslag.staat.afspraken.values()
    assert (afspraak.klant.naam, afspraak.klant.telefoon) == ("Ursula Müller-Lüdenscheidt", "+492562123456")


def test_een_bsn_in_de_opmerking_wordt_geweigerd(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.scherm.gekozen.contact.opmerking.setText("bsn 999990639")
    werk.scherm.confirm()
    assert werk.fase is Fase.VAST
    assert "burgerservicenummer" in werk.tekst


def test_de_geboortedatum_wordt_alleen_gevraagd_als_er_iets_van_afhangt(werk: Werk) -> None:
    werk.zoek("rij")
    werk.kies(1)
    assert not werk.scherm.gekozen.contact.geboortedatum.isVisible()
    werk.scherm.open(KLANT)
    werk.zoek("paspoort k")
    werk.kies(1)
    veld = werk.scherm.gekozen.contact.geboortedatum
    assert veld.isVisible()
    veld.setText("1-5-2018")
    veld.editingFinished.emit()
    werk.wacht(lambda: "2 × ouder met gezag" in werk.tekst and "Alleen jonger" not in werk.tekst)


def test_van_een_klant_die_niet_is_gecontroleerd_wordt_niets_overgenomen(maak_werk: MaakWerk) -> None:
    werk = maak_werk(replace(KLANT, naam="Anna J.", bekend=False))
    werk.zoek("pas")
    werk.kies(1)
    contact = werk.scherm.gekozen.contact
    assert (contact.naam.text(), contact.telefoon.text()) == ("", "")


def test_het_ophalen_gaat_mee_als_paar(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.wacht(lambda: "Boek mee: do 10 dec" in werk.tekst)
    keuze = next(k for k in werk.scherm.gekozen.script._groep.buttons() if "Boek mee" in k.text())
    keuze.click()
    werk.wacht(lambda: werk.scherm.verloop.vervolg_vast is not None)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    aanvraag, ophalen = sorted(werk.agenda.opslag.staat.afspraken.values(), key=lambda a: a.begin)
    assert [r.product for r in ophalen.regels] == ["ophalen"]
    assert ophalen.vervolg_van == aanvraag.id
    assert aanvraag.nummer in werk.tekst
    assert ophalen.nummer in werk.tekst


def test_kopieren_zet_nummer_of_code_op_het_klembord(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    (afspraak,) = werk.agenda.opslag.staat.afspraken.values()
    knop(werk, "Kopieer nummer").click()
    assert QApplication.clipboard().text() == afspraak.nummer
    knop(werk, "Kopieer code").click()
    assert QApplication.clipboard().text() == afspraak.code


# --- wat er mis kan gaan -----------------------------------------------------------------------------------


def test_een_net_vergeven_tijd_geeft_drie_andere_en_houdt_wat_is_getypt(maak_werk: MaakWerk) -> None:
    werk = maak_werk(None)
    werk.zoek("pas")
    werk.kies(1)
    werk.scherm.gekozen.contact.naam.setText("J. Kuipers")
    werk.scherm.gekozen.contact.telefoon.setText("0612345678")
    werk.agenda.opslag.schuif(minutes=11)
    werk.agenda.collega().vul("paspoort", DO3)
    werk.scherm.confirm()
    werk.wacht(lambda: "Kies een andere tijd" in werk.tekst)
    knoppen = werk.scherm.meldingvak.findChildren(QPushButton)
    keuzes = [k for k in knoppen if "dec" in k.text() and k.isVisible()]
    assert len(keuzes) == 3
    assert werk.scherm.gekozen.contact.naam.text() == "J. Kuipers"
    keuzes[0].click()
    werk.wacht(lambda: werk.fase is Fase.VAST and not werk.scherm.meldingvak.is_open)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)


def test_een_verlopen_tijd_die_nog_vrij_is_laat_zich_gewoon_bevestigen(werk: Werk) -> None:
    klok = [0.0]
    werk.scherm.verloop._klok = lambda: klok[0]
    werk.zoek("pas")
    werk.kies(1)
    werk.agenda.opslag.schuif(minutes=11)
    klok[0] += 660
    werk.wacht(lambda: "niet meer vastgezet" in werk.tekst)
    assert "Wat u typte, staat er nog." in werk.tekst
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)


@pytest.mark.parametrize(("hapert", "aantal"), [("na", 1), ("voor", 0)])
def test_onbekende_afloop_zegt_wat_bekend_is_en_kijkt_na(werk: Werk, hapert: str, aantal: int) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.agenda.opslag.hapert = hapert
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.ONBEKEND)
    assert "is niet bekend" in werk.tekst
    knop(werk, "Kijk na").click()
    werk.wacht(lambda: werk.fase is not Fase.ONBEKEND)
    assert len(werk.agenda.opslag.staat.afspraken) == aantal
    if not aantal:
        assert "niets veranderd" in werk.tekst
        werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert len(werk.agenda.opslag.staat.afspraken) == 1


def test_een_vastgezette_tijd_met_onbekende_afloop_blijkt_er_na_nakijken_te_staan(werk: Werk) -> None:
    werk.zoek("pas")
    werk.agenda.opslag.hapert = "na"
    werk.scherm.tijden.lijst.setFocus()
    werk.druk("1")
    werk.wacht(lambda: werk.fase is Fase.ONBEKEND)
    knop(werk, "Kijk na").click()
    werk.wacht(lambda: werk.fase is Fase.VAST)
    assert len(werk.agenda.opslag.staat.reserveringen) == 1


def test_een_agenda_die_wegvalt_zegt_dat_en_opnieuw_helpt(werk: Werk) -> None:
    werk.wacht(lambda: werk.scherm._inrichting is not None)
    werk.scherm.focus_begin()
    werk.typ("pas")
    werk.wacht(lambda: werk.scherm.wens.lijst.isVisible())
    werk.agenda.opslag.stuk = True
    werk.druk(Qt.Key.Key_Return)
    werk.wacht(lambda: "niet bereikbaar" in werk.tekst)
    werk.agenda.opslag.stuk = False
    knop(werk, "Opnieuw").click()
    werk.wacht(lambda: bool(werk.tijden))


def test_wie_al_een_afspraak_heeft_krijgt_een_keuze(werk: Werk) -> None:
    vrij = werk.agenda.vrij.find_starts(Wens((Wensregel("paspoort"),))).eerste
    werk.agenda.boek("paspoort", vrij[5].begin, "A. Jansen-ter Braak")
    werk.zoek("pas")
    werk.kies(1)
    werk.scherm.confirm()
    werk.wacht(lambda: "heeft al een afspraak" in werk.tekst)
    assert len(werk.agenda.opslag.staat.afspraken) == 1
    knop(werk, "Toch een tweede").click()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    assert len(werk.agenda.opslag.staat.afspraken) == 2


def test_een_andere_wens_na_het_kiezen_vraagt_om_een_nieuwe_tijd(werk: Werk) -> None:
    werk.zoek("pas")
    werk.kies(1)
    werk.scherm.wens._regels[0].aantal.set_waarde(3)
    werk.wacht(lambda: "Kies opnieuw een tijd" in werk.tekst)
    werk.scherm.confirm()
    assert werk.fase is Fase.VAST
    werk.wacht(lambda: not werk.scherm.verloop.is_onderweg("zoeken"))
    werk.druk("1", Qt.KeyboardModifier.AltModifier)
    werk.wacht(lambda: "Kies opnieuw" not in werk.tekst and werk.fase is Fase.VAST)
    werk.scherm.confirm()
    werk.wacht(lambda: werk.fase is Fase.KLAAR)
    (afspraak,) = werk.agenda.opslag.staat.afspraken.values()
    assert afspraak.regels[0].personen == 3


# --- collega's ---------------------------------------------------------------------------------------------


def test_wat_een_collega_boekt_is_te_zien_zonder_dat_iets_verschuift(werk: Werk) -> None:
    werk.zoek("pas")
    werk.druk(Qt.Key.Key_Down)
    voor = werk.tijden
    begin = werk.scherm.tijden.lijst.tijden.regels[0].keuze.begin
    collega = werk.agenda.collega()
    while any(
        s.begin == begin for s in collega.vrij.find_starts(Wens((Wensregel("paspoort"),)), maximum=400).eerste
    ):
        collega.boek("paspoort", begin, geen_contact=True)
    werk.wacht(lambda: werk.scherm.tijden.lijst.tijden.regels[0].vergeven)
    assert werk.tijden == voor
    assert werk.scherm.tijden.lijst.currentIndex().row() == 1
    assert werk.scherm.tijden.lijst.hasFocus()
    assert "1 tijd is net vergeven." in werk.tekst
    werk.druk("1")
    QTest.qWait(50)
    assert werk.fase is Fase.KIEZEN, "wat net is vergeven is niet te kiezen"
    knop(werk, "Toon opnieuw").click()
    werk.wacht(lambda: werk.tijden != voor)


def test_het_scherm_staat_niet_stil_als_de_agenda_traag_is(werk: Werk) -> None:
    werk.zoek("pas")
    werk.agenda.opslag.wacht.clear()
    werk.druk("1")
    assert werk.fase is Fase.VASTZETTEN, "wie vastzet, mag niet op de agenda wachten"
    werk.druk("2")
    werk.agenda.opslag.wacht.set()
    werk.wacht(lambda: werk.fase is Fase.VAST)
    assert len(werk.agenda.opslag.staat.reserveringen) == 1


def test_handelingen_staan_alleen_aan_als_ze_iets_doen(werk: Werk, acties: Acties) -> None:
    assert not acties.afspraak_bevestigen.isEnabled()
    werk.zoek("pas")
    werk.kies(1)
    werk.wacht(lambda: acties.afspraak_bevestigen.isEnabled())
    assert acties.tijd_vrijgeven.isEnabled()
    acties.tijd_vrijgeven.trigger()
    werk.wacht(lambda: not werk.agenda.opslag.staat.reserveringen)
    assert not acties.tijd_vrijgeven.isEnabled()


def test_op_de_wachtlijst_als_niets_past(werk: Werk) -> None:
    werk.zoek("pas")
    knop(werk, "Niets goed? Wachtlijst").click()
    assert werk.scherm.wacht.contact.naam.text() == KLANT.naam
    knop(werk, "Zet op de wachtlijst").click()
    werk.wacht(lambda: "staat op de wachtlijst tot en met" in werk.tekst)
    (wachtende,) = werk.agenda.opslag.staat.wachtlijst.values()
    assert wachtende.producten == (("paspoort", 1),)


def test_wie_terugkomt_na_een_storing_kan_de_vastgehouden_tijd_hervatten(
    werk: Werk, maak_werk: MaakWerk
) -> None:
    werk.zoek("pas 2")
    werk.kies(1)
    begin = werk.scherm.verloop.vast.mogelijkheid.begin if werk.scherm.verloop.vast else None
    opnieuw = maak_werk()
    opnieuw.wacht(lambda: "U hield nog een tijd vast: do 3 dec 17.00 uur" in opnieuw.tekst)
    knop(opnieuw, "Hervatten").click()
    opnieuw.wacht(lambda: opnieuw.fase is Fase.VAST)
    opnieuw.scherm.confirm()
    opnieuw.wacht(lambda: opnieuw.fase is Fase.KLAAR)
    (afspraak,) = opnieuw.agenda.opslag.staat.afspraken.values()
    assert (afspraak.begin, afspraak.regels[0].personen) == (begin, 2)
