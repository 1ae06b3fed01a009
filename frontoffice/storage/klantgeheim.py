"""De sleutel waarmee van een BSN of KVK-nummer een klantsleutel wordt gemaakt, en haar merk.

Eén deel staat in de agenda. Met alleen dat deel zijn alle BSN's na te rekenen uit een kopie van de database;
daarom kan een tweede deel uit de sleutelbos komen (`[agenda] klantsleutel`). Rekent alleen.
"""

from __future__ import annotations

import hashlib
import hmac

from frontoffice.agendapoort import AgendaFout

KORTSTE_DEEL = 32
_MERK = b"klant in focus: klantmerk"


def combine(basis: str, deel: str) -> tuple[bytes, str]:
    """De sleutel en haar merk. Zonder `deel` is het merk leeg. Raises AgendaFout bij een te kort deel."""
    if not deel:
        return bytes.fromhex(basis), ""
    if len(deel) < KORTSTE_DEEL:
        raise AgendaFout(
            f"Het geheim voor de klantsleutel is te kort: het heeft minstens {KORTSTE_DEEL} tekens nodig. "
            "Laat uw beheerder een langer geheim bewaren.",
            code="agenda_klantsleutel",
        )
    sleutel = hmac.new(deel.encode(), bytes.fromhex(basis), hashlib.sha256).digest()
    return sleutel, hmac.new(sleutel, _MERK, hashlib.sha256).hexdigest()[:32]


def anders() -> AgendaFout:
    return AgendaFout(
        "Het geheim voor de klantsleutel op deze werkplek is niet dat van deze agenda. Laat uw beheerder "
        "[agenda] klantsleutel in het profiel en het geheim in de sleutelbos nakijken.",
        code="agenda_klantsleutel",
    )
