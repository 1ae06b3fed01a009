"""De tijdlijn als lijstmodel: één rij per gebeurtenis, bijgewerkt met alleen het verschil.

Rijen die er al stonden houden hun plaats, selectie en index als er bij komen. Filteren gebeurt hier, op
vooraf samengevoegde tekst. Laadt niets en beslist niet wat gezien mag worden: dat is al gebeurd.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from frontoffice.domain.taal import zonder_accenten
from frontoffice.domain.tijdlijn import TijdlijnItem, TijdlijnSoort
from ui.klantbeeld.lijst import KOPIEER_ROL

Index = QModelIndex | QPersistentModelIndex
RIJ_ROL = Qt.ItemDataRole.UserRole + 1
ITEM_ROL = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Rij:
    """Een gebeurtenis met alles wat de rij toont al in woorden. `volgorde` loopt van oud naar nieuw."""

    item: TijdlijnItem
    volgorde: tuple[datetime, str]
    dag: date
    dag_tekst: str
    tijd: str
    icoon: str
    soort: str
    titel: str
    regel: str
    uitgesproken: str
    zoektekst: str


class TijdlijnModel(QAbstractListModel):
    """Rijen, nieuwste eerst. `set_rijen` verwerkt het verschil, `set_filter` kiest welke rijen er staan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alle: tuple[Rij, ...] = ()
        self._zichtbaar: list[Rij] = []
        self._soort: TijdlijnSoort | None = None
        self._woorden: tuple[str, ...] = ()

    # --- wat Qt vraagt -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - zo roept Qt het aan
        return 0 if parent.isValid() else len(self._zichtbaar)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == RIJ_ROL:
            return self._zichtbaar[index.row()]
        if role == ITEM_ROL:
            return self._zichtbaar[index.row()].item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, KOPIEER_ROL):
            return self._zichtbaar[index.row()].uitgesproken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    # --- vragen ----------------------------------------------------------------------------------------

    @property
    def aantal_geladen(self) -> int:
        """Hoeveel rijen er zijn, ook die het filter verbergt."""
        return len(self._alle)

    @property
    def is_gefilterd(self) -> bool:
        return self._soort is not None or bool(self._woorden)

    def rij(self, nummer: int) -> Rij:
        return self._zichtbaar[nummer]

    def is_eerste_van_dag(self, nummer: int) -> bool:
        return nummer == 0 or self._zichtbaar[nummer - 1].dag != self._zichtbaar[nummer].dag

    def index_van(self, item_id: str) -> QModelIndex:
        """De plaats van een gebeurtenis, of een lege index als het filter haar verbergt."""
        for nummer, rij in enumerate(self._zichtbaar):
            if rij.item.id == item_id:
                return self.index(nummer, 0)
        return QModelIndex()

    # --- veranderen --------------------------------------------------------------------------------------

    def set_filter(self, soort: TijdlijnSoort | None, tekst: str) -> None:
        """Toon alleen deze soort en rijen waarin elk woord voorkomt."""
        woorden = tuple(zonder_accenten(tekst).split())
        if (soort, woorden) == (self._soort, self._woorden):
            return
        self._soort, self._woorden = soort, woorden
        self.beginResetModel()
        self._zichtbaar = list(self._gekozen(self._alle))
        self.endResetModel()

    def clear(self) -> None:
        """Een andere klant: alles weg, ook het filter."""
        self.beginResetModel()
        self._alle, self._zichtbaar = (), []
        self._soort, self._woorden = None, ()
        self.endResetModel()

    def set_rijen(self, rijen: tuple[Rij, ...]) -> None:
        """Breng het model bij `rijen` (nieuwste eerst): invoegen, weghalen en bijwerken wat anders is."""
        self._alle = rijen
        self._merge(list(self._gekozen(rijen)))

    def _gekozen(self, rijen: Iterable[Rij]) -> Iterable[Rij]:
        if not self.is_gefilterd:
            return rijen
        return (
            rij
            for rij in rijen
            if (self._soort is None or rij.item.soort is self._soort)
            and all(woord in rij.zoektekst for woord in self._woorden)
        )

    def _merge(self, nieuw: list[Rij]) -> None:
        """Loop oud en nieuw samen af; beide staan op volgorde, dus elke rij wordt één keer bekeken."""
        plaats = bron = 0
        while bron < len(nieuw) or plaats < len(self._zichtbaar):
            if plaats >= len(self._zichtbaar):
                self._insert(plaats, nieuw[bron:])
                return
            if bron >= len(nieuw):
                self._remove(plaats, len(self._zichtbaar))
                return
            hier, daar = self._zichtbaar[plaats], nieuw[bron]
            if hier is daar:
                plaats, bron = plaats + 1, bron + 1
            elif hier.volgorde == daar.volgorde:
                if hier != daar:
                    self._zichtbaar[plaats] = daar
                    self.dataChanged.emit(self.index(plaats), self.index(plaats))
                plaats, bron = plaats + 1, bron + 1
            elif hier.volgorde > daar.volgorde:
                einde = plaats + 1
                while einde < len(self._zichtbaar) and self._zichtbaar[einde].volgorde > daar.volgorde:
                    einde += 1
                self._remove(plaats, einde)
            else:
                einde = bron + 1
                while einde < len(nieuw) and nieuw[einde].volgorde > hier.volgorde:
                    einde += 1
                self._insert(plaats, nieuw[bron:einde])
                plaats, bron = plaats + einde - bron, einde

    def _insert(self, plaats: int, rijen: list[Rij]) -> None:
        self.beginInsertRows(QModelIndex(), plaats, plaats + len(rijen) - 1)
        self._zichtbaar[plaats:plaats] = rijen
        self.endInsertRows()

    def _remove(self, begin: int, einde: int) -> None:
        self.beginRemoveRows(QModelIndex(), begin, einde - 1)
        del self._zichtbaar[begin:einde]
        self.endRemoveRows()
