"""Een collega die in de weg zit: de medewerker merkt er niets van, of hoort op tijd wat hij kan doen.

De collega is een eigen proces dat het slot van de avond echt heeft, op beide databases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agendapoort import AgendaBezet, AgendaFout, Wie
from frontoffice.services import schrijven
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.storage import driver
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling
from tests.services.agendabouw import DAG, gegevens, op, uid, wens
from tests.storage.conftest import (
    instelling,
    pg_agenda,
    pg_sjabloon,
    postgres,
    sqlite_agenda,
    sqlite_sjabloon,
)
from tests.storage.houder import Houder

__all__ = ["instelling", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]


@pytest.fixture
def ongeduldig(instelling: Instelling, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agendadiensten]:
    """Een werkplek die een seconde op een slot wacht, en hoogstens drie seconden in totaal."""
    monkeypatch.setattr(driver, "WACHT_OP_SLOT", 1.0)
    monkeypatch.setattr(schrijven, "TOTAAL", 3.0)
    database = AgendaDatabase(instelling)
    plek = make_agendadiensten(database, Wie("s.bos", "balie-1"))
    assert plek.zoeken.load_avond(DAG) == ()
    yield plek
    database.close()


def book(plek: Agendadiensten, verzoek: str = "") -> Afspraak:
    return plek.afspraken.book(wens("a15"), op(17), gegevens(), verzoek_id=verzoek or uid())


@pytest.mark.traag
def test_van_een_slot_dat_te_laat_vrijkomt_merkt_de_medewerker_niets(
    ongeduldig: Agendadiensten, instelling: Instelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schrijven, "TOTAAL", 30.0)
    with Houder(instelling, seconden=1.6):
        afspraak = book(ongeduldig)
    assert [a.nummer for a in ongeduldig.zoeken.load_avond(DAG)] == [afspraak.nummer]
    assert ongeduldig.opslag.check() == ()


def test_zonder_opnieuw_proberen_had_hij_het_wel_gemerkt(
    ongeduldig: Agendadiensten, instelling: Instelling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schrijven, "PROBEERT", 1)
    with Houder(instelling), pytest.raises(AgendaBezet):
        book(ongeduldig)


@pytest.mark.traag
def test_h13_houdt_de_collega_het_slot_dan_komt_er_op_tijd_een_zin_en_lukt_hetzelfde_verzoek_later(
    ongeduldig: Agendadiensten, instelling: Instelling
) -> None:
    verzoek = uid()
    # De collega laat pas los aan het eind van dit blok: de zin komt eerder.
    zin = r"Er is niets gewijzigd\. Probeer het opnieuw\."
    with Houder(instelling), pytest.raises(AgendaBezet, match=zin) as gevangen:
        book(ongeduldig, verzoek)
    assert gevangen.value.opnieuw_helpt
    assert ongeduldig.zoeken.load_avond(DAG) == ()
    eerste = book(ongeduldig, verzoek)
    assert [a.nummer for a in ongeduldig.zoeken.load_avond(DAG)] == [eerste.nummer]


@pytest.mark.traag
def test_van_een_pc_die_met_het_slot_vastloopt_merkt_een_collega_op_postgresql_niets(
    pg_agenda: PostgresInstelling,
) -> None:
    assert driver._STIL < schrijven.TOTAAL
    database = AgendaDatabase(pg_agenda)
    plek = make_agendadiensten(database, Wie("j.smit", "balie-2"))
    with Houder(pg_agenda) as collega:
        collega.freeze()
        afspraak = book(plek)
    assert [a.nummer for a in plek.zoeken.load_avond(DAG)] == [afspraak.nummer]
    database.close()


# --- wat er opnieuw geprobeerd wordt, en wat niet


class Struikelt:
    """Een opslag waarvan het slot de eerste keren mislukt."""

    def __init__(self, opslag: AgendaDatabase, *fouten: Exception) -> None:
        self._opslag = opslag
        self._fouten = list(fouten)
        self.pogingen = 0

    def lock(self, datums: Any, *, inrichting: bool = False) -> Any:
        self.pogingen += 1
        if self._fouten:
            raise self._fouten.pop(0)
        return self._opslag.lock(datums, inrichting=inrichting)


def schrijf(opslag: Any, werk: Callable[[Any], str]) -> str:
    return schrijven.Schrijver(opslag).run(
        uid(), "afdruk", {date(2026, 12, 3)}, lambda tx: (werk(tx), {}), lambda tx, _: "eerder"
    )


@pytest.mark.parametrize("botsing", [AgendaBezet("bezet"), AgendaFout("net vergeven", code="bezet")])
def test_twee_botsingen_achter_elkaar_kosten_de_medewerker_niets(
    database: AgendaDatabase, botsing: AgendaFout
) -> None:
    opslag = Struikelt(database, botsing, botsing)
    assert schrijf(opslag, lambda tx: "gedaan") == "gedaan"
    assert opslag.pogingen == 3


def test_na_de_laatste_botsing_hoort_de_medewerker_het(database: AgendaDatabase) -> None:
    opslag = Struikelt(database, *[AgendaBezet("bezet")] * 9)
    with pytest.raises(AgendaBezet):
        schrijf(opslag, lambda tx: "gedaan")
    assert opslag.pogingen == schrijven.PROBEERT


def test_een_andere_fout_wordt_niet_herhaald(database: AgendaDatabase) -> None:
    opslag = Struikelt(database, AgendaFout("schijf vol", code="agenda_schijf"))
    with pytest.raises(AgendaFout, match="schijf vol"):
        schrijf(opslag, lambda tx: "gedaan")
    assert opslag.pogingen == 1
