"""De kop: waarschuwingen, gegevens, kopiëren, tonen met een reden, en controleren wie er spreekt."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import BedrijfSleutel, Herkomst, PartijSleutel
from frontoffice.domain.waarden import Datum, KvkNummer
from tests.bouwers import BSN, KVK, maak_bedrijf, maak_partij, maak_persoon
from tests.ui.klantbeeld.conftest import knop, open_klant, zichtbare_tekst
from ui.klantbeeld.gegeven import Gegevenvak
from ui.klantbeeld.kop import Waarschuwingsband
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.tekst import KorteTekst


def set_persoon(wereld: Any, **anders: Any) -> None:
    wereld.personen.personen[:] = [maak_persoon(**anders)]


def test_de_kop_toont_naam_leeftijd_adres_en_bereikbaarheid(scherm: KlantbeeldScherm, qtbot: QtBot) -> None:
    open_klant(scherm, qtbot)
    tekst = zichtbare_tekst(scherm.kop)
    for stuk in (
        "Mevrouw A.M. Jansen-ter Braak",
        "geb. 1-12-1985 (40)",
        "Brinkstraat 912",
        "06 12 34 56 78",
        "Nederlands",
    ):
        assert stuk in tekst
    assert BSN not in tekst


def test_gegevens_staan_in_leesvolgorde_ook_na_een_klant_met_andere_gegevens(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    """De vakken worden hergebruikt; wie later bij komt, hoort toch op zijn eigen plaats."""
    wereld.bedrijven.bedrijven[:] = [maak_bedrijf()]
    open_klant(scherm, qtbot, BedrijfSleutel(KvkNummer(KVK)))
    assert _labels(scherm)[0] == "KVK-nummer"
    open_klant(scherm, qtbot)
    labels = _labels(scherm)
    assert labels[:3] == ["BSN", "Adres", "Telefoon"]
    assert labels[-1] == "Taal"


def _labels(scherm: KlantbeeldScherm) -> list[str]:
    vakken = [vak for vak in scherm.kop.findChildren(Gegevenvak) if vak.isVisible()]
    vakken.sort(key=lambda vak: (vak.y(), vak.x()))
    return [vak.findChildren(KorteTekst)[0].text() for vak in vakken]


def test_waarschuwingen_staan_op_volgorde_van_gewicht_met_de_zwaarste_boven(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    set_persoon(
        wereld, geheimhouding=True, overleden=True, overlijdensdatum=Datum(2026, 3, 2), curatele=True,
        adres_in_onderzoek=True,
    )  # fmt: skip
    open_klant(scherm, qtbot)
    banden = sorted(scherm.kop.findChildren(Waarschuwingsband), key=lambda band: band.y())
    begin = [band.tekst.text().split()[0].strip(":.") for band in banden if band.isVisible()]
    assert begin == ["Overleden", "Geheimhouding", "Adres", "Onder"]


def test_bij_een_overledene_helpt_een_knop_de_nabestaande_te_woord_te_staan(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    set_persoon(wereld, overleden=True)
    open_klant(scherm, qtbot)
    knop(scherm.kop, "Nabestaande belt").click()
    assert "Gecondoleerd" in zichtbare_tekst(scherm.kop)


def test_kopieren_zet_precies_het_gegeven_op_het_klembord_en_zegt_dat(
    scherm: KlantbeeldScherm, qtbot: QtBot
) -> None:
    open_klant(scherm, qtbot)
    with qtbot.waitSignal(scherm.melding) as melding:
        knop(scherm.kop, "Kopieer Telefoon: 06 12 34 56 78").click()
    assert QApplication.clipboard().text() == "06 12 34 56 78"
    assert melding.args == ["Telefoon gekopieerd."]


def test_wat_verborgen_is_heeft_geen_kopieerknop(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    set_persoon(wereld, geheimhouding=True)
    open_klant(scherm, qtbot)
    namen = [
        k.accessibleName()
        for k in scherm.kop.findChildren(type(knop(scherm.kop, "BSN tonen")))
        if k.isVisible()
    ]
    assert not [naam for naam in namen if naam.startswith("Kopieer")]
    assert "Brinkstraat" not in zichtbare_tekst(scherm)


def test_een_adres_onder_geheimhouding_komt_pas_na_een_reden_en_die_wordt_vastgelegd(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    set_persoon(wereld, geheimhouding=True)
    open_klant(scherm, qtbot)
    knop(scherm.kop, "Adres tonen").click()
    assert "Brinkstraat" not in zichtbare_tekst(scherm.kop)
    assert QApplication.focusWidget() is knop(scherm.kop, "De klant vraagt ernaar")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Brinkstraat 912" in zichtbare_tekst(scherm.kop))
    assert "12345678" not in zichtbare_tekst(scherm.kop)
    regel = wereld.logboek.regels[-1]
    assert (regel.handeling, regel.doel) == ("onthuld", "De klant vraagt ernaar")


def test_een_te_korte_eigen_reden_laat_niets_zien_en_zegt_wat_nodig_is(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    set_persoon(wereld, geheimhouding=True)
    open_klant(scherm, qtbot)
    knop(scherm.kop, "Adres tonen").click()
    veld = next(v for v in scherm.kop.reden.findChildren(QLineEdit) if v.isVisible())
    veld.setText("x")
    knop(scherm.kop.reden, "Tonen").click()
    assert "Typ in een paar woorden waarom" in zichtbare_tekst(scherm.kop)
    assert "Brinkstraat" not in zichtbare_tekst(scherm.kop)


def test_escape_sluit_de_vraag_naar_een_reden_en_geeft_de_focus_terug(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    set_persoon(wereld, geheimhouding=True)
    open_klant(scherm, qtbot)
    tonen = knop(scherm.kop, "Adres tonen")
    tonen.setFocus()
    tonen.click()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not scherm.kop.reden.isVisible()
    assert QApplication.focusWidget() is tonen


def test_het_bsn_gaat_met_een_toets_open_en_dat_staat_in_het_logboek(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    open_klant(scherm, qtbot)
    knop(scherm.kop, "BSN tonen").click()
    qtbot.waitUntil(lambda: BSN in zichtbare_tekst(scherm.kop))
    assert wereld.logboek.regels[-1].bijzonderheden["wat"] == "bsn"


def test_een_bedrijf_heeft_dezelfde_kop_met_kvk_gegevens(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    wereld.bedrijven.bedrijven[:] = [maak_bedrijf(adres_afgeschermd=True, activiteiten=("Banketbakkerij",))]
    open_klant(scherm, qtbot, BedrijfSleutel(KvkNummer(KVK)), Herkomst.KVK)
    tekst = zichtbare_tekst(scherm.kop)
    assert "Bakkerij De Gouden Krakeling" in tekst
    assert KVK in tekst
    assert "Banketbakkerij" in tekst
    assert "Hoofdstraat" not in tekst


# --- controleren wie er spreekt ---------------------------------------------------------------------------


@pytest.fixture
def beller(scherm: KlantbeeldScherm, qtbot: QtBot) -> KlantbeeldScherm:
    """Een klant die op telefoonnummer is gevonden."""
    open_klant(scherm, qtbot, herkomst=Herkomst.TELEFOON)
    return scherm


def test_voor_de_controle_zijn_alleen_voornaam_en_eerste_letter_te_zien(beller: KlantbeeldScherm) -> None:
    tekst = zichtbare_tekst(beller)
    assert "Anna J." in tekst
    for geheim in ("Jansen", "1985", "Brinkstraat", "12345678"):
        assert geheim not in tekst
    assert tekst.count("Controleer eerst wie u spreekt.") >= 3


def typ(veld: QLineEdit, tekst: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(veld, tekst)
    qtbot.keyClick(veld, Qt.Key.Key_Return)


def veld(scherm: KlantbeeldScherm, naam: str) -> QLineEdit:
    return next(v for v in scherm.kop.controle.findChildren(QLineEdit) if v.accessibleName() == naam)


def test_kloppen_geboortedatum_en_adres_dan_gaat_de_klant_open(
    beller: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    beller._acties.controleer.trigger()
    assert QApplication.focusWidget() is veld(beller, "Geboortedatum")
    typ(veld(beller, "Geboortedatum"), "1-12-1985", qtbot)
    assert "Klopt." in zichtbare_tekst(beller.kop)
    assert QApplication.focusWidget() is veld(beller, "Postcode en huisnummer")
    typ(veld(beller, "Postcode en huisnummer"), "7581 zz 912", qtbot)
    qtbot.waitUntil(lambda: "Mevrouw A.M. Jansen-ter Braak" in zichtbare_tekst(beller.kop))
    assert wereld.logboek.regels[-1].handeling == "gecontroleerd"
    assert not beller.kop.controle.isVisible()
    assert beller.tijdlijn.isAncestorOf(QApplication.focusWidget())
    assert BSN not in zichtbare_tekst(beller)


def test_klopt_het_niet_dan_blijft_de_klant_dicht_en_het_echte_gegeven_verborgen(
    beller: KlantbeeldScherm, qtbot: QtBot
) -> None:
    beller.kop.controle.open_paneel()
    typ(veld(beller, "Geboortedatum"), "2-12-1985", qtbot)
    typ(veld(beller, "Postcode en huisnummer"), "7581 ZZ 912", qtbot)
    tekst = zichtbare_tekst(beller.kop)
    assert "Klopt niet." in tekst
    assert "1-12-1985" not in tekst.replace("2-12-1985", "")
    assert beller.current is not None
    assert not beller.current.gecontroleerd


@pytest.mark.parametrize("keuze", ["Vragen goed beantwoord", "Balie: identiteitsbewijs gezien"])
def test_een_andere_manier_van_controleren_is_een_klik(
    beller: KlantbeeldScherm, qtbot: QtBot, keuze: str
) -> None:
    beller.kop.controle.open_paneel()
    knop(beller.kop.controle, keuze).click()
    qtbot.waitUntil(lambda: beller.current is not None and beller.current.gecontroleerd)
    assert "Mevrouw A.M. Jansen-ter Braak" in zichtbare_tekst(beller.kop)


def test_een_andere_reden_vraagt_om_woorden(beller: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    beller.kop.controle.open_paneel()
    knop(beller.kop.controle, "Met deze reden verder").click()
    assert "Typ in een paar woorden" in zichtbare_tekst(beller.kop)
    typ(veld(beller, "Andere reden"), "bekende stem van de wijkagent", qtbot)
    qtbot.waitUntil(lambda: beller.current is not None and beller.current.gecontroleerd)
    assert wereld.logboek.regels[-1].bijzonderheden["toelichting"] == "bekende stem van de wijkagent"


def test_wat_bij_de_ene_klant_is_getypt_staat_er_niet_bij_de_volgende(
    beller: KlantbeeldScherm, qtbot: QtBot
) -> None:
    beller.kop.controle.open_paneel()
    qtbot.keyClicks(veld(beller, "Geboortedatum"), "1-12-1985")
    open_klant(beller, qtbot, herkomst=Herkomst.TELEFOON)
    assert veld(beller, "Geboortedatum").text() == ""


def test_een_klant_zonder_bsn_wordt_gecontroleerd_met_eigen_vragen(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    wereld.klantinteracties.partijen.append(
        maak_partij(bsn=None, uuid="00000000-0000-4000-8000-0000000000aa")
    )
    open_klant(scherm, qtbot, PartijSleutel("00000000-0000-4000-8000-0000000000aa"), Herkomst.EMAIL)
    scherm.kop.controle.open_paneel()
    assert "geen geboortedatum bekend" in zichtbare_tekst(scherm.kop)
    assert QApplication.focusWidget() is veld(scherm, "Andere reden"), "een Enter te veel controleert niemand"


def test_aan_de_balie_zijn_bsn_geboortedatum_en_adres_dicht(
    qtbot: QtBot, wereld: Any, maak_scherm: Any
) -> None:
    wereld.werkplek = "balie"
    scherm = maak_scherm()
    open_klant(scherm, qtbot)
    tekst = zichtbare_tekst(scherm.kop)
    assert "1985" not in tekst
    assert "Brinkstraat" not in tekst
    knop(scherm.kop, "Adres tonen").click()
    qtbot.waitUntil(lambda: "Brinkstraat 912" in zichtbare_tekst(scherm.kop))
