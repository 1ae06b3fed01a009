"""De internetaken van het nepregister: zelfde rijen en pech, en zonder slot of ETag, net als de echte."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from frontoffice.domain.belofte import Telling
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import NietGevonden
from frontoffice.domain.taakwijziging import REGELS, Taakactie, Taakvelden
from frontoffice.ports import Aanroep, Pagina
from frontoffice.takenpoort import Berichtspoor, Taakactor, Taakcontact
from tests.bouwers import NU
from tests.nep_registratie import NAAM, STORING, WEG, NepRegister, Rij, _fout


class NepTaken:
    """Port `Takenregister`. `vertraag` zegt hoelang een schrijfvraag onderweg is."""

    def __init__(self, register: NepRegister, vertraag: Callable[[], float] = lambda: 0.0) -> None:
        self.register = register
        self.vertraag = vertraag
        self.contacten: dict[str, Taakcontact] = {}

    def add_taak(self, contact: str = "c0", toelichting: str = "", actoren: tuple[str, ...] = ()) -> str:
        uuid = f"t{len(self.register.van('taak'))}"
        velden: dict[str, object] = {"contact": contact, "toelichting": toelichting, "actoren": actoren}
        self.register.rijen.append(Rij("taak", uuid, velden))
        return uuid

    def _rij(self, uuid: str) -> Rij:
        rij = next((rij for rij in self.register.van("taak") if rij.uuid == uuid), None)
        if rij is None:
            raise NietGevonden("Niet gevonden.", register=NAAM)
        return rij

    def _to_taak(self, rij: Rij) -> InterneTaak:
        velden: dict[str, Any] = rij.velden
        actoren = velden.get("actoren") or ((velden["actor"],) if "actor" in velden else ())
        return InterneTaak(
            rij.uuid,
            velden["contact"],
            velden.get("handeling", "Terugbellen"),
            velden["toelichting"],
            "te_verwerken" if velden.get("open", True) else "verwerkt",
            velden.get("gezet", NU),
            velden.get("afgehandeld"),
            actoren,
        )

    def load_taken(
        self, pagina: int, per_pagina: int, aanroep: Aanroep, *, actor_uuid: str = "", is_open: bool = True
    ) -> Pagina[InterneTaak]:
        self.register._lees("taken")
        alle = [self._to_taak(rij) for rij in reversed(self.register.van("taak"))]
        alle = [t for t in alle if t.is_open is is_open and (not actor_uuid or actor_uuid in t.actor_uuids)]
        vanaf = (pagina - 1) * per_pagina
        volgende = pagina + 1 if vanaf + per_pagina < len(alle) else None
        return Pagina(tuple(alle[vanaf : vanaf + per_pagina]), len(alle), volgende)

    def load_taak(self, uuid: str, aanroep: Aanroep) -> InterneTaak:
        self.register._lees("taak")
        return self._to_taak(self._rij(uuid))

    def load_taakcontact(self, contact_uuid: str, aanroep: Aanroep) -> Taakcontact:
        self.register._lees("taakcontact")
        if contact_uuid not in self.contacten:
            raise NietGevonden("Niet gevonden.", register=NAAM)
        return self.contacten[contact_uuid]

    def load_actoren(self, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        self.register._lees("actoren")
        return tuple(self._to_actor(rij) for rij in self.register.van("actor"))

    def find_actoren(self, object_id: str, aanroep: Aanroep) -> tuple[Taakactor, ...]:
        self.register._lees("actor")
        return tuple(a for a in map(self._to_actor, self.register.van("actor")) if a.object_id == object_id)

    @staticmethod
    def _to_actor(rij: Rij) -> Taakactor:
        soort = cast(Actorsoort, rij.velden["soort"])
        return Taakactor(rij.uuid, str(rij.velden["id"]).title(), str(rij.velden["id"]), soort)

    def find_eigen_contacten(self, actor_uuid: str, hoogstens: int, aanroep: Aanroep) -> tuple[str, ...]:
        self.register._lees("eigen contacten")
        rijen = [r for r in reversed(self.register.van("koppeling")) if r.velden["actor"] == actor_uuid]
        return tuple(str(rij.velden["contact"]) for rij in rijen[:hoogstens])

    def count_acties(self, taak_uuid: str, aanroep: Aanroep) -> Mapping[Taakactie, Telling]:
        self.register._lees("acties")
        hangt = {r.velden["contact"] for r in self.register.van("zaak") if r.velden.get("taak") == taak_uuid}
        tellingen: dict[Taakactie, Telling] = {}
        for rij in self.register.van("contact"):
            velden: dict[str, Any] = rij.velden
            actie = next((a for a in REGELS if a.value == velden["metadata"].get("terugbelactie")), None)
            if rij.uuid in hangt and actie is not None:
                oud, om = tellingen.get(actie, Telling()), cast(datetime, velden["om"])
                tellingen[actie] = Telling(oud.aantal + 1, max(oud.laatst or om, om))
        return tellingen

    def find_berichten(self, over: str, aanroep: Aanroep) -> tuple[Berichtspoor, ...]:
        self.register._lees("berichten")
        wat = over.partition(":")[2]
        hangt = {
            r.velden["contact"]
            for r in self.register.van("zaak")
            if wat in (r.velden.get("taak"), r.velden.get("zaak"))
        }
        sporen = []
        for rij in self.register.van("contact"):
            velden: dict[str, Any] = rij.velden
            metadata = velden["metadata"]
            if rij.uuid in hangt and metadata.get("berichtover") == over:
                sporen.append(
                    Berichtspoor(metadata["kifsleutel"], metadata["bericht"], velden["kanaal"], velden["om"])
                )
        return tuple(sporen)

    def change_taak(self, uuid: str, velden: Taakvelden, aanroep: Aanroep) -> None:
        time.sleep(self.vertraag())
        with self.register._slot:
            self.register.vragen.append("PATCH taak")
            fout = self.register.pech("PATCH taak", len(self.register.vragen))
            if fout in ("", WEG, STORING):
                rij = self._rij(uuid)
                if velden.toelichting is not None:
                    rij.velden["toelichting"] = velden.toelichting
                if velden.open is not None:
                    rij.velden["open"] = velden.open
                    rij.velden["afgehandeld"] = None if velden.open else NU
                if velden.actoren is not None:
                    rij.velden["actoren"] = velden.actoren
        if fout:
            raise _fout(fout)
