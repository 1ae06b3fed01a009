"""Wie er aan de beurt is, en waarom: per balie en voor het hele bord.

Kiest niet voor de medewerker: *Iemand anders* mag altijd. Wie twee balies tegelijk roepen, beslist de opslag.
"""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.tijd import tijdlabel
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.agenda.vanavond.wachtrij import (
    Gepasseerd,
    Groep,
    Kandidaat,
    Keus,
    Waarom,
    Wachtrij,
)

__all__ = ["Beurt", "next_for", "waiting_order"]


@dataclass(frozen=True)
class Beurt:
    """Wie, en waarom nu: zinnen van hoogstens vijftien woorden, zonder naam en zonder product."""

    bezoek: Bezoek
    waarom: str


def next_for(stand: Avondstand, balie: str) -> Beurt | None:
    """Wie deze balie (id) moet oproepen, ook als zij nog bezig is; None als er nu niemand voor haar wacht.

    Alleen wie is aangemeld en alles kan krijgen van wie er nu volgens het rooster zit. Wie even apart zit,
    net is opgeroepen of al drie keer, komt nooit vanzelf.
    """
    rij = Wachtrij(stand)
    nummer = rij.rooster.nummer.get(balie)
    if nummer is None:
        return None
    keus = rij.next(nummer, rij.nu, rij.wachtend, rij.komend, rij.vrij)
    if keus.kandidaat is None:
        return None
    return Beurt(keus.kandidaat.bezoek, _because(rij, keus, keus.kandidaat, nummer))


def waiting_order(stand: Avondstand) -> tuple[Beurt, ...]:
    """Iedereen die is aangemeld, in de volgorde van het bord; achteraan wie nu niet vanzelf komt."""
    rij = Wachtrij(stand)
    op_te_roepen = {k.bezoek.id for k in rij.wachtend}
    kandidaten = [rij.kandidaat(b) for b in stand.bezoeken if b.toestand is Toestand.AANGEMELD]

    def plaats(k: Kandidaat) -> tuple[bool, bool, tuple[int, int, int, int, str], str]:
        return k.bezoek.id not in op_te_roepen, k.vanaf > rij.nu, k.rang(rij.nu), k.bezoek.id

    uit = []
    for k in sorted(kandidaten, key=plaats):
        if k.bezoek.id not in op_te_roepen:
            waarom = f"Is al {k.bezoek.oproepen} keer opgeroepen en komt niet meer vanzelf aan de beurt."
        elif k.vanaf > rij.nu:
            waarom = f"Kwam niet na de oproep; kan na {stand.regels.rust} minuten rust weer."
        else:
            waarom = _position(k, rij.nu)
        uit.append(Beurt(k.bezoek, waarom))
    return tuple(uit)


def _position(k: Kandidaat, om: int) -> str:
    bezoek, groep = k.bezoek, k.groep(om)
    sinds = f"wacht sinds {tijdlabel(bezoek.aangemeld_op)}" if bezoek.aangemeld_op else "is er"
    if groep is Groep.VOORRANG:
        return f"Heeft voorrang, {sinds}."
    if bezoek.tijd is None:
        return f"Zonder afspraak, {sinds}."
    afspraak = f"de afspraak van {tijdlabel(bezoek.tijd)}"
    if groep is Groep.AFSPRAAK:
        return f"{afspraak[0].upper()}{afspraak[1:]} is aan de beurt."
    if groep is Groep.RIJ:
        return f"Kwam te laat voor {afspraak}, {sinds}."
    return f"Is er al voor {afspraak}."


def _because(rij: Wachtrij, keus: Keus, k: Kandidaat, balie: int) -> str:
    zinnen = [_position(k, rij.nu)]
    if k.groep(rij.nu) is Groep.VROEG:
        zinnen.append("Er wacht niemand anders voor deze balie.")
    elif lager := _overtaken(rij, k, balie):
        zinnen.append(f"Kan aan minder balies terecht dan {lager.bezoek.volgnummer}.")
    if keus.gepasseerd is not None:
        zinnen.append(_waits(keus.gepasseerd))
    return " ".join(zinnen)


def _overtaken(rij: Wachtrij, k: Kandidaat, balie: int) -> Kandidaat | None:
    """Wie met dezelfde tijd een lager nummer heeft, en toch na hem komt."""
    werkplek = rij.rooster.at(balie, rij.nu)
    if werkplek is None or k.groep(rij.nu) is not Groep.AFSPRAAK:
        return None
    zelfde = [
        ander
        for ander in rij.wachtend
        if ander.tijd == k.tijd
        and ander.groep(rij.nu) is Groep.AFSPRAAK
        and ander.kan >> werkplek.nummer & 1
        and ander.vanaf <= rij.nu
        and ander.keus > k.keus
        and _nummer(ander) < _nummer(k)
    ]
    return min(zelfde, key=_nummer, default=None)


def _nummer(k: Kandidaat) -> tuple[int, str]:
    return len(k.bezoek.volgnummer), k.bezoek.volgnummer


def _waits(gepasseerd: Gepasseerd) -> str:
    wie = gepasseerd.kandidaat.bezoek.volgnummer
    if gepasseerd.waarom is Waarom.AFSPRAAK and gepasseerd.voor is not None:
        return f"{wie} wacht nog: anders begint {gepasseerd.voor.bezoek.volgnummer} te laat."
    return f"{wie} wacht nog: dat past niet in de werktijd van deze balie."
