"""Brengt een database op het schema van dit programma: onder een slot, en alleen als de versie anders is.

Een nieuwer schema wordt geweigerd. Alembic laadt alleen als er iets te doen is.
"""

from __future__ import annotations

from importlib import resources

from sqlalchemy import Connection, Engine, exc, func, inspect, select, text

from frontoffice.agendapoort import AgendaFout
from frontoffice.storage.fouten import Fase, translate
from frontoffice.storage.verbinding import SCHRIJFT, ZONDER_BEGIN
from frontoffice.storage.versies import Geschiedenis, te_nieuw

# Een geldig getal voor pg_advisory_xact_lock(int4, int4): "KiF" met de geschiedenis erachter.
_MIGRATIESLOT = 0x4B6946
_WACHT_OP_MIGRATIE_MS = 60_000


def ensure_schema(engine: Engine, geschiedenis: Geschiedenis) -> bool:
    """Werk de database bij als dat nodig is; waar als er iets is gedaan.

    Raises SchemaTeNieuw bij een nieuwer schema, AgendaFout als het niet lukt.
    """
    try:
        return _ensure(engine, geschiedenis)
    except exc.DBAPIError as fout:
        vertaald = translate(fout, Fase.SCHRIJVEN)
    raise vertaald


def _ensure(engine: Engine, geschiedenis: Geschiedenis) -> bool:
    with engine.connect() as verbinding, verbinding.begin():
        if _is_bij(verbinding, geschiedenis):
            return False
    if engine.dialect.name == "sqlite":
        _set_wal(engine)
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        if engine.dialect.name == "postgresql":
            verbinding.execute(text(f"SET LOCAL lock_timeout = {_WACHT_OP_MIGRATIE_MS}"))
            verbinding.execute(text(f"SET LOCAL statement_timeout = {_WACHT_OP_MIGRATIE_MS}"))
            stil = f"SET LOCAL idle_in_transaction_session_timeout = {_WACHT_OP_MIGRATIE_MS}"
            verbinding.execute(text(stil))
            slot = list(Geschiedenis).index(geschiedenis) + 1
            verbinding.execute(select(func.pg_advisory_xact_lock(_MIGRATIESLOT, slot)))
        return ensure_binnen(verbinding, geschiedenis)


def ensure_binnen(verbinding: Connection, geschiedenis: Geschiedenis) -> bool:
    """Werk bij in de transactie van de aanroeper, die het slot al heeft; onwaar als een ander voor was."""
    if _is_bij(verbinding, geschiedenis):
        return False
    upgrade(verbinding, geschiedenis)
    return True


def _is_bij(verbinding: Connection, geschiedenis: Geschiedenis) -> bool:
    if not inspect(verbinding).has_table(geschiedenis.tabel):
        return False
    versies = [rij[0] for rij in verbinding.execute(text(f"SELECT version_num FROM {geschiedenis.tabel}"))]  # noqa: S608 - de naam komt uit de enum hierboven
    if not versies:
        return False
    if len(versies) > 1 or versies[0] not in geschiedenis.versies:
        raise te_nieuw(geschiedenis)
    return bool(versies[0] == geschiedenis.versies[-1])


def _set_wal(engine: Engine) -> None:
    """WAL blijft bij het bestand. Kan niet in een transactie, en hoeft maar een keer."""
    with engine.connect().execution_options(**{ZONDER_BEGIN: True}) as verbinding:
        stand = verbinding.exec_driver_sql("PRAGMA journal_mode").scalar()
        if stand != "wal":
            stand = verbinding.exec_driver_sql("PRAGMA journal_mode = WAL").scalar()
    if stand != "wal":
        raise AgendaFout(
            "Het bestand van de agenda is hier niet veilig te gebruiken. Kies een map op een gewone schijf.",
            code="agenda_schijf",
        )


def upgrade(verbinding: Connection, geschiedenis: Geschiedenis, tot: str = "head") -> None:
    """Alembic in onze eigen transactie: alles of niets, ook op SQLite. `tot`: een oudere versie (tests)."""
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files("frontoffice.storage") / "migraties") as map_:
        instelling = Config()
        # ConfigParser leest % als een verwijzing.
        instelling.set_main_option("script_location", str(map_).replace("%", "%%"))
        instelling.set_main_option(
            "version_locations", str(map_ / geschiedenis.value / "versies").replace("%", "%%")
        )
        instelling.set_main_option("path_separator", "newline")
        instelling.attributes["verbinding"] = verbinding
        instelling.attributes["tabel"] = geschiedenis.tabel
        command.upgrade(instelling, tot)
