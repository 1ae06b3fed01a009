"""Bij een afspraak: hoe de bevestiging gaat, in welke taal, en wat er bij het boeken is geantwoord.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ERBIJ = {"bevestiging": "", "brieftaal": "nl", "antwoorden": "{}"}


def upgrade() -> None:
    """Wat al geboekt is, krijgt de gewone waarden: niet gevraagd, Nederlands, niets geantwoord."""
    for naam, waarde in _ERBIJ.items():
        op.add_column("afspraak", sa.Column(naam, sa.Text, nullable=False, server_default=waarde))
