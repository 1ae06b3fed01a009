"""Eén onschuldige vraag aan een register, om te weten of het bereikbaar is en dit programma toelaat.

Voor `kif doctor`. Vraagt nooit een gegeven van een inwoner op.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.fouten import Geannuleerd, KifFout, NietBevoegd, Onbereikbaar, RegisterFout
from frontoffice.ports import Aanroep, RegisterStand


def probe(
    verbinding: Verbinding,
    vraag: Vraag,
    aanroep: Aanroep,
    also_good: Callable[[RegisterFout], bool] = lambda _fout: False,
) -> RegisterStand:
    """De stand van een register. `also_good` zegt bij welke weigering het register toch in orde is.

    Raises Geannuleerd. Het klokverschil is van een halve seconde nauwkeurig: verder dan de header Date reikt
    het niet, en Open Zaak zelf stuurt er geen.
    """
    naam = verbinding.register.naam
    try:
        antwoord = verbinding.fetch(vraag, aanroep)
    except Geannuleerd:
        raise
    except RegisterFout as fout:
        if also_good(fout):
            return RegisterStand(naam, True, True, None, None, None)
        bereikbaar = fout.http_status is not None and not isinstance(fout, Onbereikbaar)
        bevoegd = False if isinstance(fout, NietBevoegd) else None
        return RegisterStand(naam, bereikbaar, bevoegd, None, None, fout.uitleg)
    except KifFout as fout:
        return RegisterStand(naam, None, None, None, None, fout.uitleg)
    if not antwoord.is_json:
        oorzaak = f"{verbinding.register.mensnaam} stuurt geen gegevens. Kijk het adres in het profiel na."
        return RegisterStand(naam, True, None, None, None, oorzaak)
    versie = antwoord.koppen.get("api-version") or antwoord.koppen.get("x-api-version") or None
    return RegisterStand(naam, True, True, versie, _clock_difference(antwoord.koppen), None)


def _clock_difference(koppen: Mapping[str, str]) -> float | None:
    """Seconden die deze pc voorloopt; None zonder goede Date, die in hele seconden telt."""
    try:
        return round(time.time() - parsedate_to_datetime(koppen["date"]).timestamp() - 0.5, 1)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
