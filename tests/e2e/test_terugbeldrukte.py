"""Werkplekken die tegelijk aan één terugbelverzoek werken, over HTTP tegen de demonstratieserver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from frontoffice.central.bouw import Aansluitingen, build
from frontoffice.demo.klantinteracties import TOKEN
from frontoffice.demo.server import DemoServer
from tests.central.conftest import GeheugenOpslag, make_instellingen
from tests.demo.hulp import VANDAAG
from tests.e2e.terugbeldrukte import check_niets_stil_weg, run_drukte


@pytest.fixture
def op_demo() -> Iterator[Aansluitingen]:
    with DemoServer(seed=1, vandaag=VANDAAG) as server:
        instellingen = make_instellingen(server.basis)
        instellingen["klantinteracties"] = replace(instellingen["klantinteracties"], geheim=lambda: TOKEN)
        gebouwd = build(instellingen, opslag=GeheugenOpslag())
        yield gebouwd
        gebouwd.close()


def test_vijf_werkplekken_tegelijk_overschrijven_niets_van_elkaar(op_demo: Aansluitingen) -> None:
    check_niets_stil_weg(run_drukte(op_demo, 5, 3, 5, seconden=60))
