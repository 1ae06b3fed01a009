"""Het logbestand van het programma: één JSON-regel per gebeurtenis, zonder persoonsgegevens.

Alleen velden van de lijst komen erin, en ook die door een filter. Teksten en uitzonderingen van anderen
niet: daar kan alles in staan. Van een uitzondering blijven soort, onze code en de plaats in de broncode
over. Wie welke klant bekeek staat hier niet; dat is het logboek.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from frontoffice.domain.fouten import KifFout
from frontoffice.opslag import make_private_dir

EIGEN = ("frontoffice", "ui", "kif")
_VELDEN = {
    *("register", "methode", "pad", "status", "ms", "diepte", "poging"),
    *("onderdeel", "opdracht", "soort", "code", "nummer", "aantal", "versie", "uitgang"),
}
_HOOGSTE_OMVANG = 1_000_000
_BESTANDEN = 5
_LANGSTE_TEKST = 300
_VEILIG_VELD = re.compile(r"[A-Za-z0-9_./:…+-]{0,120}")

_EMAIL = re.compile(r"[^\s@<>\"'=?&/:]+@[^\s@<>\"'?&/]+")
_EMAIL_CODE = re.compile(r"[^\s@<>\"'=?&/:]+%40[^\s@<>\"'?&/]+", re.IGNORECASE)
# Cijfers met hooguit een los scheidingsteken ertussen: "06-12 34 56 78", "123.456.782".
_CIJFERREEKS = re.compile(r"(?<![\w])(?:\+|00)?\(?[0-9](?:[ .()/-]{0,2}[0-9]){6,}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_REEKS = re.compile(r"[0-9]{9,}")
_POSTCODE = re.compile(r"\b[1-9][0-9]{3} ?[A-Z]{2}\b")


def mask(tekst: str) -> str:
    """Vervang wat op een BSN, telefoonnummer, e-mailadres of postcode lijkt door "…", op één regel."""
    tekst = "".join(teken if teken.isprintable() else " " for teken in tekst)
    tekst = _EMAIL_CODE.sub("…", _EMAIL.sub("…", tekst))
    delen: list[str] = []
    eind = 0
    for gevonden in _UUID.finditer(tekst):  # een uuid heeft lange cijferreeksen en is geen persoonsgegeven
        delen += [_mask_cijfers(tekst[eind : gevonden.start()]), gevonden[0]]
        eind = gevonden.end()
    return "".join([*delen, _mask_cijfers(tekst[eind:])])


def _mask_cijfers(tekst: str) -> str:
    tekst = _POSTCODE.sub("…", _CIJFERREEKS.sub("…", tekst))
    return _REEKS.sub(lambda reeks: "…" if _bevat_bsn(reeks[0]) else reeks[0], tekst)


def _bevat_bsn(cijfers: str) -> bool:
    from stdnum.nl import bsn as _bsn  # pas nodig als er zo'n reeks is; het venster wacht er niet op

    return any(_bsn.is_valid(cijfers[i : i + 9]) for i in range(len(cijfers) - 8))


class Regelmaker(logging.Formatter):
    """Maakt van een LogRecord één JSON-regel met alleen toegestane velden."""

    def format(self, record: logging.LogRecord) -> str:
        regel: dict[str, object] = {
            "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": mask(record.name)[:80],
        }
        if record.name.split(".")[0] in EIGEN:
            # Het sjabloon zonder de waarden: wat iemand als argument meegaf, kan persoonlijk zijn.
            regel["gebeurtenis"] = mask(str(record.msg))[:_LANGSTE_TEKST]
            regel |= {naam: _veld(waarde) for naam, waarde in record.__dict__.items() if naam in _VELDEN}
        else:
            regel["gebeurtenis"] = "melding van een bibliotheek"
        if record.exc_info and record.exc_info[1] is not None:
            regel["uitzondering"] = _keten(record.exc_info[1])
        return json.dumps(regel, ensure_ascii=False)

    def formatException(self, ei: object) -> str:  # noqa: N802 - naam van logging.Formatter
        return ""


def _veld(waarde: object) -> object:
    """Getallen en korte woorden zonder spaties blijven; al het andere wordt "…"."""
    if waarde is None or isinstance(waarde, bool):
        return waarde
    if isinstance(waarde, float):
        waarde = round(waarde, 1)
    if isinstance(waarde, int | float):
        return waarde if mask(str(waarde)) == str(waarde) else "…"
    tekst = str(waarde)
    return mask(tekst) if _VEILIG_VELD.fullmatch(tekst) else "…"


def _keten(fout: BaseException) -> list[dict[str, object]]:
    """Soort, code en plaatsen van een uitzondering en haar oorzaken, zonder tekst en zonder waarden."""
    keten: list[dict[str, object]] = []
    huidig: BaseException | None = fout
    while huidig is not None and len(keten) < 5:
        schakel: dict[str, object] = {"soort": f"{type(huidig).__module__}.{type(huidig).__qualname__}"}
        if isinstance(huidig, KifFout):
            schakel["code"] = _veld(huidig.code)
        schakel["plaatsen"] = _plaatsen(huidig.__traceback__)
        keten.append(schakel)
        huidig = huidig.__cause__ or (None if huidig.__suppress_context__ else huidig.__context__)
    return keten


def _plaatsen(spoor: TracebackType | None) -> list[str]:
    plaatsen = []
    while spoor is not None:
        code = spoor.tb_frame.f_code
        bestand = Path(code.co_filename)
        plaatsen.append(f"{bestand.parent.name}/{bestand.name}:{spoor.tb_lineno} {code.co_name}")
        spoor = spoor.tb_next
    return plaatsen[-20:]


class _PriveBestand(RotatingFileHandler):
    """Elk bestand, ook na het wisselen, is alleen leesbaar voor de gebruiker."""

    def _open(self) -> IO[str]:  # type: ignore[override]  # de bovenklasse belooft TextIOWrapper; IO[str] volstaat
        greep = os.open(
            self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        if os.name == "posix":
            os.fchmod(greep, 0o600)
        return os.fdopen(greep, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - naam van logging.Handler
        """Een volle schijf mag het werk niet breken en niets op stderr zetten."""


def start_logbestand(data_dir: Path) -> Path | None:
    """Schrijf voortaan naar `logboek/kif.log` onder `data_dir`; None als de schijf dat niet toelaat.

    Nog een keer aanroepen verhuist het logbestand.
    """
    wortel = logging.getLogger()
    for handler in [h for h in wortel.handlers if isinstance(h, _PriveBestand)]:
        wortel.removeHandler(handler)
        handler.close()
    logging.captureWarnings(True)
    try:
        map_ = make_private_dir(data_dir / "logboek")
        handler = _PriveBestand(
            map_ / "kif.log", maxBytes=_HOOGSTE_OMVANG, backupCount=_BESTANDEN, encoding="utf-8"
        )
    except OSError:
        # Zonder handler zou Python waarschuwingen met tekst en al op stderr zetten.
        if not wortel.handlers:
            wortel.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(Regelmaker())
    wortel.addHandler(handler)
    wortel.setLevel(logging.WARNING)
    for naam in EIGEN:
        logging.getLogger(naam).setLevel(logging.INFO)
    return map_ / "kif.log"


def log_bug(fout: BaseException) -> str:
    """Leg een programmeerfout vast en geef het nummer dat de medewerker kan doorgeven."""
    nummer = "F" + os.urandom(3).hex().upper()
    logging.getLogger("kif.fout").error(
        "programmeerfout", extra={"nummer": nummer}, exc_info=(type(fout), fout, fout.__traceback__)
    )
    return nummer


def protect_process(data_dir: Path, *, venster: bool) -> None:
    """Zorg dat een crash geen persoonsgegevens op schijf zet (S-04). Wat het systeem niet kent, gebeurt niet.

    Een dump is leeg (coredump_filter 0) en wordt niet geschreven (RLIMIT_CORE 0). De opdrachtregel wordt
    ook onleesbaar voor andere processen; een venster niet, want dan weigert de desktop-portal licht, donker
    en kiezers.
    """
    _start_faulthandler(data_dir)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        Path("/proc/self/coredump_filter").write_text("0")
    if not venster:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def _start_faulthandler(data_dir: Path) -> None:
    """Plaatsen van een harde crash (geen waarden) naar een eigen bestand, alleen voor de gebruiker."""
    import faulthandler

    try:
        pad = make_private_dir(data_dir / "logboek") / "crash.log"
        greep = os.open(pad, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if os.fstat(greep).st_size > _HOOGSTE_OMVANG:
            os.ftruncate(greep, 0)
    except OSError:
        return
    faulthandler.enable(file=greep)
