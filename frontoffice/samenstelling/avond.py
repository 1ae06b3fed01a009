"""De avond die doorgaat als de agenda er niet is: de lijn op de agenda en de winkel van deze werkplek."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontoffice.ports import Klok
    from frontoffice.samenstelling.werkplek import Werkplekopslag
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn


def make_avondlijn(
    make_agenda: Callable[[], Agendadiensten], opslag: Werkplekopslag, klok: Klok, medewerker: str
) -> Avondlijn:
    """Opent nog niets: ook zonder agenda laat zij het laatste beeld zien."""
    from frontoffice.services.avondinhalen import Inhaler
    from frontoffice.services.avondlijn import Avondlijn
    from frontoffice.storage.avondnotities import WerkplekNotities

    bekend: list[tuple[Agendadiensten, Inhaler]] = []

    def open_agenda() -> Inhaler:
        agenda = make_agenda()
        if not bekend or bekend[-1][0] is not agenda:
            bekend[:] = [(agenda, Inhaler(agenda.opslag, agenda.vanavond, agenda.wie))]
        return bekend[-1][1]

    return Avondlijn(open_agenda, lambda: WerkplekNotities(opslag.winkel.bestand), klok, medewerker)
