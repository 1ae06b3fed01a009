"""Eén lijn om mee te schrijven: één rij maken, en zoeken met nakijken of het antwoord de vraag is.

Herhaalt niets, ook geen leesvraag: wie verzendt, telt zijn verzoeken zelf.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from frontoffice.central import contactvormen as vorm
from frontoffice.central.antwoord import require_uuid
from frontoffice.central.bladzijden import Bladzij, load_all, to_pagina
from frontoffice.central.http import Verbinding, Vraag
from frontoffice.domain.fouten import FilterGenegeerd
from frontoffice.ports import Aanroep, Pagina

R = TypeVar("R", bound=vorm.Rij)
T = TypeVar("T")
V = TypeVar("V")
PER_PAGINA = "100"


class Schrijflijn:
    """Schrijven en zoeken over één verbinding."""

    def __init__(self, verbinding: Verbinding) -> None:
        self._verbinding = verbinding

    def ask(self, vraag: Vraag, aanroep: Aanroep, soort: type[V], make: Callable[[V], T]) -> T:
        """Als Verbinding.ask."""
        return self._verbinding.ask(vraag, aanroep, soort, make)

    def create(self, pad: str, lijf: Mapping[str, object], aanroep: Aanroep) -> str:
        """Maak één rij en geef haar uuid."""
        vraag = Vraag("POST", pad, lijf=lijf)
        return self._verbinding.ask(vraag, aanroep, vorm.Rij, lambda rij: require_uuid(rij.uuid))

    def find(
        self,
        pad: str,
        query: Mapping[str, str],
        soort: type[R],
        aanroep: Aanroep,
        is_asked: Callable[[R], bool] = lambda rij: True,
    ) -> tuple[R, ...]:
        """Alle rijen, nieuwste eerst. Raises FilterGenegeerd bij een rij die niet is gevraagd."""

        def load(pagina: int) -> Pagina[R]:
            def make(bladzij: Bladzij[R]) -> Pagina[R]:
                self.require(all(is_asked(rij) for rij in bladzij.results))
                return to_pagina(bladzij, pagina, lambda rij: rij, lambda rij: rij.uuid)

            bij = (("page", str(pagina)),) if pagina > 1 else ()
            vraag = Vraag("GET", pad, (*query.items(), *bij))
            return self._verbinding.ask(vraag, aanroep, Bladzij[soort], make)  # type: ignore[valid-type]  # de vorm hangt van de vraag af

        return load_all(load, lambda rij: rij.uuid, self._verbinding.register)

    def require(self, gevraagd: bool) -> None:
        """Raises FilterGenegeerd als er iets anders in het antwoord staat dan is gevraagd."""
        if gevraagd:
            return
        register = self._verbinding.register
        raise FilterGenegeerd(
            f"{register.mensnaam} gaf gegevens waar niet om is gevraagd. Daarom versturen we niets. "
            "Meld dit bij de applicatiebeheerder.",
            register=register.naam,
        )
