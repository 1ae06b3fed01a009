"""Een klein formulier dat onder iets openklapt, met een bewaarknop. Bewaart zelf niets."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.tekst import Tekst
from ui.thema import Thema


class Paneel(QWidget):
    """Een klein formulier met een bewaarknop. Signalen: `bewaard` en `gesloten`."""

    bewaard = Signal()
    gesloten = Signal()

    def __init__(self, kop: str, knop: str) -> None:
        super().__init__()
        self.setAccessibleName(kop)
        self.kop = Tekst(kop, rol="kop2")
        self.velden = Formulier()
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self.bewaar = Knop(knop, self.bewaard.emit, soort="groot")
        self.sluit = Knop("Toch niet", self.gesloten.emit, soort="stil", naam=f"{kop}: toch niet")
        knoppen = QHBoxLayout()
        knoppen.addWidget(self.bewaar)
        knoppen.addWidget(self.sluit)
        knoppen.addStretch(1)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.kop, self.velden, self.fout):
            kolom.addWidget(deel)
        kolom.addLayout(knoppen)
        self.hide()

    def show_fout(self, zin: str) -> None:
        """Wat er niet klopt, bij het formulier; leeg haalt het weg."""
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in een veld bewaart; Esc sluit, en er gaat niets verloren wat al was bewaard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.bewaard.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)
