"""Wat er op stdin staat: een zoekvraag of een geheim, zodat het niet op de opdrachtregel hoeft."""

from __future__ import annotations

import sys

from frontoffice.domain.fouten import InvoerFout


def read_invoer(hoogste_omvang: int = 10_000) -> str:
    """Eén regel tekst van stdin. Raises InvoerFout als er niets staat of het geen tekst is."""
    ruw = sys.stdin.buffer.read(hoogste_omvang + 1)
    try:
        tekst = ruw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise InvoerFout("De invoer is geen tekst (UTF-8).") from None
    if not tekst:
        raise InvoerFout("Er staat niets op de invoer. Schrijf de tekst naar de invoer van deze opdracht.")
    if len(ruw) > hoogste_omvang or "\n" in tekst:
        raise InvoerFout("Schrijf precies één regel naar de invoer.")
    return tekst
