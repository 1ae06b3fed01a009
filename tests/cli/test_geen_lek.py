"""De opdrachtregel laat geen Python-spoor en geen persoonsgegevens achter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from frontoffice.cli.uitvoer import clean
from frontoffice.demo.server import DemoServer
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import build
from tests.cli.hulp import WORTEL, kif

BUG = """
import sys
from frontoffice import cli
def _run(*wat):
    raise RuntimeError("kanarie Jansen-ter Braak 999993653")
cli._run = _run
sys.exit(cli.main(["doctor", "--json"]))
"""


def test_een_programmeerfout_wordt_een_zin_met_een_nummer(eigen_omgeving: Path) -> None:
    klaar = subprocess.run(
        [sys.executable, "-c", BUG], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(WORTEL)},
    )  # fmt: skip
    assert klaar.returncode == 1
    assert "Traceback" not in klaar.stderr
    nummer = re.search(r"nummer (F[0-9A-F]{6})", klaar.stderr)
    assert nummer
    log = (eigen_omgeving / "logboek" / "kif.log").read_text(encoding="utf-8")
    assert nummer[1] in log
    assert "RuntimeError" in log
    assert "kanarie" not in log + klaar.stdout + klaar.stderr


def test_wie_stopt_met_lezen_krijgt_geen_spoor() -> None:
    proces = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui", "profiel", "voorbeeld"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(WORTEL)},
    )
    assert proces.stdout is not None
    proces.stdout.close()
    assert proces.stderr is not None
    assert proces.stderr.read() == ""
    proces.stderr.close()
    assert proces.wait(60) in (0, 1)


@pytest.mark.traag
def test_na_een_dag_werk_staat_er_niets_persoonlijks_op_schijf(
    profiel: str,
    echt: dict[str, str],
    voorbeelden: dict[str, dict[str, str]],
    server: DemoServer,
    eigen_omgeving: Path,
) -> None:
    """Vragen met en zonder storing; daarna staat geen naam of nummer van deze mensen in een bestand."""
    kanaries: set[str] = set()
    diensten = build(load_profiel(Path(profiel)), data_dir=eigen_omgeving / "apart")
    for wie in ("gewoon", "zwaar", "geheim"):
        bsn = Bsn(voorbeelden[wie]["bsn"])
        persoon = diensten.registers.personen.load_persoon(bsn, Aanroep.van(10))
        assert persoon.adres is not None
        kanaries |= {bsn.nummer, persoon.naam.geslachtsnaam, persoon.naam.voornamen, persoon.adres.postcode}
        for partij in diensten.registers.klantinteracties.find_partijen(PersoonSleutel(bsn), Aanroep.van(10)):
            kanaries |= {adres.adres for adres in partij.digitale_adressen}
    diensten.close()
    for storing in ("", "fout:500", "html", "filter-genegeerd"):
        for register in ("klantinteracties", "zaken", "brp"):
            server.storing(register, storing)
        for wie in ("gewoon", "geheim") if storing != "html" else ("zwaar",):
            kif("klant", voorbeelden[wie]["bsn"], "--json", "--profile", profiel)
    kif("klant", "-", invoer=voorbeelden["gewoon"]["telefoon"], **echt)
    logboek = b"".join(pad.read_bytes() for pad in eigen_omgeving.rglob("*") if pad.is_file())
    assert b"register gaf een fout" in logboek
    assert len(kanaries) > 12
    assert not [kanarie for kanarie in kanaries if kanarie and kanarie.encode() in logboek]


def test_stuurtekens_uit_een_register_komen_niet_in_de_terminal() -> None:
    vijandig = "Jan\x1b[2J\x1b]0;titel\x07\u202esen\u200b\r\nINFO ok\x9b31m\ud800"
    schoon = clean(vijandig)
    assert schoon.isprintable()
    assert "\n" not in schoon
    assert schoon.startswith("Jan[2J")
