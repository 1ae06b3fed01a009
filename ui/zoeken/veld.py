"""Het zoekveld. Geeft toetsen door aan wie het bedient; de focus blijft in het veld."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from ui.tekst import set_uitleg
from ui.thema import Thema

UITLEG = "Telefoonnummer, naam met geboortedatum, BSN, postcode of zaaknummer"
_LANGSTE = 300


class Zoekveld(QLineEdit):
    """Meldt pijltjes, Enter, Escape en Ctrl+cijfer; getypte tekst wist het zelf nooit."""

    gestapt = Signal(int)
    bevestigd = Signal()
    verlaten = Signal()
    cijfer = Signal(QKeyEvent)
    betreden = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heeft_keuze: Callable[[], bool] = lambda: False
        self.setProperty("soort", "zoekveld")
        self.setAccessibleName("Zoeken")
        self.setPlaceholderText(UITLEG)
        set_uitleg(self, "Typ wat u van de klant weet en druk op Enter.")
        self.setMaxLength(_LANGSTE)
        self.setClearButtonEnabled(False)
        self.setMinimumHeight(Thema.hoofddoel)
        self.setMinimumWidth(160)
        self.setMaximumWidth(640)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        """Escape is hier van het veld, en Ctrl+cijfer zolang er klanten te kiezen zijn; anders is die toets
        van de lopende contacten."""
        is_toets = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_toets and isinstance(event, QKeyEvent) and self._is_eigen(event):
            event.accept()
            return True
        return super().event(event)

    def _is_eigen(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape or (_is_cijfer(event) and self.heeft_keuze())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.gestapt.emit(1 if toets == Qt.Key.Key_Down else -1)
        elif toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.bevestigd.emit()
        elif toets == Qt.Key.Key_Escape:
            self.verlaten.emit()
        elif _is_cijfer(event):
            self.cijfer.emit(event)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.betreden.emit()


def _is_cijfer(event: QKeyEvent) -> bool:
    ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(ctrl) and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9
