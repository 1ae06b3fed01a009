"""De enige plek die iets op het klembord zet, en het er weer afhaalt.

Wat hier komt, is gemerkt als niet te bewaren: wie de geschiedenis van het klembord bijhoudt, slaat het over.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

_VAN_ONS = "application/x-klant-in-focus"
# Hoe Klipper (KDE) en de geschiedenis van Windows horen dat dit niet bewaard mag worden.
_NIET_BEWAREN = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
)


def copy(tekst: str) -> None:
    """Zet tekst op het klembord."""
    inhoud = QMimeData()
    inhoud.setText(tekst)
    inhoud.setData(_VAN_ONS, b"1")
    for soort, waarde in _NIET_BEWAREN:
        inhoud.setData(soort, waarde)
    QGuiApplication.clipboard().setMimeData(inhoud)


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
