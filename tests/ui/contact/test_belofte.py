"""Een belofte over een zaak, afspraak of melding: één formulier, en daarna voor iedereen te zien.

Tegen de demonstratieserver: wat er is beloofd, komt uit het register terug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.demo.server import DemoServer
from frontoffice.domain.belofte import Belofte
from frontoffice.domain.concept import Gesprekspartner, ZaakKoppeling
from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld, waarde_van
from frontoffice.domain.terugbellen import Wiens
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep, Stop
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.samenstelling import Diensten, build
from frontoffice.services.vandaag import Deelnaam
from tests.proefprofiel import make_proefprofiel
from tests.ui.conftest import MaakVenster
from tests.ui.contact.bouw import strook_van
from ui.bouwstenen import Knop
from ui.contact.belofte import Belofteaanleiding, over_afspraak, over_zaak
from ui.hoofdvenster import Hoofdvenster

VANDAAG = date(2026, 11, 20)
KLANT = "999904905"


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer(seed=1, vandaag=VANDAAG) as demo:
        yield demo


@pytest.fixture
def diensten(server: DemoServer, tmp_path: Path) -> Iterator[Diensten]:
    diensten = build(parse_profiel(make_proefprofiel(server.basis, VANDAAG)), data_dir=tmp_path)
    yield diensten
    diensten.close()


@pytest.fixture
def venster(maak_venster: MaakVenster, diensten: Diensten) -> Hoofdvenster:
    return maak_venster(diensten)


def open_klant(qtbot: QtBot, venster: Hoofdvenster, bsn: str = KLANT) -> Klantbeeld:
    assert venster.scherm is not None
    scherm = venster.scherm
    venster._open_sleutel(PersoonSleutel(Bsn(bsn)), Herkomst.ZAAK)
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    assert scherm.current is not None
    return scherm.current


def make_vast(qtbot: QtBot, venster: Hoofdvenster, wie: str = "Burgerzaken") -> None:
    """Kies wie het doet en rond af."""
    strook = strook_van(venster)
    regel = strook.terugbel.aan.lineEdit()
    assert regel is not None
    qtbot.waitUntil(lambda: strook.terugbel.aan.count() > 0)
    strook.terugbel._ask(next(a for a in strook.terugbel._afdelingen if a.naam == wie))
    qtbot.waitUntil(lambda: bool(strook.terugbel.beloofd.text()))
    strook.finish()
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    qtbot.waitUntil(lambda: gesprekken.concepten == ())


def verstuur(qtbot: QtBot, venster: Hoofdvenster, diensten: Diensten) -> None:
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    winkel = diensten.contacten.winkel

    def is_weg() -> bool:
        gesprekken.send(alles=True)
        return winkel.count_wachtend() == (0, 0)

    qtbot.waitUntil(is_weg)


def find_beloften(diensten: Diensten, wat: str) -> list[Belofte]:
    return [b for b in diensten.beloften.load_open(Wiens.ALLE, Stop()) if b.wat == f"Laten weten: {wat}"]


def test_een_belofte_over_een_zaak_staat_daarna_bij_de_klant_en_in_de_werklijst(
    qtbot: QtBot, venster: Hoofdvenster, diensten: Diensten
) -> None:
    beeld = open_klant(qtbot, venster)
    scherm = venster.scherm
    assert scherm is not None
    zaken = waarde_van(beeld.zaken)
    assert zaken is not None
    zaak = zaken.zaken[0]
    scherm.detail.show_zaak(zaak.uuid)

    def knoppen() -> list[Knop]:
        return [knop for knop in scherm.detail.findChildren(Knop) if knop.text() == "Beloof iets"]

    qtbot.waitUntil(lambda: bool(knoppen()))
    knoppen()[0].click()
    vorm = strook_van(venster).terugbel
    assert not vorm.isHidden()
    wat = f"hoe het staat met zaak {zaak.identificatie}"
    assert vorm.weten.text() == wat
    assert vorm.kop.text() == "Belofte"
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    actief = gesprekken.actief
    assert actief is not None
    assert [koppeling.uuid for koppeling in actief.zaken] == [zaak.uuid]
    assert actief.klant is not None
    assert actief.klant.bsn == KLANT
    make_vast(qtbot, venster)
    verstuur(qtbot, venster, diensten)
    (belofte,) = find_beloften(diensten, wat)
    scherm.refresh()

    def staat_er() -> bool:
        nu = scherm.current
        contacten = waarde_van(nu.contacten) if nu is not None else None
        taken = [t.uuid for contact in contacten.rijen for t in contact.taken] if contacten else []
        return belofte.taak_uuid in taken

    qtbot.waitUntil(staat_er)
    assert belofte.taak_uuid in [b.taak_uuid for b in diensten.beloften.load_door_mij(Stop())]
    deel = diensten.vandaag.load(Deelnaam.DOOR_MIJ, Aanroep.van(20))
    assert deel.totaal >= 1
    venster.terugbellen.open(f"alle:{belofte.taak_uuid}")
    lijst = venster.terugbellen.scherm
    assert lijst is not None
    qtbot.waitUntil(lambda: lijst.gekozen == belofte.taak_uuid)


def test_een_belofte_over_een_melding_noemt_haar_bij_het_contact(
    qtbot: QtBot, venster: Hoofdvenster, diensten: Diensten
) -> None:
    venster.meldingen.open("te_laat")
    scherm = venster.meldingen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.detail.beeld is not None)
    beeld = scherm.detail.beeld
    assert beeld is not None
    knop = scherm.detail.knop("belofte")
    assert knop is not None
    knop.click()
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    actief = gesprekken.actief
    assert actief is not None
    assert actief.meldingen == (str(beeld.melding.nummer),)
    assert actief.klant is None  # de melder is niet de klant die toevallig in beeld is
    make_vast(qtbot, venster)
    verstuur(qtbot, venster, diensten)
    assert len(find_beloften(diensten, f"hoe het staat met melding {beeld.melding.weergave}")) == 1


# --- aan wie, en waarin ------


@pytest.fixture
def beloof(venster: Hoofdvenster) -> Callable[[Belofteaanleiding], None]:
    return venster.contacten.open_belofte


ZAAK = over_zaak(ZaakKoppeling("8b1a1b53-46ad-485a-b3af-3e40a158ffbf", "ZAAK-1", "Kapvergunning"))


def test_loopt_er_een_gesprek_met_een_ander_dan_begint_er_een_nieuw_contact(
    qtbot: QtBot, venster: Hoofdvenster, beloof: Callable[[Belofteaanleiding], None]
) -> None:
    open_klant(qtbot, venster, "999904917")
    venster._acties.nieuw_contact.trigger()
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    eerste = gesprekken.actief
    assert eerste is not None
    gesprekken.edit(eerste.uuid, klant=Gesprekspartner("Een ander", bsn="999904929"))
    beloof(ZAAK)
    assert len(gesprekken.concepten) == 2
    assert gesprekken.actief is not None
    assert gesprekken.actief.uuid != eerste.uuid
    assert gesprekken.actief.klant is not None
    assert gesprekken.actief.klant.bsn == "999904917"
    assert gesprekken.find(eerste.uuid) == gesprekken.concepten[0]
    assert gesprekken.concepten[0].zaken == ()


def test_een_tweede_belofte_in_hetzelfde_gesprek_komt_bij_een_volgende_vraag(
    qtbot: QtBot, venster: Hoofdvenster, beloof: Callable[[Belofteaanleiding], None]
) -> None:
    beloof(ZAAK)
    beloof(over_afspraak("2026-00041"))
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    eerste, tweede = gesprekken.concepten
    assert (eerste.afspraak, tweede.afspraak) == ("", "2026-00041")
    assert eerste.gesprek == tweede.gesprek
    assert eerste.terugbel is not None
    assert eerste.terugbel.laten_weten == "hoe het staat met zaak ZAAK-1"


def test_wie_het_doet_kiezen_laat_staan_wat_er_is_beloofd(
    qtbot: QtBot, venster: Hoofdvenster, beloof: Callable[[Belofteaanleiding], None]
) -> None:
    beloof(ZAAK)
    vorm = strook_van(venster).terugbel
    vorm.weten.setFocus()
    QTest.keyClicks(vorm.weten, " en wie u belt")
    qtbot.waitUntil(lambda: vorm.aan.count() > 0)
    vorm._ask(vorm._afdelingen[0])
    qtbot.waitUntil(lambda: bool(vorm.beloofd.text()))
    assert vorm.weten.text() == "hoe het staat met zaak ZAAK-1 en wie u belt"
    assert "laat u uiterlijk" in vorm.zeg.text()
