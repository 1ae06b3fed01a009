"""Lange tekst uit een register: zo hoog als nodig, te selecteren, en met een grens waarna hij zelf scrolt."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QSizePolicy

from ui.tekst import LeesTekst

_HOOGSTE_REGELS = 18
_MEET_TEKENS = 3_000
_RAND = 4  # boven en onder samen, voor de focusrand


class Tekstvak(LeesTekst):
    """LeesTekst die met zijn inhoud meegroeit tot een aantal regels."""

    def __init__(self, tekst: str, naam: str, *, hoogste_regels: int = _HOOGSTE_REGELS) -> None:
        self._hoogste = hoogste_regels
        super().__init__(tekst, naam=naam, kaal=True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def _fit(self) -> None:
        """Tel de regels op de breedte van nu; stop met tellen zodra de grens er is."""
        regels, blok = 0, self.document().firstBlock()
        while blok.isValid() and regels < self._hoogste:
            regels += self._regels_van(blok)
            blok = blok.next()
        past = regels <= self._hoogste and not blok.isValid()
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if past else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        hoog = min(max(regels, 1), self._hoogste) * QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(math.ceil(hoog) + 2 * self.frameWidth() + _RAND)

    def _regels_van(self, blok: QTextBlock) -> int:
        opmaak = blok.layout()
        if opmaak is not None and opmaak.lineCount():
            return opmaak.lineCount()
        breed = QFontMetricsF(self.font()).horizontalAdvance(blok.text()[:_MEET_TEKENS])
        return 1 + int(breed / max(self.viewport().width(), 80))
