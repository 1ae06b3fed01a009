"""De kop van het afsprakenscherm: voor wie, waarschuwingen, en wat iemand al heeft. Scrolt nooit weg."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak
from ui.afspraak import woorden
from ui.afspraak.klant import Boekklant
from ui.bouwstenen import Band, Knop
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_SPRONGEN = {"wens": "Wens", "tijden": "Tijden", "rechts": "Avonden"}
_MEESTE = 3


class BoekKop(QFrame):
    """Signalen: `verzetten` en `bekijk` (Afspraak), `gesprongen` (naam van een deel, op een smal scherm)."""

    verzetten = Signal(object)
    bekijk = Signal(object)
    gesprongen = Signal(str)

    def __init__(self, sluiten: Callable[[], object]) -> None:
        super().__init__()
        set_stijl(self, "soort", "kop")
        self.setAccessibleName("Voor wie")
        self._vandaag = date.min
        self.titel = Tekst("Afspraak maken", rol="kop1")
        self.wie = Tekst(rol="nadruk")
        self.erbij = Tekst(rol="gedempt")
        namen = QWidget()
        vloei = Vloei(namen, tussen=4 * Thema.afstand)
        for deel in (self.titel, self.wie, self.erbij):
            vloei.addWidget(deel)
        self.sluit = Knop("Sluiten (Esc)", sluiten, naam="Afspraak maken sluiten")
        boven = QHBoxLayout()
        boven.setContentsMargins(3 * Thema.afstand, 2 * Thema.afstand, 3 * Thema.afstand, 2 * Thema.afstand)
        boven.addWidget(namen, 1)
        boven.addWidget(self.sluit)
        self._waarschuwingen = QVBoxLayout()
        self._waarschuwingen.setSpacing(1)
        self._heeft = QWidget()
        self._heeft_kolom = QVBoxLayout(self._heeft)
        self._heeft_kolom.setContentsMargins(3 * Thema.afstand, 0, 3 * Thema.afstand, Thema.afstand)
        self._heeft_kolom.setSpacing(0)
        self._heeft.hide()
        self._sprongen = QWidget()
        rij = QHBoxLayout(self._sprongen)
        rij.setContentsMargins(2 * Thema.afstand, 0, 2 * Thema.afstand, Thema.afstand)
        rij.setSpacing(Thema.afstand)
        self._groep = QButtonGroup(self)
        self._knoppen: dict[str, Knop] = {}
        for naam, tekst in _SPRONGEN.items():
            knop = Knop(tekst, partial(self.gesprongen.emit, naam), naam=f"Naar {tekst}")
            knop.setCheckable(True)
            self._groep.addButton(knop)
            self._knoppen[naam] = knop
            rij.addWidget(knop)
        rij.addStretch(1)
        self._sprongen.hide()
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addLayout(self._waarschuwingen)
        alles.addLayout(boven)
        alles.addWidget(self._heeft)
        alles.addWidget(self._sprongen)

    def set_vandaag(self, vandaag: date) -> None:
        self._vandaag = vandaag

    def begin(self, klant: Boekklant | None, verzet: Afspraak | None) -> None:
        """Voor wie, en of er verzet wordt."""
        self.titel.setText("Afspraak verzetten" if verzet else "Afspraak maken")
        if verzet is not None:
            nu = woorden.moment_kort(verzet.begin, self._vandaag)
            self.wie.setText(verzet.klant.naam)
            self.erbij.setText(f"{verzet.nummer}, nu {nu}, {woorden.producten_tekst(verzet)}")
        elif klant is None:
            self.wie.setText("")
            self.erbij.setText("Zonder klant in beeld")
        else:
            self.wie.setText(klant.naam)
            self.erbij.setText(klant.ondertitel)
        for tekst in (self.wie, self.erbij):
            tekst.setVisible(bool(tekst.text()))
        self._show_waarschuwingen(klant.waarschuwingen if klant is not None else ())
        self.show_afspraken((), ())

    def show_afspraken(self, zeker: Sequence[Afspraak], mogelijk: Sequence[Afspraak]) -> None:
        """ "Heeft al een afspraak", met wat men ermee kan."""
        _clear(self._heeft_kolom)
        regels = [(a, "Heeft al een afspraak") for a in zeker]
        regels += [(a, "Mogelijk van deze klant") for a in mogelijk]
        for afspraak, wat in regels[:_MEESTE]:
            self._heeft_kolom.addWidget(self._build_regel(afspraak, wat))
        if len(regels) > _MEESTE:
            self._heeft_kolom.addWidget(Tekst(f"En nog {len(regels) - _MEESTE}.", rol="klein"))
        self._heeft.setVisible(bool(regels))

    def show_sprongen(self, deel: str, rechts: str) -> None:
        """Op een smal scherm: welke delen er zijn, en welk er nu staat."""
        self._sprongen.setVisible(bool(deel))
        self._knoppen["rechts"].set_tekst(rechts, f"Naar {rechts}")
        if deel:
            self._knoppen[deel].setChecked(True)

    def _build_regel(self, afspraak: Afspraak, wat: str) -> QWidget:
        kort = woorden.moment_kort(afspraak.begin, self._vandaag)
        regel = QWidget()
        rij = Vloei(regel, tussen=2 * Thema.afstand)
        rij.addWidget(Tekst(f"{wat}: {kort}, {woorden.producten_tekst(afspraak)}"))
        rij.addWidget(Knop("Verzetten", lambda: self.verzetten.emit(afspraak), naam=f"Verzetten: {kort}"))
        rij.addWidget(Knop("Bekijken", lambda: self.bekijk.emit(afspraak), naam=f"Bekijken: {kort}"))
        return regel

    def _show_waarschuwingen(self, zinnen: Sequence[str]) -> None:
        _clear(self._waarschuwingen)
        for zin in zinnen:
            band = Band(zin, "gevaar")
            band.setAccessibleName(f"Waarschuwing: {zin}")
            self._waarschuwingen.addWidget(band)


def _clear(opmaak: QVBoxLayout) -> None:
    while (plek := opmaak.takeAt(0)) is not None:
        widget = plek.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
