"""De drie kolommen van Vanavond: naast elkaar, twee aan twee, of onder elkaar als er geen plaats is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ui.bouwstenen import Lijn, Scrollvlak

DRIE, TWEE = 1180, 760
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


class Indeling(QScrollArea):
    """Links Mijn balie, midden de lijsten, rechts de balies en wat aandacht vraagt."""

    def __init__(self, links: QWidget, midden: QWidget, rechts: QWidget) -> None:
        super().__init__()
        self.links, self.midden, self.rechts = Kolom(links), midden, Kolom(rechts)
        self._lijnen = (Lijn(staand=True), Lijn(staand=True))
        self._aantal = 0
        self._inhoud = inhoud = QWidget()
        inhoud.setProperty("soort", "inhoud")
        self._rooster = QGridLayout(inhoud)
        self._rooster.setContentsMargins(0, 0, 0, 0)
        self._rooster.setSpacing(0)
        self.setWidget(inhoud)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place(3)

    @property
    def aantal(self) -> int:
        """Hoeveel kolommen er nu naast elkaar staan."""
        return self._aantal

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        breedte = self.width()
        self._place(3 if breedte >= DRIE else 2 if breedte >= TWEE else 1)
        self._spread(breedte)
        self._inhoud.setMaximumHeight(_ONBEGRENSD if self._aantal == 1 else self.viewport().height())

    def _place(self, aantal: int) -> None:
        if aantal == self._aantal:
            return
        self._aantal = aantal
        rooster = self._rooster
        delen: tuple[QWidget, ...] = (self.links, self.midden, self.rechts, *self._lijnen)
        for deel in delen:
            rooster.removeWidget(deel)
        for lijn in self._lijnen:
            lijn.setVisible(False)
        for rij in range(5):
            rooster.setRowStretch(rij, 0)
        kolommen: tuple[QWidget, ...] = (self.links, self.midden, self.rechts)
        for kolom in kolommen:
            kolom.setMinimumWidth(0)
            kolom.setMaximumWidth(_ONBEGRENSD)
        if aantal == 3:
            naast = (self.links, self._lijnen[0], self.midden, self._lijnen[1], self.rechts)
            for plaats, deel in enumerate(naast):
                rooster.addWidget(deel, 0, plaats)
            rooster.setRowStretch(0, 1)
            for lijn in self._lijnen:
                lijn.setVisible(True)
        elif aantal == 2:
            rooster.addWidget(self.links, 0, 0, 2, 1)
            rooster.addWidget(self._lijnen[0], 0, 1, 2, 1)
            rooster.addWidget(self.midden, 0, 2)
            rooster.addWidget(self.rechts, 1, 2)
            rooster.setRowStretch(0, 3)
            rooster.setRowStretch(1, 2)
            self._lijnen[0].setVisible(True)
        else:
            for plaats, kolom in enumerate(kolommen):
                rooster.addWidget(kolom, plaats, 0)
            rooster.setRowStretch(1, 1)
        for nummer in range(5):
            rooster.setColumnStretch(nummer, 1 if nummer == (0 if aantal == 1 else 2) else 0)
        for kolom in (self.links, self.rechts):
            kolom.set_gestapeld(aantal == 1)
        hoogte_vast = aantal > 1
        beleid = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if hoogte_vast else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        self.setVerticalScrollBarPolicy(beleid)

    def _spread(self, breedte: int) -> None:
        """400 | 560 | 390 als het krap is, 480 | 840 | 580 als het ruim is; het midden krijgt de rest."""
        if self._aantal == 1:
            return
        ruim = min(max(breedte - _KRAP, 0) / (_RUIM - _KRAP), 1.0)
        self.links.setFixedWidth(round(400 + 80 * ruim) if self._aantal == 3 else 360)
        if self._aantal == 3:
            self.rechts.setFixedWidth(round(390 + 190 * ruim))
