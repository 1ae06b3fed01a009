"""Midden in het typen wordt het programma gedood: elke notitie is er weer, tot en met wat er was bewaard.

Hoe weinig er verloren gaat (een halve seconde): tests/volhouden.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECTMAP
from tests.e2e.centrale import Centrale
from tests.e2e.typist import WOORDEN

pytestmark = pytest.mark.traag


@dataclass
class Kill:
    """Eén keer doden: hoe oud het oudste verloren teken was, en hoe snel het venster terug was.

    `bewaard`: zoveel tekens stonden er volgens het venster al op schijf; `terug`: zoveel waren er weer.
    """

    verloren_s: float
    verloren_tekens: int
    getypt: int
    terug_s: float
    bewaard: int
    terug: int


class Venster:
    """Een typist als kind. Leest zijn regels mee."""

    def __init__(self, omgeving: dict[str, str], profiel: Path, klant: str) -> None:
        self._kind = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.typist", str(profiel), klant],
            stdout=subprocess.PIPE,
            cwd=PROJECTMAP,
            env=omgeving,
            text=True,
            encoding="utf-8",
        )
        self.bewaard = 0
        self.begin = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._kind.stdout is not None
        regel = self._kind.stdout.readline()
        assert regel, "het venster stopte voordat het klaar was"
        gelezen: dict[str, Any] = json.loads(regel)
        return gelezen

    def type_and_kill(self, tekens: int) -> tuple[list[tuple[int, float]], float]:
        """Laat zoveel tekens typen, dood het proces, en geef (lengte, tijd) per teken en het doodsuur."""
        getypt = []
        while len(getypt) < tekens:
            regel = self._read()
            getypt.append((regel["lengte"], regel["om"]))
            self.bewaard = regel["bewaard"]
        self._kind.kill()
        dood = time.monotonic()
        assert self._kind.stdout is not None
        for rest in self._kind.stdout:
            if rest.endswith("\n"):
                regel = json.loads(rest)
                getypt.append((regel["lengte"], regel["om"]))
        return getypt, dood

    def close(self) -> None:
        self._kind.kill()
        self._kind.communicate()


@contextmanager
def open_venster(omgeving: dict[str, str], profiel: Path, klant: str) -> Iterator[Venster]:
    venster = Venster(omgeving, profiel, klant)
    try:
        yield venster
    finally:
        venster.close()


def run_kills(
    omgeving: dict[str, str], profiel: Path, klant: str, keer: int, toeval: random.Random
) -> list[Kill]:
    """Typ en dood, `keer` keer achter elkaar in hetzelfde contact; kijk na elke keer wat er terugkwam."""
    kills: list[Kill] = []
    getypt: list[tuple[int, float]] = []
    dood, bewaard = 0.0, 0
    for nummer in range(keer + 1):
        with open_venster(omgeving, profiel, klant) as venster:
            begin = venster.begin
            if nummer:
                kills.append(check_terug(begin, getypt, dood, klant, bewaard))
            if nummer < keer:
                getypt, dood = venster.type_and_kill(toeval.randint(5, 25))
                bewaard = venster.bewaard
    return kills


def check_terug(
    begin: dict[str, Any], getypt: list[tuple[int, float]], dood: float, klant: str, bewaard: int
) -> Kill:
    """Precies één contact, van dezelfde klant, en de notitie een begin van wat er was getypt."""
    (notitie,) = begin["hersteld"]
    lengte = max(aantal for aantal, _ in getypt)
    tekst = (WOORDEN * (lengte // len(WOORDEN) + 1))[:lengte]
    assert tekst.startswith(notitie)
    assert begin["in_beeld"] == notitie
    assert begin["klant"] == klant
    assert begin["cursor"] == len(notitie)
    verloren = [om for aantal, om in getypt if aantal > len(notitie)]
    return Kill(
        dood - min(verloren, default=dood), len(verloren), lengte, begin["seconden"], bewaard, len(notitie)
    )


@pytest.fixture
def omgeving(xvfb: dict[str, str], eigen_omgeving: Path) -> dict[str, str]:
    return xvfb | {"KIF_DATA_DIR": str(eigen_omgeving), "PYTHONPATH": str(PROJECTMAP)}


def test_na_vijf_keer_doden_midden_in_het_typen_is_elke_notitie_er_weer(
    omgeving: dict[str, str], centrale: Centrale, profiel: Path
) -> None:
    kills = run_kills(omgeving, profiel, centrale.persoon("gewoon")["bsn"], 5, random.Random(5))
    assert len(kills) == 5
    assert all(kill.terug >= kill.bewaard for kill in kills), kills
    assert max(kill.bewaard for kill in kills) > 0, "er is ook onder het typen bewaard"
