"""Documenten als bestand bewaren."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.fouten import KifFout, Storing
from frontoffice.services.bewaren import bewaar, schone_bestandsnaam, veilige_naam
from tests.bouwers import maak_document


def schrijf(tekst: bytes = b"inhoud") -> object:
    def naar(bestand: BinaryIO) -> None:
        bestand.write(tekst)

    return naar


@pytest.mark.parametrize(
    ("ruw", "veilig"),
    [
        ("brief.pdf", "brief.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\System32\\x.dll", "x.dll"),
        ("..", ""),
        (".bashrc", "bashrc"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.pdf", "_com1.pdf"),
        ("consult.pdf", "consult.pdf"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ("brief.pdf. . ", "brief.pdf"),
        ("factuur\u202egpj.exe", "factuurgpj.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("  ", ""),
        ("Beschikking Şahin 漢字.pdf", "Beschikking Şahin 漢字.pdf"),
    ],
)
def test_een_bestandsnaam_uit_een_register_wordt_veilig(ruw: str, veilig: str) -> None:
    assert schone_bestandsnaam(ruw) == veilig


@given(st.text(max_size=400))
def test_geen_enkele_naam_komt_buiten_de_map_of_is_te_lang(ruw: str) -> None:
    naam = schone_bestandsnaam(ruw)
    assert len(naam) <= 120
    assert len(naam.encode()) <= 255
    assert "/" not in naam
    assert "\\" not in naam
    assert naam not in (".", "..")
    assert not naam.startswith(".")


def test_zonder_bestandsnaam_helpt_de_titel_met_het_formaat() -> None:
    assert (
        veilige_naam(maak_document("Ontvangst: brief", formaat="application/pdf")) == "Ontvangst_ brief.pdf"
    )
    assert veilige_naam(maak_document("brief.PDF", formaat="application/pdf; x=1")) == "brief.PDF"
    assert veilige_naam(maak_document("")) == "document"
    assert (
        veilige_naam(maak_document("x", bestandsnaam="echt.docx", formaat="application/pdf")) == "echt.docx"
    )


def test_een_lange_naam_houdt_haar_uitgang() -> None:
    naam = schone_bestandsnaam("a" * 300 + ".pdf")
    assert (len(naam), naam[-4:]) == (120, ".pdf")


def test_een_bestaand_bestand_wordt_nooit_overschreven(tmp_path: Path) -> None:
    document = maak_document(bestandsnaam="brief.pdf")
    paden = [bewaar(tmp_path, document, schrijf(str(n).encode())) for n in range(3)]  # type: ignore[arg-type]
    assert [pad.name for pad in paden] == ["brief.pdf", "brief (2).pdf", "brief (3).pdf"]
    assert [pad.read_bytes() for pad in paden] == [b"0", b"1", b"2"]
    assert len(list(tmp_path.iterdir())) == 3


def test_een_zelf_gekozen_bestand_wordt_ook_niet_overschreven(tmp_path: Path) -> None:
    (tmp_path / "mijn.pdf").write_bytes(b"oud")
    pad = bewaar(tmp_path / "mijn.pdf", maak_document(), schrijf())  # type: ignore[arg-type]
    assert pad.name == "mijn (2).pdf"
    assert (tmp_path / "mijn.pdf").read_bytes() == b"oud"


def test_een_schijf_zonder_harde_koppelingen_werkt_ook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kan_niet(*_: object) -> None:
        raise PermissionError(1, "niet hier")

    monkeypatch.setattr(os, "link", kan_niet)
    document = maak_document(bestandsnaam="brief.pdf")
    assert [bewaar(tmp_path, document, schrijf()).name for _ in range(2)] == ["brief.pdf", "brief (2).pdf"]  # type: ignore[arg-type]


def test_mislukt_het_ophalen_dan_blijft_er_niets_achter(tmp_path: Path) -> None:
    def half(bestand: BinaryIO) -> None:
        bestand.write(b"half")
        raise Storing("Er is een storing.", register="documenten")

    with pytest.raises(Storing):
        bewaar(tmp_path, maak_document(), half)
    assert list(tmp_path.iterdir()) == []


def test_een_map_die_niet_bestaat_geeft_een_zin(tmp_path: Path) -> None:
    with pytest.raises(KifFout) as gevangen:
        bewaar(tmp_path / "weg" / "brief.pdf", maak_document(), schrijf())  # type: ignore[arg-type]
    assert gevangen.value.code == "opslaan_mislukt"
    assert "Kies een andere map" in gevangen.value.uitleg


@pytest.mark.skipif(os.name != "posix", reason="rechten op bestanden zijn elders anders geregeld")
def test_alleen_de_medewerker_zelf_mag_het_bestand_lezen(tmp_path: Path) -> None:
    pad = bewaar(tmp_path, maak_document(), schrijf())  # type: ignore[arg-type]
    assert pad.stat().st_mode & 0o077 == 0
