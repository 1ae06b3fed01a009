"""Leest een QR-code van 21 bij 21 zonder foutherstel (ISO 18004), om te zien wat een telefoon zou zien."""

from __future__ import annotations

from collections.abc import Iterator

_MASKERS = [
    lambda r, k: (r + k) % 2 == 0,
    lambda r, k: r % 2 == 0,
    lambda r, k: k % 3 == 0,
    lambda r, k: (r + k) % 3 == 0,
    lambda r, k: (r // 2 + k // 3) % 2 == 0,
    lambda r, k: r * k % 2 + r * k % 3 == 0,
    lambda r, k: (r * k % 2 + r * k % 3) % 2 == 0,
    lambda r, k: ((r + k) % 2 + r * k % 3) % 2 == 0,
]
_TEKENS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MAAT = 21


def read_qr(raster: tuple[tuple[bool, ...], ...]) -> str:
    assert len(raster) == _MAAT
    zoeker = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for rij, kolom in ((0, 0), (0, 14), (14, 0)):
        assert ["".join("01"[raster[rij + r][kolom + k]] for k in range(7)) for r in range(7)] == zoeker
    masker = _MASKERS[int("".join("01"[raster[8][k]] for k in (2, 3, 4)), 2) ^ 0b101]
    bits = "".join("01"[raster[r][k] ^ masker(r, k)] for r, k in _route())
    soort, rest = int(bits[:4], 2), bits[4:]
    if soort == 2:
        return _alfanumeriek(rest)
    assert soort == 4, "onverwachte soort"
    lengte = int(rest[:8], 2)
    return bytes(int(rest[8 + i * 8 : 16 + i * 8], 2) for i in range(lengte)).decode("ascii")


def _alfanumeriek(bits: str) -> str:
    lengte, bits = int(bits[:9], 2), bits[9:]
    uit = ""
    while len(uit) < lengte:
        if lengte - len(uit) == 1:
            return uit + _TEKENS[int(bits[:6], 2)]
        paar, bits = int(bits[:11], 2), bits[11:]
        uit += _TEKENS[paar // 45] + _TEKENS[paar % 45]
    return uit


def _route() -> Iterator[tuple[int, int]]:
    """De vakjes met gegevens: in banen van twee kolommen, om en om omhoog en omlaag, vanaf rechts."""
    omhoog = True
    for rechts in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):
        for rij in range(_MAAT - 1, -1, -1) if omhoog else range(_MAAT):
            for kolom in (rechts, rechts - 1):
                in_hoek = (rij < 9 and (kolom < 9 or kolom > 12)) or (rij > 12 and kolom < 9)
                if not in_hoek and rij != 6:
                    yield rij, kolom
        omhoog = not omhoog
