"""Papier, verslag en publiek scherm bij Vanavond, met een echte agenda: ook of het papier nog klopt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.storage.instelling import Instelling
from tests.documents import pdflezer
from tests.nep import NepLogboek
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond
from tests.storage.conftest import sqlite_agenda, sqlite_sjabloon
from ui import papierscherm
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.instellingen import Instellingen
from ui.thema import Thema
from ui.vanavond.erbij import Erbij, Erbijbron

__all__ = ["sqlite_agenda", "sqlite_sjabloon"]


@pytest.fixture
def avond(sqlite_agenda: Instelling) -> Iterator[Avond]:
    with Avond(sqlite_agenda) as avond:
        yield avond


@pytest.fixture
def gekozen() -> list[Bezoek]:
    return []


@pytest.fixture
def erbij(
    qtbot: QtBot,
    avond: Avond,
    gekozen: list[Bezoek],
    acties: Acties,
    thema: Thema,
    achtergrond: Achtergrond,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Erbij]:
    monkeypatch.setattr(papierscherm, "print_bladen", lambda bladen: "")
    midden = QStackedWidget()
    qtbot.addWidget(midden)
    midden.addWidget(QWidget())
    midden.show()
    lijn: Any = avond.dienst
    beelden = SimpleNamespace(load=lambda: SimpleNamespace(inrichting=avond.agenda.load_inrichting()[0]))
    monkeypatch.setattr(lijn, "beelden", beelden, raising=False)
    bron = SimpleNamespace(
        profiel=SimpleNamespace(gemeente=SimpleNamespace(naam="Losser")),
        agenda=avond.plek,
        agenda_uit="",
        avondlijn=lijn,
        logboek=NepLogboek(),
    )
    gemaakt = Erbij(
        midden, acties, thema, achtergrond, Instellingen(tmp_path), lambda: next(iter(gekozen), None), midden
    )
    gemaakt.set_diensten(cast(Erbijbron, bron))
    yield gemaakt
    gemaakt.close_schermen()


def volg(erbij: Erbij, avond: Avond) -> None:
    stand = avond.dienst.load_stand()
    assert stand is not None
    erbij.follow(stand)


def test_de_regel_over_het_papier_volgt_de_avond_en_wordt_na_afdrukken_weer_goed(
    qtbot: QtBot, erbij: Erbij, avond: Avond, acties: Acties
) -> None:
    gezegd: list[tuple[str, bool]] = []
    erbij.papier.connect(lambda papier: gezegd.append((papier.zin, papier.is_oud)))
    avond.boek(17, naam="A. Jansen-ter Braak")
    avond.klok(16, 40)
    volg(erbij, avond)
    qtbot.waitUntil(lambda: gezegd[-1:] == [("er is nog geen papieren lijst", True)])
    acties.avondlijst.trigger()
    papier = erbij.avondpapier.papier
    assert papier is not None
    qtbot.waitUntil(lambda: papier.klaar is not None)
    assert papier.klaar is not None
    assert "Jansen-ter Braak, A." in pdflezer.platte_tekst(papier.klaar.pdf)
    papier.afdrukken.click()
    qtbot.waitUntil(lambda: gezegd[-1] == ("papieren lijst van 16.40 uur", False))
    avond.boek(18)
    volg(erbij, avond)
    oud = ("papieren lijst van 16.40 uur: 1 afspraak nieuwer", True)
    qtbot.waitUntil(lambda: gezegd[-1] == oud)


def test_een_oproep_staat_op_het_publieke_scherm_en_ongedaan_maken_haalt_haar_eraf(
    qtbot: QtBot, erbij: Erbij, avond: Avond, acties: Acties
) -> None:
    bezoek = avond.boek(17)
    avond.begin()
    avond.meld(bezoek)
    acties.publiek_scherm.trigger()
    scherm = erbij.publiek.scherm
    assert scherm is not None
    qtbot.waitUntil(lambda: scherm.beeld is not None)
    stap = uid()
    avond.dienst.call(bezoek.id, "B2", verzoek_id=stap)
    qtbot.waitUntil(
        lambda: (
            [(r.nummer.text(), r.balie.text()) for r in scherm.rijen if r.isVisible()] == [("A01", "Balie 2")]
        ),
    )
    avond.dienst.undo(stap, verzoek_id=uid())
    qtbot.waitUntil(lambda: not any(r.isVisible() for r in scherm.rijen))


def test_afsluiten_gaat_met_de_echte_avond_en_laat_een_verslag_achter(
    qtbot: QtBot, erbij: Erbij, avond: Avond, acties: Acties
) -> None:
    bezoek = avond.boek(17)
    avond.begin()
    avond.meld(bezoek)
    avond.klok(17, 4)
    geroepen = avond.dienst.call_next("B1", verzoek_id=uid())
    assert geroepen is not None
    acties.avondverslag.trigger()
    verslag = erbij.avondpapier.verslag
    assert verslag is not None
    qtbot.waitUntil(lambda: verslag.stand is not None and len(verslag.stand.nog_open) == 1)
    verslag.nog_open.gekozen.emit(geroepen.id, "klaar")
    qtbot.waitUntil(lambda: verslag.afsluiten.isEnabled())
    verslag.afsluiten.click()
    qtbot.waitUntil(lambda: verslag.afsluiten.isHidden())
    assert verslag.stand is not None
    assert (verslag.stand.verslag.geholpen, verslag.stand.verslag.is_voorlopig) == (1, False)


def test_draaien_gaat_over_wie_er_is_gekozen(
    qtbot: QtBot, erbij: Erbij, avond: Avond, acties: Acties, gekozen: list[Bezoek]
) -> None:
    eerste, tweede = avond.boek(17), avond.boek(18, naam="J. Bakker")
    avond.begin()
    gekozen[:] = [avond.nu(tweede.id)]
    acties.draai_scherm.trigger()
    qtbot.waitUntil(lambda: erbij.avondpapier.gedraaid is not None)
    assert erbij.avondpapier.gedraaid is not None
    teksten = [tekst.text() for tekst in erbij.avondpapier.gedraaid.teksten]
    assert "A02" in teksten
    assert not any("Bakker" in tekst or "A01" in tekst for tekst in teksten)
    assert eerste.id != tweede.id
