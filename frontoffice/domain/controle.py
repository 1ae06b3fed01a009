"""Vergelijkt wat een beller noemt met wat het register weet, zonder het echte gegeven te laten zien.

Beslist niet of de klant is gecontroleerd: dat doet de medewerker.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from frontoffice.domain.datumlezen import find_datum
from frontoffice.domain.klant import Persoon


class Vergelijking(StrEnum):
    """Uitkomst van een vergelijking.

    ONLEESBAAR: het getypte is geen datum of adres. ONBEKEND: het register weet het zelf niet (helemaal).
    """

    KLOPT = "klopt"
    KLOPT_NIET = "klopt_niet"
    ONLEESBAAR = "onleesbaar"
    ONBEKEND = "onbekend"


_ADRES = re.compile(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})[\s,]*([0-9]{1,5})\b.*", re.DOTALL)


def compare_geboortedatum(persoon: Persoon, getypt: str, vandaag: date) -> Vergelijking:
    """Vergelijk een getypte geboortedatum ("1-12-1985", "1 december 1985") met die van de persoon."""
    lezing = find_datum(getypt.strip(), vandaag)
    if lezing is None or lezing.rest or not lezing.dagen:
        return Vergelijking.ONLEESBAAR
    bekend = persoon.geboortedatum.volledig if persoon.geboortedatum else None
    if bekend is None:
        return Vergelijking.ONBEKEND
    return Vergelijking.KLOPT if bekend in lezing.dagen else Vergelijking.KLOPT_NIET


def compare_adres(persoon: Persoon, getypt: str) -> Vergelijking:
    """Vergelijk postcode en huisnummer ("7581 AB 12"); een toevoeging achter het nummer telt niet mee."""
    gelezen = _ADRES.fullmatch(getypt)
    if gelezen is None:
        return Vergelijking.ONLEESBAAR
    adres = persoon.adres
    nummer = re.match(r"\s*0*([0-9]+)", adres.huisnummer) if adres else None
    if adres is None or not adres.postcode or nummer is None:
        return Vergelijking.ONBEKEND
    zelfde_postcode = adres.postcode.replace(" ", "").upper() == (gelezen[1] + gelezen[2]).upper()
    klopt = zelfde_postcode and int(nummer[1]) == int(gelezen[3])
    return Vergelijking.KLOPT if klopt else Vergelijking.KLOPT_NIET
