"""Een tabel voor het toetsenbord: pijltjes lopen door de cellen, Tab gaat verder in het scherm.

Weet niet wat er in de cellen staat.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.thema import Thema

Index = QModelIndex | QPersistentModelIndex
KLEUR = Qt.ItemDataRole.UserRole + 1
"""Naam van de kleur waarin een cel getekend wordt, of niets."""


class CelTekenaar(QStyledItemDelegate):
    """Tekent een cel in de letters en kleuren van het thema, met een rand om de cel waar men is."""

    def __init__(self, thema: Thema, tabel: QTableView) -> None:
        super().__init__(tabel)
        self.thema = thema
        self._tabel = tabel

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        vlak, stand = option.rect, option.state
        if stand & QStyle.StateFlag.State_Selected:
            painter.fillRect(vlak, self.thema.kleur("selectie"))
        kleur = index.data(KLEUR)
        letter = index.data(Qt.ItemDataRole.FontRole)
        painter.setFont(self.thema.font("nadruk" if letter == "nadruk" else "gewoon"))
        painter.setPen(self.thema.kleur(kleur or "tekst"))
        binnen = vlak.adjusted(2 * Thema.afstand, 0, -2 * Thema.afstand, 0)
        plaats = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        tekst = str(index.data() or "")
        tekst = painter.fontMetrics().elidedText(tekst, Qt.TextElideMode.ElideRight, binnen.width())
        painter.drawText(
            binnen,
            int(Qt.AlignmentFlag(plaats) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
            tekst,
        )
        per_rij = self._tabel.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows
        if not per_rij and self._tabel.hasFocus() and index == self._tabel.currentIndex():
            painter.setPen(QPen(self.thema.kleur("focus"), 2))
            painter.drawRect(vlak.adjusted(1, 1, -2, -2))
        painter.restore()


class Tabel(QTableView):
    """`gekozen` draagt het rijnummer: Enter of dubbelklik. `aangewezen`: de rij waar men nu is."""

    gekozen = Signal(int)
    aangewezen = Signal(int)

    def __init__(self, naam: str, thema: Thema, model: QAbstractItemModel, *, per_rij: bool = True) -> None:
        super().__init__()
        self._thema = thema
        self._per_rij = per_rij
        self._ruim = -1
        self.setAccessibleName(naam)
        self.setModel(model)
        self.setItemDelegate(CelTekenaar(thema, self))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # anders tekent de stijl een los vierkantje tussen de schuifbalken
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        kop = self.horizontalHeader()
        kop.setHighlightSections(False)
        kop.setSectionsClickable(False)
        kop.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        kop.setMinimumSectionSize(40)
        if per_rij:
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: self.gekozen.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(self._follow_rij)
        thema.gewijzigd.connect(self._set_hoogte)
        model.dataChanged.connect(lambda *_: self._share())
        model.modelReset.connect(self._share)
        self._set_hoogte()

    def fit_kolommen(self, ruim: int) -> None:
        """Elke kolom zo breed als haar inhoud; kolom `ruim` krijgt wat overblijft, maar nooit te weinig."""
        self._ruim = ruim
        kop = self.horizontalHeader()
        for kolom in range(self.model().columnCount()):
            soort = QHeaderView.ResizeMode.Fixed if kolom == ruim else QHeaderView.ResizeMode.ResizeToContents
            kop.setSectionResizeMode(kolom, soort)
        self._share()

    def _share(self) -> None:
        if self._ruim < 0 or self._ruim >= self.model().columnCount():
            return
        kop = self.horizontalHeader()
        rest = sum(
            kop.sectionSize(k) for k in range(kop.count()) if k != self._ruim and not kop.isSectionHidden(k)
        )
        nodig = max(self.sizeHintForColumn(self._ruim), kop.sectionSizeHint(self._ruim))
        kop.resizeSection(self._ruim, max(self.viewport().width() - rest, nodig))

    def sizeHint(self) -> QSize:
        """Klein van zichzelf: een tabel neemt de ruimte die er is en scrolt."""
        return QSize(super().sizeHint().width(), 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._per_rij and enter and self.currentIndex().isValid() and not event.isAutoRepeat():
            self.gekozen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusIn
            and not self.currentIndex().isValid()
            and self.model().rowCount()
        ):
            self.setCurrentIndex(self.model().index(0, 0))
        return super().event(event)

    def sizeHintForColumn(self, kolom: int) -> int:
        """Qt meet anders met de letter van de tabel; hier telt de letter waarmee wordt getekend."""
        gewoon = QFontMetrics(self._thema.font("gewoon"))
        nadruk = QFontMetrics(self._thema.font("nadruk"))
        model = self.model()
        breed = 0
        for rij in range(min(model.rowCount(), 200)):
            index = model.index(rij, kolom)
            meter = nadruk if index.data(Qt.ItemDataRole.FontRole) == "nadruk" else gewoon
            breed = max(breed, meter.horizontalAdvance(str(index.data() or "")))
        return breed + 4 * Thema.afstand + 2

    def _set_hoogte(self) -> None:
        hoog = max(QFontMetrics(self._thema.font("gewoon")).height() + 3 * Thema.afstand, Thema.doel + 4)
        self.verticalHeader().setDefaultSectionSize(hoog)
        self.verticalHeader().setMinimumSectionSize(hoog)
        self.viewport().update()

    def _follow_rij(self, nu: QModelIndex, _was: QModelIndex) -> None:
        if nu.isValid():
            self.aangewezen.emit(nu.row())
