"""`kif store`: een kapot bestand herstellen vanaf de opdrachtregel, als echt proces en zonder registers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frontoffice.cli.opties import read_opties
from frontoffice.domain.fouten import InvoerFout
from tests.cli.hulp import document_van, kif

pytestmark = pytest.mark.traag


def add(profiel: str, tekst: str) -> None:
    klaar = kif(
        "contact", "add", "--kanaal", "balie", "--onderwerp", "Afval", "--tekst", tekst, KIF_PROFILE=profiel
    )
    assert klaar.returncode == 0, klaar.stderr


def damage(map_: Path) -> None:
    """Er is niets meer van te lezen, ook niet in de WAL."""
    (pad,) = map_.glob("werkplek*.db")
    pad.write_bytes(b"kapot" * 4000)
    pad.with_name(pad.name + "-wal").unlink(missing_ok=True)


def test_een_kapot_bestand_komt_terug_uit_de_reservekopie_en_blijft_apart(
    profiel: str, eigen_omgeving: Path
) -> None:
    add(profiel, "eerste")
    naam = document_van(kif("store", "backup", "--json", KIF_PROFILE=profiel))["reservekopie"]
    damage(eigen_omgeving)
    assert kif("store", "check", KIF_PROFILE=profiel).returncode == 1
    (kopie,) = json.loads(kif("store", "list", "--json", KIF_PROFILE=profiel).stdout)
    assert (kopie["naam"], kopie["heel"], kopie["open"], kopie["nog_niet_verstuurd"]) == (naam, True, 0, 1)
    terug = kif("store", "restore", naam, "--json", KIF_PROFILE=profiel)
    assert document_van(terug) == {"open": 0, "nog_niet_verstuurd": 1}
    (apart,) = eigen_omgeving.glob("werkplek*-apart-*.db")
    assert apart.read_bytes() == b"kapot" * 4000
    hersteld = document_van(kif("audit", "verify", "--json", KIF_PROFILE=profiel))
    assert (hersteld["in_orde"], len(hersteld["hersteld"])) == (True, 1)


def test_opnieuw_beginnen_gaat_alleen_als_het_bestand_kapot_is(profiel: str, eigen_omgeving: Path) -> None:
    add(profiel, "blijft")
    heel = kif("store", "new", "--json", KIF_PROFILE=profiel)
    assert (heel.returncode, document_van(heel)["fout"]["code"]) == (1, "winkel_heel")
    damage(eigen_omgeving)
    nieuw = kif("store", "new", "--json", KIF_PROFILE=profiel)
    assert document_van(nieuw) == {"open": 0, "nog_niet_verstuurd": 0}
    onbekend = kif("store", "restore", "weg.db", "--json", KIF_PROFILE=profiel)
    assert (onbekend.returncode, document_van(onbekend)["fout"]["code"]) == (2, "gebruik")


@pytest.mark.parametrize("woorden", ["store", "store restore", "store new x", "store list x"])
def test_een_opdracht_die_niet_klopt_wordt_geweigerd(woorden: str) -> None:
    with pytest.raises(InvoerFout):
        read_opties(woorden.split())
