"""Werk buiten het scherm: antwoorden komen op de goede draad, en nooit bij wie weg is."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontoffice.domain.fouten import Geannuleerd, KifFout, Onbereikbaar
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond


def nooit(*_: object) -> None:
    raise AssertionError("deze mocht niet worden geroepen")


def test_werk_loopt_elders_en_het_antwoord_komt_op_de_draad_van_het_scherm(
    achtergrond: Achtergrond, qtbot: QtBot
) -> None:
    draden: list[object] = []
    hier = threading.get_ident()

    def klaar(ident: int) -> None:
        draden.extend([ident, threading.get_ident(), QThread.currentThread() is qtbot_draad])

    qtbot_draad = QThread.currentThread()
    achtergrond.start(lambda _: threading.get_ident(), klaar, nooit, Stop())
    qtbot.waitUntil(lambda: len(draden) == 3)
    assert draden[0] != hier
    assert draden[1:] == [hier, True]


def test_een_verwachte_fout_komt_bij_mislukt(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    fouten: list[KifFout] = []

    def werk(_: Stop) -> None:
        raise Onbereikbaar("Geen verbinding.", register="zaken")

    achtergrond.start(werk, nooit, fouten.append, Stop())
    qtbot.waitUntil(lambda: bool(fouten))
    assert fouten[0].uitleg == "Geen verbinding."


def test_na_stop_komt_er_niets_meer_binnen(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    poort, begonnen = threading.Event(), threading.Event()

    def werk(_: Stop) -> str:
        begonnen.set()
        poort.wait(30)
        return "te laat"

    stop = Stop()
    achtergrond.start(werk, nooit, nooit, stop)
    assert begonnen.wait(30)
    stop.set()
    poort.set()
    klaar: list[int] = []
    achtergrond.start(lambda _: 1, klaar.append, nooit, Stop())
    qtbot.waitUntil(lambda: bool(klaar))


def test_een_antwoord_dat_al_onderweg_was_vervalt_bij_stop(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    stop, verstuurd = Stop(), threading.Event()

    def werk(_: Stop) -> Iterator[int]:
        yield 1
        verstuurd.set()

    achtergrond.stream(werk, nooit, nooit, nooit, stop)
    assert verstuurd.wait(30)  # het bericht staat in de rij van het scherm, maar is nog niet gelezen
    stop.set()
    klaar: list[int] = []
    achtergrond.start(lambda _: 1, klaar.append, nooit, Stop())
    qtbot.waitUntil(lambda: bool(klaar))


def test_een_stroom_geeft_alles_op_volgorde_en_dan_klaar(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    gezien: list[object] = []
    achtergrond.stream(
        lambda _: iter(range(50)), gezien.append, lambda: gezien.append("klaar"), nooit, Stop()
    )
    qtbot.waitUntil(lambda: "klaar" in gezien)
    assert gezien == [*range(50), "klaar"]


def test_een_stroom_die_halverwege_faalt_houdt_wat_er_al_was(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    def werk(_: Stop) -> Iterator[int]:
        yield 1
        raise Geannuleerd()

    gezien: list[object] = []
    achtergrond.stream(werk, gezien.append, nooit, lambda fout: gezien.append(fout.code), Stop())
    qtbot.waitUntil(lambda: len(gezien) == 2)
    assert gezien == [1, "geannuleerd"]


def test_een_programmeerfout_gaat_naar_het_vangnet(
    achtergrond: Achtergrond, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gevangen: list[object] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda soort, fout, spoor: gevangen.extend([soort, spoor is not None])
    )
    achtergrond.start(lambda _: 1 // 0, nooit, nooit, Stop())
    qtbot.waitUntil(lambda: bool(gevangen))
    assert gevangen == [ZeroDivisionError, True]


def test_een_widget_sterft_nooit_op_een_andere_draad(achtergrond: Achtergrond, qtbot: QtBot) -> None:
    gestorven_op: list[int] = []
    poort = threading.Event()
    widget = QWidget()
    weakref.finalize(widget, lambda: gestorven_op.append(threading.get_ident()))
    stop = Stop()

    def werk(_: Stop, wie: QWidget = widget) -> None:
        poort.wait(30)

    achtergrond.start(werk, nooit, nooit, stop)
    stop.set()
    del widget, werk
    poort.set()
    qtbot.waitUntil(lambda: achtergrond.bezig == 0)
    klaar: list[int] = []
    achtergrond.start(lambda _: 1, klaar.append, nooit, Stop())
    qtbot.waitUntil(lambda: bool(klaar))
    gc.collect()
    assert gestorven_op in ([], [threading.get_ident()])


def test_na_sluiten_begint_er_niets_meer(qtbot: QtBot) -> None:
    achtergrond = Achtergrond()
    achtergrond.close()
    achtergrond.start(lambda _: nooit(), nooit, nooit, Stop())
    assert achtergrond.bezig == 0


def test_wat_na_het_sluiten_mislukt_komt_niet_meer_op_het_scherm(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gevangen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *fout: gevangen.append(fout))
    achtergrond = Achtergrond()
    begonnen, poort = threading.Event(), threading.Event()

    def werk(_: Stop) -> None:
        begonnen.set()
        poort.wait(30)
        raise FileNotFoundError("de map van deze test")

    achtergrond.start(werk, nooit, nooit, Stop())
    assert begonnen.wait(30)
    achtergrond.close()
    poort.set()
    qtbot.waitUntil(lambda: "werk mislukte na het sluiten" in caplog.text)
    assert not gevangen
    assert "de map van deze test" not in caplog.text
