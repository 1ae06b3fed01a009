"""Een tabel om in te typen: rijen met keuzes en tijden, en per cel wat er niet klopt. Bewaart niets.

Wat getypt is, blijft staan zoals het is getypt, ook als het geen tijd is; lezen gebeurt bij het voorleggen.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from ui.beheer.tabel import CelTekenaar, Index, Tabel
from ui.tekst import announce, letterlijk, tooltip_tekst
from ui.thema import Thema

_GEEN = QModelIndex()
FOUT = Qt.ItemDataRole.UserRole + 2
Soort = Literal["keuze", "tijd", "tekst", "vrij"]
_MEESTE_STAPPEN = 100
_LANGST = 300


@dataclass(frozen=True)
class Kolom:
    """`keuzes`: waarde → tekst bij soort "keuze"; bij "vrij" zijn het voorstellen en mag iets anders ook."""

    naam: str
    kop: str
    soort: Soort = "tekst"
    keuzes: Mapping[Any, str] = field(default_factory=dict)

    @property
    def breedste(self) -> str:
        """De langste tekst die er kan staan, zodat een kolom niet verspringt."""
        teksten = [*self.keuzes.values(), "00.00 uur" if self.soort == "tijd" else ""]
        return max(teksten, key=len)


@dataclass
class Invoerrij:
    """Eén regel: `id` van het onderdeel of een eigen, en per kolom wat er staat."""

    id: str
    cellen: dict[str, Any]


class Rijmodel(QAbstractTableModel):
    """`gewijzigd` na elke verandering door de medewerker."""

    gewijzigd = Signal()

    def __init__(self, kolommen: Sequence[Kolom], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kolommen = tuple(kolommen)
        self.rijen: list[Invoerrij] = []
        self._fouten: dict[tuple[int, str], str] = {}
        self._nummers = itertools.count(1)
        self._stappen: list[list[Invoerrij]] = []

    @property
    def kan_terug(self) -> bool:
        """Is er een wijziging om ongedaan te maken?"""
        return bool(self._stappen)

    def set_kolommen(self, kolommen: Sequence[Kolom]) -> None:
        """Andere keuzes in dezelfde kolommen."""
        self.kolommen = tuple(kolommen)
        if self.rijen:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rijen) - 1, len(kolommen) - 1))

    def set_rijen(self, rijen: Sequence[Invoerrij]) -> None:
        """Wat er bewaard is; daarvoor is er niets ongedaan te maken."""
        self._stappen.clear()
        self._reset(rijen)

    def replace_rijen(self, rijen: Sequence[Invoerrij]) -> None:
        """Alles anders, door de medewerker: ook dat is ongedaan te maken."""
        self._note_stap()
        self._reset(rijen)
        self.gewijzigd.emit()

    def undo(self) -> bool:
        """De laatste wijziging terug. Onwaar als er geen is."""
        if not self._stappen:
            return False
        self._reset(self._stappen.pop())
        self.gewijzigd.emit()
        return True

    def _note_stap(self) -> None:
        self._stappen.append([Invoerrij(rij.id, dict(rij.cellen)) for rij in self.rijen])
        del self._stappen[:-_MEESTE_STAPPEN]

    def _reset(self, rijen: Sequence[Invoerrij]) -> None:
        self.beginResetModel()
        self.rijen = list(rijen)
        self._fouten = {}
        self.endResetModel()

    def add(self, cellen: dict[str, Any]) -> int:
        """Een regel erbij; geeft zijn rijnummer."""
        self._note_stap()
        plek = len(self.rijen)
        self.beginInsertRows(_GEEN, plek, plek)
        self.rijen.append(Invoerrij(f"nieuw-{next(self._nummers)}", cellen))
        self.endInsertRows()
        self.gewijzigd.emit()
        return plek

    def remove(self, rij: int) -> None:
        if 0 <= rij < len(self.rijen):
            self._note_stap()
            self.beginRemoveRows(_GEEN, rij, rij)
            del self.rijen[rij]
            self._fouten = {}
            self.endRemoveRows()
            self.gewijzigd.emit()

    def set_fouten(self, fouten: Mapping[tuple[int, str], str]) -> None:
        """Per rij en kolomnaam de zin."""
        self._fouten = dict(fouten)
        if self.rijen:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rijen) - 1, len(self.kolommen) - 1))

    def kolom_van(self, naam: str) -> int:
        return next((nummer for nummer, kolom in enumerate(self.kolommen) if kolom.naam == naam), 0)

    # --- Qt ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self.rijen)

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self.kolommen)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_kop = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.kolommen[section].kop if is_kop else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rijen):
            return None
        kolom = self.kolommen[index.column()]
        waarde = self.rijen[index.row()].cellen.get(kolom.naam, "")
        fout = self._fouten.get((index.row(), kolom.naam), "")
        if role == Qt.ItemDataRole.EditRole:
            return waarde
        if role == Qt.ItemDataRole.DisplayRole:
            return letterlijk(self._tekst(kolom, waarde), _LANGST, een_regel=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            tekst = letterlijk(self._tekst(kolom, waarde), _LANGST, een_regel=True) or "leeg"
            return f"{kolom.kop}: {tekst}" + (f". {fout}" if fout else "")
        if role == FOUT:
            return fout
        if role == Qt.ItemDataRole.ToolTipRole and fout:
            return tooltip_tekst(fout)
        return None

    def setData(self, index: Index, waarde: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        kolom = self.kolommen[index.column()]
        rij = self.rijen[index.row()]
        if rij.cellen.get(kolom.naam) != waarde:
            self._note_stap()
            rij.cellen[kolom.naam] = waarde
            self._fouten.pop((index.row(), kolom.naam), None)
            self.dataChanged.emit(index, index)
            self.gewijzigd.emit()
        return True

    @staticmethod
    def _tekst(kolom: Kolom, waarde: Any) -> str:
        return kolom.keuzes.get(waarde, str(waarde)) if kolom.soort == "keuze" else str(waarde)


class _Cel(CelTekenaar):
    """Tekent een cel, en maakt het veld om erin te typen of te kiezen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(FOUT):
            painter.fillRect(option.rect, self.thema.kleur("gevaar_vlak"))
        super().paint(painter, option, index)
        if index.data(FOUT):
            vlak = option.rect
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.thema.kleur("gevaar"))
            hoek = vlak.topRight()
            painter.drawPolygon([hoek, hoek - QPoint(9, 0), hoek + QPoint(0, 9)])
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, Rijmodel)
        kolom = model.kolommen[index.column()]
        naam = f"{kolom.kop}, regel {index.row() + 1}"
        if kolom.soort == "keuze":
            keuze = QComboBox(parent)
            keuze.setAccessibleName(naam)
            for waarde, tekst in kolom.keuzes.items():
                keuze.addItem(letterlijk(tekst, 80, een_regel=True), waarde)
            keuze.activated.connect(lambda _: self._finish(keuze))
            QTimer.singleShot(0, keuze, keuze.showPopup)
            return keuze
        if kolom.soort == "vrij":
            vrij = QComboBox(parent)
            vrij.setEditable(True)
            vrij.setAccessibleName(naam)
            vrij.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            vrij.addItems([letterlijk(tekst, 80, een_regel=True) for tekst in kolom.keuzes.values()])
            typveld = vrij.lineEdit()
            assert typveld is not None
            typveld.setMaxLength(_LANGST)
            typveld.setAccessibleName(naam)
            return vrij
        veld = QLineEdit(parent)
        veld.setAccessibleName(naam)
        veld.setMaxLength(_LANGST)
        return veld

    def _finish(self, widget: QWidget) -> None:
        self.commitData.emit(widget)
        self.closeEditor.emit(widget)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        waarde = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox) and (typveld := editor.lineEdit()) is not None:
            typveld.setText(str(waarde))
            typveld.selectAll()
        elif isinstance(editor, QComboBox):
            model = index.model()
            assert isinstance(model, Rijmodel)
            sleutels = list(model.kolommen[index.column()].keuzes)
            editor.setCurrentIndex(sleutels.index(waarde) if waarde in sleutels else 0)
        elif isinstance(editor, QLineEdit):
            editor.setText(str(waarde))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(model, Rijmodel)
        if isinstance(editor, QComboBox) and editor.isEditable():
            model.setData(index, editor.currentText().strip())
        elif isinstance(editor, QComboBox):
            sleutels = list(model.kolommen[index.column()].keuzes)
            if 0 <= editor.currentIndex() < len(sleutels):
                model.setData(index, sleutels[editor.currentIndex()])
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text().strip())


class Invoertabel(Tabel):
    """Enter of F2 wijzigt de cel, Insert voegt een regel toe, Delete haalt hem weg, Ctrl+Z maakt ongedaan."""

    erbij = Signal()

    def __init__(self, naam: str, thema: Thema, model: Rijmodel) -> None:
        super().__init__(naam, thema, model, per_rij=False)
        self._model = model
        model.modelReset.connect(self._begin_boven)
        self.setItemDelegate(_Cel(thema, self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setAccessibleDescription(
            "Pijltjes gaan naar een andere cel. Enter wijzigt de cel. Insert voegt een regel toe, "
            "Delete haalt hem weg. Control Z maakt ongedaan."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        bezig = self.state() == QAbstractItemView.State.EditingState
        if toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not bezig and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif toets == Qt.Key.Key_Insert:
            self.erbij.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not bezig:
            self.undo()
        elif toets == Qt.Key.Key_Delete and not bezig:
            self.remove_huidige()
        else:
            super().keyPressEvent(event)

    def sizeHintForColumn(self, kolom: int) -> int:
        """Ook breed genoeg voor elke keuze die er kan staan."""
        breedste = self._model.kolommen[kolom].breedste
        ruimte = QFontMetrics(self._thema.font("gewoon")).horizontalAdvance(breedste) + 10 * Thema.afstand
        return max(super().sizeHintForColumn(kolom), ruimte)

    def remove_huidige(self) -> None:
        rij = self.currentIndex().row()
        kolom = max(self.currentIndex().column(), 0)
        self._model.remove(rij)
        over = self._model.rowCount()
        if over:
            self.setCurrentIndex(self._model.index(min(max(rij, 0), over - 1), kolom))

    def _begin_boven(self) -> None:
        """Alles is anders: wie hier de focus heeft, staat dan in de eerste cel."""
        if self.hasFocus() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))

    def undo(self) -> None:
        """Maak de laatste wijziging in deze tabel ongedaan; wie ergens stond, blijft daar."""
        rij, kolom = max(self.currentIndex().row(), 0), max(self.currentIndex().column(), 0)
        if self._model.undo():
            over = self._model.rowCount()
            if over:
                self.setCurrentIndex(self._model.index(min(rij, over - 1), kolom))
            announce(self, "Ongedaan gemaakt.")

    def go_to(self, rij: int, kolom: str) -> None:
        self.setCurrentIndex(self._model.index(rij, self._model.kolom_van(kolom)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Neem over wat er nu nog in een cel wordt getypt."""
        veld = self.indexWidget(self.currentIndex())
        if veld is not None:
            self.commitData(veld)
            self.closeEditor(veld, self.itemDelegate().EndEditHint.NoHint)
