"""Wat terugbellen en beloften van Klantinteracties vragen: internetaken lezen en bijwerken.

Naast `registratiepoort`, omdat het venster dit pas nodig heeft als iemand de werklijst opent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from frontoffice.domain.belofte import Telling
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import InterneTaak, Klantcontact
from frontoffice.domain.klant import Partij
from frontoffice.domain.taakwijziging import Taakactie, Taakvelden
from frontoffice.ports import Aanroep, Pagina


@dataclass(frozen=True)
class Taakactor:
    """Bij wie een taak kan liggen. `soort` is None als het profiel deze codes niet kent."""

    uuid: str
    naam: str
    object_id: str
    soort: Actorsoort | None = None


@dataclass(frozen=True)
class Taakcontact:
    """Het contact waaruit een taak ontstond, met de partijen die erbij waren (elk één keer)."""

    contact: Klantcontact
    partijen: tuple[Partij, ...] = ()


@dataclass(frozen=True)
class Berichtspoor:
    """Een bericht dat al bij een inwoner is, zoals het als contact in het register staat. `wat` is de soort;
    `sleutel` die van het contact."""

    sleutel: str
    wat: str
    kanaal: str
    om: datetime | None = None


class Takenregister(Protocol):
    """Internetaken in Klantinteracties 2.18. Geen aanroep die schrijft wordt hier herhaald.

    Het register kent geen uiterste datum, geen filter op partij en geen expand op een taak.
    """

    def load_taken(
        self, pagina: int, per_pagina: int, aanroep: Aanroep, *, actor_uuid: str = "", is_open: bool = True
    ) -> Pagina[InterneTaak]:
        """Taken, nieuwste eerst; voorbij het eind is de pagina leeg."""

    def load_taak(self, uuid: str, aanroep: Aanroep) -> InterneTaak:
        """Raises NietGevonden."""

    def load_taakcontact(self, contact_uuid: str, aanroep: Aanroep) -> Taakcontact:
        """Eén verzoek: contact, betrokkenen, hun adressen en hun partijen."""

    def load_actoren(self, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        """Iedereen bij wie een taak kan liggen, ook wie niet meer actief is."""

    def find_actoren(self, object_id: str, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        """Actoren met deze identificatie, hoe de andere codes ook zijn: dezelfde medewerker heet in elk
        programma anders."""

    def count_acties(self, taak_uuid: str, aanroep: Aanroep) -> Mapping[Taakactie, Telling]:
        """Wat er gebeurde, geteld uit de contacten die aan deze taak hangen."""

    def find_berichten(self, over: str, aanroep: Aanroep) -> tuple[Berichtspoor, ...]:
        """De berichten die hierover al gingen, van elke werkplek, nieuwste eerst. `over` zoals bij
        `Berichtopdracht`: "taak:<uuid>" of "melding:<nummer>"."""

    def find_eigen_contacten(self, actor_uuid: str, hoogstens: int, aanroep: Aanroep) -> tuple[str, ...]:
        """uuid's van de nieuwste contacten waar deze actor bij was."""

    def change_taak(self, uuid: str, velden: Taakvelden, aanroep: Aanroep) -> None:
        """Schrijf alleen wat in `velden` staat. Raises NietGevonden, Afgekeurd."""
