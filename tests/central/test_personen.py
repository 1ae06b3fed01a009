"""De BRP: minimale vragen met doel, onvolledige datums, waarschuwingen, en wat niet gevraagd was."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.central.personen import OP_ADRES, OP_BSN, OP_NAAM, search_name
from frontoffice.domain.fouten import FilterGenegeerd, NietBevoegd, NietGevonden, TeVeelGevonden
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Aanroep
from tests.central.proefserver import OPNAMEN, Proefserver, Reactie

BSN = Bsn("999993653")
VERBODEN = {
    "geheimhoudingPersoonsgegevens",
    "opschortingBijhouding",
    "inOnderzoek",
    "rni",
    "verificatie",
    "indicatieVastgesteldVerblijftNietOpAdres",
}
BEPERKT = ("burgerservicenummer", "naam.", "geboorte.datum", "geslacht", "leeftijd", "adressering.adresregel")


def persoon(**anders: Any) -> dict[str, Any]:
    return {"burgerservicenummer": BSN.nummer} | anders


def personen(*rijen: dict[str, Any]) -> Reactie:
    return Reactie(json={"type": "x", "personen": list(rijen)})


def load(aansluitingen: Aansluitingen, server: Proefserver, **anders: Any) -> Any:
    server.always(personen(persoon(**anders)))
    return aansluitingen.personen.load_persoon(BSN, Aanroep.van(5))


# --- de vraag ---


def test_een_bsn_gaat_in_het_lijf_met_doel_en_zonder_verboden_velden(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    load(aansluitingen, server)
    (verzoek,) = server.verzoeken
    assert (verzoek.methode, verzoek.pad, verzoek.query) == ("POST", "/brp/personen", {})
    assert verzoek.lijf["type"] == OP_BSN
    assert verzoek.lijf["burgerservicenummer"] == ["999993653"]
    assert verzoek.koppen["x-doelbinding"] == "BRPACT-Totaal"
    velden = verzoek.lijf["fields"]
    assert "indicatieCurateleRegister" in velden
    assert not {deel for veld in velden for deel in veld.split(".")} & VERBODEN
    assert not any(
        veld.startswith(("partners", "kinderen", "ouders", "nationaliteiten", "gezag")) for veld in velden
    )


def test_zoeken_vraagt_alleen_wat_bij_zoeken_mag(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(personen())
    aansluitingen.personen.find_op_naam("van der Berg", date(1985, 12, 1), aanroep)
    aansluitingen.personen.find_op_adres(
        "7581 ab", 3, huisletter="A", toevoeging="bis", geslachtsnaam="Jansen", aanroep=aanroep
    )
    naam, adres = (verzoek.lijf for verzoek in server.verzoeken)
    assert (naam["type"], naam["geslachtsnaam"], naam["geboortedatum"]) == (OP_NAAM, "Berg*", "1985-12-01")
    assert naam["inclusiefOverledenPersonen"] is True
    assert (adres["type"], adres["postcode"], adres["huisnummer"]) == (OP_ADRES, "7581AB", 3)
    assert (adres["huisletter"], adres["huisnummertoevoeging"], adres["geslachtsnaam"]) == (
        "A",
        "bis",
        "Jansen*",
    )
    for lijf in (naam, adres):
        assert all(veld.startswith((*BEPERKT, "adressering.land")) for veld in lijf["fields"])
        assert "gemeenteVanInschrijving" not in lijf
    assert {v.koppen["x-doelbinding"] for v in server.verzoeken} == {"BRPACT-ZoekenAlgemeen"}


@pytest.mark.parametrize(
    ("getypt", "gezocht"),
    [
        ("Jansen", "Jansen*"),
        ("Ng", "Ng"),
        ("de Jager", "Jager*"),
        ("Van  Den Berg", "Berg*"),
        ("'t Hart", "Hart*"),
        ("over de Linde", "Linde*"),
        ("Le", "Le"),
        ("O’Neill*", "O'Neill*"),
    ],
)
def test_een_achternaam_wordt_zonder_voorvoegsel_en_vanaf_drie_letters_met_joker_gezocht(
    getypt: str, gezocht: str
) -> None:
    assert search_name(getypt) == gezocht


# --- het antwoord ---


@pytest.mark.parametrize(
    ("datum", "iso", "weergave"),
    [
        (
            {"type": "Datum", "datum": "1985-12-01", "langFormaat": "1 december 1985"},
            "1985-12-01",
            "1-12-1985",
        ),
        ({"type": "JaarMaandDatum", "jaar": 1950, "maand": 5}, "1950-05", "mei 1950"),
        ({"type": "JaarDatum", "jaar": 1950}, "1950", "1950"),
        ({"type": "DatumOnbekend", "onbekend": True}, "", "onbekend"),
        ({"type": "NieuweSoort"}, "", "onbekend"),
        ({"type": "JaarMaandDatum", "jaar": 1950, "maand": 13}, "1950", "1950"),
    ],
)
def test_een_onvolledige_datum_blijft_onvolledig(
    aansluitingen: Aansluitingen, server: Proefserver, datum: dict[str, Any], iso: str, weergave: str
) -> None:
    gelezen = load(aansluitingen, server, geboorte={"datum": datum})
    assert (gelezen.geboortedatum.iso, gelezen.geboortedatum.weergave) == (iso, weergave)


def test_wat_er_niet_is_blijft_leeg(aansluitingen: Aansluitingen, server: Proefserver) -> None:
    gelezen = load(aansluitingen, server)
    assert (gelezen.geboortedatum, gelezen.adres, gelezen.leeftijd) == (None, None, None)
    vlaggen = (gelezen.geheimhouding, gelezen.overleden, gelezen.curatele, gelezen.adres_in_onderzoek)
    assert not any(vlaggen)


@pytest.mark.parametrize(
    ("code", "overleden", "reden"),
    [
        ("O", True, "overlijden"),
        ("E", False, "emigratie"),
        ("R", False, "niet-ingezetene (RNI)"),
        ("Z", False, "x"),
    ],
)
def test_opschorting_zegt_of_iemand_is_overleden_of_vertrokken(
    aansluitingen: Aansluitingen, server: Proefserver, code: str, overleden: bool, reden: str
) -> None:
    datum = {"type": "Datum", "datum": "2026-01-02"}
    opschorting = {"reden": {"code": code, "omschrijving": "x"}, "datum": datum}
    gelezen = load(aansluitingen, server, opschortingBijhouding=opschorting)
    assert (gelezen.overleden, gelezen.opschorting_reden) == (overleden, reden)
    assert (gelezen.overlijdensdatum is not None) == overleden


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"adressering": {"adresregel1": "A 1", "inOnderzoek": {"adresregel1": True}}}, True),
        ({"adressering": {"adresregel1": "A 1", "inOnderzoek": {"aanhef": True}}}, False),
        ({"verblijfplaats": {"type": "Adres", "inOnderzoek": {"type": True}}}, True),
        ({"verblijfplaats": {"type": "Adres", "verblijfadres": {"inOnderzoek": {"postcode": True}}}}, True),
        ({"verblijfplaats": {"type": "Adres", "indicatieVastgesteldVerblijftNietOpAdres": True}}, True),
        ({"inOnderzoek": {"geslacht": True}}, False),
    ],
)
def test_een_adres_in_onderzoek_is_niet_zeker(
    aansluitingen: Aansluitingen, server: Proefserver, velden: dict[str, Any], verwacht: bool
) -> None:
    assert load(aansluitingen, server, **velden).adres_in_onderzoek is verwacht


def test_geheimhouding_curatele_en_aanschrijving_komen_mee(
    aansluitingen: Aansluitingen, server: Proefserver
) -> None:
    gelezen = load(
        aansluitingen,
        server,
        geheimhoudingPersoonsgegevens=True,
        indicatieCurateleRegister=True,
        adressering={
            "aanhef": "Geachte mevrouw Jansen",
            "aanschrijfwijze": {"naam": "mevrouw S. Jansen"},
            "gebruikInLopendeTekst": "mevrouw Jansen",
            "adresregel1": "Dorpstraat 3 A",
            "adresregel2": "7581 AB  LOSSER",
        },
        verblijfplaats={
            "type": "Adres",
            "verblijfadres": {
                "postcode": "7581AB",
                "huisnummer": 3,
                "huisletter": "A",
                "woonplaats": "Losser",
            },
        },
    )
    assert gelezen.geheimhouding
    assert gelezen.curatele
    assert gelezen.naam.weergave == "mevrouw S. Jansen"
    assert (gelezen.adres.postcode, gelezen.adres.huisnummer, gelezen.adres.woonplaats) == (
        "7581AB",
        "3A",
        "Losser",
    )
    assert gelezen.adres.regels == ("Dorpstraat 3 A", "7581 AB  LOSSER")


def test_een_adres_over_de_grens_heeft_een_land_en_geen_postcode(
    aansluitingen: Aansluitingen, server: Proefserver
) -> None:
    adressering = {
        "adresregel1": "Hauptstraße 1",
        "adresregel2": "48599 Gronau",
        "land": {"code": "9089", "omschrijving": "Duitsland"},
    }
    adres = load(aansluitingen, server, adressering=adressering).adres
    assert adres.regels == ("Hauptstraße 1", "48599 Gronau", "Duitsland")
    assert (adres.buitenland, adres.postcode) == (True, "")


def test_alle_soorten_personen_uit_de_proefomgeving_zijn_leesbaar(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    rijen = json.loads((OPNAMEN / "brp-testpersonen.json").read_text(encoding="utf-8"))["personen"]
    for rij in rijen:
        server.always(personen(rij))
        gelezen = aansluitingen.personen.load_persoon(Bsn(rij["burgerservicenummer"]), aanroep)
        assert gelezen.naam.weergave
        assert gelezen.overleden == (rij.get("opschortingBijhouding", {}).get("reden", {}).get("code") == "O")
        assert gelezen.geheimhouding == rij.get("geheimhoudingPersoonsgegevens", False)


# --- niemand, te veel, een ander ---


def test_een_onbekend_bsn_is_niet_gevonden_en_zegt_wat_te_doen(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(personen())
    with pytest.raises(NietGevonden, match="Kijk de cijfers na"):
        aansluitingen.personen.load_persoon(BSN, aanroep)
    assert aansluitingen.personen.find_op_naam("Jansen", date(1985, 12, 1), aanroep) == ()


def test_meer_dan_tien_vraagt_om_een_achternaam(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(
        Reactie(
            400,
            {"code": "tooManyResults", "title": "Teveel zoekresultaten."},
            koppen={"Content-Type": "application/problem+json"},
        )
    )
    with pytest.raises(TeVeelGevonden, match=r"meer dan 10 .* Vul ook de achternaam in"):
        aansluitingen.personen.find_op_adres("7581AB", 3, aanroep=aanroep)


def test_een_veld_zonder_recht_zegt_dat_het_recht_ontbreekt(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(403, {"code": "unauthorizedField", "detail": "999993653"}))
    with pytest.raises(NietBevoegd, match="de basisregistratie personen") as fout:
        aansluitingen.personen.load_persoon(BSN, aanroep)
    assert fout.value.register_code == "unauthorizedField"


def test_een_ander_dan_gevraagd_wordt_niet_getoond(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(personen(persoon(burgerservicenummer="999991723")))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.personen.load_persoon(BSN, aanroep)
    server.always(personen(persoon(geboorte={"datum": {"type": "Datum", "datum": "1990-01-01"}})))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.personen.find_op_naam("Jansen", date(1985, 12, 1), aanroep)
    server.always(personen(persoon(adressering={"adresregel1": "X 1", "adresregel2": "1234 ZZ ELDERS"})))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.personen.find_op_adres("7581AB", 3, aanroep=aanroep)


def test_wie_geen_bsn_heeft_is_niet_te_openen_en_valt_weg(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(personen({"naam": {"geslachtsnaam": "Jansen"}}, persoon()))
    gevonden = aansluitingen.personen.find_op_naam("Jansen", date(1985, 12, 1), aanroep)
    assert [p.bsn for p in gevonden] == [BSN]
