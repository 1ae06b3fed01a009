"""Verzamelt wat er gemeten is en drukt aan het eind één tabel af. Wie zijn doel niet haalt, faalt niet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from frontoffice.profiel import Termijnen
from tests.e2e.centrale import Centrale


@dataclass(frozen=True)
class Meting:
    """Eén rij: wat, de gemeten waarde, het doel, en of dat is gehaald (None: niet te meten of geen doel)."""

    wat: str
    waarde: str
    doel: str
    gehaald: bool | None
    nota: str = ""


_metingen: list[Meting] = []


class Meetlat:
    """Waar een meting haar uitkomst op schrijft."""

    def hoogstens(self, wat: str, waarde: float, doel: float, eenheid: str, nota: str = "") -> None:
        self._note(wat, f"{waarde:.2f} {eenheid}", f"≤ {doel:g}", waarde <= doel, nota)

    def minstens(self, wat: str, waarde: float, doel: float, eenheid: str, nota: str = "") -> None:
        self._note(wat, f"{waarde:.1f} {eenheid}", f"≥ {doel:g}", waarde >= doel, nota)

    def zonder_doel(self, wat: str, waarde: str, nota: str = "") -> None:
        self._note(wat, waarde, "", None, nota)

    def _note(self, wat: str, waarde: str, doel: str, gehaald: bool | None, nota: str) -> None:
        _metingen.append(Meting(wat, waarde, doel, gehaald, nota))


@pytest.fixture(scope="session")
def meetlat() -> Meetlat:
    return Meetlat()


@pytest.fixture(scope="session")
def centrale() -> Iterator[Centrale]:
    """De centrale API in een eigen proces: zij deelt geen draad met wat gemeten wordt."""
    with Centrale() as gestart:
        yield gestart


@pytest.fixture(autouse=True)
def rustige_centrale(centrale: Centrale) -> Iterator[None]:
    yield
    centrale.reset()


@pytest.fixture
def profiel(centrale: Centrale, tmp_path: Path) -> Path:
    return centrale.write_profiel(tmp_path, eerste_beeld=Termijnen().eerste_beeld)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _metingen:
        return
    kop = ("meting", "gemeten", "doel", "gehaald", "hoe")
    rijen = [
        (m.wat, m.waarde, m.doel, {True: "ja", False: "NIET GEHAALD", None: ""}[m.gehaald], m.nota)
        for m in _metingen
    ]
    breedte = [max(len(rij[plek]) for rij in (kop, *rijen)) for plek in range(len(kop))]
    terminalreporter.section("metingen")
    for rij in (kop, tuple("-" * b for b in breedte), *rijen):
        terminalreporter.write_line(
            "  ".join(deel.ljust(b) for deel, b in zip(rij, breedte, strict=True)).rstrip()
        )
