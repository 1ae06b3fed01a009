"""Van het zaaknummer dat iemand typte naar de zaak in het register; één keer gevraagd per verzending."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from frontoffice.domain.fouten import Afgekeurd, KifFout
from frontoffice.domain.registratie import ZAAKNUMMER
from frontoffice.ports import Aanroep

FindZaak = Callable[[str, Aanroep], str]
_VOORAF_S = 3.0


class Zaaknummers:
    """`wacht` houdt het tempo, voor elk verzoek."""

    def __init__(self, find_zaak: FindZaak, wacht: Callable[[Aanroep], None]) -> None:
        self._find_zaak, self._wacht = find_zaak, wacht
        self._bekend: dict[str, str] = {}

    def find(self, zaak: str, aanroep: Aanroep) -> str:
        """De uuid van een zaak of zaaknummer. Raises Afgekeurd als zij niet bestaat, of KifFout."""
        if not zaak.startswith(ZAAKNUMMER):
            return zaak
        if zaak not in self._bekend:
            self._wacht(aanroep)
            uuid = self._find_zaak(zaak.removeprefix(ZAAKNUMMER), aanroep)
            if not uuid:
                zin = "Dit zaaknummer bestaat niet. Kies Verbeteren en kijk het na."
                raise Afgekeurd(zin, register="zaken", velden=(("zaak", "onbekend"),))
            self._bekend[zaak] = uuid
        return self._bekend[zaak]

    def try_find(self, zaak: str, aanroep: Aanroep) -> None:
        """Zoek vooraf. Lukt het niet snel, dan gaat het contact voor en wordt er later opnieuw gezocht."""
        kort = replace(aanroep, einde=min(aanroep.einde, time.monotonic() + _VOORAF_S))
        with contextlib.suppress(KifFout):
            self.find(zaak, kort)

    def choose(self, zaken: Sequence[str]) -> tuple[str, str]:
        """De eerste zaak waarvan de uuid al bekend is, met die uuid; twee keer leeg als er geen is."""
        for zaak in zaken:
            if not zaak.startswith(ZAAKNUMMER):
                return zaak, zaak
            if zaak in self._bekend:
                return zaak, self._bekend[zaak]
        return "", ""
