"""Eén demoserver voor alle tests die er alleen naar vragen, en een losse voor tests die eraan draaien."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frontoffice.demo.server import DemoServer
from tests.demo.hulp import VANDAAG, Beller


@pytest.fixture(scope="session")
def demo() -> Iterator[Beller]:
    with DemoServer(seed=1, vandaag=VANDAAG) as server:
        beller = Beller(server)
        yield beller
        beller.sessie.close()


@pytest.fixture
def losse_demo() -> Iterator[Beller]:
    with DemoServer(seed=1, vandaag=VANDAAG) as server:
        beller = Beller(server)
        yield beller
        beller.sessie.close()
