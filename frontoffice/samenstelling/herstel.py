"""Herstelt de gegevens van deze werkplek terwijl het programma draait; diensten gaan daarna opnieuw open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from frontoffice.registratiepoort import Herstelstand
from frontoffice.samenstelling.werkplek import Werkplekopslag


class Winkelherstel:
    """Port `Herstel`. `vergeet` laat de diensten los die de oude winkel nog vasthouden."""

    def __init__(self, opslag: Werkplekopslag, vergeet: Callable[[], object]) -> None:
        self._opslag, self._vergeet = opslag, vergeet

    def load_stand(self) -> Herstelstand | None:
        with self._daarna():
            return self._opslag.load_herstelstand()

    def restore_backup(self, naam: str) -> None:
        with self._daarna():
            self._opslag.restore_backup(naam)

    def start_leeg(self) -> None:
        with self._daarna():
            self._opslag.start_leeg()

    def work_zitting(self) -> None:
        with self._daarna():
            self._opslag.work_zitting()

    @contextmanager
    def _daarna(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._vergeet()
