"""De genummerde lijst "Eerste mogelijkheden": een cijfer kiest, wat net is vergeven blijft op zijn plaats.

Nummers verschuiven nooit vanzelf: pas na een nieuwe zoekactie van de medewerker zelf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from frontoffice.agenda.tijd import tijdlabel
from frontoffice.domain import taal
from ui.afspraak import woorden
from ui.afspraak.dienst import Mogelijkheid
from ui.klantbeeld.lijst import paint_achtergrond, paint_tekst
from ui.tekst import tooltip_tekst
from ui.thema import Thema

Index = QModelIndex | QPersistentModelIndex
_GEEN = QModelIndex()
VERGEVEN = "net vergeven"


@dataclass(frozen=True)
class Tijdregel:
    """Eén regel van de lijst. `vergeven`: was er, en is nu weg."""

    nummer: int
    keuze: Mogelijkheid
    vergeven: bool = False
    vast: bool = False


def dag_tekst(regel: Tijdregel, vandaag: date) -> str:
    return taal.datum_kort(regel.keuze.dag, vandaag)


def tijd_tekst(regel: Tijdregel) -> str:
    """ "17.15 uur", of bij samen komen elke begintijd."""
    tijden = [tijdlabel(start.begin) for start in regel.keuze.starts]
    if len(set(tijden)) == 1:
        return tijden[0]
    return f"{woorden.opsomming(tijd.removesuffix(' uur') for tijd in tijden)} uur"


def stand_tekst(regel: Tijdregel) -> str:
    """Wat er rechts staat: of hij weg is, vastgezet, of bij samen komen hoe."""
    if regel.vast:
        return "vastgezet"
    if regel.vergeven:
        return VERGEVEN
    if len(regel.keuze.delen) > 1:
        return "tegelijk" if regel.keuze.tegelijk else "na elkaar"
    return f"{regel.keuze.over} vrij" if regel.keuze.over else ""


class Tijden(QAbstractListModel):
    """De regels als model; verandert alleen wat er is veranderd."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.regels: tuple[Tijdregel, ...] = ()
        self.vandaag = date.min

    def set_keuzes(self, keuzes: Sequence[Mogelijkheid], vandaag: date) -> None:
        """Een nieuwe lijst, op verzoek van de medewerker."""
        self.beginResetModel()
        self.vandaag = vandaag
        self.regels = tuple(Tijdregel(nummer, keuze) for nummer, keuze in enumerate(keuzes, start=1))
        self.endResetModel()

    def follow(self, keuzes: Sequence[Mogelijkheid], vast: object) -> bool:
        """Werk bij zonder iets te verschuiven: wat weg is blijft staan. Waar als er iets weg of terug is."""
        nu = {keuze.sleutel: keuze for keuze in keuzes}
        anders = False
        nieuw = []
        for regel in self.regels:
            keuze = nu.get(regel.keuze.sleutel, regel.keuze)
            is_vast = keuze.sleutel == vast
            weg = regel.keuze.sleutel not in nu and not is_vast
            nieuw.append(replace(regel, keuze=keuze, vergeven=weg, vast=is_vast))
            anders = anders or weg != regel.vergeven
        self._put(tuple(nieuw))
        return anders

    def mark_vast(self, vast: object) -> None:
        """Welke regel is vastgezet, en welke dus niet meer."""
        self._put(
            tuple(
                replace(regel, vast=is_vast, vergeven=regel.vergeven and not is_vast)
                for regel in self.regels
                for is_vast in (regel.keuze.sleutel == vast,)
            )
        )

    def _put(self, nieuw: tuple[Tijdregel, ...]) -> None:
        oud, self.regels = self.regels, nieuw
        for rij, (een, ander) in enumerate(zip(oud, nieuw, strict=True)):
            if een != ander:
                self.dataChanged.emit(self.index(rij), self.index(rij))

    def regel(self, index: Index) -> Tijdregel | None:
        return self.regels[index.row()] if index.isValid() and index.row() < len(self.regels) else None

    def gesproken(self, regel: Tijdregel) -> str:
        dag = taal.datum_lang(regel.keuze.dag, self.vandaag)
        delen = [str(regel.nummer), dag, tijd_tekst(regel), stand_tekst(regel)]
        return ", ".join(deel for deel in delen if deel)

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self.regels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        regel = self.regel(index)
        if regel is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{dag_tekst(regel, self.vandaag)} {tijd_tekst(regel)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.gesproken(regel)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return f"Alt+{regel.nummer}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(self.gesproken(regel))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        regel = self.regel(index)
        if regel is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class _Tekenaar(QStyledItemDelegate):
    """Cijfer, dag en tijd onder elkaar; de tijd springt eruit."""

    def __init__(self, thema: Thema, parent: QObject) -> None:
        super().__init__(parent)
        self._thema = thema

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hoog = QFontMetrics(self._thema.font("nadruk")).height() + 3 * Thema.afstand
        return QSize(180, max(hoog, Thema.hoofddoel))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        regel = model.regel(index) if isinstance(model, Tijden) else None
        if regel is None or not isinstance(model, Tijden):
            return
        painter.save()
        thema = self._thema
        paint_achtergrond(painter, option, thema)
        vak: QRect = option.rect
        vak = vak.adjusted(3 * Thema.afstand, 0, -3 * Thema.afstand, 0)
        nadruk, gewoon, klein = thema.font("nadruk"), thema.font("gewoon"), thema.font("klein")
        stand_van_widget: QStyle.StateFlag = option.state
        uit = regel.vergeven or not stand_van_widget & QStyle.StateFlag.State_Enabled
        kleur = thema.kleur("uit" if uit else "tekst")
        self._paint_nummer(painter, QRect(vak.left(), vak.center().y() - 10, 21, 21), regel, uit=uit)
        x = vak.left() + 21 + 3 * Thema.afstand
        dag = dag_tekst(regel, model.vandaag)
        breed = max(QFontMetrics(gewoon).horizontalAdvance(tekst) for tekst in ("wo 30 sep", dag)) + 8
        paint_tekst(painter, gewoon, kleur, QRect(x, vak.top(), breed, vak.height()), dag)
        x += breed + Thema.afstand
        stand = stand_tekst(regel)
        rechts = QFontMetrics(klein).horizontalAdvance(stand) + 2
        paint_tekst(painter, nadruk, kleur, QRect(x, vak.top(), vak.right() - x - rechts - 6, vak.height()),
                    tijd_tekst(regel))  # fmt: skip
        zacht = thema.kleur("goed" if regel.vast else "tekst_zacht")
        paint_tekst(painter, klein, zacht, vak, stand, rechts=True)
        painter.restore()

    def _paint_nummer(self, painter: QPainter, vak: QRect, regel: Tijdregel, *, uit: bool) -> None:
        """Het cijfer als toets: een vlakje met een rand, zoals het op het toetsenbord staat."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kleur = self._thema.kleur("uit" if uit else "accent")
        painter.setPen(kleur)
        painter.drawRoundedRect(vak, 4, 4)
        painter.setFont(self._thema.font("nadruk"))
        painter.drawText(vak, int(Qt.AlignmentFlag.AlignCenter), str(regel.nummer))
        painter.restore()


class Tijdenlijst(QListView):
    """`gekozen` draagt de Mogelijkheid: Enter, klik, of het cijfer zolang de lijst de focus heeft."""

    gekozen = Signal(object)
    weg = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.tijden = Tijden(self)
        self.setModel(self.tijden)
        self.setItemDelegate(_Tekenaar(thema, self))
        self.setAccessibleName("Eerste mogelijkheden")
        self.setProperty("soort", "kaal")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        thema.gewijzigd.connect(self.doItemsLayout)

    def set_keuzes(self, keuzes: Sequence[Mogelijkheid], vandaag: date) -> None:
        self.tijden.set_keuzes(keuzes, vandaag)
        if keuzes and self.hasFocus():
            self.setCurrentIndex(self.tijden.index(0))
        self.updateGeometry()

    def choose_nummer(self, nummer: int) -> None:
        """Kies de regel met dit cijfer; er is niets te kiezen als hij er niet is."""
        if 1 <= nummer <= self.tijden.rowCount():
            self.setCurrentIndex(self.tijden.index(nummer - 1))
            self._choose(self.currentIndex())

    def sizeHint(self) -> QSize:
        rij = self.sizeHintForRow(0) if self.tijden.rowCount() else Thema.hoofddoel
        return QSize(300, rij * max(1, self.tijden.rowCount()) + 2 * self.frameWidth() + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        los = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose(self.currentIndex())
        elif los and Qt.Key.Key_1 <= toets <= Qt.Key.Key_9:
            if not event.isAutoRepeat():
                self.choose_nummer(toets - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.FocusIn
            and not self.currentIndex().isValid()
            and self.tijden.rowCount()
        ):
            self.setCurrentIndex(self.tijden.index(0))
        return super().event(event)

    def _choose(self, index: Index) -> None:
        regel = self.tijden.regel(index)
        if regel is None:
            return
        (self.weg if regel.vergeven else self.gekozen).emit(regel.keuze)
