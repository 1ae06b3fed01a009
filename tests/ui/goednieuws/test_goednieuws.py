"""Het scherm Goed nieuws: rekenen met voortgang en Stop, tonen, kopiëren, bewaren en het rapport."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.cijfers import (
    Cijfers,
    Periode,
)
from frontoffice.domain.fouten import InvoerFout, KifFout, Onbereikbaar
from frontoffice.ports import Stop
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.cijfers import Voortgang
from tests.achtergronden import close_achtergrond
from tests.bouwcijfers import maak_cijfers
from ui.achtergrond import Achtergrond
from ui.goednieuws.periodes import Keuze, make_periode, read_periode
from ui.goednieuws.plot import Balken, Lijnplot, Plotrij
from ui.goednieuws.scherm import GoednieuwsScherm
from ui.thema import Thema

VANDAAG = date(2026, 11, 20)


class NepDienst:
    """De cijferdienst: geeft voortgang en cijfers, hangt op bevel, faalt op bevel."""

    def __init__(self) -> None:
        self.vandaag = VANDAAG
        self.gevraagd: list[tuple[Periode, bool]] = []
        self.regels: list[tuple[str, Periode, dict[str, str]]] = []
        self.fout: KifFout | None = None
        self.notitiefout: KifFout | None = None
        self.poort = threading.Event()
        self.poort.set()
        self.gestopt = threading.Event()

    def load(self, periode: Periode, stop: Stop, *, vers: bool = False) -> Iterator[Voortgang | Cijfers]:
        self.gevraagd.append((periode, vers))
        yield Voortgang("contacten", 1200, 0.4, date(2026, 10, 3))
        while not self.poort.wait(0.005):
            if stop.is_gezet:
                self.gestopt.set()
                return
        if self.fout is not None:
            raise self.fout
        yield maak_cijfers(periode, week=periode.tot == VANDAAG)

    def note(self, handeling: str, periode: Periode, **bij: str) -> None:
        if self.notitiefout is not None:
            raise self.notitiefout
        self.regels.append((handeling, periode, bij))


@pytest.fixture
def dienst() -> NepDienst:
    return NepDienst()


@pytest.fixture
def scherm(qtbot: QtBot, thema: Thema, dienst: NepDienst) -> Iterator[GoednieuwsScherm]:
    achtergrond = Achtergrond()
    gemaakt = GoednieuwsScherm(dienst, "Losser", achtergrond, thema)
    qtbot.addWidget(gemaakt)
    gemaakt.resize(1024, 600)
    gemaakt.show()
    yield gemaakt
    dienst.poort.set()
    gemaakt.close_scherm()
    close_achtergrond(achtergrond)


@pytest.fixture
def geladen(qtbot: QtBot, scherm: GoednieuwsScherm) -> GoednieuwsScherm:
    scherm.start()
    qtbot.waitUntil(lambda: scherm.cijfers is not None and not scherm.bezig.isVisible())
    return scherm


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    return tmp_path


def teksten(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


# --- rekenen -----------------------------------------------------------------------------------------------


def test_openen_rekent_over_drie_maanden_en_een_tweede_keer_vraagt_niets(
    geladen: GoednieuwsScherm, dienst: NepDienst
) -> None:
    geladen.start()
    assert dienst.gevraagd == [(make_periode(Keuze.DRIE_MAANDEN, VANDAAG), False)]
    assert "Uitgerekend om 14.03 uur" in geladen.stand.text()


def test_tijdens_het_rekenen_staat_hoever_het_is_en_stop_houdt_het_op(
    qtbot: QtBot, scherm: GoednieuwsScherm, dienst: NepDienst
) -> None:
    dienst.poort.clear()
    scherm.start()
    qtbot.waitUntil(lambda: "1.200 contacten gelezen, tot za 3 okt" in scherm.bezigzin.text())
    assert scherm.meter.value() == 400
    assert not scherm.pdf.isEnabled()
    QTest.keyClick(scherm, Qt.Key.Key_Escape)
    assert dienst.gestopt.wait(30)
    assert not scherm.bezig.isVisible()
    assert "Gestopt" in scherm.fout.text()
    dienst.poort.set()
    scherm.opnieuw.click()
    qtbot.waitUntil(lambda: scherm.cijfers is not None)
    assert dienst.gevraagd[-1][1], "opnieuw rekenen is vers"


def test_een_storing_zegt_wat_er_nu_kan_en_laat_staan_wat_er_stond(
    qtbot: QtBot, geladen: GoednieuwsScherm, dienst: NepDienst
) -> None:
    oud = geladen.cijfers
    dienst.fout = Onbereikbaar("Geen verbinding met contacten.", register="klantinteracties")
    geladen.opnieuw.click()
    qtbot.waitUntil(lambda: geladen.fout.isVisible())
    assert geladen.fout.text() == "Geen verbinding met contacten. Kies Opnieuw rekenen."
    assert geladen.cijfers is oud


def test_een_andere_periode_breekt_de_vorige_af(
    qtbot: QtBot, scherm: GoednieuwsScherm, dienst: NepDienst
) -> None:
    dienst.poort.clear()
    scherm.start()
    qtbot.waitUntil(lambda: len(dienst.gevraagd) == 1)
    scherm.keuze.setCurrentText(Keuze.VORIGE_MAAND.value)
    assert dienst.gestopt.wait(30)
    dienst.poort.set()
    qtbot.waitUntil(lambda: scherm.cijfers is not None)
    assert scherm.cijfers is not None
    assert scherm.cijfers.periode == Periode(date(2026, 10, 1), date(2026, 10, 31))


def test_zelf_kiezen_leest_twee_datums_en_een_verkeerde_krijgt_een_zin(
    qtbot: QtBot, geladen: GoednieuwsScherm, dienst: NepDienst
) -> None:
    geladen.keuze.setCurrentText(Keuze.ZELF.value)
    assert geladen.van.isVisible()
    geladen.van.setText("morgenavond")
    QTest.keyClick(geladen.van, Qt.Key.Key_Return)
    assert "Schrijf de datum als 1-9-2026" in geladen.fout.text()
    assert len(dienst.gevraagd) == 1
    geladen.van.setText("1-2-2026")
    geladen.tot.setText("28-2-2026")
    geladen.reken.click()
    qtbot.waitUntil(lambda: len(dienst.gevraagd) == 2)
    assert dienst.gevraagd[-1][0] == Periode(date(2026, 2, 1), date(2026, 2, 28))


def test_het_goede_nieuws_blijft_staan_bij_een_periode_in_het_verleden(
    qtbot: QtBot, geladen: GoednieuwsScherm
) -> None:
    geladen.keuze.setCurrentText(Keuze.VORIG_JAAR.value)
    qtbot.waitUntil(lambda: geladen.cijfers is not None and geladen.cijfers.week is None)
    assert "14" in teksten(geladen.week)


# --- tonen -------------------------------------------------------------------------------------------------


def test_alles_staat_er_in_gewone_woorden(geladen: GoednieuwsScherm) -> None:
    alles = teksten(geladen)
    for deel in (
        "beloften nagekomen", "“<i>Dank</i> u wel” (vrijdag)", "84 %", "43 van 51 beloften", "Te weinig",
        "1.071 van 2.000 contacten", "Meldingen zijn hier niet aangesloten.", "November 2026",
        "losser.example/verhuizen", "4 keer", "(geen pagina genoemd)",
    ):  # fmt: skip
        assert deel in alles, deel
    for woord in ("Partij", "Betrokkene", "Actor", "S. Bos"):
        assert woord not in alles


def test_een_plot_zegt_aan_hulptechniek_elk_getal(geladen: GoednieuwsScherm) -> None:
    plot = geladen.verloop.onderwerpen
    deel = QAccessible.queryAccessibleInterface(plot)
    assert deel.text(QAccessible.Text.Name) == "Beloften nagekomen per onderwerp"
    zin = deel.text(QAccessible.Text.Description)
    assert "Paspoort: 60 % (12 van 20)" in zin
    assert "Overige onderwerpen: 57 % (4 van 7)" in zin
    assert "\u202e" not in zin
    assert "minder dan 5" in geladen.verloop.lijn.accessibleDescription()
    geladen.maat.setCurrentIndex(2)
    assert plot.accessibleName() == "In één keer goed per onderwerp"


def test_zonder_cijfer_is_er_ook_geen_plot(geladen: GoednieuwsScherm) -> None:
    geladen.maat.setCurrentIndex(3)
    assert not geladen.verloop.lijn.isVisible()
    assert not geladen.verloop.onderwerpen.isVisible()


def test_een_smal_scherm_toont_staven_in_plaats_van_een_lijn(qtbot: QtBot, geladen: GoednieuwsScherm) -> None:
    assert geladen.verloop.lijn.isVisible()
    geladen.resize(500, 600)
    qtbot.waitUntil(lambda: geladen.verloop.staven.isVisible() and not geladen.verloop.lijn.isVisible())
    assert len(geladen.verloop.staven.rijen) == len(geladen.verloop.lijn.rijen)


@pytest.mark.parametrize("breedte", [200, 900])
def test_een_staaf_is_zo_lang_als_zijn_getal(thema: Thema, qtbot: QtBot, breedte: int) -> None:
    plot = Balken("Proef", thema)
    qtbot.addWidget(plot)
    plot.show_rijen(
        [Plotrij("Een", 0.25, "25 %"), Plotrij("Vol", 1.0, "100 %"), Plotrij("Geen", None, "minder dan 5")]
    )
    plot.resize(breedte, plot.heightForWidth(breedte))
    beeld = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    accent = thema.kleur("accent").rgb()
    per_rij = [sum(beeld.pixel(x, y) == accent for x in range(beeld.width())) for y in range(beeld.height())]
    lengten = sorted({aantal for aantal in per_rij if aantal > 3})
    assert len(lengten) == 2
    assert lengten[0] / lengten[1] == pytest.approx(0.25, abs=0.05)


def test_de_lijn_breekt_waar_te_weinig_is(thema: Thema, qtbot: QtBot) -> None:
    plot = Lijnplot("Proef", thema)
    qtbot.addWidget(plot)
    plot.show_rijen([Plotrij(f"week {n}", None if n == 2 else 0.5, "50 %", "50 %") for n in range(5)])
    plot.resize(600, plot.heightForWidth(600))
    beeld = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    accent = thema.kleur("accent").rgb()
    kolommen = [any(beeld.pixel(x, y) == accent for y in range(beeld.height())) for x in range(600)]
    eerste, laatste = kolommen.index(True), 599 - kolommen[::-1].index(True)
    assert not all(kolommen[eerste:laatste]), "er zit een gat in de lijn"


def test_alles_wat_men_aanklikt_is_groot_genoeg_en_heeft_een_eigen_naam(geladen: GoednieuwsScherm) -> None:
    knoppen = [k for k in geladen.findChildren(QAbstractButton) if k.isVisible() and k.accessibleName()]
    namen = [knop.accessibleName() for knop in knoppen]
    assert len(namen) == len(set(namen))
    assert all(min(knop.width(), knop.height()) >= 24 for knop in knoppen)


# --- eruit -------------------------------------------------------------------------------------------------


def test_kopieren_geeft_de_cijfers_als_tekst(geladen: GoednieuwsScherm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(geladen.melding):
        geladen.kopieer.click()
    assert "Beloften nagekomen: 84 % (43 van 51)" in QGuiApplication.clipboard().text()


def test_bewaren_als_csv_legt_vast_en_is_nooit_een_formule(
    geladen: GoednieuwsScherm, dienst: NepDienst, downloads: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(geladen.melding):
        geladen.csv.click()
    (bestand,) = downloads.iterdir()
    rijen = list(csv.reader(io.StringIO(bestand.read_text("utf-8-sig")), delimiter=";"))
    assert rijen[2][:6] == ["Beloften nagekomen", "Samen", "Alles", "43", "51", "84"]
    assert [(h, bij) for h, _, bij in dienst.regels] == [("cijfers_bewaard", {"vorm": "csv"})]


def test_lukt_vastleggen_niet_dan_komt_er_geen_bestand(
    geladen: GoednieuwsScherm, dienst: NepDienst, downloads: Path, qtbot: QtBot
) -> None:
    dienst.notitiefout = WinkelFout("Vastleggen lukt niet. Probeer het opnieuw.")
    geladen.csv.click()
    qtbot.waitUntil(lambda: "Vastleggen lukt niet" in geladen.fout.text())
    assert list(downloads.iterdir()) == []


def test_het_rapport_is_te_zien_te_bewaren_en_af_te_drukken_met_een_regel_in_het_logboek(
    geladen: GoednieuwsScherm, dienst: NepDienst, downloads: Path, qtbot: QtBot
) -> None:
    geladen.pdf.click()
    rapport = geladen.currentWidget()
    qtbot.waitUntil(lambda: "bladzijden." in teksten(rapport))
    assert dienst.regels == [], "bekijken is nog geen afdruk"
    knop = {k.accessibleName(): k for k in rapport.findChildren(QAbstractButton)}
    with qtbot.waitSignal(geladen.melding):
        knop["Opslaan bij Downloads"].click()
    (bestand,) = downloads.iterdir()
    assert bestand.read_bytes().startswith(b"%PDF")
    knop["Afdrukken"].click()
    qtbot.waitUntil(lambda: len(dienst.regels) == 2)
    assert [h for h, _, _ in dienst.regels] == ["cijfers_bewaard", "cijfers_afgedrukt"]
    QTest.keyClick(rapport, Qt.Key.Key_Escape)
    assert geladen.currentIndex() == 0
    assert geladen.pdf.hasFocus() or not geladen.isActiveWindow()


# --- periodes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keuze", "van", "tot"),
    [
        (Keuze.DRIE_MAANDEN, date(2026, 8, 24), VANDAAG),
        (Keuze.VIER_WEKEN, date(2026, 10, 26), VANDAAG),
        (Keuze.DEZE_MAAND, date(2026, 11, 1), VANDAAG),
        (Keuze.VORIGE_MAAND, date(2026, 10, 1), date(2026, 10, 31)),
        (Keuze.DIT_JAAR, date(2026, 1, 1), VANDAAG),
        (Keuze.VORIG_JAAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_de_vaste_periodes(keuze: Keuze, van: date, tot: date) -> None:
    assert make_periode(keuze, VANDAAG) == Periode(van, tot)


def test_een_einde_in_de_toekomst_wordt_vandaag_en_omgekeerd_kan_niet() -> None:
    assert read_periode("1-11-2026", "31-12-2026", VANDAAG) == Periode(date(2026, 11, 1), VANDAAG)
    with pytest.raises(InvoerFout, match="begint na haar einde"):
        read_periode("2-11-2026", "1-11-2026", VANDAAG)
