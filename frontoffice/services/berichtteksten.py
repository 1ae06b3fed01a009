"""De teksten van berichten: die van resources/berichten, met wat de gemeente zelf in het profiel zette.

Maakt ook datums en tijden in de taal van de lezer, met dezelfde vormen als de brief. Verstuurt niets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from frontoffice.domain.bericht import TALEN, Berichtkanaal, Berichtsoort
from frontoffice.domain.berichttekst import Sjabloon, fill, one_line, safe_naam
from frontoffice.domain.taal import lokaal

_BRONNEN = Path(__file__).resolve().parent.parent.parent / "resources"
_HARDE_SPATIE = "\u00a0"
Eigen = Mapping[tuple[str, Berichtsoort], Sjabloon]


@dataclass(frozen=True)
class Tekst:
    """Wat de inwoner leest. Bij een sms is `titel` leeg."""

    titel: str
    inhoud: str


class Berichtteksten:
    """Alle sjablonen. `eigen`: die van de gemeente, per taal en soort; leeg onderdeel = de gewone tekst."""

    def __init__(self, eigen: Eigen | None = None) -> None:
        self._eigen = eigen or {}

    def make(self, wat: Berichtsoort, kanaal: Berichtkanaal, taal: str, waarden: Mapping[str, str]) -> Tekst:
        """De tekst met de waarden ingevuld; een taal die er niet is, wordt Nederlands.

        Een naam die geen naam kan zijn, wordt "inwoner". Raises ValueError bij een sjabloon dat niet klopt.
        """
        taal = taal if taal in TALEN else "nl"
        sjabloon = self._sjabloon(wat, taal)
        naam = safe_naam(waarden.get("naam", "")) or _read(taal)["los"]["inwoner"]
        alles = {**waarden, "naam": naam}
        if kanaal is Berichtkanaal.SMS:
            return Tekst("", one_line(fill(sjabloon.sms, alles)))
        return Tekst(one_line(fill(sjabloon.onderwerp, alles)), fill(sjabloon.mail, alles))

    def _sjabloon(self, wat: Berichtsoort, taal: str) -> Sjabloon:
        vast = Sjabloon(**_read(taal)[wat.value])
        eigen = self._eigen.get((taal, wat))
        if eigen is None:
            return vast
        return Sjabloon(eigen.onderwerp or vast.onderwerp, eigen.mail or vast.mail, eigen.sms or vast.sms)


def format_dag(dag: date, taal: str) -> str:
    """ "donderdag 3 december 2026", in de taal van de lezer en met gewone spaties (sms)."""
    vorm = _read_vorm(taal if taal in TALEN else "nl")
    tekst = str(vorm["datum"]).format(
        weekdag=vorm["dagen"][dag.weekday()], dag=dag.day, maand=vorm["maanden"][dag.month - 1], jaar=dag.year
    )
    return tekst.replace(_HARDE_SPATIE, " ")


def format_tijd(moment: datetime, taal: str) -> str:
    """ "18.40 uur", in Nederlandse tijd."""
    plaatselijk = lokaal(moment)
    vorm = str(_read_vorm(taal if taal in TALEN else "nl")["tijd"])
    return vorm.format(uur=plaatselijk.hour, minuut=f"{plaatselijk.minute:02d}").replace(_HARDE_SPATIE, " ")


@cache
def _read(taal: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_BRONNEN / "berichten" / f"{taal}.toml").read_text(encoding="utf-8"))


@cache
def _read_vorm(taal: str) -> dict[str, Any]:
    inhoud = tomllib.loads((_BRONNEN / "brieven" / f"{taal}.toml").read_text(encoding="utf-8"))
    vorm: dict[str, Any] = inhoud["vorm"]
    return vorm
