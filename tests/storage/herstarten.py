"""Boeken terwijl PostgreSQL steeds wegvalt: elke boeker vraagt na wat er van zijn verzoek kwam."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from frontoffice.agendapoort import AgendaBezet, AgendaOnbereikbaar
from frontoffice.storage.agenda import AgendaDatabase
from frontoffice.storage.instelling import PostgresInstelling
from tests.storage.postgres import PostgresProces
from tests.storage.wedloop import Aanvraag, book

_HOOGSTE_WACHT = 60.0


@dataclass
class Verslag:
    """`ja` en `nee`: wat de boekers te horen kregen. `onzeker`: hoe vaak de afloop eerst onbekend was."""

    ja: set[str] = field(default_factory=set)
    nee: set[str] = field(default_factory=set)
    onzeker: int = 0
    weg: int = 0
    fouten: list[str] = field(default_factory=list)


def book_through(
    server: PostgresProces,
    instelling: PostgresInstelling,
    aanvragen: Sequence[Aanvraag],
    *,
    herstarts: int,
    boekers: int,
) -> Verslag:
    """Doe alle aanvragen met zo veel boekers tegelijk, met zo veel harde herstarts ertussen."""
    werk: queue.SimpleQueue[Aanvraag] = queue.SimpleQueue()
    for aanvraag in aanvragen:
        werk.put(aanvraag)
    verslag, slot = Verslag(), threading.Lock()

    def turn() -> None:
        agenda = AgendaDatabase(instelling)
        with suppress(queue.Empty):
            while True:
                _one(agenda, werk.get_nowait(), verslag, slot)
        agenda.close()

    draden = [threading.Thread(target=turn) for _ in range(boekers)]
    for draad in draden:
        draad.start()
    for nummer in range(1, herstarts + 1):
        # Eerlijk over het werk verdeeld, en nooit meer als alles al gedaan is.
        doel = len(aanvragen) * nummer // (herstarts + 1)
        while len(verslag.ja) + len(verslag.nee) < doel and any(draad.is_alive() for draad in draden):
            time.sleep(0.005)
        server.restart()
    for draad in draden:
        draad.join()
    return verslag


def _one(agenda: AgendaDatabase, aanvraag: Aanvraag, verslag: Verslag, slot: threading.Lock) -> None:
    """Eén boeking, met hetzelfde verzoek tot er een antwoord is."""
    verzoek = str(uuid.uuid4())
    einde = time.monotonic() + _HOOGSTE_WACHT
    while time.monotonic() < einde:
        try:
            antwoord = agenda.find_verzoek(verzoek) or {"geboekt": book(agenda, aanvraag, verzoek)}
        except AgendaOnbereikbaar as fout:
            with slot:
                verslag.onzeker += fout.code == "agenda_onzeker"
                verslag.weg += 1
            time.sleep(0.05)
        except AgendaBezet:
            time.sleep(0.05)
        except Exception as fout:  # noqa: BLE001 - elke andere fout telt
            with slot:
                verslag.fouten.append(type(fout).__name__)
            return
        else:
            with slot:
                (verslag.ja if antwoord["geboekt"] else verslag.nee).add(aanvraag.id)
            return
    with slot:
        verslag.fouten.append("geen antwoord")
