"""Het gedraaide scherm: één bezoek, groot, voor wie er zelf voor staat. Al het andere is niet te zien.

Toont alleen een `Gedraaid`; dat kent niemand anders en geen naam.
"""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import Knop, Scrollvlak
from ui.publiek.groot import GroteTekst
from ui.publiek.inhoud import TAALNAMEN, Gedraaid, Gegevens, make_gedraaid
from ui.publiek.scherm import TITEL
from ui.thema import Thema, set_stijl

_PUNTEN, _KOP, _NUMMER = 22.0, 24.0, 72.0


class GedraaidScherm(QWidget):
    """`gesloten`: terug naar het gewone scherm."""

    gesloten = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._thema = thema
        self._gegevens: Gegevens | None = None
        self.setWindowTitle(TITEL)
        self.setAccessibleName("Gedraaid scherm")
        set_stijl(self, "soort", "venster")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.sluit = Knop("Sluiten (Esc)", self.close, soort="hoofd")
        self.talen = {taal: Knop(naam, soort="groot") for taal, naam in TAALNAMEN.items()}
        self._build()

    def _build(self) -> None:
        boven = QHBoxLayout()
        boven.setSpacing(3 * Thema.afstand)
        groep = QButtonGroup(self)
        for taal, knop in self.talen.items():
            knop.setCheckable(True)
            groep.addButton(knop)
            knop.clicked.connect(lambda _=False, taal=taal: self._show_taal(taal))
            boven.addWidget(knop)
        boven.addStretch(1)
        boven.addWidget(self.sluit)
        self._vlak = QWidget()
        self._kolom = QVBoxLayout(self._vlak)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(3 * Thema.afstand)
        self._scroll = Scrollvlak(self._vlak)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Uw bezoek")
        alles = QVBoxLayout(self)
        marge = 10 * Thema.afstand
        alles.setContentsMargins(marge, marge, marge, marge)
        alles.setSpacing(6 * Thema.afstand)
        alles.addLayout(boven)
        alles.addWidget(self._scroll, 1)
        for knop in (self.sluit, *self.talen.values()):
            set_stijl(knop, "maat", "bezoeker")
        self._thema.dress(self)

    def open(self, gegevens: Gegevens) -> None:
        self._gegevens = gegevens
        self._show_taal(gegevens.taal)
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.sluit.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_op(self, venster: QWidget, gegevens: Gegevens) -> None:
        """Op het beeldscherm van dit venster: dat wordt gedraaid."""
        self.setScreen(venster.screen())
        self.setGeometry(venster.screen().geometry())
        self.open(gegevens)

    @property
    def teksten(self) -> tuple[GroteTekst, ...]:
        return tuple(self._vlak.findChildren(GroteTekst))

    def _show_taal(self, taal: str) -> None:
        if self._gegevens is None:
            return
        self._clear()
        beeld = make_gedraaid(self._gegevens, taal)
        self.talen[taal].setChecked(True)
        self.sluit.set_tekst(f"{beeld.sluiten} (Esc)")
        self._write(beeld)

    def _write(self, beeld: Gedraaid) -> None:
        self._add(beeld.kop, _KOP)
        self._add(beeld.nummer, _NUMMER, vet=True)
        for zin in beeld.zinnen:
            self._add(zin, _KOP)
        for stukje in beeld.stukjes:
            self._kolom.addSpacing(4 * Thema.afstand)
            self._add(stukje.kop, _KOP, vet=True)
            for regel in stukje.regels:
                self._add(regel, _PUNTEN)
        self._kolom.addStretch(1)

    def _add(self, tekst: str, punten: float, *, vet: bool = False) -> None:
        label = GroteTekst(self._thema, tekst, vet=vet)
        groot = max(1.0, self._thema.vergroting)
        label.set_pixels(math.ceil(punten * groot * self.logicalDpiY() / 72))
        self._kolom.addWidget(label)

    def _clear(self) -> None:
        while (plek := self._kolom.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Niets van dit bezoek blijft achter."""
        self._gegevens = None
        self._clear()
        self.gesloten.emit()
        super().closeEvent(event)
