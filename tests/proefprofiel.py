"""Het profiel van de ingebouwde demonstratie met alle tijd van de wereld, voor tests met een echte server.

Een register dat door drukte te laat antwoordt, is in het programma een onderdeel dat ontbreekt. In een test
die daar niet over gaat, is dat een fout die alleen op een drukke computer te zien is.
"""

from __future__ import annotations

from datetime import date

from frontoffice.demo.profieltekst import make_profiel

GEDULD = 60.0
"""Seconden voor een heel eerste beeld; meer mag een profiel niet geven."""


def make_proefprofiel(basis: str, vandaag: date | None = None, eerste_beeld: float = GEDULD) -> str:
    """TOML zoals de demonstratie het maakt. `eerste_beeld` korter: voor wie wil zien dat iets te laat is."""
    return f"{make_profiel(basis, vandaag)}[termijnen]\nverbinden = 20.0\neerste_beeld = {eerste_beeld}\n"
