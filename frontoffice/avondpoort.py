"""Wat doorwerken zonder agenda van buiten vraagt: een dagboekje op deze werkplek.

Woorden: een *notitie* is één stap die hier is gedaan en nog niet zeker in de agenda staat; het *beeld* is hoe
de avond er het laatst uitzag. Beslist niets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.wens import Wens


class Notitiestand(StrEnum):
    ONDERWEG = "onderweg"
    """Naar de agenda gestuurd; er is nog geen antwoord, en de medewerker weet dus nog niets."""
    GENOTEERD = "genoteerd"
    """Hier gedaan; moet nog naar de agenda."""
    NAKIJKEN = "nakijken"
    """Past niet meer in de agenda; de avondleiding kiest."""


@dataclass(frozen=True)
class Avondnotitie:
    """Eén stap. `volgorde` geeft de winkel; `op` is de tijd waarop het gebeurde, naar de klok van de agenda.

    `soort` is de methode van de dienst ("arrive"); `argumenten`, `uitkomsten` en `wens` zijn wat zij kreeg.
    `medewerker`: wie het deed. `eerder`: onder welke methode dit verzoek al eens is verstuurd zonder dat er
    een antwoord kwam, of leeg. `voor` en `na`: het bezoek zoals het hier werd gezien. `punt`: bij welk
    nakijkpunt het hoort, als het niet meer past.
    """

    verzoek_id: str
    datum: date
    soort: str
    bezoek: str
    op: datetime
    argumenten: Mapping[str, str | bool | list[str]] = field(default_factory=dict)
    uitkomsten: tuple[Uitkomst, ...] = ()
    wens: Wens | None = None
    stand: Notitiestand = Notitiestand.ONDERWEG
    medewerker: str = ""
    eerder: str = ""
    voor: Bezoek | None = None
    na: Bezoek | None = None
    punt: str = ""
    volgorde: int = 0


@dataclass(frozen=True)
class Avondbeeld:
    """Het laatste dat bekend is van een avond. `gezien_op`: de klok van deze pc toen `stand` kwam.

    `namen`: bezoek-id → naam, om ook zonder verbinding te kunnen zoeken. `reeks`: het nummer van deze
    werkplek in volgnummers zonder verbinding ("W2-03"), of 0. `inrichting`: om na te gaan of iemand zonder
    afspraak er nog bij kan.
    """

    stand: Avondstand
    gezien_op: datetime
    namen: Mapping[str, str] = field(default_factory=dict)
    reeks: int = 0
    inrichting: Inrichting | None = None


class Avondnotities(Protocol):
    """Het dagboekje van deze werkplek, versleuteld. Elke methode is één transactie en raises WinkelFout."""

    def add(self, notitie: Avondnotitie) -> Avondnotitie:
        """Zet erbij, achteraan; staat dit verzoek er al, dan blijft dat zoals het is en komt het terug."""

    def update(self, notitie: Avondnotitie) -> None:
        """Bewaar deze notitie, op haar plaats; is zij weg, dan gebeurt er niets."""

    def remove(self, *verzoek_ids: str) -> None:
        """Haal weg wat in de agenda staat, alles tegelijk."""

    def load(self) -> tuple[Avondnotitie, ...]:
        """Alle notities op volgorde. Een rij die niet te lezen is, blijft staan en telt niet mee."""

    def next_nummer(self, datum: date) -> int:
        """Het volgende nummer zonder verbinding van deze avond: 1, 2, …; nooit twee keer hetzelfde."""

    def save_beeld(self, beeld: Avondbeeld) -> None:
        """Bewaar dit beeld, en vergeet dat van elke andere avond."""

    def load_beeld(self) -> Avondbeeld | None:
        """Het laatste beeld, van welke avond ook; None als er geen (leesbaar) is."""

    def forget_beeld(self) -> None:
        """De avond is klaar: er blijft geen beeld achter."""
