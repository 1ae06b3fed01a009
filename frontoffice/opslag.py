"""Voorraad op schijf voor wat niet persoonlijk is, zoals de catalogus; overleeft het programma.

Een bestand per sleutel, 0600 in een map 0700, in een keer vervangen. Hoe oud een voorraad mag zijn beslist
wie haar gebruikt. Een kapotte of vreemde voorraad geldt als leeg, en een volle schijf breekt niets af.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import stat
from collections.abc import Mapping
from pathlib import Path

APPLICATIE = "klant-in-focus"
_KOP = b"KIF-VOORRAAD-1\n"
_HOOGSTE_AANTAL = 20
_HOOGSTE_OMVANG = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


def find_data_dir(omgeving: Mapping[str, str] | None = None) -> Path:
    """De map van deze werkplek: KIF_DATA_DIR, anders de gewone plaats van het systeem. Maakt niets."""
    gekozen = (os.environ if omgeving is None else omgeving).get("KIF_DATA_DIR", "")
    if gekozen:
        return Path(gekozen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATIE, appauthor=False))


def make_private_dir(pad: Path) -> Path:
    """Maak de map, alleen voor deze gebruiker (0700), ook als ze al bestond. Raises OSError.

    Een map van een ander of een gedeelde map (zoals /tmp, te zien aan de sticky bit) blijft zoals ze is.
    """
    pad.mkdir(mode=0o700, parents=True, exist_ok=True)
    stand = pad.stat()
    if os.name == "posix" and stand.st_uid == os.getuid() and not stand.st_mode & stat.S_ISVTX:
        pad.chmod(0o700)
    return pad


def open_private(pad: Path) -> int:
    """Open een gewoon bestand om te lezen, zonder een symbolische link te volgen. Raises OSError."""
    greep = os.open(pad, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(greep).st_mode):
        os.close(greep)
        raise FileNotFoundError(errno.ENOENT, "geen gewoon bestand")
    return greep


def read_private(pad: Path, hoogste_omvang: int) -> bytes | None:
    """De inhoud van een gewoon bestand; None als het er niet is, een link is of te groot."""
    try:
        with os.fdopen(open_private(pad), "rb") as bestand:
            inhoud = bestand.read(hoogste_omvang + 1)
    except OSError:
        return None
    return inhoud if len(inhoud) <= hoogste_omvang else None


def write_private(pad: Path, inhoud: bytes, *, vervang: bool = True, wacht_op_schijf: bool = True) -> bool:
    """Schrijf 0600 en in een keer: een lezer ziet het oude of het nieuwe bestand, nooit een half.

    Met `vervang` onwaar blijft een bestaand bestand staan en is de uitkomst onwaar. Zonder `wacht_op_schijf`
    kan na stroomuitval het oude bestand er nog staan. Raises OSError.
    """
    make_private_dir(pad.parent)
    naam = pad.parent / f".nieuw-{os.urandom(8).hex()}"
    greep = os.open(naam, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            if wacht_op_schijf:
                os.fsync(bestand.fileno())
        if vervang:
            os.replace(naam, pad)
            return True
        try:
            os.link(naam, pad)
        except FileExistsError:
            return False
        return True
    finally:
        if os.path.lexists(naam):
            os.unlink(naam)


class SchijfOpslag:
    """Port `Opslag` in een map."""

    def __init__(self, map_: Path) -> None:
        self._map = map_

    def get(self, sleutel: str) -> bytes | None:
        ruw = read_private(self._pad(sleutel), _HOOGSTE_OMVANG)
        if ruw is None or not ruw.startswith(_KOP):
            return None
        som, inhoud = ruw[len(_KOP) : len(_KOP) + 32], ruw[len(_KOP) + 32 :]
        return inhoud if hashlib.sha256(inhoud).digest() == som else None

    def set(self, sleutel: str, inhoud: bytes) -> None:
        try:
            write_private(self._pad(sleutel), _KOP + hashlib.sha256(inhoud).digest() + inhoud)
            self._prune()
        except OSError:
            _log.warning("voorraad niet bewaard", extra={"code": "voorraad_schrijven"})

    def _prune(self) -> None:
        """Houd de nieuwste: elke demonstratie heeft een eigen poort, en dus een eigen sleutel."""
        bestanden = sorted(self._map.glob("*.kif"), key=lambda pad: pad.stat().st_mtime, reverse=True)
        for oud in bestanden[_HOOGSTE_AANTAL:]:
            oud.unlink(missing_ok=True)

    def _pad(self, sleutel: str) -> Path:
        """De bestandsnaam is een afdruk van de sleutel: veilig op elke schijf en zonder leesbare inhoud."""
        return self._map / (hashlib.sha256(sleutel.encode()).hexdigest()[:40] + ".kif")
