"""Zet het venster op het scherm en bouwt daarna, op de achtergrond, wat erachter hoort.

Eerst het veld waarin men kan typen; alles wat zwaar is komt na het eerste beeld.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
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

_LANGSTE_OPROEP = 1000
# Opent de diensten op een andere draad, en sluit ze weer.
Bron = Callable[[], "AbstractContextManager[Diensten]"]
_log = logging.getLogger(__name__)

_VOORAF = (
    "ui.klantbeeld.scherm", "ui.contact.strook", "ui.contact.amberband", "ui.contact.gesprekken",
    "ui.contact.terugbeldienst", "ui.contact.regel", "ui.contact.beeld", "ui.vandaag.deelvak",
)  # fmt: skip
"""Wat het venster straks maakt: op de andere draad geladen, dan staat het scherm er niet op te wachten."""


class Programma(QObject):
    """Venster, achtergrond en services samen, van de eerste verf tot het sluiten.

    Op een gedeeld account krijgt elke medewerker een eigen venster en eigen services: zo blijft er van de
    vorige niets staan, ook niet wat een volgend scherm zou vergeten te wissen.
    """

    klaar = Signal(object)  # Diensten
    mislukt = Signal(object)  # KifFout

    def __init__(self, app: QApplication, data_map: Path, bron: Bron) -> None:
        super().__init__()
        self._app = app
        self._data_map = data_map
        self._bron = bron
        self._stapel: list[ExitStack] = []
        self._stop = Stop()
        self._basis: Diensten | None = None
        self._eigen: Diensten | None = None
        self._oproep = ""
        self.instellingen = Instellingen(data_map)
        self.thema = Thema(self.instellingen.kleuren, self.instellingen.vergroting)
        self.thema.apply(app)
        self.achtergrond = Achtergrond()
        self.vangnet = Vangnet()
        self.acties, self.venster = self._make_venster()
        self.vangnet.gemeld.connect(self._show_storing)
        # Eerst de toetsen die al klaarliggen: het werk begint pas als Qt weer aan de beurt is geweest.
        self.venster.getekend.connect(self._wait_eerste_beeld)
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
        if self._basis is not None and self._eigen is not None:
            _leave(self._basis, self._eigen, "afgesloten")
        _close_alles(self._stapel)

    def close_venster(self) -> None:
        self.venster.close()

    def come_naar_voren(self) -> None:
        self.venster.come_naar_voren()

    def receive_oproep(self, tekst: str) -> None:
        """De telefooncentrale zegt wie er belt; tijdens een gesprek verandert er niets in beeld."""
        if self._eigen is None:
            self._oproep = tekst
            self.venster.come_naar_voren()
        elif self.venster.contacten.inkomend.receive(tekst):
            self.venster.come_naar_voren()

    def wissel(self) -> None:
        """De medewerker gaat weg: een leeg venster op dezelfde plaats, waarin de volgende zich aanmeldt.

        Wat hij typte staat op schijf voordat zijn venster weg is, en komt terug als hij zich weer aanmeldt.
        """
        from ui.klembord import clear_eigen

        if self._basis is None or self._eigen is None or self._basis is self._eigen:
            return
        basis, eigen, self._eigen = self._basis, self._eigen, None
        oud, oude_acties = self.venster, self.acties
        self.instellingen.save_venster(oud)
        self.acties, self.venster = self._make_venster()
        self.venster.load_iconen()
        self.venster.show()
        oud.close()
        clear_eigen()
        for weg in (oud, oude_acties):  # aan de handelingen hangt alles wat zij zouden doen
            weg.deleteLater()
        self.achtergrond.start(
            lambda _: _leave(basis, eigen, "gewisseld"),
            lambda _: self.venster.ask_aanmelden(basis),
            self._report,
            self._stop,
        )

    def _make_venster(self) -> tuple[Acties, Hoofdvenster]:
        acties = Acties(self.thema)
        venster = Hoofdvenster(None, acties, self.thema, self.achtergrond, self.instellingen)
        self.thema.dress(venster)
        venster.opnieuw_starten.connect(self.build)
        venster.wissel_gevraagd.connect(self.wissel)
        venster.aanmelden.aangemeld.connect(self._begin)
        return acties, venster

    def _wait_eerste_beeld(self) -> None:
        QTimer.singleShot(0, self, self._after_eerste_beeld)

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
        self._slot.vergrendeld.connect(self._cover)
        self._slot.listen()

    def _cover(self) -> None:
        self.venster.afdekking.cover()

    def _show_storing(self, zin: str) -> None:
        self.venster.show_storing(zin)

    def _receive(self, diensten: Diensten) -> None:
        self._basis = diensten
        if diensten.aanmelden is None:
            self._begin(diensten)
        else:
            self.venster.ask_aanmelden(diensten)

    def _begin(self, diensten: Diensten) -> None:
        """Bekend is wie er werkt."""
        self._eigen = diensten
        self.venster.set_diensten(diensten)
        if diensten is not self._basis:  # op een eigen account kan iemand al aan het typen zijn
            self.venster.focus_zoekveld()
            self._set_slot(diensten)
        calm_geheugen()
        gesprekken = self.venster.contacten.gesprekken
        if self._oproep and gesprekken is not None:  # eerst staat er weer wat er nog liep
            gesprekken.hersteld.connect(self._receive_bewaarde, Qt.ConnectionType.SingleShotConnection)
        self.klaar.emit(diensten)

    def _set_slot(self, diensten: Diensten) -> None:
        """Op een gedeeld account gaat een afgedekt scherm alleen open met de code van wie er werkt."""
        from ui.aanmelden.slot import Accountslot

        dienst = None if self._basis is None else self._basis.aanmelden
        assert dienst is not None
        venster = self.venster
        slot = Accountslot(dienst, diensten.profiel.medewerker, self.achtergrond, venster)
        # Erna: de knop die dit meldt, staat op het venster dat dan weggaat.
        slot.verlaten.connect(venster.wissel_gevraagd, Qt.ConnectionType.QueuedConnection)
        venster.afdekking.set_slot(slot)

    def _receive_bewaarde(self, _aantal: int) -> None:
        tekst, self._oproep = self._oproep, ""
        self.receive_oproep(tekst)

    def _report(self, fout: KifFout) -> None:
        self.venster.show_startfout(fout)
        self.mislukt.emit(fout)


def run(argv: Sequence[str], profiel_pad: Path | None = None) -> int:
    """Open het venster en blijf tot het dichtgaat. Geeft de uitgangscode.

    `argv`: --profile BESTAND, --proef om het programma zonder scherm één klant te laten openen, en --zoek
    TEKST voor de telefooncentrale ("-" = van de invoer). Loopt er al een venster, dan krijgt dat de oproep.
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
    oproep = read_oproep(opties.zoek, opties.profiel)
    enkel = EnkelVenster(data_map)
    if not enkel.claim(oproep):
        return 0
    programma = Programma(app, data_map, profiel_bron(profiel_pad, opties.profiel))
    enkel.gevraagd.connect(programma.come_naar_voren)
    enkel.oproep.connect(programma.receive_oproep)
    if oproep:
        programma.receive_oproep(oproep)
    signalen = Signalen(programma.close_venster)
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


def read_oproep(zoek: str, profiel: str | None) -> str:
    """Wie er belt. Buiten de demonstratie alleen van de invoer: andere programma's lezen de opdrachtregel.

    Raises InvoerFout.
    """
    from frontoffice.domain.fouten import InvoerFout
    from frontoffice.profiel import profielpad

    if zoek == "-":
        return sys.stdin.buffer.readline(_LANGSTE_OPROEP).decode("utf-8", "replace").strip()
    if zoek and profielpad(profiel) is not None:
        raise InvoerFout(
            "Zet persoonsgegevens niet op de opdrachtregel: andere programma's kunnen die lezen. "
            "Gebruik --zoek - en schrijf het nummer naar de invoer.",
            code="vraag_op_opdrachtregel",
        )
    return zoek


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    lezer = argparse.ArgumentParser(prog="kif", add_help=False)
    lezer.add_argument("--profile", dest="profiel")
    lezer.add_argument("--proef", action="store_true")
    lezer.add_argument("--zoek", default="")
    return lezer.parse_args(list(argv))


def _open_diensten(bron: Bron, stapel: list[ExitStack], stop: Stop) -> Diensten:
    """Draait op een andere draad. Wat open is, staat op `stapel`; wie het laatst kijkt, sluit het."""
    begin = ExitStack()
    diensten = begin.enter_context(bron())
    stapel.append(begin)
    if not stop.is_gezet:
        for naam in _VOORAF:
            importlib.import_module(naam)
        diensten.warm()
    if stop.is_gezet:
        _close_alles(stapel)
        raise Geannuleerd()
    return diensten


def _leave(basis: Diensten, eigen: Diensten, reden: str) -> None:
    """Leg vast dat de medewerker weg is, en sluit wat van hem was. Op een eigen account: niets."""
    if basis.aanmelden is None:
        return
    try:
        basis.aanmelden.sign_out(eigen.profiel.medewerker.identificatie, reden)
    except KifFout as fout:  # weggaan mag altijd; wie hierna begint, hoort wat er mis is
        _log.warning("afmelden niet vastgelegd", extra={"code": fout.code})
    eigen.close()


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
