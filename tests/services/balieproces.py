"""De balies van een gespeelde avond, elk een werkplek met een eigen lijn naar de agenda.

In dit proces om de beurt (`Samen`), of elk een eigen langlevend proces (`Balieprocessen`): de starter leest
één opdracht per regel (JSON), geeft elke balie haar deel tegelijk, en antwoordt als ze allemaal klaar zijn.
Zo drukken balies echt op hetzelfde moment. Los te starten: zie `__main__`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from frontoffice.agendapoort import AgendaFout
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import dag_van
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.services.bouwlijn import Plek
from tests.storage.wedloop import read_doel, to_doel

_PROJECT = Path(__file__).resolve().parents[2]
KIJK = "kijk"
"""Geen stap: kijk wie deze balie ziet staan, en voer door wat hier genoteerd staat."""


class Simklok:
    """De klok van een pc in een gespeelde avond: staat stil tot `zet`."""

    def __init__(self, nu: datetime) -> None:
        self._nu = nu

    def zet(self, nu: datetime) -> None:
        self._nu = nu

    def nu(self) -> datetime:
        return self._nu

    def vandaag(self) -> date:
        return dag_van(self._nu)

    def verlopen(self) -> float:
        return self._nu.timestamp()


class Werkplek:
    """Een `Plek` die opdrachten uitvoert: `{"om", "doe", "met"}` → `{"id": …}` of `{"fout": code}`."""

    def __init__(self, instelling: Instelling, map_: Path, naam: str, nu: datetime) -> None:
        self.klok = Simklok(nu)
        self._agenda = AgendaDatabase(instelling)
        self.plek = Plek(self._agenda, map_ / f"{naam}.db", self.klok, naam)  # type: ignore[arg-type]  # een klok

    def act(self, opdracht: Mapping[str, Any]) -> dict[str, Any]:
        self.klok.zet(datetime.fromisoformat(opdracht["om"]))
        lijn = self.plek.lijn
        try:
            if opdracht["doe"] == KIJK:
                stand = lijn.load_stand()
                assert stand is not None
                beurt = lijn.next_for(stand, opdracht["met"]["balie"])
                weg = lijn.stand_van is not None or lijn.te_versturen > 0
                return {"id": None if beurt is None else beurt.bezoek.id, "weg": weg}
            bezoek = getattr(lijn, opdracht["doe"])(**opdracht["met"])
        except (Geweigerd, AgendaFout) as fout:
            return {"fout": fout.code}
        return {"id": None if bezoek is None else bezoek.id}

    def close(self) -> None:
        self.plek.close()
        self._agenda.close()


class Balies(Protocol):
    def run(self, per_balie: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]: ...
    def lose(self, weg: bool) -> None:
        """De lijn naar de agenda is weg, of er weer; bij processen valt de server zelf weg."""


class Samen:
    """Alle balies in dit proces, elk met eigen verbindingen; om de beurt."""

    def __init__(
        self, instelling: Instelling, map_: Path, balies: Sequence[str], nu: datetime, open_: ExitStack
    ) -> None:
        self._plek: dict[str, Werkplek] = {}
        for balie in balies:
            self._plek[balie] = Werkplek(instelling, map_, balie, nu)
            open_.callback(self._plek[balie].close)

    def run(self, per_balie: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        return {balie: self._plek[balie].act(opdracht) for balie, opdracht in per_balie.items()}

    def lose(self, weg: bool) -> None:
        for werkplek in self._plek.values():
            werkplek.plek.draad.is_weg = weg


class Balieprocessen:
    """Elke balie een eigen proces; `run` laat er een of meer tegelijk iets doen."""

    def __init__(self, instelling: Instelling, map_: Path, balies: Sequence[str], nu: datetime) -> None:
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "tests.services.balieproces"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_PROJECT,
            env=os.environ | {"PYTHONPATH": str(_PROJECT)},
        )
        doel = to_doel(instelling)
        self._ask({"doel": doel, "map": str(map_), "balies": list(balies), "nu": nu.isoformat()})

    def __enter__(self) -> Balieprocessen:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.close()
        self._proces.wait(timeout=30)
        self._proces.stdout.close()

    def run(self, per_balie: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        return self._ask(per_balie)

    def lose(self, weg: bool) -> None:
        """De server is zelf weg."""

    def _ask(self, opdracht: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.write(json.dumps(opdracht) + "\n")
        self._proces.stdin.flush()
        regel = self._proces.stdout.readline()
        assert regel, "de balies zijn gestopt"
        antwoord: dict[str, dict[str, Any]] = json.loads(regel)
        return antwoord


def _desk(begin: Mapping[str, Any], balie: str, lees: int, schrijf: int) -> None:
    nu = datetime.fromisoformat(begin["nu"])
    werkplek = Werkplek(read_doel(begin["doel"]), Path(begin["map"]), balie, nu)
    with os.fdopen(lees) as vragen, os.fdopen(schrijf, "w") as antwoorden:
        for regel in vragen:
            antwoorden.write(json.dumps(werkplek.act(json.loads(regel))) + "\n")
            antwoorden.flush()
    werkplek.close()


def _fork(begin: Mapping[str, Any], balie: str, eerder: Sequence[Any]) -> tuple[Any, Any]:
    """Een kind met eigen pijpen; alles is al geladen, dus dit kost bijna niets."""
    vraag_lees, vraag_schrijf = os.pipe()
    antwoord_lees, antwoord_schrijf = os.pipe()
    if os.fork() == 0:
        for pijpen in eerder:
            for pijp in pijpen:
                os.close(pijp.fileno())
        os.close(vraag_schrijf)
        os.close(antwoord_lees)
        _desk(begin, balie, vraag_lees, antwoord_schrijf)
        os._exit(0)
    os.close(vraag_lees)
    os.close(antwoord_schrijf)
    return os.fdopen(vraag_schrijf, "w"), os.fdopen(antwoord_lees)


def main() -> None:
    begin = json.loads(sys.stdin.readline())
    pijpen: dict[str, tuple[Any, Any]] = {}
    for balie in begin["balies"]:
        pijpen[balie] = _fork(begin, balie, list(pijpen.values()))
    print("{}", flush=True)
    for regel in sys.stdin:
        opdrachten = json.loads(regel)
        for balie, opdracht in opdrachten.items():
            pijpen[balie][0].write(json.dumps(opdracht) + "\n")
            pijpen[balie][0].flush()
        print(json.dumps({b: json.loads(pijpen[b][1].readline()) for b in opdrachten}), flush=True)
    for vraag, _ in pijpen.values():
        vraag.close()
    for _ in pijpen:
        os.wait()


if __name__ == "__main__":
    main()
