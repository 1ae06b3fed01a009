"""Hoe een soort onderdeel van de inrichting eruitziet: één `Vorm`, en wat alle vormen samen gebruiken."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontoffice.agenda.inrichting import Inrichting
from frontoffice.services.inrichten import Wijziging
from ui.beheer import woorden
from ui.beheer.velden import Veld

Waarden = dict[str, Any]


@dataclass(frozen=True)
class Vorm:
    """Eén soort onderdeel. `soort` is het veld van `Inrichting`.

    `mee`: wat er in het rooster mee verandert. `in_gebruik`: dan niet te verwijderen, wel te beëindigen.
    `rij` geeft titel en onderregel, `titel_van` een titel waar de inrichting voor nodig is; `al_er`: bij welk
    veld wordt gemeld dat een nieuw onderdeel er al is, en met welke zin. `velden` hangt af van wat er al is;
    `read` maakt waarden van een onderdeel en `make` een onderdeel van waarden. `bij` zegt bij welk veld een
    zin van de keuring hoort.
    """

    soort: str
    titel: str
    een: str
    nieuw: str
    uitleg: str
    rij: Callable[[Any, date], tuple[str, str]]
    velden: Callable[[Inrichting], Sequence[Veld]]
    read: Callable[[Any], Waarden]
    make: Callable[[Any | None, Waarden], Any]
    leeg: Callable[[Inrichting, date], Waarden]
    bij: Mapping[str, str]
    volgorde: Callable[[Any], Any] = lambda deel: 0
    weg_mag: bool = True
    mee: Callable[[Inrichting, Any], tuple[Wijziging, ...]] = lambda inrichting, deel: ()
    in_gebruik: Callable[[Inrichting, Any], bool] = lambda inrichting, deel: False
    titel_van: Callable[[Inrichting, Any], str] | None = None
    al_er: tuple[str, str] = ("naam", "Dit is er al. Kies een andere naam.")

    def regel(self, inrichting: Inrichting, deel: Any, vandaag: date) -> tuple[str, str]:
        """Titel en onderregel, met de namen uit deze inrichting."""
        titel, onder = self.rij(deel, vandaag)
        return (self.titel_van(inrichting, deel) if self.titel_van else titel), onder

    def find_veld(self, zin: str) -> str:
        """Bij welk veld deze zin van de keuring hoort; leeg = bij geen."""
        return next((naam for patroon, naam in self.bij.items() if re.search(patroon, zin)), "")


class Veldfout(ValueError):
    """Dit veld klopt niet; de zin hoort eronder."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


def nieuw_id(soort: str) -> str:
    return f"{soort}-{uuid.uuid4().hex[:10]}"


def voorzieningen(inrichting: Inrichting) -> dict[str, str]:
    alle = {v for balie in inrichting.balies for v in balie.voorzieningen}
    alle |= {v for product in inrichting.producten for v in product.voorzieningen}
    return {v: woorden.soort_naam(v) for v in sorted(alle)}


def bevoegdheden(inrichting: Inrichting) -> dict[str, str]:
    alle = {b.soort for m in inrichting.medewerkers for b in m.bevoegdheden}
    alle |= {soort for product in inrichting.producten for soort in product.bevoegdheden}
    return {soort: woorden.soort_naam(soort) for soort in sorted(alle)}
