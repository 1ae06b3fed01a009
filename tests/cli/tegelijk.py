"""Veel `kif`-processen tegelijk: elk een eigen proces met eigen verbindingen, alle op één teken begonnen.

Laadt alles één keer en splitst dan af. Schrijft per proces een regel: de uitgangscode en wat er op de uitvoer
kwam. Te starten als module: het aantal, en dan de woorden; `{n}` daarin wordt om de beurt 1 tot en met 6.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout

VOORAF = (
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "frontoffice.cli.avond",
    "frontoffice.storage.agenda",
)


def main(aantal: int, woorden: list[str]) -> None:
    for naam in VOORAF:
        importlib.import_module(naam)
    from frontoffice.cli import main as kif

    wacht, start = os.pipe()
    kinderen = []
    for nummer in range(aantal):
        lees, schrijf = os.pipe()
        kind = os.fork()
        if kind == 0:
            os.close(start)
            os.read(wacht, 1)
            uit = io.StringIO()
            with redirect_stdout(uit), redirect_stderr(io.StringIO()):
                code = kif([woord.replace("{n}", str(nummer % 6 + 1)) for woord in woorden])
            os.write(schrijf, f"{code} {uit.getvalue().strip()}".encode())
            os._exit(0)
        os.close(schrijf)
        kinderen.append((kind, lees))
    os.close(start)
    for kind, lees in kinderen:
        with os.fdopen(lees, "rb") as uitvoer:
            print(uitvoer.read().decode(), flush=True)
        os.waitpid(kind, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
