"""Wat iedereen in de wachtruimte mag zien: welk volgnummer naar welke balie, en hoe lang het ongeveer duurt.

Een `Publiekbeeld` kan geen naam, product of afspraaknummer bevatten: die velden zijn er niet. Het volgt
alleen uit de stand: een oproep die ongedaan is gemaakt, staat er vanzelf niet meer in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand, Bezoek
from frontoffice.agenda.vanavond.voorspelling import Voorspelling, wachtwoorden
from frontoffice.domain import taal

MEESTE = 6
"""Meer nummers tegelijk leest niemand van een afstand."""
EVEN_GEDULD = "Even geduld. Uw nummer komt hier op het scherm."
GEEN_AVOND = "Vanavond is er geen avondopenstelling."
GESLOTEN = "Wij zijn gesloten. Tot ziens."
BIJNA = "Wij beginnen zo. Even geduld."


@dataclass(frozen=True)
class Oproep:
    """Eén nummer met zijn balie. `keer`: de hoeveelste oproep; een nieuwe keer valt weer op."""

    volgnummer: str
    balie: str
    om: datetime
    keer: int = 1

    @property
    def sleutel(self) -> tuple[str, str, int]:
        """Hetzelfde zolang er niet opnieuw is opgeroepen."""
        return self.volgnummer, self.balie, self.keer

    @property
    def tekst(self) -> str:
        return f"{self.volgnummer}  {self.balie}"


@dataclass(frozen=True)
class Publiekbeeld:
    """`oproepen`: nieuwste eerst. `zin`: wat eronder staat. `wacht`: de wachttijd in woorden, of leeg."""

    oproepen: tuple[Oproep, ...] = ()
    zin: str = EVEN_GEDULD
    wacht: str = ""


def make_publiek(stand: Avondstand | None, voorspelling: Voorspelling | None = None) -> Publiekbeeld:
    """Zonder `voorspelling` staat er geen wachttijd: liever niets dan iets dat niet meer klopt."""
    if stand is None or not stand.avond.open:
        return Publiekbeeld(zin=GEEN_AVOND)
    if stand.avond.toestand is AvondToestand.AFGESLOTEN:
        return Publiekbeeld(zin=GESLOTEN)
    if not _loopt(stand):
        return Publiekbeeld(zin=_nog_niet(stand))
    return Publiekbeeld(_oproepen(stand), EVEN_GEDULD, _wacht(stand, voorspelling))


def _loopt(stand: Avondstand) -> bool:
    """Ook als er niet meer te boeken is, want dan gaat de avond misschien eerder dicht."""
    if stand.avond.toestand is AvondToestand.DICHT_VOOR_BOEKEN:
        return any(bezoek.volgnummer for bezoek in stand.bezoeken)
    return stand.avond.toestand is AvondToestand.BEZIG


def _nog_niet(stand: Avondstand) -> str:
    begin, eind = stand.avond.open[0].begin_utc, stand.avond.open[-1].eind_utc
    if stand.nu >= eind:
        return GESLOTEN
    return BIJNA if stand.nu >= begin else f"Wij gaan open om {taal.tijd(begin)}."


def _oproepen(stand: Avondstand) -> tuple[Oproep, ...]:
    geroepen = [
        _oproep(stand, bezoek, bezoek.opgeroepen_op)
        for bezoek in stand.bezoeken
        if bezoek.toestand in AAN_BALIE and bezoek.volgnummer and bezoek.opgeroepen_op is not None
    ]
    return tuple(sorted(geroepen, key=lambda o: (o.om, o.volgnummer), reverse=True)[:MEESTE])


def _oproep(stand: Avondstand, bezoek: Bezoek, om: datetime) -> Oproep:
    return Oproep(
        bezoek.volgnummer, stand.balienamen.get(bezoek.balie, bezoek.balie), om, max(bezoek.oproepen, 1)
    )


def _wacht(stand: Avondstand, voorspelling: Voorspelling | None) -> str:
    """Hoe lang wie er nu is, het langst nog wacht."""
    if voorspelling is None:
        return ""
    minuten = [
        verwacht.wacht_min
        for bezoek in stand.bezoeken
        if bezoek.toestand is Toestand.AANGEMELD
        and (verwacht := voorspelling.per_bezoek.get(bezoek.id)) is not None
    ]
    return wachtwoorden(max(minuten)) if minuten else ""
