"""Een agenda van elke eerdere uitgave wordt bijgewerkt, met alles wat erin stond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from frontoffice.agenda.afspraak import Antwoorden, Toestand
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from frontoffice.storage.schema import Geschiedenis
from tests.storage.bouw import ANDERE_DAG, DAG, WIE, add, make_afspraak
from tests.storage.conftest import postgres_instelling, sqlite_instelling
from tests.storage.postgres import PostgresProces
from tests.storage.test_schema import connected
from tests.storage.uitgave import UITGAVEN, load_rijen, make_uitgave

EERDER = ("0001", "0003")
"""De schema's waarmee een uitgave de deur uit is gegaan; wat daartussen zat, heeft niemand."""


@pytest.fixture(params=["sqlite", "postgresql"])
def leeg(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Instelling]:
    if request.param == "sqlite":
        yield sqlite_instelling(tmp_path / "agenda.db")
        return
    postgres: PostgresProces = request.getfixturevalue("postgres")
    naam = postgres.make_database()
    yield postgres_instelling(postgres, naam)
    postgres.drop_database(naam)


@pytest.fixture(params=EERDER)
def oude(request: pytest.FixtureRequest, leeg: Instelling) -> Instelling:
    make_uitgave(leeg, request.param)
    return leeg


def test_van_elke_eerdere_uitgave_is_een_agenda_bewaard() -> None:
    bewaard = {pad.stem.removeprefix("agenda_") for pad in UITGAVEN.glob("agenda_*.json")}
    assert bewaard == set(EERDER) < set(Geschiedenis.AGENDA.versies)


def test_na_het_bijwerken_staat_elke_afspraak_er_nog(oude: Instelling) -> None:
    agenda = AgendaDatabase(oude)
    afspraken = {a.id: a for a in agenda.find_afspraken()}
    assert set(afspraken) == {"een", "twee", "drie", "vier", "vijf"}
    een = afspraken["een"]
    assert (een.klant.naam, een.klant.geboortedatum) == ("Ayşe Şahin", date(2016, 2, 29))
    assert een.klant.klantsleutel == "ab" * 32
    assert afspraken["twee"].toestand is Toestand.AFGEZEGD
    assert (afspraken["vier"].datum, afspraken["vier"].ics_volgnummer) == (ANDERE_DAG, 1)
    # Wat er toen nog niet was, krijgt de gewone waarden.
    assert {(a.klant.bevestiging, a.klant.brieftaal) for a in afspraken.values()} == {(None, "nl")}
    assert {a.antwoorden for a in afspraken.values()} == {Antwoorden()}
    onderdelen = load_rijen(EERDER[0])["onderdeel"]["rijen"]
    inrichting = agenda.load_inrichting()[0]
    assert len(inrichting.diensten) == sum(rij[0] == "diensten" for rij in onderdelen) > 0
    assert len(inrichting.producten) == sum(rij[0] == "producten" for rij in onderdelen) > 0
    assert [w.id for w in agenda.load_wachtlijst()] == ["w1"]
    assert agenda.find_verzoek("11111111-2222-3333-4444-555555555555") is not None
    assert agenda.load_avonden([ANDERE_DAG])[ANDERE_DAG].notitie == "Let op: pasfotohokje stuk."
    assert agenda.check() == ()
    agenda.close()


def test_na_het_bijwerken_is_elke_afspraak_te_vinden_en_gaat_het_werk_door(oude: Instelling) -> None:
    agenda = AgendaDatabase(oude)
    for zoek, ids in (
        ("sahin", ["een"]), ("0612345678", ["een"]), ("grossmann lukasz", ["twee"]), ("محمد", ["drie"]),
        ("vries jan", ["vier"]), ("ansen", ["vier"]), ("oneill", ["vijf"]),
        ("061234567", ["een", "vier", "vijf"]),
    ):  # fmt: skip
        assert sorted(a.id for a in agenda.find_afspraken(zoek=zoek)) == ids, zoek
    add(agenda, make_afspraak("zes", 18, balie="B4"))
    nieuw = agenda.find_afspraken(ids=["zes"])[0]
    assert nieuw.nummer == "2026-00006"
    assert len(agenda.load_gebeurtenissen("vier")) == 2
    assert agenda.check() == ()
    agenda.close()
    with pytest.raises(exc.DBAPIError, match="alleen bijschrijven"), connected(oude) as verbinding:
        verbinding.execute(text("DELETE FROM gebeurtenis"))


def test_het_klantgeheim_verandert_niet_bij_het_bijwerken(leeg: Instelling) -> None:
    make_uitgave(leeg, "0001")
    kenmerk = load_rijen("0001")["kenmerk"]
    geheim = dict(zip(kenmerk["kolommen"], kenmerk["rijen"][0], strict=True))["klantgeheim"]
    agenda = AgendaDatabase(leeg)
    assert agenda.load_klantgeheim() == bytes.fromhex(geheim)
    agenda.close()


def test_na_het_bijwerken_kan_de_avond_van_een_bestaande_agenda_beginnen(oude: Instelling) -> None:
    agenda = AgendaDatabase(oude)
    wacht = agenda.load_bezoeken(DAG)
    assert [b.id for b in wacht] == ["een", "drie"]  # wie afzegde of een andere avond komt, niet
    assert {(b.volgnummer, b.versie, b.naam) for b in wacht} == {("", 0, "")}
    with agenda.lock([DAG]) as tx:
        for bezoek in tx.load_bezoeken(DAG):
            nummer = tx.next_volgnummer(DAG, bezoek.soort)
            tx.add_bezoek(replace(bezoek, volgnummer=nummer), WIE, "bezoek_genummerd")
    assert [b.volgnummer for b in agenda.load_bezoeken(DAG)] == ["A01", "A02"]
    assert len(agenda.load_stappen(DAG)) == 2
    assert agenda.check() == ()
    agenda.close()


def test_een_lege_agenda_van_een_eerdere_uitgave_wordt_ook_bijgewerkt(leeg: Instelling) -> None:
    make_uitgave(leeg, EERDER[0], met_rijen=False)
    agenda = AgendaDatabase(leeg)
    assert agenda.ensure_schema() is True
    assert agenda.load_avonden([DAG])[DAG].inhoud == ()
    agenda.close()
