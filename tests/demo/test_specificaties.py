"""De antwoorden van de demo naast de officiële OpenAPI-bestanden; draait als KIF_SPECS een map daarmee is."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.demo.hulp import INP_BSN, Beller
from tests.demo.schema import Specificatie

MAP = os.environ.get("KIF_SPECS", "")
pytestmark = pytest.mark.skipif(not MAP, reason="KIF_SPECS wijst geen map met OpenAPI-bestanden aan")
# Wat de echte servers anders doen dan hun eigen bestand, en de demo dus ook.
AFWIJKING = (
    "._expand",  # staat niet in elk schema, wel in elk antwoord
    "beginObject: null",  # Open Zaak geeft null waar het schema dat niet toestaat (zie de opnamen)
    "eindeObject: null",
    "._links",  # KVK: object van links waar het schema één Link zegt
)


@cache
def spec(naam: str) -> Specificatie:
    return Specificatie(Path(MAP) / naam)


def check(naam: str, pad: str, antwoord: Any, methode: str = "get") -> None:
    assert antwoord.status_code == 200, antwoord.text[:300]
    s = spec(naam)
    fouten = [
        f for f in s.fouten(antwoord.json(), s.response(pad, methode)) if not any(a in f for a in AFWIJKING)
    ]
    assert fouten[:10] == []


@pytest.mark.parametrize(
    "bron",
    [
        "partijen",
        "digitaleadressen",
        "klantcontacten",
        "betrokkenen",
        "internetaken",
        "actoren",
        "onderwerpobjecten",
    ],
)
def test_klantinteracties_volgt_het_schema(bron: str, demo: Beller) -> None:
    lijst = demo.klant(bron, pageSize=500)
    check("klantinteracties-2.18.openapi.yaml", f"/{bron}", lijst)
    detail = demo.klant(f"{bron}/{lijst.json()['results'][0]['uuid']}")
    check("klantinteracties-2.18.openapi.yaml", f"/{bron}/{{uuid}}", detail)


@pytest.mark.parametrize("bron", ["zaken", "statussen", "rollen", "resultaten", "zaakinformatieobjecten"])
def test_zaken_volgt_het_schema(bron: str, demo: Beller) -> None:
    lijst = demo.zaak(
        f"/zaken/api/v1/{bron}", **({"pageSize": 500} if bron != "zaakinformatieobjecten" else {})
    )
    check("zaken-1.30.openapi.yaml", f"/{bron}", lijst)
    data = lijst.json()
    rijen = data if isinstance(data, list) else data["results"]
    check(
        "zaken-1.30.openapi.yaml", f"/{bron}/{{uuid}}", demo.zaak(f"/zaken/api/v1/{bron}/{rijen[0]['uuid']}")
    )


def test_zoeken_naar_zaken_volgt_het_schema(demo: Beller) -> None:
    expand = ["status", "status.statustype", "rollen", "resultaat", "zaaktype", "zaakinformatieobjecten"]
    antwoord = demo.zoek({INP_BSN: demo.persoon("zwaar").bsn, "expand": expand})
    check("zaken-1.30.openapi.yaml", "/zaken/_zoek", antwoord, "post")


@pytest.mark.parametrize(
    "bron",
    ["zaaktypen", "statustypen", "roltypen", "resultaattypen", "informatieobjecttypen", "catalogussen"],
)
def test_catalogi_volgt_het_schema(bron: str, demo: Beller) -> None:
    lijst = demo.zaak(f"/catalogi/api/v1/{bron}")
    check("catalogi-1.30.openapi.yaml", f"/{bron}", lijst)
    uuid = lijst.json()["results"][0]["url"].rsplit("/", 1)[-1]
    check("catalogi-1.30.openapi.yaml", f"/{bron}/{{uuid}}", demo.zaak(f"/catalogi/api/v1/{bron}/{uuid}"))


def test_documenten_volgt_het_schema(demo: Beller) -> None:
    bron = "/enkelvoudiginformatieobjecten"
    uuid = next(iter(demo.server.wereld.documenten()))
    check("documenten-1.30.openapi.yaml", f"{bron}/{{uuid}}", demo.zaak(f"/documenten/api/v1{bron}/{uuid}"))


def test_brp_volgt_het_schema_voor_iedereen(demo: Beller) -> None:
    bsns = [p.bsn for p in demo.server.wereld.personen]
    velden = [
        "burgerservicenummer",
        "naam",
        "geboorte",
        "geslacht",
        "leeftijd",
        "adressering",
        "verblijfplaats",
        "partners",
        "kinderen",
        "ouders",
        "nationaliteiten",
        "overlijden",
        "indicatieCurateleRegister",
        "gemeenteVanInschrijving",
        "datumInschrijvingInGemeente",
    ]
    for begin in range(0, len(bsns), 20):
        vraag = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": bsns[begin : begin + 20],
            "fields": velden,
        }
        check("brp-personen.openapi.yaml", "/personen", demo.brp(vraag), "post")


def test_brp_zoeken_volgt_het_schema(demo: Beller) -> None:
    persoon = demo.persoon("naamgenoot1")
    vraag = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": persoon.achternaam,
        "geboortedatum": "{:04d}-{:02d}-{:02d}".format(*persoon.geboorte),
        "fields": ["burgerservicenummer", "naam", "geboorte", "geslacht", "leeftijd", "adressering"],
    }
    check("brp-personen.openapi.yaml", "/personen", demo.brp(vraag), "post")


def test_kvk_volgt_het_schema(demo: Beller) -> None:
    check(
        "kvk-zoeken.openapi.yaml", "/zoeken", demo.kvk("v2/zoeken", plaats="Losser", resultatenPerPagina=100)
    )
    for bedrijf in demo.server.wereld.bedrijven:
        pad = "/v1/basisprofielen/{kvkNummer}"
        check("kvk-basisprofiel.openapi.yaml", pad, demo.kvk(f"v1/basisprofielen/{bedrijf.kvk}"))
        for onder in ("eigenaar", "hoofdvestiging", "vestigingen"):
            antwoord = demo.kvk(f"v1/basisprofielen/{bedrijf.kvk}/{onder}")
            check("kvk-basisprofiel.openapi.yaml", f"{pad}/{onder}", antwoord)


# Wat Signalen 2.50.12 anders doet dan zijn eigen bestand, en de demo dus ook.
_SIGNALEN = (
    "id_display", "state_display", ".user", "send_email", "email_override", "bag_validated", "area_code",
    ".postcode", "stadsdeel: null", "buurt_code: null", ".next", ".previous", "_links.self", "deadline",
    "is_active", "can_be_selected", "public_name", "_links.archives", "caption", ".public", ".id:",
    "extra_properties: null", "coordinates",
    "operational_date", "wacht op nutsbedrijf", "departments", "signal_id",
)  # fmt: skip


@pytest.mark.parametrize(
    ("pad", "vraag"),
    [
        ("/signals/v1/private/signals/", "/private/signals/?page_size=200"),
        ("/signals/v1/private/signals/{id}", "/private/signals/1003"),
        ("/signals/v1/private/signals/geography", "/private/signals/geography"),
        ("/signals/v1/private/signals/{id}/attachments/", "/private/signals/1003/attachments/"),
        ("/signals/v1/private/signals/{id}/context/", "/private/signals/1003/context/"),
        ("/signals/v1/private/sources/", "/private/sources/"),
        ("/signals/v1/public/terms/categories", "/public/terms/categories/"),
    ],
)
def test_signalen_volgt_het_schema(pad: str, vraag: str, demo: Beller) -> None:
    koppen = {"Authorization": "Bearer demo-meldingen"}
    antwoord = demo.vraag("GET", f"/signals/v1{vraag}", headers=koppen)
    assert antwoord.status_code == 200, antwoord.text[:300]
    s = spec("signalen.openapi.yaml")
    verschillen = s.fouten(antwoord.json(), s.response(pad, "get"))
    assert [v for v in verschillen if not any(bekend in v for bekend in _SIGNALEN)][:10] == []
