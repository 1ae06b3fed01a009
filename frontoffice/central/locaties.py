"""Een plek bij woorden, uit een plaatsenregister met de vorm van de PDOK Locatieserver v3.

Alleen adressen, straten en herkenbare plekken binnen de eigen gemeente, en alleen met een punt in WGS84. Wat
iemand zoekt staat in het adres van de vraag; het komt in geen log.
"""

from __future__ import annotations

import re

import msgspec

from frontoffice.central.doktor import probe
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.melding import Plek, Punt
from frontoffice.ports import Aanroep, RegisterStand

MEESTE = 10
KORTSTE = 2
LANGSTE = 120
_PUNT = re.compile(r"POINT\s*\(\s*(-?\d{1,3}(?:\.\d+)?)\s+(-?\d{1,3}(?:\.\d+)?)\s*\)")
_SOORTEN = "type:(adres OR weg OR hectometerpaal OR buurt OR wijk OR woonplaats)"


class _Treffer(msgspec.Struct, frozen=True):
    weergavenaam: str = ""
    type: str = ""
    centroide_ll: str = ""
    straatnaam: str = ""
    huisnummer: int | str | None = None
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    postcode: str = ""
    woonplaatsnaam: str = ""
    gemeentenaam: str = ""


class _Lijst(msgspec.Struct, frozen=True):
    docs: list[_Treffer] = []


class _Antwoord(msgspec.Struct, frozen=True):
    response: _Lijst


class Locatieserver:
    """Poort `Locatiezoeker`. `gemeente` is de naam waar een treffer in moet liggen; leeg = overal."""

    def __init__(self, verbinding: Verbinding, gemeente: str) -> None:
        self._verbinding = verbinding
        self._gemeente = gemeente

    def suggest(self, tekst: str, aanroep: Aanroep) -> tuple[Plek, ...]:
        """Met `free`: dat geeft meteen het punt, en `suggest` van de Locatieserver pas na een `lookup`."""
        woorden = " ".join(tekst.split())[:LANGSTE]
        if len(woorden) < KORTSTE:
            return ()
        query = [("q", woorden), ("rows", str(MEESTE)), ("fq", _SOORTEN)]
        if self._gemeente:
            query.append(("fq", f'gemeentenaam:"{self._gemeente}"'))
        vraag = Vraag("GET", "/free", tuple(query), herhaalbaar=True)
        antwoord = self._verbinding.ask(vraag, aanroep, _Antwoord, lambda a: a)
        plekken: dict[str, Plek] = {}
        for rij in antwoord.response.docs:
            plek = self._to_plek(rij)
            if plek is not None:
                plekken.setdefault(plek.omschrijving, plek)
        return tuple(plekken.values())[:MEESTE]

    def check(self, aanroep: Aanroep) -> RegisterStand:
        vraag = Vraag("GET", "/free", (("q", self._gemeente or "gemeentehuis"), ("rows", "1")))
        return probe(self._verbinding, vraag, aanroep)

    def _to_plek(self, rij: _Treffer) -> Plek | None:
        """Een treffer buiten de gemeente telt niet, ook als de server het filter niet kent."""
        punt = _PUNT.fullmatch(rij.centroide_ll.strip())
        elders = bool(self._gemeente) and rij.gemeentenaam.casefold() != self._gemeente.casefold()
        if punt is None or elders or not rij.weergavenaam:
            return None
        return Plek(
            " ".join(rij.weergavenaam.split()),
            Punt(float(punt[1]), float(punt[2])),
            rij.straatnaam,
            "" if rij.huisnummer is None else str(rij.huisnummer),
            rij.huisletter,
            rij.huisnummertoevoeging,
            rij.postcode,
            rij.woonplaatsnaam,
        )
