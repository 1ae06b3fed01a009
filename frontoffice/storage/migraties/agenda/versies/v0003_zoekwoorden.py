"""Zoeken over een index op woorden, in plaats van door de tekst van elke afspraak heen; een klantmerk.

Revision ID: 0003
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

# Niet hier uitgeschreven: de woorden horen te zijn wat het programma van nu schrijft en zoekt.
from frontoffice.storage.zoekwoorden import make_naamwoorden, make_woorden

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_PER_KEER = 1000
_WOORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    zoekwoord = op.create_table(
        "zoekwoord",
        sa.Column("woord", _WOORD, nullable=False),
        sa.Column("datum", sa.Date, nullable=False),
        sa.Column("nummer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("woord", "datum", "nummer", name="pk_zoekwoord"),
        sqlite_with_rowid=False,
    )
    naamwoord = op.create_table(
        "naamwoord",
        sa.Column("woord", _WOORD, nullable=False),
        sa.PrimaryKeyConstraint("woord", name="pk_naamwoord"),
        sqlite_with_rowid=False,
    )
    _fill(zoekwoord, naamwoord)
    op.create_index("ix_zoekwoord_nummer_woord", "zoekwoord", ["nummer", "woord"])
    op.drop_index("ix_afspraak_zoektekst", "afspraak")
    op.drop_column("afspraak", "zoektekst")
    op.add_column("kenmerk", sa.Column("klantmerk", sa.Text, nullable=False, server_default=""))


def _fill(zoekwoord: sa.Table, naamwoord: sa.Table) -> None:
    verbinding = op.get_bind()
    namen: set[str] = set()
    for rijen in _afspraken(verbinding):
        woorden = []
        for rij in rijen:
            namen |= make_naamwoorden(rij.naam)
            gevonden = make_woorden(rij.naam, rij.telefoon, rij.email, rij.nummer, rij.code)
            woorden += [{"woord": w, "datum": rij.datum, "nummer": rij.nummer} for w in sorted(gevonden)]
        verbinding.execute(sa.insert(zoekwoord), woorden)
    if namen:
        verbinding.execute(sa.insert(naamwoord), [{"woord": woord} for woord in sorted(namen)])


def _afspraken(verbinding: sa.Connection) -> Iterator[list[sa.Row[tuple[str, ...]]]]:
    a = sa.table(
        "afspraak",
        *(sa.column(naam, sa.Text) for naam in ("nummer", "naam", "telefoon", "email", "code")),
        sa.column("datum", sa.Date),
    )
    vanaf = ""
    while True:
        vraag = sa.select(a).where(a.c.nummer > vanaf).order_by(a.c.nummer).limit(_PER_KEER)
        rijen = list(verbinding.execute(vraag).all())
        if not rijen:
            return
        yield rijen
        vanaf = rijen[-1].nummer
