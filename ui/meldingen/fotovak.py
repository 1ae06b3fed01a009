"""Foto's bij een nieuwe melding: kiezen of erop slepen, en weer weghalen. Kijkt elke foto meteen na."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.melding import MAX_FOTO, MEESTE_FOTOS
from frontoffice.services.meldingschrijven import check_foto
from ui.bouwstenen import Knop
from ui.klantbeeld.stukken import clear_layout
from ui.meldingen.fotobewaren import Foto, find_passend
from ui.tekst import KorteTekst, Tekst, announce
from ui.thema import Thema


class Fotovak(QWidget):
    """`gewijzigd` na elke foto erbij of eraf."""

    gewijzigd = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._fotos: list[tuple[str, bytes]] = []
        self._venster: QFileDialog | None = None
        self.kies = Knop("Foto kiezen…", self._choose)
        self._fout = Tekst(rol="fout")
        self._fout.hide()
        self._vlak = QWidget()
        self._lijst = QVBoxLayout(self._vlak)
        self._lijst.setContentsMargins(0, 0, 0, 0)
        self._lijst.setSpacing(Thema.afstand)
        kolom = QVBoxLayout(self)
        kolom.setContentsMargins(0, 0, 0, 0)
        kolom.setSpacing(Thema.afstand)
        for deel in (self.kies, self._vlak, self._fout):
            kolom.addWidget(deel)

    @property
    def fotos(self) -> tuple[bytes, ...]:
        return tuple(inhoud for _, inhoud in self._fotos)

    @property
    def met_namen(self) -> tuple[Foto, ...]:
        return tuple(self._fotos)

    def set_fotos(self, fotos: Iterable[Foto]) -> None:
        """Deze foto's, en geen andere; zonder `gewijzigd`."""
        self._fotos = list(fotos)
        self._fout.hide()
        self._show()

    def clear(self) -> None:
        self.set_fotos(())

    def add(self, pad: Path) -> None:
        """Zet deze foto erbij, of zeg waarom dat niet kan."""
        try:
            if len(self._fotos) >= MEESTE_FOTOS:
                raise InvoerFout(f"Er kunnen hoogstens {MEESTE_FOTOS} foto's bij.", code="foto")
            if pad.stat().st_size > MAX_FOTO:
                raise InvoerFout(f"Deze foto is groter dan {MAX_FOTO // 1024 // 1024} MB.", code="foto")
            inhoud = pad.read_bytes()
            check_foto(inhoud)
        except OSError:
            self._say("Dit bestand is niet te lezen. Kies een ander.")
            return
        except InvoerFout as fout:
            self._say(fout.uitleg)
            return
        self._fout.hide()
        self._fotos.append((pad.name, inhoud))
        self._show()
        if len(find_passend(self._fotos)) < len(self._fotos):
            self._say("Deze foto gaat mee, maar blijft niet bewaard als het programma stopt.")
        self.gewijzigd.emit()

    def _say(self, zin: str) -> None:
        self._fout.setText(zin)
        self._fout.show()
        announce(self, zin)

    def _choose(self) -> None:
        """Een los venster: het gesprek gaat gewoon door."""
        venster = self._venster = QFileDialog(self, "Foto kiezen")
        venster.setFileMode(QFileDialog.FileMode.ExistingFiles)
        venster.setNameFilter("Foto's (*.jpg *.jpeg *.png *.gif)")
        venster.setModal(False)
        venster.filesSelected.connect(self._add_alle)
        venster.show()

    def _add_alle(self, paden: list[str]) -> None:
        for pad in paden:
            self.add(Path(pad))

    def _show(self) -> None:
        clear_layout(self._lijst)
        for plek, (naam, inhoud) in enumerate(self._fotos):
            regel = QWidget()
            rij = QHBoxLayout(regel)
            rij.setContentsMargins(0, 0, 0, 0)
            rij.addWidget(KorteTekst(f"{naam} ({max(len(inhoud) // 1024, 1)} kB)"), 1)
            weg = f"Foto {plek + 1} weghalen"
            rij.addWidget(Knop("Weghalen", lambda plek=plek: self._remove(plek), soort="stil", naam=weg))  # type: ignore[misc]  # lambda in lus
            self._lijst.addWidget(regel)
        self._vlak.setVisible(bool(self._fotos))

    def _remove(self, plek: int) -> None:
        del self._fotos[plek]
        self._show()
        self.kies.setFocus()
        self.gewijzigd.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add(Path(url.toLocalFile()))
        event.acceptProposedAction()
