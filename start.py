"""Start Klant in Focus op een verse computer, met alleen de standaardbibliotheek: `python3 start.py`.

Maakt in deze map een eigen .venv met precies de pakketten uit het lockbestand en draagt het werk dan over.
Weet niets van het programma zelf. Eigen meldingen gaan naar stderr: stdout is van het programma.
Dit bestand moet ook op een te oude Python (3.7) nog te lezen zijn, anders kan het dat niet vertellen.
"""

from __future__ import annotations

import os
import sys

OUDSTE_PYTHON = (3, 11)
PROJECTMAP = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(PROJECTMAP, ".venv")
STEMPEL = os.path.join(VENV, "kif-stempel")
SLOT = os.path.join(PROJECTMAP, ".venv-slot")
LOCKS = ("requirements.lock", "requirements-dev.lock")  # het tweede bevat het eerste

GEBRUIK = """Klant in Focus starten (op Windows: py in plaats van python3):
  python3 start.py                 het programma, op de ingebouwde demonstratie
  python3 start.py kif ...         de opdrachtregel, bijvoorbeeld: kif doctor --json
  python3 start.py --proef         opent het venster onzichtbaar, zoekt een inwoner en meldt de tijden
  python3 start.py test [...]      de tests; --snel: alleen de vlugge, --lang: de duurproeven
  python3 start.py lint            opmaak, stijl, typen en importregels
  python3 start.py meet [...]      de metingen, met tabellen"""

# Wat Qt van Linux nodig heeft: bibliotheek en het Debian-pakket waar die in zit. Gelezen uit de wheel zelf
# (de NEEDED-regels van QtCore, QtGui, QtWidgets, QtNetwork, QtDBus en de schermplugins).
QT_ALTIJD = """
libGL.so.1=libgl1 libEGL.so.1=libegl1 libglib-2.0.so.0=libglib2.0-0 libfontconfig.so.1=libfontconfig1
libfreetype.so.6=libfreetype6 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3 libX11.so.6=libx11-6
libgssapi_krb5.so.2=libgssapi-krb5-2 libbrotlidec.so.1=libbrotli1"""
QT_XCB = """
libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 libxcb-image.so.0=libxcb-image0
libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-randr.so.0=libxcb-randr0 libxcb-render.so.0=libxcb-render0
libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0 libxcb-shm.so.0=libxcb-shm0
libxcb-sync.so.1=libxcb-sync1 libxcb-util.so.1=libxcb-util1 libxcb-xfixes.so.0=libxcb-xfixes0
libxcb-xkb.so.1=libxcb-xkb1 libX11-xcb.so.1=libx11-xcb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0"""
QT_WAYLAND = "libwayland-client.so.0=libwayland-client0 libwayland-cursor.so.0=libwayland-cursor0"

# Waaraan een oorzaak in de uitvoer van venv en pip te herkennen is, en de zin die erbij hoort. Volgorde telt:
# zonder verbinding meldt pip aan het eind óók dat er geen passend pakket is.
SCHIJF_VOL = (
    "De schijf is vol. Maak ten minste 1 GB vrij, ook in de map voor tijdelijke bestanden; start opnieuw."
)
REDENEN = (
    ("No space left|Errno 28|WinError 112|Disk quota exceeded", SCHIJF_VOL),
    (
        "DO NOT MATCH THE HASHES",
        "Een pakket is anders dan het hoort te zijn: het controlegetal klopt niet. Er is niets gestart. "
        "Probeer een ander netwerk; blijft het zo, meld het dan aan uw beheerder.",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED|SSLError",
        "De pakketbron heeft geen vertrouwd certificaat. Vraag uw beheerder welk certificaat pip moet "
        "gebruiken (pip config set global.cert BESTAND) en start opnieuw.",
    ),
    (
        "ConnectionError|Timeout|timed out|ProxyError|name resolution|unreachable|refused|getaddrinfo failed",
        "De pakketbron is niet bereikbaar. Controleer de verbinding met internet en de proxy; start opnieuw.",
    ),
    (
        "No matching distribution found|is not a supported wheel",
        "Een nodig pakket is voor deze computer niet te vinden. Controleer de pakketbron van pip. Klant in "
        "Focus werkt met 64 bits op Windows 10 en Linux met glibc 2.34 (Debian 12, Ubuntu 22.04) of nieuwer.",
    ),
)


class Uitleg(Exception):
    """Een verwachte tegenslag: de tekst is voor de gebruiker en zegt wat hij nu kan doen."""


class NietsUitgepakt(Uitleg):
    """Het ophalen mislukte, dus wat er al stond, is nog heel."""


def main(arguments: list[str]) -> int:
    """Voert één opdracht uit; geeft de exitcode. Waar het kan komt deze functie niet terug (exec)."""
    try:
        return dispatch(arguments)
    except Uitleg as uitleg:
        say(str(uitleg))
    except KeyboardInterrupt:
        say("Afgebroken. Start gerust opnieuw: wat niet af was, maak ik dan opnieuw.")
        return 130
    except OSError as fout:
        reden = f"Dat lukte niet met {fout.filename or PROJECTMAP}: {fout.strerror or fout}."
        say(SCHIJF_VOL if fout.errno == 28 else f"{reden} Controleer of u er mag schrijven en start opnieuw.")
    return 1


def dispatch(arguments: list[str]) -> int:
    check_computer()
    if not arguments or arguments[0].startswith("-"):
        opdracht, rest = "kif", arguments
    else:
        opdracht, rest = arguments[0], arguments[1:]
    if opdracht == "kif":
        if arguments[:1] in (["-h"], ["--help"]):
            say(GEBRUIK)
            return 0
        return start_program(rest)
    if opdracht == "test":
        return run_pytest(pytest_arguments(rest))
    if opdracht == "meet":
        return run_pytest(["-s", "tests/benchmarks", *rest])
    if opdracht == "lint" and not rest:
        return run_lint()
    say(f"Ik ken de opdracht '{' '.join(arguments)}' niet.\n{GEBRUIK}")
    return 2


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- de opdrachten -----------------------------------------------------------------------------------------


def start_program(rest: list[str]) -> int:
    omgeving = child_environment()
    if "--proef" in rest:
        omgeving.setdefault("QT_QPA_PLATFORM", "offscreen")
    if opens_window(rest):
        check_screen(omgeving)
    return hand_over([prepare_venv(dev=False), "-P", "-m", "ui", *rest], omgeving)


def opens_window(rest: list[str]) -> bool:
    """Alleen zonder opdracht en bij `demo` komt er een venster; de rest is opdrachtregel."""
    if not rest or rest[0].startswith("-"):
        return not {"--version", "--help", "-h"} & set(rest)
    return rest[0] == "demo" and not {"--server-only", "--help", "-h"} & set(rest)


def pytest_arguments(rest: list[str]) -> list[str]:
    overig = [woord for woord in rest if woord not in ("--snel", "--lang")]
    if "--lang" in rest:
        return ["tests/volhouden", *overig]
    # Alles samen gaat op elke kern tegelijk, plus een: veel tests wachten op een ander proces. De volgorde is
    # die van tests/conftest.py: de langste bestanden eerst. Wie zelf kiest, ziet zijn tests op volgorde.
    verdeling = ["--dist", "loadfile", "--no-loadscope-reorder"]
    kernen = [] if overig else ["-n", str((os.cpu_count() or 1) + 1), *verdeling]
    return ["-m", "not lang and not traag" if "--snel" in rest else "not lang", *kernen, *overig]


def run_pytest(arguments: list[str]) -> int:
    omgeving = child_environment()
    omgeving.setdefault("QT_QPA_PLATFORM", "offscreen")
    check_screen(omgeving)
    python = prepare_venv(dev=True)
    os.chdir(PROJECTMAP)
    return hand_over([python, "-P", "-m", "pytest", *arguments], omgeving)


def run_lint() -> int:
    """Alle vier de controles, ook als de eerste al iets vindt: zo is één keer kijken genoeg."""
    import subprocess

    python = prepare_venv(dev=True)
    controles = {
        "opmaak": ["-m", "ruff", "format", "--check", "."],
        "stijl": ["-m", "ruff", "check", "."],
        "typen": ["-m", "mypy"],
        "importregels": ["-c", "from importlinter.cli import lint_imports_command as c; c(['--no-logo'])"],
    }
    gevonden = []
    for naam, command in controles.items():
        say(f"== {naam}")
        if subprocess.call([python, "-P", *command], cwd=PROJECTMAP, env=child_environment()):
            gevonden.append(naam)
    if gevonden:
        say(f"Niet in orde: {', '.join(gevonden)}. Herstel wat hierboven staat.")
        return 1
    say("Alles in orde.")
    return 0


def child_environment() -> dict[str, str]:
    """De omgeving zonder wat een andere Python of andere pakketten in onze .venv zou binnenhalen.

    Ook zonder PYTHONDONTWRITEBYTECODE: dan zou elke start het hele programma opnieuw vertalen (een halve
    seconde). De vertaling komt in __pycache__, dat git negeert.
    """
    vreemd = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "PYTHONDONTWRITEBYTECODE")
    return {naam: waarde for naam, waarde in os.environ.items() if naam not in vreemd}


def hand_over(command: list[str], omgeving: dict[str, str]) -> int:
    """POSIX: dit proces wórdt het programma, dus signalen komen aan. Windows kent dat niet en wacht."""
    if sys.platform == "win32":
        import subprocess

        process = subprocess.Popen(command, env=omgeving)
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # het programma krijgt Ctrl+C ook en beslist zelf
                continue
    os.execve(command[0], command, omgeving)


# --- de computer -------------------------------------------------------------------------------------------


def check_computer() -> None:
    versie = ".".join(str(deel) for deel in sys.version_info[:3])
    if sys.version_info[:2] < OUDSTE_PYTHON:
        raise Uitleg(
            f"Klant in Focus heeft Python 3.11 of nieuwer nodig; dit is Python {versie} ({sys.executable}). "
            "Installeer een nieuwere Python en start daarmee, bijvoorbeeld: python3.12 start.py"
        )
    if sys.implementation.name != "cpython" or sys.platform not in ("linux", "win32"):
        raise Uitleg(
            "Klant in Focus werkt met de gewone Python (CPython) op Linux en Windows; "
            f"dit is {sys.implementation.name} {versie} op {sys.platform}. Start het op zo'n computer."
        )


def check_screen(omgeving: dict[str, str]) -> None:
    """Zorgt dat Qt straks een scherm en zijn systeembibliotheken vindt; zonder zou het afbreken."""
    if sys.platform != "linux":
        return
    plugin = omgeving.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if not plugin:
        plugin = "wayland" if omgeving.get("WAYLAND_DISPLAY") and not omgeving.get("DISPLAY") else "xcb"
    if plugin == "xcb" and not omgeving.get("DISPLAY"):
        raise Uitleg(
            "Er is geen scherm om het venster op te tonen (DISPLAY en WAYLAND_DISPLAY zijn leeg). "
            "Start op een computer met beeldscherm, of probeer zonder scherm: python3 start.py --proef"
        )
    check_system(
        f"{QT_ALTIJD} {QT_XCB if plugin == 'xcb' else QT_WAYLAND if plugin == 'wayland' else ''}",
        venv=not os.path.exists(STEMPEL),
    )
    if plugin == "xcb" and not omgeving.get("WAYLAND_DISPLAY") and not x_server_answers():
        raise Uitleg(
            f"Het scherm {omgeving['DISPLAY']} antwoordt niet of weigert. Controleer DISPLAY "
            "(gebruik bij ssh: ssh -X), of probeer zonder scherm: python3 start.py --proef"
        )


def check_system(bibliotheken: str, venv: bool) -> None:
    """Alles wat het systeem mist in één zin; als beheerder op Debian en Ubuntu wordt het geïnstalleerd."""
    ontbreekt = missing_packages(bibliotheken, venv)
    if ontbreekt and apt_install(ontbreekt):
        ontbreekt = missing_packages(bibliotheken, venv)
    if ontbreekt:
        raise Uitleg(
            "Klant in Focus heeft systeempakketten nodig die hier ontbreken. Installeer ze en start daarna "
            f"opnieuw. Op Debian en Ubuntu: sudo apt install {' '.join(ontbreekt)}"
        )


def missing_packages(bibliotheken: str, venv: bool) -> list[str]:
    """Van "bibliotheek=pakket …" de pakketten die niet te laden zijn; zo nodig ook dat van venv."""
    import ctypes

    ontbreekt = []
    for bibliotheek, pakket in (paar.split("=") for paar in bibliotheken.split()):
        try:
            ctypes.CDLL(bibliotheek)
        except OSError:
            ontbreekt.append(pakket)
    if venv:
        import importlib.util

        importlib.invalidate_caches()  # apt kan het net hebben neergezet
        if not importlib.util.find_spec("ensurepip"):
            eigen = os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3")
            ontbreekt.append("python3-venv" if eigen else f"python3.{sys.version_info[1]}-venv")
    return ontbreekt


def x_server_answers() -> bool:
    """Legt één keer contact zoals Qt dat doet: dan telt ook een weigering (xauth) als geen scherm."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    verbinding = ctypes.c_void_p(xcb.xcb_connect(None, None))
    fout = xcb.xcb_connection_has_error(verbinding)
    xcb.xcb_disconnect(verbinding)
    return not fout


def apt_install(packages: list[str]) -> bool:
    """Installeert als beheerder op Debian en Ubuntu zelf; elders False, dan volgt de zin met de opdracht."""
    import shutil
    import subprocess

    if sys.platform == "win32" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Ik installeer eerst deze systeempakketten: {' '.join(packages)}")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    omgeving = dict(os.environ, DEBIAN_FRONTEND="noninteractive")

    def run(*words: str) -> bool:
        command = [*apt, *words]
        return (
            subprocess.call(command, env=omgeving, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) == 0
        )

    run("update")  # mag half mislukken (een dode bron van een ander): of installeren lukt, is wat telt
    return run("install", "-y", "--no-install-recommends", *packages)


# --- de eigen .venv ----------------------------------------------------------------------------------------


def prepare_venv(dev: bool) -> str:
    """Geeft de python van een .venv die precies bij de lockbestanden past; maakt of herstelt die zo nodig."""
    stempel = wanted_stamp(dev)
    if not stamp_fits(stempel):
        slot = take_lock()
        try:
            if not stamp_fits(stempel):  # een andere start kan het intussen gedaan hebben
                build_venv(stempel, slot)
        finally:
            os.close(slot)
    return venv_python()


def venv_python() -> str:
    delen = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return os.path.join(VENV, *delen)


def wanted_stamp(dev: bool) -> list[str]:
    """Per laag (programma, en bij dev ook de tests) een regel: hash van lockbestand en Python-versie."""
    import hashlib

    python = f"{sys.platform} {sys.version_info[0]}.{sys.version_info[1]}"
    stempel = []
    for naam in LOCKS[: 2 if dev else 1]:
        with open(os.path.join(PROJECTMAP, naam), "rb") as bestand:
            stempel.append(hashlib.sha256(python.encode() + b"\n" + bestand.read()).hexdigest())
    return stempel


def read_stamp() -> list[str]:
    try:
        with open(STEMPEL, encoding="ascii") as bestand:
            return bestand.read().split()
    except (OSError, ValueError):
        return []


def write_stamp(stempel: list[str]) -> None:
    with open(STEMPEL + ".nieuw", "w", encoding="ascii") as bestand:
        bestand.write("\n".join(stempel) + "\n")
    os.replace(STEMPEL + ".nieuw", STEMPEL)


def stamp_fits(stempel: list[str]) -> bool:
    return read_stamp()[: len(stempel)] == stempel and base_python_exists()


def base_python_exists() -> bool:
    """Een .venv leunt op de Python waarmee hij gemaakt is; na een upgrade of verwijdering is die weg."""
    try:
        with open(os.path.join(VENV, "pyvenv.cfg"), encoding="utf-8") as bestand:
            regels = dict(regel.rstrip("\n").split(" = ", 1) for regel in bestand if " = " in regel)
    except (OSError, ValueError):
        return False
    return os.path.isdir(regels.get("home", "")) and os.path.exists(venv_python())


def take_lock() -> int:
    """Wacht tot geen andere start aan het installeren is. Het slot vervalt vanzelf met het proces."""
    import time

    slot = os.open(SLOT, os.O_RDWR | os.O_CREAT, 0o666)
    gemeld = False
    while not try_lock(slot):
        if not gemeld:
            say("Een andere start is nog aan het installeren. Ik wacht daarop.")
            gemeld = True
        time.sleep(0.2)
    return slot


def try_lock(slot: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(slot, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def build_venv(stempel: list[str], slot: int) -> None:
    """Vult de .venv aan als alleen de testlaag ontbreekt, en begint anders opnieuw.

    De stempel gaat er als eerste af en komt er als laatste op: een afgebroken poging wordt dus hersteld.
    """
    aanvullen = read_stamp() == stempel[:1] and base_python_exists()
    if not aanvullen:
        check_system("", venv=True)
    if os.path.exists(STEMPEL):
        os.remove(STEMPEL)
    if aanvullen:
        say("Ik haal erbij wat de tests nodig hebben.")
    else:
        say("Ik maak Klant in Focus klaar in deze map. Dat duurt een paar minuten, alleen de eerste keer.")
        create_venv(slot)
    try:
        install_packages(LOCKS[len(stempel) - 1], slot)
    except NietsUitgepakt:
        if aanvullen:  # zonder netwerk de tests willen draaien maakt het programma niet stuk
            write_stamp(stempel[:1])
        raise
    write_stamp(stempel)


def create_venv(slot: int) -> None:
    import shutil

    if os.path.lexists(VENV):
        try:
            shutil.rmtree(VENV)
        except OSError as fout:
            raise Uitleg(
                f"De map .venv is niet af of verouderd, en ik kan hem niet opruimen ({fout.strerror}). "
                f"Sluit Klant in Focus, verwijder de map {VENV} en start opnieuw."
            ) from fout
    # Staat start.py zelf onder een .venv, dan toch de Python daaronder: die verdwijnt niet met de map.
    python = getattr(sys, "_base_executable", None) or sys.executable
    run_step([python, "-I", "-m", "venv", "--without-pip", VENV], slot)
    run_step(
        [venv_python(), "-I", "-m", "ensurepip", "--default-pip"], slot
    )  # apart: venv verzwijgt wat er misging
    vraag = "import sysconfig; print(sysconfig.get_path('purelib'))"
    pakketmap = run_step([venv_python(), "-I", "-c", vraag], slot)[-1]
    # Een relatief pad: de map mag verhuizen en vreemde tekens of spaties in zijn naam hebben.
    with open(os.path.join(pakketmap, "klant-in-focus.pth"), "w", encoding="ascii") as bestand:
        bestand.write(os.path.relpath(PROJECTMAP, pakketmap) + "\n")


def install_packages(lock: str, slot: int) -> None:
    pip = [venv_python(), "-I", "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes"]
    pip += ["--only-binary", ":all:", "--no-user", "--no-input", "--progress-bar", "off"]
    run_step([*pip, "-r", os.path.join(PROJECTMAP, lock)], slot)


def run_step(command: list[str], slot: int) -> list[str]:
    """Draait één stap van de installatie en geeft de uitvoer; Uitleg als hij mislukt.

    Het kind houdt het slot mee vast: wordt alleen dit proces gedood, dan wacht de volgende start op het kind.
    """
    import signal
    import subprocess

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # een gewone kill neemt het kind mee
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(child_environment(), PYTHONIOENCODING="utf-8"),
        cwd=PROJECTMAP,
        pass_fds=() if sys.platform == "win32" else (slot,),
    )
    regels = []
    try:
        for rauw in process.stdout or ():
            regels.append(rauw.decode("utf-8", "replace").rstrip())
            if regels[-1].startswith("Collecting "):
                say("  " + regels[-1].split()[1])
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.wait():
        uitgepakt = any(regel.startswith("Installing collected packages") for regel in regels)
        raise (Uitleg if uitgepakt else NietsUitgepakt)(explain_failure(regels))
    return regels


def explain_failure(regels: list[str]) -> str:
    """De zin bij uitvoer van venv of pip; bij een onbekende oorzaak met de laatste regels erbij."""
    import re

    for kenmerk, zin in REDENEN:
        if any(re.search(kenmerk, regel) for regel in regels):
            return zin
    laatste = "\n  ".join(["", *regels[-8:]])
    return f"Het installeren is niet gelukt. Start opnieuw; blijft het zo, vraag dan uw beheerder:{laatste}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
