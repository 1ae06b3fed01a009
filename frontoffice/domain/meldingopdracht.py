"""Wat er met een melding moet gebeuren: maken, een notitie, een nieuwe stand, of "verteld".

Een opdracht voor de outbox. De foto's zelf staan apart in de winkel; hier alleen hun naam en soort.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from frontoffice.domain.melding import FOTOSOORTEN, Plek
from frontoffice.domain.meldingstand import NIEUWE_STANDEN, format_verteld

_MAX_NOTITIE = 3000


class Handeling(StrEnum):
    MAKEN = "maken"
    NOTITIE = "notitie"
    STAND = "stand"
    VERTELD = "verteld"


@dataclass(frozen=True)
class Meldingfoto:
    """`naam` is de plaats in de winkel ("0", "1", …); `soort` is het mediatype."""

    naam: str
    soort: str


@dataclass(frozen=True)
class Meldingopgave:
    """De melding die gemaakt wordt; zonder e-mail en telefoon is zij anoniem."""

    tekst: str
    plek: Plek
    categorie_adres: str
    categorie: str
    begin: datetime
    email: str = field(default="", repr=False)
    telefoon: str = field(default="", repr=False)
    delen_mag: bool = False
    spoed: bool = False
    fotos: tuple[Meldingfoto, ...] = ()


@dataclass(frozen=True)
class Standwijziging:
    """`gezien`: de stand die de medewerker zag (Meldingstatus.afdruk); is zij nu anders, dan stopt het."""

    code: str
    tekst: str
    mail: bool
    gezien: str = ""


@dataclass(frozen=True)
class Meldingopdracht:
    """Eén handeling. `uuid` is het kenmerk waaraan een eigen eerdere poging te herkennen is."""

    soort: ClassVar[str] = "melding"

    uuid: str
    groep: str
    medewerker: str
    medewerker_naam: str
    handeling: Handeling
    om: datetime
    nummer: int = 0
    weergave: str = ""
    tekst: str = ""
    via: str = ""
    opgave: Meldingopgave | None = None
    stand: Standwijziging | None = None
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def onderwerp(self) -> str:
        if self.handeling is Handeling.MAKEN and self.opgave is not None:
            return f"Melding maken: {self.opgave.categorie}"
        naam = self.weergave or f"melding {self.nummer}"
        if self.handeling is Handeling.STAND:
            return f"{naam}: nieuwe stand" + (" met e-mail" if self.stand and self.stand.mail else "")
        return f"{naam}: {'verteld aan de melder' if self.handeling is Handeling.VERTELD else 'notitie'}"

    @property
    def wie(self) -> str:
        return ""

    @property
    def kenmerk(self) -> str:
        """Kort en leesbaar, voor in een notitie: "KIF-8c21f0aa1111"."""
        return f"KIF-{self.uuid.replace('-', '')[:12]}"


def make_notitie(opdracht: Meldingopdracht) -> str:
    """De notitie die in het register komt: wat er is gedaan, door wie, en het kenmerk."""
    delen = []
    if opdracht.handeling is Handeling.VERTELD:
        delen.append(format_verteld(opdracht.om, opdracht.via or "telefoon"))
    elif opdracht.stand is not None:
        stand = NIEUWE_STANDEN.get(opdracht.stand.code, opdracht.stand.code)
        hoe = "De melder krijgt een e-mail." if opdracht.stand.mail else "De melder krijgt geen e-mail."
        delen.append(f"Stand: {stand}. {hoe}")
    achter = f"Door {opdracht.medewerker_naam}. {opdracht.kenmerk}"
    if opdracht.tekst:
        ruimte = _MAX_NOTITIE - len(achter) - sum(len(deel) + 1 for deel in delen) - 2
        delen.append(opdracht.tekst[:ruimte])
    return "\n".join([*delen, achter])


def make_fotonaam(opdracht: Meldingopdracht, foto: Meldingfoto) -> str:
    """De bestandsnaam in het register: zonder gegevens van iemand, en aan het begin te herkennen."""
    return f"kif-{opdracht.uuid}-{foto.naam}{FOTOSOORTEN.get(foto.soort, '')}"
