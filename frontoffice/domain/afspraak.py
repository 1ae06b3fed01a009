"""Een afspraak zoals het klantbeeld haar kent: wanneer, waarvoor en hoe het ermee staat.

Niets van wie er komt (geen naam, telefoon, adres of code): zo kan er bij geheimhouding ook niets uitlekken.
Kent de agenda niet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontoffice.domain.klant import KlantSleutel


class AfspraakStand(StrEnum):
    """Hoe het staat, gezien vanaf nu. VOORBIJ: de tijd is om en niemand vulde in of er iemand was."""

    KOMT = "komt"
    BEZIG = "bezig"
    VOORBIJ = "voorbij"
    GEWEEST = "geweest"
    NIET_GEKOMEN = "niet_gekomen"
    AFGEZEGD = "afgezegd"


@dataclass(frozen=True)
class KlantAfspraak:
    """Eén afspraak van een klant. Tijden zijn UTC met zone.

    `zeker`: gevonden op BSN of KVK-nummer; anders is hij mogelijk van deze klant. `woord`: de toestand in een
    woord ("komt nog", "aan de balie"). `verzet_van`: de tijd van vóór de laatste keer verzetten.
    `afgezegd_op`: wanneer hij is afgezegd, als dat bekend is. `mag_wijzigen`: te verzetten of af te zeggen.
    `moet_verzet`: de gemeente moet hem verzetten.
    """

    id: str
    nummer: str
    begin: datetime
    eind: datetime
    producten: str
    stand: AfspraakStand
    woord: str
    zeker: bool
    mag_wijzigen: bool = False
    moet_verzet: bool = False
    gemaakt_op: datetime | None = None
    verzet_van: datetime | None = None
    afgezegd_op: datetime | None = None

    @property
    def komt_nog(self) -> bool:
        return self.stand in (AfspraakStand.KOMT, AfspraakStand.BEZIG)


@dataclass(frozen=True)
class Klantkenmerken:
    """Waarop de agenda van een klant te doorzoeken is. Alleen om te zoeken, nooit om te tonen.

    Zonder BSN of KVK-nummer in `sleutel` telt een telefoonnummer alleen samen met de geboortedatum, of met de
    achternaam als de afspraak geen geboortedatum heeft.
    """

    sleutel: KlantSleutel = field(repr=False)
    telefoons: tuple[str, ...] = field(default=(), repr=False)
    geboortedatum: date | None = field(default=None, repr=False)
    naam: str = field(default="", repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
