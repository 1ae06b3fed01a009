"""Foto's bij een melding die nog niet af is, als tekst voor de versleutelde winkel. Rekent alleen.

Hoogstens `MEESTE_BYTES` samen: wat daar niet bij past, blijft alleen in het geheugen.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence

MEESTE_BYTES = 12 * 1024 * 1024
Foto = tuple[str, bytes]
"""Naam van het bestand en de inhoud."""


def find_passend(fotos: Sequence[Foto]) -> tuple[Foto, ...]:
    """De eerste foto's die samen bewaard kunnen blijven."""
    passend: list[Foto] = []
    over = MEESTE_BYTES
    for naam, inhoud in fotos:
        if len(inhoud) > over:
            break
        over -= len(inhoud)
        passend.append((naam, inhoud))
    return tuple(passend)


def format_fotos(sleutel: str, fotos: Sequence[Foto]) -> str:
    """Leeg als er niets te bewaren is. `sleutel` is die van de melding."""
    passend = find_passend(fotos)
    if not passend:
        return ""
    return json.dumps([sleutel, *([naam, base64.b64encode(inhoud).decode()] for naam, inhoud in passend)])


def read_fotos(tekst: str, sleutel: str) -> tuple[Foto, ...]:
    """Leeg als het van een andere melding is, of niet te lezen."""
    try:
        van, *paren = json.loads(tekst)
        if van != sleutel:
            return ()
        return tuple((str(naam), base64.b64decode(inhoud, validate=True)) for naam, inhoud in paren)
    except (ValueError, TypeError, binascii.Error):
        return ()
