"""Eén avond als tekening: per balie wie er staat, wanneer er een afspraak is en wanneer er pauze is.

Alleen om te zien; dezelfde feiten staan als zin in de toegankelijke beschrijving.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontoffice.agenda.avond import Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import Vak, merge, subtract
from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.dienst import Avonddetail
from ui.tekst import letterlijk, show_uitleg
from ui.thema import Thema

_KOP = 22
_LANE = 44


@dataclass(frozen=True)
class _Rij:
    """Eén balie: haar naam, wie er staat, de stukken dat er iemand staat, en wat er is."""

    naam: str
    wie: str
    plekken: tuple[Vak, ...]
    pauzes: tuple[Vak, ...]
    inhoud: tuple[Inhoud, ...]


class Avondbalk(QWidget):
    """De balies onder elkaar, de avond van links naar rechts."""

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._thema = thema
        self._rijen: tuple[_Rij, ...] = ()
        self._venster = Vak(0, 1)
        self._open: tuple[Vak, ...] = ()
        self._inrichting: Inrichting | None = None
        self.setAccessibleName("Avond per balie")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        thema.gewijzigd.connect(self._refresh)

    def set_avond(self, detail: Avonddetail) -> None:
        avond, inrichting = detail.avond, detail.basis.inrichting
        self._inrichting = inrichting
        vakken = [*avond.open, *(plek.vak for plek in avond.plekken), *(item.vak for item in avond.inhoud)]
        self._open = avond.open
        self._rijen = _rijen(avond, inrichting)
        if vakken:
            self._venster = Vak(min(v.begin for v in vakken), max(v.eind for v in vakken))
        self.setVisible(bool(self._rijen) and bool(vakken))
        zinnen = [f"{rij.naam}: {rij.wie}, {_aantal(rij)}" for rij in self._rijen]
        self.setAccessibleDescription(letterlijk(". ".join(zinnen), 1_000))
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(360, self._kop() + self._lane() * max(len(self._rijen), 1) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def _refresh(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _meter(self) -> QFontMetrics:
        return QFontMetrics(self._thema.font("klein"))

    def _kop(self) -> int:
        return max(_KOP, self._meter().height() + 6)

    def _lane(self) -> int:
        return max(_LANE, 2 * self._meter().height() + 12)

    def event(self, event: QEvent) -> bool:
        """Bij een blok aanwijzen: hoe laat het is en waarvoor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_uitleg(self, event.globalPos(), self._uitleg(event.pos().x(), event.pos().y()))
            return True
        return super().event(event)

    def _uitleg(self, x: int, y: int) -> str:
        links, nummer = self._naambreedte(), (y - self._kop()) // self._lane()
        if not 0 <= nummer < len(self._rijen) or x < links:
            return ""
        rij = self._rijen[nummer]
        vlak = QRect(links, 0, self.width() - links - 1, 1)
        for item in rij.inhoud:
            if self._x(vlak, item.vak.begin) <= x <= self._x(vlak, item.vak.eind):
                return f"{woorden.vakken((item.vak,))} uur: {self._label(item)}"
        for pauze in rij.pauzes:
            if self._x(vlak, pauze.begin) <= x <= self._x(vlak, pauze.eind):
                return f"{woorden.vakken((pauze,))} uur: pauze"
        return f"{rij.naam}: {rij.wie}"

    # --- tekenen -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        penseel = QPainter(self)
        penseel.setRenderHint(QPainter.RenderHint.Antialiasing)
        penseel.setFont(self._thema.font("klein"))
        links = self._naambreedte()
        vlak = QRect(links, self._kop(), self.width() - links - 1, self._lane() * len(self._rijen))
        self._paint_uren(penseel, vlak)
        for nummer, rij in enumerate(self._rijen):
            top = vlak.top() + nummer * self._lane()
            self._paint_naam(penseel, QRect(0, top, links - 8, self._lane()), rij)
            self._paint_rij(penseel, QRect(vlak.left(), top + 3, vlak.width(), self._lane() - 6), rij)
        penseel.end()

    def _naambreedte(self) -> int:
        meter = self._meter()
        breedste = max(
            (meter.horizontalAdvance(tekst) for r in self._rijen for tekst in (r.naam, r.wie)), default=0
        )
        return min(breedste + 16, self.width() // 3)

    def _x(self, vlak: QRect, tik: int) -> float:
        deel = (tik - self._venster.begin) / max(self._venster.lengte, 1)
        return vlak.left() + deel * vlak.width()

    def _paint_uren(self, penseel: QPainter, vlak: QRect) -> None:
        meter = self._meter()
        per_half = vlak.width() * 6 / max(self._venster.lengte, 1)
        stap = 6 if per_half > 1.7 * meter.horizontalAdvance("00.00") else 12
        for tik in range(self._venster.begin + -self._venster.begin % 6, self._venster.eind + 1, 6):
            x = self._x(vlak, tik)
            penseel.setPen(QPen(self._thema.kleur("lijn"), 1))
            penseel.drawLine(int(x), vlak.top(), int(x), vlak.bottom())
            label = taal.tijd(Vak(tik, tik).begin_utc).removesuffix(" uur")
            breed = meter.horizontalAdvance(label)
            plek = min(max(x - breed / 2, vlak.left()), vlak.right() - breed)
            if tik % stap == 0:
                penseel.setPen(self._thema.kleur("tekst_zacht"))
                penseel.drawText(
                    QRectF(plek, 0, breed + 2, self._kop() - 4), Qt.AlignmentFlag.AlignBottom, label
                )

    def _paint_naam(self, penseel: QPainter, vlak: QRect, rij: _Rij) -> None:
        meter = self._meter()
        helft = vlak.height() // 2
        for tekst, kleur, top in (
            (rij.naam, "tekst", vlak.top() + 3),
            (rij.wie, "tekst_zacht", vlak.top() + helft - 1),
        ):
            penseel.setPen(self._thema.kleur(kleur))  # type: ignore[arg-type]  # twee vaste namen
            past = meter.elidedText(tekst, Qt.TextElideMode.ElideRight, vlak.width())
            penseel.drawText(
                QRect(vlak.left(), top, vlak.width(), helft - 3), Qt.AlignmentFlag.AlignVCenter, past
            )

    def _paint_rij(self, penseel: QPainter, vlak: QRect, rij: _Rij) -> None:
        for plek in rij.plekken:
            self._paint_blok(penseel, vlak, plek, "vlak", "lijn", "")
        for pauze in rij.pauzes:
            self._paint_blok(penseel, vlak, pauze, "let_op_vlak", "let_op", "pauze")
        for item in rij.inhoud:
            tekst = self._label(item)
            self._paint_blok(penseel, vlak, item.vak, "selectie", "accent", tekst)

    def _paint_blok(self, penseel: QPainter, vlak: QRect, stuk: Vak, vul: str, rand: str, tekst: str) -> None:
        begin, eind = self._x(vlak, stuk.begin), self._x(vlak, stuk.eind)
        blok = QRectF(begin + 1, vlak.top(), max(eind - begin - 2, 2), vlak.height())
        penseel.setPen(QPen(self._thema.kleur(rand), 1))  # type: ignore[arg-type]  # vaste namen van hierboven
        penseel.setBrush(self._thema.kleur(vul))  # type: ignore[arg-type]  # idem
        penseel.drawRoundedRect(blok, 3, 3)
        penseel.setBrush(Qt.BrushStyle.NoBrush)
        meter = self._meter()
        ruimte = int(blok.width()) - 6
        eerste = tekst.split(" ")[0].rstrip(",")
        past = tekst if meter.horizontalAdvance(tekst) <= ruimte else eerste
        if tekst and meter.horizontalAdvance(past) <= ruimte:
            penseel.setPen(self._thema.kleur("tekst" if rand == "accent" else "let_op"))
            penseel.drawText(blok.adjusted(3, 0, -3, 0), int(Qt.AlignmentFlag.AlignCenter), past)

    def _label(self, item: Inhoud) -> str:
        if item.soort is SoortInhoud.RESERVERING:
            return "vast"
        if item.soort is SoortInhoud.EXTERN:
            return "web"
        product = (
            self._inrichting.product.get(item.producten[0]) if self._inrichting and item.producten else None
        )
        return letterlijk(product.naam, 60, een_regel=True) if product else ""


def _rijen(avond: Avond, inrichting: Inrichting) -> tuple[_Rij, ...]:
    balies = {plek.balie for plek in avond.plekken} | {
        item.balie for item in avond.inhoud if item.balie in inrichting.balie
    }
    op_volgorde = sorted(
        (inrichting.balie[b] for b in balies if b in inrichting.balie), key=lambda b: (b.volgorde, b.naam)
    )
    return tuple(_rij(avond, inrichting, balie.id, balie.naam) for balie in op_volgorde)


def _rij(avond: Avond, inrichting: Inrichting, balie: str, naam: str) -> _Rij:
    plekken: list[Plek] = [plek for plek in avond.plekken if plek.balie == balie]
    mensen = dict.fromkeys(
        inrichting.medewerker[p.medewerker].naam for p in plekken if p.medewerker in inrichting.medewerker
    )
    vakken = merge(plek.vak for plek in plekken)
    heel = Vak(vakken[0].begin, vakken[-1].eind) if vakken else None
    pauzes = subtract(heel, vakken) if heel else ()
    inhoud = tuple(sorted((i for i in avond.inhoud if i.balie == balie), key=lambda i: i.vak))
    wie = letterlijk(woorden.opsomming(mensen), 80, een_regel=True) or "niemand"
    return _Rij(letterlijk(naam, 60, een_regel=True), wie, vakken, pauzes, inhoud)


def _aantal(rij: _Rij) -> str:
    aantal = sum(item.soort is SoortInhoud.AFSPRAAK for item in rij.inhoud)
    web = sum(item.soort is SoortInhoud.EXTERN for item in rij.inhoud)
    zin = taal.aantal(aantal, "afspraak", "afspraken")
    return f"{zin} en {taal.aantal(web, 'web-afspraak', 'web-afspraken')}" if web else zin
