"""Wat er op de plaats staat van een register dat dit profiel niet heeft."""

from __future__ import annotations

from collections.abc import Callable

from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.ports import Aanroep, RegisterStand
from frontoffice.profiel import Register


def niet_aangesloten(naam: str) -> Geweigerd:
    return Geweigerd(
        f"{naam} is hier niet aangesloten. Vraag het aan een collega die daar wel bij kan.",
        code="niet_aangesloten",
    )


class Afwezig:
    """Staat op de plaats van een register dat er niet is: elke vraag geeft dezelfde fout, zonder verzoek."""

    def __init__(self, register: Register, fout: KifFout) -> None:
        self._register = register
        self._fout = fout

    def check(self, aanroep: Aanroep) -> RegisterStand:
        return RegisterStand(self._register.value, None, None, None, None, self._fout.uitleg)

    def __getattr__(self, naam: str) -> Callable[..., object]:
        if naam.startswith("__"):
            raise AttributeError(naam)

        def refuse(*_wat: object, **_nog: object) -> object:
            raise self._fout

        return refuse
