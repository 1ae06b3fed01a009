"""Begin van Alembic: draait de migraties op de verbinding (en in de transactie) die `schema` meegeeft."""

from __future__ import annotations

from alembic import context

_instelling = context.config
context.configure(
    connection=_instelling.attributes["verbinding"],
    version_table=_instelling.attributes["tabel"],
    target_metadata=_instelling.attributes.get("metadata"),
)
with context.begin_transaction():
    context.run_migrations()
