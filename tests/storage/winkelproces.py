"""Een eigen proces dat in de winkel werkt, voor proeven met kill, storingen en twee verzenders.

Schrijft op stdout wat er op schijf staat, elke regel pas nadat de winkel dat zei. Te starten als module.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging, WinkelFout
from tests.storage.bouwwinkel import finish, make_concept, make_registratie, open_winkel

_PROJECT = Path(__file__).resolve().parents[2]


def say(*wat: object) -> None:
    os.write(1, (" ".join(map(str, wat)) + "\n").encode())


def typ(pad: Path) -> None:
    """Typt, rondt af en begint opnieuw, tot het proces weg is. `tekst N`: N tekens staan op schijf."""
    winkel = open_winkel(pad)
    say("begin")
    for ronde in range(10_000):
        uuid = f"c{os.getpid()}-{ronde}"
        for lengte in range(1, 9):
            winkel.save_concept(make_concept(uuid, notitie="abcdefgh"[:lengte]))
            say("tekst", uuid, lengte)
        nummers = winkel.next_referentienummers(2)
        ids = winkel.finish(uuid, [make_registratie(nummer, uuid) for nummer in nummers], datetime.now(UTC))
        say("klaar", uuid, *ids)


def verstuur(pad: Path, seconden: float = 20) -> None:
    """Neemt rijen zoals een verzender, tot er niets meer is. `nam ID TOESTAND` en daarna `staat ID`."""
    winkel = open_winkel(pad)
    houder = f"proces-{os.getpid()}"
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        if not winkel.acquire_lease(houder, datetime.now(UTC), 600.0):
            time.sleep(0.02)
            continue
        say("lease", time.monotonic_ns())
        for _ in range(3):
            rij = winkel.claim(datetime.now(UTC))
            if rij is None:
                break
            say("nam", rij.id, rij.toestand)
            winkel.update(rij.id, Wijziging(stappen={"contact": f"k{rij.id}"}))
            winkel.update(rij.id, Wijziging(Toestand.STAAT_IN_REGISTER))
            say("staat", rij.id)
        say("los", time.monotonic_ns())
        winkel.release_lease(houder)
        if winkel.count_wachtend()[0] == 0:
            break
        time.sleep(0.01)
    winkel.close()


def een_keer(pad: Path) -> None:
    """Eén vaste gang: openen, typen, afronden, nemen, versturen. Elke stap meldt zich, ook een fout."""
    try:
        winkel = open_winkel(pad)
        say("open")
        winkel.save_concept(make_concept("nieuw", notitie="nieuw"))
        say("tekst")
        (id_,) = finish(winkel, concept="af")
        say("klaar", id_)
        rij = winkel.claim(datetime.now(UTC))
        assert rij is not None
        say("nam", rij.id)
        winkel.update(rij.id, Wijziging(Toestand.STAAT_IN_REGISTER))
        say("staat", rij.id)
        winkel.backup()
        say("kopie")
        winkel.close()
        say("dicht")
    except WinkelFout as fout:
        say("fout", fout.code, fout.uitleg)


def start(werk: str, pad: Path, *voor: str) -> subprocess.Popen[str]:
    """Begin `werk` in een eigen proces; `voor` is een opdracht ervoor, zoals strace."""
    return subprocess.Popen(
        [*voor, sys.executable, "-m", "tests.storage.winkelproces", werk, str(pad)],
        stdout=subprocess.PIPE, text=True, cwd=_PROJECT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


if __name__ == "__main__":
    {"typ": typ, "verstuur": verstuur, "een_keer": een_keer}[sys.argv[1]](Path(sys.argv[2]))
