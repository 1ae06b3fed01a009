"""Schrijven in Klantinteracties 2.18 (Open Klant): contacten, wie erbij waren, taken, partijen, adressen.

Herhaalt nooit iets: of een mislukte aanroep nog eens mag, weet alleen wie verzendt. Elk zoekantwoord wordt
nagekeken; wie iets anders krijgt dan gevraagd, weet niet of het er al staat, en maakt dus niets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frontoffice.central import contactvormen as vorm
from frontoffice.central.antwoord import as_utc, require_uuid
from frontoffice.central.bladzijden import Bladzij
from frontoffice.central.contactpartijen import Partijen
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.central.instelling import Codes, Objectcode
from frontoffice.central.schrijflijn import PER_PAGINA, Schrijflijn
from frontoffice.domain.concept import Actorsoort, Afdeling, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import Afgekeurd
from frontoffice.domain.registratie import Deelnemer, Registratie, Taakopgave
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import GemaaktContact, GevondenBetrokkene, GevondenContact, GevondenTaak

_MEESTE_PER_PAGINA = "500"
_AL_GEKOPPELD = ("nonFieldErrors", "unique")


class OpenKlantSchrijver:
    """Poort `Contactregister`."""

    def __init__(self, verbinding: Verbinding, codes: Codes) -> None:
        self._lijn = Schrijflijn(verbinding)
        self._partijen = Partijen(self._lijn, codes)
        self._codes = codes
        self._actorcodes = {
            Actorsoort.MEDEWERKER: codes.medewerker,
            Actorsoort.AFDELING: codes.afdeling,
            Actorsoort.GROEP: codes.groep,
        }

    # --- contacten ----------------------------------------------------------

    def find_contact(self, referentienummer: str, aanroep: Aanroep) -> GevondenContact | None:
        query = {"referentienummer": referentienummer}
        rijen = self._find_contacten(query, lambda c: c.referentienummer == referentienummer, aanroep)
        return _to_contact(rijen[0]) if rijen else None

    def find_contact_op_tijd(self, registratie: Registratie, aanroep: Aanroep) -> GevondenContact | None:
        """Open Klant vergelijkt plaatsgevondenOp tot op de microseconde en haalt witruimte van tekst af."""
        moment = as_utc(registratie.plaatsgevonden_op)
        query = {"plaatsgevondenOp": vorm.format_moment(registratie.plaatsgevonden_op)}
        rijen = self._find_contacten(query, lambda c: as_utc(c.plaatsgevonden_op) == moment, aanroep)
        gelijk = [rij for rij in rijen if _is_same(rij, registratie)]
        gelijk.sort(key=lambda rij: rij.sleutel != registratie.uuid)
        return _to_contact(gelijk[0]) if gelijk else None

    def _find_contacten(
        self, query: Mapping[str, str], is_asked: Callable[[vorm.Contact], bool], aanroep: Aanroep
    ) -> tuple[vorm.Contact, ...]:
        """Alleen de eerste bladzijde: staat daar iets anders, dan is er niet gefilterd."""

        def make(bladzij: Bladzij[vorm.Contact]) -> tuple[vorm.Contact, ...]:
            self._lijn.require(all(is_asked(rij) for rij in bladzij.results))
            return tuple(bladzij.results)

        vraag = Vraag("GET", "/klantcontacten", tuple(query.items()))
        return self._lijn.ask(vraag, aanroep, Bladzij[vorm.Contact], make)

    def make_contact(
        self,
        registratie: Registratie,
        deelnemer: Deelnemer | None,
        partij_uuid: str,
        zaak_uuid: str,
        aanroep: Aanroep,
    ) -> GemaaktContact:
        """Een deel dat de server stil oversloeg, heeft een lege uuid; het kan alsnog apart."""
        lijf: vorm.Lijf = {"klantcontact": vorm.make_klantcontact(registratie)}
        if deelnemer is not None:
            lijf["betrokkene"] = vorm.make_betrokkene(deelnemer, partij_uuid)
        if zaak_uuid:
            lijf["onderwerpobject"] = vorm.make_onderwerp(self._codes, zaak_uuid)

        def make(geheel: vorm.GemaaktGeheel) -> GemaaktContact:
            return GemaaktContact(
                require_uuid(geheel.klantcontact.uuid),
                geheel.betrokkene.uuid if geheel.betrokkene else "",
                geheel.onderwerpobject.uuid if geheel.onderwerpobject else "",
                echo=geheel.klantcontact.referentienummer == registratie.referentienummer,
            )

        vraag = Vraag("POST", "/maak-klantcontact", lijf=lijf)
        return self._lijn.ask(vraag, aanroep, vorm.GemaaktGeheel, make)

    # --- wie het gesprek voerde ---------------------------------------------

    def find_actor(self, soort: Actorsoort, object_id: str, aanroep: Aanroep) -> str:
        """De uuid van de actor met deze identificatie, of leeg. Van dubbele telt de oudste."""
        code = self._actorcodes[soort]
        query = {
            "actoridentificatorObjectId": object_id,
            "actoridentificatorCodeObjecttype": code.code_objecttype,
            "actoridentificatorCodeRegister": code.code_register,
            "actoridentificatorCodeSoortObjectId": code.code_soort_object_id,
            "pageSize": PER_PAGINA,
        }
        rijen = self._lijn.find(
            "/actoren", query, vorm.Actor, aanroep, lambda rij: _is_actor(rij, code, object_id)
        )
        return rijen[-1].uuid if rijen else ""  # nieuwste eerst: de laatste is de oudste

    def make_actor(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str:
        lijf = vorm.make_actor(self._actorcodes[soort], soort, object_id, naam)
        return self._lijn.create("/actoren", lijf, aanroep)

    def find_afdelingen(self, aanroep: Aanroep) -> tuple[Afdeling, ...]:
        """Elke identificatie één keer, op naam; wat andere codes draagt dan het profiel valt weg."""
        query = {"indicatieActief": "true", "pageSize": _MEESTE_PER_PAGINA}
        rijen = self._lijn.find("/actoren", query, vorm.Actor, aanroep)
        gevonden: dict[tuple[Actorsoort, str], Afdeling] = {}
        for rij in rijen:
            code = rij.actoridentificator
            if code is None or not code.object_id or rij.indicatie_actief is False:
                continue
            for soort, verwacht in self._actorcodes.items():
                if code.has_code(verwacht):
                    # Van dubbele telt de oudste, net als bij find_actor; die komt het laatst.
                    gevonden[soort, code.object_id] = Afdeling(
                        soort, code.object_id, rij.naam or code.object_id
                    )
                    break
        return tuple(sorted(gevonden.values(), key=lambda a: (a.naam.casefold(), a.object_id)))

    def link_actor(self, contact_uuid: str, actor_uuid: str, aanroep: Aanroep) -> None:
        """Wie het gesprek voerde. Staat dat er al, dan is dat goed: Open Klant keurt de tweede keer af."""
        lijf = {"actor": {"uuid": actor_uuid}, "klantcontact": {"uuid": contact_uuid}}
        try:
            self._lijn.create("/actorklantcontacten", lijf, aanroep)
        except Afgekeurd as fout:
            if _AL_GEKOPPELD not in fout.velden:
                raise

    # --- wie erbij waren en waar het over ging --------------------------------

    def find_betrokkenen(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenBetrokkene, ...]:
        """Wie er bij dit contact staan, met de nummers en adressen van dit gesprek (betrokkenen, expand)."""
        query = {
            "hadKlantcontact__uuid": contact_uuid,
            "expand": "digitaleAdressen",
            "pageSize": PER_PAGINA,
        }
        rijen = self._lijn.find(
            "/betrokkenen",
            query,
            vorm.Betrokkene,
            aanroep,
            lambda rij: _points_to(rij.had_klantcontact, contact_uuid),
        )
        return tuple(
            GevondenBetrokkene(
                rij.uuid,
                rij.rol,
                rij.was_partij.uuid if rij.was_partij else "",
                rij.volledige_naam or rij.organisatienaam,
                tuple(a.adres for a in rij.expand.digitale_adressen or ()),
            )
            for rij in rijen
        )

    def make_betrokkene(
        self, contact_uuid: str, deelnemer: Deelnemer, partij_uuid: str, aanroep: Aanroep
    ) -> str:
        lijf = {"hadKlantcontact": {"uuid": contact_uuid}, **vorm.make_betrokkene(deelnemer, partij_uuid)}
        return self._lijn.create("/betrokkenen", lijf, aanroep)

    def find_zaken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[str, ...]:
        """De uuid's waar dit contact over ging, elk één keer; ook die een ander programma eraan hing."""
        query = {"klantcontact__uuid": contact_uuid, "pageSize": PER_PAGINA}
        rijen = self._lijn.find(
            "/onderwerpobjecten",
            query,
            vorm.Onderwerp,
            aanroep,
            lambda rij: _points_to(rij.klantcontact, contact_uuid),
        )
        return tuple(dict.fromkeys(rij.doel for rij in rijen if rij.doel))

    def link_zaak(self, contact_uuid: str, zaak_uuid: str, aanroep: Aanroep) -> str:
        lijf = {
            "klantcontact": {"uuid": contact_uuid},
            "wasKlantcontact": None,
            **vorm.make_onderwerp(self._codes, zaak_uuid),
        }
        return self._lijn.create("/onderwerpobjecten", lijf, aanroep)

    def link_melding(self, contact_uuid: str, nummer: str, aanroep: Aanroep) -> str:
        lijf = {
            "klantcontact": {"uuid": contact_uuid},
            "wasKlantcontact": None,
            **vorm.make_meldingonderwerp(self._codes, nummer),
        }
        return self._lijn.create("/onderwerpobjecten", lijf, aanroep)

    def link_taak(self, contact_uuid: str, eerder_uuid: str, taak_uuid: str, aanroep: Aanroep) -> str:
        lijf = vorm.make_taakverwijzing(self._codes, contact_uuid, eerder_uuid, taak_uuid)
        return self._lijn.create("/onderwerpobjecten", lijf, aanroep)

    # --- terugbelverzoeken ----------------------------------------------------

    def find_taken(self, contact_uuid: str, aanroep: Aanroep) -> tuple[GevondenTaak, ...]:
        query = {"aanleidinggevendKlantcontact__uuid": contact_uuid, "pageSize": PER_PAGINA}
        rijen = self._lijn.find(
            "/internetaken",
            query,
            vorm.Taak,
            aanroep,
            lambda rij: _points_to(rij.aanleidinggevend_klantcontact, contact_uuid),
        )
        return tuple(_to_taak(rij) for rij in rijen)

    def make_taak(self, contact_uuid: str, actor_uuid: str, taak: Taakopgave, aanroep: Aanroep) -> str:
        return self._lijn.create("/internetaken", vorm.make_taak(contact_uuid, actor_uuid, taak), aanroep)

    # --- partijen en adressen -------------------------------------------------

    def find_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        return self._partijen.find(wie, aanroep)

    def make_partij(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        return self._partijen.make(wie, aanroep)

    def find_adressen_van(
        self, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> tuple[str, ...]:
        veld, uuid = _eigenaar(partij_uuid, betrokkene_uuid)
        query = {f"{veld}__uuid": uuid, "pageSize": PER_PAGINA}

        def is_asked(rij: vorm.Adres) -> bool:
            return _points_to(
                rij.verstrekt_door_partij if partij_uuid else rij.verstrekt_door_betrokkene, uuid
            )

        rijen = self._lijn.find("/digitaleadressen", query, vorm.Adres, aanroep, is_asked)
        return tuple(dict.fromkeys(rij.adres for rij in rijen))

    def make_adres(
        self, adres: NieuwAdres, *, partij_uuid: str = "", betrokkene_uuid: str = "", aanroep: Aanroep
    ) -> str:
        _eigenaar(partij_uuid, betrokkene_uuid)
        lijf = vorm.make_adres(adres, partij_uuid, betrokkene_uuid)
        return self._lijn.create("/digitaleadressen", lijf, aanroep)


def _is_same(rij: vorm.Contact, registratie: Registratie) -> bool:
    """Dezelfde tekst, en geen sleutel van een ander."""
    tekst = (rij.kanaal, rij.onderwerp, rij.inhoud or "")
    onderwerp, inhoud = vorm.clean(registratie.onderwerp), vorm.clean(registratie.inhoud)
    eigen = (registratie.kanaal, onderwerp.strip(), inhoud.strip())
    return tekst == eigen and rij.sleutel in ("", registratie.uuid)


def _is_actor(rij: vorm.Actor, code: Objectcode, object_id: str) -> bool:
    return rij.actoridentificator is not None and rij.actoridentificator.has(code, object_id)


def _points_to(link: vorm.Link | None, uuid: str) -> bool:
    return link is not None and link.uuid.lower() == uuid.lower()


def _eigenaar(partij_uuid: str, betrokkene_uuid: str) -> tuple[str, str]:
    """(veld, uuid) van wie het adres is; precies één van de twee."""
    if bool(partij_uuid) == bool(betrokkene_uuid):
        raise ValueError("een adres is van een partij of van een betrokkene")
    return (
        ("verstrektDoorPartij", partij_uuid) if partij_uuid else ("verstrektDoorBetrokkene", betrokkene_uuid)
    )


def _to_contact(rij: vorm.Contact) -> GevondenContact:
    return GevondenContact(
        require_uuid(rij.uuid),
        rij.sleutel,
        tuple(link.uuid for link in rij.had_betrokkenen),
    )


def _to_taak(rij: vorm.Taak) -> GevondenTaak:
    return GevondenTaak(require_uuid(rij.uuid), rij.toelichting, rij.status == vorm.OPEN)
