"""Waar het verzonnen Losser uit getrokken wordt: woordenlijsten, toeval en nummers.

Alles hangt alleen af van (seed, vandaag). Er komt geen `hash()` en geen volgorde van een set aan te pas,
zodat twee processen dezelfde bytes geven.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

from frontoffice.domain.taal import MAANDEN

WOORDEN = Path(__file__).resolve().parents[3] / "resources" / "demo"


@cache
def load_woorden(naam: str) -> Any:
    """De woordenlijst `resources/demo/<naam>.json`; de lezer mag er niets in veranderen."""
    return json.loads((WOORDEN / f"{naam}.json").read_text(encoding="utf-8"))


def als_uuid(h: str) -> str:
    """Een hexgetal van 32 tekens in de vorm van een uuid versie 4."""
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


class Toeval:
    """Een bron van toeval per onderwerp: `toeval("personen")` geeft altijd dezelfde reeks."""

    def __init__(self, seed: int, vandaag: date) -> None:
        self.seed = seed
        self.vandaag = vandaag

    def __call__(self, onderwerp: str) -> Random:
        return Random(f"kif-demo/{self.seed}/{onderwerp}")

    def uuid(self, soort: str, nummer: int | str) -> str:
        """Een vast uuid (versie 4 van vorm) voor het zoveelste ding van deze soort."""
        return als_uuid(blake2b(f"{self.seed}/{soort}/{nummer}".encode(), digest_size=16).hexdigest())


def pick_gewogen(rng: Random, paren: list[list[Any]]) -> Any:
    """Een waarde uit [[waarde, gewicht], …]."""
    trekking = rng.random() * sum(gewicht for _, gewicht in paren)
    for waarde, gewicht in paren:
        trekking -= gewicht
        if trekking < 0:
            return waarde
    return paren[-1][0]


def elfproef(nummer: str) -> bool:
    """De elfproef van het BSN en het RSIN."""
    som = sum(
        int(cijfer) * gewicht for cijfer, gewicht in zip(nummer, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)
    )
    return som % 11 == 0 and nummer != "000000000"


def draw_nummers(rng: Random, aantal: int) -> list[str]:
    """Verschillende verzonnen burgerservicenummers (999900000–999989999, met elfproef).

    De reeks 99999xxxx blijft vrij: daarin liggen de testpersonen van RvIG.
    """
    gezien: dict[str, None] = {}
    while len(gezien) < aantal:
        a, b, c, d = (rng.randrange(n) for n in (9, 10, 10, 10))
        # 9999 telt voor 270; het laatste cijfer is de rest bij deling door elf.
        controle = (270 + 5 * a + 4 * b + 3 * c + 2 * d) % 11
        if controle < 10:
            gezien[f"9999{a}{b}{c}{d}{controle}"] = None
    return list(gezien)


def format_lang(dag: date) -> str:
    """ "1 december 1985", zoals de BRP een datum uitschrijft."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"
