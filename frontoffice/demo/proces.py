"""Start de demonstratieserver als kindproces en stopt hem weer; voor het venster.

Het kind houdt zijn stdin in de gaten: sterft de ouder, op welke manier ook, dan gaat die dicht en stopt het.
Deze module laadt de server zelf niet, zodat het venster er niet op hoeft te wachten.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

WORTEL = Path(__file__).resolve().parents[2]
START_S = 20.0


class DemoStartFout(RuntimeError):
    """De demonstratieserver is niet gestart; de tekst zegt waarom."""


@dataclass(frozen=True)
class DemoProces:
    """Een lopende demonstratieserver: `stop()` beëindigt hem en ruimt zijn map op."""

    basis: str
    profiel_pad: Path
    voorbeelden: dict[str, dict[str, str]]
    _proces: subprocess.Popen[str] = field(repr=False)

    @property
    def pid(self) -> int:
        return self._proces.pid

    @property
    def draait(self) -> bool:
        return self._proces.poll() is None

    def stop(self, wacht_s: float = 3.0) -> None:
        """Sluit stdin van het kind (dan stopt het zelf); lukt dat niet op tijd, dan harder."""
        if self._proces.stdin:
            self._proces.stdin.close()
        try:
            self._proces.wait(wacht_s)
        except subprocess.TimeoutExpired:
            self._proces.kill()
            self._proces.wait()
        if self._proces.stdout:
            self._proces.stdout.close()


def start_demo_proces(
    seed: int = 1,
    vandaag: date | None = None,
    *,
    storingen: dict[str, str] | None = None,
    latency_ms: float = 0.0,
) -> DemoProces:
    """Start de server en wacht tot hij antwoordt. DemoStartFout als dat niet lukt."""
    opdracht = [
        sys.executable,
        "-m",
        "frontoffice.demo",
        "--tot-stdin-dicht",
        "--port",
        "0",
        "--seed",
        str(seed),
    ]
    if vandaag:
        opdracht += ["--vandaag", vandaag.isoformat()]
    if latency_ms:
        opdracht += ["--latency-ms", str(latency_ms)]
    for register, storing in (storingen or {}).items():
        opdracht += ["--storing", f"{register}={storing}"]
    omgeving = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(WORTEL), os.environ.get("PYTHONPATH", ""))))
    }
    extra: dict[str, Any] = {}
    if os.name == "nt":
        extra["creationflags"] = 0x08000000  # CREATE_NO_WINDOW
    else:
        # Ctrl+C in de terminal is voor het venster; dat sluit het kind daarna zelf.
        extra["start_new_session"] = True
    proces = subprocess.Popen(
        opdracht,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=WORTEL,
        env=omgeving,
        text=True,
        encoding="utf-8",
        **extra,
    )
    assert proces.stdout is not None
    regel = _lees_regel(proces.stdout)
    try:
        melding = json.loads(regel)
        return DemoProces(melding["basis"], Path(melding["profiel"]), melding["voorbeelden"], proces)
    except (ValueError, KeyError):
        proces.kill()
        proces.communicate()
        raise DemoStartFout("De demonstratie start niet. Probeer het opnieuw.") from None


def _lees_regel(stroom: IO[str]) -> str:
    """De eerste regel, of "" als die er na START_S niet is."""
    regels: list[str] = []
    lezer = threading.Thread(target=lambda: regels.append(stroom.readline()), daemon=True)
    lezer.start()
    lezer.join(START_S)
    return regels[0] if regels else ""
