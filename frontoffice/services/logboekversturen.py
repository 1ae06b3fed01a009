"""Stuurt het logboek van inzage naar het adres uit het profiel: elke regel, in volgorde, in reeksen.

Weet niet hoe er verstuurd wordt. Een regel telt pas als verstuurd als de ontvanger haar reeks heeft.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from frontoffice.domain.fouten import KifFout
from frontoffice.logboek import Logregel, regel_document
from frontoffice.ports import Aanroep, Klok, Stop

PER_REEKS = 100
LEASE_S = 60.0
_TIJD_PER_REEKS_S = 20.0
_EERSTE_WACHT_S, _LANGSTE_WACHT_S = 5.0, 300.0


class Regels(Protocol):
    """Het logboek, om uit te lezen."""

    def load(self, na: int = 0, hoogstens: int = -1) -> tuple[Logregel, ...]: ...


class Outbox(Protocol):
    """Tot waar er verstuurd is, en wie er nu verstuurt."""

    @property
    def verstuurd_tot(self) -> int: ...

    def count_wachtend(self) -> int: ...

    def mark(self, volgnummer: int, houder: str) -> bool: ...

    def acquire_lease(self, houder: str, nu: datetime, seconden: float) -> bool: ...

    def release_lease(self, houder: str) -> None: ...


class Ontvanger(Protocol):
    """Het adres waar de regels heen gaan. Kent een regel aan haar uuid: twee keer ontvangen is één keer."""

    def receive(self, regels: Sequence[Mapping[str, object]], aanroep: Aanroep) -> None:
        """Raises KifFout als niet zeker is dat de hele reeks er staat."""


@dataclass(frozen=True)
class Logboekverslag:
    """`fout` zegt waarom er werd opgehouden; `wachten`: zoveel seconden tot een nieuwe ronde zin heeft."""

    verstuurd: int = 0
    wachtend: int = 0
    fout: KifFout | None = None
    wachten: float = 0.0
    bezet: bool = False


class Logboekverzender:
    """Roep `send` aan op een achtergronddraad; één tegelijk per werkplek, ook over processen heen."""

    def __init__(
        self,
        logboek: Regels,
        outbox: Outbox,
        ontvanger: Ontvanger,
        klok: Klok,
        *,
        houder: str,
        per_reeks: int = PER_REEKS,
        toeval: random.Random | None = None,
    ) -> None:
        self._logboek = logboek
        self._outbox = outbox
        self._ontvanger = ontvanger
        self._klok = klok
        self._houder = houder
        self._per_reeks = per_reeks
        self._toeval = toeval or random.Random()
        self._mislukt_op_rij = 0

    def send(self, stop: Stop) -> Logboekverslag:
        """Verstuur alles wat er nog niet is. Raises WinkelFout."""
        if not self._outbox.acquire_lease(self._houder, self._klok.nu(), LEASE_S):
            return Logboekverslag(wachtend=self._outbox.count_wachtend(), wachten=LEASE_S / 4, bezet=True)
        try:
            verstuurd, fout = self._send(stop)
        finally:
            self._outbox.release_lease(self._houder)
        self._mislukt_op_rij = 0 if fout is None else self._mislukt_op_rij + 1
        wachten = 0.0 if fout is None else self._backoff()
        return Logboekverslag(verstuurd, self._outbox.count_wachtend(), fout, wachten)

    def _send(self, stop: Stop) -> tuple[int, KifFout | None]:
        verstuurd = 0
        while not stop.is_gezet:
            regels = self._logboek.load(self._outbox.verstuurd_tot, self._per_reeks)
            if not regels or not self._outbox.acquire_lease(self._houder, self._klok.nu(), LEASE_S):
                break
            try:
                aanroep = Aanroep.van(_TIJD_PER_REEKS_S, stop)
                self._ontvanger.receive([regel_document(regel) for regel in regels], aanroep)
            except KifFout as fout:
                return verstuurd, fout
            if not self._outbox.mark(regels[-1].volgnummer, self._houder):
                break
            verstuurd += len(regels)
        return verstuurd, None

    def _backoff(self) -> float:
        """Steeds langer, met toeval: honderd werkplekken komen na een storing niet tegelijk terug."""
        hoogst = min(_LANGSTE_WACHT_S, _EERSTE_WACHT_S * 2 ** min(self._mislukt_op_rij - 1, 10))
        return self._toeval.uniform(hoogst / 2, hoogst)
