"""Hoe lang een bezoek nog duurt: volgens zijn producten, en bijgesteld met hoe deze avond loopt.

Kent geen wachtrij en geen rooster. Het tempo gaat over de hele avond, nooit over één medewerker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.rooster import MINUUT, seconden

_LOPEN = MINUUT
"""Zo lang is het gewoon dat iemand onderweg is naar de balie."""
_GEWICHT = 60 * MINUUT
"""Zoveel werk telt wat de producten zeggen mee, naast wat er vanavond al gedaan is."""
_TEMPO = (0.7, 1.5)
_WEG = 0.10
_WEG_GEWICHT = 20
"""Van de twintig afspraken komen er gewoonlijk twee niet: zwaarder telt dat niet dan deze avond zelf."""


@dataclass(frozen=True)
class Tempo:
    """`factor`: hoeveel langer (> 1) of korter alles duurt dan gepland. `weg`: deel dat niet komt (0-1)."""

    factor: float = 1.0
    weg: float = _WEG


def tempo_of(bezoeken: Iterable[Bezoek]) -> Tempo:
    """Wat er tot nu toe te zien is; aan het begin van de avond zoals gepland."""
    echt = gepland = float(_GEWICHT)
    weg = gekomen = 0
    for bezoek in bezoeken:
        if bezoek.toestand is Toestand.NIET_GEKOMEN:
            weg += 1
        elif bezoek.is_aanwezig or bezoek.toestand is Toestand.KLAAR:
            gekomen += bezoek.tijd is not None
        gewerkt = _gewerkt(bezoek)
        if gewerkt is not None:
            echt += gewerkt
            gepland += bezoek.minuten * MINUUT
    factor = min(max(echt / gepland, _TEMPO[0]), _TEMPO[1])
    return Tempo(factor, (_WEG * _WEG_GEWICHT + weg) / (_WEG_GEWICHT + weg + gekomen))


def _gewerkt(bezoek: Bezoek) -> float | None:
    """Seconden die een afgerond bezoek de balie kostte, lopen inbegrepen; None als dat niet te zien is."""
    if bezoek.toestand is not Toestand.KLAAR or bezoek.klaar_op is None:
        return None
    begin = bezoek.begonnen_op or bezoek.opgeroepen_op
    if begin is None:
        return None
    lopen = 0.0
    if bezoek.opgeroepen_op is not None and bezoek.opgeroepen_op < begin:
        lopen = min((begin - bezoek.opgeroepen_op).total_seconds(), 2 * _LOPEN)
    duurde = (bezoek.gewerkt or (bezoek.klaar_op - begin).total_seconds()) + lopen
    # Wie vergeet af te ronden, werkt daarmee niet langzamer.
    return min(max(duurde, 0.0), 3.0 * bezoek.minuten * MINUUT)


def duurt(bezoek: Bezoek, tempo: Tempo) -> int:
    """Seconden voor het hele bezoek; wie even apart zat, heeft al een deel gehad."""
    heel = bezoek.minuten * MINUUT * tempo.factor
    return max(int(heel - bezoek.gewerkt), MINUUT)


def nog(bezoek: Bezoek, nu: int, tempo: Tempo) -> int:
    """Seconden tot deze balie weer vrij is. Wie uitloopt: minstens nog een minuut, en steeds meer."""
    heel = bezoek.minuten * MINUUT * tempo.factor
    if bezoek.toestand is Toestand.OPGEROEPEN and bezoek.opgeroepen_op is not None:
        bezig = float(min(nu - seconden(bezoek.opgeroepen_op), _LOPEN)) + bezoek.gewerkt
    elif bezoek.begonnen_op is not None:
        bezig = float(nu - seconden(bezoek.begonnen_op) + bezoek.gewerkt)
    else:
        bezig = 0.0
    over = max(bezig - heel, 0.0)
    return max(int(heel - bezig), int(MINUUT + over / 4))


def loopt_uit(bezoek: Bezoek, nu: int) -> int:
    """Hele minuten die dit bezoek al langer aan de balie zit dan gepland; 0 als het niet uitloopt."""
    if bezoek.toestand is not Toestand.AAN_DE_BALIE or bezoek.begonnen_op is None:
        return 0
    return max((nu - seconden(bezoek.begonnen_op) + bezoek.gewerkt) // MINUUT - bezoek.minuten, 0)
