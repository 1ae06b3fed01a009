"""Eén centrale API in een eigen proces voor alle verhalen; elke test krijgt haar zonder storing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import diensten


@pytest.fixture(scope="session")
def _centrale() -> Iterator[Centrale]:
    with Centrale() as centrale:
        yield centrale


@pytest.fixture(scope="session")
def _gemerkte_centrale() -> Iterator[Centrale]:
    with Centrale(gemerkt=True) as centrale:
        yield centrale


@pytest.fixture
def centrale(_centrale: Centrale) -> Iterator[Centrale]:
    """De centrale API met het gewone Losser."""
    yield _centrale
    _centrale.reset()


@pytest.fixture
def gemerkte_centrale(_gemerkte_centrale: Centrale) -> Iterator[Centrale]:
    """Als `centrale`, met in elke tekst een merkteken van wie het is."""
    yield _gemerkte_centrale
    _gemerkte_centrale.reset()


@pytest.fixture
def profiel(centrale: Centrale, tmp_path: Path) -> Path:
    return centrale.write_profiel(tmp_path)


@pytest.fixture
def werkplek(profiel: Path, eigen_omgeving: Path) -> Iterator[Diensten]:
    """De services van een nieuwe werkplek: nog niets in de voorraad op schijf."""
    with diensten(profiel, eigen_omgeving) as gebouwd:
        yield gebouwd
