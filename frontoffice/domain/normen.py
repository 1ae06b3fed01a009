"""Binnen hoeveel tijd de gemeente iets doet: servicenormen in werkdagen, en wettelijke termijnen apart.

Een norm is een belofte die de gemeente zelf kiest; een wettelijke termijn volgt uit de wet, telt
kalenderdagen en schuift op van een vrije dag (Algemene termijnenwet). Zaken houden hun eigen termijn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frontoffice.domain.taal import datum_lang
from frontoffice.domain.werkdagen import Bevrijdingsdag, Werkkalender

_WET = Werkkalender(goede_vrijdag=True, bevrijdingsdag=Bevrijdingsdag.ALTIJD)


class Waarvoor(StrEnum):
    """Waar een servicenorm over gaat; de waarden staan in het profiel."""

    TERUGBELLEN = "terugbellen"
    LATEN_WETEN = "laten_weten"
    MELDING = "melding"


@dataclass(frozen=True)
class Norm:
    """Binnen zoveel werkdagen. Een leeg onderwerp of kanaal geldt voor alle."""

    werkdagen: int
    waarvoor: Waarvoor = Waarvoor.TERUGBELLEN
    onderwerp: str = ""
    kanaal: str = ""


@dataclass(frozen=True)
class WettelijkeTermijn:
    """Een termijn uit de wet, als ISO 8601-duur ("P8W"), met het artikel erbij."""

    onderwerp: str
    duur: str
    artikel: str = ""


@dataclass(frozen=True)
class Normen:
    """Wat de gemeente in het profiel koos."""

    kalender: Werkkalender = field(default_factory=Werkkalender)
    dienst: tuple[Norm, ...] = ()
    wet: tuple[WettelijkeTermijn, ...] = ()
    terugbellen: int = 2
    laten_weten: int = 5
    melding: int = 10

    def find_norm(self, waarvoor: Waarvoor, onderwerp: str = "", kanaal: str = "") -> Norm:
        """De norm die het best past: onderwerp en kanaal, dan onderwerp, dan kanaal, dan de gewone."""
        return self.find_eigen(waarvoor, onderwerp, kanaal) or Norm(
            {
                Waarvoor.TERUGBELLEN: self.terugbellen,
                Waarvoor.LATEN_WETEN: self.laten_weten,
                Waarvoor.MELDING: self.melding,
            }[waarvoor],
            waarvoor,
        )

    def find_eigen(self, waarvoor: Waarvoor, onderwerp: str = "", kanaal: str = "") -> Norm | None:
        """Alleen een norm die dit onderwerp of kanaal noemt."""
        passend = [
            norm
            for norm in self.dienst
            if norm.waarvoor is waarvoor
            and norm.onderwerp.casefold() in ("", onderwerp.strip().casefold())
            and norm.kanaal.casefold() in ("", kanaal.strip().casefold())
        ]
        return max(passend, key=lambda norm: (bool(norm.onderwerp), bool(norm.kanaal)), default=None)

    def find_datum(self, waarvoor: Waarvoor, vanaf: date, onderwerp: str = "", kanaal: str = "") -> date:
        """De laatste dag binnen de norm. Verteld op 24 december 2026 met twee werkdagen: 29 december."""
        norm = self.find_norm(waarvoor, onderwerp, kanaal)
        return self.kalender.add_werkdagen(vanaf, norm.werkdagen)


GEWOON = Normen()
"""Wat er geldt als het profiel niets zegt."""


def find_einde(termijn: WettelijkeTermijn, begin: date) -> date | None:
    """De laatste dag van een wettelijke termijn; None als de duur niet te lezen is.

    Eindigt zij op een zaterdag, zondag of algemeen erkende feestdag, dan op de eerste dag erna die dat niet
    is (Algemene termijnenwet, art. 1). De vrije dagen van de gemeente zelf tellen hier niet.
    """
    from frontoffice.domain.termijn import tel_op  # kent ook zaken: pas als er een termijn is

    einde = tel_op(begin, termijn.duur)
    return _WET.next_werkdag(einde) if einde is not None else None


def say_wettelijk(wet: Iterable[WettelijkeTermijn], onderwerp: str, vandaag: date) -> str:
    """Wat de wet over dit onderwerp zegt, voor een aanvraag van vandaag; leeg als zij niets zegt.

    Staat naast een belofte en nooit in plaats ervan: hoe snel wij bellen, zegt niets over de termijn.
    """
    gezocht = onderwerp.strip().casefold()
    termijn = next((t for t in wet if t.onderwerp.casefold() == gezocht), None)
    einde = find_einde(termijn, vandaag) if termijn is not None else None
    if termijn is None or einde is None:
        return ""
    artikel = f" ({termijn.artikel})" if termijn.artikel else ""
    return (
        f"Hiervoor geldt ook een wettelijke termijn{artikel}. "
        f"Komt de aanvraag vandaag binnen, dan is dat uiterlijk {datum_lang(einde, vandaag)}."
    )
