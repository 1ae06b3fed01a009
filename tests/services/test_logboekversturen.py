"""Het logboek gaat naar het adres van de gemeente: elke regel één keer, in volgorde, ook na storingen."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from frontoffice.central.instelling import RegisterInstelling
from frontoffice.central.logboekadres import Logboekadres
from frontoffice.domain.klant import PersoonSleutel
from frontoffice.domain.waarden import Bsn
from frontoffice.ports import Stop
from frontoffice.services.logboekversturen import Logboekverslag, Logboekverzender
from frontoffice.storage.logboekoutbox import Logboekoutbox
from frontoffice.storage.werkplek import WerkplekLogboek
from frontoffice.storage.werkplekbestand import Werkplekbestand
from tests.nep import NepKlok
from tests.storage.bouwwinkel import SLEUTEL

IEMAND = PersoonSleutel(Bsn("999990019"))


class Ontvanger(ThreadingHTTPServer):
    """Een echte server op loopback. `plan` zegt wat het volgende verzoek overkomt: ok, 500, 401 of verbreek.

    Bij "verbreek" is de reeks wel bewaard, maar ziet de verzender geen antwoord.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Deur)
        self.plan: list[str] = []
        self.rijen: dict[str, dict[str, Any]] = {}
        self.ontvangen: list[int] = []
        self.koppen: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/regels"


class _Deur(BaseHTTPRequestHandler):
    server: Ontvanger

    def do_POST(self) -> None:
        regels = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["regels"]
        self.server.koppen.append(self.headers.get("Authorization", ""))
        wat = self.server.plan.pop(0) if self.server.plan else "ok"
        if wat in ("ok", "verbreek"):
            self.server.ontvangen += [regel["volgnummer"] for regel in regels]
            for regel in regels:
                self.server.rijen.setdefault(regel["uuid"], regel)
        if wat == "verbreek":
            self.connection.close()
            return
        self.send_response(204 if wat == "ok" else int(wat))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Zwijg."""


@pytest.fixture
def ontvanger() -> Iterator[Ontvanger]:
    with Ontvanger() as server:
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        draad.start()
        yield server
        server.shutdown()
        draad.join()


class Werkplek:
    """Eén werkplek met haar logboek en een verzender."""

    def __init__(self, map_: Path, ontvanger: Ontvanger, afdruksleutel: bytes | None = None) -> None:
        self.bestand = Werkplekbestand(map_ / "werkplek.db", SLEUTEL)
        self.bestand.open()
        self.klok = NepKlok()
        self.logboek = WerkplekLogboek(
            self.bestand, self.klok, "s.bos", "Losser", werkplek=map_.name, afdruksleutel=afdruksleutel
        )
        self.adres = Logboekadres(RegisterInstelling("logboek", ontvanger.url, "bearer", lambda: "geheim-7"))
        self.outbox = Logboekoutbox(self.bestand)

    def verzender(self, houder: str = "venster", per_reeks: int = 3) -> Logboekverzender:
        return Logboekverzender(
            self.logboek, self.outbox, self.adres, self.klok, houder=houder, per_reeks=per_reeks
        )

    def send(self) -> Logboekverslag:
        return self.verzender().send(Stop())

    def note(self, aantal: int) -> None:
        for _ in range(aantal):
            self.logboek.note("klant_geopend", "vraag beantwoorden", IEMAND, herkomst="bsn")

    def close(self) -> None:
        self.adres.close()
        self.bestand.close()


@pytest.fixture
def werkplek(tmp_path: Path, ontvanger: Ontvanger) -> Iterator[Werkplek]:
    (tmp_path / "pc-1").mkdir()
    werkplek = Werkplek(tmp_path / "pc-1", ontvanger)
    yield werkplek
    werkplek.close()


def test_alle_regels_gaan_in_volgorde_en_precies_een_keer(werkplek: Werkplek, ontvanger: Ontvanger) -> None:
    werkplek.note(8)
    verslag = werkplek.send()
    assert (verslag.verstuurd, verslag.wachtend, verslag.fout) == (8, 0, None)
    assert ontvanger.ontvangen == list(range(1, 9))
    assert werkplek.send().verstuurd == 0
    werkplek.note(1)
    assert werkplek.send().verstuurd == 1
    assert ontvanger.ontvangen == list(range(1, 10))
    assert set(ontvanger.koppen) == {"Bearer geheim-7"}
    rij = next(iter(ontvanger.rijen.values()))
    assert rij["medewerker"] == "s.bos"
    assert "999990019" not in json.dumps(list(ontvanger.rijen.values()))


@pytest.mark.parametrize("storing", ["500", "401", "verbreek"])
def test_na_een_storing_gaat_het_verder_waar_het_was_en_staat_niets_dubbel(
    werkplek: Werkplek, ontvanger: Ontvanger, storing: str
) -> None:
    werkplek.note(7)
    ontvanger.plan = ["ok", storing]
    verzender = werkplek.verzender()
    mislukt = verzender.send(Stop())
    assert (mislukt.verstuurd, mislukt.wachtend) == (3, 4)
    assert mislukt.fout is not None
    assert mislukt.wachten > 0
    assert verzender.send(Stop()).wachtend == 0
    assert [rij["volgnummer"] for rij in ontvanger.rijen.values()] == list(range(1, 8))


def test_elke_mislukking_op_rij_wacht_langer_maar_nooit_langer_dan_vijf_minuten(
    werkplek: Werkplek, ontvanger: Ontvanger
) -> None:
    werkplek.note(1)
    ontvanger.plan = ["500"] * 12
    verzender = werkplek.verzender()
    wachten = [verzender.send(Stop()).wachten for _ in range(12)]
    assert 2.5 <= wachten[0] <= 5
    assert 150 <= wachten[-1] <= 300


def test_venster_en_opdrachtregel_versturen_nooit_tegelijk(werkplek: Werkplek, ontvanger: Ontvanger) -> None:
    werkplek.note(2)
    assert werkplek.outbox.acquire_lease("venster", werkplek.klok.nu(), 60)
    bezet = werkplek.verzender("opdracht").send(Stop())
    assert bezet.bezet
    assert ontvanger.ontvangen == []
    assert not werkplek.outbox.mark(2, "opdracht")
    werkplek.klok.zet_vooruit(seconds=61)
    assert werkplek.verzender("opdracht").send(Stop()).verstuurd == 2


def test_wie_zag_deze_inwoner_is_over_werkplekken_heen_een_vraag(
    tmp_path: Path, ontvanger: Ontvanger
) -> None:
    for naam in ("pc-7", "pc-8"):
        (tmp_path / naam).mkdir()
        plek = Werkplek(tmp_path / naam, ontvanger, b"een gedeeld geheim van minstens 32 tekens")
        plek.note(1)
        plek.send()
        plek.close()
    rijen = ontvanger.rijen.values()
    assert len({rij["onderwerp"] for rij in rijen}) == 1
    assert {rij["werkplek"] for rij in rijen} == {"pc-7", "pc-8"}
