"""De metingen van de winkel: van toetsaanslag tot op schijf, afronden, en wat openen kost."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from frontoffice.storage.winkel import WerkplekWinkel
from frontoffice.storage.winkelvorm import to_json
from tests.benchmarks.conftest import Meetlat
from tests.storage.bouwwinkel import NU, finish, later, make_concept, make_registratie, make_uuid, open_winkel

KEREN = 400
PROJECT = Path(__file__).resolve().parents[2]
_OPENEN = """
import sys, time
from pathlib import Path
def kb():
    return int(next(r for r in open("/proc/self/status") if r.startswith("VmRSS")).split()[1])
import msgspec, frontoffice.registratiepoort, frontoffice.samenstelling  # heeft het venster al
from frontoffice.profiel.lezen import load_profiel
voor, begin = kb(), time.perf_counter()
from frontoffice.storage.werkplekbestand import Werkplekbestand
from frontoffice.storage.winkel import WerkplekWinkel
from frontoffice.klok import SysteemKlok
bestand = Werkplekbestand(Path(sys.argv[1]), "5a" * 32)
bestand.open()
winkel = WerkplekWinkel(bestand, SysteemKlok())
winkel.load_concepten(); winkel.count_wachtend()
print((time.perf_counter() - begin) * 1000, (kb() - voor) / 1024, "sqlalchemy" in sys.modules)
"""


def measure(werk: Callable[[], object]) -> float:
    begin = time.perf_counter()
    werk()
    return (time.perf_counter() - begin) * 1000


def add_oud(winkel: WerkplekWinkel, aantal: int) -> None:
    """Rijen die al in het register staan, in één keer."""

    def add(db: object) -> None:
        for nummer in range(aantal):
            wat = make_registratie(f"9{nummer:09}")
            db.execute(  # type: ignore[attr-defined]  # de driver heeft geen typen
                "INSERT INTO verzending (uuid, referentienummer, concept_uuid, volgorde, groep, toestand,"
                " pogingen, aangemaakt_op, niet_voor, registratie, stappen, fout, veld, verstuurd_op)"
                " VALUES (?, ?, ?, 0, ?, 'staat_in_register', 1, '2026-11-01', '2026-11-01', ?, '{}', '', '',"
                " '2026-11-01')",
                (wat.uuid, wat.referentienummer, make_uuid(), wat.groep, to_json(wat)),
            )

    winkel.bestand.schrijf(add)


@pytest.fixture(params=[0, 10_000])
def oud(request: pytest.FixtureRequest) -> int:
    aantal: int = request.param
    return aantal


def test_van_toetsaanslag_tot_op_schijf(tmp_path: Path, oud: int, meetlat: Meetlat) -> None:
    winkel = open_winkel(tmp_path / "werkplek.db")
    add_oud(winkel, oud)
    tekst = "Mevrouw belt over haar aanvraag en wil weten wanneer zij klaar is. " * 15
    tijden = sorted(
        measure(partial(winkel.save_concept, make_concept(notitie=tekst[: nummer * 2])))
        for nummer in range(KEREN)
    )
    meetlat.hoogstens(f"toets op schijf, mediaan, {oud} oude rijen", statistics.median(tijden), 5, "ms")
    meetlat.hoogstens(f"toets op schijf, p99, {oud} oude rijen", tijden[int(KEREN * 0.99)], 50, "ms")
    klaar = sorted(measure(partial(finish, winkel, 1, "g")) for _ in range(100))
    meetlat.hoogstens(
        f"bewaren, nummer en afronden, mediaan, {oud} oude rijen", statistics.median(klaar), 20, "ms",
        f"slechtste {klaar[-1]:.1f} ms",
    )  # fmt: skip
    nemen = sorted(measure(partial(winkel.claim, later(3600))) for _ in range(50))
    meetlat.hoogstens(f"rij nemen, mediaan, {oud} oude rijen", statistics.median(nemen), 10, "ms")
    open_ = sorted(measure(partial(winkel.load_verzendingen, ook_verstuurd=False)) for _ in range(20))
    meetlat.zonder_doel(f"100 wachtende lezen, {oud} oude rijen", f"{statistics.median(open_):.1f} ms")
    lease = sorted(measure(partial(winkel.acquire_lease, "x", NU, 60)) for _ in range(50))
    meetlat.hoogstens(f"lease verlengen, mediaan, {oud} oude rijen", statistics.median(lease), 10, "ms")
    tellen = sorted(measure(winkel.count_wachtend) for _ in range(50))
    meetlat.hoogstens(f"wachtende tellen, mediaan, {oud} oude rijen", statistics.median(tellen), 1, "ms")
    meetlat.zonder_doel(f"nakijken, {oud} oude rijen", f"{measure(winkel.check):.0f} ms")
    meetlat.zonder_doel(f"reservekopie, {oud} oude rijen", f"{measure(winkel.backup):.0f} ms")
    assert winkel.load_concepten()
    winkel.close()


def test_wat_openen_kost(tmp_path: Path, oud: int, meetlat: Meetlat) -> None:
    winkel = open_winkel(tmp_path / "werkplek.db")
    add_oud(winkel, oud)
    winkel.save_concept(make_concept(notitie="x", uuid=make_uuid(), begonnen_op=NU))
    winkel.close()
    uitkomsten = []
    for _ in range(5):
        uit = subprocess.run(
            [sys.executable, "-c", _OPENEN, str(tmp_path / "werkplek.db")],
            cwd=PROJECT, capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        assert uit[2] == "False", "openen laadt SQLAlchemy"
        uitkomsten.append((float(uit[0]), float(uit[1])))
    ms, mb = (statistics.median(waarden) for waarden in zip(*uitkomsten, strict=True))
    meetlat.hoogstens(f"winkel laden en openen, {oud} oude rijen", ms, 150, "ms", "mediaan van 5")
    meetlat.hoogstens(f"winkel open, werkgeheugen, {oud} oude rijen", mb, 12, "MB", "met driver")
