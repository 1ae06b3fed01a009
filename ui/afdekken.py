"""Scherm afdekken: in één toets is van geen enkel venster nog iets te zien of voor te lezen.

De inhoud is echt verborgen, ook voor hulptechniek, en komt onveranderd terug. Raakt het klembord niet aan en
vraagt geen wachtwoord: dat doet het systeem.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.tekst import Tekst
from ui.thema import Thema

_INVOER = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip
_TOETSEN = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
# Wat onder het dek nog mag: weghalen, en met Tab en Enter bij de knop komen.
_VRIJ = frozenset({
    Qt.Key.Key_F12, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
})  # fmt: skip

# Een verborgen widget staat bij Qt nog in de toegankelijke boom, met tekst. Alleen kinderen met deze naam
# laat Qt eruit (qaccessiblewidgets.cpp, _q_ac_childWidgets). Uit het venster halen kan ook, maar kost 250 ms.
_BUITEN_DE_BOOM = "qt_rubberband"


class Dek(QWidget):
    """Wat er in een venster te zien is zolang het scherm is afgedekt; ligt over alles heen."""

    def __init__(self, venster: QWidget, verder: Callable[[], None]) -> None:
        super().__init__(venster)
        self.setProperty("soort", "dek")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Scherm afgedekt")
        self.knop = Knop("Verder werken", verder, soort="hoofd")
        kolom = QVBoxLayout(self)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addStretch(1)
        midden = Qt.AlignmentFlag.AlignHCenter
        kolom.addWidget(Tekst("Het scherm is afgedekt", rol="kop1"), 0, midden)
        kolom.addWidget(
            Tekst("Uw werk staat klaar. Druk op F12 of kies Verder werken.", rol="gedempt"), 0, midden
        )
        kolom.addSpacing(Thema.afstand)
        kolom.addWidget(self.knop, 0, midden)
        kolom.addStretch(2)
        self.setGeometry(venster.rect())
        venster.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Het dek is zo groot als het venster, ook als dat verandert."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


@dataclass
class _Afgedekt:
    """Een venster, zijn dek, en wat eronder verborgen is met de eigen objectnaam."""

    venster: QWidget
    dek: Dek
    verborgen: tuple[tuple[QWidget, str], ...]


class Afdekking(QObject):
    """Dekt alle vensters af, met de hand, na een tijd zonder invoer of als het systeem vergrendelt.

    Hoort bij `parent` en verdwijnt daarmee: anders zou haar wekker later een ander venster afdekken.
    """

    gewijzigd = Signal(bool)

    def __init__(
        self,
        minuten: float = 5,
        klok: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._klok = klok
        self._laatst = klok()
        self._afgedekt: list[_Afgedekt] = []
        self._focus: QWidget | None = None
        self._gevolgd: set[int] = set()
        self._wekker = QTimer(self)
        self._wekker.timeout.connect(self.check_rust)
        self.set_minuten(minuten)

    @property
    def is_afgedekt(self) -> bool:
        return bool(self._afgedekt)

    def set_minuten(self, minuten: float) -> None:
        """Na hoeveel minuten zonder toets of muis het scherm zichzelf afdekt."""
        self._seconden = minuten * 60
        self._wekker.start(max(50, min(5_000, int(self._seconden * 100))))

    def follow(self, app: QApplication) -> None:
        """Let op invoer in elk venster dat ooit de focus krijgt."""
        app.focusWindowChanged.connect(self._follow_venster)
        self._follow_venster(app.focusWindow())

    def check_rust(self) -> None:
        """Dek af als er te lang geen invoer was; de eigen wekker roept dit."""
        if not self.is_afgedekt and self._klok() - self._laatst >= self._seconden:
            self.cover()

    def toggle(self) -> None:
        if self.is_afgedekt:
            self.uncover()
        else:
            self.cover()

    def cover(self) -> None:
        """Haal de inhoud uit elk zichtbaar venster en zet er een dek voor in de plaats.

        Niet uit een venster dat `openbaar` is: daar staat nooit iets van iemand op, en men kijkt ernaar."""
        if self.is_afgedekt:
            return
        self._focus = QApplication.focusWidget()
        _close_losse_vensters()
        actief = QApplication.activeWindow()
        for venster in QApplication.topLevelWidgets():
            gewoon = venster.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
            if venster.isVisible() and gewoon and not venster.property("openbaar"):
                self._afgedekt.append(self._cover_venster(venster))
        for plek in self._afgedekt:
            if plek.venster is actief:
                plek.dek.knop.setFocus()
        self.gewijzigd.emit(True)

    def uncover(self) -> None:
        """Zet alles terug zoals het was, met de focus waar die was."""
        if not self.is_afgedekt:
            return
        self._laatst = self._klok()
        afgedekt, self._afgedekt = self._afgedekt, []
        for plek in afgedekt:
            _restore_venster(plek)
        focus, self._focus = self._focus, None
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.gewijzigd.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ziet alleen wat bij een venster binnenkomt, niet wat daarna tussen widgets gaat."""
        soort = event.type()
        if soort in _INVOER:
            self._laatst = self._klok()
        if self._afgedekt and soort in _TOETSEN and isinstance(event, QKeyEvent) and event.key() not in _VRIJ:
            event.accept()
            return True
        return False

    def _follow_venster(self, venster: QWindow | None) -> None:
        if venster is not None and id(venster) not in self._gevolgd:
            nummer = id(venster)
            self._gevolgd.add(nummer)
            venster.destroyed.connect(lambda: self._gevolgd.discard(nummer))
            venster.installEventFilter(self)

    def _cover_venster(self, venster: QWidget) -> _Afgedekt:
        delen = venster.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        zichtbaar = [deel for deel in delen if not deel.isWindow() and not deel.isHidden()]
        namen = tuple((deel, deel.objectName()) for deel in zichtbaar)
        dek = Dek(venster, self.uncover)
        for deel in zichtbaar:
            deel.hide()
            deel.setObjectName(_BUITEN_DE_BOOM)
        dek.show()
        dek.raise_()
        return _Afgedekt(venster, dek, namen)


def _restore_venster(plek: _Afgedekt) -> None:
    for deel, naam in plek.verborgen:
        deel.setObjectName(naam)
        deel.show()
    plek.dek.hide()
    plek.dek.setParent(None)
    plek.dek.deleteLater()


def _close_losse_vensters() -> None:
    """Tooltips en opengeklapte menu's weg, ook de tekst die erin stond."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        if not popup.close():
            break
    for widget in QApplication.topLevelWidgets():
        if widget.windowType() == Qt.WindowType.ToolTip:
            if isinstance(widget, QLabel):
                widget.clear()
            widget.hide()
