"""Houdt het geheugen van het venster klein en de vuilnisophaler rustig. Weet niets van het programma.

Beide zijn instellingen van het proces: een keer bij het begin, en een keer als alles staat.
"""

from __future__ import annotations

import ctypes
import gc
import sys

_M_ARENA_MAX = -8  # malloc.h van glibc


def limit_arenas() -> None:
    """Laat alle draden uit dezelfde voorraad geheugen putten. Vóór de eerste draad.

    Anders geeft glibc elk van onze twintig draden een eigen voorraad, die na een groot antwoord half leeg
    blijft staan: samen ruim 10 MB. Python laat toch maar één draad tegelijk rekenen, dus ze wachten niet.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 1)


def calm_geheugen() -> None:
    """Laat Python minder vaak, en nooit het hele programma, nalopen op wat weg kan.

    Zonder dit staat het scherm 30 tot 50 ms stil zodra er bladzijden binnenkomen: elke volle ronde loopt dan
    langs alles wat bij het starten is geladen. Dat blijft toch, en telt na `freeze` niet meer mee.
    """
    gc.unfreeze()  # wat van een vorige medewerker was, mag nu weg
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
