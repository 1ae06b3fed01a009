"""Waar een boeking staat en wat er is gekozen: de waarden van het verloop. Zonder Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.services.afspraakwaarden import Vastgehouden
from ui.afspraak.dienst import Mogelijkheid


class Fase(Enum):
    """Waar de boeking staat."""

    KIEZEN = auto()
    VASTZETTEN = auto()
    VAST = auto()
    BEVESTIGEN = auto()
    ONBEKEND = auto()
    KLAAR = auto()


@dataclass(frozen=True)
class Vast:
    """Wat is gekozen. `houden` is leeg als dat niet apart kan: verzetten over de eigen plek.

    `sinds` is de monotone klok van deze pc toen de vraag wegging: daarmee telt de tijd van de agenda door.
    """

    mogelijkheid: Mogelijkheid
    houden: tuple[Vastgehouden, ...] = ()
    sinds: float = 0.0

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(houd.reservering.id for houd in self.houden)

    @property
    def hele_wens(self) -> Wens:
        """Wat iedereen samen wil: bij samen komen staan de personen weer bij elkaar."""
        personen: dict[str, int] = {}
        for wens, _ in self.mogelijkheid.delen:
            for regel in wens.regels:
                personen[regel.product] = personen.get(regel.product, 0) + regel.personen
        eerste = self.mogelijkheid.delen[0][0]
        return replace(eerste, regels=tuple(Wensregel(code, aantal) for code, aantal in personen.items()))

    @property
    def mag_verlengen(self) -> bool:
        return all(houd.mag_verlengen for houd in self.houden)

    def seconden(self, klok: float) -> int | None:
        """Hoe lang nog; None als er niets afloopt."""
        if not self.houden:
            return None
        return max(0, int(min(houd.seconden for houd in self.houden) - (klok - self.sinds)))


@dataclass(frozen=True)
class Dubbel:
    """Deze klant heeft voor ditzelfde al een afspraak (H14)."""

    afspraken: tuple[Afspraak, ...]


def renew(vast: Vast | None, nieuw: dict[str, Vastgehouden], sinds: float) -> Vast | None:
    if vast is None:
        return None
    houden = tuple(nieuw.get(houd.reservering.id, houd) for houd in vast.houden)
    return replace(vast, houden=houden, sinds=sinds)
