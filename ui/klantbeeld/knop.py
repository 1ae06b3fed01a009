"""Een knop die ook op Enter reageert; in Qt doet een gewone knop dat alleen in een dialoog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui import bouwstenen


class Knop(bouwstenen.Knop):
    """Spatie en Enter drukken de knop in. Wie Enter vasthoudt, drukt één keer."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()
