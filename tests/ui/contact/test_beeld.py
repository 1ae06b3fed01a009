"""Wat een contact van de klant in beeld overneemt."""

from __future__ import annotations

import pytest

from frontoffice.domain.klantbeeld import Klantbeeld, Wacht
from tests.bouwers import geladen, maak_adres, maak_beeld, maak_partij, maak_persoon
from ui.contact.beeld import to_partner


def plaats(beeld: Klantbeeld) -> str:
    partner = to_partner(beeld)
    assert partner is not None
    return partner.plaats


def test_het_dorp_komt_uit_het_adres_dat_er_al_was() -> None:
    assert plaats(maak_beeld(persoon=geladen(maak_persoon(adres=maak_adres(woonplaats="Glane"))))) == "Glane"


@pytest.mark.parametrize(
    "beeld",
    [
        maak_beeld(persoon=geladen(maak_persoon(geheimhouding=True))),
        maak_beeld(klant=geladen((maak_partij(geheimhouding=True),))),
        maak_beeld(klant=Wacht()),
        maak_beeld(persoon=geladen(maak_persoon(adres_in_onderzoek=True))),
        maak_beeld(persoon=geladen(maak_persoon(adres=None))),
        maak_beeld(persoon=geladen(maak_persoon(adres=maak_adres(woonplaats="Gronau", buitenland=True)))),
    ],
    ids=["geheim", "geheim in contacten", "nog niet zeker", "in onderzoek", "geen adres", "buitenland"],
)
def test_is_het_adres_geheim_of_onzeker_dan_gaat_er_geen_dorp_mee(beeld: Klantbeeld) -> None:
    assert plaats(beeld) == ""
