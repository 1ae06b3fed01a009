"""Het beheer als schermlezer en met alleen toetsen: namen, maten, volgorde, en tweemaal zo groot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from tests.e2e.venster import loop_boom
from tests.services.agendabouw import DAG
from tests.ui.beheer.conftest import Werk, boek_veertien
from ui.beheer.vormen import VORMEN
from ui.thema import Thema

BLADEN = ("maand", "verzet", *(vorm.soort for vorm in VORMEN), "bestand", "rooster", "gevolgen", "kopie")


@pytest.fixture
def gevuld(werk: Werk) -> Werk:
    boek_veertien(werk.agenda)
    werk.start()
    werk.kies(DAG)
    return werk


def toon(werk: Werk, blad: str) -> None:
    scherm = werk.scherm
    if blad == "rooster":
        scherm.open_rooster(DAG)
    elif blad == "gevolgen":
        scherm.avond.sluit.emit(DAG, "Stroomstoring")
        werk.wacht_op_gevolgen()
    elif blad == "kopie":
        scherm.show_deel("maand")
        werk.find("Kopieer naar andere avonden").click()
    else:
        scherm.show_deel(blad)
    QApplication.processEvents()


def per_blad(werk: Werk, kijk: Callable[[], list[str]]) -> list[str]:
    klachten = []
    for blad in BLADEN:
        toon(werk, blad)
        klachten += [f"{blad}: {klacht}" for klacht in kijk()]
    return klachten


def test_alles_wat_focus_krijgt_heeft_een_naam_van_hoogstens_zestig_tekens(gevuld: Werk) -> None:
    def kijk() -> list[str]:
        uit = []
        for deel in loop_boom(gevuld.scherm):
            stand = deel.state()
            if stand.focusable and not stand.invisible and not stand.disabled:  # type: ignore[attr-defined]  # bitveld
                naam = deel.text(QAccessible.Text.Name).strip()
                if not naam or (isinstance(deel.object(), QAbstractButton) and len(naam) > 60):
                    uit.append(f"{deel.role()} {naam!r}")
        return uit

    klachten = per_blad(gevuld, kijk)
    assert not klachten, "\n".join(klachten)


def test_namen_van_knoppen_en_velden_zijn_uniek(gevuld: Werk) -> None:
    def kijk() -> list[str]:
        namen = Counter(
            w.accessibleName() or getattr(w, "text", lambda: "")()
            for w in gevuld.scherm.findChildren(QWidget)
            if w.isVisible() and isinstance(w, QAbstractButton | QLineEdit | QComboBox)
        )
        return [f"{keer}x {naam!r}" for naam, keer in namen.items() if keer > 1 and naam]

    klachten = per_blad(gevuld, kijk)
    assert not klachten, "\n".join(klachten)


def test_alles_waarop_men_klikt_is_groot_genoeg(gevuld: Werk) -> None:
    def kijk() -> list[str]:
        return [
            f"{knop.text()} {knop.width()}x{knop.height()}"
            for knop in gevuld.scherm.findChildren(QAbstractButton)
            if knop.isVisible() and (knop.height() < 24 or knop.width() < 24) and knop.text()
        ]

    klachten = per_blad(gevuld, kijk)
    assert not klachten, "\n".join(klachten)


def test_hoogstens_een_hoofdknop_in_beeld(gevuld: Werk) -> None:
    def kijk() -> list[str]:
        hoofd = [
            knop.text()
            for knop in gevuld.scherm.findChildren(QAbstractButton)
            if knop.isVisible() and knop.property("soort") == "hoofd"
        ]
        return [", ".join(hoofd)] if len(hoofd) > 1 else []

    klachten = per_blad(gevuld, kijk)
    assert not klachten, "\n".join(klachten)


def test_tab_loopt_rond_in_leesvolgorde(gevuld: Werk) -> None:
    for blad in ("maand", "regels", "rooster", "bestand"):
        toon(gevuld, blad)
        gevuld.scherm.nav.setFocus()
        plaatsen = []
        for _ in range(60):
            nu = QApplication.focusWidget()
            assert nu is not None
            plek = nu.mapTo(gevuld.scherm, QPoint(0, 0))
            plaatsen.append((nu.accessibleName(), plek.x(), plek.y()))
            QTest.keyClick(nu, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is gevuld.scherm.nav:
                break
        else:
            pytest.fail(f"{blad}: Tab komt niet terug: {plaatsen}")
        assert len(plaatsen) > 2


def test_op_een_klein_scherm_en_met_grote_letters_past_alles(gevuld: Werk, thema: Thema) -> None:
    scherm = gevuld.scherm
    try:
        thema.set_vergroting(1.5)
        scherm.resize(683, 384)
        QApplication.processEvents()

        def kijk() -> list[str]:
            breed = scherm.minimumSizeHint().width()
            hoog = scherm.minimumSizeHint().height()
            uit = [f"wil {breed} bij {hoog}"] if breed > 683 or hoog > 384 else []
            for knop in scherm.findChildren(QAbstractButton):
                if knop.isVisible() and knop.text() and knop.visibleRegion().isEmpty() is False:
                    rechts = knop.mapTo(scherm, QPoint(knop.width(), 0)).x()
                    if rechts > scherm.width():
                        uit.append(f"{knop.text()} tot {rechts}")
            return uit

        klachten = per_blad(gevuld, kijk)
        assert not klachten, "\n".join(klachten)
    finally:
        thema.set_vergroting(1.0)
