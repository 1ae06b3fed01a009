"""Het berichtenbord in de gedeelde agenda: welke werkplek welk bericht afgeeft, en hoe het ging.

Eén regel per bericht, zonder persoonsgegevens. Hier staat alleen wie mag; bewaren doet de opslag, versturen
doet `services.berichtverzenden`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

BEZIG_DUURT = timedelta(minutes=10)
"""Zo lang heeft een werkplek om af te geven. Ruim langer dan één poging duurt."""
WACHT_DUURT = timedelta(minutes=30)
"""Staat een bericht langer dan dit klaar terwijl het weg mocht, dan is die werkplek er niet."""
ONZEKER = "Het is niet zeker of het bericht is verstuurd: de werkplek die het afgaf, viel weg."


class Bordstand(StrEnum):
    """Hoe het met een bericht staat."""

    KLAARGEZET = "klaargezet"
    BEZIG = "bezig"
    VERSTUURD = "verstuurd"
    BELLEN = "bellen"
    GEBELD = "gebeld"


@dataclass(frozen=True)
class Bordregel:
    """`sleutel`: die van het bericht. `keer`: de hoeveelste keer een mens het laat gaan. `datum`: de dag van
    de afspraak; None als het daar niet over gaat. `houder`: de werkplek. `reden` (waarom er gebeld moet
    worden) noemt nooit een naam of nummer. `verloopt`: tot wanneer de houder ermee bezig mag zijn."""

    sleutel: str
    keer: int
    over: str
    wat: str
    versie: str
    datum: date | None
    stand: Bordstand
    houder: str
    sinds: datetime
    verloopt: datetime
    reden: str = ""

    def is_van(self, ander: Bordregel) -> bool:
        """Mag wie `ander` vroeg, dit bericht nu afgeven?"""
        zelfde = (self.houder, self.keer) == (ander.houder, ander.keer)
        return zelfde and self.stand is Bordstand.BEZIG

    def moet_bellen(self, nu: datetime) -> bool:
        """Heeft de inwoner niets gehoord, en gaat dat niet vanzelf over?"""
        if self.stand is Bordstand.BELLEN:
            return True
        return self.stand in (Bordstand.KLAARGEZET, Bordstand.BEZIG) and self.verloopt <= nu


def decide_afgifte(oud: Bordregel | None, nieuw: Bordregel, *, na_te_kijken: bool) -> Bordregel:
    """De regel zoals zij wordt als deze werkplek het bericht wil afgeven; `oud` zelf als zij niet mag.

    `na_te_kijken`: is aan de aanbieder gevraagd of hij het bericht al had? Zo niet, dan gaat een bericht
    waarvan de afloop onbekend is nooit vanzelf nog eens: dan beslist een mens.
    """
    if oud is None or oud.stand is Bordstand.KLAARGEZET:
        return nieuw
    if oud.stand in (Bordstand.VERSTUURD, Bordstand.GEBELD):
        return oud
    eigen = oud.houder == nieuw.houder
    if oud.stand is Bordstand.BELLEN:
        return nieuw if eigen or nieuw.keer > oud.keer else oud
    if eigen:
        return replace(nieuw, keer=max(oud.keer, nieuw.keer))
    if oud.verloopt > nieuw.sinds:
        return oud
    if na_te_kijken or nieuw.keer > oud.keer:
        return nieuw
    return replace(oud, stand=Bordstand.BELLEN, reden=ONZEKER, sinds=nieuw.sinds)
