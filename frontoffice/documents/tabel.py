"""Een tabel op papier: koppen op elke bladzijde, rijen die heel blijven, vakjes om aan te kruisen.

Weet niet wat er in staat en kent geen bladzijde: ruimte en regels vraagt zij aan het vel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from frontoffice.documents.lettertype import Stuk, Teken, lay_out
from frontoffice.documents.pdf import Element, Pdf

_RAND = 3.0
"""Ruimte in een cel, in punten."""
_VAKJE = 10.0
_LUCHT = 8.0
"""Ruimte boven de tabel."""


@dataclass(frozen=True)
class Cel:
    """De alinea's van één cel, onder elkaar; `vakje`: een leeg vierkant in plaats van tekst."""

    alineas: tuple[tuple[Stuk, ...], ...] = ()
    vakje: bool = False


def cel(*alineas: str, vet: bool = False) -> Cel:
    """Tekst van buiten of van ons, elke alinea op een eigen regel; lege vallen weg."""
    return Cel(tuple((Stuk(alinea, vet=vet, los=True),) for alinea in alineas if alinea))


@dataclass(frozen=True)
class Tabel:
    """`breedten`: verhoudingen van de kolommen. `hoogte`: het minste van een rij, in punten, om in te
    schrijven. `staand`: ook lijnen tussen de kolommen. `grootte`: keer de gewone letter."""

    koppen: tuple[Cel, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    breedten: tuple[float, ...]
    hoogte: float = 0.0
    staand: bool = False
    grootte: float = 1.0

    def __post_init__(self) -> None:
        if any(len(rij) != len(self.breedten) for rij in (self.koppen, *self.rijen)):
            raise ValueError("elke rij van een tabel heeft evenveel cellen")


class Regel(Protocol):
    """Een gezette regel tekst."""

    @property
    def tekens(self) -> tuple[Teken, ...]: ...

    @property
    def hoogte(self) -> float: ...

    @property
    def punten(self) -> float: ...


class Vel(Protocol):
    """De bladzijde waarop de tabel komt. `take` schuift omlaag; `fresh` begint zo nodig een nieuwe
    bladzijde en zegt of dat gebeurde; `proef`: er wordt alleen gemeten."""

    @property
    def y(self) -> float: ...

    @property
    def breed(self) -> float: ...

    @property
    def proef(self) -> bool: ...

    def take(self, hoogte: float) -> None: ...

    def fresh(self, hoogte: float) -> bool: ...

    def lay_cel(self, stukken: tuple[Stuk, ...], breedte: float, grootte: float) -> Sequence[Regel]: ...


def place_tabel(tabel: Tabel, vel: Vel, pdf: Pdf, marge: float) -> None:
    _Plaatser(tabel, vel, pdf, marge).place()


class _Plaatser:
    def __init__(self, tabel: Tabel, vel: Vel, pdf: Pdf, marge: float) -> None:
        self._tabel, self._vel, self._pdf = tabel, vel, pdf
        samen = sum(tabel.breedten)
        self._breedten = [vel.breed * deel / samen for deel in tabel.breedten]
        self._links = [marge + sum(self._breedten[:n]) for n in range(len(self._breedten) + 1)]
        self._boom = pdf.add("Table")

    def place(self) -> None:
        kop = self._lay(self._tabel.koppen)
        rijen = [self._lay(rij) for rij in self._tabel.rijen]
        eerste = _height(rijen[0], self._tabel.hoogte) if rijen else 0.0
        if not self._vel.fresh(_LUCHT + _height(kop, 0) + eerste):
            self._vel.take(_LUCHT)
        self._draw(self._tabel.koppen, kop, kop=True)
        for cellen, rij in zip(self._tabel.rijen, rijen, strict=True):
            if self._vel.fresh(_height(rij, self._tabel.hoogte)):
                self._draw(self._tabel.koppen, kop, kop=True)
            self._draw(cellen, rij, kop=False)

    def _lay(self, rij: Sequence[Cel]) -> list[list[Regel]]:
        return [
            [
                regel
                for alinea in vak.alineas
                for regel in self._vel.lay_cel(alinea, breed - 2 * _RAND, self._tabel.grootte)
            ]
            for vak, breed in zip(rij, self._breedten, strict=True)
        ]

    def _draw(self, cellen: Sequence[Cel], rij: list[list[Regel]], *, kop: bool) -> None:
        boven, hoogte = self._vel.y, _height(rij, 0 if kop else self._tabel.hoogte)
        self._vel.take(hoogte)
        if self._vel.proef:
            return
        onder = boven - hoogte
        ouder = self._pdf.add("TR", self._boom)
        for vak, regels, links in zip(cellen, rij, self._links, strict=False):
            element = self._pdf.add("TH" if kop else "TD", ouder)
            self._fill(vak, regels, element, links + _RAND, boven - _RAND)
        self._pdf.line(self._links[0], onder, self._links[-1], onder, dik=kop)
        if self._tabel.staand:
            for x in self._links[1:-1]:
                self._pdf.line(x, boven, x, onder)

    def _fill(self, vak: Cel, regels: list[Regel], element: Element, x: float, y: float) -> None:
        if vak.vakje:
            self._pdf.box(x, y - _VAKJE, _VAKJE)
        for regel in regels:
            y -= regel.hoogte
            self._pdf.text(element, *lay_out(regel.tekens), x, y + 0.35 * regel.punten, regel.punten)


def _height(rij: list[list[Regel]], minst: float) -> float:
    return max(minst, 2 * _RAND + max((sum(r.hoogte for r in regels) for regels in rij), default=0.0))
