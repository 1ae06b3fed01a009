"""Wat de services van de buitenwereld vragen, als protocollen in de woorden van het domein.

Elke aanroep van een register krijgt een `Aanroep` mee: totale tijd, stopknop, telling van verzoeken.
Fouten komen naar buiten als `frontoffice.domain.fouten.KifFout`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, Generic, Protocol, TypeVar

from frontoffice.domain.fouten import Geannuleerd
from frontoffice.domain.verzoek import Verzoek

if TYPE_CHECKING:  # het venster laadt deze module vóór de eerste tekening; de rest van het domein wacht
    from frontoffice.domain.afspraak import KlantAfspraak, Klantkenmerken
    from frontoffice.domain.cijfers import Contactfeit
    from frontoffice.domain.contact import Klantcontact
    from frontoffice.domain.klant import Bedrijf, KlantSleutel, Partij, Persoon
    from frontoffice.domain.meldingstand import Klantmeldingen
    from frontoffice.domain.tijdlijn import TijdlijnItem
    from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
    from frontoffice.domain.zaak import Catalogus, Resultaat, Status, Zaak, ZaakDocument


class Stop:
    """Een stopknop die iedereen mag indrukken; wat wacht, kan zich melden om te worden gewekt.

    Zonder slot: `set` zet eerst de vlag, `on_set` meldt zich eerst aan; zo gaat geen wekker verloren.
    """

    def __init__(self) -> None:
        self._gezet = False
        self._wekkers: list[Callable[[], None]] = []

    @property
    def is_gezet(self) -> bool:
        return self._gezet

    def set(self) -> None:
        self._gezet = True
        while self._wekkers:
            self._wekkers.pop()()

    def on_set(self, wekker: Callable[[], None]) -> Callable[[], None]:
        """Meld `wekker` aan (wordt direct geroepen als er al is gestopt); geeft de afmelding terug."""
        self._wekkers.append(wekker)
        if self._gezet:
            self.set()

        def remove() -> None:
            if wekker in self._wekkers:
                self._wekkers.remove(wekker)

        return remove

    def check(self) -> None:
        """Raises Geannuleerd als er is gestopt."""
        if self._gezet:
            raise Geannuleerd()


@dataclass
class Aanroep:
    """De omstandigheden van een reeks verzoeken die op elkaar wachten.

    `einde` is een tijdstip van time.monotonic(): daarna is elk verzoek DuurtTeLang. `diepte` is de diepte
    van het laatst gedane verzoek; `note` telt erbij op. `verzoeken` verzamelt wat is gevraagd.
    """

    einde: float
    stop: Stop = field(default_factory=Stop)
    diepte: int = 0
    verzoeken: list[Verzoek] = field(default_factory=list)

    @classmethod
    def van(cls, seconden: float, stop: Stop | None = None, diepte: int = 0) -> Aanroep:
        return cls(einde=time.monotonic() + seconden, stop=stop or Stop(), diepte=diepte)

    @property
    def resterend(self) -> float:
        """Seconden die nog over zijn; nul of minder is te laat."""
        return self.einde - time.monotonic()

    def note(self, register: str, methode: str, pad: str, status: int | None, ms: float) -> None:
        """Noteer een gedaan verzoek. `pad` zonder persoonsgegevens."""
        self.diepte += 1
        self.verzoeken.append(Verzoek(register, methode, pad, status, ms, self.diepte))


T = TypeVar("T")


@dataclass(frozen=True)
class Pagina(Generic[T]):
    """Eén pagina van een lijst. `totaal` zoals het register telt; `volgende_pagina` is None aan het eind."""

    rijen: tuple[T, ...]
    totaal: int
    volgende_pagina: int | None = None


@dataclass(frozen=True)
class AdresTreffer:
    """Een telefoonnummer of e-mailadres in Klantinteracties en van welke partij het is (None = alleen van een
    contact)."""

    adres: str
    partij_uuid: str | None


class Klantinteracties(Protocol):
    """Klantinteracties 2.18 (Open Klant)."""

    def find_partijen(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Partij, ...]:
        """Partijen met precies deze identificator (nagekeken in het antwoord), met digitale adressen."""

    def load_partij(self, uuid: str, aanroep: Aanroep) -> Partij:
        """Eén partij met digitale adressen. Raises NietGevonden."""

    def find_adressen(self, zoektekst: str, aanroep: Aanroep) -> tuple[AdresTreffer, ...]:
        """Digitale adressen die `zoektekst` bevatten, zonder op hoofdletters te letten."""

    def load_klantcontacten(
        self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep
    ) -> Pagina[Klantcontact]:
        """25 klantcontacten, nieuwste eerst, met hun internetaken, elk één keer.

        Niet nagekeken van wie ze zijn: dat doet de service met Partij.betrokkene_uuids.
        """

    def load_klantcontact(self, uuid: str, aanroep: Aanroep) -> Klantcontact:
        """Eén contact met betrokkenen, hun adressen, taken en onderwerpobjecten."""

    def load_klantcontacten_van_zaak(self, zaak_uuid: str, aanroep: Aanroep) -> Pagina[Klantcontact]:
        """Contacten die over deze zaak gingen."""

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Kan dit register worden bereikt en mag deze client erin?"""


class Contactlezer(Protocol):
    """Alle klantcontacten van Klantinteracties, voor de cijfers: van iedereen, en van niemand een naam."""

    def load_plaats(self, plaats: int, aanroep: Aanroep) -> tuple[datetime | None, int]:
        """Wanneer het zoveelste contact was (1 = het nieuwste), en hoeveel er zijn.

        None als er zoveel niet zijn, of als het register geen tijd geeft.
        """

    def load_contactfeiten(self, pagina: int, aanroep: Aanroep) -> Pagina[Contactfeit]:
        """Honderd contacten met hun internetaken, nieuwste eerst; voorbij het eind een lege pagina."""


class Zaken(Protocol):
    """Zaken 1.5, Catalogi 1.3 en Documenten 1.4 (Open Zaak 1.30)."""

    def find_open_zaken(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Zaak, ...]:
        """Alle open zaken volgens het register, kaal. Niet nagekeken: niet tonen of tellen."""

    def find_afgeronde_zaken(self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep) -> Pagina[Zaak]:
        """Twintig afgeronde zaken met status en rollen, nieuwste eerst, nagekeken als `load_zaken`."""

    def load_zaken(self, sleutel: KlantSleutel, uuids: Sequence[str], aanroep: Aanroep) -> tuple[Zaak, ...]:
        """Ten hoogste twintig zaken met status, rollen en documenten.

        Raises FilterGenegeerd als een zaak in het antwoord deze klant in geen rol noemt of niet is gevraagd.
        """

    def find_zaak(self, zaaknummer: str, aanroep: Aanroep) -> tuple[Zaak, ...]:
        """Zaken met dit zaaknummer, met rollen (om de aanvrager te vinden)."""

    def load_statussen(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[Status, ...]:
        """Alle statussen, nieuwste eerst."""

    def load_resultaat(self, resultaat_uuid: str, aanroep: Aanroep) -> Resultaat:
        """Het resultaat met de omschrijving van zijn type."""

    def load_documenten(self, zaak_uuid: str, aanroep: Aanroep) -> tuple[ZaakDocument, ...]:
        """Documenten met titel, formaat, omvang en bestandsnaam (twee verzoeken)."""

    def download(
        self,
        document_uuid: str,
        doel: BinaryIO,
        voortgang: Callable[[int, int | None], None],
        aanroep: Aanroep,
    ) -> None:
        """Schrijf de bytes naar `doel`; `voortgang(gelezen, totaal)` tussendoor. Stopt op aanroep.stop."""

    def load_catalogus(self, aanroep: Aanroep) -> Catalogus:
        """Zaaktypen en statustypen, warm uit de voorraad op schijf of anders uit het register."""

    def check(self, register: str, aanroep: Aanroep) -> RegisterStand:
        """`register` is "zaken", "catalogi" of "documenten"; een KeyError bij iets anders."""


class Personen(Protocol):
    """BRP Personen bevragen 2.7. Elke vraag gaat met het doel uit het profiel."""

    def load_persoon(self, bsn: Bsn, aanroep: Aanroep) -> Persoon:
        """Raises NietGevonden."""

    def find_op_naam(self, geslachtsnaam: str, geboortedatum: date, aanroep: Aanroep) -> tuple[Persoon, ...]:
        """Raises TeVeelGevonden boven tien."""

    def find_op_adres(
        self,
        postcode: str,
        huisnummer: int,
        *,
        huisletter: str = "",
        toevoeging: str = "",
        geslachtsnaam: str = "",
        aanroep: Aanroep,
    ) -> tuple[Persoon, ...]:
        """Raises TeVeelGevonden boven tien."""

    def check(self, aanroep: Aanroep) -> RegisterStand: ...


class Bedrijven(Protocol):
    """KVK Zoeken 2 en Basisprofiel 1."""

    def load_bedrijf(self, kvk: KvkNummer, vestiging: Vestigingsnummer | None, aanroep: Aanroep) -> Bedrijf:
        """Raises NietGevonden."""

    def find_op_naam(self, naam: str, pagina: int, aanroep: Aanroep) -> Pagina[Bedrijf]: ...

    def find_op_nummer(
        self, aanroep: Aanroep, *, kvk: KvkNummer | None = None, vestiging: Vestigingsnummer | None = None
    ) -> tuple[Bedrijf, ...]: ...

    def check(self, aanroep: Aanroep) -> RegisterStand: ...


@dataclass(frozen=True)
class RegisterStand:
    """Wat `kif doctor` van een register weet; None is onbekend. `klokverschil_s` > 0: deze pc loopt voor."""

    naam: str
    bereikbaar: bool | None
    bevoegd: bool | None
    versie: str | None
    klokverschil_s: float | None
    oorzaak: str | None


@dataclass(frozen=True)
class BronPagina:
    """Een pagina van een tijdlijnbron. `bereikt` = tot waar deze bron nu volledig is; None zonder items."""

    items: tuple[TijdlijnItem, ...]
    vervolg: str | None = None
    bereikt: datetime | None = None


class Bron(Protocol):
    """Alles wat de tijdlijn voedt: registers, later de agenda en meldingen."""

    naam: str
    aangesloten: bool

    def load(self, sleutel: KlantSleutel, aanroep: Aanroep, vervolg: str | None = None) -> BronPagina: ...


class Afsprakenbron(Protocol):
    """De agenda zoals het klantbeeld haar leest. Geen `Bron`: zij zoekt op meer dan de sleutel, en haar
    antwoord is een onderdeel van het klantbeeld, met de tijdlijn als afgeleide (net als contacten en zaken).
    """

    def load(self, klant: Klantkenmerken, aanroep: Aanroep) -> tuple[KlantAfspraak, ...]:
        """Alle afspraken van deze klant op volgorde van tijd, ook wat alleen mogelijk van hem is."""


class Meldingenbron(Protocol):
    """De meldingen openbare ruimte zoals het klantbeeld ze leest."""

    def find_van_klant(
        self,
        telefoons: Sequence[str],
        emails: Sequence[str],
        contacten: Iterable[Klantcontact],
        aanroep: Aanroep,
    ) -> Klantmeldingen:
        """Op telefoonnummer en e-mailadres, en wat in een contact is bevestigd, nieuwste eerst."""


class Logboek(Protocol):
    """Wie bekeek wat, waarom. `note` schrijft naar schijf: niet op de draad van het scherm."""

    def note(
        self, handeling: str, doel: str, onderwerp: KlantSleutel | None = None, **bijzonderheden: str
    ) -> None:
        """Leg vast: handeling ("klant_geopend", "onthuld", "brp_bevraagd", …) met doel en onderwerp.

        Raises WinkelFout als het niet is vastgelegd: dan gaat er ook niets open.
        """


class Klok(Protocol):
    """Tijd. `nu` UTC met zone, `vandaag` in Europe/Amsterdam, `verlopen` monotoon in seconden."""

    def nu(self) -> datetime: ...

    def vandaag(self) -> date: ...

    def verlopen(self) -> float: ...


class Geheimen(Protocol):
    """Geheimen op naam. Raises GeheimFout."""

    def get(self, naam: str) -> str: ...

    def set(self, naam: str, waarde: str) -> None: ...


class Opslag(Protocol):
    """Voorraad op schijf voor wat niet persoonlijk is (de catalogus). Een kapotte voorraad geldt als leeg."""

    def get(self, sleutel: str) -> bytes | None: ...

    def set(self, sleutel: str, inhoud: bytes) -> None: ...
