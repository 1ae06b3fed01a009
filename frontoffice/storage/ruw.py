"""Wat een database zonder vertaling geeft, als gewone waarde, en andersom. Laadt geen databaselaag."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

_ONBEWAARBAAR = re.compile("[\x00\ud800-\udfff]")


def schoon(tekst: str) -> str:
    """Vervang wat een database niet kan bewaren (NUL, halve surrogaten) door het vervangteken."""
    return tekst if tekst.isascii() and "\x00" not in tekst else _ONBEWAARBAAR.sub("\ufffd", tekst)


def to_moment(ruw: Any) -> datetime:
    """Een moment in UTC met zone: SQLite geeft tekst zonder zone, PostgreSQL een moment."""
    moment = datetime.fromisoformat(ruw) if isinstance(ruw, str) else ruw
    assert isinstance(moment, datetime)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
