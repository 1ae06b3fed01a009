"""Past een sleutel bij een SQLCipher-bestand, ook als het bestand beschadigd is?

SQLCipher zegt bij een verkeerde sleutel en bij een kapotte eerste bladzijde hetzelfde. Elke bladzijde draagt
een eigen controlegetal (HMAC-SHA512): klopt er ergens één, dan is de sleutel goed. Opbouw: SQLCipher 4.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_BLADZIJDE, _ZOUT, _CONTROLE = 4096, 16, 64
_KOP_WAL, _KOP_FRAME = 32, 24
_LEESBAAR = b"SQLite format 3\x00"
_HOEVEEL = 64


def past(pad: Path, sleutel: str) -> bool | None:
    """Waar als de sleutel past, onwaar als het een heel bestand van een andere sleutel lijkt.

    Kijkt ook in de WAL: na een stroomstoring kan alles daar staan. None: dit is geen bestand van SQLCipher,
    of het is niet te lezen. Verandert niets.
    """
    try:
        with pad.open("rb") as bestand:
            zout = bestand.read(_ZOUT)
            controle = _controlesleutel(bytes.fromhex(sleutel), zout)
            omvang = bestand.seek(0, 2)
            if any(_klopt(*deel, controle) for deel in _bladzijden(bestand, omvang)):
                return True
        if any(_klopt(*deel, controle) for deel in _frames(pad.with_name(pad.name + "-wal"))):
            return True
    except OSError:
        return None
    return None if omvang < _BLADZIJDE or omvang % _BLADZIJDE or zout == _LEESBAAR else False


def _bladzijden(bestand: BinaryIO, omvang: int) -> Iterator[tuple[bytes, int]]:
    for nummer in _nummers(omvang // _BLADZIJDE):
        bestand.seek((nummer - 1) * _BLADZIJDE)
        yield bestand.read(_BLADZIJDE), nummer


def _frames(wal: Path) -> Iterator[tuple[bytes, int]]:
    try:
        bestand = wal.open("rb")
    except FileNotFoundError:
        return
    with bestand:
        bestand.seek(_KOP_WAL)
        for _ in range(_HOEVEEL):
            kop, inhoud = bestand.read(_KOP_FRAME), bestand.read(_BLADZIJDE)
            if len(inhoud) < _BLADZIJDE:
                return
            yield inhoud, int.from_bytes(kop[:4], "big")


def _nummers(aantal: int) -> Iterator[int]:
    """De eerste bladzijden, en daarna een greep door het hele bestand."""
    yield from range(1, min(aantal, _HOEVEEL) + 1)
    yield from range(_HOEVEEL + 1, aantal + 1, max(aantal // _HOEVEEL, 1))


def _controlesleutel(sleutel: bytes, zout: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", sleutel, bytes(teken ^ 0x3A for teken in zout), 2, 32)


def _klopt(bladzijde: bytes, nummer: int, controle: bytes) -> bool:
    begin = _ZOUT if nummer == 1 else 0
    inhoud, getal = bladzijde[begin:-_CONTROLE], bladzijde[-_CONTROLE:]
    som = hmac.new(controle, inhoud + nummer.to_bytes(4, "little"), hashlib.sha512).digest()
    return hmac.compare_digest(som, getal)
