"""De opdrachtregel als geheel: één JSON-document, de afgesproken uitgangscodes, en nooit een Python-spoor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from frontoffice.samenstelling import Diensten
from tests.conftest import PROJECTMAP
from tests.e2e.centrale import Centrale, omgeving
from tests.e2e.hulp import Afloop, diensten, kif, opdracht
from tests.e2e.vijandig import VIJANDIG

alleen_posix = pytest.mark.skipif(sys.platform == "win32", reason="signalen bestaan zo niet op Windows")


def check_net(afloop: Afloop) -> None:
    """Geen spoor van Python, op geen van beide kanalen."""
    for woord in ("Traceback", 'File "', "Error:", "Exception"):
        assert woord not in afloop.alles, afloop.alles[-2000:]


# --- uitgangscodes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argumenten", "uitgang"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["profiel", "voorbeeld"], 0),
        (["geheim", "check"], 0),
        (["klant"], 2),
        (["klnat", "x"], 2),
        (["klant", "123456789"], 2),
        (["klant", "x", "--onbekend"], 2),
        (["profiel", "check", "bestaat-niet.toml"], 2),
        (["doctor", "--profile"], 2),
        (["demo", "--server-only", "--port", "99999999"], 2),
    ],
)
def test_elke_opdracht_geeft_een_document_en_de_afgesproken_uitgang(
    argumenten: list[str], uitgang: int
) -> None:
    afloop = kif(*argumenten, "--json")
    assert afloop.uitgang == uitgang, afloop.alles
    assert isinstance(afloop.json, dict)
    assert ("fout" in afloop.json) == (uitgang != 0)
    check_net(afloop)


def test_doctor_zegt_van_elk_register_hoe_het_ervoor_staat(centrale: Centrale, profiel: Path) -> None:
    goed = kif("doctor", "--json", profiel=profiel)
    assert goed.uitgang == 0
    namen = [rij["naam"] for rij in goed.json["registers"]]
    assert namen[:6] == ["klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk"]
    assert namen[6:] == ["meldingen", "locaties", "berichten"]
    for rij in goed.json["registers"]:
        assert set(rij) == {"naam", "bereikbaar", "bevoegd", "versie", "klokverschil_s", "oorzaak"}
        assert rij["bereikbaar"] is True
    centrale.storing("zaken", "weiger")
    kapot = kif("doctor", "--json", profiel=profiel)
    assert kapot.uitgang == 3
    zaken = next(rij for rij in kapot.json["registers"] if rij["naam"] == "zaken")
    assert zaken["bereikbaar"] is False
    assert zaken["oorzaak"]


def test_buiten_de_demonstratie_komt_een_vraag_van_de_invoer_en_gaat_met_een_doel(
    centrale: Centrale, tmp_path: Path
) -> None:
    profiel = centrale.write_profiel(tmp_path, **{"demo = true": "demo = false"})
    geheimen = tmp_path / "geheimen.toml"
    geheimen.write_text(
        'klantinteracties = "demo-klantinteracties"\nbrp = "demo-brp"\nkvk = "demo-kvk"\n'
        'meldingen = "demo-meldingen"\n'
        'zaken = "demo-zaken-geheim-van-ten-minste-32-tekens"\n'
    )
    geheimen.chmod(0o600)
    bsn = centrale.persoon("gewoon")["bsn"]
    zonder_doel = kif("klant", "-", "--json", profiel=profiel, invoer=bsn, KIF_GEHEIMEN=str(geheimen))
    assert zonder_doel.uitgang == 2
    assert len(zonder_doel.json["fout"]["fouten"]) == 3, "alle ontbrekende doelen tegelijk"
    assert centrale.log() == [], "zonder doel wordt er niets gevraagd"
    with profiel.open("a") as bestand:
        bestand.write("[brp.doelen]\n")
        for vraag in (
            "RaadpleegMetBurgerservicenummer",
            "ZoekMetGeslachtsnaamEnGeboortedatum",
            "ZoekMetPostcodeEnHuisnummer",
        ):
            bestand.write(f'{vraag} = {{x-doelbinding = "proef", x-verwerking = "proef"}}\n')
    open_en_bloot = kif("klant", bsn, "--json", profiel=profiel, KIF_GEHEIMEN=str(geheimen))
    assert open_en_bloot.uitgang == 2
    assert bsn not in open_en_bloot.alles
    assert centrale.log() == []
    goed = kif("klant", "-", "--json", profiel=profiel, invoer=bsn, KIF_GEHEIMEN=str(geheimen))
    assert goed.uitgang == 0
    assert any(regel.register == "brp" for regel in centrale.log())
    geheimen.chmod(0o644)
    leesbaar = kif("klant", "-", "--json", profiel=profiel, invoer=bsn, KIF_GEHEIMEN=str(geheimen))
    assert leesbaar.uitgang != 0, "een geheimenbestand dat iedereen mag lezen, telt niet"


@pytest.mark.parametrize("invoer", ["", "\n\n", "a\nb", "x" * 20_000, "\ufeff  "])
def test_invoer_die_geen_vraag_is_geeft_een_zin(invoer: str, profiel: Path) -> None:
    afloop = kif("klant", "-", "--json", profiel=profiel, invoer=invoer)
    assert afloop.uitgang == 2
    assert afloop.json["fout"]["uitleg"]
    check_net(afloop)


def test_een_bezette_poort_is_uitgang_vier(centrale: Centrale) -> None:
    afloop = kif("demo", "--server-only", "--port", centrale.basis.rsplit(":", 1)[1], "--json")
    assert afloop.uitgang == 4
    check_net(afloop)


# --- wat er ook wordt getypt -------------------------------------------------------------------------------

_STUKKEN = st.sampled_from(
    [
        "999980282",
        "06",
        "0612345678",
        "+49 5921 123",
        "7581 AB",
        "12",
        "12-3 hs",
        "31-02-1980",
        "1-1-1990",
        "Jansen",
        "de",
        "van 't",
        "O'Neill",
        "Null",
        "NaN",
        "@",
        "a@b.nl",
        "ZAAK-2026-0000000001",
        "99000010",
        "000000000000",
        "kandidaat:",
        "partij:",
        "%",
        "_",
        "\\",
        "' OR 1=1--",
        "*",
        "\u202e",
        "\x00",
        "\x1b[31m",
        "١٢",
        "８",
        "\ud800",
        "-",
        "--",
        "/",
        "?",
        "#",
        "&",
        "<b>",
        "{0}",
        "%s",
        "\n",
    ]
)
VRAGEN = st.one_of(
    st.text(max_size=40),
    st.lists(_STUKKEN, min_size=1, max_size=4).map(" ".join),
    st.from_regex(r"[0-9 .()+-]{1,20}", fullmatch=True),
)


def test_wat_er_ook_wordt_gevraagd_er_komt_een_document_en_geen_spoor(werkplek: Diensten) -> None:
    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(VRAGEN)
    @example("x" * 5_000)
    @example("partij:" + "a" * 36)
    @example("kandidaat:gAAAA")
    @example("partij:00000000-0000-0000-0000-000000000000")
    def vraag(tekst: str) -> None:
        if tekst.strip() == "-":
            return
        afloop = opdracht(tekst.strip(), werkplek)
        assert afloop.uitgang in (0, 1, 2, 3), tekst
        document = afloop.json
        assert set(document) & {"kandidaten", "klant", "fout"}
        assert ("fout" in document) == (afloop.uitgang in (1, 2))
        check_net(afloop)

    vraag()


@pytest.mark.parametrize("vraag", ["\u202egnp.exe", "' OR 1=1--", "a\x1b[31m", "👩‍🦽 é", "--", "-h"])
def test_ook_als_proces_geeft_rare_invoer_een_document(vraag: str, profiel: Path) -> None:
    afloop = kif("klant", vraag, "--json", profiel=profiel)
    assert afloop.uitgang in (0, 2)
    assert afloop.json
    check_net(afloop)


# --- vijandige tekst ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", VIJANDIG)
def test_vijandige_tekst_uit_een_register_stuurt_de_terminal_niet(
    naam: str, centrale: Centrale, werkplek: Diensten
) -> None:
    # Heel lange tekst in elk veld is gewoon een te groot antwoord; dan alleen in een paar velden.
    velden = ("achternaam", "onderwerp") if len(VIJANDIG[naam]) > 10_000 else ()
    centrale.vijandig(VIJANDIG[naam], velden)
    persoon = centrale.persoon("gewoon")
    vragen = [
        persoon["bsn"], centrale.voorbeelden["gewoon"]["telefoon"], centrale.voorbeelden["bedrijf"]["kvk"],
    ]  # fmt: skip
    for vraag in vragen:
        for als_json in (True, False):
            afloop = opdracht(vraag, werkplek, als_json=als_json)
            assert afloop.uitgang == 0, afloop.stderr
            check_net(afloop)
            if als_json:
                assert afloop.stdout.isascii(), "stuurtekens gaan als reeks mee"
                assert afloop.json
            else:
                fout = {
                    f"U+{ord(t):04X}" for t in afloop.alles if unicodedata.category(t) in ("Cc", "Cf", "Cs")
                }
                assert fout <= {"U+000A"}, fout


def test_een_nieuwe_regel_in_een_onderwerp_maakt_geen_nieuwe_regel_in_de_uitvoer(
    centrale: Centrale, werkplek: Diensten
) -> None:
    bsn = centrale.persoon("gewoon")["bsn"]
    gewoon = len(opdracht(bsn, werkplek, als_json=False).stdout.splitlines())
    centrale.vijandig("regel een\nOverleden\r\nregel drie\u2028vier", ("onderwerp", "omschrijving", "inhoud"))
    assert len(opdracht(bsn, werkplek, als_json=False).stdout.splitlines()) == gewoon


# --- de demonstratie als server ----------------------------------------------------------------------------


def start_server() -> tuple[subprocess.Popen[str], dict[str, Any]]:
    proces = subprocess.Popen(
        [sys.executable, "-P", "-m", "ui", "demo", "--server-only", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=omgeving(),
    )
    assert proces.stdout is not None
    return proces, json.loads(proces.stdout.readline())


@alleen_posix
def test_de_demonstratieserver_noemt_zijn_adres_en_stopt_netjes_op_sigterm() -> None:
    proces, melding = start_server()
    try:
        assert melding["basis"].startswith("http://127.0.0.1:")
        assert set(melding["voorbeelden"]) == {"gewoon", "zwaar", "geen", "geheim", "bedrijf"}
        profiel = Path(melding["profiel"])
        tekst = profiel.read_text()
        for register in ("klantinteracties", "zaken", "catalogi", "documenten", "brp", "kvk"):
            assert f'[registers.{register}]\nurl = "{melding["basis"]}/' in tekst
        afloop = kif("klant", melding["voorbeelden"]["gewoon"]["bsn"], "--json", profiel=profiel)
        assert afloop.uitgang == 0
        proces.send_signal(signal.SIGTERM)
        rest, fouten = proces.communicate(timeout=60)
        assert proces.returncode == 0
        assert rest == ""
        assert fouten == ""
        assert not profiel.exists()
    finally:
        proces.kill()
        proces.communicate()


@alleen_posix
def test_de_demonstratie_van_een_opdracht_verdwijnt_ook_als_die_wordt_gedood(tmp_path: Path) -> None:
    """Een ouder die met kill -9 verdwijnt, laat geen server achter."""
    ouder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\n"
            "from frontoffice.samenstelling import start_demo\n"
            "with start_demo() as demo:\n"
            "    print(demo.pid, demo.profiel_pad, flush=True)\n"
            "    time.sleep(60)\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
        env=omgeving(),
        cwd=PROJECTMAP,
    )
    assert ouder.stdout is not None
    pid, profiel = ouder.stdout.readline().split()
    os.kill(int(pid), 0)
    ouder.kill()
    ouder.communicate()
    wacht_tot_weg(int(pid))
    assert not Path(profiel).exists()


def wacht_tot_weg(pid: int, seconden: float = 60.0) -> None:
    """Wacht tot dit proces er niet meer is (of alleen nog op zijn ouder wacht)."""
    import time

    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        try:
            stand = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return
        if stand == "Z":
            return
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError(f"proces {pid} draait nog")


def test_zonder_profiel_werkt_een_opdracht_op_de_demonstratie() -> None:
    afloop = kif("klant", "0530000101", "--json")
    assert afloop.uitgang == 0
    assert afloop.json["kandidaten"][0]["mogelijk"] is True
    assert afloop.stderr == ""


def test_een_sleutel_van_een_kandidaat_opent_dezelfde_klant_in_een_volgend_proces(
    centrale: Centrale, profiel: Path
) -> None:
    gevonden = kif("klant", centrale.voorbeelden["zwaar"]["telefoon"], "--json", profiel=profiel)
    sleutel = gevonden.json["kandidaten"][0]["sleutel"]
    assert centrale.persoon("zwaar")["bsn"] not in sleutel
    geopend = kif("klant", sleutel, "--json", profiel=profiel)
    assert geopend.uitgang == 0
    assert geopend.json["klant"]["gecontroleerd"] is False
    verminkt = kif("klant", sleutel[:-6] + "AAAA==", "--json", profiel=profiel)
    assert verminkt.uitgang == 2


def test_de_services_ruimen_hun_draden_op(centrale: Centrale, profiel: Path, tmp_path: Path) -> None:
    import threading
    import time

    voor = threading.active_count()
    with diensten(profiel, tmp_path / "werkplek") as gebouwd:
        opdracht(centrale.persoon("gewoon")["bsn"], gebouwd)
        assert threading.active_count() > voor
    einde = time.monotonic() + 60
    while threading.active_count() > voor and time.monotonic() < einde:
        time.sleep(0.01)
    assert threading.active_count() <= voor
