"""Veel werkplekken tegelijk door de diensten heen, op beide databases: H08, H09, H11 en C02 als wedloop.

Wat de database zelf bewaakt, staat in tests/storage/test_wedloop.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agendapoort import Wie
from frontoffice.domain.fouten import KifFout
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.agenda import Agendadiensten, make_agendadiensten
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.services.agendabouw import DAG, gegevens, op, uid, wens
from tests.storage.conftest import (
    instelling,
    pg_agenda,
    pg_sjabloon,
    postgres,
    sqlite_agenda,
    sqlite_sjabloon,
)

__all__ = ["instelling", "pg_agenda", "pg_sjabloon", "postgres", "sqlite_agenda", "sqlite_sjabloon"]
BOEKERS = 16
Uitkomst = Afspraak | KifFout


@pytest.fixture
def werkplekken(instelling: Instelling) -> Iterator[Callable[[int], list[Agendadiensten]]]:
    with ExitStack() as open_:

        def make(aantal: int) -> list[Agendadiensten]:
            uit = []
            for nummer in range(aantal):
                database = AgendaDatabase(instelling)
                open_.callback(database.close)
                uit.append(make_agendadiensten(database, Wie(f"m{nummer}", f"pc{nummer}")))
            return uit

        yield make


def tegelijk(taken: list[Callable[[], Afspraak]]) -> list[Uitkomst]:
    """Start alles op één teken; een andere fout dan een KifFout laat de test falen."""
    start = threading.Barrier(len(taken))
    uit: list[Uitkomst | BaseException | None] = [None] * len(taken)

    def run(nummer: int) -> None:
        try:
            start.wait(30)
            uit[nummer] = taken[nummer]()
        except BaseException as fout:  # noqa: BLE001 - de test kijkt wat het is
            uit[nummer] = fout

    draden = [threading.Thread(target=run, args=(nummer,)) for nummer in range(len(taken))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert all(isinstance(deel, Afspraak | KifFout) for deel in uit), uit
    return [deel for deel in uit if isinstance(deel, Afspraak | KifFout)]


def boeker(plek: Agendadiensten, verzoek: str, uur: int = 17) -> Callable[[], Afspraak]:
    wie = gegevens("A. Jansen", "0612345678")
    return lambda: plek.afspraken.book(wens("a15"), op(uur), wie, verzoek_id=verzoek)


def test_h08_h09_er_komen_er_precies_zoveel_als_er_balies_zijn_en_de_rest_krijgt_alternatieven(
    werkplekken: Callable[[int], list[Agendadiensten]],
) -> None:
    plekken = werkplekken(BOEKERS)
    uitkomsten = tegelijk([boeker(plek, uid()) for plek in plekken])
    geboekt = [u for u in uitkomsten if isinstance(u, Afspraak)]
    geweigerd = [u for u in uitkomsten if not isinstance(u, Afspraak)]
    assert sorted(a.balie for a in geboekt) == ["B1", "B2", "B3", "B4", "B5", "B6"]
    assert len(geweigerd) == BOEKERS - 6
    for fout in geweigerd:
        assert isinstance(fout, TijdBezet)
        assert len(fout.alternatieven) == 3
    assert len({a.nummer for a in geboekt}) == 6
    assert plekken[0].opslag.check() == ()


def test_h11_hetzelfde_verzoek_van_twee_kanten_tegelijk_geeft_een_afspraak(
    werkplekken: Callable[[int], list[Agendadiensten]],
) -> None:
    plekken, verzoek = werkplekken(6), uid()
    uitkomsten = tegelijk([boeker(plek, verzoek) for plek in plekken])
    nummers = {u.nummer for u in uitkomsten if isinstance(u, Afspraak)}
    assert len(nummers) == 1
    assert all(isinstance(u, Afspraak) for u in uitkomsten)
    assert len(plekken[0].zoeken.load_avond(DAG)) == 1


def test_c02_zes_willen_naar_de_laatste_plek_en_wie_verliest_houdt_zijn_tijd(
    werkplekken: Callable[[int], list[Agendadiensten]],
) -> None:
    plekken = werkplekken(6)
    bezet = [boeker(plekken[0], uid(), 18)() for _ in range(5)]
    eigen = [boeker(plek, uid(), 17)() for plek in plekken]
    uitkomsten = tegelijk(
        [
            lambda plek=plek, afspraak=afspraak: plek.afspraken.move(afspraak.id, op(18), verzoek_id=uid())  # type: ignore[misc]  # mypy leidt een lambda met een standaardwaarde niet af
            for plek, afspraak in zip(plekken, eigen, strict=True)
        ]
    )
    verzet = [u for u in uitkomsten if isinstance(u, Afspraak)]
    assert len(verzet) == 1
    assert len(bezet) == 5
    for afspraak in eigen:
        nu = plekken[0].zoeken.load(afspraak.id)
        assert nu.begin == (op(18) if afspraak.id == verzet[0].id else op(17))
    assert plekken[0].opslag.check() == ()
