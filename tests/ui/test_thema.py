"""Kleuren: alles is te lezen, licht en donker, ook met meer contrast; en het systeem wordt gevolgd."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.acties import TABEL
from ui.bouwstenen import Knop
from ui.tekst import Tekst
from ui.thema import BRONNEN, LETTERS, Thema, load_kleuren

VLAKKEN = ("vlak", "vlak_verhoogd", "zweef")
# Elke combinatie van tekst op vlak die het stijlblad of een tekenaar gebruikt.
TEKST_OP_VLAK = [
    *itertools.product(("tekst", "tekst_zacht"), (*VLAKKEN, "selectie")),
    *itertools.product(("accent", "accent_zweef"), VLAKKEN),
    *itertools.product(("gevaar", "let_op", "goed"), (*VLAKKEN, "selectie")),
    *itertools.product(("uit",), ("vlak", "vlak_verhoogd")),
    ("op_accent", "accent"),
    ("op_accent", "accent_zweef"),
    ("gevaar", "gevaar_vlak"),
    ("let_op", "let_op_vlak"),
    ("goed", "goed_vlak"),
    ("demo", "demo_vlak"),
    ("tekst", "gevaar_vlak"),
    ("tekst", "let_op_vlak"),
    ("tekst", "goed_vlak"),
]
# Randen en focusranden: 3:1 tegen het vlak waarop ze liggen.
RAND_OP_VLAK = [*itertools.product(("rand", "focus", "accent"), ("vlak", "vlak_verhoogd"))]


def contrast(een: str, ander: str) -> float:
    """Contrast volgens WCAG 2: 1 tot 21."""

    def helderheid(kleur: str) -> float:
        delen = [QColor(kleur).redF(), QColor(kleur).greenF(), QColor(kleur).blueF()]
        recht = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen]
        return 0.2126 * recht[0] + 0.7152 * recht[1] + 0.0722 * recht[2]

    hoog, laag = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


@pytest.mark.parametrize("naam", ["licht", "donker"])
@pytest.mark.parametrize(("tekst", "vlak"), TEKST_OP_VLAK)
def test_elke_tekst_haalt_vierenhalf_op_elk_vlak(naam: str, tekst: str, vlak: str) -> None:
    kleuren = load_kleuren(naam)
    assert contrast(kleuren[tekst], kleuren[vlak]) >= 4.5


@pytest.mark.parametrize("naam", ["licht", "donker"])
@pytest.mark.parametrize(("tekst", "vlak"), TEKST_OP_VLAK)
def test_met_meer_contrast_haalt_elke_tekst_zeven(naam: str, tekst: str, vlak: str) -> None:
    kleuren = load_kleuren(naam, meer_contrast=True)
    assert contrast(kleuren[tekst], kleuren[vlak]) >= 7


@pytest.mark.parametrize("naam", ["licht", "donker"])
@pytest.mark.parametrize(("rand", "vlak"), RAND_OP_VLAK)
def test_randen_van_velden_en_focus_zijn_te_zien(naam: str, rand: str, vlak: str) -> None:
    for meer_contrast in (False, True):
        kleuren = load_kleuren(naam, meer_contrast=meer_contrast)
        assert contrast(kleuren[rand], kleuren[vlak]) >= 3


def test_een_ontbrekende_kleur_wordt_bij_het_laden_gemeld(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_ = BRONNEN.__class__(str(tmp_path)) / "thema"
    map_.mkdir()
    tekst = (BRONNEN / "thema" / "licht.toml").read_text(encoding="utf-8")
    (map_ / "licht.toml").write_text(tekst.replace('focus = "#17618f"\n', "", 1), encoding="utf-8")
    monkeypatch.setattr("ui.thema.BRONNEN", map_.parent)
    with pytest.raises(ValueError, match="focus"):
        load_kleuren("licht")


def test_het_systeem_wordt_gevolgd_tot_men_zelf_kiest(thema: Thema, qtbot: QtBot) -> None:
    licht = thema.kleur("vlak")
    with qtbot.waitSignal(thema.gewijzigd):
        thema.set_keuze("donker")
    assert thema.is_donker
    assert thema.kleur("vlak") != licht
    thema.set_keuze("licht")
    assert thema.kleur("vlak") == licht


def test_een_andere_kleurstelling_komt_zonder_herstart_op_een_bestaand_widget(
    thema: Thema, qtbot: QtBot
) -> None:
    tekst = Tekst("dag", rol="fout")
    qtbot.addWidget(tekst)
    thema.dress(tekst)
    tekst.show()
    assert tekst.palette().color(tekst.foregroundRole()) == thema.kleur("gevaar")
    thema.set_keuze("donker")
    try:
        assert tekst.palette().color(tekst.foregroundRole()) == thema.kleur("gevaar")
    finally:
        thema.set_keuze("licht")


def test_letters_worden_overal_groter_en_weer_gewoon(thema: Thema, qtbot: QtBot) -> None:
    tekst = Tekst("dag")
    qtbot.addWidget(tekst)
    thema.dress(tekst)
    tekst.show()
    gewoon = tekst.fontMetrics().height()
    thema.step_vergroting(1)
    try:
        assert tekst.fontMetrics().height() > gewoon
    finally:
        thema.step_vergroting(0)
    assert tekst.fontMetrics().height() == gewoon


def test_de_eigen_letter_heeft_elk_teken_van_een_naam(thema: Thema) -> None:
    for bestand in ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf"):
        letter = QRawFont(str(BRONNEN / "lettertype" / bestand), 13)
        for teken in "ŞşŁłĞğĆćÏïØøÅåŐőŽžĐđÑñßЖжΩω€":
            assert letter.supportsCharacter(ord(teken)), f"{bestand} mist {teken}"
    assert "Open Sans" in QFontDatabase.families()


def test_alle_cijfers_zijn_even_breed(thema: Thema) -> None:
    for rol in LETTERS:
        meter = QFontMetrics(thema.font(rol))
        assert len({meter.horizontalAdvance(cijfer) for cijfer in "0123456789"}) == 1


def test_knoppen_zijn_groot_genoeg_om_te_raken(thema: Thema, qtbot: QtBot) -> None:
    for soort, hoogte in (("gewoon", 24), ("stil", 24), ("groot", 32), ("hoofd", 32)):
        knop = Knop("Openen", soort=soort)  # type: ignore[arg-type]  # elke soort uit de lijst
        qtbot.addWidget(knop)
        knop.show()
        assert knop.height() >= hoogte
        assert knop.width() >= 24


def test_elk_icoon_uit_de_tabel_bestaat_en_tekent_iets(thema: Thema, qapp: QApplication) -> None:
    for gegevens in TABEL:
        if gegevens.icoon:
            beeld = thema.icoon(gegevens.icoon).pixmap(16, 16).toImage()
            zichtbaar = sum(beeld.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16))
            assert zichtbaar > 8, gegevens.icoon


def test_de_focusrand_van_velden_en_knoppen_is_twee_pixels(qtbot: QtBot, thema: Thema) -> None:
    venster = QWidget()
    qtbot.addWidget(venster)
    thema.dress(venster)
    for regel in venster.styleSheet().splitlines():
        if ":focus" in regel and "border:" in regel and "hoofd" not in regel:
            assert "border: 2px" in regel or "border-radius" in regel, regel
