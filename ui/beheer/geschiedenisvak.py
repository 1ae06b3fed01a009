"""Wie wat wanneer wijzigde, nieuwste eerst."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.beheer import geschiedeniswoorden as woorden
from ui.beheer.dienst import Geschiedenis
from ui.bouwstenen import Knop
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst
from ui.thema import Thema


class GeschiedenisVak(Vak):
    """Signaal: `terug`."""

    terug = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Geschiedenis")
        self.kop.set_rol("kop1")
        self.terugknop = Knop("Terug", self.terug.emit, naam="Terug uit de geschiedenis")
        self.kopregel.addWidget(self.terugknop)
        self._zin = Tekst("", rol="gedempt")
        self._zin.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 2 * Thema.afstand)
        self.lijst = RijLijst("Geschiedenis", thema)
        self.inhoud.addWidget(self._zin)
        self.inhoud.addWidget(self.lijst, 1)

    def eerste_focus(self) -> QWidget:
        return self.lijst if self.lijst.rijen.rowCount() else self.terugknop

    def show_geschiedenis(self, geschiedenis: Geschiedenis) -> None:
        self.kop.setText(f"Geschiedenis van {geschiedenis.titel}")
        inrichting, vandaag = geschiedenis.inrichting, geschiedenis.vandaag
        self.lijst.set_rijen(
            [
                Rij(
                    woorden.gebeurtenis_titel(g, inrichting),
                    woorden.gebeurtenis_onder(g, inrichting, vandaag),
                )
                for g in geschiedenis.gebeurtenissen
            ]
        )
        leeg = not geschiedenis.gebeurtenissen
        self._zin.setText("Hier is nog niets gewijzigd." if leeg else "De nieuwste wijziging staat bovenaan.")
        self.lijst.setVisible(not leeg)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.terug.emit()
        else:
            super().keyPressEvent(event)
