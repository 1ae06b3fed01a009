"""`kif melding` als echt proces: lezen, zoeken, maken en bijwerken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontoffice.demo.server import DemoServer
from tests.cli.hulp import document_van, kif

MAAK = ("melding", "maak", "--soort", "stoeptegel", "--plek", "schapendijk 77", "--json")


def test_een_melding_op_nummer_met_haar_geschiedenis(profiel: str) -> None:
    klaar = kif("melding", "SIG-1003", "--json", KIF_PROFILE=profiel)
    document = document_van(klaar)
    assert klaar.returncode == 0
    assert (document["nummer"], document["weergave"]) == (1003, "SIG-1003")
    assert document["stand_in_woorden"]
    assert document["historie"]
    assert "post.example" not in klaar.stdout


def test_een_onbekend_nummer_is_een_zin(profiel: str) -> None:
    klaar = kif("melding", "999999", "--json", KIF_PROFILE=profiel)
    assert klaar.returncode == 1
    assert document_van(klaar)["fout"]["code"] == "niet_gevonden"


def test_zoeken_leest_persoonsgegevens_van_de_invoer(echt: dict[str, str]) -> None:
    op_regel = kif("melding", "zoek", "johanna.braak@post.example", "--json", **echt)
    assert op_regel.returncode == 2
    assert document_van(op_regel)["fout"]["code"] == "vraag_op_opdrachtregel"
    klaar = kif("melding", "zoek", "-", "--json", invoer="johanna.braak@post.example\n", **echt)
    assert klaar.returncode == 0
    assert 1003 in [rij["nummer"] for rij in document_van(klaar)["meldingen"]]


def test_ligt_de_index_plat_dan_is_het_antwoord_deels(profiel: str, server: DemoServer) -> None:
    server.storing("meldingen", "index-weg")
    klaar = kif("melding", "zoek", "0530000101", "--json", KIF_PROFILE=profiel)
    server.storing("meldingen")
    assert klaar.returncode == 3
    assert "zoekindex" in document_van(klaar)["onvolledig"]


@pytest.mark.parametrize("lijst", ["te-laat", "zonder-woord"])
def test_de_lijsten_zijn_niet_leeg(profiel: str, lijst: str) -> None:
    rijen = document_van(kif("melding", lijst, "--json", KIF_PROFILE=profiel))["meldingen"]
    assert len(rijen) > 5
    assert all(rij["bel_de_melder"] or lijst == "te-laat" for rij in rijen)


def test_maken_waarschuwt_voor_een_dubbele_en_verstuurt_langs_de_outbox(
    echt: dict[str, str], tmp_path: Path
) -> None:
    foto = tmp_path / "foto.png"
    foto.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    maak = (*MAAK, "--melder", "-", "--tekst", "-", "--foto", str(foto))
    invoer = "m.elder@post.example 0612345678\nTegel ligt los.\nVoor de deur.\n"
    eerste = kif(*maak, invoer=invoer, **echt)
    assert eerste.returncode == 0, eerste.stderr
    assert document_van(eerste)["plek"].startswith("Schapendijk 77")
    verstuurd = kif("outbox", "send", "--json", **echt)
    assert document_van(verstuurd) == {"verstuurd": 1, "wachtend": 0, "actie_nodig": 0}
    gevonden = kif("melding", "zoek", "-", "--json", invoer="m.elder@post.example", **echt)
    (melding,) = document_van(gevonden)["meldingen"]
    assert melding["tekst"] == "Tegel ligt los.\nVoor de deur."
    dubbel = kif(*maak, invoer=invoer, **echt)
    assert dubbel.returncode == 4
    assert document_van(dubbel)["dubbel"] == [melding["weergave"]]
    assert kif(*maak, "--toch", invoer=invoer, **echt).returncode == 0
    nummer = melding["weergave"]
    assert kif("melding", "notitie", nummer, "--tekst", "Gebeld", **echt).returncode == 0
    assert (
        kif("melding", "stand", nummer, "--stand", "b", "--tekst", "Bezig", "--mail", **echt).returncode == 0
    )
    assert (
        kif(
            "melding", "verteld", nummer, "--via", "telefoon", "--tekst", "-", invoer="Uitgelegd", **echt
        ).returncode
        == 0
    )
    assert document_van(kif("outbox", "send", "--json", **echt))["wachtend"] == 0
    na = document_van(kif("melding", nummer, "--json", **echt))
    assert (na["stand"], na["bel_de_melder"]) == ("b", False)
    assert len(na["fotos"]) == 1
    assert sum("Gebeld" in regel["tekst"] for regel in na["historie"]) == 1


@pytest.mark.parametrize(
    "woorden",
    [
        "melding",
        "melding maak --tekst x",
        "melding notitie 12",
        "melding stand 12 --tekst x",
        "melding SIG-x",
        "melding 12 13",
        "melding verteld 12 --tekst x",
    ],
)
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet(profiel: str, woorden: str) -> None:
    klaar = kif(*woorden.split(), "--json", KIF_PROFILE=profiel)
    assert klaar.returncode == 2
    assert json.loads(klaar.stdout)["fout"]["code"] == "gebruik"


def test_zonder_meldingensysteem_is_het_geweigerd(profiel: str, tmp_path: Path) -> None:
    tekst = Path(profiel).read_text(encoding="utf-8")
    kop, _, rest = tekst.partition("[meldingen]")
    zonder = tmp_path / "zonder.toml"
    zonder.write_text(kop + rest[rest.index("[zaken]") :], encoding="utf-8")
    klaar = kif("melding", "1003", "--json", KIF_PROFILE=str(zonder))
    assert klaar.returncode == 4
    assert document_van(klaar)["fout"]["code"] == "niet_aangesloten"
