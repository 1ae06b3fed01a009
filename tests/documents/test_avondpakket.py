"""De avond op papier, teruggelezen: iedereen één keer, en nergens wat niet op papier hoort."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from frontoffice.documents.avondpakket import (
    CHECKLIST,
    Avondpakket,
    Pakketbalie,
    make_pakket,
    split_naam,
    surname_key,
)
from tests.agenda.bouw import moment
from tests.documents import pdflezer
from tests.documents.bouwpakket import NAMEN, avondpakket, balies, regels


def plat(tekst: str) -> str:
    return " ".join(tekst.replace("\x02", "-").split())


@pytest.fixture(scope="module")
def pakket() -> Avondpakket:
    return avondpakket(35)


@pytest.fixture(scope="module")
def bladen(pakket: Avondpakket) -> list[str]:
    return [plat(blad) for blad in pdflezer.tekst(make_pakket(pakket).pdf)]


def nummers(tekst: str) -> Counter[str]:
    return Counter(re.findall(r"\bA\d\d\b", tekst))


def test_e16_elke_afspraak_staat_een_keer_op_het_rooster_een_keer_bij_de_deur_en_een_keer_bij_haar_balie(
    pakket: Avondpakket, bladen: list[str]
) -> None:
    allemaal = Counter({regel.nummer: 1 for regel in pakket.afspraken})
    deur = [n for n, blad in enumerate(bladen) if "gastheer of gastvrouw" in blad]
    eerste_balie = next(n for n, blad in enumerate(bladen) if blad.startswith("Balie 1 "))
    assert nummers(bladen[0]) == allemaal
    assert deur == [1]
    assert nummers(" ".join(bladen[1:eerste_balie])) == allemaal
    assert nummers(" ".join(bladen[eerste_balie:])) == allemaal


def test_e16_het_aantal_per_balie_is_dat_van_de_avond(pakket: Avondpakket, bladen: list[str]) -> None:
    for balie in pakket.balies:
        aantal = sum(regel.balie == balie.id for regel in pakket.afspraken)
        assert f"{balie.naam}: {aantal}" in bladen[0]
    for balie in pakket.balies[:3]:
        eigen = " ".join(blad for blad in bladen[1:] if blad.startswith(f"{balie.naam} "))
        assert nummers(eigen).total() == sum(regel.balie == balie.id for regel in pakket.afspraken)


def test_e16_wie_van_enschede_is_staat_met_die_organisatie_op_papier(bladen: list[str]) -> None:
    assert "17.00–18.30 M. Kaya (Enschede)" in bladen[0]
    assert "18.30–20.00 R. de Wit" in bladen[0]
    assert "T. Visser (Enschede)" in bladen[0]
    assert "S. Bos (" not in bladen[0]
    assert any(blad.startswith("Balie 3 T. Visser (Enschede), 17.00 uur tot 20.00 uur") for blad in bladen)


def test_namen_van_bezoekers_staan_alleen_op_de_lijst_bij_de_deur(bladen: list[str]) -> None:
    deur = next(n for n, blad in enumerate(bladen) if "gastheer of gastvrouw" in blad)
    balie = next(n for n, blad in enumerate(bladen) if blad.startswith("Balie 1 "))
    elders = " ".join(bladen[:deur] + bladen[balie:])
    for kern in ("Velde", "Jansen-ter Braak", "Amrani", "Öztürk", "Bakker", "Groot Bramel", "HYPERLINK"):
        assert kern in " ".join(bladen[deur:balie])
        assert kern not in elders


def test_de_lijst_bij_de_deur_staat_op_achternaam(bladen: list[str]) -> None:
    deur = " ".join(bladen[1:3])
    volgorde = [deur.index(f"{kern},") for kern in ("Amrani", "Bakker", "Groot Bramel", "Öztürk", "Velde")]
    assert volgorde == sorted(volgorde)


def test_er_is_plaats_om_te_schrijven_een_lijst_om_af_te_vinken_en_een_versie(bladen: list[str]) -> None:
    assert "Zonder afspraak" in " ".join(bladen[1:3])
    for punt in CHECKLIST:
        assert plat(punt.rstrip("_ ")) in bladen[-1]
    for nummer, blad in enumerate(bladen, 1):
        assert (
            f"Van do 3 dec, 16.40 uur (versie 12). Na de avond: papierversnipperaar. Bladzijde {nummer} van"
            in blad
        )


def test_een_eigen_lijst_komt_in_de_plaats_van_de_gewone() -> None:
    klaar = make_pakket(avondpakket(1, checklist=("Koffie zetten.", " ")))
    tekst = pdflezer.platte_tekst(klaar.pdf)
    assert "Koffie zetten." in tekst
    assert "kluis" not in tekst


def test_een_naam_met_opmaak_of_een_formule_staat_er_letterlijk(bladen: list[str]) -> None:
    tekst = " ".join(bladen)
    assert "</para>, <b>Piet</b>" in tekst
    assert "=HYPERLINK(1)" in tekst


def test_een_lange_avond_met_veel_balies_komt_op_meer_bladen_en_niemand_valt_weg() -> None:
    veel = tuple(Pakketbalie(f"B{n}", f"Balie {n}", balies()[0].werktijden) for n in range(1, 12))
    afspraken = tuple(replace(r, balie=f"B{n % 11 + 1}") for n, r in enumerate(regels(70)))
    klaar = make_pakket(avondpakket(balies=veel, afspraken=afspraken))
    bladen = [plat(blad) for blad in pdflezer.tekst(klaar.pdf)]
    liggend = bladen[: next(n for n, blad in enumerate(bladen) if "gastheer of gastvrouw" in blad)]
    assert sum("Avond van donderdag 3 december 2026" in blad for blad in liggend) == 2
    gevonden = nummers(" ".join(liggend))
    assert set(gevonden) == {regel.nummer for regel in afspraken}
    assert set(gevonden.values()) == {1}


def test_een_afspraak_zonder_balie_krijgt_een_eigen_blad() -> None:
    los = replace(regels(1)[0], balie="")
    tekst = pdflezer.platte_tekst(make_pakket(avondpakket(afspraken=(los,))).pdf)
    assert "Nog zonder balie 1 afspraak." in tekst
    assert "nog zonder balie: 1." in tekst


def test_een_avond_zonder_afspraken_geeft_ook_papier() -> None:
    tekst = pdflezer.platte_tekst(make_pakket(avondpakket(0)).pdf)
    assert "Geen afspraken." in tekst


def test_een_afspraak_aan_een_onbekende_balie_kan_niet_op_papier() -> None:
    with pytest.raises(ValueError, match="een balie die er niet is"):
        avondpakket(afspraken=(replace(regels(1)[0], balie="B99"),))


def test_het_papier_is_getagd_met_taal_en_titel_zonder_naam() -> None:
    klaar = make_pakket(avondpakket(12))
    over = pdflezer.gegevens(klaar.pdf)
    assert over["getagd"]
    assert over["taal"] == "nl-NL"
    assert over["Title"] == "Avond van donderdag 3 december 2026"
    assert klaar.bestandsnaam == "avondlijst-20261203.pdf"
    soorten = {knoop.soort for boom in pdflezer.bomen(klaar.pdf) for knoop in boom.alle()}
    assert {"Table", "TR", "TH", "TD", "H1"} <= soorten


@pytest.mark.parametrize(
    ("naam", "kern", "rest"),
    [
        ("mevrouw A. van der Velde", "Velde", "A. van der"),
        ("de heer K.L. Groot Bramel", "Groot Bramel", "K.L."),
        ("Jan Peter Bakker", "Bakker", "Jan Peter"),
        ("Anna van der Berg", "Berg", "Anna van der"),
        ("J. van 't Hoff", "Hoff", "J. van 't"),
        ("de Vries", "Vries", "de"),
        ("Madonna", "Madonna", ""),
        ("", "", ""),
    ],
)
def test_de_achternaam_staat_vooraan(naam: str, kern: str, rest: str) -> None:
    assert split_naam(naam) == (kern, rest)


def test_elk_woord_van_een_naam_komt_op_papier() -> None:
    for naam in NAMEN[1:]:
        kern, rest = split_naam(naam)
        assert sorted(f"{rest} {kern}".split()) == sorted(
            naam.removeprefix("dhr. ").removeprefix("de heer ").split()
        )
        assert surname_key(naam)[0] == surname_key(naam)[0].lower()


def test_een_tijd_die_niet_op_het_kwartier_valt_heeft_een_eigen_rij() -> None:
    regel = replace(regels(1)[0], begin=moment("18.05"))
    blad = plat(pdflezer.tekst(make_pakket(avondpakket(afspraken=(regel,))).pdf)[0])
    assert "18.05 A01" in blad
