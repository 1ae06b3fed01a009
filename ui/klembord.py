"""De enige plek die iets op het klembord zet, en het er weer afhaalt.

Wat over een klant of collega gaat, komt er pas op als vastligt dat het meegaat: dat doet het venster. Wat
hier komt, is gemerkt als niet te bewaren: wie de geschiedenis van het klembord bijhoudt, slaat het over.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

_VAN_ONS = "application/x-klant-in-focus"
# Hoe Klipper (KDE) en de geschiedenis van Windows horen dat dit niet bewaard mag worden.
_NIET_BEWAREN = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
)


@dataclass(frozen=True)
class Kopie:
    """Wat iemand wil meenemen.

    `wat` komt in het logboek ("telefoon", "zaaknummer"), met `bij` (nooit persoonsgegevens, wel een
    zaaknummer); `klaar` volgt als het op het klembord staat.
    """

    van: QWidget
    tekst: str = field(repr=False)
    wat: str
    bij: dict[str, str]
    klaar: Callable[[], None]


@runtime_checkable
class Kopieerder(Protocol):
    """Het venster: legt eerst vast wat er meegaat, en van wie."""

    def copy_vastgelegd(self, kopie: Kopie) -> None: ...


def copy(van: QWidget, tekst: str, wat: str, klaar: Callable[[], None] = lambda: None, **bij: str) -> None:
    """Zet tekst uit dit widget op het klembord, zodra het venster eromheen dat heeft vastgelegd."""
    venster = van.window()
    if isinstance(venster, Kopieerder):
        venster.copy_vastgelegd(Kopie(van, tekst, wat, bij, klaar))
    else:  # een los widget, zonder diensten en dus zonder klant van een register
        put(tekst)
        klaar()


def put(tekst: str) -> None:
    """Zet tekst op het klembord die over niemand gaat, of waarvan al vastligt dat zij meegaat."""
    inhoud = QMimeData()
    inhoud.setText(tekst)
    inhoud.setData(_VAN_ONS, b"1")
    for soort, waarde in _NIET_BEWAREN:
        inhoud.setData(soort, waarde)
    QGuiApplication.clipboard().setMimeData(inhoud)
    _clear_aan_het_eind()


@cache
def _clear_aan_het_eind() -> None:
    """Als het programma stopt, neemt het mee wat het neerlegde.

    Wat Python maakte, ruimt Qt later niet meer op: zonder dit eindigt een proces zonder scherm in een crash.
    """
    atexit.register(lambda: clear_eigen() if QGuiApplication.instance() is not None else None)


def clear_eigen() -> None:
    """Haal van het klembord wat uit dit programma komt, ook wat iemand zelf aanwees en kopieerde.

    Wat een ander programma erop zette, blijft staan: daarvan weten wij niet van wie het is.
    """
    klembord = QGuiApplication.clipboard()
    inhoud = klembord.mimeData()
    if klembord.ownsClipboard() or (inhoud is not None and inhoud.hasFormat(_VAN_ONS)):
        klembord.clear()
    if klembord.supportsSelection() and klembord.ownsSelection():
        klembord.clear(QClipboard.Mode.Selection)
