"""Wat de dienst van vanavond aanneemt en teruggeeft: weigeringen met een volgende stap, en wat er te
herhalen of ongedaan te maken is. Alleen waarden en fouten; in een antwoord staat nooit een naam."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.vanavond.bezoek import Bezoek
from frontoffice.agenda.vanavond.inpassen import PastNiet as KanNietInpassen
from frontoffice.agenda.vanavond.wat_wel import WatWel, say_past_niet
from frontoffice.domain.fouten import Geweigerd

_MOMENTEN = ("aangemeld_op", "opgeroepen_op", "begonnen_op", "apart_op", "klaar_op")
_KAAL = (
    "volgnummer",
    "balie",
    "voorrang",
    "te_laat",
    "oproepen",
    "gewerkt",
    "vervolg",
    "versie",
    "taal",
    "apart_omdat",
)


class NogBezig(Geweigerd):
    """E04: deze balie helpt nog iemand; `bezoek` zonder naam."""

    standaard_code = "nog_bezig"

    def __init__(self, bezoek: Bezoek) -> None:
        super().__init__(f"{bezoek.volgnummer} is nog bij deze balie. Kies eerst Klaar of Even apart.")
        self.bezoek = bezoek


class NogOpen(Geweigerd):
    """De avond kan nog niet dicht: van deze bezoeken is niet bekend hoe ze afliepen."""

    standaard_code = "nog_open"

    def __init__(self, bezoeken: tuple[Bezoek, ...]) -> None:
        aantal = "1 bezoek is" if len(bezoeken) == 1 else f"{len(bezoeken)} bezoeken zijn"
        super().__init__(f"{aantal} nog open. Kies voor elk Klaar of Niet gekomen.")
        self.bezoeken = bezoeken


class PastNiet(Geweigerd):
    """Zonder afspraak kan het vanavond niet; de uitleg zegt wat er wel kan. `waarom`: code voor het verslag.

    `wacht`: hoe lang het zou duren als de beurt pas na sluitingstijd komt, anders None. `wel`: producten uit
    dezelfde wens die er alleen wel bij kunnen.
    """

    standaard_code = "past_niet"

    def __init__(
        self, zin: str, wacht: int | None = None, waarom: str = "anders", wel: tuple[WatWel, ...] = ()
    ) -> None:
        super().__init__(zin)
        self.wacht = wacht
        self.waarom = waarom
        self.wel = wel

    @classmethod
    def of_uitkomst(cls, uit: KanNietInpassen, wel: tuple[WatWel, ...] = ()) -> PastNiet:
        return cls(say_past_niet(uit, wel), uit.wacht_min, uit.waarom, wel)


class AlGedaan(Geweigerd):
    """Deze stap is al gezet; `wie` en `wanneer` zeggen het. Er is niets veranderd."""

    standaard_code = "al_gedaan"

    def __init__(self, uitleg: str, *, wie: str = "", wanneer: datetime | None = None) -> None:
        super().__init__(uitleg)
        self.wie = wie
        self.wanneer = wanneer


@dataclass(frozen=True)
class Laatste:
    """De laatste eigen stap die nog ongedaan te maken is, en hoeveel seconden dat nog kan."""

    verzoek_id: str
    bezoek_id: str
    volgnummer: str
    soort: str
    op: datetime
    seconden: int


def to_dict(bezoek: Bezoek) -> dict[str, Any]:
    """Wat een stap verandert, om in een antwoord te bewaren: zonder naam, notitie en uitkomst."""
    kort: dict[str, Any] = {veld: getattr(bezoek, veld) for veld in _KAAL}
    kort |= {veld: _iso(getattr(bezoek, veld)) for veld in _MOMENTEN}
    return kort | {"toestand": bezoek.toestand.value, "behoeften": list(bezoek.behoeften)}


def restore(bezoek: Bezoek, bewaard: Mapping[str, Any]) -> Bezoek:
    """Het bezoek met wat er toen gold."""
    velden = {veld: bewaard[veld] for veld in _KAAL}
    velden |= {veld: _moment(bewaard[veld]) for veld in _MOMENTEN}
    velden["toestand"] = Toestand(bewaard["toestand"])
    velden["behoeften"] = tuple(bewaard["behoeften"])
    return replace(bezoek, **velden)


@dataclass(frozen=True)
class Antwoord:
    """Het bewaarde antwoord op een stap. `gedaan`: wanneer het gebeurde. `voor` None: het bezoek is nieuw."""

    id: str
    datum: date
    stap: str
    gedaan: datetime
    na: Mapping[str, Any]
    voor: Mapping[str, Any] | None = None
    plek: tuple[str, int, int] | None = None
    """De plek in het rooster van voor de stap (zonder afspraak): balie, eerste tik, laatste tik + 1."""

    def to_json(self) -> dict[str, Any]:
        return {
            "soort": "bezoek",
            "id": self.id,
            "datum": self.datum.isoformat(),
            "stap": self.stap,
            "gedaan": self.gedaan.isoformat(),
            "na": self.na,
            "voor": self.voor,
            "plek": self.plek,
        }


def read_antwoord(antwoord: Mapping[str, Any] | None) -> Antwoord | None:
    """None als dit geen stap van een bezoek was."""
    if antwoord is None or antwoord.get("soort") != "bezoek":
        return None
    plek = antwoord["plek"]
    return Antwoord(
        antwoord["id"],
        date.fromisoformat(antwoord["datum"]),
        antwoord["stap"],
        datetime.fromisoformat(antwoord["gedaan"]),
        antwoord["na"],
        antwoord["voor"],
        None if plek is None else (str(plek[0]), int(plek[1]), int(plek[2])),
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(tekst: str | None) -> datetime | None:
    return None if tekst is None else datetime.fromisoformat(tekst)
