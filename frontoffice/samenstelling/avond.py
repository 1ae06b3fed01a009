"""De avond die doorgaat als de agenda er niet is: de lijn op de agenda en de winkel van deze werkplek."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontoffice.ports import Klok
    from frontoffice.profiel import Profiel
    from frontoffice.registratiepoort import Winkel
    from frontoffice.samenstelling.werkplek import Werkplekopslag
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avondlijn import Avondlijn
    from frontoffice.services.bekenden import Bekenden


def listen_klaar(
    agenda: Agendadiensten,
    profiel: Profiel,
    load_winkel: Callable[[], Winkel],
    bekenden: Bekenden,
    klok: Klok,
) -> None:
    """Laat elk Klaar op deze werkplek een contact in de outbox zetten. Opent nog niets."""
    from frontoffice.samenstelling.contacten import make_instellingen
    from frontoffice.services.avondcontact import Avondcontacten

    contacten = Avondcontacten(agenda.opslag, load_winkel, klok, make_instellingen(profiel), bekenden)
    agenda.vanavond.on_stap(contacten.hear)


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


def catch_up_avond(opslag: Werkplekopslag, klok: Klok, lijn: Callable[[], Avondlijn]) -> int:
    """Zie `Avondlijn.catch_up`; wist ook wat er van een eerdere avond nog staat. Raises WinkelFout."""
    from frontoffice.storage.avondnotities import tidy_avond

    nu = klok.nu()
    wacht = opslag.winkel.bestand.schrijf(lambda db: tidy_avond(db, nu))
    return lijn().catch_up() if wacht else 0
