"""De afsprakenschermen zoals een schermlezer, een toetsenbord en een klein scherm ze treffen."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.e2e.venster import loop_boom
from tests.ui.afspraak.conftest import KLANT, MaakWerk, Werk
from ui.afspraak.gekozen import Fase

FASEN = ("leeg", "tijden", "vast", "klaar", "wachtlijst")


def breng_in(werk: Werk, fase: str) -> None:
    if fase == "leeg":
        werk.wacht(lambda: werk.scherm._inrichting is not None)
        return
    werk.zoek("paspoort k")
    if fase == "wachtlijst":
        werk.scherm.tijden.wachtlijst.emit()
    if fase in ("vast", "klaar"):
        werk.kies(1)
        werk.wacht(lambda: werk.scherm.gekozen.script.meenemen.isVisible())
        werk.wacht(lambda: not werk.scherm.verloop.is_onderweg("vervolg"))
    if fase == "klaar":
        werk.scherm.confirm()
        werk.wacht(lambda: werk.fase is Fase.KLAAR)
    QTest.qWait(20)


@pytest.mark.parametrize("fase", FASEN)
def test_alles_wat_focus_krijgt_heeft_een_eigen_naam(werk: Werk, fase: str) -> None:
    breng_in(werk, fase)
    namen: Counter[tuple[str, str]] = Counter()
    for deel in loop_boom(werk.scherm):
        stand = deel.state()
        if stand.focusable and not stand.invisible and not stand.disabled:  # type: ignore[attr-defined]  # bitveld
            naam = deel.text(QAccessible.Text.Name).strip()
            assert naam, f"{deel.role()} zonder naam"
            assert len(naam) <= 80
            if isinstance(deel.object(), QAbstractButton | QLineEdit):
                namen[naam, str(deel.role())] += 1
    assert not [naam for naam, keer in namen.items() if keer > 1]


def test_de_afgesproken_namen_zijn_er(werk: Werk) -> None:
    werk.zoek("pas")
    namen = {w.accessibleName() for w in werk.scherm.findChildren(QWidget) if w.isVisible()}
    assert {"Product", "Eerste mogelijkheden", "Avonden", "Personen"} <= namen


@pytest.mark.parametrize("fase", FASEN)
def test_tab_loopt_rond_van_links_naar_rechts(werk: Werk, fase: str) -> None:
    breng_in(werk, fase)
    begin = werk.focus
    assert begin is not None
    langs = [begin]
    for _ in range(80):
        werk.druk(Qt.Key.Key_Tab)
        nu = werk.focus
        assert nu is not None
        if nu is begin:
            break
        assert nu is not langs[-1], f"Tab blijft hangen op {nu.accessibleName()}"
        langs.append(nu)
    else:
        raise AssertionError("Tab komt niet terug")
    assert len(langs) > 3
    plaatsen = [w.mapTo(werk.scherm, QPoint(0, 0)) for w in langs]
    terug = [
        f"{een.accessibleName()} → {ander.accessibleName()}"
        for een, ander, p, q in zip(langs, langs[1:], plaatsen, plaatsen[1:], strict=False)
        if q.y() + ander.height() < p.y() and q.x() <= p.x()
    ]
    assert len(terug) <= 2, terug  # van onder naar boven gaat alleen naar een volgende kolom


@pytest.mark.parametrize("fase", FASEN)
@pytest.mark.parametrize("maat", [(1366, 600), (683, 300), (1920, 900)])
def test_knoppen_zijn_groot_genoeg_en_vallen_binnen_het_scherm(
    maak_werk: MaakWerk, fase: str, maat: tuple[int, int]
) -> None:
    werk = maak_werk(KLANT, *maat)
    breng_in(werk, fase)
    binnen = werk.scherm.rect()
    for knop in werk.scherm.findChildren(QAbstractButton):
        if knop.isVisible() and knop.isEnabled() and not knop.visibleRegion().isEmpty():
            assert min(knop.width(), knop.height()) >= 24, knop.text()
            plaats = QRect(knop.mapTo(werk.scherm, QPoint(0, 0)), knop.size())
            assert binnen.left() <= plaats.left(), knop.text()
            assert plaats.right() <= binnen.right(), knop.text()


@pytest.mark.parametrize("fase", FASEN)
def test_geen_zin_is_langer_dan_twintig_woorden(werk: Werk, fase: str) -> None:
    breng_in(werk, fase)
    for label in werk.scherm.findChildren(QLabel):
        if label.isVisible():
            for zin in label.text().replace("?", ".").replace(":", ".").split(". "):
                assert len(zin.split()) <= 20, zin


def test_op_een_smal_scherm_gaat_het_stap_voor_stap(maak_werk: MaakWerk) -> None:
    werk = maak_werk(KLANT, 683, 300)
    werk.zoek("pas")
    assert werk.scherm.tijden.isVisible()
    assert not werk.scherm.wens.isVisible()
    werk.kies(1)
    assert werk.scherm.gekozen.isVisible()
    assert not werk.scherm.tijden.isVisible()
    werk.druk(Qt.Key.Key_Escape)
    assert werk.scherm.tijden.lijst.hasFocus()
    werk.druk(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is not None
    assert werk.scherm.gekozen.isVisible()
