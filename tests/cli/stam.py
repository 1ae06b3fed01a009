"""Een proces dat alles van de opdrachtregel al heeft geladen en zich voor elke opdracht afsplitst.

Laden kost per opdracht meer dan de opdracht zelf. Een afgesplitst proces heeft zijn eigen omgeving, map,
invoer en uitvoer, net als een nieuw; alleen wat er bij het laden gebeurt, beproeft het niet (`kif_vers` wel).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

WORTEL = Path(__file__).parents[2]
GROOTSTE = 200_000  # zoveel bytes past in één bericht
VOORAF = (
    "requests",
    "msgspec",
    "phonenumbers",
    "holidays",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    "alembic.command",
)
PAKKETTEN = ("cli", "samenstelling", "services", "agenda", "storage", "profiel", "central", "domain")


# --- in de test --------------------------------------------------------------------------------------------


class Stam:
    """Eén stamproces voor alle tests van dit proces; het stopt vanzelf als dit proces stopt."""

    def __init__(self) -> None:
        self._lijn, andere = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        omgeving = os.environ | {"PYTHONPATH": str(WORTEL)}
        opdracht = [sys.executable, "-P", "-m", "tests.cli.stam", str(andere.fileno())]
        self._proces = subprocess.Popen(opdracht, pass_fds=(andere.fileno(),), env=omgeving, cwd=WORTEL)
        andere.close()
        atexit.register(self.close)

    def run(
        self, woorden: tuple[str, ...], invoer: str, omgeving: dict[str, str], seconden: float
    ) -> subprocess.CompletedProcess[str]:
        with (
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as uit,
            tempfile.TemporaryFile() as fout,
        ):
            stdin.write(invoer.encode())
            stdin.seek(0)
            bericht = json.dumps({"woorden": woorden, "omgeving": omgeving, "map": os.getcwd()}).encode()
            assert len(bericht) < GROOTSTE
            socket.send_fds(self._lijn, [bericht], [stdin.fileno(), uit.fileno(), fout.fileno()])
            kind = int(self._receive(seconden))
            try:
                code = int(self._receive(seconden))
            except TimeoutError:
                os.kill(kind, 9)
                self._receive(seconden)
                raise subprocess.TimeoutExpired(["kif", *woorden], seconden) from None
            uit.seek(0)
            fout.seek(0)
            return subprocess.CompletedProcess(
                ["kif", *woorden], code, uit.read().decode("utf-8"), fout.read().decode("utf-8")
            )

    def _receive(self, seconden: float) -> bytes:
        self._lijn.settimeout(seconden)
        bericht = self._lijn.recv(100)
        assert bericht, "het stamproces is gestopt; zie stderr hierboven"
        return bericht

    def close(self) -> None:
        self._lijn.close()
        self._proces.wait(60)


# --- in het stamproces -------------------------------------------------------------------------------------


def serve(lijn: socket.socket) -> None:
    load()
    while True:
        bericht, fds, _, _ = socket.recv_fds(lijn, GROOTSTE, 3)
        if not bericht:
            return
        kind = os.fork()
        if kind == 0:
            lijn.close()
            _become(json.loads(bericht), fds)
        for fd in fds:
            os.close(fd)
        lijn.send(str(kind).encode())
        _, stand = os.waitpid(kind, 0)
        lijn.send(str(os.waitstatus_to_exitcode(stand)).encode())


def load() -> None:
    for naam in VOORAF:
        importlib.import_module(naam)
    for pakket in PAKKETTEN:
        begin = importlib.import_module(f"frontoffice.{pakket}")
        for deel in pkgutil.iter_modules(begin.__path__, f"{begin.__name__}."):
            importlib.import_module(deel.name)
    # Die leest zijn omgeving bij het laden, en elke opdracht heeft een eigen.
    assert "keyring" not in sys.modules
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()


def _become(opdracht: dict[str, object], fds: list[int]) -> None:
    """Word `python -m ui …` met deze woorden, omgeving en map. Komt niet terug."""
    code = 1
    try:
        for doel, bron in enumerate(fds):
            os.dup2(bron, doel)
        for bron in fds:
            os.close(bron)
        os.environ.clear()
        os.environ.update(opdracht["omgeving"])  # type: ignore[call-overload]  # uit JSON
        os.chdir(str(opdracht["map"]))
        time.tzset()
        sys.argv[1:] = opdracht["woorden"]  # type: ignore[assignment]  # uit JSON
        runpy.run_module("ui", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as einde:
        code = einde.code if isinstance(einde.code, int) else int(einde.code is not None)
    except BaseException:  # noqa: BLE001 - zoals Python zelf: het spoor op stderr en code 1
        traceback.print_exc()
    threading._shutdown()  # type: ignore[attr-defined]  # wacht op draden zoals een gewoon einde
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
