"""Een veld met een korte lijst eronder: typen, pijl omlaag, Enter.

Voor de soort en de plek van een melding; zoekt zelf niets.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from ui.bouwstenen import Knop
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_RUST_MS = 200
_HOOGSTE = 190


class Zoekkeuze(QWidget):
    """`gezocht` (tekst) als er even niet is getypt, `gekozen` (waarde van de rij), `gewist` als de keuze
    vervalt doordat men verder typt."""

    gezocht = Signal(str)
    gekozen = Signal(object)
    gewist = Signal()

    def __init__(self, naam: str, voorbeeld: str, thema: Thema) -> None:
        super().__init__()
        self.waarde: object = None
        self.veld = QLineEdit()
        self.veld.setPlaceholderText(voorbeeld)
        self.veld.setMaxLength(120)
        self.veld.setAccessibleName(naam)
        self.setFocusProxy(self.veld)
        self.zin = Tekst(rol="klein")
        self.zin.hide()
        self.again = Knop("Opnieuw", self._again, naam=f"{naam}: opnieuw zoeken")
        self.again.hide()
        self.lijst = RijLijst(f"Keuzes: {naam.lower()}", thema)
        self.lijst.hide()
        self._rust = QTimer(self)
        self._rust.setSingleShot(True)
        self._rust.setInterval(_RUST_MS)
        self._rust.timeout.connect(lambda: self.gezocht.emit(self.veld.text()))
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.veld, self.zin, self.again, self.lijst):
            kolom.addWidget(deel)
        self.veld.textEdited.connect(self._follow)
        self.veld.returnPressed.connect(self._enter)
        self.lijst.gekozen.connect(self._choose)

    def show_rijen(self, rijen: Sequence[Rij], leeg: str = "") -> None:
        """De keuzes bij wat er staat; `leeg` is wat er staat als er geen zijn."""
        self.lijst.set_rijen(rijen, kies=0 if rijen else -1)
        self.lijst.setFixedHeight(self.lijst.gewenste_hoogte(_HOOGSTE))
        self.lijst.setVisible(bool(rijen))
        self.show_zin("" if rijen else leeg)

    def show_fout(self, fout: KifFout) -> None:
        """Zoeken lukte niet; helpt opnieuw, dan staat de knop die de zin noemt ernaast."""
        self.show_zin(fout.uitleg)
        self.again.setVisible(fout.opnieuw_helpt)

    def show_zin(self, zin: str) -> None:
        self.again.hide()
        self.zin.setText(zin)
        self.zin.setVisible(bool(zin))
        announce(self.veld, zin)

    def set_waarde(self, waarde: object, tekst: str) -> None:
        """Dit is gekozen, of (None) niets."""
        self._rust.stop()
        self.waarde = waarde
        self.veld.setText(tekst)
        self.show_rijen(())

    def _again(self) -> None:
        self.veld.setFocus(Qt.FocusReason.OtherFocusReason)
        self.gezocht.emit(self.veld.text())

    def _follow(self, tekst: str) -> None:
        if self.waarde is not None:
            self.waarde = None
            self.gewist.emit()
        if tekst.strip():
            self._rust.start()
        else:
            self._rust.stop()
            self.show_rijen(())

    def _enter(self) -> None:
        """Enter kiest de aangewezen rij; staat er nog geen, dan wordt er nu gezocht."""
        if self.lijst.isHidden() or not self.lijst.choose_huidige():
            self._rust.stop()
            if self.waarde is None and self.veld.text().strip():
                self.gezocht.emit(self.veld.text())

    def _choose(self, waarde: object) -> None:
        had_focus = self.lijst.hasFocus()
        rij = self.lijst.gekozen_rij
        self.set_waarde(waarde, rij.titel if rij is not None else "")
        if had_focus:
            self.veld.setFocus(Qt.FocusReason.OtherFocusReason)
        self.gekozen.emit(waarde)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stap = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if stap is not None and not self.lijst.isHidden() and self.veld.hasFocus():
            self.lijst.step(stap)
        elif event.key() == Qt.Key.Key_Escape and not self.lijst.isHidden():
            self.show_rijen(())
        else:
            super().keyPressEvent(event)
