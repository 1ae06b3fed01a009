"""Acht draden die tegelijk dezelfde vorm voor het eerst lezen: dat liet het hele proces stoppen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PROEF = """
import sys, threading
sys.setswitchinterval(1e-6)
from frontoffice.central.klantinteracties import Contactrij
from frontoffice.jsonvorm import decode
ruw = b'{"uuid":"x","hadBetrokkenen":[],"_expand":{"hadBetrokkenen":[{"uuid":"b"}]}}'
samen = threading.Barrier(8)
gelezen = []
def werk():
    samen.wait()
    gelezen.append(decode(ruw, Contactrij).expand.had_betrokkenen[0].uuid)
draden = [threading.Thread(target=werk) for _ in range(8)]
[draad.start() for draad in draden]
[draad.join() for draad in draden]
assert gelezen == ["b"] * 8
"""


def test_een_vorm_die_meer_draden_tegelijk_voor_het_eerst_lezen_stopt_het_proces_niet() -> None:
    for _ in range(3):
        klaar = subprocess.run(
            [sys.executable, "-P", "-c", _PROEF],
            env={"PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert klaar.returncode == 0, klaar.stderr
