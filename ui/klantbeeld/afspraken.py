"""De afspraken die nog komen, onder de open zaken: wanneer, waarvoor, en verzetten of afzeggen.

Waar geen agenda is, staat er niets. "Geen" en "niet geladen" zien er nooit hetzelfde uit.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.weergave import KlantWeergave
from frontoffice.domain.weergave_afspraak import AfspraakRegel
from ui.bouwstenen import Knop, Lijn
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.kop import Meegroeivlak
from ui.klantbeeld.toestand import Beeldje, Toestandregel, zin_mislukt
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst
from ui.thema import Thema

MEESTE = 2
GEEN = "Geen afspraak die nog komt."
GEEN_OP_NUMMER = "Geen afspraak op BSN of KVK-nummer. Op telefoonnummer is niet gezocht."
BEKIJKEN, VERZETTEN, AFZEGGEN = "bekijken", "verzetten", "afzeggen"


class Afspraakrij(QWidget):
    """Eén afspraak met haar knoppen; wordt hergebruikt. `gevraagd` komt met wat en het id."""

    gevraagd = Signal(str, str)

    def __init__(self, iconen: Iconen) -> None:
        super().__init__()
        self.regel: AfspraakRegel | None = None
        self._zin, self._waarvoor = Tekst(rol="nadruk"), Tekst(rol="gedempt")
        self._beeldje = Beeldje(iconen, "kalender")
        tweede = QWidget()
        vloei = Vloei(tweede, tussen=2 * Thema.afstand, regel=0)
        vloei.addWidget(self._waarvoor)
        self.knoppen: dict[str, Knop] = {}
        for wat in (VERZETTEN, AFZEGGEN, BEKIJKEN):
            self.knoppen[wat] = Knop(wat.capitalize(), partial(self._ask, wat), soort="stil")
            vloei.addWidget(self.knoppen[wat])
        onder = QVBoxLayout()
        onder.setContentsMargins(0, 0, 0, 0)
        onder.setSpacing(0)
        onder.addWidget(self._zin)
        onder.addWidget(tweede)
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        rij.setSpacing(2 * Thema.afstand)
        rij.addWidget(self._beeldje, 0, Qt.AlignmentFlag.AlignTop)
        rij.addLayout(onder, 1)
        self.hide()

    def show_regel(self, regel: AfspraakRegel | None) -> None:
        """Zonder regel is de rij leeg en weg."""
        if regel == self.regel:
            return
        self.regel = regel
        if regel is None:
            self.hide()
            for tekst in (self._zin, self._waarvoor):
                tekst.setText("")
            return
        self._zin.setText(regel.zin)
        delen = [regel.producten]
        delen += [regel.woord] if regel.woord != "komt nog" else []
        delen += ["moet verzet worden"] if regel.moet_verzet else []
        self._waarvoor.setText(" · ".join(delen))
        for wat, knop in self.knoppen.items():
            knop.setAccessibleName(f"{wat.capitalize()}: {regel.zin}")
            knop.setVisible(_mag_meteen(regel) is (wat != BEKIJKEN))
        self.show()

    def _ask(self, wat: str) -> None:
        if self.regel is not None:
            self.gevraagd.emit(wat, self.regel.id)


def _mag_meteen(regel: AfspraakRegel) -> bool:
    """Wat alleen mogelijk van deze klant is, wijzigt men pas na het bekijken: daar staat van wie het is."""
    return regel.mag_wijzigen and regel.zeker


class AfspraakVak(QWidget):
    """Signalen: `gevraagd` ("verzetten", "afzeggen" of "bekijken", id), `opnieuw` en `annuleren`."""

    gevraagd = Signal(str, str)
    opnieuw = Signal()
    annuleren = Signal()

    def __init__(self, iconen: Iconen) -> None:
        super().__init__()
        self.setAccessibleName("Afspraken")
        self._stand = Toestandregel(iconen, "Afspraken")
        self._stand.opnieuw.connect(self.opnieuw)
        self._stand.annuleren.connect(self.annuleren)
        self._rijen = [Afspraakrij(iconen) for _ in range(MEESTE)]
        self._meer = Tekst(rol="klein")
        self._meer.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, 0)
        binnen = QWidget()
        kolom = QVBoxLayout(binnen)
        kolom.setContentsMargins(0, 0, 0, Thema.afstand)
        kolom.setSpacing(0)
        for deel in (Lijn(), self._stand, *self._rijen, self._meer):
            kolom.addWidget(deel)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.addWidget(Meegroeivlak(binnen))
        for rij in self._rijen:
            rij.gevraagd.connect(self.gevraagd)
        self._meer.hide()
        self.hide()

    @property
    def zin(self) -> str:
        """Wat er in plaats van afspraken staat; leeg als er afspraken staan."""
        return self._stand.zin

    @property
    def rijen(self) -> tuple[Afspraakrij, ...]:
        """De rijen waar een afspraak op staat."""
        return tuple(rij for rij in self._rijen if rij.regel is not None)

    def show_weergave(self, weergave: KlantWeergave) -> None:
        toestand = weergave.toestanden.get("afspraken")
        if toestand is None or weergave.uitleg:
            self.clear()
            return
        komend = tuple(regel for regel in weergave.afspraken if regel.komt_nog or regel.moet_verzet)
        for nummer, rij in enumerate(self._rijen):
            rij.show_regel(komend[nummer] if nummer < len(komend) else None)
        over = len(komend) - MEESTE
        self._meer.setText(f"En nog {over}. Ze staan allemaal in de tijdlijn." if over > 0 else "")
        self._meer.setVisible(over > 0)
        if toestand.soort == "mislukt":
            self._stand.show_fout(zin_mislukt(toestand, "Afspraken"), opnieuw_helpt=toestand.opnieuw_helpt)
        elif komend:
            self._stand.show_niets()
        elif toestand.soort == "laden":
            self._stand.show_laden("Afspraken")
        else:
            klant = weergave.toestanden.get("klant")
            zonder_nummers = klant is not None and klant.soort == "mislukt"
            self._stand.show_leeg(GEEN_OP_NUMMER if zonder_nummers else GEEN)
        self.show()

    def clear(self) -> None:
        """Een andere klant, of er valt niets te zeggen."""
        for rij in self._rijen:
            rij.show_regel(None)
        self._meer.setText("")
        self._meer.hide()
        self._stand.show_niets()
        self.hide()
