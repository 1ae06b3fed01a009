"""Voert een plan van ladingen uit op een groep van acht draden en geeft elke uitkomst zodra ze er is.

Weet niets van registers of schermen. De enige plek in `frontoffice` waar draden worden gemaakt.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from frontoffice.domain.fouten import Geannuleerd, KifFout
from frontoffice.domain.klantbeeld import Verzoek
from frontoffice.ports import Aanroep, Stop

DRADEN = 8


@dataclass(frozen=True)
class Uitkomst:
    """De uitkomst van één lading: een waarde of een KifFout, de duur en de gedane verzoeken."""

    naam: str
    waarde: object
    fout: KifFout | None
    ms: float
    diepte: int
    verzoeken: tuple[Verzoek, ...]


@dataclass(frozen=True)
class Lading:
    """Eén stap van een plan. `werk(uitkomsten, aanroep)` krijgt de uitkomsten van `na`, ook mislukte."""

    naam: str
    werk: Callable[[Mapping[str, Uitkomst], Aanroep], object]
    na: tuple[str, ...] = ()


class Uitvoerder:
    """Een groep draden voor leeswerk. `close` wacht niet op wat nog hangt."""

    def __init__(self, draden: int = DRADEN) -> None:
        self._draden = ThreadPoolExecutor(draden, thread_name_prefix="kif-laden")

    def run(self, plan: Sequence[Lading], *, seconden: float, stop: Stop) -> Iterator[Uitkomst]:
        """Geef uitkomsten in de volgorde waarin ze klaar zijn; een lading start als al haar `na` klaar is.

        Samen krijgen ze `seconden`; wie dan nog bezig is, meldt zelf DuurtTeLang (iedere aanroep bewaakt haar
        eigen einde). Een fout die geen KifFout is, is een programmeerfout en komt hier naar buiten.
        """
        einde = time.monotonic() + seconden
        klaar: dict[str, Uitkomst] = {}
        wachtend = {lading.naam: lading for lading in plan}
        onderweg = 0
        binnen: queue.SimpleQueue[Uitkomst | BaseException] = queue.SimpleQueue()

        def execute(lading: Lading, diepte: int) -> None:
            aanroep = Aanroep(einde, stop, diepte)
            begin = time.monotonic()
            waarde: object = None
            fout: KifFout | None = None
            try:
                stop.check()
                waarde = lading.werk({naam: klaar[naam] for naam in lading.na}, aanroep)
            except KifFout as kif_fout:
                fout = kif_fout
            except BaseException as bug:  # noqa: BLE001 - gaat ongewijzigd naar wie het plan uitvoert
                binnen.put(bug)
                return
            ms = (time.monotonic() - begin) * 1000
            binnen.put(Uitkomst(lading.naam, waarde, fout, ms, aanroep.diepte, tuple(aanroep.verzoeken)))

        while wachtend or onderweg:
            for naam, lading in list(wachtend.items()):
                if all(eerder in klaar for eerder in lading.na):
                    del wachtend[naam]
                    diepte = max((klaar[eerder].diepte for eerder in lading.na), default=0)
                    self._draden.submit(execute, lading, diepte)
                    onderweg += 1
            if not onderweg:
                raise ValueError(f"plan wacht op een onbekende lading: {sorted(wachtend)}")
            uitkomst = binnen.get()
            onderweg -= 1
            if isinstance(uitkomst, BaseException):
                stop.set()
                raise uitkomst
            klaar[uitkomst.naam] = uitkomst
            if stop.is_gezet:
                raise Geannuleerd()
            yield uitkomst

    def close(self) -> None:
        self._draden.shutdown(wait=False, cancel_futures=True)

