"""Wat een onderdeel zegt als er (nog) niets te zien is: laden, duurt lang, niet geladen of leeg.

Een mislukt onderdeel ziet er nooit leeg uit: de reden staat er altijd, met Opnieuw als dat kan helpen.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from frontoffice.domain.weergave import Toestand
from ui.bouwstenen import Knop
from ui.klantbeeld.iconen import MAAT, Iconen
from ui.tekst import Tekst
from ui.thema import Kleurnaam, Thema, set_stijl

TRAAG_NA_MS = 2_000


def zin_mislukt(toestand: Toestand, woord: str = "") -> str:
    """ "Zaken: niet geladen om 14.03 uur. Het zaaksysteem heeft een storing." """
    reden = toestand.tekst.removeprefix("Niet geladen: ")
    begin = f"{woord}: niet geladen" if woord else "Niet geladen"
    return f"{begin} om {toestand.om}. {reden}" if toestand.om else f"{begin}. {reden}"


class Beeldje(QWidget):
    """Een icoon naast een woord; voor hulptechniek bestaat het niet, het woord zegt al genoeg."""

    def __init__(
        self, iconen: Iconen, naam: str = "", kleur: Kleurnaam = "tekst_zacht", maat: int = MAAT
    ) -> None:
        super().__init__()
        self._iconen, self._naam, self._kleur, self._maat = iconen, naam, kleur, maat
        self.setFixedSize(maat, maat + 4)

    def show_icoon(self, naam: str, kleur: Kleurnaam) -> None:
        self._naam, self._kleur = naam, kleur
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._naam:
            schilder = QPainter(self)
            vak = QRect(0, (self.height() - self._maat) // 2, self._maat, self._maat)
            self._iconen.paint(schilder, self._naam, vak, self._kleur)
            schilder.end()


class Toestandregel(QWidget):
    """Eén regel met icoon, zin en hoogstens één knop. Verbergt zich als er niets te melden is."""

    opnieuw = Signal()
    annuleren = Signal()

    def __init__(self, iconen: Iconen, naam: str) -> None:
        super().__init__()
        self._naam = naam
        self._stand: tuple[str, str, bool] = ("", "", False)
        self._icoon = Beeldje(iconen, maat=MAAT)
        self._zin = Tekst(rol="gedempt")
        self._opnieuw = Knop("Opnieuw", self.opnieuw.emit, naam=f"{naam} opnieuw laden")
        self._annuleren = Knop("Annuleren", self.annuleren.emit, naam=f"{naam} laden annuleren")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(3 * Thema.afstand, Thema.afstand, 3 * Thema.afstand, Thema.afstand)
        rij.setSpacing(2 * Thema.afstand)
        for deel in (self._icoon, self._opnieuw, self._annuleren):
            deel.hide()
        rij.addWidget(self._icoon)
        rij.addWidget(self._zin, 1)
        rij.addWidget(self._opnieuw)
        rij.addWidget(self._annuleren)
        # Niet Maximum: dan telt Qt de hoogte op de natuurlijke breedte en valt in een smal vak tekst weg.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._traag = QTimer(self)
        self._traag.setSingleShot(True)
        self._traag.setInterval(TRAAG_NA_MS)
        self._traag.timeout.connect(self._show_traag)
        self.hide()

    @property
    def zin(self) -> str:
        """Wat er nu staat; leeg als er niets staat."""
        return self._zin.text() if not self.isHidden() else ""

    def show_laden(self, wat: str = "") -> None:
        """Onderweg: "Laden…" of "Zaken: laden…". Na twee seconden: dat het lang duurt, met Annuleren."""
        if self._change("laden", wat):
            self._show("", "tekst_zacht", f"{wat}: laden…" if wat else "Laden…", rol_fout=False)
            self._traag.start()

    def show_fout(self, zin: str, *, opnieuw_helpt: bool) -> None:
        if self._change("fout", zin, opnieuw_helpt):
            self._show("waarschuwing", "gevaar", zin, rol_fout=True)
            self._opnieuw.setVisible(opnieuw_helpt)

    def show_leeg(self, zin: str) -> None:
        if self._change("leeg", zin):
            self._show("", "tekst_zacht", zin, rol_fout=False)

    def show_niets(self) -> None:
        if self._change("", ""):
            self.hide()

    def _change(self, soort: str, zin: str, knop: bool = False) -> bool:
        if (soort, zin, knop) == self._stand:
            return False
        self._stand = (soort, zin, knop)
        self._traag.stop()
        return True

    def _show(self, icoon: str, kleur: Kleurnaam, zin: str, *, rol_fout: bool) -> None:
        self._opnieuw.hide()
        self._annuleren.hide()
        self._icoon.setVisible(bool(icoon))
        if icoon:
            self._icoon.show_icoon(icoon, kleur)
        set_stijl(self._zin, "rol", "fout" if rol_fout else "gedempt")
        self._zin.setText(zin)
        self.show()

    def _show_traag(self) -> None:
        self._icoon.show_icoon("klok", "tekst_zacht")
        self._icoon.show()
        wat = self._stand[1]
        self._zin.setText(f"{wat}: duurt langer dan normaal." if wat else "Duurt langer dan normaal.")
        self._annuleren.show()
