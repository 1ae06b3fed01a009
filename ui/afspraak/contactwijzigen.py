"""De gegevens van wie er komt, bij een afspraak die er al staat: bekijken, wijzigen, en een botsing oplossen.

Bewaart zelf niets. Wat is getypt, gaat alleen weg als de medewerker dat kiest.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal, Contactgegevens
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from frontoffice.services.afspraakgegevens import check_gegevens
from frontoffice.services.afspraakwaarden import Boekgegevens
from ui.afspraak.datums import read_geboren
from ui.afspraak.talen import taal_tekst
from ui.bouwstenen import Knop
from ui.formulier import Formulier
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Tekst, announce
from ui.thema import Thema

KANALEN = (
    ("Niet gevraagd", None),
    ("E-mail", Bevestigkanaal.MAIL),
    ("Sms", Bevestigkanaal.SMS),
    ("Brief", Bevestigkanaal.BRIEF),
    ("Geen", Bevestigkanaal.GEEN),
)
_TALEN = ("nl", "de", "en")
_GEBOREN_FOUT = "Typ de hele geboortedatum, zoals 1-12-2015, of laat dit leeg."


def kanaal_tekst(kanaal: Bevestigkanaal | None) -> str:
    """ "E-mail"; leeg als er niet naar is gevraagd."""
    return next((naam for naam, waarde in KANALEN if waarde is kanaal and waarde is not None), "")


def taalnaam(code: str) -> str:
    """ "Duits – Deutsch"."""
    return "Nederlands" if code == "nl" else taal_tekst(code)


def telefoon_tekst(telefoon: str) -> str:
    nummer = lees_telefoon(telefoon) if telefoon else None
    return toon_telefoon(nummer) if nummer else telefoon


class ContactWijzigen(QWidget):
    """Signalen: `bewaren` (Afspraak, met Contactgegevens van en naar) en `klaar` (dicht zonder bewaren)."""

    bewaren = Signal(object, object, object)
    klaar = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Gegevens wijzigen")
        self._afspraak: Afspraak | None = None
        self._van: Contactgegevens | None = None
        self._vandaag = date.min
        self._concepten: dict[str, tuple[Contactgegevens, dict[str, object]]] = {}
        self._kan: tuple[str, ...] = ("mail", "sms")
        self.melding = Tekst(rol="let_op")
        self.velden = Formulier()
        self.naam = self.velden.rij("Naam", QLineEdit())
        self.geboren = self.velden.rij("Geboren", QLineEdit())
        self.geboren.setPlaceholderText("dd-mm-jjjj, alleen bij een kind")
        self.telefoon = self.velden.rij("Telefoon", QLineEdit())
        self.email = self.velden.rij("E-mail", QLineEdit())
        self.bevestiging = self.velden.rij("Bevestiging", QComboBox())
        for tekst, waarde in KANALEN:
            self.bevestiging.addItem(tekst, waarde)
        self.brieftaal = self.velden.rij("Taal van de brief", QComboBox())
        for code in _TALEN:
            self.brieftaal.addItem(taalnaam(code), code)
        self.geen = QCheckBox("Geen telefoon of e-mail")
        self.naam.setMaxLength(128)
        self.bewaar = Knop("Bewaren (Enter)", self.save, soort="hoofd")
        self.annuleer = Knop("Niet wijzigen (Esc)", self._leave)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand)
        rij.addWidget(self.bewaar)
        rij.addWidget(self.annuleer)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        for deel in (Tekst("Gegevens wijzigen", rol="kop2"), self.melding, self.velden, self.geen, knoppen):
            kolom.addWidget(deel)
        for veld in self._regels:
            veld.returnPressed.connect(self.save)
            veld.textEdited.connect(lambda _, veld=veld: self.velden.fout(veld, ""))
        self.clear()

    def set_kanalen(self, aangesloten: tuple[str, ...]) -> None:
        """Haal weg wat hier niet kan, tenzij het bij deze afspraak al zo staat."""
        self._kan = aangesloten
        self._fill_kanalen(None)

    def _fill_kanalen(self, staat_er: object) -> None:
        nu = self.bevestiging.currentData()
        self.bevestiging.clear()
        for tekst, waarde in KANALEN:
            digitaal = waarde in (Bevestigkanaal.MAIL, Bevestigkanaal.SMS)
            if not digitaal or waarde is staat_er or waarde is None or waarde.value in self._kan:
                self.bevestiging.addItem(tekst, waarde)
        self.bevestiging.setCurrentIndex(max(0, self.bevestiging.findData(nu)))

    # --- wat het detail vraagt ------------------------------------------------------------------------------

    @property
    def afspraak(self) -> Afspraak | None:
        """Welke afspraak er openstaat, of None."""
        return self._afspraak

    @property
    def is_gewijzigd(self) -> bool:
        """Staat er iets wat nog niet bewaard is?"""
        return self._van is not None and self._getypt != _as_getypt(self._van)

    def open(self, afspraak: Afspraak, vandaag: date) -> None:
        """Begin met wat er nu staat; wat voor deze afspraak al getypt is, blijft."""
        self._vandaag = vandaag
        if self._afspraak is None or self._afspraak.id != afspraak.id:
            if self._afspraak is not None and self._van is not None and self.is_gewijzigd:
                self._concepten[self._afspraak.id] = (self._van, self._getypt)
            van, getypt = self._concepten.pop(afspraak.id, (afspraak.klant, _as_getypt(afspraak.klant)))
            self._afspraak, self._van = afspraak, van
            self._say("")
            self._fill(getypt)
        self.show()
        self.naam.setFocus(Qt.FocusReason.OtherFocusReason)
        self.naam.selectAll()

    def clear(self) -> None:
        """Weg van het scherm: niets van deze klanten blijft staan."""
        self._concepten = {}
        self.finish()

    def finish(self) -> None:
        """Weg met wat er stond: het is bewaard, of de medewerker wilde het niet."""
        self._afspraak = self._van = None
        self._say("")
        self._fill(_as_getypt(Contactgegevens("")))
        self.hide()

    def save(self) -> None:
        """Kijk na en vraag te bewaren; een fout staat onder het veld waar zij over gaat."""
        afspraak, van = self._afspraak, self._van
        if afspraak is None or van is None or not self.bewaar.isEnabled():
            return
        naar = self._read(afspraak)
        if naar is None:
            return
        self.bewaar.setEnabled(False)
        self.bewaren.emit(afspraak, van, naar)

    def release(self) -> None:
        """Het bewaren lukte niet: alles staat er nog."""
        self.bewaar.setEnabled(True)

    def show_botsing(self, zin: str, nu: Afspraak) -> None:
        """Een collega was eerder. Wat hier is gewijzigd blijft; de rest volgt de collega. Daarna kan het."""
        oud = self._van
        if oud is None or self._afspraak is None or self._afspraak.id != nu.id:
            return
        basis, getypt, nieuw = _as_getypt(oud), self._getypt, _as_getypt(nu.klant)
        samen = {
            sleutel: waarde if waarde != basis[sleutel] else nieuw[sleutel]
            for sleutel, waarde in getypt.items()
        }
        self._afspraak, self._van = nu, nu.klant
        self._fill(samen)
        self._say(f"{zin} Bewaren kan nu.")
        for sleutel, veld in self._per_sleutel.items():
            if samen[sleutel] != nieuw[sleutel] and nieuw[sleutel] != basis[sleutel]:
                self.velden.fout(veld, f"Uw collega schreef: {_leesbaar(sleutel, nieuw[sleutel])}")
        self.release()
        self.bewaar.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_invoerfout(self, fout: InvoerFout) -> None:
        """Zet de zin bij het veld waar hij over gaat."""
        velden = {**self._per_sleutel, "contact": self.telefoon, "geboortedatum": self.geboren}
        veld = velden.get(fout.code) or (self.email if self.email.text().strip() else self.naam)
        self.velden.fout(veld, fout.uitleg)
        veld.setFocus(Qt.FocusReason.OtherFocusReason)
        self.release()

    # --- intern -------------------------------------------------------------------------------------------

    @property
    def _regels(self) -> tuple[QLineEdit, ...]:
        return (self.naam, self.geboren, self.telefoon, self.email)

    @property
    def _per_sleutel(self) -> dict[str, QWidget]:
        return {
            "naam": self.naam,
            "geboren": self.geboren,
            "telefoon": self.telefoon,
            "email": self.email,
            "bevestiging": self.bevestiging,
            "brieftaal": self.brieftaal,
        }

    @property
    def _getypt(self) -> dict[str, object]:
        return {
            "naam": self.naam.text(),
            "geboren": self.geboren.text().strip(),
            "telefoon": self.telefoon.text(),
            "email": self.email.text(),
            "geen": self.geen.isChecked(),
            "bevestiging": self.bevestiging.currentData(),
            "brieftaal": self.brieftaal.currentData(),
        }

    def _fill(self, waarden: dict[str, object]) -> None:
        for veld, sleutel in zip(self._regels, ("naam", "geboren", "telefoon", "email"), strict=True):
            veld.setText(str(waarden[sleutel]))
            veld.setCursorPosition(0)
        self.geen.setChecked(bool(waarden["geen"]))
        self._fill_kanalen(waarden["bevestiging"])
        self.bevestiging.setCurrentIndex(max(0, self.bevestiging.findData(waarden["bevestiging"])))
        self.brieftaal.setCurrentIndex(max(0, self.brieftaal.findData(waarden["brieftaal"])))
        for widget in self._per_sleutel.values():
            self.velden.fout(widget, "")
        self.bewaar.setEnabled(True)

    def _read(self, afspraak: Afspraak) -> Contactgegevens | None:
        getypt = self.geboren.text().strip()
        geboren = read_geboren(getypt, self._vandaag) if getypt else None
        if getypt and geboren is None:
            self.show_invoerfout(InvoerFout(_GEBOREN_FOUT, code="geboortedatum"))
            return None
        klant = Contactgegevens(
            self.naam.text(),
            self.telefoon.text(),
            self.email.text(),
            self.geen.isChecked(),
            geboren,
            afspraak.klant.klantsleutel,
            self.bevestiging.currentData(),
            str(self.brieftaal.currentData()),
        )
        try:
            check_gegevens(Boekgegevens(klant), afspraak.datum)
        except InvoerFout as fout:
            self.show_invoerfout(fout)
            return None
        return klant

    def _say(self, zin: str) -> None:
        self.melding.setText(zin)
        self.melding.setVisible(bool(zin))
        if zin:
            announce(self.melding, zin)

    def _leave(self) -> None:
        self.finish()
        self.klaar.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._leave()
        else:
            super().keyPressEvent(event)


def _as_getypt(klant: Contactgegevens) -> dict[str, object]:
    """Zoals het in de velden staat als niemand iets wijzigt."""
    geboren = klant.geboortedatum
    return {
        "naam": klant.naam,
        "geboren": f"{geboren.day}-{geboren.month}-{geboren.year}" if geboren else "",
        "telefoon": telefoon_tekst(klant.telefoon),
        "email": klant.email,
        "geen": klant.geen_contact,
        "bevestiging": klant.bevestiging,
        "brieftaal": klant.brieftaal,
    }


def _leesbaar(sleutel: str, waarde: object) -> str:
    if sleutel == "bevestiging":
        return kanaal_tekst(waarde if isinstance(waarde, Bevestigkanaal) else None) or "niet gevraagd"
    if sleutel == "brieftaal":
        return taalnaam(str(waarde))
    return str(waarde) or "niets"
