"""Wat voor elke test geldt: geen echt scherm, geen netwerk naar buiten, een eigen werkmap en sleutelbos.

`eis` is er voor tests die iets van de computer nodig hebben (Xvfb, PostgreSQL, strace): er mag alleen iets
overgeslagen worden zolang KIF_TEST_VOLLEDIG niet 1 is.
"""

from __future__ import annotations

import ctypes
import gc
import ipaddress
import itertools
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from tests.qtgeduld import GeduldigeQtBot

PROJECTMAP = Path(__file__).resolve().parent.parent

# Voordat iets een venster maakt: niet op het scherm van wie de tests draait, en geen eigen schaal of stijl.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _naam in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(_naam, None)

# Hoe lang één voorbeeld duurt, hangt van de drukte op de computer af en zegt hier niets.
# Bij de bouwserver is de uitslag van een versie altijd dezelfde; wie zelf test, krijgt steeds iets anders.
settings.register_profile("kif", settings(), deadline=None, derandomize="CI" in os.environ)
settings.load_profile("kif")


def eis(naam: str, aanwezig: bool) -> None:
    """Gaat verder als `naam` er is; anders overslaan met de reden, of falen bij KIF_TEST_VOLLEDIG=1."""
    if aanwezig:
        return
    if os.environ.get("KIF_TEST_VOLLEDIG") == "1":
        pytest.fail(
            f"{naam} ontbreekt op deze computer, en KIF_TEST_VOLLEDIG=1 laat niets weg", pytrace=False
        )
    pytest.skip(f"{naam} ontbreekt op deze computer", allow_module_level=True)


class Geheugensleutelbos(keyring.backend.KeyringBackend):
    """Een sleutelbos die echt bewaart en echt weigert wat er niet is, maar alleen zolang één test duurt."""

    priority = 1  # type: ignore[assignment]  # keyring leest dit als waarde van de klasse

    def __init__(self) -> None:
        super().__init__()
        self._geheimen: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._geheimen.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._geheimen[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._geheimen.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(username)


@pytest.fixture(autouse=True)
def sleutelbos() -> Iterator[Geheugensleutelbos]:
    """De sleutelbos van deze test; die van de computer blijft buiten bereik."""
    bos = Geheugensleutelbos()
    keyring.set_keyring(bos)
    yield bos
    keyring.set_keyring(bos)


@pytest.fixture(scope="session")
def werkmappen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Steeds een nieuw pad; sneller dan `tmp_path` voor elke test."""
    basis = tmp_path_factory.mktemp("kif-data")
    return (basis / str(nummer) for nummer in itertools.count())


@pytest.fixture(autouse=True)
def eigen_omgeving(werkmappen: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Zet KIF_DATA_DIR op een lege map van deze test; wat de computer aan instellingen meegeeft, valt weg."""
    datamap = next(werkmappen)
    datamap.mkdir()
    monkeypatch.setenv("KIF_DATA_DIR", str(datamap))
    # Een programma dat de test start, krijgt geen sleutelbos: liever een fout dan die van de computer.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for naam in [*os.environ]:
        if naam.lower().endswith("_proxy") or naam in ("KIF_PROFILE", "KIF_GEHEIMEN"):
            monkeypatch.delenv(naam)
    return datamap


# --- volgorde -----------------------------------------------------------------------------------------------

LANGSTE = (
    "ui/test_wissel.py",
    "ui/vanavond/test_scherm.py",
    "test_start.py",
    "ui/test_zoeken.py",
    "ui/meldingen/test_meldingen.py",
    "ui/terugbellen/test_terugbellen.py",
    "services/test_proefvulling.py",
    "e2e/test_toegankelijkheid.py",
    "ui/afspraak/test_boeken.py",
    "e2e/test_registreren.py",
    "ui/vanavond/test_uitvalvak.py",
    "ui/beheer/test_verzetten.py",
    "ui/beheer/test_toegankelijk.py",
    "ui/afspraak/test_venster.py",
    "ui/afspraak/test_toegankelijk.py",
    "e2e/test_opdrachtregel.py",
    "ui/vandaag/test_vandaag.py",
    "ui/beheer/test_rooster.py",
    "ui/contact/test_herstel.py",
    "storage/test_winkelcrash.py",
    "services/test_vanavond.py",
    "ui/vanavond/test_storing.py",
    "e2e/test_sporen.py",
    "ui/contact/test_strook.py",
    "storage/test_zoeken.py",
    "ui/beheer/test_onderdelen.py",
    "services/test_avondsimulatie.py",
    "ui/contact/test_inkomend.py",
    "ui/beheer/test_avonden.py",
    "services/test_vanavond_gedeeld.py",
    "demo/test_schrijven.py",
    "cli/test_agenda.py",
    "e2e/test_venster.py",
    "storage/test_wedloop.py",
    "ui/beheer/test_wijzigingen.py",
    "ui/test_app.py",
    "services/test_schrijven.py",
    "e2e/test_afgebroken.py",
    "ui/contact/test_belofte.py",
    "services/test_externdienst.py",
    "e2e/test_storingen.py",
    "services/test_avondlijn.py",
    "cli/test_gebruik.py",
    "ui/klantbeeld/test_scherm.py",
)
"""De bestanden die het langst duren, langste eerst: anders werkt aan het eind nog maar één proces."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    plek = {PROJECTMAP / "tests" / naam: nummer for nummer, naam in enumerate(LANGSTE)}
    items.sort(key=lambda item: plek.get(item.path, len(LANGSTE)))


def pytest_collection_finish() -> None:
    """Wat voor alle tests is geladen, blijft: de opruimer van Python hoeft het niet steeds na te lopen."""
    gc.collect()
    gc.freeze()


# --- geen netwerk buiten deze computer ---------------------------------------------------------------------

_pogingen: list[str] = []
_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def _is_here(host: Any) -> bool:
    naam = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if naam.lower() in ("localhost", "localhost."):
        return True
    try:
        return ipaddress.ip_address(naam.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guard(verbinding: socket.socket, adres: Any) -> None:
    if verbinding.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(adres[0]):
        _pogingen.append(f"verbinding met {adres[0]}:{adres[1]}")
        raise ConnectionRefusedError(f"tests maken geen verbinding buiten deze computer: {adres[0]}")


def _guarded_connect(verbinding: socket.socket, adres: Any) -> None:
    _guard(verbinding, adres)
    _connect(verbinding, adres)


def _guarded_connect_ex(verbinding: socket.socket, adres: Any) -> int:
    _guard(verbinding, adres)
    return _connect_ex(verbinding, adres)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    """Ook een naam opzoeken is verkeer. Namen op .invalid bestaan nergens en mogen dus mislukken."""
    if _is_here(host):
        return _getaddrinfo(host, *args, **kwargs)
    if not str(host).endswith(".invalid"):
        _pogingen.append(f"naam opzoeken van {host}")
    raise socket.gaierror(socket.EAI_NONAME, f"tests zoeken geen namen op buiten deze computer: {host}")


@pytest.fixture(autouse=True)
def geen_netwerk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Een poging tot verkeer naar buiten mislukt, en laat de test falen ook als de code dat opvangt."""
    _pogingen.clear()
    monkeypatch.setattr(socket.socket, "connect", _guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)
    yield
    if _pogingen:
        pytest.fail("deze test zocht verkeer buiten deze computer: " + "; ".join(_pogingen), pytrace=False)


# --- een venster -------------------------------------------------------------------------------------------


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> GeduldigeQtBot:
    """In plaats van die van pytest-qt, voor elke test die een venster bedient."""
    return GeduldigeQtBot(request)


# --- een echt venster --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def xvfb() -> Iterator[dict[str, str]]:
    """De omgeving met een eigen X-scherm (1920×1080), voor programma's die een test start met een venster."""
    eis("Xvfb", shutil.which("Xvfb") is not None)
    eis("libxcb-cursor (voor het venster)", _is_loadable("libxcb-cursor.so.0"))
    lezen, schrijven = os.pipe()
    opdracht = ["Xvfb", "-displayfd", str(schrijven), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    # Xvfb klaagt op stderr over toetsenkaarten; wat telt is of hij een schermnummer noemt.
    server = subprocess.Popen(opdracht, pass_fds=(schrijven,), stderr=subprocess.DEVNULL)
    os.close(schrijven)
    try:
        with os.fdopen(lezen) as bron:
            nummer = bron.readline().strip()
        assert nummer, "Xvfb stopte voordat hij een schermnummer noemde"
        omgeving = {naam: waarde for naam, waarde in os.environ.items() if naam != "WAYLAND_DISPLAY"}
        yield omgeving | {"DISPLAY": f":{nummer}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def _is_loadable(bibliotheek: str) -> bool:
    try:
        ctypes.CDLL(bibliotheek)
    except OSError:
        return False
    return True
