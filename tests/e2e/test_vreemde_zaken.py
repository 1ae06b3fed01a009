"""Een register dat een filter negeert, geeft ieders zaken en contacten: daar komt niets van naar buiten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontoffice.domain.klantbeeld import Mislukt
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import MERK, Centrale
from tests.e2e.hulp import Afloop, kif, laad, opdracht, warm_catalogus
from tests.e2e.kindserver import merk

ZAAKNUMMER = re.compile(r"ZAAK-\d{4}-\d{10}")


def check_alleen_eigen(centrale: Centrale, afloop: Afloop, nummer: int, bsn: str) -> None:
    """In de hele uitvoer staat geen merk, zaaknummer of BSN van een ander."""
    assert set(MERK.findall(afloop.alles)) <= {merk(nummer)}
    for zaaknummer in ZAAKNUMMER.findall(afloop.alles):
        assert bsn in centrale.feiten["zaken"][zaaknummer], zaaknummer
    for ander in centrale.personen:
        assert ander["bsn"] not in afloop.alles


@pytest.fixture
def profiel(gemerkte_centrale: Centrale, tmp_path: Path) -> Path:
    return gemerkte_centrale.write_profiel(tmp_path)


@pytest.mark.parametrize("rol", ["gewoon", "zwaar", "geen", "zonderPartij", "tweePartijen"])
def test_zonder_storing_staan_alleen_eigen_zaken_en_contacten_in_beeld(
    rol: str, gemerkte_centrale: Centrale, werkplek: Diensten
) -> None:
    persoon = gemerkte_centrale.persoon(rol)
    afloop = opdracht(persoon["bsn"], werkplek)
    assert afloop.uitgang == 0
    assert merk(persoon["nummer"]) in afloop.stdout
    check_alleen_eigen(gemerkte_centrale, afloop, persoon["nummer"], persoon["bsn"])


@pytest.mark.parametrize("rol", ["gewoon", "zwaar", "geen", "zonderPartij", "tweePartijen", "geheim"])
@pytest.mark.parametrize("register", ["zaken", "klantinteracties"])
def test_een_genegeerd_filter_laat_niets_van_een_ander_zien(
    register: str, rol: str, gemerkte_centrale: Centrale, werkplek: Diensten
) -> None:
    warm_catalogus(werkplek)
    persoon = gemerkte_centrale.persoon(rol)
    gemerkte_centrale.storing(register, "filter-genegeerd")
    onderdeel = {"zaken": "zaken", "klantinteracties": "contacten"}[register]
    beeld = laad(werkplek, persoon["bsn"]).beeld
    deel = beeld.onderdelen[onderdeel]
    assert isinstance(deel, Mislukt), onderdeel
    assert deel.fout.code == "filter_genegeerd"
    for als_json in (True, False):
        afloop = opdracht(persoon["bsn"], werkplek, als_json=als_json)
        assert afloop.uitgang == 3
        check_alleen_eigen(gemerkte_centrale, afloop, persoon["nummer"], persoon["bsn"])
        if als_json:
            document = afloop.json
            assert document["onderdelen"][onderdeel]["fout"]["code"] == "filter_genegeerd"
            if register == "zaken":
                assert document["zaken"] == []
                assert not [item for item in document["tijdlijn"] if item["soort"] in ("zaak", "document")]
            else:
                assert not [
                    item for item in document["tijdlijn"] if item["soort"] in ("contact", "terugbelverzoek")
                ]
            gaat_over = {"zaken": "open_zaak", "klantinteracties": "open_contact"}[register]
            assert not [punt for punt in document["aandacht"] if punt["actie"] == gaat_over]


def test_een_genegeerd_filter_geeft_ook_op_de_opdrachtregel_niets_van_een_ander(
    gemerkte_centrale: Centrale, profiel: Path
) -> None:
    persoon = gemerkte_centrale.persoon("gewoon")
    gemerkte_centrale.storing("zaken", "filter-genegeerd")
    gemerkte_centrale.storing("klantinteracties", "filter-genegeerd")
    afloop = kif("klant", persoon["bsn"], "--json", profiel=profiel)
    assert afloop.uitgang == 3
    check_alleen_eigen(gemerkte_centrale, afloop, persoon["nummer"], persoon["bsn"])


def test_verder_bladeren_bij_een_genegeerd_filter_haalt_de_contacten_weg(
    gemerkte_centrale: Centrale, werkplek: Diensten
) -> None:
    """De eerste pagina was goed; daarna gaat het mis. Dan is ook de rest niet meer te vertrouwen."""
    from frontoffice.domain.weergave import maak_weergave
    from frontoffice.ports import Stop

    persoon = gemerkte_centrale.persoon("zwaar")
    beeld = laad(werkplek, persoon["bsn"]).beeld
    gemerkte_centrale.storing("klantinteracties", "filter-genegeerd")
    for verandering in werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()):
        beeld = verandering(beeld)
    assert set(MERK.findall(repr(maak_weergave(beeld)))) <= {merk(persoon["nummer"])}
    assert isinstance(beeld.contacten, Mislukt)


def test_meer_zaken_bij_een_genegeerd_filter_geeft_niets_van_een_ander(
    gemerkte_centrale: Centrale, werkplek: Diensten
) -> None:
    from frontoffice.domain.weergave import maak_weergave
    from frontoffice.ports import Stop

    persoon = gemerkte_centrale.persoon("zwaar")
    beeld = laad(werkplek, persoon["bsn"]).beeld
    gemerkte_centrale.storing("zaken", "filter-genegeerd")
    for verandering in werkplek.klantbeeld.load_meer_zaken(beeld, Stop()):
        beeld = verandering(beeld)
    assert isinstance(beeld.zaken, Mislukt)
    assert set(MERK.findall(repr(maak_weergave(beeld)))) <= {merk(persoon["nummer"])}
