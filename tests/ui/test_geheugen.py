"""Het geheugen van het venster: alle draden uit één voorraad."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECTMAP

_TEL_VOORRADEN = """
import ctypes, sys, threading
from ui.geheugen import limit_arenas
if sys.argv[2] == "ja":
    limit_arenas()
allen = threading.Barrier(8)  # tegelijk, anders gebruikt een draad de voorraad van zijn voorganger
draden = [threading.Thread(target=lambda: (allen.wait(), bytearray(70_000), allen.wait())) for _ in range(8)]
[draad.start() for draad in draden]
[draad.join() for draad in draden]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
bestand = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, bestand)
libc.fclose(bestand)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="alleen glibc geeft elke draad een eigen voorraad")
def test_draden_krijgen_geen_eigen_voorraad_geheugen(tmp_path: Path) -> None:
    def count(limiet: str) -> int:
        uit = tmp_path / limiet
        opdracht = [sys.executable, "-c", _TEL_VOORRADEN, str(uit), limiet]
        subprocess.run(opdracht, cwd=PROJECTMAP, check=True, timeout=60)
        return uit.read_text().count("<heap nr=")

    assert count("nee") > 2, "de proef zelf maakt geen draden met een eigen voorraad"
    assert count("ja") == 1
