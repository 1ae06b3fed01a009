"""Welke agenda een werkplek opent, en de zin als dat er geen is."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontoffice.agendapoort import AgendaFout
from frontoffice.domain.fouten import GeheimFout, Geweigerd, InvoerFout, ProfielFout
from frontoffice.geheimen import Sleutelbos
from frontoffice.profiel import Agenda
from frontoffice.profiel.databaseadres import Databaseadres, read_databaseadres
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.storage.bestand import check_geen_netwerk, is_netwerk
from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling
from frontoffice.storage.openen import DEMO_SLEUTEL, SLEUTEL, choose_instelling, open_agenda
from tests.storage.bouw import DAG
from tests.test_profiel import centraal, demo

GEDEELD = Agenda("postgresql://kif@agenda.losser.example/agenda")


class Geheim:
    """Port `Geheimen` in het geheugen."""

    def __init__(self, **waarden: str) -> None:
        self.waarden = waarden

    def get(self, naam: str) -> str:
        if naam not in self.waarden:
            raise GeheimFout("ontbreekt", code="geheim_ontbreekt")
        return self.waarden[naam]

    def set(self, naam: str, waarde: str) -> None:
        self.waarden[naam] = waarde


def test_zonder_gedeelde_agenda_staat_afspraken_maken_uit_met_de_reden(tmp_path: Path) -> None:
    with pytest.raises(Geweigerd, match="geen gedeelde agenda") as gevangen:
        open_agenda(Agenda(), Geheim(), tmp_path, demo=False)
    assert gevangen.value.code == "geen_gedeelde_agenda"
    assert list(tmp_path.iterdir()) == []


def test_een_bestand_is_buiten_de_demonstratie_alleen_een_bewuste_keuze(tmp_path: Path) -> None:
    adres = f"sqlite:///{tmp_path}/a.db"
    with pytest.raises(Geweigerd, match="alleen_deze_pc"):
        choose_instelling(Agenda(), Geheim(), tmp_path, demo=False, database=adres)
    bewust = choose_instelling(Agenda(alleen_deze_pc=True), Geheim(), tmp_path, demo=False, database=adres)
    assert isinstance(bewust, SqliteInstelling)
    assert bewust.pad == tmp_path / "a.db"


def test_de_demonstratie_heeft_zonder_sleutelbos_een_eigen_agenda(tmp_path: Path) -> None:
    agenda = open_agenda(Agenda(), Geheim(), tmp_path / "data", demo=True)
    assert agenda.load_avonden([DAG])[DAG].inhoud == ()
    assert not agenda.gedeeld
    agenda.close()
    assert (tmp_path / "data" / "agenda-demo.db").exists()
    instelling = choose_instelling(Agenda(), Geheim(), tmp_path, demo=True)
    assert isinstance(instelling, SqliteInstelling)
    assert instelling.sleutel() == DEMO_SLEUTEL


def test_een_demonstratie_gebruikt_nooit_een_agenda_elders(tmp_path: Path) -> None:
    with pytest.raises(Geweigerd, match="demonstratie"):
        choose_instelling(GEDEELD, Geheim(), tmp_path, demo=True)


def test_alleen_deze_pc_maakt_een_sleutel_en_bewaart_die_in_de_sleutelbos(tmp_path: Path) -> None:
    bos = Sleutelbos()
    for _ in range(2):
        agenda = open_agenda(Agenda(alleen_deze_pc=True), bos, tmp_path, demo=False)
        agenda.load_avonden([DAG])
        agenda.close()
    assert len(bos.get(SLEUTEL)) == 64
    assert bos.get(SLEUTEL) != DEMO_SLEUTEL


def test_is_de_sleutel_van_een_bestaande_agenda_weg_dan_komt_er_geen_nieuwe(tmp_path: Path) -> None:
    agenda = open_agenda(Agenda(alleen_deze_pc=True), Geheim(), tmp_path, demo=False)
    agenda.nu()
    agenda.close()
    kwijt = Geheim()
    zonder = open_agenda(Agenda(alleen_deze_pc=True), kwijt, tmp_path, demo=False)
    with pytest.raises(GeheimFout):
        zonder.nu()
    zonder.close()
    assert kwijt.waarden == {}


def test_een_gedeelde_agenda_elders_gaat_altijd_over_tls_met_een_wachtwoord(tmp_path: Path) -> None:
    instelling = choose_instelling(GEDEELD, Geheim(agenda="w"), tmp_path, demo=False)
    assert isinstance(instelling, PostgresInstelling)
    assert (instelling.host, instelling.naam, instelling.gebruiker, instelling.poort) == (
        "agenda.losser.example",
        "agenda",
        "kif",
        5432,
    )
    assert (instelling.sslmode, instelling.ca_bundel) == ("verify-full", None)
    assert instelling.wachtwoord is not None
    assert instelling.wachtwoord() == "w"
    zonder = choose_instelling(GEDEELD, Geheim(), tmp_path, demo=False)
    assert isinstance(zonder, PostgresInstelling)
    assert zonder.wachtwoord is not None
    with pytest.raises(GeheimFout):
        zonder.wachtwoord()


@pytest.mark.parametrize("sslmode", ["prefer", "verify-full"])
def test_database_op_de_opdrachtregel_maakt_tls_nooit_zwakker(tmp_path: Path, sslmode: str) -> None:
    profiel = Agenda("postgresql://kif@127.0.0.1/a", sslmode=sslmode)
    elders = choose_instelling(
        profiel, Geheim(), tmp_path, demo=False, database="postgresql://kif@agenda.losser.example/a"
    )
    assert isinstance(elders, PostgresInstelling)
    assert elders.sslmode == "verify-full"


def test_op_deze_computer_mag_een_server_zonder_wachtwoord(tmp_path: Path) -> None:
    instelling = choose_instelling(
        Agenda(), Geheim(), tmp_path, demo=True, database="postgresql://kif@localhost:5433/a"
    )
    assert isinstance(instelling, PostgresInstelling)
    assert instelling.wachtwoord is not None
    assert (instelling.wachtwoord(), instelling.sslmode, instelling.poort) == ("", "prefer", 5433)


@pytest.mark.parametrize(
    ("tekst", "host", "lokaal"),
    [
        ("postgresql://kif@127.0.0.1:5432/a", "127.0.0.1", True),
        ("postgresql+psycopg://kif@[::1]/a", "::1", True),
        ("postgres://localhost/a", "localhost", True),
        ("postgresql:///a?host=/run/postgresql&port=5433", "/run/postgresql", True),
        ("postgresql://kif@/a?host=/run/postgresql", "/run/postgresql", True),
        ("postgresql://kif@agenda.losser.example/a", "agenda.losser.example", False),
        ("postgresql://kif@localhost.evil.example/a", "localhost.evil.example", False),
        ("postgresql://kif@10.0.0.1/a", "10.0.0.1", False),
    ],
)
def test_een_goed_adres(tekst: str, host: str, lokaal: bool) -> None:
    adres = read_databaseadres(tekst)
    assert isinstance(adres, Databaseadres)
    assert (adres.host, adres.is_lokaal, adres.naam, adres.is_postgresql) == (host, lokaal, "a", True)


@pytest.mark.parametrize(
    "tekst",
    ["postgresql://kif:geheim@db/a", "postgresql://:geheim@db/a", "postgresql://db/a?password=geheim",
     "postgresql://kif@db/a?user=x&PASSWORD=geheim", "postgresql:///a?passfile=/geheim"],
)  # fmt: skip
def test_een_wachtwoord_in_het_adres_wordt_geweigerd_zonder_het_te_herhalen(tekst: str) -> None:
    uitkomst = read_databaseadres(tekst)
    assert isinstance(uitkomst, str)
    assert "kif geheim set agenda" in uitkomst
    with pytest.raises(ProfielFout) as gevangen:
        parse_profiel(centraal(meer=f'[agenda]\ndatabase = "{tekst}"\n'))
    assert "geheim@" not in str(gevangen.value)
    with pytest.raises(InvoerFout):
        choose_instelling(Agenda(), Geheim(), Path("."), demo=True, database=tekst)


@pytest.mark.parametrize(
    "tekst",
    ["", "agenda", "mysql://db/a", "postgresql://db", "postgresql://db/", "postgresql:///a", "postgresql://db/a/b",
     "postgresql://db:99999/a", "postgresql://db/a?sslmode=disable", "postgresql://db1,db2/a", "sqlite://a.db",
     "postgresql://db/a?host=/x", "postgresql://127.0.0.1@elders/../a", "postgresql://d b/a"],
)  # fmt: skip
def test_een_vreemd_adres_wordt_geweigerd(tekst: str) -> None:
    assert isinstance(read_databaseadres(tekst), str)


def test_het_profiel_leest_de_agenda_met_alles_erbij() -> None:
    profiel = parse_profiel(
        centraal(meer='[agenda]\ndatabase = "postgresql://kif@db.losser.example/agenda"\nkanaal = "balie"\n')
    )
    assert profiel.agenda == Agenda("postgresql://kif@db.losser.example/agenda", kanaal="balie")
    assert parse_profiel(centraal()).agenda == Agenda()
    lokaal = parse_profiel(centraal(meer='[agenda]\ndatabase = "postgresql://kif@127.0.0.1/a"\n'))
    assert lokaal.agenda.sslmode == "prefer"


@pytest.mark.parametrize(
    ("regels", "sleutel"),
    [
        ('database = "postgresql://db.example/a"\nalleen_deze_pc = true', "agenda.alleen_deze_pc"),
        ('database = "sqlite:///a.db"', "agenda.database"),
        ('database = "postgresql://db.example/a"\nsslmode = "prefer"', "agenda.sslmode"),
        ('database = "postgresql://db.example/a"\nsslmode = "disable"', "agenda.sslmode"),
        ('database = "postgresql://db.example/a"\nsslmode = "verify-ca"', "agenda.ca_bundel"),
        ('kanaal = "fax"', "agenda.kanaal"),
        ('wachtwoord = "x"', "agenda.wachtwoord"),
        ('geheim = "Mijn Geheim"', "agenda.geheim"),
    ],
)
def test_een_fout_in_de_agenda_van_het_profiel_noemt_zijn_sleutel(regels: str, sleutel: str) -> None:
    with pytest.raises(ProfielFout) as gevangen:
        parse_profiel(centraal(meer=f"[agenda]\n{regels}\n"))
    assert len(gevangen.value.fouten) == 1
    assert gevangen.value.fouten[0].startswith(f"{sleutel}:")


def test_een_demoprofiel_met_een_agenda_elders_is_een_fout() -> None:
    with pytest.raises(ProfielFout, match="op deze computer"):
        parse_profiel(demo(meer='[agenda]\ndatabase = "postgresql://db.example/a"\n'))


# --- netwerkschijven


@pytest.mark.parametrize("soort", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_een_netwerkschijf_wordt_herkend_aan_haar_koppelpunt(tmp_path: Path, soort: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 254:0 / / rw - ext4 /dev/a rw\n"
        f"30 22 0:40 / /mnt/g\\040map rw,relatime shared:1 - {soort} server:/x rw\n"
        "31 30 0:41 / /mnt/g\\040map/lokaal rw - tmpfs tmpfs rw\n"
        "rommel\n"
    )
    assert is_netwerk(Path("/mnt/g map/agenda.db"), mounts)
    assert is_netwerk(Path("/mnt/g map/nog/niet/er/agenda.db"), mounts)
    assert not is_netwerk(Path("/mnt/g mapje/agenda.db"), mounts)
    assert not is_netwerk(Path("/mnt/g map/lokaal/agenda.db"), mounts)
    assert not is_netwerk(Path("/data/x/agenda.db"), mounts)
    assert not is_netwerk(Path("/data/x/agenda.db"), tmp_path / "is-er-niet")


@pytest.mark.parametrize(
    "pad", ["\\\\server\\map\\agenda.db", "//server/map/agenda.db", "\\\\?\\UNC\\s\\m\\a.db"]
)
def test_een_netwerkpad_van_windows_wordt_geweigerd(pad: str) -> None:
    assert is_netwerk(Path(pad))
    with pytest.raises(AgendaFout, match="netwerkschijf"):
        check_geen_netwerk(Path(pad))


def test_een_agenda_op_een_netwerkschijf_wordt_niet_gemaakt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {tmp_path.resolve()} rw - nfs4 server:/x rw\n")
    from frontoffice.storage import bestand

    monkeypatch.setattr(bestand, "is_netwerk", lambda pad: is_netwerk(pad, mounts))
    with pytest.raises(AgendaFout) as gevangen:
        open_agenda(Agenda(alleen_deze_pc=True), Geheim(), tmp_path, demo=False)
    assert gevangen.value.code == "agenda_netwerkschijf"
    assert not (tmp_path / "agenda.db").exists()
