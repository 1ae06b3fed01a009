"""Het klantbeeld: één klant in onderdelen die elk wachten, er zijn of zijn mislukt.

Een bevroren waarde; elk antwoord geeft een nieuw klantbeeld. Laadt zelf niets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from frontoffice.domain.afspraak import KlantAfspraak
from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Bedrijf, Herkomst, KlantSleutel, Partij, Persoon, Waarschuwing
from frontoffice.domain.meldingstand import Klantmeldingen
from frontoffice.domain.tijdlijn import Tijdlijn
from frontoffice.domain.verzoek import Verzoek
from frontoffice.domain.zaak import Catalogus, Zaak

T = TypeVar("T")


@dataclass(frozen=True)
class Wacht:
    """Nog onderweg; op het scherm "Laden…"."""


@dataclass(frozen=True)
class Geladen(Generic[T]):
    """Het register gaf antwoord. `om` is UTC, `ms` de duur van de aanroepen samen."""

    waarde: T
    om: datetime
    ms: float


@dataclass(frozen=True)
class Mislukt:
    """Het register gaf geen bruikbaar antwoord; op het scherm "Niet geladen" met reden en Opnieuw."""

    fout: KifFout
    om: datetime
    ms: float


Onderdeel = Wacht | Geladen[T] | Mislukt


def waarde_van(deel: Onderdeel[T] | None) -> T | None:
    """De waarde van een geladen onderdeel, anders None."""
    return deel.waarde if isinstance(deel, Geladen) else None


@dataclass(frozen=True)
class Contacten:
    """De nieuwste klantcontacten. `totaal` is wat het register telt en kan dubbele rijen bevatten.

    `volgende_pagina` is None als alles er is.
    """

    rijen: tuple[Klantcontact, ...]
    totaal: int
    volgende_pagina: int | None = None


@dataclass(frozen=True)
class Zaken:
    """Nagekeken open zaken, dringendste eerst, en de uuid's die nog niet zijn nagekeken.

    Alleen wat in `zaken` staat mag worden getoond of geteld: daarvan noemt een rol deze klant.
    """

    zaken: tuple[Zaak, ...]
    nog_na_te_kijken: tuple[str, ...] = ()
    afgerond: tuple[Zaak, ...] | None = None
    afgerond_volgende_pagina: int | None = None


class AandachtSoort(StrEnum):
    """Waar een regel onder "Wat speelt er" over gaat, in volgorde van gewicht."""

    TE_LAAT = "te_laat"
    BELOFTE_TE_LAAT = "belofte_te_laat"
    TERUGBELLEN = "terugbellen"
    MELDING_TE_LAAT = "melding_te_laat"
    MELDER_WEET_NIET = "melder_weet_niet"
    BIJNA_TE_LAAT = "bijna_te_laat"
    WACHT_OP_INWONER = "wacht_op_inwoner"
    STREEFDATUM_VOORBIJ = "streefdatum_voorbij"
    BELT_VAKER = "belt_vaker"


@dataclass(frozen=True)
class Aandachtspunt:
    """Een zin om nu te zeggen, met de actie die erbij hoort (`open_zaak`, `open_contact` of
    `open_melding`)."""

    soort: AandachtSoort
    tekst: str
    actie: str
    actie_tekst: str
    verwijzing: str


@dataclass(frozen=True)
class Klantbeeld:
    """Een klant in beeld. Een onderdeel dat niet van toepassing is, is None.

    `gecontroleerd` is onwaar na een treffer op telefoon of e-mail, tot de medewerker de klant heeft
    gecontroleerd; zolang toont het scherm alleen voornaam en eerste letter. `vastgelegd`: het openen staat in
    het logboek; eerder gaat er geen vraag naar een register.
    """

    sleutel: KlantSleutel
    herkomst: Herkomst
    vandaag: date
    gecontroleerd: bool
    persoon: Onderdeel[Persoon] | None = None
    bedrijf: Onderdeel[Bedrijf] | None = None
    klant: Onderdeel[tuple[Partij, ...]] | None = None
    contacten: Onderdeel[Contacten] | None = None
    zaken: Onderdeel[Zaken] | None = None
    catalogus: Onderdeel[Catalogus] | None = None
    afspraken: Onderdeel[tuple[KlantAfspraak, ...]] | None = None
    meldingen: Onderdeel[Klantmeldingen] | None = None
    tijdlijn: Tijdlijn = field(default_factory=Tijdlijn)
    aandacht: tuple[Aandachtspunt, ...] = ()
    waarschuwingen: tuple[Waarschuwing, ...] = ()
    verzoeken: tuple[Verzoek, ...] = ()
    onthuld: frozenset[str] = frozenset()
    vastgelegd: bool = False

    @property
    def onderdelen(self) -> dict[str, Onderdeel[object]]:
        """De onderdelen die van toepassing zijn, op naam, in vaste volgorde."""
        paren = {
            "persoon": self.persoon,
            "bedrijf": self.bedrijf,
            "klant": self.klant,
            "contacten": self.contacten,
            "zaken": self.zaken,
            "catalogus": self.catalogus,
            "afspraken": self.afspraken,
            "meldingen": self.meldingen,
        }
        return {naam: deel for naam, deel in paren.items() if deel is not None}  # type: ignore[misc]

    @property
    def is_compleet(self) -> bool:
        """Waar zodra geen register meer wacht. Agenda en meldingen tellen niet mee: daar wacht een gesprek
        niet op."""
        los = ("afspraken", "meldingen")
        return not any(isinstance(d, Wacht) for naam, d in self.onderdelen.items() if naam not in los)

    @property
    def geheimhouding(self) -> bool:
        """Waar als BRP of Klantinteracties geheimhouding meldt; onthullen gebeurt per gegeven."""
        if isinstance(self.persoon, Geladen) and self.persoon.waarde.geheimhouding:
            return True
        return isinstance(self.klant, Geladen) and any(p.geheimhouding for p in self.klant.waarde)

    @property
    def geheimhouding_onbekend(self) -> bool:
        """Waar zolang de BRP of Klantinteracties nog kan melden dat er geheimhouding is.

        Tot dan geldt de strengste regel: wat eenmaal op het scherm stond, is niet terug te nemen.
        """
        return isinstance(self.persoon, Wacht | Mislukt) or isinstance(self.klant, Wacht)
