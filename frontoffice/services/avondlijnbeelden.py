"""De inrichting en de producten voor Vanavond; zonder agenda die van het laatste beeld."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaOnbereikbaar
from frontoffice.services.afspraakwaarden import Productkeuze
from frontoffice.services.avondbeelden import Agendabeeld, Avondbeelden
from frontoffice.services.avondinhalen import Inhaler
from frontoffice.services.avondkern import Avondkern
from frontoffice.services.vrijetijden import search_producten


class Lijnbeelden:
    """Elke methode mag van elke achtergronddraad en komt binnen een paar seconden terug."""

    def __init__(self, kern: Avondkern, open_agenda: Callable[[], Inhaler]) -> None:
        self._kern = kern
        self._agenda = open_agenda
        self._beelden: tuple[Inhaler, Avondbeelden] | None = None
        self._kalender: Kalender | None = None

    def load(self, van: date | None = None, tot: date | None = None) -> Agendabeeld:
        """Zie `Avondbeelden.load`; zonder verbinding alleen de inrichting, zonder avonden.

        Raises AgendaOnbereikbaar als er ook hier niets bekend is.
        """
        kern = self._kern
        if kern.weg_sinds is None:
            try:
                return kern.ask(lambda: self._bron().load(van, tot), kern.geduld)
            except AgendaOnbereikbaar:
                kern.lose()
        with kern.slot:
            beeld, nu = kern.geheugen.beeld, kern.geheugen.nu()
        if beeld is None or beeld.inrichting is None or nu is None:
            raise AgendaOnbereikbaar("De agenda is niet bereikbaar. Wij proberen het steeds opnieuw.")
        if self._kalender is None or self._kalender.inrichting is not beeld.inrichting:
            self._kalender = Kalender(beeld.inrichting)
        return Agendabeeld(nu, beeld.inrichting, 0, self._kalender)

    def find_producten(self, zoek: str = "", gekozen: Wens | None = None) -> tuple[Productkeuze, ...]:
        return search_producten(self.load(), zoek, gekozen)

    def _bron(self) -> Avondbeelden:
        """De beelden van de agenda die nu open is."""
        agenda = self._agenda()
        if self._beelden is None or self._beelden[0] is not agenda:
            self._beelden = agenda, Avondbeelden(agenda.opslag)
        return self._beelden[1]
