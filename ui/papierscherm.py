"""Papier bekijken voordat het uit de printer komt: wat op het scherm staat is wat er op papier komt.

Weet niet wat voor papier het is: dat zegt het `Papierwerk`. Wat het programma uit gaat, ligt eerst vast.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.afdrukken import AFDRUK_DPI, print_bladen, to_image
from ui.afspraak.talen import taal_tekst
from ui.afspraak.vragen import Vragen
from ui.bewaren import downloads, zeg_opgeslagen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.vloei import Vloei
from ui.papier import Klaarpapier, Papierwerk
from ui.tekst import Plaatje, Tekst, announce
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld

_MARGE = 3 * Thema.afstand
_SMALST = 240
_TALEN = {"nl": "Nederlands", "de": taal_tekst("de"), "en": taal_tekst("en")}


class Bladzijden(Scrollvlak):
    """De bladzijden onder elkaar; op een smal scherm kleiner, zodat niets is afgesneden."""

    def __init__(self, naam: str) -> None:
        vlak = QWidget()
        super().__init__(vlak)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(naam)
        self._platen: list[Plaatje] = []
        self._kolom = QVBoxLayout(vlak)
        self._kolom.setContentsMargins(_MARGE, _MARGE, _MARGE, _MARGE)
        self._kolom.setSpacing(_MARGE)

    def show_bladen(self, bladen: tuple[Paginabeeld, ...]) -> None:
        breed = max(self.viewport().width() - 2 * _MARGE, _SMALST)
        for nummer, blad in enumerate(bladen):
            if nummer == len(self._platen):
                self._platen.append(Plaatje())
                self._kolom.addWidget(self._platen[nummer], 0, Qt.AlignmentFlag.AlignHCenter)
            beeld = to_image(blad)
            if beeld.width() > breed:
                beeld = beeld.scaledToWidth(breed, Qt.TransformationMode.SmoothTransformation)
            self._platen[nummer].setPixmap(QPixmap.fromImage(beeld))
            self._platen[nummer].show()
        for plaat in self._platen[len(bladen) :]:
            plaat.clear()
            plaat.hide()


class Papierbasis(QWidget):
    """Maken, laten zien, afdrukken en bewaren van één soort papier; hoe het erbij staat maakt de afgeleide.

    `wat` is het papier met zijn lidwoord ("de brief"). Signalen: `gesloten`, `melding` (korte zin) en
    `afgedrukt` (er ligt papier).
    """

    gesloten = Signal()
    melding = Signal(str)
    afgedrukt = Signal()

    def __init__(self, achtergrond: Achtergrond, wat: str, hulp: str = "") -> None:
        super().__init__()
        self._naam = wat.split()[-1].capitalize()
        self.setProperty("hulp", hulp)
        self.setAccessibleName(self._naam)
        set_stijl(self, "soort", "venster")
        self._vragen = Vragen(achtergrond)
        self._werk: Papierwerk | None = None
        self._klaar: Klaarpapier | None = None
        self.zin = Tekst(rol="gedempt")
        self.taal = QComboBox()
        self.taal.setAccessibleName(f"Taal van {wat}")
        for code, naam in _TALEN.items():
            self.taal.addItem(naam, code)
        self.afdrukken = Knop("Afdrukken", self._print, soort="hoofd")
        self.opslaan = Knop("Opslaan bij Downloads", self._save, soort="groot")
        self.sluit = Knop("Sluiten (Esc)", self.gesloten.emit, soort="groot", naam=f"{self._naam} sluiten")
        self.bladzijden = Bladzijden(f"Voorbeeld van {wat}")

    @property
    def klaar(self) -> Klaarpapier | None:
        """Het papier dat er staat; None zolang het wordt gemaakt."""
        return self._klaar

    def clear(self) -> None:
        """Niets van wat er stond blijft achter."""
        self._vragen.cancel_alles()
        self._werk = self._klaar = None
        self.bladzijden.show_bladen(())

    # --- voor de afgeleide ---------------------------------------------------------------------------------

    def _choose_taal(self, taal: str) -> None:
        """Zet de taal klaar zonder opnieuw te maken."""
        self.taal.blockSignals(True)
        self.taal.setCurrentIndex(max(0, self.taal.findData(taal)))
        self.taal.blockSignals(False)

    def _make(self, werk: Papierwerk) -> None:
        """Maak het in de gekozen taal; wat er stond, is niet meer te bewaren of af te drukken."""
        self._werk, self._klaar = werk, None
        self._say(f"{self._naam} maken…")
        taal = str(self.taal.currentData())
        self._vragen.ask("papier", lambda _: werk.make(taal), self._show, self._show_geen_papier)

    def _show(self, klaar: Klaarpapier) -> None:
        self._klaar = klaar
        self.bladzijden.show_bladen(klaar.bladzijden)
        aantal = len(klaar.bladzijden)
        bladen = "1 bladzijde" if aantal == 1 else f"{aantal} bladzijden"
        self._say(f"{bladen}. {klaar.zin}".strip())

    def _say(self, zin: str, *, fout: bool = False) -> None:
        self.zin.set_rol("fout" if fout else "gedempt")
        self.zin.setText(zin)
        announce(self.zin, zin)

    def _show_fout(self, fout: KifFout) -> None:
        self._say(fout.uitleg, fout=True)

    def _say_opgeslagen(self, pad: Path) -> None:
        self.melding.emit(zeg_opgeslagen(pad))

    # --- intern --------------------------------------------------------------------------------------------

    def _show_geen_papier(self, fout: KifFout) -> None:
        self.bladzijden.show_bladen(())  # wat er nog stond, is niet wat nu is gevraagd
        self._show_fout(fout)

    def _print(self) -> None:
        werk, klaar = self._werk, self._klaar
        if werk is None or klaar is None:
            return

        def render(_: Stop) -> tuple[Paginabeeld, ...]:
            from frontoffice.documents.paginabeeld import pages

            werk.note("afgedrukt", klaar)
            return tuple(pages(klaar.pdf, AFDRUK_DPI))

        self._vragen.ask(
            "afdrukken", render, lambda bladen: self._send_naar_printer(werk, klaar, bladen), self._show_fout
        )

    def _send_naar_printer(
        self, werk: Papierwerk, klaar: Klaarpapier, bladen: tuple[Paginabeeld, ...]
    ) -> None:
        fout = print_bladen(bladen)
        if fout:
            self._say(fout, fout=True)
            return
        self.melding.emit(werk.gedrukt)
        na = werk.na
        if na is not None:
            self._vragen.ask("na", lambda _: na(klaar), lambda _: self._note_gedrukt(werk), self._show_fout)

    def _note_gedrukt(self, werk: Papierwerk) -> None:
        self.afgedrukt.emit()
        if werk.opnieuw and self._werk is werk:
            self._make(werk)

    def _save(self) -> None:
        werk, klaar, map_ = self._werk, self._klaar, downloads()
        if werk is None or klaar is None:
            return

        def write(_: Stop) -> Path:
            from frontoffice.documents.bestand import save

            werk.note("bewaard", klaar)
            return save(map_ / klaar.naam, klaar.pdf)

        self._vragen.ask("opslaan", write, self._say_opgeslagen, self._show_fout)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)


class PapierScherm(Papierbasis):
    """De kop met de knoppen boven de bladzijden."""

    def __init__(self, achtergrond: Achtergrond, wat: str = "het papier", hulp: str = "") -> None:
        super().__init__(achtergrond, wat, hulp)
        self.kop = Tekst(rol="kop1")
        self._build()
        self.taal.currentIndexChanged.connect(lambda _: self._change_taal())

    def _build(self) -> None:
        kop = QWidget()
        set_stijl(kop, "soort", "kaart")
        kolom = QVBoxLayout(kop)
        kolom.setContentsMargins(_MARGE, 2 * Thema.afstand, _MARGE, 2 * Thema.afstand)
        kolom.addWidget(self.kop)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for deel in (self.afdrukken, self.opslaan, self.taal, self.sluit):
            rij.addWidget(deel)
        kolom.addWidget(knoppen)
        kolom.addWidget(self.zin)
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(Lijn())
        alles.addWidget(self.bladzijden, 1)

    def open(self, werk: Papierwerk) -> None:
        self.setAccessibleName(werk.titel)
        self.kop.setText(werk.titel)
        self._choose_taal(werk.taal)
        self.taal.setVisible(werk.talen)
        self._make(werk)
        self.afdrukken.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_taal(self) -> None:
        if self._werk is not None:
            self._make(self._werk)
