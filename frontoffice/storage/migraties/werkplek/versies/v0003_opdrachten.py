"""De outbox bewaart ook andere opdrachten dan contacten; wat er stond, is een contact.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE verzending RENAME COLUMN registratie TO opdracht")
    op.add_column("verzending", sa.Column("soort", sa.Text, nullable=False, server_default="contact"))
