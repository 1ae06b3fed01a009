"""Het schema: gemaakt onder een slot, alleen als het nodig is, en nooit ouder dan wat er al staat."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, exc, text

from frontoffice.agendapoort import AgendaFout, SchemaTeNieuw
from frontoffice.storage import tabellen
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling
from frontoffice.storage.schema import ensure_schema
from frontoffice.storage.verbinding import SCHRIJFT, make_engine
from frontoffice.storage.versies import Geschiedenis
from frontoffice.storage.werkplekbestand import Werkplekbestand
from tests.conftest import PROJECTMAP
from tests.storage.bouw import DAG, SLEUTEL, WIE, add, make_afspraak
from tests.storage.conftest import postgres_instelling, sqlite_instelling
from tests.storage.postgres import PostgresProces

MIGRATIES = PROJECTMAP / "frontoffice" / "storage" / "migraties"


@pytest.fixture(params=["sqlite", "postgresql"])
def leeg(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Instelling]:
    """Een database waar nog niets in staat."""
    if request.param == "sqlite":
        yield sqlite_instelling(tmp_path / "agenda.db")
        return
    postgres: PostgresProces = request.getfixturevalue("postgres")
    naam = postgres.make_database()
    yield postgres_instelling(postgres, naam)
    postgres.drop_database(naam)


@contextmanager
def connected(instelling: Instelling) -> Iterator[Connection]:
    engine = make_engine(instelling)
    try:
        with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
            yield verbinding
    finally:
        engine.dispose()


def test_de_migraties_leveren_precies_de_tabellen_van_het_programma_op(leeg: Instelling) -> None:
    agenda = AgendaDatabase(leeg)
    assert agenda.ensure_schema() is True
    assert agenda.ensure_schema() is False
    agenda.close()
    with connected(leeg) as verbinding:
        opties = {"version_table": Geschiedenis.AGENDA.tabel, "compare_type": True}
        verschil = compare_metadata(
            MigrationContext.configure(verbinding, opts=opties), tabellen.Basis.metadata
        )
    assert verschil == []


def test_een_nieuwe_werkplek_krijgt_precies_het_schema_van_alle_migraties(tmp_path: Path) -> None:
    """Verschilt het, schrijf dan `gemaakt` (met een lege regel ertussen) naar nieuw.sql."""
    instelling = sqlite_instelling(tmp_path / "gemigreerd.db")
    engine = make_engine(instelling)
    ensure_schema(engine, Geschiedenis.WERKPLEK)
    engine.dispose()
    bestand = Werkplekbestand(tmp_path / "nieuw.db", SLEUTEL)
    bestand.open()
    vraag = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    with connected(instelling) as verbinding:
        gemaakt = [rij[0] for rij in verbinding.execute(text(vraag))]
        versie = verbinding.execute(text("SELECT * FROM kif_schema_werkplek")).all()
    tekst = (MIGRATIES / "werkplek" / "nieuw.sql").read_text(encoding="utf-8")
    assert tekst.rstrip("\n").split("\n\n") == gemaakt
    assert [rij[0] for rij in bestand.lees(lambda db: db.execute(vraag).fetchall())] == gemaakt
    rijen = bestand.lees(lambda db: db.execute("SELECT * FROM kif_schema_werkplek").fetchall())
    assert [tuple(rij) for rij in rijen] == [tuple(rij) for rij in versie]
    assert len(bestand.lees(lambda db: db.execute("SELECT afdruksleutel FROM kenmerk").fetchone())[0]) == 64
    bestand.close()


@pytest.mark.parametrize("geschiedenis", Geschiedenis)
def test_de_lijst_van_versies_is_die_van_de_map(geschiedenis: Geschiedenis) -> None:
    gevonden, vorige = [], []
    for pad in sorted((MIGRATIES / geschiedenis.value / "versies").glob("v*.py")):
        tekst = pad.read_text(encoding="utf-8")
        gevonden += re.findall(r'^revision = "(\w+)"', tekst, re.MULTILINE)
        vorige += re.findall(r'^down_revision = (?:"(\w+)"|None)', tekst, re.MULTILINE)
        assert pad.name.startswith(f"v{gevonden[-1]}_")
    assert tuple(gevonden) == geschiedenis.versies
    assert vorige == ["", *gevonden[:-1]]


def test_een_nieuwer_schema_wordt_geweigerd_en_blijft_zoals_het_is(leeg: Instelling) -> None:
    agenda = AgendaDatabase(leeg)
    add(agenda, make_afspraak("1"))
    agenda.close()
    with connected(leeg) as verbinding:
        verbinding.execute(text("UPDATE kif_schema_agenda SET version_num = '9999'"))
    nieuw = AgendaDatabase(leeg)
    for _ in range(2):
        with pytest.raises(SchemaTeNieuw, match="Werk het programma op deze werkplek bij"):
            nieuw.load_avonden([DAG])
    nieuw.close()
    with connected(leeg) as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM afspraak")).scalar() == 1


def test_tien_werkplekken_die_tegelijk_voor_het_eerst_openen_maken_samen_een_schema(leeg: Instelling) -> None:
    agendas = [AgendaDatabase(leeg) for _ in range(10)]
    gemaakt: list[object] = []

    def open_(agenda: AgendaDatabase) -> None:
        try:
            gemaakt.append(agenda.ensure_schema())
        except AgendaFout as fout:
            gemaakt.append(fout)

    draden = [threading.Thread(target=open_, args=(agenda,)) for agenda in agendas]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(gemaakt, key=str) == [False] * 9 + [True]
    add(agendas[0], make_afspraak("1"))
    for agenda in agendas:
        assert len(agenda.load_avonden([DAG])[DAG].inhoud) == 1
        agenda.close()


def test_een_migratie_die_halverwege_mislukt_laat_niets_achter(
    leeg: Instelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    echt = op.create_index

    def fail(naam: str, *rest: object, **opties: object) -> object:
        if naam == "ix_wachtende_toestand":
            raise exc.OperationalError("", None, Exception("weg"))
        return echt(naam, *rest, **opties)  # type: ignore[arg-type]  # doorgegeven zoals ontvangen

    agenda = AgendaDatabase(leeg)
    monkeypatch.setattr(op, "create_index", fail)
    with pytest.raises(AgendaFout):
        agenda.ensure_schema()
    monkeypatch.undo()
    assert agenda.ensure_schema() is True
    add(agenda, make_afspraak("1"))
    assert agenda.check() == ()
    agenda.close()


def test_de_geschiedenis_is_niet_te_wijzigen_of_te_wissen(instelling: Instelling) -> None:
    agenda = AgendaDatabase(instelling)
    add(agenda, make_afspraak("1"))
    opdrachten = ["UPDATE gebeurtenis SET medewerker = 'x'", "DELETE FROM gebeurtenis"]
    if isinstance(instelling, PostgresInstelling):
        opdrachten.append("TRUNCATE gebeurtenis")
    for opdracht in opdrachten:
        with pytest.raises(exc.DBAPIError, match="alleen bijschrijven"), connected(instelling) as verbinding:
            verbinding.execute(text(opdracht))
    assert [regel.wie for regel in agenda.load_gebeurtenissen("1")] == [WIE]
    agenda.close()


def test_een_echte_agenda_kan_geen_verschoven_klok_krijgen(leeg: Instelling) -> None:
    agenda = AgendaDatabase(leeg)
    add(agenda, make_afspraak("1"))
    assert not agenda.is_proef
    with pytest.raises(AgendaFout, match="echte agenda"):
        agenda.set_klok(agenda.nu())
    with pytest.raises(AgendaFout, match="staan al afspraken"):
        agenda.mark_proef()
    agenda.close()
    with pytest.raises(exc.IntegrityError), connected(leeg) as verbinding:
        verbinding.execute(text("UPDATE kenmerk SET verschuiving = 1"))


def test_elke_agenda_heeft_een_eigen_klantgeheim(tmp_path: Path) -> None:
    geheimen = set()
    for nummer in range(2):
        agenda = AgendaDatabase(sqlite_instelling(tmp_path / f"{nummer}.db"))
        geheimen.add(agenda.load_klantgeheim())
        agenda.close()
    assert len(geheimen) == 2


# --- nakijken


@pytest.mark.parametrize(
    ("opdracht", "zin"),
    [
        ("DELETE FROM bezetting WHERE ref = '1'", "bezet niet precies de eigen tijd"),
        ("UPDATE bezetting SET balie = 'B5' WHERE ref = '1' AND soort = 'afspraak'", "bezet niet precies"),
        ("UPDATE bezetting SET tik = tik + 1000 WHERE ref = '1'", "bezet niet precies"),
        ("UPDATE bezetting SET ref = 'weg' WHERE ref = '1'", "er hoort geen afspraak bij"),
        ("DELETE FROM afspraak WHERE id = '1'", "er hoort geen afspraak bij"),
        ("UPDATE afspraak SET toestand = 'afgezegd' WHERE id = '1'", "houdt nog een balie bezet"),
        ("UPDATE afspraak SET eind_tik = eind_tik + 1 WHERE id = '1'", "bezet niet precies"),
        ("UPDATE afspraak SET nummer = '2026-88888' WHERE id = '1'", "nog niet is uitgegeven"),
    ],
)
def test_nakijken_ziet_het_beide_kanten_op(instelling: Instelling, opdracht: str, zin: str) -> None:
    agenda = AgendaDatabase(instelling)
    add(agenda, make_afspraak("1"), make_afspraak("2", 18))
    assert agenda.check() == ()
    with connected(instelling) as verbinding:
        verbinding.execute(text(opdracht))
    fouten = agenda.check()
    assert any(zin in fout for fout in fouten)
    assert not any("Ay" in fout for fout in fouten)
    agenda.close()


# --- wat het venster niet hoort te laden, en wat een bouw moet meenemen


def test_een_agenda_kiezen_laadt_nog_geen_databaselaag() -> None:
    klaar = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, frontoffice.storage.openen, frontoffice.agendapoort\n"
            "zwaar = ('sqlalchemy', 'alembic', 'psycopg', 'sqlcipher3', 'msgspec')\n"
            "print([naam for naam in zwaar if naam in sys.modules])",
        ],
        cwd=PROJECTMAP,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (klaar.stdout.strip(), klaar.stderr) == ("[]", "")


def test_een_bijgewerkte_agenda_openen_laadt_geen_alembic(sqlite_agenda: SqliteInstelling) -> None:
    klaar = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from frontoffice.storage.agenda import AgendaDatabase\n"
            "from frontoffice.storage.instelling import SqliteInstelling\n"
            "agenda = AgendaDatabase(SqliteInstelling(pathlib.Path(sys.argv[1]), lambda: sys.argv[2]))\n"
            "agenda.load_inrichting()\n"
            "print([m for m in ('alembic', 'psycopg') if m in sys.modules])",
            str(sqlite_agenda.pad),
            sqlite_agenda.sleutel(),
        ],
        cwd=PROJECTMAP,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (klaar.stdout.strip(), klaar.stderr) == ("[]", "")


def test_geen_bron_van_de_opslag_kijkt_op_de_klok_van_de_pc() -> None:
    bronnen = list((PROJECTMAP / "frontoffice" / "storage").rglob("*.py"))
    assert len(bronnen) > 15
    for bron in bronnen:
        assert not re.search(r"\.now\(|\.today\(|time\.time|utcnow", bron.read_text(encoding="utf-8")), (
            bron.name
        )


def test_de_database_van_een_test_wordt_ook_weer_gesloten(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    agenda = AgendaDatabase(pg_agenda)
    agenda.nu()
    agenda.close()
    with closing(postgres.connect("postgres")) as beheer:
        rij = beheer.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE application_name = 'klant-in-focus' AND datname = %s",
            (pg_agenda.naam,),
        ).fetchone()
    assert rij is not None
    assert rij[0] <= 1  # de server ruimt een verbinding die net is gesloten een tel later op
