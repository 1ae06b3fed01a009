"""De bronnen van Vanavond uit de samengestelde services; alles hier draait op de achtergrond.

Bewaart de beelden tussen twee vragen, zodat alleen wordt gelezen wat veranderde. Kent geen widgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from frontoffice.services.avondbeelden import Avondbeelden
from ui.vanavond.dienst import Avonddienst, Beeldbron
from ui.vanavond.zonder import Zonderbron

if TYPE_CHECKING:
    from frontoffice.services.afspraken import Afsprakendienst
    from frontoffice.services.agenda import Agendadiensten
    from frontoffice.services.avonduitval import Uitvaldienst
    from ui.vanavond.venster import Avondbron


class Avondbronnen:
    """Elke methode mag van elke achtergronddraad. Raises KifFout als de agenda niet open kan."""

    def __init__(self, bron: Avondbron) -> None:
        self._bron = bron
        self._beelden: tuple[Agendadiensten, Avondbeelden] | None = None

    def load(self) -> tuple[Avonddienst, Beeldbron]:
        agenda = self._bron.agenda
        return self._dienst(agenda), self._load_beelden(agenda)

    def load_zonder(self) -> Zonderbron:
        agenda = self._bron.agenda
        return Zonderbron(self._load_beelden(agenda), agenda.vrij)

    def load_contact(self, id_: str) -> tuple[str, str]:
        """(naam, telefoon) van een afspraak; leeg wat er niet is."""
        gevonden = self._bron.agenda.zoeken.load_ids([id_])
        klant = gevonden[0].klant if gevonden else None
        return (klant.naam, klant.telefoon) if klant is not None else ("", "")

    def load_uitval(self) -> tuple[Uitvaldienst, Afsprakendienst]:
        agenda = self._bron.agenda
        return agenda.uitval, agenda.afspraken

    def _dienst(self, agenda: Agendadiensten) -> Avonddienst:
        """Met de lijn erbij werkt het ook zonder database; zonder lijn is het de dienst zelf."""
        return cast("Avonddienst", agenda.vanavond)

    def _load_beelden(self, agenda: Agendadiensten) -> Avondbeelden:
        bekend = self._beelden
        if bekend is None or bekend[0] is not agenda:
            bekend = self._beelden = (agenda, Avondbeelden(agenda.opslag))
        return bekend[1]
