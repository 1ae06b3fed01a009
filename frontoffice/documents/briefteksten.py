"""De teksten van brieven uit resources/brieven, met datums, tijden en bedragen in de taal van de lezer.

De zinnen van de brief zelf zijn er in elke taal. Ontbreekt een vertaling in de inrichting, dan staat er het
Nederlands, leesbaar en voor een schermlezer als Nederlands gemerkt: een brief met één Nederlandse regel helpt
iemand verder dan een hele brief die hij niet kan lezen. Plaatst niets op papier.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from frontoffice.documents.bevestiging import Woorden
from frontoffice.documents.lettertype import Stuk
from frontoffice.domain import taal as nederlands

BRIEVEN = Path(__file__).resolve().parent.parent.parent / "resources" / "brieven"
TAALNAMEN = {"nl": "het Nederlands", "de": "het Duits", "en": "het Engels"}
_WACHT = {
    "ongeveer 10 minuten": "wacht_10",
    "ongeveer 20 minuten": "wacht_20",
    "meer dan 30 minuten": "wacht_30",
}
BCP47 = {"nl": "nl-NL", "de": "de-DE", "en": "en-GB"}


class Briefteksten:
    """De zinnen en vormen van één taal."""

    def __init__(self, taal: str, bron: Mapping[str, Mapping[str, Any]]) -> None:
        self.taal = taal
        self._vorm = bron["vorm"]
        self._brief = bron["brief"]
        self._agenda = bron["agenda"]
        self._avond = bron["avond"]

    def zin(self, sleutel: str, **waarden: str | tuple[Stuk, ...]) -> tuple[Stuk, ...]:
        """Een zin met ingevulde waarden; elke waarde houdt haar eigen leesrichting."""
        return _fill(str(self._brief[sleutel]), waarden)

    def tekst(self, sleutel: str, **waarden: str | tuple[Stuk, ...]) -> str:
        """Dezelfde zin als platte tekst."""
        return "".join(stuk.tekst for stuk in self.zin(sleutel, **waarden))

    def avond(self, sleutel: str, **waarden: str) -> str:
        """Een zin van de avond zelf: het briefje met het volgnummer en het gedraaide scherm."""
        return "".join(stuk.tekst for stuk in _fill(str(self._avond[sleutel]), waarden))

    def wacht(self, woorden: str) -> str:
        """De wachttijd in deze taal; `woorden` zoals de voorspelling ze zegt ("ongeveer 10 minuten")."""
        sleutel = _WACHT.get(woorden)
        return self.avond(sleutel) if sleutel else woorden

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
        dag = nederlands.dag_van(begin)
        return str(self._vorm["moment"]).format(datum=self.datum(dag), tijd=self.tijd(begin))

    def tijd(self, moment: datetime) -> str:
        """ "18.40 uur", in Nederlandse tijd."""
        plaatselijk = nederlands.lokaal(moment)
        return str(self._vorm["tijd"]).format(uur=plaatselijk.hour, minuut=f"{plaatselijk.minute:02d}")

    def bedrag(self, bedrag: Decimal) -> str:
        """ "€ 83,87", op hele centen afgerond."""
        centen = int((bedrag * 100).quantize(Decimal(1), ROUND_HALF_UP))
        heel = f"{centen // 100:,}".replace(",", str(self._vorm["duizend"]))
        return str(self._vorm["bedrag"]).format(heel=heel, cent=f"{centen % 100:02d}")

    def product(self, woorden: Woorden, aantal: int) -> tuple[Stuk, ...]:
        """ "Paspoort" of "Paspoort, 2 personen"."""
        naam = self.stukken(woorden)
        return naam if aantal == 1 else _fill(self._vorm["personen"], {"naam": naam, "aantal": str(aantal)})

    def stukken(self, woorden: Woorden) -> tuple[Stuk, ...]:
        """De tekst in deze taal, of in het Nederlands met dat erbij."""
        tekst = woorden.in_taal(self.taal)
        if tekst is not None:
            return (Stuk(tekst, los=True),)
        return _fill(
            self._vorm["nederlands"], {"tekst": (Stuk(woorden.nl.strip(), los=True, taal=BCP47["nl"]),)}
        )

    def punt(self, woorden: Woorden) -> tuple[Stuk, ...]:
        """Als regel van een lijst: met een hoofdletter, en of het alleen telt voor wie het heeft."""
        eerste, *rest = self.stukken(woorden)
        punt = (replace(eerste, tekst=eerste.tekst[:1].upper() + eerste.tekst[1:]), *rest)
        return punt if woorden.verplicht else _fill(self._vorm["indien"], {"tekst": punt})

    def wie(self, rol: str, aantal: int, vervanging: str) -> str:
        """ "2 × ouder met gezag, of toestemming van de andere ouder"."""
        wie = rol if aantal == 1 else str(self._vorm["aantal"]).format(wie=rol, aantal=aantal)
        return str(self._vorm["of"]).format(wie=wie, ander=vervanging) if vervanging else wie

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


def plain(stukken: tuple[Stuk, ...]) -> str:
    """De stukken als gewone tekst."""
    return "".join(stuk.tekst for stuk in stukken)


def _fill(vorm: str, waarden: Mapping[str, str | tuple[Stuk, ...]]) -> tuple[Stuk, ...]:
    stukken: list[Stuk] = []
    for vast, veld, _, _ in string.Formatter().parse(vorm):
        if vast:
            stukken.append(Stuk(vast))
        if veld:
            waarde = waarden[veld]
            stukken += (Stuk(waarde, los=True),) if isinstance(waarde, str) else waarde
    return tuple(stukken)
