"""De catalogus: warm uit de voorraad, ververst als het moet, en liever oud dan weg."""

from __future__ import annotations

from typing import Any

import pytest

from frontoffice.central.bouw import build
from frontoffice.central.catalogi import DAG, CatalogusBron
from frontoffice.central.http import Verbinding
from frontoffice.domain.fouten import OnverwachtAntwoord, Storing
from frontoffice.ports import Aanroep
from tests.central.conftest import GeheugenOpslag, make_instellingen
from tests.central.proefserver import Aannemer, Ontvangen, Proefserver, Reactie, bladzij, lijf

ZAAKTYPEN = lijf("openzaak-catalogi-zaaktypen")["results"]
STATUSTYPEN = lijf("openzaak-catalogi-statustypen-van-zaaktype")["results"]


def catalogus(verzoek: Ontvangen) -> Reactie:
    return bladzij(*(ZAAKTYPEN if verzoek.pad.endswith("/zaaktypen") else STATUSTYPEN))


def zwijg(aannemer: Aannemer) -> None:
    aannemer.server.proef.einde.wait(60)


class Wijzer:
    """Een klok in seconden die alleen een test verzet."""

    def __init__(self) -> None:
        self.nu = 1_000_000.0

    def __call__(self) -> float:
        return self.nu


@pytest.fixture
def wijzer() -> Wijzer:
    return Wijzer()


@pytest.fixture
def bron(verbinding: Verbinding, opslag: GeheugenOpslag, wijzer: Wijzer) -> CatalogusBron:
    return CatalogusBron(verbinding, opslag, nu=wijzer)


def test_koud_kost_twee_verzoeken_en_warm_geen(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = catalogus
    gelezen = bron.load(aanroep)
    assert len(gelezen.zaaktypen) == 2
    zaaktype = STATUSTYPEN[0]["zaaktype"].rsplit("/", 1)[-1]
    assert [s.volgnummer for s in gelezen.stappen(zaaktype)] == [1, 2, 3]  # Open Zaak geeft ze achterstevoren
    assert gelezen.stappen(zaaktype)[-1].is_eindstatus
    assert [(v.pad.rsplit("/", 1)[-1], v.query["status"]) for v in server.verzoeken] == [
        ("zaaktypen", "definitief"),
        ("statustypen", "definitief"),
    ]
    assert aanroep.diepte == 2
    assert bron.load(aanroep) is gelezen
    assert len(server.verzoeken) == 2


def test_een_nieuw_programma_begint_warm_maar_een_andere_client_niet(
    server: Proefserver, opslag: GeheugenOpslag, aanroep: Aanroep
) -> None:
    server.answer = catalogus
    for _ in range(2):
        aansluitingen = build(make_instellingen(server.basis), opslag=opslag)
        eerste = aansluitingen.zaken.load_catalogus(aanroep)
        assert len(eerste.zaaktypen) == 2
        aansluitingen.close()
    assert len(server.verzoeken) == 2
    import dataclasses

    instellingen = make_instellingen(server.basis)
    instellingen["catalogi"] = dataclasses.replace(instellingen["catalogi"], client_id="kif-beperkt")
    build(instellingen, opslag=opslag).zaken.load_catalogus(aanroep)
    assert len(server.verzoeken) == 4


def test_na_een_dag_wordt_ververst_en_lukt_dat_niet_dan_blijft_de_oude(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep, wijzer: Wijzer
) -> None:
    server.answer = catalogus
    oud = bron.load(aanroep)
    wijzer.nu += DAG + 1
    server.always(Reactie(500, {}))
    assert bron.load(aanroep) is oud
    wijzer.nu += 301
    server.answer = catalogus
    vers = bron.load(aanroep)
    assert vers is not oud
    assert vers == oud


def test_een_register_dat_niet_antwoordt_houdt_een_oude_voorraad_niet_tegen(
    bron: CatalogusBron, server: Proefserver, wijzer: Wijzer
) -> None:
    """Anders is de tijd van het eerste beeld op voordat de zaken aan de beurt zijn."""
    server.answer = catalogus
    oud = bron.load(Aanroep.van(5))
    wijzer.nu += DAG + 1
    server.always(Reactie(gedrag=zwijg))
    aanroep = Aanroep.van(10)
    assert bron.load(aanroep) is oud
    assert aanroep.resterend > 6
    gevraagd = len(server.verzoeken)
    assert bron.load(aanroep) is oud
    assert len(server.verzoeken) == gevraagd  # niet bij elke klant opnieuw wachten
    wijzer.nu += 301
    server.answer = catalogus
    assert bron.load(aanroep) is not oud


def test_zonder_voorraad_is_een_storing_een_fout(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(500, {}))
    with pytest.raises(Storing):
        bron.load(aanroep)


@pytest.mark.parametrize("rommel", [b"", b"{", b"{}", b'{"versie": 99}', b"[" * 100])
def test_een_kapotte_voorraad_telt_als_geen_voorraad(
    bron: CatalogusBron, server: Proefserver, opslag: GeheugenOpslag, aanroep: Aanroep, rommel: bytes
) -> None:
    server.answer = catalogus
    bron.load(aanroep)
    (sleutel,) = opslag.inhoud
    opslag.inhoud[sleutel] = rommel
    verse = CatalogusBron(bron._verbinding, opslag)
    assert len(verse.load(aanroep).zaaktypen) == 2
    assert len(server.verzoeken) == 4


def test_een_onbekend_type_ververst_de_catalogus_een_keer(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep, wijzer: Wijzer
) -> None:
    server.answer = catalogus
    bekend = bron.load(aanroep)
    wijzer.nu += 60
    bron.report_types(bekend.zaaktypen)
    bron.load(aanroep)
    assert len(server.verzoeken) == 2
    bron.report_types(["9b3f2f8d-e237-496a-986e-f33dba268a82"])
    bron.load(aanroep)
    assert len(server.verzoeken) == 4
    wijzer.nu += 60
    bron.report_types(
        ["9b3f2f8d-e237-496a-986e-f33dba268a82"]
    )  # nog steeds onbekend: mag deze client niet zien
    bron.load(aanroep)
    assert len(server.verzoeken) == 4


def test_alle_bladzijden_worden_gelezen_en_na_een_afgebroken_poging_gaat_het_verder(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep
) -> None:
    kapot = [True]

    def answer(verzoek: Ontvangen) -> Reactie:
        if verzoek.pad.endswith("/statustypen"):
            return bladzij(*STATUSTYPEN)
        nummer = int(verzoek.query["page"])
        if nummer == 2 and kapot:
            return Reactie(500, {})
        return bladzij(ZAAKTYPEN[nummer - 1], next_="x" if nummer == 1 else None)

    server.answer = answer
    with pytest.raises(Storing):
        bron.load(aanroep)
    kapot.clear()
    assert len(bron.load(aanroep).zaaktypen) == 2
    assert [v.query["page"] for v in server.verzoeken] == ["1", "2", "2", "1"]


def test_een_zaaktype_zonder_omschrijving_kost_alleen_de_catalogus(
    bron: CatalogusBron, server: Proefserver, aanroep: Aanroep
) -> None:
    zonder: dict[str, Any] = {k: v for k, v in ZAAKTYPEN[0].items() if k != "omschrijving"}
    server.always(bladzij(zonder))
    with pytest.raises(OnverwachtAntwoord, match="omschrijving"):
        bron.load(aanroep)
