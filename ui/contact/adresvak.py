"""Een nieuw of verbeterd nummer of e-mailadres: alleen voor dit gesprek, of ook bewaren bij de klant.

Bewaart zelf niets; wat er staat, gaat mee als het contact wordt afgerond.
"""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from frontoffice.domain.concept import NieuwAdres
from frontoffice.domain.waarden import Telefoonnummer
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon
from ui.bouwstenen import Knop
from ui.tekst import KorteTekst, Tekst, announce, isolate, set_uitleg
from ui.thema import Thema, set_stijl

TELEFOON, EMAIL = "telefoonnummer", "email"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_LANGST = 80


class Adresregel(QWidget):
    """Eén nieuw adres, met de vraag of het bij de klant blijft."""

    def __init__(self, adres: NieuwAdres, *, kan_bewaren: bool) -> None:
        super().__init__()
        self.adres = adres
        tekst = toon_adres(adres)
        self.weg = Knop("Weg", soort="stil", naam=f"{tekst} weghalen"[:60])
        self.bewaren = QCheckBox("Bewaren bij klant")
        self.bewaren.setChecked(adres.bewaren and kan_bewaren)
        self.bewaren.setEnabled(kan_bewaren)
        set_uitleg(self.bewaren, "Zonder vinkje geldt het alleen voor dit gesprek.")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        boven = QHBoxLayout()
        boven.addWidget(KorteTekst(isolate(tekst), rol="nadruk"), 1)
        boven.addWidget(self.weg)
        kolom.addLayout(boven)
        onder = QHBoxLayout()
        onder.setSpacing(3 * Thema.afstand)
        onder.addWidget(self.bewaren)
        self.stand = KorteTekst(rol="klein")
        onder.addWidget(self.stand, 1)
        kolom.addLayout(onder)
        self.bewaren.toggled.connect(self._show_stand)
        self._show_stand(self.bewaren.isChecked())

    def _show_stand(self, bewaren: bool) -> None:
        self.stand.setText("" if bewaren else "Alleen voor dit gesprek")


class Adresvak(QWidget):
    """Signaal `gekozen` (tuple van NieuwAdres). Enter neemt over, spatie bewaart bij de klant."""

    gekozen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._adressen: tuple[NieuwAdres, ...] = ()
        self._kan_bewaren = False
        self.regels: list[Adresregel] = []
        self.veld = QLineEdit()
        self.veld.setMaxLength(_LANGST)
        self.veld.setAccessibleName("Nieuw nummer of e-mail")
        self.veld.setPlaceholderText("Nieuw nummer of e-mail (F9)")
        self.fout = Tekst(rol="fout")
        self.fout.hide()
        self._kolom = QVBoxLayout(self)
        self._kolom.setContentsMargins(0, 0, 0, 0)
        self._kolom.setSpacing(Thema.afstand)
        self._kolom.addWidget(self.veld)
        self._kolom.addWidget(self.fout)
        self.veld.returnPressed.connect(lambda: self.take())
        self.veld.textEdited.connect(lambda _: self._show_fout(""))

    def show_adressen(self, adressen: tuple[NieuwAdres, ...], *, kan_bewaren: bool) -> None:
        """Toon deze adressen; bewaren kan alleen als er een klant gekozen is."""
        if adressen == self._adressen and kan_bewaren == self._kan_bewaren:
            return
        if [a.adres for a in adressen] != [r.adres.adres for r in self.regels] or (
            kan_bewaren != self._kan_bewaren
        ):
            self._kan_bewaren = kan_bewaren
            self._build(adressen)
        self._adressen = adressen

    def clear(self) -> None:
        """Een ander contact: wat half getypt was, hoort daar niet bij."""
        self.veld.clear()
        self._show_fout("")

    def take(self, *, focus: bool = True) -> bool:
        """Neem over wat er getypt is. Onwaar als er iets staat dat geen nummer of adres is."""
        tekst = self.veld.text().strip()
        if not tekst:
            return True
        nieuw = read_adres(tekst)
        if nieuw is None:
            self._show_fout("Dit is geen nummer of e-mailadres. Kijk het na.")
            return False
        self.veld.clear()
        if all(adres.adres != nieuw.adres for adres in self._adressen):
            self.gekozen.emit((*self._adressen, nieuw))
        if self.regels and focus:
            self.regels[-1].bewaren.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, f"{toon_adres(nieuw)}, alleen voor dit gesprek. Spatie bewaart het bij de klant.")
        return True

    def _build(self, adressen: tuple[NieuwAdres, ...]) -> None:
        for regel in self.regels:
            self._kolom.removeWidget(regel)
            regel.hide()
            regel.deleteLater()
        self.regels = [Adresregel(adres, kan_bewaren=self._kan_bewaren) for adres in adressen]
        for nummer, regel in enumerate(self.regels):
            self._kolom.insertWidget(nummer, regel)
            regel.bewaren.toggled.connect(lambda aan, wat=regel.adres.adres: self._set_bewaren(wat, aan))
            regel.weg.clicked.connect(lambda _=False, wat=regel.adres.adres: self._remove(wat))

    def _set_bewaren(self, wat: str, aan: bool) -> None:
        self.gekozen.emit(tuple(replace(a, bewaren=aan) if a.adres == wat else a for a in self._adressen))

    def _remove(self, wat: str) -> None:
        self.gekozen.emit(tuple(adres for adres in self._adressen if adres.adres != wat))
        self.veld.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fout(self, zin: str) -> None:
        self.fout.setText(zin)
        self.fout.setVisible(bool(zin))
        set_stijl(self.veld, "fout", bool(zin))
        if zin:
            announce(self.veld, zin)


def read_adres(tekst: str) -> NieuwAdres | None:
    """Een nummer (in E.164) of een e-mailadres, altijd alleen voor dit gesprek; None als het geen van
    beide is."""
    if "@" in tekst:
        return NieuwAdres(EMAIL, tekst) if _EMAIL.fullmatch(tekst) else None
    nummer = lees_telefoon(tekst)
    return NieuwAdres(TELEFOON, nummer.e164) if nummer is not None else None


def toon_adres(adres: NieuwAdres) -> str:
    """Zoals men het voorleest."""
    return toon_telefoon(Telefoonnummer(adres.adres)) if adres.soort == TELEFOON else adres.adres
