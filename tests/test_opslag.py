"""Voorraad op schijf, de klok, het logboek en de sleutels van kandidaten."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontoffice.cli import sleutel as kandidaatsleutel
from frontoffice.domain.fouten import InvoerFout, KifFout
from frontoffice.domain.klant import (
    BedrijfSleutel,
    Herkomst,
    Kandidaat,
    KlantSleutel,
    PartijSleutel,
    PersoonSleutel,
)
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.klok import SysteemKlok
from frontoffice.logboek import LogboekInGeheugen
from frontoffice.opslag import SchijfOpslag, find_data_dir, make_private_dir
from tests.bouwers import ANDERE_SLEUTEL, BSN, KVK, SLEUTEL
from tests.nep import NepKlok

PARTIJ = PartijSleutel("5f000000-0000-4000-8000-00000000000a")


def bestanden(map_: Path) -> list[Path]:
    return [pad for pad in map_.rglob("*") if pad.is_file()]


def test_voorraad_overleeft_het_programma_en_is_alleen_voor_de_gebruiker(tmp_path: Path) -> None:
    SchijfOpslag(tmp_path / "voorraad").set("catalogus:zaken", b"\x00inhoud")
    assert SchijfOpslag(tmp_path / "voorraad").get("catalogus:zaken") == b"\x00inhoud"
    (bestand,) = bestanden(tmp_path)
    if os.name == "posix":
        assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
        assert stat.S_IMODE(bestand.parent.stat().st_mode) == 0o700
    assert "catalogus" not in bestand.name


@pytest.mark.parametrize("kapot", [b"", b"JPEG", b"KIF-VOORRAAD-1\n", b"KIF-VOORRAAD-0\n" + b"x" * 60])
def test_een_kapotte_voorraad_geldt_als_leeg_en_is_te_vervangen(tmp_path: Path, kapot: bytes) -> None:
    opslag = SchijfOpslag(tmp_path)
    opslag.set("a", b"goed")
    (bestand,) = bestanden(tmp_path)
    bestand.write_bytes(kapot)
    assert opslag.get("a") is None
    opslag.set("a", b"weer goed")
    assert opslag.get("a") == b"weer goed"


def test_een_omgevallen_bit_in_de_voorraad_wordt_gezien(tmp_path: Path) -> None:
    opslag = SchijfOpslag(tmp_path)
    opslag.set("a", b"zaaktypen")
    (bestand,) = bestanden(tmp_path)
    ruw = bytearray(bestand.read_bytes())
    ruw[-1] ^= 1
    bestand.write_bytes(ruw)
    assert opslag.get("a") is None


def test_een_link_in_de_voorraad_wordt_niet_gevolgd(tmp_path: Path) -> None:
    opslag = SchijfOpslag(tmp_path / "voorraad")
    opslag.set("a", b"goed")
    (bestand,) = bestanden(tmp_path)
    elders = tmp_path / "elders"
    bestand.rename(elders)
    bestand.symlink_to(elders)
    assert opslag.get("a") is None


def test_een_schijf_die_niet_meewerkt_breekt_niets_af(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("in de weg")
    opslag = SchijfOpslag(tmp_path / "bestand" / "voorraad")
    opslag.set("a", b"inhoud")
    assert opslag.get("a") is None


@pytest.mark.skipif(os.name != "posix", reason="rechten van een map zijn op Windows anders geregeld")
def test_een_gedeelde_map_houdt_haar_rechten_en_een_eigen_map_wordt_besloten(tmp_path: Path) -> None:
    gedeeld, eigen = tmp_path / "gedeeld", tmp_path / "eigen"
    for map_, rechten in ((gedeeld, 0o1777), (eigen, 0o755)):
        map_.mkdir()
        map_.chmod(rechten)
        make_private_dir(map_)
    assert stat.S_IMODE(gedeeld.stat().st_mode) == 0o1777
    assert stat.S_IMODE(eigen.stat().st_mode) == 0o700


def test_kif_data_dir_gaat_voor_de_map_van_het_systeem(tmp_path: Path) -> None:
    assert find_data_dir({"KIF_DATA_DIR": str(tmp_path)}) == tmp_path
    assert find_data_dir({}).name == "klant-in-focus"


def test_de_klok_geeft_utc_met_zone_en_een_dag_in_nederland() -> None:
    klok = SysteemKlok()
    assert klok.nu().tzinfo is UTC
    assert abs((klok.nu() - datetime.now(UTC)).total_seconds()) < 5
    assert klok.verlopen() <= klok.verlopen()


def test_de_klok_van_een_demonstratie_staat_op_haar_dag() -> None:
    klok = SysteemKlok(date(2026, 3, 2))
    assert klok.vandaag() == date(2026, 3, 2)
    assert abs((klok.nu().date() - date(2026, 3, 2)).days) <= 1


def test_het_logboek_noemt_de_klant_niet_leesbaar_maar_wel_herkenbaar() -> None:
    logboek = LogboekInGeheugen(NepKlok(), "s.bos", "Losser")
    logboek.note("klant_geopend", "Vraag van de klant", SLEUTEL, herkomst="bsn")
    logboek.note("onthuld", "Adres voorlezen", SLEUTEL)
    logboek.note("klant_geopend", "Vraag van de klant", ANDERE_SLEUTEL)
    eerste, tweede, derde = logboek.regels
    assert (eerste.handeling, eerste.doel, eerste.medewerker) == (
        "klant_geopend",
        "Vraag van de klant",
        "s.bos",
    )
    assert eerste.om == NepKlok().nu()
    assert eerste.bijzonderheden == {"herkomst": "bsn"}
    assert eerste.onderwerp == tweede.onderwerp != derde.onderwerp
    assert BSN not in repr(logboek.regels)


def test_een_ander_logboek_geeft_dezelfde_klant_een_andere_afdruk() -> None:
    een, ander = (LogboekInGeheugen(NepKlok(), "s.bos", "Losser") for _ in range(2))
    assert een.afdruk(SLEUTEL) != ander.afdruk(SLEUTEL)


@pytest.mark.parametrize("herkomst", [Herkomst.NAAM, Herkomst.TELEFOON])
@pytest.mark.parametrize(
    "sleutel",
    [
        PersoonSleutel(Bsn(BSN)),
        BedrijfSleutel(KvkNummer(KVK)),
        BedrijfSleutel(KvkNummer(KVK), Vestigingsnummer("000037178598")),
    ],
)
def test_een_sleutel_opent_dezelfde_kandidaat_en_toont_geen_nummer(
    tmp_path: Path, sleutel: KlantSleutel, herkomst: Herkomst
) -> None:
    tekst = kandidaatsleutel.seal(Kandidaat(sleutel, "A. J.", herkomst), tmp_path)
    assert kandidaatsleutel.is_sleutel(tekst)
    assert kandidaatsleutel.unseal(tekst, tmp_path) == (sleutel, herkomst)
    assert BSN not in tekst
    assert BSN[-3:].encode() not in b"".join(pad.read_bytes() for pad in bestanden(tmp_path))
    if os.name == "posix":
        assert all(stat.S_IMODE(pad.stat().st_mode) == 0o600 for pad in bestanden(tmp_path))


def test_een_partij_uit_een_telefoontreffer_heet_naar_haar_uuid_en_blijft_ongecontroleerd(
    tmp_path: Path,
) -> None:
    tekst = kandidaatsleutel.seal(Kandidaat(PARTIJ, "A. J.", Herkomst.TELEFOON), tmp_path)
    assert tekst == f"partij:{PARTIJ.uuid}"
    assert kandidaatsleutel.unseal(tekst, tmp_path) == (PARTIJ, Herkomst.TELEFOON)


def test_een_sleutel_van_gisteren_of_van_een_ander_wordt_niet_geopend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tekst = kandidaatsleutel.seal(Kandidaat(SLEUTEL, "A. J.", Herkomst.NAAM), tmp_path)
    with pytest.raises(InvoerFout):
        kandidaatsleutel.unseal(tekst, tmp_path / "ander")
    for vreemd in (tekst[:-4], "kandidaat:", "kandidaat:é", "partij:../..", "partij:"):
        with pytest.raises(InvoerFout, match="Zoek de klant opnieuw"):
            kandidaatsleutel.unseal(vreemd, tmp_path)
    import time

    straks = time.time() + 12 * 3600 + 60
    monkeypatch.setattr(time, "time", lambda: straks)
    with pytest.raises(InvoerFout, match="twaalf uur"):
        kandidaatsleutel.unseal(tekst, tmp_path)


def test_een_beschadigd_sleutelbestand_zegt_wat_er_moet_gebeuren(tmp_path: Path) -> None:
    kandidaatsleutel.seal(Kandidaat(SLEUTEL, "A. J.", Herkomst.NAAM), tmp_path)
    (bestand,) = bestanden(tmp_path)
    bestand.write_bytes(b"kapot")
    with pytest.raises(KifFout, match="Verwijder het"):
        kandidaatsleutel.seal(Kandidaat(SLEUTEL, "A. J.", Herkomst.NAAM), tmp_path)
