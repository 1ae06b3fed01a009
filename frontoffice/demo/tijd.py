"""Tijden zoals Django ze leest en schrijft: UTC met Z, en zonder zone is het UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def read_moment(tekst: str) -> datetime | None:
    """Een tijd in ISO 8601, of een dag; None als het dat niet is."""
    try:
        tijd = datetime.fromisoformat(tekst.strip())
        return (tijd if tijd.tzinfo else tijd.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def format_moment(tijd: datetime) -> str:
    """2026-11-20T09:15:00.123456Z; zonder microseconden als die nul zijn."""
    return tijd.astimezone(UTC).isoformat().replace("+00:00", "Z")
