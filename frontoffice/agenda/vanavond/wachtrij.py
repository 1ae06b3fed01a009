"""De wachtrij in getallen: wie mag er dan aan deze balie, wie gaat voor, en wie moet nog even wachten.

Dezelfde keus voor het oproepen (`volgorde`) en voor de voorspelling. Legt niets uit: dat doet `volgorde`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import SoortInhoud
from frontoffice.agenda.tijd import tikken
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand, Bezoek
from frontoffice.agenda.vanavond.duur import duurt, nog, tempo_of
from frontoffice.agenda.vanavond.rooster import MINUUT, NOOIT, Balierooster, Werkplek, seconden

LANG = 15 * MINUUT
"""Wie zonder eigen plek zo lang wacht, wordt niet meer gepasseerd."""
_ELK_MOMENT = 2 * MINUUT
"""Zo snel verwachten we wie na zijn tijd, maar binnen het respijt, nog niet binnen is."""


class Groep(IntEnum):
    """In deze volgorde aan de beurt (evening-appointments.md §2.5)."""

    VOORRANG = 1
    AFSPRAAK = 2
    """Op of na zijn tijd."""
    RIJ = 3
    """Zonder afspraak, of te laat gekomen: op volgorde van aanmelden."""
    VROEG = 4
    """Is er al voor zijn tijd."""


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """Een bezoek in seconden. `tijd` van de afspraak (0 = geen); `er`: aangemeld, of dan verwacht.

    `kan`: bit per werkplek; `keus`: hoeveel balies dat zijn. `plek`: zijn eigen tijd in het rooster, zonder
    afspraak (NOOIT = geen). `vanaf`: rust na een oproep.
    """

    bezoek: Bezoek
    tijd: int
    er: int
    laat: bool
    kan: int
    keus: int
    duur: int
    plek: int = NOOIT
    vanaf: int = 0

    def groep(self, om: int) -> Groep:
        if self.bezoek.voorrang:
            return Groep.VOORRANG
        if not self.tijd or self.laat:
            return Groep.RIJ
        return Groep.AFSPRAAK if self.tijd <= om else Groep.VROEG

    def rang(self, om: int) -> tuple[int, int, int, int, str]:
        """Wie de laagste heeft, is het eerst. Bij dezelfde tijd: wie aan de minste balies terechtkan."""
        groep = self.groep(om)
        nummer = self.bezoek.volgnummer
        if groep in (Groep.AFSPRAAK, Groep.VROEG):
            return groep, self.tijd, self.keus, len(nummer), nummer
        return groep, self.er, 0, len(nummer), nummer

    @property
    def gepland_om(self) -> int:
        """Eerder begint een afspraak niet volgens plan."""
        return max(self.tijd, self.er)


class Waarom(IntEnum):
    """Waarom iemand die eerst aan de beurt is, nu nog even wacht."""

    PAUZE = 1
    """Het past niet voor deze medewerker weggaat, en elders wel."""
    AFSPRAAK = 2
    """Anders begint een afspraak te laat."""


@dataclass(frozen=True, slots=True)
class Gepasseerd:
    kandidaat: Kandidaat
    waarom: Waarom
    voor: Kandidaat | None = None


@dataclass(frozen=True, slots=True)
class Keus:
    """Wie aan de beurt is, of None, en (`gepasseerd`) wie er eerder stond maar nog wacht."""

    kandidaat: Kandidaat | None
    gepasseerd: Gepasseerd | None = None


class Wachtrij:
    """De stand van nu, klaar om mee te rekenen. Verandert zelf niet; `next` krijgt mee wie er dan wacht.

    `wachtend`: aangemeld en op te roepen; `komend`: afspraken die nog binnen moeten komen, op tijd; `vrij`:
    per balie (nummer) wanneer wie er nu zit naar verwachting klaar is.
    """

    def __init__(self, stand: Avondstand) -> None:
        self.rooster = Balierooster(stand.avond)
        self.nu = seconden(stand.nu)
        self.regels = stand.regels
        self.norm = stand.regels.norm * MINUUT
        self.tempo = tempo_of(stand.bezoeken)
        self._plek = {
            item.id: item.vak.begin_utc
            for item in stand.avond.inhoud
            if item.soort is SoortInhoud.ZONDER_AFSPRAAK
        }
        self._vast = {
            item.id: item
            for item in stand.avond.inhoud
            if item.vast and item.soort is SoortInhoud.AFSPRAAK and item.balie in self.rooster.nummer
        }
        self.wachtend: list[Kandidaat] = []
        self.komend: list[Kandidaat] = []
        self.vrij = [self.nu] * len(self.rooster.balies)
        for bezoek in stand.bezoeken:
            self._add(bezoek)
        self.komend.sort(key=lambda k: (k.er, k.tijd, k.bezoek.volgnummer, k.bezoek.id))

    def _add(self, bezoek: Bezoek) -> None:
        if bezoek.toestand is Toestand.AANGEMELD:
            if _oproepen(bezoek) < self.regels.oproepen_max:
                self.wachtend.append(self.kandidaat(bezoek))
        elif bezoek.toestand is Toestand.BEVESTIGD and bezoek.tijd is not None:
            verwacht = self.kandidaat(bezoek)
            if self.nu <= verwacht.tijd + self.regels.respijt * MINUUT:
                self.komend.append(verwacht)
        elif bezoek.toestand in AAN_BALIE and bezoek.balie in self.rooster.nummer:
            balie = self.rooster.nummer[bezoek.balie]
            self.vrij[balie] = max(self.vrij[balie], self.nu + nog(bezoek, self.nu, self.tempo))

    def kandidaat(self, bezoek: Bezoek) -> Kandidaat:
        """Dit bezoek in getallen; wie nog niet binnen is, komt op zijn tijd of anders elk moment."""
        tijd = seconden(bezoek.tijd) if bezoek.tijd else 0
        if bezoek.aangemeld_op is not None:
            er = seconden(bezoek.aangemeld_op)
        else:
            er = max(tijd, min(self.nu + _ELK_MOMENT, tijd + self.regels.respijt * MINUUT))
        laat = bezoek.te_laat or bool(tijd and er > tijd + self.regels.respijt * MINUUT)
        kan = self._may_go(bezoek)
        keus = sum(bool(self.rooster.only(kan, nummer)) for nummer in range(len(self.rooster.balies)))
        vanaf = 0
        if _oproepen(bezoek) and bezoek.opgeroepen_op is not None:
            # Naar boven: een halve seconde te vroeg oproepen weigert de stap zelf.
            vanaf = math.ceil(bezoek.opgeroepen_op.timestamp()) + self.regels.rust * MINUUT
        plek = self._plek.get(bezoek.id)
        duur = duurt(bezoek, self.tempo)
        return Kandidaat(
            bezoek, tijd, er, laat, kan, keus, duur, NOOIT if plek is None else seconden(plek), vanaf
        )

    def _may_go(self, bezoek: Bezoek) -> int:
        """Een vastgezette balie geldt zolang daar vanavond nog iemand werkt die het kan."""
        kan = self.rooster.kan(bezoek.eisen)
        vast = self._vast.get(bezoek.id)
        # Is zijn tijd ingekort (hij kwam toch nog), dan is hij die kwijt en zit hij nergens meer aan vast.
        if vast is not None and vast.vak.lengte >= tikken(bezoek.minuten):
            daar = self.rooster.only(kan, self.rooster.nummer[vast.balie])
            if any(daar >> w.nummer & 1 and w.eind > self.nu for w in self.rooster.werkplekken):
                return daar
        return kan

    # --- kiezen --------------------------------------------------------------------------------------------

    def next(
        self,
        balie: int,
        om: int,
        wachtend: Iterable[Kandidaat],
        komend: Sequence[Kandidaat],
        vrij: Sequence[int],
    ) -> Keus:
        """Wie deze balie op `om` moet oproepen. `vrij`: wanneer elke andere balie vrij is."""
        werkplek = self.rooster.at(balie, om)
        if werkplek is None:
            return Keus(None)
        bit = 1 << werkplek.nummer
        rij = [(k.rang(om), k) for k in wachtend if k.kan & bit and k.vanaf <= om]
        if not rij:
            return Keus(None)
        eerste = min(rij, key=lambda paar: paar[0])[1]
        if (gepasseerd := self._holds(eerste, werkplek, om, wachtend, komend, vrij)) is None:
            return Keus(eerste)
        rij.sort(key=lambda paar: paar[0])
        for _, kandidaat in rij[1:]:
            if self._holds(kandidaat, werkplek, om, wachtend, komend, vrij) is None:
                return Keus(kandidaat, gepasseerd)
        return Keus(None, gepasseerd)

    def _holds(
        self,
        k: Kandidaat,
        werkplek: Werkplek,
        om: int,
        wachtend: Iterable[Kandidaat],
        komend: Sequence[Kandidaat],
        vrij: Sequence[int],
    ) -> Gepasseerd | None:
        """Waarom deze balie hem nu nog niet neemt; None als hij kan komen. Na sluitingstijd wacht niemand."""
        if om >= self.rooster.sluit:
            return None
        groep = k.groep(om)
        if groep is Groep.VROEG:
            if k.tijd - om > self.regels.vroeg * MINUUT or om + k.duur > werkplek.eind:
                return Gepasseerd(k, Waarom.PAUZE)
            return self._harms(k, werkplek, om, wachtend, komend, vrij, 0)
        if self._better_elsewhere(k, groep, werkplek, om, vrij):
            return Gepasseerd(k, Waarom.PAUZE)
        if groep is not Groep.RIJ or om >= k.plek or (k.plek == NOOIT and om - k.er >= LANG):
            return None
        return self._harms(k, werkplek, om, wachtend, komend, vrij, self.norm)

    def _better_elsewhere(
        self, k: Kandidaat, groep: Groep, hier: Werkplek, om: int, vrij: Sequence[int]
    ) -> bool:
        """Loopt het hier te ver door in pauze of eind van de werktijd, en kan het ergens anders wel?"""
        if om + k.duur <= hier.eind + self.norm:
            return False
        uiterlijk = NOOIT if groep is Groep.RIJ else om + self.norm
        for werkplek in self.rooster.werkplekken:
            if werkplek is hier or not k.kan >> werkplek.nummer & 1:
                continue
            vrij_om = om if werkplek.balie == hier.balie else max(om, vrij[werkplek.balie])
            begin = self.rooster.begins(werkplek, vrij_om)
            if begin <= uiterlijk and begin + k.duur <= werkplek.eind + self.norm:
                return True
        return False

    def _harms(
        self,
        k: Kandidaat,
        hier: Werkplek,
        om: int,
        wachtend: Iterable[Kandidaat],
        komend: Sequence[Kandidaat],
        vrij: Sequence[int],
        speling: int,
    ) -> Gepasseerd | None:
        """Begint er een afspraak later dan zonder hem, en meer dan `speling` na haar tijd?"""
        eind, bit = om + k.duur, 1 << hier.nummer
        straks = [
            ander
            for groep in (wachtend, komend)
            for ander in groep
            if ander.tijd and ander.tijd < eind and not ander.laat and ander is not k
        ]
        if not any(ander.kan & bit for ander in straks):
            return None
        straks.sort(key=lambda ander: (not ander.bezoek.voorrang, ander.gepland_om, ander.keus))
        zonder = self._begins(straks, om, [om if n == hier.balie else v for n, v in enumerate(vrij)])
        met = self._begins(straks, om, [eind if n == hier.balie else v for n, v in enumerate(vrij)])
        for ander, eerst, dan in zip(straks, zonder, met, strict=True):
            if dan > eerst and dan > ander.tijd + speling:
                return Gepasseerd(k, Waarom.AFSPRAAK, ander)
        return None

    def _begins(self, rij: Sequence[Kandidaat], om: int, vrij: list[int]) -> list[int]:
        """Wanneer ieder op deze volgorde begint: steeds de balie die het eerst kan, dan die het minst kan."""
        begins = self.rooster.begins
        uit: list[int] = []
        for k in rij:
            vroegst = max(k.gepland_om, om)
            beste, waar = (NOOIT, 0), -1
            for werkplek in self.rooster.werkplekken:
                if k.kan >> werkplek.nummer & 1:
                    balie = werkplek.balie
                    keus = (begins(werkplek, max(vroegst, vrij[balie])), werkplek.breedte)
                    if keus < beste:
                        beste, waar = keus, balie
            uit.append(beste[0])
            if waar >= 0 and beste[0] < NOOIT:
                vrij[waar] = beste[0] + k.duur
        return uit


def _oproepen(bezoek: Bezoek) -> int:
    """Hoe vaak hij deze keer vergeefs is opgeroepen; wat voor *Toch gekomen* was, telt niet."""
    if bezoek.opgeroepen_op is None or bezoek.aangemeld_op is None:
        return 0
    return bezoek.oproepen if bezoek.opgeroepen_op >= bezoek.aangemeld_op else 0


def with_bezoek(stand: Avondstand, bezoek: Bezoek) -> Avondstand:
    """De stand alsof dit bezoek er ook is."""
    return replace(stand, bezoeken=(*stand.bezoeken, bezoek))
