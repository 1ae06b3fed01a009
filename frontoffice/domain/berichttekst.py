"""Vult de tekst van een bericht in. Wat uit een register of van een toetsenbord komt, is hier nooit opmaak.

Een regel met een lege invulplek valt weg, met het kopje erboven ("Neem dit mee:"): zo hoeft een tekst geen
voorwaarden te kennen. Kent geen soorten bericht.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass

from frontoffice.domain.registratie import clean_tekst

PLEKKEN = (
    "naam", "dag", "tijd", "waar", "nummer", "code", "meenemen", "bellen", "website", "afzender", "over",
    "uiterlijk", "later",
)  # fmt: skip
"""Wat er in een tekst kan worden ingevuld; het profiel mag alleen deze gebruiken."""
_VREEMD_IN_NAAM = re.compile(r"[0-9/:@<>\[\](){}#*^`_|\\=]|\w\.\w{2,}")
_LANGSTE_NAAM = 60


@dataclass(frozen=True)
class Sjabloon:
    """De tekst van één soort bericht in één taal, met invulplekken zoals {dag}."""

    onderwerp: str
    mail: str
    sms: str


def find_plekken(tekst: str) -> tuple[str, ...]:
    """De invulplekken in een tekst. Raises ValueError als de accolades niet kloppen."""
    return tuple(plek for _, plek, _, _ in string.Formatter().parse(tekst) if plek is not None)


def fill(tekst: str, waarden: Mapping[str, str]) -> str:
    """De tekst met de waarden ingevuld. Raises ValueError bij een plek die niet bestaat."""
    uit: list[str] = []
    for regel in clean_tekst(tekst).strip().split("\n"):
        plekken = find_plekken(regel)
        vreemd = [plek for plek in plekken if plek not in PLEKKEN]
        if vreemd:
            raise ValueError(f"onbekende invulplek {vreemd[0]}")
        if all(waarden.get(plek, "").strip() for plek in plekken):
            uit.append(regel.format_map({plek: waarden[plek].strip() for plek in plekken}))
        elif uit and uit[-1].endswith(":"):
            uit.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(uit)).strip()


def one_line(tekst: str) -> str:
    """Zonder regeleinden en stuurtekens: wat in een onderwerp of een kop mag staan."""
    return " ".join(clean_tekst(tekst).replace("\n", " ").split())


def safe_naam(naam: str) -> str:
    """De naam voor in een aanhef; leeg als er iets in staat wat geen naam is (een adres, een link).

    Een naam uit een register mag van een bericht van de gemeente geen lokaas maken.
    """
    schoon = one_line(naam)
    return "" if len(schoon) > _LANGSTE_NAAM or _VREEMD_IN_NAAM.search(schoon) else schoon


def safe_tekst(tekst: str) -> str:
    """Vrije tekst zonder opmaak of link: een aanbieder leest Markdown, en maakt van een adres een knop."""
    schoon = re.sub(r"[<>\[\](){}#*^`|\\]", "", tekst.replace("://", " "))
    return one_line(schoon)
