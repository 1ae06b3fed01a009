"""Speelt een proefavond af tot nu: wie er kwam, wie is geholpen, en wie er wacht of nog moet komen.

Met de stappen van de avond zelf, op het moment dat ze zouden zijn gezet: het scherm, het verslag en de
controle zien een gewone avond. Dezelfde afspraken en dezelfde tijd geven hetzelfde verloop.
"""

from __future__ import annotations

import contextlib
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.domain.fouten import Geweigerd

_MINUUT = timedelta(minutes=1)
_KOMT_NIET = 0.08
_NET = timedelta(minutes=30)
"""Wie zo kort geleden een afspraak had, is aan een vrije balie nog niet aan de beurt of nog niet binnen."""
_VOORUIT = timedelta(minutes=25)
_LOPERS = (("ophalen", "N. Tijhuis", 9), ("id-kaart", "Käthe Wilmink", 4))
"""Wie er zonder afspraak wacht: product, naam, en hoeveel minuten al."""


class Avondstappen(Protocol):
    """Wat hier van de avond nodig is."""

    def load_stand(self) -> Avondstand | None: ...
    def open_avond(self, *, verzoek_id: str) -> Avondstand: ...
    def arrive(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...
    def call(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...
    def start(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...
    def finish(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...
    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...
    def walk_in(self, wens: Wens, naam: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek: ...


def play(avond: Avondstappen, lot: random.Random) -> None:
    """Open de avond van vandaag en zet alles wat er tot nu gebeurd zou zijn. Raises AgendaFout."""
    stand = avond.open_avond(verzoek_id=str(uuid.uuid4()))
    verloop = _Verloop(avond, stand, lot)
    balies = list(dict.fromkeys(plek.balie for plek in stand.avond.plekken))
    for nummer, balie in enumerate(balies):
        wie = [b for b in stand.bezoeken if b.gepland == balie and b.tijd is not None]
        verloop.play_balie(balie, sorted(wie, key=lambda b: (b.tijd, b.nummer)), bezet=nummer % 2 == 0)
    for _, stap in sorted(verloop.stappen, key=lambda paar: paar[0]):
        stap()
    for product, naam, minuten in _LOPERS:
        om = max(verloop.begin, stand.nu - minuten * _MINUUT)
        with contextlib.suppress(Geweigerd):  # er past niemand meer bij: dan komt er ook niemand
            avond.walk_in(Wens((Wensregel(product),)), naam, verzoek_id=str(uuid.uuid4()), op=om)


@dataclass
class _Verloop:
    """De stappen van alle balies, elk met het moment waarop."""

    avond: Avondstappen
    stand: Avondstand
    lot: random.Random
    stappen: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    te_laat: int = 0

    @property
    def begin(self) -> datetime:
        return self.stand.avond.open[0].begin_utc

    def play_balie(self, balie: str, wie: list[Bezoek], *, bezet: bool) -> None:
        """`bezet`: deze balie helpt nu iemand; anders is zij vrij om op te roepen."""
        nu, vrij = self.stand.nu, self.begin
        for bezoek in wie:
            assert bezoek.tijd is not None
            if bezoek.tijd > nu:
                self._maybe_early(bezoek)
                continue
            if not bezet and bezoek.tijd > nu - _NET:
                self._wait_or_late(bezoek)
                continue
            respijt = bezoek.tijd + (self.stand.regels.respijt + 1) * _MINUUT
            if respijt < nu and self.lot.random() < _KOMT_NIET:
                self._do(respijt, self.avond.no_show, bezoek.id)
                continue
            binnen = max(self.begin, bezoek.tijd - self.lot.randint(1, 14) * _MINUUT)
            begint = max(vrij + _MINUUT, bezoek.tijd - _MINUUT, binnen + _MINUUT)
            vrij = begint + max(2, round(bezoek.minuten * self.lot.uniform(0.7, 1.15))) * _MINUUT
            self._do(binnen, self.avond.arrive, bezoek.id)
            if begint > nu:
                continue
            self._do(begint, self._caller(bezoek.id, balie))
            if vrij <= nu:
                self._do(vrij, self.avond.finish, bezoek.id)
            elif bezet:
                self._do(min(nu, begint + _MINUUT), self.avond.start, bezoek.id)
            else:
                self._do(nu, self.avond.finish, bezoek.id)

    def _maybe_early(self, bezoek: Bezoek) -> None:
        assert bezoek.tijd is not None
        nu = self.stand.nu
        if bezoek.tijd - nu < _VOORUIT and self.lot.random() < 0.4:
            self._do(max(self.begin, nu - self.lot.randint(1, 6) * _MINUUT), self.avond.arrive, bezoek.id)

    def _wait_or_late(self, bezoek: Bezoek) -> None:
        """Om en om: deze wacht al, de volgende is er nog niet."""
        assert bezoek.tijd is not None
        self.te_laat += 1
        if self.te_laat % 2:
            self._do(max(self.begin, bezoek.tijd - 5 * _MINUUT), self.avond.arrive, bezoek.id)

    def _caller(self, id_: str, balie: str) -> Callable[..., object]:
        def call(_: str = "", *, verzoek_id: str, op: datetime | None = None) -> object:
            return self.avond.call(id_, balie, verzoek_id=verzoek_id, op=op)

        return call

    def _do(self, om: datetime, stap: Callable[..., object], id_: str = "") -> None:
        self.stappen.append((om, lambda: stap(id_, verzoek_id=str(uuid.uuid4()), op=om)))
