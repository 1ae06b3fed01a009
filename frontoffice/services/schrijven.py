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
PROBEERT = 5
TOTAAL = 20.0
"""Seconden die alle pogingen samen duren; de laatste mag dan nog afmaken waar zij op wacht.

Ruim, omdat wachten op honderd collega's die tegelijk boeken nog altijd beter is dan een foutmelding."""
_PAUZE = 0.05
_VERZOEK = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,63}")

Werk = Callable[[AgendaTransactie], tuple[T, Mapping[str, Any]]]
Herhaling = Callable[[AgendaTransactie, Mapping[str, Any]], T]


class Schrijver:
    """De ene weg waarlangs de agenda verandert: elk verzoek één keer, ook als het antwoord verloren ging."""

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

        Een botsing met een collega (zijn slot, deadlock, dezelfde sleutel) wordt zonder dat de medewerker
        het merkt opnieuw geprobeerd, hoogstens vijf keer en niet meer na `TOTAAL`. Raises AgendaBezet,
        AgendaOnbereikbaar, en wat `werk` zelf weigert; dan is er niets gewijzigd.
        """
        check_verzoek_id(verzoek_id)
        dagen = frozenset(datums)
        return persist(lambda: self._try(verzoek_id, vingerafdruk, dagen, werk, herhaling, inrichting))

    def change(self, datums: Iterable[date], werk: Callable[[AgendaTransactie], None]) -> None:
        """Een wijziging die zichzelf mag herhalen, zonder verzoek-id. Raises als `run`."""
        dagen = frozenset(datums)

        def write() -> None:
            with self._opslag.lock(dagen) as tx:
                werk(tx)

        persist(write)

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


def persist(werk: Callable[[], T]) -> T:
    """Doe `werk`, en na een botsing met een collega nog eens. `werk` mag dan niets hebben gewijzigd.

    Raises AgendaBezet als het binnen `TOTAAL` niet lukt, en elke andere fout meteen.
    """
    einde = time.monotonic() + TOTAAL
    for poging in range(1, PROBEERT + 1):
        pauze = random.uniform(_PAUZE / 2, _PAUZE) * poging
        try:
            return werk()
        except AgendaFout as fout:
            botsing = isinstance(fout, AgendaBezet) or fout.code == "bezet"
            if not botsing or poging == PROBEERT or time.monotonic() + pauze >= einde:
                raise
            time.sleep(pauze)
    raise AssertionError("onbereikbaar")


def check_verzoek_id(verzoek_id: str) -> None:
    """Raises InvoerFout als dit geen uuid of zoiets is."""
    if not _VERZOEK.fullmatch(verzoek_id):
        raise InvoerFout("Geef elk verzoek een eigen nummer: een uuid.", code="verzoek")
