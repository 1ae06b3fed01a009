"""Zoeken: lezen zonder vragen, zoeken na Enter, kandidaten kiezen, en tekst die nooit kwijtraakt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import Onbereikbaar
from frontoffice.domain.klant import Herkomst, PersoonSleutel, RecenteKlant
from frontoffice.domain.waarden import Bsn
from tests.bouwers import ANDER_BSN, BSN, VANDAAG, maak_adres, maak_naam, maak_partij, maak_persoon
from tests.ui.conftest import MaakVenster, Wereld
from ui.hoofdvenster import Hoofdvenster
from ui.rijen import Rij, Rijen

TELEFOON = "0612345678"
NAAM = "Jansen 1-12-1985"


def typ(qtbot: QtBot, venster: Hoofdvenster, tekst: str, *, enter: bool = True) -> None:
    venster.zoekveld.setFocus()
    qtbot.keyClicks(venster.zoekveld, tekst)
    if enter:
        qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)


def zoek(qtbot: QtBot, venster: Hoofdvenster, tekst: str) -> None:
    """Typ, druk op Enter en wacht op het antwoord."""
    typ(qtbot, venster, tekst)
    qtbot.waitUntil(lambda: not venster.zoeker.is_bezig)


def rijen(venster: Hoofdvenster) -> list[str]:
    """Wat er in het paneel te kiezen is, zoals het wordt voorgelezen."""
    model = venster.paneel.lijst.rijen
    return [rij.gesproken for i in range(model.rowCount()) if (rij := model.rij(model.index(i)))]


def is_open(venster: Hoofdvenster) -> bool:
    return venster.scherm is not None and venster.scherm.current is not None


@pytest.mark.parametrize(
    ("tekst", "begrepen"),
    [
        (TELEFOON, "Telefoonnummer 06 12 34 56 78"),
        ("+49 5923 123456", "Telefoonnummer +49 5923 123456"),
        (NAAM, "Jansen, geboren op 1-12-1985"),
        ("7581 zz 912", "Adres 7581 ZZ 912"),
        ("naam@voorbeeld.nl", "E-mailadres naam@voorbeeld.nl"),
    ],
)
def test_tijdens_het_typen_staat_er_hoe_het_is_gelezen_zonder_een_vraag(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld, tekst: str, begrepen: str
) -> None:
    typ(qtbot, venster, tekst, enter=False)
    assert rijen(venster)[0] == begrepen
    assert begrepen in venster.zoekveld.accessibleDescription()
    assert wereld.vragen == []


def test_het_hele_bsn_staat_niet_in_de_lezing(qtbot: QtBot, venster: Hoofdvenster) -> None:
    typ(qtbot, venster, BSN, enter=False)
    assert BSN not in " ".join(rijen(venster))


def test_een_telefoontreffer_is_een_mogelijke_klant_en_opent_pas_na_een_keuze(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    zoek(qtbot, venster, TELEFOON)
    assert rijen(venster)[0].startswith("Mogelijk: Anna J.")
    assert not is_open(venster)
    assert "load_persoon" not in wereld.vragen
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    assert is_open(venster)
    assert venster.scherm is not None
    assert venster.scherm.current is not None
    assert not venster.scherm.current.gecontroleerd


def test_een_zekere_treffer_opent_meteen_en_het_bsn_blijft_niet_staan(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    zoek(qtbot, venster, BSN)
    assert is_open(venster)
    assert venster.zoekveld.text() == ""
    assert not venster.paneel.isVisible()
    assert venster.zoekveld.hasFocus()


def test_naamgenoten_zijn_uit_elkaar_te_houden_en_geen_is_al_aangewezen(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    adres = maak_adres(regels=("Kerkstraat 1", "7581 AA LOSSER"), huisnummer="1")
    wereld.personen.personen.append(maak_persoon(ANDER_BSN, naam=maak_naam(), adres=adres))
    zoek(qtbot, venster, NAAM)
    assert len(rijen(venster)) == 2
    assert "Brinkstraat 912" in rijen(venster)[0]
    assert "Kerkstraat 1" in rijen(venster)[1]
    assert all("1-12-1985" in rij for rij in rijen(venster))
    assert venster.paneel.lijst.gekozen_rij is None
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    assert not is_open(venster)  # een te snelle tweede Enter opent niemand


def test_met_pijl_en_enter_opent_de_tweede_kandidaat(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    wereld.personen.personen.append(maak_persoon(ANDER_BSN))
    zoek(qtbot, venster, NAAM)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Down)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Down)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    assert venster.scherm is not None
    assert venster.scherm.current is not None
    assert venster.scherm.current.sleutel == PersoonSleutel(Bsn(ANDER_BSN))


def test_ctrl_2_opent_de_tweede_kandidaat(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    wereld.personen.personen.append(maak_persoon(ANDER_BSN))
    zoek(qtbot, venster, NAAM)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert venster.scherm is not None
    assert venster.scherm.current is not None
    assert venster.scherm.current.sleutel == PersoonSleutel(Bsn(ANDER_BSN))


def test_een_klik_op_een_kandidaat_opent_die(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    wereld.personen.personen.append(maak_persoon(ANDER_BSN))
    zoek(qtbot, venster, NAAM)
    lijst = venster.paneel.lijst
    vlak = lijst.visualRect(lijst.rijen.index(1))
    qtbot.mouseClick(lijst.viewport(), Qt.MouseButton.LeftButton, pos=vlak.center())
    assert venster.scherm is not None
    assert venster.scherm.current is not None
    assert venster.scherm.current.sleutel == PersoonSleutel(Bsn(ANDER_BSN))


def test_wie_geheimhouding_heeft_staat_zonder_adres_in_de_lijst(
    qtbot: QtBot, maak_venster: MaakVenster
) -> None:
    wereld = Wereld()
    wereld.add_inwoner(maak_persoon(geheimhouding=True), maak_partij())
    venster = maak_venster(wereld.build())
    zoek(qtbot, venster, NAAM)
    assert "Brinkstraat" not in " ".join(rijen(venster))


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [("123456789", "burgerservicenummer"), ("Jansen 31-2-1985", "datum"), ("7581 zz", "huisnummer")],
)
def test_een_invoerfout_is_een_zin_onder_het_veld_en_geen_vraag(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld, tekst: str, zin: str
) -> None:
    typ(qtbot, venster, tekst)
    assert venster.paneel.isVisible()
    assert zin in venster.paneel.zin.text().casefold()
    assert venster.zoekveld.accessibleDescription() == venster.paneel.zin.text()
    assert venster.zoekveld.property("fout") is True
    assert venster.zoekveld.text() == tekst
    assert venster.zoekveld.hasFocus()
    assert wereld.vragen == []


def test_wie_nog_typt_krijgt_geen_foutzin(qtbot: QtBot, venster: Hoofdvenster) -> None:
    typ(qtbot, venster, "12345678", enter=False)
    qtbot.keyClicks(venster.zoekveld, "9")
    assert venster.paneel.zin.text() == ""
    qtbot.waitUntil(lambda: "burgerservicenummer" in venster.paneel.zin.text().casefold())


def test_een_fout_verdwijnt_zodra_de_tekst_goed_is(qtbot: QtBot, venster: Hoofdvenster) -> None:
    typ(qtbot, venster, "Jansen 31-2-1985")
    venster.zoekveld.clear()
    typ(qtbot, venster, NAAM, enter=False)
    assert venster.zoekveld.property("fout") is False
    assert rijen(venster)


def test_een_register_dat_niet_antwoordt_geeft_een_zin_met_opnieuw(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    fout = Onbereikbaar("Het klantregister is niet bereikbaar.", register="klantinteracties")
    wereld.klantinteracties.fouten["find_adressen"] = fout
    zoek(qtbot, venster, TELEFOON)
    assert "klantregister is niet bereikbaar" in venster.paneel.zin.text()
    assert venster.paneel.nog_eens.isVisible()
    assert venster.zoekveld.text() == TELEFOON
    del wereld.klantinteracties.fouten["find_adressen"]
    qtbot.mouseClick(venster.paneel.nog_eens, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(rijen(venster)))
    assert rijen(venster)[0].startswith("Mogelijk")


def test_niets_gevonden_zegt_wat_nu_kan(qtbot: QtBot, venster: Hoofdvenster) -> None:
    zoek(qtbot, venster, "0687654321")
    assert rijen(venster) == []
    assert len(venster.paneel.zin.text().split()) > 3
    assert venster.zoekveld.text() == "0687654321"


def test_escape_breekt_een_hangende_zoekvraag_af_en_houdt_de_tekst(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    wereld.klantinteracties.houd_vast("find_adressen")
    typ(qtbot, venster, TELEFOON)
    assert venster.zoeker.is_bezig
    assert venster.paneel.annuleren.isVisible()
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Escape)
    assert not venster.zoeker.is_bezig
    assert venster.zoekveld.text() == TELEFOON
    assert venster.zoekveld.hasFocus()
    wereld.klantinteracties.laat_los("find_adressen")


def test_zoeken_dat_lang_duurt_zegt_dat(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    wereld.klantinteracties.houd_vast("find_adressen")
    typ(qtbot, venster, TELEFOON)
    qtbot.waitUntil(lambda: "langer dan normaal" in venster.paneel.zin.text())
    assert venster.paneel.annuleren.isVisible()
    wereld.klantinteracties.laat_los("find_adressen")


def test_een_laat_antwoord_op_een_oude_vraag_komt_niet_op_het_scherm(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    wereld.personen.personen.append(maak_persoon(ANDER_BSN))
    wereld.klantinteracties.houd_vast("find_adressen")
    typ(qtbot, venster, TELEFOON)
    venster.zoekveld.selectAll()
    typ(qtbot, venster, NAAM, enter=False)
    wereld.klantinteracties.laat_los("find_adressen")
    zoek(qtbot, venster, "")
    assert len(rijen(venster)) == 2
    assert not any("Mogelijk" in rij for rij in rijen(venster))


def test_twee_keer_enter_zoekt_een_keer(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    wereld.klantinteracties.houd_vast("find_adressen")
    typ(qtbot, venster, TELEFOON)
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "find_adressen" in wereld.vragen)
    wereld.klantinteracties.laat_los("find_adressen")
    qtbot.waitUntil(lambda: not venster.zoeker.is_bezig)
    assert wereld.vragen.count("find_adressen") == 1


def test_wie_al_typt_voor_het_programma_klaar_is_verliest_niets(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld
) -> None:
    venster = maak_venster(None)
    typ(qtbot, venster, TELEFOON)
    assert "start nog op" in venster.paneel.zin.text()
    venster.set_diensten(wereld.build())
    qtbot.waitUntil(lambda: any("Mogelijk" in rij for rij in rijen(venster)))
    assert venster.zoekveld.text() == TELEFOON


def test_een_recente_klant_na_een_telefoontreffer_vraagt_weer_om_controle(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    venster.open_klant(RecenteKlant(PersoonSleutel(Bsn(BSN)), "Anna J.", VANDAAG, Herkomst.TELEFOON))
    assert venster.scherm is not None
    assert venster.scherm.current is not None
    assert not venster.scherm.current.gecontroleerd


def test_pijl_omlaag_in_een_leeg_veld_toont_wie_er_net_was(qtbot: QtBot, venster: Hoofdvenster) -> None:
    zoek(qtbot, venster, BSN)
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.current is not None and scherm.current.is_compleet)
    venster.close_klant()
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Down)
    assert venster.paneel.zin.text() == "Recent geopend"
    qtbot.keyClick(venster.zoekveld, Qt.Key.Key_Return)
    assert is_open(venster)


def test_geplakte_tekst_met_regeleinden_en_opmaak_doet_geen_kwaad(
    qtbot: QtBot, venster: Hoofdvenster
) -> None:
    venster.zoeker.set_tekst("<img src='/dev/zero'>\n06-12 34 56 78\t")
    assert venster.zoekveld.text()
    venster.zoeker.set_tekst("x" * 10_000)
    assert len(venster.zoekveld.text()) <= 300


def test_het_zoekveld_is_voor_hulptechniek_te_vinden(venster: Hoofdvenster) -> None:
    veld = QAccessible.queryAccessibleInterface(venster.zoekveld)
    assert veld.text(QAccessible.Text.Name) == "Zoeken"
    assert veld.role() == QAccessible.Role.EditableText
    assert isinstance(venster.zoekveld, QLineEdit)


def test_de_rijen_zijn_een_goed_model(qtmodeltester: QAbstractItemModelTester) -> None:
    model = Rijen()
    model.set_rijen([Rij("een", "onder", "Ctrl+1"), Rij("<b>twee</b>", aan=False)])
    assert isinstance(model, QAbstractItemModel)
    qtmodeltester.check(model)  # type: ignore[attr-defined]  # pytest-qt geeft een eigen controleur
    model.set_rijen([])
    assert model.rowCount() == 0
