"""Vergelijken wat een beller noemt met wat het register weet."""

from __future__ import annotations

import pytest

from frontoffice.domain.controle import Vergelijking, compare_adres, compare_geboortedatum
from frontoffice.domain.waarden import Datum
from tests.bouwers import VANDAAG, maak_adres, maak_persoon


@pytest.mark.parametrize("getypt", ["1-12-1985", "01121985", "1 december 1985", "1985-12-01", " 1.12.85 "])
def test_elke_schrijfwijze_van_de_goede_geboortedatum_klopt(getypt: str) -> None:
    assert compare_geboortedatum(maak_persoon(), getypt, VANDAAG) is Vergelijking.KLOPT


@pytest.mark.parametrize("getypt", ["2-12-1985", "1-12-1984"])
def test_een_andere_datum_klopt_niet(getypt: str) -> None:
    assert compare_geboortedatum(maak_persoon(), getypt, VANDAAG) is Vergelijking.KLOPT_NIET


@pytest.mark.parametrize("getypt", ["", "Jansen", "31-2-1985", "1-12-1985 Jansen"])
def test_wat_geen_datum_is_wordt_niet_vergeleken(getypt: str) -> None:
    assert compare_geboortedatum(maak_persoon(), getypt, VANDAAG) is Vergelijking.ONLEESBAAR


def test_een_onvolledige_geboortedatum_in_het_register_is_onbekend() -> None:
    persoon = maak_persoon(geboortedatum=Datum(1950))
    assert compare_geboortedatum(persoon, "1-1-1950", VANDAAG) is Vergelijking.ONBEKEND


@pytest.mark.parametrize("getypt", ["7581 ZZ 912", "7581zz912", "7581ZZ, 912 a"])
def test_postcode_en_huisnummer_kloppen_in_elke_schrijfwijze(getypt: str) -> None:
    assert compare_adres(maak_persoon(), getypt) is Vergelijking.KLOPT


@pytest.mark.parametrize("getypt", ["7581 ZZ 9", "7581 ZZ 9120", "7581 AB 912"])
def test_een_ander_adres_klopt_niet(getypt: str) -> None:
    assert compare_adres(maak_persoon(), getypt) is Vergelijking.KLOPT_NIET


def test_zonder_bekend_adres_valt_er_niets_te_vergelijken() -> None:
    assert compare_adres(maak_persoon(adres=None), "7581 ZZ 912") is Vergelijking.ONBEKEND
    assert compare_adres(maak_persoon(adres=maak_adres(postcode="")), "7581 ZZ 912") is Vergelijking.ONBEKEND


def test_een_half_adres_is_onleesbaar() -> None:
    assert compare_adres(maak_persoon(), "7581") is Vergelijking.ONLEESBAAR
