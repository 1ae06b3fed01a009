"""De kolommen van het klantscherm: hoe breed, wat de medewerker zelf verzette, en waar het detail staat."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

_LINKS, _DETAIL, _RUIM_VANAF, _DETAIL_RUIM = 430, 340, 1700, 560


class Kolommen:
    """`hoofd` is alles behalve het detail, `links` de linkerkolom daarin, `buiten` het geheel."""

    def __init__(
        self, kop: QWidget, boven: QWidget, onder: QWidget, rechts: QWidget, detail: QWidget
    ) -> None:
        self._detail = detail
        self.links = QSplitter(Qt.Orientation.Vertical)
        self.links.addWidget(boven)
        self.links.addWidget(onder)
        self._binnen = QSplitter(Qt.Orientation.Horizontal)
        self._binnen.addWidget(self.links)
        self._binnen.addWidget(rechts)
        self.hoofd = QWidget()
        kolom = QVBoxLayout(self.hoofd)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        kolom.addWidget(kop)
        # Wie te weinig plaats heeft, haalt die eerst bij de lijsten weg: de kop blijft heel.
        self._binnen.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        kolom.addWidget(self._binnen, 1)
        self.buiten = QSplitter(Qt.Orientation.Horizontal)
        self.buiten.addWidget(self.hoofd)
        self.buiten.addWidget(detail)
        self._splitsers = {"buiten": self.buiten, "binnen": self._binnen, "links": self.links}
        self._verzet: set[str] = set()
        self._is_middel = False
        for naam, splitser in self._splitsers.items():
            splitser.splitterMoved.connect(lambda _plaats, _nummer, naam=naam: self._verzet.add(naam))
            splitser.setChildrenCollapsible(False)
            splitser.setHandleWidth(3)
            splitser.setStretchFactor(0, 0)
            splitser.setStretchFactor(1, 1)
        self.buiten.setStretchFactor(0, 3)
        self.buiten.setStretchFactor(1, 1)

    def set_middel(self, *, middel: bool) -> None:
        """Het detail hoort in een eigen kolom, of (krap) op de plaats van de linker."""
        waar = self._binnen if middel else self.buiten
        self._is_middel = middel
        if self._detail.parentWidget() is not waar:
            waar.insertWidget(0 if middel else 1, self._detail)

    def spread(self, breed: int) -> None:
        """Kolommen op hun gewone breedte, behalve wie is verzet."""
        if self._is_middel:
            self._binnen.setSizes([_LINKS, _LINKS, max(breed - _LINKS, 300)])
            return
        extra = max(0, breed - 1366) * (_DETAIL_RUIM - _DETAIL) // (_RUIM_VANAF + 220 - 1366)
        detail = min(_DETAIL + extra, _DETAIL_RUIM)
        if "buiten" not in self._verzet:
            self.buiten.setSizes([breed - detail, detail])
        if "binnen" not in self._verzet:
            self._binnen.setSizes([_LINKS, max(breed - detail - _LINKS, 300)])

    def fit_boven(self, gewenst: int, focus: QWidget) -> None:
        """Geef het bovenste vak links zijn hoogte, maar schuif niets weg onder muis of focus."""
        hoogte = self.links.height()
        if hoogte < 100 or self.links.underMouse() or "links" in self._verzet:
            return
        if self.links.isAncestorOf(focus):
            return
        boven = min(max(gewenst, 76), hoogte * 45 // 100)
        if abs(self.links.sizes()[0] - boven) > 4:
            self.links.setSizes([boven, hoogte - boven])

    def save(self, instellingen: QSettings) -> None:
        """Bewaar de kolommen die de medewerker zelf heeft verzet; de andere volgen het venster."""
        for naam in self._verzet:
            instellingen.setValue(f"klantbeeld/{naam}", self._splitsers[naam].saveState())

    def restore(self, instellingen: QSettings) -> None:
        for naam, splitser in self._splitsers.items():
            stand = instellingen.value(f"klantbeeld/{naam}")
            if isinstance(stand, QByteArray) and splitser.restoreState(stand):
                self._verzet.add(naam)
