"""De bronnen van Vanavond uit de samengestelde services; alles hier draait op de achtergrond.

De avond komt van de lijn, die ook zonder database doorgaat. De agenda zelf gaat pas open voor wat de lijn
niet heeft: wat er bij uitval kan. Kent geen widgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.vanavond.dienst import Avonddienst, Beeldbron
from ui.vanavond.zonder import Zonderbron

if TYPE_CHECKING:
    from frontoffice.services.afspraakberichten import Afspraakberichten
    from frontoffice.services.afspraken import Afsprakendienst
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avonduitval import Uitvaldienst
    from ui.vanavond.venster import Avondbron


class Avondbronnen:
    """Elke methode mag van elke achtergronddraad."""

    def __init__(self, bron: Avondbron) -> None:
        self._bron = bron

    def load(self) -> tuple[Avonddienst, Beeldbron]:
        lijn = self._bron.avondlijn
        return lijn, lijn.beelden

    def load_zonder(self) -> Zonderbron:
        beelden = self._bron.avondlijn.beelden
        return Zonderbron(beelden, beelden)

    def load_agenda(self) -> Agendadiensten:
        """Raises KifFout als de agenda niet open kan."""
        return self._bron.agenda

    def load_contact(self, id_: str) -> tuple[str, str | None]:
        """Zie `Avondlijn.load_contact`."""
        return self._bron.avondlijn.load_contact(id_)

    def load_uitval(self) -> tuple[Uitvaldienst, Afsprakendienst]:
        agenda = self._bron.agenda
        return agenda.uitval, agenda.afspraken

    def load_berichten(self) -> Afspraakberichten:
        return self._bron.berichten.of_afspraken(self._bron.agenda)
