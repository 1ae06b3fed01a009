"""De avond zelf: wie er is, met zijn volgnummer, en de geschiedenis van één avond snel bij de hand.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _tekst(*namen: str) -> list[sa.Column[str]]:
    return [sa.Column(naam, sa.Text, nullable=False) for naam in namen]


def _getal(*namen: str) -> list[sa.Column[int]]:
    return [sa.Column(naam, sa.Integer, nullable=False) for naam in namen]


def upgrade() -> None:
    """Een afspraak krijgt pas een bezoek als de avond begint: er is niets om over te zetten."""
    op.create_table(
        "bezoek",
        *_tekst("id"),
        sa.Column("datum", sa.Date, nullable=False),
        *_tekst("volgnummer", "soort", "toestand", "naam", "regels", "eisen"),
        *_getal("minuten", "begin_tik", "eind_tik"),
        *_tekst("gepland", "balie"),
        sa.Column("voorrang", sa.Boolean, nullable=False),
        sa.Column("te_laat", sa.Boolean, nullable=False),
        *_tekst("behoeften", "taal", "notitie"),
        sa.Column("aangemeld_op", _MOMENT),
        sa.Column("opgeroepen_op", _MOMENT),
        *_getal("oproepen"),
        sa.Column("begonnen_op", _MOMENT),
        sa.Column("apart_op", _MOMENT),
        *_tekst("apart_omdat"),
        sa.Column("klaar_op", _MOMENT),
        *_getal("gewerkt"),
        *_tekst("uitkomsten", "vervolg"),
        *_getal("versie"),
        sa.PrimaryKeyConstraint("id", name="pk_bezoek"),
        sa.UniqueConstraint("datum", "volgnummer", name="uq_bezoek_datum_volgnummer"),
        sa.CheckConstraint("begin_tik <= eind_tik", name="ck_bezoek_tijd"),
    )
    op.create_table(
        "volgreeks",
        sa.Column("datum", sa.Date, nullable=False),
        *_tekst("soort"),
        *_getal("laatste"),
        sa.PrimaryKeyConstraint("datum", "soort", name="pk_volgreeks"),
    )
    op.create_index("ix_gebeurtenis_datum", "gebeurtenis", ["datum"])
