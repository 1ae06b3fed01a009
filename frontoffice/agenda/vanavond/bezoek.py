"""Het bezoek: iemand die vanavond komt of er is, met of zonder afspraak, en wat er met hem gebeurde.

Bevroren waarden zonder oordeel. Wie er aan de beurt is, beslist `volgorde`; hoe lang het nog duurt,
`voorspelling`; wie er wint als twee balies tegelijk oproepen, de opslag op `versie`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontoffice.agenda.afspraak import Afspraakregel, Eisen, Toestand
from frontoffice.agenda.avond import Avond


class SoortBezoek(StrEnum):
    AFSPRAAK = "afspraak"
    ZONDER_AFSPRAAK = "zonder_afspraak"


LETTER = {SoortBezoek.AFSPRAAK: "A", SoortBezoek.ZONDER_AFSPRAAK: "W"}
"""Waarmee een volgnummer begint: "A14" heeft een afspraak, "W03" niet."""

AANWEZIG = frozenset({Toestand.AANGEMELD, Toestand.OPGEROEPEN, Toestand.AAN_DE_BALIE, Toestand.EVEN_APART})
AAN_BALIE = frozenset({Toestand.OPGEROEPEN, Toestand.AAN_DE_BALIE})
"""In deze toestanden houdt het bezoek een balie bezet: die roept niemand anders op (E04)."""


class Resultaat(StrEnum):
    GEDAAN = "gedaan"
    NIET_GEDAAN = "niet_gedaan"


@dataclass(frozen=True)
class Uitkomst:
    """Wat er van één product terechtkwam. `reden` alleen bij niet gedaan, in een paar woorden."""

    product: str
    resultaat: Resultaat
    reden: str = ""


@dataclass(frozen=True)
class Avondregels:
    """De afspraken van de avond zelf; alles in minuten, behalve wat `seconden` heet.

    `respijt`: zo lang na de afgesproken tijd is iemand pas te laat, en mag *Niet gekomen*. `vroeg`: eerder
    dan zoveel voor zijn tijd aangemeld gaat niemand voor. `rust`: tussen twee oproepen van dezelfde.
    `norm`: binnen zoveel minuten na zijn tijd aan de beurt telt als op tijd.
    """

    respijt: int = 10
    vroeg: int = 30
    rust: int = 5
    oproepen_max: int = 3
    norm: int = 10
    ongedaan_seconden: int = 60
    namen_seconden: int = 60


@dataclass(frozen=True)
class Bezoek:
    """Eén bezoek van één avond. `id` is dat van de afspraak, of een eigen id zonder afspraak.

    `tijd`: afgesproken begin (UTC), None zonder afspraak. `minuten`: hoe lang het volgens de producten duurt,
    zonder buffer. `groep`: waar iedereen het over mag hebben ("Reisdocumenten"), nooit het product zelf.
    `gepland`: de balie van het rooster; `balie`: die oproept of helpt, of hielp. `gewerkt`: seconden aan de
    balie voor de lopende keer. `naam` is leeg zolang niemand die hoort te zien: het bord toont haar nooit.
    """

    id: str
    datum: date
    volgnummer: str
    soort: SoortBezoek
    toestand: Toestand
    regels: tuple[Afspraakregel, ...]
    eisen: Eisen
    minuten: int
    tijd: datetime | None = None
    groep: str = ""
    nummer: str = ""
    naam: str = ""
    gepland: str = ""
    balie: str = ""
    voorrang: bool = False
    te_laat: bool = False
    behoeften: tuple[str, ...] = ()
    taal: str = ""
    notitie: str = ""
    aangemeld_op: datetime | None = None
    opgeroepen_op: datetime | None = None
    oproepen: int = 0
    begonnen_op: datetime | None = None
    apart_op: datetime | None = None
    apart_omdat: str = ""
    klaar_op: datetime | None = None
    gewerkt: int = 0
    uitkomsten: tuple[Uitkomst, ...] = ()
    vervolg: str = ""
    versie: int = 1

    @property
    def is_aanwezig(self) -> bool:
        return self.toestand in AANWEZIG


@dataclass(frozen=True)
class Avondstand:
    """Alles van vanavond op één moment. `nu` is de klok van de agenda; bezoeken op volgnummer.

    `avond` geeft opening, plekken (wie werkt waar, wat mag daar) en toestand. `balienamen`: id → naam.
    """

    nu: datetime
    avond: Avond
    bezoeken: tuple[Bezoek, ...]
    regels: Avondregels = Avondregels()
    balienamen: Mapping[str, str] = field(default_factory=dict)

    @property
    def datum(self) -> date:
        return self.avond.datum

    def at_balie(self, balie: str) -> Bezoek | None:
        """Wie deze balie nu bezet: opgeroepen of aan de balie."""
        return next((b for b in self.bezoeken if b.balie == balie and b.toestand in AAN_BALIE), None)

    def find(self, id_: str) -> Bezoek | None:
        return next((b for b in self.bezoeken if b.id == id_), None)
