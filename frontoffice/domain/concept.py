"""Een lopend contact zoals de medewerker het invult: het concept.

Bevroren waarden; elke toetsaanslag maakt een nieuw concept. Wat het register ervan krijgt, staat in
`registratie`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontoffice.domain.klant import BedrijfSleutel, Controle, KlantSleutel, PartijSleutel, PersoonSleutel
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer


class Afsluiting(StrEnum):
    """Hoe het contact eindigde. Alleen `NIET_GELUKT` geeft indicatieContactGelukt onwaar."""

    BEANTWOORD = "beantwoord"
    DOORVERBONDEN = "doorverbonden"
    TERUGBELVERZOEK = "terugbelverzoek"
    AFSPRAAK = "afspraak"
    NIET_GELUKT = "niet_gelukt"


class Identiteitsniveau(StrEnum):
    """Wat er is gevraagd: algemene informatie, de eigen zaak, of iets gevoeligs."""

    ALGEMEEN = "algemeen"
    EIGEN_ZAAK = "eigen_zaak"
    GEVOELIG = "gevoelig"


NIVEAUS: tuple[tuple[Identiteitsniveau, str], ...] = (
    (Identiteitsniveau.ALGEMEEN, "Algemene vraag"),
    (Identiteitsniveau.EIGEN_ZAAK, "Eigen zaak"),
    (Identiteitsniveau.GEVOELIG, "Gevoelig"),
)
"""Van licht naar zwaar, met hoe de medewerker het noemt."""


class Actorsoort(StrEnum):
    """Wie een terugbelverzoek krijgt, zoals de medewerker het noemt."""

    AFDELING = "afdeling"
    GROEP = "groep"
    MEDEWERKER = "medewerker"


@dataclass(frozen=True)
class Identiteit:
    """Tot welk niveau en waarmee is gecontroleerd; nooit de antwoorden zelf."""

    niveau: Identiteitsniveau
    methode: str


VERGELEKEN = "geboortedatum en adres vergeleken"


def to_identiteit(wijze: Controle, toelichting: str = "") -> Identiteit:
    """Tot waar een controle reikt en waarmee; wat de medewerker zelf typte, blijft in het logboek."""
    if wijze is Controle.IDENTITEITSBEWIJS:
        return Identiteit(Identiteitsniveau.GEVOELIG, "identiteitsbewijs gezien")
    if wijze is Controle.ANDERS:
        return Identiteit(Identiteitsniveau.EIGEN_ZAAK, "op een andere manier")
    methode = VERGELEKEN if toelichting == VERGELEKEN else "vragen goed beantwoord"
    return Identiteit(Identiteitsniveau.EIGEN_ZAAK, methode)


@dataclass(frozen=True)
class Gesprekspartner:
    """Een klant of vertegenwoordiger bij een contact. `partij_uuid` leeg = niet bekend.

    `is_nieuw`: het register is bevraagd en kent deze klant nog niet. `plaats`: het dorp, voor de cijfers;
    leeg bij geheimhouding.
    """

    naam: str = field(default="", repr=False)
    geboortedatum: str = field(default="", repr=False)
    bsn: str = field(default="", repr=False)
    kvk: str = ""
    vestiging: str = ""
    partij_uuid: str = ""
    is_nieuw: bool = False
    plaats: str = ""

    @property
    def sleutel(self) -> KlantSleutel | None:
        """Waarmee deze klant weer te openen is; None bij iemand die alleen een naam heeft."""
        if self.bsn:
            return PersoonSleutel(Bsn(self.bsn))
        if self.kvk:
            vestiging = Vestigingsnummer(self.vestiging) if self.vestiging else None
            return BedrijfSleutel(KvkNummer(self.kvk), vestiging)
        return PartijSleutel(self.partij_uuid) if self.partij_uuid else None

    @property
    def zin(self) -> str:
        """ "A. Jansen, geboren 1-12-1985": hoe deze mens bij het afronden wordt genoemd."""
        return f"{self.naam}, geboren {self.geboortedatum}" if self.geboortedatum else self.naam


def make_partner(
    sleutel: KlantSleutel,
    naam: str,
    geboortedatum: str = "",
    partij_uuid: str = "",
    *,
    is_nieuw: bool = False,
) -> Gesprekspartner:
    """De gesprekspartner bij een klant die in beeld is."""
    if isinstance(sleutel, PersoonSleutel):
        return Gesprekspartner(
            naam, geboortedatum, bsn=sleutel.bsn.nummer, partij_uuid=partij_uuid, is_nieuw=is_nieuw
        )
    if isinstance(sleutel, BedrijfSleutel):
        vestiging = sleutel.vestiging.nummer if sleutel.vestiging else ""
        return Gesprekspartner(naam, "", "", sleutel.kvk.nummer, vestiging, partij_uuid, is_nieuw)
    return Gesprekspartner(naam, geboortedatum, partij_uuid=sleutel.uuid)


@dataclass(frozen=True)
class ZaakKoppeling:
    """Een zaak die bij het contact hoort."""

    uuid: str
    nummer: str
    omschrijving: str


@dataclass(frozen=True)
class NieuwAdres:
    """Een nieuw of verbeterd nummer of e-mailadres.

    `soort` is "telefoonnummer" of "email". `bewaren` onwaar = alleen voor dit gesprek (bij de betrokkene).
    """

    soort: str
    adres: str = field(repr=False)
    bewaren: bool = False


@dataclass(frozen=True)
class Afdeling:
    """Wie een terugbelverzoek kan krijgen; uit het profiel of uit het register.

    `object_id` is de identificatie in het register (actoridentificator), `vragen` wat de afdeling wil weten,
    `werkdagen` haar eigen norm om terug te bellen (0 = die van de gemeente).
    """

    soort: Actorsoort
    object_id: str
    naam: str
    organisatie: str = ""
    vragen: tuple[str, ...] = ()
    werkdagen: int = 0


def find_op_naam(afdelingen: Iterable[Afdeling], naam: str) -> tuple[Afdeling, ...]:
    """Wie zo heet. Precies de identificatie gaat voor; anders maken hoofdletters niet uit."""
    alle = tuple(afdelingen)
    zoek = naam.casefold()
    return tuple(a for a in alle if a.object_id == naam) or tuple(
        a for a in alle if zoek in (a.naam.casefold(), a.object_id.casefold())
    )


@dataclass(frozen=True)
class Terugbelverzoek:
    """Een belofte aan de klant.

    `uiterlijk` is wat de afdeling moet halen, `beloofd` wat de klant is gezegd. `telefoon` in E.164.
    `laten_weten`: beloofd is niet terugbellen maar dit ("of de stoep is gemaakt"); dan hoeft er geen nummer.
    """

    aan: Afdeling
    vraag: str
    uiterlijk: date
    beloofd: date
    telefoon: str
    antwoorden: tuple[tuple[str, str], ...] = ()
    laten_weten: str = ""


@dataclass(frozen=True)
class Concept:
    """Eén vraag in een contact dat loopt.

    `uuid` is de sleutel vanaf het begin: zij gaat mee naar het register en is het bewijs dat een tweede
    poging hetzelfde contact is. `gesprek` delen de vragen van één gesprek. `begonnen_op` is UTC en mag
    worden verbeterd; `duur_s` komt van een klok die niet verspringt. `plek` is de toets Ctrl+1…9 (0 = geen).
    `meldingen`: nummers van meldingen openbare ruimte waar het over gaat.
    `taak_uuid`: "Klant belt opnieuw" over dit open terugbelverzoek. `versie` telt de wijzigingen: een oudere
    stand komt nooit over een nieuwere heen.
    """

    uuid: str
    gesprek: str
    medewerker: str
    begonnen_op: datetime
    kanaal: str
    plek: int = 0
    klant: Gesprekspartner | None = None
    bedrijf: Gesprekspartner | None = None
    namens: Gesprekspartner | None = None
    onderwerp: str = ""
    notitie: str = ""
    cursor: int = 0
    schuif: int = 0
    zaken: tuple[ZaakKoppeling, ...] = ()
    taal: str = "nld"
    vertrouwelijk: bool = False
    afsluiting: Afsluiting | None = None
    doorverbonden_met: str = ""
    terugbel: Terugbelverzoek | None = None
    taak_uuid: str = ""
    taak_contact_uuid: str = ""
    adressen: tuple[NieuwAdres, ...] = ()
    niet_op_website: bool = False
    webpagina: str = ""
    compliment: bool = False
    complimenttekst: str = ""
    identiteit: Identiteit | None = None
    afspraak: str = ""
    duur_s: float = 0.0
    extra: dict[str, str] = field(default_factory=dict)
    versie: int = 0
    meldingen: tuple[str, ...] = ()

    @property
    def is_leeg(self) -> bool:
        """Niets ingevuld en niemand gekozen: dit concept mag zonder vraag weg."""
        return not (
            self.notitie.strip() or self.onderwerp.strip() or self.klant or self.bedrijf or self.zaken
            or self.meldingen
            or self.terugbel or self.adressen
        )  # fmt: skip
