"""Plekken uit een plaatsenlijst met de vorm van de PDOK Locatieserver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.central.locaties import Locatieserver
from frontoffice.domain.fouten import Storing
from frontoffice.domain.melding import Punt
from frontoffice.ports import Aanroep
from tests.central.proefserver import Proefserver, Reactie


def treffer(naam: str, **anders: Any) -> dict[str, Any]:
    basis = {
        "type": "adres",
        "weergavenaam": naam,
        "gemeentenaam": "Losser",
        "centroide_ll": "POINT(7.0045 52.26)",
    }
    return basis | anders


def antwoord(*docs: dict[str, Any]) -> Reactie:
    return Reactie(json={"response": {"numFound": len(docs), "start": 0, "docs": list(docs)}})


@pytest.fixture
def server() -> Iterator[Proefserver]:
    proef = Proefserver()
    yield proef
    proef.close()


@pytest.fixture
def locaties(server: Proefserver) -> Iterator[Locatieserver]:
    lijnen = Lijnen()
    yield Locatieserver(Verbinding(RegisterInstelling("locaties", f"{server.basis}/v3_1"), lijnen), "Losser")
    lijnen.close()


def test_een_adres_wordt_een_plek_met_een_punt(server: Proefserver, locaties: Locatieserver) -> None:
    rij = treffer(
        "Brinkstraat 12A, 7581XB Losser", straatnaam="Brinkstraat", huisnummer=12, huisletter="A",
        postcode="7581XB", woonplaatsnaam="Losser",
    )  # fmt: skip
    server.always(antwoord(rij, rij))
    (plek,) = locaties.suggest("  brinkstraat   12a ", Aanroep.van(5))
    assert (plek.punt, plek.straat, plek.huisnummer, plek.huisletter) == (
        Punt(7.0045, 52.26),
        "Brinkstraat",
        "12",
        "A",
    )
    (verzoek,) = server.verzoeken
    assert (verzoek.pad, verzoek.query["q"]) == ("/v3_1/free", "brinkstraat 12a")
    assert verzoek.query["fq"] == 'gemeentenaam:"Losser"'
    assert "authorization" not in verzoek.koppen


@pytest.mark.parametrize(
    "anders",
    [
        {"gemeentenaam": "Enschede"},
        {"centroide_ll": ""},
        {"centroide_ll": "POINT(x y)"},
        {"centroide_ll": "MULTIPOINT(7 52)"},
        {"weergavenaam": ""},
    ],
)
def test_wat_buiten_de_gemeente_ligt_of_geen_punt_heeft_valt_weg(
    server: Proefserver, locaties: Locatieserver, anders: dict[str, Any]
) -> None:
    server.always(antwoord(treffer("Ergens") | anders, treffer("Lutterzand, De Lutte")))
    assert [p.omschrijving for p in locaties.suggest("lutte", Aanroep.van(5))] == ["Lutterzand, De Lutte"]


def test_een_letter_vraagt_niets(server: Proefserver, locaties: Locatieserver) -> None:
    assert locaties.suggest(" b ", Aanroep.van(5)) == ()
    assert server.verzoeken == []


def test_een_storing_is_een_zin(server: Proefserver, locaties: Locatieserver) -> None:
    server.always(Reactie(503, {"x": 1}))
    with pytest.raises(Storing, match="plaatsenlijst"):
        locaties.suggest("brink", Aanroep.van(5))


def test_wat_iemand_zoekt_komt_niet_in_de_telling(server: Proefserver, locaties: Locatieserver) -> None:
    server.always(antwoord())
    aanroep = Aanroep.van(5)
    locaties.suggest("geheime straat 1", aanroep)
    assert "geheime" not in " ".join(verzoek.pad for verzoek in aanroep.verzoeken)
