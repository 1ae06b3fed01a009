"""Rechts: hoe het met elke balie staat, en wat er aandacht vraagt van de avondleiding. Zonder namen.

Een telefoonnummer komt er pas bij als iemand *Bel* kiest, en gaat met de namen weer weg.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst, set_uitleg
from ui.thema import Thema
from ui.vanavond.aandacht import Aandacht, Punt, Soort
from ui.vanavond.model import Balieregel
from ui.vanavond.nakijken import Nakijkvak

BEL, WEG, VERPLAATSEN = "bel", "weg", "verplaatsen"
ZIEK, BALIE_DICHT, EERDER_DICHT = "ziek", "balie_dicht", "eerder_dicht"
UITVAL = {
    ZIEK: "Iemand ziek",
    BALIE_DICHT: "Balie dicht",
    EERDER_DICHT: "Avond eerder dicht",
    VERPLAATSEN: "Wie verplaatsen?",
}
_MARGE = 3 * Thema.afstand


class Balielijst(QWidget):
    """Eén regel per balie: naam, organisatie, en wat er gebeurt."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Balies")
        self._regels: tuple[Balieregel, ...] = ()
        self._rijen: list[tuple[QWidget, Tekst, KorteTekst, KorteTekst]] = []
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(0)
        self._kolom.addWidget(Tekst("Balies", rol="kop2"))
        self.leeg = Tekst("Er staan geen balies in het rooster.", rol="gedempt")
        self._kolom.addWidget(self.leeg)

    def show_regels(self, regels: tuple[Balieregel, ...]) -> None:
        if regels == self._regels:
            return
        self._regels = regels
        while len(self._rijen) < len(regels):
            self._add()
        for nummer, (vak, naam, organisatie, stand) in enumerate(self._rijen):
            vak.setVisible(nummer < len(regels))
            if nummer >= len(regels):
                continue
            regel = regels[nummer]
            naam.setText(regel.naam)
            organisatie.setText(regel.organisatie)
            stand.setText(regel.stand)
            stand.set_rol("let_op" if regel.loopt_uit else "gedempt" if regel.is_dicht else "gewoon")
        self.leeg.setVisible(not regels)

    def _add(self) -> None:
        vak = QWidget()
        rij = QHBoxLayout(vak)
        rij.setContentsMargins(0, Thema.afstand, 0, Thema.afstand)
        rij.setSpacing(2 * Thema.afstand)
        naam, organisatie, stand = Tekst(rol="nadruk"), KorteTekst(rol="gedempt"), KorteTekst()
        rij.addWidget(naam, 4)
        rij.addWidget(organisatie, 3)
        rij.addWidget(stand, 5)
        self._rijen.append((vak, naam, organisatie, stand))
        self._kolom.addWidget(vak)


class Puntvak(QWidget):
    """Eén punt met zijn knoppen. `gevraagd` (handeling)."""

    gevraagd = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.zin = Tekst()
        self.bellen = Tekst(rol="nadruk")
        self.bellen.hide()
        self.bel = Knop("Bel", partial(self.gevraagd.emit, BEL))
        self.weg = Knop("Niet gekomen", partial(self.gevraagd.emit, WEG))
        self.verplaats = Knop("Wie verplaatsen?", partial(self.gevraagd.emit, VERPLAATSEN))
        regel = QWidget()
        vloei = Vloei(regel, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for deel in (self.zin, self.bel, self.weg, self.verplaats):
            vloei.addWidget(deel)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, Thema.afstand, 0, Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        for widget in (regel, self.bellen):
            kolom.addWidget(widget)

    def show_punt(self, punt: Punt, verplaats_kan_niet: str) -> None:
        ernstig = punt.soort in (Soort.TE_LAAT, Soort.KWAM_NIET, Soort.NIEMAND)
        self.zin.setText(f"! {punt.zin}" if ernstig else punt.zin)
        self.zin.set_rol("let_op" if ernstig else "gewoon")
        self.bel.setVisible(punt.bellen)
        self.weg.setVisible(punt.weg)
        self.verplaats.setVisible(punt.soort is Soort.NIEMAND)
        self.verplaats.setEnabled(not verplaats_kan_niet)
        set_uitleg(self.verplaats, verplaats_kan_niet)
        wie = punt.volgnummer or punt.zin
        self.bel.setAccessibleName(f"Bel: {wie}")
        self.weg.setAccessibleName(f"Niet gekomen: {wie}")
        self.verplaats.setAccessibleName(f"Wie verplaatsen? {wie}")

    def show_bellen(self, tekst: str) -> None:
        self.bellen.setText(tekst)
        self.bellen.setVisible(bool(tekst))


class Rechtervak(QWidget):
    """`gevraagd` (handeling, Punt) bij een punt; `uitval` (handeling) voor de knoppen onderaan."""

    gevraagd = Signal(str, object)
    uitval = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Balies en aandacht")
        self.nakijken = Nakijkvak()
        self.balies = Balielijst()
        self.titel = Tekst("Aandacht", rol="kop2")
        self.leeg = Tekst("Er is niets dat aandacht vraagt.", rol="gedempt")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self._aandacht: Aandacht | None = None
        self._verplaats_kan_niet = ""
        self._vakken: dict[str, Puntvak] = {}
        self._punten: dict[str, Punt] = {}
        self.plaats = QVBoxLayout()
        self.plaats.setSpacing(0)
        self.knoppen = {
            naam: Knop(tekst, partial(self.uitval.emit, naam))
            for naam, tekst in UITVAL.items()
            if naam != VERPLAATSEN
        }
        self.uitvalreden = Tekst(rol="klein")
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        for knop in self.knoppen.values():
            vloei.addWidget(knop)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (self.nakijken, self.balies, Lijn(), self.titel, self.fout, self.leeg):
            kolom.addWidget(deel)
        kolom.addLayout(self.plaats)
        for onder in (Lijn(), knoppen, self.uitvalreden):
            kolom.addWidget(onder)
        kolom.addStretch(1)

    def show_aandacht(self, aandacht: Aandacht) -> None:
        """Wat blijft staan houdt zijn plaats en zijn knop met focus."""
        if aandacht == self._aandacht:
            return
        self._aandacht = aandacht
        nieuw = {f"{punt.soort}/{punt.id or punt.zin}": punt for punt in aandacht.punten}
        for sleutel in [s for s in self._vakken if s not in nieuw]:
            vak = self._vakken.pop(sleutel)
            self.plaats.removeWidget(vak)
            vak.hide()
            vak.deleteLater()
        self._punten = nieuw
        for nummer, (sleutel, punt) in enumerate(nieuw.items()):
            if sleutel not in self._vakken:
                vak = self._vakken[sleutel] = Puntvak()
                vak.gevraagd.connect(partial(self._ask, sleutel))
                self.plaats.insertWidget(nummer, vak)
            self._vakken[sleutel].show_punt(punt, self._verplaats_kan_niet)
        aantal = len(nieuw)
        self.titel.setText(f"Aandacht ({aantal})" if aantal else "Aandacht")
        self.leeg.setVisible(not aantal)

    def show_bellen(self, id_: str, tekst: str) -> None:
        """Wie er te bellen is; een lege tekst haalt alles weer weg."""
        for sleutel, vak in self._vakken.items():
            if not tekst or self._punten[sleutel].id == id_:
                vak.show_bellen(tekst)

    def set_uitval(self, kan_niet: str) -> None:
        """`kan_niet`: waarom de knoppen voor uitval niets doen; leeg = zij doen het."""
        self._verplaats_kan_niet = kan_niet
        for knop in self.knoppen.values():
            knop.setEnabled(not kan_niet)
            set_uitleg(knop, kan_niet)
        self.uitvalreden.setText(kan_niet)
        self.uitvalreden.setVisible(bool(kan_niet))

    def show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))

    def focus_aandacht(self) -> None:
        """De avondleiding begint bij het eerste punt; is er geen, dan bij de knoppen."""
        for vak in self._vakken.values():
            for knop in (vak.bel, vak.weg, vak.verplaats):
                if not knop.isHidden() and knop.isVisible() and knop.isEnabled():
                    knop.setFocus(Qt.FocusReason.OtherFocusReason)
                    return
        for knop in self.knoppen.values():
            if knop.isEnabled():
                knop.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _ask(self, sleutel: str, handeling: str) -> None:
        punt = self._punten.get(sleutel)
        if punt is not None:
            self.gevraagd.emit(handeling, punt)
