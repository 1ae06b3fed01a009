"""Wie de klant is: een persoon (BRP), een bedrijf (KVK) of alleen een partij uit Klantinteracties.

Bevat geen zaken of contacten, en beslist niets over tonen of verbergen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frontoffice.domain.waarden import Bsn, Datum, KvkNummer, Vestigingsnummer


@dataclass(frozen=True)
class PersoonSleutel:
    """Een inwoner, gevonden op BSN."""

    bsn: Bsn


@dataclass(frozen=True)
class BedrijfSleutel:
    """Een onderneming of rechtspersoon, eventueel één vestiging ervan.

    `rsin` is leeg tot het Handelsregister hem gaf. Zaken noemen een rechtspersoon vaak alleen met zijn
    RSIN; het zegt niets over wie de klant is en telt daarom niet mee bij vergelijken.
    """

    kvk: KvkNummer
    vestiging: Vestigingsnummer | None = None
    rsin: str = field(default="", compare=False)


@dataclass(frozen=True)
class PartijSleutel:
    """Een klant die alleen in Klantinteracties staat, zonder BSN of KVK-nummer."""

    uuid: str


KlantSleutel = PersoonSleutel | BedrijfSleutel | PartijSleutel


class Herkomst(StrEnum):
    """Hoe de klant is gevonden. Telefoon, e-mail en een adres met geheimhouding vragen daarna om een
    controle."""

    BSN = "bsn"
    NAAM = "naam"
    ADRES = "adres"
    TELEFOON = "telefoon"
    EMAIL = "email"
    ZAAK = "zaak"
    KVK = "kvk"
    SLEUTEL = "sleutel"
    ADRES_GEHEIM = "adres_geheim"

    @property
    def vraagt_controle(self) -> bool:
        """Waar als de manier van vinden niet bewijst wie de klant is."""
        return self in (Herkomst.TELEFOON, Herkomst.EMAIL, Herkomst.ADRES_GEHEIM, Herkomst.SLEUTEL)


class Controle(StrEnum):
    """Waarmee de medewerker heeft gecontroleerd wie er spreekt."""

    VRAGEN_BEANTWOORD = "vragen_beantwoord"
    IDENTITEITSBEWIJS = "identiteitsbewijs"
    ANDERS = "anders"


class WaarschuwingSoort(StrEnum):
    """In volgorde van gewicht: de zwaarste staat bovenaan."""

    OVERLEDEN = "overleden"
    GEHEIMHOUDING = "geheimhouding"
    ADRES_IN_ONDERZOEK = "adres_in_onderzoek"
    CURATELE = "curatele"
    NIET_INGEZETENE = "niet_ingezetene"


@dataclass(frozen=True)
class Waarschuwing:
    soort: WaarschuwingSoort
    tekst: str


@dataclass(frozen=True)
class Naam:
    """Namen zoals het register ze geeft; `aanschrijfnaam` volgt het naamgebruik van de persoon."""

    voornamen: str = ""
    voorletters: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""
    volledig: str = ""
    aanschrijfnaam: str = ""
    aanhef: str = ""
    lopende_tekst: str = ""

    @property
    def weergave(self) -> str:
        """De naam boven het scherm: aanschrijfnaam, anders de volledige naam."""
        return self.aanschrijfnaam or self.volledig or self.geslachtsnaam

    @property
    def kort(self) -> str:
        """Voornaam en eerste letter van de achternaam, voor wie nog niet is gecontroleerd."""
        voornaam = self.voornamen.split()[0] if self.voornamen.split() else self.voorletters
        letter = f"{self.geslachtsnaam[:1]}." if self.geslachtsnaam else ""
        return f"{voornaam} {letter}".strip() or "Naam onbekend"


@dataclass(frozen=True)
class Adres:
    """Een adres in regels zoals op een envelop; postcode en huisnummer apart voor de controle."""

    regels: tuple[str, ...]
    postcode: str = ""
    huisnummer: str = ""
    woonplaats: str = ""
    in_onderzoek: bool = False
    buitenland: bool = False


class AdresSoort(StrEnum):
    TELEFOON = "telefoonnummer"
    EMAIL = "email"
    OVERIG = "overig"


@dataclass(frozen=True)
class DigitaalAdres:
    """Telefoonnummer of e-mailadres uit Klantinteracties; `adres` is de tekst zoals het register hem
    geeft."""

    uuid: str
    soort: AdresSoort
    adres: str = field(repr=False)
    is_standaard: bool = False
    omschrijving: str = ""


@dataclass(frozen=True)
class Persoon:
    """Een inwoner uit de BRP (Haal Centraal BRP Personen 2.7)."""

    bsn: Bsn
    naam: Naam
    geboortedatum: Datum | None = None
    leeftijd: int | None = None
    geslacht: str = ""
    adres: Adres | None = None
    gemeente_code: str = ""
    geheimhouding: bool = False
    overleden: bool = False
    overlijdensdatum: Datum | None = None
    opschorting_reden: str = ""
    adres_in_onderzoek: bool = False
    curatele: bool = False


@dataclass(frozen=True)
class Bedrijf:
    """Een onderneming of vestiging uit het Handelsregister (KVK Zoeken 2, Basisprofiel 1)."""

    kvk: KvkNummer
    naam: str
    vestiging: Vestigingsnummer | None = None
    rsin: str = ""
    handelsnamen: tuple[str, ...] = ()
    rechtsvorm: str = ""
    activiteiten: tuple[str, ...] = ()
    adres: Adres | None = None
    adres_afgeschermd: bool = False
    geen_reclame: bool = False
    actief: bool = True


@dataclass(frozen=True)
class Partij:
    """Een klant in Klantinteracties. `betrokkene_uuids` bewijst welke contacten van deze partij zijn."""

    uuid: str
    soort: str
    naam: Naam = field(default_factory=Naam)
    organisatienaam: str = ""
    bsn: Bsn | None = None
    kvk: KvkNummer | None = None
    vestiging: Vestigingsnummer | None = None
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    voorkeurskanaal: str = ""
    voorkeurstaal: str = ""
    geheimhouding: bool = False
    actief: bool = True
    interne_notitie: str = ""
    betrokkene_uuids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kandidaat:
    """Een treffer bij het zoeken. Wat wegens geheimhouding of een losse telefoontreffer niet mag, is leeg.

    `mogelijk` is waar bij een treffer op telefoon of e-mail: dat nummer is geen identiteit.
    """

    sleutel: KlantSleutel
    naam: str
    herkomst: Herkomst
    geboortedatum: Datum | None = None
    adres: str = ""
    toelichting: str = ""
    geheimhouding: bool = False

    @property
    def mogelijk(self) -> bool:
        return self.herkomst in (Herkomst.TELEFOON, Herkomst.EMAIL)


@dataclass(frozen=True)
class RecenteKlant:
    """Een klant van deze dienst, alleen in het geheugen.

    `herkomst` is hoe hij de eerste keer is gevonden: na een telefoontreffer vraagt ook heropenen om een
    controle.
    """

    sleutel: KlantSleutel
    naam: str
    geopend_op: date
    herkomst: Herkomst = Herkomst.SLEUTEL
