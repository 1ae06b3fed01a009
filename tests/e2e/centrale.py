"""De tegenhanger van `kindserver`: start de centrale API als kind en stuurt die vanuit de test."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from frontoffice.demo.storing import REGISTERS
from tests.conftest import PROJECTMAP
from tests.proefprofiel import GEDULD, make_proefprofiel

MERK = re.compile(r"Qx\d{3}x")


@dataclass(frozen=True)
class Verzoekregel:
    """Eén verzoek zoals de server het zag."""

    register: str
    methode: str
    pad: str
    parameters: list[str]
    status: int
    ms: float


@dataclass
class Centrale:
    """Een lopende centrale API in een eigen proces. Gebruik als contextmanager."""

    gemerkt: bool = False
    seed: int = 1
    basis: str = ""
    feiten: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Centrale:
        opdracht = [sys.executable, "-m", "tests.e2e.kindserver", "--seed", str(self.seed)]
        self._kind = subprocess.Popen(
            opdracht + (["--gemerkt"] if self.gemerkt else []),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECTMAP,
            env=omgeving(),
            text=True,
            encoding="utf-8",
        )
        assert self._kind.stdout is not None
        regel = self._kind.stdout.readline()
        if not regel:
            self.__exit__(None, None, None)
            raise RuntimeError("de centrale API van de tests start niet; zie stderr hierboven")
        self.basis = json.loads(regel)["basis"]
        self.feiten = self._doe("feiten")
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        assert self._kind.stdin is not None
        assert self._kind.stdout is not None
        self._kind.stdin.close()
        try:
            self._kind.wait(5)
        except subprocess.TimeoutExpired:
            self._kind.kill()
            self._kind.wait()
        self._kind.stdout.close()

    def _doe(self, wat: str, **velden: Any) -> Any:
        assert self._kind.stdin is not None
        assert self._kind.stdout is not None
        self._kind.stdin.write(json.dumps({"doe": wat, **velden}) + "\n")
        self._kind.stdin.flush()
        return json.loads(self._kind.stdout.readline())

    # --- knoppen -------------------------------------------------------------------------------------------

    def storing(self, register: str, tekst: str = "") -> None:
        self._doe("storing", register=register, tekst=tekst)

    def latency(self, ms: float) -> None:
        self._doe("latency", ms=ms)

    def vijandig(self, tekst: str = "", velden: Sequence[str] = (), registers: Sequence[str] = ()) -> None:
        """Vervang vanaf nu alle vrije tekst in antwoorden (of alleen `velden`); leeg is weer gewoon."""
        self._doe("vijandig", tekst=tekst, velden=list(velden), registers=list(registers))

    def reset(self) -> None:
        """Geen storing, geen vertraging, gewone tekst en een leeg log."""
        for register in REGISTERS:
            self.storing(register)
        self.latency(0)
        self.vijandig()
        self.clear()

    def clear(self) -> None:
        self._doe("wis")

    def log(self) -> list[Verzoekregel]:
        return [Verzoekregel(**regel) for regel in self._doe("log")]

    # --- wie er zijn ---------------------------------------------------------------------------------------

    @property
    def voorbeelden(self) -> dict[str, dict[str, str]]:
        voorbeelden: dict[str, dict[str, str]] = self.feiten["voorbeelden"]
        return voorbeelden

    @property
    def personen(self) -> list[dict[str, Any]]:
        personen: list[dict[str, Any]] = self.feiten["personen"]
        return personen

    def persoon(self, rol: str) -> dict[str, Any]:
        """De persoon met deze hoofdrol, zoals "zwaar" of "zonderPartij"."""
        return next(p for p in self.personen if p["rol"] == rol)

    def write_profiel(self, map_: Path, *, eerste_beeld: float = GEDULD, **vervang: str) -> Path:
        """Schrijf een profiel voor deze server; `vervang` verandert letterlijke stukken tekst."""
        tekst = make_proefprofiel(self.basis, eerste_beeld=eerste_beeld)
        for oud, nieuw in vervang.items():
            tekst = tekst.replace(oud, nieuw)
        pad = map_ / "profiel.toml"
        pad.write_text(tekst, encoding="utf-8")
        return pad


def omgeving(**extra: str) -> dict[str, str]:
    """De omgeving voor een programma dat een test start: met dit project op het pad."""
    pad = os.pathsep.join(filter(None, (str(PROJECTMAP), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": pad, **extra}
