"""Sluiten zoals een test dat moet: pas verder als er niets meer draait.

Het programma zelf wacht bij het sluiten nergens op. Een test ruimt daarna zijn map op, en wat dan nog bezig
is, struikelt over bestanden die weg zijn, midden in een andere test.
"""

from __future__ import annotations

import time

from ui.achtergrond import Achtergrond

GEDULD = 30.0
"""Seconden. Een test die een draad laat hangen, laat hem zelf weer los voordat hij sluit."""


def close_achtergrond(achtergrond: Achtergrond) -> None:
    """Sluit, en wacht tot de draden klaar zijn."""
    achtergrond.close()
    eind = time.monotonic() + GEDULD
    for draad in achtergrond._draden._threads:
        draad.join(max(0.0, eind - time.monotonic()))
