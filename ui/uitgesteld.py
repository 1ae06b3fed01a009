"""Schermen en delen die pas worden gemaakt als iemand ze opent; tot dan kosten ze geen tijd en geen geheugen.

Zo komt er een scherm bij zonder dat het begin trager wordt:
- een heel scherm: een QObject in `ui/<deel>/venster.py` dat met het venster wordt gemaakt en alleen acties
  verbindt. Het laadt het scherm (`from ui.<deel>.scherm import …`) in de methode die het opent, zet het dan
  in de stapel, en bewaart het. Wat het nodig heeft krijgt het in `set_diensten`, en ook dat maakt nog niets;
- een deel binnen een scherm, of een blad van een stapel: een `Bladen` met per naam een maker;
- wat voor het eerste beeld geladen mag zijn, bewaakt tests/ui/test_begin.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


class Bladen(Mapping[str, W], Generic[W]):
    """Namen staan vast, in volgorde; wie een blad opvraagt, maakt het. `bij` mag het dan aansluiten.

    Loop over `gemaakt` voor wat elk bestaand blad moet weten; lopen over `values()` maakt ze allemaal.
    """

    def __init__(self, makers: Mapping[str, Callable[[], W]], bij: Callable[[W], object]) -> None:
        self._makers = dict(makers)
        self._bij = bij
        self._gemaakt: dict[str, W] = {}

    def __getitem__(self, naam: str) -> W:
        if naam not in self._gemaakt:
            self._gemaakt[naam] = self._makers[naam]()
            self._bij(self._gemaakt[naam])
        return self._gemaakt[naam]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, naam: object) -> bool:
        return naam in self._makers  # zonder het te maken

    @property
    def gemaakt(self) -> Sequence[W]:
        return tuple(self._gemaakt.values())
