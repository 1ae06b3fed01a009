"""Bouwt het programma zonder scherm uit een nagekeken profiel: aansluitingen, services, logboek, klok.

De enige plek die de adapters kent. Wat zwaar is (requests, msgspec, keyring, de demonstratie) laadt pas als
het nodig is, zodat het venster er eerder staat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontoffice.profiel.lezen import load_profiel
from frontoffice.samenstelling.aansluiten import Registers
from frontoffice.samenstelling.demonstratie import list_voorbeelden, serve_demo, start_demo
from frontoffice.samenstelling.diensten import Diensten
from frontoffice.samenstelling.opbouw import build

__all__ = ["Diensten", "Registers", "build", "open_diensten", "serve_demo", "start_demo"]


@contextmanager
def open_diensten(pad: Path | None, *, data_dir: Path | None = None) -> Iterator[Diensten]:
    """De diensten van een profiel, of zonder pad die van de ingebouwde demonstratie in een eigen proces.

    Raises ProfielFout of Geweigerd.
    """
    if pad is None:
        with start_demo() as demo, open_diensten(demo.profiel_pad, data_dir=data_dir) as diensten:
            diensten.voorbeelden = list_voorbeelden(demo)
            yield diensten
        return
    diensten = build(load_profiel(pad), data_dir=data_dir)
    try:
        yield diensten
    finally:
        diensten.close()
