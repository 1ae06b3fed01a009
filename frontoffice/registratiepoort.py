"""Wat registreren en verzenden van buiten vragen: een register dat schrijft en een winkel op deze werkplek.

Naast `ports`, omdat het venster deze pas nodig heeft als er een contact loopt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from frontoffice.domain.concept import Actorsoort, Afdeling, Concept, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.registratie import (
    Deelnemer,
    Opdracht,
    Registratie,
    Taakopgave,
    Toestand,
    Verzending,
)
from frontoffice.ports import Aanroep

# --- het register ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GemaaktContact:
    """Wat maak-klantcontact gaf. `echo` is onwaar als de server ons referentienummer niet teruggaf."""

    uuid: str
    betrokkene_uuid: str
    onderwerpobject_uuid: str
    echo: bool


@dataclass(frozen=True)
class GevondenContact:
    """Een contact dat er al staat. `sleutel` is de UUID uit metadata, leeg als die er niet is."""

    uuid: str
    sleutel: str
    betrokkene_uuids: tuple[str, ...] = ()


@dataclass(frozen=True)
class GevondenBetrokkene:
    uuid: str
    rol: str
    partij_uuid: str
    naam: str
    adressen: tuple[str, ...] = ()


@dataclass(frozen=True)
class GevondenTaak:
    uuid: str
    toelichting: str
    open: bool


class Contactregister(Protocol):
    """Schrijven in Klantinteracties 2.18. Geen aanroep wordt hier herhaald: dat beslist `verzenden`.

    Raises RegisterFout: `Afgekeurd` (400, met velden), `Storing`, `Onbereikbaar`, `DuurtTeLang`,
    `OnverwachtAntwoord`: bij alles behalve Afgekeurd en NietBevoegd is onbekend of het is gebeurd.
    """

    def find_contact(self, referentienummer: str, aanroep: Aanroep) -> GevondenContact | None:
        """Het contact met dit referentienummer. Raises Afgekeurd op een server die daar niet op zoekt."""

    def find_contact_op_tijd(self, registratie: Registratie, aanroep: Aanroep) -> GevondenContact | None:
        """Voor een server zonder referentienummer: hetzelfde plaatsgevondenOp, kanaal, onderwerp en inhoud.

        `Registratie.plaatsgevonden_op` is daarvoor tot op de microseconde uniek."""

    def make_contact(
        self,
        registratie: Registratie,
        deelnemer: Deelnemer | None,
        partij_uuid: str,
        zaak_uuid: str,
        aanroep: Aanroep,
    ) -> GemaaktContact:
        """POST maak-klantcontact: contact, ten hoogste één betrokkene en één zaak, alles of niets."""

    def find_actor(self, soort: Actorsoort, object_id: str, aanroep: Aanroep) -> str:
        """uuid van de actor met precies deze identificator, de oudste bij meer; leeg als er geen is."""

    def make_actor(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str: ...

    def find_afdelingen(self, aanroep: Aanroep) -> tuple[Afdeling, ...]:
        """Actoren die een terugbelverzoek kunnen krijgen (afdelingen, groepen, medewerkers; actief)."""

    def link_actor(self, contact_uuid: str, actor_uuid: str, aanroep: Aanroep) -> None:
        """De medewerker bij het contact; bestond de koppeling al, dan is dat goed."""

    def find_betrokkenen(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenBetrokkene, ...]: ...

    def make_betrokkene(
        self, contact_uuid: str, deelnemer: Deelnemer, partij_uuid: str, aanroep: Aanroep
    ) -> str: ...

    def find_zaken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[str, ...]:
        """uuid's van zaken (en contacten) die al aan dit contact hangen."""

    def link_zaak(self, contact_uuid: str, zaak_uuid: str, aanroep: Aanroep) -> str: ...

    def link_melding(self, contact_uuid: str, nummer: str, aanroep: Aanroep) -> str:
        """Dit contact gaat over deze melding openbare ruimte (het nummer zonder voorvoegsel)."""

    def link_taak(self, contact_uuid: str, eerder_uuid: str, taak_uuid: str, aanroep: Aanroep) -> str:
        """Dit contact gaat over een terugbelverzoek, en over het contact waaruit dat ontstond."""

    def find_taken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenTaak, ...]: ...

    def make_taak(self, contact_uuid: str, actor_uuid: str, taak: Taakopgave, aanroep: Aanroep) -> str: ...

    def find_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        """uuid van de partij met precies dit BSN, KVK- of vestigingsnummer; leeg als er geen is."""

    def make_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        """Een partij met identificator. Bestaat zij al (400 `__all__`/unique): opzoeken en die gebruiken."""

    def find_adressen_van(
        self, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> tuple[str, ...]:
        """De nummers en e-mailadressen die al bij deze partij of betrokkene staan."""

    def make_adres(
        self, adres: NieuwAdres, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> str: ...


# --- de winkel op deze werkplek --------------------------------------------------------------------------


class WinkelFout(KifFout):
    """Bewaren op deze werkplek lukt nu niet; wat op het scherm staat, blijft staan.

    Codes: winkel_vol, winkel_alleen_lezen, winkel_bezet, winkel_kapot, winkel_sleutel, winkel_te_nieuw,
    winkel_plaats.
    """

    standaard_code = "winkel"


@dataclass(frozen=True)
class Wijziging:
    """Wat er aan een verzending verandert. None = blijft zo."""

    toestand: Toestand | None = None
    stappen: dict[str, str] = field(default_factory=dict)
    niet_voor: datetime | None = None
    fout: str | None = None
    veld: str | None = None
    http_status: int | None = None
    verstuurd_op: datetime | None = None
    opdracht: Opdracht | None = None


class Winkel(Protocol):
    """De database van deze werkplek (SQLCipher): concepten, outbox, en wat er onthouden moet worden.

    Elke methode is één transactie en is op schijf als zij terugkeert (WAL, synchronous FULL).
    Alleen buiten de schermdraad. Raises WinkelFout.
    """

    def load_concepten(self, medewerker: str = "") -> tuple[Concept, ...]:
        """Open concepten op plek; leeg = van iedereen."""

    def save_concept(self, concept: Concept) -> None:
        """Bewaar, tenzij er al een nieuwere `versie` staat of het contact al is afgerond."""

    def remove_concept(self, uuid: str) -> None: ...

    def next_referentienummers(self, aantal: int) -> tuple[str, ...]:
        """Tien cijfers: drie van deze werkplek en zeven van een teller die nooit teruggaat."""

    def finish(
        self, concept_uuid: str, registraties: Sequence[Registratie], niet_voor: datetime
    ) -> tuple[int, ...]:
        """Concept eruit, outbox erin, in één transactie. Twee keer hetzelfde geeft dezelfde id's."""

    def add(self, opdracht: Opdracht, niet_voor: datetime, bijlagen: Mapping[str, str] | None = None) -> int:
        """Een opdracht zonder concept in de outbox. Twee keer dezelfde uuid geeft dezelfde id.

        `bijlagen` zijn te groot voor de opdracht zelf (een foto als tekst): met `recall` te lezen onder
        "bijlage:<uuid>:<naam>", en weg als de opdracht weg is."""

    def undo(self, concept_uuid: str) -> Concept | None:
        """Terug naar concept zolang niets is verstuurd; None als het te laat is."""

    def claim(
        self,
        nu: datetime,
        *,
        alles: bool = False,
        behalve: frozenset[int] = frozenset(),
        niet: frozenset[str] = frozenset(),
    ) -> Verzending | None:
        """De oudste rij die nu mag, en zet haar op wordt_verstuurd.

        Na een eerdere poging wordt dat wordt_nagekeken. `pogingen` telt deze mee: de eerste keer is zij 1.
        Een rij die op wordt_verstuurd bleef staan toen een verzender stopte, komt ook weer aan de beurt.
        `behalve` zijn rijen en `niet` soorten die nu niet mogen; wie in hun groep erna komt, wacht op ze.

        Per `groep` op volgorde: een rij wacht op elke eerdere van haar groep, behalve een die op
        *Actie nodig* staat. `alles`: let niet op `niet_voor`."""

    def update(self, id: int, wijziging: Wijziging) -> None: ...

    def load_verzendingen(self, *, ook_verstuurd: bool = True) -> tuple[Verzending, ...]: ...

    def load_verzending(self, id: int) -> Verzending | None: ...

    def withdraw(self, id: int) -> bool:
        """Trek een rij in die zeker nog niet in het register staat; onwaar als dat niet (meer) zeker is."""

    def count_wachtend(self) -> tuple[int, int]:
        """(nog niet in het register, waarvan Actie nodig)."""

    def purge(self, voor: datetime) -> int:
        """Verwijder wat vóór dit moment in het register kwam, en elk kapot bestand dat toen al apart lag.

        Geeft het aantal rijen. Raises WinkelFout.
        """

    def acquire_lease(self, houder: str, nu: datetime, seconden: float) -> bool:
        """Mag `houder` versturen? Eén per winkel; een verlopen lease is van de volgende."""

    def release_lease(self, houder: str) -> None: ...

    def recall(self, naam: str) -> str:
        """Wat met `remember` is onthouden, zoals een actor; leeg = niets."""

    def remember(self, naam: str, waarde: str) -> None: ...

    def close(self) -> None: ...


# --- als de winkel niet opengaat ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Kopie:
    """Een reservekopie: `gemaakt_op` is UTC. `open` contacten en wat er op verzending `wacht`; None als de
    kopie niet heel is of niet opengaat met de sleutel van nu."""

    naam: str
    gemaakt_op: datetime
    open: int | None
    wacht: int | None


@dataclass(frozen=True)
class Herstelstand:
    """Waaruit te kiezen is als de winkel niet opengaat, nieuwste kopie eerst.

    `leesbaar`: hoeveel contacten in het bestand zelf nog te lezen zijn; die komen bij elke keuze mee.
    """

    kopieen: tuple[Kopie, ...]
    leesbaar: int


class Herstel(Protocol):
    """Alleen buiten de schermdraad. Elke methode raises WinkelFout; er is dan niets veranderd."""

    def load_stand(self) -> Herstelstand | None:
        """Probeer het nog een keer; None als het nu lukt, anders waaruit te kiezen is."""

    def restore_backup(self, naam: str) -> None:
        """Zet deze reservekopie terug. Het oude bestand blijft apart bewaard."""

    def start_leeg(self) -> None:
        """Begin met een nieuw bestand. Het oude blijft apart bewaard."""

    def work_zitting(self) -> None:
        """Bewaar niets: alles is weg als het programma sluit. Het oude bestand blijft waar het is."""
