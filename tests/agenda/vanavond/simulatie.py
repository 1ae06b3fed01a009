"""Speelt een avond van deur tot sluiting: mensen komen, balies roepen op, er gaat van alles mis.

Gebeurtenis voor gebeurtenis, op volgorde van tijd. Beslist niets zelf over wie er aan de beurt is: dat doet
de zaal. Houdt bij wat er tegen mensen over de wachttijd zou zijn gezegd, om naast de waarheid te leggen.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import EINDE
from frontoffice.agenda.vanavond.voorspelling import predict
from tests.agenda.bouw import moment
from tests.agenda.vanavond.mensen import Mens, Waarheid, met_inhoud
from tests.agenda.vanavond.zaal import Zaal

_LAATST = moment("23.30")
_MINUUT = timedelta(minutes=1)


@dataclass(frozen=True)
class Gezegd:
    """Wat er op `om` over deze mens verwacht werd, en wat het werd: minuten tot de eerste oproep."""

    id: str
    om: datetime
    verwacht: float
    werd: float

    @property
    def fout(self) -> float:
        return self.verwacht - self.werd


@dataclass
class Verloop:
    """Wat er in het echt gebeurde, los van wat er is vastgelegd.

    `opgeroepen`: alle oproepen per mens, zonder wat ongedaan is gemaakt; `geweigerd`: wie niet paste.
    """

    opgeroepen: dict[str, list[datetime]] = field(default_factory=dict)
    geweigerd: list[str] = field(default_factory=list)
    gezegd: list[Gezegd] = field(default_factory=list)
    gekomen: dict[str, datetime] = field(default_factory=dict)
    geholpen: dict[str, datetime] = field(default_factory=dict)
    klaar_om: datetime | None = None


class Avondspel:
    """`reactie`: hoe snel een medewerker na het vorige bezoek op Volgende drukt, in seconden."""

    def __init__(
        self, waarheid: Waarheid, zaal: Zaal, *, meet: bool = True, reactie: tuple[int, int] = (8, 50)
    ) -> None:
        self._waarheid, self._zaal, self._meet, self._reactie = waarheid, zaal, meet, reactie
        self._rng = random.Random(waarheid.zaad + 1)
        self._mens = {mens.id: mens for mens in waarheid.mensen}
        self._rij: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._teller = 0
        self._bezig: dict[str, str] = {}  # balie → mens
        self._drukt: set[str] = set()  # balies die zo op Volgende drukken
        self._terug: dict[str, str] = {}  # mens die terug is van even apart → zijn balie
        self._hal: set[str] = set()  # wie er is en op zijn beurt wacht
        self._weg = False
        self._plekken = met_inhoud(waarheid.inrichting, ()).plekken
        self._balies = tuple(dict.fromkeys(plek.balie for plek in self._plekken))
        self._ongedaan: set[str] = set()
        self._opgegeven: set[str] = set()  # niet gekomen, volgens de gastvrouw
        self._uitgevallen: set[str] = set()
        self._rest: dict[str, int] = {}
        self._verwacht: dict[str, list[tuple[datetime, datetime]]] = {}
        self.verloop = Verloop()

    # --- de klok -------------------------------------------------------------------------------------------

    def run(self) -> Verloop:
        for mens in self._waarheid.mensen:
            self._plan_arrival(mens)
        if self._waarheid.ziek is not None:
            balie, om = self._waarheid.ziek
            if (storing := self._waarheid.storing) and storing[0] <= om <= storing[1]:
                om = storing[1] + _MINUUT  # dat is pas te melden als er weer verbinding is
            self._at(om, lambda nu: self._ill(balie, nu))
        if self._waarheid.storing is not None:
            self._at(self._waarheid.storing[0], self._lose)
            self._at(self._waarheid.storing[1], self._regain)
        om = moment("17.00")
        while om <= _LAATST:
            self._at(om, self._look)
            om += _MINUUT
        while self._rij:
            om, _, doe = heapq.heappop(self._rij)
            if self.verloop.klaar_om is not None:
                break
            doe(om)
        return self.verloop

    def _at(self, om: datetime, doe: Callable[[datetime], None]) -> None:
        """Zet iets op de klok."""
        self._teller += 1
        heapq.heappush(self._rij, (om, self._teller, doe))

    def _soon(self, om: datetime, seconden: int, doe: Callable[[datetime], None]) -> None:
        self._at(om + timedelta(seconds=seconden), doe)

    # --- bij de deur ---------------------------------------------------------------------------------------

    def _plan_arrival(self, mens: Mens) -> None:
        if mens.komt_om is not None:
            self._at(mens.komt_om, lambda nu: self._come_in(mens, nu))
        if mens.tijd is not None:
            # De gastvrouw ruimt op: na het respijt, als zij er tijd voor heeft.
            weg = mens.tijd + timedelta(minutes=10, seconds=self._rng.randint(20, 600))
            self._at(weg, lambda nu: self._give_up(mens, nu))

    def _come_in(self, mens: Mens, nu: datetime) -> None:
        if mens.tijd is None:
            if not self._zaal.walk_in(mens, nu):
                self.verloop.geweigerd.append(mens.id)
                return
        elif mens.id in self._opgegeven:
            self._zaal.come_after_all(mens.id, nu)
        else:
            self._zaal.arrive(mens.id, nu)
        self.verloop.gekomen[mens.id] = nu
        self._hal.add(mens.id)
        self._note_expected(nu, mens.id)
        self._soon(nu, self._rng.randint(5, 20), self._look)

    def _give_up(self, mens: Mens, nu: datetime) -> None:
        if mens.id not in self.verloop.gekomen:
            self._zaal.no_show(mens.id, nu)
            self._opgegeven.add(mens.id)

    # --- aan de balie --------------------------------------------------------------------------------------

    def _look(self, nu: datetime) -> None:
        """Iedere lege balie kijkt of er iemand voor haar is; wie dat tegelijk ziet, drukt tegelijk."""
        if not self._hal and not self._terug:
            return self._check_done(nu)
        bezig = self._bezig.keys() | self._drukt | self._uitgevallen
        vrij = [balie for balie in self._balies if balie not in bezig]
        leeg = tuple(b for b in vrij if not self._take_back(b, nu))
        if leeg and self._hal and (kan := self._zaal.sees_next(leeg, nu)):
            self._press(kan, nu)

    def _press(self, balies: tuple[str, ...], nu: datetime) -> None:
        for balie, id_ in self._zaal.call_next(balies, nu).items():
            self._hal.discard(id_)
            self._bezig[balie] = id_
            self._called(id_, balie, nu)

    def _called(self, id_: str, balie: str, nu: datetime) -> None:
        eerder = self.verloop.opgeroepen.setdefault(id_, [])
        eerder.append(nu)
        if len(eerder) == 1:
            for om, verwacht in self._verwacht.pop(id_, ()):
                self.verloop.gezegd.append(Gezegd(id_, om, _minutes(verwacht - om), _minutes(nu - om)))
        mens = self._mens[id_]
        if mens.misgaan == "ongedaan" and id_ not in self._ongedaan:
            self._soon(nu, 20, lambda om: self._undo(mens, balie, om))
        elif len(eerder) == 1 and mens.misgaan == "hoort niet":
            self._soon(nu, 75, lambda om: self._put_back(mens, balie, om))
        else:
            self._soon(nu, mens.loopt, lambda om: self._sit_down(mens, balie, om))

    def _undo(self, mens: Mens, balie: str, nu: datetime) -> None:
        """Verkeerd geklikt: de oproep gaat terug, en even later drukt de balie opnieuw."""
        if self._bezig.get(balie) == mens.id:
            self._zaal.undo_call(mens.id, balie, nu)
            self.verloop.opgeroepen[mens.id].clear()
            self._ongedaan.add(mens.id)
            self._hal.add(mens.id)
            self._free(balie, nu)

    def _put_back(self, mens: Mens, balie: str, nu: datetime) -> None:
        """Niet gehoord: terug in de rij, en na de rust nog een keer."""
        if self._bezig.get(balie) == mens.id:
            self._zaal.put_back(mens.id, balie, nu)
            self._hal.add(mens.id)
            self._free(balie, nu)

    def _sit_down(self, mens: Mens, balie: str, nu: datetime) -> None:
        if self._bezig.get(balie) != mens.id:
            return
        self._zaal.start(mens.id, balie, nu)
        self._work(mens, balie, mens.duurt, nu)

    def _work(self, mens: Mens, balie: str, seconden: int, nu: datetime) -> None:
        if mens.apart_na and mens.id not in self._rest:
            self._rest[mens.id] = max(60, seconden - mens.apart_na)
            self._soon(nu, mens.apart_na, lambda om: self._step_aside(mens, balie, om))
        else:
            self._rest[mens.id] = seconden
            self._soon(nu, seconden, lambda om: self._finish(mens, balie, om))

    def _step_aside(self, mens: Mens, balie: str, nu: datetime) -> None:
        if self._bezig.get(balie) != mens.id:
            return
        self._zaal.park(mens.id, balie, nu)
        self._free(balie, nu)
        self._soon(nu, mens.apart, lambda om: self._come_back(mens, balie, om))

    def _come_back(self, mens: Mens, balie: str, nu: datetime) -> None:
        self._terug[mens.id] = balie
        self._look(nu)

    def _take_back(self, balie: str, nu: datetime) -> bool:
        """Is er iemand terug voor deze balie? Die gaat voor. Is zijn balie dicht, dan aan een andere."""
        for id_, eigen in tuple(self._terug.items()):
            mens = self._mens[id_]
            dicht = eigen in self._uitgevallen
            if eigen == balie or (dicht and self._may(balie, mens, nu)):
                del self._terug[id_]
                self._bezig[balie] = id_
                self._zaal.resume(id_, balie, nu)
                self._work(mens, balie, self._rest[id_], nu)
                return True
        return False

    def _may(self, balie: str, mens: Mens, nu: datetime) -> bool:
        return any(
            p.balie == balie and mens.plan.eisen.bevoegdheden <= p.mag and p.vak.eind_utc > nu
            for p in self._plekken
        )

    def _finish(self, mens: Mens, balie: str, nu: datetime) -> None:
        if self._bezig.get(balie) != mens.id:
            return
        self._zaal.finish(mens.id, balie, nu)
        self.verloop.geholpen[mens.id] = nu
        self._free(balie, nu)

    def _free(self, balie: str, nu: datetime) -> None:
        """Even iets opruimen, dan de volgende."""
        del self._bezig[balie]
        self._drukt.add(balie)
        self._soon(nu, self._rng.randint(*self._reactie), lambda om: self._ready(balie, om))

    def _ready(self, balie: str, nu: datetime) -> None:
        self._drukt.discard(balie)
        self._look(nu)

    def _lose(self, nu: datetime) -> None:
        self._weg = True
        self._zaal.lose_database(nu)

    def _regain(self, nu: datetime) -> None:
        self._weg = False
        self._zaal.regain_database(nu)
        self._look(nu)

    def _ill(self, balie: str, nu: datetime) -> None:
        """Wie er zit gaat even apart (dat doet de zaal), en verder aan een andere balie."""
        self._uitgevallen.add(balie)
        self._zaal.fall_ill(balie, nu)
        if (id_ := self._bezig.pop(balie, None)) is not None:
            self._rest.setdefault(id_, self._mens[id_].duurt)
            self._terug[id_] = balie
        self._soon(nu, 30, self._look)

    # --- meten ---------------------------------------------------------------------------------------------

    def _note_expected(self, nu: datetime, id_: str) -> None:
        if self._meet and not self._weg:
            verwacht = predict(self._zaal.stand(nu)).per_bezoek.get(id_)
            if verwacht is not None:
                self._verwacht.setdefault(id_, []).append((nu, max(verwacht.begin, nu)))

    def _check_done(self, nu: datetime) -> None:
        """Na sluitingstijd, als er niemand meer is of nog kan komen."""
        if nu < moment("20.00"):
            return
        if all(bezoek.toestand in EINDE for bezoek in self._zaal.stand(nu).bezoeken):
            self.verloop.klaar_om = nu


def _minutes(duur: timedelta) -> float:
    return duur.total_seconds() / 60
