"""Naast de tijden: elke avond met wat er nog vrij is, en waarom een avond of tijd niet kan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.voorstel import GeweigerdeStart
from frontoffice.domain import taal
from frontoffice.services.afspraakwaarden import AvondSoort, AvondStand
from ui.afspraak import woorden
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.onderdeel import Vak
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_BREEDST = 620
"""Breder dan dit staat wat er nog vrij is te ver van de datum."""


class AvondenVak(Vak):
    """Signalen: `gekozen` (date, of None voor alle avonden) en `waarom` (date)."""

    gekozen = Signal(object)
    waarom = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Avonden")
        self._standen: tuple[AvondStand, ...] = ()
        self._vandaag = date.min
        self._datum: date | None = None
        self._uitleg_van: date | None = None
        self.alle = Knop("Alle avonden", lambda: self.gekozen.emit(None))
        self.alle.hide()
        self.kopregel.addWidget(self.alle)
        self.lijst = RijLijst("Avonden", thema)
        self.lijst.setMaximumWidth(_BREEDST)
        self.lijst.gekozen.connect(self._choose)
        self.lijst.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.waarom_knop = Knop("Waarom niet?", self._ask)
        self.waarom_knop.hide()
        self._uitleg = QWidget()
        self._regels = QVBoxLayout(self._uitleg)
        self._regels.setContentsMargins(
            3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, Thema.afstand
        )
        self._regels.setSpacing(Thema.afstand)
        self._uitlegvlak = Scrollvlak(self._uitleg)
        self._uitlegvlak.hide()
        onder = QHBoxLayout()
        onder.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        onder.addWidget(self.waarom_knop)
        onder.addStretch(1)
        self.inhoud.addWidget(self.lijst, 3)
        self.inhoud.addWidget(Lijn())
        self.inhoud.addLayout(onder)
        self.inhoud.addWidget(self._uitlegvlak, 2)

    def eerste_focus(self) -> QWidget:
        return self.lijst

    @property
    def datum(self) -> date | None:
        """De ene avond waarop wordt gezocht, of None."""
        return self._datum

    def set_datum(self, datum: date | None) -> None:
        self._datum = datum
        self.alle.setVisible(datum is not None)

    def clear(self) -> None:
        self._standen = ()
        self.set_datum(None)
        self.lijst.set_rijen(())
        self.waarom_knop.hide()
        self._uitlegvlak.hide()

    def show_standen(self, standen: Sequence[AvondStand], vandaag: date) -> None:
        """Vul of werk bij; wie is aangewezen, blijft aangewezen."""
        nieuw = tuple(standen)
        if nieuw == self._standen and vandaag == self._vandaag:
            return
        rij = self.lijst.gekozen_rij
        was = rij.waarde if rij is not None else None
        self._standen, self._vandaag = nieuw, vandaag
        rijen = [Rij(taal.datum_kort(s.datum, vandaag), s.reden, s.label, waarde=s.datum) for s in nieuw]
        kies = next((nummer for nummer, stand in enumerate(nieuw) if stand.datum == was), -1)
        self.lijst.set_rijen(rijen, kies=kies)
        self._follow()

    def show_waarom(self, datum: date, geweigerd: Sequence[GeweigerdeStart]) -> None:
        """Per stuk van de avond waarom daar niets kan."""
        self._uitleg_van = datum
        while (plek := self._regels.takeAt(0)) is not None:
            widget = plek.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._regels.addWidget(Tekst(f"Waarom niet {taal.datum_kort(datum, self._vandaag)}?", rol="kop2"))
        groepen = woorden.group_redenen(geweigerd)
        stand = self._stand(datum)
        if not groepen:
            zin = stand.reden if stand is not None and stand.reden else "Op deze avond kan alles nog."
            self._regels.addWidget(Tekst(zin))
        for wanneer, reden in groepen:
            self._regels.addWidget(Tekst(f"{wanneer} – {reden}"))
        self._regels.addStretch(1)
        self._uitlegvlak.show()
        self.waarom_knop.hide()
        zinnen = [f"{wanneer}: {reden}" for wanneer, reden in groepen[:3]]
        announce(self.lijst, " ".join(zinnen) or (stand.reden if stand else ""))

    def _stand(self, datum: date) -> AvondStand | None:
        return next((stand for stand in self._standen if stand.datum == datum), None)

    def _follow(self) -> None:
        rij = self.lijst.gekozen_rij
        datum = rij.waarde if rij is not None else None
        uitgelegd = datum == self._uitleg_van and not self._uitlegvlak.isHidden()
        self.waarom_knop.setVisible(isinstance(datum, date) and not uitgelegd)
        if isinstance(datum, date):
            dag = taal.datum_kort(datum, self._vandaag)
            self.waarom_knop.set_tekst(f"Waarom niet {dag}?")
        if datum != self._uitleg_van:
            self._uitlegvlak.hide()

    def _ask(self) -> None:
        rij = self.lijst.gekozen_rij
        if rij is not None:
            self.waarom.emit(rij.waarde)

    def _choose(self, datum: object) -> None:
        """Een avond met tijd: alleen die avond. Zonder tijd: waarom niet."""
        if not isinstance(datum, date):
            return
        stand = self._stand(datum)
        if stand is not None and stand.soort is AvondSoort.VRIJ:
            self.gekozen.emit(datum)
        else:
            self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)
            self.waarom.emit(datum)
