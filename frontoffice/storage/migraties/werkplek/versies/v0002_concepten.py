"""Concepten, de outbox en wat er onthouden wordt, naast het logboek. Er is geen weg terug.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _tekst(naam: str) -> sa.Column[str]:
    return sa.Column(naam, sa.Text, nullable=False)


def _getal(naam: str) -> sa.Column[int]:
    return sa.Column(naam, sa.Integer, nullable=False)


def upgrade() -> None:
    op.create_table(
        "concept",
        *(_tekst(naam) for naam in ("uuid", "medewerker")),
        _getal("plek"),
        *(_tekst(naam) for naam in ("inhoud", "gewijzigd_op")),
        sa.PrimaryKeyConstraint("uuid", name="pk_concept"),
    )
    op.create_table(
        "afgerond",
        *(_tekst(naam) for naam in ("concept_uuid", "inhoud", "afgerond_op")),
        sa.PrimaryKeyConstraint("concept_uuid", name="pk_afgerond"),
    )
    op.create_table(
        "verzending",
        _getal("id"),
        _tekst("uuid"),
        sa.Column("referentienummer", sa.Text),  # leeg kan meer dan eens voorkomen, en is dan NULL
        _tekst("concept_uuid"),
        _getal("volgorde"),
        *(_tekst(naam) for naam in ("groep", "toestand")),
        _getal("pogingen"),
        *(_tekst(naam) for naam in ("aangemaakt_op", "niet_voor", "registratie", "stappen", "fout", "veld")),
        sa.Column("http_status", sa.Integer),
        sa.Column("verstuurd_op", sa.Text),
        # Wie de rij in handen heeft: sinds en tot wanneer, en met welke lease.
        sa.Column("vast_sinds", sa.Text),
        sa.Column("vast_tot", sa.Text),
        sa.Column("vast_lease", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_verzending"),
        sa.UniqueConstraint("uuid", name="uq_verzending_uuid"),
        sa.UniqueConstraint("referentienummer", name="uq_verzending_referentienummer"),
        sqlite_autoincrement=True,  # een id dat weg is, komt nooit terug bij een ander contact
    )
    op.create_index("ix_verzending_concept", "verzending", ["concept_uuid"])
    # Wat al verstuurd is, telt niet mee: zo kost een outbox met tienduizend oude rijen niets.
    op.create_index(
        "ix_verzending_wacht",
        "verzending",
        ["groep", "id"],
        sqlite_where=sa.text("toestand <> 'staat_in_register'"),
    )
    op.create_index("ix_verzending_verstuurd", "verzending", ["verstuurd_op"])
    op.create_table(
        "onthouden",
        *(_tekst(naam) for naam in ("naam", "waarde")),
        sa.PrimaryKeyConstraint("naam", name="pk_onthouden"),
    )
    op.create_table(
        "teller",
        _tekst("naam"),
        *(_getal(naam) for naam in ("voor", "stand")),
        sa.PrimaryKeyConstraint("naam", name="pk_teller"),
    )
    op.create_table(
        "lease",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        _getal("nummer"),
        *(_tekst(naam) for naam in ("houder", "sinds", "tot")),
        sa.PrimaryKeyConstraint("id", name="pk_lease"),
        sa.CheckConstraint("id = 1", name="ck_lease_een_rij"),
    )
