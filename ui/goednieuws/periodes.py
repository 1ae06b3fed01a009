"""Welke periode men kiest: een van de vaste, of zelf een begin en een eind. Alleen rekenen."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from frontoffice.domain.cijfers import Periode
from frontoffice.domain.datumlezen import find_datum
from frontoffice.domain.fouten import InvoerFout


class Keuze(StrEnum):
    DRIE_MAANDEN = "Laatste 3 maanden"
    VIER_WEKEN = "Laatste 4 weken"
    DEZE_MAAND = "Deze maand"
    VORIGE_MAAND = "Vorige maand"
    DIT_JAAR = "Dit jaar"
    VORIG_JAAR = "Vorig jaar"
    ZELF = "Zelf kiezen"


def make_periode(keuze: Keuze, vandaag: date) -> Periode:
    """De periode van een vaste keuze; bij *Zelf kiezen* deze maand, om mee te beginnen."""
    begin_maand = vandaag.replace(day=1)
    maandag = vandaag - timedelta(days=vandaag.weekday())  # hele weken: anders is de eerste week te klein
    match keuze:
        case Keuze.DRIE_MAANDEN:
            return Periode(maandag - timedelta(weeks=12), vandaag)
        case Keuze.VIER_WEKEN:
            return Periode(maandag - timedelta(weeks=3), vandaag)
        case Keuze.VORIGE_MAAND:
            eind = begin_maand - timedelta(days=1)
            return Periode(eind.replace(day=1), eind)
        case Keuze.DIT_JAAR:
            return Periode(vandaag.replace(month=1, day=1), vandaag)
        case Keuze.VORIG_JAAR:
            return Periode(date(vandaag.year - 1, 1, 1), date(vandaag.year - 1, 12, 31))
    return Periode(begin_maand, vandaag)


def read_periode(van: str, tot: str, vandaag: date) -> Periode:
    """Twee datums zoals iemand ze typt ("1-9-2026"). Het einde is hoogstens vandaag. Raises InvoerFout."""
    return Periode(_read(van, "begin", vandaag), min(_read(tot, "einde", vandaag), vandaag))


def _read(tekst: str, wat: str, vandaag: date) -> date:
    gelezen = find_datum(tekst.strip(), date(vandaag.year + 2, 12, 31))
    if gelezen is None or not gelezen.dagen or gelezen.rest:
        raise InvoerFout(f"Het {wat} is geen datum. Schrijf de datum als 1-9-2026.", code=wat)
    return gelezen.dagen[0]
