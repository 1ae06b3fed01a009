"""De BRP en het Handelsregister van de demo: vragen, fouten en wat wordt weggelaten."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.hulp import Beller

RAADPLEEG = "RaadpleegMetBurgerservicenummer"
ADRES = {
    "type": "ZoekMetPostcodeEnHuisnummer",
    "postcode": "7581XZ",
    "huisnummer": 940,
    "fields": ["burgerservicenummer"],
}


def _raadpleeg(demo: Beller, rol: str, *velden: str) -> dict[str, Any]:
    vraag = {"type": RAADPLEEG, "burgerservicenummer": [demo.persoon(rol).bsn], "fields": list(velden)}
    data: dict[str, Any] = demo.brp(vraag).json()["personen"][0]
    return data


def test_alleen_wat_gevraagd_is_komt_terug(demo: Beller) -> None:
    persoon = _raadpleeg(demo, "gewoon", "naam.voorletters", "geboorte.datum")
    assert set(persoon) == {"naam", "geboorte"}
    assert set(persoon["naam"]) == {"voorletters"}


def test_geheimhouding_komt_ongevraagd_mee_en_nee_wordt_weggelaten(demo: Beller) -> None:
    assert _raadpleeg(demo, "geheim", "burgerservicenummer")["geheimhoudingPersoonsgegevens"] is True
    assert "geheimhoudingPersoonsgegevens" not in _raadpleeg(demo, "gewoon", "burgerservicenummer")


def test_overleden_curatele_en_adres_in_onderzoek_zijn_te_zien(demo: Beller) -> None:
    overleden = _raadpleeg(demo, "overleden", "leeftijd", "overlijden.datum")
    assert overleden["opschortingBijhouding"]["reden"]["code"] == "O"
    assert overleden["overlijden"]["datum"]["datum"] < "2026-11-16"
    assert "leeftijd" not in overleden
    assert _raadpleeg(demo, "curatele", "indicatieCurateleRegister") == {"indicatieCurateleRegister": True}
    onderzoek = _raadpleeg(
        demo, "onderzoek", "adressering.adresregel1", "verblijfplaats.verblijfadres.postcode"
    )
    assert onderzoek["adressering"]["inOnderzoek"]["adresregel1"] is True
    assert onderzoek["verblijfplaats"]["verblijfadres"]["inOnderzoek"]["postcode"] is True


def test_de_duitse_buur_heeft_een_adres_in_regels_en_een_land(demo: Beller) -> None:
    buur = _raadpleeg(demo, "buurDuits", "verblijfplaats", "adressering")
    assert buur["verblijfplaats"]["type"] == "VerblijfplaatsBuitenland"
    assert buur["adressering"]["land"]["omschrijving"] == "Bondsrepubliek Duitsland"


def test_de_aanschrijving_volgt_het_naamgebruik(demo: Beller) -> None:
    adressering = _raadpleeg(demo, "gewoon", "adressering")["adressering"]
    assert adressering["aanschrijfwijze"]["naam"] == "J.M. Nijhuis-ter Braak"
    assert adressering["aanhef"] == "Geachte mevrouw Nijhuis-ter Braak"
    assert (
        _raadpleeg(demo, "overleden", "adressering")["adressering"]["gebruikInLopendeTekst"]
        == "de heer Te Riele"
    )


def test_meer_dan_tien_bewoners_is_een_fout_met_uitleg(demo: Beller) -> None:
    antwoord = demo.brp(ADRES)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "tooManyResults")
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    een = demo.brp({**ADRES, "huisnummertoevoeging": "3"}).json()["personen"]
    assert len(een) <= 1


def test_naamgenoten_met_dezelfde_geboortedag_komen_beide(demo: Beller) -> None:
    persoon = demo.persoon("naamgenoot1")
    dag = "{:04d}-{:02d}-{:02d}".format(*persoon.geboorte)
    vraag = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": "WOLTER*",
        "geboortedatum": dag,
        "fields": ["burgerservicenummer", "adressering.adresregel1"],
    }
    gevonden = demo.brp(vraag).json()["personen"]
    assert {p["burgerservicenummer"] for p in gevonden} == {persoon.bsn, demo.persoon("naamgenoot2").bsn}
    assert len({p["adressering"]["adresregel1"] for p in gevonden}) == 2


def test_zoeken_mag_zonder_tekens_op_de_letters(demo: Beller) -> None:
    persoon = demo.persoon("onderzoek")
    dag = "{:04d}-{:02d}-{:02d}".format(*persoon.geboorte)
    vraag = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": "dabrowski",
        "geboortedatum": dag,
        "fields": ["burgerservicenummer"],
    }
    assert demo.brp(vraag).json()["personen"] == [{"burgerservicenummer": persoon.bsn}]


def test_overledenen_komen_alleen_op_verzoek(demo: Beller) -> None:
    persoon = demo.persoon("overleden")
    vraag = {
        "type": "ZoekMetPostcodeEnHuisnummer",
        "postcode": persoon.adres.postcode,
        "huisnummer": persoon.adres.huisnummer,
        "fields": ["burgerservicenummer"],
    }
    assert persoon.bsn not in str(demo.brp(vraag).json())
    assert persoon.bsn in str(demo.brp({**vraag, "inclusiefOverledenPersonen": True}).json())


def test_niemand_gevonden_is_een_leeg_antwoord(demo: Beller) -> None:
    vraag = {"type": RAADPLEEG, "burgerservicenummer": ["999990007"], "fields": ["naam"]}
    assert demo.brp(vraag).json() == {"type": RAADPLEEG, "personen": []}


@pytest.mark.parametrize(
    ("wijziging", "naam", "code"),
    [
        ({"fields": []}, "fields", "minItems"),
        ({"fields": None}, "fields", "required"),
        ({"fields": ["geheimhoudingPersoonsgegevens"]}, "fields[0]", "fields"),
        ({"fields": ["naam", "bestaatNiet"]}, "fields[1]", "fields"),
        ({"fields": ["partners.naam"]}, "fields[0]", "fields"),
        ({"postcode": "75XZ"}, "postcode", "pattern"),
        ({"postcode": None}, "postcode", "required"),
        ({"geslachtsnaam": "ab*"}, "geslachtsnaam", "pattern"),
        ({"geboortedatum": "2026-02-30"}, "geboortedatum", "date"),
        ({"bsn": "x"}, "bsn", "unknownParam"),
        ({"type": "ZoekMetNiets"}, "type", "value"),
    ],
)
def test_een_verkeerde_parameter_wordt_bij_naam_genoemd(
    demo: Beller, wijziging: dict[str, Any], naam: str, code: str
) -> None:
    antwoord = demo.brp({**ADRES, **wijziging})
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "paramsValidation")
    assert (naam, code) in [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]]


def test_een_veld_zonder_machtiging_is_403_unauthorizedfield(demo: Beller) -> None:
    vraag = {"type": RAADPLEEG, "burgerservicenummer": ["999990007"], "fields": ["verblijfstitel"]}
    antwoord = demo.brp(vraag)
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "unauthorizedField")


def test_zonder_sleutel_is_401(demo: Beller) -> None:
    antwoord = demo.vraag("POST", "/brp/personen", json=ADRES)
    assert (antwoord.status_code, antwoord.json()["code"]) == (401, "authentication")
    assert demo.vraag("GET", "/kvk/v2/zoeken?naam=x").status_code == 401


def test_kvk_niets_gevonden_is_404_met_ipd5200(demo: Beller) -> None:
    antwoord = demo.kvk("v2/zoeken", kvkNummer="12345678")
    assert (antwoord.status_code, antwoord.json()["fout"][0]["code"]) == (404, "IPD5200")
    assert demo.kvk("v1/basisprofielen/12345678").json()["fout"][0]["code"] == "IPD0005"
    assert demo.kvk("v1/vestigingsprofielen/123").json()["fout"][0]["code"] == "IPD0006"


def test_kvk_vindt_op_naam_nummer_en_vestiging_en_bladert(demo: Beller) -> None:
    bedrijf = next(b for b in demo.server.wereld.bedrijven if b.nevenadres and b.actief)
    regels = demo.kvk("v2/zoeken", kvkNummer=bedrijf.kvk).json()["resultaten"]
    assert {r["type"] for r in regels} >= {"hoofdvestiging", "nevenvestiging"}
    assert demo.kvk("v2/zoeken", vestigingsnummer=bedrijf.nevenvestiging).json()["totaal"] == 1
    eerste = demo.kvk("v2/zoeken", naam="bakkerij", resultatenPerPagina=1).json()
    assert eerste["totaal"] > 1
    assert eerste["volgende"].startswith(demo.server.basis)


def test_kvk_afgeschermd_adres_en_spaties_in_volledig_adres(demo: Beller) -> None:
    bedrijf = next(b for b in demo.server.wereld.bedrijven if b.afgeschermd)
    adres = demo.kvk(f"v1/basisprofielen/{bedrijf.kvk}").json()["_embedded"]["hoofdvestiging"]["adressen"][0]
    assert adres["indAfgeschermd"] == "Ja"
    assert "    " in adres["volledigAdres"]
