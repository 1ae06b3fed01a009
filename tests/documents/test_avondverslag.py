"""Het verslag van de avond als pdf en CSV, teruggelezen: dezelfde getallen, geen naam en geen formule."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from frontoffice.agenda.vanavond.verslag import Telling, Verslag, make_verslag
from frontoffice.documents.avondverslag import make_bestand
from tests.agenda.vanavond.bouwavond import play, stand
from tests.documents import pdflezer


@pytest.fixture(scope="module")
def verslag() -> Verslag:
    spel = play(11)
    met_naam = [
        replace(b, naam="A. Jansen-ter Braak", notitie="BSN 999990019") for b in spel.stand().bezoeken
    ]
    return make_verslag(stand(*met_naam, nu="20.30"), spel.stappen)


@pytest.fixture(scope="module")
def papier(verslag: Verslag) -> str:
    return pdflezer.platte_tekst(make_bestand(verslag, "pdf", "Gemeente Losser").inhoud)


def lees(verslag: Verslag) -> list[dict[str, str]]:
    inhoud = make_bestand(verslag, "csv", "Gemeente Losser").inhoud
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))


def test_het_papier_heeft_de_getallen_van_het_verslag(verslag: Verslag, papier: str) -> None:
    samen = verslag.afspraken + verslag.zonder_afspraak
    assert "Verslag van donderdag 3 december 2026" in papier
    assert f"Geholpen: {verslag.geholpen} van {samen}" in papier
    procent = round(100 * verslag.niet_gekomen / verslag.afspraken)
    assert f"Niet gekomen: {verslag.niet_gekomen} van {verslag.afspraken} ({procent} %)" in papier
    assert f"({round(100 * verslag.wacht.binnen / verslag.wacht.aantal)} %)" in papier
    for telling in verslag.per_product:
        assert f"{telling.naam}: {telling.gedaan} van {telling.gevraagd}" in papier
    for reden in (*verslag.geweigerd, *verslag.niet_gedaan):
        assert f"{reden.naam}: {reden.aantal}" in papier


def test_het_bestand_heeft_dezelfde_getallen_als_het_papier(verslag: Verslag) -> None:
    rijen = {(rij["Deel"], rij["Naam"]): rij for rij in lees(verslag)}
    geholpen = rijen["Avond", "Geholpen"]
    assert (geholpen["Aantal"], geholpen["Van"]) == (str(verslag.geholpen), "42")
    niet = rijen["Avond", "Niet gekomen"]
    assert niet["Procent"] == str(round(100 * verslag.niet_gekomen / verslag.afspraken))
    assert rijen["Wachten", "Iedereen, mediaan"]["Minuten"] == str(round(verslag.wacht.mediaan or 0))
    assert rijen["Avond", "Uitloop"]["Minuten"] == str(verslag.uitloop)
    assert sum(int(rij["Aantal"]) for (deel, _), rij in rijen.items() if deel == "Geweigerd") == sum(
        reden.aantal for reden in verslag.geweigerd
    )


def test_er_staat_geen_naam_bsn_medewerker_of_balie_in(verslag: Verslag, papier: str) -> None:
    tekst = papier + make_bestand(verslag, "csv", "Gemeente Losser").inhoud.decode("utf-8-sig")
    for verboden in ("Jansen", "Braak", "999990019", "bos", "Balie 1", "B1", "boos", "2026-0"):
        assert verboden not in tekst


def test_een_product_dat_op_een_formule_lijkt_wordt_er_geen(verslag: Verslag) -> None:
    vijandig = replace(verslag, per_product=(Telling('=HYPERLINK("http://x")', 1, 1, 0),))
    cel = next(rij["Naam"] for rij in lees(vijandig) if rij["Deel"] == "Per product")
    assert cel.startswith("'=")


def test_een_lege_avond_geeft_ook_papier_en_een_bestand() -> None:
    leeg = make_verslag(stand(), ())
    papier = pdflezer.platte_tekst(make_bestand(leeg, "pdf", "Gemeente Losser").inhoud)
    assert "Niemand is geweigerd." in papier
    assert "niemand opgeroepen" in papier
    assert make_bestand(leeg, "csv", "Gemeente Losser").naam == "avondverslag-20261203.csv"


def test_een_verslag_met_open_bezoeken_zegt_dat_het_voorlopig_is(verslag: Verslag, papier: str) -> None:
    assert ("Voorlopig:" in papier) is verslag.is_voorlopig
    een = replace(verslag, open_bezoeken=1)
    assert "Voorlopig: 1 bezoek is nog open." in pdflezer.platte_tekst(make_bestand(een, "pdf", "G").inhoud)
