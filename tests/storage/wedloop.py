"""Honderd boekers tegelijk, elk een eigen proces, op één agenda. Ook los te starten: zie `__main__`.

Elke poging komt onder het slot in de geschiedenis te staan; dat is de volgorde waarin ze aan de beurt kwamen.
Daarmee is na te gaan of dezelfde aankomsten één voor één precies hetzelfde hadden gegeven.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from frontoffice.agenda.afspraak import Afspraak, Contactgegevens, Kanaal, Toestand
from frontoffice.agenda.boeken import decide
from frontoffice.agenda.indelen import Toewijzing
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import plan_wens
from frontoffice.agendapoort import AgendaBezet, AgendaTransactie, Gebeurtenis, Wie
from frontoffice.domain.taal import dag_van
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import Instelling, PostgresInstelling, SqliteInstelling

_PROJECT = Path(__file__).resolve().parents[2]
_BOEKER = Wie("boeker")
_POGINGEN = 3


@dataclass(frozen=True)
class Aanvraag:
    """Wat één boeker wil. `begin` ISO 8601."""

    id: str
    product: str
    begin: str


@dataclass(frozen=True)
class Uitkomst:
    """`fout` is leeg, of wat de gebruiker aan fout te zien kreeg."""

    id: str
    geboekt: bool
    ms: float
    fout: str = ""


def book(agenda: AgendaDatabase, aanvraag: Aanvraag, verzoek: str = "") -> bool:
    """Eén boeking met de echte planner. Hetzelfde verzoek geeft hetzelfde antwoord."""
    begin = datetime.fromisoformat(aanvraag.begin)
    with agenda.lock([dag_van(begin)]) as tx:
        if verzoek and (eerder := tx.load_verzoek(verzoek, "")) is not None:
            return bool(eerder["geboekt"])
        geboekt = _decide(tx, aanvraag, begin)
        tx.note(
            Gebeurtenis(tx.nu, _BOEKER, "poging", "wedloop", None, {}, {"id": aanvraag.id, "ja": geboekt})
        )
        if verzoek:
            tx.note_verzoek(verzoek, "", {"geboekt": geboekt, "id": aanvraag.id})
        return geboekt


def _decide(tx: AgendaTransactie, aanvraag: Aanvraag, begin: datetime) -> bool:
    dag = dag_van(begin)
    inrichting, _ = tx.load_inrichting()
    kalender = Kalender(inrichting)
    wens = Wens((Wensregel(aanvraag.product),), overrulen=True)
    plan = plan_wens(inrichting, wens, dag)
    avond = build_avond(inrichting, kalender, dag, tx.load_avond(dag).inhoud)
    uit = decide(inrichting, kalender, avond, plan, begin, wens, tx.nu)
    if not isinstance(uit, Toewijzing):
        return False
    tx.move_balies(dag, uit.verhuizingen)
    afspraak = Afspraak(
        id=aanvraag.id,
        nummer=tx.next_nummer(dag.year),
        code=tx.next_code(),
        datum=dag,
        begin=begin,
        eind=begin + timedelta(minutes=plan.minuten),
        buffer=0,
        balie=uit.balie,
        toestand=Toestand.BEVESTIGD,
        regels=plan.regels,
        eisen=plan.eisen,
        klant=Contactgegevens("Boeker", geen_contact=True),
        kanaal=Kanaal.TELEFOON,
    )
    tx.add_afspraak(afspraak, _BOEKER)
    return True


def load_volgorde(agenda: AgendaDatabase) -> list[tuple[str, bool]]:
    """In welke volgorde de boekers aan de beurt kwamen, en wie er een plek kreeg."""
    return [(regel.na["id"], regel.na["ja"]) for regel in agenda.load_gebeurtenissen("wedloop")]


def race(instelling: Instelling, aanvragen: Sequence[Aanvraag]) -> list[Uitkomst]:
    """Laat alle aanvragen tegelijk los, elk in een eigen proces. Raises AssertionError als dat niet lukt."""
    opdracht = {"doel": to_doel(instelling), "aanvragen": [asdict(aanvraag) for aanvraag in aanvragen]}
    klaar = subprocess.run(
        [sys.executable, "-m", "tests.storage.wedloop"],
        input=json.dumps(opdracht),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=_PROJECT,
        env=os.environ | {"PYTHONPATH": str(_PROJECT)},
    )
    assert klaar.returncode == 0, klaar.stderr[-2000:]
    assert not klaar.stderr, klaar.stderr[-2000:]
    return [Uitkomst(**rij) for rij in json.loads(klaar.stdout)]


def to_doel(instelling: Instelling) -> dict[str, Any]:
    """Om aan een ander proces te geven; zie `read_doel`."""
    if isinstance(instelling, SqliteInstelling):
        return {"pad": str(instelling.pad), "sleutel": instelling.sleutel()}
    namen = ("host", "naam", "gebruiker", "poort", "sslmode")
    return {naam: getattr(instelling, naam) for naam in namen}


def read_doel(doel: dict[str, Any]) -> Instelling:
    if "pad" in doel:
        return SqliteInstelling(Path(doel["pad"]), lambda: str(doel["sleutel"]))
    return PostgresInstelling(**doel)


def mixed(aantal: int, seed: int, begin: datetime) -> list[Aanvraag]:
    """Verschillende lengten op verschillende tijden van één avond van drie uur."""
    willekeur = random.Random(seed)
    return [
        Aanvraag(
            f"m{nummer}",
            willekeur.choice(("a10", "a15", "a20", "a30", "a45")),
            (begin + timedelta(minutes=5 * willekeur.randrange(27))).isoformat(),
        )
        for nummer in range(aantal)
    ]


# --- het proces dat de boekers start


class _Terug(Exception):
    """Draait een proefboeking terug."""


def _run(agenda: AgendaDatabase, aanvraag: Aanvraag, start: Any, uit: Any) -> None:
    agenda.load_avonden([dag_van(datetime.fromisoformat(aanvraag.begin))])  # een werkplek is al verbonden
    start.wait()
    begin = time.monotonic()
    geboekt, fout = False, ""
    verzoek = str(uuid.uuid4())
    for poging in itertools.count(1):
        try:
            geboekt = book(agenda, aanvraag, verzoek)
        except AgendaBezet as bezet:
            if poging < _POGINGEN:
                time.sleep(random.uniform(0.05, 0.2) * poging)
                continue
            fout = bezet.code
        except Exception as anders:  # noqa: BLE001 - elke fout telt, welke ook
            fout = type(anders).__name__
        break
    uit.put(asdict(Uitkomst(aanvraag.id, geboekt, (time.monotonic() - begin) * 1000, fout)))
    agenda.close()


def _main() -> None:
    """Maakt alles één keer warm en splitst zich dan: zo staan honderd werkplekken meteen klaar."""
    opdracht = json.load(sys.stdin)
    aanvragen = [Aanvraag(**aanvraag) for aanvraag in opdracht["aanvragen"]]
    instelling = read_doel(opdracht["doel"])
    agenda = AgendaDatabase(instelling)
    begin = datetime.fromisoformat(aanvragen[0].begin)
    with contextlib.suppress(_Terug), agenda.lock([dag_van(begin)]) as tx:
        _decide(tx, aanvragen[0], begin)
        raise _Terug
    agenda.close()  # geen verbinding gaat mee naar een ander proces
    boom = multiprocessing.get_context("fork")
    start, uit = boom.Barrier(len(aanvragen)), boom.SimpleQueue()
    processen = [boom.Process(target=_run, args=(agenda, wie, start, uit)) for wie in aanvragen]
    for proces in processen:
        proces.start()
    uitkomsten = [uit.get() for _ in processen]
    for proces in processen:
        proces.join()
    json.dump(uitkomsten, sys.stdout)


if __name__ == "__main__":
    _main()
