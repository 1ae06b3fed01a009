"""Eén afspraak van de klant helemaal: wanneer, waarvoor, hoe het ermee staat, en naar het afsprakenscherm."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.weergave_afspraak import WAAROM_MOGELIJK, AfspraakRegel
from ui.bouwstenen import Knop
from ui.klantbeeld.afspraken import AFZEGGEN, BEKIJKEN, VERZETTEN
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.stukken import add_paren, add_regel_met_icoon
from ui.klantbeeld.vloei import Vloei
from ui.klantbeeld.zaakdetail import BELOOF
from ui.tekst import Tekst
from ui.thema import Thema


class Afspraakdetail(QWidget):
    """`gevraagd` komt met "verzetten", "afzeggen" of "bekijken" en het id; `belofte` met het nummer."""

    gevraagd = Signal(str, str)
    belofte = Signal(str)

    def __init__(self, regel: AfspraakRegel, iconen: Iconen) -> None:
        super().__init__()
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst(regel.voluit[:1].upper() + regel.voluit[1:], rol="nadruk"))
        if not regel.zeker:
            add_regel_met_icoon(kolom, iconen, "info", "let_op", WAAROM_MOGELIJK)
        add_paren(
            kolom,
            (
                ("Voor", regel.producten),
                ("Stand", regel.woord[:1].upper() + regel.woord[1:]),
                ("Nummer", regel.nummer),
            ),
        )
        for zin in regel.geschiedenis:
            kolom.addWidget(Tekst(zin, rol="gedempt"))
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand)
        namen = {BEKIJKEN: "Afspraak openen"}
        if regel.mag_wijzigen and regel.zeker:
            namen |= {VERZETTEN: "Verzetten", AFZEGGEN: "Afzeggen"}
        for wat, naam in namen.items():
            vloei.addWidget(Knop(naam, partial(self.gevraagd.emit, wat, regel.id)))
        if regel.zeker:
            vloei.addWidget(Knop("Beloof iets", partial(self.belofte.emit, regel.nummer), uitleg=BELOOF))
        kolom.addSpacing(Thema.afstand)
        kolom.addWidget(knoppen)
