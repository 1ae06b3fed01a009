"""Hoeveel verzoeken een eerste beeld kost: geteld bij de server, en gelijk aan wat `verzoeken` zegt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from frontoffice.domain.klantbeeld import Contacten, Geladen, Zaken
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import Afloop, kif, laad, opdracht, warm_catalogus

ROLLEN = ("gewoon", "zwaar", "geen", "geheim", "zonderPartij", "tweePartijen")


MELDINGVRAGEN = 12
"""Per e-mailadres één vraag en per nummer een voor elke schrijfwijze, van hoogstens drie van elk."""


def without_meldingen(verzoeken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Het klantbeeld zelf. Meldingen komen erna, los van de rest: daar wacht een gesprek niet op."""
    klant = [v for v in verzoeken if v["register"] != "meldingen"]
    assert len(verzoeken) - len(klant) <= MELDINGVRAGEN, verzoeken
    return klant


def check_telling(centrale: Centrale, afloop: Afloop, *, hoogstens: int, diep: int) -> None:
    """De server zag precies de verzoeken die het programma noemt, en niet meer dan mag."""
    verzoeken = afloop.json["verzoeken"]
    gezien = Counter((regel.register, regel.methode) for regel in centrale.log())
    assert gezien == Counter((v["register"], v["methode"]) for v in verzoeken)
    klant = without_meldingen(verzoeken)
    assert len(klant) <= hoogstens, klant
    assert max(v["diepte"] for v in klant) <= diep, klant


@pytest.mark.parametrize("rol", ROLLEN)
def test_een_bekend_bsn_kost_warm_hoogstens_zes_verzoeken_en_twee_diep(
    rol: str, centrale: Centrale, werkplek: Diensten
) -> None:
    warm_catalogus(werkplek)
    centrale.clear()
    afloop = opdracht(centrale.persoon(rol)["bsn"], werkplek)
    assert afloop.uitgang == 0
    check_telling(centrale, afloop, hoogstens=6, diep=2)


@pytest.mark.parametrize("rol", ROLLEN[:3])
def test_een_bekend_bsn_kost_koud_hoogstens_tien_verzoeken_en_drie_diep(
    rol: str, centrale: Centrale, werkplek: Diensten
) -> None:
    centrale.clear()
    afloop = opdracht(centrale.persoon(rol)["bsn"], werkplek)
    assert afloop.uitgang == 0
    check_telling(centrale, afloop, hoogstens=10, diep=3)


@pytest.mark.parametrize("rol", ["gewoon", "zwaar", "geen", "geheim"])
def test_op_telefoonnummer_komen_er_hoogstens_twee_verzoeken_bij(
    rol: str, centrale: Centrale, werkplek: Diensten
) -> None:
    warm_catalogus(werkplek)
    centrale.clear()
    gezocht = opdracht(centrale.voorbeelden[rol]["telefoon"], werkplek)
    zoeken = centrale.log()
    assert len(zoeken) <= 2, zoeken
    assert {regel.register for regel in zoeken} == {"klantinteracties"}, (
        "een telefoonnummer vraagt niets aan de BRP"
    )
    kandidaten = gezocht.json["kandidaten"]
    assert kandidaten
    centrale.clear()
    geopend = opdracht(kandidaten[0]["sleutel"], werkplek)
    assert geopend.uitgang == 0
    klant = without_meldingen(geopend.json["verzoeken"])
    assert len(zoeken) + len(klant) <= 6 + 2
    # De keten: zoeken (hoogstens twee na elkaar) en daarna het beeld.
    assert len(zoeken) + max(v["diepte"] for v in klant) <= 2 + 2


def test_de_zware_klant_is_compleet_met_de_nieuwste_25_contacten_en_de_20_dringendste_zaken(
    centrale: Centrale, werkplek: Diensten
) -> None:
    beeld = laad(werkplek, centrale.persoon("zwaar")["bsn"]).beeld
    assert isinstance(beeld.contacten, Geladen)
    assert isinstance(beeld.zaken, Geladen)
    contacten: Contacten = beeld.contacten.waarde
    zaken: Zaken = beeld.zaken.waarde
    assert len(contacten.rijen) == 25
    assert contacten.totaal >= 2_000
    tijden = [contact.plaatsgevonden_op for contact in contacten.rijen]
    assert tijden == sorted(tijden, reverse=True)
    assert len(zaken.zaken) == 20
    assert zaken.nog_na_te_kijken
    assert all(zaak.rollen and zaak.documenten is not None for zaak in zaken.zaken)
    assert (
        sum(zaak.status is not None for zaak in zaken.zaken) >= 18
    )  # een nieuwe zaak kan nog zonder status zijn
    assert any(contact.taken for contact in contacten.rijen)


def test_een_klant_met_niets_is_geladen_met_nul(centrale: Centrale, werkplek: Diensten) -> None:
    onderdelen = opdracht(centrale.persoon("geen")["bsn"], werkplek).json["onderdelen"]
    for naam in ("contacten", "zaken"):
        assert onderdelen[naam]["toestand"] == "geladen"
        assert onderdelen[naam]["aantal"] == 0


def test_een_nieuw_proces_begint_met_een_warme_catalogus(centrale: Centrale, profiel: Path) -> None:
    bsn = centrale.persoon("gewoon")["bsn"]
    eerste = kif("klant", bsn, "--json", profiel=profiel)
    check_telling(centrale, eerste, hoogstens=10, diep=3)
    assert any(regel.register == "catalogi" for regel in centrale.log())
    centrale.clear()
    tweede = kif("klant", bsn, "--json", profiel=profiel)
    check_telling(centrale, tweede, hoogstens=6, diep=2)
    assert not any(regel.register == "catalogi" for regel in centrale.log())


def test_geen_verzoek_noemt_het_bsn_in_de_lijst_van_verzoeken(centrale: Centrale, werkplek: Diensten) -> None:
    bsn = centrale.persoon("gewoon")["bsn"]
    assert bsn not in opdracht(bsn, werkplek).stdout


def test_foute_invoer_doet_geen_verzoek(centrale: Centrale, werkplek: Diensten) -> None:
    centrale.clear()
    for vraag in ("123456789", "31-02-1980 Jansen", "7581 AB", "000000000", "a@", "x"):
        afloop = opdracht(vraag, werkplek)
        assert afloop.uitgang == 2, vraag
        assert afloop.json["fout"]["uitleg"].endswith(".")
    assert centrale.log() == []
