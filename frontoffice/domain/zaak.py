"""Zaken volgens de ZGW-standaard: zaak, status, rol, resultaat, document en hun typen uit de catalogus."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from frontoffice.domain.klant import KlantSleutel, PartijSleutel, PersoonSleutel


class Vertrouwelijkheid(IntEnum):
    """vertrouwelijkheidaanduiding, van openbaar naar zeer geheim (Zaken 1.5)."""

    openbaar = 1
    beperkt_openbaar = 2
    intern = 3
    zaakvertrouwelijk = 4
    vertrouwelijk = 5
    confidentieel = 6
    geheim = 7
    zeer_geheim = 8

    @classmethod
    def lees(cls, tekst: str) -> Vertrouwelijkheid:
        """Een onbekende of lege aanduiding telt als zeer geheim: liever te streng dan te ruim."""
        return cls.__members__.get(tekst, cls.zeer_geheim)


@dataclass(frozen=True)
class Zaaktype:
    url: str
    uuid: str
    identificatie: str
    omschrijving: str
    vertrouwelijkheid: str = ""
    doorlooptijd: str = ""


@dataclass(frozen=True)
class Statustype:
    url: str
    uuid: str
    zaaktype_uuid: str
    omschrijving: str
    statustekst: str
    volgnummer: int
    is_eindstatus: bool


@dataclass(frozen=True)
class Catalogus:
    """De typen, op uuid. Niets persoonlijks; mag op schijf worden bewaard."""

    zaaktypen: dict[str, Zaaktype]
    statustypen: dict[str, Statustype]

    def stappen(self, zaaktype_uuid: str) -> tuple[Statustype, ...]:
        """De statustypen van een zaaktype op volgnummer."""
        eigen = (s for s in self.statustypen.values() if s.zaaktype_uuid == zaaktype_uuid)
        return tuple(sorted(eigen, key=lambda s: s.volgnummer))


@dataclass(frozen=True)
class Status:
    uuid: str
    statustype_uuid: str
    gezet_op: datetime | None
    toelichting: str = ""


@dataclass(frozen=True)
class Rol:
    """Wie iets met de zaak heeft. `omschrijving_generiek`: initiator, behandelaar, belanghebbende, …

    `bsn`, `kvk`, `vestiging` en `rsin` zijn ruwe teksten: leeg als het register ze niet geeft.
    """

    uuid: str
    betrokkene_type: str
    omschrijving: str
    omschrijving_generiek: str
    naam: str = field(repr=False)
    bsn: str = field(default="", repr=False)
    kvk: str = ""
    vestiging: str = ""
    rsin: str = ""
    indicatie_machtiging: str = ""

    def is_van(self, sleutel: KlantSleutel) -> bool:
        """Noemt deze rol precies deze klant? Een partij zonder BSN of KVK-nummer staat nooit in een zaak."""
        if isinstance(sleutel, PartijSleutel):
            return False
        if isinstance(sleutel, PersoonSleutel):
            return self.bsn == sleutel.bsn.nummer
        if sleutel.vestiging is None:
            return self.kvk == sleutel.kvk.nummer or bool(sleutel.rsin and self.rsin == sleutel.rsin)
        if self.vestiging:
            return self.vestiging == sleutel.vestiging.nummer
        return self.kvk == sleutel.kvk.nummer

    @property
    def is_aanvrager(self) -> bool:
        return self.omschrijving_generiek in ("initiator", "mede_initiator")

    @property
    def is_gemachtigde(self) -> bool:
        return "gemachtigde" in (self.indicatie_machtiging.lower(), self.omschrijving.lower())


@dataclass(frozen=True)
class ZaakDocument:
    """Een document bij een zaak (zaakinformatieobject). Afmeting en formaat komen pas met de details."""

    uuid: str
    informatieobject_uuid: str
    titel: str
    registratiedatum: datetime | None
    formaat: str = ""
    bestandsnaam: str = ""
    omvang: int | None = None
    vertrouwelijkheid: str = ""
    creatiedatum: date | None = None
    auteur: str = ""


@dataclass(frozen=True)
class Resultaat:
    uuid: str
    resultaattype_uuid: str
    toelichting: str
    omschrijving: str = ""


@dataclass(frozen=True)
class Zaak:
    """Een zaak. Streefdatum = einddatumGepland; wettelijke termijn = uiterlijkeEinddatumAfdoening.

    `rollen` is None zolang niet is nagekeken wie bij de zaak hoort: zo'n zaak mag niet op het scherm.
    """

    uuid: str
    identificatie: str
    omschrijving: str
    toelichting: str
    zaaktype_uuid: str
    startdatum: date | None
    einddatum: date | None
    streefdatum: date | None
    uiterste_datum: date | None
    vertrouwelijkheid: str
    opgeschort: bool = False
    eerder_opgeschort: bool = False
    opschorting_reden: str = ""
    verlenging_duur: str = ""
    verlenging_reden: str = ""
    status: Status | None = None
    rollen: tuple[Rol, ...] | None = None
    documenten: tuple[ZaakDocument, ...] | None = None
    resultaat_uuid: str | None = None
    hoofdzaak_uuid: str | None = None
    deelzaak_uuids: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.einddatum is None

    def rollen_van(self, sleutel: KlantSleutel) -> tuple[Rol, ...]:
        """De rollen waarin deze klant in de zaak staat; leeg als niet is nagekeken of de zaak van een ander
        is."""
        return tuple(rol for rol in self.rollen or () if rol.is_van(sleutel))

    def is_eigen_zaak(self, sleutel: KlantSleutel) -> bool:
        """Mag deze klant over de zaak horen hoe het staat: is zij aanvrager of gemachtigde?"""
        return any(rol.is_aanvrager or rol.is_gemachtigde for rol in self.rollen_van(sleutel))


@dataclass(frozen=True)
class ZaakDetail:
    """Alles van één zaak: de geschiedenis van statussen (nieuwste eerst), rollen, resultaat, documenten."""

    zaak: Zaak
    statussen: tuple[Status, ...]
    rollen: tuple[Rol, ...]
    documenten: tuple[ZaakDocument, ...]
    resultaat: Resultaat | None = None
