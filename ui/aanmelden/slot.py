"""Het slot op een afgedekt scherm: dezelfde code als bij het aanmelden, van wie er nu werkt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond

if TYPE_CHECKING:
    from frontoffice.services.aanmelden import Aanmelddienst, Werkt


class Accountslot(QObject):
    """Hoort bij één medewerker in één venster; `verlaten`: iemand anders wil werken."""

    verlaten = Signal()

    def __init__(
        self, dienst: Aanmelddienst, wie: Werkt, achtergrond: Achtergrond, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._dienst, self._wie, self._achtergrond = dienst, wie, achtergrond
        self._stop = Stop()

    @property
    def naam(self) -> str:
        return self._wie.naam

    def check(self, code: str, goed: Callable[[], None], fout: Callable[[str], None]) -> None:
        dienst, wie = self._dienst, self._wie.identificatie
        self._achtergrond.start(
            lambda _: dienst.unlock(wie, code), lambda _: goed(), lambda reden: fout(reden.uitleg), self._stop
        )

    def leave(self) -> None:
        """Een code die nog wordt nagekeken, doet niets meer."""
        self._stop.set()
        self.verlaten.emit()
