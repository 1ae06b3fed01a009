"""Contacten met de gemeente: klantcontact, terugbelverzoek (internetaak) en wie het deed (actor)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from frontoffice.domain.belofte import Taaktekst, read_taaktekst


@dataclass(frozen=True)
class Actor:
    """Medewerker, afdeling of groep (Klantinteracties: actor). `soort` zoals het register hem spelt."""

    uuid: str
    naam: str
    soort: str = ""


@dataclass(frozen=True)
class InterneTaak:
    """Een terugbelverzoek of andere vraag aan een collega. De API kent geen uiterste datum."""

    uuid: str
    klantcontact_uuid: str
    gevraagde_handeling: str
    toelichting: str
    status: str
    toegewezen_op: datetime | None
    afgehandeld_op: datetime | None
    actor_uuids: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status != "verwerkt"

    @cached_property
    def tekst(self) -> Taaktekst:
        """De toelichting uit elkaar: wat er is gevraagd, wat er is beloofd en wat er sindsdien gebeurde."""
        return read_taaktekst(self.toelichting)


@dataclass(frozen=True)
class Betrokkene:
    """Wie bij een contact hoorde; `partij_uuid` is leeg bij een onbekende beller."""

    uuid: str
    rol: str
    partij_uuid: str | None
    naam: str = field(repr=False)
    initiator: bool
    adressen: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Onderwerpobject:
    """Waar een contact over ging, zoals een zaak; de codes zijn vrij, lees ze ruim."""

    uuid: str
    object_id: str
    code_objecttype: str
    code_register: str
    code_soort_object_id: str


@dataclass(frozen=True)
class Klantcontact:
    """Eén contact. `plaatsgevonden_op` is UTC; een tijd zonder zone telt als UTC (Open Klant)."""

    uuid: str
    plaatsgevonden_op: datetime | None
    kanaal: str
    onderwerp: str
    inhoud: str
    reactie: str
    taal: str
    vertrouwelijk: bool
    contact_gelukt: bool | None
    actoren: tuple[Actor, ...] = ()
    betrokkene_uuids: tuple[str, ...] = ()
    taak_uuids: tuple[str, ...] = ()
    taken: tuple[InterneTaak, ...] = ()
    betrokkenen: tuple[Betrokkene, ...] = ()
    onderwerpobjecten: tuple[Onderwerpobject, ...] = ()
