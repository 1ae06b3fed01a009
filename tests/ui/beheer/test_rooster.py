"""Het rooster van een avond: alles met het toetsenbord, alle fouten samen, en eerst zien wat het doet."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester

from frontoffice.agenda.inrichting import DienstToestand
from frontoffice.services.inrichten import Wijziging
from tests.services.agendabouw import DAG, DONDERDAGEN, VOLGENDE, boek, uid
from tests.ui.beheer.conftest import LEEG, Werk
from ui.beheer.roostervak import RoosterVak
from ui.beheer.velden import read_tijd


@pytest.fixture
def rooster(werk: Werk) -> RoosterVak:
    werk.start()
    werk.scherm.open_rooster(DAG)
    return werk.scherm.rooster


def zet(vak: RoosterVak, rij: int, kolom: str, waarde: object) -> None:
    model = vak.diensten
    model.setData(model.index(rij, model.kolom_van(kolom)), waarde)


def cel(vak: RoosterVak, rij: int, kolom: str) -> object:
    return vak.diensten.rijen[rij].cellen[kolom]


def test_een_tijd_wijzigt_met_alleen_toetsen(werk: Werk, rooster: RoosterVak) -> None:
    rooster.tabel.go_to(0, "tot")
    werk.druk(Qt.Key.Key_Return, rooster.tabel)
    veld = QApplication.focusWidget()
    assert isinstance(veld, QLineEdit)
    veld.selectAll()
    for teken in "1900":
        werk.druk(teken, veld)
    werk.druk(Qt.Key.Key_Return, veld)
    werk.wacht(lambda: cel(rooster, 0, "tot") == "1900")
    rooster.propose()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    eerste = next(d for d in werk.inrichting.diensten_op[DAG] if d.balie == "B1")
    assert eerste.tot == time(19)


def test_kiezen_gaat_met_enter_pijl_en_enter(werk: Werk, rooster: RoosterVak) -> None:
    rooster.tabel.go_to(0, "toestand")
    werk.druk(Qt.Key.Key_Return, rooster.tabel)
    keuze = rooster.tabel.indexWidget(rooster.tabel.currentIndex()) or next(
        w for w in rooster.tabel.findChildren(QComboBox)
    )
    assert isinstance(keuze, QComboBox)
    keuze.setCurrentIndex(list(DienstToestand).index(DienstToestand.ZIEK))
    keuze.activated.emit(keuze.currentIndex())
    assert cel(rooster, 0, "toestand") is DienstToestand.ZIEK


def test_insert_voegt_een_regel_toe_en_delete_haalt_hem_weg(werk: Werk, rooster: RoosterVak) -> None:
    rooster.tabel.go_to(0, "van")
    werk.druk(Qt.Key.Key_Insert, rooster.tabel)
    assert rooster.diensten.rowCount() == 3
    assert rooster.tabel.currentIndex().row() == 2
    werk.druk(Qt.Key.Key_Delete, rooster.tabel)
    assert rooster.diensten.rowCount() == 2


def test_tab_gaat_uit_de_tabel_verder(werk: Werk, rooster: RoosterVak) -> None:
    rooster.tabel.go_to(0, "van")
    werk.druk(Qt.Key.Key_Tab, rooster.tabel)
    assert QApplication.focusWidget() is not rooster.tabel


def test_alle_fouten_staan_er_tegelijk_en_er_gaat_niets_verloren(werk: Werk, rooster: RoosterVak) -> None:
    zet(rooster, 0, "van", "25.00")
    zet(rooster, 1, "tot", "16.00")
    rooster.add_dienst()
    rooster.propose()
    werk.wacht(rooster.fouten.isVisible)
    zinnen = [rooster.fouten.rijen.index(n).data() for n in range(rooster.fouten.rijen.rowCount())]
    assert any(z.startswith("Werktijden, regel 1, Van: Deze tijd bestaat niet.") for z in zinnen)
    assert any(z.startswith("Werktijden, regel 2, Van:") and "Wissel de tijden om." in z for z in zinnen)
    assert any(z.startswith("Werktijden, regel 3, Wie: Kies wie er werkt.") for z in zinnen)
    assert cel(rooster, 0, "van") == "25.00"
    assert rooster.is_vuil
    assert rooster.tabel.currentIndex().row() == 0
    model = rooster.diensten
    gesproken = model.index(0, model.kolom_van("van")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Deze tijd bestaat niet." in gesproken
    assert werk.scherm.stapel.currentWidget() is rooster


def test_een_fout_kiezen_gaat_naar_de_cel(werk: Werk, rooster: RoosterVak) -> None:
    zet(rooster, 0, "van", "")
    zet(rooster, 1, "tot", "x")
    rooster.propose()
    werk.wacht(rooster.fouten.isVisible)
    rooster.fouten.setCurrentIndex(rooster.fouten.rijen.index(1))
    werk.druk(Qt.Key.Key_Return, rooster.fouten)
    assert rooster.tabel.currentIndex().row() == 1
    assert rooster.tabel.currentIndex().column() == rooster.diensten.kolom_van("tot")


def test_twee_mensen_aan_een_balie_is_een_fout_in_de_cel_van_de_balie(
    werk: Werk, rooster: RoosterVak
) -> None:
    zet(rooster, 1, "balie", "B1")
    rooster.propose()
    werk.wacht(rooster.fouten.isVisible)
    assert "Balie: Aan Balie 1 staan op do 3 dec 2026" in werk.tekst


def test_iemand_ziek_zet_afspraken_ongemerkt_aan_een_andere_balie(werk: Werk) -> None:
    boek(werk.agenda, 17, product="a15")
    boek(werk.agenda, 17, product="a15")
    boek(werk.agenda, 18, product="a15")
    werk.start()
    werk.scherm.open_rooster(DAG)
    rooster = werk.scherm.rooster
    zet(rooster, 1, "toestand", DienstToestand.ZIEK)
    rooster.propose()
    werk.wacht_op_gevolgen()
    assert len(werk.scherm.gevolgen.model.rijen) == 1
    assert werk.te_verzetten == 0
    werk.bewaar()
    assert werk.te_verzetten == 1
    assert len(werk.afspraken()) == 3


def test_een_lege_avond_neemt_het_rooster_van_een_andere_over(werk: Werk) -> None:
    werk.start()
    werk.kies(LEEG)
    werk.find("Kopieer een avond").click()
    rooster = werk.scherm.rooster
    assert QApplication.focusWidget() is rooster.bron
    assert "Het rooster is nog niet ingevuld." in werk.tekst
    rooster.bron.setCurrentText("do 3 dec")
    werk.find("Neem dit rooster over").click()
    assert rooster.diensten.rowCount() == 2
    assert not werk.inrichting.diensten_op.get(LEEG)
    rooster.verder.click()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    assert {d.medewerker for d in werk.inrichting.diensten_op[LEEG]} == {"m1", "m2"}
    assert len({d.id for d in werk.inrichting.diensten}) == len(werk.inrichting.diensten)


def test_een_avond_kopieren_naar_andere_avonden(werk: Werk) -> None:
    werk.start()
    werk.kies(DAG)
    werk.find("Kopieer naar andere avonden").click()
    werk.find("Kies alle avonden zonder rooster").click()
    werk.find("Bekijk wat dit doet").click()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    assert len(werk.inrichting.diensten_op[LEEG]) == 2


def test_een_pauze_erbij_komt_in_de_agenda(werk: Werk, rooster: RoosterVak) -> None:
    rooster.add_pauze()
    model = rooster.blokkades
    for kolom, waarde in (("wie", "balie:B1"), ("van", "18.15"), ("tot", "18.30")):
        model.setData(model.index(0, model.kolom_van(kolom)), waarde)
    rooster.propose()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    (pauze,) = werk.inrichting.blokkades_op[DAG]
    assert (pauze.balie, pauze.van, pauze.tot, pauze.reden) == ("B1", time(18, 15), time(18, 30), "pauze")


def _collega_wijzigt(werk: Werk) -> None:
    dienst = next(d for d in werk.inrichting.diensten_op[DAG] if d.balie == "B2")
    nieuw = replace(dienst, tot=time(19, 30))
    gevolgen = werk.collega.avonden.preview((Wijziging("diensten", (nieuw,)),))
    werk.collega.avonden.apply(gevolgen, verzoek_id=uid())


def test_wie_tegelijk_wijzigt_ziet_wie_eerder_was_en_houdt_zijn_invoer(
    werk: Werk, rooster: RoosterVak
) -> None:
    zet(rooster, 0, "tot", "19.00")
    _collega_wijzigt(werk)
    rooster.propose()
    werk.wacht(lambda: "Intussen gewijzigd door j.smit" in werk.tekst)
    assert cel(rooster, 0, "tot") == "19.00"
    assert next(d for d in werk.inrichting.diensten_op[DAG] if d.balie == "B1").tot == time(20)


def test_een_collega_net_voor_het_bewaren_wordt_niet_overschreven(werk: Werk, rooster: RoosterVak) -> None:
    zet(rooster, 0, "tot", "19.00")
    rooster.propose()
    werk.wacht_op_gevolgen()
    _collega_wijzigt(werk)
    werk.scherm.gevolgen.bewaarknop.click()
    werk.wacht(lambda: "Intussen gewijzigd door j.smit" in werk.tekst)
    tot = {d.balie: d.tot for d in werk.inrichting.diensten_op[DAG]}
    assert tot == {"B1": time(20), "B2": time(19, 30)}
    assert cel(rooster, 0, "tot") == "19.00"


def test_een_collega_aan_een_andere_avond_zit_niet_in_de_weg(werk: Werk, rooster: RoosterVak) -> None:
    zet(rooster, 0, "tot", "19.00")
    rooster.propose()
    werk.wacht_op_gevolgen()
    ander = replace(werk.inrichting.diensten_op[VOLGENDE][0], tot=time(19))
    gevolgen = werk.collega.avonden.preview((Wijziging("diensten", (ander,)),))
    werk.collega.avonden.apply(gevolgen, verzoek_id=uid())
    werk.bewaar()
    assert next(d for d in werk.inrichting.diensten_op[DAG] if d.balie == "B1").tot == time(19)
    assert next(d for d in werk.inrichting.diensten_op[VOLGENDE] if d.id == ander.id).tot == time(19)


def test_de_geschiedenis_kent_ook_wie_uit_het_rooster_ging(werk: Werk, rooster: RoosterVak) -> None:
    rooster.tabel.go_to(1, "van")
    werk.druk(Qt.Key.Key_Delete, rooster.tabel)
    rooster.propose()
    werk.wacht_op_gevolgen()
    werk.bewaar()
    werk.scherm.verloop.load_avondgeschiedenis("donderdag 3 december", DAG)
    werk.wacht(lambda: werk.scherm.stapel.currentWidget() is werk.scherm.geschiedenis)
    assert "Werktijd van Medewerker m2 weggehaald" in werk.tekst
    assert "s.bos" in werk.tekst


def test_getypt_werk_blijft_staan_als_men_even_ergens_anders_kijkt(werk: Werk, rooster: RoosterVak) -> None:
    zet(rooster, 0, "tot", "19.00")
    werk.scherm.show_deel("maand")
    werk.scherm.open_rooster(DAG)
    assert cel(rooster, 0, "tot") == "19.00"
    werk.scherm.open_rooster(DONDERDAGEN[1])
    assert rooster.datum == DAG
    assert "U was bezig met het rooster van do 3 dec." in werk.tekst


@pytest.mark.parametrize(
    ("getypt", "tijd"),
    [("18.30", time(18, 30)), ("1830", time(18, 30)), ("9:05", time(9, 5)), ("18", time(18))],
)
def test_een_tijd_mag_op_meer_manieren(getypt: str, tijd: time) -> None:
    assert read_tijd(getypt) == tijd


@pytest.mark.parametrize("getypt", ["", "x", "25.00", "18.60", "-1", "18.30.00.00"])
def test_wat_geen_tijd_is_wordt_geweigerd(getypt: str) -> None:
    with pytest.raises(ValueError, match=r"tijd|Deze"):
        read_tijd(getypt)


def test_de_tabellen_zijn_goede_modellen(werk: Werk, rooster: RoosterVak, qtmodeltester: ModelTester) -> None:
    modellen: list[QAbstractItemModel] = [rooster.diensten, rooster.blokkades, werk.scherm.maand.model]
    for model in modellen:
        qtmodeltester.check(model)


def test_overnemen_en_weghalen_zijn_ongedaan_te_maken(werk: Werk) -> None:
    werk.start()
    werk.scherm.open_rooster(DAG)
    vak = werk.scherm.rooster
    voor = [dict(rij.cellen) for rij in vak.diensten.rijen]
    werk.find("Neem dit rooster over").click()
    vak.tabel.setFocus()
    werk.druk(Qt.Key.Key_Delete, vak.tabel)
    assert len(vak.diensten.rijen) == len(voor) - 1
    for _ in range(2):
        werk.find("Werktijden: ongedaan maken").click()
    assert [dict(rij.cellen) for rij in vak.diensten.rijen] == voor
    assert not werk.find("Werktijden: ongedaan maken").isEnabled()
