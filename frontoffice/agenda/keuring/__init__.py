"""Keurt een inrichting: alles wat niet klopt tegelijk, in gewone taal. Verandert niets.

Begin bij `check_inrichting`. Kent geen klok: of iets al voorbij is, beslist de aanroeper.
"""

from __future__ import annotations

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.keuring import mensen, opening, producten
from frontoffice.agenda.keuring.bevinding import FOUT, WAARSCHUWING, Planfout

__all__ = ["FOUT", "WAARSCHUWING", "Planfout", "check_inrichting", "find_fouten"]


def check_inrichting(inrichting: Inrichting) -> tuple[Planfout, ...]:
    """Alle fouten en waarschuwingen, in de volgorde van de onderdelen."""
    kalender = Kalender(inrichting)
    return (
        *opening.check_locatie(inrichting.locatie),
        *opening.check_regels(inrichting),
        *opening.check_uitzonderingen(inrichting, kalender),
        *opening.check_feestdagen(inrichting),
        *mensen.check_balies(inrichting),
        *mensen.check_medewerkers(inrichting),
        *mensen.check_diensten(inrichting, kalender),
        *mensen.check_blokkades(inrichting),
        *producten.check_producten(inrichting),
        *producten.check_combinaties(inrichting),
        *producten.check_behoeften(inrichting),
    )


def find_fouten(inrichting: Inrichting) -> tuple[Planfout, ...]:
    """Alleen wat bewaren tegenhoudt."""
    return tuple(fout for fout in check_inrichting(inrichting) if fout.is_fout)
