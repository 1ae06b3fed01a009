"""Zaken als lijst: model en delegate. Elke rij zegt welke zaak, hoe het staat, hoe dringend en bij wie.

Ernst is een icoon, een woord en een kleur samen. Laadt niets.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from frontoffice.domain.weergave import Ernst, ZaakRegel
from ui.klantbeeld.iconen import MAAT, Iconen
from ui.klantbeeld.lijst import KOPIEER_ROL, Lijst, paint_achtergrond, paint_tekst
from ui.tekst import letterlijk
from ui.thema import Kleurnaam, Thema

Index = QModelIndex | QPersistentModelIndex
REGEL_ROL = Qt.ItemDataRole.UserRole + 1
_ERNST: dict[Ernst, tuple[str, Kleurnaam]] = {
    Ernst.GEVAAR: ("waarschuwing", "gevaar"),
    Ernst.LET_OP: ("klok", "let_op"),
    Ernst.GEWOON: ("", "tekst_zacht"),
}
_RAND, _LUCHT, _TUSSEN = 12, 7, 4


def zaak_in_woorden(regel: ZaakRegel) -> str:
    """De hele rij als één zin, voor hulptechniek en klembord."""
    delen = (
        regel.zaaktype,
        regel.termijn,
        regel.status,
        f"deze klant is {regel.rol.lower()}" if regel.rol else "",
        f"bij {regel.behandelaar}" if regel.behandelaar else "",
        regel.identificatie,
    )
    return letterlijk(", ".join(deel for deel in delen if deel), 1_000, een_regel=True)


class ZakenModel(QAbstractListModel):
    """Zaken in de gegeven volgorde. `set_regels` houdt rijen die bleven op hun plaats en geselecteerd."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._regels: list[ZaakRegel] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - zo roept Qt het aan
        return 0 if parent.isValid() else len(self._regels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == REGEL_ROL:
            return self._regels[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, KOPIEER_ROL):
            return zaak_in_woorden(self._regels[index.row()])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def index_van(self, uuid: str) -> QModelIndex:
        """De plaats van een zaak, of een lege index."""
        for nummer, regel in enumerate(self._regels):
            if regel.uuid == uuid:
                return self.index(nummer)
        return QModelIndex()

    def set_regels(self, regels: tuple[ZaakRegel, ...]) -> None:
        """Gelijke volgorde: alleen bijwerken of toevoegen. Anders opnieuw, met behoud van selectie."""
        nieuw, oud = [r.uuid for r in regels], [r.uuid for r in self._regels]
        if nieuw[: len(oud)] != oud:
            self._reorder(regels, nieuw, oud)
            return
        for nummer, regel in enumerate(regels[: len(oud)]):
            if regel != self._regels[nummer]:
                self._regels[nummer] = regel
                self.dataChanged.emit(self.index(nummer), self.index(nummer))
        if len(nieuw) > len(oud):
            self.beginInsertRows(QModelIndex(), len(oud), len(nieuw) - 1)
            self._regels.extend(regels[len(oud) :])
            self.endInsertRows()

    def _reorder(self, regels: tuple[ZaakRegel, ...], nieuw: list[str], oud: list[str]) -> None:
        if not set(nieuw) & set(oud):
            self.beginResetModel()
            self._regels = list(regels)
            self.endResetModel()
            return
        plaats = {uuid: nummer for nummer, uuid in enumerate(nieuw)}
        self.layoutAboutToBeChanged.emit()
        wijzers = self.persistentIndexList()
        doelen = [plaats.get(self._regels[wijzer.row()].uuid) for wijzer in wijzers]
        self._regels = list(regels)
        naar = [self.index(doel) if doel is not None else QModelIndex() for doel in doelen]
        self.changePersistentIndexList(wijzers, naar)
        self.layoutChanged.emit()


class ZakenDelegate(QStyledItemDelegate):
    """Drie regels per zaak: type en nummer, termijn en status, rol en behandelaar."""

    def __init__(self, thema: Thema, iconen: Iconen, lijst: Lijst) -> None:
        super().__init__(lijst)
        self._thema, self._iconen, self._lijst = thema, iconen, lijst
        self.restyle()

    def restyle(self) -> None:
        """Lees lettertypen opnieuw na een andere kleurstelling of lettergrootte."""
        self._vet = self._thema.font("nadruk")
        self._gewoon = self._thema.font("gewoon")
        self._klein = self._thema.font("klein")
        self._hoog = QFontMetrics(self._vet).height()
        self._laag = QFontMetrics(self._klein).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 2 * self._hoog + self._laag + 2 * _LUCHT + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        regel: ZaakRegel = index.data(REGEL_ROL)
        vak = QRect(option.rect)
        paint_achtergrond(painter, option, self._thema)
        if index.row() > 0:
            painter.setPen(self._thema.kleur("lijn"))
            painter.drawLine(vak.left() + _RAND, vak.top(), vak.right() - _RAND, vak.top())
        binnen = vak.adjusted(_RAND, _LUCHT, -_RAND, -_LUCHT)
        self._paint_kop(painter, QRect(binnen.left(), binnen.top(), binnen.width(), self._hoog), regel)
        midden = QRect(binnen.left(), binnen.top() + self._hoog + 2, binnen.width(), self._hoog)
        self._paint_stand(painter, midden, regel)
        onder = QRect(binnen.left(), midden.bottom() + 3, binnen.width(), self._laag)
        wie = " · ".join(deel for deel in (regel.rol, regel.behandelaar) if deel)
        paint_tekst(painter, self._klein, self._thema.kleur("tekst_zacht"), onder, wie)

    def _paint_kop(self, schilder: QPainter, vak: QRect, regel: ZaakRegel) -> None:
        nummer_breed = min(
            QFontMetrics(self._klein).horizontalAdvance(regel.identificatie[:60]), vak.width() // 2
        )
        links = vak.adjusted(0, 0, -nummer_breed - 10, 0)
        paint_tekst(schilder, self._vet, self._thema.kleur("tekst"), links, regel.zaaktype)
        rechts = QRect(vak.right() - nummer_breed, vak.top(), nummer_breed + 1, vak.height())
        paint_tekst(schilder, self._klein, self._thema.kleur("tekst_zacht"), rechts, regel.identificatie)

    def _paint_stand(self, schilder: QPainter, vak: QRect, regel: ZaakRegel) -> None:
        icoon, kleur = _ERNST[regel.ernst]
        x = vak.left()
        if icoon:
            self._iconen.paint(
                schilder, icoon, QRect(x, vak.top() + (vak.height() - MAAT) // 2, MAAT, MAAT), kleur
            )
            x += MAAT + 5
        if regel.termijn:
            maat = QFontMetrics(self._vet if icoon else self._gewoon)
            breed = min(maat.horizontalAdvance(regel.termijn[:200]) + 2, vak.right() - x)
            letter = self._vet if icoon else self._gewoon
            plaats = QRect(x, vak.top(), breed, vak.height())
            paint_tekst(
                schilder, letter, self._thema.kleur(kleur if icoon else "tekst"), plaats, regel.termijn
            )
            x += breed
        status = f"· {regel.status}" if regel.status and regel.termijn else regel.status
        if regel.termijn:
            x += _TUSSEN
        rest = QRect(x, vak.top(), vak.right() - x, vak.height())
        paint_tekst(schilder, self._gewoon, self._thema.kleur("tekst"), rest, status)

    def helpEvent(self, *_: object) -> bool:
        """Geen tooltip: de hele tekst staat in het detail."""
        return False
