"""PostgreSQL bevriest en herstart terwijl het scherm Vanavond openstaat: het venster wacht daar nooit op.

Hoe lang het dan hoogstens stilstaat, meet tests/volhouden, op een lange avond.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.services.avondkern import Avondkern, T
from frontoffice.storage.instelling import PostgresInstelling
from tests.services.avondbouw import Avond
from tests.services.avondstorm import frozen
from tests.services.bouwlijn import Lijn
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres
from tests.storage.postgres import PostgresProces
from tests.ui.vanavond.bouw import Werkplek, volledig
from ui.thema import Thema

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
pytestmark = pytest.mark.traag


def toestand_hier(plek: Werkplek, id_: str) -> Toestand | None:
    opname = plek.verloop.opname
    bezoek: Bezoek | None = None if opname is None else opname.stand.find(id_)
    return None if bezoek is None else bezoek.toestand


def do(plek: Werkplek, stap: Callable[[], None], id_: str, daarna: Toestand) -> None:
    """Zet een stap zoals een knop dat doet, en wacht tot het scherm hem laat zien."""
    stap()
    plek.wait(lambda: toestand_hier(plek, id_) is daarna)
    plek.wait(lambda: not plek.verloop.is_bezig)


def work(plek: Werkplek, id_: str, volgnummer: str) -> None:
    v = plek.verloop
    do(plek, lambda: v.arrive(id_, volgnummer, "lijst"), id_, Toestand.AANGEMELD)
    do(plek, lambda: v.call(id_, "lijst", toch=True), id_, Toestand.OPGEROEPEN)
    do(plek, lambda: v.start(id_), id_, Toestand.AAN_DE_BALIE)
    do(plek, lambda: v.finish(id_, ()), id_, Toestand.KLAAR)


Kijker = AbstractContextManager[object]
"""Staat aan zolang alleen het venster werkt, en de test zelf niets vraagt."""


def walk(server: PostgresProces, plek: Werkplek, ids: dict[str, str], meting: Kijker) -> None:
    """Eén bezoeker van deur tot klaar met een bevroren server, en één terwijl de server herstart."""
    scherm, lijn = plek.scherm, plek.plek.lijn
    with frozen(server):
        with meting:
            work(plek, ids["A01"], "A01")
            plek.wait(scherm.band.isVisible)
        assert "U kunt doorwerken" in scherm.band.tekst.text()
        assert lijn.te_versturen == 4
    with meting:
        plek.wait(lambda: lijn.stand_van is None and not scherm.band.isVisible())
    server.stop()
    with meting:
        work(plek, ids["A02"], "A02")
    assert scherm.band.isVisible()
    server.start()
    with meting:
        plek.wait(lambda: lijn.stand_van is None and not scherm.band.isVisible())
    assert (lijn.te_versturen, lijn.nakijken()) == (0, ())


class Vragers:
    """Welke draden de agenda iets vroegen, of daarop wachtten."""

    def __init__(self) -> None:
        self.draden: list[threading.Thread] = []
        self._aan = False

    def __enter__(self) -> None:
        self._aan = True

    def __exit__(self, *_: object) -> None:
        self._aan = False

    def note(self) -> None:
        if self._aan:
            self.draden.append(threading.current_thread())


def test_de_draad_van_het_scherm_wacht_nooit_op_een_server_die_bevriest_of_herstart(
    postgres: PostgresProces,
    pg_agenda: PostgresInstelling,
    qtbot: QtBot,
    thema: Thema,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vragers = Vragers()
    ask, check = Avondkern.ask, Lijn._check

    def note_ask(kern: Avondkern, werk: Callable[[], T], seconden: float) -> T:
        vragers.note()
        return ask(kern, werk, seconden)

    def note_check(lijn: Lijn) -> None:
        vragers.note()
        check(lijn)

    monkeypatch.setattr(Avondkern, "ask", note_ask)
    monkeypatch.setattr(Lijn, "_check", note_check)
    with ExitStack() as open_:
        avond = open_.enter_context(Avond(pg_agenda))
        ids = volledig(avond)
        plek = Werkplek(qtbot, avond.werkplek("s.bos", "balie-2"), thema, tmp_path, balie="B1", geduld=1.0)
        open_.callback(plek.close)
        walk(postgres, plek, ids, vragers)
        assert {avond.nu(ids[nummer]).toestand for nummer in ("A01", "A02")} == {Toestand.KLAAR}
    assert len(vragers.draden) > 5
    assert threading.main_thread() not in vragers.draden
