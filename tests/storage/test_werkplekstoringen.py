"""Wat er met de schijf mis kan gaan: altijd één zin die zegt wat er nu gebeurt, en nooit iets kwijt."""

from __future__ import annotations

import contextlib
import errno
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from frontoffice.domain.registratie import Toestand
from frontoffice.registratiepoort import Wijziging, WinkelFout
from frontoffice.storage import reservekopie, werkplekbestand, werkplekfouten, winkelopenen
from frontoffice.storage.sleutelproef import past
from frontoffice.storage.werkplekbestand import Werkplekbestand, connect, wal
from tests.conftest import PROJECTMAP, eis
from tests.storage.bouwwinkel import SLEUTEL, Klok, finish, later, make_concept, open_winkel
from tests.storage.test_winkelopenen import Geheim

ANDERS = "b7" * 32


def code_bij_openen(pad: Path, sleutel: str = SLEUTEL) -> str:
    with pytest.raises(WinkelFout) as gevangen:
        open_winkel(pad, sleutel=sleutel)
    assert gevangen.value.uitleg.endswith(".")
    assert gevangen.value.__cause__ is None
    return gevangen.value.code


def fill(pad: Path, aantal: int = 200) -> None:
    """Een winkel die netjes is gesloten, met genoeg bladzijden om er een te missen."""
    winkel = open_winkel(pad)
    for nummer in range(aantal):
        winkel.save_concept(make_concept(f"c{nummer}", notitie="woord " * 300))
    winkel.close()


def first_bladzijde(pad: Path) -> int:
    """De eerste bladzijde na het schema: in een leeg bestand staat daar nog niets."""
    leeg = pad.with_name("leeg.db")
    open_winkel(leeg).close()
    return leeg.stat().st_size // 4096


def crash(pad: Path) -> None:
    """Laat een WAL achter, zoals na een stroomstoring: een kopie van wat er op schijf staat."""
    weg = pad.with_name("crash")
    weg.mkdir()
    winkel = open_winkel(pad)
    winkel.save_concept(make_concept("net", notitie="alleen in de WAL"))
    for deel in (pad, wal(pad)):
        shutil.copy(deel, weg / deel.name)
    winkel.close()
    for deel in (pad, wal(pad)):
        shutil.move(weg / deel.name, deel)
    assert wal(pad).stat().st_size > 0


# --- kapot, leeg, vreemd, te nieuw, een andere sleutel


def test_een_kapotte_bladzijde_wordt_na_een_stroomstoring_bij_het_openen_gevonden(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    fill(pad)
    crash(pad)
    ruw = bytearray(pad.read_bytes())
    plek = 4096 * random.Random(4).randrange(
        first_bladzijde(pad), len(ruw) // 4096 - 1
    )  # de laatste staat ook in de WAL
    ruw[plek : plek + 4096] = random.Random(5).randbytes(4096)
    pad.write_bytes(ruw)
    voor = (pad.read_bytes(), wal(pad).read_bytes())
    assert code_bij_openen(pad) == "winkel_kapot"
    assert code_bij_openen(pad) == "winkel_kapot"
    assert (pad.read_bytes(), wal(pad).read_bytes()) == voor


def test_een_kapotte_bladzijde_na_netjes_sluiten_komt_uit_bij_lezen_en_bij_de_reservekopie(
    tmp_path: Path,
) -> None:
    pad = tmp_path / "werkplek.db"
    fill(pad)
    ruw = bytearray(pad.read_bytes())
    for bladzijde in range(first_bladzijde(pad), len(ruw) // 4096):
        ruw[bladzijde * 4096 + 100] ^= 255
    pad.write_bytes(ruw)
    winkel = open_winkel(pad)
    with pytest.raises(WinkelFout) as lezen:
        winkel.load_concepten()
    with pytest.raises(WinkelFout) as kopie:
        winkel.backup()
    with pytest.raises(WinkelFout):
        winkel.check()
    winkel.close()
    assert (lezen.value.code, kopie.value.code) == ("winkel_kapot", "winkel_kapot")
    assert reservekopie.list_backups(pad) == ()
    assert list((tmp_path / "reservekopie").iterdir()) == []


def test_een_andere_sleutel_is_iets_anders_dan_een_kapot_begin(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    fill(pad)
    crash(pad)
    heel, in_wal = pad.read_bytes(), wal(pad).read_bytes()
    assert code_bij_openen(pad, ANDERS) == "winkel_sleutel"
    assert (pad.read_bytes(), wal(pad).read_bytes()) == (heel, in_wal)
    wal(pad).unlink()  # daar kan de eerste bladzijde ook in staan, en dan is er niets mis
    pad.write_bytes(heel[:200] + b"\x00" + heel[201:])
    assert code_bij_openen(pad) == "winkel_kapot"
    pad.write_bytes(bytes(16) + heel[16:])
    assert past(pad, SLEUTEL) is False  # zonder zijn begin is niet te zeggen welke sleutel paste


def test_de_sleutel_past_ook_als_alles_nog_in_de_wal_staat(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    crash(pad)
    pad.write_bytes(pad.read_bytes()[:1000])  # halverwege weggeschreven
    assert past(pad, SLEUTEL)
    assert not past(pad, ANDERS)
    winkel = open_winkel(pad)
    assert [concept.uuid for concept in winkel.load_concepten()] == ["net"]
    winkel.close()


@pytest.mark.parametrize("inhoud", [b"hallo wereld\n" * 900, b"SQLite format 3\x00" + bytes(8176), b"x" * 99])
def test_een_ander_bestand_wordt_niet_overschreven(tmp_path: Path, inhoud: bytes) -> None:
    pad = tmp_path / "werkplek.db"
    pad.write_bytes(inhoud)
    assert code_bij_openen(pad) == "winkel_kapot"
    assert pad.read_bytes() == inhoud


def test_een_nieuwer_schema_wordt_geweigerd_en_blijft_zoals_het_is(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    winkel.bestand.schrijf(lambda db: db.execute("UPDATE kif_schema_werkplek SET version_num = '9999'"))
    winkel.close()
    voor = pad.read_bytes()
    assert code_bij_openen(pad) == "winkel_te_nieuw"
    assert pad.read_bytes() == voor


@pytest.mark.parametrize("hoe", ["leeg", "weg"])
def test_een_leeg_of_verdwenen_bestand_naast_reservekopieen_begint_niet_stil_opnieuw(
    tmp_path: Path, hoe: str
) -> None:
    geheim = Geheim()
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    winkel.save_concept(make_concept())
    winkel.backup()
    winkel.close()
    pad = tmp_path / "werkplek.db"
    pad.write_bytes(b"") if hoe == "leeg" else pad.unlink()
    with pytest.raises(WinkelFout, match="reservekopie") as gevangen:
        winkelopenen.open_winkel(geheim, tmp_path, Klok())
    assert gevangen.value.code == "winkel_kapot"
    (kopie,) = winkelopenen.list_backups(tmp_path)
    terug = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert terug.load_concepten() == (make_concept(),)
    terug.close()


# --- reservekopieën


def test_er_is_hoogstens_een_reservekopie_per_dag_en_de_laatste_drie_blijven(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    assert winkel.backup_if_due() is not None
    assert winkel.backup_if_due() is None
    namen = [reservekopie.make_backup(winkel.bestand, later(3600 * 24 * dag)).name for dag in range(1, 5)]
    assert [kopie.naam for kopie in reservekopie.list_backups(pad)] == namen[:0:-1]
    assert {bestand.name for bestand in (tmp_path / "reservekopie").iterdir()} == set(namen[1:])
    for bestand in (tmp_path / "reservekopie").iterdir():
        assert bestand.stat().st_mode & 0o777 == 0o600
        assert past(bestand, SLEUTEL)
    winkel.close()


def test_een_reservekopie_tijdens_het_typen_is_een_heel_moment(tmp_path: Path) -> None:
    winkel = open_winkel(tmp_path / "werkplek.db")
    winkel.save_concept(make_concept("a", notitie="0"))
    winkel.save_concept(make_concept("b", notitie="0"))
    klaar = threading.Event()

    def typ() -> None:
        nummer = 0
        while not klaar.is_set():
            nummer += 1
            winkel.save_concept(make_concept("a", notitie=str(nummer)))
            winkel.save_concept(make_concept("b", notitie=str(nummer)))

    draad = threading.Thread(target=typ)
    draad.start()
    try:
        for dag in range(4):
            kopie = reservekopie.make_backup(winkel.bestand, later(86400 * dag))
            terug = open_winkel(kopie)
            a, b = (int(concept.notitie) for concept in sorted(terug.load_concepten(), key=lambda c: c.uuid))
            terug.close()
            assert a - b in (0, 1)
    finally:
        klaar.set()
        draad.join()
        winkel.close()


def test_een_teruggezette_kopie_kijkt_alles_eerst_na_en_hergebruikt_geen_nummer(tmp_path: Path) -> None:
    geheim = Geheim()
    winkel = winkelopenen.open_winkel(geheim, tmp_path, Klok())
    winkel.save_concept(make_concept("open"))
    (klaar,), (wacht,), (actie,) = (finish(winkel) for _ in range(3))
    winkel.update(klaar, Wijziging(Toestand.STAAT_IN_REGISTER))
    winkel.update(actie, Wijziging(Toestand.ACTIE_NODIG))
    winkel.backup()
    (daarna,) = winkel.next_referentienummers(1)
    finish(winkel)
    winkel.close()
    pad = tmp_path / "werkplek.db"
    pad.write_bytes(b"kapot" * 2000)
    (kopie,) = winkelopenen.list_backups(tmp_path)
    terug = winkelopenen.restore_backup(kopie.naam, geheim, tmp_path, Klok())
    assert [concept.uuid for concept in terug.load_concepten()] == ["open"]
    assert {rij.id: rij.toestand for rij in terug.load_verzendingen()} == {
        klaar: Toestand.STAAT_IN_REGISTER,
        wacht: Toestand.WORDT_NAGEKEKEN,
        actie: Toestand.ACTIE_NODIG,
    }
    (nieuw,) = terug.next_referentienummers(1)
    assert nieuw > daarna
    terug.close()
    (apart,) = tmp_path.glob("werkplek-apart-*.db")
    assert apart.read_bytes() == b"kapot" * 2000


def test_een_kapotte_of_vreemde_reservekopie_wordt_niet_teruggezet(tmp_path: Path) -> None:
    winkel = open_winkel(tmp_path / "werkplek.db")
    winkel.save_concept(make_concept())
    kopie = winkel.backup()
    winkel.close()
    kopie.write_bytes(kopie.read_bytes()[:-4096] + bytes(4096))
    voor = (tmp_path / "werkplek.db").read_bytes()
    for naam in (kopie.name, "../werkplek.db", "weg.db"):
        with pytest.raises(WinkelFout) as gevangen:
            reservekopie.restore_backup(tmp_path / "werkplek.db", naam, SLEUTEL, later(0))
        assert gevangen.value.code == "winkel_kapot"
    assert (tmp_path / "werkplek.db").read_bytes() == voor


def test_opnieuw_beginnen_legt_bestand_en_wal_samen_apart_en_neemt_mee_wat_te_lezen_is(
    tmp_path: Path,
) -> None:
    geheim = Geheim(werkplek_sleutel=SLEUTEL)
    pad = tmp_path / "werkplek.db"
    fill(pad, 2)
    crash(pad)
    leeg = winkelopenen.start_leeg(geheim, tmp_path, Klok())
    assert {concept.uuid for concept in leeg.load_concepten()} == {"c0", "c1", "net"}
    leeg.close()
    (apart,) = tmp_path.glob("werkplek-apart-*.db")
    oud = open_winkel(apart)
    assert {concept.uuid for concept in oud.load_concepten()} == {"c0", "c1", "net"}
    oud.close()


def test_voor_een_schema_wordt_bijgewerkt_komt_er_een_reservekopie(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "versies" / "werkplek-0001.db", tmp_path / "werkplek.db")
    winkelopenen.open_winkel(Geheim(werkplek_sleutel=SLEUTEL), tmp_path, Klok()).close()
    (kopie,) = winkelopenen.list_backups(tmp_path)
    oud = connect(f"{(tmp_path / 'reservekopie' / kopie.naam).as_uri()}?mode=ro", SLEUTEL)
    assert oud.execute("SELECT version_num FROM kif_schema_werkplek").fetchone()[0] == "0001"
    assert oud.execute("SELECT count(*) FROM logregel").fetchone()[0] == 3
    oud.close()


# --- bezet


def test_wie_op_een_ander_programma_wacht_houdt_zijn_tekst_en_bewaart_zodra_het_kan(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad, wacht=0.2)
    winkel.save_concept(make_concept("eerder"))
    ander = connect(f"{pad.as_uri()}?mode=rw", SLEUTEL)
    ander.execute("BEGIN EXCLUSIVE")
    concept = make_concept("nu")
    for _ in range(3):
        with pytest.raises(WinkelFout, match="vanzelf bewaard") as gevangen:
            winkel.save_concept(concept)
        assert (gevangen.value.code, gevangen.value.opnieuw_helpt) == ("winkel_bezet", True)
        assert [c.uuid for c in winkel.load_concepten()] == ["eerder"]  # lezen gaat door
    ander.execute("ROLLBACK")
    ander.close()
    winkel.save_concept(concept)
    assert len(winkel.load_concepten()) == 2
    winkel.close()


def test_een_wachtende_schrijver_slaagt_zodra_het_slot_vrijkomt(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    ander = connect(f"{pad.as_uri()}?mode=rw", SLEUTEL)
    ander.execute("BEGIN EXCLUSIVE")
    klaar = threading.Event()
    draad = threading.Thread(target=lambda: (winkel.save_concept(make_concept()), klaar.set()))
    draad.start()
    assert not klaar.wait(1.0)
    ander.execute("ROLLBACK")
    ander.close()
    draad.join()
    assert klaar.is_set()
    assert len(winkel.load_concepten()) == 1
    winkel.close()


def test_een_bestand_dat_onder_het_programma_wordt_weggehaald_slikt_geen_tekst(tmp_path: Path) -> None:
    pad = tmp_path / "werkplek.db"
    winkel = open_winkel(pad)
    pad.rename(tmp_path / "elders.db")
    with pytest.raises(WinkelFout, match="weggehaald of vervangen") as gevangen:
        winkel.save_concept(make_concept())
    assert gevangen.value.code == "winkel_kapot"
    assert not pad.exists()
    winkel.close()


def test_een_bestand_dat_verdwijnt_terwijl_het_opengaat_geeft_een_zin_en_geen_storing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    echt = Werkplekbestand._connect_wal

    def opgeruimd(bestand: Werkplekbestand, pad: Path) -> object:
        verbinding = echt(bestand, pad)
        pad.unlink()
        return verbinding

    monkeypatch.setattr(Werkplekbestand, "_connect_wal", opgeruimd)
    with pytest.raises(WinkelFout, match="weggehaald of vervangen"):
        open_winkel(tmp_path / "werkplek.db")


# --- vol en alleen lezen: op een eigen schijfje in een eigen naamruimte


def run_op_schijf(opdracht: str, werk: Callable[..., None], tmp_path: Path) -> None:
    """Draai `werk(map)` in een proces dat op `map` een eigen schijf heeft."""
    plek = tmp_path / "schijf"
    plek.mkdir()
    kop = f"mount -t tmpfs -o {opdracht} kif {plek}"
    eis("een eigen schijf (unshare, mount)", can_mount())
    script = "import pathlib; from tests.storage import test_werkplekstoringen as t;"
    script += f"t.{werk.__name__}(pathlib.Path({str(plek)!r}))"
    proces = subprocess.run(
        ["unshare", "-mr", "sh", "-c", f'{kop} && exec "$@"', "sh", sys.executable, "-c", script],
        cwd=PROJECTMAP, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert proces.returncode == 0, proces.stderr


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    proef = ["unshare", "-mr", "sh", "-c", "mount -t tmpfs kif /mnt"]
    return subprocess.run(proef, capture_output=True, timeout=60, check=False).returncode == 0


def fill_disk(map_: Path) -> Path:
    vulling = map_ / "vulling"
    with vulling.open("wb", buffering=0) as bestand, contextlib.suppress(OSError):
        while bestand.write(bytes(4096)):
            pass
    return vulling


def on_vol(map_: Path) -> None:
    winkel = open_winkel(map_ / "werkplek.db", reserve=512 * 1024)
    winkel.save_concept(make_concept("a"))
    vulling = fill_disk(map_)
    bewaard = 0
    try:  # eerst gaat de reserve op; alles wat lukt, moet er ook staan
        for bewaard in range(10_000):
            winkel.save_concept(make_concept(f"b{bewaard}", notitie="woord " * 200))
            assert winkel.bestand.bijna_vol or bewaard < 20
    except WinkelFout as fout:
        assert fout.code == "winkel_vol", fout.code
    else:
        raise AssertionError("de schijf werd nooit vol")
    assert bewaard > 10, "de reserve hielp niet"
    assert "bijna vol" in winkel.melding
    assert len(winkel.load_concepten()) == 1 + bewaard
    vulling.unlink()
    winkel.save_concept(make_concept("c"))
    assert winkel.melding == ""
    assert len(winkel.load_concepten()) == 2 + bewaard
    winkel.close()
    opnieuw = open_winkel(map_ / "werkplek.db")
    assert len(opnieuw.load_concepten()) == 2 + bewaard
    opnieuw.close()


def on_vol_bij_openen(map_: Path) -> None:
    winkel = open_winkel(map_ / "werkplek.db")
    winkel.save_concept(make_concept())
    winkel.close()
    fill_disk(map_)
    winkel = open_winkel(map_ / "werkplek.db")  # met de reserve
    winkel.save_concept(make_concept(notitie="nog net"))
    assert "bijna vol" in winkel.melding
    winkel.close()
    fill_disk(map_)
    assert code_bij_openen(map_ / "werkplek.db") == "winkel_vol"
    (map_ / "vulling").unlink()
    winkel = open_winkel(map_ / "werkplek.db")
    assert winkel.load_concepten() == (make_concept(notitie="nog net"),)
    winkel.close()


def on_vol_en_nieuw(map_: Path) -> None:
    fill_disk(map_)
    assert code_bij_openen(map_ / "werkplek.db") == "winkel_vol"


def on_alleen_lezen(map_: Path) -> None:
    pad = map_ / "werkplek.db"
    fill(pad, 2)
    crash(pad)
    subprocess.run(["mount", "-o", "remount,ro", map_], check=True)
    winkel = open_winkel(pad)
    assert winkel.bestand.alleen_lezen
    assert {concept.uuid for concept in winkel.load_concepten()} == {"c0", "c1", "net"}
    assert "lezen en kopiëren" in winkel.melding
    for _ in range(2):
        try:
            winkel.save_concept(make_concept("nieuw"))
        except WinkelFout as fout:
            assert fout.code == "winkel_alleen_lezen"
        else:
            raise AssertionError("er was niet te schrijven")
    subprocess.run(["mount", "-o", "remount,rw", map_], check=True)
    winkel.save_concept(make_concept("nieuw"))
    assert (winkel.melding, len(winkel.load_concepten())) == ("", 4)
    winkel.close()
    opnieuw = open_winkel(pad)
    assert len(opnieuw.load_concepten()) == 4
    opnieuw.close()


def on_alleen_lezen_terwijl_het_loopt(map_: Path) -> None:
    pad = map_ / "werkplek.db"
    winkel = open_winkel(pad)
    winkel.save_concept(make_concept("a"))
    subprocess.run(["mount", "--bind", map_, map_], check=True)
    winkel.close()
    subprocess.run(["mount", "-o", "remount,bind,ro", map_], check=True)
    winkel = open_winkel(pad)
    assert [concept.uuid for concept in winkel.load_concepten()] == ["a"]
    winkel.close()


@pytest.mark.parametrize(
    ("opdracht", "werk"),
    [
        ("size=2m", on_vol),
        ("size=600k", on_vol_bij_openen),
        ("size=64k", on_vol_en_nieuw),
        ("size=8m", on_alleen_lezen),
        ("size=8m", on_alleen_lezen_terwijl_het_loopt),
    ],
)
def test_een_volle_of_beveiligde_schijf_kost_geen_tekst(
    opdracht: str, werk: Callable[[Path], None], tmp_path: Path
) -> None:
    run_op_schijf(opdracht, werk, tmp_path)


def test_een_kopie_die_niet_te_maken_is_om_alleen_te_lezen_is_ook_een_zin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gevonden door elke aanroep eens te laten mislukken: hier kwam een kale OSError uit."""
    bestand = Werkplekbestand(tmp_path / "werkplek.db", SLEUTEL)
    bestand.open()
    bestand.close()
    opnieuw = Werkplekbestand(tmp_path / "werkplek.db", SLEUTEL)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "alleen lezen")

    monkeypatch.setattr(werkplekbestand.os, "open", refuse)
    monkeypatch.setattr(werkplekbestand, "connect", fail_connect)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(WinkelFout) as gevangen:
        opnieuw.open()
    assert gevangen.value.code == "winkel_alleen_lezen"


def fail_connect(*_: object) -> None:
    fout = dbapi2.OperationalError("unable to open")
    fout.sqlite_errorname = "SQLITE_CANTOPEN"
    raise fout


@pytest.mark.parametrize(
    ("naam", "code"),
    [
        ("SQLITE_FULL", "winkel_vol"),
        ("SQLITE_BUSY_SNAPSHOT", "winkel_bezet"),
        ("SQLITE_READONLY_DIRECTORY", "winkel_alleen_lezen"),
        ("SQLITE_CORRUPT_VTAB", "winkel_kapot"),
        ("SQLITE_NOTADB", "winkel_kapot"),
        ("SQLITE_IOERR_WRITE", "winkel_plaats"),
        ("SQLITE_CONSTRAINT_UNIQUE", "winkel"),
    ],
)
def test_elke_fout_van_de_database_krijgt_haar_zin_zonder_waarden(
    tmp_path: Path, naam: str, code: str
) -> None:
    fout = dbapi2.OperationalError("geheim 999990019")
    fout.sqlite_errorname = naam
    vertaald = werkplekfouten.translate(fout, tmp_path / "werkplek.db")
    assert vertaald.code == code
    assert "999990019" not in str(vertaald)
