"""Wie er komt: naam, telefoon of e-mail, en alleen bij een kind de geboortedatum. Nooit een BSN.

Wat is getypt, blijft staan tot er een nieuwe boeking begint.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Bevestigkanaal, Contactgegevens
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.afspraakgegevens import check_gegevens
from frontoffice.services.afspraakwaarden import Boekgegevens
from ui.afspraak.datums import read_geboren
from ui.afspraak.klant import Boekklant
from ui.bericht.keuze import Bevestigkeuze
from ui.formulier import Formulier
from ui.tekst import Tekst
from ui.thema import Thema

_GEBOREN_FOUT = "Typ de hele geboortedatum, zoals 1-12-2015."


class ContactVak(QWidget):
    """Signalen: `bevestigd` (Enter in een veld) en `geboren` (een andere geboortedatum)."""

    bevestigd = Signal()
    geboren = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._klant: Boekklant | None = None
        self._vandaag = date.min
        self._vorige: tuple[str, str, str] = ("", "", "")
        self.ander = QCheckBox("Voor iemand anders")
        self.ander.toggled.connect(self._switch)
        self.velden = Formulier()
        self.naam = self.velden.rij("Naam", QLineEdit())
        self.geboortedatum = self.velden.rij("Geboren", QLineEdit())
        self.geboortedatum.setPlaceholderText("dd-mm-jjjj, alleen bij een kind")
        self.geboortedatum.editingFinished.connect(self._check_geboren)
        self.telefoon = self.velden.rij("Telefoon", QLineEdit())
        self.email = self.velden.rij("E-mail", QLineEdit())
        self.opmerking = self.velden.rij("Opmerking", QLineEdit())
        self.geen = QCheckBox("Geen telefoon of e-mail")
        self.keuze = Bevestigkeuze()
        self.naam.setMaxLength(128)
        self.opmerking.setMaxLength(500)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        kolom.addWidget(Tekst("Voor wie", rol="kop2"))
        for deel in (self.ander, self.velden, self.geen, self.keuze):
            kolom.addWidget(deel)
        for veld in (self.naam, self.telefoon, self.email, self.geboortedatum, self.opmerking):
            veld.returnPressed.connect(self.bevestigd)
            veld.textEdited.connect(lambda _, veld=veld: self._forget(veld))
        self.geen.toggled.connect(lambda _: self._forget(self.telefoon))
        self.keuze.gekozen.connect(self._forget_adres)
        self.begin(None, date.min)

    def begin(self, klant: Boekklant | None, vandaag: date) -> None:
        """Leeg, of gevuld met wat van de klant in beeld getoond mag worden."""
        self._klant, self._vandaag = klant, vandaag
        bekend = klant is not None and klant.bekend
        self.ander.blockSignals(True)
        self.ander.setChecked(False)
        self.ander.blockSignals(False)
        self.ander.setVisible(bekend)
        self._vorige = ("", "", "")
        self.geen.setChecked(False)
        self.keuze.clear()
        self.opmerking.clear()
        self.geboortedatum.clear()
        self._fill((klant.naam, klant.telefoon, klant.email) if klant and bekend else ("", "", ""))
        for veld in (self.naam, self.telefoon, self.email, self.geboortedatum, self.opmerking):
            self._forget(veld)

    def set_vandaag(self, vandaag: date) -> None:
        self._vandaag = vandaag

    def set_vraagt_leeftijd(self, vraagt: bool) -> None:
        """De geboortedatum staat er alleen als er iets van afhangt."""
        self.velden.set_zichtbaar(self.geboortedatum, vraagt)

    @property
    def is_eigen(self) -> bool:
        """Is de afspraak voor de klant in beeld?"""
        return self._klant is not None and self._klant.bekend and not self.ander.isChecked()

    @property
    def datum_geboren(self) -> date | None:
        """De getypte geboortedatum; anders die van de klant in beeld, als de afspraak voor hem is."""
        if self.geboortedatum.isHidden():
            return None
        getypt = self.geboortedatum.text().strip()
        if getypt:
            return read_geboren(getypt, self._vandaag)
        return self._klant.geboortedatum if self._klant is not None and self.is_eigen else None

    def gegevens(self, dag: date) -> Boekgegevens | None:
        """Wat er bewaard gaat worden; None als er iets mist, met de zin onder dat veld en de focus erin."""
        if not self.geboortedatum.isHidden() and self.geboortedatum.text().strip() and not self.datum_geboren:
            self._show_fout(self.geboortedatum, _GEBOREN_FOUT)
            return None
        klant = Contactgegevens(
            self.naam.text(),
            self.telefoon.text(),
            self.email.text(),
            geen_contact=self.geen.isChecked(),
            geboortedatum=self.datum_geboren,
            bevestiging=self.keuze.kanaal,
        )
        try:
            return check_gegevens(Boekgegevens(klant, self.opmerking.text()), dag)
        except InvoerFout as fout:
            self.show_fout(fout)
            return None

    def show_fout(self, fout: InvoerFout) -> None:
        """Zet de zin bij het veld waar hij over gaat."""
        velden = {
            "naam": self.naam,
            "telefoon": self.telefoon,
            "contact": self.telefoon,
            "geboortedatum": self.geboortedatum,
            "opmerking": self.opmerking,
        }
        if fout.code == "bevestiging":
            self._show_fout(
                self.telefoon if self.keuze.kanaal is Bevestigkanaal.SMS else self.email, fout.uitleg
            )
            return
        veld = velden.get(fout.code)
        if veld is None:
            veld = self.email if self.email.text().strip() else self.naam
        self._show_fout(veld, fout.uitleg)

    def eerste_leeg(self) -> QWidget | None:
        """Het veld dat nog ingevuld moet worden, of None."""
        if not self.naam.text().strip():
            return self.naam
        if not (self.telefoon.text().strip() or self.email.text().strip() or self.geen.isChecked()):
            return self.telefoon
        return None

    # --- intern ---------------------------------------------------------------------------------------------

    def _show_fout(self, veld: QLineEdit, zin: str) -> None:
        self.velden.fout(veld, zin)
        veld.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self, veld: QLineEdit) -> None:
        self.velden.fout(veld, "")

    def _forget_adres(self) -> None:
        """Een andere keuze vraagt om een ander adres."""
        for veld in (self.telefoon, self.email):
            self._forget(veld)

    def _check_geboren(self) -> None:
        getypt = self.geboortedatum.text().strip()
        fout = _GEBOREN_FOUT if getypt and read_geboren(getypt, self._vandaag) is None else ""
        self.velden.fout(self.geboortedatum, fout)
        if not fout:
            self.geboren.emit()

    def _fill(self, waarden: tuple[str, str, str]) -> None:
        for veld, waarde in zip((self.naam, self.telefoon, self.email), waarden, strict=True):
            veld.setText(waarde)
            veld.setCursorPosition(0)

    def _switch(self) -> None:
        """Voor iemand anders: andere velden; terug: wat er stond, ook als het was getypt."""
        nu = (self.naam.text(), self.telefoon.text(), self.email.text())
        self._fill(self._vorige)
        self._vorige = nu
        self.geboren.emit()
