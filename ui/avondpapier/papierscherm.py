"""Papier bekijken voordat het uit de printer komt: wat op het scherm staat is wat er op papier komt.

Weet niet wat voor papier het is: dat zegt het `Papierwerk`. Wat het programma uit gaat, ligt eerst vast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.afdrukken import AFDRUK_DPI, print_bladen, to_image
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.vloei import Vloei
from ui.tekst import Plaatje, Tekst, announce
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld

VOORBEELD_DPI = 96
_TALEN = (("Nederlands", "nl"), ("Duits – Deutsch", "de"), ("Engels – English", "en"))


@dataclass(frozen=True)
class Klaarpapier:
    """De pdf met haar bladzijden om te laten zien; `zin`: wat de medewerker moet weten, of leeg."""

    naam: str
    pdf: bytes = field(repr=False)
    bladzijden: tuple[Paginabeeld, ...] = field(repr=False)
    zin: str = ""
    gegevens: object = field(default=None, repr=False)
    """Waarvan het is gemaakt: zo ligt vast wat er op papier staat, en niet wat er daarna veranderde."""


@dataclass(frozen=True)
class Papierwerk:
    """Wat er op papier komt. `make` (met de gekozen taal) en `note` draaien op een andere draad.

    `note` ("afgedrukt" of "bewaard") legt vast dat het weggaat; lukt dat niet (KifFout), dan gaat het niet.
    `talen`: er is een taal te kiezen; `taal` is die om mee te beginnen. `bewaren`: mag ook als bestand.
    """

    titel: str
    make: Callable[[str], Klaarpapier]
    note: Callable[[str, Klaarpapier], None]
    gedrukt: str
    na: Callable[[Klaarpapier], None] | None = None
    """Nadat het echt uit de printer kwam, op een andere draad: pas dan ligt er papier."""
    taal: str = "nl"
    talen: bool = False
    bewaren: bool = True
    opnieuw: bool = False
    """Na het afdrukken nog een keer maken: er staat dan iets anders op (kopie)."""


class PapierScherm(QWidget):
    """Signalen: `gesloten`, `melding` (korte zin) en `afgedrukt`."""

    gesloten = Signal()
    melding = Signal(str)
    afgedrukt = Signal()

    def __init__(self, achtergrond: Achtergrond) -> None:
        super().__init__()
        self.setProperty("hulp", "vanavond")
        set_stijl(self, "soort", "venster")
        self._vragen = Vragen(achtergrond)
        self._werk: Papierwerk | None = None
        self._klaar: Klaarpapier | None = None
        self._platen: list[Plaatje] = []
        self.kop = Tekst(rol="kop1")
        self.zin = Tekst(rol="gedempt")
        self.taal = QComboBox()
        self.taal.setAccessibleName("Taal van het papier")
        for naam, code in _TALEN:
            self.taal.addItem(naam, code)
        self.afdrukken = Knop("Afdrukken", self._print, soort="hoofd")
        self.opslaan = Knop("Opslaan bij Downloads", self._save, soort="groot")
        self.sluit = Knop("Sluiten (Esc)", self.gesloten.emit, soort="groot", naam="Papier sluiten")
        self._build()
        self.taal.currentIndexChanged.connect(lambda _: self._load())

    def _build(self) -> None:
        kop = QWidget()
        set_stijl(kop, "soort", "kaart")
        kolom = QVBoxLayout(kop)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, 2 * Thema.afstand, marge, 2 * Thema.afstand)
        kolom.addWidget(self.kop)
        knoppen = QWidget()
        rij = Vloei(knoppen, tussen=2 * Thema.afstand, regel=Thema.afstand)
        for deel in (self.afdrukken, self.opslaan, self.taal, self.sluit):
            rij.addWidget(deel)
        kolom.addWidget(knoppen)
        kolom.addWidget(self.zin)
        vlak = QWidget()
        self._bladen = QVBoxLayout(vlak)
        self._bladen.setContentsMargins(marge, marge, marge, marge)
        self._bladen.setSpacing(marge)
        self._scroll = Scrollvlak(vlak)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Voorbeeld van het papier")
        alles = QVBoxLayout(self)
        alles.setContentsMargins(0, 0, 0, 0)
        alles.setSpacing(0)
        alles.addWidget(kop)
        alles.addWidget(Lijn())
        alles.addWidget(self._scroll, 1)

    @property
    def is_klaar(self) -> bool:
        """Staat het voorbeeld er?"""
        return self._klaar is not None

    def open(self, werk: Papierwerk) -> None:
        self._werk = werk
        self.setAccessibleName(werk.titel)
        self.kop.setText(werk.titel)
        self.taal.blockSignals(True)
        self.taal.setCurrentIndex(max(0, self.taal.findData(werk.taal)))
        self.taal.blockSignals(False)
        self.taal.setVisible(werk.talen)
        self.opslaan.setVisible(werk.bewaren)
        self._load()
        self.afdrukken.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Niets van wat er stond blijft achter."""
        self._vragen.cancel_alles()
        self._werk = self._klaar = None
        self._show_bladen(())

    # --- intern --------------------------------------------------------------------------------------------

    def _load(self) -> None:
        werk = self._werk
        if werk is None:
            return
        self._klaar = None
        self._say("Papier maken…")
        taal = str(self.taal.currentData())
        self._vragen.ask("papier", lambda _: werk.make(taal), self._show, self._show_fout)

    def _show(self, klaar: Klaarpapier) -> None:
        self._klaar = klaar
        self._show_bladen(klaar.bladzijden)
        aantal = len(klaar.bladzijden)
        bladen = "1 bladzijde" if aantal == 1 else f"{aantal} bladzijden"
        self._say(f"{bladen}. {klaar.zin}".strip())

    def _show_bladen(self, bladen: tuple[Paginabeeld, ...]) -> None:
        breed = max(self._scroll.viewport().width() - 6 * Thema.afstand, 240)
        for nummer, blad in enumerate(bladen):
            if nummer == len(self._platen):
                self._platen.append(Plaatje())
                self._bladen.addWidget(self._platen[nummer], 0, Qt.AlignmentFlag.AlignHCenter)
            beeld = to_image(blad)
            if beeld.width() > breed:
                beeld = beeld.scaledToWidth(breed, Qt.TransformationMode.SmoothTransformation)
            self._platen[nummer].setPixmap(QPixmap.fromImage(beeld))
            self._platen[nummer].show()
        for plaat in self._platen[len(bladen) :]:
            plaat.clear()
            plaat.hide()

    def _show_fout(self, fout: KifFout) -> None:
        self._say(fout.uitleg, fout=True)

    def _say(self, zin: str, *, fout: bool = False) -> None:
        self.zin.set_rol("fout" if fout else "gedempt")
        self.zin.setText(zin)
        announce(self.zin, zin)

    def _print(self) -> None:
        werk, klaar = self._werk, self._klaar
        if werk is None or klaar is None:
            return

        def render(_: Stop) -> tuple[Paginabeeld, ...]:
            from frontoffice.documents.paginabeeld import pages

            werk.note("afgedrukt", klaar)
            return tuple(pages(klaar.pdf, AFDRUK_DPI))

        self._vragen.ask("afdrukken", render, self._send_naar_printer, self._show_fout)

    def _send_naar_printer(self, bladen: tuple[Paginabeeld, ...]) -> None:
        werk, klaar = self._werk, self._klaar
        fout = print_bladen(bladen)
        if fout:
            self._say(fout, fout=True)
        elif werk is not None and klaar is not None:
            self.melding.emit(werk.gedrukt)
            na = werk.na
            if na is not None:
                self._vragen.ask("na", lambda _: na(klaar), lambda _: self._note_gedrukt(werk))

    def _note_gedrukt(self, werk: Papierwerk) -> None:
        self.afgedrukt.emit()
        if werk.opnieuw and self._werk is werk:
            self._load()

    def _save(self) -> None:
        werk, klaar = self._werk, self._klaar
        if werk is None or klaar is None:
            return
        map_ = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))

        def write(_: Stop) -> Path:
            from frontoffice.documents.bestand import save

            werk.note("bewaard", klaar)
            return save(map_ / klaar.naam, klaar.pdf)

        def show(gemaakt: Path) -> None:
            self.melding.emit(f"Opgeslagen: {gemaakt.name}")

        self._vragen.ask("opslaan", write, show, self._show_fout)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)


def preview(naam: str, pdf: bytes, zin: str = "", gegevens: object = None) -> Klaarpapier:
    """De bladzijden van een pdf om te laten zien; op een achtergronddraad."""
    from frontoffice.documents.paginabeeld import pages

    return Klaarpapier(naam, pdf, tuple(pages(pdf, VOORBEELD_DPI)), zin, gegevens)
