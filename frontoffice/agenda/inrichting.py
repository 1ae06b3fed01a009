"""Hoe de avonden zijn ingericht: openingsregels, balies, medewerkers, diensten, producten.

Bevroren waarden zonder oordeel; of ze samen kloppen zegt `frontoffice.agenda.keuring`. Alles is instelling:
er staat hier geen tijd, duur of prijs van een gemeente. Datums zijn plaatselijk, "tot en met" is inclusief.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from frontoffice.agenda.vanavond.bezoek import Avondregels

OVERIG = "Overig"
"""De groep van een product dat er zelf geen heeft."""
LAATSTE_WEEK = -1
"""In `Openingsregel.weken_van_maand`: de laatste van die weekdag in de maand."""


@dataclass(frozen=True)
class Openingsregel:
    """Wanneer er in een reeks avonden open is.

    `weekdagen` 0 = maandag … 6 = zondag. `elke_weken` telt hele weken vanaf de maandag van de week van
    `anker` (zonder anker: `geldig_van`). `weken_van_maand` ⊂ {1..5, LAATSTE_WEEK}, leeg = elke week.
    """

    id: str
    naam: str
    weekdagen: frozenset[int]
    van: time
    tot: time
    geldig_van: date
    geldig_tot: date | None = None
    elke_weken: int = 1
    anker: date | None = None
    weken_van_maand: frozenset[int] = frozenset()


class SoortUitzondering(StrEnum):
    GESLOTEN = "gesloten"
    ANDERE_TIJDEN = "andere_tijden"
    EXTRA_OPEN = "extra_open"


@dataclass(frozen=True)
class Uitzondering:
    """Eén datum die afwijkt. `van` en `tot` alleen bij andere tijden en extra open; `reden` is verplicht."""

    id: str
    datum: date
    soort: SoortUitzondering
    reden: str
    van: time | None = None
    tot: time | None = None
    boven_feestdag: bool = False


class FeestdagBeleid(StrEnum):
    GESLOTEN = "gesloten"
    VROEG_DICHT = "vroeg_dicht"
    OPEN = "open"


@dataclass(frozen=True)
class Feestdag:
    """Beleid voor één dag, of elk jaar voor een dag met een vaste datum of een naam uit de feestdagenlijst.

    Precies een van `datum`, `jaarlijks` (maand, dag) en `naam_van` is gezet; `tot` hoort bij vroeg dicht.
    """

    id: str
    naam: str
    beleid: FeestdagBeleid
    datum: date | None = None
    jaarlijks: tuple[int, int] | None = None
    naam_van: str = ""
    tot: time | None = None


@dataclass(frozen=True)
class Balie:
    id: str
    naam: str
    voorzieningen: frozenset[str] = frozenset()
    volgorde: int = 0
    actief_van: date | None = None
    actief_tot: date | None = None

    def is_actief(self, dag: date) -> bool:
        return (self.actief_van or dag) <= dag <= (self.actief_tot or dag)


@dataclass(frozen=True)
class Bevoegdheid:
    """Wat een medewerker mag doen ("reisdocument"), en wanneer. Alleen `zelfstandig` telt voor het plan."""

    soort: str
    geldig_van: date | None = None
    geldig_tot: date | None = None
    zelfstandig: bool = True


@dataclass(frozen=True)
class Medewerker:
    """`organisatie` is "Losser" of "Enschede"; de lijst staat in `Locatie.organisaties`."""

    id: str
    naam: str
    organisatie: str
    bevoegdheden: tuple[Bevoegdheid, ...] = ()
    actief_van: date | None = None
    actief_tot: date | None = None

    def mag(self, dag: date) -> frozenset[str]:
        """De bevoegdheden die op deze dag gelden."""
        if not (self.actief_van or dag) <= dag <= (self.actief_tot or dag):
            return frozenset()
        return frozenset(
            b.soort
            for b in self.bevoegdheden
            if b.zelfstandig and (b.geldig_van or dag) <= dag <= (b.geldig_tot or dag)
        )


class Rol(StrEnum):
    BALIE = "balie"
    GASTHEER = "gastheer"
    TELEFOON = "telefoon"


class DienstToestand(StrEnum):
    GEPLAND = "gepland"
    BEVESTIGD = "bevestigd"
    ZIEK = "ziek"


@dataclass(frozen=True)
class Dienst:
    """Werktijd van één medewerker op één avond. Alleen rol BALIE met een `balie` telt als plek; ziek niet."""

    id: str
    datum: date
    medewerker: str
    van: time
    tot: time
    balie: str = ""
    rol: Rol = Rol.BALIE
    toestand: DienstToestand = DienstToestand.GEPLAND


@dataclass(frozen=True)
class Blokkade:
    """Tijd waarin niet gewerkt wordt: van een balie, van een medewerker, of (beide leeg) van iedereen."""

    id: str
    datum: date
    van: time
    tot: time
    reden: str
    balie: str = ""
    medewerker: str = ""


class Eenheid(StrEnum):
    UREN = "uren"
    DAGEN = "dagen"
    WERKDAGEN = "werkdagen"


@dataclass(frozen=True)
class Aanlooptijd:
    """Hoe lang van tevoren: uren (en delen, als minuten) absoluut, dagen en werkdagen op de kalender."""

    aantal: int = 0
    eenheid: Eenheid = Eenheid.UREN
    minuten: int = 0


@dataclass(frozen=True)
class Voorwaarde:
    """Wanneer iets geldt. Leeg geldt altijd. `leeftijd_onder` telt op de dag van de afspraak.

    `omstandigheid` is een code die de agent aanvinkt ("vermissing", "eerste_keer", "buitenlandse_akte").
    """

    leeftijd_onder: int | None = None
    leeftijd_vanaf: int | None = None
    omstandigheid: str = ""


class Wanneer(StrEnum):
    AANVRAAG = "aanvraag"
    OPHALEN = "ophalen"


@dataclass(frozen=True)
class Meenemen:
    tekst: str
    voorwaarde: Voorwaarde = Voorwaarde()
    verplicht: bool = True
    wanneer: Wanneer = Wanneer.AANVRAAG
    vertaald: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WieKomt:
    """Wie erbij moet zijn, en wat er in de plaats mag komen (toestemming met een geldigheid in dagen)."""

    rol: str
    aantal: int = 1
    voorwaarde: Voorwaarde = Voorwaarde()
    vervanging: str = ""
    toestemming_dagen: int | None = None
    vertaald: Mapping[str, str] = field(default_factory=dict)
    vervanging_vertaald: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kosten:
    """Een prijs in euro op de dag van de afspraak. `variant` "" geldt als geen andere past ("18-")."""

    bedrag: Decimal
    geldig_van: date
    geldig_tot: date | None = None
    variant: str = ""
    bron: str = ""
    voorwaarde: Voorwaarde = Voorwaarde()


@dataclass(frozen=True)
class Vervolg:
    """Het product dat erna komt (ophalen), op zijn vroegst na `werkdagen` werkdagen."""

    product: str
    werkdagen: int


@dataclass(frozen=True)
class Product:
    """Waarvoor iemand komt, in minuten. `per_avond_max` en `tegelijk_max` None = vrij.

    `overdracht`: mag halverwege naar een andere medewerker aan dezelfde balie. `uitgifte_uur` en
    `horizon_dagen`: tot hoe ver vooruit, en vanaf welk uur de laatste dag van die horizon open gaat.
    """

    code: str
    naam: str
    minuten: int
    minuten_per_extra: int = 0
    personen_max: int = 1
    buffer: int = 0
    bevoegdheden: frozenset[str] = frozenset()
    voorzieningen: frozenset[str] = frozenset()
    synoniemen: tuple[str, ...] = ()
    avond: bool = True
    overdag_verwijzing: str = ""
    aanlooptijd: Aanlooptijd = Aanlooptijd()
    horizon_dagen: int = 90
    uitgifte_uur: time | None = None
    per_avond_max: int | None = None
    tegelijk_max: int | None = None
    overdracht: bool = False
    geldig_van: date | None = None
    geldig_tot: date | None = None
    vervolg: Vervolg | None = None
    minderjarig: bool = False
    groep: str = ""
    """Waar iedereen in de wachtruimte het over mag hebben ("Reisdocumenten"); leeg = OVERIG."""
    kosten: tuple[Kosten, ...] = ()
    meenemen: tuple[Meenemen, ...] = ()
    wie_komt: tuple[WieKomt, ...] = ()
    vertaald: Mapping[str, str] = field(default_factory=dict)

    def is_geldig(self, dag: date) -> bool:
        return (self.geldig_van or dag) <= dag <= (self.geldig_tot or dag)


@dataclass(frozen=True)
class Combinatie:
    """Twee producten samen: mag het, en hoeveel minuten scheelt het per persoon die beide doet."""

    product: str
    ander: str
    mag: bool = True
    minuten_minder: int = 0


@dataclass(frozen=True)
class Behoefte:
    """Wat iemand nodig heeft, nooit waarom: "extra_tijd", "tolk", "grote_letters", "begeleider".

    `minuten_erbij` en `procent_erbij` verlengen de afspraak; `vraagt_taal`: er hoort een taal bij.
    """

    code: str
    naam: str
    minuten_erbij: int = 0
    procent_erbij: int = 0
    vraagt_taal: bool = False
    grote_letters: bool = False
    vertaald: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Locatie:
    """Waar de avond is en wat daar altijd geldt. `stap`: raster van begintijden, in minuten (veelvoud van 5).

    `vasthouden` in minuten; `kanaalmaximum`: per kanaal (balie, telefoon, web) hoeveel afspraken per avond.
    """

    naam: str
    adres: str = ""
    stap: int = 15
    vasthouden: int = 10
    organisaties: tuple[str, ...] = ("Losser", "Enschede")
    kanaalmaximum: Mapping[str, int] = field(default_factory=dict)
    voorbeeld: bool = False
    telefoon: str = ""
    website: str = ""
    vertaald: Mapping[str, str] = field(default_factory=dict)
    """De naam in een andere taal, voor een brief: "Rathaus"."""
    avondregels: Avondregels = field(default_factory=Avondregels)
    avondtaken: tuple[str, ...] = ()
    """Wat er op papier staat om af te vinken, voor opening en na sluiting; leeg = de gewone lijst."""


@dataclass(frozen=True)
class Inrichting:
    """Alles samen, zoals het op één moment geldt. Vragen over één dag gaan via `kalender` en `avond`."""

    locatie: Locatie
    regels: tuple[Openingsregel, ...] = ()
    uitzonderingen: tuple[Uitzondering, ...] = ()
    feestdagen: tuple[Feestdag, ...] = ()
    balies: tuple[Balie, ...] = ()
    medewerkers: tuple[Medewerker, ...] = ()
    diensten: tuple[Dienst, ...] = ()
    blokkades: tuple[Blokkade, ...] = ()
    producten: tuple[Product, ...] = ()
    combinaties: tuple[Combinatie, ...] = ()
    behoeften: tuple[Behoefte, ...] = ()

    @cached_property
    def product(self) -> Mapping[str, Product]:
        return {product.code: product for product in self.producten}

    @cached_property
    def balie(self) -> Mapping[str, Balie]:
        return {balie.id: balie for balie in self.balies}

    @cached_property
    def medewerker(self) -> Mapping[str, Medewerker]:
        return {medewerker.id: medewerker for medewerker in self.medewerkers}

    @cached_property
    def behoefte(self) -> Mapping[str, Behoefte]:
        return {behoefte.code: behoefte for behoefte in self.behoeften}

    @cached_property
    def diensten_op(self) -> Mapping[date, tuple[Dienst, ...]]:
        return _per_dag(self.diensten)

    @cached_property
    def blokkades_op(self) -> Mapping[date, tuple[Blokkade, ...]]:
        return _per_dag(self.blokkades)


_MetDatum = TypeVar("_MetDatum", Dienst, Blokkade)


def _per_dag(onderdelen: tuple[_MetDatum, ...]) -> Mapping[date, tuple[_MetDatum, ...]]:
    dagen: dict[date, list[_MetDatum]] = {}
    for onderdeel in onderdelen:
        dagen.setdefault(onderdeel.datum, []).append(onderdeel)
    return {dag: tuple(lijst) for dag, lijst in dagen.items()}
