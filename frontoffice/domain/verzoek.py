"""Eén verzoek aan een register zoals het in het klantbeeld telt; doet zelf niets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verzoek:
    """Eén HTTP-verzoek zoals het in het klantbeeld telt; `pad` bevat nooit persoonsgegevens.

    `diepte` is de plaats in de keten van verzoeken die op elkaar wachten, vanaf 1.
    """

    register: str
    methode: str
    pad: str
    status: int | None
    ms: float
    diepte: int
