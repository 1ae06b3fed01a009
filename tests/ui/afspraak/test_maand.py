"""Op een breed scherm staat er een kalender naast de tijden; op een gewoon scherm verandert er niets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from frontoffice.services.afspraakwaarden import AvondSoort, AvondStand
from ui.afspraak.kolommen import Kolommen
from ui.afspraak.maandvak import KIES, MaandVak
from ui.klantbeeld.onderdeel import Vak
from ui.thema import Thema

VANDAAG = date(2026, 11, 23)
DO = date(2026, 11, 26)
WEEK = timedelta(weeks=1)
STANDEN = (
    AvondStand(DO, AvondSoort.VRIJ, 9, "9 vrij"),
    AvondStand(DO + WEEK, AvondSoort.VOL, 0, "VOL"),
    AvondStand(DO + 2 * WEEK, AvondSoort.DICHT, 0, "dicht"),
    AvondStand(DO + 3 * WEEK, AvondSoort.ROOSTER_LEEG, 0, "rooster nog niet ingevuld"),
)
DEKKING = {DO + WEEK: ("Na 18.30 uur kan niemand dit doen: Rijbewijs aanvragen.",)}


@pytest.fixture
def vak(qtbot: QtBot, thema: Thema) -> MaandVak:
    vak = MaandVak(thema)
    qtbot.addWidget(vak)
    vak.resize(430, 800)
    vak.show()
    vak.show_standen(STANDEN, DEKKING, VANDAAG)
    return vak


def cellen(model: QAbstractItemModel) -> list[str]:
    teksten = [str(model.index(r, k).data() or "") for r in range(model.rowCount()) for k in range(7)]
    return [tekst for tekst in teksten if tekst]


def test_elke_avond_staat_er_met_wat_er_vrij_is(vak: MaandVak) -> None:
    teksten = cellen(vak.model)
    assert {"26 9 vrij", "3 VOL", "10 dicht", "17 nog leeg"} <= set(teksten)
    assert "1 dec" in teksten
    assert len(teksten) == 28


def test_welk_werk_niet_kan_staat_eronder_en_in_de_gesproken_tekst(vak: MaandVak) -> None:
    rij = vak.dekking.rijen.rij(vak.dekking.rijen.index(0))
    assert rij is not None
    assert (rij.titel, rij.onder) == ("do 3 dec: Rijbewijs aanvragen", "Na 18.30 uur: niemand.")
    cel = vak.model.plek(DO + WEEK)
    assert cel.data(Qt.ItemDataRole.AccessibleTextRole) == "donderdag 3 december, VOL, let op"
    assert "Rijbewijs aanvragen" in str(cel.data(Qt.ItemDataRole.AccessibleDescriptionRole))


def test_met_toetsen_kiest_men_een_avond_en_nog_een_keer_weer_alle(vak: MaandVak) -> None:
    gekozen: list[object] = []
    waarom: list[object] = []
    vak.gekozen.connect(gekozen.append)
    vak.waarom.connect(waarom.append)
    assert vak.model.dag(vak.tabel.currentIndex()) == DO
    QTest.keyClick(vak.tabel, Qt.Key.Key_Return)
    assert gekozen == [DO]
    vak.set_datum(DO)
    assert "Alleen deze avond." in vak.zin.text()
    QTest.keyClick(vak.tabel, Qt.Key.Key_Return)
    assert gekozen == [DO, None]
    QTest.keyClick(vak.tabel, Qt.Key.Key_Down)
    assert "do 3 dec: VOL. Na 18.30 uur kan niemand dit doen" in vak.zin.text()
    QTest.keyClick(vak.tabel, Qt.Key.Key_Return)
    assert waarom == [DO + WEEK]
    QTest.keyClick(vak.tabel, Qt.Key.Key_Left)
    QTest.keyClick(vak.tabel, Qt.Key.Key_Return)
    assert (gekozen, waarom) == ([DO, None], [DO + WEEK])
    assert "geen avond" in vak.zin.text()


def test_klikken_op_een_avond_kiest_hem(vak: MaandVak) -> None:
    gekozen: list[object] = []
    vak.gekozen.connect(gekozen.append)
    QApplication.processEvents()
    midden = vak.tabel.visualRect(vak.model.plek(DO)).center()
    QTest.mouseClick(vak.tabel.viewport(), Qt.MouseButton.LeftButton, pos=midden)
    assert gekozen == [DO]


def test_wie_een_dag_bekijkt_blijft_daar_als_een_collega_boekt(vak: MaandVak) -> None:
    vak.tabel.setCurrentIndex(vak.model.plek(DO + 2 * WEEK))
    vak.show_standen((AvondStand(DO, AvondSoort.VRIJ, 8, "8 vrij"), *STANDEN[1:]), DEKKING, VANDAAG)
    assert vak.model.dag(vak.tabel.currentIndex()) == DO + 2 * WEEK
    assert "26 8 vrij" in cellen(vak.model)
    vak.clear()
    assert vak.zin.text() == KIES
    assert not vak.tabel.isVisible()


def test_het_model_houdt_zich_aan_de_regels_van_qt(vak: MaandVak, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(vak.model)


def test_de_kalender_tekent_in_licht_en_donker(vak: MaandVak, thema: Thema) -> None:
    oud = thema.keuze
    try:
        beelden: list[QImage] = []
        for keuze in ("licht", "donker"):
            thema.set_keuze(keuze)  # type: ignore[arg-type]  # een van de keuzes
            QApplication.processEvents()
            beelden.append(vak.grab().toImage())
        assert beelden[0] != beelden[1]
    finally:
        thema.set_keuze(oud)


@pytest.mark.parametrize(("breed", "maand"), [(1366, False), (1600, False), (1920, True)])
def test_de_maand_staat_er_alleen_als_er_plaats_is(
    breed: int, maand: bool, qtbot: QtBot, thema: Thema
) -> None:
    vak = MaandVak(thema)
    kolommen = Kolommen(Vak("Wens"), Vak("Tijden"), vak, QStackedWidget(), thema)
    qtbot.addWidget(kolommen)
    kolommen.show()
    kolommen.resize(breed, 800)
    QApplication.processEvents()
    assert vak.isVisible() is maand
    if maand:
        assert vak.width() == 430
        try:
            thema.set_vergroting(1.5)
            assert not vak.isVisible()
        finally:
            thema.set_vergroting(1.0)
