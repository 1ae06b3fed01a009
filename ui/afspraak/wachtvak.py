"""Niets goed: op de wachtlijst voor een eerdere tijd. Vraagt tot wanneer, en hoe iemand te bereiken is."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain import taal
from ui.afspraak.contactvak import ContactVak
from ui.afspraak.datums import read_dag
from ui.afspraak.klant import Boekklant
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.formulier import Formulier
from ui.tekst import Tekst
from ui.thema import Thema, set_stijl

_STANDAARD = timedelta(days=42)


class WachtVak(QFrame):
    """Signalen: `gevraagd` (Contactgegevens, date) en `annuleren`."""

    gevraagd = Signal(object, object)
    annuleren = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_stijl(self, "soort", "kaart")
        self.setAccessibleName("Wachtlijst")
        self._vandaag = date.min
        self.wat = Tekst(rol="gedempt")
        self.contact = ContactVak()
        self.contact.set_vraagt_leeftijd(False)
        self.contact.geen.hide()
        self.contact.bevestigd.connect(self._ask)
        self._wanneer = Formulier()
        self.tot = self._wanneer.rij("Tot en met", QLineEdit())
        self.tot.setMaximumWidth(160)
        self.tot.returnPressed.connect(self._ask)
        self.zet = Knop("Zet op de wachtlijst", self._ask, soort="hoofd")
        terug = Knop("Annuleren", self.annuleren.emit, soort="groot", naam="Wachtlijst annuleren")
        binnen = QWidget()
        marge = 3 * Thema.afstand
        kolom = QVBoxLayout(binnen)
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(Tekst("Op de wachtlijst", rol="kop2"))
        kolom.addWidget(
            Tekst("Wij bellen als er eerder tijd vrijkomt. Een afspraak die er al is, blijft staan.")
        )
        kolom.addWidget(self.wat)
        kolom.addWidget(self._wanneer)
        kolom.addWidget(self.contact)
        kolom.addStretch(1)
        onder = QHBoxLayout()
        onder.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        onder.addWidget(self.zet)
        onder.addWidget(terug)
        onder.addStretch(1)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(Scrollvlak(binnen), 1)
        alles.addWidget(Lijn())
        alles.addLayout(onder)

    def begin(self, klant: Boekklant | None, wat: str, vandaag: date) -> None:
        self._vandaag = vandaag
        self.contact.begin(klant, vandaag)
        self.wat.setText(wat)
        tot = vandaag + _STANDAARD
        self.tot.setText(f"{tot.day}-{tot.month}-{tot.year}")
        self._wanneer.fout(self.tot, "")

    def eerste_focus(self) -> QWidget:
        return self.contact.eerste_leeg() or self.tot

    def _ask(self) -> None:
        tot = read_dag(self.tot.text(), self._vandaag)
        self._wanneer.fout(self.tot, "" if tot else "Typ een dag die nog komt, zoals 15-1.")
        if tot is None:
            self.tot.setFocus()
            return
        gegevens = self.contact.gegevens(tot)
        if gegevens is not None:
            self.gevraagd.emit(gegevens.klant, tot)


def zin_geplaatst(naam: str, tot: date, vandaag: date) -> str:
    """ "A. Jansen staat op de wachtlijst tot en met do 17 dec." """
    return f"{naam} staat op de wachtlijst tot en met {taal.datum_kort(tot, vandaag)}."
