"""Voert een plan van ladingen uit op een groep van acht draden en geeft elke uitkomst zodra ze er is.

Weet niets van registers of schermen. De enige plek in `frontoffice` waar draden worden gemaakt.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from frontoffice.domain.fouten import DuurtTeLang, Geannuleerd, KifFout
from frontoffice.domain.verzoek import Verzoek
from frontoffice.ports import Aanroep, Stop

DRADEN = 8
T = TypeVar("T")
UITSTEL = 0.3
"""Zoveel seconden na het einde mag een lading zelf nog melden dat zij te lang duurde."""


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


class Eenmalig(Generic[T]):
    """Iets dat bij het eerste gebruik wordt gemaakt, door één draad; wie het tegelijk vraagt, wacht daarop.

    Mislukt het maken, dan is er niets en probeert de volgende vraag het opnieuw.
    """

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._waarde: T | None = None

    def get(self, maak: Callable[[], T]) -> T:
        with self._slot:
            if self._waarde is None:
                self._waarde = maak()
            return self._waarde

    def renew(self, maak: Callable[[T | None], T]) -> T:
        """Vervang het; `maak` krijgt wat er was en sluit dat. Mislukt het, dan is er niets."""
        with self._slot:
            oud, self._waarde = self._waarde, None
            self._waarde = maak(oud)
            return self._waarde

    def take(self) -> T | None:
        """Haal het eruit om het te sluiten; wordt het net gemaakt, dan wacht dit daarop."""
        with self._slot:
            waarde, self._waarde = self._waarde, None
            return waarde


_Bericht = Uitkomst | BaseException | None
"""Een uitkomst, een programmeerfout, of None: er is op stop gedrukt."""


class Uitvoerder:
    """Een groep draden voor leeswerk.

    De draden houden het afsluiten van het programma niet op, ook niet als een register nog hangt.
    """

    def __init__(self, draden: int = DRADEN) -> None:
        self._werk: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._aantal = draden
        self._draden: list[threading.Thread] = []
        self._slot = threading.Lock()
        self._gesloten = False

    def run(self, plan: Sequence[Lading], *, seconden: float, stop: Stop) -> Iterator[Uitkomst]:
        """Geef uitkomsten in de volgorde waarin ze klaar zijn; een lading start als al haar `na` klaar is.

        Samen krijgen ze `seconden`. Iedere aanroep bewaakt haar eigen einde; wie daarna toch nog zwijgt,
        krijgt hier DuurtTeLang en haar late antwoord valt weg. Wordt `stop` gezet, dan volgt direct
        Geannuleerd, ook als er nog iets hangt. Een fout die geen KifFout is, is een programmeerfout en komt
        hier naar buiten. Wie eerder ophoudt met vragen (de generator sluit), stopt ook het werk dat nog
        loopt.
        """
        _check_plan(plan)
        eigen_stop = Stop()
        binnen: queue.SimpleQueue[_Bericht] = queue.SimpleQueue()

        def wake() -> None:
            eigen_stop.set()
            binnen.put(None)

        afmelden = stop.on_set(wake)
        try:
            yield from self._run(plan, time.monotonic() + seconden, eigen_stop, binnen)
        finally:
            afmelden()
            eigen_stop.set()

    def _run(
        self, plan: Sequence[Lading], einde: float, stop: Stop, binnen: queue.SimpleQueue[_Bericht]
    ) -> Iterator[Uitkomst]:
        klaar: dict[str, Uitkomst] = {}
        wachtend = {lading.naam: lading for lading in plan}
        onderweg: dict[str, float] = {}
        while wachtend or onderweg:
            stop_nu = stop.is_gezet
            for lading in [] if stop_nu else list(wachtend.values()):
                if all(eerder in klaar for eerder in lading.na):
                    del wachtend[lading.naam]
                    onderweg[lading.naam] = time.monotonic()
                    self._submit(_maak_werk(lading, klaar, einde, stop, binnen))
            for uitkomst in _wacht(binnen, onderweg, klaar, einde):
                if uitkomst is None or stop.is_gezet:
                    raise Geannuleerd()
                klaar[uitkomst.naam] = uitkomst
                del onderweg[uitkomst.naam]
                yield uitkomst

    def _submit(self, werk: Callable[[], None]) -> None:
        with self._slot:
            if self._gesloten:
                raise Geannuleerd("Het programma sluit af.")
            if len(self._draden) < self._aantal:
                draad = threading.Thread(
                    target=self._werk_af, name=f"kif-laden-{len(self._draden)}", daemon=True
                )
                self._draden.append(draad)
                draad.start()
        self._werk.put(werk)

    def _werk_af(self) -> None:
        while (werk := self._werk.get()) is not None:
            werk()

    def close(self) -> None:
        """Geen nieuw werk meer; de draden houden op na wat zij nu doen. Wacht niet op wat hangt."""
        with self._slot:
            if self._gesloten:
                return
            self._gesloten = True
            for _ in self._draden:
                self._werk.put(None)


def _check_plan(plan: Sequence[Lading]) -> None:
    """Raises ValueError bij een plan dat nooit klaar kan komen: een programmeerfout."""
    klaar: set[str] = set()
    wachtend = {lading.naam: lading for lading in plan}
    if len(wachtend) != len(plan):
        raise ValueError("twee ladingen met dezelfde naam")
    while wachtend:
        kan_nu = [naam for naam, lading in wachtend.items() if klaar.issuperset(lading.na)]
        if not kan_nu:
            raise ValueError(f"plan wacht op een onbekende lading of op zichzelf: {sorted(wachtend)}")
        klaar.update(kan_nu)
        for naam in kan_nu:
            del wachtend[naam]


def _maak_werk(
    lading: Lading,
    klaar: Mapping[str, Uitkomst],
    einde: float,
    stop: Stop,
    binnen: queue.SimpleQueue[_Bericht],
) -> Callable[[], None]:
    eerdere = {naam: klaar[naam] for naam in lading.na}
    diepte = max((eerder.diepte for eerder in eerdere.values()), default=0)

    def werk() -> None:
        aanroep = Aanroep(einde, stop, diepte)
        begin = time.monotonic()
        waarde: object = None
        fout: KifFout | None = None
        try:
            stop.check()
            waarde = lading.werk(eerdere, aanroep)
        except KifFout as kif_fout:
            fout = kif_fout
        except BaseException as bug:  # noqa: BLE001 - gaat ongewijzigd naar wie het plan uitvoert
            binnen.put(bug)
            return
        ms = (time.monotonic() - begin) * 1000
        binnen.put(Uitkomst(lading.naam, waarde, fout, ms, aanroep.diepte, tuple(aanroep.verzoeken)))

    return werk


def _wacht(
    binnen: queue.SimpleQueue[_Bericht],
    onderweg: Mapping[str, float],
    klaar: Mapping[str, Uitkomst],
    einde: float,
) -> list[Uitkomst | None]:
    """De volgende uitkomst; na het einde van de tijd een DuurtTeLang voor alles wat nog onderweg is.

    None betekent gestopt. Een laat antwoord van wie al is opgegeven, telt niet meer.
    """
    while True:
        try:
            uiterste = max([einde, *onderweg.values()]) + UITSTEL
            bericht = binnen.get(timeout=max(uiterste - time.monotonic(), 0))
        except queue.Empty:
            nu = time.monotonic()
            zin = "Dit duurt te lang. Kies Opnieuw, of ga door zonder dit onderdeel."
            return [
                Uitkomst(naam, None, DuurtTeLang(zin, register=naam), (nu - begin) * 1000, 0, ())
                for naam, begin in onderweg.items()
            ]
        if isinstance(bericht, BaseException):
            raise bericht
        if bericht is None or (bericht.naam in onderweg and bericht.naam not in klaar):
            return [bericht]


class Onderweg(Generic[T]):
    """Werk dat meteen begint op een eigen draad, en dat zelf geen einde hoeft te kennen.

    De draad is een daemon: wat blijft hangen, houdt het einde van het programma niet tegen.
    """

    def __init__(self, werk: Callable[[], T]) -> None:
        self._klaar = threading.Event()
        self._waarden: list[T] = []
        self._fout: BaseException | None = None

        def execute() -> None:
            try:
                self._waarden.append(werk())
            except BaseException as fout:  # noqa: BLE001 - gaat ongewijzigd naar wie wacht
                self._fout = fout
            self._klaar.set()

        threading.Thread(target=execute, name="kif-binnen", daemon=True).start()

    @property
    def is_klaar(self) -> bool:
        return self._klaar.is_set()

    def wait(self, seconden: float) -> T:
        """De waarde, of de fout van het werk. Raises TimeoutError als het langer duurt; het gaat dan door."""
        if not self._klaar.wait(seconden):
            raise TimeoutError
        if self._fout is not None:
            raise self._fout
        return self._waarden[0]


def run_binnen(werk: Callable[[], T], seconden: float) -> T:
    """Roep `werk` aan op een eigen draad en wacht er hoogstens `seconden` op. Raises TimeoutError.

    Voor een aanroep die zelf geen tijdslimiet kent, zoals de sleutelbos van het systeem.
    """
    return Onderweg(werk).wait(seconden)


def make_slot() -> AbstractContextManager[object]:
    """Een slot voor wie van meer draden wordt geroepen; dezelfde draad mag er nog een keer in."""
    return threading.RLock()
