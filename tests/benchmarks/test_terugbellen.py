"""De werklijst met zeshonderd open verzoeken: hoe lang tot de eerste rijen, en wat kost een scherm vol."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from frontoffice.demo.profieltekst import make_profiel
from frontoffice.demo.server import DemoServer
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Stop
from frontoffice.samenstelling import Diensten, open_diensten
from tests.benchmarks.conftest import Meetlat

AANTAL, LATENCY_MS, ZICHTBAAR = 600, 100.0, 25


@pytest.fixture
def diensten(tmp_path: Path) -> Iterator[Diensten]:
    with DemoServer(latency_ms=LATENCY_MS) as server:
        _fill(server)
        pad = tmp_path / "demo.toml"
        pad.write_text(make_profiel(server.basis, server.wereld.vandaag), encoding="utf-8")
        with open_diensten(pad, data_dir=tmp_path / "data") as diensten:
            diensten.opslag.logboek  # noqa: B018 - opent de winkel, zoals het venster dat vooraf doet
            yield diensten


def _fill(server: DemoServer) -> None:
    """Maak er precies zeshonderd open verzoeken van, elk van een ander contact."""
    bestand = cast(Any, server._apis["klantinteracties"][1]).__self__.bestand
    nu = [taak for taak in bestand.taken if taak.afgehandeld is None]
    voorbeeld = nu[-1]
    contacten = reversed(server.wereld.contacten)
    vrij = [contact for contact in contacten if not contact.taken and contact.betrokkenen]
    for nr, contact in enumerate(vrij[: AANTAL - len(nu)]):
        uuid = f"00000000-0000-4000-8000-{nr:012}"
        bestand.put_taak(
            voorbeeld._replace(
                nummer=bestand.count("internetaken"), uuid=uuid, contact=contact.nummer, gezet=contact.tijd
            )
        )


def test_zeshonderd_open_verzoeken(diensten: Diensten, meetlat: Meetlat) -> None:
    lijst = diensten.terugbellen.lijst
    eerste: list[float] = []
    for _ in range(3):
        begin = time.perf_counter()
        lijsten = lijst.load(Wiens.ALLE, Stop())
        stand = next(lijsten)
        eerste.append(time.perf_counter() - begin)
        assert len(stand.rijen) >= ZICHTBAAR
        (*_, heel) = lijsten
        alles = time.perf_counter() - begin
    assert heel.totaal == AANTAL
    begin = time.perf_counter()
    bellers = dict(lijst.load_bellers(heel.rijen[:ZICHTBAAR], Stop()))
    scherm = time.perf_counter() - begin
    assert len(bellers) == ZICHTBAAR
    begin = time.perf_counter()
    assert len(dict(lijst.load_bellers(heel.rijen[:ZICHTBAAR], Stop()))) == ZICHTBAAR
    opnieuw = time.perf_counter() - begin
    nota = f"{AANTAL} open verzoeken, {LATENCY_MS:.0f} ms per verzoek"
    koud = f"{nota}; eerste keer {eerste[0]:.2f} s"
    meetlat.hoogstens("Terugbellen: eerste rijen", sorted(eerste)[1], 1.0, "s", koud)
    meetlat.zonder_doel("Terugbellen: hele lijst", f"{alles:.2f} s", nota)
    meetlat.zonder_doel(f"Terugbellen: wie {ZICHTBAAR} rijen zijn", f"{scherm:.2f} s", "een verzoek per rij")
    meetlat.hoogstens(f"Terugbellen: dezelfde {ZICHTBAAR} rijen", opnieuw * 1000, 50, "ms", "onthouden")
