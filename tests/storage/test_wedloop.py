"""Boekers tegelijk: nooit dubbel, nooit een fout, en net zo veel geboekt als één voor één.

Een steekproef met eigen processen op beide databases; honderd boekers staan in tests/volhouden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.storage.bouw import DAG, INRICHTING, WIE, moment
from tests.storage.wedloop import Aanvraag, book, load_volgorde, mixed, race

pytestmark = pytest.mark.traag
Werkplek = Callable[[], AgendaDatabase]


def set_balies(agenda: AgendaDatabase, aantal: int) -> None:
    """Laat zo veel balies bemand."""
    weg = [dienst.id for dienst in INRICHTING.diensten if int(dienst.balie[1:]) > aantal]
    with agenda.lock((), inrichting=True) as tx:
        tx.remove_onderdelen("diensten", weg, WIE)


def check_wedloop(agenda: AgendaDatabase, instelling: Instelling, aanvragen: Sequence[Aanvraag]) -> int:
    """Laat ze los en kijk na: geen fout, geen overlap, en hetzelfde als één voor één."""
    uitkomsten = race(instelling, aanvragen)
    assert [uitkomst.fout for uitkomst in uitkomsten if uitkomst.fout] == []
    assert len(uitkomsten) == len(aanvragen)
    geboekt = {uitkomst.id for uitkomst in uitkomsten if uitkomst.geboekt}
    assert {afspraak.id for afspraak in agenda.find_afspraken(maximum=1000)} == geboekt
    assert agenda.check() == ()
    volgorde = load_volgorde(agenda)
    assert {id_ for id_, ja in volgorde if ja} == geboekt
    assert count_one_by_one(agenda, volgorde, aanvragen) == len(geboekt)
    return len(geboekt)


def count_one_by_one(
    agenda: AgendaDatabase, volgorde: Sequence[tuple[str, bool]], aanvragen: Sequence[Aanvraag]
) -> int:
    """Hoeveel dezelfde aankomsten er op een andere, gelijke avond één voor één krijgen."""
    op_id = {aanvraag.id: aanvraag for aanvraag in aanvragen}
    geboekt = 0
    for id_, _ in volgorde:
        aanvraag = op_id[id_]
        later = aanvraag.begin.replace(DAG.isoformat(), "2026-12-10")
        geboekt += book(agenda, Aanvraag(f"na-{id_}", aanvraag.product, later))
    return geboekt


def same(aantal: int) -> list[Aanvraag]:
    return [Aanvraag(f"b{nummer}", "a15", moment(17).isoformat()) for nummer in range(aantal)]


def test_h08_een_plek_wordt_aan_een_van_de_boekers_gegeven(
    agenda: AgendaDatabase, instelling: Instelling
) -> None:
    set_balies(agenda, 1)
    assert check_wedloop(agenda, instelling, same(20)) == 1


def test_h09_twee_vrije_balies_geven_er_precies_twee(agenda: AgendaDatabase, instelling: Instelling) -> None:
    set_balies(agenda, 2)
    assert check_wedloop(agenda, instelling, same(20)) == 2


def test_verschillende_lengten_aan_zes_balies_geven_net_zo_veel_als_een_voor_een(
    agenda: AgendaDatabase, instelling: Instelling
) -> None:
    assert check_wedloop(agenda, instelling, mixed(40, 7, moment(17))) >= 20
