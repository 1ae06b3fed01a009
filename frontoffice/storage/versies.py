"""Welke schemaversies er zijn, en wat we zeggen van een die nieuwer is. Laadt geen databaselaag."""

from __future__ import annotations

from enum import StrEnum

from frontoffice.agendapoort import SchemaTeNieuw


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


_VERSIES = {
    Geschiedenis.AGENDA: ("0001", "0002", "0003", "0004", "0005", "0006"),
    Geschiedenis.WERKPLEK: ("0001", "0002", "0003", "0004"),
}


def te_nieuw(geschiedenis: Geschiedenis) -> SchemaTeNieuw:
    """De fout bij een schema dat deze versie van het programma niet kent."""
    if geschiedenis is Geschiedenis.AGENDA:
        return SchemaTeNieuw(
            "De agenda is van een nieuwere versie van Klant in Focus. "
            "Werk het programma op deze werkplek bij."
        )
    return SchemaTeNieuw(
        "De gegevens op deze werkplek zijn van een nieuwere versie van Klant in Focus. "
        "Werk het programma bij."
    )
