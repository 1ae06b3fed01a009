"""`kif cijfers` als echt proces, op de demonstratie."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from frontoffice.klok import SysteemKlok
from tests.cli.hulp import document_van, kif


def test_de_cijfers_van_twee_maanden_zijn_er_en_elk_rapport_staat_in_het_logboek(
    profiel: str, tmp_path: Path
) -> None:
    tot = SysteemKlok().vandaag()
    van = tot - timedelta(days=60)
    bestand = tmp_path / "uit.csv"
    vlaggen = ("--van", van.isoformat(), "--tot", tot.isoformat(), "--bestand", str(bestand))
    klaar = kif("cijfers", *vlaggen, "--json", KIF_PROFILE=profiel)
    assert klaar.returncode == 0, klaar.stderr
    cijfers = document_van(klaar)
    nagekomen = cijfers["cijfers"]["nagekomen"]["totaal"]
    assert nagekomen["totaal"] > 50
    assert 0 < nagekomen["procent"] < 100
    assert cijfers["cijfers"]["verteld"]["totaal"]["totaal"] == nagekomen["totaal"]
    assert len(cijfers["cijfers"]["in_een_keer"]["per_dorp"]["groepen"]) >= 3
    assert cijfers["goed_nieuws"] is not None
    assert cijfers["niet_op_website"]
    for deel in cijfers["cijfers"].values():
        for groep in deel["per_onderwerp"]["groepen"] + deel["per_dorp"]["groepen"]:
            assert groep["stand"]["totaal"] >= 5
    assert bestand.read_bytes().startswith(b"\xef\xbb\xbf")
    logboek = kif("audit", "export", KIF_PROFILE=profiel).stdout
    assert logboek.count('"cijfers_berekend"') == 1
    assert logboek.count('"cijfers_bewaard"') == 1


@pytest.mark.parametrize(
    "woorden",
    [
        "cijfers", "cijfers --van 2026-01-01", "cijfers --van gisteren --tot 2026-01-01",
        "cijfers --van 2026-01-01 --tot 2026-02-01 x",
        "cijfers --van 2026-01-01 --tot 2026-02-01 --bestand x.txt",
    ],
)  # fmt: skip
def test_een_verkeerde_opdracht_zegt_hoe_het_wel_moet(woorden: str) -> None:
    with pytest.raises(InvoerFout, match="--van JJJJ-MM-DD"):
        read_opties(woorden.split())
