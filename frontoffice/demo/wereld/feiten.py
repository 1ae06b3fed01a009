"""De feiten waaruit het verzonnen Losser bestaat, los van hoe een API ze laat zien.

NamedTuples, omdat er duizenden van gemaakt worden voordat de eerste vraag beantwoord is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

# Objecttype, register en soort van een onderwerpobject dat naar een zaak wijst.
ZAAK_CODE = ("zgw-Zaak", "openzaak", "uuid")
GEEN_NAAM = ("", "", "", "")


class Geboorte(NamedTuple):
    """Een geboortedatum; maand of dag 0 = onbekend, jaar 0 = helemaal onbekend."""

    jaar: int
    maand: int
    dag: int


class Adres(NamedTuple):
    """Een adres in de gemeente, of (met `land`) een adres over de grens in regels."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    plaats: str
    regel1: str = ""
    regel2: str = ""
    land: tuple[str, str] | None = None


class Persoon(NamedTuple):
    """Een ingezetene (of Duitse buur) zoals de BRP hem kent."""

    nummer: int
    rol: str
    bsn: str
    voornamen: str
    voorvoegsel: str
    achternaam: str
    geslacht: str
    geboorte: Geboorte
    leeftijd: int
    geboorteplaats: str
    land: tuple[str, str]
    nationaliteit: tuple[str, str]
    adres: Adres
    adres_sinds: date
    naamgebruik: str
    partnernaam: tuple[str, str]
    geheim: bool
    overleden: date | None
    onderzoek: date | None
    curatele: bool
    gezin: int
    is_ouder: bool

    @property
    def voorletters(self) -> str:
        return "".join(naam[0] + "." for naam in self.voornamen.replace("-", " ").split())

    @property
    def roepnaam(self) -> str:
        return (
            self.voornamen.split()[0]
            if not self.voornamen.startswith(("Jan H", "Gerrit J"))
            else self.voornamen
        )


class DigitaalAdres(NamedTuple):
    """Een telefoonnummer of e-mailadres, in de notatie waarin iemand het ooit heeft ingevoerd."""

    nummer: int
    uuid: str
    partij: int
    betrokkene: int | None
    adres: str
    soort: str
    standaard: bool
    omschrijving: str
    referentie: str = ""


class Identificator(NamedTuple):
    """Waaraan een partij te herkennen is; `sub_van` wijst bij een vestiging naar het KVK-nummer."""

    uuid: str
    register: str
    objecttype: str
    soort: str
    object_id: str
    sub_van: str | None = None
    sub_soort: str = ""
    sub_object_id: str = ""


class Partij(NamedTuple):
    """Een partij in Klantinteracties; `persoon` of `bedrijf` is het volgnummer in de wereld, of -1."""

    nummer: int
    uuid: str
    soort: str
    persoon: int
    bedrijf: int
    naam: str
    voorletters: str
    voornaam: str
    voorvoegsel: str
    achternaam: str
    identificatoren: tuple[Identificator, ...]
    adressen: tuple[DigitaalAdres, ...]
    voorkeur: int
    taal: str
    geheim: bool | None
    adres: Adres | None
    notitie: str = ""
    werkt_voor: int = -1
    actief: bool = True
    met_naam: bool = True


class Bedrijf(NamedTuple):
    """Een onderneming, vereniging of stichting in het Handelsregister."""

    nummer: int
    kvk: str
    rsin: str
    naam: str
    rechtsvorm: str
    sbi: tuple[str, str]
    adres: Adres
    vestiging: str
    nevenvestiging: str
    nevenadres: Adres | None
    sinds: date
    werkzaam: int
    afgeschermd: bool
    non_mailing: bool
    actief: bool
    eigenaar: int


class Actor(NamedTuple):
    """Een medewerker, afdeling of formulier dat een contact heeft gehad of een taak heeft.

    `eigen` is wat een client opgaf bij het maken: (actoridentificator, actorIdentificatie, actief).
    """

    nummer: int
    uuid: str
    soort: str
    code: str
    naam: str
    functie: str
    plaats: str
    afdeling: str
    eigen: tuple[Mapping[str, Any], Mapping[str, Any] | None, bool] | None = None


class Betrokkene(NamedTuple):
    """Wie er bij een contact was; `partij` -1 is iemand die niet in het register staat."""

    nummer: int
    uuid: str
    contact: int
    partij: int
    rol: str
    initiator: bool
    naam: tuple[str, str, str, str] = GEEN_NAAM
    adressen: tuple[DigitaalAdres, ...] = ()
    organisatie: str = ""


class Onderwerpobject(NamedTuple):
    """Waar een contact over ging: een zaak, of met `was_contact` een eerder contact."""

    nummer: int
    uuid: str
    contact: int
    object_id: str
    code: tuple[str, str, str] = ZAAK_CODE
    was_contact: int = -1


class Koppeling(NamedTuple):
    """Welke actor bij een contact was."""

    nummer: int
    uuid: str
    contact: int
    actor: int


class Taak(NamedTuple):
    """Een interne taak (terugbelverzoek)."""

    nummer: int
    uuid: str
    contact: int
    handeling: str
    toelichting: str
    actoren: tuple[int, ...]
    gezet: str
    afgehandeld: str | None
    referentienummer: str | None = None


class Contact(NamedTuple):
    """Een klantcontact; `tijd` is UTC met Z. `actoren` zijn volgnummers in de wereld."""

    nummer: int
    uuid: str
    tijd: str
    kanaal: str
    onderwerp: str
    inhoud: str
    reactie: str
    gelukt: bool | None
    taal: str
    vertrouwelijk: bool
    actoren: tuple[int, ...]
    betrokkenen: tuple[Betrokkene, ...]
    onderwerpen: tuple[Onderwerpobject, ...]
    taken: tuple[Taak, ...]
    referentienummer: str | None = None
    metadata: Mapping[str, str] = {}
    verder: bool = False


class Type(NamedTuple):
    """Een statustype, resultaattype of roltype van een zaaktype, of een informatieobjecttype."""

    uuid: str
    zaaktype: int
    naam: str
    generiek: str
    volgnummer: int
    tekst: str
    eind: bool


class Zaaktype(NamedTuple):
    """Een zaaktype met alles wat eronder hangt."""

    nummer: int
    uuid: str
    identificatie: str
    naam: str
    doorlooptijd: int
    servicenorm: int | None
    statustypen: tuple[Type, ...]
    resultaattypen: tuple[Type, ...]
    roltypen: tuple[Type, ...]
    documenttypen: tuple[str, ...]
    lijst: dict[str, object]


class Status(NamedTuple):
    """Een status die een zaak heeft gekregen; de laatste is de huidige."""

    uuid: str
    type: Type
    tijd: str
    toelichting: str


class Rol(NamedTuple):
    """Wie er bij een zaak hoort: een persoon, bedrijf, vestiging, medewerker of afdeling."""

    uuid: str
    type: Type
    soort: str
    persoon: int
    bedrijf: int
    actor: int
    machtiging: str = ""


class Document(NamedTuple):
    """Een document bij een zaak."""

    nummer: int
    uuid: str
    zio_uuid: str
    soort: int
    titel: str
    bestand: str
    dag: date
    vertrouwelijk: str
    auteur: str


class Zaak(NamedTuple):
    """Een zaak met zijn hele geschiedenis, oudste status eerst."""

    nummer: int
    uuid: str
    identificatie: str
    omschrijving: str
    toelichting: str
    zaaktype: Zaaktype
    start: date
    eind: date | None
    streef: date | None
    uiterlijk: date | None
    kanaal: str
    vertrouwelijk: str
    betaling: str
    verlenging: tuple[str, str] | None
    opgeschort: bool
    eerder_opgeschort: bool
    opschorting_reden: str
    punt: tuple[float, float] | None
    hoofdzaak: int | None
    deelzaken: tuple[int, ...]
    statussen: tuple[Status, ...]
    rollen: tuple[Rol, ...]
    documenten: tuple[Document, ...]
    resultaat: tuple[str, Type] | None
    gewijzigd: str
