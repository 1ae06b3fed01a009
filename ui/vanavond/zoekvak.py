"""Wie er binnenkomt: wat er bij de getypte naam, het nummer of de code past, en *Aangemeld*.

Hier mag een naam staan. Wat er staat gaat weg zodra het veld leeg is, of na de tijd voor namen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from ui.bouwstenen import Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import KorteTekst, Tekst, announce
from ui.thema import Thema, set_stijl
from ui.vanavond.model import OVERIG, klok

AANMELDEN, TOCH, OPROEPEN = "aanmelden", "toch", "oproepen"
_MEESTE = 8
_WOORD = {
    Toestand.BEVESTIGD: "Komt nog",
    Toestand.AANGEMELD: "Aangemeld",
    Toestand.OPGEROEPEN: "Opgeroepen",
    Toestand.AAN_DE_BALIE: "Aan de balie",
    Toestand.EVEN_APART: "Even apart",
    Toestand.KLAAR: "Klaar",
    Toestand.NIET_GEKOMEN: "Niet gekomen",
    Toestand.AFGEZEGD: "Afgezegd",
}


class Treffer(QFrame):
    """Eén bezoeker met zijn naam en wat er nu met hem kan. `gevraagd` (handeling)."""

    gevraagd = Signal(str)

    def __init__(self, bezoek: Bezoek) -> None:
        super().__init__()
        set_stijl(self, "soort", "paneel")
        self.bezoek = bezoek
        nummer = bezoek.volgnummer or bezoek.nummer
        tijd = f"{klok(bezoek.tijd)} uur" if bezoek.tijd else "Zonder afspraak"
        regels = ", ".join(
            f"{r.naam}, {r.personen} personen" if r.personen > 1 else r.naam for r in bezoek.regels
        )
        komt = bezoek.toestand is Toestand.BEVESTIGD
        self.meld = Knop(
            "Aangemeld", partial(self.gevraagd.emit, AANMELDEN), soort="hoofd" if komt else "groot"
        )
        self.meld.setAccessibleName(f"Aangemeld: {nummer}")
        self.toch = Knop(
            "Toch gekomen", partial(self.gevraagd.emit, TOCH), soort="groot", naam=f"Toch gekomen: {nummer}"
        )
        stand = KorteTekst(_WOORD[bezoek.toestand], rol="gedempt")
        boven = QHBoxLayout()
        boven.addWidget(KorteTekst(bezoek.volgnummer or "–", rol="kop1"))
        boven.addWidget(Tekst(bezoek.naam or "Zonder naam", rol="kop1"), 1)
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        weg = bezoek.toestand is Toestand.NIET_GEKOMEN
        for knop, kan in ((self.meld, komt), (self.toch, weg)):
            vloei.addWidget(knop)
            knop.setVisible(kan)
        kolom = QVBoxLayout(self)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        kolom.setSpacing(Thema.afstand)
        kolom.addLayout(boven)
        kolom.addWidget(Tekst(f"{tijd} · {regels or bezoek.groep or OVERIG}"))
        kolom.addWidget(stand)
        kolom.addWidget(knoppen)
        knoppen.setVisible(komt or weg)


class Zoekvak(QWidget):
    """`gevraagd` (handeling, Bezoek); `gesloten`: terug naar wat er stond."""

    gevraagd = Signal(str, object)
    gesloten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Gevonden")
        self.titel = Tekst("Gevonden", rol="kop2")
        self.zin = Tekst(rol="gedempt")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self.treffers: list[Treffer] = []
        sluit = Knop("Terug   Esc", self.gesloten.emit, soort="stil", naam="Zoeken sluiten")
        boven = QHBoxLayout()
        boven.addWidget(self.titel, 1)
        boven.addWidget(sluit)
        self._plaats = QVBoxLayout()
        self._plaats.setSpacing(2 * Thema.afstand)
        kolom = QVBoxLayout(self)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addLayout(boven)
        kolom.addWidget(self.zin)
        kolom.addWidget(self.fout)
        kolom.addLayout(self._plaats)
        kolom.addStretch(1)

    def show_bezig(self) -> None:
        if not self.treffers:
            self.zin.setText("Zoeken…")
            self.zin.show()

    def show_treffers(self, treffers: Sequence[Bezoek]) -> None:
        self.clear()
        for bezoek in treffers[:_MEESTE]:
            vak = Treffer(bezoek)
            vak.gevraagd.connect(partial(self._ask, bezoek))
            self.treffers.append(vak)
            self._plaats.addWidget(vak)
        aantal = len(treffers)
        self.titel.setText(f"Gevonden ({aantal})" if aantal else "Niet gevonden")
        leeg = (
            "Niemand van vanavond past hierbij. Probeer een ander deel van de naam, of kies Zonder afspraak."
        )
        meer = f"En nog {aantal - _MEESTE} andere. Typ meer letters." if aantal > _MEESTE else ""
        self.zin.setText(meer if aantal else leeg)
        self.zin.setVisible(bool(self.zin.text()))
        announce(self, f"{aantal} gevonden." if aantal else leeg)

    def show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))

    def clear(self) -> None:
        """Geen namen meer, ook niet verborgen."""
        for vak in self.treffers:
            self._plaats.removeWidget(vak)
            vak.hide()
            vak.setParent(None)
            vak.deleteLater()
        self.treffers = []
        self.show_fout("")

    def choose_eerste(self) -> bool:
        """Enter in het zoekveld: is er precies één die nog moet komen, dan is die aangemeld."""
        open_ = [vak for vak in self.treffers if not vak.meld.isHidden()]
        if len(self.treffers) == 1 and open_:
            open_[0].meld.click()
            return True
        return False

    def focus_eerste(self) -> None:
        for vak in self.treffers:
            for knop in (vak.meld, vak.toch):
                if not knop.isHidden():
                    knop.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    return

    def _ask(self, bezoek: Bezoek, handeling: str) -> None:
        self.gevraagd.emit(handeling, bezoek)
