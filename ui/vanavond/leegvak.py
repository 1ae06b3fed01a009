"""Als er geen bord is: er is vanavond geen avond, zij is nog niet open, of zij is niet te lezen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bouwstenen import Knop
from ui.tekst import Tekst
from ui.thema import Thema
from ui.vanavond.model import Kop

_BREEDTE = 640
_AVOND_NU = "kif agenda seed-demo --avond nu"


class Leegvak(QWidget):
    """Een kop, een paar zinnen, hoogstens één hoofdknop, en voor het openen de papieren lijst (`druk_af`)."""

    druk_af = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stand van de avond")
        self.kop = Tekst(rol="kop1")
        self.zin = Tekst()
        self.onder = Tekst(rol="gedempt")
        self.fout = Tekst(rol="fout")
        self._doe: Callable[[], object] | None = None
        self.knop = Knop("", self._click, soort="hoofd")
        self.demo = False
        self.ook = Knop("Avondlijst afdrukken", self.druk_af.emit, soort="groot")
        self.ook.hide()
        binnen = QWidget()
        binnen.setMaximumWidth(_BREEDTE)
        kolom = QVBoxLayout(binnen)
        kolom.setSpacing(3 * Thema.afstand)
        for deel in (self.kop, self.zin, self.onder, self.fout):
            kolom.addWidget(deel)
        knoppen = QHBoxLayout()
        knoppen.setSpacing(2 * Thema.afstand)
        knoppen.addWidget(self.knop)
        knoppen.addWidget(self.ook)
        knoppen.addStretch(1)
        kolom.addLayout(knoppen)
        buiten = QVBoxLayout(self)
        marge = 8 * Thema.afstand
        buiten.setContentsMargins(marge, marge, marge, marge)
        buiten.addWidget(binnen)
        buiten.addStretch(1)

    def show_zinnen(
        self, kop: str, zin: str, onder: str = "", knop: str = "", doe: Callable[[], object] | None = None
    ) -> None:
        for deel, tekst in ((self.kop, kop), (self.zin, zin), (self.onder, onder)):
            deel.setText(tekst)
            deel.setVisible(bool(tekst))
        self.knop.setVisible(bool(knop))
        self.knop.set_tekst(knop or "Opnieuw")
        self.ook.hide()
        self._doe = doe

    def show_geen(self, volgende: str) -> None:
        """`volgende`: wanneer de volgende avond is, of leeg."""
        wanneer = f"De volgende is op {volgende}." if volgende else "Er is er geen gepland."
        hoe = "Avonden plant u bij Beheer, Avonden."
        if self.demo:
            hoe = f"{hoe} In de demonstratie begint er een met de opdracht: {_AVOND_NU}"
        self.show_zinnen("Vanavond is er geen avondopenstelling.", wanneer, hoe)

    def show_niet_open(self, kop: Kop, komen: int, open_: Callable[[], object]) -> None:
        """`komen`: hoeveel mensen er een afspraak hebben."""
        if not komen:
            wie = "Er komt nog niemand met een afspraak."
        elif komen == 1:
            wie = "Er komt 1 bezoeker met een afspraak."
        else:
            wie = f"Er komen {komen} bezoekers met een afspraak."
        self.show_zinnen(
            f"De avond van {kop.datum} is nog niet open.",
            f"{wie} Met Avond openen krijgt iedereen een nummer.",
            f"Open voor bezoekers: {kop.uren}. Druk eerst de avondlijst af, voor als de verbinding wegvalt.",
            "Avond openen",
            open_,
        )
        self.ook.show()

    def show_afgesloten(self, kop: Kop, klaar: int, niet_gekomen: int, verslag: Callable[[], object]) -> None:
        """De avond is voorbij; wie zich vergiste, opent haar vanuit het verslag."""
        self.show_zinnen(
            f"De avond van {kop.datum} is afgesloten.",
            f"Klaar {klaar} – Niet gekomen {niet_gekomen}",
            "In het avondverslag staat hoe de avond ging.",
            "Avondverslag",
            verslag,
        )

    def show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))

    def _click(self) -> None:
        if self._doe is not None:
            self._doe()
