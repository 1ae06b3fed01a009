"""Bladzijden van een pdf op het scherm en naar de gewone printer van deze pc: overal hetzelfde beeld."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld

AFDRUK_DPI = 300


def to_image(blad: Paginabeeld) -> QImage:
    beeld = QImage(blad.beeldpunten, blad.breedte, blad.hoogte, blad.regellengte, QImage.Format.Format_RGB32)
    return beeld.copy()  # het geheugen van de bytes blijft van Python


def print_bladen(bladen: Iterable[Paginabeeld]) -> str:
    """Druk af zonder venster ertussen; geeft een hele zin als het niet ging, anders leeg."""
    from PySide6.QtGui import QPageLayout
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if QPrinterInfo.defaultPrinter().isNull():
        return "Er is op deze pc geen printer ingesteld. Kies Opslaan."
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    schilder = QPainter()
    for nummer, blad in enumerate(bladen):
        # De stand van het papier geldt pas vanaf de volgende bladzijde: zet haar dus eerst.
        liggend = blad.breedte > blad.hoogte
        stand = QPageLayout.Orientation.Landscape if liggend else QPageLayout.Orientation.Portrait
        printer.setPageOrientation(stand)
        if not nummer and not schilder.begin(printer):
            return "De printer geeft geen antwoord. Kies Opslaan, en druk later af."
        if nummer:
            printer.newPage()
        vlak = printer.paperRect(QPrinter.Unit.DevicePixel)
        schilder.drawImage(QRectF(vlak), to_image(blad))
    schilder.end()
    return ""
