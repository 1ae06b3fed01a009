"""De rijen van Klantinteracties met hun verwijzingen, en het bijschrijven daarvan in het geheugen.

Rijen staan op volgorde van aanmaken: het volgnummer van een rij is haar plaats in de lijst. Kent geen HTTP en
keurt niets; wie schrijft, houdt `slot` vast.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from threading import RLock
from typing import Any

from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.bron import als_uuid
from frontoffice.demo.wereld.feiten import (
    Actor,
    Betrokkene,
    Contact,
    DigitaalAdres,
    Identificator,
    Koppeling,
    Onderwerpobject,
    Partij,
    Taak,
)


def new_uuid() -> str:
    return als_uuid(os.urandom(16).hex())


class Klantbestand:
    """Lijsten en indexen; ze ontstaan bij het eerste gebruik en groeien mee met wat wordt geschreven."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld
        self.slot = RLock()
        # KVK-nummers die al bestaan maar nog van geen partij zijn.
        self.losse_identificatoren: list[Identificator] = []

    # --- lijsten ------------------------------------------------------------

    @cached_property
    def betrokkenen(self) -> list[Betrokkene]:
        return [b for c in self.wereld.contacten for b in c.betrokkenen]

    @cached_property
    def betrokkenen_van(self) -> dict[int, list[int]]:
        """De volgnummers van de betrokkenen van een partij."""
        uit: dict[int, list[int]] = {}
        for betrokkene in self.betrokkenen:
            if betrokkene.partij >= 0:
                uit.setdefault(betrokkene.partij, []).append(betrokkene.nummer)
        return uit

    @cached_property
    def taken(self) -> list[Taak]:
        return [t for c in self.wereld.contacten for t in c.taken]

    @cached_property
    def onderwerpobjecten(self) -> list[Onderwerpobject]:
        return [o for c in self.wereld.contacten for o in c.onderwerpen]

    @cached_property
    def koppelingen(self) -> list[Koppeling]:
        paren = [(c.nummer, actor) for c in self.wereld.contacten for actor in c.actoren]
        uuid = self.wereld.toeval.uuid
        return [Koppeling(n, uuid("koppeling", n), *paar) for n, paar in enumerate(paren)]

    @property
    def identificatoren(self) -> list[tuple[Identificator, Partij | None]]:
        """Elke identificator met de partij waar hij van is."""
        van_partij = [(i, p) for p in self.wereld.partijen for i in p.identificatoren]
        return [*van_partij, *((i, None) for i in self.losse_identificatoren)]

    @cached_property
    def _indexen(self) -> dict[str, dict[str, Any]]:
        return {}

    def on_uuid(self, bron: str) -> Mapping[str, Any]:
        """Alle rijen van een bron op uuid."""
        if bron == "partij-identificatoren":
            return {paar[0].uuid: paar for paar in self.identificatoren}
        if bron not in self._indexen:
            self._indexen[bron] = {rij.uuid: rij for rij in self._list(bron)}
        return self._indexen[bron]

    def _list(self, bron: str) -> list[Any]:
        lijsten: dict[str, list[Any]] = {
            "partijen": self.wereld.partijen,
            "actoren": self.wereld.actoren,
            "digitaleadressen": self.wereld.digitale_adressen,
            "klantcontacten": self.wereld.contacten,
            "betrokkenen": self.betrokkenen,
            "internetaken": self.taken,
            "onderwerpobjecten": self.onderwerpobjecten,
            "actorklantcontacten": self.koppelingen,
        }
        return lijsten[bron]

    def has_referentienummer(self, bron: str, nummer: str) -> bool:
        return nummer in self._referentienummers(bron)

    def _referentienummers(self, bron: str) -> dict[str, int]:
        if bron not in self._nummers:
            rijen = self._list(bron)
            self._nummers[bron] = {
                rij.referentienummer: rij.nummer for rij in rijen if rij.referentienummer is not None
            }
        return self._nummers[bron]

    @cached_property
    def _nummers(self) -> dict[str, dict[str, int]]:
        return {}

    # --- bijschrijven ---------------------------------------------------------

    def put(self, bron: str, rij: Any) -> Any:
        """Zet een rij op haar plaats: achteraan als ze nieuw is, anders over de oude heen."""
        lijst = self._list(bron)
        if rij.nummer == len(lijst):
            lijst.append(rij)
        else:
            lijst[rij.nummer] = rij
        if bron in self._indexen:
            self._indexen[bron][rij.uuid] = rij
        if getattr(rij, "referentienummer", None) is not None:
            self._referentienummers(bron)[rij.referentienummer] = rij.nummer
        return rij

    def count(self, bron: str) -> int:
        """Het volgnummer van de volgende rij."""
        return len(self._list(bron))

    def add_contact(self, contact: Contact) -> Contact:
        nieuw: Contact = self.put("klantcontacten", contact)
        return nieuw

    def add_betrokkene(self, betrokkene: Betrokkene) -> Betrokkene:
        van = self.betrokkenen_van
        self.put("betrokkenen", betrokkene)
        contact = self.wereld.contacten[betrokkene.contact]
        self.put("klantcontacten", contact._replace(betrokkenen=(*contact.betrokkenen, betrokkene)))
        if betrokkene.partij >= 0:
            van.setdefault(betrokkene.partij, []).append(betrokkene.nummer)
        return betrokkene

    def add_onderwerp(self, onderwerp: Onderwerpobject) -> Onderwerpobject:
        self.put("onderwerpobjecten", onderwerp)
        if onderwerp.contact >= 0:
            contact = self.wereld.contacten[onderwerp.contact]
            self.put("klantcontacten", contact._replace(onderwerpen=(*contact.onderwerpen, onderwerp)))
        return onderwerp

    def add_koppeling(self, koppeling: Koppeling) -> Koppeling:
        self.put("actorklantcontacten", koppeling)
        contact = self.wereld.contacten[koppeling.contact]
        self.put("klantcontacten", contact._replace(actoren=(*contact.actoren, koppeling.actor)))
        return koppeling

    def put_taak(self, taak: Taak) -> Taak:
        """Een nieuwe taak, of een bestaande die is veranderd."""
        self.put("internetaken", taak)
        contact = self.wereld.contacten[taak.contact]
        anders = tuple(t for t in contact.taken if t.nummer != taak.nummer)
        op_volgorde = tuple(sorted((*anders, taak), key=lambda t: t.nummer))
        self.put("klantcontacten", contact._replace(taken=op_volgorde))
        return taak

    def add_actor(self, actor: Actor) -> Actor:
        nieuw: Actor = self.put("actoren", actor)
        return nieuw

    def add_adres(self, adres: DigitaalAdres) -> DigitaalAdres:
        """Een adres erbij; een nieuw standaardadres neemt dat stil over van de andere van zijn soort."""
        if adres.partij >= 0:
            partij = self.wereld.partijen[adres.partij]
            oude = [
                a._replace(standaard=False) if adres.standaard and a.soort == adres.soort else a
                for a in partij.adressen
            ]
            for oud in oude:
                self.put("digitaleadressen", oud)
            self.put("partijen", partij._replace(adressen=(*oude, adres)))
        self.put("digitaleadressen", adres)
        if adres.betrokkene is not None:
            betrokkene = self.betrokkenen[adres.betrokkene]
            self._replace_betrokkene(betrokkene._replace(adressen=(*betrokkene.adressen, adres)))
        return adres

    def _replace_betrokkene(self, betrokkene: Betrokkene) -> None:
        self.put("betrokkenen", betrokkene)
        contact = self.wereld.contacten[betrokkene.contact]
        rijen = tuple(betrokkene if b.nummer == betrokkene.nummer else b for b in contact.betrokkenen)
        self.put("klantcontacten", contact._replace(betrokkenen=rijen))

    def add_partij(self, partij: Partij) -> Partij:
        """De partij; een identificator die al van een ander of van niemand was, verhuist mee."""
        eigen = {i.uuid for i in partij.identificatoren}
        self.losse_identificatoren = [i for i in self.losse_identificatoren if i.uuid not in eigen]
        for ander in [p for p in self.wereld.partijen if any(i.uuid in eigen for i in p.identificatoren)]:
            over = tuple(i for i in ander.identificatoren if i.uuid not in eigen)
            self.put("partijen", ander._replace(identificatoren=over))
        nieuw: Partij = self.put("partijen", partij)
        return nieuw

    def has_identificator(self, nieuw: Identificator) -> bool:
        """Waar als er een ander is met dezelfde gegevens onder hetzelfde nummer (of onder geen)."""
        delen = (nieuw.objecttype, nieuw.soort, nieuw.object_id, nieuw.register, nieuw.sub_van)
        return any(
            delen == (i.objecttype, i.soort, i.object_id, i.register, i.sub_van)
            for i, _ in self.identificatoren
            if i.uuid != nieuw.uuid
        )
