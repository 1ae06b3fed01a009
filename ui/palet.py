"""Het opdrachtenpalet: typ een paar letters van wat u wilt doen en druk op Enter.

Leest de handelingen uit ui/acties.py en voert ze alleen uit; kent geen enkele handeling zelf.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.acties import Acties, gewone_tekst, toets_tekst
from ui.rijen import Rij, RijLijst
from ui.thema import Thema

_BREEDTE = 520


class _Invoer(QLineEdit):
    """Pijltjes en Enter gaan naar de lijst; Escape sluit."""

    def __init__(self, palet: Palet) -> None:
        super().__init__(palet)
        self._palet = palet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._palet.lijst.step(1 if toets == Qt.Key.Key_Down else -1)
        elif toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._palet.lijst.choose_huidige()
        else:
            super().keyPressEvent(event)


class Palet(QFrame):
    """Zweeft bovenaan in het venster; verdwijnt zodra de focus elders is en geeft die dan terug."""

    def __init__(self, acties: Acties, thema: Thema, ouder: QWidget) -> None:
        super().__init__(ouder)
        self._acties = acties
        self._terug: QWidget | None = None
        self.setProperty("soort", "paneel")
        self.setAccessibleName("Opdracht kiezen")
        self.veld = _Invoer(self)
        self.veld.setAccessibleName("Opdracht")
        self.veld.setPlaceholderText("Wat wilt u doen?")
        self.veld.setMinimumHeight(Thema.hoofddoel)
        self.lijst = RijLijst("Opdrachten", thema)
        self.lijst.gekozen.connect(self._run)
        self.veld.textEdited.connect(self._filter)
        kolom = QVBoxLayout(self)
        marge = 2 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(marge)
        kolom.addWidget(self.veld)
        kolom.addWidget(self.lijst, 1)
        self.hide()

    def open(self) -> None:
        """Toon alle opdrachten die nu kunnen, met de focus in het veld."""
        self._terug = QApplication.focusWidget()
        self.veld.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.veld.setFocus()

    def close_palet(self) -> None:
        """Sluit en geef de focus terug aan wie hem had."""
        self.hide()
        terug, self._terug = self._terug, None
        if terug is not None and terug.isVisible():
            terug.setFocus()

    def hide_bij_verlies(self, nieuw: QWidget | None) -> None:
        """De focus ging naar `nieuw`: buiten het palet gaat het dicht zonder de focus terug te halen."""
        if self.isVisible() and nieuw is not None and nieuw is not self and not self.isAncestorOf(nieuw):
            self._terug = None
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_palet()
        else:
            super().keyPressEvent(event)

    def _filter(self, tekst: str) -> None:
        woorden = tekst.casefold().split()
        rijen = [
            Rij(gewone_tekst(actie), gegevens.uitleg, toets_tekst(actie), gegevens.icoon, actie)
            for gegevens, actie in self._acties
            if actie.isEnabled() and gegevens.naam != "palet" and not gegevens.scherm
        ]
        passend = [rij for rij in rijen if all(woord in rij.gesproken.casefold() for woord in woorden)]
        self.lijst.set_rijen(passend, kies=0)
        self._place()

    def _run(self, actie: object) -> None:
        self.close_palet()
        if isinstance(actie, QAction):
            actie.trigger()

    def _place(self) -> None:
        ouder = self.parentWidget()
        if ouder is not None:
            breedte = min(_BREEDTE, ouder.width() - 8 * Thema.afstand)
            hoogstens = min(440, ouder.height() - 8 * Thema.afstand)
            rest = self.veld.sizeHint().height() + 6 * Thema.afstand
            lijst = max(self.lijst.gewenste_hoogte(hoogstens - rest), Thema.hoofddoel)
            hoogte = rest + lijst
            self.setGeometry((ouder.width() - breedte) // 2, 4 * Thema.afstand, breedte, hoogte)
