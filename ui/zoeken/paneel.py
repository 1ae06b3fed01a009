"""Het paneel onder het zoekveld: één zin, eventueel een lijst, eventueel een knop. Beslist niets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst
from ui.thema import Rol, Thema

_BREEDTE = 640
_LIJST_HOOG = 520


class Zoekpaneel(QFrame):
    """Zweeft boven het scherm, onder het veld, en is net zo hoog als wat erin staat."""

    gekozen = Signal(object)
    afgebroken = Signal()
    opnieuw = Signal()

    def __init__(self, thema: Thema, ouder: QWidget, veld: QWidget) -> None:
        super().__init__(ouder)
        self._veld = veld
        self.setProperty("soort", "paneel")
        self.setAccessibleName("Zoekresultaat")
        self.zin = Tekst(rol="gedempt")
        self.annuleren = Knop("Annuleren", self.afgebroken.emit)
        self.nog_eens = Knop("Opnieuw", self.opnieuw.emit)
        self.lijst = RijLijst("Kies een klant", thema, cijfers=True)
        self.lijst.gekozen.connect(self.gekozen)
        self._heeft_inhoud = False

        regel = QHBoxLayout()
        regel.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        regel.setSpacing(3 * Thema.afstand)
        self.zin.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        regel.addWidget(self.zin, 1)
        regel.addWidget(self.nog_eens)
        regel.addWidget(self.annuleren)
        self._kop = QWidget()
        self._kop.setLayout(regel)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(1, 1, 1, 1)
        kolom.setSpacing(0)
        kolom.addWidget(self._kop)
        kolom.addWidget(self.lijst)
        self.hide()

    @property
    def heeft_inhoud(self) -> bool:
        return self._heeft_inhoud

    def show_inhoud(
        self,
        zin: str,
        rijen: Sequence[Rij] = (),
        *,
        naam: str = "Kies een klant",
        rol: Rol = "gedempt",
        kies: int = -1,
        annuleren: bool = False,
        opnieuw: bool = False,
    ) -> None:
        """Vervang alles wat erin staat en toon het."""
        self._heeft_inhoud = True
        self.zin.set_rol(rol)
        self.zin.setText(zin)
        self._kop.setVisible(bool(zin) or annuleren or opnieuw)
        self.annuleren.setVisible(annuleren)
        self.nog_eens.setVisible(opnieuw)
        self.lijst.setAccessibleName(naam)
        self.lijst.set_rijen(rijen, kies=kies)
        self.lijst.setVisible(bool(rijen))
        self.show()
        self.raise_()
        self.place()

    def clear(self) -> None:
        self._heeft_inhoud = False
        self.lijst.set_rijen(())
        self.zin.setText("")
        self.hide()

    def place(self) -> None:
        """Zet het paneel onder het veld, binnen wat er aan ruimte is."""
        ouder = self.parentWidget()
        if ouder is None or not self.isVisibleTo(ouder):
            return
        anker = self._veld.mapTo(ouder, QPoint(0, self._veld.height() + Thema.afstand))
        ruimte = ouder.height() - anker.y() - 2 * Thema.afstand
        breedte = min(_BREEDTE, ouder.width() - anker.x() - 2 * Thema.afstand)
        kop = 0 if self._kop.isHidden() else self._meet_kop(breedte - 2)
        lijst = 0
        if not self.lijst.isHidden():
            lijst = self.lijst.gewenste_hoogte(max(min(_LIJST_HOOG, ruimte - kop - 2), Thema.hoofddoel))
            self.lijst.setFixedHeight(lijst)
        self.setGeometry(anker.x(), anker.y(), breedte, kop + lijst + 2)

    def _meet_kop(self, breedte: int) -> int:
        """Hoogte van zin en knoppen bij deze breedte; de indeling onthoudt anders die van de vorige zin."""
        indeling = self._kop.layout()
        if indeling is None:
            return 0
        indeling.invalidate()
        return max(indeling.heightForWidth(breedte), Thema.hoofddoel + Thema.afstand)
