"""De demonstratie als los proces: één regel JSON, het profiel, en weg bij SIGTERM of zonder ouder."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from frontoffice.demo.opdracht import run
from frontoffice.demo.proces import start_demo_proces
from frontoffice.demo.profieltekst import make_profiel
from frontoffice.profiel import Register
from frontoffice.profiel.lezen import parse_profiel
from tests.demo.hulp import VANDAAG

WORTEL = Path(__file__).resolve().parents[2]
OPDRACHT = [
    sys.executable,
    "-m",
    "frontoffice.demo",
    "--port",
    "0",
    "--seed",
    "1",
    "--vandaag",
    VANDAAG.isoformat(),
]


def wait_until(voorwaarde: Any, seconden: float = 60.0) -> bool:
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        if voorwaarde():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM bestaat op Windows niet")
@pytest.mark.parametrize("signaal", [signal.SIGTERM, signal.SIGINT])
def test_een_regel_json_en_bij_een_signaal_einde_0_met_opgeruimde_map(signaal: signal.Signals) -> None:
    with subprocess.Popen(
        OPDRACHT, cwd=WORTEL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as proces:
        assert proces.stdout is not None
        melding = json.loads(proces.stdout.readline())
        profiel = Path(melding["profiel"])
        rechten = stat.S_IMODE(profiel.parent.stat().st_mode)
        antwoord = requests.get(
            f"{melding['basis']}/kvk/v2/zoeken?naam=bakkerij", headers={"apikey": "demo-kvk"}, timeout=60
        )
        proces.send_signal(signaal)
        rest, fouten = proces.communicate(timeout=60)
    assert antwoord.status_code == 200
    assert rechten == 0o700
    assert (proces.returncode, rest, fouten) == (0, "", "")
    assert not profiel.parent.exists()


def test_de_voorbeelden_zijn_compleet_en_het_profiel_wijst_elk_register_aan() -> None:
    proces = start_demo_proces(seed=3, vandaag=VANDAAG)
    try:
        v = proces.voorbeelden
        assert set(v) == {"gewoon", "zwaar", "geen", "geheim", "bedrijf"}
        for rol in ("gewoon", "zwaar", "geheim"):
            assert re.fullmatch(r"9999\d{5}", v[rol]["bsn"])
            assert re.fullmatch(r"0[1-9]\d{8}", v[rol]["telefoon"])
            assert re.fullmatch(r"ZAAK-\d{4}-\d{10}", v[rol]["zaaknummer"])
        assert set(v["geen"]) == {"bsn", "telefoon"}
        assert re.fullmatch(r"\d{8}", v["bedrijf"]["kvk"])
        profiel = tomllib.loads(proces.profiel_pad.read_text(encoding="utf-8"))
        assert profiel["gemeente"]["demo"] is True
        assert {naam: r["url"] for naam, r in profiel["registers"].items()} == {
            "klantinteracties": f"{proces.basis}/klantinteracties/api/v1",
            "zaken": f"{proces.basis}/zaken/api/v1",
            "catalogi": f"{proces.basis}/catalogi/api/v1",
            "documenten": f"{proces.basis}/documenten/api/v1",
            "brp": f"{proces.basis}/brp",
            "kvk": f"{proces.basis}/kvk",
        }
        assert profiel["registers"]["catalogi"]["geheim"] == "zaken"
        assert profiel["gemeente"]["vandaag"] == VANDAAG
    finally:
        proces.stop()
    assert not proces.draait
    assert not proces.profiel_pad.exists()


@pytest.mark.parametrize("vandaag", [None, VANDAAG])
def test_het_programma_leest_het_profiel_van_de_demonstratie(vandaag: date | None) -> None:
    profiel = parse_profiel(make_profiel("http://127.0.0.1:8199", vandaag))
    assert profiel.gemeente.demo
    assert profiel.gemeente.vandaag == vandaag
    assert set(profiel.registers) == set(Register)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 bestaat op Windows niet")
def test_het_kind_stopt_en_ruimt_op_als_de_ouder_hard_wordt_gedood() -> None:
    code = (
        "import time, json; from frontoffice.demo.proces import start_demo_proces\n"
        "p = start_demo_proces(seed=1)\n"
        "print(json.dumps([p.pid, str(p.profiel_pad)]), flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=WORTEL, stdout=subprocess.PIPE, text=True
    ) as ouder:
        assert ouder.stdout is not None
        pid, profiel = json.loads(ouder.stdout.readline())
        assert Path(profiel).exists()
        ouder.kill()
        ouder.wait(60)
        assert wait_until(lambda: not Path(profiel).exists())
    assert wait_until(lambda: not _leeft(pid))


def _leeft(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_storingen_en_latentie_gaan_mee_naar_het_kind() -> None:
    proces = start_demo_proces(storingen={"zaken": "fout:500"}, latency_ms=50)
    try:
        assert requests.get(f"{proces.basis}/zaken/api/v1/zaken", timeout=60).status_code == 500
        start = time.perf_counter()
        requests.get(f"{proces.basis}/kvk/v2/zoeken", timeout=60)
        assert time.perf_counter() - start >= 0.05
    finally:
        proces.stop()


@pytest.mark.parametrize(
    "argumenten",
    [["--storing", "zaken=boem"], ["--storing", "x"], ["--vandaag", "gisteren"], ["--port", "x"], ["--wat"]],
)
def test_verkeerd_gebruik_geeft_2_met_een_zin_en_niets_op_stdout(
    argumenten: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(argumenten) == 2
    uit = capsys.readouterr()
    assert uit.out == ""
    assert uit.err
    assert "Traceback" not in uit.err


def test_een_bezette_poort_geeft_1_met_uitleg(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        assert run(["--port", str(bezet.getsockname()[1])]) == 1
    assert "bezet" in capsys.readouterr().err
