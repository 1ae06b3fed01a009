"""Wat nog niet in het register staat: te zien, te verbeteren, in te trekken, en nergens anders bij naam."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging
from tests.nep_registratie import DICHT, NepRegister
from tests.ui.conftest import MaakVenster, Wereld
from tests.ui.contact.test_strook import CTRL, lopend, open_klant, press, strook_van, typ
from ui.contact.outboxvak import LEEG, OutboxScherm
from ui.hoofdvenster import Hoofdvenster


@pytest.fixture
def maak_venster(qtbot: QtBot, maak_venster: MaakVenster) -> MaakVenster:
    def build(diensten: object = None) -> Hoofdvenster:
        venster = maak_venster(diensten)
        venster.resize(1366, 768)
        qtbot.waitUntil(lambda: venster.width() == 1366)
        return venster

    return build


def rond_af(qtbot: QtBot, venster: Hoofdvenster, tekst: str) -> None:
    typ(qtbot, venster, tekst)
    press(venster, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: lopend(venster) == ())


def open_lijst(qtbot: QtBot, venster: Hoofdvenster, aantal: int) -> OutboxScherm:
    venster._acties.outbox.trigger()
    scherm = venster.outbox.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.lijst.rijen.rowCount() == aantal)
    return scherm


def test_de_teller_onderaan_opent_de_lijst(qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld) -> None:
    wereld.register = NepRegister(pech=lambda *_: DICHT)
    venster = maak_venster(wereld.build())
    for nummer in range(12):
        rond_af(qtbot, venster, f"vraag {nummer}")
    knop = venster.statusregel.wacht
    qtbot.waitUntil(lambda: knop.text() == "12 nog niet verstuurd")
    knop.click()
    scherm = venster.outbox.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.lijst.rijen.rowCount() == 12)
    assert scherm.telling.text() == "12 contacten"
    assert scherm.stand.text() == "Nog niet verstuurd"
    QTest.keyClick(scherm, Qt.Key.Key_Escape)
    assert not scherm.isVisible()


def test_een_lege_lijst_zegt_dat_alles_er_staat(qtbot: QtBot, venster: Hoofdvenster) -> None:
    scherm = open_lijst(qtbot, venster, 0)
    qtbot.waitUntil(scherm.leeg.isVisible)
    assert scherm.leeg.text() == LEEG
    assert scherm.lijst.isHidden()
    assert not scherm.versturen.isEnabled()


def keur_af(wereld: Wereld, veld: str) -> None:
    [rij] = wereld.winkel.load_verzendingen()
    zin = "Het register keurt het onderwerp af."
    wereld.winkel.update(rij.id, Wijziging(Toestand.ACTIE_NODIG, fout=zin, veld=veld))


def test_actie_nodig_opent_bij_het_veld_en_wat_verbeterd_is_gaat_weer_mee(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    rond_af(qtbot, venster, "vraag over afval")
    keur_af(wereld, "klantcontact.inhoud")
    scherm = open_lijst(qtbot, venster, 1)
    qtbot.waitUntil(scherm.vorm.notitie.hasFocus)
    assert scherm.stand.text() == "Actie nodig"
    assert scherm.reden.text() == "Het register keurt het onderwerp af."
    scherm.vorm.onderwerp.clear()
    scherm.vorm.bewaar.click()
    assert scherm.vorm.onderwerp.hasFocus()
    [rij] = wereld.winkel.load_verzendingen()
    assert rij.toestand is Toestand.ACTIE_NODIG
    scherm.vorm.onderwerp.setText("Afval")
    scherm.vorm.notitie.setPlainText("Verbeterd.")
    scherm.vorm.bewaar.click()
    qtbot.waitUntil(lambda: wereld.winkel.load_verzendingen()[0].toestand is not Toestand.ACTIE_NODIG)
    registratie = wereld.winkel.load_verzendingen()[0].registratie
    assert (registratie.onderwerp, registratie.inhoud) == ("Afval", "Verbeterd.")
    assert registratie.uuid == rij.registratie.uuid
    qtbot.waitUntil(scherm.leeg.isVisible)
    assert [contact.velden["inhoud"] for contact in wereld.register.van("contact")] == ["Verbeterd."]


def test_intrekken_vraagt_het_een_keer_na(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    rond_af(qtbot, venster, "per ongeluk")
    scherm = open_lijst(qtbot, venster, 1)
    scherm.trek_in.click()
    assert len(wereld.winkel.load_verzendingen()) == 1
    scherm.trek_in.click()
    qtbot.waitUntil(lambda: wereld.winkel.load_verzendingen() == ())
    qtbot.waitUntil(scherm.leeg.isVisible)


def test_de_naam_van_de_klant_staat_alleen_in_de_lijst(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F6)
    rond_af(qtbot, venster, "vraag over afval")
    keur_af(wereld, "klantcontact.onderwerp")
    scherm = open_lijst(qtbot, venster, 1)
    assert "Jansen" in scherm.wie.text()
    assert "Jansen" not in venster.windowTitle()
    assert "Jansen" not in venster.statusregel.wacht.text()
    assert strook_van(venster).isVisible()
