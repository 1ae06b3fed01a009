"""Kleine widgets die elk scherm gebruikt: knoppen, lijnen, banden en een scrollend vlak.

Hun uiterlijk staat in ui/stijlblad.py; hier alleen de eigenschappen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from ui.tekst import Tekst, set_uitleg
from ui.thema import Rol, Thema

KnopSoort = Literal["gewoon", "hoofd", "groot", "stil"]
BandSoort = Literal["demo", "gevaar", "let_op", "goed", "grijs"]


class Knop(QPushButton):
    """Een knop met vaste Nederlandse tekst. Ten hoogste één `hoofd` in beeld; `stil` leest als een link.

    Spatie en Enter drukken hem in; in Qt doet een gewone knop dat met Enter alleen in een dialoog.
    """

    def __init__(
        self,
        tekst: str,
        bij_klik: Callable[[], object] | None = None,
        *,
        soort: KnopSoort = "gewoon",
        naam: str = "",
        uitleg: str = "",
    ) -> None:
        super().__init__(tekst.replace("&", "&&"))
        self.setProperty("soort", soort)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(Thema.hoofddoel if soort in ("hoofd", "groot") else Thema.doel)
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(naam or tekst)
        if uitleg:
            set_uitleg(self, uitleg)
        if bij_klik is not None:
            self.clicked.connect(lambda: bij_klik())

    def set_tekst(self, tekst: str, naam: str = "") -> None:
        """Dezelfde knop met een andere tekst; zonder `naam` is dat ook hoe hij heet."""
        self.setText(tekst.replace("&", "&&"))
        self.setAccessibleName(naam or tekst)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wie Enter vasthoudt, drukt één keer."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Een hoofdknop is al gekleurd: zijn focusrand ligt daarom binnen het vlak."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("soort") == "hoofd":
            penseel = QPainter(self)
            penseel.setRenderHint(QPainter.RenderHint.Antialiasing)
            penseel.setPen(QPen(self.palette().color(QPalette.ColorRole.ButtonText), 2))
            penseel.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 2, 2)
            penseel.end()


class ActieKnop(Knop):
    """Een knop die een QAction uit ui/acties.py uitvoert en zijn tekst, icoon en stand volgt."""

    def __init__(self, actie: QAction, *, soort: KnopSoort = "gewoon", met_toets: bool = False) -> None:
        super().__init__(actie.text().replace("&", ""), soort=soort)
        self._actie = actie
        self._met_toets = met_toets
        self.clicked.connect(actie.trigger)
        actie.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        naam = self._actie.text().replace("&", "")
        toets = self._actie.shortcut().toString()
        zichtbaar = f"{naam}   {toets}" if self._met_toets and toets else naam
        # Op een gekleurde hoofdknop is een icoon in de tekstkleur niet te zien.
        icoon = QIcon() if self.property("soort") == "hoofd" else self._actie.icon()
        lucht = "" if icoon.isNull() else " "  # Qt zet icoon en tekst strak tegen elkaar
        self.setText(lucht + zichtbaar)
        self.setAccessibleName(naam)
        self.setEnabled(self._actie.isEnabled())
        self.setIcon(icoon)
        uitleg = self._actie.statusTip()
        set_uitleg(self, f"{uitleg} ({toets})" if toets else uitleg)


class Lijn(QFrame):
    """Een haarlijn; liggend, of staand met `staand=True`."""

    def __init__(self, *, staand: bool = False) -> None:
        super().__init__()
        self.setProperty("soort", "lijn")
        if staand:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Band(QFrame):
    """Een regel over de volle breedte die niet wegscrolt: waarschuwing, demonstratie of mededeling."""

    _ROLLEN: ClassVar[dict[BandSoort, Rol]] = {
        "demo": "gewoon", "gevaar": "fout", "let_op": "let_op", "goed": "goed",
        "grijs": "nadruk",
    }  # fmt: skip

    def __init__(self, tekst: str, soort: BandSoort = "let_op", *knoppen: QPushButton) -> None:
        super().__init__()
        self.setProperty("soort", f"band_{soort}")
        self.tekst = Tekst(tekst, rol=self._ROLLEN[soort])
        if soort == "demo":
            self.tekst.setProperty("kleur", "demo")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        rij.addWidget(self.tekst, 1)
        for knop in knoppen:
            rij.addWidget(knop, 0, Qt.AlignmentFlag.AlignTop)


class Scrollvlak(QScrollArea):
    """Scrolt zijn inhoud op en neer, nooit opzij; neemt zelf geen focus."""

    def __init__(self, inhoud: QWidget) -> None:
        super().__init__()
        inhoud.setProperty("soort", "inhoud")
        self.setWidget(inhoud)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
