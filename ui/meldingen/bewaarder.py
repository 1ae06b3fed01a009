"""Zet de melding die nog niet af is op schijf terwijl men typt, één stand tegelijk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.registratiepoort import Winkel
from ui.achtergrond import Achtergrond
from ui.meldingen.concept import Meldingconcept, format_concept, read_concept

_BEWAAR_MS = 200
_LATER_MS = 5_000


class Meldingbewaarder(QObject):
    """`bewaard`: de laatste stand staat op schijf. `mislukt` (KifFout): het lukt nu niet; het gaat vanzelf
    door."""

    bewaard = Signal()
    mislukt = Signal(object)

    def __init__(
        self,
        winkel: Callable[[], Winkel],
        eigenaar: str,
        achtergrond: Achtergrond,
        concept: Callable[[], Meldingconcept],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._winkel, self._achtergrond, self._concept = winkel, achtergrond, concept
        self._plek = f"melding_concept:{eigenaar}"
        self._einde = Stop()
        self._stand = ""
        self._bewaart = False
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.setInterval(_BEWAAR_MS)
        self._wekker.timeout.connect(self._save)

    @property
    def is_bezig(self) -> bool:
        return self._bewaart

    def touch(self) -> None:
        """Er is iets veranderd: binnen een kwart seconde staat het op schijf."""
        if not self._wekker.isActive():
            self._wekker.start(_BEWAAR_MS)

    def pause(self) -> None:
        self._wekker.stop()

    def flush(self) -> None:
        """Het venster sluit: zet op schijf wat er nog niet stond."""
        if self._wekker.isActive():
            self._wekker.stop()
            self._save()

    def note_stand(self, tekst: str) -> None:
        """Dit staat er al op schijf."""
        self._stand = tekst

    def recall(self) -> str:
        """Wat er nog stond; wat intussen al in de outbox staat, niet nog eens. Buiten de schermdraad."""
        winkel = self._winkel()
        tekst = winkel.recall(self._plek)
        concept = read_concept(tekst) if tekst else None
        if concept is not None and any(
            rij.opdracht.uuid == concept.sleutel for rij in winkel.load_verzendingen()
        ):
            self.forget()
            return ""
        return tekst

    def forget(self) -> None:
        """De melding is gemaakt. Buiten de schermdraad."""
        self._winkel().remember(self._plek, "")

    def _save(self) -> None:
        """Eén tegelijk, zodat een oudere stand nooit over een nieuwere komt."""
        tekst = format_concept(self._concept())
        if self._bewaart:
            self._wekker.start(_BEWAAR_MS)
            return
        if tekst == self._stand:
            return
        self._bewaart = True
        winkel, plek = self._winkel, self._plek

        def klaar(_: None) -> None:
            self._bewaart, self._stand = False, tekst
            self.bewaard.emit()

        def mislukt(fout: KifFout) -> None:
            self._bewaart = False
            self.mislukt.emit(fout)
            self._wekker.start(_LATER_MS)

        self._achtergrond.start(lambda _: winkel().remember(plek, tekst), klaar, mislukt, self._einde)
