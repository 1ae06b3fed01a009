"""De afspraak en de reservering (even vastgehouden tijd), met de toestanden die ze mogen doorlopen.

Bevroren waarden. Begin, eind, duur, bevoegdheden en kosten staan als momentopname op de afspraak: een latere
wijziging van een product of regel verandert een gemaakte afspraak nooit. Wie er wint als twee collega's
tegelijk iets doen, beslist de opslag op `versie`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from frontoffice.agenda.tijd import Vak


class Toestand(StrEnum):
    """Waar een afspraak staat in zijn leven (evening-appointments.md §2.3)."""

    BEVESTIGD = "bevestigd"
    AANGEMELD = "aangemeld"
    OPGEROEPEN = "opgeroepen"
    AAN_DE_BALIE = "aan_de_balie"
    EVEN_APART = "even_apart"
    KLAAR = "klaar"
    NIET_GEKOMEN = "niet_gekomen"
    AFGEZEGD = "afgezegd"


OVERGANGEN: dict[Toestand, frozenset[Toestand]] = {
    Toestand.BEVESTIGD: frozenset(
        {Toestand.AANGEMELD, Toestand.OPGEROEPEN, Toestand.NIET_GEKOMEN, Toestand.AFGEZEGD}
    ),
    Toestand.AANGEMELD: frozenset(
        {Toestand.BEVESTIGD, Toestand.OPGEROEPEN, Toestand.NIET_GEKOMEN, Toestand.AFGEZEGD}
    ),
    Toestand.OPGEROEPEN: frozenset(
        {Toestand.AANGEMELD, Toestand.AAN_DE_BALIE, Toestand.EVEN_APART, Toestand.NIET_GEKOMEN}
    ),
    Toestand.AAN_DE_BALIE: frozenset({Toestand.EVEN_APART, Toestand.KLAAR}),
    Toestand.EVEN_APART: frozenset({Toestand.OPGEROEPEN, Toestand.AAN_DE_BALIE, Toestand.NIET_GEKOMEN}),
    Toestand.KLAAR: frozenset(),
    Toestand.NIET_GEKOMEN: frozenset({Toestand.AANGEMELD}),
    Toestand.AFGEZEGD: frozenset(),
}
"""Eindtoestanden zijn definitief; alleen "toch gekomen" maakt van niet gekomen weer aangemeld."""

EINDE = frozenset({Toestand.KLAAR, Toestand.NIET_GEKOMEN, Toestand.AFGEZEGD})
ZONDER_PLEK = frozenset({Toestand.AFGEZEGD})
"""Deze toestanden houden geen bezetting meer vast; de rest wel, ook achteraf (het rooster van toen)."""
VAST_AAN_BALIE = frozenset({Toestand.OPGEROEPEN, Toestand.AAN_DE_BALIE, Toestand.EVEN_APART, Toestand.KLAAR})
"""Wie al is opgeroepen, verhuist niet meer ongemerkt naar een andere balie."""


def may_change(van: Toestand, naar: Toestand) -> bool:
    return naar in OVERGANGEN[van]


class Kanaal(StrEnum):
    BALIE = "balie"
    TELEFOON = "telefoon"
    WEB = "web"


@dataclass(frozen=True)
class Afspraakregel:
    """Eén product van een afspraak, met wat er bij het boeken voor gold."""

    product: str
    naam: str
    personen: int
    minuten: int
    bevoegdheden: frozenset[str] = frozenset()
    voorzieningen: frozenset[str] = frozenset()
    kosten: Decimal | None = None


class Bevestigkanaal(StrEnum):
    """Hoe iemand de bevestiging wil krijgen."""

    MAIL = "mail"
    SMS = "sms"
    BRIEF = "brief"
    GEEN = "geen"


BRIEFTALEN = ("nl", "de", "en")


@dataclass(frozen=True)
class Contactgegevens:
    """Wie er komt. `telefoon` of `email` is nodig, tenzij `geen_contact`; geboortedatum alleen bij een kind.

    `klantsleutel` is een HMAC van BSN of KVK-nummer met de sleutel van de agenda, nooit het nummer zelf.
    `bevestiging` None = niet gevraagd; `brieftaal` is een van BRIEFTALEN. Een postadres staat hier nooit.
    """

    naam: str
    telefoon: str = ""
    email: str = ""
    geen_contact: bool = False
    geboortedatum: date | None = None
    klantsleutel: str = ""
    bevestiging: Bevestigkanaal | None = None
    brieftaal: str = "nl"


@dataclass(frozen=True)
class Antwoorden:
    """Wat er bij het boeken is geantwoord, alleen voor zover er bij deze producten iets van afhangt.

    `codes` zijn de aangevinkte omstandigheden ("vermissing"); `toestemming_op` de dag van de toestemming. Van
    een volwassene staat er geen geboortedatum, maar tussen welke leeftijdsgrenzen van de inrichting hij op de
    dag van de afspraak valt: `leeftijd_vanaf` ≤ leeftijd < `leeftijd_onder`; None = niet gevraagd of geen.
    """

    codes: tuple[str, ...] = ()
    toestemming_op: date | None = None
    leeftijd_vanaf: int | None = None
    leeftijd_onder: int | None = None


@dataclass(frozen=True)
class Eisen:
    """Wat een balie moet kunnen om deze afspraak te doen; alles tegelijk, van één medewerker."""

    bevoegdheden: frozenset[str] = frozenset()
    voorzieningen: frozenset[str] = frozenset()
    overdracht: bool = False


@dataclass(frozen=True)
class Reservering:
    """Vastgehouden tijd. Telt alleen zolang `verloopt` later is dan de klok van de database."""

    id: str
    datum: date
    begin: datetime
    eind: datetime
    buffer: int
    balie: str
    regels: tuple[Afspraakregel, ...]
    eisen: Eisen
    eigenaar: str
    kanaal: Kanaal
    verloopt: datetime
    versie: int = 1
    afspraak: str = ""
    """Het id van de afspraak die hiermee verzet wordt, of leeg."""


@dataclass(frozen=True)
class Afspraak:
    """Een gemaakte afspraak. `begin` en `eind` UTC (eind zonder buffer); `buffer` in minuten.

    `nummer` "2026-00041" en `code` (8 tekens) blijven bij verzetten; `ics_volgnummer` telt dan op.
    `vaste_balie`: mag niet ongemerkt naar een andere balie. `te_verzetten`: reden, of leeg.
    """

    id: str
    nummer: str
    code: str
    datum: date
    begin: datetime
    eind: datetime
    buffer: int
    balie: str
    toestand: Toestand
    regels: tuple[Afspraakregel, ...]
    eisen: Eisen
    klant: Contactgegevens
    kanaal: Kanaal
    behoeften: tuple[str, ...] = ()
    taal: str = ""
    opmerking: str = ""
    vaste_balie: bool = False
    te_verzetten: str = ""
    versie: int = 1
    ics_volgnummer: int = 0
    gemaakt_op: datetime | None = None
    vervolg_van: str = ""
    antwoorden: Antwoorden = Antwoorden()

    @property
    def vak(self) -> Vak:
        """De tikken die de afspraak bezet, buffer inbegrepen."""
        from frontoffice.agenda.tijd import tikken, to_tik

        return Vak(to_tik(self.begin), to_tik(self.eind) + tikken(self.buffer))
