"""De toegangscode waarmee een medewerker zich op een gedeeld account aanmeldt: afdruk maken en vergelijken.

Bewaart niets en onthoudt niets. Van een code bestaat alleen een afdruk (scrypt, met een eigen zout).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import secrets

KORTSTE, LANGSTE = 6, 128
_SOORT, _MACHT, _BLOK, _KEER = "scrypt", 15, 8, 3
"""32 MB en een kwart seconde per poging: OWASP noemt deze maat, en wie wisselt merkt haar niet."""
_GEHEUGEN = 64 * 1024 * 1024
_ZOUT = 16


def check_sterkte(code: str, *namen: str) -> str:
    """Waarom deze code niet kan, als hele zin; leeg als zij kan. `namen` mogen er niet gelijk aan zijn."""
    if len(code) < KORTSTE:
        return f"Neem minstens {KORTSTE} letters of cijfers."
    if len(code) > LANGSTE:
        return f"Neem hoogstens {LANGSTE} letters of cijfers."
    if len(set(code)) < 3 or _is_reeks(code):
        return "Deze code is te makkelijk te raden. Kies een andere."
    if code.casefold() in {naam.casefold() for naam in namen}:
        return "Gebruik niet uw eigen naam als code. Kies een andere."
    return ""


def _is_reeks(code: str) -> bool:
    """123456 of gfedcba."""
    stappen = {ord(volgende) - ord(teken) for teken, volgende in itertools.pairwise(code)}
    return stappen in ({1}, {-1})


def make_afdruk(code: str) -> str:
    """Een nieuwe afdruk van deze code, met een nieuw zout. Duurt een kwart seconde."""
    zout = secrets.token_bytes(_ZOUT)
    delen = (_SOORT, str(_MACHT), str(_BLOK), str(_KEER), _tekst(zout), _tekst(_scrypt(code, zout)))
    return "$".join(delen)


def past(code: str, afdruk: str) -> bool:
    """Hoort deze code bij deze afdruk? Een afdruk die niet te lezen is, past nooit."""
    try:
        soort, macht, blok, keer, zout, verwacht = afdruk.split("$")
        maten = (int(macht), int(blok), int(keer))
        ruw = base64.b64decode(zout, validate=True)
    except ValueError:
        return False
    if soort != _SOORT or maten != (_MACHT, _BLOK, _KEER):
        return False
    return hmac.compare_digest(_tekst(_scrypt(code, ruw)), verwacht)


def _scrypt(code: str, zout: bytes) -> bytes:
    ruw = code.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(ruw, salt=zout, n=2**_MACHT, r=_BLOK, p=_KEER, maxmem=_GEHEUGEN)


def _tekst(ruw: bytes) -> str:
    return base64.b64encode(ruw).decode()
