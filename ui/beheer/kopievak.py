"""Het rooster van één avond ook op andere avonden zetten: kies welke."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from frontoffice.domain import taal
from ui.beheer import woorden
from ui.beheer.dienst import Beheerbeeld
from ui.bouwstenen import Knop, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema


class KopieVak(Vak):
    """Signalen: `kopieer` (date, tuple van dates) en `terug`."""

    kopieer = Signal(object, object)
    terug = Signal()

    def __init__(self, thema: Thema) -> None:
        super().__init__("Rooster kopiëren")
        self._van = date.min
        self._vinken: dict[date, QCheckBox] = {}
        self._lege: set[date] = set()
        self.kop.set_rol("kop1")
        self._zin = Tekst(
            "Kies de avonden die hetzelfde rooster krijgen. Ziekmeldingen gaan niet mee.", rol="gedempt"
        )
        self.verder = Knop("Bekijk wat dit doet", self._send, soort="hoofd")
        self.alle_lege = Knop("Kies alle avonden zonder rooster", self._choose_lege)
        terug = Knop("Terug, niets kopiëren", self.terug.emit, soort="groot")
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in (self.verder, terug):
            vloei.addWidget(knop)
        self._lijst = QWidget()
        self._regels = QVBoxLayout(self._lijst)
        self._regels.setSpacing(Thema.afstand)
        marge = 3 * Thema.afstand
        kolom = QVBoxLayout()
        kolom.setContentsMargins(marge, 0, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self._zin)
        kolom.addWidget(self.alle_lege)
        kolom.addWidget(Scrollvlak(self._lijst), 1)
        kolom.addWidget(knoppen)
        self.inhoud.addLayout(kolom, 1)

    def eerste_focus(self) -> QWidget:
        return next(iter(self._vinken.values()), self.alle_lege)

    def open(self, van: date, beeld: Beheerbeeld) -> None:
        self._van = van
        self.kop.setText(f"Rooster van {taal.datum_lang(van, beeld.vandaag)} kopiëren")
        while (plek := self._regels.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._vinken, self._lege = {}, set()
        for stand in beeld.avonden:
            if stand.datum == van or stand.datum < beeld.vandaag or not stand.overzicht.open:
                continue
            gevuld = stand.overzicht.rooster_ingevuld
            staat = "heeft al een rooster, dat vervalt" if gevuld else woorden.ROOSTER_LEEG
            vink = QCheckBox(f"{taal.datum_kort(stand.datum, beeld.vandaag)}, {staat}")
            vink.setAccessibleName(vink.text())
            vink.toggled.connect(lambda _: self._count())
            self._vinken[stand.datum] = vink
            self._regels.addWidget(vink)
            if not gevuld:
                self._lege.add(stand.datum)
        self._regels.addStretch(1)
        self.alle_lege.setVisible(bool(self._lege))
        self._count()

    def _choose_lege(self) -> None:
        for dag in self._lege:
            self._vinken[dag].setChecked(True)
        announce(self, f"{taal.aantal(len(self._lege), 'avond', 'avonden')} gekozen.")

    def _count(self) -> None:
        aantal = sum(vink.isChecked() for vink in self._vinken.values())
        self.verder.setEnabled(aantal > 0)

    def _send(self) -> None:
        gekozen = tuple(dag for dag, vink in self._vinken.items() if vink.isChecked())
        if gekozen:
            self.kopieer.emit(self._van, gekozen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.terug.emit()
        else:
            super().keyPressEvent(event)
