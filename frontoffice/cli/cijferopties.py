"""Leest `kif cijfers …`: over welke periode, en waarheen. Voert niets uit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frontoffice.cli.opties import Argumenten, Opties, lees_datum

SOORTEN = (".csv", ".pdf")


@dataclass(frozen=True)
class Cijfervraag:
    """`bestand`: bewaar het rapport hier, als CSV of pdf; None = alleen op de uitvoer."""

    van: date
    tot: date
    bestand: Path | None = None


def read_cijfers(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif cijfers`. Raises InvoerFout met code "gebruik"."""
    gelezen = Argumenten("cijfers", argv, ("--van", "--tot", "--bestand"))
    van, tot = gelezen.read("--van", lees_datum), gelezen.read("--tot", lees_datum)
    if van is None or tot is None or gelezen.woorden:
        raise gelezen.fout()
    return gelezen.make("cijfers", cijfers=Cijfervraag(van, tot, gelezen.read("--bestand", _read_bestand)))


def _read_bestand(tekst: str) -> Path:
    pad = Path(tekst)
    if pad.suffix.lower() not in SOORTEN:
        raise ValueError(tekst)
    return pad
