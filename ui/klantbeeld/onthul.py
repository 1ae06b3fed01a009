"""De regel die naar een reden vraagt voordat iets verborgens te zien is; nooit een venster ervoor.

Eén klik of één letter is genoeg: de gewone redenen zijn knoppen, een andere reden is te typen.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema, set_stijl

REDENEN = ("De klant vraagt ernaar", "Nodig om te controleren", "Nodig voor een brief of bezoek")
KORTSTE_REDEN = 5


class Redenregel(QFrame):
    """`gegeven` komt met (wat, reden). `open_voor` toont de regel en zet de focus op de eerste reden."""

    gegeven = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "band_let_op")
        self.setAccessibleName("Reden om te tonen")
        self._wat = ""
        self._terug: QWidget | None = None
        self._vraag = Tekst(rol="nadruk")
        self._fout = Tekst(rol="fout")
        self._fout.hide()
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        self._eerste = Knop(REDENEN[0], lambda: self._give(REDENEN[0]))
        rij.addWidget(self._eerste)
        for reden in REDENEN[1:]:
            rij.addWidget(Knop(reden, partial(self._give, reden)))
        self._andere = QLineEdit()
        self._andere.setPlaceholderText("Andere reden")
        self._andere.setAccessibleName("Andere reden")
        self._andere.setMinimumWidth(200)
        self._andere.returnPressed.connect(self._give_getypt)
        rij.addWidget(self._andere)
        rij.addWidget(Knop("Tonen", self._give_getypt))
        rij.addWidget(Knop("Niet tonen", self.close_regel, soort="stil"))
        alles = QVBoxLayout(self)
        alles.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        alles.addWidget(self._vraag)
        alles.addWidget(knoppen)
        alles.addWidget(self._fout)
        self.hide()

    def open_voor(self, wat: str, woord: str, terug: QWidget | None) -> None:
        """Vraag naar de reden om `wat` te tonen; na afloop gaat de focus naar `terug`."""
        self._wat, self._terug = wat, terug
        self._vraag.setText(f"Waarom wilt u {woord} zien? Uw reden wordt vastgelegd.")
        self._andere.clear()
        self._fout.hide()
        self.show()
        self._eerste.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._vraag.text())

    def close_regel(self) -> None:
        heeft_focus = self.isAncestorOf(self.focusWidget() or self) and self.isVisible()
        self.hide()
        self._andere.clear()
        if heeft_focus and self._terug is not None:
            self._terug.setFocus(Qt.FocusReason.OtherFocusReason)
        self._terug = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_regel()
            return
        super().keyPressEvent(event)

    def _give_getypt(self) -> None:
        reden = " ".join(self._andere.text().split())
        if len(reden) < KORTSTE_REDEN:
            self._fout.setText("Typ in een paar woorden waarom, of kies een van de redenen.")
            self._fout.show()
            announce(self, self._fout.text())
            self._andere.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._give(reden)

    def _give(self, reden: str) -> None:
        wat = self._wat
        self.close_regel()
        self.gegeven.emit(wat, reden)
