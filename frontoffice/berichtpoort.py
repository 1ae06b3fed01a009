"""Wat het versturen van berichten van buiten vraagt: een kanaal dat een bericht aanneemt.

Naast `registratiepoort`. Geen aanroep wordt hier herhaald: dat beslist `services.berichtverzenden`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from frontoffice.domain.bericht import Aflevering, Berichtkanaal
from frontoffice.ports import Aanroep, RegisterStand


@dataclass(frozen=True)
class Uitgaand:
    """Wat er naar de aanbieder gaat. `sleutel` bevat geen persoonsgegevens en is bij herhalen gelijk."""

    sleutel: str
    kanaal: Berichtkanaal
    adres: str = field(repr=False)
    titel: str = field(repr=False)
    tekst: str = field(repr=False)
    taal: str = "nl"


@dataclass(frozen=True)
class Aangenomen:
    """De aanbieder heeft het bericht. `id` is hoe hij het noemt."""

    id: str
    aflevering: Aflevering = Aflevering.ONDERWEG


class Berichtenkanaal(Protocol):
    """Eén manier om berichten te versturen.

    Raises RegisterFout. `Afgekeurd`: de aanbieder neemt dit bericht nooit aan, `velden` zegt of het om het
    adres gaat. Met `nooit_verstuurd`: het is zeker niet aangenomen. Bij al het andere is dat onbekend.
    """

    @property
    def kan_nakijken(self) -> bool:
        """Is aan de aanbieder te vragen of hij een bericht al had? Zo nee, dan beslist een mens."""

    def find(self, sleutel: str, aanroep: Aanroep) -> Aangenomen | None:
        """Het bericht dat eerder met deze sleutel is aangenomen; None als er zeker geen is."""

    def send(self, bericht: Uitgaand, aanroep: Aanroep) -> Aangenomen: ...

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Is de aanbieder bereikbaar, en laat hij ons binnen? Verstuurt niets."""

    def load_aflevering(self, id: str, aanroep: Aanroep) -> Aflevering:
        """Hoe het nu met een aangenomen bericht is. Raises NietGevonden als dat niet meer is te vragen."""
