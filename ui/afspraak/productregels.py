"""Het productveld en de gekozen producten met hun aantal personen. Zoekt zelf niets."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.tekst import Tekst, announce, set_uitleg
from ui.thema import Thema

MEESTE_PERSONEN = 20
_GETAL_VOOR = re.compile(r"^\s*([1-9])\s+(?=\D)")
_GETAL_ACHTER = re.compile(r"(?<=\D)\s*([1-9])\s*$")


def read_product(getypt: str) -> tuple[str, int | None]:
    """ "2 pasp" of "pas 2": (zoektekst, personen). Zonder getal is het aantal None."""
    for patroon in (_GETAL_VOOR, _GETAL_ACHTER):
        if treffer := patroon.search(getypt):
            return patroon.sub("", getypt).strip(), int(treffer.group(1))
    return getypt.strip(), None


class Productveld(QLineEdit):
    """Pijltjes en Enter bedienen de lijst eronder; de focus blijft in het veld."""

    gestapt = Signal(int)
    bevestigd = Signal()
    verlaten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Product")
        self.setPlaceholderText("Typ drie letters, zoals: pas")
        self.setMinimumHeight(Thema.hoofddoel)
        self.setMaxLength(100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.gestapt.emit(1 if toets == Qt.Key.Key_Down else -1)
        elif toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.bevestigd.emit()
        elif toets == Qt.Key.Key_Escape and self.text():
            self.verlaten.emit()
        else:
            super().keyPressEvent(event)


class Aantal(QLineEdit):
    """Personen: een getal, of pijl omhoog en omlaag. Enter gaat verder."""

    gewijzigd = Signal(int)
    bevestigd = Signal()

    def __init__(self, waarde: int) -> None:
        super().__init__(str(waarde))
        self._waarde = waarde
        self.setValidator(QIntValidator(1, MEESTE_PERSONEN, self))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(44)
        self.setMaxLength(2)
        set_uitleg(self, "Typ een getal, of gebruik pijl omhoog en omlaag.")
        self.textEdited.connect(self._read)
        self.editingFinished.connect(lambda: self.setText(str(self._waarde)))

    @property
    def waarde(self) -> int:
        return self._waarde

    def set_waarde(self, waarde: int) -> None:
        nieuw = min(max(waarde, 1), MEESTE_PERSONEN)
        self.setText(str(nieuw))
        if nieuw != self._waarde:
            self._waarde = nieuw
            self.gewijzigd.emit(nieuw)

    def step(self, stap: int) -> None:
        self.set_waarde(self._waarde + stap)
        announce(self, str(self._waarde))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toets = event.key()
        if toets in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if toets == Qt.Key.Key_Up else -1)
        elif toets in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.bevestigd.emit()
        else:
            super().keyPressEvent(event)

    def _read(self, getypt: str) -> None:
        if getypt.isdigit() and int(getypt) >= 1:
            self.set_waarde(int(getypt))


class Productregel(QWidget):
    """Eén gekozen product met het aantal personen."""

    gewijzigd = Signal()
    bevestigd = Signal()
    weg = Signal(object)

    def __init__(self, code: str, naam: str, personen: int) -> None:
        super().__init__()
        self.code, self.naam = code, naam
        self.aantal = Aantal(personen)
        self.aantal.gewijzigd.connect(lambda _: self.gewijzigd.emit())
        self.aantal.bevestigd.connect(self.bevestigd)
        label = Tekst("Personen", rol="gedempt")
        label.setBuddy(self.aantal)
        onder = QHBoxLayout()
        onder.setContentsMargins(0, 0, 0, 0)
        onder.setSpacing(2 * Thema.afstand)
        self._min = Knop("–", lambda: self.aantal.step(-1))
        self._plus = Knop("+", lambda: self.aantal.step(1))
        for knop in (self._min, self._plus):
            knop.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # met toetsen: pijl omhoog en omlaag in het veld
            knop.setFixedWidth(32)
        onder.addWidget(label)
        for deel in (self._min, self.aantal, self._plus):
            onder.addWidget(deel)
        onder.addStretch(1)
        onder.addWidget(Knop("Weghalen", lambda: self.weg.emit(self), soort="stil", naam=f"{naam} weghalen"))
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, Thema.afstand, 0, Thema.afstand)
        kolom.setSpacing(0)
        kolom.addWidget(Tekst(naam, rol="nadruk"))
        kolom.addLayout(onder)

    def set_alleen(self, alleen: bool) -> None:
        """Bij meer producten hoort in de naam van het veld bij welk product het hoort."""
        bij = "" if alleen else f" voor {self.naam}"
        self.aantal.setAccessibleName(f"Personen{bij}")
        self._min.setAccessibleName(f"Eén persoon minder{bij}")
        self._plus.setAccessibleName(f"Eén persoon meer{bij}")
