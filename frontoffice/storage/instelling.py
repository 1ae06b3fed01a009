"""Waar een database staat en hoe erin te komen, als gewone waarden; laadt geen driver.

De samenstelling vult dit in uit het profiel of uit --database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PostgresInstelling:
    """Een gedeelde agenda. `wachtwoord` None = de server vraagt er geen (alleen op deze computer).

    `ca_bundel` None = de certificaten van het systeem, bij een sslmode die ze nakijkt.
    """

    host: str
    naam: str
    gebruiker: str = ""
    poort: int = 5432
    wachtwoord: Callable[[], str] | None = None
    sslmode: str = "verify-full"
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class SqliteInstelling:
    """Een versleuteld bestand op deze pc. `sleutel` geeft 64 hexadecimale tekens."""

    pad: Path
    sleutel: Callable[[], str]


Instelling = PostgresInstelling | SqliteInstelling
