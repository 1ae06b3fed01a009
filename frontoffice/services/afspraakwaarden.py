"""Wat de afsprakendienst aanneemt en teruggeeft: mogelijkheden, de stand van avonden, waarom iets niet kan.

Alleen waarden en fouten, voor scherm en opdrachtregel gelijk; beslist niets. Tijden zijn UTC met zone; de dag
van een begintijd is `frontoffice.domain.taal.dag_van(begin)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Reservering
from frontoffice.agenda.inrichting import Product
from frontoffice.agenda.reden import Reden
from frontoffice.agenda.voorstel import GeweigerdeStart, VrijeStart
from frontoffice.agenda.voorwaarde import Omstandigheden
from frontoffice.agenda.wens import Wens
from frontoffice.domain.fouten import InvoerFout, KifFout

MEESTE_KEREN_VERLENGD = 2


@dataclass(frozen=True)
class Productkeuze:
    """Een product in de keuzelijst. `via`: het synoniem waarop het is gevonden, of leeg.

    `reden` is leeg als het gekozen mag worden; anders de zin waarom niet (V21: alleen overdag, V22: niet
    samen met wat al is gekozen).
    """

    product: Product
    via: str = ""
    reden: str = ""

    @property
    def code(self) -> str:
        return self.product.code

    @property
    def naam(self) -> str:
        return self.product.naam

    @property
    def mag(self) -> bool:
        return not self.reden


class AvondSoort(StrEnum):
    """Hoe een avond ervoor staat voor deze wens."""

    VRIJ = "vrij"
    VOL = "vol"
    DICHT = "dicht"
    ROOSTER_LEEG = "rooster_leeg"
    KAN_NIET = "kan_niet"
    ELDERS = "elders"


@dataclass(frozen=True)
class AvondStand:
    """Eén avond naast de mogelijkheden: "10 dec 2 vrij", "3 dec VOL", "24 dec dicht".

    `vrij`: hoeveel begintijden er nog zijn, na de filters. `label` is kort ("2 vrij", "VOL", "dicht",
    "rooster nog niet ingevuld", "kan niet", "andere agenda"); `redenen`, belangrijkste eerst, zeggen waarom
    er niets is.
    """

    datum: date
    soort: AvondSoort
    vrij: int
    label: str
    redenen: tuple[Reden, ...] = ()

    @property
    def reden(self) -> str:
        """De belangrijkste reden als zin, of leeg."""
        return self.redenen[0].tekst if self.redenen else ""


@dataclass(frozen=True)
class Startuitslag:
    """Antwoord op "wanneer kan dit?".

    `eerste`: ten hoogste `maximum` begintijden, vroegste eerst, na de filters. `avonden`: elke avond van de
    periode, ook de dichte. `weigering`: de wens zelf kan niet (te veel personen, combinatie, alleen overdag);
    dan is de rest leeg en noemt `splitsing` wensen die samen wel kunnen (V19). `anders`: de eerste
    mogelijkheid zonder filters en zo nodig voorbij de periode; alleen gevuld als `eerste` leeg is. `overdag`:
    waar iemand overdag terechtkan, voor zover ingesteld. `geweigerd`: alleen met `met_redenen`.
    """

    wens: Wens
    nu: datetime
    minuten: int = 0
    eerste: tuple[VrijeStart, ...] = ()
    avonden: tuple[AvondStand, ...] = ()
    weigering: tuple[Reden, ...] = ()
    splitsing: tuple[Wens, ...] = ()
    anders: VrijeStart | None = None
    overdag: tuple[str, ...] = ()
    geweigerd: tuple[GeweigerdeStart, ...] = ()


@dataclass(frozen=True)
class Boekgegevens:
    """Wat er bij het bevestigen bij komt: wie er komt en hoe. De tijd en producten staan al vast.

    `klant`: naam is verplicht, en telefoon of e-mail tenzij `geen_contact`. De geboortedatum wordt alleen
    bewaard van wie op de dag van de afspraak jonger is dan 18. Een BSN hoort nergens in. `omstandigheden`:
    wat er is aangevinkt; daarvan blijft alleen bewaard waar de brief van afhangt. None = niet gevraagd.
    """

    klant: Contactgegevens
    opmerking: str = ""
    vervolg_van: str = ""
    omstandigheden: Omstandigheden | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Vastgehouden:
    """Een vastgehouden tijd. `nu` is de klok van de agenda: tel daarmee af, niet met de klok van de pc."""

    reservering: Reservering
    nu: datetime
    verlengd: int = 0

    @property
    def seconden(self) -> int:
        """Hoeveel seconden er op het moment `nu` nog over waren; nooit negatief."""
        return max(0, int((self.reservering.verloopt - self.nu).total_seconds()))

    @property
    def mag_verlengen(self) -> bool:
        return self.verlengd < MEESTE_KEREN_VERLENGD


@dataclass(frozen=True)
class KlantAfspraken:
    """De afspraken van een klant. `zeker`: op klantsleutel. `mogelijk`: op telefoon en naam.

    Beide op volgorde van tijd, ook afgelopen en afgezegde. Het scherm zet bij `mogelijk`: "mogelijk van deze
    klant".
    """

    zeker: tuple[Afspraak, ...] = ()
    mogelijk: tuple[Afspraak, ...] = ()


@dataclass(frozen=True)
class Afloop:
    """Wat er van een verzoek met onbekende afloop is geworden; `gedaan` onwaar = er is niets veranderd."""

    gedaan: bool
    afspraken: tuple[Afspraak, ...] = ()
    vastgehouden: tuple[Vastgehouden, ...] = ()
    antwoord: Mapping[str, object] = field(default_factory=dict)


class Gebeurd(StrEnum):
    """Wat er met een afspraak is gebeurd, voor wie meeluistert (klantcontact, wachtlijst)."""

    GEBOEKT = "geboekt"
    VERZET = "verzet"
    GEWIJZIGD = "gewijzigd"
    AFGEZEGD = "afgezegd"
    CONTACT = "contact_gewijzigd"


class TijdBezet(KifFout):
    """Deze tijd kan niet (meer). `redenen`: waarom; `alternatieven`: de drie dichtstbijzijnde begintijden.

    Er is niets veranderd: wie verzette, heeft de oude tijd nog (C02).
    """

    standaard_code = "bezet"

    def __init__(
        self,
        uitleg: str,
        *,
        redenen: tuple[Reden, ...] = (),
        alternatieven: tuple[VrijeStart, ...] = (),
    ) -> None:
        super().__init__(uitleg)
        self.redenen = redenen
        self.alternatieven = alternatieven


class WensKanNiet(KifFout):
    """De wens zelf kan niet, op geen enkele avond. `splitsing`: wensen die samen wel kunnen, of leeg."""

    standaard_code = "wens"

    def __init__(self, redenen: tuple[Reden, ...], splitsing: tuple[Wens, ...] = ()) -> None:
        super().__init__(" ".join(reden.tekst for reden in redenen))
        self.redenen = redenen
        self.splitsing = splitsing


class EigenPlek(KifFout):
    """De nieuwe tijd overlapt de eigen plek en is niet apart vast te houden. Verzet direct (`move`)."""

    standaard_code = "eigen_plek"


class AlAfgezegd(KifFout):
    """De afspraak was al afgezegd; er is niets veranderd (C05)."""

    standaard_code = "al_afgezegd"


class BestaatNiet(InvoerFout):
    """Deze afspraak of vastgehouden tijd is er niet (meer)."""

    standaard_code = "bestaat_niet"
