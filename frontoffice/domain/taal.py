"""Nederlandse woorden voor dagen, tijden en aantallen, altijd in Europe/Amsterdam.

Kijkt niet naar de taal of tijdzone van de pc en beslist niet wat er wordt getoond.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

ONBEKEND_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
"""Plaats op de tijdlijn van iets zonder datum: helemaal achteraan."""


@cache
def amsterdam() -> ZoneInfo:
    """De tijdzone waarin alles op het scherm en in een toelichting staat."""
    return ZoneInfo("Europe/Amsterdam")


def lokaal(moment: datetime) -> datetime:
    """Hetzelfde moment in Nederlandse tijd; een tijd zonder zone telt als UTC (Open Klant)."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(amsterdam())


def dag_van(moment: datetime) -> date:
    """De kalenderdag in Nederland."""
    return lokaal(moment).date()


def middernacht(dag: date) -> datetime:
    """Het begin van een Nederlandse dag, in UTC."""
    return datetime(dag.year, dag.month, dag.day, tzinfo=amsterdam()).astimezone(UTC)


def tijd(moment: datetime) -> str:
    """ "18.30 uur"."""
    plaatselijk = lokaal(moment)
    return f"{plaatselijk.hour}.{plaatselijk.minute:02d} uur"


def datum_kort(dag: date, vandaag: date) -> str:
    """ "do 17 dec", met het jaar erbij als dat niet dit jaar is."""
    tekst = f"{DAGEN[dag.weekday()][:2]} {dag.day} {MAANDEN_KORT[dag.month - 1]}"
    return tekst if dag.year == vandaag.year else f"{tekst} {dag.year}"


def datum_lang(dag: date, vandaag: date) -> str:
    """ "donderdag 17 december", met het jaar erbij als dat niet dit jaar is."""
    tekst = f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]}"
    return tekst if dag.year == vandaag.year else f"{tekst} {dag.year}"


def dagkop(dag: date, vandaag: date) -> str:
    """Kop boven een dag van de tijdlijn: "vandaag", "gisteren", "ma 16 november", "ma 17 november 2025"."""
    if dag <= ONBEKEND_MOMENT.date():
        return "datum onbekend"
    verschil = (vandaag - dag).days
    if verschil in (-1, 0, 1):
        return ("morgen", "vandaag", "gisteren")[verschil + 1]
    tekst = f"{DAGEN[dag.weekday()][:2]} {dag.day} {MAANDEN[dag.month - 1]}"
    return tekst if dag.year == vandaag.year else f"{tekst} {dag.year}"


def sinds(dag: date, vandaag: date) -> str:
    """ "sinds vandaag", "sinds gisteren" of "sinds ma 16 nov"."""
    verschil = (vandaag - dag).days
    if verschil in (0, 1):
        return ("sinds vandaag", "sinds gisteren")[verschil]
    return f"sinds {datum_kort(dag, vandaag)}"


def aantal(getal: int, enkelvoud: str, meervoud: str) -> str:
    """ "1 dag", "2 dagen", "geen dagen"."""
    if getal == 0:
        return f"geen {meervoud}"
    return f"{getal} {enkelvoud if getal == 1 else meervoud}"


def dagen(getal: int) -> str:
    """ "1 dag" of "5 dagen"."""
    return f"{getal} {'dag' if getal == 1 else 'dagen'}"


def nog(getal: int) -> str:
    """Tijd die er nog is: "vandaag", "morgen" of "nog 5 dagen"; `getal` is nul of meer."""
    if getal < 0:
        raise ValueError("nog() telt vooruit")
    return ("vandaag", "morgen")[getal] if getal < 2 else f"nog {dagen(getal)}"


def te_laat(getal: int) -> str:
    """ "3 dagen te laat"; `getal` is één of meer."""
    if getal < 1:
        raise ValueError("te_laat() vraagt een of meer dagen")
    return f"{dagen(getal)} te laat"


def punt_na(naam: str) -> str:
    """De punt aan het eind van een zin die met deze naam eindigt: "Johanna B." heeft er al een."""
    return "" if naam.endswith(".") else "."


def zonder_accenten(tekst: str) -> str:
    """Vorm om op te zoeken: kleine letters zonder accenten ("Şahin" → "sahin"), ook als het teken is
    samengesteld."""
    if tekst.isascii():
        return tekst.lower()
    los = unicodedata.normalize("NFKD", tekst)
    kaal = "".join(teken for teken in los if not unicodedata.combining(teken))
    return kaal.casefold().translate(_LETTERS_MET_STREEP)


_LETTERS_MET_STREEP = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def make_afzender(gemeente: str) -> str:
    """Hoe een gemeente onder een brief of bericht heet: "Gemeente Losser", ook als het profiel dat al zei."""
    return gemeente if gemeente.lower().startswith("gemeente") else f"Gemeente {gemeente}"
