"""Een agenda zoals een eerdere uitgave van het programma haar achterliet, op elke database.

`uitgaven/agenda_<versie>.json` zijn de rijen die dat programma zelf schreef. Wie het schema verandert,
bewaart zo eerst een agenda van de uitgave ervoor; een bestand dat er staat, verandert niet meer.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from frontoffice.storage import schema
from frontoffice.storage.instelling import Instelling
from frontoffice.storage.schema import Geschiedenis
from frontoffice.storage.verbinding import SCHRIJFT, ZONDER_BEGIN, make_engine

UITGAVEN = Path(__file__).parent / "uitgaven"


def load_rijen(versie: str) -> dict[str, Any]:
    """Per tabel {"kolommen": [...], "rijen": [[...], ...]}."""
    gelezen: dict[str, Any] = json.loads((UITGAVEN / f"agenda_{versie}.json").read_text(encoding="utf-8"))
    return gelezen


def make_uitgave(instelling: Instelling, versie: str, *, met_rijen: bool = True) -> None:
    """Zet een lege database op het schema van `versie`, met wat er toen in stond."""
    engine = make_engine(instelling)
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(**{ZONDER_BEGIN: True}) as verbinding:
            verbinding.exec_driver_sql("PRAGMA journal_mode = WAL")
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        schema.upgrade(verbinding, Geschiedenis.AGENDA, versie)
        if met_rijen:
            _fill(verbinding, load_rijen(versie))
    engine.dispose()


def _fill(verbinding: sa.Connection, inhoud: dict[str, Any]) -> None:
    tabellen = sa.MetaData()
    tabellen.reflect(verbinding)
    verbinding.execute(tabellen.tables["kenmerk"].delete())
    for naam, deel in inhoud.items():
        tabel = tabellen.tables[naam]
        rijen = [
            {kolom: _waarde(tabel.c[kolom], w) for kolom, w in zip(deel["kolommen"], rij, strict=True)}
            for rij in deel["rijen"]
        ]
        if rijen:
            verbinding.execute(tabel.insert(), rijen)
    if verbinding.dialect.name == "postgresql":  # SQLite telt zelf door
        verbinding.execute(
            sa.text("SELECT setval('gebeurtenis_volgnummer_seq', (SELECT max(volgnummer) FROM gebeurtenis))")
        )


def _waarde(kolom: sa.Column[Any], waarde: Any) -> Any:
    if not isinstance(waarde, str):
        return waarde
    if isinstance(kolom.type, sa.DateTime):
        moment = datetime.fromisoformat(waarde)
        return moment if kolom.type.timezone else moment.replace(tzinfo=None)
    return date.fromisoformat(waarde) if isinstance(kolom.type, sa.Date) else waarde
