"""Zaken en rollen zoals Open Zaak ze schrijft, en wat ze in het domein zijn. Doet geen verzoeken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from frontoffice.central.antwoord import as_utc, read_uuid, require_uuid
from frontoffice.domain.zaak import Rol, Status, Zaak, ZaakDocument


class Vorm(msgspec.Struct, rename="camel", frozen=True):
    """Basis: namen in camelCase, onbekende velden tellen niet mee."""


class StatusVorm(Vorm, frozen=True):
    uuid: str
    statustype: str
    datum_status_gezet: datetime | None = None
    statustoelichting: str = ""


class Identificatie(Vorm, frozen=True):
    """betrokkeneIdentificatie van alle soorten betrokkenen samen; elke soort heeft haar eigen velden."""

    inp_bsn: str = ""
    kvk_nummer: str = ""
    vestigings_nummer: str = ""
    inn_nnp_id: str = ""
    geslachtsnaam: str = ""
    voorvoegsel_geslachtsnaam: str = ""
    voorletters: str = ""
    voornamen: str = ""
    achternaam: str = ""
    voorvoegsel_achternaam: str = ""
    statutaire_naam: str = ""
    handelsnaam: list[str] | str | None = None
    naam: str = ""
    identificatie: str = ""


class RolVorm(Vorm, frozen=True):
    uuid: str
    betrokkene_type: str = ""
    omschrijving: str = ""
    omschrijving_generiek: str = ""
    roltoelichting: str = ""
    afwijkende_naam_betrokkene: str = ""
    indicatie_machtiging: str = ""
    betrokkene_identificatie: Identificatie | None = None


class Koppeling(Vorm, frozen=True):
    """zaakinformatieobject: de band tussen zaak en document."""

    uuid: str
    informatieobject: str
    titel: str = ""
    registratiedatum: datetime | None = None


class Opschorting(Vorm, frozen=True):
    indicatie: bool = False
    eerdere_opschorting: bool = False
    reden: str = ""


class Verlenging(Vorm, frozen=True):
    reden: str = ""
    duur: str | None = None


class Uitgevouwen(Vorm, frozen=True):
    """Een sleutel ontbreekt als er niets is om uit te vouwen."""

    status: StatusVorm | None = None
    rollen: list[RolVorm] | None = None
    zaakinformatieobjecten: list[Koppeling] | None = None


class ZaakVorm(Vorm, frozen=True):
    """Verplicht zijn alleen de velden zonder welke een zaak verkeerd op het scherm zou komen."""

    uuid: str
    zaaktype: str
    startdatum: date | None
    einddatum: date | None
    identificatie: str = ""
    omschrijving: str = ""
    toelichting: str = ""
    einddatum_gepland: date | None = None
    uiterlijke_einddatum_afdoening: date | None = None
    vertrouwelijkheidaanduiding: str = ""
    opschorting: Opschorting | None = None
    verlenging: Verlenging | None = None
    status: str | None = None
    resultaat: str | None = None
    hoofdzaak: str | None = None
    deelzaken: list[str] = []
    expand: Uitgevouwen = msgspec.field(name="_expand", default=Uitgevouwen())


def to_zaak(rij: ZaakVorm, uitgevouwen: Sequence[str]) -> Zaak:
    """Wat is `uitgevouwen`, is bekend; ontbreekt de sleutel, dan is er niets van. Raises Ondeugdelijk."""
    uit = rij.expand
    opschorting = rij.opschorting or Opschorting()
    verlenging = rij.verlenging or Verlenging()
    documenten = tuple(to_document(koppeling) for koppeling in uit.zaakinformatieobjecten or ())
    return Zaak(
        uuid=require_uuid(rij.uuid),
        identificatie=rij.identificatie,
        omschrijving=rij.omschrijving,
        toelichting=rij.toelichting,
        zaaktype_uuid=require_uuid(rij.zaaktype),
        startdatum=rij.startdatum,
        einddatum=rij.einddatum,
        streefdatum=rij.einddatum_gepland,
        uiterste_datum=rij.uiterlijke_einddatum_afdoening,
        vertrouwelijkheid=rij.vertrouwelijkheidaanduiding,
        opgeschort=opschorting.indicatie,
        eerder_opgeschort=opschorting.eerdere_opschorting,
        opschorting_reden=opschorting.reden,
        verlenging_duur=verlenging.duur or "",
        verlenging_reden=verlenging.reden,
        status=to_status(uit.status) if uit.status else None,
        rollen=tuple(to_rol(rol) for rol in uit.rollen or ()) if "rollen" in uitgevouwen else None,
        documenten=documenten if "zaakinformatieobjecten" in uitgevouwen else None,
        resultaat_uuid=read_uuid(rij.resultaat),
        hoofdzaak_uuid=read_uuid(rij.hoofdzaak),
        deelzaak_uuids=tuple(uuid for url in rij.deelzaken if (uuid := read_uuid(url))),
    )


def to_status(rij: StatusVorm) -> Status:
    return Status(
        rij.uuid, require_uuid(rij.statustype), as_utc(rij.datum_status_gezet), rij.statustoelichting
    )


def to_document(rij: Koppeling) -> ZaakDocument:
    return ZaakDocument(
        uuid=rij.uuid,
        informatieobject_uuid=require_uuid(rij.informatieobject),
        titel=rij.titel,
        registratiedatum=as_utc(rij.registratiedatum),
    )


def to_rol(rij: RolVorm) -> Rol:
    """Sommige gemeenten schrijven een KVK-nummer waar een RSIN hoort; acht cijfers is een KVK-nummer."""
    wie = rij.betrokkene_identificatie or Identificatie()
    nnp = wie.inn_nnp_id.strip()
    return Rol(
        uuid=rij.uuid,
        betrokkene_type=rij.betrokkene_type,
        omschrijving=rij.omschrijving or rij.roltoelichting,
        omschrijving_generiek=rij.omschrijving_generiek,
        naam=rij.afwijkende_naam_betrokkene or _name(wie),
        bsn=wie.inp_bsn,
        kvk=wie.kvk_nummer or (nnp if len(nnp) == 8 else ""),
        vestiging=wie.vestigings_nummer,
        rsin=nnp if len(nnp) == 9 else "",
        indicatie_machtiging=rij.indicatie_machtiging,
    )


def _name(wie: Identificatie) -> str:
    """Een naam uit wat er is; bij een medewerker zonder naam de identificatie, anders leeg."""
    handelsnaam = (
        wie.handelsnaam if isinstance(wie.handelsnaam, str) else next(iter(wie.handelsnaam or ()), "")
    )
    vast = wie.naam or wie.statutaire_naam or handelsnaam
    if vast:
        return vast
    voor = wie.voorletters or wie.voornamen
    tussen = wie.voorvoegsel_geslachtsnaam or wie.voorvoegsel_achternaam
    achter = wie.geslachtsnaam or wie.achternaam
    return " ".join(deel for deel in (voor, tussen, achter) if deel) or wie.identificatie
