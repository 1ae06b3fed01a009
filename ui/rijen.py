"""Een lijst van twee regels per rij: titel met toets, en een gedempte regel eronder. Voor kandidaten, recente
klanten, lezingen, opdrachten en hulponderwerpen. Weet niet wat een rij betekent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.tekst import letterlijk, tooltip_tekst
from ui.thema import Kleurnaam, Thema

Index = QModelIndex | QPersistentModelIndex
_GEEN = QModelIndex()


@dataclass(frozen=True)
class Rij:
    """Eén rij. `waarde` gaat ongezien terug naar wie de lijst vult; `toets` of `merk` staat rechts.

    `merk` is een woord dat ook wordt uitgesproken; `kleur` is de kleur ervan.
    """

    titel: str
    onder: str = ""
    toets: str = ""
    icoon: str = ""
    waarde: object = None
    aan: bool = True
    merk: str = ""
    kleur: Kleurnaam = "tekst_zacht"

    @property
    def gesproken(self) -> str:
        """De rij als één zin voor hulptechniek."""
        return ", ".join(deel for deel in (self.titel, self.merk, self.onder) if deel)


class Rijen(QAbstractListModel):
    """Rijen als model; alles wat getoond wordt is al letterlijk gemaakt."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rijen: tuple[Rij, ...] = ()

    def set_rijen(self, rijen: Sequence[Rij]) -> None:
        self.beginResetModel()
        self._rijen = tuple(
            Rij(
                letterlijk(r.titel, 300, een_regel=True), letterlijk(r.onder, 500, een_regel=True),
                r.toets, r.icoon, r.waarde, r.aan, letterlijk(r.merk, 60, een_regel=True), r.kleur,
            )
            for r in rijen
        )  # fmt: skip
        self.endResetModel()

    def rij(self, index: Index) -> Rij | None:
        return self._rijen[index.row()] if index.isValid() and index.row() < len(self._rijen) else None

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self._rijen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        rij = self.rij(index)
        if rij is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return rij.titel
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return rij.gesproken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return rij.toets
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(rij.gesproken)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        rij = self.rij(index)
        if rij is None:
            return Qt.ItemFlag.NoItemFlags
        if not rij.aan:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class RijTekenaar(QStyledItemDelegate):
    """Tekent een Rij in de kleuren en letters van het thema."""

    def __init__(self, thema: Thema, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thema = thema

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        rij = model.rij(index) if isinstance(model, Rijen) else None
        return QSize(200, self.hoogte(twee_regels=bool(rij and rij.onder)))

    def hoogte(self, *, twee_regels: bool) -> int:
        """Hoogte van een rij in pixels."""
        titel = QFontMetrics(self._thema.font("gewoon")).height()
        onder = QFontMetrics(self._thema.font("klein")).height() if twee_regels else 0
        return max(titel + onder + 3 * Thema.afstand, Thema.hoofddoel)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        rij = model.rij(index) if isinstance(model, Rijen) else None
        if rij is None:
            return
        painter.save()
        vlak: QRect = option.rect
        stand: QStyle.StateFlag = option.state
        self._paint_vlak(painter, vlak, stand)
        binnen = vlak.adjusted(3 * Thema.afstand, 6, -3 * Thema.afstand, -6)
        if rij.icoon:
            plaats = QRect(binnen.left(), binnen.top() + 2, 16, 16)
            self._thema.icoon(rij.icoon).paint(painter, plaats)
            binnen.setLeft(binnen.left() + 16 + 2 * Thema.afstand)
        self._paint_tekst(painter, binnen, rij)
        painter.restore()

    def _paint_vlak(self, painter: QPainter, vlak: QRect, stand: QStyle.StateFlag) -> None:
        if stand & QStyle.StateFlag.State_Selected:
            painter.fillRect(vlak, self._thema.kleur("selectie"))
            painter.fillRect(QRect(vlak.topLeft(), QSize(3, vlak.height())), self._thema.kleur("accent"))
        elif stand & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(vlak, self._thema.kleur("zweef"))

    def _paint_tekst(self, painter: QPainter, binnen: QRect, rij: Rij) -> None:
        gewoon, klein = self._thema.font("nadruk" if rij.onder else "gewoon"), self._thema.font("klein")
        meter, klein_meter = QFontMetrics(gewoon), QFontMetrics(klein)
        boven = QRect(binnen.left(), binnen.top(), binnen.width(), meter.height())
        if not rij.onder:
            boven.moveCenter(QPoint(boven.center().x(), binnen.center().y()))
        midden = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        rechts = rij.toets or rij.merk
        if rechts:
            painter.setFont(klein)
            painter.setPen(self._thema.kleur("tekst_zacht" if rij.toets else rij.kleur))
            painter.drawText(boven, int(Qt.AlignmentFlag.AlignRight | midden), rechts)
            boven.setRight(boven.right() - klein_meter.horizontalAdvance(rechts) - 3 * Thema.afstand)
        painter.setFont(gewoon)
        painter.setPen(self._thema.kleur("tekst" if rij.aan else "uit"))
        titel = meter.elidedText(rij.titel, Qt.TextElideMode.ElideRight, boven.width())
        painter.drawText(boven, int(Qt.AlignmentFlag.AlignLeft | midden), titel)
        if rij.onder:
            onder = QRect(binnen.left(), boven.bottom() + 1, binnen.width(), klein_meter.height())
            painter.setFont(klein)
            painter.setPen(self._thema.kleur("tekst_zacht"))
            regel = klein_meter.elidedText(rij.onder, Qt.TextElideMode.ElideRight, onder.width())
            painter.drawText(onder, int(Qt.AlignmentFlag.AlignLeft | midden), regel)


class RijLijst(QListView):
    """De lijst zelf. `gekozen` draagt de waarde van de rij: Enter, klik of Ctrl+1 tot en met Ctrl+9."""

    gekozen = Signal(object)

    def __init__(
        self, naam: str, thema: Thema, *, cijfers: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cijfers = cijfers
        self.rijen = Rijen(self)
        self.tekenaar = RijTekenaar(thema, self)
        self.setModel(self.rijen)
        self.setItemDelegate(self.tekenaar)
        self.setAccessibleName(naam)
        self.setProperty("soort", "kaal")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)
        thema.gewijzigd.connect(self.doItemsLayout)

    def set_rijen(self, rijen: Sequence[Rij], *, kies: int = -1) -> None:
        """Vul de lijst; `kies` is de rij die al is aangewezen, -1 is geen."""
        self.rijen.set_rijen(rijen)
        if 0 <= kies < len(rijen):
            self.setCurrentIndex(self.rijen.index(kies))

    @property
    def gekozen_rij(self) -> Rij | None:
        return self.rijen.rij(self.currentIndex())

    def step(self, stap: int) -> None:
        """Wijs de volgende (1) of vorige (-1) rij aan, ook als de focus ergens anders is."""
        aantal = self.rijen.rowCount()
        if aantal:
            nu = self.currentIndex().row()
            nieuw = (0 if stap > 0 else aantal - 1) if nu < 0 else min(max(nu + stap, 0), aantal - 1)
            self.setCurrentIndex(self.rijen.index(nieuw))

    def choose_huidige(self) -> bool:
        """Kies de aangewezen rij. Onwaar als er geen is."""
        return self._choose(self.currentIndex())

    def choose_cijfer(self, event: QKeyEvent) -> bool:
        """Ctrl+1 kiest de eerste rij, Ctrl+2 de tweede. Onwaar als dit geen zo'n toets is."""
        if not self._is_cijfer(event) or event.isAutoRepeat():
            return False
        return self._choose(self.rijen.index(event.key() - Qt.Key.Key_1))

    def _is_cijfer(self, event: QKeyEvent) -> bool:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return self._cijfers and bool(ctrl) and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9

    def gewenste_hoogte(self, hoogstens: int) -> int:
        """Hoogte waarin alle rijen passen, begrensd; voor lijsten zonder eigen plaats."""
        hoogte = sum(self.sizeHintForRow(i) for i in range(self.rijen.rowCount())) + 2 * self.frameWidth() + 4
        return min(hoogte, hoogstens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.choose_huidige():
                return
        elif self.choose_cijfer(event):
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+cijfer kiest hier een rij, ook waar het venster er een sneltoets voor heeft."""
        is_toets = event.type() == QEvent.Type.ShortcutOverride
        if is_toets and isinstance(event, QKeyEvent) and self._is_cijfer(event):
            event.accept()
            return True
        if (
            event.type() == QEvent.Type.FocusIn
            and not self.currentIndex().isValid()
            and self.rijen.rowCount()
        ):
            self.setCurrentIndex(self.rijen.index(0))
        return super().event(event)

    def _choose(self, index: Index) -> bool:
        rij = self.rijen.rij(index)
        if rij is None or not rij.aan:
            return False
        self.gekozen.emit(rij.waarde)
        return True
