"""Geheimen: alleen in een veilige sleutelbos, of op loopback in een eigen bestand; nooit blijven hangen."""

from __future__ import annotations

import io
import os
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringError

from frontoffice.cli.beheer import run_beheer
from frontoffice.cli.opties import read_opties
from frontoffice.cli.uitvoer import Uitvoer
from frontoffice.domain.fouten import GeheimFout, Geweigerd, InvoerFout
from frontoffice.geheimen import (
    GeheimenBestand,
    Sleutelbos,
    check_geheimen,
    choose_geheimen,
    needed_geheimen,
)
from frontoffice.profiel.lezen import parse_profiel
from tests.test_profiel import centraal, demo


class NepBos(KeyringBackend):
    """Een sleutelbos in het geheugen."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.inhoud: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.inhoud.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.inhoud[service, username] = password


class PlaintextKeyring(NepBos):
    """Bewaart leesbaar, net als die van keyrings.alt."""


class VergeetBos(NepBos):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Slikt het geheim in."""


class KapotteBos(NepBos):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("het geheim zeer-geheim-9 is zoek")


class HangendeBos(NepBos):
    def __init__(self) -> None:
        super().__init__()
        self.los = threading.Event()
        self.gevraagd: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.gevraagd.append(username)
        self.los.wait()
        return None


@pytest.fixture
def hangende_bos() -> Iterator[HangendeBos]:
    bos = HangendeBos()
    yield bos
    bos.los.set()


def bewaar(tmp_path: Path, inhoud: str, mode: int = 0o600) -> Path:
    pad = tmp_path / "geheimen.toml"
    pad.write_text(inhoud, encoding="utf-8")
    pad.chmod(mode)
    return pad


def test_een_geheim_staat_onder_de_naam_van_het_programma_in_de_sleutelbos() -> None:
    bos = NepBos()
    geheimen = Sleutelbos(lambda: bos)
    geheimen.set("zaken", "zeer-geheim-9")
    assert bos.inhoud == {("klant-in-focus", "zaken"): "zeer-geheim-9"}
    assert geheimen.get("zaken") == "zeer-geheim-9"


def test_een_geheim_dat_ontbreekt_zegt_welke_opdracht_helpt() -> None:
    with pytest.raises(GeheimFout, match="kif geheim set brp") as gevangen:
        Sleutelbos(NepBos).get("brp")
    assert gevangen.value.code == "geheim_ontbreekt"


@pytest.mark.parametrize("bos", [null.Keyring, fail.Keyring, PlaintextKeyring])
def test_een_sleutelbos_die_niets_of_leesbaar_bewaart_wordt_geweigerd(bos: type[KeyringBackend]) -> None:
    geheimen = Sleutelbos(bos)
    for handeling in (lambda: geheimen.set("zaken", "zeer-geheim-9"), lambda: geheimen.get("zaken")):
        with pytest.raises(Geweigerd, match="veilige sleutelbos"):
            handeling()


def test_uit_een_keten_telt_alleen_de_veilige_sleutelbos(monkeypatch: pytest.MonkeyPatch) -> None:
    leesbaar, veilig = PlaintextKeyring(), NepBos()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [leesbaar, veilig])
    Sleutelbos(chainer.ChainerBackend).set("zaken", "zeer-geheim-9")
    assert not leesbaar.inhoud
    assert veilig.inhoud
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [leesbaar])
    with pytest.raises(Geweigerd):
        Sleutelbos(chainer.ChainerBackend).set("zaken", "zeer-geheim-9")


def test_een_sleutelbos_die_vergeet_meldt_dat_het_geheim_er_niet_staat() -> None:
    with pytest.raises(GeheimFout, match="niet bewaard"):
        Sleutelbos(VergeetBos).set("zaken", "zeer-geheim-9")


def test_de_tekst_van_een_kapotte_sleutelbos_komt_niet_naar_buiten() -> None:
    with pytest.raises(GeheimFout) as gevangen:
        Sleutelbos(KapotteBos).get("zaken")
    assert "zeer-geheim-9" not in repr(gevangen.value)
    assert gevangen.value.opnieuw_helpt


def test_een_sleutelbos_die_hangt_houdt_niets_op(hangende_bos: HangendeBos) -> None:
    geheimen = Sleutelbos(lambda: hangende_bos, wachttijd=0.05)
    uitkomst = check_geheimen(geheimen, [f"naam-{nummer}" for nummer in range(20)])
    assert not hangende_bos.los.is_set(), "de sleutelbos heeft nog altijd niet geantwoord"
    assert hangende_bos.gevraagd == ["naam-0"], "één keer wachten is genoeg"
    assert {getattr(fout, "code", None) for fout in uitkomst.values()} == {"sleutelbos_wacht"}


@pytest.mark.parametrize("waarde", ["", "   ", "a\nb", "x" * 2000])
def test_een_leeg_of_vreemd_geheim_wordt_niet_bewaard(waarde: str) -> None:
    bos = NepBos()
    with pytest.raises(GeheimFout):
        Sleutelbos(lambda: bos).set("zaken", waarde)
    assert not bos.inhoud


def test_kif_geheim_set_leest_de_waarde_van_de_invoer_en_toont_haar_niet(
    monkeypatch: pytest.MonkeyPatch, sleutelbos: KeyringBackend
) -> None:
    stdout = io.StringIO()
    uitvoer = Uitvoer(als_json=False, stdout=stdout, stderr=stdout)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"zeer-geheim-9\n")))
    assert run_beheer(read_opties(["geheim", "set", "zaken", "-"]), uitvoer) == 0
    assert sleutelbos.get_password("klant-in-focus", "zaken") == "zeer-geheim-9"
    assert "zeer-geheim-9" not in stdout.getvalue()


def test_kif_geheim_set_kent_alleen_namen_die_het_profiel_gebruikt(tmp_path: Path) -> None:
    pad = tmp_path / "losser.toml"
    pad.write_text(centraal(), encoding="utf-8")
    with pytest.raises(InvoerFout, match="wel: centraal"):
        run_beheer(read_opties(["geheim", "set", "zaken", "--profile", str(pad)]), Uitvoer(als_json=True))


def test_het_geheimenbestand_mag_alleen_bij_registers_op_deze_computer(tmp_path: Path) -> None:
    omgeving = {"KIF_GEHEIMEN": str(bewaar(tmp_path, 'centraal = "zeer-geheim-9"'))}
    op_loopback = choose_geheimen(parse_profiel(centraal("http://127.0.0.1:9000")), omgeving)
    assert op_loopback.get("centraal") == "zeer-geheim-9"
    with pytest.raises(Geweigerd, match="deze computer"):
        choose_geheimen(parse_profiel(centraal("https://api.losser.example")), omgeving)


@pytest.mark.skipif(os.name != "posix", reason="rechten van een bestand zijn op Windows anders geregeld")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o700])
def test_een_geheimenbestand_dat_anderen_kunnen_lezen_wordt_geweigerd(tmp_path: Path, mode: int) -> None:
    with pytest.raises(Geweigerd, match="chmod 600"):
        GeheimenBestand(bewaar(tmp_path, 'zaken = "zeer-geheim-9"', mode)).get("zaken")


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="alleen root kan een bestand weggeven")
def test_een_geheimenbestand_van_een_ander_wordt_geweigerd(tmp_path: Path) -> None:
    pad = bewaar(tmp_path, 'zaken = "zeer-geheim-9"')
    os.chown(pad, 12345, 12345)
    with pytest.raises(Geweigerd):
        GeheimenBestand(pad).get("zaken")


def test_een_geheimenbestand_achter_een_link_of_een_map_wordt_niet_gelezen(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(bewaar(tmp_path, 'zaken = "zeer-geheim-9"'))
    for pad in (link, tmp_path, tmp_path / "weg.toml"):
        with pytest.raises((GeheimFout, Geweigerd)):
            GeheimenBestand(pad).get("zaken")


@pytest.mark.parametrize("inhoud", ["zaken = 5", "zaken", "[zaken]\nx = 'y'", "zaken = ''"])
def test_een_geheimenbestand_met_een_fout_geeft_een_zin_zonder_inhoud(tmp_path: Path, inhoud: str) -> None:
    with pytest.raises(GeheimFout, match="klopt niet"):
        GeheimenBestand(bewaar(tmp_path, inhoud)).get("zaken")


def test_de_demonstratie_kent_haar_geheimen_zonder_sleutelbos() -> None:
    profiel = parse_profiel(demo())
    geheimen = choose_geheimen(profiel, {})
    assert geheimen.get("klantinteracties") == "demo-klantinteracties"
    assert len(geheimen.get("zaken")) >= 32


def test_het_profiel_noemt_elk_geheim_dat_nodig_is_een_keer() -> None:
    assert needed_geheimen(parse_profiel(centraal())) == ("centraal",)
    assert needed_geheimen(parse_profiel(centraal(meer='login = "geen"'))) == ()


def test_uit_een_geheimenbestand_volgt_de_eigen_sleutel_van_deze_pc(tmp_path: Path) -> None:
    """Wie registers op loopback probeert, hoeft geen sleutel voor de notities te bedenken."""
    (tmp_path / "ander").mkdir()
    eerste = GeheimenBestand(bewaar(tmp_path, 'zaken = "zeer-geheim-9"')).get("werkplek_sleutel")
    assert re.fullmatch(r"[0-9a-f]{64}", eerste)
    assert GeheimenBestand(bewaar(tmp_path, 'zaken = "zeer-geheim-9"')).get("werkplek_sleutel") == eerste
    ander = GeheimenBestand(bewaar(tmp_path / "ander", 'zaken = "zeer-geheim-8"'))
    assert ander.get("werkplek_sleutel") != eerste
    assert ander.get("agenda_sleutel") != ander.get("werkplek_sleutel")
    eigen = f'werkplek_sleutel = "{"0a" * 32}"'
    assert GeheimenBestand(bewaar(tmp_path, eigen)).get("werkplek_sleutel") == "0a" * 32
