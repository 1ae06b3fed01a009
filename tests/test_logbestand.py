"""Het logbestand bevat nooit persoonsgegevens, ook niet als iemand ze erin probeert te schrijven."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from frontoffice.domain.fouten import Onbereikbaar
from frontoffice.logbestand import log_bug, mask, start_logbestand
from tests.bouwers import BSN

KANARIES = (BSN, "0612345678", "anna@voorbeeld.example", "Jansen-ter Braak", "7581ZZ")


@pytest.fixture
def logbestand(tmp_path: Path) -> Iterator[Path]:
    """Een logbestand voor deze test; daarna is logging weer als ervoor."""
    wortel = logging.getLogger()
    ervoor, niveau = list(wortel.handlers), wortel.level
    pad = start_logbestand(tmp_path)
    assert pad is not None
    yield pad
    for handler in [h for h in wortel.handlers if h not in ervoor]:
        wortel.removeHandler(handler)
        handler.close()
    wortel.setLevel(niveau)
    logging.captureWarnings(False)


def regels(pad: Path) -> list[dict[str, object]]:
    return [json.loads(regel) for regel in pad.read_text(encoding="utf-8").splitlines()]


def test_een_gebeurtenis_is_een_regel_met_alleen_bekende_velden(logbestand: Path) -> None:
    logging.getLogger("frontoffice.central").warning(
        "register gaf een fout",
        extra={
            "register": "zaken",
            "status": 500,
            "ms": 12.345678,
            "pad": "/zaken/_zoek",
            "klantnaam": "Jansen",
        },
    )
    (regel,) = regels(logbestand)
    assert regel.pop("tijd")
    assert regel == {
        "niveau": "WARNING",
        "bron": "frontoffice.central",
        "gebeurtenis": "register gaf een fout",
        "register": "zaken",
        "status": 500,
        "ms": 12.3,
        "pad": "/zaken/_zoek",
    }


def test_waarden_die_bij_een_melding_zijn_meegegeven_blijven_weg(logbestand: Path) -> None:
    log = logging.getLogger("frontoffice.services")
    log.info("klant %s geopend", "Jansen-ter Braak")
    log.info(f"klant met {BSN} en anna@voorbeeld.example op 7581 ZZ belt met 06-12345678")
    log.info("verzoek", extra={"pad": f"/partijen?x={BSN}", "code": "Jansen-ter Braak", "status": int(BSN)})
    log.info("regel een\n2026-01-01 INFO login ok")
    tekst = logbestand.read_text(encoding="utf-8")
    assert not [kanarie for kanarie in (*KANARIES, "7581 ZZ", "06-12345678") if kanarie in tekst]
    assert len(regels(logbestand)) == 4


def test_meldingen_van_een_bibliotheek_komen_zonder_hun_tekst_in_het_bestand(logbestand: Path) -> None:
    logging.getLogger("urllib3.connectionpool").warning(
        "GET /partijen?objectId=%s voor Jansen-ter Braak", BSN
    )
    logging.getLogger("urllib3.connectionpool").debug("veel")
    (regel,) = regels(logbestand)
    assert regel["gebeurtenis"] == "melding van een bibliotheek"
    assert not [kanarie for kanarie in KANARIES if kanarie in logbestand.read_text(encoding="utf-8")]


def test_van_een_uitzondering_blijven_soort_code_en_plaats_over(logbestand: Path) -> None:
    def vraag_register(bsn: str) -> None:
        try:
            raise ValueError(f"parameters: {bsn}")
        except ValueError as fout:
            raise Onbereikbaar(f"Geen verbinding voor {bsn}.", register="zaken") from fout

    try:
        vraag_register(BSN)
    except Onbereikbaar as fout:
        nummer = log_bug(fout)
    (regel,) = regels(logbestand)
    eerste, oorzaak = regel["uitzondering"]  # type: ignore[misc]
    assert regel["nummer"] == nummer
    assert eerste["soort"] == "frontoffice.domain.fouten.Onbereikbaar"
    assert eerste["code"] == "onbereikbaar"
    assert eerste["plaatsen"][-1].endswith("vraag_register")
    assert oorzaak["soort"] == "builtins.ValueError"
    assert BSN not in logbestand.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="rechten van een bestand zijn op Windows anders geregeld")
def test_elk_logbestand_ook_na_wisselen_is_alleen_voor_de_gebruiker(
    tmp_path: Path, logbestand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = os.umask(0)
    try:
        handler = next(h for h in logging.getLogger().handlers if hasattr(h, "doRollover"))
        monkeypatch.setattr(handler, "maxBytes", 500)
        for _ in range(20):
            logging.getLogger("kif").info("een gewone gebeurtenis van enige lengte")
    finally:
        os.umask(oud)
    bestanden = list((tmp_path / "logboek").iterdir())
    assert len(bestanden) > 2
    assert {stat.S_IMODE(bestand.stat().st_mode) for bestand in bestanden} == {0o600}
    assert stat.S_IMODE((tmp_path / "logboek").stat().st_mode) == 0o700


def test_een_schijf_zonder_plaats_houdt_het_programma_niet_tegen(tmp_path: Path) -> None:
    (tmp_path / "logboek").write_text("in de weg")
    assert start_logbestand(tmp_path) is None


@pytest.mark.parametrize(
    ("tekst", "rest"),
    [
        (f"bsn {BSN} einde", "bsn … einde"),
        (f"x{BSN}y", "x…y"),
        (f"bsn {BSN[:4]}.{BSN[4:6]}.{BSN[6:]} einde", "bsn … einde"),
        ("bel +31 6 12 34 56 78 nu", "bel … nu"),
        ("bel 0612345678 nu", "bel … nu"),
        ("bel (0541) 12 34 56 nu", "bel … nu"),
        ("bel +49 5921 123456 nu", "bel … nu"),
        ("mail anna@voorbeeld.example nu", "mail … nu"),
        ("?adres=anna%40voorbeeld.example&x=1", "?adres=…&x=1"),
        ("op 7581 ZZ in", "op … in"),
        (
            "uuid 5f999993-6530-4000-8000-999993653000 blijft",
            "uuid 5f999993-6530-4000-8000-999993653000 blijft",
        ),
        ("status 500 na 1234 ms", "status 500 na 1234 ms"),
        ("regel\neen", "regel een"),
    ],
)
def test_het_filter_haalt_weg_wat_op_een_persoonsgegeven_lijkt(tekst: str, rest: str) -> None:
    assert mask(tekst) == rest


@given(
    st.integers(10_000_000, 99_999_999),
    st.text("abc -=/:?&_.%", max_size=8),
    st.text("abc -=/:?&_.%", max_size=8),
)
def test_een_bsn_komt_in_geen_enkele_omgeving_door_het_filter(begin: int, ervoor: str, erna: str) -> None:
    laatste = sum(int(cijfer) * (9 - plaats) for plaats, cijfer in enumerate(str(begin))) % 11
    assume(laatste < 10)
    bsn = f"{begin}{laatste}"
    assert stdnum_bsn.is_valid(bsn)
    assert bsn not in mask(ervoor + bsn + erna)


CRASH = """
import ctypes, sys
from pathlib import Path
from frontoffice.logbestand import protect_process
protect_process(Path(sys.argv[1]), venster=sys.argv[2] == "venster")
kanarie = "kanarie-" + "999993653"
print(Path("/proc/self/coredump_filter").read_text().strip() if sys.argv[2] == "venster" else "-", flush=True)
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
ctypes.string_at(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="dumps zijn per systeem anders geregeld")
@pytest.mark.parametrize(("soort", "leesbaar"), [("venster", "1"), ("opdracht", "0")])
def test_een_harde_crash_laat_geen_dump_en_geen_gegevens_achter(
    tmp_path: Path, soort: str, leesbaar: str
) -> None:
    klaar = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path / "data"), soort],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    assert klaar.returncode < 0
    filter_, dumpbaar = klaar.stdout.split()
    assert dumpbaar == leesbaar
    assert filter_ in ("00000000", "-")
    crash = tmp_path / "data" / "logboek" / "crash.log"
    assert stat.S_IMODE(crash.stat().st_mode) == 0o600
    assert "Segmentation fault" in crash.read_text()
    assert "999993653" not in crash.read_text()
    assert [pad.name for pad in tmp_path.rglob("*") if pad.is_file()] == ["crash.log"]
