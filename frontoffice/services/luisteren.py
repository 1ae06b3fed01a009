"""Wie meeluistert met wat er met afspraken gebeurt. De afspraak staat er dan al: een fout stoort niet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from frontoffice.agenda.afspraak import Afspraak
from frontoffice.services.afspraakwaarden import Gebeurd

Luisteraar = Callable[[Gebeurd, Afspraak], None]
_log = logging.getLogger(__name__)


def tell(luisteraars: Sequence[Luisteraar], gebeurd: Gebeurd, afspraak: Afspraak) -> None:
    """Vertel het elke luisteraar, op deze draad."""
    for luister in luisteraars:
        try:
            luister(gebeurd, afspraak)
        except Exception as bug:  # noqa: BLE001 - de afspraak staat er al; wie meeluistert, stoort niet
            _log.error("luisteraar gaf een fout", extra={"code": "luisteraar", "soort": type(bug).__name__})
