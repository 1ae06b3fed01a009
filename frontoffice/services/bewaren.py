"""Een document uit een register als bestand bewaren: veilige naam, in één keer, nooit over iets heen.

Opent het bestand niet en weet niet van wie het is.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.zaak import ZaakDocument

LANGSTE_NAAM = 120
_VERBODEN = re.compile(r'[<>:"/\\|?*]+')
_GERESERVEERD = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE
)
_UITGANGEN = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
}


def veilige_naam(document: ZaakDocument) -> str:
    """De bestandsnaam uit het register, of de titel met een uitgang bij het formaat; veilig op elk
    systeem."""
    naam = schone_bestandsnaam(document.bestandsnaam)
    if naam:
        return naam
    uitgang = _UITGANGEN.get(document.formaat.partition(";")[0].strip().lower(), "")
    stam = schone_bestandsnaam(document.titel) or "document"
    return schone_bestandsnaam(stam if stam.lower().endswith(uitgang) else stam + uitgang)


def schone_bestandsnaam(naam: str) -> str:
    """Zonder mappen, stuurtekens en namen die Windows zelf gebruikt; ten hoogste 120 tekens; "" als niets
    blijft."""
    zichtbaar = "".join(t for t in unicodedata.normalize("NFC", naam) if unicodedata.category(t)[0] != "C")
    laatste = re.split(r"[/\\]", zichtbaar)[-1]
    schoon = " ".join(_VERBODEN.sub("_", laatste).split()).strip(". ")
    if not any(teken.isalnum() for teken in schoon):
        return ""
    if _GERESERVEERD.match(schoon):
        schoon = f"_{schoon}"
    return _kort_in(schoon)


def _kort_in(naam: str, ruimte: int = LANGSTE_NAAM) -> str:
    """Ten hoogste `ruimte` tekens en 240 bytes (een naam op schijf kent er 255), met behoud van de
    uitgang."""
    stam, uitgang = os.path.splitext(naam)
    if len(uitgang) > 10:
        stam, uitgang = naam, ""
    stam = stam[: ruimte - len(uitgang)]
    while len((stam + uitgang).encode()) > 240:
        stam = stam[:-1]
    return stam.rstrip(". ") + uitgang


def bewaar(doel: Path, document: ZaakDocument, schrijf: Callable[[BinaryIO], None]) -> Path:
    """Bewaar wat `schrijf` levert; `doel` is een map, of een bestand dat iemand zelf koos.

    Eerst in een tijdelijk bestand ernaast, dan in één stap de echte naam. Bestaat die al, dan komt er " (2)"
    achter. Geeft het gemaakte bestand terug. Mislukt het, dan blijft er niets achter. Raises KifFout.
    """
    map_, naam = (
        (doel, veilige_naam(document)) if doel.is_dir() else (doel.parent, schone_bestandsnaam(doel.name))
    )
    tijdelijk: Path | None = None
    try:
        greep, pad = tempfile.mkstemp(prefix=".kif-", suffix=".deel", dir=map_)
        tijdelijk = Path(pad)
        with os.fdopen(greep, "wb") as bestand:
            schrijf(bestand)
            bestand.flush()
            os.fsync(bestand.fileno())
        return _geef_naam(tijdelijk, map_, naam or "document")
    except OSError as fout:
        raise KifFout(
            f"Opslaan is niet gelukt: {fout.strerror or 'de schijf weigert'}. Kies een andere map.",
            code="opslaan_mislukt",
        ) from fout
    finally:
        if tijdelijk is not None:
            tijdelijk.unlink(missing_ok=True)


def _geef_naam(tijdelijk: Path, map_: Path, naam: str) -> Path:
    stam, uitgang = os.path.splitext(naam)
    for nummer in range(1, 1000):
        achter = f" ({nummer})" if nummer > 1 else ""
        einddoel = map_ / (
            _kort_in(stam + uitgang, LANGSTE_NAAM - len(achter)).removesuffix(uitgang) + achter + uitgang
        )
        if _zet_neer(tijdelijk, einddoel):
            return einddoel
    raise FileExistsError(17, "er staan al te veel bestanden met deze naam")


def _zet_neer(tijdelijk: Path, einddoel: Path) -> bool:
    """Onwaar als er al iets met deze naam is. Een harde link overschrijft nooit; niet elke schijf kent
    die."""
    try:
        os.link(tijdelijk, einddoel)
    except FileExistsError:
        return False
    except OSError:
        if einddoel.exists():
            return False
        os.rename(tijdelijk, einddoel)
    return True
