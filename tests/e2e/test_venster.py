"""Verhalen in het echte venster op de echte centrale API: zoeken, controleren, storing, opnieuw, wisselen."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.klantbeeld import Geladen, Mislukt
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import MERK, Centrale
from tests.e2e.hulp import diensten, warm_catalogus
from tests.e2e.kindserver import merk
from tests.e2e.venster import Werkvenster, pause, schermtekst, settle, wait_until, werkvenster
from tests.e2e.vijandig import VIJANDIG
from tests.proefprofiel import GEDULD

SECTIES = ("Klant", "Wat speelt er", "Open zaken", "Tijdlijn")


@pytest.fixture
def venster(qtbot: QtBot, werkplek: Diensten, eigen_omgeving: Path) -> Iterator[Werkvenster]:
    warm_catalogus(werkplek)
    with werkvenster(werkplek, eigen_omgeving) as gemaakt:
        yield gemaakt


def check_geen_dialoog() -> None:
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_een_telefoonnummer_wordt_een_gecontroleerde_klant_met_alleen_toetsen(
    venster: Werkvenster, centrale: Centrale
) -> None:
    persoon = centrale.persoon("gewoon")
    assert venster.venster.windowTitle() == "Klant in Focus"
    assert QApplication.focusWidget() is venster.venster.zoekveld
    assert venster.venster.zoekveld.accessibleName() == "Zoeken"
    venster.wait_vandaag()
    centrale.clear()
    venster.type("053-000 01 01")
    settle()
    assert centrale.log() == [], "typen vraagt niets aan een register"
    venster.press(Qt.Key.Key_Return)
    wait_until(lambda: "Mogelijk" in schermtekst())
    assert not any(regel.register == "brp" for regel in centrale.log())
    assert persoon["achternaam"] not in schermtekst()
    for _ in range(2):
        if venster.scherm.current is None:
            venster.press(Qt.Key.Key_Return, venster.venster.zoekveld)
    venster.wait_compleet()
    for naam in SECTIES:
        assert venster.find(naam).isVisible()
    tekst = schermtekst(venster.scherm)
    assert "Nog niet gecontroleerd" in tekst
    assert f"{persoon['voornamen'].split()[0]} {persoon['achternaam'][0]}." in tekst
    assert persoon["achternaam"] not in tekst
    assert persoon["straat"] not in tekst
    venster.acties.controleer.trigger()
    settle()
    knoppen = [k for k in venster.scherm.findChildren(QPushButton) if k.isVisible() and k.isEnabled()]
    bewijs = next(k for k in knoppen if re.search("identiteitsbewijs", k.text(), re.IGNORECASE))
    bewijs.setFocus()
    venster.press(Qt.Key.Key_Space, bewijs)
    wait_until(lambda: venster.beeld.gecontroleerd)
    settle()
    tekst = schermtekst(venster.scherm)
    assert persoon["achternaam"] in tekst
    assert persoon["straat"] in tekst
    assert persoon["bsn"] not in tekst, "het BSN is gemaskeerd tot iemand het toont"
    venster.acties.toon_bsn.trigger()
    wait_until(lambda: "bsn" in venster.beeld.onthuld)
    wait_until(lambda: persoon["bsn"] in re.sub(r"\D", "", schermtekst(venster.scherm)))
    assert venster.venster.windowTitle() == "Klant in Focus", "de titel noemt nooit een klant"
    check_geen_dialoog()


def test_alles_van_een_eerste_beeld_staat_op_het_scherm(venster: Werkvenster, centrale: Centrale) -> None:
    venster.open(centrale.persoon("zwaar")["bsn"])
    venster.wait_compleet()
    zaken = venster.find("Open zaken", QAbstractItemView)
    tijdlijn = venster.find("Tijdlijn", QAbstractItemView)
    assert isinstance(zaken, QAbstractItemView)
    assert isinstance(tijdlijn, QAbstractItemView)
    assert zaken.model().rowCount() == 20
    assert tijdlijn.model().rowCount() >= 25
    assert "er zijn er meer" in schermtekst(venster.scherm)
    assert venster.venster.statusBar().isVisible()


def test_een_mislukt_onderdeel_zegt_het_en_opnieuw_helpt(venster: Werkvenster, centrale: Centrale) -> None:
    centrale.storing("zaken", "fout:503")
    venster.open(centrale.persoon("gewoon")["bsn"])
    venster.wait_compleet()
    assert isinstance(venster.beeld.zaken, Mislukt)
    vak = next(v for v in venster.scherm.findChildren(QLabel) if v.isVisible() and v.text() == "Open zaken")
    tekst = schermtekst(vak.parentWidget())
    assert "Niet geladen" in tekst
    assert "Geen open zaken" not in schermtekst(venster.scherm)
    check_geen_dialoog()
    centrale.storing("zaken")
    knop = venster.find("Zaken opnieuw laden", QPushButton)
    knop.setFocus()
    venster.press(Qt.Key.Key_Space, knop)
    wait_until(lambda: isinstance(venster.beeld.zaken, Geladen))
    settle()
    assert "Niet geladen" not in schermtekst(venster.scherm)
    lijst = venster.find("Open zaken", QAbstractItemView)
    assert isinstance(lijst, QAbstractItemView)
    assert lijst.model().rowCount() > 0


@pytest.mark.parametrize(
    ("register", "storing"),
    [
        ("brp", "fout:500"),
        ("klantinteracties", "html"),
        ("zaken", "truncated"),
        ("klantinteracties", "nesting"),
    ],
)
def test_een_storing_laat_de_rest_staan_en_opent_geen_dialoog(
    register: str, storing: str, venster: Werkvenster, centrale: Centrale
) -> None:
    centrale.storing(register, storing)
    venster.open(centrale.persoon("gewoon")["bsn"])
    venster.wait_compleet()
    tekst = schermtekst(venster.scherm)
    assert "niet geladen" in tekst.lower()
    assert any(isinstance(deel, Geladen) for deel in venster.beeld.onderdelen.values())
    check_geen_dialoog()
    geen_fout = {
        "brp": "ZAAK-",
        "klantinteracties": "ZAAK-",
        "zaken": centrale.persoon("gewoon")["achternaam"],
    }
    assert geen_fout[register] in tekst


@pytest.mark.traag
def test_een_hangend_register_is_af_te_breken(venster: Werkvenster, centrale: Centrale) -> None:
    centrale.storing("klantinteracties", "hang")
    venster.open(centrale.persoon("gewoon")["bsn"])
    wait_until(lambda: "langer dan normaal" in schermtekst(venster.scherm))
    assert isinstance(venster.beeld.zaken, Geladen)
    knop = next(
        k for k in venster.scherm.findChildren(QPushButton) if k.isVisible() and k.text() == "Annuleren"
    )
    QTest.mouseClick(knop, Qt.MouseButton.LeftButton)
    wait_until(lambda: venster.beeld.is_compleet, GEDULD / 2)  # zonder Annuleren hangt het nog langer
    settle()
    assert "niet geladen" in schermtekst(venster.scherm).lower()
    assert isinstance(venster.beeld.zaken, Geladen), "wat er al was, blijft staan"


# --- nooit de verkeerde klant ------------------------------------------------------------------------------


def wissel_klanten(centrale: Centrale, gebouwd: Diensten, map_: Path, aantal: int, seed: int) -> int:
    """Open snel achter elkaar andere klanten terwijl antwoorden traag zijn; geeft hoe vaak er is gekeken.

    Na elke stap, en bij elke verandering, staat er op het scherm alleen het merk van de klant die open is.
    """
    rng = random.Random(seed)
    personen = [p for p in centrale.personen if p["rol"] != "zwaar"]
    nummers = {p["bsn"]: merk(p["nummer"]) for p in personen}
    gekeken = geopend = 0
    with werkvenster(gebouwd, map_) as venster:

        def look(*_: object) -> None:
            nonlocal gekeken
            beeld = venster.scherm.current
            assert beeld is not None
            assert isinstance(beeld.sleutel, PersoonSleutel)
            tekst = schermtekst()
            vreemd = set(MERK.findall(tekst)) - {nummers[beeld.sleutel.bsn.nummer]}
            assert not vreemd, f"op het scherm staat iets van {vreemd}"
            assert "is afgedekt" not in tekst, "onder een dek is er niets te bewijzen"
            gekeken += 1

        for stap in range(aantal):
            if stap % 20 == 0:
                centrale.latency(rng.choice((5, 30, 80)))
            persoon = rng.choice(personen)
            venster.open(persoon["bsn"], rng.choice((Herkomst.BSN, Herkomst.BSN, Herkomst.TELEFOON)))
            look()
            for _ in range(rng.randrange(4)):
                pause(rng.choice((0, 5, 20, 60)) / 1000)
                look()
            if rng.random() < 0.25:
                venster.wait_compleet()
            lijsten = [
                lijst
                for lijst in (venster.scherm.tijdlijn.lijst, venster.scherm.zaken.lijst)
                if lijst.isVisible() and lijst.model().rowCount()
            ]
            if lijsten:
                lijst = rng.choice(lijsten)
                # Ook een detail dat nog onderweg is, hoort bij de klant van toen.
                lijst.setCurrentIndex(lijst.model().index(0, 0))
                venster.press(Qt.Key.Key_Return, lijst)
                geopend += 1
                look()
        centrale.latency(0)
        venster.wait_compleet()
        look()
        laatste = venster.beeld.sleutel
        assert isinstance(laatste, PersoonSleutel)
        if venster.beeld.gecontroleerd:
            assert nummers[laatste.bsn.nummer] in schermtekst()
        pause(0.15)  # nog een keer nadat alle late antwoorden binnen moeten zijn
        look()
    assert geopend > aantal // 30, "er zijn ook details geopend"
    return gekeken


def test_bij_snel_wisselen_staat_er_nooit_iets_van_een_ander(
    qtbot: QtBot, gemerkte_centrale: Centrale, tmp_path: Path
) -> None:
    profiel = gemerkte_centrale.write_profiel(tmp_path)
    with diensten(profiel, tmp_path / "werkplek") as gebouwd:
        warm_catalogus(gebouwd)
        assert wissel_klanten(gemerkte_centrale, gebouwd, tmp_path, 60, seed=2) > 100


def test_sluiten_van_een_klant_laat_niets_staan(
    qtbot: QtBot, gemerkte_centrale: Centrale, tmp_path: Path
) -> None:
    persoon = gemerkte_centrale.persoon("gewoon")
    profiel = gemerkte_centrale.write_profiel(tmp_path)
    with diensten(profiel, tmp_path / "w") as gebouwd, werkvenster(gebouwd, tmp_path) as venster:
        venster.open(persoon["bsn"])
        venster.wait_compleet()
        assert merk(persoon["nummer"]) in schermtekst()
        venster.acties.afdekken.trigger()
        settle()
        assert not MERK.findall(schermtekst()), "afgedekt is er niets te zien of voor te lezen"
        venster.acties.afdekken.trigger()
        settle()
        assert merk(persoon["nummer"]) in schermtekst()
        venster.acties.klant_sluiten.trigger()
        settle()
        # Alleen onder de recente klanten mag de naam nog staan.
        assert not MERK.findall(schermtekst(venster.scherm))


# --- vijandige tekst ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "naam", ["plaatje", "veel_vet", "tabellen", "ampersand", "omkeren", "stuurtekens", "leeg"]
)
def test_vijandige_tekst_staat_letterlijk_op_het_scherm(
    naam: str, venster: Werkvenster, centrale: Centrale
) -> None:
    velden = ("achternaam", "onderwerp") if len(VIJANDIG[naam]) > 10_000 else ()
    centrale.vijandig(VIJANDIG[naam], velden)
    venster.open(centrale.persoon("gewoon")["bsn"])
    venster.wait_compleet()
    tijdlijn = venster.find("Tijdlijn", QAbstractItemView)
    venster.press(Qt.Key.Key_Home, tijdlijn)
    venster.press(Qt.Key.Key_Return, tijdlijn)
    venster.wait_rust()
    for label in venster.venster.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.objectName()
    for widget in venster.venster.findChildren(QLabel):
        assert not set(widget.text()) & {"\u202e", "\u2066", "\x00", "\x1b", "\x07"}
    if naam in ("plaatje", "tabellen", "ampersand"):
        assert VIJANDIG[naam][:30] in schermtekst(venster.scherm)
    check_geen_dialoog()


def test_het_venster_onthoudt_zijn_maat_en_niets_van_een_klant(
    qtbot: QtBot, centrale: Centrale, werkplek: Diensten, eigen_omgeving: Path
) -> None:
    persoon = centrale.persoon("gewoon")
    with werkvenster(werkplek, eigen_omgeving) as venster:
        venster.venster.resize(1280, 700)
        venster.open(persoon["bsn"])
        venster.wait_compleet()
    for bestand in eigen_omgeving.rglob("*"):
        if bestand.is_file():
            inhoud = bestand.read_bytes().decode("utf-8", "replace")
            assert persoon["bsn"] not in inhoud
            assert persoon["achternaam"] not in inhoud
