"""De kop van Vanavond: hoe laat het is en hoe het loopt, wie u bent vanavond, zoeken en namen tonen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, set_uitleg
from ui.thema import Thema, set_stijl
from ui.vanavond.model import GASTHEER, ROLLEN, Kop

_MARGE = 3 * Thema.afstand


class Avondzoekveld(QLineEdit):
    """Pijl omlaag gaat naar wat er is gevonden, Enter neemt het, Escape sluit."""

    omlaag = Signal()
    bevestigd = Signal()
    verlaten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Zoek naam, nummer of code")
        self.setPlaceholderText("Zoek naam, nummer of code   Ctrl+K")
        self.setMaxLength(80)
        self.setProperty("soort", "zoekveld")
        self.setMinimumWidth(300)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets == Qt.Key.Key_Down:
            self.omlaag.emit()
        elif toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.bevestigd.emit()
        elif toets == Qt.Key.Key_Escape:
            self.verlaten.emit()
        else:
            super().keyPressEvent(event)


class Kopvak(QFrame):
    """Signalen: `rol_gekozen`, `balie_gekozen` (id of ""), `zonder` en `namen` (tonen of verbergen)."""

    rol_gekozen = Signal(str)
    balie_gekozen = Signal(str)
    zonder = Signal()
    namen = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kop")
        self.titel = KorteTekst("Vanavond", rol="kop1")
        self.datum = KorteTekst(rol="gewoon")
        self.nu, self.wachten, self.uitloop = KorteTekst(rol="kop1"), KorteTekst(), KorteTekst()
        self.wie = KorteTekst(rol="gedempt")
        self.zoek = Avondzoekveld()
        self.zonderknop = Knop("+ Zonder afspraak", self.zonder.emit, soort="groot", naam="Zonder afspraak")
        self.namenknop = Knop("Namen tonen", self.namen.emit, soort="groot")
        self.namenknop.set_tekst("Namen verbergen   60 s")
        self.namenknop.ensurePolished()
        self.namenknop.setMinimumWidth(self.namenknop.sizeHint().width())
        self.show_namen_over(0)
        set_uitleg(self.namenknop, "Toont de namen een minuut lang. Kijk eerst of er niemand meeleest.")
        self.rollen = {
            rol: Knop(tekst, partial(self.rol_gekozen.emit, rol), soort="groot")
            for rol, tekst in ROLLEN.items()
        }
        groep = QButtonGroup(self)
        for knop in self.rollen.values():
            knop.setCheckable(True)
            groep.addButton(knop)
        self.balie = QComboBox()
        self.balie.setAccessibleName("Mijn balie kiezen")
        self.balie.setProperty("soort", "groot")
        self.balie.addItem("Geen balie", "")
        self.balie.currentIndexChanged.connect(
            lambda _: self.balie_gekozen.emit(str(self.balie.currentData()))
        )
        self._build()
        self.set_rol(GASTHEER)

    def _build(self) -> None:
        boven, onder = QWidget(), QWidget()
        rij = Vloei(boven, tussen=4 * Thema.afstand, regel=Thema.afstand)
        for deel in (self.titel, self.datum, self.nu, self.wachten, self.uitloop, self.wie):
            rij.addWidget(deel)
        rollen = QWidget()
        knoppen = QHBoxLayout(rollen)
        knoppen.setContentsMargins(0, 0, 0, 0)
        knoppen.setSpacing(0)
        for knop in self.rollen.values():
            knoppen.addWidget(knop)
        vloei = Vloei(onder, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for widget in (self.zoek, self.zonderknop, self.namenknop, rollen, self.balie):
            vloei.addWidget(widget)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(boven)
        kolom.addWidget(onder)

    # --- tonen ---------------------------------------------------------------------------------------------

    def show_kop(self, kop: Kop) -> None:
        self.datum.setText(f"{kop.datum}   {kop.uren}")
        self.nu.setText(f"NU {kop.nu}")
        self.wachten.setText(kop.wachten)
        self.uitloop.setText(kop.uitloop)
        self.uitloop.set_rol("let_op" if kop.loopt_uit else "goed")

    def show_leeg(self) -> None:
        for deel in (self.datum, self.nu, self.wachten, self.uitloop):
            deel.setText("")

    def show_wie(self, wie: str, balie: str) -> None:
        self.wie.setText(f"{wie} – {balie}" if balie else wie)

    def set_balies(self, balies: Sequence[tuple[str, str]], gekozen: str) -> None:
        """De balies van vanavond; meldt zelf geen keuze."""
        gewild = [("Geen balie", ""), *((naam, id_) for id_, naam in balies)]
        staat = [(self.balie.itemText(i), str(self.balie.itemData(i))) for i in range(self.balie.count())]
        with QSignalBlocker(self.balie):
            if staat != gewild:
                self.balie.clear()
                for naam, id_ in gewild:
                    self.balie.addItem(naam, id_)
            self.balie.setCurrentIndex(max(0, self.balie.findData(gekozen)))

    def set_rol(self, rol: str) -> None:
        self.rollen[rol].setChecked(True)

    def set_bezig_mogelijk(self, kan: bool) -> None:
        """Zonder open avond valt er niets te zoeken of aan te melden."""
        for deel in (self.zoek, self.zonderknop, self.namenknop):
            deel.setEnabled(kan)

    def show_namen_over(self, seconden: int) -> None:
        """De knop houdt haar breedte: wat ernaast staat, schuift niet onder de muis weg."""
        tekst = f"Namen verbergen   {seconden} s" if seconden else "Namen tonen"
        self.namenknop.set_tekst(tekst, "Namen verbergen" if seconden else "Namen tonen")
