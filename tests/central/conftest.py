"""De proefserver en de aansluitingen erop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontoffice.central.bouw import Aansluitingen, build
from frontoffice.central.http import Lijnen, Verbinding
from frontoffice.central.instelling import RegisterInstelling
from frontoffice.ports import Aanroep
from tests.central.proefserver import Proefserver

GEHEIM = "geheim-geheim-geheim-geheim-geheim-geheim"
DOELEN = {
    "RaadpleegMetBurgerservicenummer": {"x-doelbinding": "BRPACT-Totaal"},
    "ZoekMetGeslachtsnaamEnGeboortedatum": {"x-doelbinding": "BRPACT-ZoekenAlgemeen"},
    "ZoekMetPostcodeEnHuisnummer": {"x-doelbinding": "BRPACT-ZoekenAlgemeen"},
}


class GeheugenOpslag:
    """Een voorraad in het geheugen."""

    def __init__(self) -> None:
        self.inhoud: dict[str, bytes] = {}

    def get(self, sleutel: str) -> bytes | None:
        return self.inhoud.get(sleutel)

    def set(self, sleutel: str, inhoud: bytes) -> None:
        self.inhoud[sleutel] = inhoud


def make_instellingen(basis: str, ca_bundel: Path | None = None) -> dict[str, RegisterInstelling]:
    """Alle registers achter één adres, met de gewone paden."""

    def één(naam: str, pad: str, login: str, header: str = "X-API-KEY") -> RegisterInstelling:
        return RegisterInstelling(
            naam,
            basis + pad,
            login,
            lambda: GEHEIM,
            header,
            client_id="kif",
            gebruiker_id="s.bos",
            gebruiker_naam="S. Bos",
            ca_bundel=ca_bundel,
        )

    return {
        "klantinteracties": één("klantinteracties", "/klantinteracties/api/v1", "token"),
        "zaken": één("zaken", "/zaken/api/v1", "jwt"),
        "catalogi": één("catalogi", "/catalogi/api/v1", "jwt"),
        "documenten": één("documenten", "/documenten/api/v1", "jwt"),
        "brp": één("brp", "/brp", "apikey"),
        "kvk": één("kvk", "/kvk", "apikey", "apikey"),
    }


@pytest.fixture
def server() -> Iterator[Proefserver]:
    proef = Proefserver()
    yield proef
    proef.close()


@pytest.fixture
def opslag() -> GeheugenOpslag:
    return GeheugenOpslag()


@pytest.fixture
def aansluitingen(server: Proefserver, opslag: GeheugenOpslag) -> Iterator[Aansluitingen]:
    gebouwd = build(make_instellingen(server.basis), doelen=DOELEN, opslag=opslag)
    yield gebouwd
    gebouwd.close()


@pytest.fixture
def verbinding(server: Proefserver) -> Iterator[Verbinding]:
    lijnen = Lijnen()
    yield Verbinding(make_instellingen(server.basis)["zaken"], lijnen)
    lijnen.close()


@pytest.fixture
def aanroep() -> Aanroep:
    return Aanroep.van(10)
