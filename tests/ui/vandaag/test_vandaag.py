"""Vandaag op het scherm: elk deel laadt los, niets houdt het zoekveld op, en Alt+1 opent wat eerst moet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontoffice.domain.belofte import format_belofte, read_taaktekst
from frontoffice.domain.fouten import Storing
from frontoffice.domain.taal import tijd
from frontoffice.ports import Aanroep
from frontoffice.services.vandaag import Deel, Deelnaam, Openstaand, make_beloften, make_team
from tests.bouwers import BSN
from tests.nep import NU, VANDAAG
from tests.ui.conftest import MaakVenster, Wereld
from ui.acties import Acties
from ui.hoofdvenster import Hoofdvenster
from ui.vandaag import venster as vandaagvenster

STORING = Storing("Contacten heeft een storing. Probeer het zo nog eens.", register="klantinteracties")
ALT = Qt.KeyboardModifier.AltModifier


class NepBron:
    """Een register met verzoeken; kan haperen, weg zijn of blijven hangen."""

    def __init__(self, *dagen: int) -> None:
        self.verzoeken = [self._make(f"v{n}", over) for n, over in enumerate(dagen)]
        self.vragen = 0
        self.fout: Exception | None = None
        self.los = threading.Event()
        self.los.set()

    def _make(self, uuid: str, over: int) -> Openstaand:
        kop = format_belofte(VANDAAG, VANDAAG + timedelta(days=over))
        return Openstaand(uuid, "Terugbellen", read_taaktekst(kop), vraag=f"Vraag {uuid}")

    def beloften(self, _: Aanroep) -> Deel:
        self.vragen += 1
        self.los.wait(60)
        if self.fout is not None:
            raise self.fout
        return make_beloften(self.verzoeken, VANDAAG, NU)

    def team(self, _: Aanroep) -> Deel:
        return make_team(self.verzoeken, VANDAAG, NU)


@pytest.fixture
def bron() -> NepBron:
    return NepBron(-2, 0, 5)


@pytest.fixture
def venster(maak_venster: MaakVenster, wereld: Wereld, bron: NepBron, qtbot: QtBot) -> Hoofdvenster:
    wereld.vandaag = {Deelnaam.BELOFTEN: bron.beloften, Deelnaam.TEAM: bron.team}
    return maak_venster(wereld.build())


def wacht_op(qtbot: QtBot, conditie: Callable[[], bool]) -> None:
    qtbot.waitUntil(conditie)


def staat_er(venster: Hoofdvenster, naam: Deelnaam) -> bool:
    return venster.vandaag.vakken[naam].deel is not None


def open_klant(qtbot: QtBot, venster: Hoofdvenster) -> None:
    venster._start.gezocht.emit(BSN)
    wacht_op(qtbot, lambda: venster.scherm is not None and venster.scherm.current is not None)


def test_het_begin_zegt_wat_eerst_moet(qtbot: QtBot, venster: Hoofdvenster) -> None:
    wacht_op(qtbot, lambda: staat_er(venster, Deelnaam.BELOFTEN) and staat_er(venster, Deelnaam.TEAM))
    scherm = venster.vandaag.scherm
    assert scherm.stand.text() == "Voor u: 1 te laat en 1 voor vandaag."
    assert scherm.eerst.isVisible()
    assert scherm.eerst_titel.text() == "Terugbellen, 2 dagen te laat"
    lijst = venster.vandaag.vakken[Deelnaam.BELOFTEN].lijst
    assert [lijst.rijen.rij(lijst.rijen.index(n)).merk for n in range(3)] == [  # type: ignore[union-attr]  # er zijn er drie
        "2 dagen te laat", "vandaag", "",
    ]  # fmt: skip


def test_alt_1_opent_het_eerste_ook_vanuit_het_zoekveld(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    wacht_op(qtbot, lambda: acties.eerste.isEnabled())
    assert venster.zoekveld.hasFocus()
    with qtbot.waitSignal(venster.vandaag.terugbellen) as gevangen:
        QTest.keyClick(venster, Qt.Key.Key_1, ALT)
    assert gevangen.args == ["v0"]


def test_alt_1_springt_naar_de_klant_als_die_in_beeld_is(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    wacht_op(qtbot, lambda: acties.eerste.isEnabled())
    open_klant(qtbot, venster)
    assert not acties.eerste.shortcuts()
    assert acties.naar_klant.isEnabled()
    with qtbot.assertNotEmitted(venster.vandaag.terugbellen):
        QTest.keyClick(venster, Qt.Key.Key_1, ALT)


def test_alt_home_gaat_naar_vandaag_en_terug_naar_dezelfde_klant(
    qtbot: QtBot, venster: Hoofdvenster, acties: Acties
) -> None:
    open_klant(qtbot, venster)
    QTest.keyClick(venster, Qt.Key.Key_Home, ALT)
    assert venster.vandaag.is_open
    assert venster.vandaag.scherm.terugknop.isVisible()
    assert not acties.naar_klant.isEnabled()
    venster.vandaag.scherm.terugknop.click()
    assert venster.scherm is not None
    assert venster._midden.currentWidget() is venster.scherm
    assert venster.scherm.current is not None
    assert acties.naar_klant.isEnabled()


def test_typen_wacht_nergens_op(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, bron: NepBron
) -> None:
    bron.los.clear()
    wereld.vandaag = {Deelnaam.BELOFTEN: bron.beloften, Deelnaam.TEAM: bron.team}
    venster = maak_venster(wereld.build())
    try:
        wacht_op(qtbot, lambda: bron.vragen > 0)
        qtbot.keyClicks(venster.zoekveld, "0612345678")
        assert venster.zoekveld.text() == "0612345678"
        assert venster.vandaag.vakken[Deelnaam.BELOFTEN].zin.text() == "Laden…"
        wacht_op(qtbot, lambda: staat_er(venster, Deelnaam.TEAM))  # een ander deel wacht er ook niet op
    finally:
        bron.los.set()
    wacht_op(qtbot, lambda: staat_er(venster, Deelnaam.BELOFTEN))
    assert venster.zoekveld.hasFocus()
    assert venster.zoekveld.text() == "0612345678"


def test_een_deel_dat_niet_laadt_zegt_wat_er_is_en_opnieuw_werkt(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, bron: NepBron
) -> None:
    bron.fout = STORING
    wereld.vandaag = {Deelnaam.BELOFTEN: bron.beloften, Deelnaam.TEAM: bron.team}
    venster = maak_venster(wereld.build())
    vak = venster.vandaag.vakken[Deelnaam.BELOFTEN]
    wacht_op(qtbot, lambda: vak.melding.isVisible())
    assert "Niet geladen." in vak.melding.text()
    assert "bij" not in venster.vandaag.scherm.stand.text()
    bron.fout = None
    vak.again.click()
    wacht_op(qtbot, lambda: vak.deel is not None)
    assert not vak.melding.isVisible()
    assert not vak.again.isVisible()


def test_wat_er_stond_blijft_staan_als_verversen_niet_lukt(
    qtbot: QtBot, venster: Hoofdvenster, bron: NepBron, acties: Acties
) -> None:
    vak = venster.vandaag.vakken[Deelnaam.BELOFTEN]
    wacht_op(qtbot, lambda: vak.deel is not None)
    bron.fout = STORING
    acties.ververs.trigger()
    wacht_op(qtbot, lambda: vak.melding.isVisible())
    assert vak.lijst.isVisible()
    assert vak.lijst.rijen.rowCount() == 3
    assert vak.stand.text() == f"{tijd(NU)} · Contacten"


def test_f5_haalt_op_wat_er_nieuw_is_en_houdt_vast_wat_was_aangewezen(
    qtbot: QtBot, venster: Hoofdvenster, bron: NepBron
) -> None:
    vak = venster.vandaag.vakken[Deelnaam.BELOFTEN]
    wacht_op(qtbot, lambda: vak.deel is not None)
    vak.lijst.setFocus()
    vak.lijst.setCurrentIndex(vak.lijst.rijen.index(1))
    bron.verzoeken.append(bron._make("nieuw", -9))
    QTest.keyClick(venster, Qt.Key.Key_F5)
    wacht_op(qtbot, lambda: vak.lijst.rijen.rowCount() == 4)
    assert vak.lijst.gekozen_rij is not None
    assert vak.lijst.gekozen_rij.waarde.id == "v1"  # type: ignore[attr-defined]  # een Doel
    assert vak.lijst.hasFocus()


def test_wie_niet_kijkt_vraagt_niets(
    qtbot: QtBot, venster: Hoofdvenster, bron: NepBron, acties: Acties
) -> None:
    wacht_op(qtbot, lambda: staat_er(venster, Deelnaam.BELOFTEN))
    gevraagd = bron.vragen
    acties.afdekken.trigger()
    venster.vandaag._refresh_stil()
    acties.afdekken.trigger()
    open_klant(qtbot, venster)
    venster.vandaag._refresh_stil()
    assert bron.vragen == gevraagd


def test_wie_na_een_tijd_terugkomt_ziet_iets_nieuws(
    qtbot: QtBot, venster: Hoofdvenster, bron: NepBron, wereld: Wereld, acties: Acties
) -> None:
    wacht_op(qtbot, lambda: staat_er(venster, Deelnaam.BELOFTEN))
    open_klant(qtbot, venster)
    acties.vandaag.trigger()
    assert bron.vragen == 1
    acties.vandaag.trigger()
    wereld.klok.zet_vooruit(minutes=2)
    acties.vandaag.trigger()
    wacht_op(qtbot, lambda: bron.vragen == 2)


def test_zonder_werk_voelt_het_begin_goed(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, acties: Acties
) -> None:
    bron = NepBron()
    wereld.vandaag = {Deelnaam.BELOFTEN: bron.beloften, Deelnaam.TEAM: bron.team}
    venster = maak_venster(wereld.build())
    scherm = venster.vandaag.scherm
    wacht_op(qtbot, lambda: scherm.stand.text() != "")
    assert scherm.stand.text() == "U bent bij. Er wacht niemand op u."
    assert scherm.stand.rol == "goed"
    assert not scherm.eerst.isVisible()
    assert not acties.eerste.isEnabled()


def test_wat_niet_is_aangesloten_staat_er_niet(maak_venster: MaakVenster, wereld: Wereld) -> None:
    venster = maak_venster(wereld.build())
    assert list(venster.vandaag.vakken) == [Deelnaam.CONTACTEN]


def test_een_lopend_contact_staat_er_meteen_en_opent_met_alt_1(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, acties: Acties
) -> None:
    venster = maak_venster(wereld.build())
    qtbot.keyClicks(venster.zoekveld, "06")
    vak = venster.vandaag.vakken[Deelnaam.CONTACTEN]
    wacht_op(qtbot, lambda: vak.lijst.rijen.rowCount() == 1)
    assert vak.lijst.rijen.rij(vak.lijst.rijen.index(0)).titel == "Onbekend"  # type: ignore[union-attr]  # er is er een
    assert vak.deel is not None
    assert not vak.deel.moet
    QTest.keyClick(venster, Qt.Key.Key_1, ALT)
    strook = venster.contacten.strook
    assert strook is not None
    wacht_op(qtbot, lambda: strook.vorm.notitie.hasFocus())


def test_na_sluiten_komt_er_geen_vraag_meer(
    qtbot: QtBot, maak_venster: MaakVenster, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vandaagvenster, "_EERST_MS", 50)
    bron = NepBron(-1)
    wereld.vandaag = {Deelnaam.BELOFTEN: bron.beloften}
    venster = maak_venster(wereld.build())
    venster.close()
    venster.vandaag._begin()
    assert bron.vragen <= 1
