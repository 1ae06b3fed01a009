"""Het programma wordt afgebroken tussen noteren en doorvoeren: niets kwijt wat gedaan heette, niets dubbel.

Een steekproef van de punten; alle punten staan in tests/volhouden.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from frontoffice.storage.agenda import AgendaDatabase
from tests.services.avondbouw import Avond
from tests.services.bouwlijn import LijnKlok, Plek
from tests.services.lijnproces import VERZOEKEN, start
from tests.services.test_avondlijn import begonnen
from tests.storage.bouw import moment
from tests.storage.conftest import sqlite_instelling, sqlite_sjabloon

__all__ = ["begonnen", "sqlite_sjabloon"]
pytestmark = pytest.mark.traag
MINSTENS = 40
"""Zoveel punten zijn er zeker; het echte aantal telt tests/volhouden."""
GEEN_STAP = {"bezoek_gewijzigd", "bezoek_notitie", "bezoek_genummerd"}


def prepare(begonnen: Path, map_: Path) -> Path:
    map_.mkdir()
    shutil.copy(begonnen, map_ / "agenda.db")
    with Avond(sqlite_instelling(map_ / "agenda.db")) as avond:
        avond.klok(17, 0)
    return map_


def count_punten(begonnen: Path, map_: Path) -> int:
    *_, laatste = start(prepare(begonnen, map_), 0)
    return int(laatste.split()[1])


def kill_and_check(begonnen: Path, map_: Path, punt: int) -> None:
    """Breek af op dit punt, start opnieuw met verbinding, en kijk wat er in de agenda staat."""
    gezegd = {regel.split()[1] for regel in start(prepare(begonnen, map_), punt)}
    agenda = AgendaDatabase(sqlite_instelling(map_ / "agenda.db"))
    plek = Plek(agenda, map_ / "balie-1.db", LijnKlok(moment(17, 1)))
    try:
        for _ in range(2):
            plek.lijn.load_stand()
        assert (plek.lijn.te_versturen, plek.lijn.nakijken()) == (0, ())
        assert plek.notities.load() == ()
        assert agenda.check() == ()
        stappen = [s for s in plek.dienst.load_stappen() if s.na.get("verzoek")]
        per_stap = Counter((s.soort, s.na["volgnummer"]) for s in stappen if s.soort not in GEEN_STAP)
        assert set(per_stap.values()) <= {1}, per_stap
        gedaan = {s.na["verzoek"] for s in stappen}
        assert gezegd <= gedaan, "er is iets kwijt dat gedaan heette"
        assert gedaan <= set(VERZOEKEN)
    finally:
        plek.close()
        agenda.close()


def test_na_kill_op_een_willekeurig_punt_staat_elke_stap_er_een_keer(begonnen: Path, tmp_path: Path) -> None:
    for punt in random.Random(4).sample(range(1, MINSTENS), 2):
        kill_and_check(begonnen, tmp_path / str(punt), punt)
