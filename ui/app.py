"""Zet het venster op het scherm en bouwt daarna, op de achtergrond, wat erachter hoort.

Eerst het veld waarin men kan typen; alles wat zwaar is komt na het eerste beeld.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from frontoffice.domain.fouten import Geannuleerd, KifFout
from frontoffice.opslag import find_data_dir, make_private_dir
from frontoffice.ports import Stop
from frontoffice.versie import VERSIE
from ui.achtergrond import Achtergrond
from ui.acties import Acties
from ui.geheugen import calm_geheugen, limit_arenas
from ui.hoofdvenster import TITEL, Hoofdvenster
from ui.instellingen import Instellingen
from ui.scherm_aanwezig import GEEN_SCHERM, has_scherm
from ui.thema import Thema
from ui.vangnet import Vangnet

if TYPE_CHECKING:
    from frontoffice.samenstelling import Diensten

# Opent de diensten op een andere draad, en sluit ze weer.
Bron = Callable[[], "AbstractContextManager[Diensten]"]


class Programma(QObject):
    """Venster, achtergrond en services samen, van de eerste verf tot het sluiten."""

    klaar = Signal(object)  # Diensten
    mislukt = Signal(object)  # KifFout

    def __init__(self, app: QApplication, data_map: Path, bron: Bron) -> None:
        super().__init__()
        self._app = app
        self._data_map = data_map
        self._bron = bron
        self._stapel: list[ExitStack] = []
        self._stop = Stop()
        self._gebouwd = False
        self.instellingen = Instellingen(data_map)
        self.thema = Thema(self.instellingen.kleuren, self.instellingen.vergroting)
        self.thema.apply(app)
        self.achtergrond = Achtergrond()
        self.vangnet = Vangnet()
        self.acties = Acties(self.thema)
        self.venster = Hoofdvenster(None, self.acties, self.thema, self.achtergrond, self.instellingen)
        self.vangnet.gemeld.connect(self.venster.show_storing)
        self.venster.opnieuw_starten.connect(self.build)
        # Eerst de toetsen die al klaarliggen: het werk begint pas als Qt weer aan de beurt is geweest.
        self.venster.getekend.connect(lambda: QTimer.singleShot(0, self, self._after_eerste_beeld))
        app.clipboard().selectionChanged.connect(_clear_selectie)

    def start(self) -> None:
        self.vangnet.install()
        self.venster.show()

    def build(self) -> None:
        """Bouw de services op een andere draad. Mag opnieuw na een fout."""
        self.venster.show_bezig()
        bron, stapel = self._bron, self._stapel
        self.achtergrond.start(
            lambda stop: _open_diensten(bron, stapel, stop), self._receive, self._report, self._stop
        )

    def close(self) -> None:
        """Stop al het werk en sluit verbindingen en demonstratie; wacht niet op wat hangt."""
        self._stop.set()
        self.achtergrond.close()
        _close_alles(self._stapel)

    def _after_eerste_beeld(self) -> None:
        from frontoffice.logbestand import protect_process, start_logbestand

        self.build()
        start_logbestand(self._data_map)
        protect_process(self._data_map, venster=True)
        self._vertaler = QTranslator(self)
        if self._vertaler.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self._vertaler)
        self.venster.load_iconen()
        QTimer.singleShot(500, self._listen_slot)

    def _listen_slot(self) -> None:
        from ui.vergrendeling import Vergrendeling

        self._slot = Vergrendeling()
        self._slot.vergrendeld.connect(self.venster.afdekking.cover)
        self._slot.listen()

    def _receive(self, diensten: Diensten) -> None:
        self.venster.set_diensten(diensten)
        calm_geheugen()
        self.klaar.emit(diensten)

    def _report(self, fout: KifFout) -> None:
        self.venster.show_startfout(fout)
        self.mislukt.emit(fout)


def run(argv: Sequence[str], profiel_pad: Path | None = None) -> int:
    """Open het venster en blijf tot het dichtgaat. Geeft de uitgangscode.

    `argv`: --profile BESTAND, en --proef om het programma zonder scherm één klant te laten openen.
    """
    opties = _parse(argv)
    if opties.proef:
        from ui.proef import run_proef

        return run_proef()
    if not has_scherm():
        print(GEEN_SCHERM, file=sys.stderr)
        return 1
    from ui.enkel import EnkelVenster
    from ui.signalen import Signalen

    app = build_app()
    data_map = find_data_dir()
    try:
        make_private_dir(data_map)
    except OSError:
        print("De map voor gegevens is niet te maken. Kijk of u daar mag schrijven.", file=sys.stderr)
        return 1
    enkel = EnkelVenster(data_map)
    if not enkel.claim():
        return 0
    programma = Programma(app, data_map, profiel_bron(profiel_pad, opties.profiel))
    enkel.gevraagd.connect(programma.venster.come_naar_voren)
    signalen = Signalen(programma.venster.close)
    try:
        programma.start()
        return app.exec()
    finally:
        enkel.close()
        programma.close()
        signalen.close()


def build_app() -> QApplication:
    """De QApplication met naam, versie en Nederlandse getallen en datums. Vóór de eerste draad."""
    limit_arenas()
    # Een drukke draad houdt het scherm per keer hoogstens een tiende milliseconde op.
    sys.setswitchinterval(0.0001)
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    app = QApplication([TITEL])
    app.setApplicationName("klant-in-focus")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(VERSIE)
    app.setDesktopFileName("klant-in-focus")
    return app


def profiel_bron(pad: Path | None, gekozen: str | None = None) -> Bron:
    """De diensten van een profiel; zonder pad dat van `--profile`, van KIF_PROFILE of de demonstratie."""

    def enter() -> AbstractContextManager[Diensten]:
        from frontoffice.profiel import profielpad
        from frontoffice.samenstelling import open_diensten

        return open_diensten(pad or profielpad(gekozen))

    return enter


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    lezer = argparse.ArgumentParser(prog="kif", add_help=False)
    lezer.add_argument("--profile", dest="profiel")
    lezer.add_argument("--proef", action="store_true")
    return lezer.parse_args(list(argv))


def _open_diensten(bron: Bron, stapel: list[ExitStack], stop: Stop) -> Diensten:
    """Draait op een andere draad. Wat open is, staat op `stapel`; wie het laatst kijkt, sluit het."""
    begin = ExitStack()
    diensten = begin.enter_context(bron())
    stapel.append(begin)
    if not stop.is_gezet:
        import ui.klantbeeld.scherm  # noqa: F401 - vast laden, dan hoeft het scherm er niet op te wachten

        diensten.warm()
    if stop.is_gezet:
        _close_alles(stapel)
        raise Geannuleerd()
    return diensten


def _close_alles(stapel: list[ExitStack]) -> None:
    while stapel:
        try:
            begin = stapel.pop()
        except IndexError:  # de andere draad was net eerder
            return
        begin.close()


def _clear_selectie() -> None:
    """Wat iemand aanwijst om te lezen, hoort niet ongemerkt op het tweede klembord van X11."""
    klembord = QApplication.clipboard()
    if klembord.supportsSelection() and klembord.ownsSelection():
        klembord.clear(QClipboard.Mode.Selection)


def seconden_sinds_start() -> float:
    """Seconden sinds dit proces begon; buiten Linux sinds Python zijn klok startte."""
    try:
        velden = Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        sinds_opstart = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
        import os

        return sinds_opstart - int(velden[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.process_time()
