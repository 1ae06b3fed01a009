"""Eén rij voor alles wat naar de winkel schrijft: nooit twee tegelijk, en altijd op volgorde.

Elke toetsaanslag staat binnen een kwart seconde op schijf, ook terwijl het typen doorgaat.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.domain.concept import Concept
from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from frontoffice.services.contacten import Contactdiensten
from ui.achtergrond import Achtergrond

Bron = Callable[[], Contactdiensten]
TIK_MS = 120
"""Zo lang na een toetsaanslag begint het bewaren; de volgende aanslag stelt dat niet uit."""
OPNIEUW_MS = 1000
_SLUIT_MS = 2000


class Bewaarlijn(QObject):
    """Signalen: `bewaard` (aantal concepten), `mislukt` (KifFout): het wordt vanzelf opnieuw geprobeerd, en
    `stand` (wat nu over het bewaren te weten is, en wat daarvan altijd zo is)."""

    bewaard = Signal(int)
    stand = Signal(str, str)
    mislukt = Signal(object)

    def __init__(self, achtergrond: Achtergrond, bron: Bron, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._achtergrond = achtergrond
        self._bron = bron
        self._vuil: dict[str, Concept] = {}
        self._rij: deque[tuple[Callable[[], Any], Callable[[Any], None], Callable[[KifFout], None]]] = deque()
        self._bezig = False
        self._stop = Stop()
        self._tik = QTimer(self)
        self._tik.setSingleShot(True)
        self._tik.timeout.connect(self._next)

    @property
    def is_bij(self) -> bool:
        """Staat alles op schijf?"""
        return not (self._vuil or self._rij or self._bezig)

    def save(self, concept: Concept) -> None:
        """Bewaar dit concept binnenkort; alleen de nieuwste stand telt."""
        self._vuil[concept.uuid] = concept
        if not self._tik.isActive():
            self._tik.start(TIK_MS)

    def forget(self, uuid: str) -> None:
        """Dit concept hoeft niet meer: het is afgerond of weggegooid."""
        self._vuil.pop(uuid, None)

    def flush(self) -> None:
        """Begin nu met bewaren."""
        if self._vuil:
            self._tik.stop()
            self._next()

    def do(
        self,
        werk: Callable[[Contactdiensten], Any],
        klaar: Callable[[Any], None],
        mislukt: Callable[[KifFout], None],
    ) -> None:
        """Doe iets met de winkel, na alles wat al in de rij staat."""
        bron = self._bron
        self._rij.append((lambda: werk(bron()), klaar, mislukt))
        self._next()

    def finish(self) -> None:
        """Het venster sluit: bewaar wat er nog is, op deze draad, en wacht op wat al loopt.

        De enige keer dat het scherm op de schijf wacht; het is dan al weg.
        """
        self._tik.stop()
        self._stop.set()
        if not self._vuil:
            return
        try:
            registreren = self._bron().registreren
            for concept in self._vuil.values():
                registreren.save(concept)
        except KifFout as fout:
            self.mislukt.emit(fout)
        self._vuil.clear()

    def _next(self) -> None:
        """Start het volgende werk als er niets loopt: eerst wat gevraagd is, dan de concepten."""
        if self._bezig or self._stop.is_gezet:
            return
        if self._vuil:
            self._save_nu()
        elif self._rij:
            werk, klaar, mislukt = self._rij.popleft()
            self._run(werk, klaar, mislukt)

    def _save_nu(self) -> None:
        concepten, self._vuil = dict(self._vuil), {}
        bron = self._bron

        def werk() -> int:
            registreren = bron().registreren
            for concept in concepten.values():
                registreren.save(concept)
            return len(concepten)

        def mislukt(fout: KifFout) -> None:
            # Wat intussen is getypt, is nieuwer en wint.
            self._vuil = concepten | self._vuil
            self._tik.start(OPNIEUW_MS)
            self.mislukt.emit(fout)

        self._run(werk, self.bewaard.emit, mislukt, door=False)

    def _run(
        self,
        werk: Callable[[], Any],
        klaar: Callable[[Any], None],
        mislukt: Callable[[KifFout], None],
        *,
        door: bool = True,
    ) -> None:
        self._bezig = True
        bron = self._bron

        def alles(_: Stop) -> tuple[Any, str, str]:
            waarde = werk()
            try:
                diensten = bron()
                return waarde, diensten.waarschuwing(), diensten.vast
            except KifFout:  # de winkel ging net dicht; wat gedaan is, is gedaan
                return waarde, "", ""

        def einde_goed(uitkomst: tuple[Any, str, str]) -> None:
            self._bezig = False
            waarde, *stand = uitkomst
            self.stand.emit(*stand)
            klaar(waarde)
            self._next()

        def einde_fout(fout: KifFout) -> None:
            self._bezig = False
            mislukt(fout)
            if door:
                self._next()
            elif self._rij:
                # Bewaren lukt niet: wat in de rij staat, krijgt wel zijn eigen antwoord.
                self._run(*self._rij.popleft())

        self._achtergrond.start(alles, einde_goed, einde_fout, self._stop)
