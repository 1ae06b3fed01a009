"""Het rooster naar een CSV-bestand en terug. Wat er in een bestand niet klopt, staat er per regel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from frontoffice.documents.csvbestand import CsvFout
from ui.bouwstenen import Knop
from ui.klantbeeld.onderdeel import Vak
from ui.klantbeeld.vloei import Vloei
from ui.rijen import Rij, RijLijst
from ui.tekst import Tekst, announce
from ui.thema import Thema

_UITLEG = (
    "Zet het rooster met de pauzes in een bestand, werk het bij in Excel en lees het weer in. "
    "Een avond die in het bestand staat, krijgt precies dat rooster. Andere avonden blijven zoals ze zijn. "
    "Een pauze heeft als rol pauze, met een reden. Zonder medewerker en balie geldt zij voor iedereen."
)
_MEESTE = 1_000
_FILTER = "CSV-bestand (*.csv)"


class BestandVak(Vak):
    """Signalen: `bewaar` en `open` dragen een Path."""

    bewaar = Signal(object)
    open = Signal(object)

    def __init__(self, thema: Thema) -> None:
        super().__init__("Rooster als bestand")
        marge = 3 * Thema.afstand
        self.bewaarknop = Knop("Rooster bewaren als CSV", self._ask_bewaar)
        self.openknop = Knop("Rooster inlezen uit CSV", self._ask_open, soort="hoofd")
        knoppen = QWidget()
        vloei = Vloei(knoppen, tussen=2 * Thema.afstand, regel=2 * Thema.afstand)
        vloei.addWidget(self.openknop)
        vloei.addWidget(self.bewaarknop)
        self.stand = Tekst("", rol="gedempt")
        self.fouten = RijLijst("Wat er niet klopt in het bestand", thema)
        self.fouten.hide()
        kolom = QVBoxLayout()
        kolom.setContentsMargins(marge, 0, marge, marge)
        kolom.setSpacing(3 * Thema.afstand)
        for deel in (Tekst(_UITLEG, rol="gedempt"), knoppen, self.stand):
            kolom.addWidget(deel)
        kolom.addWidget(self.fouten, 1)
        kolom.addStretch(0)
        self._rek = QWidget()
        kolom.addWidget(self._rek, 1)
        self.inhoud.addLayout(kolom, 1)

    def eerste_focus(self) -> QWidget:
        return self.openknop

    def show_stand(self, zin: str, *, fout: bool = False) -> None:
        self.stand.set_rol("fout" if fout else "gewoon")
        self.stand.setText(zin)
        if not fout:
            self.show_fouten(())
        announce(self, zin)

    def show_fouten(self, fouten: Sequence[CsvFout]) -> None:
        """Alle fouten van het bestand, op volgorde van regel."""
        rijen = [
            Rij(
                fout.uitleg,
                f"Regel {fout.regel}" + (f", {fout.kolom}" if fout.kolom else "")
                if fout.regel
                else "Bestand",
            )
            for fout in fouten[:_MEESTE]
        ]
        self.fouten.set_rijen(rijen)
        self.fouten.setVisible(bool(rijen))
        self._rek.setVisible(not rijen)
        if rijen:
            meer = f" Hieronder staan de eerste {_MEESTE}." if len(fouten) > _MEESTE else ""
            zin = "Er is niets veranderd. Verbeter het bestand en lees het opnieuw in."
            aantal = "staat 1 fout" if len(fouten) == 1 else f"staan {len(fouten)} fouten"
            self.show_stand(f"In het bestand {aantal}.{meer} {zin}", fout=True)
            self.fouten.setFocus()

    def _ask_bewaar(self) -> None:
        pad, _ = QFileDialog.getSaveFileName(self, "Rooster bewaren als CSV", "rooster.csv", _FILTER)
        if pad:
            self.bewaar.emit(Path(pad))

    def _ask_open(self) -> None:
        pad, _ = QFileDialog.getOpenFileName(self, "Rooster inlezen uit CSV", "", _FILTER)
        if pad:
            self.open.emit(Path(pad))
