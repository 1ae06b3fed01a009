"""Hoe de onderdelen van een klantbeeld heten als er iets over te melden is, en welke er niet zijn geladen."""

from __future__ import annotations

from frontoffice.domain.klantbeeld import Klantbeeld, Mislukt

NAMEN = {
    "persoon": "gegevens uit de BRP",
    "bedrijf": "Handelsregister",
    "klant": "klantregister",
    "contacten": "contacten",
    "zaken": "zaken",
    "catalogus": "soorten zaken",
}


def mislukte_delen(beeld: Klantbeeld) -> list[str]:
    """De namen van onderdelen en bronnen die niet zijn geladen."""
    namen = [naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Mislukt)]
    return namen + [stroom.naam for stroom in beeld.tijdlijn.mislukt if stroom.naam not in namen]
