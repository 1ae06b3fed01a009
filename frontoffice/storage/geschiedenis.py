"""Welke schemaversies er zijn, per database. Laadt geen driver en geen SQLAlchemy."""

from __future__ import annotations

from enum import StrEnum


class Geschiedenis(StrEnum):
    """De naam is ook die van de map met migraties."""

    AGENDA = "agenda"
    WERKPLEK = "werkplek"

    @property
    def versies(self) -> tuple[str, ...]:
        """Elke schemaversie, oudste eerst; een test vergelijkt dit met de map."""
        return _VERSIES[self]

    @property
    def tabel(self) -> str:
        """Waar de versie staat; een eigen naam, want een database kan van meer programma's zijn."""
        return f"kif_schema_{self.value}"


_VERSIES = {Geschiedenis.AGENDA: ("0001",), Geschiedenis.WERKPLEK: ("0001", "0002")}
