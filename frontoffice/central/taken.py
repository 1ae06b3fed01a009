"""Internetaken in Klantinteracties 2.18 (Open Klant): de werklijst, wat erbij hoort, en bijwerken.

Kent geen uiterste datum (die staat in de toelichting). Elk antwoord wordt nagekeken op wat is gevraagd.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from frontoffice.central import contactvormen as vorm
from frontoffice.central.antwoord import as_utc, check_uuid, require_uuid
from frontoffice.central.bladzijden import Bladzij, to_pagina, unique
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.central.instelling import Codes
from frontoffice.central.klantinteracties import Contactrij, OpenKlant, Taakrij, to_contact, to_taak
from frontoffice.central.schrijflijn import PER_PAGINA, Schrijflijn
from frontoffice.domain.belofte import Telling
from frontoffice.domain.bericht import METADATA_BERICHT, METADATA_OVER
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import NietGevonden
from frontoffice.domain.taakwijziging import (
    METADATA_ACTIE,
    METADATA_TAAK,
    REGELS,
    Taakactie,
    Taakvelden,
)
from frontoffice.ports import Aanroep, Pagina
from frontoffice.takenpoort import Berichtspoor, Taakactor, Taakcontact

_MEESTE = "500"
# De partij hoort er hier wel bij: zij draagt de naam. Haar adressen vouwt Open Klant hier niet uit.
_TAAKCONTACT = (
    "hadBetrokkenen,hadBetrokkenen.wasPartij,hadBetrokkenen.digitaleAdressen,gingOverOnderwerpobjecten"
)


class OpenKlantTaken:
    """Poort `Takenregister`."""

    def __init__(self, verbinding: Verbinding, codes: Codes) -> None:
        self._verbinding = verbinding
        self._lijn = Schrijflijn(verbinding)
        self._lezer = OpenKlant(verbinding, codes)
        self._codes = {
            Actorsoort.MEDEWERKER: codes.medewerker,
            Actorsoort.AFDELING: codes.afdeling,
            Actorsoort.GROEP: codes.groep,
        }

    # --- lezen ----------------------------------------------------------------

    def load_taken(
        self, pagina: int, per_pagina: int, aanroep: Aanroep, *, actor_uuid: str = "", is_open: bool = True
    ) -> Pagina[InterneTaak]:
        """GET /internetaken. Een bladzijde die er niet meer is, is leeg: er is er een afgehandeld.

        Raises FilterGenegeerd als een rij niet bij de vraag hoort: een oudere Open Klant negeert een filter.
        """
        status = vorm.OPEN if is_open else vorm.KLAAR
        query = [("status", status), ("pageSize", str(per_pagina))]
        query += [("toegewezenAanActor__uuid", check_uuid(actor_uuid))] if actor_uuid else []
        query += [("page", str(pagina))] if pagina > 1 else []

        def make(bladzij: Bladzij[Taakrij]) -> Pagina[InterneTaak]:
            gevonden = to_pagina(bladzij, pagina, lambda rij: to_taak(rij, ""), lambda taak: taak.uuid)
            self._lijn.require(
                all(
                    taak.status == status and (not actor_uuid or actor_uuid in taak.actor_uuids)
                    for taak in gevonden.rijen
                )
            )
            return gevonden

        vraag = Vraag("GET", "/internetaken", tuple(query), herhaalbaar=True)
        try:
            return self._verbinding.ask(vraag, aanroep, Bladzij[Taakrij], make)
        except NietGevonden:
            if pagina == 1:
                raise
            return Pagina((), 0)  # voorbij het eind: er is intussen een verzoek afgehandeld

    def load_taak(self, uuid: str, aanroep: Aanroep) -> InterneTaak:
        vraag = Vraag("GET", f"/internetaken/{check_uuid(uuid)}", herhaalbaar=True)
        taak = self._verbinding.ask(vraag, aanroep, Taakrij, lambda rij: to_taak(rij, ""))
        self._lijn.require(taak.uuid.lower() == uuid.lower())
        return taak

    def load_taakcontact(self, contact_uuid: str, aanroep: Aanroep) -> Taakcontact:
        """Een partij is alleen de eerste keer in het antwoord uitgevouwen; elke partij telt één keer."""

        def make(rij: Contactrij) -> Taakcontact:
            partijen = [b.expand.was_partij for b in rij.expand.had_betrokkenen or ()]
            gevonden = unique((partij for partij in partijen if partij is not None), lambda p: p.uuid)
            return Taakcontact(to_contact(rij), tuple(self._lezer.to_partij(partij) for partij in gevonden))

        pad = f"/klantcontacten/{check_uuid(contact_uuid)}"
        vraag = Vraag("GET", pad, (("expand", _TAAKCONTACT),), herhaalbaar=True)
        gevonden = self._verbinding.ask(vraag, aanroep, Contactrij, make)
        self._lijn.require(gevonden.contact.uuid.lower() == contact_uuid.lower())
        return gevonden

    def load_actoren(self, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        rijen = self._lijn.find("/actoren", {"pageSize": _MEESTE}, vorm.Actor, aanroep)
        return tuple(self._to_actor(rij) for rij in rijen)

    def find_actoren(self, object_id: str, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        query = {"actoridentificatorObjectId": object_id, "pageSize": PER_PAGINA}
        rijen = self._lijn.find(
            "/actoren", query, vorm.Actor, aanroep, lambda rij: _object_id(rij) == object_id
        )
        return tuple(self._to_actor(rij) for rij in rijen)

    def find_eigen_contacten(self, actor_uuid: str, hoogstens: int, aanroep: Aanroep) -> tuple[str, ...]:
        """De uuid's van de contacten van deze actor; hoogstens 500, de grens van Open Klant."""
        query = (("actor__uuid", check_uuid(actor_uuid)), ("pageSize", str(min(hoogstens, 500))))

        def make(bladzij: Bladzij[vorm.Actorkoppeling]) -> tuple[str, ...]:
            rijen = bladzij.results
            self._lijn.require(all(rij.actor is None or rij.actor.uuid == actor_uuid for rij in rijen))
            return tuple(dict.fromkeys(rij.klantcontact.uuid for rij in rijen if rij.klantcontact))

        vraag = Vraag("GET", "/actorklantcontacten", query, herhaalbaar=True)
        return self._verbinding.ask(vraag, aanroep, Bladzij[vorm.Actorkoppeling], make)

    def count_acties(self, taak_uuid: str, aanroep: Aanroep) -> Mapping[Taakactie, Telling]:
        """Een contact dat een ander programma eraan hing, telt naar of het gelukt is."""
        tellingen: dict[Taakactie, Telling] = {}
        for rij in self._load_over(check_uuid(taak_uuid), METADATA_TAAK, taak_uuid, aanroep):
            actie, om = _actie_van(rij), as_utc(rij.plaatsgevonden_op)
            if actie is None or om is None:
                continue
            oud = tellingen.get(actie, Telling())
            tellingen[actie] = Telling(oud.aantal + 1, _laatste(oud.laatst, om))
        return tellingen

    def find_berichten(self, over: str, aanroep: Aanroep) -> tuple[Berichtspoor, ...]:
        """Een nummer van een melding kan ook dat van iets anders zijn: de metadata beslist."""
        sporen = []
        for rij in self._load_over(over.partition(":")[2], METADATA_OVER, over, aanroep):
            metadata = rij.metadata or {}
            if METADATA_BERICHT in metadata and metadata.get(METADATA_OVER) == over:
                om, wat = as_utc(rij.plaatsgevonden_op), str(metadata[METADATA_BERICHT])
                sporen.append(Berichtspoor(rij.sleutel, wat, rij.kanaal, om))
        return tuple(sporen)

    def _load_over(self, object_id: str, naam: str, waarde: str, aanroep: Aanroep) -> list[vorm.Contact]:
        """De contacten die hieraan hangen. Uitvouwen waar ze over gaan kost Open Klant tot 45 ms per contact.

        Een contact van KiF zegt in zijn metadata (`naam`) zelf waar het over gaat. Zegt het iets anders, dan
        is er niet gezocht waarop is gevraagd. Van een contact van een ander programma zeggen de
        onderwerpobjecten het, in één verzoek.
        """

        def is_own(rij: vorm.Contact) -> bool:
            return (rij.metadata or {}).get(naam) == waarde

        query = {"onderwerpobject__onderwerpobjectidentificatorObjectId": object_id, "pageSize": PER_PAGINA}
        rijen = self._lijn.find(
            "/klantcontacten",
            query,
            vorm.Contact,
            aanroep,
            lambda rij: is_own(rij) or naam not in (rij.metadata or {}),
        )
        vreemd = [rij.uuid for rij in rijen if not is_own(rij)]
        if vreemd:
            gezocht = {"onderwerpobjectidentificatorObjectId": object_id, "pageSize": _MEESTE}
            objecten = self._lijn.find(
                "/onderwerpobjecten", gezocht, vorm.Onderwerp, aanroep, partial(_wijst, object_id)
            )
            hangt = {rij.klantcontact.uuid for rij in objecten if rij.klantcontact is not None}
            self._lijn.require(hangt.issuperset(vreemd))
        return list(rijen)

    # --- schrijven --------------------------------------------------------------

    def change_taak(self, uuid: str, velden: Taakvelden, aanroep: Aanroep) -> None:
        vraag = Vraag("PATCH", f"/internetaken/{check_uuid(uuid)}", lijf=vorm.make_taakvelden(velden))
        self._lijn.ask(vraag, aanroep, vorm.Rij, lambda rij: require_uuid(rij.uuid))

    def _to_actor(self, rij: vorm.Actor) -> Taakactor:
        code = rij.actoridentificator
        soort = next((s for s, verwacht in self._codes.items() if code and code.has_code(verwacht)), None)
        if soort is None and rij.soort_actor == "medewerker":
            soort = Actorsoort.MEDEWERKER
        return Taakactor(require_uuid(rij.uuid), rij.naam or _object_id(rij), _object_id(rij), soort)


def _object_id(rij: vorm.Actor) -> str:
    return rij.actoridentificator.object_id if rij.actoridentificator else ""


def _wijst(object_id: str, rij: vorm.Onderwerp) -> bool:
    code = rij.onderwerpobjectidentificator
    return code is not None and code.object_id.lower() == object_id.lower()


def _actie_van(rij: vorm.Contact) -> Taakactie | None:
    """Klaar is ook een gesprek; wat niet te duiden is, telt niet mee."""
    metadata = rij.metadata or {}
    waarde = metadata.get(METADATA_ACTIE)
    if waarde is not None:
        return next((actie for actie in REGELS if actie.value == waarde), None)
    if METADATA_TAAK in metadata:  # zo schreven we "Klant belt opnieuw" eerst
        return Taakactie.OPNIEUW
    return Taakactie.NIET_BEREIKT if rij.indicatie_contact_gelukt is False else None


def _laatste(een: datetime | None, ander: datetime) -> datetime:
    return ander if een is None or ander > een else een
