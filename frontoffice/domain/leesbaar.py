"""Een aanwijzing of een tekst makkelijk leest: hoe lang de zinnen zijn, welke woorden moeilijk zijn.

Geen score en geen taalniveau: wat hier wordt geteld, is na te tellen. Grenzen: gemiddeld hoogstens twaalf
woorden per zin, geen zin boven de twintig, geen woorden uit de lijst met ambtelijke taal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GEMIDDELD, LANGSTE = 12, 20
LANG_WOORD = 18
_ZIN = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$)|[.!?]")
_WOORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-])*")
_PUNT_IN_GETAL = re.compile(
    r"(?<=\d)\.(?=\d)|\b(?:dr|mr|ir|drs|nr|evt|bijv|o\.a|t\.a\.v|i\.v\.m|m\.b\.t)\.", re.I
)
_WEBADRES = re.compile(r"\S+@\S+|\S*\w\.\w{2,}\S*")

AMBTELIJK: dict[str, str] = {
    "aangaande": "over",
    "aanvang": "begin",
    "aanvangen": "beginnen",
    "abusievelijk": "per ongeluk",
    "adequaat": "goed",
    "alsmede": "en ook",
    "alvorens": "voordat",
    "betreffende": "over",
    "betreft": "gaat over",
    "bescheiden": "papieren",
    "conform": "volgens",
    "desbetreffende": "die",
    "derhalve": "daarom",
    "dienen": "moeten",
    "dient": "moet",
    "echter": "maar",
    "geschieden": "gebeuren",
    "gaarne": "graag",
    "hieromtrent": "hierover",
    "implementeren": "invoeren",
    "indien": "als",
    "ingebrekestelling": "brief dat wij te laat zijn",
    "inzake": "over",
    "krachtens": "volgens",
    "legitimatiebewijs": "paspoort, identiteitskaart of rijbewijs",
    "middels": "met",
    "mits": "als",
    "momenteel": "nu",
    "nader": "later",
    "nimmer": "nooit",
    "omtrent": "over",
    "onderhavige": "deze",
    "ontheffing": "toestemming",
    "onverwijld": "meteen",
    "prioriteit": "voorrang",
    "reeds": "al",
    "retourneren": "terugsturen",
    "te allen tijde": "altijd",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "trachten": "proberen",
    "uitsluitend": "alleen",
    "verstrekken": "geven",
    "verzoeken": "vragen",
    "voornemens": "van plan",
    "vermits": "omdat",
    "wederom": "weer",
    "wegens": "door",
    "zorgdragen": "zorgen",
}
"""Ambtelijk woord → gewoon woord."""


@dataclass(frozen=True)
class Leesbaarheid:
    """Wat er is geteld. `moeilijk`: (woord, gewoon woord) uit de lijst; `lang`: woorden van achttien letters
    of meer; `langste` is de langste zin in woorden."""

    zinnen: int
    woorden: int
    langste: int
    lang: tuple[str, ...] = ()
    moeilijk: tuple[tuple[str, str], ...] = ()

    @property
    def gemiddeld(self) -> float:
        return self.woorden / self.zinnen if self.zinnen else 0.0

    @property
    def is_goed(self) -> bool:
        return not self.hints

    @property
    def hints(self) -> tuple[str, ...]:
        """Wat er beter kan, als zinnen; leeg als er niets is."""
        uit = []
        if self.langste > LANGSTE:
            uit.append(f"De langste zin heeft {self.langste} woorden. Maak er twee zinnen van.")
        elif self.gemiddeld > GEMIDDELD:
            uit.append(f"Een zin heeft gemiddeld {self.gemiddeld:.0f} woorden. Korter leest makkelijker.")
        uit += [f"Schrijf liever “{gewoon}” dan “{woord}”." for woord, gewoon in self.moeilijk[:3]]
        if self.lang:
            uit.append(f"Lang woord: {', '.join(self.lang[:3])}.")
        return tuple(uit)


def measure(tekst: str) -> Leesbaarheid:
    """Tel zinnen en woorden van een Nederlandse tekst. Een regeleinde sluit ook een zin."""
    kaal = _WEBADRES.sub(" ", _PUNT_IN_GETAL.sub("", tekst))
    per_zin = [len(_WOORD.findall(zin)) for zin in _ZIN.findall(kaal)]
    per_zin = [aantal for aantal in per_zin if aantal]
    woorden = [woord.lower() for woord in _WOORD.findall(kaal)]
    klein = f" {' '.join(woorden)} "
    moeilijk = tuple((woord, gewoon) for woord, gewoon in AMBTELIJK.items() if f" {woord} " in klein)
    lang = tuple(dict.fromkeys(woord for woord in woorden if len(woord) >= LANG_WOORD))
    return Leesbaarheid(len(per_zin), sum(per_zin), max(per_zin, default=0), lang, moeilijk)
