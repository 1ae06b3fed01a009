"""Waar de strook staat: naast de klant, of als regel die F6 uitvouwt: op een smal scherm, en op Vanavond.

De amberkleurige band blijft altijd in beeld, ook als de strook alles vult. Beslist niets over contacten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.contact.amberband import Amberband
    from ui.contact.gesprekken import Gesprekken
    from ui.contact.regel import Contactregel
    from ui.contact.strook import Contactstrook

BREEDTE, BREEDTE_RUIM, RUIM_VANAF, SMAL = 340, 400, 1700, 1000
_ONBEGRENSD = 16_777_215  # QWIDGETSIZE_MAX


class Plaatsing:
    """`plaats`, `bandplaats` en `regelplaats` zet het venster neer; wat erin komt, komt later."""

    def __init__(self) -> None:
        self.plaats, self.bandplaats, self.regelplaats = QWidget(), QWidget(), QWidget()
        self.is_smal = self.is_open = False
        self._ingevouwen = False
        self._venster = 0
        self._midden: QStackedWidget | None = None
        self._strook: Contactstrook | None = None
        self.regel: Contactregel | None = None
        self._gesprekken: Gesprekken | None = None
        for plaats in (self.plaats, self.bandplaats, self.regelplaats):
            plaats.hide()
            kolom = QVBoxLayout(plaats)
            kolom.setContentsMargins(0, 0, 0, 0)
            kolom.setSpacing(0)

    def fill(
        self,
        gesprekken: Gesprekken,
        strook: Contactstrook,
        band: Amberband,
        naar_notitie: QAction,
        midden: QStackedWidget,
    ) -> None:
        """De services zijn er: alles krijgt zijn plaats."""
        from ui.contact.regel import Contactregel

        self._gesprekken, self._strook, self._midden = gesprekken, strook, midden
        self.regel = Contactregel(naar_notitie)
        midden.currentChanged.connect(lambda _: self.show_midden())
        strook.terug.connect(self.fold)
        strook.getikt.connect(self.show_regel)
        gesprekken.bewaarstand.fout_anders.connect(lambda _: self.show_regel())
        gesprekken.bewaarstand.storing_anders.connect(lambda _: self.show_regel())
        gesprekken.onaf.connect(lambda _: self.show_strook())
        _opmaak(self.regelplaats).addWidget(self.regel)
        _opmaak(self.plaats).addWidget(strook)
        _opmaak(self.bandplaats).addWidget(band)
        self.bandplaats.show()
        self.plaats.show()

    def add_band(self, band: QWidget) -> None:
        """Nog een band, die net als de eerste altijd in beeld blijft."""
        _opmaak(self.bandplaats).addWidget(band)

    def set_breedte(self, venster: int) -> None:
        """Zo breed is de strook bij deze vensterbreedte. Op een smal scherm wordt zij één regel (F6)."""
        self._venster = venster
        if self._strook is None:
            return
        self.is_smal = venster < SMAL or self._ingevouwen
        if self.is_smal:
            self.plaats.setMinimumWidth(0)
            self.plaats.setMaximumWidth(_ONBEGRENSD)
        else:
            self.plaats.setFixedWidth(BREEDTE_RUIM if venster >= RUIM_VANAF else BREEDTE)
            self.is_open = False
        self._place()

    def set_ingevouwen(self, ingevouwen: bool) -> None:
        """Een scherm dat de hele breedte nodig heeft (Vanavond): de strook is er een regel, als er een
        contact loopt."""
        if ingevouwen != self._ingevouwen:
            self._ingevouwen = ingevouwen
            self.set_breedte(self._venster)

    def show_strook(self) -> None:
        """Op een smal scherm komt de strook voor de klant in de plaats."""
        if self.is_smal and not self.is_open:
            self.is_open = True
            self._place()

    def show_midden(self) -> None:
        """Op een smal scherm: er komt iets anders in beeld, de strook wijkt."""
        if self.is_smal and self.is_open:
            self.is_open = False
            self._place()

    def fold(self) -> None:
        """Op een smal scherm: terug naar de klant."""
        self.show_midden()
        if self._midden is not None:
            self._midden.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_regel(self) -> None:
        """Wie er aan de lijn is en hoe lang, voor een strook die is ingevouwen."""
        gesprekken = self._gesprekken
        if self.regel is None or gesprekken is None:
            return
        actief, stand = gesprekken.actief, gesprekken.bewaarstand
        fout = stand.fout or stand.storing
        leeg = self._ingevouwen and self._venster >= SMAL and actief is None and not fout
        self.regelplaats.setVisible(self.is_smal and not self.is_open and not leeg)
        self.regel.show_contact(
            actief,
            gesprekken.duur(actief) if actief is not None else 0.0,
            fout,
        )

    def _place(self) -> None:
        """Breed staat de strook ernaast; smal is zij een regel, of alles."""
        if self._strook is None or self._midden is None:
            return
        alleen_strook = self.is_smal and self.is_open
        self.plaats.setVisible(not self.is_smal or self.is_open)
        if (kolom := self._midden.parentWidget()) is not None:
            self._move_band(kolom, naar_strook=alleen_strook)
            kolom.setVisible(not alleen_strook)
        self._strook.set_smal(smal=self.is_smal)
        self.show_regel()

    def _move_band(self, kolom: QWidget, *, naar_strook: bool) -> None:
        """De band gaat mee naar wat in beeld is: wie typt, moet zien dat hij een ander voor zich heeft."""
        if naar_strook == (self.bandplaats.parentWidget() is self.plaats):
            return
        if naar_strook:
            _opmaak(self.plaats).insertWidget(0, self.bandplaats)
        else:
            opmaak = _opmaak(kolom)
            opmaak.insertWidget(opmaak.indexOf(self.regelplaats) + 1, self.bandplaats)
        self.bandplaats.show()


def _opmaak(plaats: QWidget) -> QBoxLayout:
    opmaak = plaats.layout()
    assert isinstance(opmaak, QBoxLayout)
    return opmaak
