"""`kif avond`: van de deur tot klaar, op een echte agenda; namen komen nooit op de uitvoer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from frontoffice.cli import main
from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.agenda import Agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling, SqliteInstelling
from frontoffice.storage.openen import DEMO_SLEUTEL
from tests.cli.stam import WORTEL
from tests.services.agendabouw import DAG, TWEE, boek, op, richt_in, uid, werkplek
from tests.storage.conftest import pg_agenda, pg_sjabloon, postgres

__all__ = ["pg_agenda", "pg_sjabloon", "postgres"]
NAMEN = ("Wieczorek", "Óttarsdóttir", "Pietersen")
TIJDEN = ((17, 0), (17, 15), (17, 45), (18, 0))
STAND = {
    "datum": DAG.isoformat(),
    "stand": "bezig",
    "rijen": [
        {"volgnummer": f"A{n:02d}", "toestand": "bevestigd", "balie": "", "wacht_min": None}
        for n in range(1, 5)
    ],
}


def begin(agenda: Agendadiensten) -> list[str]:
    """De avond van 3 december, 17.10 uur, met vier afspraken op naam van A. Wieczorek; geeft hun nummers."""
    opslag = agenda.opslag
    assert isinstance(opslag, AgendaDatabase)
    afspraken = [boek(agenda, *tijd, naam=f"A. {NAMEN[0]}") for tijd in TIJDEN]
    opslag.set_klok(op(17, 10))
    agenda.vanavond.open_avond(verzoek_id=uid())
    return [afspraak.nummer for afspraak in afspraken]


@pytest.fixture(scope="module")
def sjabloon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("avond") / "agenda.db"
    opslag = AgendaDatabase(SqliteInstelling(pad, lambda: DEMO_SLEUTEL))
    opslag.mark_proef()
    opslag.set_klok(op(9, dag=DAG))
    agenda = werkplek(opslag)
    richt_in(agenda, TWEE)
    begin(agenda)
    opslag.close()
    return pad


@pytest.fixture
def database(sjabloon: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sjabloon, tmp_path / 'agenda.db')}"


class Avond:
    """Voert opdrachten uit op één agenda; elke aanroep geeft de uitgang en het document."""

    def __init__(self, database: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.database, self._capsys = database, capsys

    def __call__(self, *woorden: str, invoer: str = "") -> tuple[int, Any]:
        self._capsys.readouterr()
        stdin = mock.Mock(buffer=mock.Mock(read=lambda *_: invoer.encode()))
        with mock.patch("sys.stdin", stdin):
            uitgang = main(["avond", *woorden, "--database", self.database, "--json"])
        gelezen = self._capsys.readouterr()
        assert not any(naam in gelezen.out + gelezen.err for naam in NAMEN)
        assert gelezen.out.count("\n") == 1
        return uitgang, json.loads(gelezen.out)


@pytest.fixture
def kif(database: str, capsys: pytest.CaptureFixture[str]) -> Avond:
    return Avond(database, capsys)


def toestand(kif: Avond, volgnummer: str) -> tuple[str, str]:
    (rij,) = (rij for rij in kif("status")[1]["rijen"] if rij["volgnummer"] == volgnummer)
    return rij["toestand"], rij["balie"]


def test_de_stand_noemt_iedereen_met_een_volgnummer_en_wie_wacht_hoe_lang_nog(kif: Avond) -> None:
    assert kif("status") == (0, STAND)
    kif("arrive", "A01")
    rijen = kif("status", "--datum", DAG.isoformat())[1]["rijen"]
    assert rijen[0]["toestand"] == "aangemeld"
    assert isinstance(rijen[0]["wacht_min"], int)
    assert [rij["wacht_min"] for rij in rijen[1:]] == [None] * 3


def test_zonder_avond_is_de_stand_leeg_en_de_uitgang_nul_en_kan_er_niemand_komen(
    kif: Avond, sjabloon: Path
) -> None:
    assert kif("status", "--datum", "2026-12-04") == (0, {"datum": None, "rijen": []})
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    opslag.set_klok(op(17, dag=DAG.replace(day=4)))
    opslag.close()
    assert kif("status") == (0, {"datum": None, "rijen": []})
    uitgang, document = kif("arrive", "A01")
    assert (uitgang, document["fout"]["code"]) == (4, "geen_avond")


def test_aanmelden_gaat_op_afspraaknummer_code_en_volgnummer_en_twee_keer_is_een_keer(kif: Avond) -> None:
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    een, twee, *_ = sorted(opslag.find_afspraken(datum_van=DAG, datum_tot=DAG), key=lambda a: a.begin)
    opslag.close()
    verzoek = uid()
    for _ in range(2):
        assert kif("arrive", een.nummer, "--request-id", verzoek) == (0, {"volgnummer": "A01"})
    assert kif("arrive", twee.code.lower()) == (0, {"volgnummer": "A02"})
    assert kif("arrive", "a03") == (0, {"volgnummer": "A03"})
    for onbekend in ("2026-09999", "A99", "ABCDEFGH", NAMEN[0]):
        uitgang, document = kif("arrive", onbekend)
        assert (uitgang, document["fout"]["code"]) == (2, "bestaat_niet")


def test_zonder_afspraak_krijgt_een_eigen_nummer_en_de_naam_komt_van_de_invoer(kif: Avond) -> None:
    w01 = {"volgnummer": "W01", "wacht_min": 0}
    assert kif("arrive", "--inloop", "a10", "--naam", NAMEN[2]) == (0, w01)
    verzoek = uid()
    for _ in range(2):
        woorden = ("arrive", "--inloop", "a10:1", "--naam", "-", "--request-id", verzoek)
        assert kif(*woorden, invoer=f"{NAMEN[1]}\n") == (0, {"volgnummer": "W02", "wacht_min": 0})
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    assert set(opslag.load_bezoeknamen(DAG).values()) >= {NAMEN[1], NAMEN[2]}
    opslag.close()
    uitgang, document = kif("arrive", "--inloop", "bestaat-niet", "--naam", "-", invoer="B")
    assert (uitgang, document["fout"]["code"]) == (2, "product")


def test_past_iemand_zonder_afspraak_er_niet_bij_dan_zegt_hij_wat_er_wel_kan(kif: Avond) -> None:
    uitgang, document = kif("arrive", "--inloop", "huwelijk", "--naam", "-", invoer=NAMEN[1])
    assert (uitgang, document["fout"]["code"]) == (4, "past_niet")
    assert document["fout"]["uitleg"]
    assert (document["volgnummer"], document["wacht_min"], document["waarom"]) == (None, None, "anders")


def test_het_verslag_is_er_ook_van_een_eerdere_avond_en_telt_wie_niet_terechtkon(kif: Avond) -> None:
    kif("arrive", "--inloop", "huwelijk", "--naam", "-", invoer=NAMEN[1])
    uitgang, verslag = kif("report")
    assert (uitgang, verslag["datum"], verslag["avonden"]) == (0, DAG.isoformat(), [DAG.isoformat()])
    assert (verslag["afspraken"], verslag["nog_open"], verslag["voorlopig"]) == (4, 4, True)
    assert verslag["geweigerd"] == [{"naam": "Andere reden", "aantal": 1}]
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    opslag.set_klok(op(17, dag=DAG.replace(day=4)))
    opslag.close()
    assert kif("report")[1] == verslag
    geen = {"datum": None, "avonden": [DAG.isoformat()]}
    assert kif("report", "--datum", "2026-12-04") == (0, geen)


def test_oproepen_geeft_een_nummer_en_anders_null_met_uitgang_vier(kif: Avond) -> None:
    niemand = (4, {"volgnummer": None})
    assert kif("call", "--balie", "B1") == niemand
    kif("arrive", "A01")
    kif("arrive", "A02")
    verzoek = uid()
    for _ in range(2):
        assert kif("call", "--balie", "B1", "--request-id", verzoek) == (0, {"volgnummer": "A01"})
    assert kif("call", "--balie", "B1") == niemand, "E04: die balie helpt nog iemand"
    assert kif("call", "--balie", "balie 2") == (0, {"volgnummer": "A02"})
    assert toestand(kif, "A02") == ("opgeroepen", "B2")
    uitgang, document = kif("call", "--balie", "B9")
    assert (uitgang, document["fout"]["code"]) == (2, "balie")


def test_even_apart_klaar_en_niet_gekomen_gaan_alleen_aan_de_eigen_balie(kif: Avond) -> None:
    kif("arrive", "A01")
    kif("arrive", "A02")
    kif("call", "--balie", "B1")
    uitgang, document = kif("park", "A01", "--balie", "B2")
    assert (uitgang, document["fout"]["code"]) == (4, "iemand_was_eerder")
    assert kif("park", "A01", "--balie", "B1") == (0, {"volgnummer": "A01"})
    assert toestand(kif, "A01")[0] == "even_apart"
    assert kif("call", "--balie", "B1") == (0, {"volgnummer": "A02"}), "E07: nooit vanzelf terug"
    verzoek = uid()
    assert kif("finish", "A02", "--balie", "B1", "--request-id", verzoek) == (0, {"volgnummer": "A02"})
    uitgang, document = kif("park", "A02", "--balie", "B1", "--request-id", verzoek)
    assert (uitgang, document["fout"]["code"]) == (4, "verzoek_anders")
    for _ in range(2):
        assert kif("finish", "A02", "--balie", "B1", "--request-id", verzoek) == (0, {"volgnummer": "A02"})
    assert toestand(kif, "A02") == ("klaar", "B1")
    assert kif("finish", "A02", "--balie", "B1")[0] == 4, "is al klaar"
    assert kif("finish", "A03", "--balie", "B1")[0] == 4, "is nog niet opgeroepen"
    uitgang, document = kif("noshow", "A04", "--balie", "B1")
    assert (uitgang, document["fout"]["code"]) == (4, "respijt")


def test_hetzelfde_verzoek_geeft_hetzelfde_antwoord_ook_als_het_bezoek_nu_ergens_anders_is(
    kif: Avond,
) -> None:
    kif("arrive", "A01")
    kif("call", "--balie", "B1")
    verzoek = uid()
    assert kif("park", "A01", "--balie", "B1", "--request-id", verzoek) == (0, {"volgnummer": "A01"})
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    avond = werkplek(opslag).vanavond
    stand = avond.load_stand()
    assert stand is not None
    avond.resume(next(b.id for b in stand.bezoeken if b.volgnummer == "A01"), "B2", verzoek_id=uid())
    opslag.close()
    assert kif("park", "A01", "--balie", "B1", "--request-id", verzoek) == (0, {"volgnummer": "A01"})
    assert toestand(kif, "A01")[1] == "B2"


def test_niet_gekomen_kan_na_het_respijt(kif: Avond) -> None:
    opslag = AgendaDatabase(SqliteInstelling(Path(kif.database[10:]), lambda: DEMO_SLEUTEL))
    opslag.set_klok(op(17, 30))
    opslag.close()
    assert kif("noshow", "A01", "--balie", "B1") == (0, {"volgnummer": "A01"})
    assert toestand(kif, "A01")[0] == "niet_gekomen"


@pytest.mark.parametrize(
    "woorden",
    [
        "",
        "onzin",
        "status A01",
        "status --datum gisteren",
        "status --balie B1",
        "arrive",
        "arrive a b",
        "arrive A01 --naam qqq",
        "arrive --inloop a10",
        "arrive --naam qqq",
        "arrive A01 --inloop a10 --naam qqq",
        "arrive --inloop a10:0 --naam qqq",
        "call",
        "call A01 --balie B1",
        "park A01",
        "finish --balie B1",
        "noshow A01 A02 --balie B1",
    ],
)
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet_en_herhaalt_niets(woorden: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        read_opties(["avond", *woorden.split()])
    assert gevangen.value.code == "gebruik"
    assert "kif avond status" in gevangen.value.uitleg
    assert "qqq" not in gevangen.value.uitleg


def test_de_hulp_noemt_elke_opdracht(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["avond", "--help"]) == 0
    hulp = capsys.readouterr().out
    for deel in ("status", "report", "arrive", "call", "park", "finish", "noshow"):
        assert f"kif avond {deel}" in hulp


def test_buiten_de_demonstratie_staat_een_naam_nooit_op_de_opdrachtregel(
    echt: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for naam, waarde in echt.items():
        monkeypatch.setenv(naam, waarde)
    assert main(["avond", "arrive", "--inloop", "paspoort", "--naam", NAMEN[0], "--json"]) == 2
    gelezen = capsys.readouterr()
    assert json.loads(gelezen.out)["fout"]["code"] == "vraag_op_opdrachtregel"
    assert NAMEN[0] not in gelezen.out + gelezen.err


def test_e03_twaalf_processen_tegelijk_roepen_nooit_dezelfde_op(
    pg_agenda: PostgresInstelling, postgres: Any
) -> None:
    """Aan elk van de zes balies drukken er twee; er wachten er vier."""
    opslag = AgendaDatabase(pg_agenda)
    agenda = werkplek(opslag)
    nummers = begin(agenda)
    opslag.set_klok(op(18))
    for nummer in range(len(nummers)):
        bezoek = agenda.vanavond.find(f"A{nummer + 1:02d}")[0]
        agenda.vanavond.arrive(bezoek.id, verzoek_id=uid())
    adres = postgres.url(pg_agenda.naam)
    uitkomsten = tegelijk(12, "avond", "call", "--balie", "B{n}", "--json", "--database", adres)
    gegeven = sorted(document["volgnummer"] for uitgang, document in uitkomsten if uitgang == 0)
    assert gegeven == ["A01", "A02", "A03", "A04"]
    assert [document for uitgang, document in uitkomsten if uitgang == 4] == [{"volgnummer": None}] * 8
    stand = agenda.vanavond.load_stand()
    assert stand is not None
    assert len({bezoek.balie for bezoek in stand.bezoeken}) == 4
    assert opslag.check() == ()
    opslag.close()


def tegelijk(aantal: int, *woorden: str) -> list[tuple[int, Any]]:
    klaar = subprocess.run(
        [sys.executable, "-m", "tests.cli.tegelijk", str(aantal), *woorden],
        cwd=WORTEL, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    regels = [regel.split(" ", 1) for regel in klaar.stdout.splitlines() if regel]
    assert len(regels) == aantal, klaar.stdout + klaar.stderr
    return [(int(uitgang), json.loads(document)) for uitgang, document in regels]
