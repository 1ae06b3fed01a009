"""Wat bezoekers kunnen zien: bord, publiek scherm en papier zonder naam, BSN of product dat iets verraadt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from frontoffice.agenda.vanavond.publiek import make_publiek
from frontoffice.agenda.vanavond.voorspelling import predict
from frontoffice.documents.avondpakket import make_pakket
from frontoffice.documents.volgnummerbriefje import make_briefje as make_pdf
from frontoffice.services.avondpapier import Papierdienst
from tests.documents import pdflezer
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond
from tests.ui.vanavond.bouw import gesproken
from tests.ui.vanavond.conftest import MaakPlek
from ui.avondpapier.inhoud import make_avondpakket, make_briefje
from ui.publiek.scherm import PubliekScherm
from ui.thema import Thema

PRODUCT, BSN = "Nederlander worden", "999990019"
NAMEN = ("Luttikhuis", "Scholtenhuis", "Brömmelstroet")


@pytest.fixture
def verraderlijk(avond: Avond) -> Avond:
    """Iedereen komt voor iets wat een ander niet aangaat, en er staat een BSN in de opmerking."""
    inrichting, _ = avond.agenda.load_inrichting()
    producten = [replace(p, naam=f"{PRODUCT} {p.code}", groep="Burgerzaken") for p in inrichting.producten]
    with avond.agenda.lock((), inrichting=True) as tx:
        tx.put_onderdelen("producten", producten, avond.plek.wie)
    namen = (f"Freifrau von {NAMEN[0]}-{NAMEN[2]}", f"J. Olde {NAMEN[1]}", f"A. {NAMEN[1]}")
    afspraken = [avond.boek(17, 15 * n, naam=naam) for n, naam in enumerate(namen)]
    avond.begin()
    avond.klok(17, 1)
    avond.meld(*afspraken)
    avond.loper(naam=NAMEN[2])
    return avond


def check(tekst: str) -> None:
    for verboden in (*NAMEN, BSN, PRODUCT, "06-"):
        assert verboden not in tekst, verboden


def test_het_bord_laat_nummers_en_groepen_zien_en_niets_over_iemand(
    verraderlijk: Avond, maak_plek: MaakPlek
) -> None:
    plek = maak_plek()
    scherm = plek.scherm
    for vak in (scherm.lijsten, scherm.rechts, scherm.kop, scherm.zoeken):
        check(gesproken(vak))
    assert "Burgerzaken" in gesproken(scherm.lijsten)
    assert "W01" in gesproken(scherm.lijsten)


def test_het_publieke_scherm_laat_alleen_nummers_en_balies_zien(
    qtbot: QtBot, verraderlijk: Avond, thema: Thema
) -> None:
    assert verraderlijk.dienst.call_next("B2", verzoek_id=uid()) is not None
    stand = verraderlijk.dienst.load_stand()
    assert stand is not None
    scherm = PubliekScherm(thema)
    qtbot.addWidget(scherm)
    scherm.show()
    scherm.show_beeld(make_publiek(stand, predict(stand)))
    gehoord = gesproken(scherm)
    check(gehoord)
    assert "A01" in gehoord
    assert "Balie 2" in gehoord
    assert "Burgerzaken" not in gehoord
    assert scherm.windowTitle() == "Klant in Focus"


def test_papier_dat_men_kan_zien_noemt_niemand_en_niets(verraderlijk: Avond) -> None:
    avond = verraderlijk
    papier = Papierdienst(lambda: avond.plek, avond.dienst, lambda: avond.agenda.load_inrichting()[0])
    gegevens = papier.load_gegevens(namen=True)
    bladen = pdflezer.tekst(make_pakket(make_avondpakket(gegevens, "Gemeente Losser")).pdf)
    deur = [blad for blad in bladen if "gastheer of gastvrouw" in blad]
    assert len(deur) == 1
    for blad in bladen:
        if blad not in deur:
            check(blad)
    for verboden in (BSN, PRODUCT, "06-"):
        assert verboden not in deur[0]
    for bezoek in gegevens.stand.bezoeken:
        briefje = make_briefje(gegevens.stand, bezoek, "Gemeente Losser", "nl", kopie=False)
        tekst = pdflezer.platte_tekst(make_pdf(briefje).pdf)
        check(tekst)
        assert bezoek.volgnummer in tekst
        assert "Burgerzaken" not in tekst
