"""Meldingen openbare ruimte: nog niet aangesloten. Houdt de plaats vrij in de tijdlijn en bij het zoeken."""

from __future__ import annotations

from frontoffice.domain.klant import KlantSleutel
from frontoffice.ports import Aanroep, BronPagina

MELDING_NIET_AANGESLOTEN = (
    "Meldingen zijn hier nog niet aangesloten. Zoek deze melding op in het meldingensysteem."
)


class MeldingenNietAangesloten:
    """Port `Bron` zonder register erachter: geeft niets en zegt dat eerlijk."""

    naam = "meldingen"
    aangesloten = False

    def load(self, sleutel: KlantSleutel, aanroep: Aanroep, vervolg: str | None = None) -> BronPagina:
        return BronPagina(())
