"""De bronnen van Vanavond uit de samengestelde services; alles hier draait op de achtergrond.

De avond komt van de lijn, die ook zonder database doorgaat. De agenda zelf gaat pas open voor wat de lijn
niet heeft: woorden, producten en een telefoonnummer. Kent geen widgets.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from frontoffice.services.avondbeelden import Agendabeeld, Avondbeelden
from ui.vanavond.dienst import Avonddienst, Beeldbron
from ui.vanavond.zonder import Zonderbron

if TYPE_CHECKING:
    from frontoffice.services.afspraakberichten import Afspraakberichten
    from frontoffice.services.afspraken import Afsprakendienst
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avonduitval import Uitvaldienst
    from ui.vanavond.venster import Avondbron


class Beelden:
    """Opent de agenda pas bij de vraag, en bewaart wat er tussen twee vragen niet verandert."""

    def __init__(self, bron: Avondbron) -> None:
        self._bron = bron
        self._bekend: tuple[Agendadiensten, Avondbeelden] | None = None

    def load(self, van: date | None = None, tot: date | None = None) -> Agendabeeld:
        """Raises KifFout als de agenda niet te lezen is."""
        agenda, bekend = self._bron.agenda, self._bekend
        if bekend is None or bekend[0] is not agenda:
            bekend = self._bekend = (agenda, Avondbeelden(agenda.opslag))
        return bekend[1].load(van, tot)


class Avondbronnen:
    """Elke methode mag van elke achtergronddraad."""

    def __init__(self, bron: Avondbron) -> None:
        self._bron = bron
        self._beelden = Beelden(bron)

    def load(self) -> tuple[Avonddienst, Beeldbron]:
        return self._bron.avondlijn, self._beelden

    def load_zonder(self) -> Zonderbron:
        return Zonderbron(self._beelden, self._bron.agenda.vrij)

    def load_agenda(self) -> Agendadiensten:
        """Raises KifFout als de agenda niet open kan."""
        return self._bron.agenda

    def load_contact(self, id_: str) -> tuple[str, str]:
        """(naam, telefoon) van een afspraak; leeg wat er niet is. Raises KifFout zonder verbinding."""
        gevonden = self._bron.agenda.zoeken.load_ids([id_])
        klant = gevonden[0].klant if gevonden else None
        return (klant.naam, klant.telefoon) if klant is not None else ("", "")

    def load_uitval(self) -> tuple[Uitvaldienst, Afsprakendienst]:
        agenda = self._bron.agenda
        return agenda.uitval, agenda.afspraken

    def load_berichten(self) -> Afspraakberichten:
        return self._bron.berichten.of_afspraken(self._bron.agenda)
