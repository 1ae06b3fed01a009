"""Widgets die vreemde tekst altijd letterlijk tonen, en de enige plek die een QLabel of tooltip maakt.

Tekst uit een register kan opmaak, stuurtekens of omkeertekens bevatten; hier wordt alles zichtbaar en
onschadelijk.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from ui.thema import Rol, set_stijl

MAX_REGEL = 4_000  # tekens in een label; meer hoort in LeesTekst
MAX_TEKST = 200_000  # tekens in LeesTekst
_LANGSTE_ALINEA = (
    1_500  # Qt zet een alinea in één keer: bij 60.000 tekens staat het scherm een halve seconde stil
)
_NATUURLIJKE_BREEDTE = 440  # zo breed wil een lopende tekst van zichzelf hoogstens zijn

# Omkeertekens (bidi-besturing) krijgen een leesbaar teken: ze zouden de volgorde van wat er staat vervalsen.
_OMKEER = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u2316")
_STUUR = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), 0xAD, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((*range(0xE0000, 0xE0080), 0xFFFE, 0xFFFF), "\ufffd"),
    **_OMKEER,
}
_STAPEL = re.compile(r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f"
                     r"\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
_RECHTS = ("R", "AL")
_PAAR = re.compile("\u2068([^\u2066-\u2069\n]*)\u2069")
# In tekst die Python drukbaar noemt kan alleen dit nog vreemd zijn: zo is gewone tekst snel nagekeken.
_VREEMD = re.compile(r"[\ufffc\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_BREEKT = QTextOption(Qt.AlignmentFlag.AlignLeft)
_BREEKT.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def letterlijk(tekst: str, hoogstens: int = MAX_REGEL, *, een_regel: bool = False) -> str:
    """Maak tekst geschikt om te tonen: stuur- en omkeertekens zichtbaar, torens van accenten ingekort.

    Opmaak blijft staan zoals ze is getypt. Met `een_regel` wordt elk nieuw begin een spatie.
    """
    if len(tekst) <= hoogstens and tekst.isprintable() and not _VREEMD.search(tekst):
        return " ".join(tekst.split()) if een_regel else tekst
    te_lang = len(tekst) > hoogstens
    schoon = tekst[:hoogstens].replace("\r\n", "\n").replace("\r", "\n")
    schoon = schoon.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    if not schoon.isascii() or not schoon.isprintable():
        schoon = _STAPEL.sub(r"\1", _show_stuurtekens(schoon))
    if een_regel:
        schoon = " ".join(schoon.split())
    return schoon + " … (ingekort)" if te_lang else schoon


def _show_stuurtekens(tekst: str) -> str:
    """Zichtbaar, behalve een gesloten paar isolatietekens: dat houdt wat erin staat juist bij elkaar."""
    delen: list[str] = []
    vanaf = 0
    for paar in _PAAR.finditer(tekst):
        delen += (
            tekst[vanaf : paar.start()].translate(_STUUR),
            "\u2068",
            paar[1].translate(_STUUR),
            "\u2069",
        )
        vanaf = paar.end()
    return "".join((*delen, tekst[vanaf:].translate(_STUUR)))


def isolate(tekst: str) -> str:
    """Zet tekst van rechts naar links tussen isolatietekens, zodat ze de rest van een zin niet omkeert."""
    schoon = letterlijk(tekst, een_regel=True)
    if not schoon.isascii() and any(unicodedata.bidirectional(teken) in _RECHTS for teken in schoon):
        return f"\u2068{schoon}\u2069"
    return schoon


def tooltip_tekst(tekst: str) -> str:
    """Vorm voor een tooltip (ook Qt.ItemDataRole.ToolTipRole): alle opmaak in `tekst` blijft letterlijk."""
    return f'<p style="white-space:pre-wrap">{html.escape(letterlijk(tekst, 1_000))}</p>' if tekst else ""


def set_uitleg(widget: QWidget, tekst: str) -> None:
    """Geef een widget een tooltip en dezelfde zin als toegankelijke beschrijving."""
    widget.setToolTip(tooltip_tekst(tekst))
    widget.setAccessibleDescription(letterlijk(tekst, 1_000))


def make_document(tekst: str, veld: QPlainTextEdit) -> QTextDocument:
    """Een document met gewone tekst voor `veld`, met een eigen ongedaan-lijst; het veld is de eigenaar."""
    document = QTextDocument(veld)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    document.setDefaultFont(veld.font())
    document.setPlainText(tekst)
    document.clearUndoRedoStacks()
    document.setModified(False)
    return document


def announce(widget: QWidget, zin: str) -> None:
    """Laat hulptechniek een korte zin uitspreken, zonder de focus te verplaatsen."""
    if zin and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, letterlijk(zin, 500)))


class _Label(QLabel):
    """Een label dat nooit opmaak raadt; de tekst zoals gegeven blijft bekend als `bron`."""

    def __init__(self, tekst: str, rol: Rol) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setProperty("rol", rol)
        self._rol: Rol = rol
        self.setText(tekst)

    @property
    def rol(self) -> Rol:
        return self._rol

    def set_rol(self, rol: Rol) -> None:
        self._rol = rol
        set_stijl(self, "rol", rol)


class Tekst(_Label):
    """Lopende tekst. Breekt af op woorden, en in een woord dat niet past; nooit breder dan zijn plaats.

    Qt vraagt de maten heel vaak; zij blijven bewaard tot de tekst, de letter of de marge verandert.
    """

    def __init__(self, tekst: str = "", *, rol: Rol = "gewoon") -> None:
        self._maten: dict[int, int] = {}
        self._wens: QSize | None = None
        self._minst: QSize | None = None
        self._gezet: tuple[int, list[tuple[QTextLayout, float]]] | None = None
        super().__init__(tekst, rol)
        beleid = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        beleid.setHeightForWidth(True)
        self.setSizePolicy(beleid)

    def setText(self, tekst: str) -> None:
        schoon = letterlijk(tekst)
        if schoon != self.text():
            self._forget_maten()
            super().setText(schoon)
            self.updateGeometry()

    def setContentsMargins(self, links: int, boven: int, rechts: int, onder: int) -> None:  # type: ignore[override]  # Qt kent ook een vorm met QMargins; hier is er één
        self._forget_maten()
        super().setContentsMargins(links, boven, rechts, onder)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, breedte: int) -> int:
        bekend = self._maten.get(breedte)
        if bekend is not None:
            return bekend
        self.ensurePolished()
        if len(self._maten) > 64:
            self._maten.clear()
        marges = self.contentsMargins()
        binnen = breedte - marges.left() - marges.right()
        hoogte = sum(self._lay_out(deel, binnen)[1] for deel in self._alineas())
        uit = self._maten[breedte] = math.ceil(hoogte) + marges.top() + marges.bottom()
        return uit

    def sizeHint(self) -> QSize:
        if self._wens is None:
            self.ensurePolished()
            self._wens = self._measure_wens()
        return self._wens

    def minimumSizeHint(self) -> QSize:
        if self._minst is None:
            self.ensurePolished()
            meter = QFontMetricsF(self.font())
            marges = self.contentsMargins()
            breedte = min(self.sizeHint().width(), math.ceil(meter.averageCharWidth() * 8))
            self._minst = QSize(breedte, math.ceil(meter.height()) + marges.top() + marges.bottom())
        return self._minst

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget_maten()
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        vlak = self.contentsRect()
        if self._gezet is None or self._gezet[0] != vlak.width():
            self._gezet = (vlak.width(), [self._lay_out(deel, vlak.width()) for deel in self._alineas()])
        delen = self._gezet[1]
        hoogte = sum(deel[1] for deel in delen)
        boven = float(vlak.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter and hoogte < vlak.height():
            boven += (vlak.height() - hoogte) / 2
        penseel = QPainter(self)
        penseel.setPen(self.palette().color(self.foregroundRole()))
        for opmaak, hoog in delen:
            opmaak.draw(penseel, QPointF(vlak.left(), boven))
            boven += hoog
        penseel.end()

    def _measure_wens(self) -> QSize:
        meter = QFontMetricsF(self.font())
        marges = self.contentsMargins()
        natuurlijk = max((meter.horizontalAdvance(deel) for deel in self._alineas()), default=0.0)
        breedte = math.ceil(min(natuurlijk, _NATUURLIJKE_BREEDTE)) + 1 + marges.left() + marges.right()
        return QSize(breedte, self.heightForWidth(breedte))

    def _forget_maten(self) -> None:
        self._maten.clear()
        self._wens = self._minst = self._gezet = None

    def _alineas(self) -> list[str]:
        return self.text().split("\n")

    def _lay_out(self, alinea: str, breedte: float) -> tuple[QTextLayout, float]:
        opmaak = QTextLayout(alinea, self.font())
        kant = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        if kant == Qt.AlignmentFlag.AlignLeft:
            opmaak.setTextOption(_BREEKT)
        else:
            keuze = QTextOption(_BREEKT)
            keuze.setAlignment(kant)
            opmaak.setTextOption(keuze)
        opmaak.beginLayout()
        hoogte = 0.0
        while (regel := opmaak.createLine()).isValid():
            regel.setLineWidth(max(breedte, 1.0))
            regel.setPosition(QPointF(0, hoogte))
            hoogte += regel.height()
        opmaak.endLayout()
        return opmaak, hoogte


class KorteTekst(_Label):
    """Eén regel die met … wordt afgekapt; wat niet past staat geheel in de tooltip."""

    def __init__(self, tekst: str = "", *, rol: Rol = "gewoon") -> None:
        self._maten: tuple[QSize, QSize] | None = None
        self._eigen_uitleg = ""
        super().__init__(tekst, rol)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, tekst: str) -> None:
        schoon = letterlijk(tekst, een_regel=True)
        if schoon != self.text():
            self._maten = None
            self._drop_uitleg()
            super().setText(schoon)
            self.updateGeometry()

    def setContentsMargins(self, links: int, boven: int, rechts: int, onder: int) -> None:  # type: ignore[override]  # Qt kent ook een vorm met QMargins; hier is er één
        self._maten = None
        super().setContentsMargins(links, boven, rechts, onder)

    @property
    def is_afgekapt(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def sizeHint(self) -> QSize:
        return self._measure()[0]

    def minimumSizeHint(self) -> QSize:
        return self._measure()[1]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._maten = None
            self.updateGeometry()
        super().changeEvent(event)

    def _measure(self) -> tuple[QSize, QSize]:
        """De gewenste en de kleinste maat; bewaard om dezelfde reden als bij Tekst."""
        if self._maten is None:
            self.ensurePolished()
            meter = QFontMetricsF(self.font())
            marges = self.contentsMargins()
            breed = math.ceil(meter.horizontalAdvance(self.text()[:300])) + 1 + marges.left() + marges.right()
            hoog = math.ceil(meter.height()) + marges.top() + marges.bottom()
            smal = min(breed, math.ceil(meter.averageCharWidth() * 6))
            self._maten = (QSize(breed, hoog), QSize(smal, hoog))
        return self._maten

    def enterEvent(self, event: QEnterEvent) -> None:
        """De tooltip komt en gaat met de muis. `event` opvangen zou bij elk bericht van Qt Python kosten."""
        if self.is_afgekapt and not self.toolTip():
            self._eigen_uitleg = tooltip_tekst(self.text())
            self.setToolTip(self._eigen_uitleg)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._drop_uitleg()
        super().leaveEvent(event)

    def _drop_uitleg(self) -> None:
        if self._eigen_uitleg:
            if self.toolTip() == self._eigen_uitleg:
                self.setToolTip("")
            self._eigen_uitleg = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        vlak = self.contentsRect()
        penseel = QPainter(self)
        penseel.setPen(self.palette().color(self.foregroundRole()))
        zichtbaar = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, vlak.width())
        plaats = self.alignment() | Qt.TextFlag.TextSingleLine
        penseel.drawText(vlak, int(plaats), zichtbaar)
        penseel.end()


class Plaatje(QLabel):
    """Alleen een tekening, nooit tekst; voor hulptechniek bestaat het niet, het woord ernaast zegt genoeg."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)


def show_uitleg(widget: QWidget, waar: QPoint, tekst: str) -> None:
    """Toon nu een tooltip met letterlijke tekst; `waar` is een plaats op het scherm."""
    QToolTip.showText(waar, tooltip_tekst(tekst), widget)


class LeesTekst(QPlainTextEdit):
    """Lange tekst om te lezen en te kopiëren. Tab gaat naar het volgende veld; geen opmaak, geen invoer."""

    def __init__(self, tekst: str = "", *, naam: str, kaal: bool = False) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(naam)
        if kaal:
            self.setProperty("soort", "kaal")
            self.setFrameShape(QFrame.Shape.NoFrame)
        self.set_tekst(tekst)

    def set_tekst(self, tekst: str) -> None:
        """Vervang de tekst en begin bovenaan."""
        self.setPlainText(_split_alineas(letterlijk(tekst, MAX_TEKST)))


def _split_alineas(tekst: str) -> str:
    """Breek heel lange alinea's in stukken, bij voorkeur op een spatie."""
    if len(tekst) <= _LANGSTE_ALINEA:
        return tekst
    stukken: list[str] = []
    for alinea in tekst.split("\n"):
        rest = alinea
        while len(rest) > _LANGSTE_ALINEA:
            grens = rest.rfind(" ", _LANGSTE_ALINEA // 2, _LANGSTE_ALINEA) + 1 or _LANGSTE_ALINEA
            stukken.append(rest[:grens])
            rest = rest[grens:]
        stukken.append(rest)
    return "\n".join(stukken)
