"""Bewaart een document op een plek die de medewerker kiest: alleen voor hem te lezen, en in één keer heel.

Laat de rechten van de map zoals ze zijn (dat is niet onze map). Een bestandsnaam bevat nooit een persoon.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from frontoffice.domain.fouten import KifFout

_GERESERVEERD = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LANGSTE = 100


class BestandFout(KifFout):
    """Een document is niet te bewaren."""

    standaard_code = "bestand"


def file_name(soort: str, kenmerk: str, uitgang: str) -> str:
    """Een veilige naam als "afspraak-2026-00041.pdf"; van `kenmerk` blijven letters, cijfers en streepjes."""
    kaal = re.sub(r"[^0-9A-Za-z]+", "-", kenmerk).strip("-")
    naam = f"{soort}-{kaal}" if kaal else soort
    if _GERESERVEERD.match(naam):
        naam = f"document-{naam}"
    return f"{naam[: _LANGSTE - len(uitgang) - 1].rstrip('-')}.{uitgang}"


def save(pad: Path, inhoud: bytes) -> Path:
    """Schrijf 0600 en in één keer: het oude of het nieuwe bestand, nooit een half. Raises BestandFout."""
    tijdelijk = pad.parent / f".nieuw-{os.urandom(8).hex()}"
    try:
        _write(tijdelijk, inhoud)
        os.replace(tijdelijk, pad)
        _sync_dir(pad.parent)
    except OSError as fout:
        raise BestandFout(_uitleg(fout), opnieuw_helpt=True) from fout
    finally:
        if os.path.lexists(tijdelijk):
            os.unlink(tijdelijk)
    return pad


def _write(pad: Path, inhoud: bytes) -> None:
    greep = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(greep, "wb") as bestand:
        bestand.write(inhoud)
        bestand.flush()
        os.fsync(bestand.fileno())


def _sync_dir(map_: Path) -> None:
    """Maak ook de nieuwe naam vast op de schijf; Windows kan dat niet en hoeft dat niet."""
    if os.name != "posix":
        return
    greep = os.open(map_, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(greep)
    finally:
        os.close(greep)


def _uitleg(fout: OSError) -> str:
    if fout.errno in (errno.ENOSPC, errno.EDQUOT):
        return "De schijf is vol. Maak ruimte of kies een andere map."
    if fout.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "In deze map mag u niet schrijven. Kies een andere map."
    if fout.errno in (errno.ENOENT, errno.ENOTDIR):
        return "Deze map bestaat niet meer. Kies een andere map."
    if fout.errno == errno.EISDIR:
        return "Er is al een map met deze naam. Kies een andere naam."
    return "Het bestand is niet bewaard. Probeer het opnieuw of kies een andere map."
