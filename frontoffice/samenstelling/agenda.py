"""Opent de agenda van de avonden voor een profiel: helemaal, of met de lichte lezer voor het klantbeeld."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.geheimen import DemoGeheimen, Sleutelbos, choose_geheimen
from frontoffice.ports import Aanroep, Geheimen, Klok
from frontoffice.profiel import Agenda, Profiel, standaard

if TYPE_CHECKING:
    from frontoffice.agendapoort import Avondlezer, Klantlezer
    from frontoffice.domain.afspraak import KlantAfspraak, Klantkenmerken
    from frontoffice.services.agenda import Agendadiensten

GEEN_AGENDA = (
    "Afspraken maken staat uit: er is geen gedeelde agenda. "
    "Laat uw beheerder [agenda] database in het profiel invullen."
)
_EERST_BIJWERKEN = (
    "De agenda is van een ouder programma. Open een keer Afspraken zoeken: dan is zij weer bij."
)
_KLOKVERSCHIL = timedelta(minutes=1)


def reden_zonder_agenda(profiel: Profiel) -> str:
    """Waarom er bij dit profiel geen agenda is, als hele zin; leeg als zij er is. Opent niets."""
    eigen = profiel.agenda
    return "" if profiel.gemeente.demo or eigen.database or eigen.alleen_deze_pc else GEEN_AGENDA


@dataclass(frozen=True)
class Klantafspraken:
    """Port `Afsprakenbron`, met de lichte lezer; laadt pas iets als er een klant is."""

    profiel: Profiel
    geheimen: Geheimen | None
    data_dir: Path
    klok: Klok
    make_agenda: Callable[[], Agendadiensten]

    def warm(self) -> None:
        from frontoffice.services import klantafspraken  # noqa: F401 - alleen om het laden
        from frontoffice.storage import openen

        openen.warm_lezer(self.profiel.agenda)

    def load(self, klant: Klantkenmerken, aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
        from frontoffice.services.klantafspraken import AfsprakenInBeeld

        eigen_klok = self.profiel.gemeente.demo and not self.profiel.agenda.database
        bron = AfsprakenInBeeld(self._open_lezer, self.klok.nu if eigen_klok else None)
        return bron.load(klant, aanroep)

    @contextmanager
    def open_avond(self) -> Iterator[Avondlezer]:
        """De avond van vandaag, altijd met de lichte lezer. Raises AgendaFout, GeheimFout."""
        from frontoffice.agendapoort import AgendaFout
        from frontoffice.storage import openen

        geheimen, demo = self.geheimen or choose_geheimen(self.profiel), self.profiel.gemeente.demo
        with openen.open_lezer(self.profiel.agenda, geheimen, self.data_dir, demo=demo) as lezer:
            if lezer is None:
                raise AgendaFout(_EERST_BIJWERKEN, code="agenda_oud")
            yield lezer

    @contextmanager
    def _open_lezer(self) -> Iterator[Klantlezer]:
        """De hele agenda alleen als haar schema eerst moet worden bijgewerkt."""
        from frontoffice.storage import openen

        geheimen, demo = self.geheimen or choose_geheimen(self.profiel), self.profiel.gemeente.demo
        with openen.open_lezer(self.profiel.agenda, geheimen, self.data_dir, demo=demo) as lezer:
            if lezer is not None:
                yield lezer
        if lezer is None:
            yield self.make_agenda().opslag


def open_agenda(
    profiel: Profiel | None,
    geheimen: Geheimen | None,
    data_dir: Path,
    klok: Klok,
    database: str = "",
) -> Agendadiensten:
    """De agenda van dit profiel, of zonder profiel die van de demonstratie; `database` gaat voor.

    De ingebouwde demonstratie krijgt hier haar rooster en haar klok. Raises Geweigerd, InvoerFout,
    AgendaFout, GeheimFout.
    """
    import platform

    from frontoffice.agenda.afspraak import Kanaal
    from frontoffice.agendapoort import Wie
    from frontoffice.services.agenda import make_agendadiensten
    from frontoffice.services.proefvulling import ensure_demo
    from frontoffice.storage import openen

    demo = profiel is None or profiel.gemeente.demo
    eigen = Agenda() if profiel is None else profiel.agenda
    medewerker = standaard.DEMO_MEDEWERKER if profiel is None else profiel.medewerker
    if geheimen is None:
        geheimen = DemoGeheimen(Sleutelbos()) if profiel is None else choose_geheimen(profiel)
    opslag = openen.open_agenda(eigen, geheimen, data_dir, demo=demo, database=database)
    try:
        wie = Wie(medewerker.identificatie, platform.node())
        if demo and not database and not eigen.database:
            opslag.mark_proef()
            if abs(opslag.nu() - klok.nu()) > _KLOKVERSCHIL:
                opslag.set_klok(klok.nu())
            ensure_demo(opslag, wie)
        else:
            opslag.nu()
    except BaseException:
        opslag.close()
        raise
    return make_agendadiensten(opslag, wie, Kanaal(eigen.kanaal), eigen.extern_uren)
