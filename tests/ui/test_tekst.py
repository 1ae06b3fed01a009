"""Vreemde tekst staat letterlijk op het scherm, hoe ze ook is gemaakt; niets hangt en niets laadt iets."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.tekst import (
    _LANGSTE_ALINEA,
    MAX_REGEL,
    KorteTekst,
    LeesTekst,
    Tekst,
    isolate,
    letterlijk,
    set_uitleg,
    tooltip_tekst,
)
from ui.thema import Thema

UI = Path(__file__).resolve().parents[2] / "ui"
GEVAARLIJK = (
    "<img src='/dev/zero'>",
    "<b>" * 20_000 + "dag",
    "<table>" * 300,
    "<a href='file:///etc/passwd'>klik</a>",
    "![plaatje](/dev/zero)",
    "&lt;b&gt;",
    "regel\x00met\x07stuurtekens",
    "adres \u202e tsaartskreK",
    "W" * 5_000,
    "a\u0301" + "\u0301" * 500,
    "\ud800 los",
)


@pytest.fixture(autouse=True)
def met_thema(thema: Thema) -> None:
    """De maten van tekst komen uit het thema."""


@pytest.mark.parametrize("tekst", GEVAARLIJK, ids=range(len(GEVAARLIJK)))
def test_gevaarlijke_tekst_is_in_elk_widget_letterlijk(tekst: str, qtbot: QtBot) -> None:
    for widget in (Tekst(tekst), KorteTekst(tekst), LeesTekst(tekst, naam="tekst")):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        widget.show()
        widget.grab()
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText


def test_opmaak_staat_er_zoals_ze_is_getypt(qtbot: QtBot) -> None:
    opmaak = "<b>vet</b> & <img src='x'>"
    lezer = LeesTekst(opmaak, naam="tekst")
    qtbot.addWidget(lezer)
    assert Tekst(opmaak).text() == KorteTekst(opmaak).text() == lezer.toPlainText() == opmaak


def test_een_tooltip_toont_opmaak_letterlijk() -> None:
    opmaak = "<img src='/dev/zero'> & <b>vet</b>"
    assert QTextDocumentFragment.fromHtml(tooltip_tekst(opmaak)).toPlainText() == opmaak
    assert tooltip_tekst("") == ""


def test_een_uitleg_is_ook_de_toegankelijke_beschrijving(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_uitleg(widget, "<b>Let op</b>")
    assert widget.accessibleDescription() == "<b>Let op</b>"


def test_stuurtekens_en_omkeertekens_worden_zichtbaar() -> None:
    schoon = letterlijk("a\x00b\x1bc\u202ed\u200fe\u2066f")
    assert schoon == "a\u2400b\u241bc\u2316d\u2316e\u2316f"


def test_regeleinden_van_elk_systeem_worden_gewone_regels() -> None:
    assert letterlijk("een\r\ntwee\rdrie\u2028vier") == "een\ntwee\ndrie\nvier"
    assert letterlijk("een\n\t twee", een_regel=True) == "een twee"


def test_namen_in_andere_schriften_blijven_zoals_ze_zijn() -> None:
    for naam in ("Şöğüt", "Łukasz Wałęsa", "محمد", "משה", "Ιωάννης", "ተስፋይ", "王小明", "Zoë d'Ïvry"):
        assert letterlijk(naam) == naam


def test_een_naam_van_rechts_naar_links_keert_de_zin_niet_om() -> None:
    assert isolate("محمد") == "\u2068محمد\u2069"
    assert isolate("Jansen") == "Jansen"


def test_te_lange_tekst_wordt_ingekort_en_zegt_dat() -> None:
    assert letterlijk("x" * 10_000).endswith("… (ingekort)")
    assert len(letterlijk("x" * 10_000)) < MAX_REGEL + 20
    assert letterlijk("x" * 100) == "x" * 100


@given(st.text(max_size=300))
def test_wat_getoond_wordt_kan_elke_tekst_aan(tekst: str) -> None:
    schoon = letterlijk(tekst)
    assert letterlijk(schoon) == schoon
    assert not any(ord(teken) < 32 and teken not in "\n\t" for teken in schoon)
    assert not any("\u202a" <= teken <= "\u202e" or "\u2066" <= teken <= "\u2069" for teken in schoon)
    schoon.encode()


def test_een_heel_lang_woord_maakt_zijn_vak_niet_breder(qtbot: QtBot) -> None:
    vak = QWidget()
    qtbot.addWidget(vak)
    kolom = QVBoxLayout(vak)
    tekst = Tekst("Donaudampfschifffahrtsgesellschaft" * 10)
    kolom.addWidget(tekst)
    vak.setFixedWidth(200)
    vak.show()
    assert tekst.width() <= 200
    assert tekst.height() >= 5 * tekst.fontMetrics().height()
    assert vak.minimumSizeHint().width() < 200


def test_korte_tekst_kapt_af_en_zegt_het_hele_in_de_tooltip(qtbot: QtBot) -> None:
    tekst = KorteTekst("Een lange naam die hier <b>zeker</b> niet in past")
    qtbot.addWidget(tekst)
    tekst.resize(80, 20)
    tekst.show()
    assert tekst.is_afgekapt
    tekst.resize(2_000, 20)
    assert not tekst.is_afgekapt


def test_de_tooltip_van_een_afgekapte_tekst_gaat_weg_met_de_muis_en_met_de_tekst(qtbot: QtBot) -> None:
    """Wie van klant wisselt terwijl de muis hier staat, leest niet nog de vorige."""
    tekst = KorteTekst("De naam van de vorige klant, en die is lang")
    qtbot.addWidget(tekst)
    tekst.resize(80, 20)
    tekst.show()
    QApplication.sendEvent(tekst, _muis_erop())
    assert "vorige klant" in tekst.toolTip()
    tekst.setText("Een ander")
    assert tekst.toolTip() == ""
    tekst.setText("Nog een heel lange tekst voor deze plaats")
    QApplication.sendEvent(tekst, _muis_erop())
    assert "heel lange tekst" in tekst.toolTip()
    QApplication.sendEvent(tekst, QEvent(QEvent.Type.Leave))
    assert tekst.toolTip() == ""


def test_een_eigen_uitleg_blijft_staan_als_de_muis_weggaat(qtbot: QtBot) -> None:
    tekst = KorteTekst("Een lange tekst die hier niet in past, met uitleg")
    qtbot.addWidget(tekst)
    tekst.resize(80, 20)
    tekst.show()
    set_uitleg(tekst, "Dit is de uitleg.")
    for event in (_muis_erop(), QEvent(QEvent.Type.Leave)):
        QApplication.sendEvent(tekst, event)
        assert "Dit is de uitleg." in tekst.toolTip()


def _muis_erop() -> QEnterEvent:
    return QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1))


@pytest.mark.parametrize("soort", [Tekst, KorteTekst])
def test_de_maten_volgen_tekst_letter_en_marge(qtbot: QtBot, soort: type[Tekst | KorteTekst]) -> None:
    """De maten worden onthouden; wie ze te lang onthoudt, laat tekst wegvallen."""
    tekst, vers = soort("kort"), soort("een veel langere tekst")
    for widget in (tekst, vers):
        qtbot.addWidget(widget)
        widget.show()
    begin = tekst.sizeHint()
    tekst.setText("een veel langere tekst")
    assert tekst.sizeHint() == vers.sizeHint()
    assert tekst.minimumSizeHint() == vers.minimumSizeHint()
    assert tekst.sizeHint().width() > begin.width()
    groter = tekst.font()
    groter.setPointSizeF(2 * groter.pointSizeF())
    tekst.setFont(groter)
    assert tekst.sizeHint().height() > 1.5 * vers.sizeHint().height()
    zonder = tekst.sizeHint()
    tekst.setContentsMargins(10, 7, 10, 7)
    assert tekst.sizeHint().height() == zonder.height() + 14
    assert tekst.minimumSizeHint().height() >= zonder.height() + 14


def test_een_alinea_van_zestigduizend_tekens_gaat_in_stukken_die_qt_aankan(qtbot: QtBot) -> None:
    vak = LeesTekst("", naam="Lang")
    qtbot.addWidget(vak)
    vak.resize(340, 300)
    vak.show()
    vak.set_tekst("woord " * 10_000)
    vak.grab()
    assert max(len(alinea) for alinea in vak.toPlainText().split("\n")) <= _LANGSTE_ALINEA
    assert vak.toPlainText().replace("\n", "") == "woord " * 10_000


def test_tab_gaat_uit_een_leestekst(qtbot: QtBot) -> None:
    vak = QWidget()
    qtbot.addWidget(vak)
    kolom = QVBoxLayout(vak)
    een, twee = LeesTekst("een", naam="een"), LeesTekst("twee", naam="twee")
    kolom.addWidget(een)
    kolom.addWidget(twee)
    vak.show()
    vak.activateWindow()
    een.setFocus()
    qtbot.waitUntil(een.hasFocus)
    qtbot.keyClick(een, Qt.Key.Key_Tab)
    assert twee.hasFocus()


# --- wacht bij de deur: alleen ui/tekst.py maakt wat opmaak kan raden ---

VERBODEN = {
    "QLabel", "QMessageBox", "QTextBrowser", "QTextEdit", "QErrorMessage", "QInputDialog", "QProgressDialog",
    "QWizardPage", "QSplashScreen", "QWhatsThis", "QTextDocument",
}  # fmt: skip
VERBODEN_METHODEN = {
    "setToolTip",
    "setWhatsThis",
    "showText",
    "setHtml",
    "appendHtml",
    "setStyleSheet",
    "setMarkdown",
}
# Een QAction heeft ook setToolTip; daar staan alleen eigen teksten in, en thema zet het ene stijlblad.
TOEGESTAAN = {("acties.py", "setToolTip"), ("thema.py", "setStyleSheet")}


def find_overtredingen(bron: str, bestand: str) -> list[str]:
    """Plaatsen waar een widget wordt gemaakt of een methode geroepen die opmaak kan raden."""
    fout = []
    for knoop in ast.walk(ast.parse(bron)):
        if isinstance(knoop, ast.Call):
            naam = knoop.func.attr if isinstance(knoop.func, ast.Attribute) else getattr(knoop.func, "id", "")
            if naam in VERBODEN or (naam in VERBODEN_METHODEN and (bestand, naam) not in TOEGESTAAN):
                fout.append(f"{bestand}:{knoop.lineno} {naam}")
        elif isinstance(knoop, ast.ClassDef):
            namen = {getattr(basis, "id", getattr(basis, "attr", "")) for basis in knoop.bases}
            fout += [f"{bestand}:{knoop.lineno} {naam}" for naam in namen & VERBODEN]
    return fout


def test_alleen_de_tekstmodule_maakt_widgets_die_opmaak_raden() -> None:
    fouten = [
        regel
        for pad in sorted(UI.rglob("*.py"))
        if pad.name != "tekst.py" or pad.parent != UI
        for regel in find_overtredingen(pad.read_text(encoding="utf-8"), pad.name)
    ]
    assert not fouten


@pytest.mark.parametrize(
    "bron",
    ["QLabel(naam)", "QtWidgets.QMessageBox(x)", "class Eigen(QTextEdit): pass", "w.setToolTip(naam)",
     "QToolTip.showText(p, naam)", "w.setStyleSheet('color: red')"],
)  # fmt: skip
def test_de_wacht_ziet_een_overtreding(bron: str) -> None:
    assert find_overtredingen(bron, "eigen.py")


def test_een_naam_van_rechts_naar_links_staat_in_een_zin_zonder_vreemde_tekens() -> None:
    naam = "محمد الأحمد"
    assert Tekst(f"Ligt bij {isolate(naam)}.").text() == f"Ligt bij \u2068{naam}\u2069."
    los = letterlijk("voor \u2068open, \u2069 dicht \u2069 en \u202eom")
    assert los == "voor \u2068open, \u2069 dicht ⌖ en ⌖om", "wat niet bij een paar hoort, blijft zichtbaar"
