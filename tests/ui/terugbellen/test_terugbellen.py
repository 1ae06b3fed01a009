"""Terugbellen op het scherm: met het toetsenbord, zonder dialogen, en met een collega die eerder was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.domain.concept import Actorsoort, Afdeling, Terugbelverzoek
from frontoffice.domain.fouten import Onbereikbaar
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.taakwijziging import Taakvelden
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Aanroep
from frontoffice.takenpoort import Taakcontact
from tests.nep import NU, VANDAAG
from tests.ui.conftest import MaakVenster, Wereld
from tests.ui.terugbellen.bouw import BURGERZAKEN, MIJ, add, add_actoren, fill
from ui.acties import Acties
from ui.hoofdvenster import Hoofdvenster
from ui.terugbellen.scherm import TerugbelScherm
from ui.terugbellen.verloop import Terugbelverloop

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wereld(wereld: Wereld) -> Wereld:
    add_actoren(wereld)
    return wereld


class Werk:
    """Het venster met Terugbellen open."""

    def __init__(self, qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
        self.qtbot, self.venster, self.wereld = qtbot, venster, wereld
        venster.terugbellen.open()

    @property
    def scherm(self) -> TerugbelScherm:
        assert self.venster.terugbellen.scherm is not None
        return self.venster.terugbellen.scherm

    @property
    def verloop(self) -> Terugbelverloop:
        assert self.venster.terugbellen.verloop is not None
        return self.venster.terugbellen.verloop

    def wacht(self, conditie: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(conditie)

    def wacht_op_rijen(self, aantal: int) -> None:
        self.wacht(lambda: self.scherm.model.rowCount() == aantal and self.is_bekend())

    def is_bekend(self) -> bool:
        rij = self.scherm.model.get(self.scherm.gekozen)
        return rij is not None and rij.beller is not None

    def toets(self, nummer: int) -> None:
        QTest.keyClick(self.scherm.tabel, Qt.Key(Qt.Key.Key_0 + nummer), ALT)

    def stuur(self) -> None:
        """De seconden om het terug te halen zijn om: wat klaarstaat gaat naar het register."""
        self.wereld.klok.zet_vooruit(seconds=30)
        gesprekken = self.venster.contacten.gesprekken
        assert gesprekken is not None

        def is_weg() -> bool:
            gesprekken.send()  # doet niets zolang er al wordt verstuurd
            wachtend, actie_nodig = self.wereld.winkel.count_wachtend()
            return wachtend == actie_nodig

        self.wacht(is_weg)


@pytest.fixture
def open_werk(qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld) -> Callable[[], Werk]:
    return lambda: Werk(qtbot, maak_venster(wereld.build()), wereld)


def toelichting(wereld: Wereld, uuid: str) -> str:
    return wereld.taken.load_taak(uuid, Aanroep.van(5)).toelichting


def is_open(wereld: Wereld, uuid: str) -> bool:
    return wereld.taken.load_taak(uuid, Aanroep.van(5)).is_open


# --- de lijst ----------------------------------------------------------------------------------------------


def test_het_meeste_te_laat_staat_bovenaan_en_is_aangewezen(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, 2)
    laat = add(wereld, -3)
    add(wereld, 0, actoren=(BURGERZAKEN,))
    werk = open_werk()
    werk.wacht_op_rijen(2)
    assert werk.scherm.gekozen == laat
    assert werk.scherm.kaart.belofte.text().endswith("3 dagen te laat.")
    assert werk.scherm.tabel.hasFocus()


def test_van_mij_mijn_team_en_alle_zijn_drie_lijsten(open_werk: Callable[[], Werk], wereld: Wereld) -> None:
    add(wereld, 0)
    add(wereld, 0, actoren=(BURGERZAKEN,))
    add(wereld, 0, actoren=("actor-ander",))
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.scherm.keuzes[Wiens.TEAM].click()
    werk.wacht_op_rijen(1)
    werk.scherm.keuzes[Wiens.ALLE].click()
    werk.wacht_op_rijen(3)
    assert werk.scherm.stand.text().startswith("3 verzoeken open")


def test_alleen_wie_te_zien_is_wordt_opgezocht_en_elk_hoogstens_een_keer(
    open_werk: Callable[[], Werk], wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(wereld, 600)
    gevraagd: list[str] = []
    echt = wereld.taken.load_taakcontact

    def load(uuid: str, aanroep: Aanroep) -> Taakcontact:
        gevraagd.append(uuid)
        return echt(uuid, aanroep)

    monkeypatch.setattr(wereld.taken, "load_taakcontact", load)
    werk = open_werk()
    werk.wacht(lambda: werk.is_bekend())
    werk.scherm.keuzes[Wiens.ALLE].click()
    werk.wacht(lambda: werk.scherm.model.rowCount() == 600 and werk.is_bekend())
    werk.wacht(lambda: not werk.scherm.model.zonder_beller(0, 5))
    opgezocht = len(gevraagd)
    assert 0 < opgezocht < 80
    werk.scherm.tabel.scrollTo(werk.scherm.model.index(300, 0))
    werk.wacht(lambda: not werk.scherm.model.zonder_beller(298, 300))
    assert 0 < len(gevraagd) - opgezocht < 40
    werk.scherm.tabel.scrollToTop()
    werk.scherm._look()
    assert len(gevraagd) == len(set(gevraagd))


def test_nieuwste_eerst_draait_de_lijst_meteen_om_en_wordt_onthouden(
    open_werk: Callable[[], Werk], wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud, laat, nieuw = (add(wereld, over) for over in (1, -3, 2))
    for rij, dagen in zip(wereld.register.van("taak"), (9, 5, 1), strict=True):
        rij.velden["gezet"] = NU - timedelta(days=dagen)
    werk = open_werk()
    werk.wacht_op_rijen(3)

    def volgorde() -> list[str]:
        rijen = [werk.scherm.model.rij(n) for n in range(3)]
        return [rij.uuid for rij in rijen if rij is not None]

    assert volgorde() == [laat, oud, nieuw]
    with monkeypatch.context() as dicht:  # wat er al is, wordt niet opnieuw opgehaald
        dicht.setattr(wereld.taken, "load_taken", lambda *_, **__: pytest.fail("er is iets opgehaald"))
        werk.scherm.volgorde.setFocus()
        QTest.keyClick(werk.scherm.volgorde, Qt.Key.Key_Space)
        assert volgorde() == [nieuw, laat, oud]
    assert werk.scherm.gekozen == nieuw
    weer = open_werk()
    weer.wacht_op_rijen(3)
    assert weer.scherm.volgorde.isChecked()
    assert weer.scherm.gekozen == nieuw


def test_een_lege_lijst_zegt_dat_u_bij_bent(open_werk: Callable[[], Werk]) -> None:
    werk = open_werk()
    werk.wacht(lambda: werk.scherm.leeg.isVisible())
    assert werk.scherm.leeg.tekst.text() == "U bent bij. Niemand wacht op een telefoontje van u."
    assert not werk.scherm.tabel.isVisible()
    assert not werk.scherm.kaart.isVisible()


def test_een_lijst_die_niet_laadt_zegt_wat_er_is_en_opnieuw_werkt(
    open_werk: Callable[[], Werk], wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(wereld, 0)
    echt = wereld.taken.load_taken

    def weg(*_: object, **__: object) -> object:
        raise Onbereikbaar("Contacten is niet te bereiken. Probeer het zo nog eens.", register="k")

    monkeypatch.setattr(wereld.taken, "load_taken", weg)
    werk = open_werk()
    werk.wacht(lambda: werk.scherm.fout.isVisible())
    monkeypatch.setattr(wereld.taken, "load_taken", echt)
    werk.scherm.opnieuw.emit()
    werk.wacht_op_rijen(1)
    assert not werk.scherm.fout.isVisible()


def test_verversen_houdt_vast_wat_was_aangewezen(
    open_werk: Callable[[], Werk], wereld: Wereld, acties: Acties
) -> None:
    add(wereld, -1)
    mijn = add(wereld, 3)
    werk = open_werk()
    werk.wacht_op_rijen(2)
    QTest.keyClick(werk.scherm.tabel, Qt.Key.Key_Down)
    assert werk.scherm.gekozen == mijn
    add(wereld, -8)
    acties.ververs.trigger()
    werk.wacht(lambda: werk.scherm.model.rowCount() == 3)
    assert werk.scherm.gekozen == mijn
    assert werk.scherm.tabel.currentIndex().row() == 2


# --- doen --------------------------------------------------------------------------------------------------


def test_niet_bereikt_is_een_toets_en_telt_in_het_register(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(3)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.wacht(lambda: werk.scherm.kaart.stand.text() == "Niet bereikt: Nog niet verstuurd")
    werk.stuur()
    werk.wacht(lambda: "Niet bereikt: 1 keer" in toelichting(wereld, uuid))
    werk.wacht(lambda: werk.scherm.model.index(0, 4).data() == "1 keer niet bereikt")
    assert not werk.scherm.kaart.stand.isVisible()


def test_ongedaan_maken_haalt_het_terug_voor_het_onderweg_is(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(3)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.scherm.klaar.knop.click()
    werk.wacht(lambda: not werk.scherm.klaar.isVisible())
    werk.stuur()
    assert wereld.register.van("contact") == []


def test_klaar_met_het_toetsenbord_vraagt_drie_toetsen_en_zegt_hoe_het_is_verteld(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(4)
    paneel = werk.scherm.kaart.klaar
    assert paneel.isVisible()
    assert paneel.via.hasFocus()
    assert paneel.via.currentText() == "telefoon"
    QTest.keyClick(paneel.via, Qt.Key.Key_Return)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    assert not paneel.isVisible()
    werk.stuur()
    werk.wacht(lambda: not is_open(wereld, uuid))
    assert "via telefoon" in toelichting(wereld, uuid)
    werk.wacht(lambda: werk.scherm.model.rowCount() == 0)
    werk.wacht(lambda: werk.scherm.leeg.isVisible())


def test_klaar_op_een_eerdere_dag_maakt_geen_tweede_contact(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(4)
    paneel = werk.scherm.kaart.klaar
    gisteren = VANDAAG - timedelta(days=1)
    paneel.op.setText(f"{gisteren:%d-%m-%Y}")
    paneel.notitie.setText("Verteld aan de balie.")
    paneel.bewaar.click()
    assert "eerdere dag" in paneel.fout.text()
    paneel.notitie.clear()
    paneel.bewaar.click()
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.stuur()
    werk.wacht(lambda: not is_open(wereld, uuid))
    assert wereld.register.van("contact") == []


@pytest.mark.parametrize("getypt", ["", "morgen", "31-2-2026", f"{date(2099, 1, 1):%d-%m-%Y}"])
def test_klaar_zonder_een_goede_dag_gaat_niet_dicht(
    open_werk: Callable[[], Werk], wereld: Wereld, getypt: str
) -> None:
    add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(4)
    werk.scherm.kaart.klaar.op.setText(getypt)
    werk.scherm.kaart.klaar.bewaar.click()
    assert werk.scherm.kaart.klaar.isVisible()
    assert wereld.winkel.count_wachtend() == (0, 0)


def test_doorgeven_vraagt_aan_wie_en_waarom(open_werk: Callable[[], Werk], wereld: Wereld) -> None:
    uuid = add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(6)
    paneel = werk.scherm.kaart.doorgeven
    paneel.bewaar.click()
    assert paneel.isVisible()
    paneel.aan.setEditText("burgerz")
    QTest.keyClick(paneel.reden, Qt.Key.Key_Return)
    assert "waarom" in paneel.velden._fouten[paneel.reden].text()
    paneel.reden.setText("Gaat over een paspoort")
    QTest.keyClick(paneel.reden, Qt.Key.Key_Return)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.stuur()
    werk.wacht(lambda: "aan Burgerzaken: Gaat over een paspoort" in toelichting(wereld, uuid))
    assert BURGERZAKEN in wereld.taken.load_taak(uuid, Aanroep.van(5)).actor_uuids


def test_overnemen_maakt_het_van_mij(open_werk: Callable[[], Werk], wereld: Wereld) -> None:
    uuid = add(wereld, -1, actoren=(BURGERZAKEN,))
    werk = open_werk()
    werk.scherm.keuzes[Wiens.TEAM].click()
    werk.wacht_op_rijen(1)
    werk.toets(5)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.stuur()
    werk.wacht(lambda: "Overgenomen op" in toelichting(wereld, uuid))
    assert MIJ in wereld.taken.load_taak(uuid, Aanroep.van(5)).actor_uuids


def test_gesproken_zonder_notitie_mag_en_laat_het_verzoek_open(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, 0)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(2)
    werk.scherm.kaart.gesprek.notitie.setText("Belt morgen nog eens.")
    QTest.keyClick(werk.scherm.kaart.gesprek.notitie, Qt.Key.Key_Return)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.stuur()
    werk.wacht(lambda: "Gesproken: 1 keer" in toelichting(wereld, uuid))
    assert is_open(wereld, uuid)


def test_twee_keer_drukken_is_een_handeling(open_werk: Callable[[], Werk], wereld: Wereld) -> None:
    add(wereld, 0)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(3)
    werk.toets(3)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    assert wereld.winkel.count_wachtend()[0] == 1


def test_escape_sluit_het_formulier_en_daarna_het_scherm(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, 0)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(4)
    QTest.keyClick(werk.scherm.kaart.klaar.via, Qt.Key.Key_Escape)
    assert not werk.scherm.kaart.is_bezig
    assert werk.scherm.tabel.hasFocus()
    QTest.keyClick(werk.scherm.tabel, Qt.Key.Key_Escape)
    assert werk.venster.vandaag.is_open


# --- bellen ------------------------------------------------------------------------------------------------


def test_bel_kopieert_het_nummer_en_begint_een_contact_met_deze_klant(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, 0, telefoon=("06-12 34 56 78",))
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(1)
    gesprekken = werk.venster.contacten.gesprekken
    assert gesprekken is not None
    werk.wacht(lambda: QGuiApplication.clipboard().text() == "+31612345678")
    assert "gekopieerd" in [regel.handeling for regel in wereld.logboek.regels]
    assert gesprekken.actief is not None
    assert gesprekken.actief.klant is not None
    assert gesprekken.actief.klant.naam == "A. Jansen-ter Braak"
    werk.toets(1)
    assert len(gesprekken.concepten) == 1


def test_bel_geeft_het_nummer_aan_de_pc_als_het_profiel_dat_wil(
    open_werk: Callable[[], Werk], wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    gebeld: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(gebeld.append(url.toString())) or True)
    wereld.bel_met_pc = True
    add(wereld, 0, telefoon=("0612345678",))
    werk = open_werk()
    werk.wacht_op_rijen(1)
    QGuiApplication.clipboard().clear()
    werk.toets(1)
    assert gebeld == ["tel:+31612345678"]
    assert QGuiApplication.clipboard().text() == ""


def test_de_notitie_van_het_gesprek_gaat_mee_en_er_komt_een_contact_en_geen_twee(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, 0)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(1)
    gesprekken = werk.venster.contacten.gesprekken
    assert gesprekken is not None
    assert gesprekken.actief is not None
    gesprekken.edit(gesprekken.actief.uuid, notitie="De vergunning is klaar.")
    werk.toets(4)
    assert werk.scherm.kaart.klaar.notitie.text() == "De vergunning is klaar."
    werk.scherm.kaart.klaar.bewaar.click()
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    assert gesprekken.concepten == ()
    werk.stuur()
    werk.wacht(lambda: len(wereld.register.van("contact")) == 1)
    assert wereld.register.van("contact")[0].velden["inhoud"] == "De vergunning is klaar."


def test_wat_in_het_gesprek_is_beloofd_gaat_met_gesproken_mee_en_blijft_anders_staan(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, 0)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    werk.toets(1)
    gesprekken = werk.venster.contacten.gesprekken
    assert gesprekken is not None
    assert gesprekken.actief is not None
    dag = VANDAAG + timedelta(days=2)
    aan = Afdeling(Actorsoort.AFDELING, "burgerzaken", "Burgerzaken")
    belofte = Terugbelverzoek(aan, "De stoep ligt los.", dag, dag, "", laten_weten="of de stoep klaar is")
    gesprekken.edit(gesprekken.actief.uuid, notitie="Vroeg naar de stoep.", terugbel=belofte)
    werk.toets(3)  # niet bereikt neemt de belofte niet mee: het contact blijft staan
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    assert len(gesprekken.concepten) == 1
    werk.toets(2)
    werk.scherm.kaart.gesprek.bewaar.click()
    werk.wacht(lambda: gesprekken.concepten == ())
    werk.stuur()
    werk.wacht(lambda: len(wereld.register.van("taak")) == 2)
    nieuw = wereld.taken._to_taak(wereld.register.van("taak")[-1])
    assert nieuw.tekst.datums is not None
    assert nieuw.tekst.datums.beloofd == dag
    werk.wacht(lambda: "Gesproken: 1 keer" in toelichting(wereld, uuid))
    assert is_open(wereld, uuid)


def test_een_geheim_nummer_vraagt_eerst_waarom_en_dat_wordt_vastgelegd(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    add(wereld, 0, geheim=True)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    assert werk.scherm.kaart.nummer.text() == "Geheim nummer"
    werk.toets(1)
    paneel = werk.scherm.kaart.tonen_paneel
    assert paneel.isVisible()
    paneel.bewaar.click()
    assert paneel.isVisible()
    paneel.reden.setText("Terugbellen zoals beloofd")
    QTest.keyClick(paneel.reden, Qt.Key.Key_Return)
    werk.wacht(lambda: "06" in werk.scherm.kaart.nummer.text())
    assert "onthuld" in [regel.handeling for regel in wereld.logboek.regels]


# --- een collega -------------------------------------------------------------------------------------------


def test_wie_tweede_is_ziet_wat_de_eerste_deed_en_kan_intrekken(
    open_werk: Callable[[], Werk], wereld: Wereld
) -> None:
    uuid = add(wereld, -1)
    werk = open_werk()
    werk.wacht_op_rijen(1)
    verteld = toelichting(wereld, uuid) + "\nVerteld op 22-11-2026 via telefoon door J. de Vries."
    wereld.taken.change_taak(uuid, Taakvelden(verteld, open=False), Aanroep.van(5))
    werk.toets(5)
    werk.wacht(lambda: werk.scherm.klaar.isVisible())
    werk.stuur()
    werk.wacht(lambda: werk.scherm.kaart.stand.text() == "Overnemen: Actie nodig")
    assert werk.scherm.kaart.reden.text().startswith("J. de Vries heeft dit verzoek")
    assert werk.scherm.model.index(0, 0).data() == "Actie nodig"
    werk.verloop.load()
    werk.wacht(lambda: werk.verloop.lijst is not None and werk.verloop.lijst.compleet)
    assert werk.scherm.model.rowCount() == 1  # het staat niet meer open, maar hier moet nog iets mee
    werk.scherm.kaart.trek_in.click()
    werk.wacht(lambda: wereld.winkel.load_verzendingen(ook_verstuurd=False) == ())
    assert toelichting(wereld, uuid) == verteld
    assert wereld.winkel.count_wachtend() == (0, 0)
    assert Toestand.ACTIE_NODIG not in {v.toestand for v in wereld.winkel.load_verzendingen()}


# --- vanuit Vandaag ----------------------------------------------------------------------------------------


def test_vandaag_wijst_het_goede_verzoek_aan(qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld) -> None:
    add(wereld, -5)
    uuid = add(wereld, 0)
    venster = maak_venster(wereld.build())
    venster.vandaag.terugbellen.emit(uuid)
    scherm = venster.terugbellen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.model.rowCount() == 2 and scherm.kaart.uuid == uuid)
    assert scherm.tabel.currentIndex().row() == 1


def test_het_team_van_vandaag_opent_de_lijst_van_het_team(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    add(wereld, -5, actoren=(BURGERZAKEN,))
    venster = maak_venster(wereld.build())
    venster.vandaag.terugbellen.emit("team")
    scherm = venster.terugbellen.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.model.rowCount() == 1)
    assert scherm.keuzes[Wiens.TEAM].isChecked()
