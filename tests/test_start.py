"""De starter, als echt proces in een nagemaakt project met een spatie in het pad.

Niets wordt opgehaald: de pakketten zijn hier gemaakte wheels, of een bron op loopback die weigert of hangt.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import PROJECTMAP

alleen_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="signalen en exec bestaan zo niet op Windows"
)

# Staat in voor elk programma dat de starter aanroept, en vertelt hoe dat ging.
VERTELLER = """
import json, os, sys
print(json.dumps({"naam": NAAM, "argumenten": sys.argv[1:], "pid": os.getpid(), "map": os.getcwd(),
                  "qpa": os.environ.get("QT_QPA_PLATFORM"), "pythonpath": os.environ.get("PYTHONPATH")}))
sys.stdout.flush()
if "--slaap" in sys.argv:
    import time
    time.sleep(60)
sys.exit(int(os.environ.get("EXIT_" + NAAM.upper(), "0")))
"""


def maak_wheel(bronmap: Path, naam: str, versie: str = "1.0", **modules: str) -> str:
    """Legt een wheel in de bronmap; geeft de regel voor een lockbestand."""
    info = f"{naam}-{versie}.dist-info"
    inhoud = {f"{pad.replace('__', '/')}.py": bron for pad, bron in modules.items()}
    inhoud[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {naam}\nVersion: {versie}\n"
    inhoud[f"{info}/WHEEL"] = (
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    inhoud[f"{info}/RECORD"] = "".join(f"{pad},,\n" for pad in [*inhoud, f"{info}/RECORD"])
    bestand = bronmap / f"{naam}-{versie}-py3-none-any.whl"
    with zipfile.ZipFile(bestand, "w") as archief:
        for pad, bron in inhoud.items():
            archief.writestr(pad.replace("/main.py", "/__main__.py"), bron)
    return f"{naam}=={versie} --hash=sha256:{hashlib.sha256(bestand.read_bytes()).hexdigest()}\n"


class Project:
    """Een checkout met de echte start.py, een verteller als programma en eigen wheels als pakketbron."""

    def __init__(self, map: Path, bronmap: Path) -> None:
        self.map = map
        self.bronmap = bronmap
        self.omgeving = {
            naam: waarde
            for naam, waarde in os.environ.items()
            if not naam.startswith(("PIP_", "QT_", "PYTHON", "DISPLAY", "WAYLAND"))
        } | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(bronmap),
            "PIP_RETRIES": "1",
        }

    @property
    def venv(self) -> Path:
        return self.map / ".venv"

    def start(self, *argumenten: str, cwd: Path | None = None, **omgeving: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.map / "start.py"), *argumenten],
            env=self.omgeving | omgeving,
            cwd=cwd or self.map.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *argumenten: str, cwd: Path | None = None, **omgeving: str) -> Uitkomst:
        proces = self.start(*argumenten, cwd=cwd, **omgeving)
        uit, fout = proces.communicate(timeout=120)
        return Uitkomst(proces.returncode, uit, fout)


class Uitkomst:
    def __init__(self, code: int, uit: str, fout: str) -> None:
        self.code = code
        self.uit = uit
        self.fout = fout
        assert "Traceback" not in fout

    @property
    def verteld(self) -> list[dict[str, object]]:
        """Wat de aangeroepen programma's over zichzelf vertelden; op stdout stond niets anders."""
        return [json.loads(regel) for regel in self.uit.splitlines()]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Een klaargemaakt project, voor tests die er niets in veranderen."""
    basis = tmp_path_factory.mktemp("start")
    bronmap, map = basis / "bron", basis / "map met spatie"
    bronmap.mkdir()
    (map / "ui").mkdir(parents=True)
    shutil.copy(PROJECTMAP / "start.py", map)
    (map / "ui" / "__main__.py").write_text("NAAM = 'ui'\nimport kiflaag" + VERTELLER)
    programma = maak_wheel(bronmap, "kiflaag", kiflaag="VERSIE = '1.0'\n")
    testlaag = maak_wheel(
        bronmap,
        "testlaag",
        pytest__main="NAAM = 'pytest'\n" + VERTELLER,
        ruff__main="NAAM = 'ruff'\n" + VERTELLER,
        mypy__main="NAAM = 'mypy'\n" + VERTELLER,
        importlinter__cli="def lint_imports_command(argumenten):\n    NAAM = 'importregels'\n"
        + VERTELLER.replace("\n", "\n    "),
    )
    (map / "requirements.lock").write_text(programma)
    (map / "requirements-dev.lock").write_text(programma + testlaag)
    project = Project(map, bronmap)
    uitkomst = project.run("kif", "profiel")
    assert uitkomst.code == 0, uitkomst.fout
    assert "Ik maak Klant in Focus klaar" in uitkomst.fout
    return project


@pytest.fixture
def kopie(project: Project, tmp_path: Path) -> Project:
    """Een klaargemaakt project van de test zelf."""
    map = tmp_path / "map met spatie"
    shutil.copytree(project.map, map, symlinks=True)
    return Project(map, project.bronmap)


@pytest.fixture
def vers_project(project: Project, tmp_path: Path) -> Project:
    """Een project zonder .venv, zoals net gekloond."""
    map = tmp_path / "map met spatie"
    shutil.copytree(project.map, map, ignore=shutil.ignore_patterns(".venv*"))
    return Project(map, project.bronmap)


@pytest.fixture
def starter() -> ModuleType:
    """start.py als module, voor wat zich niet echt laat nabootsen (een volle schijf)."""
    spec = importlib.util.spec_from_file_location("starter", PROJECTMAP / "start.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_changed(project: Project, wijziging: str, *argumenten: str, **omgeving: str) -> Uitkomst:
    """Draait start.py als proces nadat `wijziging` de computer anders heeft voorgesteld dan hij is."""
    bron = (
        "import os, runpy, sys, importlib.util\nstart = runpy.run_path(sys.argv[1])\n"
        f"{wijziging}\nsys.exit(start['main'](sys.argv[2:]))"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", bron, str(project.map / "start.py"), *argumenten],
        env=project.omgeving | omgeving,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Uitkomst(klaar.returncode, klaar.stdout, klaar.stderr)


@contextmanager
def hanging_source() -> Iterator[tuple[dict[str, str], Callable[[], None]]]:
    """Een pakketbron op loopback die verbindingen aanneemt en nooit antwoordt, tot het blok eindigt.

    Geeft de omgeving waarmee pip die bron gebruikt, en een functie die wacht tot pip er hangt.
    """
    verbindingen = []
    with socket.create_server(("127.0.0.1", 0)) as luisteraar:
        luisteraar.settimeout(60)
        yield use_source(luisteraar.getsockname()[1]), lambda: verbindingen.append(luisteraar.accept()[0])
        for verbinding in verbindingen:
            verbinding.close()


def use_source(poort: int) -> dict[str, str]:
    return {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": f"http://127.0.0.1:{poort}/simple", "PIP_FIND_LINKS": ""}


# --- doorgeven ---------------------------------------------------------------------------------------------


def test_kif_geeft_argumenten_en_werkmap_ongewijzigd_door(project: Project, tmp_path: Path) -> None:
    uitkomst = project.run("kif", "klant", "een vraag", "--json", cwd=tmp_path)
    assert uitkomst.verteld[0]["argumenten"] == ["klant", "een vraag", "--json"]
    assert uitkomst.verteld[0]["map"] == str(tmp_path)
    assert uitkomst.fout == ""


def test_de_exitcode_van_het_programma_is_die_van_de_starter(project: Project) -> None:
    assert project.run("kif", "klant", "-", EXIT_UI="3").code == 3


@alleen_posix
def test_het_proces_wordt_het_programma_en_krijgt_dus_de_signalen(project: Project) -> None:
    proces = project.start("kif", "demo", "--server-only", "--slaap")
    assert proces.stdout
    assert json.loads(proces.stdout.readline())["pid"] == proces.pid
    proces.send_signal(signal.SIGTERM)
    proces.communicate(timeout=60)
    assert proces.returncode == -signal.SIGTERM


def test_proef_opent_het_venster_zonder_scherm(project: Project) -> None:
    uitkomst = project.run("--proef")
    assert (uitkomst.verteld[0]["argumenten"], uitkomst.verteld[0]["qpa"]) == (["--proef"], "offscreen")


def test_de_omgeving_haalt_geen_vreemde_pakketten_binnen(project: Project, tmp_path: Path) -> None:
    (tmp_path / "kiflaag.py").write_text("raise SystemExit('verkeerde kiflaag')")
    (tmp_path / "ui.py").write_text("raise SystemExit('verkeerde ui')")
    uitkomst = project.run("kif", "profiel", cwd=tmp_path, PYTHONPATH=str(tmp_path), PYTHONHOME="")
    assert uitkomst.verteld[0]["naam"] == "ui"
    assert uitkomst.verteld[0]["pythonpath"] is None


def test_onbekende_opdracht_geeft_het_gebruik_en_code_2(project: Project) -> None:
    uitkomst = project.run("tset")
    assert uitkomst.code == 2
    assert uitkomst.uit == ""
    assert "Ik ken de opdracht 'tset' niet" in uitkomst.fout
    assert "python3 start.py test" in uitkomst.fout


# --- de .venv ----------------------------------------------------------------------------------------------


def test_een_warme_start_raakt_de_venv_niet_aan(project: Project) -> None:
    stempel = project.venv / "kif-stempel"
    voor = stempel.stat().st_mtime_ns
    assert project.run("kif", "profiel").fout == ""
    assert stempel.stat().st_mtime_ns == voor


def test_een_verplaatste_checkout_werkt_door(kopie: Project, tmp_path: Path) -> None:
    kopie.map = kopie.map.rename(tmp_path / "ander: mapjé")
    uitkomst = kopie.run("kif", "profiel")
    assert (uitkomst.code, uitkomst.fout) == (0, "")


@pytest.mark.traag
def test_een_gewijzigd_lockbestand_geeft_een_nieuwe_venv(kopie: Project) -> None:
    regel = maak_wheel(kopie.bronmap, "kiflaag", "2.0", kiflaag="VERSIE = '2.0'\n")
    (kopie.map / "requirements.lock").write_text(regel)
    (kopie.venv / "achtergebleven").touch()
    assert "Ik maak Klant in Focus klaar" in kopie.run("kif", "profiel").fout
    assert [bestand.read_text() for bestand in kopie.venv.rglob("kiflaag.py")] == ["VERSIE = '2.0'\n"]
    assert not (kopie.venv / "achtergebleven").exists()


@pytest.mark.traag
def test_een_venv_waarvan_de_python_verdwenen_is_wordt_hersteld(kopie: Project) -> None:
    instelling = kopie.venv / "pyvenv.cfg"
    instelling.write_text(re.sub("home = .*", "home = /verdwenen", instelling.read_text()))
    uitkomst = kopie.run("kif", "profiel")
    assert uitkomst.code == 0
    assert "Ik maak Klant in Focus klaar" in uitkomst.fout


@pytest.mark.traag
@alleen_posix
def test_na_een_afgebroken_installatie_herstelt_de_volgende_start(kopie: Project) -> None:
    with hanging_source() as (bron, wait_until_hanging):
        proces = kopie.start("test", **bron)
        wait_until_hanging()
        proces.send_signal(signal.SIGTERM)
        proces.communicate(timeout=60)
        assert proces.returncode == 143
        uitkomst = kopie.run("kif", "profiel")
    assert uitkomst.code == 0
    assert "Ik maak Klant in Focus klaar" in uitkomst.fout
    assert "wacht" not in uitkomst.fout, "de afgebroken pip draait nog"


@pytest.mark.traag
@alleen_posix
def test_na_een_harde_kill_wacht_de_volgende_start_op_de_pip_die_nog_loopt(kopie: Project) -> None:
    with hanging_source() as (bron, wait_until_hanging):
        eerste = kopie.start("test", **bron)
        wait_until_hanging()
        eerste.kill()
        eerste.communicate(timeout=60)
        tweede = kopie.start("kif", "profiel")
        assert tweede.stderr
        assert "Ik wacht" in tweede.stderr.readline()
    uit, _ = tweede.communicate(timeout=120)
    assert json.loads(uit)["naam"] == "ui"


@pytest.mark.traag
def test_twee_eerste_starts_tegelijk_maken_samen_een_venv(vers_project: Project) -> None:
    beide = [vers_project.start("kif", "profiel") for _ in range(2)]
    uitvoer = [proces.communicate(timeout=120) for proces in beide]
    assert [proces.returncode for proces in beide] == [0, 0]
    assert sum("Ik maak Klant in Focus klaar" in fout for _, fout in uitvoer) == 1
    assert sum("Ik wacht" in fout for _, fout in uitvoer) == 1


# --- tegenslag ---------------------------------------------------------------------------------------------


@pytest.mark.traag
def test_een_verkeerd_controlegetal_start_niets(vers_project: Project) -> None:
    lock = vers_project.map / "requirements.lock"
    lock.write_text(re.sub("sha256:.*", "sha256:" + "0" * 64, lock.read_text()))
    uitkomst = vers_project.run("kif", "profiel")
    assert (uitkomst.code, uitkomst.uit) == (1, "")
    assert "het controlegetal klopt niet" in uitkomst.fout


@pytest.mark.traag
def test_zonder_netwerk_zegt_de_starter_dat_de_bron_niet_bereikbaar_is(vers_project: Project) -> None:
    bron = use_source(poort=9)  # daar luistert niemand
    uitkomst = vers_project.run("kif", "profiel", **bron)
    assert (uitkomst.code, uitkomst.uit) == (1, "")
    assert "De pakketbron is niet bereikbaar" in uitkomst.fout


def test_zonder_netwerk_tests_willen_draaien_maakt_het_programma_niet_stuk(kopie: Project) -> None:
    bron = use_source(poort=9)  # daar luistert niemand
    assert "De pakketbron is niet bereikbaar" in kopie.run("test", **bron).fout
    uitkomst = kopie.run("kif", "profiel", **bron)
    assert (uitkomst.code, uitkomst.fout) == (0, "")


def test_een_volle_schijf_wordt_een_zin(starter: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def full(arguments: list[str]) -> int:
        raise OSError(28, "No space left on device", "/ergens")

    assert "De schijf is vol" in starter.explain_failure(["ERROR: [Errno 28] No space left on device"])
    starter.dispatch = full
    assert starter.main([]) == 1
    assert "De schijf is vol" in capsys.readouterr().err


def test_een_onbekende_oorzaak_laat_de_laatste_regels_zien(starter: ModuleType) -> None:
    uitleg = starter.explain_failure([f"regel {nummer}" for nummer in range(20)])
    assert "regel 19" in uitleg
    assert "regel 11" not in uitleg


@alleen_posix
def test_een_map_waarin_niet_geschreven_mag_worden_geeft_een_zin(vers_project: Project) -> None:
    (vers_project.map / ".venv-slot").mkdir()  # een map laat zich niet als bestand openen, ook niet door root
    uitkomst = vers_project.run("kif", "profiel")
    assert uitkomst.code == 1
    assert "Controleer of u er mag schrijven" in uitkomst.fout


def test_een_te_oude_python_krijgt_een_zin(project: Project) -> None:
    uitkomst = run_changed(project, "sys.version_info = (3, 10, 13, 'final', 0)")
    assert uitkomst.code == 1
    assert "heeft Python 3.11 of nieuwer nodig; dit is Python 3.10.13" in uitkomst.fout


def test_een_te_oude_python_kan_de_starter_lezen() -> None:
    ast.parse((PROJECTMAP / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_de_starter_gebruikt_alleen_de_standaardbibliotheek() -> None:
    boom = ast.parse((PROJECTMAP / "start.py").read_text(encoding="utf-8"))
    namen = {alias.name for knoop in ast.walk(boom) if isinstance(knoop, ast.Import) for alias in knoop.names}
    namen |= {knoop.module or "" for knoop in ast.walk(boom) if isinstance(knoop, ast.ImportFrom)}
    assert {naam.partition(".")[0] for naam in namen} <= sys.stdlib_module_names


# --- scherm en systeembibliotheken -------------------------------------------------------------------------

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="systeembibliotheken van Qt zijn een zaak van Linux"
)
MIST_TWEE = "start['main'].__globals__['QT_ALTIJD'] = 'libkif-a.so.1=kif-pakket-a libkif-b.so.2=kif-pakket-b'"


@linux
@pytest.mark.parametrize("opdracht", [(), ("kif",), ("kif", "demo"), ("--profile", "x.toml")])
def test_zonder_scherm_komt_er_een_zin_in_plaats_van_een_afbraak(
    project: Project, opdracht: tuple[str, ...]
) -> None:
    uitkomst = project.run(*opdracht)
    assert (uitkomst.code, uitkomst.uit) == (1, "")
    assert "Er is geen scherm" in uitkomst.fout
    assert "start.py --proef" in uitkomst.fout


@linux
@pytest.mark.parametrize(
    "opdracht", [("kif", "--version"), ("kif", "doctor"), ("kif", "demo", "--server-only")]
)
def test_zonder_scherm_werkt_de_opdrachtregel(project: Project, opdracht: tuple[str, ...]) -> None:
    assert project.run(*opdracht).verteld[0]["argumenten"] == [*opdracht[1:]]


@linux
def test_alle_ontbrekende_bibliotheken_staan_in_een_zin(project: Project, tmp_path: Path) -> None:
    uitkomst = run_changed(project, MIST_TWEE, "--proef", PATH=str(tmp_path))
    assert uitkomst.code == 1
    assert uitkomst.fout.count("\n") == 1
    assert "sudo apt install kif-pakket-a kif-pakket-b\n" in uitkomst.fout


@linux
def test_als_beheerder_installeert_de_starter_de_bibliotheken_zelf(project: Project, tmp_path: Path) -> None:
    (tmp_path / "apt-get").write_text('#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "$0.log"\n')
    (tmp_path / "apt-get").chmod(0o755)
    run_changed(project, MIST_TWEE + "\nos.geteuid = lambda: 0", "--proef", PATH=f"{tmp_path}:/usr/bin:/bin")
    eerste, tweede = (tmp_path / "apt-get.log").read_text().splitlines()
    assert eerste.startswith("noninteractive ")
    assert eerste.endswith("update")
    assert tweede.endswith("install -y --no-install-recommends kif-pakket-a kif-pakket-b")


@linux
def test_een_gewone_gebruiker_installeert_niets_op_het_systeem(project: Project, tmp_path: Path) -> None:
    (tmp_path / "apt-get").write_text('#!/bin/sh\ntouch "$0.geroepen"\n')
    (tmp_path / "apt-get").chmod(0o755)
    run_changed(
        project, MIST_TWEE + "\nos.geteuid = lambda: 1000", "--proef", PATH=f"{tmp_path}:/usr/bin:/bin"
    )
    assert not (tmp_path / "apt-get.geroepen").exists()


@linux
@pytest.mark.parametrize("opdracht", ["lint", "--proef"])
def test_zonder_ensurepip_staat_er_welk_pakket_nodig_is(
    vers_project: Project, tmp_path: Path, opdracht: str
) -> None:
    zonder = "importlib.util.find_spec = lambda naam, *_: None"
    uitkomst = run_changed(vers_project, zonder, opdracht, PATH=str(tmp_path))
    assert uitkomst.code == 1
    assert re.search(r"sudo apt install python3(\.\d+)?-venv\n", uitkomst.fout)
    assert not vers_project.venv.exists()


@linux
def test_bij_een_eerste_start_staan_bibliotheken_en_venv_in_dezelfde_zin(
    vers_project: Project, tmp_path: Path
) -> None:
    zonder = MIST_TWEE + "\nimportlib.util.find_spec = lambda naam, *_: None"
    uitkomst = run_changed(vers_project, zonder, "--proef", PATH=str(tmp_path))
    assert uitkomst.fout.count("\n") == 1
    assert re.search(r"sudo apt install kif-pakket-a kif-pakket-b python3(\.\d+)?-venv\n", uitkomst.fout)


@linux
def test_een_scherm_dat_niet_antwoordt_wordt_genoemd(project: Project, xvfb: dict[str, str]) -> None:
    uitkomst = project.run(DISPLAY=":9876")
    assert (uitkomst.code, uitkomst.uit) == (1, "")
    assert "Het scherm :9876 antwoordt niet" in uitkomst.fout


@linux
def test_met_een_scherm_start_het_programma_met_een_gewoon_venster(
    project: Project, xvfb: dict[str, str]
) -> None:
    uitkomst = project.run(DISPLAY=xvfb["DISPLAY"])
    assert (uitkomst.code, uitkomst.fout) == (0, "")
    assert (uitkomst.verteld[0]["naam"], uitkomst.verteld[0]["qpa"]) == ("ui", None)


# --- test, lint, meet --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def testmal(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Een project waarin ook de testlaag staat."""
    map = tmp_path_factory.mktemp("testlaag") / "map met spatie"
    shutil.copytree(project.map, map, symlinks=True)
    testproject = Project(map, project.bronmap)
    uitkomst = testproject.run("test")
    assert uitkomst.code == 0, uitkomst.fout
    assert "Ik haal erbij wat de tests nodig hebben" in uitkomst.fout
    return testproject


VERDEELD = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]


@pytest.mark.parametrize(
    ("opdracht", "argumenten"),
    [
        (("test",), ["-m", "not lang", *VERDEELD]),
        (("test", "--snel", "-k", "naam"), ["-m", "not lang and not traag", "-k", "naam"]),
        (("test", "tests/domain", "-x"), ["-m", "not lang", "tests/domain", "-x"]),
        (("test", "--lang"), ["tests/volhouden"]),
        (("meet", "-k", "stal"), ["-s", "tests/benchmarks", "-k", "stal"]),
    ],
)
def test_pytest_krijgt_de_juiste_keuze(
    testmal: Project, opdracht: tuple[str, ...], argumenten: list[str]
) -> None:
    (verteld,) = testmal.run(*opdracht).verteld
    assert verteld["argumenten"] == argumenten
    assert verteld["qpa"] == "offscreen"
    assert verteld["map"] == str(testmal.map)


def test_tests_op_een_zelfgekozen_qt_platform(testmal: Project) -> None:
    assert testmal.run("test", QT_QPA_PLATFORM="minimal").verteld[0]["qpa"] == "minimal"


def test_lint_doet_alle_controles_ook_als_de_eerste_iets_vindt(testmal: Project) -> None:
    uitkomst = testmal.run("lint", EXIT_RUFF="1")
    assert [verteld["naam"] for verteld in uitkomst.verteld] == ["ruff", "ruff", "mypy", "importregels"]
    assert uitkomst.code == 1
    assert "Niet in orde: opmaak, stijl." in uitkomst.fout
    assert testmal.run("lint").code == 0


def test_na_de_tests_start_het_programma_zonder_iets_te_installeren(testmal: Project) -> None:
    assert testmal.run("kif", "profiel").fout == ""
