"""De weg naar een gedeelde agenda: alleen versleuteld, en alleen naar de server die het profiel bedoelt.

Een echte PostgreSQL met een certificaat van een eigen uitgever, geopend zoals een werkplek dat doet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from frontoffice.agendapoort import AgendaFout
from frontoffice.domain.fouten import ProfielFout
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from frontoffice.storage.openen import open_agenda
from tests.conftest import eis
from tests.storage.postgres import PostgresProces, can_start
from tests.storage.test_openen import Geheim
from tests.test_profiel import centraal

WACHTWOORD = "geheim-van-de-test"


@dataclass(frozen=True)
class Opstelling:
    server: PostgresProces
    bundel: Path
    andere_bundel: Path


@pytest.fixture(scope="module")
def opstelling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opstelling]:
    """Een server die zegt localhost te heten; haar certificaat is van de eerste van twee uitgevers."""
    eis("PostgreSQL", can_start())
    from tests.storage.certificaat import make_ca, make_server

    eigen, vreemd = tmp_path_factory.mktemp("eigen"), tmp_path_factory.mktemp("vreemd")
    ca, sleutel, bundel = make_ca(eigen)
    make_server(eigen, ca, sleutel, "localhost")
    with PostgresProces() as server:
        with closing(server.connect("postgres")) as beheer:
            beheer.execute("SET password_encryption = 'scram-sha-256'")
            beheer.execute(f"CREATE ROLE balie LOGIN PASSWORD '{WACHTWOORD}' SUPERUSER")
        server.use_tls(eigen)
        yield Opstelling(server, bundel, make_ca(vreemd)[2])


def open_(opstelling: Opstelling, tmp_path: Path, host: str, bundel: Path, sslmode: str) -> AgendaDatabase:
    """Zoals een werkplek: uit een profiel, met het wachtwoord uit de sleutelbos."""
    regels = (
        f'[agenda]\ndatabase = "postgresql://balie@{host}:{opstelling.server.poort}/postgres"\n'
        f'sslmode = "{sslmode}"\nca_bundel = "{bundel.as_posix()}"\n'
    )
    profiel = parse_profiel(centraal(meer=regels))
    return open_agenda(profiel.agenda, Geheim(agenda=WACHTWOORD), tmp_path, demo=False)


def test_met_de_goede_uitgever_en_de_goede_naam_is_de_verbinding_versleuteld(
    opstelling: Opstelling, tmp_path: Path
) -> None:
    agenda = open_(opstelling, tmp_path, "localhost", opstelling.bundel, "verify-full")
    agenda.nu()
    with closing(opstelling.server.connect("postgres")) as beheer:
        rij = beheer.execute(
            "SELECT s.ssl, s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) "
            "WHERE a.usename = 'balie' AND a.application_name = 'klant-in-focus'"
        ).fetchone()
    agenda.close()
    assert rij is not None
    assert rij[0] is True
    assert rij[1] in ("TLSv1.2", "TLSv1.3")


@pytest.mark.parametrize(
    ("host", "eigen", "sslmode"),
    [
        ("localhost", False, "verify-full"),
        ("localhost", False, "verify-ca"),
        ("127.0.0.1", True, "verify-full"),
    ],
    ids=["andere uitgever", "andere uitgever zonder naam", "andere naam"],
)  # fmt: skip
def test_een_andere_uitgever_of_een_andere_naam_wordt_geweigerd_met_wat_te_doen(
    opstelling: Opstelling, tmp_path: Path, host: str, eigen: bool, sslmode: str
) -> None:
    bundel = opstelling.bundel if eigen else opstelling.andere_bundel
    agenda = open_(opstelling, tmp_path, host, bundel, sslmode)
    with pytest.raises(AgendaFout) as gevangen:
        agenda.nu()
    agenda.close()
    assert gevangen.value.code == "agenda_certificaat"
    assert "geen vertrouwd certificaat" in str(gevangen.value)
    assert "Laat uw beheerder" in str(gevangen.value)
    assert WACHTWOORD not in str(gevangen.value)


def test_een_server_zonder_tls_wordt_geweigerd_met_wat_te_doen(
    postgres: PostgresProces, opstelling: Opstelling
) -> None:
    agenda = AgendaDatabase(
        PostgresInstelling(
            "127.0.0.1",
            "postgres",
            "balie",
            postgres.poort,
            lambda: WACHTWOORD,
            "verify-full",
            opstelling.bundel,
        )
    )
    with pytest.raises(AgendaFout, match="geen versleutelde verbinding") as gevangen:
        agenda.nu()
    agenda.close()
    assert gevangen.value.code == "agenda_onversleuteld"


@pytest.mark.parametrize("sslmode", ["prefer", "disable", "allow", "require"])
def test_buiten_deze_computer_is_een_zwakkere_verbinding_niet_in_te_stellen(sslmode: str) -> None:
    regels = f'[agenda]\ndatabase = "postgresql://balie@10.0.0.5/agenda"\nsslmode = "{sslmode}"\n'
    with pytest.raises(ProfielFout, match=r"agenda\.sslmode"):
        parse_profiel(centraal(meer=regels))
