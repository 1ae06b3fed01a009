"""Tekenen in beurten en vooraf klaarzetten: er kan altijd iets tussen, en het nieuwste wint."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from frontoffice.domain.klant import Herkomst, PersoonSleutel
from frontoffice.domain.waarden import Bsn
from tests.bouwers import BSN
from tests.ui.klantbeeld.conftest import MaakScherm, open_klant, zichtbare_tekst
from tests.ui.klantbeeld.test_scherm import add_werk
from ui.klantbeeld.beurten import BEURT_S, Beurten, Stuk
from ui.klantbeeld.scherm import KlantbeeldScherm
from ui.klantbeeld.voorbereiding import Voorbereiding


class Schilder:
    """Tekent rondes van `stukken` stukken en onthoudt van elk stuk de ronde."""

    def __init__(self, stukken: int = 3, duur: float = 0.0) -> None:
        self.rondes = 0
        self.getekend: list[int] = []
        self._stukken, self._duur = stukken, duur
        self.bij_eerste: Callable[[], object] = lambda: None

    def ronde(self) -> list[Stuk]:
        self.rondes += 1
        nummer = self.rondes
        return [lambda: self._teken(nummer)] * self._stukken

    def _teken(self, nummer: int) -> None:
        time.sleep(self._duur)
        self.getekend.append(nummer)
        if len(self.getekend) == 1:
            self.bij_eerste()


def test_tussen_twee_lange_stukken_komt_een_ander_aan_de_beurt(qtbot: QtBot) -> None:
    schilder = Schilder(stukken=4, duur=2 * BEURT_S)
    beurten, ertussen = Beurten(schilder.ronde), [0]
    klok = QTimer()
    klok.timeout.connect(lambda: ertussen.__setitem__(0, ertussen[0] + (0 < len(schilder.getekend) < 4)))
    klok.start(0)
    beurten.ask()
    qtbot.waitUntil(lambda: beurten.is_bij)
    klok.stop()
    assert schilder.getekend == [1, 1, 1, 1]
    assert ertussen[0] >= 3


def test_korte_stukken_gaan_samen_in_een_beurt(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Met een klok die stilstaat: op een drukke machine past er anders soms maar één in een beurt."""
    monkeypatch.setattr("ui.klantbeeld.beurten.time", SimpleNamespace(perf_counter=lambda: 0.0))
    schilder = Schilder(stukken=50)
    beurten = Beurten(schilder.ronde)
    beurten.ask()
    with qtbot.waitSignal(_wekker(beurten).timeout):
        pass
    assert len(schilder.getekend) == 50


def test_wat_tijdens_een_ronde_verandert_komt_in_de_volgende_en_niet_vaker(qtbot: QtBot) -> None:
    schilder = Schilder(stukken=2, duur=2 * BEURT_S)
    beurten = Beurten(schilder.ronde)
    schilder.bij_eerste = lambda: [beurten.ask() for _ in range(5)]
    beurten.ask()
    assert not beurten.is_bij
    qtbot.waitUntil(lambda: beurten.is_bij)
    assert schilder.getekend == [1, 1, 2, 2]


def test_in_een_keer_tekenen_geeft_daarna_geen_tweede_ronde(qtbot: QtBot) -> None:
    schilder = Schilder()
    beurten = Beurten(schilder.ronde)
    beurten.ask()
    beurten.run()
    assert schilder.getekend == [1, 1, 1]
    assert beurten.is_bij
    qtbot.wait(20)
    assert schilder.rondes == 1


def test_na_wissen_wordt_niets_ouds_meer_getekend(qtbot: QtBot) -> None:
    schilder = Schilder(stukken=3, duur=2 * BEURT_S)
    beurten = Beurten(schilder.ronde)
    schilder.bij_eerste = beurten.clear
    beurten.ask()
    qtbot.waitUntil(lambda: beurten.is_bij)
    qtbot.wait(40)
    assert schilder.getekend == [1]


def test_voorbereiden_doet_elke_stap_een_keer_en_houdt_op_als_dat_moet(qtbot: QtBot) -> None:
    ouder = QObject()
    klaar, gestopt = Voorbereiding(ouder), Voorbereiding(ouder)
    gedaan: list[int] = []
    klaar.start([lambda nummer=nummer: gedaan.append(nummer) for nummer in range(5)])  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
    gestopt.start([lambda: gedaan.append(99)] * 100)
    gestopt.stop()
    qtbot.waitUntil(lambda: klaar.is_klaar)
    assert gedaan == [0, 1, 2, 3, 4]
    assert gestopt.is_klaar


def test_vooraf_klaarzetten_vraagt_niets_en_laat_niets_zien(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    ervoor = zichtbare_tekst(scherm)
    scherm.warm()
    qtbot.waitUntil(lambda: scherm._voorbereiding.is_klaar)
    assert zichtbare_tekst(scherm) == ervoor
    assert wereld.klantinteracties.aanroepen == []
    add_werk(wereld)
    open_klant(scherm, qtbot)
    assert "3 dagen te laat" in zichtbare_tekst(scherm.zaken)


def test_wie_tijdens_het_klaarzetten_een_klant_opent_ziet_die_gewoon(
    maak_scherm: MaakScherm, qtbot: QtBot, wereld: Any
) -> None:
    scherm = maak_scherm()
    scherm.warm()
    qtbot.wait(10)
    open_klant(scherm, qtbot)
    assert scherm._voorbereiding.is_klaar
    assert "Open zaken" in zichtbare_tekst(scherm)


def test_een_klant_die_meteen_weer_sluit_kost_geen_verzoek(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    scherm.open(PersoonSleutel(Bsn(BSN)), Herkomst.BSN)
    scherm.close_klant()
    qtbot.wait(50)
    assert wereld.klantinteracties.aanroepen == []
    assert scherm.current is None


def test_verversen_direct_na_het_openen_vraagt_alles_maar_een_keer(
    scherm: KlantbeeldScherm, qtbot: QtBot, wereld: Any
) -> None:
    scherm.open(PersoonSleutel(Bsn(BSN)), Herkomst.BSN)
    scherm.refresh()
    qtbot.waitUntil(
        lambda: scherm.current is not None and scherm.current.is_compleet and scherm.is_bijgewerkt
    )
    assert wereld.klantinteracties.aanroepen.count("find_partijen") == 1


def _wekker(beurten: Beurten) -> QTimer:
    return beurten.findChildren(QTimer)[0]
