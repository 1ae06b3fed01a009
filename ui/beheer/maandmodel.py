"""De avonden als tabel: per avond tijd, stand, afspraken, en per bevoegdheid hoeveel balies het kunnen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from frontoffice.agenda.avond import KIF
from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.dienst import Avondstand, Beheerbeeld
from ui.beheer.tabel import KLEUR, Index
from ui.tekst import letterlijk, tooltip_tekst

_GEEN = QModelIndex()
_VAST = ("Avond", "Stand", "Afspraken", "Te verzetten")
VERZETTEN = 3
_RECHTS = (2, 3)


class Maandmodel(QAbstractTableModel):
    """Verandert alleen wat anders is, zodat wie leest niet wordt verplaatst."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standen: tuple[Avondstand, ...] = ()
        self._soorten: tuple[str, ...] = ()
        self._vandaag = date.min

    def set_beeld(self, beeld: Beheerbeeld) -> None:
        zelfde = (
            [s.datum for s in self._standen] == [s.datum for s in beeld.avonden]
            and self._soorten == beeld.bevoegdheden
            and self._vandaag == beeld.vandaag
        )
        if zelfde:
            oud, self._standen = self._standen, beeld.avonden
            for rij, (een, ander) in enumerate(zip(oud, beeld.avonden, strict=True)):
                if een != ander:
                    self.dataChanged.emit(self.index(rij, 0), self.index(rij, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._standen, self._soorten, self._vandaag = beeld.avonden, beeld.bevoegdheden, beeld.vandaag
        self.endResetModel()

    def stand(self, rij: int) -> Avondstand | None:
        return self._standen[rij] if 0 <= rij < len(self._standen) else None

    def rij_van(self, datum: date) -> int:
        return next((nummer for nummer, s in enumerate(self._standen) if s.datum == datum), -1)

    @property
    def heeft_te_verzetten(self) -> bool:
        return any(stand.overzicht.te_verzetten for stand in self._standen)

    def rowCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(self._standen)

    def columnCount(self, parent: Index = _GEEN) -> int:
        return 0 if parent.isValid() else len(_VAST) + len(self._soorten)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _VAST[section] if section < len(_VAST) else woorden.soort_naam(self._soort(section))
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RECHTS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and section >= len(_VAST):
            return tooltip_tekst(f"Hoeveel balies dit kunnen: {self._soort(section)}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        stand = self.stand(index.row()) if index.isValid() else None
        if stand is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return letterlijk(self._tekst(stand, index.column()), 200, een_regel=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return letterlijk(self._gesproken(stand, index.column()), 400, een_regel=True)
        if role == KLEUR:
            return self._kleur(stand, index.column())
        if role == Qt.ItemDataRole.FontRole:
            zwaar = index.column() >= len(_VAST) and self._kleur(stand, index.column()) == "let_op"
            return "nadruk" if index.column() == 0 or zwaar else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RECHTS:
            return int(Qt.AlignmentFlag.AlignRight)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_tekst("\n".join(woorden.aandacht(stand)))
        return None

    def _soort(self, kolom: int) -> str:
        return self._soorten[kolom - len(_VAST)]

    def _tekst(self, stand: Avondstand, kolom: int) -> str:
        overzicht = stand.overzicht
        if kolom == 0:
            return taal.datum_kort(stand.datum, stand.datum)  # het jaar staat in de kop
        if kolom == 1:
            staat = woorden.stand_kort(overzicht, stand.opening)
            return f"{staat} {woorden.vakken(overzicht.open)}" if staat == "open" else staat
        if kolom == 2:
            eigen = str(overzicht.afspraken) if overzicht.open or overzicht.afspraken else ""
            return f"{eigen} + {overzicht.extern} web".removeprefix(" + ") if overzicht.extern else eigen
        if kolom == VERZETTEN:
            return str(overzicht.te_verzetten) if overzicht.te_verzetten else ""
        gevonden = next((d for d in stand.dekking if d.soort == self._soort(kolom)), None)
        return woorden.dekking_cel(gevonden) if gevonden else ""

    def _gesproken(self, stand: Avondstand, kolom: int) -> str:
        """Een cel zegt zelf wat zij is; de eerste cel zegt de hele avond."""
        if kolom == 0:
            overzicht = stand.overzicht
            aantal = taal.aantal(overzicht.afspraken, "afspraak", "afspraken")
            staat = woorden.stand_kort(overzicht, stand.opening)
            delen = [taal.datum_lang(stand.datum, self._vandaag), staat, aantal, *woorden.aandacht(stand)]
            return ", ".join(deel.rstrip(".") for deel in delen)
        tekst = self._tekst(stand, kolom)
        return f"{self.headerData(kolom, Qt.Orientation.Horizontal)}: {tekst or 'niets'}"

    def _kleur(self, stand: Avondstand, kolom: int) -> str | None:
        overzicht = stand.overzicht
        if kolom == VERZETTEN and overzicht.te_verzetten:
            return "gevaar"
        if kolom == 1:
            leeg = overzicht.open and not overzicht.rooster_ingevuld and overzicht.eigenaar == KIF
            return "let_op" if leeg else _zacht(stand)
        if kolom >= len(_VAST):
            gevonden = next((d for d in stand.dekking if d.soort == self._soort(kolom)), None)
            return "let_op" if gevonden is not None and gevonden.gaten else None
        return _zacht(stand)


def _zacht(stand: Avondstand) -> str | None:
    """Een dichte avond is gedempt."""
    return None if stand.overzicht.open else "tekst_zacht"
