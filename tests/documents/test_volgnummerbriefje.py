"""Het briefje met het volgnummer, teruggelezen: nummer, wachttijd en plaats, en niets over wie het krijgt."""

from __future__ import annotations

from typing import Any

import pytest

from frontoffice.documents.bevestiging import TALEN
from frontoffice.documents.volgnummerbriefje import Briefje, make_briefje
from tests.agenda.bouw import moment
from tests.documents import pdflezer


def briefje(**anders: Any) -> Briefje:
    velden: dict[str, Any] = {
        "volgnummer": "W03",
        "afzender": "Gemeente Losser",
        "gemaakt_op": moment("18.07"),
    }
    return Briefje(**velden | anders)


def tekst_van(wat: Briefje) -> str:
    return pdflezer.platte_tekst(make_briefje(wat).pdf)


def test_het_briefje_zegt_het_nummer_hoe_lang_en_waar() -> None:
    tekst = tekst_van(briefje(wacht="ongeveer 10 minuten"))
    assert "Uw nummer W03" in tekst
    assert "Het duurt ongeveer 10 minuten." in tekst
    assert "Wacht in de wachtruimte." in tekst
    assert "Kopie" not in tekst


def test_e13_nog_een_keer_afdrukken_geeft_hetzelfde_nummer_en_zegt_kopie() -> None:
    eerst, nog_eens = tekst_van(briefje()), tekst_van(briefje(kopie=True))
    assert "W03" in nog_eens
    assert nog_eens.replace(" Kopie", "") == eerst
    assert "Kopie" in nog_eens


@pytest.mark.parametrize(
    ("taal", "zin"),
    [
        ("nl", "Het duurt meer dan 30 minuten. Wacht"),
        ("de", "Es dauert mehr als 30 Minuten. Warten"),
        ("en", "It takes more than 30 minutes. Please wait"),
    ],
)
def test_het_briefje_is_in_de_taal_van_wie_wacht(taal: str, zin: str) -> None:
    assert zin in tekst_van(briefje(wacht="meer dan 30 minuten", taal=taal))


@pytest.mark.parametrize("taal", TALEN)
def test_een_afspraak_heeft_haar_tijd_op_het_briefje(taal: str) -> None:
    tekst = tekst_van(briefje(volgnummer="A14", tijd=moment("18.15"), taal=taal))
    assert "18.15" in tekst or "18:15" in tekst


def test_het_briefje_past_op_een_half_blad_en_heet_naar_het_nummer() -> None:
    klaar = make_briefje(briefje(wacht="ongeveer 20 minuten", tijd=moment("18.15"), kopie=True, taal="de"))
    assert (klaar.bladzijden, klaar.bestandsnaam) == (1, "volgnummer-W03.pdf")
    assert min(zetting.punten for zetting in pdflezer.zettingen(klaar.pdf)) >= 18
    assert max(zetting.punten for zetting in pdflezer.zettingen(klaar.pdf)) >= 90


@pytest.mark.parametrize(
    "fout", [{"volgnummer": " "}, {"taal": "fr"}, {"gemaakt_op": moment("18.00").replace(tzinfo=None)}]
)
def test_een_briefje_zonder_nummer_taal_of_zone_bestaat_niet(fout: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        briefje(**fout)
