"""Lijsten die in bladzijden komen, zoals Open Klant en Open Zaak ze geven.

Volgt `next` nooit: die draagt soms een andere host of een BSN, en bij `_zoek` weigert het adres een GET.
Dat er een `next` is, zegt alleen dat er meer is; de volgende bladzijde vragen we aan ons eigen adres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from frontoffice.central.instelling import RegisterInstelling
from frontoffice.domain.fouten import NietGevonden, OnverwachtAntwoord
from frontoffice.ports import Pagina

R = TypeVar("R")
D = TypeVar("D")


class Bladzij(msgspec.Struct, Generic[R], frozen=True):
    """Eén bladzijde. `count` telt soms dubbele rijen mee."""

    results: list[R]
    count: int = 0
    next: str | None = None


def to_pagina(bladzij: Bladzij[R], nummer: int, make: Callable[[R], D], key: Callable[[D], str]) -> Pagina[D]:
    """De rijen als domeinwaarden, elk één keer (Open Klant geeft soms dezelfde rij twee keer)."""
    rijen = unique((make(rij) for rij in bladzij.results), key)
    volgende = nummer + 1 if bladzij.next and bladzij.results else None
    return Pagina(rijen, bladzij.count, volgende)


def unique(rijen: Iterable[D], key: Callable[[D], str]) -> tuple[D, ...]:
    """Elke rij één keer; de eerste telt, want alleen die is zeker compleet uitgevouwen."""
    uniek: dict[str, D] = {}
    for rij in rijen:
        uniek.setdefault(key(rij), rij)
    return tuple(uniek.values())


def load_all(
    load: Callable[[int], Pagina[D]],
    key: Callable[[D], str],
    register: RegisterInstelling,
    hoogste: int = 20,
) -> tuple[D, ...]:
    """Alle bladzijden achter elkaar. Raises OnverwachtAntwoord als de lijst rondloopt of niet ophoudt.

    Een bladzijde voorbij het eind (404) is het eind: er kan intussen een rij zijn weggehaald.
    """
    uniek: dict[str, D] = {}
    nummer: int | None = 1
    while nummer is not None and nummer <= hoogste:
        try:
            pagina = load(nummer)
        except NietGevonden:
            if nummer == 1:
                raise
            return tuple(uniek.values())
        vooraf = len(uniek)
        for rij in pagina.rijen:
            uniek.setdefault(key(rij), rij)
        if pagina.volgende_pagina is None:
            return tuple(uniek.values())
        if len(uniek) == vooraf:
            break
        nummer = pagina.volgende_pagina
    raise OnverwachtAntwoord(
        f"{register.mensnaam} geeft een lijst die niet ophoudt. Meld dit bij de applicatiebeheerder.",
        register=register.naam,
        code="lijst_zonder_eind",
    )
