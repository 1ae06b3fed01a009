"""Het profiel van één gemeente: een gecontroleerde, bevroren waarde.

Zegt waar de registers staan, wie er werkt en wat die persoon mag. Bevat nooit een geheim; lezen en
controleren staat in `frontoffice.profiel.lezen`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from frontoffice.domain.bevoegdheid import Bevoegdheid
from frontoffice.domain.normen import GEWOON, Normen

if TYPE_CHECKING:
    from frontoffice.domain.concept import Afdeling
    from frontoffice.profiel.berichten import Berichten


class Register(StrEnum):
    """De registers waar het programma mee praat, met de namen uit het profiel."""

    KLANTINTERACTIES = "klantinteracties"
    ZAKEN = "zaken"
    CATALOGI = "catalogi"
    DOCUMENTEN = "documenten"
    BRP = "brp"
    KVK = "kvk"


class Login(StrEnum):
    """Hoe een register weet wie er vraagt.

    token: `Authorization: Token …` · bearer: `Authorization: Bearer …` · jwt: ZGW-token (HS256) met client_id
    · apikey: eigen header · geen: niets, bijvoorbeeld achter een netwerk dat zelf bewaakt.
    """

    TOKEN = "token"
    BEARER = "bearer"
    JWT = "jwt"
    APIKEY = "apikey"
    GEEN = "geen"


@dataclass(frozen=True)
class Gemeente:
    """`code` is de gemeentecode van de BRP. `vandaag` zet de klok van een demonstratie op een andere dag."""

    naam: str
    code: str
    demo: bool = False
    vandaag: date | None = None


@dataclass(frozen=True)
class Werkplek:
    """`soort` is "telefoon" of "balie"; aan de balie zijn BSN, geboortedatum en adres eerst dicht.

    `gedeelde_accounts`: accounts van het systeem waarmee meer mensen werken; daar meldt ieder zich eerst aan.
    `bel_met_pc`: een nummer gaat naar het telefoonprogramma van deze pc (tel:), en niet naar het klembord.
    """

    soort: str = "telefoon"
    afdekken_na_minuten: int = 5
    gedeelde_accounts: tuple[str, ...] = ()
    bel_met_pc: bool = False

    def is_gedeeld(self, account: str) -> bool:
        """Windows let bij accounts niet op hoofdletters; hier dus ook niet."""
        return account.casefold() in {gedeeld.casefold() for gedeeld in self.gedeelde_accounts}


@dataclass(frozen=True)
class Medewerker:
    """Wie er werkt. `identificatie` gaat mee in het logboek en naar Open Zaak (user_id).

    `afdelingen`: identificaties van de afdelingen en groepen waar hij bij hoort (de werklijst van het team).
    """

    naam: str
    identificatie: str
    organisatie: str
    rol: str
    afdelingen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aansluiting:
    """Eén register: adres zonder schuine streep aan het eind, en hoe erin te komen.

    `geheim` is de naam van het geheim, niet de waarde. `header` geldt bij login "apikey".
    """

    naam: Register
    url: str
    login: Login
    geheim: str
    client_id: str = ""
    header: str = ""
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Objectcode:
    """Hoe Klantinteracties een persoon, bedrijf of zaak aanduidt (de codes van een identificator)."""

    code_register: str
    code_objecttype: str
    code_soort_object_id: str


@dataclass(frozen=True)
class Codes:
    bsn: Objectcode
    kvk: Objectcode
    vestiging: Objectcode
    zaak: Objectcode
    melding: Objectcode = Objectcode("signalen", "melding", "meldingnummer")


@dataclass(frozen=True)
class Termijnen:
    """Tijden in seconden: verbinding maken, het hele eerste beeld, en details of documenten."""

    verbinden: float = 2.0
    eerste_beeld: float = 4.5
    details: float = 30.0


@dataclass(frozen=True)
class Agenda:
    """De agenda van de avonden.

    `database` is het adres van de gedeelde agenda, zonder wachtwoord (dat is het geheim `geheim`); leeg = er
    is er geen. `alleen_deze_pc`: bewust een eigen agenda op deze pc, die een collega niet ziet. `kanaal`:
    waar deze werkplek voor boekt. `ca_bundel` None = de certificaten van het systeem. `extern_uren`: zo lang
    mag een lijst van een andere agenda op de avond zelf oud zijn. `klantsleutel`: de naam van het geheim dat
    het tweede deel van het klantgeheim is; leeg = het klantgeheim staat alleen in de agenda.
    """

    database: str = ""
    alleen_deze_pc: bool = False
    geheim: str = "agenda"
    sslmode: str = "verify-full"
    ca_bundel: Path | None = None
    kanaal: str = "telefoon"
    extern_uren: int = 4
    klantsleutel: str = ""


@dataclass(frozen=True)
class Registratie:
    """Hoe contacten worden geregistreerd.

    `medewerker`, `afdeling` en `groep`: de codes van een actor in Klantinteracties. `werkplek_nummer`: de
    eerste drie cijfers van een referentienummer, leeg = het programma kiest er zelf een. `onderwerpen` zijn
    de favorieten voor een algemene vraag, `afdelingen` wie een terugbelverzoek kan krijgen (leeg = wie er in
    het register staan). `niet_op_website`: het vinkje daarvoor is aan. `taal` is ISO 639-2/B.
    """

    taal: str = "nld"
    medewerker: Objectcode = Objectcode("msei", "mdw", "idf")
    afdeling: Objectcode = Objectcode("obj", "afd", "idf")
    groep: Objectcode = Objectcode("obj", "grp", "idf")
    werkplek_nummer: str = ""
    onderwerpen: tuple[str, ...] = ()
    alleen_kijken_redenen: tuple[str, ...] = ()
    niet_op_website: bool = True
    verzoeken_per_seconde: int = 4
    terugbel_werkdagen: int = 2
    afdelingen: tuple[Afdeling, ...] = ()


@dataclass(frozen=True)
class Logboekadres:
    """Waar de regels van het logboek ook heen gaan: elke regel één keer, in volgorde.

    `geheim` is de naam van het geheim om binnen te komen. `afdrukgeheim`: dat waarmee een klant in het
    logboek wordt aangeduid, op elke werkplek van de gemeente hetzelfde: dan is "wie zag haar" één vraag.
    """

    url: str
    login: Login = Login.BEARER
    geheim: str = "logboek"
    afdrukgeheim: str = "logboek-afdruk"
    header: str = ""
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Meldingen:
    """Het meldingensysteem voor de openbare ruimte (Signalen v1).

    `url` eindigt op /signals/v1. `bron`: de naam van de bron waaronder wij melden, leeg = het programma kiest
    een bron van de telefoon. `scherm`: het adres van een melding in de browser, met {nummer}; leeg = geen.
    """

    url: str
    login: Login = Login.BEARER
    geheim: str = "meldingen"
    bron: str = ""
    scherm: str = ""
    header: str = ""
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Locaties:
    """De plaatsenlijst (PDOK Locatieserver v3). `gemeente`: waar een plek in moet liggen."""

    url: str
    gemeente: str
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Profiel:
    """Een profiel dat is nagekeken. `brp_doelen`: per soort BRP-vraag de headers die meegaan.

    `op_gedeeld_account`: het account van dit systeem is gedeeld; wie er werkt, is een van `medewerkers` die
    zich heeft aangemeld. Anders is het `medewerker`.
    """

    gemeente: Gemeente
    werkplek: Werkplek
    medewerker: Medewerker
    rollen: Mapping[str, Bevoegdheid]
    registers: Mapping[Register, Aansluiting]
    codes: Codes
    kanalen: tuple[str, ...]
    brp_doelen: Mapping[str, Mapping[str, str]]
    termijnen: Termijnen
    wacht_op_inwoner: tuple[str, ...]
    pad: Path | None = None
    agenda: Agenda = Agenda()
    registratie: Registratie = Registratie()
    logboek: Logboekadres | None = None
    normen: Normen = GEWOON
    berichten: Berichten | None = None
    meldingen: Meldingen | None = None
    locaties: Locaties | None = None
    medewerkers: tuple[Medewerker, ...] = ()
    op_gedeeld_account: bool = False

    @property
    def bevoegdheid(self) -> Bevoegdheid:
        """Wat de medewerker van dit profiel mag; de rol is bij het lezen nagekeken."""
        return self.rollen[self.medewerker.rol]

    @property
    def alleen_loopback(self) -> bool:
        """Waar als elk register op deze computer zelf draait."""
        from frontoffice.profiel.adressen import is_loopback

        adressen = [aansluiting.url for aansluiting in self.registers.values()]
        adressen += [deel.url for deel in (self.logboek, self.meldingen, self.locaties) if deel is not None]
        if self.berichten is not None:
            adressen += self.berichten.adressen
        return all(is_loopback(adres) for adres in adressen)


def profielpad(gekozen: str | None, omgeving: Mapping[str, str] | None = None) -> Path | None:
    """Het profiel van --profile, anders KIF_PROFILE; None betekent: het ingebouwde demoprofiel."""
    tekst = gekozen or (os.environ if omgeving is None else omgeving).get("KIF_PROFILE", "")
    return Path(tekst).expanduser() if tekst else None
