"""Wat er in een brief of agendabestand over een afspraak staat: bevroren waarden, zonder opmaak.

Wie geheimhouding heeft, kan hier geen adres of telefoonnummer hebben: zo'n waarde bestaat niet. Een adres
kan er alleen staan als de medewerker het uitdrukkelijk heeft bevestigd. Kent geen BSN.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum

TALEN = ("nl", "de", "en")
LANGSTE_NAAM = 500
MEESTE_TEKENS = 20_000
"""Samen, in één brief: ruim voor elke echte afspraak, te weinig om een werkplek vast te zetten."""


@dataclass(frozen=True)
class Woorden:
    """Een tekst in het Nederlands, met zijn vertalingen ("de", "en").

    `verplicht` onwaar: alleen voor wie het heeft.
    """

    nl: str
    vertaald: Mapping[str, str] = field(default_factory=dict)
    verplicht: bool = True

    def __post_init__(self) -> None:
        if not self.nl.strip():
            raise ValueError("woorden zonder Nederlandse tekst")

    def in_taal(self, taal: str) -> str | None:
        """De tekst, of None als die er in deze taal niet is; nooit stil de Nederlandse."""
        tekst = self.nl if taal == "nl" else self.vertaald.get(taal, "")
        return tekst.strip() or None


class Soort(Enum):
    """Waarom de brief er is."""

    NIEUW = "nieuw"
    VERZET = "verzet"
    GEWIJZIGD = "gewijzigd"
    """Iets anders dan de tijd: een ander product, of meer mensen."""
    AFGEZEGD = "afgezegd"


class Lettermaat(IntEnum):
    """De gewone lettergrootte in punten; groot is ten minste 18."""

    GEWOON = 11
    GROOT = 18
    GROOTST = 24


@dataclass(frozen=True)
class Productregel:
    naam: Woorden
    personen: int = 1


@dataclass(frozen=True)
class Kostenregel:
    """Wat één product op de dag van de afspraak kost, in euro, voor alle personen samen."""

    naam: Woorden
    bedrag: Decimal

    def __post_init__(self) -> None:
        if not self.bedrag.is_finite() or self.bedrag < 0:
            raise ValueError("een bedrag is nul of meer")


@dataclass(frozen=True)
class Ophalen:
    """Vanaf wanneer er iets opgehaald kan worden, en de afspraak daarvoor als die al is gemaakt."""

    vanaf: date
    begin: datetime | None = None
    nummer: str = ""
    code: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if (self.begin is None) != (not self.nummer) or (self.nummer and not self.code):
            raise ValueError("een afspraak om op te halen heeft een begin, een nummer en een code")


@dataclass(frozen=True)
class Plaats:
    """Waar de afspraak is."""

    naam: str
    adres: tuple[str, ...] = ()
    vertaald: Mapping[str, str] = field(default_factory=dict)

    @property
    def woorden(self) -> Woorden:
        """De naam; zonder vertaling is dat gewoon de naam, en niet een tekst die ontbreekt."""
        return Woorden(self.naam, dict.fromkeys(TALEN, self.naam) | dict(self.vertaald))


@dataclass(frozen=True)
class Bereikbaar:
    """Hoe de inwoner de gemeente bereikt; leeg wat er niet is."""

    telefoon: str = ""
    website: str = ""
    email: str = ""


@dataclass(frozen=True)
class Bevestiging:
    """Eén afspraak op papier. `begin` en `eind` met zone; `gemaakt_op` is de dag van de brief.

    `telefoon` is wat de inwoner opgaf. `voorbeeld`: de inrichting is een voorbeeld, en dat staat erop.
    Raises ValueError als iets niet samen kan; de melding bevat geen persoonsgegevens.
    """

    naam: str = field(repr=False)
    begin: datetime
    eind: datetime
    plaats: Plaats
    afzender: str
    producten: tuple[Productregel, ...]
    nummer: str
    code: str = field(repr=False)
    gemaakt_op: date
    soort: Soort = Soort.NIEUW
    taal: str = "nl"
    letters: Lettermaat = Lettermaat.GEWOON
    geheim: bool = False
    adres: tuple[str, ...] = field(default=(), repr=False)
    adres_bevestigd: bool = False
    telefoon: str = field(default="", repr=False)
    meenemen: tuple[Woorden, ...] = ()
    wie_komt: tuple[Woorden, ...] = ()
    geregeld: tuple[Woorden, ...] = ()
    """Waar rekening mee gehouden wordt: extra tijd, een tolk, een begeleider. Nooit waarom."""
    kosten: tuple[Kostenregel, ...] = ()
    ophalen: Ophalen | None = None
    bereikbaar: Bereikbaar = Bereikbaar()
    voorbeeld: bool = False

    def __post_init__(self) -> None:
        if self.begin.tzinfo is None or self.eind.tzinfo is None:
            raise ValueError("begin en eind hebben een zone")
        if self.eind <= self.begin:
            raise ValueError("een afspraak eindigt na haar begin")
        if self.taal not in TALEN:
            raise ValueError("in deze taal zijn er geen brieven")
        if not self.naam.strip() or not self.nummer.strip() or not self.code.strip():
            raise ValueError("een bevestiging heeft een naam, een nummer en een code")
        if not self.producten:
            raise ValueError("een bevestiging noemt waarvoor iemand komt")
        if self.geheim and (self.adres or self.telefoon):
            raise ValueError("bij geheimhouding komt er geen adres of telefoonnummer op papier")
        if self.adres and not self.adres_bevestigd:
            raise ValueError("een brief met adres vraagt dat het adres is bevestigd")

        vast = (self.naam, self.afzender, self.plaats.naam, *self.plaats.adres, *self.adres)
        if max(map(len, vast)) > LANGSTE_NAAM:
            raise ValueError(f"een naam of adresregel heeft ten hoogste {LANGSTE_NAAM} tekens")
        if sum(len(w.nl) + sum(map(len, w.vertaald.values())) for w in self.woorden()) > MEESTE_TEKENS:
            raise ValueError(f"een brief heeft ten hoogste {MEESTE_TEKENS} tekens tekst")

    @property
    def minuten(self) -> int:
        """Hoe lang de afspraak duurt."""
        return int((self.eind - self.begin).total_seconds()) // 60

    def woorden(self) -> Iterator[Woorden]:
        """Alle teksten uit de inrichting die in de brief komen."""
        for product in self.producten:
            yield product.naam
        if self.soort is Soort.AFGEZEGD:
            return
        yield from self.wie_komt
        yield from self.meenemen
        yield from self.geregeld
        for regel in self.kosten:
            yield regel.naam

    def missing(self, taal: str) -> tuple[str, ...]:
        """De teksten die in `taal` ontbreken, en er dus in het Nederlands komen te staan."""
        return tuple(dict.fromkeys(w.nl for w in self.woorden() if w.in_taal(taal) is None))

    def talen(self) -> tuple[str, ...]:
        """De talen waarin deze brief heel is; Nederlands altijd."""
        return tuple(taal for taal in TALEN if not self.missing(taal))
