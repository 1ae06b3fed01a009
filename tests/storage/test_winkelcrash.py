"""Wat er ook wegvalt: in de winkel staat het vorige of het volgende, nooit iets ertussen.

Een steekproef; alle punten en vijfhonderd keer kill staan in tests/volhouden.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from frontoffice.domain.registratie import Toestand
from frontoffice.storage.reservekopie import check_kopie, list_backups
from frontoffice.storage.winkel import WerkplekWinkel
from tests.conftest import eis
from tests.storage.bouwwinkel import SLEUTEL, finish, make_concept, open_winkel
from tests.storage.winkelproces import start

pytestmark = pytest.mark.traag
_RIJEN = [Toestand.NOG_NIET_VERSTUURD, Toestand.WORDT_VERSTUURD, Toestand.STAAT_IN_REGISTER]


def check_heel(winkel: WerkplekWinkel) -> None:
    assert winkel.check().bevindingen == ()


# --- SIGKILL


def kill_while_typing(pad: Path, na: float) -> list[str]:
    """Laat een proces typen en breek het na `na` seconden af; geeft wat het zei dat op schijf stond."""
    proces = start("typ", pad)
    assert proces.stdout is not None
    assert proces.stdout.readline() == "begin\n"
    time.sleep(na)
    proces.send_signal(signal.SIGKILL)
    rest = proces.stdout.read()
    proces.wait()
    proces.stdout.close()
    return [regel for regel in rest.split("\n")[:-1] if regel]


def check_na_kill(pad: Path, gezegd: list[str]) -> None:
    """Alles wat gezegd was, staat er; en hoogstens één stap meer."""
    winkel = open_winkel(pad)
    check_heel(winkel)
    concepten = {concept.uuid: concept.notitie for concept in winkel.load_concepten()}
    rijen: dict[str, list[int]] = {}
    for rij in winkel.load_verzendingen():
        rijen.setdefault(rij.registratie.groep, []).append(rij.id)
    tekst: dict[str, int] = {}
    klaar: dict[str, list[int]] = {}
    for regel in gezegd:
        soort, uuid, *rest = regel.split()
        if soort == "tekst":
            tekst[uuid] = int(rest[0])
        else:
            klaar[uuid] = [int(id_) for id_ in rest]
    for uuid, ids in klaar.items():
        assert rijen[uuid] == ids
        assert uuid not in concepten
    for uuid, lengte in tekst.items():
        if uuid in klaar:
            continue
        if uuid in concepten:  # de laatste: nog open, met hoogstens één toetsaanslag meer
            assert concepten[uuid] in ("abcdefgh"[:lengte], "abcdefgh"[: lengte + 1])
            assert uuid not in rijen
        else:
            assert len(rijen[uuid]) == 2
    winkel.close()


def test_na_een_kill_staat_alles_wat_bewaard_heette_er_nog(tmp_path: Path) -> None:
    toeval = random.Random(20)
    pad = tmp_path / "werkplek.db"
    for _ in range(20):
        check_na_kill(pad, kill_while_typing(pad, toeval.uniform(0, 0.25)))


def test_een_kill_tijdens_de_eerste_keer_openen_laat_een_bruikbaar_bestand_achter(tmp_path: Path) -> None:
    toeval = random.Random(5)
    for keer in range(5):
        pad = tmp_path / f"werkplek-{keer}.db"
        proces = start("een_keer", pad)
        time.sleep(toeval.uniform(0.2, 1.2))
        proces.send_signal(signal.SIGKILL)
        proces.wait()
        assert proces.stdout is not None
        proces.stdout.close()
        winkel = open_winkel(pad)
        check_heel(winkel)
        winkel.close()


# --- twee verzenders: het venster en kif outbox send


def test_twee_processen_versturen_nooit_samen_en_nooit_dezelfde_rij(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    ids = {id_ for _ in range(25) for id_ in finish(winkel, 2)}
    processen = [start("verstuur", pad) for _ in range(3)]
    genomen: list[int] = []
    tijden: list[tuple[int, str, int]] = []
    for nummer, proces in enumerate(processen):
        uit, _ = proces.communicate(timeout=60)
        assert proces.returncode == 0
        for regel in uit.splitlines():
            soort, waarde, *_ = regel.split()
            if soort == "nam":
                genomen.append(int(waarde))
            elif soort in ("lease", "los"):
                tijden.append((int(waarde), soort, nummer))
    assert sorted(genomen) == sorted(ids)
    houder = None
    for _, soort, nummer in sorted(tijden):
        assert houder in (None, nummer), "twee processen hadden tegelijk de lease"
        houder = nummer if soort == "lease" else None
    assert winkel.count_wachtend() == (0, 0)
    check_heel(winkel)
    winkel.close()


def test_een_verzender_die_wordt_afgebroken_laat_zijn_rij_meteen_aan_de_volgende_om_na_te_kijken(
    tmp_path: Path,
) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    finish(winkel, 2)
    proces = start("verstuur", pad)
    assert proces.stdout is not None
    while not (regel := proces.stdout.readline()).startswith("nam"):
        assert regel, "de verzender stopte"
    proces.send_signal(signal.SIGKILL)
    proces.wait()
    proces.stdout.close()
    tweede = start("verstuur", pad)
    uit, _ = tweede.communicate(timeout=60)
    toestanden = re.findall(r"nam \d+ (\w+)", uit)
    assert toestanden, "de lease van wie weg is, houdt de volgende op"
    assert set(toestanden) <= {"wordt_nagekeken", "wordt_verstuurd"}
    assert winkel.count_wachtend() == (0, 0)
    check_heel(winkel)
    winkel.close()


# --- de n-de systeemaanroep mislukt

STORINGEN = (
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("fsync", "EIO"),
    ("openat", "EIO"),
    ("openat", "ENOSPC"),
    ("openat", "EROFS"),
    ("ftruncate", "EIO"),
    ("unlink", "EIO"),
    ("rename", "EIO"),
)


def strace(pad: Path, aanroep: str, *meer: str) -> list[str]:
    """Python opent zelf honderden bestanden: van openen telt alleen dat van de winkel."""
    paden = [f"{pad}{naam}" for naam in ("", "-wal", "-shm", "-journal")]
    paden += [str(pad.with_suffix(".reserve")), str(pad.parent), str(pad.parent / "reservekopie")]
    alleen = [deel for naam in paden for deel in ("-P", naam)] if aanroep == "openat" else []
    return ["strace", "-qq", "-f", "-e", f"trace={aanroep}", *alleen, *meer]


def make_begin(map_: Path) -> Path:
    """Een winkel met iets erin, dat de storing moet overleven."""
    map_.mkdir(parents=True)
    pad = map_ / "werkplek.db"
    winkel = open_winkel(pad)
    winkel.save_concept(make_concept("oud", notitie="oud"))
    finish(winkel, concept="eerder")
    winkel.close()
    return pad


def count_calls(map_: Path, aanroep: str) -> int:
    """Hoe vaak de vaste gang deze aanroep doet."""
    verslag = map_ / "verslag.txt"
    pad = make_begin(map_ / "tel")
    uit, _ = start("een_keer", pad, *strace(pad, aanroep, "-o", str(verslag))).communicate(timeout=120)
    assert uit.endswith("dicht\n"), uit
    return len(re.findall(rf"\b{aanroep}\(", verslag.read_text()))


def fail_at(map_: Path, aanroep: str, fout: str, wanneer: str) -> list[str]:
    """Laat de gang lopen met deze storing, en kijk na wat er dan staat; geeft wat zij zei."""
    pad = make_begin(map_)
    inject = ("-e", f"inject={aanroep}:error={fout}:when={wanneer}", "-o", os.devnull)
    proces = start("een_keer", pad, *strace(pad, aanroep, *inject))
    uit, _ = proces.communicate(timeout=120)
    gezegd = uit.split("\n")[:-1]
    assert proces.returncode == 0, f"geen WinkelFout maar iets anders, na {gezegd}"
    assert all(regel.endswith(".") for regel in gezegd if regel.startswith("fout")), gezegd
    check_before_or_after(pad, {regel.split()[0] for regel in gezegd})
    return gezegd


def check_before_or_after(pad: Path, gezegd: set[str]) -> None:
    winkel = open_winkel(pad)
    check_heel(winkel)
    concepten = {concept.uuid: concept.notitie for concept in winkel.load_concepten()}
    rijen = {rij.registratie.groep: rij for rij in winkel.load_verzendingen()}
    assert concepten["oud"] == "oud"
    assert concepten.get("nieuw", "nieuw") == "nieuw"
    assert "nieuw" in concepten or "tekst" not in gezegd
    assert not ("af" in concepten and "af" in rijen)
    assert "af" in rijen or "klaar" not in gezegd
    stand = _RIJEN.index(rijen["eerder"].toestand)
    assert stand >= (2 if "staat" in gezegd else 1 if "nam" in gezegd else 0)
    kopieen = list_backups(pad)
    assert kopieen or "kopie" not in gezegd
    for kopie in kopieen:
        check_kopie(pad.parent / "reservekopie" / kopie.naam, SLEUTEL)
    winkel.save_concept(make_concept("verder"))
    winkel.close()


def eis_strace() -> None:
    eis("strace", shutil.which("strace") is not None)
    proef = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    eis("strace dat een proces mag volgen", proef.returncode == 0)


@pytest.mark.parametrize(
    ("aanroep", "fout", "vanaf"),
    [("pwrite64", "ENOSPC", ""), ("pwrite64", "EIO", "+"), ("fsync", "EIO", ""), ("openat", "EROFS", "+")],
)
def test_een_aanroep_die_mislukt_geeft_een_zin_en_laat_voor_of_na_achter(
    tmp_path: Path, aanroep: str, fout: str, vanaf: str
) -> None:
    eis_strace()
    aantal = count_calls(tmp_path, aanroep)
    assert aantal > 0, "deze gang doet die aanroep niet meer: kies een andere"
    plek = random.Random(f"{aanroep}{fout}").randrange(1, aantal + 1)
    fail_at(tmp_path / "een", aanroep, fout, f"{plek}{vanaf}")
