"""Een drukke avond op PostgreSQL terwijl de server bevriest en herstart: een gastheer en balies.

Houdt bij wat elke werkplek te horen kreeg; `check` legt dat naast wat er in de agenda staat.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand, Bezoek
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaBezet, AgendaOnbereikbaar, IemandWasEerder
from frontoffice.domain.fouten import Geweigerd
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.services.agendabouw import uid
from tests.services.avondbouw import Avond
from tests.services.bouwlijn import LijnKlok, Plek
from tests.storage.bouw import moment
from tests.storage.postgres import PostgresProces

_MEE = (Geweigerd, IemandWasEerder, AgendaBezet)
"""Zekere antwoorden: er is niets gedaan, en de medewerker weet dat."""


@contextlib.contextmanager
def frozen(server: PostgresProces) -> Iterator[None]:
    """De hele server staat stil: hij neemt nog wel verbindingen aan, maar antwoordt nergens op."""
    pids = server.pids()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@dataclass
class Verslag:
    """`gehoord`: elke stap die een werkplek als gedaan zag. `traagste`: seconden van de langste stap."""

    gehoord: list[tuple[str, str]] = field(default_factory=list)
    genoteerd: int = 0
    traagste: float = 0.0
    fouten: list[str] = field(default_factory=list)


class Storm:
    """`balies` werkplekken en een gastheer; `werk` doet stappen tot `stop`."""

    def __init__(
        self, server: PostgresProces, instelling: PostgresInstelling, map_: Path, balies: int, geduld: float
    ) -> None:
        self._open = ExitStack()
        self.server = server
        self.avond = self._open.enter_context(Avond(instelling))
        self.stop = threading.Event()
        self.verslag = Verslag()
        self._slot = threading.Lock()
        self._fill(balies)
        klok = LijnKlok(moment(17, 20))
        self.plekken = [
            self._plek(instelling, map_, klok, f"balie-{nummer}", geduld) for nummer in range(balies + 1)
        ]

    def _fill(self, balies: int) -> None:
        for minuut in (0, 15):
            for _ in range(balies):
                self.avond.boek(17, minuut)
        self.avond.begin(17, 20)

    def _plek(
        self, instelling: PostgresInstelling, map_: Path, klok: LijnKlok, naam: str, geduld: float
    ) -> Plek:
        database = AgendaDatabase(instelling)
        self._open.callback(database.close)
        plek = Plek(database, map_ / f"{naam}.db", klok, naam, geduld)
        self._open.callback(plek.close)
        plek.lijn.load_stand()
        return plek

    def close(self) -> None:
        self._open.close()

    # --- het werk --------------------------------------------------------------------------------------

    def run(self, storingen: Callable[[], None]) -> None:
        """Iedereen werkt; `storingen` zit intussen de server dwars. Daarna is alles doorgevoerd."""
        draden = [threading.Thread(target=self._safe, args=(n,)) for n in range(len(self.plekken))]
        for draad in draden:
            draad.start()
        try:
            storingen()
        finally:
            self.stop.set()
            for draad in draden:
                draad.join()
        einde = time.monotonic() + 120
        while any(p.lijn.te_versturen or p.lijn.stand_van for p in self.plekken):
            assert time.monotonic() < einde, "niet alles is doorgevoerd"
            for plek in self.plekken:
                plek.lijn.load_stand()
            time.sleep(0.05)

    def wait_genoteerd(self, aantal: int) -> None:
        """Wacht tot er zoveel stappen zonder de server zijn gedaan."""
        einde = time.monotonic() + 120
        while self.verslag.genoteerd < aantal:
            assert time.monotonic() < einde, "er is zonder verbinding te weinig gedaan om iets te bewijzen"
            time.sleep(0.05)

    def _safe(self, nummer: int) -> None:
        try:
            rng = random.Random(nummer)
            while not self.stop.is_set():
                (self._balie if nummer else self._gastheer)(self.plekken[nummer], f"B{nummer}", rng)
                time.sleep(rng.uniform(0.01, 0.05))
        except Exception as fout:  # noqa: BLE001 - elke andere fout telt
            self.verslag.fouten.append(repr(fout))

    def _gastheer(self, plek: Plek, _: str, rng: random.Random) -> None:
        stand = self._look(plek)
        komt = [b for b in stand.bezoeken if b.toestand is Toestand.BEVESTIGD]
        if komt:
            gast = rng.choice(komt)
            self._step(plek, "bezoek_aangemeld", lambda v: plek.lijn.arrive(gast.id, verzoek_id=v))
        elif len(stand.bezoeken) < 40:
            wens = Wens((Wensregel("a10"),))
            self._step(
                plek,
                "bezoek_zonder_afspraak",
                lambda v: plek.lijn.walk_in(wens, "P. de Wit", voorrang=True, verzoek_id=v),
            )

    def _balie(self, plek: Plek, balie: str, rng: random.Random) -> None:
        bij = self._look(plek).at_balie(balie)
        lijn = plek.lijn
        if bij is None:
            self._step(plek, "bezoek_opgeroepen", lambda v: lijn.call_next(balie, verzoek_id=v))
        elif bij.toestand is Toestand.OPGEROEPEN:
            self._step(plek, "bezoek_aan_de_balie", lambda v: lijn.start(bij.id, verzoek_id=v))
        else:
            self._step(plek, "bezoek_klaar", lambda v: lijn.finish(bij.id, verzoek_id=v))

    def _look(self, plek: Plek) -> Avondstand:
        stand = plek.lijn.load_stand()
        assert stand is not None
        return stand

    def _step(self, plek: Plek, soort: str, doe: Callable[[str], Bezoek | None]) -> None:
        begin = time.perf_counter()
        try:
            bezoek = doe(uid())
        except _MEE:
            return
        except AgendaOnbereikbaar as fout:
            with self._slot:
                self.verslag.fouten.append(fout.code)
            return
        duur = time.perf_counter() - begin
        with self._slot:
            self.verslag.traagste = max(self.verslag.traagste, duur)
            if bezoek is not None:
                self.verslag.gehoord.append((soort, bezoek.volgnummer))
                self.verslag.genoteerd += plek.lijn.is_genoteerd(bezoek.id)

    # --- nakijken --------------------------------------------------------------------------------------

    def check(self) -> None:
        """Elke stap die iemand als gedaan zag, staat er één keer, of op Nakijken. Er staat niets meer."""
        assert self.verslag.fouten == [], self.verslag.fouten
        assert self.avond.agenda.check() == ()
        stappen = self.avond.dienst.load_stappen()
        gedaan = Counter((s.soort, s.na["volgnummer"]) for s in stappen if s.na.get("verzoek"))
        verzoeken = Counter(s.na["verzoek"] for s in stappen if s.na.get("verzoek"))
        assert set(verzoeken.values()) <= {1}
        punten = Counter(
            (_SOORTEN[soort], s.na["volgnummer"])
            for s in stappen
            if s.soort == "bezoek_na_te_kijken"
            for soort, *_ in s.na["stappen"]
        )
        gehoord = Counter(self.verslag.gehoord)
        kwijt = gehoord - gedaan - punten
        van = {volgnummer for _, volgnummer in kwijt}
        assert kwijt == Counter(), [
            (s.op, s.wie, s.soort, s.na) for s in stappen if s.na["volgnummer"] in van
        ]
        dubbel = {wat: aantal for wat, aantal in gedaan.items() if aantal > 1}
        assert dubbel == {}
        bezet = Counter(b.balie for b in self._look(self.plekken[0]).bezoeken if b.toestand in AAN_BALIE)
        assert set(bezet.values()) <= {1}
        for plek in self.plekken:
            plek.lijn.nakijken()
            assert [n for n in plek.notities.load() if not n.punt] == []


_SOORTEN = {
    "arrive": "bezoek_aangemeld",
    "walk_in": "bezoek_zonder_afspraak",
    "call": "bezoek_opgeroepen",
    "start": "bezoek_aan_de_balie",
    "finish": "bezoek_klaar",
}
