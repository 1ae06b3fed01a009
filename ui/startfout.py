"""De bladzijde die zegt waarom het programma niet kan beginnen, met alle fouten en wat u kunt doen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.fouten import GeheimFout, KifFout, ProfielFout
from ui.bouwstenen import Knop
from ui.tekst import LeesTekst, Tekst
from ui.thema import Thema


class Startfout(QWidget):
    """Toont een KifFout van het starten. `opnieuw` begint nog een keer."""

    def __init__(self, opnieuw: Callable[[], None]) -> None:
        super().__init__()
        self._kop = Tekst("Het programma kan nog niet beginnen", rol="kop1")
        self._zin = Tekst()
        self._fouten = LeesTekst(naam="Wat er niet klopt")
        self._fouten.setMinimumHeight(Thema.hoofddoel)
        self.knop = Knop("Opnieuw proberen", opnieuw, soort="hoofd")
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(8 * Thema.afstand, 4 * Thema.afstand, 8 * Thema.afstand, 4 * Thema.afstand)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addWidget(self._kop)
        kolom.addWidget(self._zin)
        kolom.addWidget(self._fouten, 1)
        kolom.addWidget(self.knop, 0, Qt.AlignmentFlag.AlignLeft)

    def show_fout(self, fout: KifFout) -> None:
        """Zet de fouten op het scherm, elk op een eigen regel."""
        self._zin.setText(_wat_nu(fout))
        regels = fout.fouten if isinstance(fout, ProfielFout) else (fout.uitleg,)
        self._fouten.set_tekst("\n".join(f"- {regel}" for regel in regels))


def _wat_nu(fout: KifFout) -> str:
    if isinstance(fout, ProfielFout):
        return "Het profiel van deze werkplek klopt niet. Verbeter het, of geef deze lijst aan de beheerder."
    if isinstance(fout, GeheimFout):
        return "Een geheim van deze werkplek is niet te lezen. Geef dit door aan de beheerder."
    return "Er ging iets mis bij het starten. Probeer het opnieuw, of geef dit door aan de beheerder."
