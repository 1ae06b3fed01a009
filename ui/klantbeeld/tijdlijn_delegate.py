"""Tekent één rij van de tijdlijn: dag, tijd, icoon, titel en daaronder soort, wie en toelichting.

Alleen platte tekst, afgekapt op de breedte; de hele tekst staat in het detail. Alle rijen zijn even hoog,
zodat ook duizenden rijen niet hoeven te worden opgemeten.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.klantbeeld.iconen import MAAT, Iconen
from ui.klantbeeld.lijst import Lijst, paint_achtergrond, paint_tekst
from ui.klantbeeld.tijdlijn_model import RIJ_ROL, Rij, TijdlijnModel
from ui.thema import Thema

_RAND, _LUCHT, _TUSSEN = 12, 6, 10


class TijdlijnDelegate(QStyledItemDelegate):
    """Rijen met links een dagkolom; de bovenste rij die heel te lezen is noemt altijd haar dag."""

    def __init__(self, thema: Thema, iconen: Iconen, lijst: Lijst) -> None:
        super().__init__(lijst)
        self._thema, self._iconen, self._lijst = thema, iconen, lijst
        self.restyle()

    def restyle(self) -> None:
        """Lees lettertypen opnieuw na een andere kleurstelling of lettergrootte."""
        self._titel = self._thema.font("nadruk")
        self._gewoon = self._thema.font("gewoon")
        self._klein = self._thema.font("klein")
        vet, gewoon = QFontMetrics(self._titel), QFontMetrics(self._gewoon)
        self._hoog, self._laag = vet.height(), QFontMetrics(self._klein).height()
        self._dag_breedte = gewoon.horizontalAdvance("wo 30 mrt 2023") + _TUSSEN
        self._tijd_breedte = gewoon.horizontalAdvance("00.00") + 2
        self.hoogte = self._hoog + self._laag + 2 * _LUCHT + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self.hoogte)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rij: Rij = index.data(RIJ_ROL)
        vak = QRect(option.rect)
        model = self._lijst.model()
        nieuwe_dag = isinstance(model, TijdlijnModel) and model.is_eerste_van_dag(index.row())
        if nieuwe_dag and index.row() > 0:
            painter.setPen(self._thema.kleur("lijn"))
            painter.drawLine(vak.left() + _RAND, vak.top(), vak.right() - _RAND, vak.top())
        paint_achtergrond(painter, option, self._thema)
        bovenste = -_LUCHT <= vak.top() < self.hoogte - _LUCHT
        self._paint_rij(
            painter, vak.adjusted(_RAND, _LUCHT, -_RAND, -_LUCHT), rij, met_dag=nieuwe_dag or bovenste
        )

    def _paint_rij(self, schilder: QPainter, vak: QRect, rij: Rij, *, met_dag: bool) -> None:
        tekst, zacht = self._thema.kleur("tekst"), self._thema.kleur("tekst_zacht")
        x, boven = vak.left(), vak.top()
        if met_dag:
            paint_tekst(
                schilder, self._gewoon, tekst, QRect(x, boven, self._dag_breedte, self._hoog), rij.dag_tekst
            )
        x += self._dag_breedte
        tijd = QRect(x, boven, self._tijd_breedte, self._hoog)
        paint_tekst(schilder, self._gewoon, zacht, tijd, rij.tijd, rechts=True)
        x += self._tijd_breedte + _TUSSEN
        icoon = QRect(x, boven + (self._hoog - MAAT) // 2, MAAT, MAAT)
        self._iconen.paint(schilder, rij.icoon, icoon, "tekst_zacht")
        x += MAAT + _TUSSEN
        breed = vak.right() - x
        paint_tekst(schilder, self._titel, tekst, QRect(x, boven, breed, self._hoog), rij.titel)
        paint_tekst(
            schilder, self._klein, zacht, QRect(x, boven + self._hoog + 2, breed, self._laag), rij.regel
        )
