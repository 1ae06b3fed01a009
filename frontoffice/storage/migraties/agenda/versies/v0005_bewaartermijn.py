"""Wat een reden vertelt mag na de bewaartermijn weg, en wie van de werkplekken iets voor allen doet.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BLIJFT = ("volgnummer", "op", "medewerker", "werkplek", "soort", "onderwerp", "datum", "voor", "na")


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("naam", sa.Text, nullable=False),
        sa.Column("houder", sa.Text, nullable=False),
        sa.Column("verloopt", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("naam", name="pk_lease"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _postgres()
    else:
        _sqlite()


def _postgres() -> None:
    """Alleen een lege reden mag, en de rest van de rij blijft dan zoals zij was."""
    anders = " OR ".join(f"NEW.{naam} IS DISTINCT FROM OLD.{naam}" for naam in _BLIJFT)
    op.execute("DROP TRIGGER tr_gebeurtenis_vast ON gebeurtenis")
    op.execute(
        "CREATE TRIGGER tr_gebeurtenis_vast BEFORE DELETE OR TRUNCATE ON gebeurtenis "
        "FOR EACH STATEMENT EXECUTE FUNCTION kif_alleen_bijschrijven()"
    )
    op.execute(
        "CREATE TRIGGER tr_gebeurtenis_wijzigen BEFORE UPDATE ON gebeurtenis FOR EACH ROW "
        f"WHEN (NEW.reden <> '' OR {anders}) EXECUTE FUNCTION kif_alleen_bijschrijven()"
    )


def _sqlite() -> None:
    anders = " OR ".join(f"NEW.{naam} IS NOT OLD.{naam}" for naam in _BLIJFT)
    op.execute("DROP TRIGGER tr_gebeurtenis_update")
    op.execute(
        f"CREATE TRIGGER tr_gebeurtenis_update BEFORE UPDATE ON gebeurtenis WHEN NEW.reden <> '' OR {anders} "
        "BEGIN SELECT RAISE(ABORT, 'alleen bijschrijven'); END"
    )
