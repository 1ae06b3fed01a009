"""Het venster als geheel: te bedienen zonder muis, leesbaar voor hulptechniek, altijd een schone titel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import GeheimFout, ProfielFout
from frontoffice.registratiepoort import WinkelFout
from tests.bouwers import BSN
from tests.ui.conftest import MaakVenster, Wereld
from ui.achtergrond import Achtergrond
from ui.acties import Acties, gewone_tekst
from ui.hoofdvenster import DEMO, Hoofdvenster
from ui.hulp import OVER, SNELTOETSEN, Hulpvenster, build_diagnose, load_onderwerpen
from ui.instellingen import Instellingen
from ui.thema import Thema
from ui.vangnet import Vangnet


@pytest.fixture(autouse=True)
def hulptechniek(qapp: QApplication) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def open_klant(qtbot: QtBot, venster: Hoofdvenster) -> None:
    venster.zoekveld.setFocus()
    qtbot.keyClicks(venster.zoekveld, BSN)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)


def press(
    venster: QWidget, toets: Qt.Key, extra: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(venster.windowHandle(), toets, extra)


def walk(kant: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if kant is not None and kant.isValid():
        yield kant
        for i in range(kant.childCount()):
            yield from walk(kant.child(i))


def check_boom(venster: QWidget) -> None:
    """Alles wat de focus kan krijgen heeft een naam van hoogstens 60 tekens; geen twee knoppen dezelfde."""
    zonder, knoppen = [], Counter[str]()
    for kant in walk(QAccessible.queryAccessibleInterface(venster)):
        stand = kant.state()
        if not stand.focusable or stand.invisible or (not stand.active and kant.object() is None):
            continue
        naam = kant.text(QAccessible.Text.Name)
        if not naam.strip():
            zonder.append(f"{kant.role()} {type(kant.object()).__name__}")
        assert len(naam) <= 60 or kant.role() == QAccessible.Role.ListItem, naam
        if kant.role() == QAccessible.Role.Button:
            knoppen[naam] += 1
    assert zonder == []
    assert [naam for naam, aantal in knoppen.items() if aantal > 1] == []


def walk_tab(qtbot: QtBot, venster: QWidget, toets: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """De widgets die Tab bereikt, tot de eerste weer aan de beurt is."""
    bereikt: list[QWidget] = []
    for _ in range(200):
        focus = QApplication.focusWidget()
        assert focus is not None
        if bereikt and focus is bereikt[0]:
            return bereikt
        assert focus not in bereikt, f"Tab blijft hangen bij {focus.accessibleName()}"
        bereikt.append(focus)
        press(venster, toets)
    raise AssertionError("Tab komt niet terug bij het begin")


# --- hulptechniek ------------------------------------------------------------------------------------------


def test_in_het_venster_zonder_klant_heeft_alles_een_naam(venster: Hoofdvenster) -> None:
    check_boom(venster)


def test_in_het_venster_met_klant_heeft_alles_een_naam(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    check_boom(venster)


def test_in_zoekpaneel_palet_en_dek_heeft_alles_een_naam(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    qtbot.keyClicks(venster.zoekveld, "0612345678")
    check_boom(venster)
    acties.palet.trigger()
    check_boom(venster)
    venster.palet.close_palet()
    venster.afdekking.cover()
    check_boom(venster)


def test_in_het_hulpvenster_heeft_alles_een_naam(
    qtbot: QtBot, thema: Thema, acties: Acties, eigen_omgeving: Path
) -> None:
    hulp = Hulpvenster(acties, thema, eigen_omgeving, band=DEMO)
    qtbot.addWidget(hulp)
    for naam in ("zoeken", SNELTOETSEN, OVER):
        hulp.open(naam)
        check_boom(hulp)


def test_op_de_foutbladzijde_heeft_alles_een_naam(maak_venster: MaakVenster) -> None:
    venster = maak_venster(None)
    venster.show_startfout(ProfielFout(("De url van zaken ontbreekt.", "De rol kcc bestaat niet.")))
    check_boom(venster)


@pytest.mark.parametrize("met_klant", [False, True])
def test_tab_loopt_rond_en_blijft_nergens_hangen(
    qtbot: QtBot, venster: Hoofdvenster, met_klant: bool
) -> None:
    if met_klant:
        open_klant(qtbot, venster)
    venster.zoekveld.setFocus()
    heen = walk_tab(qtbot, venster)
    terug = walk_tab(qtbot, venster, Qt.Key.Key_Backtab)
    assert len(heen) >= 2
    assert {id(w) for w in heen} == {id(w) for w in terug}


def test_vaste_namen_voor_schermlezers_en_scripts(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    namen = {kant.text(QAccessible.Text.Name) for kant in walk(QAccessible.queryAccessibleInterface(venster))}
    assert {"Klant in Focus", "Zoeken", "Wat speelt er", "Tijdlijn", "Open zaken", "Klant"} <= namen


def test_de_statusregel_is_als_tekst_te_lezen(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    namen = " ".join(
        k.text(QAccessible.Text.Name) for k in walk(QAccessible.queryAccessibleInterface(venster))
    )
    assert "Bijgewerkt" in venster.statusregel.stand.text()
    assert venster.statusregel.stand.text() in namen


def test_een_agenda_van_alleen_deze_pc_blijft_in_de_statusregel_staan(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    wereld.agenda_alleen_deze_pc = True
    venster = maak_venster(wereld.build())
    open_klant(qtbot, venster)
    venster.statusregel.show_melding("Gekopieerd")
    venster.resize(venster.minimumSize())
    QApplication.processEvents()
    agenda = venster.statusregel.agenda
    assert agenda.isVisible()
    assert not agenda.is_afgekapt
    namen = {k.text(QAccessible.Text.Name) for k in walk(QAccessible.queryAccessibleInterface(venster))}
    assert "Agenda: alleen deze pc" in namen


def test_een_gedeelde_agenda_zegt_niets_in_de_statusregel(venster: Hoofdvenster) -> None:
    assert not venster.statusregel.agenda.isVisible()


def test_elke_knop_is_groot_genoeg(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    for knop in venster.findChildren(QAbstractButton):
        if knop.isVisible():
            assert knop.height() >= 24, knop.accessibleName()
            assert knop.width() >= 24, knop.accessibleName()


# --- venster -----------------------------------------------------------------------------------------------


def test_de_titel_noemt_nooit_een_klant(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    assert venster.windowTitle() == "Klant in Focus"
    assert all("Jansen" not in w.windowTitle() for w in QApplication.topLevelWidgets())


def test_de_demonstratie_staat_altijd_in_beeld(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    venster = maak_venster(wereld.build())
    open_klant(qtbot, venster)
    zichtbaar = [k.text(QAccessible.Text.Name) for k in walk(QAccessible.queryAccessibleInterface(venster))]
    assert DEMO in zichtbaar


def test_buiten_de_demonstratie_is_er_geen_band(maak_venster: MaakVenster, wereld: Wereld) -> None:
    wereld.demo = False
    venster = maak_venster(wereld.build())
    assert not venster._demoband.isVisible()


def test_het_venster_past_op_een_klein_scherm_en_op_tweehonderd_procent(venster: Hoofdvenster) -> None:
    assert venster.minimumSizeHint().width() <= 683
    assert venster.minimumSizeHint().height() <= 384 - 30


def test_ctrl_k_selecteert_de_zoektekst_van_overal(qtbot: QtBot, venster: Hoofdvenster) -> None:
    qtbot.keyClicks(venster.zoekveld, "Jansen")
    knop = venster._dekknop
    knop.setFocus()
    press(venster, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert venster.zoekveld.hasFocus()
    assert venster.zoekveld.selectedText() == "Jansen"


def test_een_klant_sluiten_geeft_het_startscherm_met_de_recente_klant(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    open_klant(qtbot, venster)
    assert acties.klant_sluiten.isEnabled()
    acties.klant_sluiten.trigger()
    assert venster.scherm is not None
    assert venster.scherm.current is None
    assert not acties.klant_sluiten.isEnabled()
    namen = [kant.text(QAccessible.Text.Name) for kant in walk(QAccessible.queryAccessibleInterface(venster))]
    assert any("Jansen" in naam for naam in namen)


def test_een_ander_gesprek_verplaatst_de_focus_niet(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    assert venster.zoekveld.hasFocus()
    venster.show_storing("Er ging iets mis.")
    venster.statusregel.show_melding("Gekopieerd")
    assert venster.zoekveld.hasFocus()


def test_een_programmeerfout_wordt_een_regel_met_nummer_en_geen_dialoog(
    qtbot: QtBot, venster: Hoofdvenster, capsys: pytest.CaptureFixture[str]
) -> None:
    vangnet = Vangnet()
    vangnet.gemeld.connect(venster.show_storing)
    fout = ValueError("gegevens van mevrouw Jansen")
    vangnet.handle(type(fout), fout, None)
    assert venster._storing.isVisible()
    assert "nummer F" in venster._storing.tekst.text()
    assert "Jansen" not in venster._storing.tekst.text() + capsys.readouterr().err


def test_alle_profielfouten_staan_tegelijk_op_de_foutbladzijde(
    qtbot: QtBot, maak_venster: MaakVenster
) -> None:
    venster = maak_venster(None)
    venster.show_startfout(ProfielFout(("De url van zaken ontbreekt.", "De rol kcc bestaat niet.")))
    tekst = venster._startfout._fouten.toPlainText()
    assert "De url van zaken ontbreekt." in tekst
    assert "De rol kcc bestaat niet." in tekst
    with qtbot.waitSignal(venster.opnieuw_starten):
        qtbot.mouseClick(venster._startfout.knop, Qt.MouseButton.LeftButton)
    venster.show_startfout(GeheimFout("Het geheim zaken ontbreekt."))
    assert "Het geheim zaken ontbreekt." in venster._startfout._fouten.toPlainText()


def test_plaats_en_kleuren_blijven_bewaard_maar_niets_over_een_klant(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, eigen_omgeving: Path, thema: Thema
) -> None:
    venster = maak_venster(wereld.build())
    open_klant(qtbot, venster)
    venster.resize(1000, 640)
    thema.set_keuze("donker")
    venster.close()
    thema.set_keuze("licht")
    bewaard = Instellingen(eigen_omgeving)
    assert bewaard.kleuren == "donker"
    inhoud = bewaard.bestand.read_bytes()
    assert b"Jansen" not in inhoud
    assert BSN.encode() not in inhoud
    tweede = maak_venster(None)
    qtbot.waitUntil(lambda: tweede.size().width() in (1000, 1280))


def test_een_venster_dat_buiten_elk_scherm_stond_komt_terug_in_beeld(
    maak_venster: MaakVenster, eigen_omgeving: Path
) -> None:
    venster = maak_venster(None)
    venster.move(5_000, 4_000)
    instellingen = Instellingen(eigen_omgeving)
    instellingen.save_venster(venster)
    venster.move(0, 0)
    instellingen.restore_venster(venster, QSize(1360, 860))
    schermen = [scherm.availableGeometry() for scherm in QGuiApplication.screens()]
    assert any(scherm.intersects(QRect(venster.pos(), QSize(200, 30))) for scherm in schermen)


def test_kapotte_instellingen_gelden_als_leeg(maak_venster: MaakVenster, eigen_omgeving: Path) -> None:
    (eigen_omgeving / "scherm.ini").write_bytes(b"\x00\xff[kapot\nkleuren=paars\nvergroting=heel groot\n")
    instellingen = Instellingen(eigen_omgeving)
    assert instellingen.kleuren == "systeem"
    assert instellingen.vergroting == 1.0
    instellingen.qsettings.setValue("venster/plaats", QByteArray(b"rommel"))
    assert maak_venster(None).isVisible()


# --- palet en hulp -----------------------------------------------------------------------------------------


def test_het_palet_vindt_een_opdracht_op_een_paar_letters_en_voert_haar_uit(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    press(venster, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert venster.palet.veld.hasFocus()
    qtbot.keyClicks(venster.palet.veld, "dek scherm")
    qtbot.keyClick(venster.palet.veld, Qt.Key.Key_Return)
    assert venster.afdekking.is_afgedekt


def test_het_palet_toont_elke_opdracht_die_nu_kan(venster: Hoofdvenster, acties: Acties) -> None:
    acties.palet.trigger()
    model = venster.palet.lijst.rijen
    getoond = {rij.titel for i in range(model.rowCount()) if (rij := model.rij(model.index(i)))}
    verwacht = {
        gewone_tekst(actie)
        for gegevens, actie in acties
        if actie.isEnabled() and gegevens.naam != "palet" and not gegevens.scherm
    }
    assert getoond == verwacht


def test_escape_sluit_het_palet_en_geeft_de_focus_terug(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    venster._dekknop.setFocus()
    acties.palet.trigger()
    qtbot.keyClick(venster.palet.veld, Qt.Key.Key_Escape)
    assert not venster.palet.isVisible()
    assert venster._dekknop.hasFocus()


def test_f1_gaat_over_dit_scherm(qtbot: QtBot, venster: Hoofdvenster) -> None:
    press(venster, Qt.Key.Key_F1)
    hulp = venster._hulp
    assert hulp is not None
    assert hulp.titel.text() == "Een klant zoeken"
    open_klant(qtbot, venster)
    venster.activateWindow()
    qtbot.waitUntil(venster.isActiveWindow)
    press(venster, Qt.Key.Key_F1)
    assert hulp.titel.text() == "Het klantbeeld"


def test_hulp_is_te_doorzoeken(qtbot: QtBot, venster: Hoofdvenster, acties: Acties) -> None:
    acties.hulp.trigger()
    hulp = venster._hulp
    assert hulp is not None
    qtbot.keyClicks(hulp.veld, "geheimhouding")
    assert hulp.titel.text() == "Het klantbeeld"
    qtbot.keyClicks(hulp.veld, "xyz")
    assert hulp.titel.text() == "Niets gevonden"


def test_de_sneltoetsen_noemen_elke_toets(venster: Hoofdvenster, acties: Acties) -> None:
    acties.sneltoetsen.trigger()
    assert venster._hulp is not None
    tekst = venster._hulp.tekst.toPlainText()
    for gegevens, _ in acties:
        if gegevens.toets and gegevens.menu:
            assert gegevens.toets in tekst


def test_hulpteksten_hebben_korte_zinnen() -> None:
    onderwerpen = load_onderwerpen()
    assert len(onderwerpen) >= 5
    for onderwerp in onderwerpen:
        zinnen = [z for regel in onderwerp.tekst.splitlines() for z in regel.replace("?", ".").split(". ")]
        lang = [zin for zin in zinnen if len(zin.split()) > 20]
        assert lang == [], onderwerp.naam


def test_de_diagnose_gaat_naar_het_klembord_zonder_klant(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties, thema: Thema, eigen_omgeving: Path
) -> None:
    open_klant(qtbot, venster)
    acties.over.trigger()
    assert venster._hulp is not None
    qtbot.mouseClick(venster._hulp.kopieer, Qt.MouseButton.LeftButton)
    tekst = QApplication.clipboard().text()
    assert tekst == build_diagnose(eigen_omgeving, thema)
    assert "Klant in Focus" in tekst
    assert BSN not in tekst


def test_de_voorbeelden_in_de_hulp_worden_echt_herkend(wereld: Wereld) -> None:
    herken: Callable[[str], object] = wereld.build().zoeken.herken
    uitleg = next(onderwerp.tekst for onderwerp in load_onderwerpen() if onderwerp.naam == "zoeken")
    for voorbeeld in ("06 12 34 56 78", "+31 6 12345678", "Jansen 1-12-1985", "7581 AB 12"):
        assert voorbeeld in uitleg
        assert herken(voorbeeld), voorbeeld


def test_een_voorbeeld_van_de_demonstratie_zoekt_en_opent_met_een_klik(
    qtbot: QtBot, maak_venster: MaakVenster
) -> None:
    wereld = Wereld()
    wereld.add_inwoner()
    wereld.voorbeelden = (("Iemand met van alles wat", BSN),)
    venster = maak_venster(wereld.build())
    venster._start.gezocht.emit(BSN)
    qtbot.waitUntil(lambda: venster.scherm is not None and venster.scherm.current is not None)


def test_buiten_de_demonstratie_zijn_er_geen_voorbeelden(maak_venster: MaakVenster) -> None:
    wereld = Wereld()
    venster = maak_venster(wereld.build())
    assert not venster._start._probeerblok.isVisibleTo(venster._start)


def test_na_sluiten_is_er_geen_werk_meer(
    qtbot: QtBot, maak_venster: MaakVenster, achtergrond: Achtergrond
) -> None:
    wereld = Wereld()
    wereld.add_inwoner()
    wereld.personen.houd_vast("load_persoon")
    venster = maak_venster(wereld.build())
    venster.zoekveld.setFocus()
    qtbot.keyClicks(venster.zoekveld, BSN)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "load_persoon" in wereld.vragen)
    venster.close()
    qtbot.waitUntil(lambda: achtergrond.bezig == 0)
    wereld.personen.laat_los("load_persoon")
    wereld.uitvoerder.close()


def test_een_klant_die_niet_is_vast_te_leggen_gaat_weer_dicht_en_de_reden_blijft_staan(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WinkelFout("Dit gaat nu niet open: de schijf is vol. Maak ruimte vrij.", code="winkel_vol")

    wereld.logboek.note = refuse  # type: ignore[method-assign]  # een schijf die vol is
    venster = maak_venster(wereld.build())
    venster.show()
    venster.zoekveld.setFocus()
    qtbot.keyClicks(venster.zoekveld, BSN)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "schijf is vol" in venster._storing.tekst.text())
    assert venster._storing.isVisible()
    assert venster.scherm is not None
    assert venster.scherm.current is None
    assert wereld.personen.aanroepen == []
