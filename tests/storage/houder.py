"""Een collega in een eigen proces die het slot van de avond heeft, en het zo lang houdt als de test wil."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.storage.bouw import DAG
from tests.storage.wedloop import read_doel, to_doel

_PROJECT = Path(__file__).resolve().parents[2]


class Houder:
    """Heeft het slot zolang het blok duurt, of `seconden` lang als dat korter is."""

    def __init__(self, instelling: Instelling, seconden: float = 600.0) -> None:
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.houder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_PROJECT,
            env=os.environ | {"PYTHONPATH": str(_PROJECT)},
        )
        self._opdracht = json.dumps({"doel": to_doel(instelling), "seconden": seconden}).encode() + b"\n"

    def __enter__(self) -> Houder:
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.write(self._opdracht)
        self._proces.stdin.flush()
        assert self._proces.stdout.readline() == b"slot\n", "de collega kreeg het slot niet"
        return self

    def freeze(self) -> None:
        """Alsof zijn pc in slaapstand gaat: het proces leeft, maar doet niets meer."""
        self._proces.send_signal(signal.SIGSTOP)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._proces.kill()
        self._proces.communicate()


@contextmanager
def _lock(agenda: AgendaDatabase) -> Iterator[None]:
    with agenda.lock([DAG]):
        yield
        raise TimeoutError  # niets vastleggen


def _main() -> None:
    opdracht = json.loads(sys.stdin.readline())
    agenda = AgendaDatabase(read_doel(opdracht["doel"]))
    with suppress(TimeoutError), _lock(agenda):
        print("slot", flush=True)
        time.sleep(opdracht["seconden"])
    agenda.close()
    sys.stdin.readline()


if __name__ == "__main__":
    _main()
