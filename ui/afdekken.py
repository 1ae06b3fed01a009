"""Scherm afdekken: in één toets is van geen enkel venster nog iets te zien of voor te lezen.

De inhoud is echt verborgen, ook voor hulptechniek, en komt onveranderd terug. Raakt het klembord niet aan. Op
een eigen account vraagt het systeem om een wachtwoord; op een gedeeld account vraagt het dek zelf om de code.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.tekst import Tekst
from ui.thema import Thema

if TYPE_CHECKING:
    from ui.aanmelden.slotvak import Slotvak

_INVOER = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip
_TOETSEN = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
# Wat onder het dek nog mag: weghalen, en met Tab en Enter bij de knop komen.
_VRIJ = frozenset({
    Qt.Key.Key_F12, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
})  # fmt: skip
# Om een code te typen en te verbeteren; plakken hoort daar niet bij.
_VERBETEREN = frozenset({
    Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_Shift, Qt.Key.Key_AltGr,
})  # fmt: skip
_GEEN = Qt.KeyboardModifier.NoModifier
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

# Een verborgen widget staat bij Qt nog in de toegankelijke boom, met tekst. Alleen kinderen met deze naam
# laat Qt eruit (qaccessiblewidgets.cpp, _q_ac_childWidgets). Uit het venster halen kan ook, maar kost 250 ms.
_BUITEN_DE_BOOM = "qt_rubberband"


class Slot(Protocol):
    """Wie het scherm weer mag openen. Zonder slot is F12 of de knop genoeg."""

    @property
    def naam(self) -> str:
        """Wie hier is aangemeld."""
        ...

    def check(self, code: str, goed: Callable[[], None], fout: Callable[[str], None]) -> None:
        """Kijk de code na; roept daarna een van beide, op de draad van het scherm."""
        ...

    def leave(self) -> None:
        """Iemand anders wil werken: meld af."""
        ...


class Dek(QWidget):
    """Wat er in een venster te zien is zolang het scherm is afgedekt; ligt over alles heen."""

    def __init__(self, venster: QWidget, verder: Callable[[], None], slot: Slot | None = None) -> None:
        super().__init__(venster)
        self.setProperty("soort", "dek")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Scherm afgedekt")
        self.slotvak: Slotvak | None = None
        kolom = QVBoxLayout(self)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addStretch(1)
        midden = Qt.AlignmentFlag.AlignHCenter
        kolom.addWidget(Tekst("Het scherm is afgedekt", rol="kop1"), 0, midden)
        if slot is None:
            self._begin: QWidget = Knop("Verder werken", verder, soort="hoofd")
            zin = "Uw werk staat klaar. Druk op F12 of kies Verder werken."
            kolom.addWidget(Tekst(zin, rol="gedempt"), 0, midden)
            kolom.addSpacing(Thema.afstand)
            kolom.addWidget(self._begin, 0, midden)
        else:
            from ui.aanmelden.slotvak import Slotvak  # alleen op een gedeeld account

            self.slotvak = Slotvak(slot, verder)
            self._begin = self.slotvak.code
            kolom.addWidget(self.slotvak, 0, midden)
        kolom.addStretch(2)
        self.setGeometry(venster.rect())
        venster.installEventFilter(self)

    def focus_begin(self) -> None:
        """De focus op de knop, of op het veld voor de code."""
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._slot: Slot | None = None
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

    def set_slot(self, slot: Slot) -> None:
        """Vanaf nu gaat het scherm alleen open met de code van wie is aangemeld."""
        self._slot = slot

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
        """F12. Onder een slot gaat het scherm er niet mee open: dan komt men bij het veld voor de code."""
        if not self.is_afgedekt:
            self.cover()
        elif self._slot is None:
            self.uncover()
        else:
            self._focus_dek()

    def cover(self) -> None:
        """Haal de inhoud uit elk zichtbaar venster en zet er een dek voor in de plaats.

        Niet uit een venster dat `openbaar` is: daar staat nooit iets van iemand op, en men kijkt ernaar."""
        if self.is_afgedekt:
            return
        self._focus = QApplication.focusWidget()
        _close_losse_vensters()
        for venster in QApplication.topLevelWidgets():
            gewoon = venster.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
            if venster.isVisible() and gewoon and not venster.property("openbaar"):
                self._afgedekt.append(self._cover_venster(venster))
        self._focus_dek()
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
        if not self._afgedekt or soort not in _TOETSEN or not isinstance(event, QKeyEvent):
            return False
        opdracht = event.modifiers() & (_ALTGR | Qt.KeyboardModifier.MetaModifier)
        if event.key() in _VRIJ and not opdracht:  # Ctrl+Enter zou het contact eronder afronden
            return False
        # Een letter van de code gaat door naar het veld, maar is nooit een sneltoets.
        if self._slot is not None and soort != QEvent.Type.ShortcutOverride and _is_typen(event):
            return False
        event.accept()
        return True

    def _focus_dek(self) -> None:
        actief = QApplication.activeWindow()
        for plek in self._afgedekt:
            if plek.venster is actief:
                plek.dek.focus_begin()

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
        dek = Dek(venster, self.uncover, self._slot)
        for deel in zichtbaar:
            deel.hide()
            deel.setObjectName(_BUITEN_DE_BOOM)
        dek.show()
        dek.raise_()
        return _Afgedekt(venster, dek, namen)


def _is_typen(event: QKeyEvent) -> bool:
    """Een teken, of een toets die het verbetert. Met Ctrl of Alt is het een opdracht, met allebei AltGr."""
    samen = event.modifiers() & (_ALTGR | Qt.KeyboardModifier.MetaModifier)
    if event.key() in _VERBETEREN:
        return not samen
    return event.text().isprintable() and bool(event.text()) and samen in (_GEEN, _ALTGR)


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
