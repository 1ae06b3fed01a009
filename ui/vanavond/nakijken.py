"""Nakijken: wat zonder verbinding is gedaan en niet meer in de agenda past. De avondleiding kiest.

Eén blok per bezoeker: wat er gebeurde, wat de agenda nu zegt, en twee knoppen. Beslist niets. Een naam staat
er alleen als de bezoeker zelf niet in de agenda kwam, en alleen op de werkplek die hem opschreef.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.services.avondnakijken import Keuze, Nakijkpunt
from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce, set_uitleg
from ui.thema import Thema

UITLEG = "Dit is gedaan toen er geen verbinding was. De agenda was intussen veranderd. Kies per bezoeker."
KNOPPEN = {
    Keuze.LAAT_ZO: ("De agenda klopt", "Er verandert niets in de agenda."),
    Keuze.NEEM_OVER: ("Dit overnemen", "Zet wat zonder verbinding is gedaan in de agenda."),
}


class Nakijkblok(QWidget):
    """Eén bezoeker. `gekozen` (Keuze)."""

    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kop = Tekst(rol="nadruk")
        self.waarom = Tekst()
        self.gedaan = Tekst()
        self.nu = Tekst()
        self.hier = Tekst(rol="gedempt")
        self.knoppen = {
            keuze: Knop(tekst, partial(self.gekozen.emit, keuze)) for keuze, (tekst, _) in KNOPPEN.items()
        }
        regel = QWidget()
        vloei = Vloei(regel, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for keuze, knop in self.knoppen.items():
            set_uitleg(knop, KNOPPEN[keuze][1])
            vloei.addWidget(knop)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, Thema.afstand, 0, 2 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.kop, self.gedaan, self.nu, self.waarom, self.hier, regel):
            kolom.addWidget(deel)

    def show_punt(self, punt: Nakijkpunt) -> None:
        wie = punt.volgnummer or "Bezoeker"
        self.kop.setText(f"! {wie}, gedaan op {punt.werkplek}" if punt.werkplek else f"! {wie}")
        self.kop.set_rol("let_op")
        self.gedaan.setText("\n".join(punt.gedaan))
        self.nu.setText(punt.nu)
        self.waarom.setText(punt.waarom)
        self.hier.setText("\n".join(punt.alleen_hier))
        self.hier.setVisible(bool(punt.alleen_hier))
        for keuze, knop in self.knoppen.items():
            knop.setVisible(keuze in punt.keuzes)
            knop.setAccessibleName(f"{KNOPPEN[keuze][0]}: {wie}")

    def set_bezig(self, bezig: bool) -> None:
        for knop in self.knoppen.values():
            knop.setEnabled(not bezig)


class Nakijkvak(QWidget):
    """`gekozen` (id van het punt, Keuze). Verborgen zolang er niets na te kijken is."""

    gekozen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Nakijken")
        self.titel = Tekst("Nakijken", rol="kop2")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self.blokken: dict[str, Nakijkblok] = {}
        self._punten: tuple[Nakijkpunt, ...] = ()
        self._plaats = QVBoxLayout()
        self._plaats.setSpacing(0)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.titel, Tekst(UITLEG, rol="gedempt"), self.fout):
            kolom.addWidget(deel)
        kolom.addLayout(self._plaats)
        self.hide()

    def show_punten(self, punten: tuple[Nakijkpunt, ...]) -> None:
        """Wat blijft staan, houdt zijn plaats en zijn knop met focus."""
        if punten == self._punten:
            return
        nieuw = {punt.id for punt in punten} - self.blokken.keys()
        self._punten = punten
        for id_ in self.blokken.keys() - {punt.id for punt in punten}:
            blok = self.blokken.pop(id_)
            self._plaats.removeWidget(blok)
            blok.hide()
            blok.deleteLater()
        for nummer, punt in enumerate(punten):
            if punt.id not in self.blokken:
                blok = self.blokken[punt.id] = Nakijkblok()
                blok.gekozen.connect(partial(self._choose, punt.id))
                self._plaats.insertWidget(nummer, blok)
            self.blokken[punt.id].show_punt(punt)
            self.blokken[punt.id].set_bezig(False)
        self.titel.setText(f"Nakijken ({len(punten)})")
        self.setVisible(bool(punten))
        if nieuw:
            announce(self, "Er is iets om na te kijken.")

    def show_fout(self, zin: str) -> None:
        """De keuze ging niet door; er is niets veranderd."""
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))
        for blok in self.blokken.values():
            blok.set_bezig(False)
        if zin:
            announce(self, zin)

    def _choose(self, id_: str, keuze: Keuze) -> None:
        self.show_fout("")
        self.blokken[id_].set_bezig(True)
        self.gekozen.emit(id_, keuze)
