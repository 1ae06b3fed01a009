"""Catalogi 1.3 zoals Open Zaak 1.30 ze geeft: zaaktypen met status-, resultaat- en roltypen.

Alleen lezen. Alle typen zijn gepubliceerd (concept is false), dus `status=concept` geeft niets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from frontoffice.demo.http import (
    OORSPRONG,
    Json,
    Verzoek,
    check_keuze,
    check_namen,
    niet_gevonden,
    render_pagina,
    uuid_uit_url,
)
from frontoffice.demo.openzaak import OpenZaakApi, Recht
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.wereld.feiten import Type, Zaaktype

BASIS = f"{OORSPRONG}/catalogi/api/v1"
RSIN = "999900006"
GELDIG = {"beginGeldigheid": None, "eindeGeldigheid": None, "beginObject": None, "eindeObject": None}
_SUB = ("zaaktype", "zaaktypeIdentificatie", "datumGeldigheid", "status", "page", "pageSize")


class CatalogiApi(OpenZaakApi):
    """Beantwoordt alles onder /catalogi/api/v1."""

    pad = "/catalogi/api/v1"
    versie = "1.3.1"
    filters: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "zaaktypen": (
            "catalogus",
            "datumGeldigheid",
            "identificatie",
            "identificatie__icontains",
            "omschrijving__icontains",
            "page",
            "pageSize",
            "status",
            "trefwoorden",
        ),
        "statustypen": _SUB,
        "resultaattypen": _SUB,
        "roltypen": (*_SUB, "omschrijving", "omschrijvingGeneriek"),
        "informatieobjecttypen": (
            "catalogus",
            "datumGeldigheid",
            "omschrijving",
            "omschrijving__icontains",
            "page",
            "pageSize",
            "status",
            "zaaktype",
        ),
        "catalogussen": ("domein", "domein__in", "page", "pageSize", "rsin", "rsin__in"),
    }

    def __init__(self, wereld: Wereld, klok: Callable[[], float]) -> None:
        super().__init__(klok)
        self.wereld = wereld
        self.zaaktypen = wereld.zaaktypen
        self.catalogus = f"{BASIS}/catalogussen/{wereld.toeval.uuid('catalogus', 1)}"
        namen = dict.fromkeys(naam for z in self.zaaktypen for naam in z.documenttypen)
        self.documentsoorten = list(namen)
        self._bronnen: dict[str, tuple[list[Any], Callable[[Any], Json]]] = {
            "zaaktypen": (self.zaaktypen, self.zaaktype),
            "statustypen": ([t for z in self.zaaktypen for t in reversed(z.statustypen)], self.statustype),
            "resultaattypen": ([t for z in self.zaaktypen for t in z.resultaattypen], self.resultaattype),
            "roltypen": ([t for z in self.zaaktypen for t in z.roltypen], self.roltype),
            "informatieobjecttypen": (self.documentsoorten, self.informatieobjecttype),
            "catalogussen": ([self.catalogus], self._catalogus),
        }
        self._op_uuid = {
            bron: {render(rij)["url"].rsplit("/", 1)[-1]: rij for rij in rijen}
            for bron, (rijen, render) in self._bronnen.items()
        }

    # --- adressen -----------------------------------------------------------

    def zaaktype_url(self, zaaktype: Zaaktype) -> str:
        return f"{BASIS}/zaaktypen/{zaaktype.uuid}"

    def informatieobjecttype_url(self, naam: str) -> str:
        uuid = self.wereld.toeval.uuid("informatieobjecttype", self.documentsoorten.index(naam))
        return f"{BASIS}/informatieobjecttypen/{uuid}"

    # --- rijen --------------------------------------------------------------

    def zaaktype(self, z: Zaaktype) -> Json:
        lijst: dict[str, Any] = z.lijst
        onderwerp = z.naam.split()[0]
        return {
            "url": self.zaaktype_url(z),
            "identificatie": z.identificatie,
            "omschrijving": z.naam,
            "omschrijvingGeneriek": z.naam,
            "vertrouwelijkheidaanduiding": lijst["vertrouwelijk"],
            "doel": f"{z.naam} voor inwoners en ondernemers",
            "aanleiding": "Verzoek van inwoner of ondernemer",
            "toelichting": "",
            "indicatieInternOfExtern": "extern",
            "handelingInitiator": lijst["werkwoord"],
            "onderwerp": onderwerp,
            "handelingBehandelaar": "behandelen",
            "doorlooptijd": f"P{z.doorlooptijd}D",
            "servicenorm": f"P{z.servicenorm}D" if z.servicenorm else None,
            "opschortingEnAanhoudingMogelijk": True,
            "verlengingMogelijk": True,
            "verlengingstermijn": "P42D",
            "trefwoorden": [onderwerp.lower()],
            "publicatieIndicatie": bool(lijst.get("publiceren")),
            "publicatietekst": "Gepubliceerd in het gemeenteblad." if lijst.get("publiceren") else "",
            "verantwoordingsrelatie": [],
            "productenOfDiensten": [],
            "selectielijstProcestype": "",
            "referentieproces": {"naam": z.naam, "link": ""},
            "concept": False,
            "verantwoordelijke": RSIN,
            "broncatalogus": {"url": "", "domein": "", "rsin": ""},
            "bronzaaktype": {"url": "", "identificatie": "", "omschrijving": ""},
            "beginGeldigheid": "2024-01-01",
            "eindeGeldigheid": None,
            "versiedatum": "2024-01-01",
            "beginObject": "2024-01-01",
            "eindeObject": None,
            "catalogus": self.catalogus,
            "statustypen": [f"{BASIS}/statustypen/{t.uuid}" for t in z.statustypen],
            "resultaattypen": [f"{BASIS}/resultaattypen/{t.uuid}" for t in z.resultaattypen],
            "eigenschappen": [],
            "informatieobjecttypen": [self.informatieobjecttype_url(naam) for naam in z.documenttypen],
            "roltypen": [f"{BASIS}/roltypen/{t.uuid}" for t in z.roltypen],
            "besluittypen": [],
            "deelzaaktypen": [],
            "gerelateerdeZaaktypen": [],
            "zaakobjecttypen": [],
        }

    def _onder(self, bron: str, type_: Type) -> Json:
        zaaktype = self.zaaktypen[type_.zaaktype]
        return {
            "url": f"{BASIS}/{bron}/{type_.uuid}",
            "zaaktype": self.zaaktype_url(zaaktype),
            "zaaktypeIdentificatie": zaaktype.identificatie,
            "catalogus": self.catalogus,
        }

    def statustype(self, t: Type) -> Json:
        return {
            **self._onder("statustypen", t),
            "omschrijving": t.naam,
            "omschrijvingGeneriek": "",
            "statustekst": t.tekst,
            "volgnummer": t.volgnummer,
            "isEindstatus": t.eind,
            "informeren": t.eind,
            "doorlooptijd": None,
            "toelichting": "",
            "checklistitemStatustype": [],
            "eigenschappen": [],
            "zaakobjecttypen": [],
            **GELDIG,
        }

    def roltype(self, t: Type) -> Json:
        return {
            **self._onder("roltypen", t),
            "omschrijving": t.naam,
            "omschrijvingGeneriek": t.generiek,
            **GELDIG,
        }

    def resultaattype(self, t: Type) -> Json:
        return {
            **self._onder("resultaattypen", t),
            "omschrijving": t.naam,
            "resultaattypeomschrijving": "",
            "omschrijvingGeneriek": t.naam,
            "selectielijstklasse": "https://selectielijst.example/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829",
            "toelichting": "",
            "archiefnominatie": "vernietigen",
            "archiefactietermijn": "P5Y",
            "brondatumArchiefprocedure": {
                "afleidingswijze": "afgehandeld",
                "datumkenmerk": "",
                "einddatumBekend": False,
                "objecttype": "",
                "registratie": "",
                "procestermijn": None,
            },
            "procesobjectaard": "",
            "indicatieSpecifiek": None,
            "procestermijn": None,
            "besluittypen": [],
            "besluittypeOmschrijving": [],
            "informatieobjecttypen": [],
            "informatieobjecttypeOmschrijving": [],
            **GELDIG,
        }

    def informatieobjecttype(self, naam: str) -> Json:
        return {
            "url": self.informatieobjecttype_url(naam),
            "catalogus": self.catalogus,
            "omschrijving": naam,
            "vertrouwelijkheidaanduiding": "openbaar",
            "beginGeldigheid": "2024-01-01",
            "eindeGeldigheid": None,
            "concept": False,
            "besluittypen": [],
            "informatieobjectcategorie": "document",
            "trefwoord": [],
            "omschrijvingGeneriek": {
                "informatieobjecttypeOmschrijvingGeneriek": "",
                "definitieInformatieobjecttypeOmschrijvingGeneriek": "",
                "herkomstInformatieobjecttypeOmschrijvingGeneriek": "",
                "hierarchieInformatieobjecttypeOmschrijvingGeneriek": "",
                "opmerkingInformatieobjecttypeOmschrijvingGeneriek": "",
            },
            "zaaktypen": [self.zaaktype_url(z) for z in self.zaaktypen if naam in z.documenttypen],
            "beginObject": "2024-01-01",
            "eindeObject": None,
        }

    def _catalogus(self, url: str) -> Json:
        return {
            "url": url,
            "domein": "LOSSR",
            "rsin": RSIN,
            "contactpersoonBeheerNaam": "Functioneel beheer",
            "contactpersoonBeheerTelefoonnummer": "",
            "contactpersoonBeheerEmailadres": "",
            "zaaktypen": [self.zaaktype_url(z) for z in self.zaaktypen],
            "besluittypen": [],
            "informatieobjecttypen": [self.informatieobjecttype_url(naam) for naam in self.documentsoorten],
            "naam": "Catalogus Losser (demonstratie)",
            "versie": "",
            "begindatumVersie": None,
        }

    # --- API ----------------------------------------------------------------

    def lijst(self, bron: str, verzoek: Verzoek, recht: Recht) -> Json:
        rijen, render = self._bronnen[bron]
        if "status" in verzoek.query:
            status = check_keuze("status", verzoek.waarde("status"), ("alles", "concept", "definitief"))
            rijen = [] if status == "concept" else rijen
        zaaktype = uuid_uit_url("zaaktype", verzoek.waarde("zaaktype")) if "zaaktype" in verzoek.query else ""
        if zaaktype and bron == "informatieobjecttypen":
            soorten = next((z.documenttypen for z in self.zaaktypen if z.uuid == zaaktype), ())
            rijen = [naam for naam in rijen if naam in soorten]
        elif zaaktype:
            rijen = [t for t in rijen if self.zaaktypen[t.zaaktype].uuid == zaaktype]
        if "zaaktypeIdentificatie" in verzoek.query:
            rijen = [
                t
                for t in rijen
                if self.zaaktypen[t.zaaktype].identificatie == verzoek.waarde("zaaktypeIdentificatie")
            ]
        data = [render(rij) for rij in rijen]
        for naam in ("identificatie", "omschrijving", "omschrijvingGeneriek", "catalogus", "domein", "rsin"):
            if naam in verzoek.query:
                data = [rij for rij in data if rij[naam] == verzoek.waarde(naam)]
        for naam in ("identificatie", "omschrijving"):
            if f"{naam}__icontains" in verzoek.query:
                deel = verzoek.waarde(f"{naam}__icontains").lower()
                data = [rij for rij in data if deel in rij[naam].lower()]
        return render_pagina(verzoek, data, lambda rij: rij)

    def detail(self, bron: str, uuid: str, verzoek: Verzoek, recht: Recht) -> tuple[Json, Json]:
        check_namen(verzoek, [])
        rij = self._op_uuid[bron].get(uuid)
        if rij is None:
            raise niet_gevonden()
        data = self._bronnen[bron][1](rij)
        return data, data
