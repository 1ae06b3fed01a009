"""Registers die hier niet mogen of er niet zijn: elke vraag geeft dezelfde fout, zonder verzoek."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.ports import Aanroep, Bedrijven, Klantinteracties, Personen, RegisterStand, Zaken
from frontoffice.profiel import Profiel, Register, standaard

if TYPE_CHECKING:
    from frontoffice.samenstelling.aansluiten import Registers


class Afwezig:
    """Staat op de plaats van een register."""

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


def no_bedrijven() -> Bedrijven:
    return cast(Bedrijven, Afwezig(Register.KVK, niet_aangesloten("Het handelsregister")))


def block_personen(profiel: Profiel, registers: Registers) -> Registers:
    """Zonder aansluiting, of buiten de demonstratie zonder doel voor elke soort vraag, is er geen BRP."""
    if Register.BRP not in profiel.registers:
        fout = niet_aangesloten("De basisregistratie personen")
    elif not profiel.gemeente.demo and not all(
        profiel.brp_doelen.get(vraag) for vraag in standaard.BRP_VRAGEN
    ):
        fout = Geweigerd(
            "Zonder doel mag de BRP niet worden bevraagd. Vul [brp.doelen] in het profiel in.",
            code="doel_ontbreekt",
        )
    else:
        return registers
    return replace(registers, personen=cast(Personen, Afwezig(Register.BRP, fout)))


def block_alles(registers: Registers, fout: KifFout) -> Registers:
    """Niemand mag iets vragen, zoals zolang er niemand is aangemeld."""
    return replace(
        registers,
        klantinteracties=cast(Klantinteracties, Afwezig(Register.KLANTINTERACTIES, fout)),
        zaken=cast(Zaken, Afwezig(Register.ZAKEN, fout)),
        personen=cast(Personen, Afwezig(Register.BRP, fout)),
        bedrijven=cast(Bedrijven, Afwezig(Register.KVK, fout)),
    )


def niet_aangesloten(naam: str) -> Geweigerd:
    return Geweigerd(
        f"{naam} is hier niet aangesloten. Vraag het aan een collega die daar wel bij kan.",
        code="niet_aangesloten",
    )
