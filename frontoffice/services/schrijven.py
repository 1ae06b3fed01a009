"""Een wijziging in de agenda: onder het slot, alles of niets, en met hetzelfde verzoek-id te herhalen.

Beslist zelf niets. Geen scherm en geen ander verkeer binnen het slot.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from frontoffice.agendapoort import AgendaBezet, AgendaFout, AgendaOpslag, AgendaTransactie
from frontoffice.domain.fouten import InvoerFout

T = TypeVar("T")
PROBEERT = 3
_LANG = 2.0
"""Wie zo lang wachtte (seconden) en het niet kreeg, wacht niet nog eens: de medewerker hoort het nu (H13)."""
_PAUZE = 0.05
_VERZOEK = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,63}")

Werk = Callable[[AgendaTransactie], tuple[T, Mapping[str, Any]]]
Herhaling = Callable[[AgendaTransactie, Mapping[str, Any]], T]


class Schrijver:
    def __init__(self, opslag: AgendaOpslag) -> None:
        self._opslag = opslag

    def run(
        self,
        verzoek_id: str,
        vingerafdruk: str,
        datums: Iterable[date],
        werk: Werk[T],
        herhaling: Herhaling[T],
        *,
        inrichting: bool = False,
    ) -> T:
        """Doe `werk` één keer; is dit verzoek al gedaan, geef dan `herhaling` van het antwoord van toen.

        Een botsing met een collega (deadlock, dezelfde sleutel) wordt drie keer geprobeerd. Raises
        AgendaBezet, AgendaOnbereikbaar, en wat `werk` zelf weigert; dan is er niets gewijzigd.
        """
        check_verzoek_id(verzoek_id)
        dagen = frozenset(datums)
        for poging in range(1, PROBEERT + 1):
            begonnen = time.monotonic()
            try:
                return self._try(verzoek_id, vingerafdruk, dagen, werk, herhaling, inrichting)
            except AgendaFout as fout:
                botsing = isinstance(fout, AgendaBezet) or fout.code == "bezet"
                if not botsing or poging == PROBEERT or time.monotonic() - begonnen > _LANG:
                    raise
                time.sleep(random.uniform(_PAUZE / 2, _PAUZE) * poging)
        raise AssertionError("onbereikbaar")

    def _try(
        self,
        verzoek_id: str,
        vingerafdruk: str,
        dagen: frozenset[date],
        werk: Werk[T],
        herhaling: Herhaling[T],
        inrichting: bool,
    ) -> T:
        with self._opslag.lock(dagen, inrichting=inrichting) as tx:
            eerder = tx.load_verzoek(verzoek_id, vingerafdruk)
            if eerder is not None:
                return herhaling(tx, eerder)
            uit, antwoord = werk(tx)
            tx.note_verzoek(verzoek_id, vingerafdruk, antwoord)
            return uit


def check_verzoek_id(verzoek_id: str) -> None:
    """Raises InvoerFout als dit geen uuid of zoiets is."""
    if not _VERZOEK.fullmatch(verzoek_id):
        raise InvoerFout("Geef elk verzoek een eigen nummer: een uuid.", code="verzoek")
