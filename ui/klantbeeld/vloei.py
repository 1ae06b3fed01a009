"""Een rij die doorloopt op de volgende regel als de breedte op is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Vloei(QLayout):
    """Zet widgets naast elkaar op hun gewenste breedte; wat niet past gaat naar de volgende regel.

    De opmaak eromheen vraagt per beurt tientallen keren dezelfde hoogte: die blijft bewaard tot Qt meldt dat
    er iets is veranderd (`invalidate`).
    """

    def __init__(self, parent: QWidget | None = None, *, tussen: int = 16, regel: int = 4) -> None:
        super().__init__(parent)
        self._delen: list[QLayoutItem] = []
        self._tussen, self._regel = tussen, regel
        self._hoogten: dict[int, int] = {}
        self._minst: QSize | None = None
        self._geplaatst: QRect | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._delen.append(item)
        self.invalidate()

    def insert_widget(self, plek: int, widget: QWidget) -> None:
        """Zet een widget tussen de andere, op volgnummer `plek`."""
        self.addWidget(widget)
        self._delen.insert(plek, self._delen.pop())
        self.invalidate()

    def invalidate(self) -> None:
        self._hoogten.clear()
        self._minst = self._geplaatst = None
        super().invalidate()

    def count(self) -> int:
        return len(self._delen)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._delen[index] if 0 <= index < len(self._delen) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._delen.pop(index) if 0 <= index < len(self._delen) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, breedte: int) -> int:
        hoogte = self._hoogten.get(breedte)
        if hoogte is None:
            hoogte = self._hoogten[breedte] = self._lay_out(QRect(0, 0, breedte, 0), place=False)
        return hoogte

    def setGeometry(self, vak: QRect) -> None:
        super().setGeometry(vak)
        if vak != self._geplaatst:
            self._lay_out(vak, place=True)
            self._geplaatst = QRect(vak)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._minst is None:
            maat = QSize()
            for deel in self._delen:
                maat = maat.expandedTo(deel.minimumSize())
            self._minst = maat
        return self._minst

    def _lay_out(self, vak: QRect, *, place: bool) -> int:
        x, y, hoogte = vak.x(), vak.y(), 0
        regel: list[tuple[QLayoutItem, QRect]] = []
        for deel in self._delen:
            widget = deel.widget()
            if widget is None or widget.isHidden():
                continue
            wens = deel.sizeHint()
            breedte = min(wens.width(), vak.width())
            diep = deel.heightForWidth(breedte) if deel.hasHeightForWidth() else wens.height()
            if x > vak.x() and x + breedte > vak.right() + 1:
                _place_regel(regel, hoogte, place=place)
                x, y, hoogte = vak.x(), y + hoogte + self._regel, 0
            regel.append((deel, QRect(QPoint(x, y), QSize(breedte, max(diep, 1)))))
            x += breedte + self._tussen
            hoogte = max(hoogte, diep)
        _place_regel(regel, hoogte, place=place)
        return y + hoogte - vak.y()


@contextmanager
def one_opmaak(*lagen: QLayout) -> Iterator[None]:
    """Maak deze lagen pas na het blok op, in één keer.

    Qt doet het anders opnieuw bij elk widget dat in een zichtbaar vak verschijnt.
    """
    for laag in lagen:
        laag.setEnabled(False)
    try:
        yield
    finally:
        for laag in lagen:
            laag.setEnabled(True)


def _place_regel(regel: list[tuple[QLayoutItem, QRect]], hoogte: int, *, place: bool) -> None:
    """Zet de delen van één regel op hun plaats, in het midden van de regelhoogte."""
    if place:
        for deel, vak in regel:
            deel.setGeometry(vak.translated(0, (hoogte - vak.height()) // 2))
    regel.clear()
