"""PostgreSQL valt weg midden in het boeken: niets kwijt, niets dubbel, en elk antwoord klopt.

Een steekproef; acht herstarts tijdens driehonderd boekingen staan in tests/volhouden.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.storage.bouw import DONDERDAGEN, moment
from tests.storage.herstarten import Verslag, book_through
from tests.storage.postgres import PostgresProces
from tests.storage.wedloop import Aanvraag, load_volgorde

pytestmark = pytest.mark.traag


def make_aanvragen(aantal: int) -> list[Aanvraag]:
    """Zo veel dat ze allemaal passen: zes balies, acht avonden, om het kwartier."""
    return [
        Aanvraag(
            f"h{nummer}",
            "a15",
            moment(17 + nummer // 8 % 3, nummer // 24 % 4 * 15, DONDERDAGEN[nummer % 8]).isoformat(),
        )
        for nummer in range(aantal)
    ]


def check_verslag(agenda: AgendaDatabase, aanvragen: Sequence[Aanvraag], verslag: Verslag) -> None:
    assert verslag.fouten == []
    staat = [afspraak.id for afspraak in agenda.find_afspraken(maximum=10_000)]
    assert len(staat) == len(set(staat))
    assert set(staat) == verslag.ja  # niets kwijt en geen spook
    assert verslag.ja == {aanvraag.id for aanvraag in aanvragen}
    assert len(load_volgorde(agenda)) == len(aanvragen)
    assert agenda.check() == ()


def test_twee_herstarts_tijdens_vijftig_boekingen(
    postgres: PostgresProces, pg_agenda: PostgresInstelling
) -> None:
    aanvragen = make_aanvragen(50)
    verslag = book_through(postgres, pg_agenda, aanvragen, herstarts=2, boekers=6)
    agenda = AgendaDatabase(pg_agenda)
    check_verslag(agenda, aanvragen, verslag)
    agenda.close()
