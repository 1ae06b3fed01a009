"""Vergelijkt de vorm van een antwoord met een opname: sleutels en soorten waarden, niet de inhoud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

MAP = Path(__file__).resolve().parents[1] / "opnamen"
# De vorm hangt af van het soort actor of betrokkene: elke vorm die ergens in een opname staat, is goed.
WISSELEND = {"actorIdentificatie", "betrokkeneIdentificatie"}
# Mag leeg (null) zijn volgens de OpenAPI-bestanden, ook als dat in de opname toevallig niet voorkomt.
MAG_NULL = {
    "next",
    "previous",
    "wasPartij",
    "huisnummer",
    "einddatum",
    "einddatumGepland",
    "uiterlijkeEinddatumAfdoening",
    "verlenging",
    "zaakgeometrie",
    "resultaat",
    "status",
    "indicatieContactGelukt",
    "indicatieGeheimhouding",
    "afgehandeldOp",
    "servicenorm",
    "hoofdzaak",
    "archiefactiedatum",
    "archiefnominatie",
    "subIdentificatorVan",
    "verstrektDoorPartij",
    "verstrektDoorBetrokkene",
    "voorkeursDigitaalAdres",
}
# Vrije verzamelingen: de sleutels zijn inhoud.
VRIJ = {"metadata"}


def _soort(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "bool"
    return "getal" if isinstance(waarde, int | float) else type(waarde).__name__


def _vind(data: Any, naam: str) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        for sleutel, waarde in data.items():
            if sleutel == naam and isinstance(waarde, dict):
                yield waarde
            yield from _vind(waarde, naam)
    elif isinstance(data, list):
        for waarde in data:
            yield from _vind(waarde, naam)


@cache
def bekende_vormen(naam: str) -> frozenset[frozenset[str]]:
    """De verzamelingen sleutels die dit veld in alle opnamen samen heeft."""
    return frozenset(
        frozenset(gevonden)
        for bestand in MAP.glob("*/*.json")
        for gevonden in _vind(json.loads(bestand.read_text(encoding="utf-8"))["response"]["body"], naam)
    )


def verschillen(opname: Any, demo: Any, pad: str = "") -> list[str]:
    """Een regel per verschil; leeg als de vorm dezelfde is."""
    naam = pad.rsplit(".", 1)[-1].removesuffix("[]")
    if opname is None:
        return []
    if demo is None:
        return [] if naam in MAG_NULL else [f"{pad}: null, opname {_soort(opname)}"]
    if _soort(opname) != _soort(demo):
        return [f"{pad}: {_soort(demo)}, opname {_soort(opname)}"]
    if isinstance(opname, dict):
        if naam in WISSELEND:
            return (
                [] if frozenset(demo) in bekende_vormen(naam) else [f"{pad}: vorm komt in geen opname voor"]
            )
        return [] if naam in VRIJ else _verschil_sleutels(opname, demo, pad, streng=naam != "_expand")
    if isinstance(opname, list) and opname:
        # Elke rij van de demo moet de vorm van één van de rijen van de opname hebben.
        uit: list[str] = []
        for rij in demo:
            beste = min((verschillen(voorbeeld, rij, f"{pad}[]") for voorbeeld in opname), key=len)
            uit += beste
        return uit
    return []


def _verschil_sleutels(opname: dict[str, Any], demo: dict[str, Any], pad: str, *, streng: bool) -> list[str]:
    uit = [f"{pad}.{k}: niet in de opname" for k in demo.keys() - opname.keys()]
    if streng:
        uit += [f"{pad}.{k}: ontbreekt" for k in opname.keys() - demo.keys()]
    for sleutel in opname.keys() & demo.keys():
        uit += verschillen(opname[sleutel], demo[sleutel], f"{pad}.{sleutel}")
    return uit
