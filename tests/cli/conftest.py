"""Een demonstratieserver voor alle tests van de opdrachtregel, met twee profielen: demonstratie en echt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontoffice.demo.server import DemoServer
from frontoffice.demo.storing import REGISTERS
from tests.cli.hulp import DOELEN, GEHEIMEN
from tests.proefprofiel import make_proefprofiel


@pytest.fixture(scope="session")
def server() -> Iterator[DemoServer]:
    with DemoServer() as demo:
        yield demo


@pytest.fixture(autouse=True)
def zonder_storing(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "server" in request.fixturenames:
        demo: DemoServer = request.getfixturevalue("server")
        for register in REGISTERS:
            demo.storing(register)


@pytest.fixture
def profiel(server: DemoServer, tmp_path: Path) -> str:
    pad = tmp_path / "demo.toml"
    pad.write_text(make_proefprofiel(server.basis), encoding="utf-8")
    return str(pad)


@pytest.fixture
def echt(server: DemoServer, tmp_path: Path) -> dict[str, str]:
    """Een profiel dat geen demonstratie is, op loopback; de sleutels voor `kif(...)`."""
    pad, geheimen = tmp_path / "echt.toml", tmp_path / "geheimen.toml"
    pad.write_text(
        make_proefprofiel(server.basis).replace("demo = true", "demo = false") + DOELEN, encoding="utf-8"
    )
    geheimen.write_text(GEHEIMEN, encoding="utf-8")
    geheimen.chmod(0o600)
    return {"KIF_PROFILE": str(pad), "KIF_GEHEIMEN": str(geheimen)}


@pytest.fixture
def voorbeelden(server: DemoServer) -> dict[str, dict[str, str]]:
    return server.wereld.voorbeelden()
