"""De lichte lezer antwoordt precies wat de hele databaselaag antwoordt, op beide databases."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontoffice.agenda.afspraak import Kanaal, Toestand
from frontoffice.agenda.tijd import to_tik
from frontoffice.agendapoort import AgendaFout, AgendaOnbereikbaar, SchemaTeNieuw
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling
from frontoffice.storage.lezer import AgendaLezer, LegeLezer, open_lezer
from frontoffice.storage.tabellen import AfspraakRij
from frontoffice.storage.verbinding import SCHRIJFT, make_engine
from frontoffice.storage.versies import Geschiedenis
from tests.storage.bouw import (
    ANDERE_DAG,
    COLLEGA,
    DAG,
    INRICHTING,
    KLANT,
    SLEUTEL,
    WIE,
    make_afspraak,
    put_inrichting,
)

_GEVULD = make_afspraak(
    "1",
    buffer=5,
    klant=replace(KLANT, telefoon="+31612345678", geboortedatum=date(2016, 2, 29), klantsleutel="ab" * 32),
    behoeften=("tolk", "extra_tijd"),
    taal="ar",
    opmerking="Belt bij de deur.\nمحمد",
    vaste_balie=True,
    te_verzetten="De avond is gesloten.",
    kanaal=Kanaal.BALIE,
    gemaakt_op=datetime(2026, 11, 30, 9, 0, 1, 250_000, tzinfo=UTC),
    vervolg_van="0",
    ics_volgnummer=3,
)


def fill(agenda: AgendaDatabase) -> None:
    klant = replace(KLANT, naam="J. van Dam", telefoon="+49301234567", email="dam@voorbeeld.example")
    andere = make_afspraak("2", uur=18, dag=ANDERE_DAG, klant=klant)
    with agenda.lock([DAG, ANDERE_DAG]) as tx:
        tx.add_afspraak(_GEVULD, WIE)
        tx.add_afspraak(andere, COLLEGA)
    with agenda.lock([ANDERE_DAG]) as tx:
        tx.update_afspraak(replace(andere, toestand=Toestand.AFGEZEGD), COLLEGA, "afgezegd", "ziek")


@pytest.mark.parametrize(
    "zoek", ["+31612345678", "06-12 34 56 78", "0612345678", "+49301234567", "12345678", "0687654321", ""]
)
def test_de_lezer_vindt_op_telefoon_wat_de_opslag_vindt(
    agenda: AgendaDatabase, instelling: Instelling, zoek: str
) -> None:
    fill(agenda)
    with open_lezer(instelling) as lezer:
        assert isinstance(lezer, AgendaLezer)
        assert lezer.find_afspraken(zoek=zoek) == agenda.find_afspraken(zoek=zoek)


def test_op_een_naam_zoekt_de_lezer_niet(instelling: Instelling) -> None:
    with open_lezer(instelling) as lezer:
        assert isinstance(lezer, AgendaLezer)
        with pytest.raises(ValueError, match="nummer"):
            lezer.find_afspraken(zoek="jansen")


def test_de_lezer_leest_alles_van_een_afspraak(agenda: AgendaDatabase, instelling: Instelling) -> None:
    fill(agenda)
    with open_lezer(instelling) as lezer:
        assert lezer is not None
        (gevonden,) = lezer.find_afspraken(klantsleutel="ab" * 32)
        assert gevonden == agenda.find_afspraken(ids=["1"])[0]
        assert replace(gevonden, versie=1) == _GEVULD
        assert lezer.find_afspraken(klantsleutel="cd" * 32) == ()
        assert lezer.find_afspraken(datum_van=ANDERE_DAG) == agenda.find_afspraken(datum_van=ANDERE_DAG)
        assert len(lezer.find_afspraken(maximum=1)) == 1
        assert lezer.load_gebeurtenissen("2") == agenda.load_gebeurtenissen("2")
        assert [g.soort for g in lezer.load_gebeurtenissen("2")][-1] == "afgezegd"
        assert lezer.load_klantgeheim() == agenda.load_klantgeheim()
        assert abs((lezer.nu() - agenda.nu()).total_seconds()) < 5


def test_de_lezer_telt_een_avond_zoals_de_opslag_haar_kent(
    agenda: AgendaDatabase, instelling: Instelling
) -> None:
    fill(agenda)
    put_inrichting(agenda, INRICHTING)
    hele = agenda.load_inrichting()[0]
    with open_lezer(instelling) as lezer:
        assert lezer is not None
        for dag in (DAG, ANDERE_DAG, DAG.replace(day=4)):
            verwacht = [
                (to_tik(a.begin), a.toestand.value, a.te_verzetten)
                for a in agenda.find_afspraken(datum_van=dag, datum_tot=dag)
            ]
            assert [(r.begin_tik, r.toestand, r.te_verzetten) for r in lezer.find_avond(dag)] == verwacht
        opening = lezer.load_opening()
    assert (opening.locatie, opening.regels) == (hele.locatie, hele.regels)
    assert opening.diensten == ()


def test_de_lezer_kent_elke_kolom_van_een_afspraak() -> None:
    from frontoffice.storage import lezer

    assert set(lezer._AFSPRAAK) == {kolom.name for kolom in AfspraakRij.__table__.columns}


def test_de_lezer_kan_niets_wijzigen_in_de_gedeelde_agenda(
    agenda: AgendaDatabase, pg_agenda: PostgresInstelling
) -> None:
    with open_lezer(pg_agenda) as lezer:
        assert isinstance(lezer, AgendaLezer)
        with pytest.raises(AgendaFout) as gevangen:
            lezer._rijen("DELETE FROM afspraak")
    assert gevangen.value.code == "agenda_alleen_lezen"


def test_een_agenda_die_er_nog_niet_is_is_leeg_en_wordt_niet_gemaakt(tmp_path: Path) -> None:
    with open_lezer(SqliteInstelling(tmp_path / "agenda.db", lambda: SLEUTEL)) as lezer:
        assert isinstance(lezer, LegeLezer)
        assert lezer.find_afspraken(zoek="0612345678") == ()
        assert lezer.load_gebeurtenissen("1") == ()
        assert lezer.find_avond(DAG) == ()
        assert lezer.load_opening().regels == ()
    assert not [*tmp_path.iterdir()]


def test_een_database_zonder_schema_moet_eerst_worden_bijgewerkt(tmp_path: Path) -> None:
    instelling = SqliteInstelling(tmp_path / "agenda.db", lambda: SLEUTEL)
    engine = make_engine(instelling)
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        verbinding.exec_driver_sql("CREATE TABLE iets (id INTEGER)")
    engine.dispose()
    with open_lezer(instelling) as lezer:
        assert lezer is None


def test_een_nieuwer_schema_wordt_geweigerd(agenda: AgendaDatabase, sqlite_agenda: SqliteInstelling) -> None:
    engine = make_engine(sqlite_agenda)
    with engine.connect().execution_options(**{SCHRIJFT: True}) as verbinding, verbinding.begin():
        verbinding.exec_driver_sql(f"UPDATE {Geschiedenis.AGENDA.tabel} SET version_num = '9999'")  # noqa: S608 - uit de enum
    engine.dispose()
    with pytest.raises(SchemaTeNieuw), open_lezer(sqlite_agenda):
        pass


def test_een_andere_sleutel_zegt_wat_er_mis_is_en_verklapt_niets(sqlite_agenda: SqliteInstelling) -> None:
    with pytest.raises(AgendaFout) as gevangen, open_lezer(replace(sqlite_agenda, sleutel=lambda: "00" * 32)):
        pass
    assert gevangen.value.code == "agenda_sleutel"
    assert gevangen.value.__cause__ is None
    assert gevangen.value.__context__ is None


def test_een_server_die_er_niet_is_is_onbereikbaar_en_niet_leeg() -> None:
    with (
        pytest.raises(AgendaOnbereikbaar),
        open_lezer(PostgresInstelling("127.0.0.1", "agenda", "kif", 9, None, "prefer")),
    ):
        pass


def test_opzoeken_laadt_de_databaselaag_niet(sqlite_agenda: SqliteInstelling) -> None:
    """Ook niet de feestdagen: samen zou dat bij elke klant tientallen MB en een halve seconde kosten."""
    script = (
        "import sys, pathlib\n"
        "from frontoffice.storage.instelling import SqliteInstelling\n"
        "from frontoffice.storage.lezer import open_lezer\n"
        "from frontoffice.services.klantafspraken import Klantzoeker\n"
        f"with open_lezer(SqliteInstelling(pathlib.Path(sys.argv[1]), lambda: {SLEUTEL!r})) as lezer:\n"
        "    Klantzoeker(lezer).for_klant(telefoons=['0612345678'], naam='x')\n"
        "zwaar = {'sqlalchemy', 'alembic', 'holidays', 'psycopg'} & set(sys.modules)\n"
        "assert not zwaar, zwaar\n"
    )
    klaar = subprocess.run(
        [sys.executable, "-c", script, str(sqlite_agenda.pad)], capture_output=True, text=True, check=False
    )
    assert klaar.returncode == 0, klaar.stderr
