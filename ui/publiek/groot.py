"""Grote letters voor wie op afstand leest: tekst met een eigen maat in beeldpunten."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema, set_stijl


class GroteTekst(Tekst):
    """Volgt het thema, niet de gewone lettermaten: de maat zet wie hem plaatst."""

    def __init__(self, thema: Thema, tekst: str = "", *, vet: bool = False) -> None:
        super().__init__(tekst)
        set_stijl(self, "rol", "eigen_maat")
        self._thema, self._vet, self._pixels = thema, vet, 24
        self._kleur: Kleurnaam = "tekst"
        thema.gewijzigd.connect(self._renew)
        self._renew()

    @property
    def pixels(self) -> int:
        return self._pixels

    def set_pixels(self, pixels: int) -> None:
        if pixels != self._pixels:
            self._pixels = pixels
            self._renew()

    def set_kleur(self, kleur: Kleurnaam) -> None:
        self._kleur = kleur
        self._renew()

    def _renew(self) -> None:
        letter = self._thema.font("nadruk" if self._vet else "gewoon")
        letter.setPixelSize(self._pixels)
        self.setFont(letter)
        palet = self.palette()
        palet.setColor(QPalette.ColorRole.WindowText, self._thema.kleur(self._kleur))
        self.setPalette(palet)
        self.updateGeometry()
