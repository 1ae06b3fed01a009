"""Een document bewaren: alleen voor de gebruiker, in één keer heel, met een veilige naam."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from frontoffice.documents import bestand
from frontoffice.documents.bestand import BestandFout, file_name, save

ALLEEN_POSIX = pytest.mark.skipif(os.name != "posix", reason="rechten zijn op Windows anders")


@ALLEEN_POSIX
@pytest.mark.parametrize("al", [None, 0o644])
def test_een_document_is_alleen_voor_de_gebruiker_en_de_map_blijft_zoals_ze_was(
    tmp_path: Path, al: int | None
) -> None:
    tmp_path.chmod(0o755)
    pad = tmp_path / "afspraak.pdf"
    if al:
        pad.write_bytes(b"oud")
        pad.chmod(al)
    assert save(pad, b"nieuw") == pad
    assert pad.read_bytes() == b"nieuw"
    assert stat.S_IMODE(pad.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert os.listdir(tmp_path) == ["afspraak.pdf"]


@ALLEEN_POSIX
def test_een_verwijzing_wordt_vervangen_en_niet_gevolgd(tmp_path: Path) -> None:
    doel = tmp_path / "doel"
    doel.write_bytes(b"van een ander")
    pad = tmp_path / "afspraak.pdf"
    pad.symlink_to(doel)
    save(pad, b"nieuw")
    assert doel.read_bytes() == b"van een ander"
    assert not pad.is_symlink()


@pytest.mark.parametrize("stap", ["fsync", "replace"])
@pytest.mark.parametrize("nummer", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_als_het_misgaat_blijft_het_oude_heel_en_er_blijft_niets_achter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stap: str, nummer: int
) -> None:
    pad = tmp_path / "afspraak.pdf"
    save(pad, b"oud")

    def weiger(*_: object) -> None:
        raise OSError(nummer, "stuk")

    monkeypatch.setattr(bestand.os, stap, weiger)
    with pytest.raises(BestandFout) as fout:
        save(pad, b"nieuw")
    monkeypatch.undo()
    assert pad.read_bytes() == b"oud"
    assert os.listdir(tmp_path) == ["afspraak.pdf"]
    assert fout.value.opnieuw_helpt
    assert str(tmp_path) not in fout.value.uitleg
    if nummer == errno.ENOSPC:
        assert fout.value.uitleg == "De schijf is vol. Maak ruimte of kies een andere map."


def test_een_map_die_er_niet_is_geeft_een_zin(tmp_path: Path) -> None:
    with pytest.raises(BestandFout, match="bestaat niet meer"):
        save(tmp_path / "weg" / "afspraak.pdf", b"x")


@pytest.mark.parametrize(
    "kenmerk",
    [
        "../../.ssh/authorized_keys",
        r"C:\Windows\x",
        "CON.pdf",
        "a/b",
        "x" * 300,
        "eindigt op .",
        "nul\0",
        "\u202efdp.exe",
        "Şahin محمد",
        "",
        "...",
        "-rf *",
    ],
)
def test_een_bestandsnaam_blijft_in_de_map_en_is_overal_geldig(kenmerk: str, tmp_path: Path) -> None:
    for soort in ("afspraak", "con"):
        naam = file_name(soort, kenmerk, "pdf")
        assert len(naam) <= 100
        assert naam.isascii()
        assert naam.endswith(".pdf")
        assert naam.count(".") == 1
        assert not naam.lower().startswith(("con.", "con-.", "nul.", "."))
        pad = save(tmp_path / naam, b"x")
        assert pad.resolve().parent == tmp_path.resolve()


def test_een_gewoon_kenmerk_is_te_herkennen() -> None:
    assert file_name("afspraak", "2026-00041", "ics") == "afspraak-2026-00041.ics"
