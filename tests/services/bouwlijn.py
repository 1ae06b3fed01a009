"""Een werkplek met een lijn naar de agenda die kan wegvallen, bevriezen, of een antwoord kwijtraken."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from frontoffice.agendapoort import AgendaOnbereikbaar, AgendaOpslag, Wie
from frontoffice.domain.taal import dag_van
from frontoffice.services.avondinhalen import Inhaler
from frontoffice.services.avondlijn import Avondlijn
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.storage.avondnotities import WerkplekNotities
from tests.storage.bouwwinkel import open_winkel


class Lijn:
    """De opslag van de agenda achter een lijn. Zonder storing gaat alles ongewijzigd door."""

    def __init__(self, opslag: AgendaOpslag) -> None:
        self._opslag = opslag
        self._slot = threading.Lock()
        self.is_weg = False
        self.antwoord_weg = 0
        """Zoveel keer wordt er nog vastgelegd zonder dat iemand het antwoord hoort."""
        self.hangend = 0
        """Zoveel vragen wachten er nu op `thaw`."""
        self._vrij = threading.Event()
        self._vrij.set()

    def freeze(self) -> None:
        """Wie nu iets vraagt, wacht tot `thaw`."""
        self._vrij.clear()

    def thaw(self) -> None:
        self._vrij.set()

    def _check(self) -> None:
        if not self._vrij.is_set():
            with self._slot:
                self.hangend += 1
            self._vrij.wait(120)
            with self._slot:
                self.hangend -= 1
        if self.is_weg:
            raise AgendaOnbereikbaar("De verbinding met de agenda is weg.")

    @contextmanager
    def lock(self, *wat: Any, **hoe: Any) -> Iterator[Any]:
        self._check()
        with self._opslag.lock(*wat, **hoe) as tx:
            yield tx
            self._check()
        if self.antwoord_weg:
            self.antwoord_weg -= 1
            raise AgendaOnbereikbaar("Het is niet bekend of de wijziging is gelukt.", code="agenda_onzeker")

    def __getattr__(self, naam: str) -> Any:
        echt: Callable[..., Any] = getattr(self._opslag, naam)

        def call(*wat: Any, **hoe: Any) -> Any:
            self._check()
            return echt(*wat, **hoe)

        return call if callable(echt) else echt


class LijnKlok:
    """Loopt gewoon door, en kan vooruit."""

    def __init__(self, nu: datetime) -> None:
        self._begin, self._sinds, self._erbij = nu, time.monotonic(), 0.0

    def loop(self, seconden: float) -> None:
        self._erbij += seconden

    def nu(self) -> datetime:
        return self._begin + timedelta(seconds=self.verlopen())

    def vandaag(self) -> date:
        return dag_van(self.nu())

    def verlopen(self) -> float:
        return time.monotonic() - self._sinds + self._erbij


class Plek:
    """Eén werkplek. `restart` is het programma opnieuw starten, met wat er op schijf staat."""

    def __init__(
        self, opslag: AgendaOpslag, pad: Path, klok: LijnKlok, naam: str = "balie-1", geduld: float = 3.0
    ) -> None:
        self.draad = Lijn(opslag)
        self._pad, self._klok, self._geduld = pad, klok, geduld
        self.wie = Wie(f"m-{naam}", naam)
        self.start()

    def start(self) -> None:
        opslag: Any = self.draad
        self.winkel = open_winkel(self._pad)
        self.dienst = Vanavonddienst(opslag, self.wie)
        self.notities = notities = WerkplekNotities(self.winkel.bestand)
        inhaler = Inhaler(opslag, self.dienst, self.wie)
        self.lijn = Avondlijn(
            lambda: inhaler, lambda: notities, self._klok, self.wie.medewerker, geduld=self._geduld
        )

    def restart(self) -> None:
        self.close()
        self.start()

    def close(self) -> None:
        self.winkel.close()
