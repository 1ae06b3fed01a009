"""Op welk beeldscherm het publieke scherm hoort. Rekent alleen; het venster zet het er neer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EEN_SCHERM = "Er is maar één scherm aangesloten. Het publieke scherm staat in een gewoon venster."
EIGEN_SCHERM = "Het publieke scherm staat nu op uw eigen scherm. Druk daar op Esc om het te sluiten."


@dataclass(frozen=True)
class Beeldscherm:
    """`naam` blijft dezelfde als het opnieuw wordt aangesloten. `eigen`: hier staat het gewone venster."""

    naam: str
    eigen: bool = False


@dataclass(frozen=True)
class Plaatsing:
    """Het hoeveelste beeldscherm, vullend of in een gewoon venster, en wat de medewerker moet weten."""

    nummer: int
    vullend: bool
    zin: str = ""


def choose(schermen: Sequence[Beeldscherm], onthouden: str = "") -> Plaatsing:
    """Het scherm van de vorige keer, anders het eerste waar de medewerker niet zelf op werkt."""
    anders = [n for n, scherm in enumerate(schermen) if not scherm.eigen]
    if not anders:
        return Plaatsing(0, False, EEN_SCHERM)
    vorige = [n for n in anders if schermen[n].naam == onthouden]
    nummer = (vorige or anders)[0]
    return Plaatsing(nummer, True, _zin(schermen[nummer]))


def choose_next(schermen: Sequence[Beeldscherm], nu: str) -> Plaatsing:
    """Het volgende beeldscherm; op het eigen scherm nooit vullend, want dan is het werk niet te zien."""
    if len(schermen) < 2:
        return Plaatsing(0, False, EEN_SCHERM)
    huidig = next((n for n, scherm in enumerate(schermen) if scherm.naam == nu), -1)
    nummer = (huidig + 1) % len(schermen)
    if schermen[nummer].eigen:
        return Plaatsing(nummer, False, EIGEN_SCHERM)
    return Plaatsing(nummer, True, _zin(schermen[nummer]))


def _zin(scherm: Beeldscherm) -> str:
    return f"Het publieke scherm staat op {scherm.naam}." if scherm.naam else "Het publieke scherm staat aan."
