"""Een contact verbeteren dat het register afkeurde: onderwerp, notitie en nummer. Verstuurt niets."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from frontoffice.domain.concept import NieuwAdres
from frontoffice.domain.registratie import MAX_INHOUD, MAX_ONDERWERP, Registratie, clean_tekst
from ui.bouwstenen import Knop
from ui.contact.adresvak import TELEFOON, read_adres, toon_adres
from ui.formulier import Formulier
from ui.thema import Thema


class Verbetervorm(QWidget):
    """Signalen: `bewaard` (Registratie) en `gesloten`."""

    bewaard = Signal(object)
    gesloten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._registratie: Registratie | None = None
        self.velden = Formulier()
        self.onderwerp = self.velden.rij("Onderwerp", QLineEdit())
        self.notitie = self.velden.rij("Notitie", QPlainTextEdit())
        self.notitie.setTabChangesFocus(True)
        self.notitie.setMaximumHeight(160)
        self.nummer = self.velden.rij("Nummer", QLineEdit())
        self.bewaar = Knop("Bewaren en versturen", self.save)
        self.sluit = Knop("Toch niet", self.gesloten.emit, soort="stil", naam="Toch niet verbeteren")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(2 * Thema.afstand)
        kolom.addWidget(self.velden)
        rij = QHBoxLayout()
        rij.addWidget(self.bewaar)
        rij.addWidget(self.sluit)
        rij.addStretch(1)
        kolom.addLayout(rij)
        self.hide()

    def begin(self, registratie: Registratie) -> None:
        """Zet neer wat er nu in staat."""
        self._registratie = registratie
        self.onderwerp.setText(registratie.onderwerp)
        self.notitie.setPlainText(registratie.inhoud)
        adres = _nummer_van(registratie)
        self.nummer.setText(toon_adres(adres) if adres is not None else "")
        self.velden.set_zichtbaar(self.nummer, adres is not None)
        for veld in (self.onderwerp, self.notitie, self.nummer):
            self.velden.fout(veld, "")

    def focus_veld(self, veld: str) -> None:
        """Naar het veld dat het register afkeurde; anders naar het eerste."""
        naam = veld.lower()
        doel: QWidget = self.onderwerp
        if "inhoud" in naam:
            doel = self.notitie
        elif "adres" in naam and not self.nummer.isHidden():
            doel = self.nummer
        doel.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Neem over als alles klopt; anders staat de zin bij het veld."""
        registratie = self._registratie
        if registratie is None:
            return
        onderwerp = self.onderwerp.text().strip()
        inhoud = clean_tekst(self.notitie.toPlainText()).strip()
        nummer = self._read_nummer()
        te_veel = len(inhoud) - MAX_INHOUD
        fouten = {
            self.onderwerp: ""
            if 0 < len(onderwerp) <= MAX_ONDERWERP
            else f"Typ een onderwerp van hoogstens {MAX_ONDERWERP} tekens.",
            self.notitie: f"De notitie is {te_veel} tekens te lang. Kort haar in." if te_veel > 0 else "",
            self.nummer: "Dit nummer klopt niet. Kijk de cijfers na." if nummer is None else "",
        }
        for veld, zin in fouten.items():
            self.velden.fout(veld, zin)
        fout = next((veld for veld, zin in fouten.items() if zin), None)
        if fout is not None:
            fout.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        anders = replace(registratie, onderwerp=onderwerp, inhoud=inhoud)
        self.bewaard.emit(_with_nummer(anders, nummer or ""))

    def _read_nummer(self) -> str | None:
        """Het nummer in E.164, "" als er geen hoort, None als het niet klopt."""
        if self.nummer.isHidden():
            return ""
        gelezen = read_adres(self.nummer.text().strip())
        return gelezen.adres if gelezen is not None and gelezen.soort == TELEFOON else None


def _nummer_van(registratie: Registratie) -> NieuwAdres | None:
    adressen = (adres for deelnemer in registratie.deelnemers for adres in deelnemer.adressen)
    return next((adres for adres in adressen if adres.soort == TELEFOON), None)


def _with_nummer(registratie: Registratie, nummer: str) -> Registratie:
    oud = _nummer_van(registratie)
    if oud is None or oud.adres == nummer:
        return registratie
    return replace(
        registratie,
        deelnemers=tuple(
            replace(
                deelnemer,
                adressen=tuple(replace(a, adres=nummer) if a == oud else a for a in deelnemer.adressen),
            )
            for deelnemer in registratie.deelnemers
        ),
    )
