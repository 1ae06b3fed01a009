"""De metingen van `start.py meet`. Elk cijfer staat naast iets dat in dezelfde run is gemeten."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import Meetlat
from tests.conftest import PROJECTMAP
from tests.e2e.centrale import Centrale, omgeving
from tests.e2e.hulp import diensten, laad, warm_catalogus

HIER = Path(__file__).parent
LATENTIE_MS = 100.0
KEREN = 7

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="de meters lezen /proc")


def run_script(naam: str, *argumenten: str, **extra: str) -> dict[str, Any]:
    """Draai een script van deze map in een vers proces en geef zijn JSON-regel."""
    klaar = subprocess.run(
        [sys.executable, str(HIER / naam), *argumenten],
        capture_output=True,
        text=True,
        env=omgeving(QT_QPA_PLATFORM="offscreen", **extra),
        timeout=300,
        check=False,
    )
    assert klaar.stdout.strip(), klaar.stderr
    uitkomst: dict[str, Any] = json.loads(klaar.stdout.splitlines()[0])
    return uitkomst


@cache
def kaal_piek_kb() -> float:
    return statistics.median(run_script("kaal_venster.py")["piek_kb"] for _ in range(3))


def test_een_volledig_klantbeeld_in_eenheden_van_de_vertraging(
    centrale: Centrale, profiel: Path, tmp_path: Path, meetlat: Meetlat
) -> None:
    """De services: BSN bekend, catalogus warm, elk verzoek 100 ms vertraagd."""
    with diensten(profiel, tmp_path / "werkplek") as gebouwd:
        warm_catalogus(gebouwd)
        for rol in ("gewoon", "zwaar"):
            bsn = centrale.persoon(rol)["bsn"]
            laad(gebouwd, bsn)  # verbindingen en voorraad zijn er
            centrale.latency(LATENTIE_MS)
            tijden = [laad(gebouwd, bsn).seconden for _ in range(KEREN)]
            centrale.latency(0)
            compleet = statistics.median(max(t.values()) for t in tijden) * 1000 / LATENTIE_MS
            # De catalogus komt van schijf en is niets van de klant: die telt niet als eerste deel.
            eerste = (
                statistics.median(min(t[n] for n in t if n != "catalogus") for t in tijden)
                * 1000
                / LATENTIE_MS
            )
            meetlat.hoogstens(
                f"volledig beeld, services ({rol})", compleet, 3.5, "× vertraging", "mediaan van 7"
            )
            meetlat.hoogstens(f"eerste deel, services ({rol})", eerste, 1.5, "× vertraging", "mediaan van 7")


def test_het_venster_met_de_zware_klant(centrale: Centrale, profiel: Path, meetlat: Meetlat) -> None:
    bsn = centrale.persoon("zwaar")["bsn"]
    zonder = run_script("meetvenster.py", "zwaar", bsn, "--profile", str(profiel))
    assert zonder["rijen"] >= 2_000, zonder["rijen"]
    centrale.latency(LATENTIE_MS)
    met = run_script("meetvenster.py", "zwaar", bsn, "--profile", str(profiel))
    centrale.latency(0)
    # De eerste keer legt verbindingen en laadt code; daarna is het zoals de rest van de dag.
    compleet = statistics.median(keer["compleet_ms"] for keer in met["keren"][1:]) / LATENTIE_MS
    eerste = statistics.median(keer["eerste_ms"] for keer in met["keren"][1:]) / LATENTIE_MS
    eerste_keer = met["keren"][0]["compleet_ms"] / LATENTIE_MS
    meetlat.hoogstens("volledig beeld, venster (zwaar)", compleet, 3.5, "× vertraging", "mediaan van 4")
    meetlat.hoogstens("volledig beeld, eerste klant van de dag", eerste_keer, 3.5, "× vertraging")
    meetlat.hoogstens("eerste deel op het scherm (zwaar)", eerste, 1.5, "× vertraging", "mediaan van 4")
    rust = f"in rust {zonder['rust_ms']:.0f} ms"
    eerste_stil, *later_stil = (keer["stilstand_ms"] for keer in zonder["keren"])
    meetlat.hoogstens("langste stilstand, eerste klant (zwaar)", eerste_stil, 50, "ms", rust)
    meetlat.hoogstens("langste stilstand, daarna (zwaar)", max(later_stil), 50, "ms", f"ergste van 4; {rust}")
    meetlat.hoogstens(
        "langste stilstand bij alles laden", zonder["bladeren_stilstand_ms"], 200, "ms",
        f"{zonder['rijen']} rijen in {zonder['laden_s']:.1f} s",
    )  # fmt: skip
    meetlat.minstens(
        "bladeren door de tijdlijn", zonder["beelden_per_s"], 30, "beelden/s", f"{zonder['rijen']} rijen"
    )
    meetlat.hoogstens("traagste beeld bij bladeren", zonder["traagste_beeld_ms"], 50, "ms")
    kaal = kaal_piek_kb()
    for wat, veld in (("eerste beeld", "piek_eerste_beeld_kb"), ("alle contacten", "piek_kb")):
        meer = (zonder[veld] - kaal) / 1024
        meetlat.hoogstens(f"geheugen boven kaal venster, {wat}", meer, 90, "MB", f"kaal {kaal / 1024:.0f} MB")


def test_koude_start_naast_een_kaal_venster(meetlat: Meetlat, profiel: Path, tmp_path: Path) -> None:
    kaal, kif = [], []
    data = tmp_path / "data"
    for keer in range(KEREN + 1):
        een = run_script("kaal_venster.py")["ms"]
        twee = run_script("meetvenster.py", "start", "--profile", str(profiel), KIF_DATA_DIR=str(data))
        assert twee["nam_aan"], "het zoekveld nam de toets niet aan"
        if keer:  # de eerste keer schrijft bytecode
            kaal.append(een)
            kif.append(twee["ms"])
    verhouding = statistics.median(kif) / statistics.median(kaal)
    nota = f"{statistics.median(kif):.0f} ms naast {statistics.median(kaal):.0f} ms, mediaan van {KEREN}"
    meetlat.hoogstens("koude start tot zoekveld", verhouding, 2.2, "× kaal venster", nota)


def test_wat_de_starter_kost(meetlat: Meetlat) -> None:
    python = PROJECTMAP / ".venv" / "bin" / "python"
    if not python.exists() or not (PROJECTMAP / ".venv" / "kif-stempel").exists():
        meetlat.zonder_doel("kosten van start.py, warm", "niet gemeten", "er is geen .venv")
        pytest.skip("er is geen .venv: eerst een keer start.py")
    met, zonder = [], []
    for keer in range(KEREN + 1):
        for opdracht, tijden in (
            ([sys.executable, str(PROJECTMAP / "start.py"), "kif", "--version"], met),
            ([str(python), "-P", "-m", "ui", "--version"], zonder),
        ):
            begin = time.perf_counter()
            subprocess.run(opdracht, check=True, capture_output=True)
            if keer:
                tijden.append(time.perf_counter() - begin)
    extra = statistics.median(met) - statistics.median(zonder)
    meetlat.hoogstens("kosten van start.py, warm", extra, 0.2, "s", f"mediaan van {KEREN}")
