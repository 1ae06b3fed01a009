"""Het eerste schema van de werkplek: het logboek van inzage. Er is geen weg terug.

Revision ID: 0001
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _tekst(naam: str) -> sa.Column[str]:
    return sa.Column(naam, sa.Text, nullable=False)


def upgrade() -> None:
    kenmerk = op.create_table(
        "kenmerk",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        _tekst("afdruksleutel"),
        sa.PrimaryKeyConstraint("id", name="pk_kenmerk"),
        sa.CheckConstraint("id = 1", name="ck_kenmerk_een_rij"),
    )
    op.bulk_insert(kenmerk, [{"id": 1, "afdruksleutel": secrets.token_hex(32)}])
    op.create_table(
        "logregel",
        sa.Column("volgnummer", sa.Integer, nullable=False),
        sa.Column("om", sa.DateTime(timezone=True), nullable=False),
        *(_tekst(naam) for naam in ("handeling", "doel", "medewerker", "organisatie")),
        sa.Column("onderwerp", sa.Text),
        *(_tekst(naam) for naam in ("bijzonderheden", "keten")),
        sa.PrimaryKeyConstraint("volgnummer", name="pk_logregel"),
    )
    for actie in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_logregel_{actie.lower()} BEFORE {actie} ON logregel "
            "BEGIN SELECT RAISE(ABORT, 'alleen bijschrijven'); END"
        )
