"""De demonstratieserver als los proces: één regel JSON zodra hij antwoordt, en netjes weg bij SIGTERM.

Ook voor `kif demo --server-only`. Zet alleen een profiel op schijf, in een eigen map die bij het einde
weggaat.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path
from types import FrameType

from frontoffice.demo.profieltekst import make_profiel
from frontoffice.demo.storing import SOORTEN, parse_per_register


class _Parser(argparse.ArgumentParser):
    """argparse met Nederlandse kop bij een fout; die hoort op stderr en geeft 2."""

    def error(self, message: str) -> None:  # type: ignore[override]  # keert niet terug
        self.exit(2, f"Deze opdracht klopt niet: {message}\nGebruik --help voor de mogelijkheden.\n")


def _parser() -> argparse.ArgumentParser:
    storingen = "; ".join(f"{naam}: {uitleg}" for naam, uitleg in SOORTEN.items())
    parser = _Parser(
        prog="kif demo --server-only", description="De ingebouwde centrale API met het verzonnen Losser."
    )
    parser.add_argument("--server-only", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help="poort op 127.0.0.1; 0 is een vrije poort")
    parser.add_argument("--seed", type=int, default=1, help="zelfde getal, zelfde inwoners")
    parser.add_argument(
        "--vandaag", type=date.fromisoformat, default=None, metavar="JJJJ-MM-DD", help="de dag van vandaag"
    )
    parser.add_argument("--storing", action="append", default=[], metavar="REGISTER=STORING", help=storingen)
    parser.add_argument(
        "--latency-ms", type=float, default=0.0, help="wacht zoveel milliseconden voor elk antwoord"
    )
    parser.add_argument(
        "--tot-stdin-dicht", action="store_true", help="stop als stdin dichtgaat (het ouderproces is weg)"
    )
    return parser


def run(argv: list[str]) -> int:
    """Draait tot SIGTERM of Ctrl+C (dan 0); 2 bij verkeerd gebruik, 1 als de poort bezet is."""
    try:
        opties = _parser().parse_args(argv)
        storingen = parse_per_register(opties.storing)
    except SystemExit as einde:
        return int(einde.code or 0)
    except ValueError as fout:
        print(fout, file=sys.stderr)
        return 2
    from frontoffice.demo.server import DemoServer

    try:
        server = DemoServer(opties.seed, opties.vandaag, opties.port, storingen, opties.latency_ms)
    except (OSError, OverflowError):
        print(
            f"Poort {opties.port} is bezet of mag niet. Kies een andere, of 0 voor een vrije.",
            file=sys.stderr,
        )
        return 1
    klaar = threading.Event()
    if threading.current_thread() is threading.main_thread():
        _vang_signalen(klaar)
    if opties.tot_stdin_dicht:
        threading.Thread(target=_wacht_op_ouder, args=(klaar,), daemon=True).start()
    map_ = Path(tempfile.mkdtemp(prefix="kif-demo-"))  # mkdtemp geeft 0700
    try:
        with server:
            profiel = map_ / "profiel.toml"
            profiel.write_text(make_profiel(server.basis, opties.vandaag), encoding="utf-8")
            melding = {
                "basis": server.basis,
                "profiel": str(profiel),
                "voorbeelden": server.wereld.voorbeelden(),
            }
            print(json.dumps(melding, ensure_ascii=False), flush=True)
            server.wereld.warm_up()
            klaar.wait()
    finally:
        shutil.rmtree(map_, ignore_errors=True)
    return 0


def _vang_signalen(einde: threading.Event) -> None:
    def stop(nummer: int, frame: FrameType | None) -> None:
        einde.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _wacht_op_ouder(einde: threading.Event) -> None:
    """Leest stdin tot het einde: dat komt ook als de ouder met kill -9 verdwijnt."""
    try:
        while os.read(0, 1024):
            pass
    except OSError:
        pass
    einde.set()
