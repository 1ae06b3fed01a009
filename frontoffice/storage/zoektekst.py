"""Waarop een afspraak te vinden is: naam zonder accenten, telefoon als cijfers, e-mail, nummer en code."""

from __future__ import annotations

import re

from frontoffice.domain.taal import zonder_accenten

_CIJFERS = re.compile(r"\D+")
_LIJKT_NUMMER = re.compile(r"[\d\s()+./-]+")
_LANDCODE = re.compile(r"^(?:00|\+)31(?=[1-9])")
_SCHEIDING = "\n"
# Een regel van een index in PostgreSQL heeft een grens van zo'n 2700 bytes.
_LANGSTE_DEEL = 120


def make_zoektekst(naam: str, telefoon: str, email: str, nummer: str, code: str) -> str:
    delen = (zonder_accenten(naam), _telefoon(telefoon), email.lower(), nummer.lower(), code.lower())
    return _SCHEIDING.join(deel[:_LANGSTE_DEEL] for deel in delen)


def read_zoek(zoek: str) -> tuple[tuple[str, ...], ...]:
    """Wat er moet staan: een van deze groepen, en van een groep elk woord."""
    woorden = tuple(zonder_accenten(zoek).split())
    if not woorden:
        return ()
    if _LIJKT_NUMMER.fullmatch(zoek):
        cijfers = _telefoon(zoek)
        return (woorden, (cijfers,)) if cijfers else (woorden,)
    return (woorden,)


def _telefoon(tekst: str) -> str:
    """Alleen cijfers, met een Nederlands nummer altijd vanaf de nul."""
    kaal = re.sub(r"[^\d+]", "", tekst)
    return _CIJFERS.sub("", _LANDCODE.sub("0", kaal))
