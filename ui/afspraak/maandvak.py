"""Op een breed scherm tussen tijden en rechts: de maand als kalender, met per avond wat er vrij is.

Eronder staat welk werk op welke avond niet kan. Een avond kiezen maakt hem het filter; dat doet wie luistert.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from frontoffice.domain import taal
from frontoffice.services.afspraakwaarden import AvondSoort, AvondStand
from ui.bouwstenen import Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, letterlijk
from ui.thema import Kleurnaam, Thema

Index = QModelIndex | QPersistentModelIndex
_GEEN = QModelIndex()
_KORT = {AvondSoort.ROOSTER_LEEG: "nog leeg"}
_KAN_NIET = " kan niemand dit doen"
KIES = "Kies links een product. Daarna staat hier per avond wat er vrij is."
Dekking = Mapping[date, Sequence[str]]


class Maandmodel(QAbstractTableModel):
    """Een rij per week, tot en met de laatste avond. Een dag zonder avond is alleen een getal."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gekozen: date | None = None
        self._maandag, self._weken = date.min, 0
        self._standen: dict[date, AvondStand] = {}
        self._dekking: Dekking = {}
        self._vandaag = date.min

    def set_standen(self, standen: Sequence[AvondStand], dekking: Dekking, vandaag: date) -> None:
        datums = [stand.datum for stand in standen]
        begin = min(datums, default=vandaag)
        maandag = begin - timedelta(days=begin.weekday())
        weken = (max(datums) - maandag).days // 7 + 1 if datums else 0
        anders = (maandag, weken) != (self._maandag, self._weken)
        if anders:
            self.beginResetModel()
        self._maandag, self._weken = maandag, weken
        self._standen = {stand.datum: stand for stand in standen}
        self._dekking, self._vandaag = dekking, vandaag
        if anders:
            self.endResetModel()
        self._tell()

    def set_gekozen(self, datum: date | None) -> None:
        """De avond waarop alleen wordt gezocht."""
        self.gekozen = datum
        self._tell()

    def _tell(self) -> None:
        if self._weken:
            self.dataChanged.emit(self.index(0, 0), self.index(self._weken - 1, 6))

    def dag(self, index: Index) -> date | None:
        """De dag van deze cel; None als hij al is geweest."""
        if not index.isValid():
            return None
        dag = self._maandag + timedelta(weeks=index.row(), days=index.column())
        return dag if dag >= self._vandaag else None

    def plek(self, datum: date) -> QModelIndex:
        dagen = (datum - self._maandag).days
        return self.index(dagen // 7, dagen % 7) if 0 <= dagen < 7 * self._weken else QModelIndex()

    def dagtekst(self, dag: date) -> str:
        """Het getal; bij de eerste dag van een maand en van de lijst ook de maand."""
        eerste = dag.day == 1 or dag == max(self._maandag, self._vandaag)
        return f"{dag.day} {taal.MAANDEN_KORT[dag.month - 1]}" if eerste else str(dag.day)

    def stand(self, datum: date | None) -> AvondStand | None:
        return self._standen.get(datum) if datum is not None else None

    def waarschuwt(self, datum: date | None) -> bool:
        return datum is not None and bool(self._dekking.get(datum))

    def label(self, datum: date | None) -> str:
        """ "9 vrij", "VOL", "dicht": kort genoeg voor een cel."""
        stand = self.stand(datum)
        return "" if stand is None else _KORT.get(stand.soort, stand.label)

    def zin(self, datum: date | None) -> str:
        """De hele avond in een zin; leeg als er geen avond is."""
        stand = self.stand(datum)
        if datum is None or stand is None:
            return ""
        delen = [f"{taal.datum_kort(datum, self._vandaag)}: {stand.label}."]
        delen += [stand.reden] if stand.reden else []
        return " ".join((*delen, *(zin for zin in self._dekking.get(datum, ()) if zin != stand.reden)))

    def _gesproken(self, dag: date) -> Iterator[str]:
        stand = self.stand(dag)
        yield taal.datum_lang(dag, self._vandaag)
        yield stand.label if stand is not None else "geen avond"
        if self.waarschuwt(dag):
            yield "let op"
        if dag == self.gekozen:
            yield "gekozen"

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else self._weken

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_kop = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return taal.DAGEN[section][:2] if is_kop else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        dag = self.dag(index)
        if dag is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.dagtekst(dag)} {self.label(dag)}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return letterlijk(", ".join(self._gesproken(dag)), 80, een_regel=True)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return letterlijk(self.zin(dag), 400, een_regel=True)
        return None


class _Dagcel(QStyledItemDelegate):
    """Dag boven, stand eronder; een uitroepteken als er werk is dat niet kan."""

    def __init__(self, thema: Thema, tabel: QTableView) -> None:
        super().__init__(tabel)
        self._thema, self._tabel = thema, tabel

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, Maandmodel)
        dag = model.dag(index)
        if dag is None:
            return
        painter.save()
        vlak, stand, kleur = option.rect, model.stand(dag), self._thema.kleur
        nu = index == self._tabel.currentIndex()
        if dag == model.gekozen or option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(vlak.adjusted(1, 1, -1, -1), kleur("selectie"))
        hoog = QFontMetrics(self._thema.font("gewoon")).height()
        boven = QRect(vlak.left(), vlak.top() + Thema.afstand, vlak.width(), hoog)
        onder = boven.translated(0, hoog)
        painter.setFont(self._thema.font("nadruk" if stand is not None else "gewoon"))
        painter.setPen(kleur("tekst" if stand is not None else "tekst_zacht"))
        midden = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(boven, midden, model.dagtekst(dag) + (" !" if model.waarschuwt(dag) else ""))
        if stand is not None:
            painter.setFont(self._thema.font("klein"))
            painter.setPen(kleur(_kleur(stand)))
            tekst = painter.fontMetrics().elidedText(
                model.label(dag), Qt.TextElideMode.ElideRight, vlak.width() - 4
            )
            painter.drawText(onder, midden, tekst)
        if nu and self._tabel.hasFocus():
            painter.setPen(QPen(kleur("focus"), 2))
            painter.drawRect(vlak.adjusted(1, 1, -2, -2))
        painter.restore()


def _rij(dag: str, zin: str, datum: date) -> Rij:
    """ "do 17 dec: Rijbewijs aanvragen", met eronder wanneer niemand dat kan."""
    wanneer, scheiding, product = zin.partition(f"{_KAN_NIET}: ")
    if not scheiding:
        return Rij(dag, zin, waarde=datum)
    return Rij(f"{dag}: {product.rstrip('.')}", f"{wanneer}: niemand.", waarde=datum)


def _kleur(stand: AvondStand) -> Kleurnaam:
    if stand.soort is AvondSoort.VRIJ:
        return "goed"
    return "let_op" if stand.soort is AvondSoort.ROOSTER_LEEG else "tekst_zacht"


class Kalendertabel(QTableView):
    """Pijltjes lopen per dag, Enter of klik kiest. Tab gaat verder."""

    gekozen = Signal(object)
    gewezen = Signal(object)

    def __init__(self, thema: Thema, model: Maandmodel) -> None:
        super().__init__()
        self._thema, self._model = thema, model
        self.setModel(model)
        self.setItemDelegate(_Dagcel(thema, self))
        self.setAccessibleName("Avonden per week")
        self.setAccessibleDescription(
            "Pijltjes gaan naar een andere dag. Enter zoekt alleen op die avond, "
            "nog een keer Enter weer op alle avonden."
        )
        self.setProperty("soort", "kaal")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        kop = self.horizontalHeader()
        kop.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        kop.setSectionsClickable(False)
        kop.setHighlightSections(False)
        self.clicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(lambda nu, _: self.gewezen.emit(model.dag(nu)))
        model.modelReset.connect(self._set_hoogte)
        thema.gewijzigd.connect(self._set_hoogte)

    def _set_hoogte(self) -> None:
        regel = 2 * QFontMetrics(self._thema.font("gewoon")).height() + 2 * Thema.afstand
        self.verticalHeader().setMinimumSectionSize(regel)
        self.verticalHeader().setDefaultSectionSize(regel)
        kop = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(kop + max(self._model.rowCount(), 1) * regel + 6)

    def _choose(self, index: Index) -> None:
        dag = self._model.dag(index)
        if dag is not None and self._model.stand(dag) is not None:
            self.gekozen.emit(dag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)


class MaandVak(Vak):
    """Signalen: `gekozen` (date met tijd, of None voor alle avonden) en `waarom` (date zonder tijd)."""

    gekozen = Signal(object)
    waarom = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Komende weken")
        self._vandaag = date.min
        self._dekking: Dekking = {}
        self.model = Maandmodel(self)
        self.tabel = Kalendertabel(thema, self.model)
        marge = 3 * Thema.afstand
        self.zin = Tekst(KIES, rol="gedempt")
        self.zin.setContentsMargins(marge, Thema.afstand, marge, 2 * Thema.afstand)
        self._kop_dekking = Tekst("Wat niet kan", rol="kop2")
        self._kop_dekking.setContentsMargins(marge, 2 * Thema.afstand, marge, Thema.afstand)
        self.dekking = RijLijst("Wat niet kan de komende weken", thema)
        self.dekking.gekozen.connect(self._jump)
        self._lijn = Lijn()
        self._rek = QWidget()
        vlak = QWidget()
        kolom = QVBoxLayout(vlak)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        for deel in (self.tabel, self.zin, self._lijn, self._kop_dekking):
            kolom.addWidget(deel)
        kolom.addWidget(self.dekking, 1)
        kolom.addWidget(self._rek, 1)
        self.inhoud.addWidget(Scrollvlak(vlak))
        self.tabel.gekozen.connect(self._choose)
        self.tabel.gewezen.connect(self._follow)
        self.clear()

    def eerste_focus(self) -> QWidget:
        return self.tabel

    def clear(self) -> None:
        """Nog niets gezocht."""
        self._dekking = {}
        self.model.set_standen((), {}, self._vandaag)
        self.set_datum(None)
        self.tabel.hide()
        self.zin.setText(KIES)
        self._show_dekking()

    def set_datum(self, datum: date | None) -> None:
        """De ene avond waarop wordt gezocht, of None."""
        self.model.set_gekozen(datum)
        self._follow(self.model.dag(self.tabel.currentIndex()))

    def show_standen(self, standen: Sequence[AvondStand], dekking: Dekking, vandaag: date) -> None:
        """Vul of werk bij; wie een dag bekijkt, blijft daar."""
        if not standen:
            self.clear()
            return
        was = self.model.dag(self.tabel.currentIndex())
        self._vandaag, self._dekking = vandaag, dekking
        self.model.set_standen(standen, dekking, vandaag)
        self.tabel.show()
        vrij = next((s.datum for s in standen if s.soort is AvondSoort.VRIJ), standen[0].datum)
        plek = self.model.plek(was) if was is not None else QModelIndex()
        if not plek.isValid():
            plek = self.model.plek(vrij)
        self.tabel.setCurrentIndex(plek)
        self._show_dekking()
        self._follow(self.model.dag(plek))

    def _show_dekking(self) -> None:
        rijen = [
            _rij(taal.datum_kort(dag, self._vandaag), zin, dag)
            for dag, zinnen in sorted(self._dekking.items())
            if dag >= self._vandaag
            for zin in zinnen
        ]
        plek = self.dekking.currentIndex().row()
        self.dekking.set_rijen(rijen, kies=min(plek, len(rijen) - 1))
        self.dekking.setMinimumHeight(min(self.dekking.gewenste_hoogte(180), 180) if rijen else 0)
        for deel in (self._lijn, self._kop_dekking, self.dekking):
            deel.setVisible(bool(rijen))
        self._rek.setVisible(not rijen)

    def _follow(self, dag: object) -> None:
        if not isinstance(dag, date) or not self.model.rowCount():
            return
        zin = self.model.zin(dag) or f"{taal.datum_kort(dag, self._vandaag)}: geen avond."
        if dag == self.model.gekozen:
            zin = f"{zin} Alleen deze avond. Kies hem nog een keer voor alle avonden."
        self.zin.setText(zin)

    def _jump(self, dag: object) -> None:
        if isinstance(dag, date):
            self.tabel.setCurrentIndex(self.model.plek(dag))
            self._choose(dag)

    def _choose(self, dag: date) -> None:
        """Een avond met tijd: alleen die avond, of weer alle. Zonder tijd: waarom niet."""
        stand = self.model.stand(dag)
        if dag == self.model.gekozen:
            self.gekozen.emit(None)
        elif stand is not None and stand.soort is AvondSoort.VRIJ:
            self.gekozen.emit(dag)
        elif stand is not None:
            self.waarom.emit(dag)
