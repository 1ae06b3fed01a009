"""Het gedraaide scherm: alleen dit bezoek, groot, in de taal van de bezoeker."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.inrichting import Inrichting, Locatie, Product
from frontoffice.agenda.vanavond.bezoek import Bezoek
from tests.agenda.vanavond.bouwavond import BALIENAMEN, bezoek, opgeroepen
from tests.e2e.venster import loop_boom
from ui.afdekken import Afdekking
from ui.publiek.gedraaid import GedraaidScherm
from ui.publiek.inhoud import make_gedraaid, make_gegevens
from ui.thema import Thema

INRICHTING = Inrichting(
    Locatie("Gemeentehuis"),
    producten=(
        Product(
            "paspoort",
            "Paspoort aanvragen",
            15,
            vertaald={"de": "Reisepass beantragen", "en": "Passport application"},
        ),
    ),
)


def wie(**anders: object) -> Bezoek:
    gewoon = bezoek("A14", "18.15", toestand=Toestand.AANGEMELD, naam="Jansen-ter Braak", notitie="boos")
    regels = tuple(replace(regel, personen=2, kosten=Decimal("83.87")) for regel in gewoon.regels)
    return replace(gewoon, regels=regels, **anders)  # type: ignore[arg-type]  # velden van een test


def gegevens(van: Bezoek | None = None, wacht: str = "ongeveer 20 minuten"):  # type: ignore[no-untyped-def]  # test
    return make_gegevens(van or wie(), INRICHTING, BALIENAMEN, wacht=wacht)


@pytest.fixture
def scherm(qtbot: QtBot, thema: Thema) -> GedraaidScherm:
    gemaakt = GedraaidScherm(thema)
    qtbot.addWidget(gemaakt)
    return gemaakt


def te_lezen(scherm: GedraaidScherm) -> str:
    return " ".join(tekst.text() for tekst in scherm.teksten).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("taal", "zinnen"),
    [
        (
            "nl",
            (
                "Uw nummer",
                "Uw afspraak is om 18.15 uur.",
                "Het duurt ongeveer 20 minuten.",
                "Paspoort aanvragen, 2 personen",
                "€ 83,87",
            ),
        ),
        (
            "de",
            (
                "Ihre Nummer",
                "Ihr Termin ist um 18:15 Uhr.",
                "Es dauert ungefähr 20 Minuten.",
                "Reisepass beantragen, 2 Personen",
                "83,87 €",
            ),
        ),
        (
            "en",
            (
                "Your number",
                "Your appointment is at 18:15.",
                "It takes about 20 minutes.",
                "Passport application, 2 people",
                "€83.87",
            ),
        ),
    ],
)
def test_het_staat_er_in_de_taal_van_de_bezoeker(
    scherm: GedraaidScherm, taal: str, zinnen: tuple[str, ...]
) -> None:
    scherm.open(gegevens(wie(taal=taal)))
    for zin in (*zinnen, "A14"):
        assert zin in te_lezen(scherm)
    assert scherm.talen[taal].isChecked()


def test_de_bezoeker_kan_zelf_een_andere_taal_kiezen(qtbot: QtBot, scherm: GedraaidScherm) -> None:
    scherm.open(gegevens())
    qtbot.mouseClick(scherm.talen["de"], Qt.MouseButton.LeftButton)
    assert "Ihre Nummer" in te_lezen(scherm)
    assert "Uw nummer" not in te_lezen(scherm)
    assert scherm.sluit.text() == "Schließen (Esc)"


def test_wat_niet_is_vertaald_staat_er_in_het_nederlands_met_dat_erbij() -> None:
    kaal = make_gegevens(wie(), replace(INRICHTING, producten=()), BALIENAMEN)
    assert make_gedraaid(kaal, "de").stukjes[0].regels == (
        "Paspoort aanvragen (auf Niederländisch), 2\u00a0Personen",
    )


def test_alle_tekst_is_ten_minste_22_punten(scherm: GedraaidScherm) -> None:
    scherm.open(gegevens())
    kleinste = 22 * scherm.logicalDpiY() / 72
    assert scherm.teksten
    assert all(tekst.font().pixelSize() >= kleinste for tekst in scherm.teksten)
    for knop in (scherm.sluit, *scherm.talen.values()):
        knop.ensurePolished()
        assert knop.font().pointSizeF() >= 22
        assert knop.sizeHint().height() >= 48


def test_er_staat_geen_naam_notitie_of_ander_bezoek_op(scherm: GedraaidScherm) -> None:
    scherm.open(gegevens())
    soorten = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    gehoord = " ".join(deel.text(soort) for deel in loop_boom(scherm) for soort in soorten)
    assert "A14" in gehoord
    for verboden in ("Jansen", "Braak", "boos", "id-A14"):
        assert verboden not in gehoord
    assert scherm.windowTitle() == "Klant in Focus"


def test_wie_is_opgeroepen_ziet_naar_welke_balie_hij_moet(scherm: GedraaidScherm) -> None:
    scherm.open(gegevens(opgeroepen("A14", "B2", "18.00"), wacht="ongeveer 10 minuten"))
    assert "U bent aan de beurt. Ga naar Balie 2." in te_lezen(scherm)
    assert "Het duurt" not in te_lezen(scherm)


def test_esc_sluit_het_en_er_blijft_niets_van_het_bezoek_achter(qtbot: QtBot, scherm: GedraaidScherm) -> None:
    scherm.open(gegevens())
    assert scherm.isFullScreen()
    qtbot.keyClick(scherm, Qt.Key.Key_Escape)
    assert not scherm.isVisible()
    assert not scherm.teksten


def test_het_scherm_afdekken_verbergt_ook_het_gedraaide_scherm(
    qtbot: QtBot, scherm: GedraaidScherm, thema: Thema
) -> None:
    bij = QWidget()
    qtbot.addWidget(bij)
    scherm.open(gegevens())
    afdekking = Afdekking(parent=bij)
    afdekking.cover()
    assert not any(tekst.isVisible() for tekst in scherm.teksten)
    afdekking.uncover()
