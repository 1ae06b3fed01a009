"""Verbindt met de driver zelf: PostgreSQL met psycopg, SQLite met SQLCipher. Elke vraag heeft een einde.

Kent geen SQLAlchemy: wie alleen iets wil opzoeken, hoeft die niet te laden.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from frontoffice.agendapoort import AgendaFout
from frontoffice.storage.bestand import check_geen_netwerk
from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling

if TYPE_CHECKING:
    import psycopg

WACHT_OP_SLOT = 5.0
"""Seconden wachten op een ander die dezelfde avond vasthoudt (H13)."""
_VERBINDEN = 4
_VRAAG = 8.0
# Loopt een pc midden in een wijziging vast, dan is zijn slot weg voor een collega er iets van merkt.
_STIL = 6.0
# Na de server mag ook de client het opgeven: een bevroren server houdt zich niet aan zijn eigen tijden.
_TOTAAL = 10.0
_SLEUTEL = re.compile(r"[0-9a-fA-F]{64}")


def connect_postgres(instelling: PostgresInstelling) -> psycopg.Connection[Any]:
    """Een nieuwe verbinding met de gedeelde agenda. Raises psycopg.Error."""
    parameters = _parameters(instelling)
    if instelling.wachtwoord is not None and (wachtwoord := instelling.wachtwoord()):
        parameters["password"] = wachtwoord
    verbinding: psycopg.Connection[Any] = _bewaakt().connect(**parameters)
    return verbinding


def connect_sqlite(instelling: SqliteInstelling, cache_kb: int) -> Any:
    """Een nieuwe verbinding met het versleutelde bestand. Raises AgendaFout, of een fout van de driver."""
    from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # heeft geen typen

    pad = instelling.pad.absolute()
    check_geen_netwerk(pad)
    sleutel = instelling.sleutel()
    if not _SLEUTEL.fullmatch(sleutel):
        raise AgendaFout(
            "De sleutel van de agenda in de sleutelbos klopt niet. Vraag uw beheerder om hulp.",
            code="agenda_sleutel",
        )
    verbinding = dbapi2.connect(
        str(pad), timeout=WACHT_OP_SLOT, isolation_level=None, check_same_thread=False
    )
    try:
        # De sleutel moet de eerste opdracht zijn, en kan geen gebonden waarde zijn.
        verbinding.execute(f"PRAGMA key = \"x'{sleutel}'\"")
        verbinding.execute("PRAGMA foreign_keys = ON")
        verbinding.execute("PRAGMA synchronous = FULL")
        # Wat is gewist, staat ook niet meer in de vrije ruimte van het bestand.
        verbinding.execute("PRAGMA secure_delete = ON")
        verbinding.execute("PRAGMA temp_store = MEMORY")
        verbinding.execute(f"PRAGMA cache_size = -{cache_kb}")
    except BaseException:
        verbinding.close()
        raise
    return verbinding


@cache
def _bewaakt() -> Any:
    import psycopg

    class BewaakteVerbinding(psycopg.Connection[Any]):
        """Breekt zelf af na de totale tijd, ook als de server is bevroren; de verbinding is dan weg."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval=interval, timeout=_TOTAAL if timeout is None else timeout)
            except psycopg.OperationalError as fout:
                if fout.sqlstate is None and not self.closed:
                    self.pgconn.finish()
                raise

    return BewaakteVerbinding


def _parameters(instelling: PostgresInstelling) -> dict[str, Any]:
    grenzen = {
        "lock_timeout": int(WACHT_OP_SLOT * 1000),
        "statement_timeout": int(_VRAAG * 1000),
        "idle_in_transaction_session_timeout": int(_STIL * 1000),
        "timezone": "UTC",
        "client_encoding": "UTF8",
    }
    parameters: dict[str, Any] = {
        "host": instelling.host,
        "port": instelling.poort,
        "dbname": instelling.naam,
        "sslmode": instelling.sslmode,
        "connect_timeout": _VERBINDEN,
        "application_name": "klant-in-focus",
        "options": " ".join(f"-c {naam}={waarde}" for naam, waarde in grenzen.items()),
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": int(_TOTAAL * 1000),
        # Een wachtwoord komt alleen uit de sleutelbos, niet uit een leesbaar bestand van de gebruiker.
        "passfile": os.path.join(os.devnull, "geen"),
    }
    if instelling.gebruiker:
        parameters["user"] = instelling.gebruiker
    if instelling.sslmode in ("verify-full", "verify-ca"):
        parameters["sslrootcert"] = str(instelling.ca_bundel) if instelling.ca_bundel else "system"
    return parameters
