"""De tijdlijn: model, filters, plaats en selectie behouden, verder laden, en vijandige tekst."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import Storing
from frontoffice.domain.klant import Herkomst
from frontoffice.domain.klantbeeld import Klantbeeld
from frontoffice.domain.tijdlijn import Stroom, TijdlijnItem, TijdlijnSoort
from frontoffice.ports import Stop
from frontoffice.services.klantbeeld import KlantbeeldDienst, Verandering
from tests.bouwers import NU, SLEUTEL, VANDAAG, maak_contact, maak_item, maak_partij, maak_zaak
from tests.ui.klantbeeld.conftest import MaakScherm, knop, open_klant, zichtbare_tekst
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.klantbeeld.tijdlijn_model import ITEM_ROL, TijdlijnModel
from ui.klantbeeld.tijdlijn_rijen import Rijenmaker, dag_in_woorden

ITEMS = [maak_item(NU - timedelta(hours=5 * i), id=f"i{i:03}", titel=f"Rij {i}") for i in range(60)]


def rijen(items: list[TijdlijnItem]) -> Any:
    return Rijenmaker().make(tuple(sorted(items, key=lambda i: (i.om, i.id), reverse=True)), VANDAAG)


def titels(model: TijdlijnModel) -> list[str]:
    return [model.rij(nummer).titel for nummer in range(model.rowCount())]


# --- model -----------------------------------------------------------------------------------------------


@given(oud=st.sets(st.sampled_from(range(60))), nieuw=st.sets(st.sampled_from(range(60))))
def test_na_elke_verandering_staan_precies_de_nieuwe_rijen_er_op_volgorde(
    oud: set[int], nieuw: set[int]
) -> None:
    model = TijdlijnModel()
    model.set_rijen(rijen([ITEMS[i] for i in oud]))
    bewaard = {model.rij(n).item.id: QPersistentModelIndex(model.index(n)) for n in range(model.rowCount())}
    model.set_rijen(rijen([ITEMS[i] for i in nieuw]))
    assert titels(model) == [f"Rij {i}" for i in sorted(nieuw)]
    for item_id, index in bewaard.items():
        blijft = int(item_id[1:]) in nieuw
        assert index.isValid() == blijft
        if blijft:
            assert model.rij(index.row()).item.id == item_id


def test_het_model_houdt_zich_aan_de_regels_van_qt(qtmodeltester: ModelTester) -> None:
    model = TijdlijnModel()
    model.set_rijen(rijen(ITEMS[10:40]))
    qtmodeltester.check(model)
    model.set_rijen(rijen(ITEMS[:50:3]))
    model.set_filter(None, "rij 1")
    model.set_rijen(rijen(ITEMS))
    model.clear()


def test_een_gewijzigde_gebeurtenis_wordt_op_haar_plaats_bijgewerkt(qtbot: QtBot) -> None:
    model = TijdlijnModel()
    model.set_rijen(rijen(ITEMS[:3]))
    anders = maak_item(ITEMS[1].om, id="i001", titel="Nu onthuld")
    with qtbot.waitSignal(model.dataChanged) as gewijzigd:
        model.set_rijen(rijen([ITEMS[0], anders, ITEMS[2]]))
    assert gewijzigd.args[0].row() == 1
    assert titels(model) == ["Rij 0", "Nu onthuld", "Rij 2"]


def test_filteren_op_soort_en_woorden_gaat_zonder_accenten_en_hoofdletters() -> None:
    model = TijdlijnModel()
    model.set_rijen(
        rijen(
            [
                maak_item(NU, id="a", titel="Vraag van mevrouw Şahin", soort=TijdlijnSoort.CONTACT),
                maak_item(
                    NU - timedelta(days=1), id="b", titel="Şahin besluit", soort=TijdlijnSoort.DOCUMENT
                ),
                maak_item(NU - timedelta(days=2), id="c", titel="Iets anders", tekst="over SAHIN"),
            ]
        )
    )
    model.set_filter(None, "sahin")
    assert len(titels(model)) == 3
    model.set_filter(TijdlijnSoort.DOCUMENT, "sahin besluit")
    assert titels(model) == ["Şahin besluit"]
    model.set_filter(None, "sahin onvindbaar")
    assert titels(model) == []


def test_de_dag_staat_er_in_gewone_woorden() -> None:
    dagen = [dag_in_woorden(VANDAAG - timedelta(days=n), VANDAAG) for n in (0, 1, 6, 400)]
    assert dagen == ["vandaag", "gisteren", "ma 16 nov", "za 18 okt 2025"]


def test_een_rij_is_als_hele_zin_te_horen() -> None:
    model = TijdlijnModel()
    model.set_rijen(
        rijen([maak_item(NU, titel="Vraag", kanaal="telefoon", wie="S. Bos", regel="Over de eik")])
    )
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "vandaag 14.03 uur, Vraag, Telefoon · S. Bos · Over de eik"
    )


# --- in het scherm -----------------------------------------------------------------------------------------


def add_contacten(wereld: Any, aantal: int, **anders: Any) -> None:
    contacten = [maak_contact(i / 2, onderwerp=f"Onderwerp {i}", **anders) for i in range(aantal)]
    wereld.klantinteracties.partijen[:] = [maak_partij(contacten=contacten)]
    wereld.klantinteracties.contacten[:] = contacten


def test_verder_bladeren_laadt_tot_alles_er_is(scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any) -> None:
    add_contacten(wereld, 120)
    open_klant(scherm, qtbot)
    lijst = scherm.tijdlijn.lijst
    assert scherm.tijdlijn.model.rowCount() < 120
    for _ in range(20):
        lijst.scrollToBottom()
        qtbot.wait(10)
    qtbot.waitUntil(lambda: (lijst.scrollToBottom(), scherm.tijdlijn.model.rowCount() == 120)[1])
    assert titels(scherm.tijdlijn.model)[-1] == "Onderwerp 119"


def test_wie_al_onderaan_staat_krijgt_de_volgende_bladzijde_ook_zonder_te_bewegen(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """De bladzijde staat er al terwijl het laden nog even bezig heet; daarna beweegt de balk niet meer."""
    echt, verder = KlantbeeldDienst.load_meer_tijdlijn, threading.Event()

    def load_met_nasleep(dienst: KlantbeeldDienst, beeld: Klantbeeld, stop: Stop) -> Iterator[Verandering]:
        yield from echt(dienst, beeld, stop)
        verder.wait(30)

    monkeypatch.setattr(KlantbeeldDienst, "load_meer_tijdlijn", load_met_nasleep)
    add_contacten(wereld, 120)
    open_klant(scherm, qtbot)
    balk, model = scherm.tijdlijn.lijst.verticalScrollBar(), scherm.tijdlijn.model
    aantal = model.rowCount()
    balk.setValue(balk.maximum())
    qtbot.waitUntil(lambda: model.rowCount() > aantal)
    aantal = model.rowCount()
    balk.setValue(balk.maximum())
    QApplication.processEvents()
    balk.blockSignals(True)
    verder.set()
    qtbot.waitUntil(lambda: model.rowCount() > aantal)


def test_wie_niet_bladert_kost_het_register_geen_tweede_bladzijde(
    qtbot: QtBot, wereld: Any, maak_scherm: MaakScherm
) -> None:
    add_contacten(wereld, 120)
    scherm = maak_scherm(1366, 2_400)
    open_klant(scherm, qtbot)
    qtbot.wait(30)
    assert wereld.klantinteracties.aanroepen.count("load_klantcontacten") == 1
    knop(scherm.tijdlijn, "Ouder laden").click()
    qtbot.waitUntil(lambda: scherm.tijdlijn.model.rowCount() == 50)


def test_een_nieuwe_bladzijde_verschuift_niets_onder_de_muis_en_houdt_de_selectie(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 75)
    open_klant(scherm, qtbot)
    lijst = scherm.tijdlijn.lijst
    lijst.setCurrentIndex(scherm.tijdlijn.model.index(12))
    lijst.verticalScrollBar().setValue(300)
    boven = lijst.indexAt(lijst.viewport().rect().topLeft()).data(ITEM_ROL).id
    voor = scherm.tijdlijn.model.rowCount()
    scherm._lader.load_meer_tijdlijn()
    qtbot.waitUntil(lambda: scherm.tijdlijn.model.rowCount() > voor)
    assert lijst.currentIndex().data(ITEM_ROL).titel == "Onderwerp 12"
    assert lijst.verticalScrollBar().value() == 300
    assert lijst.indexAt(lijst.viewport().rect().topLeft()).data(ITEM_ROL).id == boven


def test_komt_er_iets_nieuws_boven_dan_blijft_de_gelezen_rij_staan_en_wijst_een_knop_naar_boven(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 40)
    wereld.zaken.houd_vast("find_open_zaken")
    wereld.zaken.zaken[:] = [maak_zaak(status=None, startdatum=VANDAAG + timedelta(days=1))]
    scherm.open(SLEUTEL, Herkomst.BSN)
    qtbot.waitUntil(lambda: scherm.tijdlijn.model.rowCount() > 20)
    lijst = scherm.tijdlijn.lijst
    lijst.verticalScrollBar().setValue(200)
    index = lijst.indexAt(lijst.viewport().rect().topLeft())
    boven, plaats = index.data(ITEM_ROL).id, lijst.visualRect(index).top()
    wereld.zaken.laat_los("find_open_zaken")
    qtbot.waitUntil(lambda: "Kapvergunning" in titels(scherm.tijdlijn.model))
    index = lijst.indexAt(lijst.viewport().rect().topLeft())
    assert (index.data(ITEM_ROL).id, lijst.visualRect(index).top()) == (boven, plaats)
    knop(scherm.tijdlijn, "Nieuwere staan bovenaan").click()
    assert lijst.verticalScrollBar().value() == 0


def test_alleen_de_focus_krijgen_opent_niets_en_de_eerste_pijl_begint_op_de_eerste_rij(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    """Springt iemand naar de tijdlijn, dan blijft rechts staan wat er stond."""
    add_contacten(wereld, 5)
    open_klant(scherm, qtbot)
    scherm.jump("tijdlijn")
    assert scherm.detail.is_leeg
    assert "Kies een zaak of een regel" in zichtbare_tekst(scherm.detail)
    for titel in ("Onderwerp 0", "Onderwerp 1"):
        qtbot.keyClick(scherm.tijdlijn.lijst, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda titel=titel: titel in zichtbare_tekst(scherm.detail))


def test_mislukt_het_verder_laden_dan_staat_dat_er_met_opnieuw_en_vraagt_het_niet_eindeloos(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 60)
    open_klant(scherm, qtbot)
    wereld.klantinteracties.fouten["load_klantcontacten"] = Storing("Storing bij contacten.", register="ki")
    wereld.klantinteracties.aanroepen.clear()
    scherm.tijdlijn.lijst.scrollToBottom()
    qtbot.waitUntil(
        lambda: "Contacten: niet geladen. Storing bij contacten." in zichtbare_tekst(scherm.tijdlijn)
    )
    for _ in range(5):
        scherm.tijdlijn.lijst.scrollToTop()
        scherm.tijdlijn.lijst.scrollToBottom()
        qtbot.wait(10)
    assert wereld.klantinteracties.aanroepen == ["load_klantcontacten"]
    assert "Onderwerp 24" in zichtbare_tekst(scherm.tijdlijn)
    wereld.klantinteracties.fouten.clear()
    knop(scherm.tijdlijn, "Opnieuw").click()
    qtbot.waitUntil(lambda: "Onderwerp 40" in zichtbare_tekst(scherm.tijdlijn))
    assert "Onderwerp 24" in zichtbare_tekst(scherm.tijdlijn)


def test_zoeken_in_de_tijdlijn_wacht_op_een_korte_pauze_en_laat_los_met_escape(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 12)
    open_klant(scherm, qtbot)
    scherm._acties.zoek_in_tijdlijn.trigger()
    assert QApplication.focusWidget() is scherm.tijdlijn.zoek
    qtbot.keyClicks(scherm.tijdlijn.zoek, "onderwerp 7")
    qtbot.waitUntil(lambda: titels(scherm.tijdlijn.model) == ["Onderwerp 7"])
    qtbot.keyClick(scherm.tijdlijn.zoek, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: scherm.tijdlijn.model.rowCount() == 12)


def test_wie_naar_meldingen_vraagt_leest_dat_ze_niet_zijn_aangesloten(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 3)
    open_klant(scherm, qtbot)
    scherm.tijdlijn.soort.setCurrentText("Meldingen")
    assert "Niets gevonden." in zichtbare_tekst(scherm.tijdlijn)
    beeld = scherm.current
    assert beeld is not None
    niet_aangesloten = Stroom("meldingen", aangesloten=False)
    scherm._lader._set_beeld(replace(beeld, tijdlijn=beeld.tijdlijn.met(niet_aangesloten)))
    qtbot.waitUntil(lambda: "nog niet aangesloten" in zichtbare_tekst(scherm.tijdlijn))


def test_de_keuze_van_een_soort_laat_alleen_die_soort_staan(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 3)
    wereld.zaken.zaken[:] = [maak_zaak()]
    open_klant(scherm, qtbot)
    scherm.tijdlijn.soort.setCurrentText("Documenten")
    assert titels(scherm.tijdlijn.model) == ["Ontvangstbevestiging"]
    knop(scherm.tijdlijn, "Alles tonen").click()
    assert scherm.tijdlijn.model.rowCount() == 5


def test_met_een_filter_wordt_er_alleen_op_verzoek_verder_gezocht(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 60)
    open_klant(scherm, qtbot)
    scherm.tijdlijn.zoek.setText("Onderwerp 55")
    qtbot.waitUntil(lambda: scherm.tijdlijn.model.rowCount() == 0)
    assert "Niets gevonden." in zichtbare_tekst(scherm.tijdlijn)
    wereld.klantinteracties.aanroepen.clear()
    qtbot.wait(30)
    assert wereld.klantinteracties.aanroepen == []
    while scherm.tijdlijn.model.rowCount() == 0:
        knop(scherm.tijdlijn, "Verder zoeken in ouder").click()
        qtbot.waitUntil(lambda: not scherm._lader.is_bezig("tijdlijn") and scherm.is_bijgewerkt)
    assert titels(scherm.tijdlijn.model) == ["Onderwerp 55"]


def test_een_vertrouwelijk_contact_is_dicht_en_gaat_open_met_een_reden(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    add_contacten(wereld, 1, vertrouwelijk=True, inhoud="Zeer gevoelige zin")
    open_klant(scherm, qtbot)
    assert titels(scherm.tijdlijn.model) == ["Vertrouwelijk contact"]
    scherm.tijdlijn.lijst.setFocus()
    qtbot.keyClick(scherm.tijdlijn.lijst, Qt.Key.Key_Return)
    assert "Onderwerp" not in zichtbare_tekst(scherm)
    assert "gevoelige" not in zichtbare_tekst(scherm)
    assert "load_klantcontact" not in wereld.klantinteracties.aanroepen
    QApplication.processEvents()
    knop(scherm.detail, "Vertrouwelijk contact tonen").click()
    knop(scherm.detail, "Nodig om te controleren").click()
    qtbot.waitUntil(lambda: "Zeer gevoelige zin" in zichtbare_tekst(scherm.detail))
    assert titels(scherm.tijdlijn.model) == ["Onderwerp 0"]
    assert ("onthuld", "Nodig om te controleren") in [(r.handeling, r.doel) for r in wereld.logboek.regels]


VIJANDIG = {
    "plaatje": "<img src='file:///dev/zero'>",
    "opmaak": "<b>" * 20_000 + "diep",
    "tabellen": "<table><tr><td>" * 300,
    "omgekeerd": "voor\u202eachter\u202c",
    "stuurtekens": "a\x00b\x1b[31mc",
    "markdown": "![](file:///etc/hostname) **vet**",
}


@pytest.mark.parametrize("soort", VIJANDIG)
def test_tekst_met_opmaak_staat_er_letterlijk_in_rij_en_detail(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any, soort: str
) -> None:
    tekst = VIJANDIG[soort]
    contacten = [maak_contact(0, onderwerp=tekst, inhoud=tekst, kanaal=tekst)]
    wereld.klantinteracties.partijen[:] = [maak_partij(contacten=contacten)]
    wereld.klantinteracties.contacten[:] = contacten
    wereld.zaken.zaken[:] = [maak_zaak(omschrijving=tekst, toelichting=tekst, identificatie=tekst[:40])]
    open_klant(scherm, qtbot)
    scherm.tijdlijn.lijst.setFocus()
    qtbot.keyClick(scherm.tijdlijn.lijst, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(zichtbare_tekst(scherm.detail)) > 40)
    scherm.grab()
    begin = tekst.split("\x00")[0].split("\u202e")[0][:30]
    assert titels(scherm.tijdlijn.model)[0].startswith(begin)
    assert begin in zichtbare_tekst(scherm.detail)
    assert "\u202e" not in zichtbare_tekst(scherm)
    assert "\x00" not in zichtbare_tekst(scherm)
    scherm.detail.show_zaak(wereld.zaken.zaken[0].uuid)
    qtbot.waitUntil(lambda: "Documenten" in zichtbare_tekst(scherm.detail))
    scherm.grab()


def test_een_melding_voor_wie_nergens_op_wijst_heeft_geen_rij(scherm: KlantbeeldScherm) -> None:
    assert scherm.tijdlijn.model.index_van("bestaat niet") == QModelIndex()
