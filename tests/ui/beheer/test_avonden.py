"""Vooruitkijken en één avond: sluiten, weer openen, en nooit iets kwijtraken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import SoortUitzondering, Uitzondering
from frontoffice.services.inrichten import Wijziging
from tests.services.agendabouw import DAG, DONDERDAGEN, VOLGENDE, boek, richt_in, uid
from tests.ui.beheer.conftest import INRICHTING, LEEG, Werk, boek_veertien


def rij(werk: Werk, datum: date) -> list[str]:
    """De cellen van een avond in het overzicht."""
    model = werk.scherm.maand.model
    nummer = model.rij_van(datum)
    return [str(model.index(nummer, kolom).data() or "") for kolom in range(model.columnCount())]


def wijzig(agenda, *wijzigingen: Wijziging) -> None:  # type: ignore[no-untyped-def]  # elke werkplek
    agenda.avonden.apply(agenda.avonden.preview(wijzigingen), verzoek_id=uid())


def test_het_overzicht_zegt_vanaf_wanneer_niemand_rijbewijzen_kan_doen(werk: Werk) -> None:
    kort = tuple(
        replace(d, tot=time(18, 30)) if d.datum == VOLGENDE and d.medewerker == "m1" else d
        for d in INRICHTING.diensten
    )
    richt_in(werk.agenda, replace(INRICHTING, diensten=kort))
    werk.start()
    assert "do 10 dec: na 18.30 uur kan niemand dit doen: Rijbewijs aanvragen." in werk.tekst
    assert "tot 18.30" in rij(werk, VOLGENDE)
    assert "tot 18.30" not in rij(werk, DAG)


def test_een_avond_zonder_rooster_heet_nooit_vol(werk: Werk) -> None:
    werk.start()
    werk.kies(LEEG)
    assert "rooster nog niet ingevuld" in rij(werk, LEEG)
    assert "Kopieer een avond" in werk.tekst
    assert "vol" not in werk.tekst.casefold().split()


def test_een_feestdag_en_een_gesloten_avond_zeggen_waarom(werk: Werk) -> None:
    dicht = Uitzondering("u1", VOLGENDE, SoortUitzondering.GESLOTEN, "Verbouwing")
    kerst = Uitzondering("u2", date(2026, 12, 25), SoortUitzondering.EXTRA_OPEN, "Proef", time(17), time(20))
    werk.agenda.avonden.apply(
        werk.agenda.avonden.preview((Wijziging("uitzonderingen", (dicht,)),)), verzoek_id=uid()
    )
    werk.start()
    werk.kies(VOLGENDE)
    assert rij(werk, VOLGENDE)[1] == "dicht"
    assert "Gesloten: Verbouwing." in werk.tekst
    assert werk.agenda.avonden.preview((Wijziging("uitzonderingen", (kerst,)),)).fouten


def test_een_avond_met_veertien_afspraken_sluiten_laat_eerst_zien_wat_dat_doet(werk: Werk) -> None:
    boek_veertien(werk.agenda)
    werk.start()
    werk.kies(DAG)
    werk.scherm.avond.sluitknop.click()
    werk.scherm.avond.reden.setText("Stroomstoring")
    werk.scherm.avond.sluit_verder.click()
    werk.wacht_op_gevolgen()
    assert "14 afspraken kunnen niet blijven en komen op Te verzetten afspraken." in werk.tekst
    assert "Er wordt geen afspraak verwijderd." in werk.tekst
    rijen = werk.scherm.gevolgen.model.rijen
    assert len(rijen) == 14
    assert all(len(r.voorstellen) >= 3 for r in rijen)
    assert werk.te_verzetten == 0
    assert not werk.inrichting.uitzonderingen

    werk.bewaar()
    assert werk.te_verzetten == 14
    assert len(werk.afspraken()) == 14
    assert "14 afspraken staan op Te verzetten afspraken" in werk.tekst


def test_wie_terug_kiest_bewaart_niets_en_houdt_wat_was_getypt(werk: Werk) -> None:
    werk.start()
    werk.kies(DAG)
    werk.scherm.avond.sluitknop.click()
    werk.scherm.avond.reden.setText("Stroomstoring")
    werk.scherm.avond.sluit_verder.click()
    werk.wacht_op_gevolgen()
    werk.druk(Qt.Key.Key_Escape)
    assert werk.scherm.stapel.currentWidget() is not werk.scherm.gevolgen
    assert not werk.inrichting.uitzonderingen
    assert werk.scherm.avond.reden.text() == "Stroomstoring"


def test_zonder_reden_gaat_een_avond_niet_dicht(werk: Werk) -> None:
    werk.start()
    werk.kies(DAG)
    werk.scherm.avond.sluitknop.click()
    assert QApplication.focusWidget() is werk.scherm.avond.reden
    werk.druk(Qt.Key.Key_Return)
    assert "Schrijf op waarom deze avond dicht gaat." in werk.tekst
    assert "waarom" in werk.scherm.avond.reden.accessibleDescription()


def test_ongedaan_maken_zet_iedereen_terug(werk: Werk) -> None:
    boek_veertien(werk.agenda)
    voor = {a.id: (a.begin, a.nummer) for a in werk.afspraken()}
    werk.start()
    werk.kies(DAG)
    werk.scherm.avond.sluit.emit(DAG, "Stroomstoring")
    werk.wacht_op_gevolgen()
    werk.bewaar()
    werk.find("Ongedaan maken").click()
    werk.wacht_op_gevolgen()
    assert "14 afspraken kunnen toch blijven en gaan van de lijst af." in werk.tekst
    werk.bewaar()
    assert werk.te_verzetten == 0
    assert {a.id: (a.begin, a.nummer) for a in werk.afspraken()} == voor


def test_een_gesloten_avond_gaat_weer_open(werk: Werk) -> None:
    boek(werk.agenda, 17)
    wijzig(werk.agenda, *werk.agenda.avonden.make_sluiting(DAG, "Vergissing"))
    werk.start()
    werk.kies(DAG)
    werk.find("Avond weer openen").click()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    assert werk.te_verzetten == 0


def test_geen_nieuwe_afspraken_verandert_niets_aan_wie_er_al_komt(werk: Werk) -> None:
    boek(werk.agenda, 17)
    werk.start()
    werk.kies(DAG)
    werk.find("Geen nieuwe afspraken").click()
    werk.wacht(
        lambda: werk.agenda.opslag.load_avonden([DAG])[DAG].toestand is AvondToestand.DICHT_VOOR_BOEKEN
    )
    werk.wacht(lambda: "geen nieuwe afspraken" in rij(werk, DAG))
    assert len(werk.afspraken()) == 1
    werk.wacht(lambda: "Weer nieuwe afspraken" in werk.tekst)


def test_intussen_geboekt_dan_eerst_opnieuw_nakijken(werk: Werk) -> None:
    boek(werk.agenda, 17)
    werk.start()
    werk.kies(DAG)
    werk.scherm.avond.sluit.emit(DAG, "Stroomstoring")
    werk.wacht_op_gevolgen()
    assert len(werk.scherm.gevolgen.model.rijen) == 1
    boek(werk.collega, 18)
    werk.scherm.gevolgen.bewaarknop.click()
    werk.wacht(lambda: len(werk.scherm.gevolgen.model.rijen) == 2)
    assert "Er is intussen iets gewijzigd. Kijk de gevolgen nog een keer na." in werk.tekst
    assert werk.te_verzetten == 0
    werk.bewaar()
    assert werk.te_verzetten == 2


def test_het_overzicht_volgt_een_collega_zonder_iets_te_verplaatsen(werk: Werk) -> None:
    werk.start()
    werk.kies(DONDERDAGEN[3])
    wijzig(werk.collega, *werk.collega.avonden.make_sluiting(DAG, "Stroomstoring"))
    werk.wacht(lambda: rij(werk, DAG)[1] == "dicht")
    assert werk.scherm.maand.datum == DONDERDAGEN[3]


def test_de_geschiedenis_van_een_avond_noemt_wie_wat_deed(werk: Werk) -> None:
    wijzig(werk.collega, *werk.collega.avonden.make_sluiting(DAG, "Stroomstoring"))
    werk.start()
    werk.kies(DAG)
    werk.find("Geschiedenis van deze avond").click()
    werk.wacht(lambda: werk.scherm.stapel.currentWidget() is werk.scherm.geschiedenis)
    assert "Uitzondering Stroomstoring toegevoegd" in werk.tekst
    assert "j.smit" in werk.tekst


def test_een_lege_agenda_begint_bij_de_openingstijden(werk: Werk) -> None:
    kaal = replace(INRICHTING, regels=(), diensten=())
    richt_in(werk.agenda, kaal)
    werk.start()
    assert "Begin met de openingstijden." in werk.tekst
    werk.find("Openingstijden invullen").click()
    assert werk.scherm.stapel.currentWidget() is werk.scherm.onderdelen["regels"]


def test_een_agenda_die_niet_antwoordt_zegt_dat_en_probeert_het_opnieuw(werk: Werk) -> None:
    from frontoffice.agendapoort import AgendaOnbereikbaar

    opslag = werk.agenda.opslag
    echt = opslag.nu

    def weg() -> object:
        raise AgendaOnbereikbaar("De agenda antwoordt niet. Probeer het zo nog een keer.")

    opslag.nu = weg  # type: ignore[method-assign, assignment]  # de verbinding valt weg
    werk.scherm.start()
    werk.wacht(lambda: "De agenda antwoordt niet." in werk.tekst)
    opslag.nu = echt  # type: ignore[method-assign]  # en komt terug
    werk.find("Opnieuw").click()
    werk.wacht(lambda: werk.scherm.verloop.huidig is not None)
    assert "do 3 dec" in werk.tekst
