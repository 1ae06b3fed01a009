"""JSON lezen in een vorm, ook als meer draden dezelfde vorm voor het eerst lezen.

msgspec bouwt de lezer van een vorm bij het eerste gebruik en laat andere draden intussen de halve zien: dan
stopt het hele proces. Daarom wordt elke lezer hier één keer gemaakt, onder een slot.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    import msgspec

T = TypeVar("T")
_slot = threading.Lock()
_lezers: dict[Any, msgspec.json.Decoder[Any]] = {}


def decode(ruw: bytes | str, vorm: type[T]) -> T:
    """Als `msgspec.json.decode`, met dezelfde fouten."""
    lezer = _lezers.get(vorm)
    if lezer is None:
        import msgspec

        with _slot:
            lezer = _lezers.get(vorm) or _lezers.setdefault(vorm, msgspec.json.Decoder(vorm))
    return cast(T, lezer.decode(ruw))
