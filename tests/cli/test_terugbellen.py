"""`kif terugbellen` en `kif belofte`: de werklijst en wat je ermee doet, zonder venster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from tests.cli.hulp import kif


@pytest.fixture
def omgeving(profiel: str, tmp_path: Path) -> dict[str, str]:
    return {"KIF_PROFILE": profiel, "KIF_DATA_DIR": str(tmp_path / "data")}


def lees(omgeving: dict[str, str], *argv: str, verwacht: int = 0) -> Any:
    klaar = kif(*argv, "--json", **omgeving)
    assert klaar.returncode == verwacht, (klaar.stdout, klaar.stderr)
    return json.loads(klaar.stdout)


def test_de_werklijst_van_begin_tot_klaar(omgeving: dict[str, str]) -> None:
    alle = lees(omgeving, "terugbellen", "list", "--te-laat", "--aantal", "5")
    assert len(alle) == 5
    assert [rij["beloofd"] for rij in alle] == sorted(rij["beloofd"] for rij in alle)
    assert all(rij["naam"] and rij["aan"] and rij["dagen_te_laat"] > 0 for rij in alle)
    assert any(rij["telefoon"] for rij in alle)
    een, twee = alle[0]["taak"], alle[1]["taak"]
    gebeld = lees(omgeving, "terugbellen", "niet-bereikt", een)
    assert set(gebeld) == {"id", "uuid", "toestand"}
    lees(omgeving, "terugbellen", "overnemen", een)
    lees(omgeving, "terugbellen", "klaar", twee, "--via", "telefoon", "--tekst", "Verteld.")
    verslag = lees(omgeving, "outbox", "send")
    assert verslag is not None
    assert {rij["toestand"] for rij in lees(omgeving, "outbox", "list")} == {"staat_in_register"}
    na = {rij["taak"]: rij for rij in lees(omgeving, "terugbellen", "list", "--alle")}
    assert twee not in na
    assert na[een]["niet_bereikt"] == alle[0]["niet_bereikt"] + 1
    assert een in {rij["taak"] for rij in lees(omgeving, "terugbellen", "list", "--mijn")}
    lees(omgeving, "terugbellen", "klaar", twee, "--via", "telefoon", verwacht=4)


def test_beloften_te_laat_staan_op_volgorde(omgeving: dict[str, str]) -> None:
    laat = lees(omgeving, "belofte", "list", "--te-laat")
    assert laat
    assert {rij["stand"] for rij in laat} == {"te_laat"}
    assert [rij["beloofd"] for rij in laat] == sorted(rij["beloofd"] for rij in laat)
    assert {rij["taak"] for rij in laat} < {rij["taak"] for rij in lees(omgeving, "belofte", "list")}


@pytest.mark.parametrize(
    "argv",
    [
        ("terugbellen",),
        ("terugbellen", "list", "extra"),
        ("terugbellen", "list", "--mijn", "--alle"),
        ("terugbellen", "klaar", "x"),
        ("terugbellen", "doorgeven", "x", "--aan", "Burgerzaken"),
        ("terugbellen", "gesproken"),
        ("belofte", "maak"),
    ],
)
def test_verkeerd_gebruik_zegt_hoe_het_wel_moet(argv: tuple[str, ...]) -> None:
    with pytest.raises(InvoerFout) as fout:
        read_opties(argv)
    assert fout.value.code == "gebruik"
    assert fout.value.uitleg.startswith("Deze opdracht klopt niet. Gebruik: kif ")


def test_wat_er_niet_is_wordt_niet_gegokt(omgeving: dict[str, str]) -> None:
    for taak in ("onzin", "00000000-0000-4000-8000-000000000000"):
        assert lees(omgeving, "terugbellen", "gesproken", taak, verwacht=2)["fout"]["code"] == "taak"
    (rij,) = lees(omgeving, "terugbellen", "list", "--aantal", "1")
    argv = ("terugbellen", "doorgeven", rij["taak"], "--aan", "Bestaat niet", "--reden", "x")
    assert lees(omgeving, *argv, verwacht=2)["fout"]["code"] == "aan"
