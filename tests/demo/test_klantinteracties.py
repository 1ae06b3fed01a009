"""De eigenaardigheden van Open Klant die een lezende client tegenkomt."""

from __future__ import annotations

import pytest

from frontoffice.demo.wereld.feiten import Contact
from tests.demo.hulp import OK, Beller

EXPAND = "hadBetrokkenen,leiddeTotInterneTaken,gingOverOnderwerpobjecten"
BSN = "hadBetrokkene__wasPartij__partijIdentificator__"


def _twee_rollen(demo: Beller) -> Contact:
    """Een contact waarin één inwoner met BSN in twee rollen voorkomt."""
    wereld = demo.server.wereld
    for contact in wereld.contacten:
        partijen = [b.partij for b in contact.betrokkenen]
        if len(partijen) == 2 and partijen[0] == partijen[1]:
            persoon = wereld.partijen[partijen[0]].persoon
            # Niet de zware klant: diens contacten passen niet op één pagina.
            if persoon >= 0 and wereld.personen[persoon].rol != "zwaar":
                return contact
    raise AssertionError("geen contact met twee rollen in de wereld")


def test_op_partij_komt_een_contact_met_twee_rollen_twee_keer_en_telt_count_mee(demo: Beller) -> None:
    contact = _twee_rollen(demo)
    partij = demo.server.wereld.partijen[contact.betrokkenen[0].partij]
    data = demo.klant("klantcontacten", hadBetrokkene__wasPartij__uuid=partij.uuid, pageSize=500).json()
    uuids = [rij["uuid"] for rij in data["results"]]
    assert uuids.count(contact.uuid) == 2
    assert data["count"] == len(uuids) > len(set(uuids))


def test_op_bsn_komt_hetzelfde_contact_maar_een_keer(demo: Beller) -> None:
    contact = _twee_rollen(demo)
    wereld = demo.server.wereld
    partij = wereld.partijen[contact.betrokkenen[0].partij]
    bsn = partij.identificatoren[0].object_id
    data = demo.klant(
        "klantcontacten", **{f"{BSN}codeSoortObjectId": "bsn", f"{BSN}objectId": bsn, "pageSize": 500}
    ).json()
    assert [rij["uuid"] for rij in data["results"]].count(contact.uuid) == 1


def test_een_partij_wordt_per_antwoord_een_keer_uitgeklapt_en_is_daarna_null(demo: Beller) -> None:
    vraag = {"hadBetrokkene__wasPartij__uuid": demo.partij_uuid("gewoon"), "pageSize": 5}
    data = demo.klant("klantcontacten", **vraag, expand="hadBetrokkenen,hadBetrokkenen.wasPartij").json()
    eigen = [
        b["_expand"]["wasPartij"]
        for rij in data["results"]
        for b in rij["_expand"]["hadBetrokkenen"]
        if b["wasPartij"] and b["wasPartij"]["uuid"] == demo.partij_uuid("gewoon")
    ]
    assert eigen[0]["uuid"] == demo.partij_uuid("gewoon")
    assert eigen[1:] == [None] * (len(eigen) - 1)
    assert len(eigen) > 2


def test_een_lege_lijst_laat_een_latere_lege_sleutel_uit_expand_weg(demo: Beller) -> None:
    data = demo.klant("klantcontacten", pageSize=500, expand=EXPAND).json()
    for rij in data["results"]:
        zonder_onderwerp = not rij["gingOverOnderwerpobjecten"]
        zonder_taken = not rij["leiddeTotInterneTaken"]
        assert ("leiddeTotInterneTaken" in rij["_expand"]) == (not (zonder_onderwerp and zonder_taken))


def test_een_kind_uitklappen_zonder_de_ouder_klapt_niets_uit(demo: Beller) -> None:
    data = demo.klant("klantcontacten", pageSize=1, expand="hadBetrokkenen.wasPartij").json()
    assert data["results"][0]["_expand"] == {}


def test_zonder_expand_is_expand_leeg(demo: Beller) -> None:
    assert demo.klant("partijen", pageSize=1).json()["results"][0]["_expand"] == {}


def test_identificatordelen_worden_los_van_elkaar_bekeken(demo: Beller) -> None:
    bedrijf = next(b for b in demo.server.wereld.bedrijven if b.rsin)
    vraag = {"partijIdentificator__codeSoortObjectId": "rsin", "partijIdentificator__objectId": bedrijf.kvk}
    data = demo.klant("partijen", **vraag).json()
    soorten = {
        i["partijIdentificator"]["codeSoortObjectId"]: i["partijIdentificator"]["objectId"]
        for i in data["results"][0]["partijIdentificatoren"]
    }
    assert data["count"] == 1
    assert soorten == {"kvk_nummer": bedrijf.kvk, "rsin": bedrijf.rsin}


def test_nummers_worden_niet_gelijkgemaakt_maar_de_laatste_negen_cijfers_vinden_elke_notatie(
    demo: Beller,
) -> None:
    internationaal = next(a for a in demo.server.wereld.partij_adressen if a.adres.startswith("+31"))
    nationaal = "0" + internationaal.adres[3:]
    assert demo.klant("digitaleadressen", adres=nationaal).json()["count"] == 0
    gevonden = demo.klant("digitaleadressen", adres__icontains=nationaal[-9:]).json()["results"]
    assert internationaal.uuid in [a["uuid"] for a in gevonden]


def test_geheimhouding_is_alleen_een_vlag(demo: Beller) -> None:
    partij = demo.klant(f"partijen/{demo.partij_uuid('geheim')}", expand="digitaleAdressen").json()
    assert partij["indicatieGeheimhouding"] is True
    assert partij["bezoekadres"]["straatnaam"]
    assert partij["_expand"]["digitaleAdressen"]


def test_een_boolean_met_een_tikfout_telt_niet_mee(demo: Beller) -> None:
    alles = demo.klant("klantcontacten", pageSize=1).json()["count"]
    assert demo.klant("klantcontacten", pageSize=1, leiddeTotInterneTaken="ja").json()["count"] == alles
    assert demo.klant("klantcontacten", pageSize=1, leiddeTotInterneTaken="true").json()["count"] < alles


@pytest.mark.parametrize(
    ("bron", "vraag", "naam", "code"),
    [
        ("partijen", {"naam": "x"}, "nonFieldErrors", "unknown-parameters"),
        ("klantcontacten", {"ordering": "-plaatsgevondenOp"}, "nonFieldErrors", "unknown-parameters"),
        ("klantcontacten", {"plaatsgevondenOp__gte": "2026-01-01"}, "nonFieldErrors", "unknown-parameters"),
        ("internetaken", {"expand": "actoren"}, "nonFieldErrors", "unknown-parameters"),
        ("partijen", {"soortPartij": "mens"}, "soortPartij", "invalid_choice"),
        ("partijen", {"expand": "contacten"}, "expand", "invalid_choice"),
        (
            "klantcontacten",
            {"hadBetrokkene__wasPartij__uuid": "x"},
            "hadBetrokkene__wasPartij__uuid",
            "invalid",
        ),
    ],
)
def test_een_verkeerde_vraag_is_400_met_naam_en_code(
    demo: Beller, bron: str, vraag: dict[str, str], naam: str, code: str
) -> None:
    antwoord = demo.klant(bron, **vraag)
    assert antwoord.status_code == 400
    assert antwoord.headers["Content-Type"] == "application/json"
    assert [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]] == [(naam, code)]


@pytest.mark.parametrize(
    ("gevraagd", "gekregen"), [("501", 500), ("0", 100), ("abc", 100), ("", 100), ("3", 3)]
)
def test_pagesize_wordt_stil_begrensd(demo: Beller, gevraagd: str, gekregen: int) -> None:
    data = demo.klant("klantcontacten", pageSize=gevraagd).json()
    assert len(data["results"]) == gekregen


@pytest.mark.parametrize("pagina", ["0", "9999", "abc", "-1"])
def test_een_pagina_die_er_niet_is_is_404(demo: Beller, pagina: str) -> None:
    antwoord = demo.klant("klantcontacten", page=pagina)
    assert (antwoord.status_code, antwoord.json()["detail"]) == (404, "Ongeldige pagina.")


def test_bladeren_langs_next_geeft_alles_precies_een_keer(demo: Beller) -> None:
    bsn = demo.persoon("zwaar").bsn
    query = {f"{BSN}codeSoortObjectId": "bsn", f"{BSN}objectId": bsn, "pageSize": 500}
    data = demo.klant("klantcontacten", **query).json()
    rijen = data["results"]
    while data["next"]:
        assert data["next"].startswith(demo.server.basis)
        data = demo.vraag(
            "GET",
            data["next"].removeprefix(demo.server.basis),
            headers={"Authorization": "Token demo-klantinteracties"},
        ).json()
        rijen += data["results"]
    tijden = [rij["plaatsgevondenOp"] for rij in rijen]
    assert len({rij["uuid"] for rij in rijen}) == 2000
    assert tijden == sorted(tijden, reverse=True)


def test_adressen_volgen_de_host_van_het_verzoek(demo: Beller) -> None:
    koppen = {
        "Authorization": "Token demo-klantinteracties",
        "Host": "register.voorbeeld:8443",
        "X-Forwarded-Proto": "https",
    }
    data = demo.vraag("GET", f"{OK}/partijen?pageSize=1", headers=koppen).json()
    assert data["next"].startswith("https://register.voorbeeld:8443/klantinteracties/api/v1/partijen?page=2")
    assert data["results"][0]["url"].startswith("https://register.voorbeeld:8443/")


@pytest.mark.parametrize("pad", ["partijen/", "bestaat-niet", "", "partijen/x/y", "maak-klantcontact/"])
def test_een_onbekend_pad_of_een_streep_te_veel_is_een_webpagina(demo: Beller, pad: str) -> None:
    antwoord = demo.klant(pad)
    assert antwoord.status_code == 404
    assert antwoord.headers["Content-Type"] == "text/html; charset=utf-8"


def test_problem_json_vragen_is_406(demo: Beller) -> None:
    koppen = {"Authorization": "Token demo-klantinteracties", "Accept": "application/problem+json"}
    assert demo.vraag("GET", f"{OK}/partijen", headers=koppen).status_code == 406


@pytest.mark.parametrize(
    ("methode", "pad"),
    [
        ("PUT", "internetaken/{taak}"),
        ("DELETE", "internetaken/{taak}"),
        ("PATCH", "partijen/{taak}"),
        ("DELETE", "klantcontacten"),
        ("GET", "maak-klantcontact"),
        ("PUT", "maak-klantcontact"),
    ],
)
def test_andere_wijzigingen_dan_die_het_programma_doet_kunnen_niet(
    demo: Beller, methode: str, pad: str
) -> None:
    taak = next(t for c in demo.server.wereld.contacten for t in c.taken)
    koppen = {"Authorization": "Token demo-klantinteracties"}
    antwoord = demo.vraag(methode, f"{OK}/{pad.format(taak=taak.uuid)}", json={}, headers=koppen)
    assert (antwoord.status_code, antwoord.json()["code"]) == (405, "method_not_allowed")


def test_contacten_van_een_zaak_zijn_te_vinden(demo: Beller) -> None:
    contact = next(c for c in demo.server.wereld.contacten if c.onderwerpen)
    zaak = contact.onderwerpen[0].object_id
    naam = "onderwerpobject__onderwerpobjectidentificatorObjectId"
    data = demo.klant("klantcontacten", **{naam: zaak}, expand="gingOverOnderwerpobjecten").json()
    assert contact.uuid in [rij["uuid"] for rij in data["results"]]
    object_ = data["results"][0]["_expand"]["gingOverOnderwerpobjecten"][0]["onderwerpobjectidentificator"]
    assert object_ == {
        "objectId": zaak,
        "codeObjecttype": "zgw-Zaak",
        "codeRegister": "openzaak",
        "codeSoortObjectId": "uuid",
    }


def test_een_detail_heeft_geen_etag(demo: Beller) -> None:
    assert "ETag" not in demo.klant(f"partijen/{demo.partij_uuid('gewoon')}").headers
