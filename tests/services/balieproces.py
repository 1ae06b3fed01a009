"""Zes balies, elk een eigen langlevend proces met eigen verbindingen. Los te starten: zie `__main__`.

De starter leest één opdracht per regel (JSON), geeft elke balie haar deel tegelijk, en antwoordt als ze
allemaal klaar zijn. Zo drukken balies echt op hetzelfde moment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from frontoffice.agendapoort import AgendaFout, Wie
from frontoffice.domain.fouten import Geweigerd
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling
from tests.storage.wedloop import read_doel, to_doel

_PROJECT = Path(__file__).resolve().parents[2]
_POGINGEN = 100


class Balieprocessen:
    """De balies van één avond; `run` laat er een of meer tegelijk iets doen."""

    def __init__(self, instelling: Instelling, balies: Sequence[str]) -> None:
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "tests.services.balieproces"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_PROJECT,
            env=os.environ | {"PYTHONPATH": str(_PROJECT)},
        )
        self._ask({"doel": to_doel(instelling), "balies": list(balies)})

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
        """Per balie `{"doe": methode, "met": argumenten}` → `{"id": …}` of `{"fout": code}`."""
        return self._ask(per_balie)

    def _ask(self, opdracht: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.write(json.dumps(opdracht) + "\n")
        self._proces.stdin.flush()
        regel = self._proces.stdout.readline()
        assert regel, "de balies zijn gestopt"
        antwoord: dict[str, dict[str, Any]] = json.loads(regel)
        return antwoord


def act(dienst: Vanavonddienst, doe: str, met: Mapping[str, Any]) -> dict[str, Any]:
    """Eén stap van een balie; wie geen verbinding heeft, probeert hetzelfde verzoek nog eens."""
    for _ in range(_POGINGEN):
        try:
            bezoek = getattr(dienst, doe)(**met)
        except Geweigerd as fout:
            return {"fout": fout.code}
        except AgendaFout as fout:
            if not fout.opnieuw_helpt:
                return {"fout": fout.code}
            time.sleep(0.05)
            continue
        return {"id": None if bezoek is None else bezoek.id}
    return {"fout": "geen verbinding"}


def _desk(doel: dict[str, Any], balie: str, lees: int, schrijf: int) -> None:
    agenda = AgendaDatabase(read_doel(doel))
    dienst = Vanavonddienst(agenda, Wie(f"m{balie}", balie))
    with os.fdopen(lees) as vragen, os.fdopen(schrijf, "w") as antwoorden:
        for regel in vragen:
            opdracht = json.loads(regel)
            antwoorden.write(json.dumps(act(dienst, opdracht["doe"], opdracht["met"])) + "\n")
            antwoorden.flush()
    agenda.close()


def _fork(doel: dict[str, Any], balie: str, eerder: Sequence[Any]) -> tuple[Any, Any]:
    """Een kind met eigen pijpen; alles is al geladen, dus dit kost bijna niets."""
    vraag_lees, vraag_schrijf = os.pipe()
    antwoord_lees, antwoord_schrijf = os.pipe()
    if os.fork() == 0:
        for pijpen in eerder:
            for pijp in pijpen:
                os.close(pijp.fileno())
        os.close(vraag_schrijf)
        os.close(antwoord_lees)
        _desk(doel, balie, vraag_lees, antwoord_schrijf)
        os._exit(0)
    os.close(vraag_lees)
    os.close(antwoord_schrijf)
    return os.fdopen(vraag_schrijf, "w"), os.fdopen(antwoord_lees)


def main() -> None:
    begin = json.loads(sys.stdin.readline())
    pijpen: dict[str, tuple[Any, Any]] = {}
    for balie in begin["balies"]:
        pijpen[balie] = _fork(begin["doel"], balie, list(pijpen.values()))
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
