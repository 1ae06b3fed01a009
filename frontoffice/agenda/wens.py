"""Wat iemand wil: producten met personen, en wat die persoon nodig heeft. Rekent de duur uit.

Kijkt niet naar een avond; of het ergens past zegt `vrij`.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.agenda.afspraak import Kanaal


@dataclass(frozen=True)
class Wensregel:
    product: str
    personen: int = 1


@dataclass(frozen=True)
class Wens:
    """`behoeften` zijn codes van `Behoefte`; `taal` hoort bij een tolk (ISO 639-1)."""

    regels: tuple[Wensregel, ...]
    behoeften: tuple[str, ...] = ()
    taal: str = ""
    kanaal: Kanaal = Kanaal.TELEFOON
    overrulen: bool = False
    """De medewerker gaat voorbij aan de aanlooptijd (niet aan wat kan): T05."""
