"""Wat er vanavond wel kan als iemand zonder afspraak er met alles tegelijk niet bij past.

Zoekt alleen; of het dan nog zo is, zegt `inpassen` bij het aanmelden opnieuw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.inpassen import PastNiet, Plaats, fit_in
from frontoffice.agenda.vanavond.voorspelling import wachtwoorden
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import plan_wens

_HOOGSTENS = 3
"""Zoveel producten proberen we: elk speelt de avond na, en meer leest niemand voor."""


@dataclass(frozen=True)
class WatWel:
    """Eén product uit de wens dat er alleen wel bij kan, en hoe lang dat nog duurt."""

    product: str
    naam: str
    wacht_min: int


def find_wat_wel(
    stand: Avondstand, inrichting: Inrichting, kalender: Kalender, wens: Wens, nu: datetime
) -> tuple[WatWel, ...]:
    """Elk product uit deze wens apart; leeg als er maar één is of niets past."""
    codes = dict.fromkeys(regel.product for regel in wens.regels)
    if len(codes) < 2:
        return ()
    return tuple(_try(stand, inrichting, kalender, wens, nu, tuple(codes)[:_HOOGSTENS]))


def _try(
    stand: Avondstand,
    inrichting: Inrichting,
    kalender: Kalender,
    wens: Wens,
    nu: datetime,
    codes: tuple[str, ...],
) -> Iterator[WatWel]:
    for code in codes:
        alleen = replace(wens, regels=tuple(regel for regel in wens.regels if regel.product == code))
        plan = plan_wens(inrichting, alleen, stand.datum)
        uit = fit_in(stand, inrichting, kalender, plan, nu)
        if isinstance(uit, Plaats):
            yield WatWel(code, inrichting.product[code].naam, uit.wacht_min)


def say_past_niet(uit: PastNiet, wel: tuple[WatWel, ...]) -> str:
    """Waarom het niet kan, wat er alleen wel kan, en anders een afspraak."""
    zinnen = [f"Wel kan alleen {w.naam}, wachten {wachtwoorden(w.wacht_min)}." for w in wel]
    return " ".join((uit.zin, *zinnen))
