"""Vindt een geboortedatum in getypte tekst: vooraan of achteraan, in elke gewone schrijfwijze.

Weet niets van namen; wat naast de datum staat, komt terug als `rest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

OUDSTE_LEEFTIJD = 125
TWEEDE_EEUW_LEEFTIJD = 108

_MAANDEN = {
    naam: nummer
    for nummer, namen in enumerate(
        (
            "januari jan january januar",
            "februari feb febr february februar",
            "maart mrt maa mar march",
            "april apr",
            "mei may mai",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec dez dezember",
        ),
        start=1,
    )
    for naam in namen.split()
}
_WOORD = "|".join(sorted(_MAANDEN, key=len, reverse=True))
_VORMEN = (
    re.compile(r"(?P<j>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{1,2})\s?[-/.]\s?(?P<m>[0-9]{1,2})\s?[-/.]\s?'?(?P<j>[0-9]{4}|[0-9]{2})"),
    re.compile(
        rf"(?P<d>[0-9]{{1,2}})[ \-.]?\s?(?P<w>{_WOORD})\.?[ \-]?\s?'?(?P<j>[0-9]{{4}}|[0-9]{{2}})",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<j>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<j>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2}) (?P<m>[0-9]{1,2}) (?P<j>[0-9]{4})"),
)


@dataclass(frozen=True)
class Datumlezing:
    """De gevonden datum: mogelijke dagen (meestal een), of geen met `bezwaar` als zin. `rest` staat
    ernaast."""

    dagen: tuple[date, ...]
    rest: str
    bezwaar: str = ""


def find_datum(tekst: str, vandaag: date) -> Datumlezing | None:
    """De datum waarmee `tekst` begint of eindigt, of None als er geen staat."""
    for vorm in _VORMEN:
        for gevonden in vorm.finditer(tekst):
            voor, na = tekst[: gevonden.start()], tekst[gevonden.end() :]
            if voor.strip() and na.strip():
                continue
            if _plakt_vast(voor, na):
                continue
            return _lees(gevonden.groupdict(), (voor + na).strip(), vandaag)
    return None


def _plakt_vast(voor: str, na: str) -> bool:
    """Zit de datum vast aan een cijfer of letter, dan is het een stuk van iets anders (een zaaknummer)."""
    links, rechts = voor[-1:], na[:1]
    return links.isalnum() or rechts.isalnum() or links in ("-", "/", "_", "+") or rechts in ("-", "/", "_")


def _lees(delen: dict[str, str | None], rest: str, vandaag: date) -> Datumlezing:
    dag, jaar = int(delen["d"] or 0), delen["j"] or ""
    woord = delen.get("w")
    maand = _MAANDEN[woord.lower()] if woord else int(delen["m"] or 0)
    if dag == 0 or maand == 0:
        zin = "Zoeken op naam kan alleen met de hele geboortedatum. Zoek anders op adres of BSN."
        return Datumlezing((), rest, zin)
    dagen: list[date] = []
    bezwaar = "Deze datum bestaat niet. Kijk de dag en de maand na."
    for heel_jaar in _jaren(jaar, vandaag):
        try:
            gelezen = date(heel_jaar, maand, dag)
        except ValueError:
            continue
        if gelezen > vandaag:
            bezwaar = "Deze datum is nog niet geweest. Typ een geboortedatum."
        elif heel_jaar < vandaag.year - OUDSTE_LEEFTIJD:
            bezwaar = "Dit geboortejaar is te lang geleden. Kijk het na."
        elif len(jaar) == 2 and dagen and heel_jaar < vandaag.year - TWEEDE_EEUW_LEEFTIJD:
            continue
        else:
            dagen.append(gelezen)
    return Datumlezing(tuple(dagen), rest, bezwaar)


def _jaren(jaar: str, vandaag: date) -> Iterator[int]:
    """Twee cijfers: eerst deze eeuw, dan de vorige; wat in de toekomst ligt, valt later af."""
    if len(jaar) == 4:
        yield int(jaar)
        return
    eeuw = vandaag.year // 100 * 100
    yield eeuw + int(jaar)
    yield eeuw - 100 + int(jaar)
