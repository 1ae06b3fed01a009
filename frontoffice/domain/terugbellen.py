"""De werklijst Terugbellen: wie we moeten terugbellen, wat er is beloofd en hoe vaak het is geprobeerd.

Rekent alleen met wat er is geladen. Een rij zonder beller is nog niet nagekeken: dan is er van de klant niets
te zien.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from frontoffice.domain import taal
from frontoffice.domain.belofte import Beloftedatums, zeg_kort
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.klant import KlantSleutel
from frontoffice.domain.normen import Normen, Waarvoor


class Wiens(StrEnum):
    """Welke verzoeken: die van mij, van mijn afdelingen, of alles wat ik mag zien."""

    MIJN = "mijn"
    TEAM = "team"
    ALLE = "alle"


class Volgorde(StrEnum):
    """Wat bovenaan staat: wat het langst te laat is, of wat er het laatst bij kwam."""

    DRINGEND = "dringend"
    NIEUWSTE = "nieuwste"


@dataclass(frozen=True)
class Beller:
    """Wie er is teruggebeld wil worden en waarover, uit het contact waaruit het verzoek ontstond.

    `telefoon` in de schrijfwijze van het register, het nummer voor dit verzoek eerst; leeg als het er niet is
    of (bij `geheim`) nog verborgen is. `sleutel` opent de klant; None bij een beller zonder partij.
    `vertrouwelijk`: zo is het contact aangemerkt; `dicht`: de tekst is weg tot iemand haar met een reden
    opent. `zaken` zijn uuid's.
    """

    naam: str = field(repr=False)
    telefoon: tuple[str, ...] = field(default=(), repr=False)
    sleutel: KlantSleutel | None = None
    partij_uuid: str = ""
    geheim: bool = False
    vertrouwelijk: bool = False
    dicht: bool = False
    onderwerp: str = ""
    inhoud: str = ""
    vraag: str = ""
    kanaal: str = ""
    om: datetime | None = None
    aangenomen_door: str = ""
    taal: str = "nld"
    zaken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terugbelrij:
    """Eén open verzoek. `aan` zijn de namen van bij wie het ligt; `beller` is None zolang die niet is
    geladen. `norm`: de dag die zonder belofte telt, als er geen dag is beloofd."""

    taak: InterneTaak
    aan: tuple[str, ...] = ()
    beller: Beller | None = None
    norm: date | None = None

    @property
    def uuid(self) -> str:
        return self.taak.uuid

    @property
    def contact_uuid(self) -> str:
        return self.taak.klantcontact_uuid

    @property
    def vraag(self) -> str:
        """Wat er is gevraagd; leeg zolang niet bekend is of dat getoond mag worden."""
        return self.beller.vraag if self.beller else ""

    @property
    def datums(self) -> Beloftedatums | None:
        return self.taak.tekst.datums

    @property
    def pogingen(self) -> int:
        """Hoe vaak de klant niet is bereikt."""
        return self.taak.tekst.niet_bereikt.aantal

    @property
    def herhalingen(self) -> int:
        """Hoe vaak de klant zelf opnieuw belde."""
        return self.taak.tekst.herhaald.aantal

    def find_streef(self, normen: Normen) -> date:
        """De dag die telt: wat is beloofd, en zonder belofte de norm vanaf de dag dat het er kwam."""
        if self.datums is not None:
            return self.datums.beloofd
        if self.taak.toegewezen_op is None:
            return date.max
        vanaf = taal.dag_van(self.taak.toegewezen_op)
        try:
            return normen.find_datum(Waarvoor.TERUGBELLEN, vanaf)
        except ValueError:  # van vóór de kalender: hoe dan ook te laat
            return vanaf

    def count_dagen_te_laat(self, vandaag: date) -> int:
        """Kalenderdagen na wat de klant is beloofd; nul als het nog kan of als er niets is beloofd."""
        return max((vandaag - self.datums.beloofd).days, 0) if self.datums else 0

    def zeg_kort(self, vandaag: date) -> str:
        """ "beloofd di 29 dec, 2 keer niet bereikt"."""
        return zeg_kort(self.taak.tekst, vandaag)

    def met(self, beller: Beller) -> Terugbelrij:
        return replace(self, beller=beller)


@dataclass(frozen=True)
class Lijst:
    """De werklijst tot nu toe. `totaal` zoals het register telt; `compleet` als alles er is."""

    rijen: tuple[Terugbelrij, ...] = ()
    totaal: int = 0
    compleet: bool = False
    om: datetime | None = None


def sort_rijen(rijen: Iterable[Terugbelrij], volgorde: Volgorde, normen: Normen) -> tuple[Terugbelrij, ...]:
    """Elke rij één keer, het dringendste of het nieuwste eerst."""
    uniek = {rij.uuid: rij for rij in rijen}.values()

    def gezet(rij: Terugbelrij) -> float:
        return rij.taak.toegewezen_op.timestamp() if rij.taak.toegewezen_op else 0.0

    if volgorde is Volgorde.NIEUWSTE:
        return tuple(sorted(uniek, key=lambda rij: (-gezet(rij), rij.uuid)))
    return tuple(sorted(uniek, key=lambda rij: (rij.find_streef(normen), gezet(rij), rij.uuid)))
