"""Het publieke scherm: nummers groot en rustig, nooit een naam, en het blijft staan als er iets misgaat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible, QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.publiek import EVEN_GEDULD, make_publiek
from frontoffice.agendapoort import AgendaOnbereikbaar
from tests.agenda.bouw import avond, moment
from tests.agenda.vanavond.bouwavond import bezoek, opgeroepen, stand
from tests.e2e.venster import loop_boom
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.afdekken import Afdekking
from ui.publiek import venster as publiek_venster
from ui.publiek.scherm import PubliekScherm
from ui.publiek.schermkeuze import EEN_SCHERM, EIGEN_SCHERM, Beeldscherm, choose, choose_next
from ui.publiek.venster import Publiek
from ui.thema import Thema, load_kleuren


class NepAvond:
    """De avond zoals de dienst haar geeft; kan even geen antwoord geven."""

    def __init__(self, nu: Avondstand | None) -> None:
        self.nu, self.weg = nu, False

    def load_stand(self) -> Avondstand | None:
        if self.weg:
            raise AgendaOnbereikbaar("De agenda geeft geen antwoord.")
        return self.nu


@pytest.fixture
def scherm(qtbot: QtBot, thema: Thema) -> PubliekScherm:
    gemaakt = PubliekScherm(thema)
    qtbot.addWidget(gemaakt)
    gemaakt.resize(1280, 720)
    gemaakt.show()
    return gemaakt


@pytest.fixture
def bij(qtbot: QtBot) -> QWidget:
    venster = QWidget()
    qtbot.addWidget(venster)
    venster.show()
    return venster


@pytest.fixture
def publiek(
    bij: QWidget,
    acties: Acties,
    thema: Thema,
    achtergrond: Achtergrond,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Publiek]:
    monkeypatch.setattr(publiek_venster, "KIJK_MS", 40)
    onthoud = QSettings(str(tmp_path / "scherm.ini"), QSettings.Format.IniFormat)
    gemaakt = Publiek(acties, thema, achtergrond, bij, onthoud)
    yield gemaakt
    gemaakt.close_schermen()


def zichtbaar(scherm: PubliekScherm) -> list[str]:
    return [f"{rij.nummer.text()} {rij.balie.text()}" for rij in scherm.rijen if rij.isVisible()]


def te_horen(scherm: QWidget) -> str:
    """Alles wat een schermlezer van dit venster krijgt."""
    soorten = (
        QAccessible.Text.Name,
        QAccessible.Text.Description,
        QAccessible.Text.Value,
        QAccessible.Text.Help,
    )
    return " ".join(deel.text(soort) for deel in loop_boom(scherm) for soort in soorten)


A14, A17 = opgeroepen("A14", "B2", "17.58"), opgeroepen("A17", "B3", "18.06")


def test_het_nieuwste_nummer_staat_bovenaan_en_het_grootst(scherm: PubliekScherm) -> None:
    scherm.show_beeld(make_publiek(stand(A14, A17)))
    assert zichtbaar(scherm) == ["A17 Balie 3", "A14 Balie 2"]
    assert scherm.rijen[0].nummer.pixels > scherm.rijen[1].nummer.pixels >= 0.09 * 720


def test_een_nieuwe_oproep_valt_op_en_daarna_weer_niet(scherm: PubliekScherm) -> None:
    opgevallen = []
    scherm.opgevallen.connect(lambda: opgevallen.append(1))
    scherm.show_beeld(make_publiek(stand(A14)))
    assert not scherm.rijen[0].valt_op  # dat stond er al toen het scherm aanging
    scherm.show_beeld(make_publiek(stand(A14, A17)))
    assert [rij.valt_op for rij in scherm.rijen[:2]] == [True, False]
    scherm._wekker.timeout.emit()
    assert not any(rij.valt_op for rij in scherm.rijen)
    scherm.show_beeld(make_publiek(stand(opgeroepen("A14", "B2", "18.10", keer=2), A17)))
    assert [(rij.nummer.text(), rij.valt_op) for rij in scherm.rijen[:2]] == [("A14", True), ("A17", False)]
    assert len(opgevallen) == 2


def test_een_oproep_die_ongedaan_is_gemaakt_verdwijnt_en_laat_niets_achter(scherm: PubliekScherm) -> None:
    scherm.show_beeld(make_publiek(stand(A14, A17)))
    scherm.show_beeld(make_publiek(stand(A14, replace(A17, toestand=Toestand.AANGEMELD, balie=""))))
    assert zichtbaar(scherm) == ["A14 Balie 2"]
    assert "A17" not in te_horen(scherm)


def test_het_venster_heet_naar_het_programma_en_heeft_geen_naam_product_of_bsn_in_de_boom(
    scherm: PubliekScherm,
) -> None:
    iemand = {"naam": "Jansen-ter Braak", "notitie": "BSN 999990019", "groep": "Burgerzaken"}
    vol = stand(
        replace(A14, **iemand),
        opgeroepen("A17", "B3", "18.06", product="naturalisatie", **iemand),
        bezoek("W03", product="naturalisatie", aangemeld_op=moment("18.00"), **iemand),
    )
    scherm.show_beeld(make_publiek(vol))
    assert scherm.windowTitle() == "Klant in Focus"
    gehoord = te_horen(scherm)
    for moet in ("A14", "Balie 2", "A17", "Balie 3", EVEN_GEDULD):
        assert moet in gehoord
    for verboden in (
        "Jansen",
        "Braak",
        "999990019",
        "Nederlander",
        "naturalisatie",
        "Burgerzaken",
        "2026-",
        "W03",
    ):
        assert verboden not in gehoord


@pytest.mark.parametrize("thema_naam", ["licht", "donker"])
def test_elke_kleur_op_het_publieke_scherm_haalt_zeven_op_een(thema_naam: str) -> None:
    kleuren = load_kleuren(thema_naam)
    for tekst, vlak in (("tekst", "vlak"), ("op_accent", "accent_zweef")):
        assert contrast(kleuren[tekst], kleuren[vlak]) >= 7


def contrast(een: str, ander: str) -> float:
    def licht(kleur: str) -> float:
        delen = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(kleur).getRgbF()[:3]
        ]
        return 0.2126 * delen[0] + 0.7152 * delen[1] + 0.0722 * delen[2]

    hoog, laag = sorted((licht(een), licht(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


def test_lange_namen_van_balies_passen_ook_op_een_smal_scherm(scherm: PubliekScherm) -> None:
    scherm.resize(640, 900)
    scherm.show_beeld(make_publiek(stand(opgeroepen("A117", "B2", "18.00"), A17)))
    for rij in scherm.rijen[:2]:
        assert rij.nummer.fontMetrics().horizontalAdvance(rij.nummer.text()) <= rij.nummer.width()


# --- in het programma -----------------------------------------------------------------------------------


def test_een_lange_balienaam_staat_kleiner_maar_op_een_regel_en_wordt_niet_afgesneden(
    scherm: PubliekScherm,
) -> None:
    scherm.resize(1920, 1080)
    nu = stand(opgeroepen("A01", "B1", "18.05"), opgeroepen("A02", "B2", "18.04"), nu="18.07")
    scherm.show_beeld(make_publiek(replace(nu, balienamen={"B1": "Balie 1", "B2": "Balie 4 (spreekkamer)"})))
    kort, lang = scherm.rijen[0], scherm.rijen[1]
    assert kort.balie.pixels == kort.nummer.pixels
    assert lang.balie.pixels < lang.nummer.pixels
    breed = QFontMetrics(lang.balie.font()).horizontalAdvance(lang.balie.text())
    assert breed <= lang.width() * 3 / 5


def test_het_opent_uit_het_menu_volgt_de_avond_en_sluit_met_het_programma(
    qtbot: QtBot, publiek: Publiek, acties: Acties, bij: QWidget
) -> None:
    bron = NepAvond(stand(A14))
    assert not acties.publiek_scherm.isEnabled()
    publiek.set_bron(lambda: bron)
    acties.publiek_scherm.trigger()
    qtbot.waitUntil(lambda: publiek.scherm is not None and zichtbaar(publiek.scherm) == ["A14 Balie 2"])
    bron.nu = stand(A14, A17)
    assert publiek.scherm is not None
    qtbot.waitUntil(lambda: zichtbaar(publiek.scherm)[0] == "A17 Balie 3")  # type: ignore[arg-type]  # hierboven gezien
    publiek.close_schermen()
    assert not publiek.is_open
    assert not acties.publiek_scherm.isChecked()


def test_zonder_verbinding_blijven_de_nummers_staan_en_verdwijnt_de_wachttijd(
    qtbot: QtBot, publiek: Publiek
) -> None:
    wacht = bezoek("W01", aangemeld_op=moment("18.00"))
    bron = NepAvond(stand(A14, wacht))
    publiek.set_bron(lambda: bron)
    publiek.open()
    scherm = publiek.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: "Wachttijd: ongeveer" in scherm.wacht.text())
    bron.weg = True
    qtbot.waitUntil(lambda: not scherm.wacht.isVisible())
    assert zichtbaar(scherm) == ["A14 Balie 2"]
    assert scherm.zin.text() == EVEN_GEDULD
    assert "Wachttijd" not in te_horen(scherm)
    bron.weg = False
    qtbot.waitUntil(lambda: "Wachttijd: ongeveer" in scherm.wacht.text())


def test_wat_doorwerkt_zonder_database_laat_geen_wachttijd_zien() -> None:
    class ZonderDatabase(NepAvond):
        stand_van = moment("18.02")

    bron = ZonderDatabase(stand(A14, bezoek("W01", aangemeld_op=moment("18.00"))))
    beeld, verbonden = publiek_venster.load_beeld(bron)
    assert (beeld.wacht, verbonden) == ("", False)
    assert [o.volgnummer for o in beeld.oproepen] == ["A14"]


def test_het_geluid_klinkt_alleen_als_iemand_dat_wil_en_wordt_onthouden(
    qtbot: QtBot, publiek: Publiek, acties: Acties, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gehoord: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: gehoord.append(1))
    bron = NepAvond(stand())
    publiek.set_bron(lambda: bron)
    publiek.open()
    scherm = publiek.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.beeld is not None)
    scherm.show_beeld(make_publiek(stand(A14)))
    assert not gehoord
    acties.publiek_geluid.trigger()
    scherm.show_beeld(make_publiek(stand(A14, A17)))
    assert len(gehoord) == 1
    assert "geluid=ja" in _ini(publiek, tmp_path)


def _ini(publiek: Publiek, map_: Path) -> str:
    assert publiek._onthoud is not None
    publiek._onthoud.sync()
    return (map_ / "scherm.ini").read_text(encoding="utf-8")


def test_het_scherm_afdekken_laat_de_nummers_in_de_wachtruimte_staan(
    qtbot: QtBot, publiek: Publiek, bij: QWidget
) -> None:
    publiek.set_bron(lambda: NepAvond(stand(A14)))
    publiek.open()
    scherm = publiek.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: zichtbaar(scherm) == ["A14 Balie 2"])
    afdekking = Afdekking(parent=bij)
    afdekking.cover()
    assert zichtbaar(scherm) == ["A14 Balie 2"]
    afdekking.uncover()


def test_esc_sluit_het_publieke_scherm_en_het_programma_loopt_door(
    qtbot: QtBot, publiek: Publiek, bij: QWidget
) -> None:
    publiek.set_bron(lambda: NepAvond(None))
    publiek.open()
    assert publiek.scherm is not None
    qtbot.keyPress(publiek.scherm, "\x1b")
    assert not publiek.is_open
    assert bij.isVisible()


def test_met_een_beeldscherm_staat_het_in_een_gewoon_venster_met_een_waarschuwing(publiek: Publiek) -> None:
    zinnen: list[str] = []
    publiek.melding.connect(zinnen.append)
    publiek.set_bron(lambda: NepAvond(None))
    publiek.open()
    assert zinnen == [EEN_SCHERM]
    assert publiek.scherm is not None
    assert not publiek.scherm.isFullScreen()


def test_een_ander_beeldscherm_gaat_voor_en_de_keuze_van_vorige_keer_daar_weer_voor() -> None:
    eigen, tv, hal = Beeldscherm("Dell 24", eigen=True), Beeldscherm("TV wachtruimte"), Beeldscherm("Hal")
    assert (choose([eigen, tv, hal]).nummer, choose([eigen, tv, hal]).vullend) == (1, True)
    assert choose([eigen, tv, hal], "Hal").nummer == 2
    assert choose([eigen, tv], "Hal").nummer == 1
    assert choose([eigen, tv], "Dell 24").nummer == 1  # nooit vanzelf over het eigen werk
    assert choose([eigen]).zin == EEN_SCHERM
    assert not choose([eigen]).vullend


def test_verplaatsen_gaat_langs_alle_beeldschermen_en_waarschuwt_op_het_eigen() -> None:
    schermen = [Beeldscherm("Dell 24", eigen=True), Beeldscherm("TV"), Beeldscherm("Hal")]
    assert [choose_next(schermen, naam).nummer for naam in ("TV", "Hal", "Dell 24", "weg")] == [2, 0, 1, 0]
    assert (choose_next(schermen, "Hal").zin, choose_next(schermen, "Hal").vullend) == (EIGEN_SCHERM, False)


def test_voor_de_opening_zegt_het_scherm_wanneer_het_begint(scherm: PubliekScherm) -> None:
    scherm.show_beeld(make_publiek(stand(nu="16.40", avond=avond(toestand=AvondToestand.OPEN))))
    assert scherm.zin.text() == "Wij gaan open om 17.00 uur."
    assert zichtbaar(scherm) == []


def test_na_het_wisselen_van_medewerker_gaat_het_publieke_scherm_weer_aan(
    publiek: Publiek, acties: Acties, thema: Thema, achtergrond: Achtergrond, bij: QWidget
) -> None:
    publiek.set_bron(lambda: NepAvond(stand(A14)))
    publiek.open()
    publiek.close_schermen()
    volgende = Publiek(acties, thema, achtergrond, bij, publiek._onthoud)
    assert not volgende.is_open
    volgende.set_bron(lambda: NepAvond(stand(A14)))
    assert volgende.is_open
    assert acties.publiek_scherm.isChecked()
    volgende.close()
    volgende.set_bron(lambda: NepAvond(stand(A14)))
    assert not volgende.is_open  # wie het zelf sluit, houdt het dicht


def test_een_scherm_van_gisteren_gaat_vanmorgen_niet_vanzelf_aan(publiek: Publiek) -> None:
    assert publiek._onthoud is not None
    publiek._onthoud.setValue("publiek/open", "2026-11-01")
    publiek.set_bron(lambda: NepAvond(stand(A14)))
    assert not publiek.is_open
