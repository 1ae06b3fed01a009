"""Een melding openbare ruimte: wat, waar, wie meldde en wie ermee bezig is.

Alleen waarden, zoals het meldingensysteem ze gaf; wat ze betekenen staat in `meldingstand`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontoffice.domain.taal import dag_van

AFGESCHERMD = "*****"
"""Zo geeft Signalen een e-mailadres of nummer aan wie het niet mag zien: geen waarde, wel een teken dat er
een is."""
CODE_REGISTER, CODE_OBJECTTYPE, CODE_SOORT = "signalen", "melding", "meldingnummer"
"""Hoe een klantcontact naar een melding wijst (onderwerpobjectidentificator)."""
MAX_TEKST = 3000
MAX_VRAAG = 1000
MAX_FOTO = 8 * 1024 * 1024
FOTOSOORTEN = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}
MEESTE_FOTOS = 5
DUBBEL_METER = 50
DUBBEL_WEKEN = 12
_KLAAR = frozenset({"o", "a", "s"})


@dataclass(frozen=True)
class Punt:
    """Een plaats in WGS84, in graden."""

    lengte: float
    breedte: float


@dataclass(frozen=True, repr=False)
class Plek:
    """Waar het is. Zonder straat is er alleen een punt; `omschrijving` is voor op het scherm."""

    omschrijving: str
    punt: Punt | None = None
    straat: str = ""
    huisnummer: str = ""
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    plaats: str = ""


@dataclass(frozen=True, repr=False)
class Melder:
    """Wie het meldde. `afgeschermd`: er zijn gegevens, maar dit programma mag ze niet zien.

    `mag_mail` is onwaar als de melder geen bericht meer wil.
    """

    email: str = ""
    telefoon: str = ""
    email_afgeschermd: bool = False
    telefoon_afgeschermd: bool = False
    mag_mail: bool = True

    @property
    def afgeschermd(self) -> bool:
        return self.email_afgeschermd or self.telefoon_afgeschermd

    @property
    def is_anoniem(self) -> bool:
        return not (self.email or self.telefoon or self.afgeschermd)

    @property
    def krijgt_mail(self) -> bool:
        return self.mag_mail and bool(self.email or self.email_afgeschermd)


@dataclass(frozen=True)
class Meldingstatus:
    """De stand zoals het register haar gaf. `naam` is zijn eigen woord; `mail` of er om een e-mail is
    gevraagd (None = het register zegt dat niet)."""

    code: str
    naam: str = ""
    tekst: str = ""
    sinds: datetime | None = None
    mail: bool | None = None
    kenmerk: str = ""

    @property
    def afdruk(self) -> str:
        """Waaraan te zien is dat de stand intussen is veranderd."""
        return f"{self.code}|{self.sinds.isoformat() if self.sinds else ''}"


class Soort(StrEnum):
    """Wat er in de geschiedenis gebeurde, in onze woorden."""

    STATUS = "status"
    NOTITIE = "notitie"
    SERVICEBELOFTE = "servicebelofte"
    CATEGORIE = "categorie"
    PLEK = "plek"
    TOEWIJZING = "toewijzing"
    REACTIE = "reactie van de melder"
    OVERIG = "overig"


@dataclass(frozen=True)
class Gebeurtenis:
    """Eén regel van de geschiedenis. `om` is UTC; `wie` is voor de medewerker, nooit voor de melder."""

    soort: Soort
    om: datetime | None
    titel: str
    tekst: str = ""
    wie: str = ""


@dataclass(frozen=True)
class Melding:
    """Eén melding. Tijden in UTC. `weergave` is het nummer zoals de melder het kent ("SIG-1234").

    `notities` zijn alleen voor collega's. `deelmelding`: hoort bij een grotere melding.
    """

    nummer: int
    weergave: str
    tekst: str = field(repr=False)
    categorie: str
    hoofdcategorie: str
    categoriepad: str
    status: Meldingstatus
    plek: Plek | None = None
    melder: Melder = field(default_factory=Melder, repr=False)
    gemeld_op: datetime | None = None
    gewijzigd_op: datetime | None = None
    uiterlijk: datetime | None = None
    veel_te_laat_na: datetime | None = None
    afdelingen: tuple[str, ...] = ()
    behandelaar: str = ""
    bron: str = ""
    notities: tuple[str, ...] = field(default=(), repr=False)
    kenmerken: tuple[str, ...] = ()
    heeft_fotos: bool = False
    deelmelding: bool = False
    heeft_deelmeldingen: bool = False

    @property
    def is_open(self) -> bool:
        return self.status.code not in _KLAAR

    @property
    def wie(self) -> str:
        """Wie ermee bezig is, voor de melder: een afdeling, nooit een naam."""
        return ", ".join(self.afdelingen)


# --- categorieën, bronnen, dubbelen ------------------------------------------------------------------------


@dataclass(frozen=True)
class Categorie:
    """Een soort melding. `adres` is het pad waarmee het register haar aanduidt; `belofte` is wat er bij het
    melden wordt beloofd. `afdelingen` zijn paren (code, naam) van wie haar oplost."""

    slug: str
    naam: str
    hoofdslug: str
    hoofdnaam: str
    adres: str
    belofte: str = ""
    omschrijving: str = ""
    afdelingen: tuple[tuple[str, str], ...] = ()

    @property
    def pad(self) -> str:
        return f"{self.hoofdslug}/{self.slug}"


@dataclass(frozen=True)
class Meldingbron:
    """Waar een melding vandaan komt ("Telefoon"), zoals deze gemeente dat noemt."""

    naam: str
    actief: bool = True
    te_kiezen: bool = True


def meters(a: Punt, b: Punt) -> float:
    """De afstand in meters; nauwkeurig genoeg binnen een gemeente."""
    hoogte = math.radians(b.breedte - a.breedte) * 6_371_000
    breed = (
        math.radians(b.lengte - a.lengte) * 6_371_000 * math.cos(math.radians((a.breedte + b.breedte) / 2))
    )
    return math.hypot(hoogte, breed)


def dubbel_in_woorden(melding: Melding, vandaag: date) -> str:
    """ "Is al gemeld, 3 dagen geleden" """
    if melding.gemeld_op is None:
        return "Is al gemeld"
    geleden = (vandaag - dag_van(melding.gemeld_op)).days
    wanneer = ("vandaag", "gisteren")[geleden] if 0 <= geleden < 2 else f"{geleden} dagen geleden"
    return f"Is al gemeld, {wanneer}"


_NUMMER = re.compile(r"\s*(?:[A-Za-z]{2,5}[-\s]?)?([0-9]{1,10})\s*")


def read_nummer(tekst: str) -> int | None:
    """Het nummer uit "SIG-1234", "sig 1234" of "1234"; None als het er geen is."""
    treffer = _NUMMER.fullmatch(tekst)
    return int(treffer.group(1)) if treffer else None
