"""Als het uitloopt: wie wij waarschuwen, in welke volgorde, en wat wij dan zeggen.

Belt of mailt niet en verzet niets; noemt geen naam en geen product.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.tijd import tijdlabel
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.agenda.vanavond.rooster import MINUUT
from frontoffice.agenda.vanavond.voorspelling import Voorspelling, predict

REIS = timedelta(minutes=20)
"""Wie pas over langer dan dit een afspraak heeft, is meestal nog niet van huis."""
_AFRONDEN = 5


class Waar(IntEnum):
    """Waar iemand nu waarschijnlijk is; in deze volgorde waarschuwen wij."""

    THUIS = 1
    ONDERWEG = 2
    HIER = 3


@dataclass(frozen=True)
class Waarschuwing:
    """`verwacht_begin` UTC; `minuten_later` dan afgesproken. `tekst`: wat wij tegen hem zeggen."""

    bezoek: Bezoek
    verwacht_begin: datetime
    minuten_later: int
    tekst: str
    waar: Waar


def find_uitloop(stand: Avondstand, voorspelling: Voorspelling | None = None) -> tuple[Waarschuwing, ...]:
    """Wie met een afspraak later dan de norm aan de beurt komt: eerst wie nog thuis is, dan wie het langst.

    Wie te laat kwam, staat er niet bij: die weet dat het later wordt. `voorspelling`: die van deze stand, wie
    haar al heeft.
    """
    per_bezoek = (voorspelling or predict(stand)).per_bezoek
    gevonden = []
    for bezoek in stand.bezoeken:
        verwacht = per_bezoek.get(bezoek.id)
        if bezoek.tijd is None or bezoek.te_laat or verwacht is None:
            continue
        later = int((verwacht.begin - bezoek.tijd).total_seconds() // MINUUT)
        if later > stand.regels.norm:
            waar = _where(bezoek, bezoek.tijd, stand.nu)
            tekst = _text(bezoek.tijd, verwacht.begin, waar, stand.nu)
            gevonden.append(Waarschuwing(bezoek, verwacht.begin, later, tekst, waar))
    return tuple(sorted(gevonden, key=lambda w: (w.waar, -w.minuten_later, w.bezoek.tijd, w.bezoek.id)))


def _where(bezoek: Bezoek, tijd: datetime, nu: datetime) -> Waar:
    if bezoek.toestand is Toestand.AANGEMELD:
        return Waar.HIER
    return Waar.THUIS if tijd - nu > REIS else Waar.ONDERWEG


def _text(tijd: datetime, begin: datetime, waar: Waar, nu: datetime) -> str:
    """Nooit op de minuut, en naar boven: liever eerder aan de beurt dan later dan wij zeiden."""
    wordt = tijdlabel(_round_up(begin))
    if waar is Waar.HIER:
        minuten = -(-int((begin - nu).total_seconds()) // MINUUT // _AFRONDEN) * _AFRONDEN
        return f"Het loopt vanavond uit. U bent over ongeveer {max(minuten, _AFRONDEN)} minuten aan de beurt."
    zinnen = [
        f"Uw afspraak is vanavond om {tijdlabel(tijd)}.",
        f"Het loopt uit: u bent waarschijnlijk rond {wordt} aan de beurt.",
    ]
    if waar is Waar.THUIS:
        zinnen.append("Wilt u liever op een andere avond komen? Dan maken wij een nieuwe afspraak.")
    else:
        zinnen.append("U kunt gewoon komen. Meld u bij de gastheer of gastvrouw.")
    return " ".join(zinnen)


def _round_up(moment: datetime) -> datetime:
    rest = (moment.minute % _AFRONDEN) * MINUUT + moment.second
    return moment if not rest else moment + timedelta(seconds=_AFRONDEN * MINUUT - rest)
