"""Wat het register van een afgerond contact krijgt, en in welke toestand dat is.

Een registratie is af: er komt geen tekst meer bij. Een lange notitie wordt in delen geknipt, nooit afgekapt.
Grenzen en veldnamen: Klantinteracties 2.18 (maak-klantcontact).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from frontoffice.domain.concept import Afdeling, Gesprekspartner, NieuwAdres
from frontoffice.domain.taakwijziging import Taakstap

MAX_ONDERWERP = 200
MAX_INHOUD = 1000
WAARSCHUW_INHOUD = 900
MAX_HANDELING = 200
MAX_METADATA = 255
MAX_KANAAL = 50
ZAAKNUMMER = "nummer:"
"""Zo begint een zaak in een registratie waarvan alleen het nummer bekend is; het uuid volgt bij versturen."""
SLEUTEL = "kifsleutel"
"""De sleutel in metadata. Het register maakt van sleutels camelCase: alleen kleine letters blijven zo."""


class Toestand(StrEnum):
    """Waar een registratie is. De waarden zijn die van de opdrachtregel."""

    NOG_NIET_VERSTUURD = "nog_niet_verstuurd"
    WORDT_VERSTUURD = "wordt_verstuurd"
    WORDT_NAGEKEKEN = "wordt_nagekeken"
    STAAT_IN_REGISTER = "staat_in_register"
    ACTIE_NODIG = "actie_nodig"


class Rol(StrEnum):
    """Rol van een betrokkene (Klantinteracties)."""

    KLANT = "klant"
    VERTEGENWOORDIGER = "vertegenwoordiger"


@dataclass(frozen=True)
class Deelnemer:
    """Een betrokkene die gemaakt wordt. Zonder nummer of partij blijft het bij de naam."""

    wie: Gesprekspartner
    rol: Rol = Rol.KLANT
    initiator: bool = True
    adressen: tuple[NieuwAdres, ...] = ()


@dataclass(frozen=True)
class Taakopgave:
    """Een internetaak die gemaakt wordt. `toelichting` bevat de belofte leesbaar en machineleesbaar."""

    aan: Afdeling
    handeling: str
    toelichting: str


@dataclass(frozen=True)
class Herhaling:
    """ "Klant belt opnieuw": het open terugbelverzoek dat een telling krijgt, en het eerste contact ervan."""

    taak_uuid: str
    contact_uuid: str
    om: datetime


class Opdracht(Protocol):
    """Wat er in de outbox kan staan: een contact, of iets anders dat precies één keer moet gebeuren.

    Een bevroren dataclass die als JSON te bewaren is. Welke er zijn, staat in `domain.opdracht`.
    """

    soort: ClassVar[str]
    """Onder deze naam staat zij in de winkel; verandert nooit."""

    @property
    def uuid(self) -> str:
        """De sleutel vanaf het begin: het bewijs dat een tweede poging hetzelfde is."""

    @property
    def groep(self) -> str:
        """Opdrachten met dezelfde groep gaan op volgorde; leeg = geen volgorde."""

    @property
    def medewerker(self) -> str: ...

    @property
    def medewerker_naam(self) -> str: ...

    @property
    def onderwerp(self) -> str:
        """Waarover het gaat, voor de lijst op het scherm."""

    @property
    def wie(self) -> str:
        """Over of voor wie, voor de lijst; leeg = niemand in het bijzonder."""

    @property
    def om(self) -> datetime:
        """Wanneer de medewerker dit deed, UTC."""


@dataclass(frozen=True)
class Registratie:
    """Eén klantcontact voor het register.

    `referentienummer` telt ten hoogste tien cijfers. `plaatsgevonden_op` is het begin van het contact in
    UTC. `groep` is gelijk voor registraties die op volgorde moeten (dezelfde klant of hetzelfde gesprek).
    `meldingen`: nummers van meldingen openbare ruimte waar dit contact over ging.
    `vervolg`: wat dit contact doet met het terugbelverzoek waar het over gaat.
    """

    soort: ClassVar[str] = "contact"

    uuid: str
    referentienummer: str
    medewerker: str
    medewerker_naam: str
    kanaal: str
    onderwerp: str
    inhoud: str
    taal: str
    vertrouwelijk: bool
    gelukt: bool
    plaatsgevonden_op: datetime
    groep: str
    deelnemers: tuple[Deelnemer, ...] = ()
    zaken: tuple[str, ...] = ()
    taak: Taakopgave | None = None
    herhaling: Herhaling | None = None
    vervolg: Taakstap | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    meldingen: tuple[str, ...] = ()

    @property
    def wie(self) -> str:
        return " en ".join(deelnemer.wie.zin for deelnemer in self.deelnemers if deelnemer.wie.naam)

    @property
    def om(self) -> datetime:
        return self.plaatsgevonden_op


@dataclass(frozen=True)
class Verzending:
    """Een rij van de outbox. `stappen` zijn de uuid's die het register al gaf, per stap.

    `niet_voor` is het einde van de tijd om ongedaan te maken of te wachten; `fout` een hele zin, leeg als er
    niets mis is; `veld` het veld dat het register afkeurde.
    """

    id: int
    opdracht: Opdracht
    toestand: Toestand
    pogingen: int
    aangemaakt_op: datetime
    niet_voor: datetime
    stappen: dict[str, str] = field(default_factory=dict)
    fout: str = ""
    veld: str = ""
    http_status: int | None = None
    verstuurd_op: datetime | None = None

    @property
    def registratie(self) -> Registratie:
        """De opdracht, als zij een contact is. Raises TypeError."""
        if not isinstance(self.opdracht, Registratie):
            raise TypeError(f"geen contact maar {self.opdracht.soort}")
        return self.opdracht

    @property
    def is_klaar(self) -> bool:
        """Staat dit in het register?"""
        return self.toestand is Toestand.STAAT_IN_REGISTER


_ONBRUIKBAAR = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean_tekst(tekst: str) -> str:
    """Zonder tekens die een register of database weigert: regeleinden gelijk, geen stuurtekens."""
    return _ONBRUIKBAAR.sub("\ufffd", tekst.replace("\r\n", "\n").replace("\r", "\n"))


def cut_inhoud(tekst: str, grens: int = MAX_INHOUD) -> tuple[str, ...]:
    """De notitie in delen van ten hoogste `grens` tekens, geknipt op een regel of woord; altijd minstens één.

    Aan elkaar gezet geven de delen precies `tekst` terug.
    """
    if grens < 1:
        raise ValueError("grens moet minstens 1 zijn")
    delen: list[str] = []
    rest = tekst
    while len(rest) > grens:
        knip = _find_knip(rest, grens)
        delen.append(rest[:knip])
        rest = rest[knip:]
    return (*delen, rest)


def _find_knip(tekst: str, grens: int) -> int:
    """Na een regeleinde of spatie in de laatste helft, anders midden in een woord."""
    for scheiding in ("\n", " "):
        plek = tekst.rfind(scheiding, grens // 2, grens)
        if plek >= 0:
            return plek + 1
    return grens


def label_deel(onderwerp: str, nummer: int, totaal: int) -> str:
    """Het onderwerp van een deel: "Paspoort (1/2)", binnen de grens van het register."""
    if totaal == 1:
        return onderwerp[:MAX_ONDERWERP]
    achter = f" ({nummer}/{totaal})"
    return onderwerp[: MAX_ONDERWERP - len(achter)] + achter
