"""KVK: geen treffer is geen fout, adressen zonder reeksen spaties, en een afgeschermd adres blijft dicht."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.domain.fouten import FilterGenegeerd, NietGevonden, Storing
from frontoffice.domain.waarden import KvkNummer, Vestigingsnummer
from frontoffice.ports import Aanroep
from tests.central.proefserver import OPNAMEN, Ontvangen, Proefserver, Reactie

KVK = KvkNummer("69599084")
HOOFD = Vestigingsnummer("000038509504")
NEVEN = Vestigingsnummer("000038509520")


def kvk_proef(verzoek: Ontvangen) -> Reactie:
    """De openbare testomgeving van KVK, uit opgenomen antwoorden."""
    opnamen = json.loads((OPNAMEN / "kvk-testomgeving.json").read_text(encoding="utf-8"))["interactions"]
    for wisseling in opnamen:
        pad, _, zoek = wisseling["request"]["path"].partition("?")
        if verzoek.pad == f"/kvk{pad}" and (
            not zoek or dict(parse_qsl(zoek)).items() <= verzoek.query.items()
        ):
            koppen = {"Content-Type": wisseling["content_type"]}
            return Reactie(wisseling["status"], wisseling["body"], koppen=koppen)
    return Reactie(404, {"fout": [{"code": "IPD5200"}]})


def profiel(**hoofdvestiging: Any) -> Reactie:
    return Reactie(
        json={"kvkNummer": KVK.nummer, "naam": "X", "_embedded": {"hoofdvestiging": hoofdvestiging}}
    )


def test_een_bedrijf_uit_het_basisprofiel(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = kvk_proef
    bedrijf = aansluitingen.bedrijven.load_bedrijf(KVK, None, aanroep)
    assert (bedrijf.naam, bedrijf.rechtsvorm, bedrijf.geen_reclame) == (
        "Test EMZ Dagobert",
        "Eenmanszaak",
        True,
    )
    assert bedrijf.adres is not None
    assert bedrijf.adres.regels == ("Abebe Bikilalaan 17M", "1034WL Amsterdam")
    assert not bedrijf.adres_afgeschermd
    assert len(bedrijf.handelsnamen) == 8
    assert server.verzoeken[0].koppen["apikey"]
    assert aanroep.verzoeken[0].pad == "/v1/basisprofielen/…"


def test_een_rechtspersoon_heeft_een_rsin_en_het_adres_van_de_eigenaar(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = kvk_proef
    bedrijf = aansluitingen.bedrijven.load_bedrijf(KvkNummer("90000749"), None, aanroep)
    assert bedrijf.rsin == "992340597"
    assert bedrijf.adres is not None
    assert bedrijf.adres.woonplaats == "Dordrecht"


def test_een_onbekend_nummer_is_niet_gevonden(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = kvk_proef
    with pytest.raises(NietGevonden) as fout:
        aansluitingen.bedrijven.load_bedrijf(KvkNummer("12345678"), None, aanroep)
    assert fout.value.register_code == "IPD0005"


def test_geen_treffer_is_een_lege_lijst_en_een_storing_blijft_een_storing(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = kvk_proef
    assert aansluitingen.bedrijven.find_op_nummer(aanroep, kvk=KvkNummer("12345678")) == ()
    assert aansluitingen.bedrijven.find_op_naam("bestaat niet", 1, aanroep).rijen == ()
    server.always(Reactie(500, {"fout": [{"code": "IPD1003"}]}))
    with pytest.raises(Storing):
        aansluitingen.bedrijven.find_op_naam("bakker", 1, aanroep)


def test_zoeken_geeft_vestigingen_met_alleen_de_plaats(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Een treffer zegt niet of het adres is afgeschermd; bij een eenmanszaak is dat iemands huis."""
    server.answer = kvk_proef
    gevonden = aansluitingen.bedrijven.find_op_nummer(aanroep, kvk=KVK)
    assert [b.vestiging for b in gevonden] == [NEVEN, HOOFD]
    assert [b.adres.regels for b in gevonden if b.adres] == [("Maastricht",), ("Amsterdam",)]


def test_een_ander_bedrijf_dan_gevraagd_wordt_niet_getoond(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(json={"resultaten": [{"kvkNummer": "90000749"}], "totaal": 1}))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.bedrijven.find_op_nummer(aanroep, kvk=KVK)
    server.always(Reactie(json={"kvkNummer": "90000749"}))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.bedrijven.load_bedrijf(KVK, None, aanroep)


def test_op_naam_zoeken_bladert_tot_het_eind(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    rij = {"kvkNummer": KVK.nummer, "naam": "Bakkerij", "actief": "Nee"}
    server.always(Reactie(json={"resultaten": [rij, rij, {"kvkNummer": "kapot"}], "totaal": 30}))
    eerste = aansluitingen.bedrijven.find_op_naam("bakkerij & zn", 1, aanroep)
    assert (len(eerste.rijen), eerste.totaal, eerste.volgende_pagina) == (1, 30, 2)
    assert not eerste.rijen[0].actief
    assert aansluitingen.bedrijven.find_op_naam("bakkerij", 2, aanroep).volgende_pagina is None
    assert server.verzoeken[0].query == {"naam": "bakkerij & zn", "resultatenPerPagina": "25", "pagina": "1"}


def test_een_afgeschermd_adres_wordt_als_zodanig_gemeld(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    adres = {"type": "bezoekadres", "indAfgeschermd": "Ja", "volledigAdres": "Dorp 1          7581ab  Losser"}
    server.always(profiel(vestigingsnummer=HOOFD.nummer, adressen=[{"type": "postadres"}, adres]))
    bedrijf = aansluitingen.bedrijven.load_bedrijf(KVK, HOOFD, aanroep)
    assert bedrijf.adres_afgeschermd
    assert bedrijf.adres is not None
    assert bedrijf.adres.regels == ("Dorp 1 7581ab Losser",)
    assert len(server.verzoeken) == 1


def test_een_nevenvestiging_heeft_haar_eigen_naam_en_adres(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    neven = {
        "vestigingsnummer": NEVEN.nummer,
        "eersteHandelsnaam": "Govert",
        "indAdresAfgeschermd": "Ja",
        "volledigAdres": "Geneinde 2  6211 XX  Maastricht",
    }
    server.answer = lambda v: (
        Reactie(json={"vestigingen": [neven]}) if v.pad.endswith("/vestigingen") else kvk_proef(v)
    )
    bedrijf = aansluitingen.bedrijven.load_bedrijf(KVK, NEVEN, aanroep)
    assert (bedrijf.naam, bedrijf.adres_afgeschermd) == ("Govert", True)
    with pytest.raises(NietGevonden, match="hoort niet bij dit KVK-nummer"):
        aansluitingen.bedrijven.load_bedrijf(KVK, Vestigingsnummer("000000000001"), aanroep)


def test_een_vraag_die_geld_kost_wordt_niet_vanzelf_herhaald(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(503, {}))
    with pytest.raises(Storing):
        aansluitingen.bedrijven.load_bedrijf(KVK, None, aanroep)
    assert len(server.verzoeken) == 1
