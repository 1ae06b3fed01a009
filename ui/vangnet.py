"""Vangt programmafouten en meldingen van Qt: een nummer in het logbestand en een regel in het venster.

Toont nooit een dialoog en zet nooit de tekst van een fout op het scherm: daar kan van alles in staan.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

_log = logging.getLogger("ui.qt")
_NIVEAUS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Vangnet(QObject):
    """`gemeld` draagt een zin met het nummer van een programmeerfout; mag van elke draad komen."""

    gemeld = Signal(str)

    def install(self) -> None:
        """Neem sys.excepthook en de meldingen van Qt over."""
        sys.excepthook = self.handle
        qInstallMessageHandler(_log_qt)

    def handle(self, soort: type[BaseException], fout: BaseException, spoor: TracebackType | None) -> None:
        """Leg een programmeerfout vast en meld haar nummer. Ctrl+C blijft Ctrl+C."""
        if issubclass(soort, KeyboardInterrupt):
            sys.__excepthook__(soort, fout, spoor)
            return
        from frontoffice.logbestand import log_bug  # pas nodig als er iets misgaat

        nummer = log_bug(fout)
        print(f"Er ging iets mis in het programma. Nummer {nummer} staat in het logbestand.", file=sys.stderr)
        self.gemeld.emit(
            f"Er ging iets mis in het programma. Probeer het nog een keer. "
            f"Blijft het misgaan? Geef dan nummer {nummer} door aan de beheerder."
        )


def _log_qt(soort: QtMsgType, plaats: QMessageLogContext, bericht: str) -> None:
    """Alleen de soort melding en haar categorie: de tekst van Qt kan een bestandsnaam bevatten."""
    categorie = plaats.category or "default"
    _log.log(_NIVEAUS.get(soort, logging.WARNING), "melding van Qt", extra={"soort": categorie})
