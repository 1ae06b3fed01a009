"""Wat alleen in een proefagenda kan: de avond van vandaag laten beginnen alsof er nog niets was gebeurd.

De geschiedenis blijft staan; de stappen van voor de nieuwe start horen niet meer bij deze avond.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, insert, update

from frontoffice.agenda.avond import AvondToestand, SoortInhoud
from frontoffice.agendapoort import Gebeurtenis, Wie
from frontoffice.storage import vorm
from frontoffice.storage.bezoekvragen import OPNIEUW
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import AvondRij, BezettingRij, BezoekRij, GebeurtenisRij, VolgreeksRij

_EIGEN = SoortInhoud.ZONDER_AFSPRAAK.value


def restart_avond(lijn: Lijn, datum: date, door: Wie, nu: datetime) -> None:
    """Geen bezoeken, geen volgnummers, en weer open om te boeken. De afspraken zelf blijven zoals ze zijn."""
    bz = BezettingRij
    lijn.run(delete(bz).where(bz.datum == datum, bz.soort == _EIGEN))
    for tabel in (BezoekRij, VolgreeksRij):
        lijn.run(delete(tabel).where(tabel.datum == datum))
    open_ = {"toestand": AvondToestand.OPEN.value, "versie": AvondRij.versie + 1}
    lijn.run(update(AvondRij).where(AvondRij.datum == datum).values(**open_))
    gebeurd = Gebeurtenis(nu, door, OPNIEUW, f"avond:{datum.isoformat()}", datum, {}, {})
    lijn.run(insert(GebeurtenisRij), vorm.from_gebeurtenis(gebeurd))
