"""De teksten van brieven: dezelfde sleutels en invulplekken in elke taal, korte zinnen, geen afkortingen."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from frontoffice.documents.bevestiging import TALEN, Woorden
from frontoffice.documents.briefteksten import BRIEVEN, plain, read_teksten

PASPOORT = Woorden("Paspoort", {"de": "Paspoort", "en": "Paspoort"})
BRON: dict[str, dict[str, dict[str, Any]]] = {
    taal: tomllib.loads((BRIEVEN / f"{taal}.toml").read_text(encoding="utf-8")) for taal in TALEN
}
MOEILIJK = re.compile(
    r"\b(middels|betreffende|conform|inzake|ten behoeve|dient te|teneinde|reeds|derhalve|alsmede|gaarne|"
    r"bezüglich|hinsichtlich|gemäß|diesbezüglich|pursuant|hereby|regarding|aforementioned)\b",
    re.IGNORECASE,
)


def plekken(tekst: str) -> set[str]:
    return {veld for _, veld, _, _ in string.Formatter().parse(tekst) if veld}


def zinnen(taal: str) -> list[str]:
    """Alle zinnen van de brief, met iets gewoons op de invulplekken."""
    uit = []
    for tekst in BRON[taal]["brief"].values():
        kaal = re.sub(r"\{(datum|moment)\}", "maandag 7 december", tekst)
        kaal = re.sub(r"\{\w+\}", "Voorbeeld", kaal)
        uit += [zin for zin in re.split(r"(?<=[.?!:])\s+", kaal) if zin]
    return uit


@pytest.mark.parametrize("taal", [taal for taal in TALEN if taal != "nl"])
def test_elke_taal_heeft_dezelfde_sleutels_en_invulplekken(taal: str) -> None:
    assert set(BRON[taal]) == set(BRON["nl"])
    for afdeling, teksten in BRON["nl"].items():
        assert list(BRON[taal][afdeling]) == list(teksten), afdeling
        for sleutel, tekst in teksten.items():
            ander = BRON[taal][afdeling][sleutel]
            if isinstance(tekst, list):
                assert len(ander) == len(tekst) == len(set(ander))
            else:
                assert plekken(ander) == plekken(tekst), sleutel


def test_er_is_een_bestand_voor_elke_taal_en_geen_ander() -> None:
    assert {pad.stem for pad in BRIEVEN.iterdir()} == set(TALEN)


@pytest.mark.parametrize("taal", TALEN)
def test_zinnen_zijn_kort_en_gewoon(taal: str) -> None:
    lengten = [len(zin.split()) for zin in zinnen(taal)]
    assert sum(lengten) / len(lengten) <= 12
    assert max(lengten) <= 20
    assert sum(lengte <= 15 for lengte in lengten) >= 0.95 * len(lengten)
    for zin in zinnen(taal):
        assert not MOEILIJK.search(zin), zin


@pytest.mark.parametrize("taal", TALEN)
def test_er_staan_geen_afkortingen_in(taal: str) -> None:
    for zin in zinnen(taal):
        assert not re.search(r"\b\w{1,4}\.\s?\w{1,3}\.", zin), zin
        assert not re.search(
            r"\b(bijv|evt|enz|nr|tel|bzgl|ggf|usw|etc|incl|approx|i\.e|e\.g)\b", zin, re.I
        ), zin
        assert not re.search(r"\b(?!QR)[A-Z]{2,}\b", zin), zin


@pytest.mark.parametrize("taal", TALEN)
def test_elke_zin_van_de_brief_wordt_ergens_gebruikt(taal: str) -> None:
    from pathlib import Path

    import frontoffice.documents as pakket

    code = "".join(pad.read_text(encoding="utf-8") for pad in Path(pakket.__path__[0]).glob("*.py"))
    for sleutel in BRON[taal]["brief"]:
        stam = re.sub(r"_(nieuw|verzet|gewijzigd|afgezegd)$", "_", sleutel)
        assert (
            f'"{sleutel}"' in code
            or f'"{stam}{{' in code
            or f'"{sleutel}" if' in code
            or (sleutel in ("opnieuw", "wijzigen", "kop_opnieuw", "kop_wijzigen") and '"kop_{soort}"' in code)
        ), sleutel


@pytest.mark.parametrize(
    ("taal", "moment", "bedrag", "personen"),
    [
        ("nl", "donderdag 1 oktober 2026, 0.05 uur", "€ 1.234.567,80", "Paspoort, 3 personen"),
        ("de", "Donnerstag, 1. Oktober 2026, 0:05 Uhr", "1.234.567,80 €", "Paspoort, 3 Personen"),
        ("en", "Thursday 1 October 2026 at 0:05", "€1,234,567.80", "Paspoort, 3 people"),
    ],
)
def test_datum_tijd_en_bedrag_zijn_die_van_de_taal(
    taal: str, moment: str, bedrag: str, personen: str
) -> None:
    teksten = read_teksten(taal)
    plat = {"\u00a0": " "}
    middernacht = datetime(2026, 9, 30, 22, 5, tzinfo=UTC)
    assert teksten.moment(middernacht).translate(str.maketrans(plat)) == moment
    assert teksten.bedrag(Decimal("1234567.795")).translate(str.maketrans(plat)) == bedrag
    assert plain(teksten.product(PASPOORT, 3)).translate(str.maketrans(plat)) == personen
    assert plain(teksten.product(PASPOORT, 1)) == "Paspoort"


@pytest.mark.parametrize("taal", TALEN)
def test_elke_dag_van_het_jaar_heeft_een_datum(taal: str) -> None:
    namen = {
        read_teksten(taal).datum(date.fromordinal(date(2028, 1, 1).toordinal() + dag)) for dag in range(366)
    }
    assert len(namen) == 366
