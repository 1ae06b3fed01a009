"""Wat de services van de opslag van de agenda vragen, als protocollen in de woorden van de agenda.

Alle schrijvers gaan door `lock`: binnen dat blok geldt één slot per avond, en alles of niets. De klok is die
van de database. Fouten komen naar buiten als `frontoffice.domain.fouten.KifFout`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from frontoffice.domain.fouten import Geweigerd, KifFout

if TYPE_CHECKING:
    from frontoffice.agenda.afspraak import Afspraak, Reservering
    from frontoffice.agenda.avond import AvondToestand, Inhoud
    from frontoffice.agenda.berichtbord import Bordregel
    from frontoffice.agenda.inrichting import Inrichting, Product
    from frontoffice.agenda.tijd import Vak
    from frontoffice.agenda.vanavond.bezoek import Bezoek, SoortBezoek
    from frontoffice.agenda.voorstel import VrijeStart
    from frontoffice.agenda.wens import Wens


class AgendaFout(KifFout):
    """De agenda kan dit nu niet doen. De uitleg zegt wat er wel bekend is en wat u kunt doen."""

    standaard_code = "agenda"


class AgendaOnbereikbaar(AgendaFout):
    """Geen verbinding, of te lang geen antwoord. Of een schrijfactie is gelukt, is dan niet bekend."""

    standaard_code = "agenda_onbereikbaar"
    opnieuw_helpt = True


class AgendaBezet(AgendaFout):
    """Een ander houdt het slot van deze avond langer dan vijf seconden vast (H13)."""

    standaard_code = "agenda_bezet"
    opnieuw_helpt = True


class IemandWasEerder(AgendaFout):
    """De versie klopt niet meer: een collega wijzigde dit intussen; `wie` en `wanneer` zeggen het."""

    standaard_code = "iemand_was_eerder"

    def __init__(self, uitleg: str, *, wie: str = "", wanneer: datetime | None = None) -> None:
        super().__init__(uitleg)
        self.wie = wie
        self.wanneer = wanneer


class SchemaTeNieuw(AgendaFout):
    """De database is van een nieuwere versie van het programma."""

    standaard_code = "schema_te_nieuw"


class AndereAgenda(Geweigerd):
    """Deze avond heeft een andere eigenaar: alleen die boekt, verzet en zegt af."""

    standaard_code = "andere_agenda"

    @classmethod
    def boek_daar(cls, eigenaar: str) -> AndereAgenda:
        return cls(f"Deze avond staat in {eigenaar}. Boek daar.")

    @classmethod
    def zeg_daar_af(cls, eigenaar: str) -> AndereAgenda:
        return cls(f"Deze afspraak staat in {eigenaar}. Zeg hem daar af.")


@dataclass(frozen=True)
class Wie:
    """Wie een wijziging deed, en waar: medewerker (identificatie), werkplek, kanaal is iets anders."""

    medewerker: str
    werkplek: str = ""


@dataclass(frozen=True)
class Versies:
    """Om goedkoop te zien of er iets is veranderd. `avonden`: alleen avonden die ooit gewijzigd zijn."""

    inrichting: int
    avonden: Mapping[date, int]
    nu: datetime | None = field(default=None, compare=False)
    """De klok van de database op dat moment; None waar die er niet bij wordt gelezen."""


@dataclass(frozen=True)
class AvondInhoud:
    """Wat de opslag van één avond weet, zonder verlopen reserveringen; `verloopt`: de eerstvolgende."""

    datum: date
    versie: int
    toestand: AvondToestand
    inhoud: tuple[Inhoud, ...]
    verloopt: datetime | None = None
    eigenaar: str = "kif"
    extern_van: datetime | None = None
    notitie: str = ""


@dataclass(frozen=True)
class Gebeurtenis:
    """Een regel uit de geschiedenis; alleen bijgeschreven. `voor` en `na` zonder persoonsgegevens."""

    op: datetime
    wie: Wie
    soort: str
    onderwerp: str
    datum: date | None
    voor: Mapping[str, Any]
    na: Mapping[str, Any]
    reden: str = ""


AFSPRAAK = "afspraak"
"""De soort van wat met een afspraak gebeurde; het onderwerp is dan alleen haar id."""


@dataclass(frozen=True)
class Gebeurtenisvraag:
    """Welke gebeurtenissen, nieuwste eerst.

    `soorten`: waar het onderwerp mee begint ("diensten", "avond"), of `AFSPRAAK`; `zonder`: soorten
    gebeurtenis die niet meetellen. `van` telt mee, `tot` niet. `voor`: alleen van voor dit volgnummer
    (0 = vanaf de nieuwste).
    """

    soorten: tuple[str, ...]
    medewerker: str = ""
    van: datetime | None = None
    tot: datetime | None = None
    voor: int = 0
    zonder: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wachtende:
    """Iemand die eerder wil komen. `afspraak` is het id van wat hij al heeft, of leeg."""

    id: str
    sinds: datetime
    producten: tuple[tuple[str, int], ...]
    behoeften: tuple[str, ...]
    van: date
    tot: date
    vroegst: str
    laatst: str
    naam: str
    telefoon: str
    email: str
    afspraak: str = ""
    toestand: str = "wacht"
    versie: int = 1


@dataclass(frozen=True)
class Stapgegevens:
    """Wat er bij een stap van een bezoek in de geschiedenis komt, naast wat er verandert.

    `verzoek`: het verzoek waarmee zij is gedaan. `waarom`: de zin bij een oproep. `gebeurd_op`: wanneer het
    echt gebeurde, als het later is doorgevoerd. `plek`: de eigen tijd van wie zonder afspraak komt.
    """

    verzoek: str = ""
    waarom: str = ""
    gebeurd_op: datetime | None = None
    plek: datetime | None = None


class AgendaTransactie(Protocol):
    """Lezen en schrijven onder het slot van de gevraagde avonden. Sluit af met alles of niets."""

    nu: datetime

    def load_verzoek(self, verzoek_id: str, vingerafdruk: str) -> Mapping[str, Any] | None:
        """Het eerdere antwoord op dit verzoek. Raises AgendaFout bij een andere vingerafdruk."""

    def note_verzoek(self, verzoek_id: str, vingerafdruk: str, antwoord: Mapping[str, Any]) -> None: ...

    def load_inrichting(self) -> tuple[Inrichting, int]: ...

    def load_avond(self, datum: date) -> AvondInhoud:
        """Raises ValueError als `datum` niet onder het slot valt."""

    def set_avond(self, datum: date, toestand: AvondToestand, notitie: str = "") -> None: ...

    def load_reservering(self, id_: str) -> Reservering | None:
        """Ook een verlopen reservering; of hij nog geldt, zegt `verloopt` tegen `nu`."""

    def add_reservering(self, reservering: Reservering) -> None: ...

    def update_reservering(self, reservering: Reservering) -> None:
        """Raises IemandWasEerder als `versie` niet die van de database is."""

    def remove_reservering(self, id_: str) -> None: ...

    def load_afspraak(self, id_: str) -> Afspraak | None: ...

    def add_afspraak(self, afspraak: Afspraak, door: Wie, reden: str = "") -> None: ...

    def update_afspraak(self, afspraak: Afspraak, door: Wie, soort: str, reden: str = "") -> Afspraak:
        """Schrijf als `versie` nog klopt; geeft de afspraak met de nieuwe versie. Raises IemandWasEerder.

        Bezetting en geschiedenis gaan mee met een andere datum, tijd, balie of toestand.
        """

    def move_balies(self, datum: date, verhuizingen: Mapping[str, str]) -> None:
        """Zet afspraken en reserveringen (op id) van deze avond aan een andere balie, alle tegelijk."""

    def load_bezoeken(self, datum: date) -> tuple[Bezoek, ...]:
        """Zie `AgendaOpslag.load_bezoeken`, onder het slot. Raises ValueError zonder slot op `datum`."""

    def load_bezoek(self, datum: date, id_: str) -> Bezoek | None:
        """Eén bezoek van die avond, zoals in `load_bezoeken`; ook wie al heeft afgezegd."""

    def load_bezoekplek(self, id_: str) -> tuple[str, Vak] | None:
        """Balie en tijd van wie zonder afspraak komt; None zonder plek."""

    def load_toestand(self, datum: date) -> AvondToestand:
        """Hoe de avond ervoor staat; goedkoper dan `load_avond`."""

    def add_bezoek(
        self, bezoek: Bezoek, door: Wie, soort: str, *, naam: str = "", stap: Stapgegevens | None = None
    ) -> Bezoek:
        """Een nieuw bezoek: zonder afspraak, of van een afspraak die nog geen volgnummer had."""

    def update_bezoek(
        self, bezoek: Bezoek, door: Wie, soort: str, *, reden: str = "", stap: Stapgegevens | None = None
    ) -> Bezoek:
        """Schrijf als `versie` nog klopt; geeft het bezoek met de nieuwe versie. Raises IemandWasEerder.

        De toestand, notitie, behoeften en taal van een afspraak gaan mee naar de afspraak zelf.
        """

    def set_bezoekplek(self, bezoek: Bezoek, balie: str, vak: Vak | None) -> bool:
        """Geef wie zonder afspraak komt deze tijd aan deze balie, of (None) geen tijd.

        Onwaar, en er is niets veranderd, als een ander er al staat.
        """

    def free_bezoekplek(self, bezoek: Bezoek, vanaf: int) -> None:
        """Laat zijn plek in het rooster vanaf deze tik los, voor wie er nog bij wil."""

    def retake_bezoekplek(self, bezoek: Bezoek) -> bool:
        """Neem de eigen tijd van een afspraak weer in; onwaar als een ander er al staat."""

    def forget_bezoeknaam(self, id_: str) -> None:
        """Wis de naam en notitie van wie zonder afspraak kwam en toch niet blijft."""

    def next_volgnummer(self, datum: date, soort: SoortBezoek) -> str:
        """Het volgende nummer van die avond: "A14", "W03". Komt die avond nooit terug."""

    def load_stappen_van(self, bezoek_id: str) -> tuple[Gebeurtenis, ...]:
        """De stappen van dit bezoek, oudste eerst."""

    def load_laatste(self, onderwerp: str) -> Gebeurtenis | None:
        """Wat er het laatst mee gebeurde."""

    def anonymize_avond(self, datum: date) -> int:
        """Wis wie er die avond kwam, ook uit zoekwoorden en redenen; geeft van hoeveel mensen."""

    def anonymize_rest(self, voor: date) -> int:
        """Wis wie tot voor die dag op de wachtlijst stond, en de verzoeken van toen; geeft van hoeveel."""

    def next_nummer(self, jaar: int) -> str:
        """Het volgende nummer van dat jaar: "2026-00041"."""

    def next_code(self) -> str:
        """Een code van 8 tekens die nog geen afspraak heeft, zonder 0, O, 1 en I."""

    def note(self, gebeurtenis: Gebeurtenis) -> None: ...

    def put_onderdelen(self, soort: str, onderdelen: Sequence[Any], door: Wie, reden: str = "") -> None:
        """Bewaar delen van de inrichting (soort: "regels", "diensten", …, de velden van `Inrichting`)."""

    def remove_onderdelen(self, soort: str, ids: Iterable[str], door: Wie, reden: str = "") -> None: ...

    def put_extern(
        self, datum: date, inhoud: Sequence[Inhoud], van: datetime, eigenaar: str | None = None
    ) -> None:
        """Vervang wat er van een andere agenda op deze avond staat; `eigenaar` None laat die zoals hij is."""


class Klantlezer(Protocol):
    """Wat nodig is om de afspraken van een klant op te zoeken; elke `AgendaOpslag` kan het ook."""

    def nu(self) -> datetime:
        """De klok van de database, met de verschuiving van een proefagenda."""

    def load_klantgeheim(self) -> bytes:
        """De sleutel van deze agenda voor `klantsleutel`."""

    def find_afspraken(
        self, *, zoek: str = "", klantsleutel: str = "", datum_van: date | None = None, maximum: int = 200
    ) -> tuple[Afspraak, ...]:
        """Afspraken, oudste eerst. `zoek`: (deel van) naam, telefoon, e-mail, nummer of code."""

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]: ...


@dataclass(frozen=True)
class Avondrij:
    """Een afspraak van één avond zonder wie er komt: genoeg om te tellen."""

    begin_tik: int
    toestand: str
    te_verzetten: str


class Avondlezer(Protocol):
    """Wat nodig is om te zeggen of er vanavond een avond is, en hoe vol."""

    def load_opening(self) -> Inrichting:
        """De inrichting met alleen wat de openingstijden bepaalt."""

    def find_avond(self, dag: date) -> tuple[Avondrij, ...]:
        """Alle afspraken van die dag, op tijd; ook wie is geweest of afzegde."""

    def count_te_bellen(self) -> int:
        """Hoeveel inwoners over hun afspraak niets hoorden; zie `services.berichtbord`."""


class AgendaOpslag(Protocol):
    """De gedeelde agenda. Elke methode mag van elke achtergronddraad; geen ervan van de UI-draad."""

    naam: str
    gedeeld: bool

    def nu(self) -> datetime:
        """De klok van de database, met de verschuiving van een proefagenda."""

    def load_versies(self, van: date, tot: date) -> Versies: ...

    def load_inrichting(self) -> tuple[Inrichting, int]:
        """De inrichting en haar versie; ongewijzigd geeft hetzelfde object terug."""

    def load_avonden(self, datums: Sequence[date]) -> Mapping[date, AvondInhoud]:
        """Voor elke gevraagde datum, ook als er nog niets van is vastgelegd (versie 0)."""

    def lock(
        self, datums: Iterable[date], *, inrichting: bool = False
    ) -> AbstractContextManager[AgendaTransactie]:
        """Het slot van deze avonden, in volgorde van datum; `inrichting` ook dat van de inrichting.

        Raises AgendaBezet na vijf seconden wachten, AgendaOnbereikbaar zonder verbinding.
        """

    def find_afspraken(
        self,
        *,
        ids: Sequence[str] = (),
        datum_van: date | None = None,
        datum_tot: date | None = None,
        zoek: str = "",
        klantsleutel: str = "",
        te_verzetten: bool = False,
        nieuwste_eerst: bool = False,
        maximum: int = 200,
    ) -> tuple[Afspraak, ...]:
        """De eerste `maximum` afspraken, oudste eerst of andersom.

        `zoek`: het begin van elk woord uit naam, telefoon, e-mail, nummer of code, in welke volgorde ook; van
        een naam ook vier letters of meer uit het midden.
        """

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]: ...

    def find_gebeurtenissen(
        self, vraag: Gebeurtenisvraag, maximum: int
    ) -> tuple[tuple[int, Gebeurtenis], ...]:
        """Elke gebeurtenis met haar volgnummer, nieuwste eerst."""

    def find_wijzigers(self, soorten: Sequence[str]) -> tuple[str, ...]:
        """Wie er ooit iets aan deze soorten wijzigde, op alfabet."""

    def load_bezoeken(self, datum: date) -> tuple[Bezoek, ...]:
        """Iedereen van die avond, op volgnummer; wie er nog geen heeft (leeg) achteraan, op tijd.

        Ook afspraken waar vanavond nog niets mee is gebeurd (`versie` 0). Wie afzegde alleen als hij al een
        volgnummer had. Altijd zonder naam; `groep` is leeg.
        """

    def load_bezoeknamen(self, datum: date, ids: Sequence[str] = ()) -> Mapping[str, str]:
        """De namen bij deze bezoeken van die avond; zonder `ids` allemaal."""

    def find_bezoeken(self, datum: date, zoek: str) -> tuple[tuple[Bezoek, str], ...]:
        """Bezoeken van die avond met hun naam: op (deel van) naam, nummer, code, telefoon of volgnummer."""

    def find_bezoekdatum(self, id_: str) -> date | None:
        """Van welke avond dit bezoek (of deze afspraak) is; None als het er niet is."""

    def load_stappen(self, datum: date) -> tuple[Gebeurtenis, ...]:
        """Alles wat er met de bezoeken van die avond gebeurde (`bezoek_…`), oudste eerst."""

    def find_verzoek(self, verzoek_id: str) -> Mapping[str, Any] | None:
        """Het antwoord op een verzoek waarvan de afloop onbekend was; None = het is niet gedaan."""

    def load_klantgeheim(self) -> bytes:
        """De sleutel van deze agenda voor `klantsleutel`: 32 bytes, met het deel uit de sleutelbos erin."""

    def forget_klantsleutels(self, door: Wie) -> int:
        """Wis alle klantsleutels en ga verder met het geheim van deze werkplek; geeft hoeveel."""

    def find_reserveringen(self, eigenaar: str) -> tuple[Reservering, ...]:
        """Wat deze eigenaar vasthoudt of pas nog vasthield (ook verlopen), oudste eerst (H07)."""

    def load_wachtlijst(self) -> tuple[Wachtende, ...]: ...

    def put_wachtende(self, wachtende: Wachtende, door: Wie) -> None: ...

    def take_lease(self, naam: str, houder: str, duur: timedelta) -> bool:
        """Mag deze werkplek dit nu voor allen doen? Zo lang als `duur` niemand anders; nog eens verlengt."""

    def take_bericht(self, nieuw: Bordregel, *, na_te_kijken: bool) -> Bordregel:
        """Neem dit bericht om het af te geven; geeft de regel die nu geldt (`Bordregel.is_van`).

        Van `nieuw` tellen `sinds` en `verloopt` op de klok van de database; zie `decide_afgifte`.
        """

    def note_bericht(self, regel: Bordregel, *, alleen_nieuw: bool = False) -> None:
        """Zet op het bord hoe het ging; `alleen_nieuw`: doe niets als het bericht er al staat."""

    def load_bord(self, vanaf: date | None = None, sleutels: Sequence[str] = ()) -> tuple[Bordregel, ...]:
        """Wat over afspraken vanaf die dag nog niet is verstuurd of gebeld, op datum; of deze berichten."""

    def find_te_vergeten(self, voor: date) -> tuple[date, ...]:
        """De avonden voor die dag waar nog iets van een persoon staat, oudste eerst."""

    def clean(self) -> bool:
        """Haal wat is gewist ook uit de vrije ruimte van het bestand; onwaar als dat nu niet kan.

        Bij een gedeelde agenda zorgt de server daarvoor.
        """

    def check(self) -> tuple[str, ...]:
        """Loop bezetting en afspraken beide kanten op na; leeg als alles klopt."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Bronafspraak:
    """Wat een agenda van een afspraak vertelt, zonder persoon. `bron`: "kif" of de naam van de andere agenda.

    `balie` is leeg als de afspraak (nog) geen balie heeft; `nummer` heeft alleen een afspraak van KiF.
    """

    id: str
    bron: str
    begin: datetime
    eind: datetime
    balie: str = ""
    producten: tuple[str, ...] = ()
    nummer: str = ""
    code: str = ""


class AgendaBron(Protocol):
    """Eén agenda waar een avond van kan zijn: die van KiF zelf, of een andere (JCC, Qmatic).

    Namen volgen wat die systemen aanbieden: producten, datums, tijden, boeken, gegevens, afzeggen. Raises
    overal AgendaOnbereikbaar; `book` en `cancel` ook Geweigerd met wat er dan wel kan.
    """

    @property
    def naam(self) -> str: ...

    def load_producten(self) -> tuple[Product, ...]:
        """Wat er te boeken is; leeg als deze agenda dat niet vertelt."""

    def load_datums(self, wens: Wens, van: date, tot: date) -> tuple[date, ...]:
        """De avonden van `van` tot en met `tot` waarop deze wens nog kan."""

    def load_tijden(self, wens: Wens, datum: date) -> tuple[VrijeStart, ...]:
        """De begintijden op deze avond; leeg als er niets kan of deze agenda het niet vertelt."""

    def load_bezet(self, datum: date) -> tuple[Bronafspraak, ...]:
        """Wat deze agenda op deze avond heeft staan, op volgorde van tijd."""

    def book(self, wens: Wens, begin: datetime, gegevens: Any, *, verzoek_id: str) -> Bronafspraak:
        """Boek direct; hetzelfde verzoek geeft hetzelfde antwoord. `gegevens`: `Boekgegevens`."""

    def load_afspraak(self, id_: str) -> Bronafspraak:
        """Raises KifFout als deze agenda de afspraak niet heeft."""

    def cancel(self, id_: str, *, verzoek_id: str, reden: str = "") -> None: ...
