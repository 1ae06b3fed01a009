"""De winkel openen: welke sleutel, en een zin als het niet veilig kan. Nooit stil onveilig."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from frontoffice.domain.fouten import GeheimFout
from frontoffice.geheimen import GeheimenBestand, Sleutelbos
from frontoffice.registratiepoort import WinkelFout
from frontoffice.storage import bestand, werkplekbestand
from frontoffice.storage.winkel import Bewaarwijze
from frontoffice.storage.winkelopenen import SLEUTEL, find_pad, open_winkel
from tests.storage.bouwwinkel import Klok, make_concept


class Geheim:
    """Port `Geheimen` in het geheugen."""

    def __init__(self, **waarden: str) -> None:
        self.waarden = waarden

    def get(self, naam: str) -> str:
        if naam not in self.waarden:
            raise GeheimFout("ontbreekt", code="geheim_ontbreekt")
        return self.waarden[naam]

    def set(self, naam: str, waarde: str) -> None:
        self.waarden[naam] = waarde


def test_de_eerste_keer_komt_er_een_eigen_sleutel_in_de_sleutelbos(tmp_path: Path) -> None:
    for _ in range(2):
        winkel = open_winkel(Sleutelbos(), tmp_path, Klok())
        winkel.save_concept(make_concept())
        assert (winkel.bewaarwijze, winkel.melding) == (Bewaarwijze.SLEUTELBOS, "")
        winkel.close()
    assert len(bytes.fromhex(Sleutelbos().get(SLEUTEL))) == 32
    pad = find_pad(tmp_path, demo=False)
    assert b"paspoort" not in pad.read_bytes().lower()
    if os.name == "posix":
        rechten = {naam.name: naam.stat().st_mode & 0o777 for naam in tmp_path.iterdir()}
        assert rechten == {"werkplek.db": 0o600, "werkplek.reserve": 0o600}


@pytest.mark.parametrize("bos", [keyring.backends.null.Keyring(), keyring.backends.fail.Keyring()])
def test_een_sleutelbos_die_niets_bewaart_wordt_geweigerd_en_er_ontstaat_geen_bestand(
    tmp_path: Path, bos: keyring.backend.KeyringBackend
) -> None:
    keyring.set_keyring(bos)
    with pytest.raises(WinkelFout, match="alleen deze zitting") as gevangen:
        open_winkel(Sleutelbos(), tmp_path, Klok())
    assert gevangen.value.code == "winkel_sleutel"
    assert list(tmp_path.iterdir()) == []


def test_een_bestand_met_geheimen_geeft_steeds_dezelfde_sleutel_of_de_sleutel_die_erin_staat(
    tmp_path: Path,
) -> None:
    pad = tmp_path / "geheimen.toml"
    pad.touch(0o600)
    pad.write_text('zaken = "x"\n')
    winkel = open_winkel(GeheimenBestand(pad), tmp_path / "data", Klok())
    winkel.save_concept(make_concept())
    winkel.close()
    winkel = open_winkel(GeheimenBestand(pad), tmp_path / "data", Klok())
    assert len(winkel.load_concepten()) == 1
    winkel.close()
    pad.write_text('zaken = "anders"\n')
    with pytest.raises(WinkelFout):
        open_winkel(GeheimenBestand(pad), tmp_path / "data", Klok())
    pad.write_text(f'{SLEUTEL} = "{"ab" * 32}"\n')
    open_winkel(GeheimenBestand(pad), tmp_path / "ander", Klok()).close()
    pad.write_text(f'{SLEUTEL} = "te kort"\n')
    with pytest.raises(WinkelFout, match="klopt niet"):
        open_winkel(GeheimenBestand(pad), tmp_path / "data", Klok())


def test_alleen_deze_zitting_laat_niets_achter_en_zegt_dat(tmp_path: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    winkel = open_winkel(Sleutelbos(), tmp_path, Klok(), alleen_deze_zitting=True)
    winkel.save_concept(make_concept())
    assert winkel.load_concepten() == (make_concept(),)
    assert winkel.bewaarwijze is Bewaarwijze.ZITTING
    assert "zijn uw notities weg" in winkel.melding
    assert winkel.backup_if_due() is None
    with pytest.raises(WinkelFout):
        winkel.backup()
    winkel.close()
    with pytest.raises(WinkelFout):
        winkel.load_concepten()
    assert list(tmp_path.iterdir()) == []


def test_de_demonstratie_gebruikt_een_bekende_sleutel_en_zegt_dat(tmp_path: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    winkel = open_winkel(Sleutelbos(), tmp_path, Klok(), demo=True)
    assert "sleutel die iedereen kent" in winkel.melding
    winkel.close()
    assert find_pad(tmp_path, demo=True) != find_pad(tmp_path, demo=False)


def test_een_sleutel_die_weg_is_wordt_niet_vervangen(tmp_path: Path) -> None:
    open_winkel(Geheim(), tmp_path, Klok()).close()
    kwijt = Geheim()
    with pytest.raises(WinkelFout, match="weg uit de sleutelbos") as gevangen:
        open_winkel(kwijt, tmp_path, Klok())
    assert gevangen.value.code == "winkel_sleutel"
    assert kwijt.waarden == {}


def test_twee_programmas_die_tegelijk_voor_het_eerst_openen_krijgen_dezelfde_sleutel(tmp_path: Path) -> None:
    geheim, uit = Geheim(), list[object]()

    def open_() -> None:
        try:
            winkel = open_winkel(geheim, tmp_path, Klok())
            winkel.remember("x", "y")
            winkel.close()
            uit.append("goed")
        except WinkelFout as fout:
            uit.append(fout)

    draden = [threading.Thread(target=open_) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert uit == ["goed"] * 6


def test_een_netwerkschijf_wordt_geweigerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {tmp_path.resolve()} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(werkplekbestand, "is_netwerk", lambda pad: bestand.is_netwerk(pad, mounts))
    with pytest.raises(WinkelFout, match="netwerkschijf") as gevangen:
        open_winkel(Geheim(), tmp_path / "data", Klok())
    assert gevangen.value.code == "winkel_plaats"
    assert not (tmp_path / "data").exists()
