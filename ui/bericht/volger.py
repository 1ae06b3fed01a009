"""Laat klaargezette berichten meteen weggaan, en vraagt daarna hoe zij aankwamen. Toont niets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond

if TYPE_CHECKING:
    from frontoffice.domain.registratie import Verzending
    from ui.bericht.dienst import Berichten
    from ui.contact.gesprekken import Gesprekken

_EERST_MS, _SNEL_MS, _TRAAG_MS, _RUST_MS = 20_000, 5_000, 120_000, 900_000
_SNEL_AANTAL = 12


class Berichtvolger(QObject):
    """Kijkt vaak zolang er net iets is verstuurd, en daarna af en toe: een bericht kan lang onderweg zijn, en
    een herinnering hoort op tijd klaar te staan."""

    _nieuw = Signal()

    def __init__(
        self, berichten: Berichten, gesprekken: Gesprekken, achtergrond: Achtergrond, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._berichten, self._achtergrond = berichten, achtergrond
        self._stop = Stop()
        self._bezig = False
        self._keren = 0
        self._wekker = QTimer(self)
        self._wekker.setSingleShot(True)
        self._wekker.timeout.connect(self._look)
        if not berichten.aangesloten:
            return
        # Klaarzetten gebeurt op een andere draad: het signaal brengt het naar die van het scherm.
        self._nieuw.connect(gesprekken.send)
        berichten.on_nieuw(self._nieuw.emit)
        gesprekken.verzonden.connect(self._follow)
        self._wekker.start(_EERST_MS)

    def close(self) -> None:
        self._stop.set()
        self._wekker.stop()

    def _follow(self, verzending: Verzending) -> None:
        if verzending.opdracht.soort == "bericht" and verzending.is_klaar:
            self._keren = 0
            self._wekker.start(_SNEL_MS)

    def _look(self) -> None:
        if self._bezig or self._stop.is_gezet:
            return
        self._bezig = True
        self._achtergrond.start(self._berichten.follow, self._again, lambda _: self._again(1), self._stop)

    def _again(self, onderweg: int) -> None:
        self._bezig = False
        self._keren += 1
        if self._stop.is_gezet:
            return
        if not onderweg:
            self._wekker.start(_RUST_MS)
        else:
            self._wekker.start(_SNEL_MS if self._keren < _SNEL_AANTAL else _TRAAG_MS)
