"""Het programma als geheel aanspreken: de opdrachtregel als proces, of dezelfde opdracht in dit proces."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontoffice.cli.klant import answer
from frontoffice.cli.uitvoer import Uitvoer
from frontoffice.domain.fouten import KifFout
from frontoffice.domain.klant import Herkomst, KlantSleutel, PersoonSleutel
from frontoffice.domain.klantbeeld import Klantbeeld, Wacht
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Stop
from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling import Diensten, build
from tests.conftest import PROJECTMAP
from tests.e2e.centrale import omgeving


@dataclass(frozen=True)
class Afloop:
    """Hoe een opdracht afliep. `json` leest stdout als precies één document."""

    uitgang: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        regels = self.stdout.splitlines()
        assert len(regels) == 1, f"geen enkel document op stdout maar {len(regels)} regels"
        return json.loads(self.stdout)

    @property
    def alles(self) -> str:
        return self.stdout + self.stderr


def kif(
    *argumenten: str,
    profiel: Path | None = None,
    invoer: str | None = None,
    timeout: float = 60,
    **extra: str,
) -> Afloop:
    """Draai `kif …` als eigen proces, precies zoals de starter dat doet."""
    opdracht = [sys.executable, "-P", "-m", "ui", *argumenten]
    if profiel is not None:
        opdracht += ["--profile", str(profiel)]
    klaar = subprocess.run(
        opdracht,
        input=(invoer or "").encode(),
        capture_output=True,
        env=omgeving(**extra),
        timeout=timeout,
        cwd=PROJECTMAP.parent,
        check=False,
    )
    return Afloop(klaar.returncode, klaar.stdout.decode("utf-8"), klaar.stderr.decode("utf-8"))


@contextmanager
def diensten(profiel: Path, data_map: Path) -> Iterator[Diensten]:
    """De echte services voor dit profiel, met `data_map` als werkplek (daar staat de catalogus)."""
    data_map.mkdir(parents=True, exist_ok=True)
    gebouwd = build(load_profiel(profiel), data_dir=data_map)
    try:
        yield gebouwd
    finally:
        gebouwd.close()


def opdracht(vraag: str, gebouwd: Diensten, *, als_json: bool = True) -> Afloop:
    """`kif klant VRAAG` in dit proces: dezelfde functie als de opdrachtregel, zonder nieuw Python."""
    uit, fout = io.StringIO(), io.StringIO()
    uitvoer = Uitvoer(als_json=als_json, stdout=uit, stderr=fout)
    try:
        uitgang = answer(vraag, gebouwd, uitvoer, gebouwd.data_dir)
    except KifFout as gemeld:
        uitgang = uitvoer.fout(gemeld)
    return Afloop(uitgang, uit.getvalue(), fout.getvalue())


@dataclass(frozen=True)
class Verloop:
    """Een geladen klantbeeld, en na hoeveel seconden elk onderdeel klaar was (of mislukt)."""

    beeld: Klantbeeld
    seconden: dict[str, float]


def laad(gebouwd: Diensten, sleutel: KlantSleutel | str, herkomst: Herkomst = Herkomst.BSN) -> Verloop:
    """Laad een eerste beeld en houd bij wanneer elk onderdeel er was."""
    if isinstance(sleutel, str):
        sleutel = PersoonSleutel(Bsn(sleutel))
    begin = time.perf_counter()
    beeld = gebouwd.klantbeeld.begin(sleutel, herkomst)
    seconden: dict[str, float] = {}
    for verandering in gebouwd.klantbeeld.load(beeld, Stop()):
        beeld = verandering(beeld)
        for naam, deel in beeld.onderdelen.items():
            if not isinstance(deel, Wacht):
                seconden.setdefault(naam, time.perf_counter() - begin)
    return Verloop(beeld, seconden)


def warm_catalogus(gebouwd: Diensten) -> None:
    """Haal de catalogus op, zodat een volgende klant warm begint."""
    from frontoffice.ports import Aanroep

    gebouwd.registers.zaken.load_catalogus(Aanroep.van(10))
