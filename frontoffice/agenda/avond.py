"""Eén avond zoals de planning haar ziet: wanneer open, welke plekken, wat er al staat.

Een momentopname in tikken; `plekken` komt uit rooster en blokkades, `inhoud` uit de opslag. Beslist zelf
niets: dat doen `vrij` (welke tijden kunnen) en `indelen` (wie aan welke balie).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontoffice.agenda.afspraak import Eisen, Kanaal
from frontoffice.agenda.tijd import Vak

KIF = "kif"
"""De eigenaar van een avond die hier wordt gepland; elke andere naam is die van een andere agenda (JCC)."""
EXTERN_PLAATS = "extern-"
"""Begin van de naam van een plaats buiten de balies, voor wat een andere agenda heeft en nergens past."""


class AvondToestand(StrEnum):
    CONCEPT = "concept"
    OPEN = "open"
    DICHT_VOOR_BOEKEN = "dicht_voor_boeken"
    BEZIG = "bezig"
    AFGESLOTEN = "afgesloten"


@dataclass(frozen=True)
class Plek:
    """Een medewerker aan een balie gedurende `vak`, zonder pauzes en storingen: die zijn eruit gehaald.

    Een dienst met een pauze geeft twee plekken; een afspraak past in één plek, of met overdracht in
    aansluitende plekken van dezelfde balie.
    """

    balie: str
    medewerker: str
    organisatie: str
    vak: Vak
    mag: frozenset[str]
    voorzieningen: frozenset[str]


class SoortInhoud(StrEnum):
    AFSPRAAK = "afspraak"
    RESERVERING = "reservering"
    EXTERN = "extern"
    EXTERN_LOS = "extern_los"
    """Uit een andere agenda en nog op zoek naar een balie; alleen tijdens het inlezen."""
    ZONDER_AFSPRAAK = "zonder_afspraak"


@dataclass(frozen=True)
class Inhoud:
    """Iets dat een balie bezet. `vak` met buffer. `vast`: blijft aan deze balie.

    `buffer`: hoeveel tikken aan het eind van `vak` buffer zijn; die mogen na sluitingstijd vallen.
    `producten` (code, eenmaal per regel) is voor daglimiet en tegelijk-limiet.
    """

    soort: SoortInhoud
    id: str
    vak: Vak
    balie: str
    eisen: Eisen
    producten: tuple[str, ...]
    vast: bool = False
    kanaal: Kanaal | None = None
    buffer: int = 0


@dataclass(frozen=True)
class Avond:
    """`open` zijn de stukken waarin het publiek terecht kan; `dicht_omdat` zegt waarom er niets is, of "".

    `rooster_ingevuld` is onwaar zolang er geen enkele dienst is: dan is de avond niet vol maar onbekend.
    `eigenaar`: wie deze avond plant; is dat niet KiF, dan kan hier niets worden geboekt.
    """

    datum: date
    open: tuple[Vak, ...]
    plekken: tuple[Plek, ...]
    inhoud: tuple[Inhoud, ...] = ()
    toestand: AvondToestand = AvondToestand.OPEN
    dicht_omdat: str = ""
    rooster_ingevuld: bool = True
    versie: int = 0
    eigenaar: str = KIF
