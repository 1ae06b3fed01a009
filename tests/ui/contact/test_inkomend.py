"""Een oproep van de telefooncentrale of een tweede start: tijdens een gesprek verandert er niets in beeld."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import InvoerFout
from tests.bouwers import BSN, maak_digitaal_adres, maak_partij
from tests.ui.conftest import MaakVenster, Wereld
from tests.ui.contact.test_strook import CTRL, actief_van, lopend, maak_venster, open_klant, press, strook_van
from ui.app import read_oproep
from ui.bouwstenen import Band, Knop
from ui.contact.gesprekken import PLEKKEN
from ui.enkel import EnkelVenster
from ui.hoofdvenster import Hoofdvenster

__all__ = ["maak_venster"]  # de fixture: een venster waar de strook naast staat

NUMMER = "0612345678"


@pytest.fixture
def in_gesprek(qtbot: QtBot, venster: Hoofdvenster) -> Hoofdvenster:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F6)
    qtbot.keyClicks(strook_van(venster).vorm.notitie, "Belt over een paspoort")
    return venster


def band_van(venster: Hoofdvenster) -> Band:
    band = venster.contacten.inkomend.band
    assert band is not None
    return band


def knop_van(venster: Hoofdvenster, tekst: str) -> Knop:
    return next(knop for knop in band_van(venster).findChildren(Knop) if knop.text() == tekst)


def in_beeld(venster: Hoofdvenster) -> tuple[object, ...]:
    """Alles wat een oproep niet mag veranderen."""
    scherm = venster.scherm
    assert scherm is not None
    notitie = strook_van(venster).vorm.notitie
    return (
        venster._midden.currentWidget(),
        scherm.current.sleutel if scherm.current is not None else None,
        lopend(venster),
        notitie.tekst,
        notitie.textCursor().position(),
        venster.zoekveld.text(),
        QApplication.focusWidget(),
    )


def test_een_oproep_tijdens_een_gesprek_is_alleen_een_regel(in_gesprek: Hoofdvenster) -> None:
    voor = in_beeld(in_gesprek)
    assert not in_gesprek.contacten.inkomend.receive(NUMMER)
    assert in_beeld(in_gesprek) == voor
    assert band_van(in_gesprek).isVisible()
    assert band_van(in_gesprek).tekst.text() == f"Inkomend: {NUMMER}"
    knop_van(in_gesprek, "Niet nu").click()
    assert band_van(in_gesprek).isHidden()
    assert in_beeld(in_gesprek) == voor


def test_openen_begint_een_nieuw_contact_en_zoekt_en_het_eerste_wacht(
    qtbot: QtBot, in_gesprek: Hoofdvenster
) -> None:
    (eerste,) = lopend(in_gesprek)
    in_gesprek.contacten.inkomend.receive(NUMMER)
    knop_van(in_gesprek, "Openen als nieuw contact").click()
    nieuw = actief_van(in_gesprek)
    assert nieuw.uuid != eerste.uuid
    assert nieuw.klant is None
    assert [concept.notitie for concept in lopend(in_gesprek)] == ["Belt over een paspoort", ""]
    assert in_gesprek.zoekveld.text() == NUMMER
    assert band_van(in_gesprek).isHidden()
    press(in_gesprek, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: not in_gesprek.zoeker.is_bezig)


def test_zonder_gesprek_wordt_er_meteen_gezocht_en_begint_het_contact(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    wereld.klantinteracties.partijen = [maak_partij(digitale_adressen=(maak_digitaal_adres(NUMMER),))]
    venster = maak_venster(wereld.build())
    assert venster.contacten.inkomend.receive(f" {NUMMER}\n")
    assert len(lopend(venster)) == 1
    assert venster.zoekveld.text() == NUMMER
    qtbot.waitUntil(lambda: not venster.zoeker.is_bezig)


def test_een_klant_in_beeld_zonder_gesprek_wordt_ook_niet_vervangen(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    open_klant(qtbot, venster)
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    gesprekken.remove(actief_van(venster).uuid)
    voor = in_beeld(venster)
    assert not venster.contacten.inkomend.receive(NUMMER)
    assert in_beeld(venster) == voor


def test_bij_negen_contacten_blijft_de_oproep_staan(qtbot: QtBot, in_gesprek: Hoofdvenster) -> None:
    while len(lopend(in_gesprek)) < PLEKKEN:
        press(in_gesprek, Qt.Key.Key_N, CTRL)
    in_gesprek.contacten.inkomend.receive(NUMMER)
    knop_van(in_gesprek, "Openen als nieuw contact").click()
    assert len(lopend(in_gesprek)) == PLEKKEN
    assert band_van(in_gesprek).isVisible()


@pytest.mark.parametrize("tekst", ["<img src='file:///dev/zero'>", "0612\u202e345678", "9" * 5000, "a\nb"])
def test_vreemde_tekst_van_de_centrale_blijft_letterlijk_en_kort(
    in_gesprek: Hoofdvenster, tekst: str
) -> None:
    in_gesprek.contacten.inkomend.receive(tekst)
    getoond = band_van(in_gesprek).tekst.text()
    assert "\n" not in getoond
    assert "\u202e" not in getoond
    assert len(getoond) < 230


# --- een tweede start


def test_een_tweede_start_verandert_niets_aan_een_gesprek(
    qtbot: QtBot, in_gesprek: Hoofdvenster, eigen_omgeving: Path
) -> None:
    eerste, tweede = EnkelVenster(eigen_omgeving), EnkelVenster(eigen_omgeving)
    eerste.gevraagd.connect(in_gesprek.come_naar_voren)
    assert eerste.claim()
    voor = in_beeld(in_gesprek)
    in_gesprek.showMinimized()
    with qtbot.waitSignal(eerste.gevraagd):
        assert not tweede.claim()
    assert not in_gesprek.isMinimized()
    assert in_beeld(in_gesprek)[:-1] == voor[:-1]
    eerste.close()


def test_een_tweede_start_met_een_nummer_wordt_een_regel(
    qtbot: QtBot, in_gesprek: Hoofdvenster, eigen_omgeving: Path
) -> None:
    eerste, tweede = EnkelVenster(eigen_omgeving), EnkelVenster(eigen_omgeving)
    eerste.oproep.connect(in_gesprek.contacten.inkomend.receive)
    eerste.gevraagd.connect(in_gesprek.close)  # zou opvallen
    assert eerste.claim()
    voor = in_beeld(in_gesprek)
    with qtbot.waitSignal(eerste.oproep) as gemeld:
        assert not tweede.claim(f"{NUMMER}\ntoon")
    assert gemeld.args == [f"{NUMMER} toon"]
    assert band_van(in_gesprek).isVisible()
    assert in_beeld(in_gesprek) == voor
    eerste.close()


def test_wie_onzin_over_de_lijn_stuurt_krijgt_niets_gedaan(qtbot: QtBot, eigen_omgeving: Path) -> None:
    eerste = EnkelVenster(eigen_omgeving)
    assert eerste.claim()
    oproepen: list[str] = []
    eerste.oproep.connect(oproepen.append)
    lijn = QLocalSocket()
    lijn.connectToServer(eerste._naam)
    assert lijn.waitForConnected(500)
    lijn.write(b"zoek " + b"9" * 100_000)
    qtbot.waitUntil(lambda: lijn.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert oproepen == []
    eerste.close()


def test_buiten_de_demonstratie_komt_een_nummer_alleen_van_de_invoer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIF_PROFILE", raising=False)
    assert read_oproep(BSN, None) == BSN
    assert read_oproep("", "losser.toml") == ""
    with pytest.raises(InvoerFout, match="--zoek -"):
        read_oproep(BSN, "losser.toml")
