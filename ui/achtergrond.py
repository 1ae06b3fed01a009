"""De enige deur tussen het scherm en werk dat kan wachten: `start` geeft één antwoord, `stream` een reeks.

Een draad krijgt alleen een volgnummer en het werk; wie het antwoord wil, blijft op de draad van het scherm.
Haalt zelf niets op.
"""

from __future__ import annotations

import itertools
import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from frontoffice.domain.fouten import KifFout
from frontoffice.ports import Stop

T = TypeVar("T")
DRADEN = 16  # coördinerend werk wacht vooral; de verzoeken zelf draaien op frontoffice.uitvoeren

_log = logging.getLogger("kif.ui.achtergrond")


@dataclass(frozen=True)
class _Taak:
    """Wie op een antwoord wacht; leeft alleen op de draad van het scherm."""

    ieder: Callable[[Any], None]
    klaar: Callable[[], None]
    mislukt: Callable[[KifFout], None]
    zolang: Stop


@dataclass(frozen=True)
class _Stuk:
    waarde: Any


@dataclass(frozen=True)
class _Einde:
    """Het laatste bericht van een taak; `fout` is een KifFout, een programmeerfout of None."""

    fout: BaseException | None = None


class _Brug(QObject):
    """Draagt berichten van een draad naar de draad van het scherm."""

    binnen = Signal(int, object)


_BRUGGEN: list[_Brug] = []
"""Houdt elke brug in leven zolang het programma leeft: een draad die nog bezig is als het venster al weg is,
zou anders een bericht sturen over een brug die Qt net afbreekt, en dat is een crash."""


class Achtergrond(QObject):
    """Voert werk uit buiten de draad van het scherm.

    `klaar`, `ieder` en `mislukt` worden op de draad van het scherm geroepen, en nooit meer nadat `zolang` is
    gezet. `werk` krijgt diezelfde Stop en mag geen widget vasthouden. Een fout die geen KifFout is, is een
    programmeerfout en gaat naar sys.excepthook; na `close` alleen nog naar het logbestand.
    """

    def __init__(self, parent: QObject | None = None, draden: int = DRADEN) -> None:
        super().__init__(parent)
        self._draden = ThreadPoolExecutor(draden, thread_name_prefix="kif-scherm")
        self._nummers = itertools.count(1)
        self._taken: dict[int, _Taak] = {}
        self._werk: dict[int, Callable[[Stop], Iterator[Any]]] = {}
        self._brug = _Brug()
        _BRUGGEN.append(self._brug)
        self._brug.binnen.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._is_dicht = False

    @property
    def bezig(self) -> int:
        """Aantal taken waarvan het laatste bericht nog moet komen en waar nog iemand op wacht."""
        return sum(not taak.zolang.is_gezet for taak in self._taken.values())

    def start(
        self,
        werk: Callable[[Stop], T],
        klaar: Callable[[T], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None:
        """Doe `werk(zolang)` op een andere draad; het antwoord gaat naar `klaar`, de fout naar `mislukt`."""

        def once(stop: Stop) -> Iterator[T]:
            yield werk(stop)

        self._submit(once, _Taak(klaar, _do_niets, mislukt, zolang))

    def stream(
        self,
        werk: Callable[[Stop], Iterator[T]],
        ieder: Callable[[T], None],
        klaar: Callable[[], None],
        mislukt: Callable[[KifFout], None],
        zolang: Stop,
    ) -> None:
        """Geef elke waarde van `werk(zolang)` zodra ze er is aan `ieder`; daarna `klaar` of `mislukt`."""
        self._submit(werk, _Taak(ieder, klaar, mislukt, zolang))

    def close(self) -> None:
        """Breek alles af; wacht niet op wat nog hangt."""
        self._is_dicht = True
        for taak in list(self._taken.values()):
            taak.zolang.set()
        self._draden.shutdown(wait=False, cancel_futures=True)
        self._taken.clear()

    def _submit(self, werk: Callable[[Stop], Iterator[Any]], taak: _Taak) -> None:
        if self._is_dicht or taak.zolang.is_gezet:
            return
        nummer = next(self._nummers)
        self._taken[nummer] = taak
        self._werk[nummer] = werk
        self._draden.submit(_run, self._brug, self._werk, nummer, taak.zolang)

    def _receive(self, nummer: int, bericht: object) -> None:
        """Komt op de draad van het scherm. Een late waarde voor wie weg is, valt hier weg."""
        taak = self._taken.get(nummer)
        if isinstance(bericht, _Einde):
            self._taken.pop(nummer, None)
            self._werk.pop(nummer, None)  # hier sterft wat het werk vasthield, op de goede draad
            fout = bericht.fout
            if fout is not None and not isinstance(fout, KifFout):
                if self._is_dicht:  # bestanden en verbindingen gaan nu weg onder wie nog bezig was
                    _log.warning("werk mislukte na het sluiten", extra={"soort": type(fout).__name__})
                    return
                sys.excepthook(type(fout), fout, fout.__traceback__)
                return
        if taak is None or taak.zolang.is_gezet:
            return
        match bericht:
            case _Stuk(waarde):
                taak.ieder(waarde)
            case _Einde(KifFout() as fout):
                taak.mislukt(fout)
            case _Einde():
                taak.klaar()


def _do_niets() -> None:
    """`start` meldt zich via zijn ene waarde."""


def _run(brug: _Brug, voorraad: dict[int, Callable[[Stop], Iterator[Any]]], nummer: int, stop: Stop) -> None:
    """Draait op een andere draad. De voorraad houdt het werk vast tot het scherm het einde heeft gezien."""
    werk = voorraad.get(nummer)
    fout: BaseException | None = None
    try:
        if werk is not None and not stop.is_gezet:
            _pump(brug, nummer, werk, stop)
    except BaseException as gevangen:  # noqa: BLE001 - gaat ongewijzigd naar de draad van het scherm
        fout = gevangen
    del werk
    _send(brug, nummer, _Einde(fout))


def _pump(brug: _Brug, nummer: int, werk: Callable[[Stop], Iterator[Any]], stop: Stop) -> None:
    for waarde in werk(stop):
        if stop.is_gezet:
            return
        _send(brug, nummer, _Stuk(waarde))


def _send(brug: _Brug, nummer: int, bericht: object) -> None:
    try:
        brug.binnen.emit(nummer, bericht)
    except RuntimeError:  # het venster is al weg; er is niemand meer om het aan te geven
        _log.debug("bericht na sluiten vervallen")
