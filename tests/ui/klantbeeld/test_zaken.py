"""Open en afgeronde zaken, het dossier van een zaak, en documenten bewaren."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from frontoffice.domain.contact import Onderwerpobject
from frontoffice.domain.fouten import Storing
from frontoffice.domain.weergave import Ernst, ZaakRegel
from tests.bouwers import (
    PARKEERKAART,
    VANDAAG,
    maak_behandelaar,
    maak_contact,
    maak_document,
    maak_partij,
    maak_rol,
    maak_status,
    maak_zaak,
)
from tests.ui.klantbeeld.conftest import knop, open_klant, zichtbare_tekst
from ui.klantbeeld.documenten import formaat_in_woorden, omvang_in_woorden
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.klantbeeld.zaken_lijst import ZakenModel


def regel(nummer: int, **anders: Any) -> ZaakRegel:
    velden: dict[str, Any] = {
        "uuid": f"u{nummer}",
        "identificatie": f"Z{nummer}",
        "zaaktype": "Kapvergunning",
        "status": "Ontvangen",
        "termijn": "nog 5 dagen",
        "ernst": Ernst.GEWOON,
        "behandelaar": "K. de Boer",
        "rol": "aanvrager",
        "open": True,
    }
    return ZaakRegel(**{**velden, **anders})


def test_het_zakenmodel_houdt_zich_aan_de_regels_van_qt(qtmodeltester: ModelTester) -> None:
    model = ZakenModel()
    model.set_regels(tuple(regel(i) for i in range(5)))
    qtmodeltester.check(model)
    model.set_regels(tuple(regel(i) for i in range(9)))
    model.set_regels(tuple(regel(i) for i in (8, 2, 0)))
    model.set_regels(())


def test_een_andere_volgorde_houdt_de_aangewezen_zaak_vast() -> None:
    model = ZakenModel()
    model.set_regels(tuple(regel(i) for i in range(5)))
    index = QPersistentModelIndex(model.index(3))
    model.set_regels(tuple(regel(i) for i in (4, 3, 1)))
    assert index.row() == 1


def test_een_zaak_is_als_hele_zin_te_horen_met_ernst_in_woorden() -> None:
    model = ZakenModel()
    model.set_regels((regel(1, termijn="3 dagen te laat", ernst=Ernst.GEVAAR),))
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Kapvergunning, 3 dagen te laat, Ontvangen, deze klant is aanvrager, bij K. de Boer, Z1"
    )


def test_meer_dan_twintig_zaken_komen_op_verzoek(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    wereld.zaken.zaken[:] = [maak_zaak(dagen=i) for i in range(27)]
    open_klant(scherm, qtbot)
    assert "20 getoond, er zijn er meer" in zichtbare_tekst(scherm.zaken)
    knop(scherm.zaken, "Meer zaken tonen").click()
    qtbot.waitUntil(lambda: scherm.zaken.model.rowCount() == 27)
    assert "27 open zaken" in zichtbare_tekst(scherm.zaken)


def test_mislukt_meer_dan_blijft_staan_wat_er_stond(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    wereld.zaken.zaken[:] = [maak_zaak(dagen=i) for i in range(27)]
    open_klant(scherm, qtbot)
    wereld.zaken.fouten["load_zaken"] = Storing("Even geen zaken.", register="zaken")
    knop(scherm.zaken, "Meer zaken tonen").click()
    qtbot.waitUntil(lambda: "Meer zaken: niet geladen. Even geen zaken." in zichtbare_tekst(scherm.zaken))
    assert scherm.zaken.model.rowCount() == 20
    wereld.zaken.fouten.clear()
    knop(scherm.zaken, "Opnieuw").click()
    qtbot.waitUntil(lambda: scherm.zaken.model.rowCount() == 27)


def test_afgeronde_zaken_worden_pas_gehaald_als_iemand_ze_wil_zien(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    klaar = maak_zaak(
        PARKEERKAART, einddatum=VANDAAG - timedelta(days=90), status=maak_status(PARKEERKAART, 4)
    )
    wereld.zaken.zaken[:] = [maak_zaak(), klaar]
    open_klant(scherm, qtbot)
    assert "find_afgeronde_zaken" not in wereld.zaken.aanroepen
    knop(scherm.zaken, "Afgeronde zaken").click()
    qtbot.waitUntil(lambda: scherm.zaken.afgerond_lijst.isVisible())
    assert "Parkeerkaart" in zichtbare_tekst(scherm.zaken)
    assert "Afgerond op 24 augustus" in zichtbare_tekst(scherm.zaken)
    assert "Kapvergunning" not in zichtbare_tekst(scherm.zaken)
    knop(scherm.zaken, "Terug naar open zaken").click()
    assert "Kapvergunning" in zichtbare_tekst(scherm.zaken)


def test_mislukken_afgeronde_zaken_dan_staat_er_niet_dat_er_geen_zijn(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    open_klant(scherm, qtbot)
    wereld.zaken.fouten["find_afgeronde_zaken"] = Storing("Storing in het archief.", register="zaken")
    knop(scherm.zaken, "Afgeronde zaken").click()
    qtbot.waitUntil(lambda: "Storing in het archief." in zichtbare_tekst(scherm.zaken))
    assert "Geen afgeronde zaken" not in zichtbare_tekst(scherm.zaken)
    wereld.zaken.fouten.clear()
    knop(scherm.zaken, "Opnieuw").click()
    qtbot.waitUntil(lambda: "Geen afgeronde zaken." in zichtbare_tekst(scherm.zaken))


def test_het_dossier_toont_stappen_termijnen_rollen_documenten_en_voorleestekst(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    zaak = maak_zaak(
        streefdatum=VANDAAG + timedelta(days=5),
        toelichting="De eik staat dicht bij de gevel.",
        documenten=(maak_document("Besluit op papier", formaat="application/pdf", omvang=23_400),),
    )
    wereld.zaken.zaken[:] = [zaak]
    open_klant(scherm, qtbot)
    scherm.detail.show_zaak(zaak.uuid)
    qtbot.waitUntil(lambda: "Besluit op papier" in zichtbare_tekst(scherm.detail))
    tekst = zichtbare_tekst(scherm.detail)
    for stuk in (
        "Zeg dit",
        "Streefdatum",
        "vrijdag 27 november",
        "Wettelijke termijn",
        "zaterdag 12 december",
        "In behandeling",
        "komt nog",
        "Behandelaar",
        "K. de Boer",
        "De eik staat dicht bij de gevel.",
        "23 kB",
    ):
        assert stuk in tekst
    knop(scherm.detail, "Kopieer de tekst om voor te lezen").click()
    assert QApplication.clipboard().text().startswith("U vraagt naar de zaak")


def test_wie_geen_aanvrager_is_krijgt_geen_tekst_om_voor_te_lezen(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    rol = maak_rol(omschrijving="Belanghebbende", omschrijving_generiek="belanghebbende")
    zaak = maak_zaak(rollen=(rol, maak_behandelaar()))
    wereld.zaken.zaken[:] = [zaak]
    open_klant(scherm, qtbot)
    scherm.detail.show_zaak(zaak.uuid)
    qtbot.waitUntil(lambda: "Stappen" in zichtbare_tekst(scherm.detail))
    assert "Zeg dit" not in zichtbare_tekst(scherm.detail)


def test_een_dossier_dat_half_laadt_zegt_wat_ontbreekt(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    zaak = maak_zaak()
    wereld.zaken.zaken[:] = [zaak]
    wereld.zaken.fouten["load_statussen"] = Storing("Storing bij stappen.", register="zaken")
    open_klant(scherm, qtbot)
    scherm.detail.show_zaak(zaak.uuid)
    qtbot.waitUntil(lambda: "Stappen: niet geladen. Storing bij stappen." in zichtbare_tekst(scherm.detail))
    assert "Ontvangstbevestiging" in zichtbare_tekst(scherm.detail)


def test_van_contact_naar_zaak_en_terug(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    zaak = maak_zaak()
    contact = maak_contact(
        onderwerp="Hoe staat het",
        onderwerpobjecten=(Onderwerpobject("o1", zaak.uuid, "zgw-Zaak", "openzaak", "uuid"),),
    )
    wereld.klantinteracties.partijen[:] = [maak_partij(contacten=[contact])]
    wereld.klantinteracties.contacten[:] = [contact]
    wereld.klantinteracties.contacten_van_zaak[zaak.uuid] = [contact]
    wereld.zaken.zaken[:] = [zaak]
    open_klant(scherm, qtbot)
    scherm.detail.show_contact(contact.uuid)
    qtbot.waitUntil(lambda: "Open zaak: Kapvergunning" in zichtbare_tekst(scherm.detail))
    knop(scherm.detail, "Open zaak: Kapvergunning").click()
    qtbot.waitUntil(lambda: "Contacten over deze zaak" in zichtbare_tekst(scherm.detail))
    knop(scherm.detail, "Toon contact: Hoe staat het").click()
    qtbot.waitUntil(lambda: "Open zaak: Kapvergunning" in zichtbare_tekst(scherm.detail))


# --- documenten --------------------------------------------------------------------------------------------


@pytest.fixture
def dossier(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any, tmp_path: Path) -> KlantbeeldScherm:
    """Een open dossier met één document; documenten komen in tmp_path."""
    document = maak_document("Besluit", formaat="application/pdf")
    wereld.zaken.inhoud[document.informatieobject_uuid] = b"%PDF-inhoud"
    zaak = maak_zaak(documenten=(document,))
    wereld.zaken.zaken[:] = [zaak]
    open_klant(scherm, qtbot)
    scherm.detail._bewaarmap.set_map(str(tmp_path))
    scherm.detail.show_zaak(zaak.uuid)
    qtbot.waitUntil(lambda: "Documenten (1)" in zichtbare_tekst(scherm.detail))
    return scherm


def test_opslaan_bewaart_het_document_in_de_gekozen_map_en_opent_niets(
    dossier: KlantbeeldScherm, qtbot: QtBot, tmp_path: Path
) -> None:
    knop(dossier.detail, "Opslaan: Besluit").click()
    qtbot.waitUntil(lambda: "Bewaard als Besluit.pdf" in zichtbare_tekst(dossier.detail))
    assert (tmp_path / "Besluit.pdf").read_bytes() == b"%PDF-inhoud"
    assert knop(dossier.detail, "Map openen").isEnabled()


def test_een_map_die_er_nog_niet_is_wordt_gemaakt_en_niet_de_naam_van_het_document(
    dossier: KlantbeeldScherm, qtbot: QtBot, tmp_path: Path
) -> None:
    nieuw = tmp_path / "Downloads nieuw"
    dossier.detail._bewaarmap.set_map(str(nieuw))
    knop(dossier.detail, "Opslaan: Besluit").click()
    qtbot.waitUntil(lambda: nieuw.is_dir() and len(list(nieuw.iterdir())) == 1)


def test_afbreken_laat_niets_achter(
    dossier: KlantbeeldScherm, qtbot: QtBot, wereld: Any, tmp_path: Path
) -> None:
    wereld.zaken.houd_vast("download")
    knop(dossier.detail, "Opslaan: Besluit").click()
    qtbot.waitUntil(lambda: "download" in wereld.zaken.aanroepen)
    knop(dossier.detail, "Afbreken: Besluit").click()
    wereld.zaken.laat_los("download")
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [])
    assert "Afgebroken. Er is niets bewaard." in zichtbare_tekst(dossier.detail)
    knop(dossier.detail, "Opslaan: Besluit").click()
    qtbot.waitUntil(lambda: (tmp_path / "Besluit.pdf").exists())


def test_mislukt_opslaan_dan_staat_de_reden_bij_het_document(
    dossier: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    wereld.zaken.fouten["download"] = Storing(
        "Het documentregister heeft een storing.", register="documenten"
    )
    knop(dossier.detail, "Opslaan: Besluit").click()
    verwacht = "Niet bewaard. Het documentregister heeft een storing."
    qtbot.waitUntil(lambda: verwacht in zichtbare_tekst(dossier.detail))
    assert knop(dossier.detail, "Opslaan: Besluit").isEnabled()


@pytest.mark.parametrize(
    ("omvang", "woorden"),
    [(None, ""), (0, "1 kB"), (23_400, "23 kB"), (999_999, "1000 kB"), (3_400_000, "3,4 MB")],
)
def test_de_omvang_van_een_document_staat_er_in_gewone_maten(omvang: int | None, woorden: str) -> None:
    assert omvang_in_woorden(omvang) == woorden


@pytest.mark.parametrize(
    ("formaat", "woorden"),
    [
        ("application/pdf", "pdf"),
        ("image/jpeg", "jpeg"),
        ("text/plain", "tekst"),
        ("", ""),
        ("x/y-z", "x/y-z"),
    ],
)
def test_het_formaat_van_een_document_staat_er_zoals_mensen_het_noemen(formaat: str, woorden: str) -> None:
    assert formaat_in_woorden(formaat) == woorden


def test_de_menutoets_biedt_kopieren_aan_en_dat_is_wat_er_staat(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    wereld.zaken.zaken[:] = [replace(maak_zaak(), identificatie="ZAAK-1")]
    open_klant(scherm, qtbot)
    lijst = scherm.zaken.lijst
    lijst.setFocus()
    midden = lijst.visualRect(lijst.model().index(0, 0)).center()
    gebeurtenis = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, midden, lijst.mapToGlobal(midden))
    QApplication.sendEvent(lijst, gebeurtenis)
    menu = lijst.findChild(QMenu)
    assert menu is not None
    next(actie for actie in menu.actions() if actie.text() == "Tekst kopiëren").trigger()
    menu.close()
    assert QApplication.clipboard().text().endswith("bij K. de Boer, ZAAK-1")
