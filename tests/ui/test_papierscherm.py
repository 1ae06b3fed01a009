"""Elk papier wordt op één manier bekeken: wat er staat is wat is gevraagd, helemaal, en anders niets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.documents.paginabeeld import Paginabeeld, PaginaFout
from frontoffice.registratiepoort import WinkelFout
from ui import papierscherm
from ui.achtergrond import Achtergrond
from ui.papier import Klaarpapier, Papierwerk
from ui.papierscherm import PapierScherm
from ui.tekst import Plaatje

A4_BREED, A4_HOOG = 794, 1123
WIT = Paginabeeld(1, A4_BREED, A4_HOOG, A4_BREED * 4, b"\xff" * (A4_BREED * 4 * A4_HOOG))


def make(taal: str) -> Klaarpapier:
    if taal == "de":
        raise PaginaFout("De brief is niet te laten zien. Kies een andere taal.")
    return Klaarpapier(f"papier-{taal}.pdf", b"%PDF", (WIT, WIT) if taal == "nl" else (WIT,))


@pytest.fixture
def scherm(qtbot: QtBot, achtergrond: Achtergrond) -> Iterator[PapierScherm]:
    scherm = PapierScherm(achtergrond)
    qtbot.addWidget(scherm)
    scherm.resize(683, 460)
    scherm.show()
    yield scherm
    scherm.clear()


def open_papier(qtbot: QtBot, scherm: PapierScherm, werk: Papierwerk) -> None:
    scherm.open(werk)
    qtbot.waitUntil(lambda: scherm.klaar is not None)


def te_zien(scherm: PapierScherm) -> list[Plaatje]:
    return [plaat for plaat in scherm.findChildren(Plaatje) if plaat.isVisibleTo(scherm)]


def test_op_een_smal_scherm_is_van_een_bladzijde_niets_afgesneden(qtbot: QtBot, scherm: PapierScherm) -> None:
    open_papier(qtbot, scherm, Papierwerk("Brief", make, lambda *_: None, "Gedrukt."))
    assert [plaat.pixmap().width() for plaat in te_zien(scherm)] == [
        scherm.bladzijden.viewport().width() - 24
    ] * 2


def test_lukt_een_andere_taal_niet_dan_blijft_het_papier_van_de_vorige_taal_niet_staan(
    qtbot: QtBot, scherm: PapierScherm
) -> None:
    open_papier(qtbot, scherm, Papierwerk("Brief", make, lambda *_: None, "Gedrukt.", talen=True))
    assert len(te_zien(scherm)) == 2
    scherm.taal.setCurrentIndex(scherm.taal.findData("de"))
    qtbot.waitUntil(lambda: "Kies een andere taal" in scherm.zin.text())
    assert (te_zien(scherm), scherm.klaar) == ([], None)
    scherm.taal.setCurrentIndex(scherm.taal.findData("en"))
    qtbot.waitUntil(lambda: scherm.zin.text() == "1 bladzijde.")
    assert len(te_zien(scherm)) == 1


def test_is_niet_vast_te_leggen_dat_er_papier_ligt_dan_staat_dat_er_en_blijft_het_papier_te_zien(
    qtbot: QtBot, scherm: PapierScherm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Klaarpapier) -> None:
        raise WinkelFout("De schijf van deze pc is vol. Maak ruimte vrij.", code="winkel_vol")

    monkeypatch.setattr(papierscherm, "print_bladen", lambda _: "")
    monkeypatch.setattr("frontoffice.documents.paginabeeld.pages", lambda *_: iter((WIT,)))
    open_papier(qtbot, scherm, Papierwerk("Lijst", make, lambda *_: None, "Gedrukt.", fail))
    with qtbot.waitSignal(scherm.melding):
        scherm.afdrukken.click()
    qtbot.waitUntil(lambda: "Maak ruimte vrij" in scherm.zin.text())
    assert len(te_zien(scherm)) == 2


def test_na_sluiten_is_er_niets_meer_te_zien_of_af_te_drukken(qtbot: QtBot, scherm: PapierScherm) -> None:
    gezegd: list[str] = []
    open_papier(qtbot, scherm, Papierwerk("Brief", make, lambda hoe, _: gezegd.append(hoe), "Gedrukt."))
    with qtbot.waitSignal(scherm.gesloten):
        QTest.keyClick(scherm, Qt.Key.Key_Escape)
    scherm.clear()
    scherm.afdrukken.click()
    scherm.opslaan.click()
    assert (te_zien(scherm), scherm.klaar, gezegd) == ([], None, [])
