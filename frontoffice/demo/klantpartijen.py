"""Partijen en hun nummers maken zoals Open Klant 2.18 het doet, met zijn regels voor nummers.

Een nummer dat met uuid wordt meegestuurd, verhuist zonder vragen naar de nieuwe partij: zo doet hij dat.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from frontoffice.demo.http import ApiFout, Json, is_uuid
from frontoffice.demo.klantbestand import Klantbestand, new_uuid
from frontoffice.demo.klantrijen import Klantrijen
from frontoffice.demo.klantvelden import Invoer
from frontoffice.demo.wereld.bron import elfproef
from frontoffice.demo.wereld.feiten import GEEN_NAAM, Identificator, Partij

_OBJECTTYPEN = {"brp": ["natuurlijk_persoon"], "hr": ["vestiging", "niet_natuurlijk_persoon"]}
_SOORTEN = {
    "natuurlijk_persoon": ["bsn"],
    "vestiging": ["vestigingsnummer"],
    "niet_natuurlijk_persoon": ["rsin", "kvk_nummer"],
}
_LENGTE = {"bsn": 9, "rsin": 9, "kvk_nummer": 8, "vestigingsnummer": 12}
_DUBBEL = "`PartijIdentificator` moet uniek zijn, er bestaat er al een met deze gegevenscombinatie."
_ZONDER_KVK = (
    "Voor een PartijIdentificator met codeSoortObjectId = `vestigingsnummer` is het verplicht om een "
    "`sub_identifier_van` met codeSoortObjectId = `kvk_nummer` te kiezen."
)
_ANDERE_KVK = (
    "Het is alleen mogelijk om een subIdentifierVan te selecteren met codeSoortObjectId = `kvk_nummer`."
)


class Partijschrijver:
    """Maakt partijen en losse identificatoren."""

    def __init__(self, bestand: Klantbestand, rijen: Klantrijen) -> None:
        self.bestand = bestand
        self.rijen = rijen

    def read_partij(self, invoer: Invoer) -> Callable[[], Json]:
        identificatoren = [
            self._read_identificator(deel) for deel in invoer.items("partijIdentificatoren") or ()
        ]
        soort = invoer.choice("soortPartij", ("persoon", "organisatie", "contactpersoon"))
        geheim = invoer.flag("indicatieGeheimhouding", null=True, standaard=None)
        taal = invoer.text("voorkeurstaal", 3)
        actief = invoer.flag("indicatieActief", verplicht=True)
        notitie = invoer.text("interneNotitie", 1000)
        groep = invoer.group("partijIdentificatie")
        naam, volledig = "", GEEN_NAAM
        if groep is not None and soort == "organisatie":
            naam = groep.text("naam", 200)
        elif groep is not None:
            volledig = _read_contactnaam(groep)

        def add() -> Json:
            nummers = tuple(i for i in identificatoren if i is not None)
            for identificator in nummers:
                if self.bestand.has_identificator(identificator):
                    raise ApiFout(400, "invalid", params=[("__all__", "invalid", _DUBBEL)])
            voorletters, voornaam, voorvoegsel, achternaam = volledig
            nummer = self.bestand.count("partijen")
            partij = Partij(
                nummer,
                new_uuid(),
                soort,
                -1,
                -1,
                naam,
                voorletters,
                voornaam,
                voorvoegsel,
                achternaam,
                nummers,
                (),
                -1,
                taal,
                geheim,
                None,
                notitie,
                actief=actief,
                met_naam=groep is not None,
            )
            return self.rijen.partij(self.bestand.add_partij(partij))

        return add

    def read_los(self, invoer: Invoer) -> Callable[[], Json]:
        """POST partij-identificatoren, met of zonder partij."""
        vind = self.bestand.on_uuid("partijen").get
        partij: Partij | None = invoer.link("identificeerdePartij", vind, "Partij")
        identificator = self._read_identificator(invoer)

        def add() -> Json:
            assert identificator is not None  # anders is er al afgekeurd
            nieuw = identificator._replace(uuid=new_uuid())
            if self.bestand.has_identificator(nieuw):
                raise ApiFout(400, "invalid", params=[("__all__", "invalid", _DUBBEL)])
            if partij is None:
                self.bestand.losse_identificatoren.append(nieuw)
                return self.rijen.identificator(nieuw, None)
            eigen = self.bestand.wereld.partijen[partij.nummer]
            if any(i.soort == nieuw.soort for i in eigen.identificatoren):
                reden = "`CodeSoortObjectId` moet uniek zijn voor de Partij."
                raise ApiFout(400, "invalid", params=[("__all__", "invalid", reden)])
            self.bestand.put("partijen", eigen._replace(identificatoren=(*eigen.identificatoren, nieuw)))
            return self.rijen.identificator(nieuw, eigen)

        return add

    def _read_identificator(self, invoer: Invoer) -> Identificator | None:
        bestaande = self.bestand.on_uuid("partij-identificatoren")
        uuid = invoer.data.get("uuid")
        if uuid is not None and (not isinstance(uuid, str) or not is_uuid(uuid)):
            invoer.reject("uuid", "invalid", "Must be a valid UUID.")
        elif uuid is not None and uuid.lower() not in bestaande:
            invoer.reject("uuid", "invalid", "PartijIdentificator object bestaat niet.")
        groep = invoer.group("partijIdentificator", verplicht=True, null=False)
        boven = invoer.link("subIdentificatorVan", bestaande.get, "PartijIdentificator")
        if groep is None:
            return None
        objecttype = groep.choice("codeObjecttype", _SOORTEN)
        soort = groep.choice("codeSoortObjectId", _LENGTE)
        object_id = groep.text("objectId", 200, verplicht=True, leeg=False)
        register = groep.choice("codeRegister", _OBJECTTYPEN)
        if invoer.is_goed:
            _check_identificator(invoer, register, objecttype, soort, object_id, boven[0] if boven else None)
        identificator = Identificator(str(uuid or new_uuid()).lower(), register, objecttype, soort, object_id)
        if boven is None:
            return identificator
        hoofd = boven[0]
        return identificator._replace(
            sub_van=hoofd.uuid, sub_soort=hoofd.soort, sub_object_id=hoofd.object_id
        )


def _read_contactnaam(groep: Invoer) -> tuple[str, str, str, str]:
    deel = groep.group("contactnaam")
    if deel is None:
        return GEEN_NAAM
    return (
        deel.text("voorletters", 10),
        deel.text("voornaam", 200),
        deel.text("voorvoegselAchternaam", 10),
        deel.text("achternaam", 200),
    )


def _check_identificator(
    invoer: Invoer, register: str, objecttype: str, soort: str, object_id: str, boven: Identificator | None
) -> None:
    """De regels van Open Klant, in zijn volgorde; hij stopt bij de eerste fout."""
    if objecttype not in _OBJECTTYPEN[register]:
        reden = (
            f"voor `codeRegister` {register} zijn alleen deze waarden toegestaan: {_OBJECTTYPEN[register]}"
        )
        invoer.reject("partijIdentificatorCodeObjecttype", "invalid", reden)
    elif soort not in _SOORTEN[objecttype]:
        reden = (
            f"voor `codeObjecttype` {objecttype} zijn alleen deze waarden toegestaan: {_SOORTEN[objecttype]}"
        )
        invoer.reject("partijIdentificatorCodeSoortObjectId", "invalid", reden)
    elif (mis := _find_gebrek(soort, object_id)) is not None:
        reden = f"Deze waarde is ongeldig, reden: {mis}"
        invoer.reject("partijIdentificatorObjectId", "invalid", reden)
    elif soort == "vestigingsnummer" and boven is None:
        invoer.reject("subIdentificatorVan", "invalid", _ZONDER_KVK)
    elif soort == "vestigingsnummer" and boven is not None and boven.soort != "kvk_nummer":
        invoer.reject("subIdentificatorVan", "invalid", _ANDERE_KVK)


def _find_gebrek(soort: str, object_id: str) -> str | None:
    if len(object_id) != _LENGTE[soort]:
        return f"Waarde moet {_LENGTE[soort]} tekens lang zijn"
    if not re.fullmatch(r"[0-9]+", object_id):
        return "Voer een numerieke waarde in"
    if soort in ("bsn", "rsin") and not elfproef(object_id):
        return "Onjuist BSN nummer" if soort == "bsn" else "Onjuist RSIN nummer"
    return None
