"""Wat vlot hoort te zijn op het scherm en in rekenwerk zonder scherm.

De reeks zelf kijkt alleen of het klopt en of er niemand wacht.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.documents.csvbestand import Tabel, read_csv, write_csv
from frontoffice.domain.klantbeeld import Contacten
from frontoffice.domain.tijdlijn import Stroom, Tijdlijn
from frontoffice.domain.weergave import maak_weergave
from frontoffice.services.toegangscode import make_afdruk, past
from tests.benchmarks.conftest import Meetlat
from tests.bouwavond import druk, opname
from tests.bouwers import NU, geladen, maak_contact, maak_item
from tests.documents.test_csvbestand import RIJ, ROOSTER
from tests.domain.test_weergave import geheim_beeld
from tests.nep import VANDAAG
from tests.ui.afspraak.conftest import MaakWerk, agenda, maak_werk
from tests.ui.conftest import achtergrond, acties, maak_venster, thema, venster, wereld
from tests.ui.terugbellen.test_model import rij
from tests.ui.test_afdekken import met_klant, press
from tests.ui.test_tekst import GEVAARLIJK
from tests.ui.vanavond.bouw import bouw_los_scherm
from ui.achtergrond import Achtergrond
from ui.hoofdvenster import Hoofdvenster
from ui.tekst import KorteTekst, LeesTekst, Tekst
from ui.terugbellen.model import TerugbelModel
from ui.thema import Thema
from ui.vanavond.werkplek import Avondwerkplek

__all__ = [
    "achtergrond",
    "acties",
    "agenda",
    "maak_venster",
    "maak_werk",
    "met_klant",
    "thema",
    "venster",
    "wereld",
]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
BEELD_MS = 1000 / 60


def ms(werk: Callable[[], object]) -> float:
    begin = time.perf_counter()
    werk()
    return (time.perf_counter() - begin) * 1000


# --- rekenwerk ---------------------------------------------------------------------------------------------


def test_een_bladzijde_erbij_op_een_lange_tijdlijn(meetlat: Meetlat) -> None:
    items = [maak_item(NU - timedelta(hours=uren)) for uren in range(2000)]
    zaken = Stroom("zaken").met_pagina(
        [maak_item(NU - timedelta(hours=u)) for u in range(0, 4000, 100)], None
    )
    stroom = Stroom("contacten").met_pagina(items[:1975], "80")

    def add() -> None:
        assert len(Tijdlijn((zaken,)).met(stroom.met_pagina(items[1975:], None)).items) == 2040

    meetlat.hoogstens("tijdlijn, 25 bij 2.000 items", min(ms(add) for _ in range(5)), 15, "ms", "beste van 5")


def test_een_geheimhouding_met_tweeduizend_contacten(meetlat: Meetlat) -> None:
    contacten = tuple(
        replace(maak_contact(i / 4), inhoud="Belt op 06-12345678 over de kap. " * 5) for i in range(2000)
    )
    beeld = geheim_beeld(contacten=geladen(Contacten(contacten, 2000)))
    meetlat.hoogstens(
        "weergave met geheimhouding", ms(lambda: maak_weergave(beeld)), 1000, "ms", "2.000 keer"
    )


def test_een_groot_csv_bestand(meetlat: Meetlat) -> None:
    tabel = Tabel(ROOSTER.kolommen)

    def around() -> None:
        inhoud = write_csv(tabel, (RIJ for _ in range(10_000)))
        assert len(read_csv(tabel, inhoud).rijen) == 10_000

    meetlat.hoogstens("csv van 10.000 regels schrijven en lezen", ms(around) / 1000, 2, "s")


def test_een_toegangscode_nakijken(meetlat: Meetlat) -> None:
    afdruk = make_afdruk("zeventien-eenden")
    duur = ms(lambda: past("zeventien-eenden", afdruk))
    meetlat.hoogstens("toegangscode nakijken", duur / 1000, 2, "s", "het zwaarste van wisselen van persoon")


# --- het scherm --------------------------------------------------------------------------------------------


def test_de_werklijst_verversen(qapp: QApplication, meetlat: Meetlat) -> None:
    model, rijen = TerugbelModel(), [rij(str(n), n % 20 - 9) for n in range(600)]
    model.set_rijen(rijen, VANDAAG)
    duur = ms(lambda: model.set_rijen([*rijen[300:], *rijen[:300]], VANDAAG))
    meetlat.hoogstens("werklijst van 600 rijen verversen", duur, 100, "ms")


def test_tekst_van_een_ander(qtbot: QtBot, thema: Thema, meetlat: Meetlat) -> None:
    lezer = LeesTekst("", naam="Lang")
    qtbot.addWidget(lezer)
    lezer.resize(340, 300)
    lezer.show()

    def show_lang() -> None:
        lezer.set_tekst("woord " * 10_000)
        lezer.grab()

    meetlat.hoogstens("een alinea van 60.000 tekens", ms(show_lang), 300, "ms")

    def show_vreemd(tekst: str) -> None:
        for widget in (Tekst(tekst), KorteTekst(tekst), LeesTekst(tekst, naam="tekst")):
            qtbot.addWidget(widget)
            widget.resize(300, 200)
            widget.show()
            widget.grab()

    langste = max(ms(lambda tekst=tekst: show_vreemd(tekst)) for tekst in GEVAARLIJK)  # type: ignore[misc]  # in een lus
    meetlat.hoogstens("vijandige tekst in drie vakken, langste", langste, 500, "ms")


def test_afdekken(qapp: QApplication, met_klant: Hoofdvenster, meetlat: Meetlat) -> None:
    def cover() -> None:
        press(met_klant, Qt.Key.Key_F12)
        qapp.processEvents()

    meetlat.hoogstens("F12: scherm afgedekt", ms(cover), 150, "ms")


def test_van_product_naar_tijden(maak_werk: MaakWerk, meetlat: Meetlat) -> None:
    werk = maak_werk()
    werk.wacht(lambda: werk.scherm._inrichting is not None)
    werk.scherm.focus_begin()
    werk.typ("rij")
    werk.wacht(lambda: werk.scherm.wens.lijst.isVisible())

    def choose() -> None:
        werk.druk(Qt.Key.Key_Return)
        werk.wacht(lambda: bool(werk.tijden))

    meetlat.hoogstens("van product naar tijden op het scherm", ms(choose), 500, "ms")


def test_een_stap_van_een_ander_op_vanavond(
    qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, tmp_path: Path, meetlat: Meetlat
) -> None:
    onthoud = Avondwerkplek(QSettings(str(tmp_path / "scherm.ini"), QSettings.Format.IniFormat))
    scherm = bouw_los_scherm(qtbot, thema, achtergrond, onthoud)
    van = druk()
    scherm.show_opname(opname(van))
    QApplication.processEvents()
    duren, getekend = [], []
    for _ in range(8):
        komt = next(b for b in van.bezoeken if b.toestand is Toestand.BEVESTIGD)
        erbij = replace(komt, toestand=Toestand.AANGEMELD)
        van = replace(van, bezoeken=tuple(erbij if b.id == komt.id else b for b in van.bezoeken))
        nieuw = opname(van)
        duren.append(ms(lambda nieuw=nieuw: scherm.show_opname(nieuw)))  # type: ignore[misc]  # in een lus
        getekend.append(duren[-1] + ms(QApplication.processEvents))
    scherm.close_scherm()
    nota = "85 bezoekers, mediaan van 8"
    meetlat.hoogstens("stap van een ander op Vanavond", sorted(duren)[4], BEELD_MS, "ms", nota)
    meetlat.hoogstens("  met opmaak en tekenen erbij", sorted(getekend)[4], 3 * BEELD_MS, "ms", nota)
