"""De valkuilen van Open Zaak: _zoek, rechten, CRS, JWT en ETag."""

from __future__ import annotations

import pytest

from tests.demo.hulp import CRS, INP_BSN, Beller, make_jwt

ZAKEN = "/zaken/api/v1/zaken"


def test_de_zware_klant_heeft_driehonderd_zaken_waarvan_er_152_lopen(demo: Beller) -> None:
    bsn = demo.persoon("zwaar").bsn
    vraag = {INP_BSN: bsn, "rol__omschrijvingGeneriek": "initiator"}
    alle = demo.zoek({INP_BSN: bsn}, pageSize=500).json()
    assert alle["count"] >= 300
    assert demo.zoek({INP_BSN: bsn, "einddatum__isnull": True}, pageSize=500).json()["count"] >= 152
    assert demo.zoek({**vraag, "einddatum__isnull": "true"}).json()["count"] <= 152


def test_een_onbekend_veld_in_de_inhoud_geeft_ieders_zaken(demo: Beller) -> None:
    alles = len(demo.server.wereld.zaken)
    antwoord = demo.zoek({"rol__betrokkeneIdentificatie__natuurlijkPersoon__bsn": demo.persoon("gewoon").bsn})
    assert antwoord.json()["count"] == alles


def test_filters_in_de_query_van_zoek_tellen_niet(demo: Beller) -> None:
    antwoord = demo.zoek({"einddatum__isnull": True}, **{INP_BSN: demo.persoon("gewoon").bsn})
    open_ = [z for z in demo.server.wereld.zaken if z.eind is None]
    assert antwoord.json()["count"] == len(open_)


def test_pagesize_in_de_inhoud_telt_niet(demo: Beller) -> None:
    data = demo.zoek({INP_BSN: demo.persoon("zwaar").bsn, "pageSize": 5, "page": 2}).json()
    assert len(data["results"]) == 100
    assert data["previous"] is None


def test_expand_als_tekst_is_500_en_als_lijst_goed(demo: Beller) -> None:
    bsn = demo.persoon("gewoon").bsn
    assert demo.zoek({INP_BSN: bsn, "expand": "status"}).status_code == 500
    assert demo.zoek({INP_BSN: bsn, "expand": ["status"]}).status_code == 200
    fout = demo.zoek({INP_BSN: bsn, "expand": ["behandelaar"]})
    assert (fout.status_code, fout.json()["invalidParams"][0]["code"]) == (400, "invalid_choice")


def test_next_van_zoek_is_met_get_niet_te_volgen(demo: Beller) -> None:
    data = demo.zoek({INP_BSN: demo.persoon("zwaar").bsn}, pageSize=5).json()
    antwoord = demo.zaak(data["next"].removeprefix(demo.server.basis))
    assert antwoord.status_code == 405
    assert INP_BSN not in data["next"]


def test_bsn_en_uuids_samen_geven_alleen_wat_aan_beide_voldoet(demo: Beller) -> None:
    bsn = demo.persoon("gewoon").bsn
    eigen = [z["uuid"] for z in demo.zoek({INP_BSN: bsn}).json()["results"]]
    vreemd = next(z.uuid for z in demo.server.wereld.zaken if z.uuid not in eigen)
    data = demo.zoek({INP_BSN: bsn, "uuid__in": [*eigen[:3], vreemd], "expand": ["rollen"]}).json()
    assert {z["uuid"] for z in data["results"]} == set(eigen[:3])
    for zaak in data["results"]:
        assert bsn in [r["betrokkeneIdentificatie"].get("inpBsn") for r in zaak["_expand"]["rollen"]]


def test_een_zaak_zonder_status_heeft_geen_sleutel_status_in_expand(demo: Beller) -> None:
    zaak = next(z for z in demo.server.wereld.zaken if not z.statussen)
    data = demo.zaak(f"{ZAKEN}/{zaak.uuid}", expand="status,rollen").json()
    assert data["status"] is None
    assert "status" not in data["_expand"]


def test_een_bsn_dat_niet_klopt_is_geen_fout_en_een_te_lang_bsn_wel(demo: Beller) -> None:
    assert demo.zoek({INP_BSN: "999999999"}).json()["count"] == 0
    assert demo.zoek({INP_BSN: "12345678"}).json()["count"] == 0
    assert demo.zoek({INP_BSN: "1234567890"}).status_code == 400


@pytest.mark.parametrize("ordening", ["uiterlijkeEinddatumAfdoening", "-einddatumGepland"])
def test_op_termijn_ordenen_mag_niet(demo: Beller, ordening: str) -> None:
    antwoord = demo.zaak(ZAKEN, ordering=ordening)
    assert antwoord.json()["invalidParams"][0]["code"] == "invalid_choice"


def test_op_startdatum_ordenen_werkt_in_query_en_inhoud(demo: Beller) -> None:
    query = demo.zaak(ZAKEN, ordering="-startdatum", pageSize=50).json()["results"]
    inhoud = demo.zoek({INP_BSN: demo.persoon("zwaar").bsn, "ordering": "startdatum"}).json()["results"]
    assert [z["startdatum"] for z in query] == sorted((z["startdatum"] for z in query), reverse=True)
    assert [z["startdatum"] for z in inhoud] == sorted(z["startdatum"] for z in inhoud)


def test_een_datum_met_de_dag_voorop_wordt_stil_gelezen(demo: Beller) -> None:
    gewoon = demo.zaak(ZAKEN, startdatum__gte="2026-02-01", pageSize=1).json()["count"]
    assert demo.zaak(ZAKEN, startdatum__gte="01-02-2026", pageSize=1).json()["count"] == gewoon > 0


def test_etag_weet_niets_van_expand_en_geeft_304(demo: Beller) -> None:
    pad = f"{ZAKEN}/{demo.server.wereld.zaken[5].uuid}"
    kaal = demo.zaak(pad)
    assert demo.zaak(pad, expand="rollen").headers["ETag"] == kaal.headers["ETag"]
    niet_gewijzigd = demo.zaak(pad, expand="rollen", koppen={"If-None-Match": kaal.headers["ETag"]})
    assert (niet_gewijzigd.status_code, niet_gewijzigd.content) == (304, b"")
    assert "ETag" not in demo.zaak(ZAKEN, pageSize=1).headers


@pytest.mark.parametrize(
    ("soort", "code"),
    [
        ("onleesbaar", "jwt-decode-error"),
        ("zonder-client", "missing-client-identifier"),
        ("onbekend", "invalid-client-identifier"),
        ("verkeerd-getekend", "invalid-jwt-signature"),
        ("zonder-iat", "jwt-missing-iat-claim"),
        ("verlopen", "jwt-expired"),
        ("exp-voorbij", "jwt-expiredsignatureerror"),
        ("nbf-later", "jwt-immaturesignatureerror"),
        ("zonder-rechten", "permission_denied"),
    ],
)
def test_elke_afwijzing_is_403_met_een_eigen_code(demo: Beller, soort: str, code: str) -> None:
    antwoord = demo.zaak(ZAKEN, soort=soort)
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, code)
    assert "WWW-Authenticate" not in antwoord.headers


def test_een_beperkte_client_ziet_minder_zonder_dat_het_gezegd_wordt(demo: Beller) -> None:
    alles = demo.zaak(ZAKEN, pageSize=1).json()["count"]
    minder = demo.zaak(ZAKEN, soort="beperkt", pageSize=1).json()["count"]
    assert 0 < minder < alles
    dicht = next(z for z in demo.server.wereld.zaken if z.zaaktype.identificatie == "LOS-WMO")
    assert demo.zaak(f"{ZAKEN}/{dicht.uuid}", soort="beperkt").status_code == 403
    assert demo.zaak(f"/zaken/api/v1/statussen/{dicht.statussen[0].uuid}", soort="beperkt").status_code == 403


def test_crs_hoort_alleen_bij_zaken(demo: Beller) -> None:
    koppen = {"Authorization": f"Bearer {make_jwt()}"}
    assert demo.vraag("GET", ZAKEN, headers=koppen).status_code == 412
    assert demo.vraag("GET", ZAKEN, headers={**koppen, "Accept-Crs": "EPSG:28992"}).status_code == 406
    assert demo.vraag("GET", "/zaken/api/v1/rollen?pageSize=1", headers=koppen).status_code == 200
    zonder = demo.vraag(
        "POST", f"{ZAKEN}/_zoek", json={"x": 1}, headers={**koppen, "Accept-Crs": "EPSG:4326"}
    )
    assert zonder.json()["detail"] == "'Content-Crs' header ontbreekt"


@pytest.mark.parametrize(
    "pad", [ZAKEN, "/catalogi/api/v1/zaaktypen", "/documenten/api/v1/enkelvoudiginformatieobjecten"]
)
def test_er_is_geen_date_kop(demo: Beller, pad: str) -> None:
    antwoord = demo.zaak(pad, pageSize=1)
    assert antwoord.status_code == 200
    assert "Date" not in antwoord.headers
    assert "Date" in demo.klant("partijen", pageSize=1).headers


def test_documentkoppelingen_en_contactmomenten_zijn_kale_lijsten(demo: Beller) -> None:
    zaak = next(z for z in demo.server.wereld.zaken if z.documenten)
    url = f"{demo.server.basis}{ZAKEN}/{zaak.uuid}"
    rijen = demo.zaak("/zaken/api/v1/zaakinformatieobjecten", zaak=url).json()
    assert [r["titel"] for r in rijen] == [d.titel for d in zaak.documenten]
    assert demo.zaak("/zaken/api/v1/zaakcontactmomenten", zaak=url).json() == []


def test_een_document_is_een_pdf_met_de_lengte_die_erbij_staat(demo: Beller) -> None:
    uuid = next(iter(demo.server.wereld.documenten()))
    pad = f"/documenten/api/v1/enkelvoudiginformatieobjecten/{uuid}"
    detail = demo.zaak(pad).json()
    antwoord = demo.zaak(f"{pad}/download")
    assert antwoord.headers["Content-Type"] == "application/octet-stream"
    assert detail["bestandsnaam"] in antwoord.headers["Content-Disposition"]
    assert antwoord.content.startswith(b"%PDF-1.4")
    assert antwoord.content.rstrip().endswith(b"%%EOF")
    assert len(antwoord.content) == detail["bestandsomvang"]
    begin = int(antwoord.content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert antwoord.content[begin:].startswith(b"xref")


def test_statustypen_staan_in_volgorde_en_alleen_de_laatste_is_het_einde(demo: Beller) -> None:
    zaaktypen = demo.zaak("/catalogi/api/v1/zaaktypen", status="definitief").json()["results"]
    assert 8 <= len(zaaktypen) <= 12
    for zaaktype in zaaktypen:
        typen = demo.zaak("/catalogi/api/v1/statustypen", zaaktype=zaaktype["url"]).json()["results"]
        op_volgorde = sorted(typen, key=lambda t: t["volgnummer"])
        assert [t["isEindstatus"] for t in op_volgorde] == [False] * (len(typen) - 1) + [True]
        assert sorted(t["url"] for t in typen) == sorted(zaaktype["statustypen"])


def test_een_lege_of_kapotte_zoekvraag_is_400(demo: Beller) -> None:
    assert demo.zoek({}).json()["invalidParams"][0]["code"] == "empty_search_body"
    koppen = {"Authorization": f"Bearer {make_jwt()}", **CRS, "Content-Type": "application/json"}
    antwoord = demo.vraag("POST", f"{ZAKEN}/_zoek", data=b"{niet", headers=koppen)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "parse_error")
