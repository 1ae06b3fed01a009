"""De brief bekijken, afdrukken of bewaren; wat op het scherm staat is wat er op papier komt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond
from ui.afdrukken import AFDRUK_DPI, print_bladen, to_image
from ui.afspraak.adresvak import AdresVak
from ui.afspraak.dienst import Bron
from ui.afspraak.vragen import Vragen
from ui.bouwstenen import Knop, Lijn, Scrollvlak
from ui.klantbeeld.tabvolgorde import order_tabs
from ui.tekst import Plaatje, Tekst, announce
from ui.thema import Thema, set_stijl

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld
    from ui.afspraak.briefinhoud import Briefvraag, Klarebrief

_TALEN = (("Nederlands", "nl"), ("Duits – Deutsch", "de"), ("Engels – English", "en"))
_BREED = 300


class BriefScherm(QWidget):
    """Signalen: `gesloten` en `melding` (korte zin)."""

    gesloten = Signal()
    melding = Signal(str)

    def __init__(
        self, bron: Bron, achtergrond: Achtergrond, note: Callable[[str, Briefvraag], None] = lambda *_: None
    ) -> None:
        """`note` legt vast wat het programma uit gaat (zoals "brief_afgedrukt"), op een andere
        draad; lukt dat niet (KifFout), dan gebeurt het niet."""
        super().__init__()
        self._note = note
        self.setProperty("hulp", "afspraak")
        self.setAccessibleName("Brief")
        set_stijl(self, "soort", "venster")
        self._bron = bron
        self._vragen = Vragen(achtergrond)
        self._vraag: Briefvraag | None = None
        self._klaar: Klarebrief | None = None
        self._platen: list[Plaatje] = []
        self.groot = QCheckBox("Grote letters")
        self.taal = QComboBox()
        self.taal.setAccessibleName("Taal van de brief")
        for naam, code in _TALEN:
            self.taal.addItem(naam, code)
        self.adres = AdresVak()
        self.zin = Tekst(rol="gedempt")
        self.afdrukken = Knop("Afdrukken", self._print, soort="hoofd")
        self.opslaan = Knop("Opslaan bij Downloads", self._save, soort="groot")
        self.agendabestand = Knop(
            "Agendabestand opslaan",
            self._save_ics,
            soort="groot",
            uitleg="Een .ics-bestand dat de klant in de eigen agenda kan zetten.",
        )
        self.sluit = Knop("Sluiten (Esc)", self.gesloten.emit, soort="groot", naam="Brief sluiten")
        self._build()
        self.groot.toggled.connect(lambda _: self._change())
        self.taal.currentIndexChanged.connect(lambda _: self._change())
        self.adres.gewijzigd.connect(self._change)

    def _build(self) -> None:
        links = QFrame()
        set_stijl(links, "soort", "kaart")
        binnen = self._binnen = QWidget()
        keuzes = self._keuzes = Scrollvlak(binnen)
        keuzes.setFixedWidth(_BREED)
        om = QVBoxLayout(links)
        om.setContentsMargins(0, 0, 0, 0)
        om.addWidget(keuzes)
        kolom = QVBoxLayout(binnen)
        marge = 3 * Thema.afstand
        kolom.setContentsMargins(marge, marge, marge, marge)
        kolom.setSpacing(3 * Thema.afstand)
        kolom.addWidget(Tekst("Brief", rol="kop1"))
        for deel in (
            self.groot, self.taal, self.adres, self.zin,
            self.afdrukken, self.opslaan, self.agendabestand, self.sluit,
        ):  # fmt: skip
            kolom.addWidget(deel)
        kolom.addStretch(1)
        self._vlak = QWidget()
        self._bladen = QVBoxLayout(self._vlak)
        self._bladen.setContentsMargins(marge, marge, marge, marge)
        self._bladen.setSpacing(marge)
        self._scroll = Scrollvlak(self._vlak)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("Voorbeeld van de brief")
        rij = QHBoxLayout(self)
        rij.setContentsMargins(0, 0, 0, 0)
        rij.setSpacing(0)
        rij.addWidget(links)
        rij.addWidget(Lijn(staand=True))
        rij.addWidget(self._scroll, 1)
        order_tabs((links, self._scroll))

    def open(self, vraag: Briefvraag) -> None:
        """Maak deze brief; grote letters als de klant daarom vroeg."""
        for widget in (self.groot, self.taal):
            widget.blockSignals(True)
        self.groot.setChecked(vraag.groot)
        self.taal.setCurrentIndex(max(0, self.taal.findData(vraag.taal)))
        for widget in (self.groot, self.taal):
            widget.blockSignals(False)
        self.adres.clear()
        self._vraag = vraag
        self._load()
        self.afdrukken.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Niets van deze klant blijft staan."""
        self._vragen.cancel_alles()
        self._vraag = self._klaar = None
        self.adres.clear()
        for plaat in self._platen:
            plaat.clear()
            plaat.hide()

    # --- intern -------------------------------------------------------------------------------------------

    def _change(self) -> None:
        if self._vraag is not None:
            self._vraag = replace(
                self._vraag,
                groot=self.groot.isChecked(),
                taal=str(self.taal.currentData()),
                adres=self.adres.regels,
            )
            self._load()

    def _load(self) -> None:
        vraag, bron = self._vraag, self._bron
        if vraag is None:
            return
        self._klaar = None
        self._say("Brief maken…")

        def make(_: Stop) -> Klarebrief:
            from ui.afspraak.briefinhoud import load_brief  # reportlab laadt pas als er een brief komt

            return load_brief(bron(), vraag)

        self._vragen.ask("brief", make, self._show, self._show_fout)

    def _show(self, klaar: Klarebrief) -> None:
        self._klaar = klaar
        self.adres.show_adres(klaar.adres)
        self._fit_keuzes()
        for nummer, blad in enumerate(klaar.bladzijden):
            if nummer == len(self._platen):
                self._platen.append(Plaatje())
                self._bladen.addWidget(self._platen[nummer], 0, Qt.AlignmentFlag.AlignHCenter)
            self._platen[nummer].setPixmap(QPixmap.fromImage(to_image(blad)))
            self._platen[nummer].show()
        for plaat in self._platen[len(klaar.bladzijden) :]:
            plaat.hide()
        aantal = len(klaar.bladzijden)
        bladen = "1 bladzijde" if aantal == 1 else f"{aantal} bladzijden"
        self._say(f"{bladen}. {klaar.brief.waarschuwing}".strip())

    def _show_fout(self, fout: KifFout) -> None:
        for plaat in self._platen:
            plaat.hide()
        self._say(fout.uitleg, fout=True)

    def _say(self, zin: str, *, fout: bool = False) -> None:
        self.zin.set_rol("fout" if fout else "gedempt")
        self.zin.setText(zin)
        announce(self.zin, zin)

    def _save(self) -> None:
        klaar, vraag = self._klaar, self._vraag
        if klaar is None or vraag is None:
            return
        map_ = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        pad, inhoud = Path(map_) / klaar.brief.bestandsnaam, klaar.brief.pdf

        def write(_: Stop) -> Path:
            from frontoffice.documents.bestand import save

            self._note("brief_bewaard", vraag)
            return save(pad, inhoud)

        def show(gemaakt: Path) -> None:
            self.melding.emit(f"Opgeslagen: {gemaakt.name}")

        self._vragen.ask("opslaan", write, show, self._show_fout)

    def _save_ics(self) -> None:
        vraag, bron = self._vraag, self._bron
        if vraag is None:
            return
        map_ = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)

        def write(_: Stop) -> Path:
            from frontoffice.documents.bestand import save
            from ui.afspraak.briefinhoud import load_ics

            bestand = load_ics(bron(), vraag)
            self._note("agendabestand_bewaard", vraag)
            return save(Path(map_) / bestand.naam, bestand.inhoud)

        def show(gemaakt: Path) -> None:
            self.melding.emit(f"Opgeslagen: {gemaakt.name}")

        self._vragen.ask("agendabestand", write, show, self._show_fout)

    def _print(self) -> None:
        klaar, vraag = self._klaar, self._vraag
        if klaar is None or vraag is None:
            return
        pdf = klaar.brief.pdf

        def render(_: Stop) -> tuple[Paginabeeld, ...]:
            from frontoffice.documents.paginabeeld import pages

            self._note("brief_afgedrukt", vraag)
            return tuple(pages(pdf, AFDRUK_DPI))

        self._vragen.ask("afdrukken", render, self._send_naar_printer, self._show_fout)

    def _send_naar_printer(self, bladen: tuple[Paginabeeld, ...]) -> None:
        fout = print_bladen(bladen)
        if fout:
            self._say(fout, fout=True)
            return
        self.melding.emit("De brief is naar de printer.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_keuzes()

    def _fit_keuzes(self) -> None:
        """Breed genoeg voor het langste vinkje, ook als de letters groter staan; de brief houdt de helft."""
        nodig = self._binnen.minimumSizeHint().width() + 4 * Thema.afstand
        self._keuzes.setFixedWidth(max(_BREED, min(nodig, self.width() // 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.gesloten.emit()
        else:
            super().keyPressEvent(event)
