"""De afsprakenschermen in het hele venster: openen, weggaan, en wat er gebeurt als het niet mag."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Herkomst, Kandidaat, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.services.klantafspraken import AfsprakenInBeeld
from tests.bouwers import ANDER_BSN, BSN, maak_partij, maak_persoon
from tests.ui.afspraak.conftest import zichtbare_tekst
from tests.ui.afspraak.nep_agenda import NepAgenda
from ui.acties import Acties
from ui.afspraak.gekozen import Fase
from ui.hoofdvenster import Hoofdvenster


@pytest.fixture
def venster(maak_venster: Callable[..., Hoofdvenster], wereld: Any, agenda: NepAgenda) -> Hoofdvenster:
    wereld.agenda = agenda
    wereld.afspraken = AfsprakenInBeeld(lambda: nullcontext(agenda.opslag))
    return maak_venster(wereld.build())


def open_klant(venster: Hoofdvenster, qtbot: QtBot, bsn: str = BSN) -> None:
    venster.open_klant(Kandidaat(PersoonSleutel(Bsn(bsn)), "", Herkomst.BSN))
    scherm = venster.scherm
    assert scherm is not None
    qtbot.waitUntil(
        lambda: scherm.current is not None and scherm.current.is_compleet and scherm.is_bijgewerkt
    )


def druk(venster: Hoofdvenster, toets: Qt.Key | str, *mods: Qt.KeyboardModifier) -> None:
    mod = Qt.KeyboardModifier.NoModifier
    for deel in mods:
        mod |= deel
    QTest.keyClick(QApplication.focusWidget() or venster, toets, mod)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def begin_boeking(venster: Hoofdvenster, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "pas")
    druk(venster, Qt.Key.Key_Return)
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus())
    druk(venster, "1")
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST)


def klik_bij_klant(venster: Hoofdvenster, qtbot: QtBot, tekst: str) -> None:
    """Een knop bij de afspraken onder de open zaken; op een smal venster eerst daarheen."""
    scherm = venster.scherm
    assert scherm is not None
    scherm.jump("open_zaken")
    qtbot.waitUntil(scherm.zaken.afspraken.isVisible)
    klik(venster, tekst)


def klik(venster: Hoofdvenster, tekst: str) -> None:
    for knop in venster.findChildren(QPushButton):
        if knop.isVisible() and knop.text() == tekst:
            knop.click()
            return
    raise AssertionError(f"geen zichtbare knop {tekst!r}")


def test_ctrl_shift_a_begint_met_de_focus_in_product(venster: Hoofdvenster, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Product"


def test_de_klant_in_beeld_gaat_mee(venster: Hoofdvenster, qtbot: QtBot) -> None:
    open_klant(venster, qtbot)
    begin_boeking(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    assert boek.gekozen.contact.naam.text() != ""
    druk(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: boek.verloop.fase is not Fase.BEVESTIGEN)


def test_alt_1_kiest_hier_een_tijd_en_springt_bij_de_klant_naar_de_klant(
    venster: Hoofdvenster, qtbot: QtBot, acties: Acties
) -> None:
    open_klant(venster, qtbot)
    assert acties.naar_klant.isEnabled()
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    assert not acties.naar_klant.isEnabled()
    QTest.keyClicks(QApplication.focusWidget(), "pas")
    druk(venster, Qt.Key.Key_Return)
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus())
    venster.zoekveld.setFocus()
    druk(venster, "2", ALT)
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST)
    boek.verloop.release()
    druk(venster, Qt.Key.Key_Escape)
    boek.leave()
    assert acties.naar_klant.isEnabled()


def test_weggaan_met_een_vastgezette_tijd_vraagt_of_die_vrij_mag_zonder_tegen_te_houden(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    begin_boeking(venster, qtbot)
    open_klant(venster, qtbot)
    tekst = zichtbare_tekst(venster)
    assert "Tijd vrijgeven? do 3 dec 17.00 uur staat nog vast." in tekst
    klik(venster, "Terug naar de afspraak")
    assert venster.afspraken.boek is not None
    assert venster.afspraken.boek.isVisible()
    assert "Tijd vrijgeven? do" not in zichtbare_tekst(venster)
    venster.afspraken.boek.leave()
    klik(venster, "Tijd vrijgeven")
    qtbot.waitUntil(lambda: not agenda.opslag.staat.reserveringen)
    qtbot.waitUntil(lambda: "Tijd vrijgeven? do" not in zichtbare_tekst(venster))


def test_zonder_gedeelde_agenda_staat_er_waarom_en_is_er_niets_om_op_te_drukken(
    maak_venster: Callable[..., Hoofdvenster], wereld: Any, qtbot: QtBot
) -> None:
    wereld.agenda_uit = "Afspraken maken staat uit: er is geen gedeelde agenda."
    venster = maak_venster(wereld.build())
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    assert "Afspraken maken staat uit: er is geen gedeelde agenda." in zichtbare_tekst(venster)
    assert venster.afspraken.boek is None
    klik(venster, "Terug")
    assert "staat uit" not in zichtbare_tekst(venster)


def test_zoeken_en_dan_verzetten_kan_zonder_muis(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    from frontoffice.agenda.wens import Wens, Wensregel

    starts = agenda.vrij.find_starts(Wens((Wensregel("rijbewijs"),))).eerste
    oud = agenda.boek("rijbewijs", starts[6].begin, "A. Jansen-ter Braak")
    druk(venster, Qt.Key.Key_K, CTRL, SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "jansen")
    druk(venster, Qt.Key.Key_Return)
    overzicht = venster.afspraken.overzicht
    assert overzicht is not None
    qtbot.waitUntil(lambda: overzicht.lijst.hasFocus())
    druk(venster, "v")
    boek = venster.afspraken.boek
    assert boek is not None
    qtbot.waitUntil(lambda: boek.tijden.lijst.hasFocus())
    druk(venster, "1")
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST)
    druk(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR)
    assert agenda.opslag.staat.afspraken[oud.id].begin == starts[0].begin


def test_f1_opent_de_hulp_van_dit_scherm(venster: Hoofdvenster, acties: Acties, qtbot: QtBot) -> None:
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    acties.hulp.trigger()
    assert venster._hulp is not None
    assert venster._hulp.titel.text() == "Afspraak maken"
    venster._hulp.close()


def test_de_brief_staat_op_het_scherm_zoals_hij_op_papier_komt(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    open_klant(venster, qtbot)
    begin_boeking(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    boek.gekozen.contact.telefoon.setText("0612345678")
    boek.confirm()
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR)
    klik(venster, "Brief")
    brief = venster.afspraken.brief
    assert brief is not None
    qtbot.waitUntil(lambda: "1 bladzijde" in brief.zin.text())
    brief.groot.setChecked(True)
    qtbot.waitUntil(lambda: "bladzijde" in brief.zin.text() and "maken" not in brief.zin.text())
    brief.gesloten.emit()
    assert boek.isVisible()


# --- vanuit de klant en terug ------------------------------------------------------------------------------


def rijen(venster: Hoofdvenster) -> list[str]:
    """De afspraken die bij de klant staan."""
    scherm = venster.scherm
    assert scherm is not None
    return [rij.regel.zin for rij in scherm.zaken.afspraken.rijen if rij.regel is not None]


def make_afspraak(venster: Hoofdvenster, qtbot: QtBot) -> None:
    """Boek voor de klant in beeld, zoals een medewerker dat doet."""
    begin_boeking(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    druk(venster, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR)


def test_wie_vanuit_de_klant_boekt_ziet_de_afspraak_bij_terugkomst_en_een_ander_ziet_haar_niet(
    venster: Hoofdvenster, wereld: Any, qtbot: QtBot, agenda: NepAgenda
) -> None:
    wereld.add_inwoner(maak_persoon(ANDER_BSN), maak_partij(ANDER_BSN))
    open_klant(venster, qtbot)
    make_afspraak(venster, qtbot)
    (gemaakt,) = agenda.opslag.staat.afspraken.values()
    assert gemaakt.klant.klantsleutel == agenda.zoeken.make_klantsleutel(Bsn(BSN))
    assert BSN not in repr(gemaakt)
    assert venster.afspraken.boek is not None
    venster.afspraken.boek.leave()
    qtbot.waitUntil(lambda: rijen(venster) == ["Afspraak do 3 dec 17.00 uur"])
    open_klant(venster, qtbot, ANDER_BSN)
    assert rijen(venster) == []
    open_klant(venster, qtbot)
    qtbot.waitUntil(lambda: rijen(venster) == ["Afspraak do 3 dec 17.00 uur"])


def test_het_boekscherm_kent_dezelfde_afspraken_als_de_klant(venster: Hoofdvenster, qtbot: QtBot) -> None:
    open_klant(venster, qtbot)
    make_afspraak(venster, qtbot)
    assert venster.afspraken.boek is not None
    venster.afspraken.boek.leave()
    qtbot.waitUntil(lambda: len(rijen(venster)) == 1)
    druk(venster, Qt.Key.Key_A, CTRL, SHIFT)
    qtbot.waitUntil(lambda: "Heeft al een afspraak: do 3 dec 17.00 uur" in zichtbare_tekst(venster))


def test_verzetten_vanuit_de_klant_houdt_nummer_en_klant_en_laat_de_nieuwe_tijd_zien(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    open_klant(venster, qtbot)
    make_afspraak(venster, qtbot)
    (oud,) = agenda.opslag.staat.afspraken.values()
    boek = venster.afspraken.boek
    assert boek is not None
    boek.leave()
    qtbot.waitUntil(lambda: len(rijen(venster)) == 1)
    klik_bij_klant(venster, qtbot, "Verzetten")
    qtbot.waitUntil(lambda: boek.isVisible() and boek.tijden.lijst.hasFocus())
    assert f"{oud.nummer}, nu do 3 dec 17.00 uur" in zichtbare_tekst(boek.kop)
    assert boek.verloop.klant is not None
    druk(venster, "2")
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.VAST)
    boek.confirm()
    qtbot.waitUntil(lambda: boek.verloop.fase is Fase.KLAAR)
    (nieuw,) = agenda.opslag.staat.afspraken.values()
    assert (nieuw.id, nieuw.nummer) == (oud.id, oud.nummer)
    assert nieuw.klant.klantsleutel == oud.klant.klantsleutel
    assert nieuw.begin != oud.begin
    boek.leave()
    qtbot.waitUntil(lambda: bool(rijen(venster)) and rijen(venster) != ["Afspraak do 3 dec 17.00 uur"])


def test_afzeggen_vanuit_de_klant_vraagt_het_na_en_daarna_staat_zij_er_niet_meer(
    venster: Hoofdvenster, qtbot: QtBot, agenda: NepAgenda
) -> None:
    open_klant(venster, qtbot)
    make_afspraak(venster, qtbot)
    assert venster.afspraken.boek is not None
    venster.afspraken.boek.leave()
    qtbot.waitUntil(lambda: len(rijen(venster)) == 1)
    klik_bij_klant(venster, qtbot, "Afzeggen")
    qtbot.waitUntil(lambda: "afzeggen? De tijd is dan meteen vrij." in zichtbare_tekst(venster))
    klik(venster, "Ja, afzeggen")
    qtbot.waitUntil(lambda: "is afgezegd." in zichtbare_tekst(venster))
    overzicht = venster.afspraken.overzicht
    assert overzicht is not None
    overzicht.gesloten.emit()
    qtbot.waitUntil(lambda: rijen(venster) == [])


def test_een_afspraak_die_intussen_weg_is_geeft_een_zin_en_geen_leeg_scherm(
    venster: Hoofdvenster, qtbot: QtBot
) -> None:
    open_klant(venster, qtbot)
    venster.afspraken.open_van_klant("bekijken", "bestaat-niet")
    qtbot.waitUntil(lambda: "Deze afspraak is er niet." in venster.statusregel.melding.text())
    assert venster.afspraken.overzicht is None


def test_wie_intussen_een_andere_klant_opent_krijgt_de_afspraak_van_de_vorige_niet(
    venster: Hoofdvenster, wereld: Any, qtbot: QtBot, agenda: NepAgenda
) -> None:
    wereld.add_inwoner(maak_persoon(ANDER_BSN), maak_partij(ANDER_BSN))
    open_klant(venster, qtbot)
    make_afspraak(venster, qtbot)
    boek = venster.afspraken.boek
    assert boek is not None
    boek.leave()
    qtbot.waitUntil(lambda: len(rijen(venster)) == 1)
    venster.afspraken.open_van_klant("verzetten", next(iter(agenda.opslag.staat.afspraken)))
    open_klant(venster, qtbot, ANDER_BSN)
    qtbot.waitUntil(lambda: not venster.afspraken._vragen.is_onderweg("afspraak"))
    assert venster.scherm is not None
    assert venster.scherm.isVisible()
    assert not boek.isVisible()
