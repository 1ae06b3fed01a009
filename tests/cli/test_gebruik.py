"""De opdrachtregel als echt proces: gebruik, profiel, geheimen, doctor en de demonstratieserver."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from frontoffice.cli import main
from frontoffice.cli.opties import OPDRACHTEN, read_opties
from frontoffice.demo.server import DemoServer
from frontoffice.domain.fouten import InvoerFout
from frontoffice.versie import VERSIE
from tests.cli.hulp import WORTEL, document_van, kif_vers
from tests.proefprofiel import GEDULD, make_proefprofiel


def test_de_versie_is_die_van_het_project() -> None:
    assert document_van(kif_vers("--version", "--json")) == {"versie": VERSIE}
    project = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSIE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="alleen Linux heeft een uitvoer die altijd vol is")
def test_een_volle_uitvoer_en_een_dichte_invoer_krijgen_een_zin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("KIF_DATA_DIR", str(tmp_path))
    with Path("/dev/full").open("w") as vol:
        monkeypatch.setattr(sys, "stdout", vol)
        assert main(["--version"]) == 1
        monkeypatch.setattr(sys, "stdin", None)
        assert main(["geheim", "set", "abc", "-"]) == 2
    fouten = capsys.readouterr().err.splitlines()
    assert [fout.split(".")[0] for fout in fouten] == [
        "De uitvoer is niet te schrijven", "Er staat niets op de invoer",
    ]  # fmt: skip


def test_de_hulp_noemt_elke_opdracht() -> None:
    hulp = kif_vers("--help")
    assert hulp.returncode == 0
    assert all(f"kif {opdracht}" in hulp.stdout for opdracht in OPDRACHTEN)


@pytest.mark.parametrize(
    "woorden",
    [
        "klnt",
        "klant",
        "klant x --qqq",
        "klant x --profile",
        "klant x --profile --json",
        "doctor x",
        "profiel",
        "profiel voorbeeld x",
        "profiel check",
        "geheim",
        "geheim set",
        "geheim set a b",
        "demo x",
        "demo --port 5",
        "demo --server-only --port 70000",
        "demo --server-only --port x",
        "demo --vandaag gisteren",
        "demo --latency-ms -1",
        "demo --storing x",
        "--qqq",
        "--profile",
        "--profile p klant",
    ],
)
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet_en_herhaalt_niets(woorden: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        read_opties(woorden.split())
    assert "kif" in gevangen.value.uitleg
    assert "qqq" not in gevangen.value.uitleg


def test_verkeerd_gebruik_geeft_twee_en_met_json_toch_een_document() -> None:
    klaar = kif_vers("klant", "--json", "--geheim=Jansen")
    assert klaar.returncode == 2
    assert document_van(klaar)["fout"]["code"] == "gebruik"
    assert "Jansen" not in klaar.stdout + klaar.stderr
    kaal = kif_vers("klnt")
    assert (kaal.returncode, kaal.stdout) == (2, "")
    assert "kif klant" in kaal.stderr


def test_opties_mogen_overal_achter_de_opdracht_staan() -> None:
    gelezen = read_opties(["klant", "--json", "1-12-1985", "Jansen", "--profile=p.toml"])
    assert (gelezen.als_json, gelezen.vraag, gelezen.profiel) == (True, "1-12-1985 Jansen", "p.toml")


def test_het_voorbeeldprofiel_is_meteen_een_goed_profiel(tmp_path: Path) -> None:
    voorbeeld = kif_vers("profiel", "voorbeeld")
    pad = tmp_path / "losser.toml"
    pad.write_text(voorbeeld.stdout, encoding="utf-8")
    goed = kif_vers("profiel", "check", str(pad))
    assert (goed.returncode, goed.stdout) == (0, "Het profiel is in orde.\n")
    pad.write_text(
        voorbeeld.stdout.replace("= 5 ", "= 50 ").replace("https://kvk", "x://kvk"), encoding="utf-8"
    )
    fout = kif_vers("profiel", "check", str(pad), "--json")
    assert fout.returncode == 2
    assert len(document_van(fout)["fout"]["fouten"]) == len(fout.stderr.splitlines()) >= 1


def test_een_geheim_gaat_niet_naar_een_onveilige_sleutelbos_en_staat_nergens() -> None:
    klaar = kif_vers("geheim", "set", "zaken", "-", invoer="zeer-geheim-9\n")
    assert klaar.returncode == 4
    assert "sleutelbos" in klaar.stderr
    assert "zeer-geheim-9" not in klaar.stdout + klaar.stderr


def test_geheim_check_zegt_wat_er_is_zonder_waarden(echt: dict[str, str]) -> None:
    klaar = kif_vers("geheim", "check", "--json", **echt)
    assert klaar.returncode == 0
    assert {rij["naam"]: rij["aanwezig"] for rij in document_van(klaar)["geheimen"]} == {
        "klantinteracties": True, "zaken": True, "brp": True, "kvk": True, "meldingen": True, "notify": True,
    }  # fmt: skip
    assert "demo-zaken" not in klaar.stdout
    Path(echt["KIF_GEHEIMEN"]).chmod(0o644)
    assert [
        rij["aanwezig"] for rij in document_van(kif_vers("geheim", "check", "--json", **echt))["geheimen"]
    ] == [False] * 6


def test_doctor_zegt_per_register_hoe_het_ermee_staat(profiel: str, server: DemoServer) -> None:
    goed = kif_vers("doctor", "--json", "--profile", profiel)
    assert goed.returncode == 0, goed.stdout
    rijen = document_van(goed)["registers"]
    assert [rij["naam"] for rij in rijen] == [
        "klantinteracties",
        "zaken",
        "catalogi",
        "documenten",
        "brp",
        "kvk",
        "meldingen",
        "locaties",
        "berichten",
    ]
    assert all(rij["bereikbaar"] and rij["bevoegd"] for rij in rijen)
    assert set(rijen[0]) == {"naam", "bereikbaar", "bevoegd", "versie", "klokverschil_s", "oorzaak"}
    server.storing("brp", "weiger")
    stuk = kif_vers("doctor", "--json", "--profile", profiel)
    assert stuk.returncode == 3
    brp = document_van(stuk)["registers"][4]
    assert not brp["bereikbaar"]
    assert brp["oorzaak"]


@pytest.mark.parametrize(("storing", "bereikbaar"), [("fout:500", True), ("html", True), ("hang", False)])
def test_doctor_geeft_drie_bij_elke_oorzaak_en_wijst_alleen_dat_register_aan(
    server: DemoServer, tmp_path: Path, storing: str, bereikbaar: bool
) -> None:
    pad = tmp_path / "demo.toml"
    # Lang genoeg voor de andere registers, en kort genoeg om op het hangende te wachten.
    pad.write_text(
        make_proefprofiel(server.basis, eerste_beeld=4.0 if storing == "hang" else GEDULD), "utf-8"
    )
    server.storing("zaken", storing)
    klaar = kif_vers("doctor", "--json", "--profile", str(pad))
    assert klaar.returncode == 3
    rijen = document_van(klaar)["registers"]
    assert [rij["naam"] for rij in rijen if rij["oorzaak"]] == ["zaken"]
    assert rijen[1]["bereikbaar"] is bereikbaar
    assert all(rij["bereikbaar"] and rij["bevoegd"] for rij in rijen if rij["naam"] != "zaken")


def test_de_vorm_centraal_werkt_op_de_demonstratie_voor_elk_register(
    server: DemoServer, tmp_path: Path, voorbeelden: dict[str, dict[str, str]]
) -> None:
    pad = tmp_path / "centraal.toml"
    pad.write_text(
        '[gemeente]\nnaam = "Losser"\ncode = "0168"\ndemo = true\n'
        f'[centraal]\nbasis = "{server.basis}"\nlogin = "bearer"\n',
        encoding="utf-8",
    )
    standen = document_van(kif_vers("doctor", "--json", "--profile", str(pad)))["registers"]
    assert [rij["oorzaak"] for rij in standen] == [None] * 6
    for vraag in (voorbeelden["gewoon"]["bsn"], voorbeelden["bedrijf"]["kvk"]):
        klaar = kif_vers("klant", vraag, "--json", "--profile", str(pad))
        assert klaar.returncode == 0, klaar.stderr
        assert {deel["toestand"] for deel in document_van(klaar)["onderdelen"].values()} == {"geladen"}


def test_een_bezette_poort_geeft_ook_met_json_een_document(server: DemoServer) -> None:
    klaar = kif_vers("demo", "--server-only", "--port", server.basis.rpartition(":")[2], "--json")
    assert klaar.returncode == 4
    assert document_van(klaar)["fout"]["code"] == "demo"


def test_alleen_de_server_meldt_een_regel_en_stopt_netjes() -> None:
    proces = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui", "demo", "--server-only", "--port", "0", "--seed", "2"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(WORTEL)},
    )  # fmt: skip
    try:
        assert proces.stdout is not None
        melding = json.loads(proces.stdout.readline())
        assert set(melding) == {"basis", "profiel", "voorbeelden"}
        assert kif_vers("doctor", "--profile", melding["profiel"]).returncode == 0
        bezet = kif_vers("demo", "--server-only", "--port", melding["basis"].rpartition(":")[2])
        assert bezet.returncode == 4
        assert "bezet" in bezet.stderr
    finally:
        proces.send_signal(signal.SIGTERM)
        assert proces.wait(60) == 0
        rest, _ = proces.communicate()
    assert rest == ""
    assert not Path(melding["profiel"]).exists()


def test_zonder_profiel_start_de_opdracht_zelf_de_demonstratie() -> None:
    klaar = kif_vers("klant", "0600000102", "--json")
    assert klaar.returncode == 0, klaar.stderr
    assert "kandidaten" in document_van(klaar)
