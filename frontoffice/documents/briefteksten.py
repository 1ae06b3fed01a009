"""De teksten van brieven uit resources/brieven, met datums, tijden en bedragen in de taal van de lezer.

Een taal is heel of wordt geweigerd: nooit een Nederlandse zin in een Duitse brief. Plaatst niets op papier.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from frontoffice.documents.bevestiging import Bevestiging, Woorden
from frontoffice.documents.lettertype import Stuk
from frontoffice.domain import taal as nederlands
from frontoffice.domain.fouten import KifFout

BRIEVEN = Path(__file__).resolve().parent.parent.parent / "resources" / "brieven"
TAALNAMEN = {"nl": "het Nederlands", "de": "het Duits", "en": "het Engels"}
BCP47 = {"nl": "nl-NL", "de": "de-DE", "en": "en-GB"}


class TaalOnvolledig(KifFout):
    """Een brief kan niet in deze taal: `ontbreekt` noemt de teksten zonder vertaling."""

    standaard_code = "taal_onvolledig"

    def __init__(self, taal: str, ontbreekt: tuple[str, ...]) -> None:
        super().__init__(
            f"Een deel van deze brief staat niet in {TAALNAMEN[taal]}. "
            f"Kies Nederlands, of laat Beheer dit vertalen: {'; '.join(ontbreekt)}."
        )
        self.ontbreekt = ontbreekt


class Briefteksten:
    """De zinnen en vormen van één taal."""

    def __init__(self, taal: str, bron: Mapping[str, Mapping[str, Any]]) -> None:
        self.taal = taal
        self._vorm = bron["vorm"]
        self._brief = bron["brief"]
        self._agenda = bron["agenda"]

    def zin(self, sleutel: str, **waarden: str) -> tuple[Stuk, ...]:
        """Een zin met ingevulde waarden; elke waarde houdt haar eigen leesrichting."""
        stukken = []
        for vast, veld, _, _ in string.Formatter().parse(str(self._brief[sleutel])):
            if vast:
                stukken.append(Stuk(vast))
            if veld:
                stukken.append(Stuk(waarden[veld], los=True))
        return tuple(stukken)

    def tekst(self, sleutel: str, **waarden: str) -> str:
        """Dezelfde zin als platte tekst."""
        return "".join(stuk.tekst for stuk in self.zin(sleutel, **waarden))

    def agendatitel(self, afzender: str) -> str:
        return str(self._agenda["titel"]).format(afzender=afzender)

    def datum(self, dag: date) -> str:
        """ "donderdag 3 december 2026"."""
        return self._dag("datum", dag)

    def briefdatum(self, dag: date) -> str:
        """ "3 december 2026"."""
        return self._dag("briefdatum", dag)

    def moment(self, begin: datetime) -> str:
        """ "donderdag 3 december 2026, 18.40 uur", in Nederlandse tijd."""
        plaatselijk = nederlands.lokaal(begin)
        tijd = str(self._vorm["tijd"]).format(uur=plaatselijk.hour, minuut=f"{plaatselijk.minute:02d}")
        return str(self._vorm["moment"]).format(datum=self.datum(plaatselijk.date()), tijd=tijd)

    def bedrag(self, bedrag: Decimal) -> str:
        """ "€ 83,87", op hele centen afgerond."""
        centen = int((bedrag * 100).quantize(Decimal(1), ROUND_HALF_UP))
        heel = f"{centen // 100:,}".replace(",", str(self._vorm["duizend"]))
        return str(self._vorm["bedrag"]).format(heel=heel, cent=f"{centen % 100:02d}")

    def personen(self, naam: str, aantal: int) -> str:
        """ "Paspoort" of "Paspoort, 2 personen"."""
        return naam if aantal == 1 else str(self._vorm["personen"]).format(naam=naam, aantal=aantal)

    def woorden(self, woorden: Woorden) -> str:
        """De tekst in deze taal. Raises TaalOnvolledig."""
        tekst = woorden.in_taal(self.taal)
        if tekst is None:
            raise TaalOnvolledig(self.taal, (woorden.nl,))
        return tekst

    def _dag(self, vorm: str, dag: date) -> str:
        return str(self._vorm[vorm]).format(
            weekdag=self._vorm["dagen"][dag.weekday()],
            dag=dag.day,
            maand=self._vorm["maanden"][dag.month - 1],
            jaar=dag.year,
        )


@cache
def read_teksten(taal: str) -> Briefteksten:
    """De teksten van "nl", "de" of "en"."""
    return Briefteksten(taal, tomllib.loads((BRIEVEN / f"{taal}.toml").read_text(encoding="utf-8")))


def teksten_voor(bevestiging: Bevestiging) -> Briefteksten:
    """De teksten voor deze brief. Raises TaalOnvolledig met alles wat in die taal ontbreekt."""
    ontbreekt = bevestiging.missing(bevestiging.taal)
    if ontbreekt:
        raise TaalOnvolledig(bevestiging.taal, ontbreekt)
    return read_teksten(bevestiging.taal)
