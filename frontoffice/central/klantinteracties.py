"""Klantinteracties 2.18 (Open Klant): partijen, digitale adressen, klantcontacten, taken. Alleen lezen.

Een BSN kan hier alleen als filter in de URL; daarom toont niets van deze module een URL. Van wie
contacten zijn, kijkt de service na met Partij.betrokkene_uuids.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from frontoffice.central.antwoord import as_utc, check_uuid, require_uuid
from frontoffice.central.bladzijden import Bladzij, load_all, to_pagina, unique
from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.central.instelling import Codes, Objectcode
from frontoffice.domain.contact import Actor, Betrokkene, InterneTaak, Klantcontact, Onderwerpobject
from frontoffice.domain.fouten import FilterGenegeerd, InvoerFout, NietGevonden
from frontoffice.domain.klant import (
    AdresSoort,
    BedrijfSleutel,
    DigitaalAdres,
    KlantSleutel,
    Naam,
    Partij,
    PartijSleutel,
    PersoonSleutel,
)
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.ports import Aanroep, AdresTreffer, Pagina, RegisterStand

W = TypeVar("W")
PER_PAGINA = 25
# Elk contact van een onbekende beller heeft zijn eigen rij: de klant mag daar niet achter wegvallen. Meer
# geeft Open Klant niet.
_ADRESSEN_PER_PAGINA = 500
# hadBetrokkenen.wasPartij blijft weg: de uuid van de partij staat al in de rij, en een partij draagt al haar
# betrokkenen mee (300 kB bij een klant met 2.000 contacten).
_ALLES = "hadBetrokkenen,hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken,gingOverOnderwerpobjecten"


class _Vorm(msgspec.Struct, rename="camel", frozen=True):
    """Basis: namen in camelCase, onbekende velden tellen niet mee."""


class Link(_Vorm, frozen=True):
    uuid: str


class _Identificator(_Vorm, frozen=True):
    object_id: str = ""
    code_objecttype: str = ""
    code_register: str = ""
    code_soort_object_id: str = ""


class _PartijIdentificator(_Vorm, frozen=True):
    partij_identificator: _Identificator = _Identificator()


class _DigitaalAdres(_Vorm, frozen=True):
    uuid: str
    adres: str
    soort_digitaal_adres: str = ""
    is_standaard_adres: bool = False
    omschrijving: str = ""
    verstrekt_door_partij: Link | None = None


class _Contactnaam(_Vorm, frozen=True):
    voorletters: str = ""
    voornaam: str = ""
    voorvoegsel_achternaam: str = ""
    achternaam: str = ""


class _PartijNaam(_Vorm, frozen=True):
    """partijIdentificatie: contactnaam bij een persoon of contactpersoon, naam bij een organisatie."""

    contactnaam: _Contactnaam | None = None
    volledige_naam: str = ""
    naam: str = ""


class _PartijUitgevouwen(_Vorm, frozen=True):
    digitale_adressen: list[_DigitaalAdres] | None = None


class Partijrij(_Vorm, frozen=True):
    uuid: str
    soort_partij: str
    betrokkenen: list[Link] = []
    partij_identificatoren: list[_PartijIdentificator] = []
    voorkeurs_digitaal_adres: Link | None = None
    indicatie_geheimhouding: bool | None = None
    indicatie_actief: bool | None = True
    voorkeurstaal: str | None = None
    interne_notitie: str | None = None
    partij_identificatie: _PartijNaam | None = None
    expand: _PartijUitgevouwen = msgspec.field(name="_expand", default=_PartijUitgevouwen())


class _Actor(_Vorm, frozen=True):
    uuid: str
    naam: str = ""
    soort_actor: str = ""


class _Actorlink(_Vorm, frozen=True):
    """Van een taak die van niemand is, geeft Open Klant {"uuid": null}."""

    uuid: str | None = None


class Taakrij(_Vorm, frozen=True):
    uuid: str
    status: str
    aanleidinggevend_klantcontact: Link | None = None
    gevraagde_handeling: str = ""
    toelichting: str = ""
    toegewezen_aan_actor: _Actorlink | None = None
    toegewezen_aan_actoren: list[Link] | None = None
    toegewezen_op: datetime | None = None
    afgehandeld_op: datetime | None = None


class _BetrokkeneUitgevouwen(_Vorm, frozen=True):
    digitale_adressen: list[_DigitaalAdres] | None = None
    was_partij: Partijrij | None = None


class _Betrokkene(_Vorm, frozen=True):
    uuid: str
    rol: str = ""
    was_partij: Link | None = None
    volledige_naam: str = ""
    organisatienaam: str = ""
    initiator: bool = False
    expand: _BetrokkeneUitgevouwen = msgspec.field(name="_expand", default=_BetrokkeneUitgevouwen())


class _Onderwerpobject(_Vorm, frozen=True):
    uuid: str
    onderwerpobjectidentificator: _Identificator | None = None


class _ContactUitgevouwen(_Vorm, frozen=True):
    """Elke sleutel mag ontbreken: Open Klant laat ze weg na een lege lijst."""

    had_betrokkenen: list[_Betrokkene] | None = None
    leidde_tot_interne_taken: list[Taakrij] | None = None
    ging_over_onderwerpobjecten: list[_Onderwerpobject] | None = None


class Contactrij(_Vorm, frozen=True):
    uuid: str
    had_betrokkenen: list[Link]
    plaatsgevonden_op: datetime | None = None
    kanaal: str = ""
    onderwerp: str = ""
    inhoud: str | None = None
    reactie: str | None = None
    taal: str = ""
    vertrouwelijk: bool = True
    indicatie_contact_gelukt: bool | None = None
    had_betrokken_actoren: list[_Actor] = []
    leidde_tot_interne_taken: list[Link] = []
    expand: _ContactUitgevouwen = msgspec.field(name="_expand", default=_ContactUitgevouwen())


class OpenKlant:
    """Port `Klantinteracties`."""

    def __init__(self, verbinding: Verbinding, codes: Codes) -> None:
        self._verbinding = verbinding
        self._codes = codes

    def find_partijen(self, sleutel: KlantSleutel, aanroep: Aanroep) -> tuple[Partij, ...]:
        """Open Klant vergelijkt de delen van een identificator los van elkaar: een ander nummer met dezelfde
        cijfers komt mee. Wat de gevraagde identificator niet heeft, valt weg."""
        if isinstance(sleutel, PartijSleutel):
            return (self.load_partij(sleutel.uuid, aanroep),)
        code, nummer = self._code_en_nummer(sleutel)
        filters = [
            ("partijIdentificator__codeSoortObjectId", code.code_soort_object_id),
            ("partijIdentificator__objectId", nummer),
        ]
        if isinstance(sleutel, BedrijfSleutel) and sleutel.vestiging is not None:
            filters += [
                ("subIdentificatorVan__codeSoortObjectId", self._codes.kvk.code_soort_object_id),
                ("subIdentificatorVan__objectId", sleutel.kvk.nummer),
            ]
        filters += [("expand", "digitaleAdressen"), ("pageSize", "100")]

        def load(pagina: int) -> Pagina[Partij]:
            return self._verbinding.ask(
                self._get("/partijen", filters, pagina),
                aanroep,
                Bladzij[Partijrij],
                lambda b: to_pagina(b, pagina, self.to_partij, lambda p: p.uuid),
            )

        partijen = load_all(load, lambda p: p.uuid, self._verbinding.register, hoogste=5)
        return tuple(p for p in partijen if self._belongs_to(p, sleutel))

    def load_partij(self, uuid: str, aanroep: Aanroep) -> Partij:
        vraag = self._get(f"/partijen/{check_uuid(uuid)}", [("expand", "digitaleAdressen")])
        return self._verbinding.ask(vraag, aanroep, Partijrij, self.to_partij)

    def find_adressen(self, zoektekst: str, aanroep: Aanroep) -> tuple[AdresTreffer, ...]:
        """Alleen de eerste vijfhonderd: wie meer treffers heeft, zocht op te weinig."""
        vraag = self._get(
            "/digitaleadressen", [("adres__icontains", zoektekst), ("pageSize", str(_ADRESSEN_PER_PAGINA))]
        )

        def make(bladzij: Bladzij[_DigitaalAdres]) -> tuple[AdresTreffer, ...]:
            treffers = [
                AdresTreffer(
                    rij.adres,
                    require_uuid(rij.verstrekt_door_partij.uuid) if rij.verstrekt_door_partij else None,
                )
                for rij in bladzij.results
            ]
            if any(zoektekst.casefold() not in treffer.adres.casefold() for treffer in treffers):
                raise self._filter_ignored()
            return tuple(dict.fromkeys(treffers))

        return self._verbinding.ask(vraag, aanroep, Bladzij[_DigitaalAdres], make)

    def load_klantcontacten(
        self, sleutel: KlantSleutel, pagina: int, aanroep: Aanroep
    ) -> Pagina[Klantcontact]:
        """GET /klantcontacten van een partij, of van wie dit BSN of KVK-nummer heeft; nieuwste eerst.

        Een bladzijde die er niet meer is, is leeg.
        """
        if isinstance(sleutel, PartijSleutel):
            filters = [("hadBetrokkene__wasPartij__uuid", sleutel.uuid)]
        else:
            code, nummer = self._code_en_nummer(sleutel)
            voor = "hadBetrokkene__wasPartij__partijIdentificator__"
            filters = [(f"{voor}codeSoortObjectId", code.code_soort_object_id), (f"{voor}objectId", nummer)]
        # Ook waar het over ging: dat kost gemeten niets extra, en zo blijkt welke melding van deze klant is.
        filters += [
            ("expand", "leiddeTotInterneTaken,gingOverOnderwerpobjecten"),
            ("pageSize", str(PER_PAGINA)),
        ]
        try:
            return self._load_contacten(filters, pagina, aanroep, to_contact)
        except NietGevonden:
            if pagina == 1:
                raise
            return Pagina((), 0)  # voorbij het eind: er is intussen een contact weggehaald

    def load_klantcontact(self, uuid: str, aanroep: Aanroep) -> Klantcontact:
        vraag = self._get(f"/klantcontacten/{check_uuid(uuid)}", [("expand", _ALLES)])
        return self._verbinding.ask(vraag, aanroep, Contactrij, to_contact)

    def load_klantcontacten_van_zaak(self, zaak_uuid: str, aanroep: Aanroep) -> Pagina[Klantcontact]:
        """De codes waarmee een zaak wordt aangeduid verschillen per programma; de uuid beslist."""
        zaak_uuid = check_uuid(zaak_uuid)
        filters = [
            ("onderwerpobject__onderwerpobjectidentificatorObjectId", zaak_uuid),
            ("expand", "gingOverOnderwerpobjecten,leiddeTotInterneTaken"),
            ("pageSize", str(PER_PAGINA)),
        ]

        def make(rij: Contactrij) -> Klantcontact:
            contact = to_contact(rij)
            if not any(o.object_id.lower() == zaak_uuid for o in contact.onderwerpobjecten):
                raise self._filter_ignored()
            return contact

        return self._load_contacten(filters, 1, aanroep, make)

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Vraagt één medewerker op: daarvoor is geen gegeven van een klant nodig."""
        return probe(self._verbinding, Vraag("GET", "/actoren", (("pageSize", "1"),)), aanroep)

    def _load_contacten(
        self,
        filters: list[tuple[str, str]],
        pagina: int,
        aanroep: Aanroep,
        make: Callable[[Contactrij], Klantcontact],
    ) -> Pagina[Klantcontact]:
        def read(bladzij: Bladzij[Contactrij]) -> Pagina[Klantcontact]:
            # Eerst ontdubbelen: van een dubbele rij is alleen de eerste zeker uitgevouwen.
            rijen = list(unique(bladzij.results, lambda r: r.uuid))
            heel: Bladzij[Contactrij] = Bladzij(rijen, bladzij.count, bladzij.next)
            return to_pagina(heel, pagina, make, lambda c: c.uuid)

        vraag = self._get("/klantcontacten", filters, pagina)
        return self._verbinding.ask(vraag, aanroep, Bladzij[Contactrij], read)

    def _get(self, pad: str, query: list[tuple[str, str]], pagina: int = 1) -> Vraag:
        bij = [("page", str(pagina))] if pagina > 1 else []
        return Vraag("GET", pad, (*query, *bij), herhaalbaar=True)

    def _code_en_nummer(self, sleutel: PersoonSleutel | BedrijfSleutel) -> tuple[Objectcode, str]:
        if isinstance(sleutel, PersoonSleutel):
            return self._codes.bsn, sleutel.bsn.nummer
        if sleutel.vestiging is not None:
            return self._codes.vestiging, sleutel.vestiging.nummer
        return self._codes.kvk, sleutel.kvk.nummer

    def _belongs_to(self, partij: Partij, sleutel: PersoonSleutel | BedrijfSleutel) -> bool:
        if isinstance(sleutel, PersoonSleutel):
            return partij.bsn == sleutel.bsn
        if sleutel.vestiging is not None:
            return partij.vestiging == sleutel.vestiging
        return partij.kvk == sleutel.kvk

    def _filter_ignored(self) -> FilterGenegeerd:
        register = self._verbinding.register
        zin = (
            f"{register.mensnaam} gaf gegevens waar niet om is gevraagd. Daarom tonen we niets. "
            "Meld dit meteen bij de applicatiebeheerder."
        )
        return FilterGenegeerd(zin, register=register.naam)

    def to_partij(self, rij: Partijrij) -> Partij:
        naam = rij.partij_identificatie or _PartijNaam()
        adressen = tuple(_to_adres(a) for a in rij.expand.digitale_adressen or ())
        nummers = {
            i.partij_identificator.code_soort_object_id: i.partij_identificator.object_id
            for i in rij.partij_identificatoren
        }
        return Partij(
            uuid=require_uuid(rij.uuid),
            soort=rij.soort_partij,
            naam=_to_naam(naam),
            organisatienaam=naam.naam,
            bsn=_lees(Bsn, nummers.get(self._codes.bsn.code_soort_object_id)),
            kvk=_lees(KvkNummer, nummers.get(self._codes.kvk.code_soort_object_id)),
            vestiging=_lees(Vestigingsnummer, nummers.get(self._codes.vestiging.code_soort_object_id)),
            digitale_adressen=adressen,
            voorkeurskanaal=_voorkeurskanaal(rij, adressen),
            voorkeurstaal=rij.voorkeurstaal or "",
            geheimhouding=bool(rij.indicatie_geheimhouding),
            actief=rij.indicatie_actief is not False,
            interne_notitie=rij.interne_notitie or "",
            betrokkene_uuids=frozenset(link.uuid for link in rij.betrokkenen),
        )


def _to_naam(rij: _PartijNaam) -> Naam:
    contact = rij.contactnaam or _Contactnaam()
    delen = (contact.voornaam or contact.voorletters, contact.voorvoegsel_achternaam, contact.achternaam)
    return Naam(
        voornamen=contact.voornaam,
        voorletters=contact.voorletters,
        voorvoegsel=contact.voorvoegsel_achternaam,
        geslachtsnaam=contact.achternaam,
        volledig=rij.volledige_naam or " ".join(deel for deel in delen if deel),
    )


def _to_adres(rij: _DigitaalAdres) -> DigitaalAdres:
    soorten = {soort.value: soort for soort in AdresSoort}
    soort = soorten.get(rij.soort_digitaal_adres, AdresSoort.OVERIG)
    return DigitaalAdres(rij.uuid, soort, rij.adres, rij.is_standaard_adres, rij.omschrijving)


def _voorkeurskanaal(rij: Partijrij, adressen: tuple[DigitaalAdres, ...]) -> str:
    """Klantinteracties kent geen kanaal van voorkeur, wel een adres van voorkeur."""
    kanalen = {AdresSoort.TELEFOON: "telefoon", AdresSoort.EMAIL: "e-mail"}
    voorkeur = rij.voorkeurs_digitaal_adres
    gekozen = [a.soort for a in adressen if voorkeur is not None and a.uuid == voorkeur.uuid]
    return kanalen.get(gekozen[0], "") if gekozen else ""


def to_taak(rij: Taakrij, contact_uuid: str) -> InterneTaak:
    bij = rij.aanleidinggevend_klantcontact
    een = rij.toegewezen_aan_actor
    actoren = rij.toegewezen_aan_actoren or ([Link(een.uuid)] if een is not None and een.uuid else [])
    return InterneTaak(
        uuid=rij.uuid,
        klantcontact_uuid=bij.uuid if bij else contact_uuid,
        gevraagde_handeling=rij.gevraagde_handeling,
        toelichting=rij.toelichting,
        status=rij.status,
        toegewezen_op=as_utc(rij.toegewezen_op),
        afgehandeld_op=as_utc(rij.afgehandeld_op),
        actor_uuids=tuple(actor.uuid for actor in actoren),
    )


def _to_betrokkene(rij: _Betrokkene) -> Betrokkene:
    """De partij komt uit `wasPartij` zelf; in `_expand` is die vanaf de tweede keer leeg."""
    return Betrokkene(
        uuid=rij.uuid,
        rol=rij.rol,
        partij_uuid=rij.was_partij.uuid if rij.was_partij else None,
        naam=rij.volledige_naam or rij.organisatienaam,
        initiator=rij.initiator,
        adressen=tuple(adres.adres for adres in rij.expand.digitale_adressen or ()),
    )


def _to_onderwerpobject(rij: _Onderwerpobject) -> Onderwerpobject:
    code = rij.onderwerpobjectidentificator or _Identificator()
    return Onderwerpobject(
        rij.uuid, code.object_id, code.code_objecttype, code.code_register, code.code_soort_object_id
    )


def to_contact(rij: Contactrij) -> Klantcontact:
    """De platte lijsten (taak_uuids, betrokkene_uuids) zijn de waarheid; uitgevouwen kan er minder zijn."""
    uit = rij.expand
    return Klantcontact(
        uuid=require_uuid(rij.uuid),
        plaatsgevonden_op=as_utc(rij.plaatsgevonden_op),
        kanaal=rij.kanaal,
        onderwerp=rij.onderwerp,
        inhoud=rij.inhoud or "",
        reactie=rij.reactie or "",
        taal=rij.taal,
        vertrouwelijk=rij.vertrouwelijk,
        contact_gelukt=rij.indicatie_contact_gelukt,
        actoren=tuple(Actor(a.uuid, a.naam, a.soort_actor) for a in rij.had_betrokken_actoren),
        betrokkene_uuids=tuple(link.uuid for link in rij.had_betrokkenen),
        taak_uuids=tuple(link.uuid for link in rij.leidde_tot_interne_taken),
        taken=tuple(to_taak(taak, rij.uuid) for taak in uit.leidde_tot_interne_taken or ()),
        betrokkenen=tuple(_to_betrokkene(b) for b in uit.had_betrokkenen or ()),
        onderwerpobjecten=tuple(_to_onderwerpobject(o) for o in uit.ging_over_onderwerpobjecten or ()),
    )


def _lees(soort: Callable[[str], W], nummer: str | None) -> W | None:
    """Een nummer dat niet deugt, is er niet."""
    try:
        return soort(nummer) if nummer else None
    except InvoerFout:
        return None
