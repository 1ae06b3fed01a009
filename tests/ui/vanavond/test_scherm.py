"""Het scherm Vanavond zoals een medewerker het gebruikt, op een echte agenda."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.inrichting import Vervolg
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.domain.fouten import Geweigerd
from tests.bouwavond import druk, opname
from tests.services.agendabouw import richt_in, uid
from tests.services.avondbouw import Avond
from tests.storage.bouw import ANDERE_DAG
from tests.ui.vanavond.bouw import NAAM, Werkplek, bouw_los_scherm, gesproken, volledig
from tests.ui.vanavond.conftest import MaakPlek
from ui.achtergrond import Achtergrond
from ui.thema import Thema
from ui.vanavond import balievak
from ui.vanavond.model import BALIE, GASTHEER, LEIDING
from ui.vanavond.verloop import KIJK_MS
from ui.vanavond.werkplek import Avondwerkplek


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def toets(toets: Qt.Key, plek: Werkplek) -> None:
    QTest.keyClick(focus(), toets)
    plek.wait_rust()


def toestand(avond: Avond, id_: str) -> Toestand:
    return avond.nu(id_).toestand


# --- de weg van deur tot klaar ----------------------------------------------------------------------------


def test_met_alleen_toetsen_van_aanmelden_tot_klaar_en_weer_terug(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    plek = maak_plek(rol=GASTHEER)
    assert focus() is plek.scherm.kop.zoek
    QTest.keyClicks(focus(), "luttik")
    toets(Qt.Key.Key_Return, plek)
    toets(Qt.Key.Key_Return, plek)
    assert toestand(avond, ids["A01"]) is Toestand.AANGEMELD
    assert plek.scherm.kop.zoek.text() == ""
    plek.scherm.set_rol(BALIE)
    toets(Qt.Key.Key_Space, plek)
    assert toestand(avond, ids["A01"]) is Toestand.OPGEROEPEN
    toets(Qt.Key.Key_Space, plek)  # Is er
    assert toestand(avond, ids["A01"]) is Toestand.AAN_DE_BALIE
    toets(Qt.Key.Key_Space, plek)  # Klaar: eerst per product wat is gedaan
    assert toestand(avond, ids["A01"]) is Toestand.AAN_DE_BALIE
    toets(Qt.Key.Key_Return, plek)
    assert toestand(avond, ids["A01"]) is Toestand.KLAAR
    QTest.keyClick(plek.scherm, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    plek.wait_rust()
    assert toestand(avond, ids["A01"]) is Toestand.AAN_DE_BALIE


def test_oproepen_opent_nooit_een_klant_dat_doet_alleen_de_eigen_knop(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    plek = maak_plek()
    gezocht: list[str] = []
    plek.scherm.zoek_klant.connect(gezocht.append)
    toets(Qt.Key.Key_Space, plek)
    assert gezocht == []
    plek.scherm.balie.knoppen[balievak.KLANT].click()
    assert gezocht == [ids["A01"]]


def test_twee_keer_klikken_is_een_keer_oproepen(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    for nummer in ("A01", "A02"):
        avond.dienst.arrive(ids[nummer], verzoek_id=uid())
    plek = maak_plek()
    open_ = threading.Event()
    plek.dienst.wacht = lambda: open_.wait(30)
    plek.scherm.balie.oproepen.click()
    plek.scherm.balie.oproepen.click()
    QTest.keyClick(plek.scherm, Qt.Key.Key_Space)
    open_.set()
    plek.wait_rust()
    assert plek.dienst.vragen["call_next"] == 1
    assert toestand(avond, ids["A02"]) is Toestand.AANGEMELD


def test_wat_niet_lukt_staat_bij_de_knop_en_er_verandert_niets(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    plek = maak_plek()
    plek.dienst.fout["call_next"] = Geweigerd("Deze balie is dicht. Kies een andere balie.")
    toets(Qt.Key.Key_Space, plek)
    assert plek.scherm.balie.fout.text() == "Deze balie is dicht. Kies een andere balie."
    assert toestand(avond, ids["A01"]) is Toestand.AANGEMELD
    del plek.dienst.fout["call_next"]
    toets(Qt.Key.Key_Space, plek)
    assert plek.scherm.balie.fout.text() == ""
    assert toestand(avond, ids["A01"]) is Toestand.OPGEROEPEN


def test_waarom_het_niet_is_gedaan_blijft_staan_als_klaar_melden_mislukt(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    plek = maak_plek()
    for _ in range(3):
        toets(Qt.Key.Key_Space, plek)
    vorm = plek.scherm.balie.klaarvorm
    vorm.producten[0].gedaan.click()
    vorm.producten[0].reden.setText("papieren missen")
    plek.dienst.fout["finish"] = AgendaOnbereikbaar("Geen verbinding. Probeer het zo weer.")
    vorm.bewaar.click()
    plek.wait_rust()
    assert vorm.isVisible()
    assert vorm.producten[0].reden.text() == "papieren missen"
    del plek.dienst.fout["finish"]
    vorm.bewaar.click()
    plek.wait_rust()
    assert avond.nu(ids["A01"]).uitkomsten[0].reden == "papieren missen"


def test_bij_klaar_is_het_ophalen_meteen_te_boeken_en_ongedaan_maken_zegt_het_af(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    inrichting, _ = avond.agenda.load_inrichting()
    met_vervolg = tuple(
        replace(p, vervolg=Vervolg("a10", 5)) if p.code == "a15" else p for p in inrichting.producten
    )
    richt_in(avond.plek, replace(inrichting, producten=met_vervolg))
    ids = volledig(avond)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    plek = maak_plek()
    for _ in range(3):
        toets(Qt.Key.Key_Space, plek)
    vorm = plek.scherm.balie.klaarvorm
    plek.wait(lambda: vorm.vervolg.count() > 1)
    assert vorm.gekozen_vervolg is None
    vorm.vervolg.setCurrentIndex(1)
    vorm.bewaar.click()
    plek.wait_rust()
    klaar = avond.nu(ids["A01"])
    assert klaar.toestand is Toestand.KLAAR
    (ophalen,) = avond.agenda.find_afspraken(datum_van=ANDERE_DAG)
    assert (ophalen.nummer, ophalen.vervolg_van) == (klaar.vervolg, ids["A01"])
    assert ophalen.klant.naam == NAAM
    plek.scherm.verloop.undo()
    plek.wait_rust()
    assert avond.nu(ids["A01"]).toestand is Toestand.AAN_DE_BALIE
    (ophalen,) = avond.agenda.find_afspraken(datum_van=ANDERE_DAG)
    assert ophalen.toestand is Toestand.AFGEZEGD, "het ophalen gaat met Klaar mee terug"


# --- namen -------------------------------------------------------------------------------------------------


def test_een_naam_staat_alleen_op_mijn_balie_en_bij_wat_is_gezocht(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    for nummer in ("A01", "A02"):
        avond.dienst.arrive(ids[nummer], verzoek_id=uid())
    plek = maak_plek()
    toets(Qt.Key.Key_Space, plek)
    scherm = plek.scherm
    assert NAAM in gesproken(scherm.balie.nu)
    assert "Scholtenhuis" in gesproken(scherm.balie.volgende)
    for vak in (scherm.lijsten, scherm.rechts, scherm.kop, scherm.zoeken):
        tekst = gesproken(vak)
        assert "Luttikhuis" not in tekst
        assert "Scholtenhuis" not in tekst
        assert "Jansen" not in tekst
    assert "Luttikhuis" not in scherm.window().windowTitle()


def test_een_naam_van_rechts_naar_links_staat_er_zonder_vreemde_tekens(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    wie = avond.boek(17, naam="محمد الأحمد")
    avond.begin()
    avond.klok(17)
    avond.dienst.arrive(wie.id, verzoek_id=uid())
    plek = maak_plek()
    assert plek.scherm.balie.volgende.naam.text() == "محمد الأحمد"


def test_namen_tonen_vouwt_na_een_minuut_dicht(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek()
    plek.scherm.kop.namenknop.click()
    plek.wait(lambda: plek.verloop.toont_namen)
    assert "Luttikhuis" in gesproken(plek.scherm.lijsten)
    assert "60 s" in plek.scherm.kop.namenknop.text()
    plek.klok.nu += 59
    plek.verloop.count()
    assert "Luttikhuis" in gesproken(plek.scherm.lijsten)
    plek.klok.nu += 1
    plek.verloop.count()
    assert "Luttikhuis" not in gesproken(plek.scherm.lijsten)
    assert plek.scherm.lijsten.komt.model.columnCount() == 4
    assert plek.scherm.kop.namenknop.text() == "Namen tonen"


def test_wie_wegkijkt_laat_geen_namen_staan(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek()
    plek.scherm.kop.namenknop.click()
    plek.wait(lambda: plek.verloop.toont_namen)
    QTest.keyClicks(plek.scherm.kop.zoek, "olde")
    plek.wait(lambda: plek.scherm.zoeken.treffers)
    plek.scherm.hide()
    assert "Scholtenhuis" not in gesproken(plek.scherm)
    assert plek.scherm.kop.zoek.text() == ""
    gevraagd = plek.dienst.vragen["load_stand"]
    plek.verloop.count()
    assert plek.dienst.vragen["load_stand"] == gevraagd


# --- volgen ------------------------------------------------------------------------------------------------


def test_elk_venster_kijkt_elke_seconde_en_ziet_dus_binnen_twee_wat_een_ander_doet() -> None:
    assert KIJK_MS <= 1_000


def test_een_stap_van_een_ander_verandert_alleen_de_rijen_waar_zij_over_gaat(
    qtbot: QtBot, thema: Thema, achtergrond: Achtergrond, tmp_path: Path
) -> None:
    """Van 85 bezoekers gaat er een naar WACHT: niets begint opnieuw, en wat blijft houdt zijn plaats."""
    onthoud = Avondwerkplek(QSettings(str(tmp_path / "scherm.ini"), QSettings.Format.IniFormat))
    scherm = bouw_los_scherm(qtbot, thema, achtergrond, onthoud)
    van = druk()
    scherm.show_opname(opname(van))
    komt = next(b for b in van.bezoeken if b.toestand is Toestand.BEVESTIGD)
    erbij = replace(komt, toestand=Toestand.AANGEMELD)
    modellen = (scherm.lijsten.wacht.model, scherm.lijsten.komt.model, scherm.lijsten.klaar.model)
    gedaan: list[str] = []
    for model in modellen:
        model.modelReset.connect(lambda: gedaan.append("opnieuw"))
        model.rowsInserted.connect(lambda *_: gedaan.append("erbij"))
        model.rowsRemoved.connect(lambda *_: gedaan.append("eraf"))
    scherm.show_opname(
        opname(replace(van, bezoeken=tuple(erbij if b.id == komt.id else b for b in van.bezoeken)))
    )
    assert scherm.lijsten.wacht.model.find(komt.id) >= 0
    assert sorted(gedaan) == ["eraf", "erbij"]
    scherm.close_scherm()


def test_twee_vensters_volgen_elkaar_zonder_dat_iemand_iets_doet(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    hier, daar = maak_plek(), maak_plek("j.smit", "balie-3", balie="B3")
    hier.verloop.arrive(ids["A01"], "A01", "lijst")
    daar.wait(lambda: daar.scherm.lijsten.wacht.model.find(ids["A01"]) == 0)
    daar.verloop.call_next()
    hier.wait(lambda: "A01 opgeroepen" in gesproken(hier.scherm.rechts.balies))
    assert hier.scherm.lijsten.wacht.model.rowCount() == 0


def test_een_keuze_in_de_lijst_blijft_staan_als_er_iemand_bij_komt(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A02"], verzoek_id=uid())
    plek = maak_plek()
    tabel = plek.scherm.lijsten.wacht.tabel
    tabel.selectRow(0)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    plek.look()
    assert plek.scherm.lijsten.wacht.model.regel(tabel.currentIndex().row()).volgnummer == "A02"  # type: ignore[union-attr]  # staat er
    assert "A02" in plek.scherm.lijsten.balk.wie.text()


def test_valt_de_agenda_weg_dan_blijft_staan_wat_er_was(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek()
    plek.dienst.fout["load_stand"] = AgendaOnbereikbaar("De agenda is niet bereikbaar.")
    plek.look()
    assert plek.scherm.storing.isVisible()
    assert plek.scherm.lijsten.komt.model.rowCount() == 3
    del plek.dienst.fout["load_stand"]
    plek.look()
    assert not plek.scherm.storing.isVisible()


def test_zonder_verbinding_gaat_het_werk_door_en_staat_er_een_band(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A01"], verzoek_id=uid())
    avond.dienst.arrive(ids["A02"], verzoek_id=uid())
    plek = maak_plek(balie=avond.nu(ids["A01"]).gepland)
    plek.plek.draad.is_weg = True
    plek.look()
    assert plek.scherm.band.tekst.text().startswith("Geen verbinding sinds 17.00 uur. U kunt doorwerken")
    toets(Qt.Key.Key_Space, plek)
    assert plek.scherm.balie.mijn is not None
    assert plek.scherm.balie.mijn.nu is not None
    assert NAAM in gesproken(plek.scherm.balie.nu)
    assert "1 stap" in plek.scherm.band.tekst.text()
    assert toestand(avond, ids["A01"]) is Toestand.AANGEMELD
    plek.plek.draad.is_weg = False
    plek.look()
    plek.wait(lambda: toestand(avond, ids["A01"]) is Toestand.OPGEROEPEN)
    plek.look()
    assert not plek.scherm.band.isVisible()


def test_openen_en_bellen_zeggen_zonder_verbinding_wat_u_kunt_doen_en_de_zin_gaat_vanzelf_weer_weg(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    afspraak = avond.boek(17, 0, naam=NAAM)
    avond.klok(16, 45)
    plek = maak_plek()
    leeg, lijn = plek.scherm.leeg, plek.plek.lijn
    assert lijn.load_contact(afspraak.id) == (NAAM, afspraak.klant.telefoon)
    plek.plek.draad.is_weg = True
    plek.look()
    leeg.knop.click()
    plek.wait(lambda: "Werk zolang op papier" in leeg.fout.text())
    assert leeg.knop.isEnabled()
    naam, telefoon = lijn.load_contact(afspraak.id)
    assert (naam, telefoon) == (NAAM, None)
    plek.plek.draad.is_weg = False
    plek.look()
    assert not leeg.fout.isVisible()
    leeg.knop.click()
    plek.wait_rust()
    plek.look()
    avond.klok(17, 12)
    plek.look()
    plek.scherm.show_bellen(afspraak.id, naam, telefoon)
    assert "Zoek deze klant bovenaan het venster" in gesproken(plek.scherm.rechts)


# --- zonder afspraak ---------------------------------------------------------------------------------------


def fill_zonder(plek: Werkplek) -> None:
    vak = plek.scherm.zonder
    plek.scherm.kop.zonderknop.click()
    plek.wait_rust()
    QTest.keyClicks(vak.wens.product, "10 minuten")
    QTest.keyClick(vak.wens.product, Qt.Key.Key_Return)
    plek.wait(lambda: vak.wens.wens is not None)
    QTest.keyClicks(vak.naam, "P. te Wierik")
    plek.wait(lambda: vak.meld.isEnabled() or vak.noteer.isVisible())


def test_zonder_afspraak_zegt_hoe_laat_het_kan_en_meldt_aan(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    avond.klok(17, 2)
    plek = maak_plek(rol=GASTHEER)
    fill_zonder(plek)
    assert plek.scherm.zonder.zin.text().startswith("Kan om ongeveer 17.")
    assert "wachten ongeveer 10 minuten" in plek.scherm.zonder.zin.text()
    QTest.keyClick(plek.scherm.zonder.naam, Qt.Key.Key_Return)
    plek.wait_rust()
    assert plek.scherm.lijsten.wacht.model.regels[0].volgnummer == "W01"
    assert plek.scherm.zonder.naam.text() == ""


def test_wie_niet_terechtkan_wordt_met_een_klik_geteld_voor_het_verslag(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    volledig(avond)
    plek = maak_plek()
    avond.klok(19, 58)
    plek.look()
    vak = plek.scherm.zonder
    assert not vak.noteer.isVisibleTo(vak)
    fill_zonder(plek)
    assert "sluit om 20.00 uur" in vak.zin.text()
    assert (vak.meld.isVisible(), vak.noteer.isVisible()) == (False, True)
    vak.noteer.click()
    plek.wait_rust()
    assert plek.dienst.vragen["walk_in"] == 0
    geteld = [stap for stap in avond.dienst.load_stappen() if stap.soort == "bezoek_geweigerd"]
    assert [stap.na["waarom"] for stap in geteld] == ["te_laat"]
    assert (vak.naam.text(), vak.isVisible()) == ("", False)


def test_lukt_aanmelden_zonder_afspraak_niet_dan_is_er_niets_getypt_weg(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    volledig(avond)
    avond.klok(17, 2)
    plek = maak_plek(rol=GASTHEER)
    fill_zonder(plek)
    plek.dienst.fout["walk_in"] = AgendaOnbereikbaar("Geen verbinding. Probeer het zo weer.")
    plek.scherm.zonder.meld.click()
    plek.wait_rust()
    vak = plek.scherm.zonder
    assert vak.isVisible()
    assert vak.naam.text() == "P. te Wierik"
    assert vak.wens.wens is not None
    assert "Geen verbinding" in vak.zin.text()


# --- rollen en standen -------------------------------------------------------------------------------------


def test_de_rol_zet_de_focus_en_blijft_van_deze_werkplek(avond: Avond, maak_plek: MaakPlek) -> None:
    ids = volledig(avond)
    avond.dienst.arrive(ids["A02"], verzoek_id=uid())
    avond.klok(17, 15)
    plek = maak_plek(rol=GASTHEER)
    assert focus() is plek.scherm.kop.zoek
    plek.scherm.kop.rollen[BALIE].click()
    assert focus() is plek.scherm.balie.oproepen
    plek.scherm.kop.rollen[LEIDING].click()
    assert plek.scherm.rechts.isAncestorOf(focus())
    assert plek.onthoud.rol == LEIDING


def test_zonder_balie_kiest_men_eerst_welke_men_is(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek(balie="")
    plek.scherm.set_rol(BALIE)
    assert focus().accessibleName() == "Ik ben Balie 1"
    toets(Qt.Key.Key_Return, plek)
    assert plek.scherm.balie.titel.text() == "Mijn balie: Balie 1"
    assert plek.onthoud.balie == "B1"


def test_een_avond_die_nog_niet_open_is_opent_men_hier(avond: Avond, maak_plek: MaakPlek) -> None:
    avond.boek(17)
    avond.klok(16, 40)
    plek = maak_plek()
    assert "nog niet open" in plek.scherm.leeg.kop.text()
    assert not plek.scherm.kop.zoek.isEnabled()
    gevraagd: list[bool] = []
    plek.scherm.druk_af.connect(lambda: gevraagd.append(True))
    plek.scherm.leeg.ook.click()
    assert gevraagd == [True], "de papieren lijst wordt hier aangeboden"
    plek.scherm.leeg.knop.click()
    plek.wait_rust()
    assert plek.scherm.midden.currentWidget() is plek.scherm.indeling
    lijsten = plek.scherm.lijsten
    assert lijsten.komt.model.regels[0].volgnummer == "A01"
    assert lijsten.wacht.height() < lijsten.komt.height(), "een lege lijst houdt geen plaats vrij"


def test_een_afgesloten_avond_zegt_hoe_zij_afliep_en_wijst_naar_het_verslag(
    avond: Avond, maak_plek: MaakPlek
) -> None:
    afspraak = avond.boek(17)
    avond.begin()
    avond.klok(17, 30)
    avond.dienst.no_show(afspraak.id, verzoek_id=uid())
    avond.dienst.close_avond(verzoek_id=uid())
    plek = maak_plek()
    assert plek.scherm.leeg.kop.text() == "De avond van do 3 dec is afgesloten."
    assert plek.scherm.leeg.zin.text() == "Klaar 0 – Niet gekomen 1"
    gevraagd: list[bool] = []
    plek.scherm.verslag.connect(lambda: gevraagd.append(True))
    plek.scherm.leeg.knop.click()
    assert gevraagd == [True]


def test_wie_kijkt_vraagt_de_agenda_niet_steeds_om_alle_stappen(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek()
    plek.look()
    gevraagd = plek.dienst.vragen["nakijken"]
    for _ in range(4):
        plek.look()
    assert plek.dienst.vragen["nakijken"] <= gevraagd + 1
    assert plek.dienst.vragen["load_namen"] == 0


def test_bijgewerkt_loopt_door_als_er_niets_gebeurt(avond: Avond, maak_plek: MaakPlek) -> None:
    volledig(avond)
    plek = maak_plek()
    avond.klok(17, 0, 40)
    plek.look()
    assert plek.scherm.bijgewerkt.text().startswith("Bijgewerkt 17.00.4")


def test_zonder_avond_staat_er_wanneer_de_volgende_is(avond: Avond, maak_plek: MaakPlek) -> None:
    plek = maak_plek()  # maandag
    assert plek.scherm.leeg.kop.text() == "Vanavond is er geen avondopenstelling."
    assert "donderdag 3 december, 17.00 tot 20.00 uur" in plek.scherm.leeg.zin.text()
    assert "--avond nu" not in plek.scherm.leeg.onder.text()
    plek.scherm.leeg.demo = True
    plek.scherm.leeg.show_geen("")
    assert "--avond nu" in plek.scherm.leeg.onder.text()
