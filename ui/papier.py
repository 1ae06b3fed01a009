"""Wat er op papier gaat: de pdf met haar bladzijden, en hoe zij wordt gemaakt en vastgelegd. Zonder Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontoffice.documents.paginabeeld import Paginabeeld

_VOORBEELD_DPI = 96


@dataclass(frozen=True)
class Klaarpapier:
    """De pdf met haar bladzijden om te laten zien; `zin`: wat de medewerker moet weten, of leeg."""

    naam: str
    pdf: bytes = field(repr=False)
    bladzijden: tuple[Paginabeeld, ...] = field(repr=False)
    zin: str = ""
    gegevens: object = field(default=None, repr=False)
    """Waarvan het is gemaakt: zo ligt vast wat er op papier staat, en niet wat er daarna veranderde."""


@dataclass(frozen=True)
class Papierwerk:
    """Wat er op papier komt. `make` (met de gekozen taal) en `note` draaien op een andere draad.

    `note` ("afgedrukt" of "bewaard") legt vast dat het weggaat; lukt dat niet (KifFout), dan gaat het niet.
    `talen`: er is een taal te kiezen; `taal` is die om mee te beginnen.
    """

    titel: str
    make: Callable[[str], Klaarpapier]
    note: Callable[[str, Klaarpapier], None]
    gedrukt: str
    """De zin als het naar de printer is."""
    na: Callable[[Klaarpapier], None] | None = None
    """Nadat het echt uit de printer kwam, op een andere draad: pas dan ligt er papier."""
    taal: str = "nl"
    talen: bool = False
    opnieuw: bool = False
    """Na het afdrukken nog een keer maken: er staat dan iets anders op (kopie)."""


def preview(naam: str, pdf: bytes, zin: str = "", gegevens: object = None) -> Klaarpapier:
    """De bladzijden van een pdf om te laten zien; op een achtergronddraad. Raises PaginaFout."""
    from frontoffice.documents.paginabeeld import pages  # PDFium laadt pas als er papier komt

    return Klaarpapier(naam, pdf, tuple(pages(pdf, _VOORBEELD_DPI)), zin, gegevens)
