"""Een echte PostgreSQL voor tests: eigen map, eigen poort op 127.0.0.1, weg na afloop.

Start als gebruiker postgres als de test als root draait, want PostgreSQL weigert root.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

GEBRUIKER = "kif"


def find_bin() -> Path | None:
    """De map met initdb en postgres: die van Debian (nieuwste versie), of die op het pad."""
    mappen = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda pad: int(pad.parent.name))
    gevonden = shutil.which("initdb")
    kandidaten = [*reversed(mappen), *([Path(gevonden).parent] if gevonden else [])]
    return next((pad for pad in kandidaten if (pad / "initdb").exists()), None)


def can_start() -> bool:
    if find_bin() is None:
        return False
    if os.getuid() != 0:
        return True
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return True


class PostgresProces:
    """Eén server. `poort` blijft gelijk over een herstart heen."""

    def __init__(self, *, fsync: bool = False, instellingen: tuple[str, ...] = ()) -> None:
        bin_ = find_bin()
        assert bin_ is not None
        self._bin = bin_
        self.map = Path(tempfile.mkdtemp(prefix="kif-pg-"))
        self._data = self.map / "data"
        self._als: dict[str, Any] = {}
        if os.getuid() == 0:
            wie = pwd.getpwnam("postgres")
            self._als = {"user": wie.pw_uid, "group": wie.pw_gid, "extra_groups": []}
            os.chown(self.map, wie.pw_uid, wie.pw_gid)
        self.poort = _vrije_poort()
        self._instellingen = [
            "listen_addresses=127.0.0.1",
            f"port={self.poort}",
            f"unix_socket_directories={self.map}",
            f"fsync={'on' if fsync else 'off'}",
            "max_connections=150",
            "shared_buffers=32MB",
            *instellingen,
        ]
        self._host = "127.0.0.1"
        self._namen = itertools.count(1)
        self._proces: subprocess.Popen[bytes] | None = None
        self._log = (self.map / "server.log").open("ab")

    def __enter__(self) -> PostgresProces:
        try:
            self._roep(
                "initdb", "-D", str(self._data), "-U", GEBRUIKER, "-A", "trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync",
            )  # fmt: skip
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._log.close()
        shutil.rmtree(self.map, ignore_errors=True)

    def start(self) -> None:
        opties = [deel for regel in self._instellingen for deel in ("-c", regel)]
        self._proces = subprocess.Popen(
            [self._bin / "postgres", "-D", self._data, *opties],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            cwd=self.map,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            **self._als,
        )
        einde = time.monotonic() + 60
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                self.connect("postgres").close()
                return
            assert self._proces.poll() is None, "PostgreSQL stopte bij het starten"
            assert time.monotonic() < einde, "PostgreSQL is na een minuut nog niet te bereiken"
            time.sleep(0.02)

    def stop(self, *, meteen: bool = True) -> None:
        """`meteen`: als `pg_ctl -m immediate`, zonder iets af te maken."""
        proces, self._proces = self._proces, None
        if proces is None or proces.poll() is not None:
            return
        proces.send_signal(signal.SIGQUIT if meteen else signal.SIGINT)
        try:
            proces.wait(30)
        except subprocess.TimeoutExpired:
            proces.kill()
            proces.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def pids(self) -> list[int]:
        """De server en al zijn processen, zoals een voor elke verbinding."""
        assert self._proces is not None
        kinderen = Path(f"/proc/{self._proces.pid}/task/{self._proces.pid}/children").read_text()
        return [self._proces.pid, *map(int, kinderen.split())]

    def use_tls(self, map_: Path) -> None:
        """Alleen nog met TLS en een wachtwoord over TCP; certificaat en sleutel staan in `map_`."""
        for naam in ("server.key", "server.crt"):
            doel = self._data / naam
            shutil.copy(map_ / naam, doel)
            if self._als:
                os.chown(doel, self._als["user"], self._als["group"])
            doel.chmod(0o600)
        (self._data / "pg_hba.conf").write_text(
            "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
            "hostssl all all ::1/128 scram-sha-256\n"
        )
        self._instellingen.append("ssl=on")
        self._host = str(self.map)
        self.restart()

    def connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=self._host,
            port=self.poort,
            user=GEBRUIKER,
            dbname=database,
            autocommit=True,
            connect_timeout=30,
        )

    def make_database(self, sjabloon: str = "template1") -> str:
        naam = f"kif{next(self._namen)}"
        with contextlib.closing(self.connect("postgres")) as beheer:
            beheer.execute(f'CREATE DATABASE "{naam}" TEMPLATE "{sjabloon}"')
        return naam

    def drop_database(self, naam: str) -> None:
        with contextlib.closing(self.connect("postgres")) as beheer:
            beheer.execute(f'DROP DATABASE IF EXISTS "{naam}" WITH (FORCE)')

    def url(self, naam: str) -> str:
        return f"postgresql://{GEBRUIKER}@127.0.0.1:{self.poort}/{naam}"

    def _roep(self, *opdracht: str) -> None:
        subprocess.run(
            [self._bin / opdracht[0], *opdracht[1:]],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            cwd=self.map,
            timeout=120,
            **self._als,
        )


def _vrije_poort() -> int:
    """Een poort die de computer zelf niet uitdeelt: een ander proces krijgt haar dus nooit.

    Ook niet terwijl de server herstart; dan probeert iedereen juist daarheen te verbinden.
    """
    while True:
        nummer = 15_000 + secrets.randbelow(15_000)  # uitgedeeld wordt vanaf 32.768
        with socket.socket() as poort, contextlib.suppress(OSError):
            poort.bind(("127.0.0.1", nummer))
            return nummer
