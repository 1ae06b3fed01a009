"""Een verbinding die haar fouten vertaalt: elke vraag geeft rijen, of een AgendaFout zonder waarden erin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Row, exc

from frontoffice.agendapoort import AgendaFout
from frontoffice.storage.fouten import Fase, translate

T = TypeVar("T")
Waarden = dict[str, Any] | Sequence[dict[str, Any]] | None


def connect(engine: Engine, fase: Fase) -> Connection:
    """Een verbinding uit de groep. Raises AgendaFout."""
    try:
        return engine.connect()
    except (exc.DBAPIError, exc.TimeoutError) as fout:
        vertaald = translate(fout, fase)
    raise vertaald


class Lijn:
    """`fout` is de eerste fout; daarna is de transactie niet meer te gebruiken."""

    def __init__(self, verbinding: Connection, fase: Fase) -> None:
        self.verbinding = verbinding
        self.fase = fase
        self.fout: AgendaFout | None = None

    def begin(self) -> None:
        self._probeer(self.verbinding.begin)

    def rijen(self, vraag: Executable, waarden: Waarden = None) -> Sequence[Row[Any]]:
        return self._probeer(lambda: self.verbinding.execute(vraag, waarden).all())

    def rij(self, vraag: Executable) -> Row[Any] | None:
        rijen = self.rijen(vraag)
        return rijen[0] if rijen else None

    def run(self, opdracht: Executable, waarden: Waarden = None) -> int:
        """Voer uit; geeft het aantal geraakte rijen."""
        return self._probeer(lambda: int(self.verbinding.execute(opdracht, waarden).rowcount))

    def commit(self) -> None:
        """Leg vast. Bij een AgendaOnbereikbaar is niet bekend of dat is gelukt."""
        self.fase = Fase.VASTLEGGEN
        self._probeer(self.verbinding.commit)

    def _probeer(self, werk: Callable[[], T]) -> T:
        try:
            return werk()
        except (exc.DBAPIError, exc.TimeoutError) as fout:
            self.fout = vertaald = translate(fout, self.fase)
        # Buiten het except-blok: de fout van de database, met haar waarden, gaat ook niet als oorzaak mee.
        raise vertaald
