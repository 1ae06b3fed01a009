"""Van scherm tot register: meer vragen in één gesprek, een klant die opnieuw belt, en hulp onderweg."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from frontoffice.domain.belofte import read_herhalingen
from frontoffice.domain.klant import Partij
from tests.bouwers import BSN, maak_contact, maak_partij, maak_persoon, maak_taak, nieuw_uuid
from tests.nep_registratie import Rij
from tests.ui.conftest import MaakVenster, Wereld
from tests.ui.contact.test_strook import CTRL, actief_van, lopend, maak_venster, open_klant, press, strook_van
from ui.hoofdvenster import Hoofdvenster

__all__ = ["maak_venster"]  # de fixture: een venster waar de strook naast staat

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
TOELICHTING = "Terugbellen uiterlijk 24-11-2026. Beloofd: 24-11-2026.\nWanneer is het paspoort klaar?"


def send_alles(qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld) -> None:
    """De tijd voor ongedaan maken is om: alles gaat naar het register."""
    gesprekken = venster.contacten.gesprekken
    assert gesprekken is not None
    wereld.klok.zet_vooruit(seconds=60)

    def is_klaar() -> bool:
        gesprekken.send(alles=True)
        return wereld.winkel.count_wachtend() == (0, 0)

    qtbot.waitUntil(is_klaar)


def test_twee_vragen_in_een_gesprek_worden_twee_contacten_met_hetzelfde_gesprek(
    qtbot: QtBot, venster: Hoofdvenster, wereld: Wereld
) -> None:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F6)
    notitie = strook_van(venster).vorm.notitie
    qtbot.keyClicks(notitie, "Wanneer is het paspoort klaar?")
    press(venster, Qt.Key.Key_N, CTRL_SHIFT)
    assert notitie.hasFocus()
    assert notitie.tekst == ""
    qtbot.keyClicks(notitie, "En wanneer komt de grijze bak?")
    eerste, tweede = lopend(venster)
    assert actief_van(venster).uuid == tweede.uuid
    assert tweede.klant == eerste.klant
    assert eerste.klant is not None
    for _ in range(2):
        over = len(lopend(venster))
        press(venster, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda over=over: len(lopend(venster)) < over)  # type: ignore[misc]  # standaardwaarde in een lambda
    rijen = [rij.registratie for rij in wereld.winkel.load_verzendingen()]
    assert {rij.metadata["gesprek"] for rij in rijen} == {eerste.gesprek}
    assert {rij.uuid for rij in rijen} == {eerste.uuid, tweede.uuid}
    send_alles(qtbot, venster, wereld)
    assert sorted(str(rij.velden["inhoud"]) for rij in wereld.register.van("contact")) == [
        "En wanneer komt de grijze bak?",
        "Wanneer is het paspoort klaar?",
    ]


def test_een_vraag_zonder_gesprek_begint_gewoon_een_contact(qtbot: QtBot, venster: Hoofdvenster) -> None:
    press(venster, Qt.Key.Key_N, CTRL_SHIFT)
    assert len(lopend(venster)) == 1
    assert strook_van(venster).vorm.notitie.hasFocus()


# --- klant belt opnieuw


@pytest.fixture
def met_verzoek(wereld: Wereld) -> tuple[Wereld, str]:
    """De klant heeft één open terugbelverzoek, in het beeld en in het register."""
    partij: Partij = maak_partij(betrokkene_uuids=frozenset({"b1"}))
    contact_uuid, taak_uuid = nieuw_uuid(), nieuw_uuid()
    taak = maak_taak(contact_uuid, uuid=taak_uuid, toelichting=TOELICHTING)
    contact = maak_contact(1, uuid=contact_uuid, betrokkene_uuids=frozenset({"b1"}), taken=(taak,))
    wereld.klantinteracties.partijen = [partij]
    wereld.klantinteracties.contacten = [contact]
    wereld.personen.personen = [maak_persoon(BSN)]
    wereld.register.rijen.append(
        Rij("taak", taak_uuid, {"contact": contact_uuid, "actor": "a", "toelichting": TOELICHTING})
    )
    return wereld, taak_uuid


def test_een_klant_die_opnieuw_belt_telt_mee_bij_het_verzoek_dat_er_al_is(
    qtbot: QtBot, maak_venster: MaakVenster, met_verzoek: tuple[Wereld, str]
) -> None:
    wereld, taak_uuid = met_verzoek
    venster = maak_venster(wereld.build())
    strook = strook_van(venster)
    for keer in (1, 2):
        open_klant(qtbot, venster)
        press(venster, Qt.Key.Key_F6)
        qtbot.keyClicks(strook.vorm.notitie, f"Wacht nog steeds, keer {keer}.")
        if strook.opnieuw.isHidden():  # de klant was al in beeld toen dit contact begon
            venster.contacten._add_erbij()
        qtbot.waitUntil(strook.opnieuw.isVisible)
        (knop,) = strook.opnieuw.findChildren(type(strook.weg))
        qtbot.mouseClick(knop, Qt.MouseButton.LeftButton)
        assert strook.opnieuw.isHidden()
        press(venster, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: lopend(venster) == ())
        send_alles(qtbot, venster, wereld)
        wereld.klok.zet_vooruit(seconds=timedelta(hours=1).total_seconds())
    (taak,) = wereld.register.van("taak")
    toelichting = str(taak.velden["toelichting"])
    assert taak.uuid == taak_uuid
    assert read_herhalingen(toelichting) == 2
    assert toelichting.startswith(TOELICHTING)
    assert len(wereld.register.van("contact")) == 2


# --- hulp


def test_f1_in_de_strook_opent_de_hulp_over_contacten(qtbot: QtBot, venster: Hoofdvenster) -> None:
    open_klant(qtbot, venster)
    press(venster, Qt.Key.Key_F6)
    press(venster, Qt.Key.Key_F1)
    hulp = venster._hulp
    assert hulp is not None
    qtbot.waitUntil(hulp.isVisible)
    assert hulp.titel.text() == "Een contact vastleggen"
    hulp.close()
    venster.activateWindow()
    qtbot.waitUntil(venster.isActiveWindow)
    venster.focus_zoekveld()
    press(venster, Qt.Key.Key_F1)
    assert hulp.titel.text() != "Een contact vastleggen"
