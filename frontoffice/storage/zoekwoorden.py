"""Waarop een afspraak te vinden is: woorden zonder accenten uit naam, telefoon, e-mail, nummer en code.

Rekent alleen. `zoekregels` bewaart en vindt ze; wie hier iets verandert, vult ze in een migratie opnieuw.
"""

from __future__ import annotations

import re

from frontoffice.domain.taal import zonder_accenten
from frontoffice.storage.ruw import schoon

_CIJFERS = re.compile(r"\D+")
_LIJKT_NUMMER = re.compile(r"[\d\s()+./-]+")
_LANDCODE = re.compile(r"^(?:00|\+)31(?=[1-9])")
_AFSPRAAKNUMMER = re.compile(r"\d{4}-\d+")
_WOORD = re.compile(r"[^\W_]+")
_APOSTROF = re.compile("['’‘`]")
_LANGSTE = 60
_CODELENGTE = 8
# Wie belt zegt vaak alleen wat na 06 of het netnummer komt, of de laatste vier cijfers.
_STAARTEN = (8, 7, 6, 4)
_KORTSTE_STAART_VAN = 9
_KORTSTE_DEEL = 4
# Van een woord dat zo begint, is dit het eerste dat niet meer zo begint.
EINDE = "\U0010ffff"

Groepen = tuple[tuple[str, ...], ...]


def make_woorden(naam: str, telefoon: str, email: str, nummer: str, code: str) -> frozenset[str]:
    """Elk woord waarop deze afspraak te vinden is, met de namen erbij (`make_naamwoorden`)."""
    cijfers = _telefoon(telefoon)
    staarten = _STAARTEN if len(cijfers) >= _KORTSTE_STAART_VAN else ()
    adres = email.strip().lower()
    woorden = {cijfers, *(cijfers[-lengte:] for lengte in staarten), adres}
    woorden |= {deel for deel in _woorden(adres.partition("@")[0]) if len(deel) > 2}
    woorden |= {nummer.lower(), nummer.partition("-")[2], code.lower()} | make_naamwoorden(naam)
    return frozenset(schoon(woord)[:_LANGSTE] for woord in woorden if woord)


def make_naamwoorden(naam: str) -> frozenset[str]:
    """De woorden van een naam; "O'Neill" is ook "oneill"."""
    zonder = zonder_accenten(_APOSTROF.sub("", naam))
    return frozenset(deel[:_LANGSTE] for deel in (*_woorden(zonder_accenten(naam)), *_woorden(zonder)))


def read_zoek(zoek: str) -> Groepen:
    """Wat er moet staan: een van deze groepen, en van een groep elk woord, in welke volgorde ook.

    Leeg als er niets in staat om op te zoeken.
    """
    schone = zonder_accenten(schoon(zoek)).strip()
    if "@" in schone or _AFSPRAAKNUMMER.fullmatch(schone):
        return ((schone[:_LANGSTE],),)
    woorden = tuple(dict.fromkeys(deel[:_LANGSTE] for deel in _woorden(schone)))
    groepen = [woorden] if woorden else []
    if woorden and _LIJKT_NUMMER.fullmatch(schone):
        # "06 12 34" is één nummer; alleen van langere delen ("2026 00041") kan elk een eigen woord zijn.
        groepen = [groep for groep in groepen if min(map(len, groep)) >= _KORTSTE_DEEL]
        groepen.append((_telefoon(schone)[:_LANGSTE],))
    elif len("".join(woorden)) == _CODELENGTE:
        groepen.append(("".join(woorden),))
    return tuple(dict.fromkeys(groepen))


def _woorden(tekst: str) -> list[str]:
    return _WOORD.findall(tekst)


def _telefoon(tekst: str) -> str:
    """Alleen cijfers, met een Nederlands nummer altijd vanaf de nul."""
    kaal = re.sub(r"[^\d+]", "", tekst)
    return _CIJFERS.sub("", _LANDCODE.sub("0", kaal))
