"""De cijfers als CSV en pdf, teruggelezen: alles met getal en uitleg, en nooit een formule."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from frontoffice.documents.cijferbestand import make_bestand
from frontoffice.domain.cijfers import (
    DEFINITIES,
    Cijfers,
    Compliment,
    Groep,
    Maat,
    Maatcijfer,
    Periode,
    Punt,
    Stand,
    Verdeling,
    Webpagina,
    Weeknieuws,
)
from tests.documents import pdflezer

PERIODE = Periode(date(2026, 9, 1), date(2026, 11, 20))
VIJANDIG = '=HYPERLINK("http://x")'


def maak_cijfers(**anders: object) -> Cijfers:
    verloop = tuple(
        Punt(PERIODE.naam_van(dag), dag, None if nummer < 2 else Stand(nummer, 20))
        for nummer, dag in enumerate(PERIODE.stappen())
    )
    maten = tuple(
        Maatcijfer(
            maat,
            Stand(43, 51),
            verloop,
            Verdeling((Groep("Paspoort", Stand(20, 20)), Groep(VIJANDIG, Stand(3, 9))), Stand(20, 22)),
            Verdeling((Groep("Glane", Stand(5, 7)),)),
        )
        for maat in (Maat.NAGEKOMEN, Maat.IN_EEN_KEER)
    )
    week = Weeknieuws(
        date(2026, 11, 16), date(2026, 11, 20), 14, None, (Compliment(date(2026, 11, 17), "Dank u wel!"),)
    )
    basis = Cijfers(
        PERIODE,
        datetime(2026, 11, 20, 13, 3, tzinfo=UTC),
        maten,
        (Webpagina(date(2026, 11, 1), "losser.example/verhuizen", 4), Webpagina(date(2026, 10, 1), "", 1)),
        week,
        6,
        "Meldingen zijn hier niet aangesloten.",
    )
    return replace(basis, **anders)  # type: ignore[arg-type]  # velden van een test


def lees_csv(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))


def test_de_csv_heeft_elk_cijfer_met_aantallen_en_wat_te_klein_is_zonder() -> None:
    bestand = make_bestand(maak_cijfers(), "csv", "Losser")
    assert bestand.naam == "cijfers-20260901-20261120.csv"
    rijen = lees_csv(bestand.inhoud)
    samen = next(rij for rij in rijen if rij["Soort"] == "Samen" and rij["Cijfer"] == "Beloften nagekomen")
    assert (samen["Goed"], samen["Totaal"], samen["Procent"]) == ("43", "51", "84")
    assert samen["Uitleg"] == DEFINITIES[Maat.NAGEKOMEN].zin
    klein = next(rij for rij in rijen if rij["Naam"].startswith("week 36"))
    assert (klein["Goed"], klein["Totaal"], klein["Uitleg"]) == ("", "", "minder dan 5.")
    assert any(rij["Naam"] == "Overige onderwerpen" and rij["Totaal"] == "22" for rij in rijen)
    assert any(rij["Uitleg"] == "Meldingen zijn hier niet aangesloten." for rij in rijen)


def test_geen_cel_van_de_csv_is_een_formule() -> None:
    for rij in lees_csv(make_bestand(maak_cijfers(), "csv", "Losser").inhoud):
        assert not any(cel.lstrip().startswith(("=", "+", "-", "@", "\t")) for cel in rij.values()), rij


def test_de_pdf_zegt_hetzelfde_als_het_scherm_in_leesvolgorde() -> None:
    pdf = make_bestand(maak_cijfers(), "pdf", "Losser").inhoud
    tekst = pdflezer.platte_tekst(pdf)
    for deel in (
        "1 september tot en met 20 november 2026", "14 beloften nagekomen", "1 tot 4 keer op tijd verteld",
        "“Dank u wel!”", "84 % (43 van 51)", "Meldingen zijn hier niet aangesloten.",
        "losser.example/verhuizen: 4 keer", "(geen pagina genoemd): 1 keer",
    ):  # fmt: skip
        assert deel in tekst, deel
    voorgelezen = pdflezer.voorleestekst(pdf)
    assert "Paspoort: 100 % (20 van 20)" in voorgelezen
    assert "week 36: minder dan 5" in voorgelezen
    assert voorgelezen.index("Cijfers en goed nieuws") < voorgelezen.index("Goed nieuws van deze week")


def test_de_staven_staan_naast_hun_getal_en_horen_niet_bij_de_tekst() -> None:
    pdf = make_bestand(maak_cijfers(), "pdf", "Losser").inhoud
    stromen = [voorwerp.inhoud.decode("latin-1") for voorwerp in pdflezer.objecten(pdf).values()]
    bladen = [stroom for stroom in stromen if "0.09 0.38 0.56 rg" in stroom]
    staven = [
        deel for blad in bladen for deel in re.split(r"(?<=EMC)\s", blad) if "0.09 0.38 0.56 rg" in deel
    ]
    assert len(staven) >= 20
    assert all(deel.startswith("/Artifact BMC") for deel in staven)


def test_een_lange_lijst_loopt_door_op_de_volgende_bladzijde() -> None:
    paginas = tuple(
        Webpagina(date(2026, 11, 1) - timedelta(days=31 * (n // 30)), f"losser.example/{n}", 1)
        for n in range(90)
    )
    tekst = pdflezer.platte_tekst(make_bestand(maak_cijfers(paginas=paginas), "pdf", "Losser").inhoud)
    assert "losser.example/59" in tekst
    assert "Nog 30 staan in het bestand (CSV)." in tekst


@pytest.mark.parametrize("soort", ["csv", "pdf"])
def test_zonder_gegevens_komt_er_ook_een_goed_bestand(soort: str) -> None:
    leeg = maak_cijfers(maten=tuple(Maatcijfer(maat) for maat in Maat), paginas=(), week=None, complimenten=0)
    assert len(make_bestand(leeg, soort, "Losser").inhoud) > 300
