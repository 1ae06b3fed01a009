"""Wat het venster van zichzelf onthoudt: plaats, kleuren en lettergrootte. Nooit iets over een klant.

Een INI-bestand in de map van deze werkplek; een kapot bestand geldt als leeg.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from ui.thema import Keuze

_KLEINSTE_ZICHTBAAR = 120  # pixels van een venster die op een scherm moeten vallen


class Instellingen:
    """Getypte toegang tot scherm.ini."""

    def __init__(self, data_map: Path) -> None:
        self.bestand = data_map / "scherm.ini"
        self.qsettings = QSettings(str(self.bestand), QSettings.Format.IniFormat)

    @property
    def kleuren(self) -> Keuze:
        waarde = self.qsettings.value("kleuren", "systeem")
        return next((keuze for keuze in get_args(Keuze) if keuze == waarde), "systeem")

    @kleuren.setter
    def kleuren(self, keuze: Keuze) -> None:
        self.qsettings.setValue("kleuren", keuze)

    @property
    def vergroting(self) -> float:
        try:
            return min(max(float(str(self.qsettings.value("vergroting", 1.0))), 0.5), 2.0)
        except ValueError:
            return 1.0

    @vergroting.setter
    def vergroting(self, waarde: float) -> None:
        self.qsettings.setValue("vergroting", waarde)

    def save_venster(self, venster: QMainWindow) -> None:
        self.qsettings.setValue("venster/plaats", venster.saveGeometry())

    def restore_venster(self, venster: QMainWindow, gewoon: QSize) -> None:
        """Zet het venster terug waar het stond, of in zijn gewone maat op een scherm dat er nu is."""
        plaats = self.qsettings.value("venster/plaats")
        if (
            isinstance(plaats, QByteArray)
            and venster.restoreGeometry(plaats)
            and _is_zichtbaar(venster.frameGeometry())
        ):
            return
        ruimte = _eerste_scherm()
        maat = gewoon.boundedTo(ruimte.size() - QSize(16, 48))
        venster.resize(maat)
        venster.move(ruimte.center() - QRect(0, 0, maat.width(), maat.height()).center())
        if maat != gewoon:  # een klein scherm is helemaal nodig
            venster.setWindowState(Qt.WindowState.WindowMaximized)

    def sync(self) -> None:
        self.qsettings.sync()


def _eerste_scherm() -> QRect:
    scherm = QGuiApplication.primaryScreen()
    return scherm.availableGeometry() if scherm is not None else QRect(0, 0, 1366, 768)


def _is_zichtbaar(plaats: QRect) -> bool:
    """Valt de titelbalk voor een bruikbaar deel op een scherm?"""
    balk = QRect(plaats.left(), plaats.top(), plaats.width(), 32)
    for scherm in QGuiApplication.screens():
        deel = scherm.availableGeometry().intersected(balk)
        if deel.width() >= _KLEINSTE_ZICHTBAAR and deel.height() >= 16:
            return True
    return False
