"""De rijen van WACHT, KOMT NOG en KLAAR als tabel. Een rij die blijft, houdt haar plaats, keuze en focus.

Namen staan er alleen in zolang iemand *Namen tonen* koos; anders bestaat die kolom niet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ui.beheer.tabel import KLEUR, Index
from ui.tekst import letterlijk, tooltip_tekst
from ui.vanavond.model import Regel

_GEEN = QModelIndex()
NAAM = "Naam"
Kolom = tuple[str, Callable[[Regel], str]]

NUMMER: Kolom = ("Nummer", lambda r: r.volgnummer)
TIJD: Kolom = ("Afspraak", lambda r: r.tijd)
WACHT: Kolom = ("Wacht", lambda r: r.wacht)
GROEP: Kolom = ("Waarvoor", lambda r: r.groep)
BIJ: Kolom = ("Bijzonder", lambda r: r.bij)


class Regelmodel(QAbstractTableModel):
    """`set_regels` verandert alleen wat anders is."""

    def __init__(self, kolommen: Sequence[Kolom], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vast = tuple(kolommen)
        self._regels: tuple[Regel, ...] = ()
        self._namen: Mapping[str, str] = {}

    # --- wat Qt vraagt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self._regels)

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self._vast) + bool(self._namen)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._vast[section][0] if section < len(self._vast) else NAAM

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._regels):
            return None
        regel = self._regels[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cel(regel, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._cel(regel, index.column()) or "leeg"
        if role == Qt.ItemDataRole.FontRole:
            return "nadruk" if index.column() == 0 or regel.aan_de_beurt else None
        if role == KLEUR:
            return self._kleur(regel, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst(" ".join(d for d in (self._cel(regel, index.column()), regel.waarom) if d))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return regel.waarom
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    @property
    def ruime_kolom(self) -> int:
        """De kolom die krijgt wat er over is: de laatste die er altijd staat."""
        return len(self._vast) - 1

    # --- vragen --------------------------------------------------------------------------------------------

    @property
    def regels(self) -> tuple[Regel, ...]:
        return self._regels

    def regel(self, rij: int) -> Regel | None:
        return self._regels[rij] if 0 <= rij < len(self._regels) else None

    def find(self, id_: str) -> int:
        """De rij van dit bezoek; -1 als het er niet staat."""
        return next((rij for rij, regel in enumerate(self._regels) if regel.id == id_), -1)

    # --- veranderen ----------------------------------------------------------------------------------------

    def set_namen(self, namen: Mapping[str, str]) -> None:
        """De namen erbij, of (leeg) weer weg."""
        if dict(namen) == dict(self._namen):
            return
        laatste = len(self._vast)
        if namen and not self._namen:
            self.beginInsertColumns(QModelIndex(), laatste, laatste)
            self._namen = dict(namen)
            self.endInsertColumns()
        elif self._namen and not namen:
            self.beginRemoveColumns(QModelIndex(), laatste, laatste)
            self._namen = {}
            self.endRemoveColumns()
        else:
            self._namen = dict(namen)
            self._meld(0, len(self._regels) - 1)

    def set_regels(self, regels: Sequence[Regel]) -> None:
        nieuw = tuple(regels)
        if nieuw == self._regels:
            return
        blijft = {regel.id for regel in nieuw}
        for rij in range(len(self._regels) - 1, -1, -1):
            if self._regels[rij].id not in blijft:
                self.beginRemoveRows(QModelIndex(), rij, rij)
                self._regels = self._regels[:rij] + self._regels[rij + 1 :]
                self.endRemoveRows()
        self._reorder({regel.id: plaats for plaats, regel in enumerate(nieuw)})
        for plaats, regel in enumerate(nieuw):
            if plaats >= len(self._regels) or self._regels[plaats].id != regel.id:
                self.beginInsertRows(QModelIndex(), plaats, plaats)
                self._regels = (*self._regels[:plaats], regel, *self._regels[plaats:])
                self.endInsertRows()
        oud, self._regels = self._regels, nieuw
        anders = [rij for rij, (was, nu) in enumerate(zip(oud, nieuw, strict=True)) if was != nu]
        if anders:
            self._meld(anders[0], anders[-1])

    def _reorder(self, plaats: Mapping[str, int]) -> None:
        """Zet wat er blijft in de nieuwe volgorde; een keuze gaat mee met haar rij."""
        gewenst = tuple(sorted(self._regels, key=lambda regel: plaats[regel.id]))
        if gewenst == self._regels:
            return
        self.layoutAboutToBeChanged.emit()
        nieuwe_rij = {regel.id: rij for rij, regel in enumerate(gewenst)}
        oude = self.persistentIndexList()
        nieuwe = [self.index(nieuwe_rij[self._regels[i.row()].id], i.column()) for i in oude]
        self._regels = gewenst
        self.changePersistentIndexList(oude, nieuwe)
        self.layoutChanged.emit()

    def _meld(self, eerste: int, laatste: int) -> None:
        if eerste <= laatste:
            self.dataChanged.emit(self.index(eerste, 0), self.index(laatste, self.columnCount() - 1))

    def _cel(self, regel: Regel, kolom: int) -> str:
        tekst = self._vast[kolom][1](regel) if kolom < len(self._vast) else self._namen.get(regel.id, "")
        return letterlijk(tekst, 300, een_regel=True)

    def _kleur(self, regel: Regel, kolom: int) -> str | None:
        if kolom >= len(self._vast):
            return None
        kop = self._vast[kolom][0]
        if kop == BIJ[0]:
            return "let_op" if regel.let_op else "accent" if regel.aan_de_beurt else "tekst_zacht"
        return "tekst_zacht" if kop in (WACHT[0], GROEP[0]) and not regel.aan_de_beurt else None
