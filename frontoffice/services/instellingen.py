"""Wat een profiel over het werk van de services zegt: wat mag de medewerker zien, hoe lang mag iets duren.

Leest zelf geen profiel; `samenstelling` vult dit in.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.domain.bevoegdheid import Bevoegdheid


@dataclass(frozen=True)
class Instellingen:
    """Tijden in seconden. `wacht_op_inwoner`: omschrijvingen van statustypen die op de klant wachten.

    `doel` komt in het logboek bij elke inzage.
    """

    bevoegdheid: Bevoegdheid
    wacht_op_inwoner: frozenset[str] = frozenset()
    eerste_beeld: float = 4.5
    details: float = 30.0
    doel: str = "vraag van een klant beantwoorden"
