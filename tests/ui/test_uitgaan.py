"""Wat iemand meeneemt, ligt eerst vast in het logboek; lukt dat niet, dan gaat het niet mee."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.registratiepoort import WinkelFout
from tests.bouwers import BSN, maak_zaak
from tests.conftest import PROJECTMAP
from tests.nep import Logregel
from tests.ui.conftest import Wereld
from tests.ui.test_venster import open_klant
from ui import klembord
from ui.hoofdvenster import Hoofdvenster

SLEUTEL = PersoonSleutel(Bsn(BSN))


@pytest.fixture(autouse=True)
def leeg_klembord() -> None:
    QGuiApplication.clipboard().clear()


def knop(venster: Hoofdvenster, begin: str) -> QAbstractButton:
    return next(
        k
        for k in venster.findChildren(QAbstractButton)
        if k.isVisible() and k.accessibleName().startswith(begin)
    )


def gekopieerd(wereld: Wereld) -> list[Logregel]:
    return [regel for regel in wereld.logboek.regels if regel.handeling == "gekopieerd"]


def tekst() -> str:
    return QGuiApplication.clipboard().text()


def test_wie_een_nummer_kopieert_staat_in_het_logboek_met_de_klant(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    open_klant(qtbot, venster)
    qtbot.waitUntil(lambda: heeft_knop(venster, "Kopieer Telefoon"))
    knop(venster, "Kopieer Telefoon").click()
    qtbot.waitUntil(lambda: tekst() == "06 12 34 56 78")
    [regel] = gekopieerd(wereld)
    assert (regel.onderwerp, regel.bijzonderheden) == (SLEUTEL, {"wat": "telefoon"})
    assert "12 34" not in repr(regel)


def test_als_vastleggen_niet_lukt_komt_er_niets_op_het_klembord(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_klant(qtbot, venster)
    qtbot.waitUntil(lambda: heeft_knop(venster, "Kopieer Telefoon"))

    def note(*_: object, **__: object) -> None:
        raise WinkelFout("De schijf is vol. Maak ruimte vrij.", code="winkel_vol")

    monkeypatch.setattr(wereld.logboek, "note", note)
    knop(venster, "Kopieer Telefoon").click()
    qtbot.waitUntil(lambda: "De schijf is vol" in venster._storing.tekst.text())
    assert tekst() == ""


def test_een_zaaknummer_de_voorleestekst_en_een_regel_van_een_lijst_staan_er_ook_in(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    zaak = maak_zaak()
    wereld.zaken.zaken[:] = [zaak]
    open_klant(qtbot, venster)
    scherm = venster.scherm
    assert scherm is not None
    lijst = scherm.zaken.lijst
    qtbot.waitUntil(lambda: lijst.model().rowCount() == 1)
    lijst.setCurrentIndex(lijst.model().index(0, 0))
    qtbot.keyClick(lijst, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heeft_knop(venster, "Kopieer de tekst"))
    stappen: tuple[tuple[str, Callable[[], object]], ...] = (
        ("zaaknummer", lambda: knop(venster, "Kopieer nummer").click()),
        ("voorleestekst", lambda: knop(venster, "Kopieer de tekst").click()),
        ("regel", lambda: lijst._copy(lijst.model().index(0, 0))),
    )
    for aantal, (wat, kopieer) in enumerate(stappen, 1):
        kopieer()
        qtbot.waitUntil(lambda aantal=aantal: len(gekopieerd(wereld)) == aantal)  # type: ignore[misc]  # lambda in lus
        regel = gekopieerd(wereld)[-1]
        assert (regel.bijzonderheden["wat"], regel.onderwerp) == (wat, SLEUTEL)
    assert gekopieerd(wereld)[0].bijzonderheden["zaak"] == zaak.uuid


def heeft_knop(venster: Hoofdvenster, begin: str) -> bool:
    return any(
        k.isVisible() and k.accessibleName().startswith(begin) for k in venster.findChildren(QAbstractButton)
    )


def test_wat_buiten_de_klant_wordt_gekopieerd_draagt_de_klant_in_beeld_niet(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    open_klant(qtbot, venster)
    klembord.copy(venster.afspraken.bandplaats, "2026-00041", "nummer van afspraak", afspraak="2026-00041")
    qtbot.waitUntil(lambda: tekst() == "2026-00041")
    [regel] = gekopieerd(wereld)
    assert (regel.onderwerp, regel.bijzonderheden["afspraak"]) == (None, "2026-00041")


def test_wat_op_het_klembord_komt_vraagt_om_niet_bewaard_te_worden(qapp: object) -> None:
    klembord.put("06 12 34 56 78")
    inhoud = QGuiApplication.clipboard().mimeData()
    assert bytes(inhoud.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_een_programma_dat_iets_kopieerde_stopt_netjes() -> None:
    opdracht = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from ui import klembord; klembord.put('06 12 34 56 78')"
    )
    klaar = subprocess.run([sys.executable, "-c", opdracht], cwd=PROJECTMAP, timeout=60, check=False)
    assert klaar.returncode == 0


def test_alleen_het_klembord_zelf_zet_iets_op_het_klembord() -> None:
    """Een nieuwe plek die kopieert, gaat zo vanzelf langs het logboek."""
    los = [
        pad.relative_to(PROJECTMAP)
        for pad in (PROJECTMAP / "ui").rglob("*.py")
        if re.search(r"clipboard\(\)\.set|\.setMimeData\(|klembord\.set", pad.read_text(encoding="utf-8"))
    ]
    assert los == [Path("ui/klembord.py")]
