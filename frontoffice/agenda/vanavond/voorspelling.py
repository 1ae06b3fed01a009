"""Hoe lang het nog duurt: speelt de rest van de avond na met het echte rooster en de echte volgorde.

Geen gemiddelde gedeeld door balies: wie er zit, wat hij mag, pauzes en wie er nog komt tellen mee. Beslist
niets; wie er wordt opgeroepen, zegt `volgorde`.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from frontoffice.agenda.afspraak import Eisen, Toestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.duur import loopt_uit
from frontoffice.agenda.vanavond.rooster import MINUUT
from frontoffice.agenda.vanavond.wachtrij import Kandidaat, Wachtrij, with_bezoek

_OPNIEUW = 2 * MINUUT
"""Zo vaak kijkt een balie opnieuw zolang wie er wacht nog even moet wachten."""
_APART = 10 * MINUUT
"""Zo lang is iemand die even apart zit gewoonlijk weg."""
_BINNENKORT = 30 * MINUUT
"""Over afspraken tot zo ver vooruit gaat hoe ver de avond uitloopt."""
_HALF = 0.5
"""Van wie na zijn tijd nog niet binnen is, komt ongeveer de helft."""
_ACHTERAAN = "W99999"
NIEUW = "nieuw"
"""Het id van wie nog binnen moet komen in `wait_for`."""


@dataclass(frozen=True)
class Verwacht:
    """`begin` (UTC): wanneer hij naar verwachting wordt opgeroepen, en aan welke balie.

    `wacht_min`: hele minuten vanaf nu, of vanaf zijn tijd voor wie nog moet komen.
    """

    begin: datetime
    balie: str
    wacht_min: int


@dataclass(frozen=True)
class Balieverwachting:
    """`klaar_om`: wanneer wie er nu zit klaar is, None als er niemand zit; `loopt_uit_min`: zijn uitloop.

    `laatste`: wanneer de laatste van vanavond aan deze balie klaar is, None als er niemand meer komt.
    """

    klaar_om: datetime | None
    loopt_uit_min: int
    laatste: datetime | None = None


@dataclass(frozen=True)
class Voorspelling:
    """`uitloop_min`: hoeveel later dan afgesproken het nu gaat.

    `niemand`: bezoeken (id) die geen balie vanavond nog kan doen; daar moet de avondleiding iets mee.
    """

    per_bezoek: Mapping[str, Verwacht]
    per_balie: Mapping[str, Balieverwachting]
    uitloop_min: int
    laatste_klaar: datetime | None
    niemand: tuple[str, ...] = ()


class _Beurt(NamedTuple):
    om: int
    balie: int
    kandidaat: Kandidaat


class _Avondspel:
    """De avond van `nu` af nagespeeld, van gebeurtenis naar gebeurtenis."""

    def __init__(self, stand: Avondstand) -> None:
        self.rij = Wachtrij(stand)
        self.vrij = list(self.rij.vrij)
        self.gebruikt = [False] * len(self.vrij)
        self.beurten: list[_Beurt] = []
        self._wachtend = list(self.rij.wachtend)
        self._komend = list(self.rij.komend)
        self._komst = list(self.rij.komend)  # op volgorde van binnenkomst, met wie even apart zit
        for bezoek in stand.bezoeken:
            if bezoek.toestand is Toestand.EVEN_APART:
                insort(self._komst, self._apart(bezoek), key=lambda k: k.er)
        self._wissels = self.rij.rooster.changes_after(self.rij.nu)

    def _apart(self, bezoek: Bezoek) -> Kandidaat:
        """Wie even apart zit, komt straks eerst, liefst aan dezelfde balie."""
        rij = self.rij
        k = rij.kandidaat(replace(bezoek, voorrang=True))
        sinds = int(bezoek.apart_op.timestamp()) if bezoek.apart_op else rij.nu
        eigen = rij.rooster.nummer.get(bezoek.balie)
        kan = rij.rooster.only(k.kan, eigen) if eigen is not None else 0
        return replace(k, er=max(sinds + _APART, rij.nu + _OPNIEUW), kan=kan or k.kan)

    def run(self) -> None:
        om: int | None = self.rij.nu
        while om is not None:
            while self._komst and self._komst[0].er <= om:
                binnen = self._komst.pop(0)
                self._wachtend.append(binnen)
                if binnen.bezoek.toestand is Toestand.BEVESTIGD:
                    self._komend.remove(binnen)
            opnieuw = self._call(om)
            om = self._next_moment(om, opnieuw)

    def _call(self, om: int) -> bool:
        """Laat elke vrije balie oproepen; waar als er iemand wacht die nog even moet wachten."""
        opnieuw = False
        for balie in self._free(om):
            keus = self.rij.next(balie, om, self._wachtend, self._komend, self.vrij)
            opnieuw = opnieuw or keus.gepasseerd is not None
            if (k := keus.kandidaat) is not None:
                self._wachtend.remove(k)
                self.beurten.append(_Beurt(om, balie, k))
                self.vrij[balie] = om + self._length(k)
                self.gebruikt[balie] = True
        return opnieuw

    def _free(self, om: int) -> list[int]:
        """De balies die nu kunnen oproepen; wie het minst kan eerst."""
        if not self._wachtend:
            return []
        vrij = [
            (werkplek.breedte, nummer)
            for nummer, tot in enumerate(self.vrij)
            if tot <= om and (werkplek := self.rij.rooster.at(nummer, om)) is not None
        ]
        return [nummer for _, nummer in sorted(vrij)]

    def _length(self, k: Kandidaat) -> int:
        """Wie nog niet binnen is, komt misschien niet: die telt voor dat deel niet mee."""
        if k.bezoek.toestand is not Toestand.BEVESTIGD:
            return k.duur
        weg = self.rij.tempo.weg if k.tijd >= self.rij.nu else max(self.rij.tempo.weg, _HALF)
        return int(k.duur * (1 - weg))

    def _next_moment(self, om: int, opnieuw: bool) -> int | None:
        momenten = [self._komst[0].er] if self._komst else []
        if self._wachtend:
            momenten += (tot for tot in self.vrij if tot > om)
            if (plaats := bisect_right(self._wissels, om)) < len(self._wissels):
                momenten.append(self._wissels[plaats])
            for k in self._wachtend:
                momenten += (m for m in (k.tijd, k.vanaf) if m > om)
        if opnieuw:
            momenten.append(om + _OPNIEUW)
        return min(momenten, default=None)

    def nobody(self) -> list[str]:
        return [k.bezoek.id for k in (*self._wachtend, *self._komst)]


def predict(stand: Avondstand) -> Voorspelling:
    """De rest van de avond zoals die nu verwacht wordt; zelfde stand, zelfde antwoord."""
    spel = _Avondspel(stand)
    spel.run()
    namen = spel.rij.rooster.balies
    per_bezoek = {
        beurt.kandidaat.bezoek.id: _verwacht(beurt, spel.rij.nu, namen)
        for beurt in spel.beurten
        if beurt.kandidaat.bezoek.toestand is not Toestand.EVEN_APART
    }
    per_balie = {naam: _balie(stand, spel, nummer) for nummer, naam in enumerate(namen)}
    einden = [balie.laatste for balie in per_balie.values() if balie.laatste is not None]
    return Voorspelling(
        per_bezoek, per_balie, _uitloop(spel), max(einden, default=None), tuple(spel.nobody())
    )


def wait_for(stand: Avondstand, eisen: Eisen, minuten: int, *, voorrang: bool = False) -> Verwacht | None:
    """Hoe lang iemand wacht die zich nu zonder afspraak meldt; None als geen balie hem nog kan helpen."""
    nieuw = newcomer(stand, eisen, minuten, voorrang=voorrang)
    return predict(with_bezoek(stand, nieuw)).per_bezoek.get(NIEUW)


def newcomer(stand: Avondstand, eisen: Eisen, minuten: int, *, voorrang: bool = False) -> Bezoek:
    """Iemand die zich nu meldt, achteraan de rij."""
    return Bezoek(
        id=NIEUW,
        datum=stand.datum,
        volgnummer=_ACHTERAAN,
        soort=SoortBezoek.ZONDER_AFSPRAAK,
        toestand=Toestand.AANGEMELD,
        regels=(),
        eisen=eisen,
        minuten=minuten,
        voorrang=voorrang,
        aangemeld_op=stand.nu,
    )


def wachtwoorden(minuten: int) -> str:
    """De wachttijd zoals wij die zeggen: nooit op de minuut, en bij twijfel liever te lang."""
    if minuten < 15:
        return "ongeveer 10 minuten"
    return "ongeveer 20 minuten" if minuten <= 25 else "meer dan 30 minuten"


def _verwacht(beurt: _Beurt, nu: int, namen: tuple[str, ...]) -> Verwacht:
    k = beurt.kandidaat
    vanaf = nu if k.bezoek.toestand is Toestand.AANGEMELD else max(k.tijd, nu)
    return Verwacht(_moment(beurt.om), namen[beurt.balie], max(-(-(beurt.om - vanaf) // MINUUT), 0))


def _balie(stand: Avondstand, spel: _Avondspel, nummer: int) -> Balieverwachting:
    bezig = stand.at_balie(spel.rij.rooster.balies[nummer])
    klaar = _moment(spel.rij.vrij[nummer]) if bezig else None
    laatste = _moment(spel.vrij[nummer]) if bezig or spel.gebruikt[nummer] else None
    return Balieverwachting(klaar, loopt_uit(bezig, spel.rij.nu) if bezig else 0, laatste)


def _uitloop(spel: _Avondspel) -> int:
    """Hoeveel minuten later afspraken van nu en het komende half uur beginnen, gemiddeld."""
    later = [
        max(beurt.om - k.gepland_om, 0)
        for beurt in spel.beurten
        if (k := beurt.kandidaat).tijd and not k.laat and k.tijd <= spel.rij.nu + _BINNENKORT
    ]
    return round(sum(later) / len(later) / MINUUT) if later else 0


def _moment(om: int) -> datetime:
    return datetime.fromtimestamp(om, UTC)
