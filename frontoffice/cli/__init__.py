"""De opdrachtregel `kif`: dezelfde diensten als het venster, voor beheer, controle en tests.

Kent geen Qt. Voor het venster roept `main` de functie aan die de aanroeper meegeeft. Er komt nooit een
Python-spoor naar buiten: een programmeerfout wordt een zin met een nummer, de bijzonderheden gaan naar het
logbestand.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from frontoffice.cli.opties import HULP, Opties, read_opties
from frontoffice.cli.uitvoer import ANDERS, GEWEIGERD, KLAAR, VERKEERD_GEBRUIK, Uitvoer
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.opslag import find_data_dir
from frontoffice.versie import VERSIE

Venster = Callable[[Opties], int]
_AFGEBROKEN = 130
_NIET_TE_SCHRIJVEN = (errno.ENOSPC, errno.EIO, errno.EFBIG)
_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None, venster: Venster | None = None) -> int:
    """Voer een opdracht uit en geef de uitgangscode. `venster` opent het venster, als dat wordt gevraagd."""
    argumenten = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    uitvoer = Uitvoer(als_json="--json" in argumenten)
    try:
        opties = read_opties(argumenten)
        if opties.opdracht == "venster" or (opties.opdracht == "demo" and not opties.server_only):
            return _open_venster(opties, venster)
        data_dir = find_data_dir()
        _prepare(data_dir)
        uitgang = _run(opties, uitvoer, data_dir)
        sys.stdout.flush()
        return uitgang
    except KifFout as fout:
        if fout.code != "gebruik":
            _log.info("opdracht gaf een fout", extra={"code": fout.code})
        return uitvoer.fout(fout)
    except KeyboardInterrupt:
        return _AFGEBROKEN
    except BrokenPipeError:  # wie las, is gestopt met lezen
        _drop_uitvoer()
        return ANDERS
    except Exception as bug:  # noqa: BLE001 - de laatste vangst: er komt geen Python-spoor naar buiten
        if isinstance(bug, OSError) and bug.errno in _NIET_TE_SCHRIJVEN and bug.filename is None:
            _drop_uitvoer()
            uitvoer.melding(
                "De uitvoer is niet te schrijven. Kijk of de schijf vol is; kies een andere plek."
            )
            return ANDERS
        nummer = _note_bug(bug)
        zin = f"Er ging iets mis in het programma. Geef nummer {nummer} door aan uw beheerder."
        return uitvoer.fout(KifFout(zin, code="bug"))


def _drop_uitvoer() -> None:
    """Naar nergens schrijven voorkomt een tweede fout bij het afsluiten."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_venster(opties: Opties, venster: Venster | None) -> int:
    """Het venster zorgt zelf voor logbestand en bescherming, zodra het er staat."""
    if venster is None:
        raise InvoerFout(
            "Het venster is hier niet te openen. kif --help noemt de opdrachten.", code="gebruik"
        )
    return venster(opties)


def _prepare(data_dir: Path) -> None:
    from frontoffice.logbestand import protect_process, start_logbestand

    start_logbestand(data_dir)
    protect_process(data_dir, venster=False)


def _note_bug(bug: Exception) -> str:
    from frontoffice.logbestand import log_bug, start_logbestand

    start_logbestand(find_data_dir())
    return log_bug(bug)


def _run(opties: Opties, uitvoer: Uitvoer, data_dir: Path) -> int:
    match opties.opdracht:
        case "hulp":
            hulp = opties.vraag or HULP
            uitvoer.document({"hulp": hulp})
            uitvoer.blok(hulp)
            return KLAAR
        case "versie":
            uitvoer.document({"versie": VERSIE})
            uitvoer.regel(f"Klant in Focus {VERSIE}")
            return KLAAR
        case "klant":
            from frontoffice.cli.klant import run_klant

            return run_klant(opties, uitvoer, data_dir)
        case "agenda" if opties.agenda is not None:
            from frontoffice.cli.agenda import run_agenda

            return run_agenda(opties.agenda, opties, uitvoer, data_dir)
        case "avond" if opties.avond is not None:
            from frontoffice.cli.avond import run_avond

            return run_avond(opties.avond, opties, uitvoer, data_dir)
        case "contact" if opties.contact is not None:
            from frontoffice.cli.contact import run_contact

            return run_contact(opties.contact, opties, uitvoer, data_dir)
        case "herstel" if opties.contact is not None:
            from frontoffice.cli.herstel import run_herstel

            return run_herstel(opties.contact, opties, uitvoer, data_dir)
        case "berichten" if opties.berichten is not None:
            from frontoffice.cli.berichten import run_berichten

            return run_berichten(opties.berichten, opties, uitvoer, data_dir)
        case "melding" if opties.melding is not None:
            from frontoffice.cli.melding import run_melding

            return run_melding(opties.melding, opties, uitvoer, data_dir)
        case "terugbellen" if opties.terugbellen is not None:
            from frontoffice.cli.terugbellen import run_terugbellen

            return run_terugbellen(opties.terugbellen, opties, uitvoer, data_dir)
        case "audit" if opties.audit is not None:
            from frontoffice.cli.audit import run_audit

            return run_audit(opties.audit, opties, uitvoer, data_dir)
        case "medewerker list" | "medewerker forget":
            from frontoffice.cli.medewerker import run_medewerker

            return run_medewerker(opties, uitvoer, data_dir)
        case "cijfers" if opties.cijfers is not None:
            from frontoffice.cli.cijfers import run_cijfers

            return run_cijfers(opties.cijfers, opties, uitvoer, data_dir)
        case "doctor":
            from frontoffice.cli.doctor import run_doctor

            return run_doctor(opties, uitvoer)
        case "demo":
            from frontoffice.samenstelling import serve_demo

            # De server zet zijn eigen regel op de uitvoer, of zegt op stderr waarom hij niet begint.
            uitgang = serve_demo(opties.servervlaggen)
            if uitgang == KLAAR:
                return KLAAR
            zin = "De demonstratie is niet begonnen. Kijk de vlaggen en de poort na."
            uitvoer.document({"fout": {"code": "demo", "uitleg": zin}})
            # Alles behalve 2 betekent hier dat de poort bezet is of niet mag.
            return VERKEERD_GEBRUIK if uitgang == VERKEERD_GEBRUIK else GEWEIGERD
    from frontoffice.cli.beheer import run_beheer

    return run_beheer(opties, uitvoer)


def _prepare_streams() -> None:
    """UTF-8, en nooit een fout over een teken dat de terminal niet kent. Een dichte stroom is een lege."""
    for naam, hoe in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, naam) is None:
            setattr(sys, naam, open(os.devnull, hoe, encoding="utf-8"))  # noqa: SIM115 - leeft tot het einde
    for stroom in (sys.stdout, sys.stderr):
        if hasattr(stroom, "reconfigure"):
            stroom.reconfigure(encoding="utf-8", errors="backslashreplace")
