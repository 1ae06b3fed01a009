"""Dagen en uren zoals iemand ze typt, en op welke uren een filter zin heeft. Alleen rekenen."""

from __future__ import annotations

import re
from datetime import date, time

from frontoffice.agenda.inrichting import Inrichting, SoortUitzondering
from frontoffice.domain.datumlezen import find_datum

_ZONDER_JAAR = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2}|[a-z]{3,})\.?", re.IGNORECASE)
_VOORUIT = 2
"""Jaren; verder vooruit is een vergissing."""


def read_dag(getypt: str, vandaag: date) -> date | None:
    """ "15-1", "15 januari" of "15-1-2027": de eerstvolgende keer, of None als het geen komende dag is."""
    return next((dag for dag in _lees(getypt, vandaag, (0, 1)) if dag >= vandaag), None)


def read_voorbij(getypt: str, vandaag: date) -> date | None:
    """Hetzelfde voor een dag die al is geweest: de laatste keer."""
    return next((dag for dag in _lees(getypt, vandaag, (0, -1)) if dag <= vandaag), None)


def read_geboren(getypt: str, vandaag: date) -> date | None:
    """Een geboortedatum met jaar, of None als er geen staat of als hij niet kan."""
    gelezen = find_datum(getypt.strip(), vandaag)
    return gelezen.dagen[0] if gelezen is not None and gelezen.dagen and not gelezen.rest else None


def _lees(getypt: str, vandaag: date, jaren: tuple[int, ...]) -> list[date]:
    tekst = " ".join(getypt.split())
    kort = _ZONDER_JAAR.fullmatch(tekst)
    vormen = [tekst]
    if kort is not None:
        dag, maand = kort.groups()
        streep = "-" if maand.isdigit() else " "
        vormen = [f"{dag}{streep}{maand}{streep}{vandaag.year + jaar}" for jaar in jaren]
    grens = date(vandaag.year + _VOORUIT, 12, 31)
    uit: list[date] = []
    for vorm in vormen:
        gelezen = find_datum(vorm, grens)
        if gelezen is not None and not gelezen.rest:
            uit += gelezen.dagen[:1]
    return uit


def opening_uren(inrichting: Inrichting) -> tuple[time, ...]:
    """Hele en halve uren binnen de ruimste opening: waarop "na … uur" zin heeft."""
    tijden = [(regel.van, regel.tot) for regel in inrichting.regels]
    tijden += [
        (uitzondering.van, uitzondering.tot)
        for uitzondering in inrichting.uitzonderingen
        if uitzondering.soort is not SoortUitzondering.GESLOTEN and uitzondering.van and uitzondering.tot
    ]
    if not tijden:
        return ()
    eerste, laatste = min(van for van, _ in tijden), max(tot for _, tot in tijden)
    halve = (time(minuten // 60, minuten % 60) for minuten in range(0, 24 * 60, 30))
    return tuple(uur for uur in halve if eerste < uur < laatste)
