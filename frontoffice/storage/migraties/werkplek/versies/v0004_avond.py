"""Stappen van vanavond die op deze werkplek zijn gedaan en nog niet zeker in de agenda staan.

Met opzet één kleine tabel: zo past het hele schema op de eerste bladzijde van het bestand. Is een andere
bladzijde stuk, dan is de rest nog te lezen.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "avondnotitie",
        sa.Column("volgorde", sa.Integer, nullable=False),
        sa.Column("verzoek_id", sa.Text, nullable=False),
        sa.Column("stand", sa.Text, nullable=False),
        sa.Column("inhoud", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("volgorde", name="pk_avondnotitie"),
        sa.UniqueConstraint("verzoek_id", name="uq_avondnotitie"),
    )
