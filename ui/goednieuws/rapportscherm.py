"""Het rapport bekijken, afdrukken of bewaren; wat op het scherm staat is wat er op papier komt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontoffice.domain.cijfers import Cijfers
from frontoffice.domain.fouten import KifFout
from ui.achtergrond import Achtergrond
from ui.afdrukken import AFDRUK_DPI, print_bladen, to_image
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.goednieuws import dienst as werk
from ui.goednieuws.dienst import Dienst, Klaarrapport
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Plaatje, Tekst, announce
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld


class RapportScherm(QWidget):
    """Signalen: `gesloten` en `melding` (korte zin)."""

    gesloten = Signal()
    melding = Signal(str)

    def __init__(self, dienst: Dienst, gemeente: str, achtergrond: Achtergrond) -> None:
        super().__init__()
        self.setAccessibleName("Rapport")
        set_stijl(self, "soort", "venster")
        self._dienst, self._gemeente = dienst, gemeente
        self._vragen = Vragen(achtergrond)
        self._cijfers: Cijfers | None = None
        self._klaar: Klaarrapport | None = None
        self._platen: list[Plaatje] = []
        self.zin = Tekst(rol="gedempt")
        self.afdrukken = Knop("Afdrukken", self._print, soort="hoofd", naam="Rapport afdrukken")
        self.opslaan = Knop("Opslaan bij Downloads", self._save, soort="groot", naam="Rapport opslaan")
        self.sluit = Knop("Sluiten (Esc)", self.gesloten.emit, soort="groot", naam="Rapport sluiten")
        self._build()

    def _build(self) -> None:
        kop = QWidget()
        set_stijl(kop, "soort", "kaart")
        kolom = QVBoxLayout(kop)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        kolom.addWidget(Tekst("Rapport", rol="kop1"))
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for knop in (self.afdrukken, self.opslaan, self.sluit):
            rij.addWidget(knop)
        kolom.addWidget(knoppen)
        kolom.addWidget(self.zin)
        vlak = QWidget()
        self._bladen = QVBoxLayout(vlak)
        self._bladen.setContentsMargins(marge, marge, marge, marge)
        self._bladen.setSpacing(marge)
        self._scroll = Scrollvlak(vlak)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Voorbeeld van het rapport")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(Lijn())
        alles.addWidget(self._scroll, 1)

    def open(self, cijfers: Cijfers) -> None:
        """Maak van deze cijfers een rapport en laat het zien."""
        self._cijfers, self._klaar = cijfers, None
        self._say("Rapport maken…")
        gemeente = self._gemeente
        self._vragen.ask(
            "rapport", lambda _: werk.make_rapport(cijfers, gemeente), self._show, self._show_fout
        )
        self.afdrukken.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_rapport(self) -> None:
        self._vragen.cancel_alles()

    def _show(self, klaar: Klaarrapport) -> None:
        self._klaar = klaar
        breed = max(self._scroll.viewport().width() - 2 * 3 * Thema.afstand, 240)
        for nummer, blad in enumerate(klaar.bladzijden):
            if nummer == len(self._platen):
                self._platen.append(Plaatje())
                self._bladen.addWidget(self._platen[nummer], 0, Qt.AlignmentFlag.AlignHCenter)
            beeld = to_image(blad)
            if beeld.width() > breed:  # op een smal scherm past de bladzijde zo toch in de breedte
                beeld = beeld.scaledToWidth(breed, Qt.TransformationMode.SmoothTransformation)
            self._platen[nummer].setPixmap(QPixmap.fromImage(beeld))
            self._platen[nummer].show()
        for plaat in self._platen[len(klaar.bladzijden) :]:
            plaat.hide()
        aantal = len(klaar.bladzijden)
        self._say("1 bladzijde." if aantal == 1 else f"{aantal} bladzijden.")

    def _show_fout(self, fout: KifFout) -> None:
        self._say(fout.uitleg, fout=True)

    def _say(self, zin: str, *, fout: bool = False) -> None:
        self.zin.set_rol("fout" if fout else "gedempt")
        self.zin.setText(zin)
        announce(self.zin, zin)

    def _save(self) -> None:
        cijfers, klaar, dienst = self._cijfers, self._klaar, self._dienst
        if cijfers is None or klaar is None:
            return
        map_ = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))

        def show(gemaakt: Path) -> None:
            self.melding.emit(f"Opgeslagen: {gemaakt.name}")

        self._vragen.ask(
            "opslaan", lambda _: werk.save_pdf(dienst, cijfers, klaar, map_), show, self._show_fout
        )

    def _print(self) -> None:
        cijfers, klaar, dienst = self._cijfers, self._klaar, self._dienst
        if cijfers is not None and klaar is not None:
            self._vragen.ask(
                "afdrukken",
                lambda _: werk.render_afdruk(dienst, cijfers, klaar, AFDRUK_DPI),
                self._send_naar_printer,
                self._show_fout,
            )

    def _send_naar_printer(self, bladen: tuple[Paginabeeld, ...]) -> None:
        fout = print_bladen(bladen)
        if fout:
            self._say(fout, fout=True)
        else:
            self.melding.emit("Het rapport is naar de printer.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)
