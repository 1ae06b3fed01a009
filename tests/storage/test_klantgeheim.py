"""Het klantgeheim in twee delen: met een kopie van de agenda alleen is geen BSN na te rekenen."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from frontoffice.agendapoort import AgendaFout, Wie
from frontoffice.domain.fouten import ProfielFout
from frontoffice.domain.waarden import Bsn
from frontoffice.geheimen import needed_geheimen
from frontoffice.profiel import Agenda
from frontoffice.profiel.lezen import parse_profiel
from frontoffice.services.afspraakzoeken import Afspraakzoeker
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from frontoffice.storage.lezer import open_lezer
from frontoffice.storage.openen import open_agenda
from frontoffice.storage.openen import open_lezer as open_profiellezer
from tests.storage.bouw import KLANT, add, make_afspraak
from tests.storage.test_openen import Geheim
from tests.storage.test_schema import connected
from tests.test_profiel import centraal

EEN, TWEE = "a1" * 32, "b2" * 32
BSN = Bsn("999990019")
Maak = Callable[[str], AgendaDatabase]


@pytest.fixture
def maak(instelling: Instelling) -> Iterator[Maak]:
    """Een werkplek met dit deel in de sleutelbos; leeg = zonder."""
    with ExitStack() as open_:

        def make(deel: str) -> AgendaDatabase:
            agenda = AgendaDatabase(instelling, (lambda: deel) if deel else None)
            open_.callback(agenda.close)
            return agenda

        yield make


def sleutel(agenda: AgendaDatabase) -> str:
    return Afspraakzoeker(agenda).make_klantsleutel(BSN)


def book(agenda: AgendaDatabase) -> None:
    add(agenda, make_afspraak("1", klant=replace(KLANT, klantsleutel=sleutel(agenda))))


def test_met_alleen_een_kopie_van_de_database_is_een_bsn_niet_na_te_rekenen(
    maak: Maak, instelling: Instelling
) -> None:
    agenda = maak(EEN)
    book(agenda)
    with connected(instelling) as kopie:
        basis, merk = kopie.execute(text("SELECT klantgeheim, klantmerk FROM kenmerk")).one()
        bewaard = kopie.execute(text("SELECT klantsleutel FROM afspraak")).scalar_one()
    raad = {
        hmac.new(bytes.fromhex(helft), f"bsn:{BSN.nummer}".encode(), hashlib.sha256).hexdigest()
        for helft in (basis, merk)
    }
    assert bewaard not in raad
    assert bewaard == sleutel(agenda) == sleutel(maak(EEN))
    assert EEN not in (basis, merk)


def test_een_werkplek_met_een_ander_of_geen_geheim_wordt_geweigerd(maak: Maak) -> None:
    book(maak(EEN))
    for deel in (TWEE, ""):
        with pytest.raises(AgendaFout, match="Laat uw beheerder") as gevangen:
            sleutel(maak(deel))
        assert gevangen.value.code == "agenda_klantsleutel"
    assert [a.id for a in maak(EEN).find_afspraken(klantsleutel=sleutel(maak(EEN)))] == ["1"]


def test_zolang_geen_afspraak_er_een_draagt_mag_het_geheim_anders_maar_niet_weg(maak: Maak) -> None:
    assert len({sleutel(maak("")), sleutel(maak(EEN)), sleutel(maak(TWEE))}) == 3
    with pytest.raises(AgendaFout):
        sleutel(maak(""))


def test_een_agenda_die_al_klantsleutels_heeft_krijgt_niet_ongemerkt_een_geheim(maak: Maak) -> None:
    book(maak(""))
    with pytest.raises(AgendaFout):
        sleutel(maak(EEN))


def test_na_het_wissen_gaat_de_agenda_verder_met_het_nieuwe_geheim(maak: Maak) -> None:
    book(maak(EEN))
    nieuw = maak(TWEE)
    assert nieuw.forget_klantsleutels(Wie("beheer")) == 1
    (afspraak,) = nieuw.find_afspraken(ids=["1"])
    assert (afspraak.klant.klantsleutel, afspraak.klant.naam) == ("", KLANT.naam)
    assert sleutel(nieuw) == sleutel(maak(TWEE))
    with pytest.raises(AgendaFout):
        sleutel(maak(""))
    assert [g.na["aantal"] for g in nieuw.load_gebeurtenissen("agenda")] == [1]
    assert nieuw.check() == ()


def test_wie_een_klant_in_beeld_brengt_rekent_met_hetzelfde_geheim(
    maak: Maak, instelling: Instelling
) -> None:
    def lees(deel: str) -> bytes:
        with open_lezer(instelling, (lambda: deel) if deel else None) as lezer:
            assert lezer is not None
            return lezer.load_klantgeheim()

    assert lees(EEN) == maak(EEN).load_klantgeheim() != lees(TWEE)
    book(maak(EEN))
    assert lees(EEN) == maak(EEN).load_klantgeheim()
    for deel in (TWEE, ""):
        with pytest.raises(AgendaFout) as gevangen:
            lees(deel)
        assert gevangen.value.code == "agenda_klantsleutel"


def test_een_te_kort_geheim_wordt_geweigerd_zonder_het_te_noemen(maak: Maak) -> None:
    with pytest.raises(AgendaFout, match="minstens 32 tekens") as gevangen:
        sleutel(maak("welkom01"))
    assert "welkom01" not in str(gevangen.value)


def test_het_profiel_noemt_het_geheim_en_een_werkplek_gebruikt_het(tmp_path: Path) -> None:
    regels = '[agenda]\ndatabase = "postgresql://kif@db.losser.example/a"\nklantsleutel = "ks"\n'
    profiel = parse_profiel(centraal(meer=regels))
    assert profiel.agenda.klantsleutel == "ks"
    assert {"agenda", "ks"} <= set(needed_geheimen(profiel))
    with pytest.raises(ProfielFout, match=r"agenda\.klantsleutel"):
        parse_profiel(centraal(meer='[agenda]\nklantsleutel = "Mijn Geheim"\n'))
    geheimen = Geheim(ks=EEN)
    eigen = Agenda(alleen_deze_pc=True, klantsleutel="ks")
    met = open_agenda(eigen, geheimen, tmp_path, demo=False)
    met_sleutel = sleutel(met)
    with open_profiellezer(eigen, geheimen, tmp_path, demo=False) as lezer:
        assert lezer is not None
        assert lezer.load_klantgeheim() == met.load_klantgeheim()
    met.close()
    zonder = open_agenda(Agenda(alleen_deze_pc=True), geheimen, tmp_path, demo=False)
    with pytest.raises(AgendaFout):
        sleutel(zonder)
    zonder.close()
    assert len(met_sleutel) == 64
