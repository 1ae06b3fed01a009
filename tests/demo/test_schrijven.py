"""Schrijven in de demo: dezelfde reeks als opgenomen bij Open Klant 2.18, en zijn eigenaardigheden."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from frontoffice.demo.storing import SCHRIJVEN, Storing, Trekking, parse_storing
from tests.demo.hulp import OK, VANDAAG, Beller
from tests.demo.vergelijk import verschillen

REEKS = sorted((Path(__file__).resolve().parents[1] / "opnamen" / "openklant-2.18-schrijven").glob("*.json"))
KOPPEN = ("API-version", "Allow", "Content-Type")
# Wat de server zelf verzint, en dus elke keer anders is.
EIGEN = ("toegewezenOp", "afgehandeldOp", "instance")
# Uit de opnamen: een partij, twee actoren en een BSN die er al waren.
PARTIJ = "71a5eedd-6b52-4a8f-a9bc-e03f2d0632be"
MEDEWERKER, AFDELING = "32603062-bbff-4ba9-8902-cf737befdc26", "3af5bab5-5802-41f6-836f-53b150e7fb3e"
BSN = "999990081"
ONBEKEND = "00000000-0000-4000-8000-000000000000"


def kc(**anders: Any) -> dict[str, Any]:
    return {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False} | anders


def params(antwoord: requests.Response) -> list[tuple[str, str]]:
    assert antwoord.status_code == 400, antwoord.text
    return [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]]


def _actor(beller: Beller, soort: str) -> str:
    return next(a.uuid for a in beller.server.wereld.actoren if a.soort == soort)


def _learn(opgenomen: Any, gekregen: Any, paren: dict[str, str]) -> None:
    """Onthoud welke uuid van de demo bij welke uit de opname hoort."""
    if isinstance(opgenomen, dict) and isinstance(gekregen, dict):
        if "uuid" in opgenomen and "uuid" in gekregen:
            paren.setdefault(opgenomen["uuid"], gekregen["uuid"])
        for sleutel in opgenomen.keys() & gekregen.keys():
            _learn(opgenomen[sleutel], gekregen[sleutel], paren)
    elif isinstance(opgenomen, list) and isinstance(gekregen, list):
        for een, ander in zip(opgenomen, gekregen, strict=False):
            _learn(een, ander, paren)


def _translate(waarde: Any, paren: dict[str, str]) -> Any:
    if isinstance(waarde, dict):
        return {k: None if k in EIGEN else _translate(v, paren) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [_translate(deel, paren) for deel in waarde]
    if isinstance(waarde, str):
        for oud, nieuw in paren.items():
            waarde = waarde.replace(oud, nieuw)
    return waarde


def test_de_hele_reeks_van_de_opnamen_geeft_dezelfde_antwoorden(losse_demo: Beller) -> None:
    assert len(REEKS) == 13
    paren = {
        "http://openklant.example": losse_demo.server.basis,
        PARTIJ: losse_demo.partij_uuid("gewoon"),
        MEDEWERKER: _actor(losse_demo, "medewerker"),
        AFDELING: _actor(losse_demo, "organisatorische_eenheid"),
        BSN: losse_demo.persoon("gewoon").bsn,
    }
    # De laatste opname is van de tweede rij met een leeg referentienummer.
    assert losse_demo.schrijf("klantcontacten", kc(referentienummer="")).status_code == 201
    for bestand in REEKS:
        opname = json.loads(bestand.read_text(encoding="utf-8"))
        vraag, verwacht = opname["request"], opname["response"]
        koppen = vraag["headers"] | {"Authorization": "Token demo-klantinteracties"}
        antwoord = losse_demo.vraag(
            vraag["method"],
            _translate(vraag["path"], paren),
            params=vraag["query"],
            headers=koppen,
            json=_translate(vraag["body"], paren),
        )
        assert antwoord.status_code == verwacht["status"], (bestand.stem, antwoord.text)
        for kop in KOPPEN:
            assert antwoord.headers.get(kop) == verwacht["headers"].get(kop), (bestand.stem, kop)
        gekregen = antwoord.json()
        assert verschillen(verwacht["body"], gekregen) == [], bestand.stem
        _learn(verwacht["body"], gekregen, paren)
        assert _translate(gekregen, {}) == _translate(verwacht["body"], paren), bestand.stem
        assert antwoord.headers.get("Location") == _translate(verwacht["headers"].get("Location"), paren)


# --- contacten ---


def test_een_nieuw_contact_staat_bovenaan_bij_de_klant(losse_demo: Beller) -> None:
    bsn, partij = losse_demo.persoon("gewoon").bsn, losse_demo.partij_uuid("gewoon")
    filters = {
        "hadBetrokkene__wasPartij__partijIdentificator__codeSoortObjectId": "bsn",
        "hadBetrokkene__wasPartij__partijIdentificator__objectId": bsn,
    }
    eerst = losse_demo.klant("klantcontacten", **filters).json()["count"]
    gemaakt = losse_demo.schrijf(
        "maak-klantcontact",
        {
            "klantcontact": kc(plaatsgevondenOp=f"{VANDAAG}T09:15:00.5+01:00"),
            "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": {"uuid": partij}},
        },
    ).json()
    lijst = losse_demo.klant("klantcontacten", **filters).json()
    assert lijst["count"] == eerst + 1
    assert lijst["results"][0]["uuid"] == gemaakt["klantcontact"]["uuid"]
    assert lijst["results"][0]["plaatsgevondenOp"] == f"{VANDAAG}T08:15:00.500000Z"
    assert gemaakt["betrokkene"]["uuid"] in [
        b["uuid"] for b in losse_demo.klant(f"partijen/{partij}").json()["betrokkenen"]
    ]


def test_maak_klantcontact_is_alles_of_niets(losse_demo: Beller) -> None:
    eerst = losse_demo.klant("klantcontacten", pageSize=1).json()["count"]
    antwoord = losse_demo.schrijf(
        "maak-klantcontact",
        {
            "klantcontact": kc(),
            "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": {"uuid": ONBEKEND}},
        },
    )
    assert params(antwoord) == [("betrokkene.wasPartij.uuid", "invalid")]
    assert losse_demo.klant("klantcontacten", pageSize=1).json()["count"] == eerst


def test_onbekende_sleutels_en_een_eigen_uuid_tellen_stil_niet_mee(losse_demo: Beller) -> None:
    antwoord = losse_demo.schrijf(
        "maak-klantcontact",
        {"klantcontact": kc(uuid=ONBEKEND, vreemd=1), "internetaak": {}, "actor": {"uuid": "x"}},
    )
    assert antwoord.status_code == 201
    assert antwoord.json()["klantcontact"]["uuid"] != ONBEKEND
    assert antwoord.json()["betrokkene"] is None


def test_maak_klantcontact_noemt_de_fouten_van_elk_deel(losse_demo: Beller) -> None:
    assert params(losse_demo.schrijf("maak-klantcontact", {})) == [("klantcontact", "required")]
    assert params(losse_demo.schrijf("maak-klantcontact", {"klantcontact": None})) == [
        ("klantcontact", "null")
    ]
    leeg = losse_demo.schrijf("maak-klantcontact", {"klantcontact": {}, "betrokkene": {}})
    assert params(leeg) == [
        *((f"klantcontact.{v}", "required") for v in ("kanaal", "onderwerp", "taal", "vertrouwelijk")),
        ("betrokkene.rol", "required"),
        ("betrokkene.initiator", "required"),
    ]
    vreemd = {"klantcontact": kc(), "betrokkene": "x", "onderwerpobject": []}
    assert params(losse_demo.schrijf("maak-klantcontact", vreemd)) == [
        ("betrokkene.nonFieldErrors", "invalid"),
        ("onderwerpobject.nonFieldErrors", "invalid"),
    ]


def test_elk_veld_heeft_zijn_grens(losse_demo: Beller) -> None:
    precies = kc(
        kanaal="k" * 50,
        onderwerp="o" * 200,
        inhoud="😀" * 1000,
        reactie="r" * 4000,
        referentienummer="-123456789",
        metadata={"a": "b" * 255},
    )
    assert losse_demo.schrijf("klantcontacten", precies).status_code == 201
    te_lang = kc(
        kanaal="k" * 51,
        onderwerp="o" * 201,
        inhoud="i" * 1001,
        reactie="r" * 4001,
        taal="nlds",
        referentienummer="12345678901",
        metadata={"a": "b" * 256},
    )
    velden = ("referentienummer", "kanaal", "onderwerp", "inhoud", "reactie", "taal", "metadata.a")
    assert params(losse_demo.schrijf("klantcontacten", te_lang)) == [(v, "max_length") for v in velden]


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"referentienummer": "KIF-1"}, [("referentienummer", "invalid")]),
        (
            {"referentienummer": "KIF-12345678"},
            [("referentienummer", "invalid"), ("referentienummer", "max_length")],
        ),
        ({"kanaal": "  "}, [("kanaal", "blank")]),
        ({"onderwerp": ["a"], "taal": True}, [("onderwerp", "invalid"), ("taal", "invalid")]),
        ({"inhoud": None, "vertrouwelijk": None}, [("inhoud", "null"), ("vertrouwelijk", "null")]),
        ({"inhoud": "a\x00b"}, [("inhoud", "null_characters_not_allowed")]),
        ({"vertrouwelijk": "onzin"}, [("vertrouwelijk", "invalid")]),
        ({"plaatsgevondenOp": "gisteren"}, [("plaatsgevondenOp", "invalid")]),
        ({"plaatsgevondenOp": None}, [("plaatsgevondenOp", "null")]),
        ({"metadata": "x"}, [("metadata", "not_a_dict")]),
        ({"metadata": None}, [("metadata", "null")]),
        ({"metadata": {"a": "", "b": None}}, [("metadata.a", "blank"), ("metadata.b", "null")]),
        (
            {"indicatieContactGelukt": True, "verdereActieOndernomen": True},
            [("nonFieldErrors", "no-further-action-when-contact-succesful")],
        ),
    ],
)
def test_wat_niet_mag_noemt_zijn_veld_en_code(
    losse_demo: Beller, anders: dict[str, Any], verwacht: list[tuple[str, str]]
) -> None:
    assert params(losse_demo.schrijf("klantcontacten", kc(**anders))) == verwacht


def test_tekst_verliest_witruimte_aan_de_randen_en_sleutels_worden_camelcase(losse_demo: Beller) -> None:
    rij = losse_demo.schrijf(
        "klantcontacten",
        kc(inhoud="  een\n twee \n", metadata={"kifsleutel": " a ", "idemKey_one": "b", "mijn_sleutel": "c"}),
    ).json()
    assert rij["inhoud"] == "een\n twee"
    assert rij["metadata"] == {"kifsleutel": "a", "idemKeyOne": "b", "mijnSleutel": "c"}


def test_een_tijd_zonder_zone_is_utc_en_zonder_tijd_is_het_nu(losse_demo: Beller) -> None:
    naief = losse_demo.schrijf("klantcontacten", kc(plaatsgevondenOp="2026-07-01T10:00")).json()
    assert naief["plaatsgevondenOp"] == "2026-07-01T10:00:00Z"
    nu = losse_demo.schrijf("klantcontacten", kc()).json()["plaatsgevondenOp"]
    assert abs(datetime.fromisoformat(nu).date() - VANDAAG).days <= 1
    assert nu.endswith("Z")
    assert datetime.fromisoformat(nu).tzinfo == UTC


def test_op_tijd_zoeken_gaat_tot_op_de_microseconde(losse_demo: Beller) -> None:
    uuid = losse_demo.schrijf(
        "klantcontacten", kc(plaatsgevondenOp="2026-11-10T08:00:00.123456+00:00")
    ).json()["uuid"]

    def find(tijd: str) -> list[str]:
        rijen = losse_demo.klant("klantcontacten", plaatsgevondenOp=tijd).json()["results"]
        return [rij["uuid"] for rij in rijen]

    assert find("2026-11-10T08:00:00.123456Z") == find("2026-11-10T09:00:00.123456+01:00") == [uuid]
    assert find("2026-11-10T08:00:00Z") == find("2026-11-10T08:00:00.123Z") == []
    assert params(losse_demo.klant("klantcontacten", plaatsgevondenOp="onzin")) == [
        ("plaatsgevondenOp", "invalid")
    ]


def test_een_referentienummer_is_er_een_keer_en_een_leeg_nummer_breekt_de_tweede_keer(
    losse_demo: Beller,
) -> None:
    assert losse_demo.schrijf("klantcontacten", kc(referentienummer=None)).status_code == 201
    uuid = losse_demo.schrijf("klantcontacten", kc(referentienummer="9000000001")).json()["uuid"]
    dubbel = losse_demo.schrijf("klantcontacten", kc(referentienummer=9000000001))
    assert params(dubbel) == [("referentienummer", "unique")]
    gevonden = losse_demo.klant("klantcontacten", referentienummer="9000000001").json()["results"]
    assert [rij["uuid"] for rij in gevonden] == [uuid]
    assert [losse_demo.schrijf("klantcontacten", kc(referentienummer="")).status_code for _ in range(3)] == [
        *(201, 500),
        500,
    ]


def test_een_verkeerd_lijf_heeft_zijn_eigen_fout(losse_demo: Beller) -> None:
    koppen = {"Authorization": "Token demo-klantinteracties"}
    kapot = losse_demo.vraag(
        "POST", f"{OK}/klantcontacten", data="{", headers=koppen | {"Content-Type": "application/json"}
    )
    assert (kapot.status_code, kapot.json()["code"]) == (400, "parse_error")
    assert "invalidParams" not in kapot.json()
    formulier = losse_demo.vraag("POST", f"{OK}/klantcontacten", data={"a": "b"}, headers=koppen)
    assert (formulier.status_code, formulier.json()["code"]) == (415, "unsupported_media_type")
    assert params(losse_demo.schrijf("klantcontacten", [1])) == [("nonFieldErrors", "invalid")]


# --- wie, waarover en wat er moet gebeuren ---


def test_een_actor_is_er_een_keer_bij_een_contact(losse_demo: Beller) -> None:
    contact = losse_demo.schrijf("klantcontacten", kc()).json()["uuid"]
    code = {
        "objectId": "n.nieuw",
        "codeObjecttype": "mdw",
        "codeRegister": "msei",
        "codeSoortObjectId": "idf",
    }
    actor = losse_demo.schrijf(
        "actoren", {"naam": "N. Nieuw", "soortActor": "medewerker", "actoridentificator": code}
    ).json()
    assert (actor["indicatieActief"], actor["actorIdentificatie"]) == (True, None)
    assert losse_demo.klant("actoren", actoridentificatorObjectId="n.nieuw").json()["count"] == 1
    koppeling = {"actor": {"uuid": actor["uuid"]}, "klantcontact": {"uuid": contact}}
    assert losse_demo.schrijf("actorklantcontacten", koppeling).status_code == 201
    assert params(losse_demo.schrijf("actorklantcontacten", koppeling)) == [("nonFieldErrors", "unique")]
    assert losse_demo.klant("actorklantcontacten", klantcontact__uuid=contact).json()["count"] == 1
    namen = losse_demo.klant(f"klantcontacten/{contact}").json()["hadBetrokkenActoren"]
    assert [a["naam"] for a in namen] == ["N. Nieuw"]


def test_de_gegevens_van_een_actor_mogen_alleen_compleet(losse_demo: Beller) -> None:
    basis = {"naam": "X", "soortActor": "medewerker"}
    deels = losse_demo.schrijf("actoren", basis | {"actorIdentificatie": {"emailadres": "a@b.example"}})
    assert params(deels) == [
        ("actorIdentificatie.functie", "required"),
        ("actorIdentificatie.telefoonnummer", "required"),
    ]
    leeg = {"emailadres": "x", "functie": "", "telefoonnummer": ""}
    assert params(losse_demo.schrijf("actoren", basis | {"actorIdentificatie": leeg})) == [
        ("actorIdentificatie.functie", "blank"),
        ("actorIdentificatie.emailadres", "invalid"),
        ("actorIdentificatie.telefoonnummer", "blank"),
    ]


def test_een_taak_wil_een_van_beide_velden_voor_actoren(losse_demo: Beller) -> None:
    contact = losse_demo.schrijf("klantcontacten", kc()).json()["uuid"]
    actor = _actor(losse_demo, "organisatorische_eenheid")
    basis = {
        "gevraagdeHandeling": "Terugbellen",
        "aanleidinggevendKlantcontact": {"uuid": contact},
        "status": "te_verwerken",
    }
    een, meer = {"toegewezenAanActor": {"uuid": actor}}, {"toegewezenAanActoren": [{"uuid": actor}]}
    assert params(losse_demo.schrijf("internetaken", basis)) == [("nonFieldErrors", "invalid")]
    assert params(losse_demo.schrijf("internetaken", basis | een | meer)) == [("nonFieldErrors", "invalid")]
    assert params(losse_demo.schrijf("internetaken", {})) == [
        (v, "required") for v in ("gevraagdeHandeling", "aanleidinggevendKlantcontact", "status")
    ]
    niemand = losse_demo.schrijf("internetaken", basis | {"toegewezenAanActoren": []}).json()
    assert niemand["toegewezenAanActor"] == {"uuid": None}
    onbekend = basis | {"toegewezenAanActoren": [{"uuid": ONBEKEND}]}
    assert params(losse_demo.schrijf("internetaken", onbekend)) == [
        ("toegewezenAanActoren.0.uuid", "invalid")
    ]
    for velden in (een, meer):
        gemaakt = losse_demo.schrijf("internetaken", basis | velden).json()
        assert gemaakt["toegewezenAanActoren"][0]["uuid"] == actor
    gevonden = losse_demo.klant("internetaken", aanleidinggevendKlantcontact__uuid=contact).json()
    assert gevonden["count"] == 3


def test_een_taak_wijzigen_raakt_alleen_wat_er_staat(losse_demo: Beller) -> None:
    taak = next(t for c in losse_demo.server.wereld.contacten for t in c.taken if t.afgehandeld is None)
    pad = f"internetaken/{taak.uuid}"
    voor = losse_demo.klant(pad).json()
    na = losse_demo.schrijf(pad, {"toelichting": "Klant belde opnieuw"}, "PATCH").json()
    assert na == voor | {"toelichting": "Klant belde opnieuw"}
    klaar = losse_demo.schrijf(pad, {"status": "verwerkt"}, "PATCH").json()
    assert klaar["afgehandeldOp"] is not None
    assert losse_demo.schrijf(pad, {"status": "te_verwerken"}, "PATCH").json()["afgehandeldOp"] is None
    assert params(losse_demo.schrijf(pad, {"toelichting": "x" * 1001, "status": "z"}, "PATCH")) == [
        ("toelichting", "max_length"),
        ("status", "invalid_choice"),
    ]
    assert losse_demo.schrijf(f"internetaken/{ONBEKEND}", {}, "PATCH").status_code == 404
    contact = losse_demo.server.wereld.contacten[taak.contact].uuid
    detail = losse_demo.klant(f"klantcontacten/{contact}", expand="leiddeTotInterneTaken").json()
    assert [t["toelichting"] for t in detail["_expand"]["leiddeTotInterneTaken"]] == ["Klant belde opnieuw"]


def test_een_contact_gaat_over_een_zaak_of_een_eerder_contact(losse_demo: Beller) -> None:
    eerder = losse_demo.schrijf("klantcontacten", kc()).json()["uuid"]
    contact = losse_demo.schrijf("klantcontacten", kc()).json()["uuid"]
    zaak = losse_demo.server.wereld.zaken[0].uuid
    code = {"objectId": zaak, "codeObjecttype": "zaak", "codeRegister": "oz", "codeSoortObjectId": "uuid"}
    bij = {"klantcontact": {"uuid": contact}}
    losse_demo.schrijf("onderwerpobjecten", bij | {"onderwerpobjectidentificator": code})
    losse_demo.schrijf("onderwerpobjecten", bij | {"wasKlantcontact": {"uuid": eerder}})
    rijen = losse_demo.klant("onderwerpobjecten", klantcontact__uuid=contact).json()["results"]
    assert rijen[0]["wasKlantcontact"]["uuid"] == eerder
    assert rijen[1]["onderwerpobjectidentificator"] == code
    op_zaak = losse_demo.klant(
        "klantcontacten", onderwerpobject__onderwerpobjectidentificatorObjectId=zaak
    ).json()["results"]
    assert contact in [rij["uuid"] for rij in op_zaak]
    verwezen = losse_demo.klant("klantcontacten", wasOnderwerpobject__uuid=rijen[0]["uuid"]).json()["results"]
    assert [rij["uuid"] for rij in verwezen] == [eerder]


def test_een_los_onderwerpobject_mag_leeg_zijn(losse_demo: Beller) -> None:
    rij = losse_demo.schrijf("onderwerpobjecten", {}).json()
    assert (rij["klantcontact"], rij["wasKlantcontact"]) == (None, None)
    assert set(rij["onderwerpobjectidentificator"].values()) == {""}


# --- adressen ---


@pytest.mark.parametrize(
    ("soort", "adres", "code"),
    [
        ("telefoonnummer", "0612345678", ""),
        ("telefoonnummer", "+31612345678", ""),
        ("telefoonnummer", "0031612345678", ""),
        ("telefoonnummer", "06 12345678", "invalid"),
        ("telefoonnummer", "0800123456", "invalid"),
        ("telefoonnummer", "14053", "invalid"),
        ("telefoonnummer", "+49256200", "invalid"),
        ("email", "a@b.example", ""),
        ("email", "x@", "invalid"),
        ("email", "", "blank"),
        ("overig", "a" * 81, "max_length"),
    ],
)
def test_een_adres_moet_bij_zijn_soort_passen(losse_demo: Beller, soort: str, adres: str, code: str) -> None:
    antwoord = losse_demo.schrijf(
        "digitaleadressen", {"adres": adres, "soortDigitaalAdres": soort, "verstrektDoorPartij": None}
    )
    if code:
        assert params(antwoord) == [("adres", code)]
    else:
        assert antwoord.json()["adres"] == adres


def test_een_adres_hoort_bij_een_partij_of_een_betrokkene(losse_demo: Beller) -> None:
    partij = losse_demo.partij_uuid("gewoon")
    contact = losse_demo.schrijf("klantcontacten", kc()).json()["uuid"]
    betrokkene = losse_demo.schrijf(
        "betrokkenen",
        {
            "hadKlantcontact": {"uuid": contact},
            "rol": "vertegenwoordiger",
            "initiator": False,
            "contactnaam": {"achternaam": "P. de Vries"},
        },
    ).json()
    assert betrokkene["volledigeNaam"] == "P. de Vries"
    basis = {"adres": "0612345678", "soortDigitaalAdres": "telefoonnummer"}
    assert params(losse_demo.schrijf("digitaleadressen", basis)) == [("verstrektDoorPartij", "required")]
    standaard = basis | {"isStandaardAdres": True, "verstrektDoorPartij": None}
    assert params(losse_demo.schrijf("digitaleadressen", standaard)) == [("isStandaardAdres", "invalid")]
    bij_gesprek = basis | {
        "verstrektDoorPartij": None,
        "verstrektDoorBetrokkene": {"uuid": betrokkene["uuid"]},
    }
    assert losse_demo.schrijf("digitaleadressen", bij_gesprek).status_code == 201
    rijen = losse_demo.klant("betrokkenen", hadKlantcontact__uuid=contact, expand="digitaleAdressen").json()
    (rij,) = rijen["results"]
    assert [a["adres"] for a in rij["_expand"]["digitaleAdressen"]] == ["0612345678"]
    eigen = losse_demo.klant("digitaleadressen", verstrektDoorBetrokkene__uuid=betrokkene["uuid"]).json()
    assert eigen["count"] == 1

    losse_demo.schrijf(
        "digitaleadressen",
        basis | {"adres": "0687654321", "isStandaardAdres": True, "verstrektDoorPartij": {"uuid": partij}},
    )
    adressen = losse_demo.klant(f"partijen/{partij}", expand="digitaleAdressen").json()
    telefoons = {
        a["adres"]: a["isStandaardAdres"]
        for a in adressen["_expand"]["digitaleAdressen"]
        if a["soortDigitaalAdres"] == "telefoonnummer"
    }
    assert telefoons.pop("0687654321") is True
    assert set(telefoons.values()) == {False}


# --- partijen ---


def nummer(soort: str, object_id: str, objecttype: str, register: str = "hr") -> dict[str, Any]:
    return {
        "partijIdentificator": {
            "codeObjecttype": objecttype,
            "codeSoortObjectId": soort,
            "objectId": object_id,
            "codeRegister": register,
        }
    }


def test_een_nieuwe_partij_is_te_vinden_op_haar_bsn(losse_demo: Beller) -> None:
    bsn = losse_demo.persoon("zonderPartij").bsn
    lijf = {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": None},
        "partijIdentificatoren": [nummer("bsn", bsn, "natuurlijk_persoon", "brp")],
    }
    gemaakt = losse_demo.schrijf("partijen", lijf).json()
    assert gemaakt["indicatieGeheimhouding"] is None
    gevonden = losse_demo.klant("partijen", partijIdentificator__objectId=bsn).json()["results"]
    assert [p["uuid"] for p in gevonden] == [gemaakt["uuid"]]
    assert params(losse_demo.schrijf("partijen", lijf)) == [("__all__", "invalid")]
    zonder = losse_demo.schrijf("partijen", {"soortPartij": "persoon", "indicatieActief": True}).json()
    assert zonder["partijIdentificatie"] is None


@pytest.mark.parametrize(
    ("deel", "verwacht"),
    [
        (nummer("bsn", "123456789", "natuurlijk_persoon", "brp"), "partijIdentificatorObjectId"),
        (nummer("bsn", "12345", "natuurlijk_persoon", "brp"), "partijIdentificatorObjectId"),
        (nummer("kvk_nummer", "1", "niet_natuurlijk_persoon"), "partijIdentificatorObjectId"),
        (nummer("bsn", "999993653", "vestiging", "brp"), "partijIdentificatorCodeObjecttype"),
        (nummer("rsin", "999993653", "vestiging"), "partijIdentificatorCodeSoortObjectId"),
        (nummer("vestigingsnummer", "000037178598", "vestiging"), "subIdentificatorVan"),
    ],
)
def test_een_nummer_volgt_de_regels_van_zijn_register(
    losse_demo: Beller, deel: dict[str, Any], verwacht: str
) -> None:
    lijf = {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatoren": [deel]}
    antwoord = losse_demo.schrijf("partijen", lijf)
    assert params(antwoord) == [(f"partijIdentificatoren.0.{verwacht}", "invalid")]


def test_een_vestiging_hangt_onder_een_kvk_nummer_dat_later_een_partij_krijgt(losse_demo: Beller) -> None:
    kvk = nummer("kvk_nummer", "98765432", "niet_natuurlijk_persoon")
    los = losse_demo.schrijf("partij-identificatoren", kvk | {"identificeerdePartij": None}).json()
    assert params(losse_demo.schrijf("partij-identificatoren", kvk)) == [("__all__", "invalid")]
    vestiging = nummer("vestigingsnummer", "000037178598", "vestiging")
    basis = {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Bakker"}}
    onder = basis | {"partijIdentificatoren": [vestiging | {"subIdentificatorVan": {"uuid": los["uuid"]}}]}
    gemaakt = losse_demo.schrijf("partijen", onder).json()
    assert params(losse_demo.schrijf("partijen", onder)) == [("__all__", "invalid")]
    op_vestiging = losse_demo.klant(
        "partijen",
        partijIdentificator__objectId="000037178598",
        subIdentificatorVan__objectId="98765432",
    ).json()["results"]
    assert [p["uuid"] for p in op_vestiging] == [gemaakt["uuid"]]
    assert losse_demo.klant("partijen", partijIdentificator__objectId="98765432").json()["count"] == 0
    assert params(losse_demo.schrijf("partijen", basis | {"partijIdentificatoren": [kvk]})) == [
        ("__all__", "invalid")
    ]
    over = basis | {"partijIdentificatoren": [kvk | {"uuid": los["uuid"]}]}
    bedrijf = losse_demo.schrijf("partijen", over).json()
    gevonden = losse_demo.klant("partij-identificatoren", partijIdentificatorObjectId="98765432").json()
    assert [r["identificeerdePartij"]["uuid"] for r in gevonden["results"]] == [bedrijf["uuid"]]


# --- samenloop en storingen ---


def at_once(aantal: int, doe: Callable[[], None]) -> None:
    draden = [threading.Thread(target=doe) for _ in range(aantal)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()


def test_in_een_wedloop_is_er_een_contact_en_zijn_de_anderen_een_500(losse_demo: Beller) -> None:
    losse_demo.server.storing("klantinteracties", "wedloop:0.3")
    uitkomsten: Counter[int] = Counter()
    at_once(
        5,
        lambda: uitkomsten.update(
            [Beller(losse_demo.server).schrijf("klantcontacten", kc(referentienummer="77")).status_code]
        ),
    )
    assert uitkomsten == {201: 1, 500: 4}
    assert losse_demo.klant("klantcontacten", referentienummer="77").json()["count"] == 1


def test_wie_tegelijk_schrijft_verliest_niets(losse_demo: Beller) -> None:
    eerst = losse_demo.klant("klantcontacten", pageSize=1).json()["count"]
    partij = losse_demo.partij_uuid("gewoon")
    maak = {
        "klantcontact": kc(),
        "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": {"uuid": partij}},
    }

    def write() -> None:
        beller = Beller(losse_demo.server)
        for _ in range(10):
            contact = beller.schrijf("maak-klantcontact", maak).json()
            assert contact["betrokkene"]["hadKlantcontact"]["uuid"] == contact["klantcontact"]["uuid"]
            beller.klant("klantcontacten", pageSize=2)

    at_once(4, write)
    assert losse_demo.klant("klantcontacten", pageSize=1).json()["count"] == eerst + 40
    betrokkenen = losse_demo.klant(f"partijen/{partij}").json()["betrokkenen"]
    assert len({b["uuid"] for b in betrokkenen}) == len(betrokkenen) >= 40


@pytest.mark.parametrize(
    ("storing", "geschreven"),
    [("schrijf-weg", True), ("schrijf-half", True), ("schrijf-fout", True), ("schrijf-niet", False)],
)
def test_een_storing_bij_het_schrijven_laat_in_het_midden_of_het_is_gebeurd(
    losse_demo: Beller, storing: str, geschreven: bool
) -> None:
    losse_demo.server.storing("klantinteracties", storing)
    if storing == "schrijf-fout":
        assert losse_demo.schrijf("klantcontacten", kc(referentienummer="42")).status_code == 500
    else:
        with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
            losse_demo.schrijf("klantcontacten", kc(referentienummer="42"))
    # Lezen gaat gewoon door: alleen zo is te zien wat er is gebeurd.
    assert losse_demo.klant("klantcontacten", referentienummer="42").json()["count"] == geschreven


def test_zelfde_zaad_geeft_dezelfde_storingen() -> None:
    def draw(zaad: int) -> list[str]:
        trekking = Trekking(parse_storing(f"schrijf-chaos:0.3:{zaad}"))
        return [trekking.draw("POST").soort for _ in range(200)]

    assert draw(7) == draw(7) != draw(8)
    assert set(draw(7)) == {"", *SCHRIJVEN}
    assert 40 <= 200 - draw(7).count("") <= 80
    altijd = Trekking(Storing("schrijf-weg", 1.0))
    assert {altijd.draw("GET").soort for _ in range(5)} == {""}


@pytest.mark.parametrize("onzin", ["schrijf-weg:2", "schrijf-weg:0", "schrijf-chaos:x", "wedloop:lang"])
def test_een_onzinnige_kans_wordt_geweigerd(onzin: str) -> None:
    with pytest.raises(ValueError, match=r"kans|float"):
        parse_storing(onzin)
