"""Zet de melding die nog niet af is op schijf terwijl men typt, één stand tegelijk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.registratiepoort import Winkel
from ui.achtergrond import Achtergrond
from ui.meldingen.concept import Meldingconcept, format_concept, read_concept
from ui.meldingen.fotobewaren import Foto, format_fotos, read_fotos

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
        self._fotoplek = f"melding_fotos:{eigenaar}"
        self._fotos: tuple[str, tuple[Foto, ...]] | None = None
        self._bewaart_fotos = False
        self._einde = Stop()
        self._stand = ""
        self._bewaart = False
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.setInterval(_BEWAAR_MS)
        self._wekker.timeout.connect(self._save)

    @property
    def is_bezig(self) -> bool:
        return self._bewaart or self._bewaart_fotos or self._fotos is not None

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

    def recall(self) -> tuple[str, tuple[Foto, ...]]:
        """Wat er nog stond, met de foto's; wat intussen al in de outbox staat, niet nog eens. Buiten de
        schermdraad."""
        winkel = self._winkel()
        tekst = winkel.recall(self._plek)
        concept = read_concept(tekst) if tekst else None
        fotos = winkel.recall(self._fotoplek)
        gemaakt = concept is not None and any(
            rij.opdracht.uuid == concept.sleutel for rij in winkel.load_verzendingen()
        )
        if concept is None or gemaakt:
            if tekst or fotos:
                self.forget()
            return "", ()
        return tekst, read_fotos(fotos, concept.sleutel) if fotos else ()

    def forget(self) -> None:
        """De melding is gemaakt. Buiten de schermdraad."""
        winkel = self._winkel()
        winkel.remember(self._plek, "")
        winkel.remember(self._fotoplek, "")

    def keep_fotos(self, sleutel: str, fotos: tuple[Foto, ...]) -> None:
        """Bewaar deze foto's bij de melding met deze sleutel, in plaats van wat er stond."""
        self._fotos = (sleutel, fotos)
        self._save_fotos()

    def _save_fotos(self) -> None:
        if self._bewaart_fotos or self._fotos is None:
            return
        (sleutel, fotos), self._fotos = self._fotos, None
        self._bewaart_fotos = True
        winkel, plek = self._winkel, self._fotoplek

        def klaar(_: None) -> None:
            self._bewaart_fotos = False
            self._save_fotos()

        def mislukt(fout: KifFout) -> None:
            self._bewaart_fotos = False
            self.mislukt.emit(fout)

        self._achtergrond.start(
            lambda _: winkel().remember(plek, format_fotos(sleutel, fotos)), klaar, mislukt, self._einde
        )

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
