"""Het anker van het logboek: waar de ketting ophield, in een eigen bestand naast de database.

Wie de laatste regels weghaalt of alles opnieuw doorrekent, verandert het anker niet mee: het draagt een
controlegetal met een sleutel. Wie over deze hele werkplek de baas is, kan beide namaken; bewaar daarom de kop
ook elders (`kif audit verify --kop`, of het adres onder [logboek] in het profiel).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from frontoffice.opslag import read_private, write_private

_HOOGSTE_OMVANG = 4096


@dataclass(frozen=True)
class Kop:
    """De laatste regel van een ketting: haar volgnummer en haar schakel."""

    volgnummer: int
    keten: str

    def __str__(self) -> str:
        return f"{self.volgnummer}:{self.keten}"


class AnkerKapot(Exception):
    """Het anker is er wel, maar niet zoals dit programma het schreef."""


class Anker:
    """Leest en schrijft het anker; `sleutel` is die van de werkplek (64 hexadecimale tekens)."""

    def __init__(self, pad: Path, sleutel: str) -> None:
        self.pad = pad
        self._sleutel = derive(sleutel, "logboek-anker")

    def load(self) -> Kop | None:
        """De kop in het anker, None als er geen anker is. Raises AnkerKapot."""
        ruw = read_private(self.pad, _HOOGSTE_OMVANG)
        if ruw is None:
            if os.path.lexists(self.pad):
                raise AnkerKapot
            return None
        try:
            gelezen = json.loads(ruw)
            kop = Kop(int(gelezen["volgnummer"]), str(gelezen["keten"]))
            past = hmac.compare_digest(self._mac(kop), str(gelezen["controle"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise AnkerKapot from None
        if not past:
            raise AnkerKapot
        return kop

    def save(self, kop: Kop) -> None:
        """Schrijf in één keer, alleen voor deze gebruiker. Raises OSError.

        Wacht niet op de schijf: de regel zelf staat er al, en een anker van iets eerder klopt ook nog.
        """
        inhoud = {"volgnummer": kop.volgnummer, "keten": kop.keten, "controle": self._mac(kop)}
        write_private(self.pad, json.dumps(inhoud).encode(), wacht_op_schijf=False)

    def set_aside(self, nu: datetime) -> Path | None:
        """Geef het anker een naam met datum, om later nog te zien waar de ketting ophield. Raises OSError."""
        apart = self.pad.with_name(f"{self.pad.stem}-apart-{nu:%Y%m%dT%H%M%S%f}{self.pad.suffix}")
        try:
            os.rename(self.pad, apart)
        except FileNotFoundError:
            return None
        return apart

    def _mac(self, kop: Kop) -> str:
        return hmac.new(self._sleutel, str(kop).encode(), hashlib.sha256).hexdigest()


def derive(sleutel: str, waarvoor: str) -> bytes:
    """Een eigen sleutel voor één doel, uit die van de werkplek."""
    return hmac.new(bytes.fromhex(sleutel), waarvoor.encode(), hashlib.sha256).digest()
