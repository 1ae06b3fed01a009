"""De lijst die elk onderdeel gebruikt: even hoge rijen, pijltjes, Enter, en een menu om te kopiëren.

Weet niet wat de rijen betekenen; de delegate tekent en het model geeft de tekst om te kopiëren.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QStyle, QStyleOptionViewItem

from ui import klembord
from ui.tekst import letterlijk
from ui.thema import Thema

KOPIEER_ROL = Qt.ItemDataRole.UserRole + 9
"""Wat "Tekst kopiëren" op het klembord zet; alleen wat ook te zien is."""


class Lijst(QListView):
    """`gekozen` komt bij Enter en bij een klik; `gekopieerd` na het menu."""

    gekozen = Signal(QModelIndex)
    gekopieerd = Signal(str)

    def __init__(self, naam: str) -> None:
        super().__init__()
        self.setAccessibleName(naam)
        self.setProperty("soort", "kaal")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def point_at(self, index: QModelIndex) -> None:
        """Wijs deze rij aan; een lege index haalt de aanwijzing weg. Telt niet als kiezen of lopen."""
        if not index.isValid():
            self.clearSelection()
        elif index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter kiest; letters zoeken niet, want daar zijn velden voor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.setCurrentIndex(self.currentIndex())
                self.gekozen.emit(self.currentIndex())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.currentIndex())
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._is_alleen_gekaderd:
            self._begin_hier()
            return
        super().keyPressEvent(event)

    @property
    def _is_alleen_gekaderd(self) -> bool:
        """De focus staat op een rij die nog niemand heeft gekozen."""
        index = self.currentIndex()
        return index.isValid() and not self.selectionModel().hasSelection()

    def _begin_hier(self) -> None:
        """Wie begint te lopen, begint op de rij met de rand eromheen en slaat haar niet over."""
        index = self.currentIndex()
        self.selectionModel().setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.gekozen.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ook met de menutoets: dan bij de rij waar de focus staat."""
        met_toets = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if met_toets else self.indexAt(event.pos())
        if not index.isValid():
            return
        plaats = self.visualRect(index).center() if met_toets else event.pos()
        self._show_menu(index, plaats)

    def _show_menu(self, index: QModelIndex, plaats: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        openen = QAction("Openen", menu)
        openen.triggered.connect(lambda: self.gekozen.emit(index))
        kopieren = QAction("Tekst kopiëren", menu)
        kopieren.triggered.connect(lambda: self._copy(index))
        menu.addActions([openen, kopieren])
        menu.popup(self.viewport().mapToGlobal(plaats))

    def _copy(self, index: QModelIndex) -> None:
        tekst = index.data(KOPIEER_ROL)
        if tekst:
            klembord.copy(self, str(tekst), "regel", lambda: self.gekopieerd.emit("Gekopieerd."))


# Als getal: vlaggen samenvoegen is in Python traag, en dit gebeurt voor elke tekst van elke rij.
_LINKS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignLeft)
_RECHTS = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignRight)
_LANGSTE_REGEL = 300  # tekens; breder is geen rij, en opmeten van heel lange tekst kost tijd


def paint_tekst(
    schilder: QPainter, letter: QFont, kleur: QColor, vak: QRect, tekst: str, *, rechts: bool = False
) -> None:
    """Eén regel platte tekst, afgekapt met … op de breedte van het vak."""
    if not tekst or vak.width() <= 0:
        return
    kort = letterlijk(tekst[:_LANGSTE_REGEL], _LANGSTE_REGEL, een_regel=True)
    schilder.setFont(letter)
    schilder.setPen(kleur)
    zichtbaar = QFontMetrics(letter).elidedText(kort, Qt.TextElideMode.ElideRight, vak.width())
    schilder.drawText(vak, _RECHTS if rechts else _LINKS, zichtbaar)


def paint_achtergrond(schilder: QPainter, option: QStyleOptionViewItem, thema: Thema) -> None:
    """Selectie, muis en focus van een rij; de focusrand is twee pixels breed en ligt binnen de rij."""
    vak = QRect(option.rect)
    stand: QStyle.StateFlag = option.state
    if stand & QStyle.StateFlag.State_Selected:
        schilder.fillRect(vak, thema.kleur("selectie"))
        schilder.fillRect(QRect(vak.left(), vak.top(), 3, vak.height()), thema.kleur("accent"))
    elif stand & QStyle.StateFlag.State_MouseOver:
        schilder.fillRect(vak, thema.kleur("zweef"))
    if stand & QStyle.StateFlag.State_HasFocus and not stand & QStyle.StateFlag.State_Selected:
        schilder.setPen(thema.kleur("focus"))
        schilder.setBrush(Qt.BrushStyle.NoBrush)
        for rand in (0, 1):
            schilder.drawRect(vak.adjusted(rand, rand, -rand - 1, -rand - 1))
