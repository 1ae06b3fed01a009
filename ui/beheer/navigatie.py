"""De delen van het beheer om uit te kiezen: een lijst links, of op een smal scherm een keuzelijst erboven."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from ui.rijen import Rij, RijLijst
from ui.tekst import KorteTekst, Tekst
from ui.thema import Thema, set_stijl

_SMALST = 170


class Navigatie(QObject):
    """`gewisseld`: er is een ander deel gekozen; `geopend`: de focus mag mee. Maak met naam → titel."""

    gewisseld = Signal()
    geopend = Signal()

    def __init__(self, titel: str, namen: Mapping[str, str], thema: Thema, parent: QObject) -> None:
        super().__init__(parent)
        self._namen, self._thema = dict(namen), thema
        self.lijst = RijLijst("Delen van het beheer", thema)
        self.keuze = QComboBox()
        self.keuze.setAccessibleName("Deel van het beheer")
        self.keuze.hide()
        self.werkt = KorteTekst("", rol="klein")
        self.werkt.setContentsMargins(3 * Thema.afstand, 0, 2 * Thema.afstand, 2 * Thema.afstand)
        kop = Tekst(titel, rol="kop2")
        kop.setContentsMargins(3 * Thema.afstand, 0, 2 * Thema.afstand, 0)
        self.blok = QFrame()
        set_stijl(self.blok, "soort", "kaart")
        kolom = QVBoxLayout(self.blok)
        kolom.setContentsMargins(0, 2 * Thema.afstand, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(kop)
        kolom.addWidget(self.lijst, 1)
        kolom.addWidget(self.werkt)
        self.show_tellers({})
        self.set_breedte()
        self.lijst.setCurrentIndex(self.lijst.rijen.index(0))
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.lijst.gekozen.connect(lambda _: self.geopend.emit())
        self.keuze.activated.connect(lambda plek: self.lijst.setCurrentIndex(self.lijst.rijen.index(plek)))

    @property
    def naam(self) -> str:
        """Het deel dat is gekozen."""
        rij = self.lijst.gekozen_rij
        return str(rij.waarde) if rij is not None else next(iter(self._namen))

    def select(self, naam: str) -> None:
        self.lijst.setCurrentIndex(self.lijst.rijen.index(list(self._namen).index(naam)))

    def show_tellers(self, tellers: Mapping[str, int]) -> None:
        """Zet achter een deel hoeveel er wacht; nul is niets."""
        rijen = [
            Rij(titel, toets=str(tellers.get(naam) or ""), waarde=naam) for naam, titel in self._namen.items()
        ]
        kies = max(self.lijst.currentIndex().row(), 0)
        self.lijst.selectionModel().blockSignals(True)
        self.lijst.set_rijen(rijen, kies=kies)
        self.lijst.selectionModel().blockSignals(False)
        self.keuze.blockSignals(True)
        self.keuze.clear()
        for rij in rijen:
            self.keuze.addItem(f"{rij.titel} ({rij.toets})" if rij.toets else rij.titel, rij.waarde)
        self.keuze.setCurrentIndex(kies)
        self.keuze.blockSignals(False)

    def set_breedte(self) -> None:
        """Breed genoeg voor de langste naam, ook bij grotere letters."""
        meter = QFontMetrics(self._thema.font("gewoon"))
        breedste = max(meter.horizontalAdvance(naam) for naam in self._namen.values())
        self.blok.setFixedWidth(max(breedste + 9 * Thema.afstand, _SMALST))

    def set_smal(self, *, smal: bool) -> None:
        self.blok.setVisible(not smal)
        self.keuze.setVisible(smal)

    def _follow(self) -> None:
        self.keuze.setCurrentIndex(self.lijst.currentIndex().row())
        self.gewisseld.emit()
