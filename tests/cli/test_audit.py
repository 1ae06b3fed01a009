"""`kif audit`: het logboek van inzage nakijken, uitvoeren en versturen, als echt proces."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from tests.cli.hulp import document_van, kif

VELDEN = {
    "volgnummer", "uuid", "om", "handeling", "onderwerp", "uitslag", "doel", "medewerker", "organisatie",
    "werkplek", "bijzonderheden", "keten",
}  # fmt: skip


def test_een_geopende_klant_is_een_regel_zonder_leesbaar_bsn(
    profiel: str, voorbeelden: dict[str, dict[str, str]]
) -> None:
    bsn = voorbeelden["gewoon"]["bsn"]
    for _ in range(2):
        assert kif("klant", bsn, "--json", KIF_PROFILE=profiel).returncode == 0
    uitvoer = kif("audit", "export", KIF_PROFILE=profiel)
    regels = [json.loads(regel) for regel in uitvoer.stdout.splitlines()]
    assert [regel["handeling"] for regel in regels] == ["klant_geopend", "klant_geopend"]
    assert all(set(regel) == VELDEN for regel in regels)
    assert len({regel["onderwerp"] for regel in regels}) == 1
    assert bsn not in uitvoer.stdout
    assert kif("audit", "export", "--json", KIF_PROFILE=profiel).stdout == uitvoer.stdout
    goed = document_van(kif("audit", "verify", "--json", KIF_PROFILE=profiel))
    assert (goed["in_orde"], goed["regels"]) == (True, 2)
    assert kif("audit", "verify", "--kop", goed["kop"], KIF_PROFILE=profiel).returncode == 0


def test_nakijken_noemt_de_eerste_foute_regel_en_eindigt_met_een(
    profiel: str, voorbeelden: dict[str, dict[str, str]], eigen_omgeving: Path
) -> None:
    kif("klant", voorbeelden["gewoon"]["bsn"], KIF_PROFILE=profiel)
    (anker,) = eigen_omgeving.glob("logboek*.anker")
    anker.write_text(re.sub(r"[0-9a-f]{64}", "f" * 64, anker.read_text(), count=1))
    kapot = kif("audit", "verify", "--json", KIF_PROFILE=profiel)
    assert kapot.returncode == 1
    assert document_van(kapot)["eerste_foute_regel"] == 1
    assert "beveiligingsfunctionaris" in kif("audit", "verify", KIF_PROFILE=profiel).stdout


def test_versturen_zonder_adres_zegt_wat_er_moet(profiel: str) -> None:
    klaar = kif("audit", "send", KIF_PROFILE=profiel)
    assert klaar.returncode == 4
    assert "[logboek]" in klaar.stderr


@pytest.mark.parametrize(
    "woorden",
    ["audit", "audit wis", "audit export x", "audit verify --kop 3", "audit export --kop 1:" + "a" * 64],
)
def test_een_audit_die_niet_klopt_wordt_geweigerd(woorden: str) -> None:
    with pytest.raises(InvoerFout):
        read_opties(woorden.split())
