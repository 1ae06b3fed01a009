"""De drie kolommen van Vanavond: naast elkaar, twee aan twee, of onder elkaar als er geen plaats is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.bouwstenen import Lijn, Scrollvlak

DRIE, TWEE = 1180, 900
_KRAP, _RUIM = 1366, 1920
_ONBEGRENSD = 16_777_215  # QWIDGETSIZE_MAX


class Kolom(Scrollvlak):
    """Scrolt zelf, of is (gestapeld) zo hoog als haar inhoud en laat het scrollen aan wie eromheen zit."""

    def __init__(self, inhoud: QWidget) -> None:
        super().__init__(inhoud)
        self._gestapeld = False
        inhoud.installEventFilter(self)

    def set_gestapeld(self, gestapeld: bool) -> None:
        self._gestapeld = gestapeld
        beleid = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if gestapeld else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(beleid)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inhoud = self.widget()
        if not self._gestapeld or inhoud is None:
            self.setMinimumHeight(0)
            return
        breedte = self.viewport().width()
        hoogte = inhoud.heightForWidth(breedte) if inhoud.hasHeightForWidth() else inhoud.sizeHint().height()
        self.setMinimumHeight(max(hoogte, inhoud.minimumSizeHint().height()))


class Stapel(QStackedWidget):
    """Zo hoog als het blad dat te zien is: een hoger blad erachter maakt geen lege ruimte."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        blad = self.currentWidget()
        return blad.sizeHint() if blad is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        blad = self.currentWidget()
        return blad.minimumSizeHint() if blad is not None else super().minimumSizeHint()

    def heightForWidth(self, breedte: int) -> int:
        blad = self.currentWidget()
        if blad is None:
            return super().heightForWidth(breedte)
        return blad.heightForWidth(breedte) if blad.hasHeightForWidth() else blad.sizeHint().height()


class Indeling(QWidget):
    """Links Mijn balie, midden de lijsten, rechts de balies en wat aandacht vraagt."""

    def __init__(self, links: QWidget, midden: QWidget, rechts: QWidget) -> None:
        super().__init__()
        self.links, self.midden, self.rechts = Kolom(links), midden, Kolom(rechts)
        self._lijnen = (Lijn(staand=True), Lijn(staand=True))
        self._tussen = Lijn()
        self.aantal = 0
        self._rooster = QGridLayout(self)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setSpacing(0)
        self.place(DRIE)

    def place(self, breedte: int) -> None:
        """Zoveel kolommen als er bij deze breedte passen; `aantal` zegt hoeveel dat er zijn."""
        aantal = 3 if breedte >= DRIE else 2 if breedte >= TWEE else 1
        if aantal != self.aantal:
            self.aantal = aantal
            self._clear()
            (self._place_een, self._place_twee, self._place_drie)[aantal - 1]()
            for kolom in (self.links, self.rechts):
                kolom.set_gestapeld(aantal == 1)
        self._spread(breedte)

    def _clear(self) -> None:
        for deel in (self.links, self.midden, self.rechts, *self._lijnen, self._tussen):
            self._rooster.removeWidget(deel)
        for lijn in (*self._lijnen, self._tussen):
            lijn.hide()
        for kolom in (self.links, self.midden, self.rechts):
            kolom.setMinimumWidth(0)
            kolom.setMaximumWidth(_ONBEGRENSD)
        for nummer in range(5):
            self._rooster.setColumnStretch(nummer, 0)
            self._rooster.setRowStretch(nummer, 0)

    def _place_drie(self) -> None:
        naast = (self.links, self._lijnen[0], self.midden, self._lijnen[1], self.rechts)
        for plaats, deel in enumerate(naast):
            self._rooster.addWidget(deel, 0, plaats)
        self._rooster.setColumnStretch(2, 1)
        self._rooster.setRowStretch(0, 1)
        for lijn in self._lijnen:
            lijn.show()

    def _place_twee(self) -> None:
        """Links onder elkaar Mijn balie en wat aandacht vraagt; de lijsten houden de hele hoogte."""
        self._rooster.addWidget(self.links, 0, 0)
        self._rooster.addWidget(self._tussen, 1, 0)
        self._rooster.addWidget(self.rechts, 2, 0)
        self._rooster.addWidget(self._lijnen[0], 0, 1, 3, 1)
        self._rooster.addWidget(self.midden, 0, 2, 3, 1)
        self._rooster.setColumnStretch(2, 1)
        self._rooster.setRowStretch(0, 2)
        self._rooster.setRowStretch(2, 1)
        self._lijnen[0].show()
        self._tussen.show()

    def _place_een(self) -> None:
        for plaats, deel in enumerate((self.links, self.midden, self.rechts)):
            self._rooster.addWidget(deel, plaats, 0)
        self._rooster.setColumnStretch(0, 1)
        self._rooster.setRowStretch(1, 1)

    def _spread(self, breedte: int) -> None:
        """400 | 560 | 390 als het krap is, 480 | 840 | 580 als het ruim is; het midden krijgt de rest."""
        if self.aantal == 1:
            return
        ruim = min(max(breedte - _KRAP, 0) / (_RUIM - _KRAP), 1.0)
        self.links.setFixedWidth(round(400 + 80 * ruim) if self.aantal == 3 else 390)
        self.rechts.setFixedWidth(round(390 + 190 * ruim))


class Avondvlak(QScrollArea):
    """Kop en inhoud. Past het niet naast elkaar, dan scrolt alles samen, ook de kop: anders blijft er bij
    grote letters niets over om in te werken."""

    def __init__(self, kop: QWidget, midden: QWidget, indeling: Indeling) -> None:
        super().__init__()
        self._indeling = indeling
        self._inhoud = QWidget()
        self._inhoud.setProperty("soort", "inhoud")
        kolom = QVBoxLayout(self._inhoud)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        kolom.addWidget(kop)
        kolom.addWidget(midden, 1)
        self.setWidget(self._inhoud)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._indeling.place(self.width())
        een = self._indeling.aantal == 1
        self._inhoud.setMaximumHeight(_ONBEGRENSD if een else self.viewport().height())
        beleid = Qt.ScrollBarPolicy.ScrollBarAsNeeded if een else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(beleid)
