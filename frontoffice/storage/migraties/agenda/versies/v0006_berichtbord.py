"""Welke werkplek welk bericht afgeeft, en hoe dat ging: één regel per bericht, zonder persoonsgegevens.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bericht",
        sa.Column("sleutel", sa.Text, nullable=False),
        sa.Column("keer", sa.Integer, nullable=False),
        sa.Column("over", sa.Text, nullable=False),
        sa.Column("wat", sa.Text, nullable=False),
        sa.Column("versie", sa.Text, nullable=False),
        sa.Column("datum", sa.Date, nullable=True),
        sa.Column("stand", sa.Text, nullable=False),
        sa.Column("houder", sa.Text, nullable=False),
        sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verloopt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reden", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name="pk_bericht"),
    )
    op.create_index("ix_bericht_datum", "bericht", ["datum"])
