"""Geheimhouding: adres, telefoonnummer en e-mailadres van wie geheimhouding heeft, staan nergens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from frontoffice.domain.klantbeeld import Geladen
from frontoffice.samenstelling import Diensten
from tests.e2e.centrale import Centrale
from tests.e2e.hulp import Afloop, kif, opdracht

TEKSTVELDEN = (
    "onderwerp", "inhoud", "omschrijving", "toelichting", "titel", "gevraagdeHandeling", "statustoelichting",
    "interneNotitie",
)  # fmt: skip


def kanaries(persoon: dict[str, Any]) -> list[re.Pattern[str]]:
    """Patronen waaraan adres, nummer of e-mailadres van deze persoon te herkennen is, hoe ook geschreven."""
    postcode = persoon["postcode"]
    teksten = [
        rf"{re.escape(persoon['straat'])}\s*,?\s*{persoon['huisnummer']}\b",
        rf"{postcode[:4]}\s?{postcode[4:]}",
    ]
    for adres in persoon["digitaal"]:
        if "@" in adres:
            teksten.append(re.escape(adres))
        else:
            cijfers = re.sub(r"\D", "", adres)[-9:]
            teksten.append(r"[\s().\-/]{0,3}".join(cijfers))
    return [re.compile(tekst, re.IGNORECASE) for tekst in teksten]


def check_verborgen(persoon: dict[str, Any], tekst: str) -> None:
    for kanarie in kanaries(persoon):
        assert not kanarie.search(tekst), "er staat iets dat wegens geheimhouding verborgen hoort te zijn"


@pytest.fixture
def geheim(centrale: Centrale) -> dict[str, Any]:
    persoon = centrale.persoon("geheim")
    assert any("@" in adres for adres in persoon["digitaal"])
    assert any("@" not in adres for adres in persoon["digitaal"])
    return persoon


def test_het_klantbeeld_noemt_geheimhouding_en_geen_adres_of_nummer(
    geheim: dict[str, Any], werkplek: Diensten
) -> None:
    for als_json in (True, False):
        afloop = opdracht(geheim["bsn"], werkplek, als_json=als_json)
        assert afloop.uitgang == 0
        check_verborgen(geheim, afloop.alles)
    klant = opdracht(geheim["bsn"], werkplek).json["klant"]
    assert klant["geheimhouding"] is True
    assert "adres" not in klant
    assert {deel["soort"] for deel in klant["verborgen"]} >= {"adres", "telefoon", "email"}
    assert any(w["soort"] == "geheimhouding" for w in klant["waarschuwingen"])


def test_ook_in_vrije_tekst_van_contacten_en_zaken_blijft_het_verborgen(
    geheim: dict[str, Any], centrale: Centrale, werkplek: Diensten
) -> None:
    telefoon = next(adres for adres in geheim["digitaal"] if "@" not in adres)
    email = next(adres for adres in geheim["digitaal"] if "@" in adres)
    adres = f"{geheim['straat']} {geheim['huisnummer']}, {geheim['postcode']} Losser"
    zin = f"Belt vanaf {telefoon}, woont {adres}, mail {email}"
    centrale.vijandig(zin, TEKSTVELDEN, ("klantinteracties", "zaken"))
    for als_json in (True, False):
        afloop = opdracht(geheim["bsn"], werkplek, als_json=als_json)
        assert afloop.uitgang == 0
        assert "Belt vanaf [verborgen]" in afloop.stdout, "de tekst zelf staat er wel"
        check_verborgen(geheim, afloop.alles)


def test_een_adreszoeking_verraadt_niet_wie_er_woont(
    geheim: dict[str, Any], centrale: Centrale, werkplek: Diensten
) -> None:
    vraag = f"{geheim['postcode']} {geheim['huisnummer']}"
    afloop = opdracht(vraag, werkplek)
    assert afloop.uitgang == 0
    assert geheim["achternaam"] not in afloop.alles
    assert geheim["voornamen"].split()[0] not in afloop.alles
    assert geheim["geboren"][-4:] not in afloop.alles
    check_verborgen(geheim, afloop.alles)
    # Ook met de achternaam erbij: anders bevestigt het zoeken dat die persoon daar woont.
    met_naam = opdracht(f"{vraag} {geheim['achternaam']}", werkplek)
    assert geheim["achternaam"] not in met_naam.alles
    check_verborgen(geheim, met_naam.alles)


@pytest.mark.parametrize("hoe", ["telefoon", "email", "naam"])
def test_kandidaten_noemen_geen_adres_of_nummer(hoe: str, geheim: dict[str, Any], werkplek: Diensten) -> None:
    vraag = {
        "telefoon": next(adres for adres in geheim["digitaal"] if "@" not in adres),
        "email": next(adres for adres in geheim["digitaal"] if "@" in adres),
        "naam": f"{geheim['geboren']} {geheim['achternaam']}",
    }[hoe]
    afloop = opdracht(vraag, werkplek)
    assert afloop.uitgang == 0
    check_verborgen(geheim, afloop.alles)


def test_na_een_telefoontreffer_blijft_alles_dicht_tot_de_controle(
    centrale: Centrale, werkplek: Diensten
) -> None:
    """Ook bij iemand zonder geheimhouding: alleen voornaam en eerste letter."""
    for rol in ("gewoon", "geheim", "zwaar"):
        persoon = centrale.persoon(rol)
        kandidaat = opdracht(centrale.voorbeelden[rol]["telefoon"], werkplek).json["kandidaten"][0]
        assert set(kandidaat) <= {"naam", "mogelijk", "sleutel", "geheimhouding", "toelichting"}
        assert kandidaat["mogelijk"] is True
        afloop = opdracht(kandidaat["sleutel"], werkplek)
        document = afloop.json
        assert document["klant"]["gecontroleerd"] is False
        assert document["klant"]["naam"] == f"{persoon['voornamen'].split()[0]} {persoon['achternaam'][0]}."
        assert document["zaken"] == document["tijdlijn"] == document["aandacht"] == []
        assert persoon["achternaam"] not in afloop.alles
        assert "bsn_gemaskeerd" not in document["klant"]
        assert not any("aantal" in deel for deel in document["onderdelen"].values())
        check_verborgen(persoon, afloop.alles)


def test_zonder_brp_is_onbekend_of_er_geheimhouding_is_en_blijft_alles_dicht(
    centrale: Centrale, werkplek: Diensten
) -> None:
    for rol in ("gewoon", "geheim"):
        centrale.storing("brp", "fout:503")
        persoon = centrale.persoon(rol)
        afloop = opdracht(persoon["bsn"], werkplek)
        assert afloop.uitgang == 3
        check_verborgen(persoon, afloop.alles)


def test_het_afgeschermde_adres_van_een_bedrijf_staat_nergens(centrale: Centrale, werkplek: Diensten) -> None:
    bedrijf = next(b for b in centrale.feiten["bedrijven"] if b["afgeschermd"])
    open_bedrijf = next(b for b in centrale.feiten["bedrijven"] if not b["afgeschermd"])
    assert (
        f"{open_bedrijf['straat']} {open_bedrijf['huisnummer']}"
        in opdracht(open_bedrijf["kvk"], werkplek).stdout
    )
    for vraag in (bedrijf["kvk"], bedrijf["naam"]):
        for als_json in (True, False):
            afloop = opdracht(vraag, werkplek, als_json=als_json)
            assert afloop.uitgang == 0
            check_verborgen({**bedrijf, "digitaal": []}, afloop.alles)


def test_onthullen_met_reden_laat_alleen_dat_gegeven_zien(geheim: dict[str, Any], werkplek: Diensten) -> None:
    from frontoffice.domain.fouten import InvoerFout
    from frontoffice.domain.weergave import maak_weergave
    from tests.e2e.hulp import laad

    beeld = laad(werkplek, geheim["bsn"]).beeld
    assert isinstance(beeld.persoon, Geladen)
    with pytest.raises(InvoerFout):
        werkplek.klantbeeld.onthul(beeld, "adres", " ")
    open_beeld = werkplek.klantbeeld.onthul(beeld, "adres", "brief sturen")
    zichtbaar = {g.soort: g.tekst for g in maak_weergave(open_beeld).gegevens if g.onthul is None}
    assert geheim["straat"] in zichtbaar["adres"]
    assert not {"telefoon", "email"} & set(zichtbaar)
    assert [regel.handeling for regel in werkplek.logboek.regels][-1] == "onthuld"


def test_de_opdrachtregel_laat_bij_geheimhouding_niets_los(
    geheim: dict[str, Any], profiel: Path, eigen_omgeving: Path
) -> None:
    uit: list[Afloop] = [
        kif("klant", geheim["bsn"], "--json", profiel=profiel),
        kif("klant", "-", profiel=profiel, invoer=geheim["bsn"]),
    ]
    for afloop in uit:
        assert afloop.uitgang == 0
        check_verborgen(geheim, afloop.alles)
    for bestand in eigen_omgeving.rglob("*"):
        if bestand.is_file():
            check_verborgen(geheim, bestand.read_bytes().decode("utf-8", "replace"))
