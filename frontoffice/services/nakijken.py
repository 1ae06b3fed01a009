"""Kijkt na of wat een register gaf van deze klant is en of deze medewerker het mag zien.

Een register dat een filter negeert, geeft gegevens van anderen: dan wordt van dat antwoord niets gebruikt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.contact import Klantcontact
from frontoffice.domain.fouten import FilterGenegeerd
from frontoffice.domain.klant import KlantSleutel, Partij
from frontoffice.domain.termijn import bereken_termijn
from frontoffice.domain.zaak import Catalogus, Zaak


def zijn_eigen(contacten: Iterable[Klantcontact], partijen: Iterable[Partij]) -> bool:
    """Hoort elk contact bij een van deze partijen? Het bewijs is een gedeelde betrokkene."""
    eigen: set[str] = set()
    for partij in partijen:
        eigen |= partij.betrokkene_uuids
    return all(not eigen.isdisjoint(contact.betrokkene_uuids) for contact in contacten)


def check_contacten(contacten: Iterable[Klantcontact], partijen: Iterable[Partij]) -> None:
    """Raises FilterGenegeerd als er een contact van een ander tussen zit."""
    if not zijn_eigen(contacten, partijen):
        raise FilterGenegeerd(
            "Er kwamen contacten van iemand anders mee. Wij tonen er geen. Meld dit bij uw beheerder.",
            register="klantinteracties",
        )


def check_zaken(
    sleutel: KlantSleutel, zaken: Sequence[Zaak], gevraagd: Collection[str] | None = None
) -> None:
    """Raises FilterGenegeerd als een zaak deze klant niet noemt, niet is gevraagd, of gevraagd is en
    ontbreekt.

    Ontbreken telt mee: de vraag om details noemt de klant én de zaak, dus een zaak die nu ontbreekt stond
    in de lijst ervoor ten onrechte op naam van deze klant.
    """
    vreemd = any(not zaak.rollen_van(sleutel) for zaak in zaken)
    if gevraagd is not None:
        vreemd = vreemd or {zaak.uuid for zaak in zaken} != set(gevraagd)
    if vreemd:
        raise FilterGenegeerd(
            "Er kwamen zaken van iemand anders mee. Wij tonen er geen. Meld dit bij uw beheerder.",
            register="zaken",
        )


def toegestaan(
    zaken: Iterable[Zaak], bevoegdheid: Bevoegdheid, catalogus: Catalogus | None
) -> tuple[Zaak, ...]:
    """Alleen de zaken die deze medewerker mag zien, elk één keer."""
    uniek = {zaak.uuid: zaak for zaak in zaken}
    return tuple(zaak for zaak in uniek.values() if bevoegdheid.mag_zaak(zaak, catalogus))


def op_urgentie(zaken: Iterable[Zaak], vandaag: date, catalogus: Catalogus | None) -> tuple[Zaak, ...]:
    """Wettelijke termijn voorbij of het dichtstbij, dan streefdatum, dan de oudste; wat stilligt
    achteraan."""

    def gewicht(zaak: Zaak) -> tuple[bool, date, date, date, str]:
        termijn = bereken_termijn(zaak, vandaag, catalogus)
        return (
            termijn.ligt_stil,
            termijn.wettelijk or date.max,
            termijn.streefdatum or date.max,
            zaak.startdatum or date.max,
            zaak.uuid,
        )

    return tuple(sorted(zaken, key=gewicht))
