"""De delen van het boekscherm: breed naast elkaar, smal één tegelijk. Weet niet wat erin staat.

Op een heel breed scherm staat de maand ertussen; dat is geen deel om naartoe te springen.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from ui.bouwstenen import Lijn
from ui.thema import Thema

Deel = Literal["wens", "tijden", "rechts"]
DELEN: tuple[Deel, ...] = ("wens", "tijden", "rechts")
SMAL = 1000
_WENS_BREED, _TIJDEN_BREED, _TIJDEN_RUIM, _MAAND_BREED, _RUIM_VANAF = 300, 330, 420, 430, 1700
_ONBEGRENSD = 16_777_215  # QWIDGETSIZE_MAX


class Kolommen(QFrame):
    """`geplaatst` na elke andere indeling: er staat één deel ("wens") of alles ("")."""

    geplaatst = Signal(str)

    def __init__(
        self, wens: QWidget, tijden: QWidget, maand: QWidget, rechts: QStackedWidget, thema: Thema
    ) -> None:
        super().__init__()
        self._thema, self._maand = thema, maand
        self._maandlijn = Lijn(staand=True)
        maand.setFixedWidth(_MAAND_BREED)
        for deel in (maand, self._maandlijn):
            deel.hide()
        self._vakken: dict[Deel, QWidget] = {"wens": wens, "tijden": tijden, "rechts": rechts}
        self._rechts = rechts
        self._lijnen = (Lijn(staand=True), Lijn(staand=True))
        self.is_smal = False
        self.deel: Deel = "wens"
        rij = QHBoxLayout(self)
        # De kolommen houden een breder scherm niet breed: smaller dan SMAL komt er één tegelijk.
        rij.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(wens)
        rij.addWidget(self._lijnen[0])
        rij.addWidget(tijden)
        rij.addWidget(self._lijnen[1])
        rij.addWidget(maand)
        rij.addWidget(self._maandlijn)
        rij.addWidget(rechts, 1)
        thema.gewijzigd.connect(self._place)

    def go(self, deel: Deel) -> None:
        """Dit deel is aan de beurt; breed verandert er niets."""
        self.deel = deel
        self._place()

    def jump(self, deel: Deel) -> None:
        """Ga erheen, met de focus."""
        self.go(deel)
        blad = self._rechts.currentWidget() if deel == "rechts" else None
        doel = _first(blad or self._vakken[deel])
        if not doel.isVisible():  # nog geen tijden: dan is de wens waar men iets kan doen
            self.go("wens")
            doel = _first(self._vakken["wens"])
        doel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, *, terug: bool) -> None:
        """Naar het volgende of vorige deel (F6)."""
        nu = self.focusWidget()
        plaats = next((i for i, d in enumerate(DELEN) if nu and self._vakken[d].isAncestorOf(nu)), -1)
        self.jump(DELEN[(plaats + (-1 if terug else 1)) % len(DELEN)])

    def _place(self) -> None:
        for deel, vak in self._vakken.items():
            vak.setVisible(not self.is_smal or deel == self.deel)
        for lijn in self._lijnen:
            lijn.setVisible(not self.is_smal)
        ruim = self.width() >= _RUIM_VANAF
        met_maand = self.width() >= _RUIM_VANAF * self._thema.vergroting
        for deel_ in (self._maand, self._maandlijn):
            deel_.setVisible(met_maand)
        breedten: tuple[tuple[Deel, int], ...] = (
            ("wens", _WENS_BREED), ("tijden", _TIJDEN_RUIM if ruim else _TIJDEN_BREED),
        )  # fmt: skip
        for deel, breed in breedten:
            self._vakken[deel].setMinimumWidth(0 if self.is_smal else breed)
            self._vakken[deel].setMaximumWidth(_ONBEGRENSD if self.is_smal else breed)
        self.geplaatst.emit(self.deel if self.is_smal else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.is_smal = self.width() < SMAL
        self._place()


def _first(vak: QWidget) -> QWidget:
    """Waar de focus in dit vak het eerst hoort."""
    zoek = getattr(vak, "eerste_focus", None)
    doel = zoek() if callable(zoek) else vak
    return doel if isinstance(doel, QWidget) else vak
