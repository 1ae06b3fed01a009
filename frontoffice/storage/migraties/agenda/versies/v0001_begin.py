"""Het eerste schema van de agenda. Er is geen weg terug: dan zouden afspraken verdwijnen.

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

_MOMENT = sa.DateTime(timezone=True)
_VOLGNUMMER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _tekst(naam: str) -> sa.Column[str]:
    return sa.Column(naam, sa.Text, nullable=False)


def _getal(naam: str) -> sa.Column[int]:
    return sa.Column(naam, sa.Integer, nullable=False)


def _tijd() -> list[sa.Column[int]]:
    return [_getal("begin_tik"), _getal("eind_tik"), _getal("buffer")]


def upgrade() -> None:
    kenmerk = _inrichting()
    _avonden()
    _geschiedenis()
    op.bulk_insert(
        kenmerk,
        [
            {
                "id": 1,
                "soort": "echt",
                "verschuiving": 0,
                "inrichting_versie": 0,
                "klantgeheim": secrets.token_hex(32),
            }
        ],
    )


def _inrichting() -> sa.Table:
    kenmerk = op.create_table(
        "kenmerk",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        _tekst("soort"),
        sa.Column("verschuiving", sa.BigInteger, nullable=False),
        _getal("inrichting_versie"),
        _tekst("klantgeheim"),
        sa.PrimaryKeyConstraint("id", name="pk_kenmerk"),
        sa.CheckConstraint("id = 1", name="ck_kenmerk_een_rij"),
        sa.CheckConstraint("verschuiving = 0 OR soort = 'proef'", name="ck_kenmerk_alleen_proef_verschuift"),
    )
    op.create_table(
        "onderdeel",
        _tekst("soort"),
        _tekst("id"),
        sa.Column("datum", sa.Date),
        _getal("volgorde"),
        _tekst("inhoud"),
        _getal("versie"),
        _tekst("gewijzigd_door"),
        sa.Column("gewijzigd_op", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("soort", "id", name="pk_onderdeel"),
    )
    return kenmerk


def _avonden() -> None:
    op.create_table(
        "avond",
        sa.Column("datum", sa.Date, nullable=False),
        _getal("versie"),
        _tekst("toestand"),
        _tekst("notitie"),
        _tekst("eigenaar"),
        sa.Column("extern_van", _MOMENT),
        sa.PrimaryKeyConstraint("datum", name="pk_avond"),
    )
    op.create_table(
        "afspraak",
        _tekst("id"),
        _tekst("nummer"),
        _tekst("code"),
        sa.Column("datum", sa.Date, nullable=False),
        *_tijd(),
        *(_tekst(naam) for naam in ("balie", "toestand", "regels", "eisen", "kanaal")),
        *(_tekst(naam) for naam in ("naam", "telefoon", "email")),
        sa.Column("geen_contact", sa.Boolean, nullable=False),
        sa.Column("geboortedatum", sa.Date),
        *(_tekst(naam) for naam in ("klantsleutel", "behoeften", "taal", "opmerking")),
        sa.Column("vaste_balie", sa.Boolean, nullable=False),
        _tekst("te_verzetten"),
        _getal("versie"),
        _getal("ics_volgnummer"),
        sa.Column("gemaakt_op", _MOMENT),
        _tekst("vervolg_van"),
        _tekst("zoektekst"),
        sa.PrimaryKeyConstraint("id", name="pk_afspraak"),
        sa.UniqueConstraint("nummer", name="uq_afspraak_nummer"),
        sa.UniqueConstraint("code", name="uq_afspraak_code"),
        sa.CheckConstraint("begin_tik < eind_tik AND buffer >= 0", name="ck_afspraak_tijd"),
    )
    op.create_index("ix_afspraak_datum", "afspraak", ["datum"])
    op.create_index("ix_afspraak_klantsleutel", "afspraak", ["klantsleutel"])
    op.create_index("ix_afspraak_zoektekst", "afspraak", ["zoektekst", "id"])
    op.create_table(
        "reservering",
        _tekst("id"),
        sa.Column("datum", sa.Date, nullable=False),
        *_tijd(),
        *(_tekst(naam) for naam in ("balie", "regels", "eisen", "eigenaar", "kanaal")),
        sa.Column("verloopt", _MOMENT, nullable=False),
        _getal("versie"),
        _tekst("afspraak"),
        sa.PrimaryKeyConstraint("id", name="pk_reservering"),
        sa.CheckConstraint("begin_tik < eind_tik AND buffer >= 0", name="ck_reservering_tijd"),
    )
    op.create_index("ix_reservering_datum", "reservering", ["datum"])
    op.create_index("ix_reservering_eigenaar", "reservering", ["eigenaar"])
    op.create_table(
        "extern",
        sa.Column("datum", sa.Date, nullable=False),
        _tekst("id"),
        _getal("begin_tik"),
        _getal("eind_tik"),
        *(_tekst(naam) for naam in ("balie", "eisen", "producten", "kanaal")),
        sa.PrimaryKeyConstraint("datum", "id", name="pk_extern"),
        sa.CheckConstraint("begin_tik < eind_tik", name="ck_extern_tijd"),
    )
    op.create_table(
        "bezetting",
        _tekst("balie"),
        sa.Column("tik", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("datum", sa.Date, nullable=False),
        _tekst("soort"),
        _tekst("ref"),
        sa.PrimaryKeyConstraint("balie", "tik", name="pk_bezetting"),
    )
    op.create_index("ix_bezetting_datum", "bezetting", ["datum"])
    op.create_index("ix_bezetting_soort_ref", "bezetting", ["soort", "ref"])


def _geschiedenis() -> None:
    op.create_table(
        "gebeurtenis",
        sa.Column("volgnummer", _VOLGNUMMER, nullable=False),
        sa.Column("op", _MOMENT, nullable=False),
        *(_tekst(naam) for naam in ("medewerker", "werkplek", "soort", "onderwerp")),
        sa.Column("datum", sa.Date),
        *(_tekst(naam) for naam in ("voor", "na", "reden")),
        sa.PrimaryKeyConstraint("volgnummer", name="pk_gebeurtenis"),
    )
    op.create_index("ix_gebeurtenis_onderwerp", "gebeurtenis", ["onderwerp"])
    op.create_table(
        "verzoek",
        _tekst("id"),
        _tekst("vingerafdruk"),
        _tekst("antwoord"),
        sa.Column("op", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verzoek"),
    )
    op.create_table(
        "nummerreeks",
        sa.Column("jaar", sa.Integer, nullable=False, autoincrement=False),
        _getal("laatste"),
        sa.PrimaryKeyConstraint("jaar", name="pk_nummerreeks"),
    )
    op.create_table(
        "wachtende",
        _tekst("id"),
        sa.Column("sinds", _MOMENT, nullable=False),
        *(_tekst(naam) for naam in ("producten", "behoeften")),
        sa.Column("van", sa.Date, nullable=False),
        sa.Column("tot", sa.Date, nullable=False),
        *(_tekst(naam) for naam in ("vroegst", "laatst", "naam", "telefoon", "email")),
        *(_tekst(naam) for naam in ("afspraak", "toestand")),
        _getal("versie"),
        sa.PrimaryKeyConstraint("id", name="pk_wachtende"),
    )
    op.create_index("ix_wachtende_toestand", "wachtende", ["toestand"])
    _alleen_bijschrijven("gebeurtenis")


def _alleen_bijschrijven(tabel: str) -> None:
    """De database zelf weigert wijzigen en verwijderen, ook aan wie er met een ander programma bij komt."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION kif_alleen_bijschrijven() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'alleen bijschrijven'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER tr_{tabel}_vast BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabel} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kif_alleen_bijschrijven()"
        )
        return
    for actie in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{tabel}_{actie.lower()} BEFORE {actie} ON {tabel} "
            "BEGIN SELECT RAISE(ABORT, 'alleen bijschrijven'); END"
        )
