"""Leest `kif audit …`: welke opdracht, met welke gegevens. Voert niets uit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontoffice.cli.opties import Argumenten, Opties

_KOP = re.compile(r"([1-9][0-9]{0,17}):((?:k1:)?[0-9a-f]{64})")


@dataclass(frozen=True)
class Auditvraag:
    """`kop`: (volgnummer, keten) die iemand eerder elders bewaarde, of None."""

    deel: str
    kop: tuple[int, str] | None = None


def read_audit(argv: Sequence[str]) -> Opties:
    """Lees de argumenten na `kif audit`. Raises InvoerFout met code "gebruik"."""
    gelezen = Argumenten("audit", argv, ("--kop",))
    kop = gelezen.read("--kop", _read_kop)
    match gelezen.woorden:
        case ["verify"]:
            return gelezen.make("audit", audit=Auditvraag("verify", kop))
        case [("export" | "send") as deel] if kop is None:
            return gelezen.make("audit", audit=Auditvraag(deel))
    raise gelezen.fout()


def _read_kop(tekst: str) -> tuple[int, str]:
    past = _KOP.fullmatch(tekst)
    if past is None:
        raise ValueError(tekst)
    return int(past[1]), past[2]
