"""*Zonder afspraak*: waarvoor iemand komt, met hoeveel, wat hij nodig heeft, en of het vanavond kan.

Wat is ingevuld blijft staan tot het gelukt is; rekent en bewaart zelf niets.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.wens import Wens
from frontoffice.services.afspraakwaarden import Productkeuze
from ui.afspraak.wensvak import WensVak
from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.tekst import Tekst, announce
from ui.thema import Thema


class Zondervak(QWidget):
    """Signalen: `gezocht` (letters), `gewijzigd` (Wens of None), `gevraagd` (Wens, naam, voorrang),
    `geweigerd` (Wens, waarom: wie niet terechtkon, telt mee in het verslag) en `gesloten`."""

    gezocht = Signal(str)
    gewijzigd = Signal(object)
    gevraagd = Signal(object, str, bool)
    geweigerd = Signal(object, str)
    gesloten = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__()
        self.setAccessibleName("Zonder afspraak")
        self._inrichting: Inrichting | None = None
        self.wens = WensVak(thema, met_wanneer=False)
        velden = Formulier()
        self.naam = velden.rij(
            "Naam", QLineEdit(), "Zo weet de balie wie er komt. Het bord toont alleen het nummer."
        )
        self.naam.setMaxLength(120)
        self.voorrang = QCheckBox("Voorrang")
        self.voorrang.setAccessibleName("Voorrang")
        self.voorrang.setAccessibleDescription("Voor wie niet kan wachten. U hoeft niet te zeggen waarom.")
        self.zin = Tekst("Kies eerst waarvoor iemand komt.", rol="gedempt")
        self.meld = Knop("Aanmelden", self._ask, soort="hoofd", naam="Aanmelden zonder afspraak")
        self.noteer = Knop("Kon niet: noteer en sluit", self._refuse, soort="groot")
        self.noteerzin = Tekst("Telt mee in het avondverslag, zonder naam.", rol="klein")
        self._waarom = ""
        self._geteld: Wens | None = None
        sluit = Knop("Terug   Esc", self.gesloten.emit, soort="stil", naam="Zonder afspraak sluiten")
        boven = QHBoxLayout()
        boven.addWidget(Tekst("Zonder afspraak", rol="kop2"), 1)
        boven.addWidget(sluit)
        onder = QVBoxLayout()
        marge = 3 * Thema.afstand
        onder.setContentsMargins(marge, Thema.afstand, marge, marge)
        onder.setSpacing(2 * Thema.afstand)
        for deel in (velden, self.voorrang, self.zin, self.meld, self.noteer, self.noteerzin):
            onder.addWidget(deel)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kop = QWidget()
        kop.setLayout(boven)
        boven.setContentsMargins(marge, 2 * Thema.afstand, marge, 0)
        kolom.addWidget(kop)
        kolom.addWidget(self.wens, 1)
        kolom.addLayout(onder)
        self.wens.gezocht.connect(self.gezocht)
        self.wens.gewijzigd.connect(self._changed)
        self.wens.verder.connect(lambda: self.naam.setFocus(Qt.FocusReason.OtherFocusReason))
        self.naam.returnPressed.connect(self._ask)
        self.naam.textEdited.connect(lambda _: self._follow())
        self.voorrang.toggled.connect(lambda _: self._changed())
        self._kan = False
        self._bezig = False
        self._follow()

    def begin(self) -> None:
        self.wens.focus_product()

    def clear(self) -> None:
        """Het is gelukt: klaar voor de volgende."""
        self.wens.begin()
        self.naam.clear()
        self.voorrang.setChecked(False)
        self._geteld = None
        self._changed()

    def set_inrichting(self, inrichting: Inrichting, vandaag: date) -> None:
        self._inrichting = inrichting
        self.wens.set_inrichting(inrichting, vandaag, Kanaal.BALIE)

    def set_producten(self, keuzes: Sequence[Productkeuze]) -> None:
        self.wens.set_producten(keuzes)

    def show_kan(self, zin: str, *, kan: bool, let_op: bool = False) -> None:
        """Of het kan: hoe laat en hoe lang wachten, of waarom niet."""
        self._kan = kan
        anders = zin != self.zin.text()
        self.zin.setText(zin)
        self.zin.set_rol("goed" if kan else "let_op" if let_op else "gedempt")
        if anders and zin:
            announce(self, zin)
        self._follow()

    def show_past(self, zin: str, kan: bool, waarom: str) -> None:
        """`waarom`: de code waarom het niet kan; leeg als dat (nog) niet bekend is."""
        self._waarom = waarom
        self.show_kan(zin, kan=kan, let_op=not kan)

    def show_geweigerd(self, zin: str) -> None:
        """Aanmelden ging niet door; paste het niet, dan is dat al geteld."""
        self._waarom, wens = "", self.wens.wens
        self._geteld = wens if isinstance(wens, Wens) else None
        self.show_kan(zin, kan=False, let_op=True)

    def set_bezig(self, bezig: bool) -> None:
        self._bezig = bezig
        self._follow()

    def _changed(self) -> None:
        wens = self.wens.wens
        self._waarom = ""
        if wens is None:
            self.show_kan("Kies eerst waarvoor iemand komt.", kan=False)
        self.gewijzigd.emit(wens)

    def _follow(self) -> None:
        self.meld.setEnabled(self._kan and not self._bezig)
        past_niet = bool(self._waarom) and not self._kan and self.wens.wens != self._geteld
        self.meld.setVisible(not past_niet)
        self.noteer.setEnabled(not self._bezig)
        for deel in (self.noteer, self.noteerzin):
            deel.setVisible(past_niet)

    def _refuse(self) -> None:
        wens = self.wens.wens
        if isinstance(wens, Wens) and self._waarom and not self._bezig:
            self.geweigerd.emit(wens, self._waarom)

    def _ask(self) -> None:
        wens = self.wens.wens
        if isinstance(wens, Wens) and self._kan and not self._bezig:
            self.gevraagd.emit(wens, " ".join(self.naam.text().split()), self.voorrang.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)
