"""Documenten opslaan, met voortgang en afbreken. Opent nooit zelf een bestand: alleen, op verzoek, de map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from frontoffice.domain.fouten import KifFout
from frontoffice.domain.taal import dag_van
from frontoffice.domain.waarden import Datum
from frontoffice.domain.zaak import ZaakDocument
from frontoffice.ports import Stop
from ui.bewaren import downloads
from ui.bouwstenen import Knop
from ui.klantbeeld.iconen import Iconen
from ui.klantbeeld.lader import Voortgang
from ui.klantbeeld.toestand import Beeldje
from ui.tekst import Tekst, announce, letterlijk
from ui.thema import Thema, set_stijl

_VERVERS_MS = 100
_FORMATEN = {
    "text/plain": "tekst",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.oasis.opendocument.text": "odt",
}


class Bewaarder(Protocol):
    """Wie een document kan bewaren; de lader van het klantscherm doet dit."""

    def save_document(
        self,
        document: ZaakDocument,
        doel: Path,
        voortgang: Voortgang,
        klaar: Callable[[Path], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None: ...

    def child_stop(self) -> Stop: ...


class Bewaarmap:
    """De map waarin documenten komen: de laatst gekozen map van deze keer, anders Downloads."""

    def __init__(self) -> None:
        self.map = downloads()

    def set_map(self, gekozen: str) -> None:
        if gekozen:
            self.map = Path(gekozen)

    def ready(self) -> Path:
        """De map, zo nodig eerst gemaakt: anders zou het document zelf "Downloads" gaan heten."""
        try:
            self.map.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.map = Path.home()
        return self.map


def omvang_in_woorden(omvang: int | None) -> str:
    """ "12 kB" of "3,4 MB"; leeg als de omvang onbekend is."""
    if omvang is None:
        return ""
    if omvang < 1_000_000:
        return f"{max(1, round(omvang / 1000))} kB"
    return f"{omvang / 1_000_000:.1f} MB".replace(".", ",")


def formaat_in_woorden(formaat: str) -> str:
    """ "application/pdf" is gewoon "pdf"; een onbekend formaat blijft zoals het register het geeft."""
    soort = formaat.strip().lower()
    if soort in _FORMATEN:
        return _FORMATEN[soort]
    begin, _, eind = soort.partition("/")
    return eind if begin in ("application", "image") and eind.isalnum() else formaat


class Documentregel(QWidget):
    """Eén document: titel, wat het is, Opslaan, en tijdens het opslaan voortgang met Afbreken."""

    melding = Signal(str)

    def __init__(
        self, document: ZaakDocument, bewaarder: Bewaarder, bewaarmap: Bewaarmap, iconen: Iconen
    ) -> None:
        super().__init__()
        self._document, self._bewaarder, self._bewaarmap = document, bewaarder, bewaarmap
        self._stop: Stop | None = None
        self._voortgang = Voortgang()
        self._pad: Path | None = None
        titel = letterlijk(document.titel, 300, een_regel=True) or "Document"
        self._opslaan = Knop("Opslaan", self.save, naam=f"Opslaan: {titel}")
        self._balk = QProgressBar()
        self._balk.setTextVisible(False)
        self._balk.setAccessibleName(f"Voortgang van {titel}")
        self._afbreken = Knop("Afbreken", self.cancel, naam=f"Afbreken: {titel}")
        self._map_openen = Knop("Map openen", self._open_map, soort="stil", naam=f"Map openen van {titel}")
        self._stand = Tekst(rol="klein")
        bij = (
            Datum.van(dag_van(document.registratiedatum)).weergave if document.registratiedatum else "",
            letterlijk(formaat_in_woorden(document.formaat), 80, een_regel=True),
            omvang_in_woorden(document.omvang),
        )
        tekst = QVBoxLayout()
        tekst.setSpacing(0)
        tekst.addWidget(Tekst(titel))
        tekst.addWidget(Tekst(" · ".join(deel for deel in bij if deel), rol="klein"))
        boven = QHBoxLayout()
        boven.setSpacing(2 * Thema.afstand)
        boven.addWidget(Beeldje(iconen, "document"), 0, Qt.AlignmentFlag.AlignTop)
        boven.addLayout(tekst, 1)
        for knop in (self._afbreken, self._opslaan):
            boven.addWidget(knop, 0, Qt.AlignmentFlag.AlignTop)
        onder = QHBoxLayout()
        onder.addWidget(self._stand, 1)
        onder.addWidget(self._map_openen)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, Thema.afstand, 0, Thema.afstand)
        kolom.setSpacing(0)
        kolom.addLayout(boven)
        kolom.addWidget(self._balk)
        kolom.addLayout(onder)
        self._klok = QTimer(self)
        self._klok.setInterval(_VERVERS_MS)
        self._klok.timeout.connect(self._show_voortgang)
        self._show_bezig(False)
        self._map_openen.hide()

    def save(self) -> None:
        """Bewaar in de gekozen map; kan met Afbreken worden gestopt."""
        if self._stop is not None:
            return
        self._stop = self._bewaarder.child_stop()
        self._voortgang = Voortgang()
        self._set_stand("", "klein")
        self._map_openen.hide()
        self._show_bezig(True)
        self._bewaarder.save_document(
            self._document, self._bewaarmap.ready(), self._voortgang, self._saved, self._failed, self._stop
        )

    def cancel(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._show_bezig(False)
            self._set_stand("Afgebroken. Er is niets bewaard.", "klein")

    def _saved(self, pad: Path) -> None:
        self._stop = None
        self._show_bezig(False)
        self._pad = pad
        zin = f"Bewaard als {pad.name} in {pad.parent.name or pad.parent}."
        self._set_stand(zin, "goed")
        self._map_openen.show()
        self.melding.emit("Document bewaard.")

    def _failed(self, fout: KifFout) -> None:
        self._stop = None
        self._show_bezig(False)
        self._set_stand(f"Niet bewaard. {fout.uitleg}", "fout")

    def _set_stand(self, zin: str, rol: str) -> None:
        set_stijl(self._stand, "rol", rol)
        self._stand.setText(zin)
        self._stand.setVisible(bool(zin))
        announce(self, zin)

    def _show_bezig(self, is_bezig: bool) -> None:
        had_focus = self._opslaan.hasFocus() or self._afbreken.hasFocus()
        self._balk.setVisible(is_bezig)
        self._balk.setRange(0, 0)
        self._afbreken.setVisible(is_bezig)
        self._opslaan.setVisible(not is_bezig)
        if had_focus:
            (self._afbreken if is_bezig else self._opslaan).setFocus()
        if is_bezig:
            self._klok.start()
        else:
            self._klok.stop()

    def _show_voortgang(self) -> None:
        gelezen, totaal = self._voortgang.stand
        if totaal:
            self._balk.setRange(0, 1000)
            self._balk.setValue(min(1000, gelezen * 1000 // totaal))

    def _open_map(self) -> None:
        if self._pad is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._pad.parent)))


class Documentenlijst(QWidget):
    """De documenten van een zaak, met de map waarin ze komen."""

    melding = Signal(str)

    def __init__(
        self, documenten: tuple[ZaakDocument, ...], bewaarder: Bewaarder, bewaarmap: Bewaarmap, iconen: Iconen
    ) -> None:
        super().__init__()
        self._bewaarmap = bewaarmap
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(0)
        self.regels = [Documentregel(document, bewaarder, bewaarmap, iconen) for document in documenten]
        for regel in self.regels:
            regel.melding.connect(self.melding)
            kolom.addWidget(regel)
        onder = QHBoxLayout()
        self._waar = Tekst(rol="klein")
        onder.addWidget(self._waar, 1)
        onder.addWidget(Knop("Andere map…", self._choose_map, soort="stil", naam="Andere map kiezen"))
        kolom.addLayout(onder)
        self._show_map()

    def _choose_map(self) -> None:
        kiezer = QFileDialog(self.window(), "Map kiezen", str(self._bewaarmap.map))
        kiezer.setFileMode(QFileDialog.FileMode.Directory)
        kiezer.setOption(QFileDialog.Option.ShowDirsOnly)
        kiezer.fileSelected.connect(self._set_map)
        kiezer.finished.connect(kiezer.deleteLater)
        kiezer.show()

    def _set_map(self, gekozen: str) -> None:
        self._bewaarmap.set_map(gekozen)
        self._show_map()

    def _show_map(self) -> None:
        self._waar.setText(f"Documenten komen in: {self._bewaarmap.map.name or self._bewaarmap.map}")
