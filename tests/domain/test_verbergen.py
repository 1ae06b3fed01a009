"""Adres, telefoon en e-mail uit vrije tekst halen."""

from __future__ import annotations

import pytest

from frontoffice.domain.verbergen import VERBORGEN, Verberger, schoon, straat_van

ALLES = Verberger(True, True, True, straten=("Brinkstraat",), postcodes=("7581ZZ",), nummers=("0612345678",))


@pytest.mark.parametrize(
    "geheim",
    [
        "06-12345678",
        "06 12 34 56 78",
        "+31 6 12345678",
        "0031612345678",
        "(053) 537 74 44",
        "612345678",
        "+49 2562 1234567",
        "7581 ZZ 912",
        "7581ZZ",
        "7581 zz",
        "7581zz 912 a",
        "Brinkstraat 912",
        "brinkstraat 912-3",
        "Brinkstraat",
        "anna@voorbeeld.example",
        "ANNA@VOORBEELD.EXAMPLE",
    ],
)
def test_wat_geheim_is_verdwijnt_uit_een_zin(geheim: str) -> None:
    tekst = ALLES.tekst(f"Klant zegt: {geheim}, graag terug.")
    assert VERBORGEN in tekst
    assert tekst.startswith("Klant zegt: ")
    assert tekst.endswith(", graag terug.")
    assert not set(tekst) & set("0123456789@")


@pytest.mark.parametrize(
    "gewoon",
    [
        "Zaak ZAAK-2026-0000001506 loopt nog.",
        "Besluit op 22-11-2026 om 14.30 uur.",
        "In 2026 is het klaar.",
        "Leges 45,30 euro voor 12 dagen.",
        "Vergunning 2026-001234 is klaar.",
        "Kerkstraat ligt open.",
    ],
)
def test_gewone_woorden_en_zaaknummers_blijven_staan(gewoon: str) -> None:
    assert ALLES.tekst(gewoon) == gewoon


def test_elk_deel_gaat_apart_weer_open() -> None:
    tekst = "Bel 0612345678 of mail anna@voorbeeld.example"
    assert Verberger(telefoon=True).tekst(tekst) == f"Bel {VERBORGEN} of mail anna@voorbeeld.example"
    assert Verberger(email=True).tekst(tekst) == f"Bel 0612345678 of mail {VERBORGEN}"
    assert Verberger().tekst(tekst) == tekst


def test_de_straat_van_een_adresregel() -> None:
    assert straat_van("Brinkstraat 912 a") == "Brinkstraat"
    assert straat_van("Laan van 1940 12") == "Laan van"
    assert straat_van("Postbus") == "Postbus"


def test_schone_tekst_staat_op_een_regel_zonder_onzichtbare_tekens() -> None:
    assert schoon("  A\nB\tC ") == "A B C"
    assert schoon("Jansen\u202egpj.exe") == "Jansen\ufffdgpj.exe"
    assert schoon("<b>Jansen & Zn</b>") == "<b>Jansen & Zn</b>"
    assert schoon("José Şahin-Łukasz") == "José Şahin-Łukasz"
