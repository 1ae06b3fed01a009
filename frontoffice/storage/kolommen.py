"""Kolomsoorten die op PostgreSQL en SQLite hetzelfde doen: tekst, moment en JSON. Kent geen tabellen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from frontoffice.storage.ruw import schoon


class Tekst(TypeDecorator[str]):
    """Tekst zonder onbewaarbare tekens. Anders weigert de driver haar, met de tekst in de fout."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else schoon(value)


class Zoektekst(TypeDecorator[str]):
    """Tekst op volgorde van de tekens zelf, wat de taal van de server ook is: zo dient een index ook om op
    het begin van een woord te zoeken."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text(collation="C") if dialect.name == "postgresql" else Text()


class Moment(TypeDecorator[datetime]):
    """Een moment in UTC met zone. SQLite kent geen zones: daar staat de kale UTC-tijd."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("een moment zonder zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
