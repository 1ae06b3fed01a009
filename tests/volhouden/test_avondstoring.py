"""De avond onder storingen: elk punt waar het programma kan wegvallen, en een lange storm op PostgreSQL."""

from __future__ import annotations

import gc
import random
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from frontoffice.agenda.afspraak import Toestand
from frontoffice.storage.instelling import PostgresInstelling
from tests.benchmarks.meten import Stilstand
from tests.services.avondbouw import Avond
from tests.services.avondstorm import Storm, frozen
from tests.services.test_avondkill import MINSTENS, count_punten, kill_and_check
from tests.services.test_avondlijn import begonnen
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres, sqlite_sjabloon
from tests.storage.postgres import PostgresProces
from tests.ui.conftest import thema
from tests.ui.vanavond.bouw import Werkplek
from tests.ui.vanavond.test_storing import walk
from ui.thema import Thema

__all__ = ["begonnen", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_sjabloon", "thema"]
DELEN = 4
STILSTAND_MS = 200.0


class EigenStilstand(Stilstand):
    """Stilstand zonder de tijd waarin een drukke computer deze draad niet aan de beurt liet."""

    def __init__(self) -> None:
        self._wachtte = _wachttijd_ms()
        super().__init__()

    def tick(self) -> None:
        super().tick()
        nu = _wachttijd_ms()
        self.gaten[-1] -= nu - self._wachtte
        self._wachtte = nu


def _wachttijd_ms() -> float:
    """Hoe lang deze draad tot nu toe klaarstond zonder processor (Linux)."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6


class Meting:
    """Meet tijdens elk blok. Een server starten hoort niet bij het venster: dat gebeurt erbuiten."""

    def __init__(self) -> None:
        self.eigen = self.ruw = 0.0

    def __enter__(self) -> None:
        self._meters = EigenStilstand(), Stilstand()

    def __exit__(self, *_: object) -> None:
        eigen, ruw = (meter.stop() for meter in self._meters)
        self.eigen, self.ruw = max(self.eigen, eigen), max(self.ruw, ruw)


def check_stil(meting: Meting, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nlangste stilstand {meting.eigen:.0f} ms, met wachten op de processor {meting.ruw:.0f} ms")
    assert meting.eigen <= STILSTAND_MS, f"het venster stond {meting.eigen:.0f} ms stil"


@pytest.mark.parametrize("deel", range(DELEN))
def test_kill_op_elk_punt_tussen_noteren_en_doorvoeren(begonnen: Path, tmp_path: Path, deel: int) -> None:
    aantal = count_punten(begonnen, tmp_path / "tel")
    assert aantal >= MINSTENS
    for punt in range(1 + deel, aantal + 1, DELEN):
        kill_and_check(begonnen, tmp_path / str(punt), punt)


@pytest.mark.parametrize("zaad", range(3))
def test_zes_balies_en_een_server_die_steeds_bevriest_en_herstart(
    postgres: PostgresProces, pg_agenda: PostgresInstelling, tmp_path: Path, zaad: int
) -> None:
    toeval = random.Random(zaad)
    storm = Storm(postgres, pg_agenda, tmp_path, balies=5, geduld=1.0)
    try:

        def storingen() -> None:
            for _ in range(6):
                time.sleep(toeval.uniform(0.2, 1.0))
                if toeval.random() < 0.5:
                    with frozen(postgres):
                        time.sleep(toeval.uniform(0.5, 4.0))
                else:
                    postgres.stop()
                    time.sleep(toeval.uniform(0.0, 2.0))
                    postgres.start()
            time.sleep(1.0)

        storm.run(storingen)
        storm.check()
        verslag = storm.verslag
        print(
            f"zaad {zaad}: {len(verslag.gehoord)} stappen, {verslag.genoteerd} genoteerd, "
            f"traagste {verslag.traagste:.2f} s"
        )
        assert verslag.genoteerd > 10
        assert verslag.traagste < 2.5
    finally:
        storm.close()


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_het_scherm_hapert_niet_in_een_avond_vol_storingen(
    postgres: PostgresProces,
    pg_agenda: PostgresInstelling,
    qtbot: QtBot,
    thema: Thema,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ExitStack() as open_:
        avond = open_.enter_context(Avond(pg_agenda))
        ids = [avond.boek(17, 15 * (nummer // 6)).id for nummer in range(24)]
        avond.begin(17, 0)
        plek = Werkplek(qtbot, avond.werkplek("s.bos", "balie-2"), thema, tmp_path, balie="B1", geduld=1.0)
        open_.callback(plek.close)
        gc.collect()
        gc.freeze()
        open_.callback(gc.unfreeze)
        meting = Meting()
        for een, twee in zip(ids[::2], ids[1::2], strict=True):
            walk(postgres, plek, {"A01": een, "A02": twee}, meting)
        assert {avond.nu(id_).toestand for id_ in ids} == {Toestand.KLAAR}
        check_stil(meting, capsys)
