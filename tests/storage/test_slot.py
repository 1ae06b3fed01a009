"""Wachten op elkaar, en wat er gebeurt als de database niet meedoet: altijd een zin, nooit een half werk."""
# ruff: noqa: PT012 - het blok van het slot is wat hier moet mislukken, en dat heeft meer regels

from __future__ import annotations

import contextlib
import logging
import os
import select
import shutil
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from frontoffice.agendapoort import AgendaBezet, AgendaFout, AgendaOnbereikbaar
from frontoffice.storage import driver
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling
from tests.conftest import eis
from tests.storage.bouw import ANDERE_DAG, DAG, INRICHTING, WIE, add, make_afspraak, make_reservering
from tests.storage.conftest import sqlite_instelling
from tests.storage.postgres import PostgresProces, can_start

Werkplek = Callable[[], AgendaDatabase]


@contextmanager
def busy(agenda: AgendaDatabase, seconden: float = 120.0) -> Iterator[None]:
    """Een collega houdt het slot vast: zo lang, of tot het blok voorbij is. Het begint als hij het heeft."""
    heeft_het, voorbij = threading.Event(), threading.Event()

    def hold() -> None:
        with agenda.lock([DAG]):
            heeft_het.set()
            voorbij.wait(seconden)

    draad = threading.Thread(target=hold)
    draad.start()
    try:
        assert heeft_het.wait(60)
        yield
    finally:
        voorbij.set()
        draad.join()


def test_h13_wie_op_een_ander_wacht_slaagt_daarna_gewoon(agenda: AgendaDatabase, werkplek: Werkplek) -> None:
    collega = werkplek()
    agenda.nu()
    begin = time.monotonic()
    with busy(collega, 3.0):
        add(agenda, make_afspraak("1"))
    assert time.monotonic() - begin >= 2.9
    assert [ding.id for ding in agenda.load_avonden([DAG])[DAG].inhoud] == ["1"]


def test_h13_na_te_lang_wachten_komt_er_een_zin_en_is_er_niets_gewijzigd(
    instelling: PostgresInstelling | SqliteInstelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "WACHT_OP_SLOT", 0.5)
    agenda, collega = AgendaDatabase(instelling), AgendaDatabase(instelling)
    agenda.nu()
    with busy(collega), pytest.raises(AgendaBezet, match="collega") as gevangen:
        add(agenda, make_afspraak("1"))
    assert gevangen.value.opnieuw_helpt
    assert gevangen.value.__context__ is None
    assert agenda.load_avonden([DAG])[DAG].inhoud == ()
    agenda.close()
    collega.close()


def test_lezen_wacht_niet_op_wie_schrijft(agenda: AgendaDatabase, werkplek: Werkplek) -> None:
    collega = werkplek()
    agenda.nu()
    with busy(collega):  # hij houdt het tot wij klaar zijn: wie hier wacht, krijgt een fout
        agenda.load_avonden([DAG])
        agenda.find_afspraken(zoek="x")


def test_op_postgresql_wacht_een_andere_avond_nergens_op(pg_agenda: PostgresInstelling) -> None:
    agenda, collega = AgendaDatabase(pg_agenda), AgendaDatabase(pg_agenda)
    agenda.nu()
    with busy(collega):
        add(agenda, make_afspraak("1", dag=ANDERE_DAG))
    agenda.close()
    collega.close()


def test_een_boeking_en_een_wijziging_van_het_rooster_lopen_niet_door_elkaar(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    """Ook als wie inricht deze avond niet bij het slot noemde."""
    collega = werkplek()
    agenda.nu()
    klaar: list[float] = []

    def book() -> None:
        add(agenda, make_afspraak("1"))
        klaar.append(time.monotonic())

    with collega.lock((), inrichting=True) as tx:
        draad = threading.Thread(target=book)
        draad.start()
        time.sleep(0.5)
        assert not klaar
        tx.put_onderdelen("balies", [replace(INRICHTING.balies[0], naam="Anders")], WIE)
    draad.join(60)
    assert klaar


def test_twee_avonden_door_elkaar_verzetten_loopt_niet_vast(
    agenda: AgendaDatabase, werkplek: Werkplek
) -> None:
    """De sloten gaan altijd op volgorde van datum, hoe ze ook worden gevraagd."""
    collega = werkplek()
    fouten: list[BaseException] = []

    def turn(opslag: AgendaDatabase, dagen: list[object]) -> None:
        try:
            for _ in range(10):
                with opslag.lock(dagen):  # type: ignore[arg-type]  # datums
                    pass
        except BaseException as fout:  # noqa: BLE001 - gaat naar de test
            fouten.append(fout)

    draden = [
        threading.Thread(target=turn, args=(agenda, [DAG, ANDERE_DAG])),
        threading.Thread(target=turn, args=(collega, [ANDERE_DAG, DAG])),
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []


# --- geen persoonsgegevens in fouten en logregels


def test_een_fout_noemt_geen_waarde_en_draagt_geen_fout_van_de_database(
    agenda: AgendaDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    add(agenda, make_afspraak("1"))
    with pytest.raises(AgendaFout) as gevangen, agenda.lock([DAG]) as tx:
        tx.add_afspraak(make_afspraak("1", 18), WIE)  # hetzelfde id nog eens
    fout = gevangen.value
    assert (fout.code, fout.__context__, fout.__cause__) == ("agenda_dubbel", None, None)
    with pytest.raises(AgendaFout), agenda.lock([DAG]) as tx:
        # De database weigert de rij, en zet haar in haar eigen foutmelding.
        tx.add_afspraak(make_afspraak("2", 18, minuten=0), WIE)
    for woord in ("Ay", "12 34", "0612", "voorbeeld.example", "CODE"):
        assert woord not in caplog.text + str(fout) + repr(fout)


# --- PostgreSQL die wegvalt


def test_een_herstarte_server_kost_een_lezer_niets(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    agenda = AgendaDatabase(pg_agenda)
    add(agenda, make_afspraak("1"))
    postgres.restart()
    assert [ding.id for ding in agenda.load_avonden([DAG])[DAG].inhoud] == ["1"]
    postgres.restart()
    add(agenda, make_afspraak("2", 18))
    assert agenda.check() == ()
    agenda.close()


def test_valt_de_server_weg_voor_het_vastleggen_dan_is_er_niets_gewijzigd(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    agenda = AgendaDatabase(pg_agenda)
    with pytest.raises(AgendaOnbereikbaar) as gevangen, agenda.lock([DAG]) as tx:
        tx.note_verzoek("v", "x", {})
        postgres.restart()
        tx.add_afspraak(make_afspraak("1"), WIE)
    assert "niets gewijzigd" in gevangen.value.uitleg
    assert gevangen.value.code == "agenda_onbereikbaar"
    assert agenda.find_verzoek("v") is None
    agenda.close()


def test_valt_de_server_weg_bij_het_vastleggen_dan_is_de_afloop_onbekend_en_na_te_vragen(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    agenda = AgendaDatabase(pg_agenda)
    with pytest.raises(AgendaOnbereikbaar) as gevangen, agenda.lock([DAG]) as tx:
        tx.add_reservering(make_reservering("r", tx.nu + timedelta(minutes=5)))
        tx.finish()
        tx._gewijzigd.clear()  # zodat de volgende opdracht het vastleggen zelf is
        postgres.restart()
    assert gevangen.value.code == "agenda_onzeker"
    assert "niet bekend" in gevangen.value.uitleg
    assert agenda.find_verzoek("v") is None
    agenda.close()


class Doorgever:
    """Staat tussen werkplek en server. Gewapend laat hij het antwoord op het vastleggen verdwijnen."""

    def __init__(self, poort: int) -> None:
        self._server_poort = poort
        self._luister = socket.create_server(("127.0.0.1", 0))
        self.poort = self._luister.getsockname()[1]
        self.gewapend = threading.Event()
        self.gebroken = threading.Event()
        self._draad = threading.Thread(target=self._accept, daemon=True)
        self._draad.start()

    def close(self) -> None:
        self._luister.shutdown(socket.SHUT_RDWR)
        self._luister.close()
        self._draad.join(5)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                werkplek, _ = self._luister.accept()
                server = socket.create_connection(("127.0.0.1", self._server_poort))
                threading.Thread(target=self._forward, args=(werkplek, server), daemon=True).start()

    def _forward(self, werkplek: socket.socket, server: socket.socket) -> None:
        with werkplek, server, contextlib.suppress(OSError):
            while True:
                for bron in select.select([werkplek, server], [], [])[0]:
                    stuk = bron.recv(65536)
                    if not stuk:
                        return
                    (server if bron is werkplek else werkplek).sendall(stuk)
                    if bron is werkplek and b"COMMIT" in stuk and self.gewapend.is_set():
                        self.gewapend.clear()
                        server.recv(65536)  # de server heeft het vastgelegd; de werkplek hoort het nooit
                        self.gebroken.set()
                        return


def test_was_het_vastleggen_toch_gelukt_dan_zegt_het_nummer_van_het_verzoek_dat(
    pg_agenda: PostgresInstelling,
) -> None:
    doorgever = Doorgever(pg_agenda.poort)
    agenda = AgendaDatabase(replace(pg_agenda, poort=doorgever.poort))
    with pytest.raises(AgendaOnbereikbaar) as gevangen, agenda.lock([DAG]) as tx:
        nummer = tx.next_nummer(2026)
        tx.add_afspraak(make_afspraak("1", nummer=nummer), WIE)
        tx.note_verzoek("v", "x", {"nummer": nummer})
        doorgever.gewapend.set()
    assert doorgever.gebroken.is_set()
    assert gevangen.value.code == "agenda_onzeker"
    assert agenda.find_verzoek("v") == {"nummer": nummer}
    assert agenda.check() == ()
    agenda.close()
    doorgever.close()


def test_een_server_die_er_niet_is_geeft_een_zin(pg_agenda: PostgresInstelling) -> None:
    agenda = AgendaDatabase(replace(pg_agenda, poort=1))
    with pytest.raises(AgendaOnbereikbaar, match="verbinding met de agenda is weg"):
        agenda.nu()
    agenda.close()


def test_een_bevroren_server_houdt_niemand_langer_vast_dan_de_totale_tijd(
    postgres: PostgresProces, pg_agenda: PostgresInstelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = AgendaDatabase(pg_agenda)
    agenda.nu()
    monkeypatch.setattr(driver, "_TOTAAL", 1.0)
    with pytest.raises(AgendaOnbereikbaar), agenda.lock([DAG]) as tx:
        tx.note_verzoek("v", "x", {})
        pid = find_backend(postgres, pg_agenda.naam)
        os.kill(pid, signal.SIGSTOP)
        try:
            tx.add_afspraak(make_afspraak("1"), WIE)  # geeft het op terwijl de server nog bevroren is
        finally:
            os.kill(pid, signal.SIGCONT)
    monkeypatch.undo()
    assert agenda.find_verzoek("v") is None
    agenda.close()


def find_backend(postgres: PostgresProces, naam: str) -> int:
    with closing(postgres.connect("postgres")) as beheer:
        rij = beheer.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND state = 'idle in transaction'", (naam,)
        ).fetchone()
    assert rij is not None
    return int(rij[0])


# --- rechten, wachtwoord en TLS


def test_een_gebruiker_zonder_rechten_krijgt_een_zin(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    with closing(postgres.connect("postgres")) as beheer:
        beheer.execute("DROP ROLE IF EXISTS gast")
        beheer.execute("CREATE ROLE gast LOGIN")
    agenda = AgendaDatabase(replace(pg_agenda, gebruiker="gast"))
    with pytest.raises(AgendaFout) as gevangen:
        agenda.nu()
    assert gevangen.value.code == "agenda_rechten"
    agenda.close()


@pytest.fixture(scope="module")
def streng(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostgresProces, Path]]:
    """Een server met een eigen certificaat, die een wachtwoord vraagt."""
    eis("PostgreSQL", can_start())
    from tests.storage.certificaat import make_certificaat

    map_ = tmp_path_factory.mktemp("tls")
    certificaat = make_certificaat(map_, "127.0.0.1")
    with PostgresProces() as proces:
        with closing(proces.connect("postgres")) as beheer:
            beheer.execute("SET password_encryption = 'scram-sha-256'")
            beheer.execute("CREATE ROLE balie LOGIN PASSWORD 'geheim-van-de-test' SUPERUSER")
        proces.use_tls(map_)
        yield proces, certificaat


def test_met_tls_wordt_het_certificaat_nagekeken_en_het_wachtwoord_uit_de_sleutelbos_gebruikt(
    streng: tuple[PostgresProces, Path],
) -> None:
    proces, certificaat = streng
    goed = PostgresInstelling(
        "127.0.0.1",
        "postgres",
        "balie",
        proces.poort,
        lambda: "geheim-van-de-test",
        "verify-full",
        certificaat,
    )
    agenda = AgendaDatabase(goed)
    agenda.nu()
    agenda.close()
    for fout, code in (
        (replace(goed, ca_bundel=None), "agenda_certificaat"),
        (replace(goed, host="localhost"), "agenda_certificaat"),
        (replace(goed, wachtwoord=lambda: "verkeerd"), "agenda_toegang"),
        (replace(goed, wachtwoord=None), "agenda_toegang"),
    ):
        geweigerd = AgendaDatabase(fout)
        with pytest.raises(AgendaFout) as gevangen:
            geweigerd.nu()
        geweigerd.close()
        assert gevangen.value.code == code
        assert "geheim-van-de-test" not in str(gevangen.value)


# --- het bestand van SQLite


def test_het_bestand_is_versleuteld_en_alleen_van_deze_gebruiker(sqlite_agenda: SqliteInstelling) -> None:
    agenda = AgendaDatabase(sqlite_agenda)
    add(agenda, make_afspraak("1"))
    agenda.close()
    inhoud = b"".join(pad.read_bytes() for pad in sqlite_agenda.pad.parent.glob("agenda.db*"))
    assert len(inhoud) > 10_000
    for woord in (b"SQLite format", b"afspraak", b"voorbeeld.example", b"reisdocument"):
        assert woord not in inhoud
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(sqlite_agenda.pad)) as gewoon:
        gewoon.execute("SELECT * FROM afspraak")


def test_een_nieuw_bestand_krijgt_meteen_de_juiste_rechten(tmp_path: Path) -> None:
    agenda = AgendaDatabase(sqlite_instelling(tmp_path / "nieuw" / "agenda.db"))
    agenda.ensure_schema()
    with agenda.lock([DAG]):
        rechten = {pad.name: pad.stat().st_mode & 0o777 for pad in (tmp_path / "nieuw").iterdir()}
    agenda.close()
    assert set(rechten.values()) == {0o600}
    assert (tmp_path / "nieuw").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("sleutel", ["00" * 32, "kort", "z" * 64])
def test_met_een_andere_sleutel_blijft_het_bestand_dicht(
    sqlite_agenda: SqliteInstelling, sleutel: str, capfd: pytest.CaptureFixture[str]
) -> None:
    agenda = AgendaDatabase(SqliteInstelling(sqlite_agenda.pad, lambda: sleutel))
    with pytest.raises(AgendaFout) as gevangen:
        agenda.nu()
    agenda.close()
    assert gevangen.value.code == "agenda_sleutel"
    capfd.readouterr()  # SQLCipher klaagt zelf op stderr


def test_een_bestand_dat_geen_agenda_is_blijft_zoals_het_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pad = tmp_path / "agenda.db"
    pad.write_bytes(b"dit is iets heel anders" * 1000)
    voor = pad.read_bytes()
    agenda = AgendaDatabase(sqlite_instelling(pad))
    with pytest.raises(AgendaFout):
        agenda.nu()
    agenda.close()
    assert pad.read_bytes() == voor
    capfd.readouterr()


def test_een_map_waar_niets_te_schrijven_is_geeft_een_zin(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(AgendaFout) as gevangen:
        AgendaDatabase(sqlite_instelling(tmp_path / "bestand" / "agenda.db"))
    assert gevangen.value.code == "agenda_schijf"


@pytest.fixture
def volle_schijf(tmp_path: Path) -> Iterator[Path]:
    """Een schijf van twee megabyte."""
    import subprocess

    punt = tmp_path / "klein"
    punt.mkdir()
    kan = os.getuid() == 0 and shutil.which("mount") is not None
    gekoppeld = kan and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", punt], stderr=subprocess.DEVNULL
    )
    if not gekoppeld:
        pytest.skip("hier mag geen kleine schijf gekoppeld worden")
    yield punt
    subprocess.check_call(["umount", punt])


def test_een_volle_schijf_geeft_een_zin_en_daarna_gaat_het_weer(
    volle_schijf: Path, sqlite_agenda: SqliteInstelling
) -> None:
    pad = Path(shutil.copy(sqlite_agenda.pad, volle_schijf / "agenda.db"))
    agenda = AgendaDatabase(sqlite_instelling(pad))
    add(agenda, make_afspraak("1"))
    vulsel = volle_schijf / "vulsel"
    with vulsel.open("wb", buffering=0) as bestand, pytest.raises(OSError):
        while True:
            bestand.write(b"x" * 4096)
    with pytest.raises(AgendaFout) as gevangen:
        add(agenda, make_afspraak("2", 18, opmerking="x" * 200_000))
    assert gevangen.value.code == "agenda_schijf"
    vulsel.unlink()
    add(agenda, make_afspraak("2", 18))
    assert agenda.check() == ()
    agenda.close()
