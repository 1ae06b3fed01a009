"""Vragen aan de agenda op de achtergrond: een nieuwe vraag van dezelfde soort maakt de vorige ongeldig."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop
from ui.achtergrond import Achtergrond

T = TypeVar("T")


class Vragen:
    """Houdt per soort bij wat onderweg is. `klaar` en `mislukt` komen op de draad van het scherm.

    `meld` krijgt soort en fout van elke vraag zonder eigen `mislukt`, tenzij die vraag `stil` is.
    """

    def __init__(
        self, achtergrond: Achtergrond, meld: Callable[[str, KifFout], object] | None = None
    ) -> None:
        self._achtergrond, self._meld = achtergrond, meld
        self._stoppen: dict[str, Stop] = {}

    def ask(
        self,
        soort: str,
        werk: Callable[[Stop], T],
        klaar: Callable[[T], None],
        mislukt: Callable[[KifFout], None] | None = None,
        *,
        stil: bool = False,
    ) -> None:
        """Stel de vraag; een laat antwoord op de vorige van deze soort valt weg."""
        self.cancel(soort)
        stop = self._stoppen[soort] = Stop()

        def done(waarde: T) -> None:
            self._forget(soort, stop)
            klaar(waarde)

        def fail(fout: KifFout) -> None:
            self._forget(soort, stop)
            if mislukt is not None:
                mislukt(fout)
            elif self._meld is not None and not stil:
                self._meld(soort, fout)

        self._achtergrond.start(werk, done, fail, stop)

    def is_onderweg(self, *soorten: str) -> bool:
        return any(soort in self._stoppen for soort in soorten)

    def cancel(self, soort: str) -> None:
        oud = self._stoppen.pop(soort, None)
        if oud is not None:
            oud.set()

    def cancel_alles(self) -> None:
        for soort in list(self._stoppen):
            self.cancel(soort)

    def _forget(self, soort: str, stop: Stop) -> None:
        if self._stoppen.get(soort) is stop:
            del self._stoppen[soort]
