"""Hoe de onderdelen van een klantbeeld heten als er iets over te melden is, en welke er niet zijn geladen."""

from __future__ import annotations

from collections.abc import Collection

from frontoffice.domain.klantbeeld import Klantbeeld, Mislukt

NAMEN = {
    "persoon": "gegevens uit de BRP",
    "bedrijf": "Handelsregister",
    "klant": "klantregister",
    "contacten": "contacten",
    "zaken": "zaken",
    "catalogus": "soorten zaken",
    "afspraken": "afspraken",
    "meldingen": "meldingen",
}


def mislukte_delen(beeld: Klantbeeld) -> list[str]:
    """De namen van onderdelen en bronnen die niet zijn geladen."""
    namen = [naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Mislukt)]
    return namen + [stroom.naam for stroom in beeld.tijdlijn.mislukt if stroom.naam not in namen]


def zin_nieuws(beeld: Klantbeeld, mislukt: Collection[str], *, was_compleet: bool) -> str:
    """Wat er voor wie luistert nieuw is: wat net mislukte, en dat alles er is. Leeg als er niets is."""
    delen: list[str] = []
    if mislukt:
        delen.append(f"Niet geladen: {', '.join(NAMEN.get(naam, naam) for naam in sorted(mislukt))}.")
    if beeld.is_compleet and not was_compleet:
        delen.append("Klant in beeld." if beeld.gecontroleerd else "Nog niet gecontroleerd.")
    return " ".join(delen)
