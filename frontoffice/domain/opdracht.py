"""Welke soorten opdracht de outbox kent. Een nieuwe soort komt hier bij; een naam verandert nooit.

De klassen laden pas als er zo een rij is: de meeste werkplekken versturen de hele dag alleen contacten.
"""

from __future__ import annotations

from importlib import import_module

from frontoffice.domain.registratie import Opdracht, Registratie

SOORTEN = {
    Registratie.soort: "frontoffice.domain.registratie:Registratie",
    "bericht": "frontoffice.domain.bericht:Berichtopdracht",
    "melding": "frontoffice.domain.meldingopdracht:Meldingopdracht",
    "taak": "frontoffice.domain.taakwijziging:Taakwijziging",
}


def find_opdrachtklasse(soort: str) -> type[Opdracht] | None:
    """De klasse van deze soort; None bij een soort van een nieuwer programma."""
    plaats, _, naam = SOORTEN.get(soort, "").partition(":")
    if not plaats:
        return None
    klasse: type[Opdracht] = getattr(import_module(plaats), naam)
    return klasse
