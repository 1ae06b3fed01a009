"""Het publieke scherm: de laatst opgeroepen nummers met hun balie, groot en rustig. Er beweegt niets.

Toont alleen een `Publiekbeeld`; dat kent geen naam en geen product. Neemt nooit de focus.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.vanavond.publiek import MEESTE, Oproep, Publiekbeeld
from ui.publiek.groot import GroteTekst
from ui.thema import Thema, set_stijl

TITEL = "Klant in Focus"
NADRUK_MS = 8_000
"""Zo lang valt een nieuwe oproep op: een gekleurd vlak dat stilstaat. Wie geen beweging wil, mist niets."""
_EERSTE, _REST, _ZIN, _ZIN_ALLEEN = 0.19, 0.095, 0.05, 0.09
"""Lettermaat als deel van de hoogte van het venster; zonder nummers is de zin het enige dat er staat."""
_KLEINSTE_BALIE = 0.6
_BREEDSTE = 0.085
"""En nooit zo groot dat een lang nummer met een lange balienaam niet in de breedte past."""


class Oproeprij(QWidget):
    """Eén nummer met zijn balie."""

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._thema = thema
        self._valt_op = False
        self.nummer = GroteTekst(thema, vet=True)
        self.balie = GroteTekst(thema)
        for tekst in (self.nummer, self.balie):
            tekst.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._rij = QHBoxLayout(self)
        self._rij.addWidget(self.nummer, 2)
        self._rij.addWidget(self.balie, 3)
        thema.gewijzigd.connect(self.update)

    @property
    def valt_op(self) -> bool:
        return self._valt_op

    def show_oproep(self, oproep: Oproep, *, valt_op: bool) -> None:
        self.nummer.setText(oproep.volgnummer)
        self.balie.setText(oproep.balie)
        self.set_nadruk(aan=valt_op)

    def set_nadruk(self, *, aan: bool) -> None:
        self._valt_op = aan
        for tekst in (self.nummer, self.balie):
            tekst.set_kleur("op_accent" if aan else "tekst")
        self.update()

    def set_maat(self, pixels: int, marge: int, breed: int) -> None:
        """`breed`: zo breed is de rij. Een lange balienaam wordt kleiner, en breekt pas daarna af."""
        self._rij.setContentsMargins(marge, pixels // 8, marge, pixels // 8)
        self._rij.setSpacing(marge)
        self.nummer.set_pixels(pixels)
        self.balie.set_pixels(pixels)
        past = (breed - 3 * marge) * 3 / 5
        nodig = QFontMetrics(self.balie.font()).horizontalAdvance(self.balie.text())
        if nodig > past:
            self.balie.set_pixels(int(pixels * max(_KLEINSTE_BALIE, 0.97 * past / nodig)))

    def paintEvent(self, event: QPaintEvent) -> None:
        penseel = QPainter(self)
        if self._valt_op:
            penseel.fillRect(self.rect(), self._thema.kleur("accent_zweef"))
        else:
            penseel.setPen(self._thema.kleur("rand"))
            onder = self.height() - 1
            penseel.drawLine(0, onder, self.width(), onder)
        penseel.end()


class PubliekScherm(QWidget):
    """`gesloten`: iemand sloot het venster. `opgevallen`: er is een nieuwe oproep te zien."""

    gesloten = Signal()
    opgevallen = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self._thema = thema
        self.setWindowTitle(TITEL)
        self.setAccessibleName("Publiek scherm")
        set_stijl(self, "soort", "venster")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setProperty(
            "openbaar", True
        )  # er staat niets van een klant op: het scherm afdekken raakt dit niet
        self.setMinimumSize(480, 320)
        self._beeld: Publiekbeeld | None = None
        self._gezien: dict[tuple[str, str, int], None] = {}
        self.rijen = tuple(Oproeprij(thema) for _ in range(MEESTE))
        self.zin = GroteTekst(thema)
        self.wacht = GroteTekst(thema, vet=True)
        self._kolom = QVBoxLayout(self)
        self._kolom.addStretch(0)
        for rij in self.rijen:
            rij.hide()
            self._kolom.addWidget(rij)
        self._kolom.addStretch(1)
        self._kolom.addWidget(self.wacht)
        self._kolom.addWidget(self.zin)
        self._kolom.addStretch(0)
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self._calm)
        thema.dress(self)
        self._fit()

    @property
    def beeld(self) -> Publiekbeeld | None:
        return self._beeld

    def show_beeld(self, beeld: Publiekbeeld) -> None:
        """Toon dit; wat er nog niet stond, valt even op. Het eerste beeld is voor niemand nieuw."""
        if beeld == self._beeld:
            return
        eerste = self._beeld is None
        self._beeld = beeld
        nieuw = {o.sleutel for o in beeld.oproepen if o.sleutel not in self._gezien and not eerste}
        opvallend = {r.nummer.text() for r in self.rijen if r.valt_op}
        self._gezien = dict.fromkeys(o.sleutel for o in beeld.oproepen)
        for rij, oproep in zip(self.rijen, beeld.oproepen, strict=False):
            rij.show_oproep(oproep, valt_op=oproep.sleutel in nieuw or oproep.volgnummer in opvallend)
            rij.show()
        for rij in self.rijen[len(beeld.oproepen) :]:
            rij.set_nadruk(aan=False)
            rij.nummer.setText("")
            rij.balie.setText("")
            rij.hide()
        self.zin.setText(beeld.zin)
        self.wacht.setText(f"Wachttijd: {beeld.wacht}" if beeld.wacht else "")
        self.wacht.setVisible(bool(beeld.wacht))
        self._fit()
        if nieuw:
            self._wekker.start(NADRUK_MS)
            self.opgevallen.emit()

    def hide_wacht(self) -> None:
        """Zonder verbinding blijven de nummers staan; de wachttijd klopt dan niet meer en gaat weg."""
        if self._beeld is not None:
            self.show_beeld(replace(self._beeld, wacht=""))

    def _calm(self) -> None:
        for rij in self.rijen:
            rij.set_nadruk(aan=False)

    def _fit(self) -> None:
        breed, hoog = self.width(), self.height()
        grootst = int(breed * _BREEDSTE)
        marge = max(12, min(breed, hoog) // 24)
        for nummer, rij in enumerate(self.rijen):
            pixels = max(18, min(int(hoog * (_REST if nummer else _EERSTE)), grootst))
            rij.set_maat(pixels, marge, breed - 2 * marge)
        alleen = self._beeld is None or not self._beeld.oproepen
        deel = _ZIN_ALLEEN if alleen else _ZIN
        for tekst in (self.zin, self.wacht):
            tekst.set_pixels(max(16, min(int(hoog * deel), int(breed * 0.7 * deel))))
            tekst.setContentsMargins(marge, 0, marge, 0)
        for plek, midden in ((0, True), (MEESTE + 1, False), (MEESTE + 4, True)):
            self._kolom.setStretch(plek, int(alleen is midden))
        self._kolom.setContentsMargins(marge, marge, marge, marge)
        self._kolom.setSpacing(marge // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._wekker.stop()
        self.gesloten.emit()
        super().closeEvent(event)
