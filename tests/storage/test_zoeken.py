"""Een afspraak terugvinden: namen zoals mensen ze typen, en nooit een vraag die over alle afspraken loopt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text

from frontoffice.agenda.afspraak import Contactgegevens
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.zoekwoorden import make_woorden, read_zoek
from tests.storage.bouw import ANDERE_DAG, DAG, WIE, add, make_afspraak

NAMEN = {
    "sahin": "Ayşe Şahin",
    "wojcik": "Łukasz Wójcik",
    "gross": "Käthe Großmann",
    "jansen": "Jan Jansen",
    "vries": "P. Jansen-de Vries",
    "hof": "Truus van 't Hof",
    "neill": "Sinéad O'Neill",
    "arabisch": "محمد",
    "ij": "Yağmur IJsselstein",
}


@pytest.fixture
def gevuld(agenda: AgendaDatabase) -> AgendaDatabase:
    for nummer, (id_, naam) in enumerate(NAMEN.items()):
        klant = Contactgegevens(naam, f"06123456{nummer:02d}", f"x{nummer}@voorbeeld.example")
        add(agenda, make_afspraak(id_, 17 + nummer // 4, 15 * (nummer % 4), klant=klant))
    return agenda


def find(agenda: AgendaDatabase, zoek: str, **filters: Any) -> list[str]:
    return [a.id for a in agenda.find_afspraken(zoek=zoek, **filters)]


@pytest.mark.parametrize(
    ("zoek", "ids"),
    [
        ("Şahin", ["sahin"]), ("sahin", ["sahin"]), ("SAHIN AYSE", ["sahin"]), ("sah", ["sahin"]),
        ("lukasz", ["wojcik"]), ("Łukasz wójcik", ["wojcik"]), ("wojc luk", ["wojcik"]),
        ("Großmann", ["gross"]), ("grossmann", ["gross"]), ("kathe", ["gross"]), ("ossman", ["gross"]),
        ("jan jansen", ["jansen"]), ("jansen jan", ["jansen"]), ("jansen", ["jansen", "vries"]),
        ("ansen", ["jansen", "vries"]), ("de vries", ["vries"]), ("vries jansen", ["vries"]),
        ("hof", ["hof"]), ("van 't hof", ["hof"]), ("o'neill", ["neill"]), ("oneill", ["neill"]),
        ("neill", ["neill"]), ("محمد", ["arabisch"]), ("yagmur", ["ij"]), ("sselst", ["ij"]),
        ("0612345603", ["jansen"]), ("+31 6 1234 5603", ["jansen"]), ("12345603", ["jansen"]),
        ("5603", ["jansen"]), ("06-1", list(NAMEN)),
        ("x1@voor", ["wojcik"]), ("jansen p", ["vries"]), ("jansen xyz", []), ("zen", []),
    ],
)  # fmt: skip
def test_zo_is_een_afspraak_te_vinden(gevuld: AgendaDatabase, zoek: str, ids: list[str]) -> None:
    assert find(gevuld, zoek) == ids


def test_een_nummer_en_een_code_ook_met_spaties_en_zonder_jaar(gevuld: AgendaDatabase) -> None:
    afspraak = gevuld.find_afspraken(ids=["hof"])[0]
    jaar, _, rest = afspraak.nummer.partition("-")
    code = afspraak.code.lower()
    for zoek in (afspraak.nummer, f"{jaar} {rest}", rest, code, f"{code[:4]} {code[4:]}", code[:5]):
        assert find(gevuld, zoek) == ["hof"], zoek


def test_wie_een_andere_naam_of_datum_krijgt_is_alleen_daarop_te_vinden(
    gevuld: AgendaDatabase,
) -> None:
    oud = gevuld.find_afspraken(ids=["wojcik"])[0]
    with gevuld.lock([DAG, ANDERE_DAG]) as tx:
        klant = replace(oud.klant, naam="Bea Nieuw")
        tx.update_afspraak(replace(oud, klant=klant, datum=ANDERE_DAG), WIE, "gewijzigd")
    assert find(gevuld, "x1@voor") == ["wojcik"]
    assert find(gevuld, "lukasz") == find(gevuld, "ojcik bea") == []
    assert find(gevuld, "nieuw", datum_tot=DAG) == []
    assert find(gevuld, "nieuw", datum_van=ANDERE_DAG) == ["wojcik"]
    with gevuld._engine.connect() as verbinding:
        namen = set(verbinding.execute(text("SELECT woord FROM naamwoord")).scalars())
    assert {"bea", "nieuw", "jansen"} <= namen
    assert not {"lukasz", "wojcik"} & namen, "een naam van niemand meer blijft niet staan"


def test_van_veel_treffers_komen_de_eerste_of_juist_de_laatste(gevuld: AgendaDatabase) -> None:
    add(gevuld, make_afspraak("later", dag=ANDERE_DAG, klant=Contactgegevens("Mia Jansen", "0611111111")))
    assert find(gevuld, "jansen", maximum=2) == ["jansen", "vries"]
    assert find(gevuld, "jansen", maximum=1, nieuwste_eerst=True) == ["later"]
    assert find(gevuld, "jansen", klantsleutel="ab") == []


def test_een_voorletter_is_nooit_het_begin_van_een_code(agenda: AgendaDatabase) -> None:
    with agenda.lock([DAG]) as tx:
        for id_, naam, code in (("met", "P. Jansen", "ABCD2345"), ("zonder", "Jan Jansen", "PQRS2345")):
            klant = Contactgegevens(naam, "0612345678")
            afspraak = make_afspraak(id_, balie="b1" if id_ == "met" else "b2", klant=klant)
            tx.add_afspraak(replace(afspraak, nummer=tx.next_nummer(DAG.year), code=code), WIE)
    assert find(agenda, "jansen p") == find(agenda, "p") == ["met"]
    assert find(agenda, "pqrs") == ["zonder"]


@pytest.mark.parametrize("zoek", ["jansen", "jan jansen", "jansen p", "0612345603", "2026-00003", "ansen"])
def test_geen_zoekvraag_loopt_over_alle_afspraken(gevuld: AgendaDatabase, zoek: str) -> None:
    """Op SQLite zegt het plan zelf of een tabel helemaal wordt gelezen; de korte namenlijst mag."""
    if gevuld._engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL leest een kleine tabel altijd helemaal; zie de metingen")
    vragen: list[tuple[str, Any]] = []
    event.listen(gevuld._engine, "before_cursor_execute", lambda *a: vragen.append((a[2], a[3])))
    gevuld.find_afspraken(zoek=zoek)
    with gevuld._engine.connect() as verbinding:
        for vraag, waarden in [deel for deel in vragen if "FROM kenmerk" not in deel[0]]:
            if not vraag.startswith("SELECT"):
                continue
            plan = [rij[3] for rij in verbinding.exec_driver_sql(f"EXPLAIN QUERY PLAN {vraag}", waarden)]
            assert not [stap for stap in plan if stap.startswith("SCAN") and "naamwoord" not in stap], plan


@pytest.mark.parametrize(
    ("zoek", "groepen"),
    [
        ("", ()), ("  ", ()), ("%", ()), ("' --", ()),
        ("Jan  JANSEN jan", (("jan", "jansen"),)),
        ("06 12 34", (("061234",),)),
        ("+31 6 1234 5678", (("0612345678",),)),
        ("2026-00041", (("2026-00041",),)),
        ("2026 00041", (("2026", "00041"), ("202600041",))),
        ("abcd 2345", (("abcd", "2345"), ("abcd2345",))),
        ("A.Sahin@Voorbeeld.example", (("a.sahin@voorbeeld.example",),)),
    ],
)  # fmt: skip
def test_wat_er_getypt_is_wordt_woorden(zoek: str, groepen: tuple[tuple[str, ...], ...]) -> None:
    assert read_zoek(zoek) == groepen


def test_een_heel_lange_naam_breekt_geen_index() -> None:
    woorden = make_woorden("x" * 5000, "06" * 500, "y" * 5000 + "@z", "2026-00001", "ABCDEFGH")
    assert max(map(len, woorden)) == 60
