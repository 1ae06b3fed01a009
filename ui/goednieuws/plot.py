"""Getekende cijfers: staven onder elkaar en een verloop in de tijd, elk met de getallen erbij.

Kleur zegt nooit iets alleen: elk getal staat er in woorden, en hulptechniek leest alles als één zin per rij.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.tekst import letterlijk
from ui.thema import Rol, Thema

_SMAL = 380


@dataclass(frozen=True)
class Plotrij:
    """Een naam, een deel van 0 tot en met 1 (None = geen getal) en het getal in woorden; `kort` is voor waar
    weinig plaats is ("84 %")."""

    naam: str
    deel: float | None
    tekst: str
    kort: str = ""


class Plot(QWidget):
    """Wat staven en verloop delen: rijen, een naam, focus en wat hulptechniek hoort."""

    def __init__(self, naam: str, thema: Thema) -> None:
        super().__init__()
        self._thema = thema
        self.rijen: tuple[Plotrij, ...] = ()
        self.setAccessibleName(naam)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        beleid = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        beleid.setHeightForWidth(True)
        self.setSizePolicy(beleid)
        thema.gewijzigd.connect(self._renew)

    def show_rijen(self, rijen: Sequence[Plotrij]) -> None:
        self.rijen = tuple(
            Plotrij(letterlijk(rij.naam, 120, een_regel=True), rij.deel, rij.tekst, rij.kort) for rij in rijen
        )
        self.setAccessibleDescription(". ".join(f"{rij.naam}: {rij.tekst}" for rij in self.rijen))
        self._renew()

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def _meter(self, rol: Rol = "gewoon") -> QFontMetricsF:
        return QFontMetricsF(self._thema.font(rol))

    def _draw_focus(self, penseel: QPainter) -> None:
        if self.hasFocus():
            penseel.setPen(QPen(self._thema.kleur("focus"), 2))
            penseel.setBrush(Qt.BrushStyle.NoBrush)
            penseel.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Balken(Plot):
    """Een rij per groep: naam, staaf, getal. Is er weinig breedte, dan staat de naam boven de staaf."""

    def heightForWidth(self, breedte: int) -> int:
        regel = self._meter().height()
        per_rij = 2 * regel + 3 * Thema.afstand if breedte < _SMAL else regel + 2 * Thema.afstand
        return math.ceil(len(self.rijen) * per_rij) + 2 * Thema.afstand

    def paintEvent(self, event: QPaintEvent) -> None:
        penseel = QPainter(self)
        penseel.setRenderHint(QPainter.RenderHint.Antialiasing)
        meter = self._meter()
        penseel.setFont(self._thema.font())
        breed, regel = self.width() - 2 * Thema.afstand, meter.height()
        smal = self.width() < _SMAL
        getal = max((meter.horizontalAdvance(rij.tekst) for rij in self.rijen), default=0.0) + 1
        naam = max((meter.horizontalAdvance(rij.naam) for rij in self.rijen), default=0.0) + 1
        naam = min(naam, 0.42 * breed)
        y = float(Thema.afstand)
        for rij in self.rijen:
            links = float(Thema.afstand)
            if smal:
                self._draw_tekst(penseel, rij.naam, QRectF(links, y, breed, regel))
                y += regel + Thema.afstand / 2
            else:
                self._draw_tekst(penseel, rij.naam, QRectF(links, y, naam, regel))
                links += naam + 3 * Thema.afstand
            ruimte = breed + Thema.afstand - links - getal - 3 * Thema.afstand
            if ruimte > 24:
                self._draw_staaf(penseel, rij.deel, QRectF(links, y + 0.2 * regel, ruimte, 0.6 * regel))
            plek = QRectF(breed + Thema.afstand - getal, y, getal, regel)
            self._draw_tekst(penseel, rij.tekst, plek, zacht=rij.deel is None)
            y += regel + 2 * Thema.afstand
            if smal:
                y += Thema.afstand / 2
        self._draw_focus(penseel)
        penseel.end()

    def _draw_tekst(self, penseel: QPainter, tekst: str, vlak: QRectF, *, zacht: bool = False) -> None:
        penseel.setPen(self._thema.kleur("tekst_zacht" if zacht else "tekst"))
        kort = self._meter().elidedText(tekst, Qt.TextElideMode.ElideRight, vlak.width() + 1)
        penseel.drawText(vlak, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), kort)

    def _draw_staaf(self, penseel: QPainter, deel: float | None, vlak: QRectF) -> None:
        if deel is None:
            return
        penseel.setPen(QPen(self._thema.kleur("rand"), 1))
        penseel.setBrush(self._thema.kleur("zweef"))
        penseel.drawRect(vlak)
        if deel > 0:
            penseel.setPen(Qt.PenStyle.NoPen)
            penseel.setBrush(self._thema.kleur("accent"))
            penseel.drawRect(QRectF(vlak.left(), vlak.top(), vlak.width() * min(deel, 1.0), vlak.height()))


class Lijnplot(Plot):
    """Een verloop van 0 tot 100 procent, met bij elk punt zijn getal. Waar geen getal is, breekt de lijn."""

    def heightForWidth(self, breedte: int) -> int:
        return math.ceil(11 * self._meter("klein").height())

    def past(self, breedte: int) -> bool:
        """Is er bij deze breedte plaats voor een getal bij elk punt?"""
        meter = self._meter("klein")
        nodig = max(
            (max(meter.horizontalAdvance(rij.naam), meter.horizontalAdvance("100 %")) for rij in self.rijen),
            default=0.0,
        )
        return breedte - 2 * self._kant() >= len(self.rijen) * (nodig + 2 * Thema.afstand)

    def paintEvent(self, event: QPaintEvent) -> None:
        penseel = QPainter(self)
        penseel.setRenderHint(QPainter.RenderHint.Antialiasing)
        meter = self._meter("klein")
        penseel.setFont(self._thema.font("klein"))
        boven, onder = 1.5 * meter.height(), self.height() - 1.8 * meter.height()
        links, rechts = self._kant(), self.width() - 3.0 * Thema.afstand
        self._draw_rooster(penseel, QRectF(links, boven, rechts - links, onder - boven))
        stap = (rechts - links) / max(len(self.rijen), 1)
        punten = [
            QPointF(links + (nummer + 0.5) * stap, onder - (rij.deel or 0.0) * (onder - boven))
            for nummer, rij in enumerate(self.rijen)
        ]
        self._draw_lijn(penseel, punten)
        for rij, punt in zip(self.rijen, punten, strict=True):
            self._draw_punt(penseel, rij, punt, stap, onder)
        self._draw_focus(penseel)
        penseel.end()

    def _kant(self) -> float:
        return self._meter("klein").horizontalAdvance("100 %") + 4 * Thema.afstand

    def _draw_rooster(self, penseel: QPainter, vlak: QRectF) -> None:
        for deel in (0.0, 0.5, 1.0):
            y = vlak.bottom() - deel * vlak.height()
            penseel.setPen(QPen(self._thema.kleur("lijn"), 1))
            penseel.drawLine(QPointF(vlak.left(), y), QPointF(vlak.right(), y))
            penseel.setPen(self._thema.kleur("tekst_zacht"))
            plek = QRectF(0, y - 10, vlak.left() - 2 * Thema.afstand, 20)
            penseel.drawText(
                plek,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                f"{deel:.0%}".replace("%", " %"),
            )

    def _draw_lijn(self, penseel: QPainter, punten: list[QPointF]) -> None:
        penseel.setPen(QPen(self._thema.kleur("accent"), 2))
        penseel.setBrush(Qt.BrushStyle.NoBrush)
        reeks = QPolygonF()
        for rij, punt in zip((*self.rijen, None), (*punten, QPointF()), strict=True):
            if rij is not None and rij.deel is not None:
                reeks.append(punt)
            elif not reeks.isEmpty():
                penseel.drawPolyline(reeks)
                reeks = QPolygonF()

    def _draw_punt(self, penseel: QPainter, rij: Plotrij, punt: QPointF, stap: float, onder: float) -> None:
        meter = self._meter("klein")
        midden = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        penseel.setPen(self._thema.kleur("tekst_zacht"))
        penseel.drawText(
            QRectF(punt.x() - stap / 2, onder + 2 * Thema.afstand, stap, meter.height()), midden, rij.naam
        )
        if rij.deel is None:
            penseel.drawText(
                QRectF(punt.x() - stap / 2, onder - 1.2 * meter.height(), stap, meter.height()),
                midden,
                rij.kort,
            )
            return
        penseel.setPen(QPen(self._thema.kleur("vlak_verhoogd"), 2))
        penseel.setBrush(self._thema.kleur("accent"))
        penseel.drawEllipse(punt, 5, 5)
        penseel.setPen(self._thema.kleur("tekst"))
        penseel.drawText(
            QRectF(punt.x() - stap / 2, punt.y() - meter.height() - 6, stap, meter.height()), midden, rij.kort
        )
