"""Partijen vinden en maken in Klantinteracties 2.18, met de nummers waaraan ze te herkennen zijn.

Maakt nooit een tweede partij bij een nummer dat er al is. Neemt geen naam van een mens over.
"""

from __future__ import annotations

from frontoffice.central import contactvormen as vorm
from frontoffice.central.instelling import Codes, Objectcode
from frontoffice.central.schrijflijn import PER_PAGINA, Schrijflijn
from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import Afgekeurd
from frontoffice.ports import Aanroep

_DUBBEL = "__all__"


class Partijen:
    """Het deel van de poort `Contactregister` dat over partijen gaat."""

    def __init__(self, lijn: Schrijflijn, codes: Codes) -> None:
        self._lijn = lijn
        self._codes = codes

    def find(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        """Bij meer dan één de oudste die actief is. Rijen met een ander nummer vallen weg, want Open Klant
        vergelijkt de delen van een identificator los van elkaar."""
        code, nummer = self._code_en_nummer(wie)
        query = {
            "partijIdentificator__codeSoortObjectId": code.code_soort_object_id,
            "partijIdentificator__objectId": nummer,
            "pageSize": PER_PAGINA,
        }
        if wie.vestiging:
            query["subIdentificatorVan__codeSoortObjectId"] = self._codes.kvk.code_soort_object_id
            query["subIdentificatorVan__objectId"] = wie.kvk
        rijen = self._lijn.find("/partijen", query, vorm.Partij, aanroep)
        goed = [rij for rij in rijen if _has_nummer(rij, code, nummer)]
        goed.sort(key=lambda rij: rij.indicatie_actief is not False)
        return goed[-1].uuid if goed else ""

    def make(self, wie: Gesprekspartner, aanroep: Aanroep) -> str:
        """Eén verzoek bij een nieuwe inwoner of een nieuw bedrijf, drie bij een vestiging."""
        code, nummer = self._code_en_nummer(wie)
        identificator: vorm.Lijf = {"partijIdentificator": vorm.make_code(code, nummer)}
        if wie.vestiging:
            identificator["subIdentificatorVan"] = {"uuid": self._ensure_kvk(wie.kvk, aanroep)}
        try:
            return self._lijn.create("/partijen", vorm.make_partij(wie, identificator), aanroep)
        except Afgekeurd as fout:
            if not any(naam == _DUBBEL for naam, _ in fout.velden):
                raise
            bestaand = self.find(wie, aanroep) or self._adopt(wie, identificator, aanroep)
            if not bestaand:
                raise
            return bestaand

    def _ensure_kvk(self, kvk: str, aanroep: Aanroep) -> str:
        """uuid van het KVK-nummer waar een vestiging onder hangt; het hoeft nog van geen partij te zijn."""
        bestaand = self._find_nummer(self._codes.kvk, kvk, aanroep)
        if bestaand is not None:
            return bestaand.uuid
        lijf = {"identificeerdePartij": None, "partijIdentificator": vorm.make_code(self._codes.kvk, kvk)}
        try:
            return self._lijn.create("/partij-identificatoren", lijf, aanroep)
        except Afgekeurd:
            intussen = self._find_nummer(self._codes.kvk, kvk, aanroep)
            if intussen is None:
                raise
            return intussen.uuid

    def _adopt(self, wie: Gesprekspartner, identificator: vorm.Lijf, aanroep: Aanroep) -> str:
        """Maak de partij bij een nummer dat al bestaat maar van niemand is; leeg als dat er niet is.

        Zulke nummers ontstaan als een vestiging wordt gemaakt vóór haar onderneming. Een nummer dat van een
        ander is, blijft daar: Open Klant zou het zonder vragen overzetten.
        """
        code, nummer = self._code_en_nummer(wie)
        gevonden = self._find_nummer(code, nummer, aanroep)
        if gevonden is None or gevonden.identificeerde_partij is not None or wie.vestiging:
            return ""
        lijf = vorm.make_partij(wie, {"uuid": gevonden.uuid, **identificator})
        return self._lijn.create("/partijen", lijf, aanroep)

    def _find_nummer(self, code: Objectcode, nummer: str, aanroep: Aanroep) -> vorm.Partijnummer | None:
        query = {
            "partijIdentificatorCodeSoortObjectId": code.code_soort_object_id,
            "partijIdentificatorObjectId": nummer,
        }
        rijen = self._lijn.find(
            "/partij-identificatoren",
            query,
            vorm.Partijnummer,
            aanroep,
            lambda rij: rij.partij_identificator.object_id == nummer,
        )
        goed = [rij for rij in rijen if rij.partij_identificator.has(code, nummer)]
        return goed[-1] if goed else None

    def _code_en_nummer(self, wie: Gesprekspartner) -> tuple[Objectcode, str]:
        if wie.bsn:
            return self._codes.bsn, wie.bsn
        if wie.kvk:
            return (self._codes.vestiging, wie.vestiging) if wie.vestiging else (self._codes.kvk, wie.kvk)
        raise ValueError("een partij heeft een BSN of een KVK-nummer")


def _has_nummer(rij: vorm.Partij, code: Objectcode, nummer: str) -> bool:
    return any(
        i.partij_identificator.object_id == nummer
        and i.partij_identificator.code_soort_object_id == code.code_soort_object_id
        for i in rij.partij_identificatoren
    )
