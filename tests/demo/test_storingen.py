"""De server zelf: keep-alive, storingen, verzoekenlog en stoppen."""

from __future__ import annotations

import json
import socket
import threading
import time
import zlib
from contextlib import closing

import pytest
import requests

from frontoffice.demo.server import DemoServer
from frontoffice.demo.storing import SOORTEN, parse_per_register, parse_storing
from tests.demo.hulp import INP_BSN, OK, VANDAAG, Beller

TOKEN = {"Authorization": "Token demo-klantinteracties"}


def test_veel_verzoeken_gaan_over_een_verbinding_die_niet_op_nagle_wacht(losse_demo: Beller) -> None:
    for _ in range(20):
        assert losse_demo.klant("actoren", pageSize=1).status_code == 200
    # Met Nagle en uitgestelde bevestigingen kost elk verzoek 40 ms.
    (verbinding,) = losse_demo.server._luisteraar.verbindingen.values()
    assert verbinding.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("storing", ["html", "truncated", "nesting", "fout:503"])
def test_een_storing_geldt_alleen_voor_haar_register(losse_demo: Beller, storing: str) -> None:
    losse_demo.server.storing("klantinteracties", storing)
    stuk = losse_demo.klant("actoren")
    assert losse_demo.zaak("/catalogi/api/v1/zaaktypen").status_code == 200
    if storing == "fout:503":
        assert (stuk.status_code, stuk.json()["status"]) == (503, 503)
    elif storing == "html":
        assert (stuk.status_code, stuk.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    elif storing == "truncated":
        with pytest.raises(requests.JSONDecodeError):
            stuk.json()
    else:
        assert stuk.content.count(b"[") > 50_000
    losse_demo.server.storing("klantinteracties")
    assert losse_demo.klant("actoren").json()["count"] > 20


def test_de_gzipbom_is_klein_op_de_lijn(losse_demo: Beller) -> None:
    losse_demo.server.storing("klantinteracties", "bom-gzip")
    # Niet uitpakken: dat is nu juist wat hij wil.
    with requests.get(
        losse_demo.server.basis + f"{OK}/actoren", headers=TOKEN, timeout=30, stream=True
    ) as antwoord:
        ruw = antwoord.raw.read(decode_content=False)
    assert antwoord.headers["Content-Encoding"] == "gzip"
    assert len(ruw) == int(antwoord.headers["Content-Length"]) < 4 << 20


def test_traag_en_latentie_tellen_op(losse_demo: Beller) -> None:
    losse_demo.server.storing("kvk", "slow:0.2")
    losse_demo.server.latency_ms = 100
    start = time.perf_counter()
    losse_demo.kvk("v2/zoeken", plaats="Losser")
    assert time.perf_counter() - start >= 0.3
    start = time.perf_counter()
    losse_demo.klant("actoren")
    assert time.perf_counter() - start >= 0.1


def test_hangen_duurt_tot_de_client_ophoudt_en_houdt_anderen_niet_op(losse_demo: Beller) -> None:
    losse_demo.server.storing("brp", "hang")
    with pytest.raises(requests.ReadTimeout):
        requests.post(losse_demo.server.basis + "/brp/personen", json={}, timeout=0.4)
    assert losse_demo.klant("actoren").status_code == 200


@pytest.mark.parametrize("storing", ["weiger", "afgebroken"])
def test_een_verbroken_verbinding_is_een_verbindingsfout(losse_demo: Beller, storing: str) -> None:
    losse_demo.server.storing("klantinteracties", storing)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        losse_demo.klant("actoren")


def test_een_druppelende_server_stuurt_steeds_iets_maar_komt_nooit_klaar(losse_demo: Beller) -> None:
    losse_demo.server.storing("klantinteracties", "druppel")
    antwoord = requests.get(losse_demo.server.basis + f"{OK}/actoren", headers=TOKEN, timeout=30, stream=True)
    with closing(antwoord):
        stukken = antwoord.iter_content(1)
        assert b"".join(next(stukken) for _ in range(3)) == b'{"c'


def test_genegeerde_filters_geven_ieders_zaken_en_contacten(losse_demo: Beller) -> None:
    for register in ("zaken", "klantinteracties"):
        losse_demo.server.storing(register, "filter-genegeerd")
    data = losse_demo.zoek({INP_BSN: losse_demo.persoon("gewoon").bsn, "expand": ["rollen"]}).json()
    bsns = {
        r["betrokkeneIdentificatie"].get("inpBsn") for z in data["results"] for r in z["_expand"]["rollen"]
    }
    assert len(bsns) > 10
    vraag = {"hadBetrokkene__wasPartij__uuid": losse_demo.partij_uuid("geen")}
    assert losse_demo.klant("klantcontacten", **vraag).json()["count"] > 2000


def test_next_kan_naar_elders_of_in_een_kring_wijzen(losse_demo: Beller) -> None:
    losse_demo.server.storing("klantinteracties", "elders")
    assert losse_demo.klant("actoren").json()["next"] == "http://127.0.0.2:9/elders?page=2"
    losse_demo.server.storing("klantinteracties", "lus")
    assert (
        losse_demo.klant("actoren", pageSize=5).json()["next"]
        == f"{losse_demo.server.basis}{OK}/actoren?pageSize=5"
    )


def test_het_log_kent_pad_en_namen_maar_geen_waarden(losse_demo: Beller) -> None:
    bsn = losse_demo.persoon("gewoon").bsn
    losse_demo.klant("partijen", partijIdentificator__objectId=bsn)
    losse_demo.zoek({INP_BSN: bsn})
    log = losse_demo.server.log
    assert [(r.register, r.methode, r.status) for r in log] == [
        ("klantinteracties", "GET", 200),
        ("zaken", "POST", 200),
    ]
    assert log[0].parameters == ("partijIdentificator__objectId",)
    assert bsn not in repr(log)
    losse_demo.server.clear_log()
    assert losse_demo.server.log == []


def test_stoppen_sluit_poort_en_hangende_verbindingen_meteen() -> None:
    server = DemoServer(seed=1, vandaag=VANDAAG, storingen={"kvk": "hang"}).start()
    fouten: list[str] = []

    def bel() -> None:
        try:
            requests.get(f"{server.basis}/kvk/v2/zoeken?naam=x", timeout=60)
        except requests.ConnectionError as fout:
            fouten.append(type(fout).__name__)

    draad = threading.Thread(target=bel)
    draad.start()
    while not server._luisteraar.verbindingen:
        time.sleep(0.01)
    start = time.perf_counter()
    server.stop()
    draad.join(30)
    assert time.perf_counter() - start < 15  # wie belt, heeft een minuut geduld
    assert fouten
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", server.port), timeout=0.5)


def test_een_onbegrijpelijke_kop_of_lengte_legt_de_server_niet_plat(losse_demo: Beller) -> None:
    for ruw in (
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"\x00\xff\r\n\r\n",
        b"POST /kvk HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
    ):
        with closing(socket.create_connection(("127.0.0.1", losse_demo.server.port))) as lijn:
            lijn.sendall(ruw)
            lijn.settimeout(30)
            assert lijn.recv(100)
    assert losse_demo.klant("actoren").status_code == 200


def test_gelijktijdige_vragen_aan_een_verse_wereld_geven_hetzelfde(losse_demo: Beller) -> None:
    antwoorden: list[bytes] = []

    def bel() -> None:
        antwoorden.append(
            requests.get(f"{losse_demo.server.basis}{OK}/klantcontacten", headers=TOKEN, timeout=60).content
        )

    draden = [threading.Thread(target=bel) for _ in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(antwoorden) == 6
    assert len(set(antwoorden)) == 1


def test_twee_servers_met_dezelfde_seed_en_dag_geven_dezelfde_bytes(demo: Beller, losse_demo: Beller) -> None:
    koppen = {"Host": "zelfde.voorbeeld", **TOKEN}
    paden = [
        f"{OK}/klantcontacten?expand=hadBetrokkenen,leiddeTotInterneTaken",
        f"{OK}/partijen?naam=x",
        f"{OK}/internetaken",
    ]
    for pad in paden:
        een, twee = (b.vraag("GET", pad, headers=koppen).content for b in (demo, losse_demo))
        assert een == twee


def test_storingen_worden_gelezen_en_onzin_geweigerd() -> None:
    assert parse_storing("slow:2.5").waarde == 2.5
    assert parse_storing("fout").waarde == 500
    assert parse_storing("geen").soort == ""
    assert parse_per_register(["zaken=hang", "brp=slow:1"]) == {"zaken": "hang", "brp": "slow:1"}
    for onzin in ("zaken", "onbekend=hang", "zaken=boem", "zaken=fout:200", "zaken=slow:x"):
        with pytest.raises(ValueError):
            parse_per_register([onzin])
    assert set(SOORTEN) >= {"slow", "fout", "html", "truncated", "hang", "bom-gzip", "nesting", "weiger"}


def test_de_bom_pakt_uit_tot_geldig_begin_van_json() -> None:
    from frontoffice.demo.storing import _bom

    uitpakker = zlib.decompressobj(31)
    begin = uitpakker.decompress(_bom(), 1000)
    assert begin.startswith(b'{"count":1,')
    assert len(_bom()) < 4 << 20
    with pytest.raises(json.JSONDecodeError):
        json.loads(begin)
