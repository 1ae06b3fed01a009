"""Maakt groepen verbindingen voor SQLAlchemy, op PostgreSQL en op SQLite met SQLCipher.

Weet niets van tabellen. Een schrijvende transactie op SQLite begint met BEGIN IMMEDIATE: alleen dan wacht zij
netjes op een ander in plaats van meteen te mislukken.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, exc

from frontoffice.storage.bestand import check_geen_netwerk, make_bestand
from frontoffice.storage.driver import WACHT_OP_SLOT, connect_postgres, connect_sqlite
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling

SCHRIJFT, ZONDER_BEGIN = "kif_schrijft", "kif_zonder_begin"
_CACHE_KB = 32_000  # elke bladzijde ontsleutelen kost tijd


def make_engine(instelling: Instelling) -> Engine:
    """Een nieuwe groep verbindingen; er wordt pas verbonden bij de eerste vraag.

    Raises AgendaFout als het bestand op een netwerkschijf staat.
    """
    if isinstance(instelling, PostgresInstelling):
        return _postgres(instelling)
    return _sqlite(instelling)


def clean_bestand(engine: Engine) -> bool:
    """Schrijf een SQLite-bestand opnieuw zonder vrije ruimte, en maak de WAL leeg.

    Onwaar als een ander het nu gebruikt: wat hierna wordt gewist, is dan toch meteen weg (secure_delete).
    """
    with engine.connect().execution_options(**{ZONDER_BEGIN: True}) as verbinding:
        try:
            verbinding.exec_driver_sql("VACUUM")
            bezet = verbinding.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        except exc.DBAPIError:
            return False
    return bezet == 0


# --- PostgreSQL ---------------------------------------------------------------------------------------------


def _postgres(instelling: PostgresInstelling) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=partial(connect_postgres, instelling),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        pool_timeout=WACHT_OP_SLOT,
        pool_recycle=1800,
        hide_parameters=True,
        use_native_hstore=False,
    )
    # Veel rijen gaan in één opdracht: een pijplijn van losse klaagt in het log als er een wordt geweigerd.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


# --- SQLite -------------------------------------------------------------------------------------------------


def _sqlite(instelling: SqliteInstelling) -> Engine:
    from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # heeft geen typen

    pad = instelling.pad.absolute()
    check_geen_netwerk(pad)
    make_bestand(pad)

    engine = create_engine(
        URL.create("sqlite", database=str(pad)),
        module=dbapi2,
        creator=partial(connect_sqlite, instelling, _CACHE_KB),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        pool_timeout=WACHT_OP_SLOT,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(verbinding: Connection) -> None:
        opties = verbinding.get_execution_options()
        if not opties.get(ZONDER_BEGIN):
            verbinding.exec_driver_sql("BEGIN IMMEDIATE" if opties.get(SCHRIJFT) else "BEGIN")

    return engine
