"""Voert `kif …` uit als echt proces en leest het ene document op de uitvoer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

from tests.cli.stam import WORTEL, Stam

DOELEN = """
[brp.doelen]
RaadpleegMetBurgerservicenummer = {x-doelbinding = "A"}
ZoekMetGeslachtsnaamEnGeboortedatum = {x-doelbinding = "B"}
ZoekMetPostcodeEnHuisnummer = {x-doelbinding = "B"}
"""
GEHEIMEN = """
klantinteracties = "demo-klantinteracties"
zaken = "demo-zaken-geheim-van-ten-minste-32-tekens"
brp = "demo-brp"
kvk = "demo-kvk"
meldingen = "demo-meldingen"
notify = "kif_demo-8c6d1f3a-2b47-4e0d-9a15-0f6e3d7b2c91-5f2e9b70-4c1d-4a8e-b3f6-7d0a9c8e1b24"
"""


def kif(*woorden: str, invoer: str = "", **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Voer `kif …` uit in een eigen proces, afgesplitst van een dat alles al heeft geladen."""
    # Deze leest Python alleen bij het begin.
    if sys.platform == "win32" or any(naam.startswith(("PYTHON", "LC_", "LANG")) for naam in omgeving):
        return kif_vers(*woorden, invoer=invoer, **omgeving)
    return _stam().run(woorden, invoer, {**os.environ, "PYTHONPATH": str(WORTEL), **omgeving}, 60)


@cache
def _stam() -> Stam:
    return Stam()


def kif_vers(*woorden: str, invoer: str = "", **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Voer `kif …` uit in een nieuw proces, met laden en al."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "ui", *woorden],
        input=invoer, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(WORTEL), **omgeving},
    )  # fmt: skip


def document_van(klaar: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Het ene JSON-document op stdout."""
    assert klaar.stdout.endswith("\n"), klaar.stderr
    assert klaar.stdout.count("\n") == 1
    gelezen = json.loads(klaar.stdout)
    assert isinstance(gelezen, dict)
    return gelezen
