"""Een bericht over een terugbelverzoek, op het scherm: eerst lezen, dan klaarzetten, en nooit twee keer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.domain.bericht import Berichtkanaal
from frontoffice.domain.fouten import Onbereikbaar
from frontoffice.domain.klant import AdresSoort, DigitaalAdres
from tests.bouwers import maak_persoon, nieuw_uuid
from tests.nep_berichten import NepBerichten
from tests.ui.conftest import MaakVenster, Wereld
from tests.ui.terugbellen.bouw import add, add_actoren
from ui.bericht.stuurvak import Stuurvak
from ui.hoofdvenster import Hoofdvenster
from ui.terugbellen.kaart import BERICHT
from ui.terugbellen.scherm import TerugbelScherm

Open = Callable[[], "Werk"]


class Werk:
    """Terugbellen met één verzoek in beeld."""

    def __init__(self, qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
        self.qtbot, self.venster, self.wereld = qtbot, venster, wereld
        venster.terugbellen.open()
        self.wacht(self._is_bekend)

    def _is_bekend(self) -> bool:
        rij = self.scherm.model.get(self.scherm.gekozen)
        return rij is not None and rij.beller is not None

    @property
    def scherm(self) -> TerugbelScherm:
        assert self.venster.terugbellen.scherm is not None
        return self.venster.terugbellen.scherm

    @property
    def vak(self) -> Stuurvak:
        assert self.scherm.kaart.bericht is not None
        return self.scherm.kaart.bericht

    def wacht(self, conditie: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(conditie)

    def begin(self) -> None:
        QTest.keyClick(self.scherm.tabel, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
        self.wacht(lambda: not self.vak.voorbeeld.isHidden())

    def stuur(self) -> None:
        self.vak.mag.setChecked(True)
        self.vak.bewaar.click()
        self.wacht(lambda: not self.vak.is_open)

    def verzend(self) -> None:
        gesprekken = self.venster.contacten.gesprekken
        assert gesprekken is not None

        def is_weg() -> bool:
            gesprekken.send()
            wachtend, actie_nodig = self.wereld.winkel.count_wachtend()
            return wachtend == actie_nodig

        self.wereld.klok.zet_vooruit(days=1)  # de klok staat op een zondag: dan is het stil
        self.wacht(is_weg)


@pytest.fixture
def berichten(wereld: Wereld) -> NepBerichten:
    add_actoren(wereld)
    wereld.berichten = NepBerichten(wereld.winkel, wereld.klok, Berichtkanaal.MAIL, Berichtkanaal.SMS)
    return wereld.berichten


@pytest.fixture
def open_werk(qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, berichten: NepBerichten) -> Open:
    return lambda: Werk(qtbot, maak_venster(wereld.build()), wereld)


def test_zonder_aangesloten_kanaal_is_er_geen_knop_en_doet_de_toets_niets(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    add_actoren(wereld)
    add(wereld, 1)
    werk = Werk(qtbot, maak_venster(wereld.build()), wereld)
    assert werk.scherm.kaart.knoppen[BERICHT].isHidden()
    QTest.keyClick(werk.scherm.tabel, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert not werk.scherm.kaart.is_bezig


def test_het_bericht_staat_er_zoals_de_inwoner_het_leest_en_gaat_dan_een_keer(
    open_werk: Open, wereld: Wereld, berichten: NepBerichten
) -> None:
    add(wereld, 2)
    werk = open_werk()
    werk.begin()
    assert werk.vak.via.currentText() == "Sms"  # er is alleen een nummer
    assert "wij zijn bezig met uw vraag" in werk.vak.voorbeeld.tekst.text()
    assert werk.vak.voorbeeld.waarheen.text().startswith("Per sms naar")
    assert werk.vak.wanneer.text() == "Nu is het stiltetijd. Het gaat weg op maandag 23 november om 8.00 uur."
    tekst = werk.vak.voorbeeld.tekst.text()
    werk.stuur()
    assert berichten.kanaal.berichten == {}
    werk.verzend()
    (verstuurd,) = berichten.kanaal.berichten.values()
    assert verstuurd.tekst == tekst
    werk.begin()
    werk.wacht(lambda: "Verstuurd per sms" in werk.vak.eerder.text())
    werk.stuur()
    werk.verzend()
    assert len(berichten.kanaal.berichten) == 1


def test_zonder_ja_van_de_inwoner_gaat_er_niets_en_blijft_staan_wat_er_is_getypt(
    open_werk: Open, wereld: Wereld, berichten: NepBerichten
) -> None:
    add(wereld, 2)
    werk = open_werk()
    werk.begin()
    werk.vak.over.selectAll()
    QTest.keyClicks(werk.vak.over, "de losse tegel")
    QTest.keyClick(werk.vak.over, Qt.Key.Key_Return)
    werk.wacht(lambda: "Vraag eerst of de inwoner" in werk.vak.mag.accessibleDescription())
    assert werk.vak.mag.hasFocus()
    assert werk.vak.over.text() == "de losse tegel"
    werk.wacht(lambda: "de losse tegel" in werk.vak.voorbeeld.tekst.text())
    assert berichten.dienst.load() == ()


def test_een_ander_kanaal_neemt_zijn_eigen_adres_en_een_fout_adres_staat_bij_het_veld(
    open_werk: Open, wereld: Wereld
) -> None:
    uuid = add(wereld, 2)
    contact = next(iter(wereld.taken.contacten.values()))
    adres = DigitaalAdres(nieuw_uuid(), AdresSoort.EMAIL, "a.jansen@voorbeeld.example")
    partij = dataclasses.replace(contact.partijen[0], digitale_adressen=(adres,))
    wereld.klantinteracties.partijen.append(partij)
    werk = open_werk()
    assert werk.scherm.gekozen == uuid
    werk.begin()
    assert werk.vak.via.currentText() == "E-mail"
    assert werk.vak.adres.text() == adres.adres
    werk.vak.via.setCurrentIndex(1)
    werk.vak.via.activated.emit(1)
    assert werk.vak.adres.text() == "+31612345678"
    werk.vak.adres.selectAll()
    QTest.keyClicks(werk.vak.adres, "053 123")
    werk.wacht(lambda: "geen sms" in werk.vak.adres.accessibleDescription())


def test_zonder_adres_zegt_de_knop_dat_het_op_de_bellijst_komt(
    open_werk: Open, wereld: Wereld, berichten: NepBerichten
) -> None:
    add(wereld, 2, telefoon=("+31535377444",))
    contact = next(iter(wereld.taken.contacten.values()))
    kaal = dataclasses.replace(contact.partijen[0], digitale_adressen=())
    wereld.klantinteracties.partijen[:] = [kaal]
    wereld.taken.contacten[contact.contact.uuid] = dataclasses.replace(contact, partijen=(kaal,))
    werk = open_werk()
    werk.begin()
    werk.wacht(lambda: werk.vak.bewaar.text() == "Op de Bellijst zetten")
    werk.stuur()
    werk.verzend()
    (regel,) = berichten.dienst.load_bellijst()
    assert "Bel 053" in regel.zin
    assert berichten.kanaal.berichten == {}


def test_een_overledene_krijgt_niets_en_de_reden_staat_bij_het_formulier(
    open_werk: Open, wereld: Wereld, berichten: NepBerichten
) -> None:
    uuid = add(wereld, 2)
    wereld.personen.personen = [maak_persoon(overleden=True)]
    werk = open_werk()
    rij = werk.scherm.model.get(uuid)
    assert rij is not None
    werk.begin()
    werk.vak.mag.setChecked(True)
    werk.vak.bewaar.click()
    werk.wacht(lambda: "overleden" in werk.vak.fout.text())
    assert berichten.dienst.load() == ()


def test_valt_het_register_weg_dan_blijft_het_formulier_bruikbaar_en_zegt_wat_het_niet_weet(
    open_werk: Open, wereld: Wereld
) -> None:
    add(wereld, 2)
    werk = open_werk()
    wereld.klantinteracties.fouten["load_partij"] = Onbereikbaar("Weg.", register="klantinteracties")
    wereld.register.pech = lambda soort, _: "dicht" if soort == "GET berichten" else ""
    werk.begin()
    werk.wacht(lambda: "is niet te zien" in werk.vak.eerder.text())
    assert "niet opgehaald" in werk.vak.eerder.text()
    assert werk.vak.adres.text() == "+31612345678"
    assert werk.vak.bewaar.isEnabled()


def test_een_ander_verzoek_sluit_het_formulier_en_escape_ook(open_werk: Open, wereld: Wereld) -> None:
    eerste, tweede = add(wereld, 1), add(wereld, 2)
    werk = open_werk()
    assert werk.scherm.gekozen == eerste
    werk.begin()
    QTest.keyClick(werk.vak.over, Qt.Key.Key_Escape)
    assert not werk.vak.is_open
    werk.begin()
    werk.scherm.choose(tweede)
    assert not werk.vak.is_open
