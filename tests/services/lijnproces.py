"""Een eigen proces dat stappen van de avond doet, met en zonder verbinding, en ergens wordt afgebroken.

Elk punt is vlak voor of vlak na iets wat op schijf komt: een notitie, of een wijziging in de agenda. Schrijft
per stap die is gelukt een regel op stdout. Te starten als module.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.werkplekbestand import Werkplekbestand
from tests.services.bouwlijn import LijnKlok, Plek
from tests.storage.bouw import moment
from tests.storage.conftest import sqlite_instelling

_PROJECT = Path(__file__).resolve().parents[2]
VERZOEKEN = tuple(f"00000000-0000-4000-8000-{nummer:012}" for nummer in range(9))


class Teller:
    """Breekt het proces af op punt `dood`; 0 = nooit. Telt alleen vanaf `begin`."""

    def __init__(self, dood: int) -> None:
        self._dood, self._nummer, self._telt = dood, 0, False

    def begin(self) -> None:
        self._telt = True

    def punt(self) -> None:
        if self._telt:
            self._nummer += 1
            if self._nummer == self._dood:
                os.kill(os.getpid(), signal.SIGKILL)

    @property
    def punten(self) -> int:
        return self._nummer


def say(*wat: object) -> None:
    os.write(1, (" ".join(map(str, wat)) + "\n").encode())


def run(map_: Path, dood: int) -> None:
    teller = Teller(dood)
    echt_schrijf = Werkplekbestand.schrijf
    echt_lock = AgendaDatabase.lock

    def schrijf(self: Werkplekbestand, werk: Any) -> Any:
        teller.punt()
        uit = echt_schrijf(self, werk)
        teller.punt()
        return uit

    @contextmanager
    def lock(self: AgendaDatabase, *wat: Any, **hoe: Any) -> Iterator[Any]:
        with echt_lock(self, *wat, **hoe) as tx:
            yield tx
            teller.punt()
        teller.punt()

    Werkplekbestand.schrijf = schrijf  # type: ignore[method-assign]  # hier wordt afgebroken
    AgendaDatabase.lock = lock  # type: ignore[method-assign, assignment]  # idem
    agenda = AgendaDatabase(sqlite_instelling(map_ / "agenda.db"))
    plek = Plek(agenda, map_ / "balie-1.db", LijnKlok(moment(17, 0)))
    stand = plek.lijn.load_stand()
    assert stand is not None
    teller.begin()
    work(plek, [b.id for b in stand.bezoeken])
    say("punten", teller.punten)
    plek.close()
    agenda.close()


def work(plek: Plek, ids: list[str]) -> None:
    """Eén aanmelding met verbinding, dan zeven stappen zonder, dan doorvoeren en nog een stap."""
    een, twee, *_ = ids
    lijn, lijnen = plek.lijn, plek.draad
    v = iter(VERZOEKEN)

    def done(verzoek: str) -> None:
        say("gedaan", verzoek)

    lijn.arrive(een, verzoek_id=(n := next(v)))
    done(n)
    lijnen.antwoord_weg = 1
    lijn.arrive(twee, verzoek_id=(n := next(v)))
    done(n)
    lijnen.is_weg = True
    lijn.load_stand()
    lijn.call(een, "B1", verzoek_id=(n := next(v)))
    done(n)
    lijn.start(een, verzoek_id=(n := next(v)))
    done(n)
    lijn.walk_in(Wens((Wensregel("a10"),)), "P. de Wit", verzoek_id=(n := next(v)))
    done(n)
    lijn.finish(een, verzoek_id=(n := next(v)))
    done(n)
    lijn.call(twee, "B1", verzoek_id=(n := next(v)))
    done(n)
    lijnen.is_weg = False
    lijn.load_stand()
    lijn.start(twee, verzoek_id=(n := next(v)))
    done(n)


def start(map_: Path, dood: int) -> list[str]:
    """Laat het proces lopen; geeft wat het zei."""
    klaar = subprocess.run(
        [sys.executable, "-m", "tests.services.lijnproces", str(map_), str(dood)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=_PROJECT, timeout=120, check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert klaar.returncode == (-signal.SIGKILL if dood else 0)
    return klaar.stdout.splitlines()


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
