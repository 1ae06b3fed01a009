"""De ingebouwde centrale API: alle registers achter één poort op loopback.

Draait in een eigen draad (`with DemoServer(...) as s: s.basis`) of als los proces (zie `opdracht`). Alleen
voor demonstratie en tests: luistert nooit op een ander adres dan 127.0.0.1.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from socketserver import StreamRequestHandler, TCPServer, ThreadingMixIn
from types import TracebackType
from typing import NamedTuple

from frontoffice.demo.brp import BrpApi
from frontoffice.demo.catalogi import CatalogiApi
from frontoffice.demo.documenten import DocumentenApi
from frontoffice.demo.http import OORSPRONG, Antwoord, Verzoek, html_404
from frontoffice.demo.klantinteracties import KlantinteractiesApi
from frontoffice.demo.kvk import KvkApi
from frontoffice.demo.locaties import LocatiesApi
from frontoffice.demo.notify import NotifyApi
from frontoffice.demo.signalen import SignalenApi
from frontoffice.demo.storing import (
    GEEN,
    REGISTERS,
    TRAAG,
    VOOR_DE_API,
    Storing,
    Trekking,
    bederf,
    parse_storing,
)
from frontoffice.demo.wereld import Wereld
from frontoffice.demo.zaken import ZakenApi

# Achter deze registers staat een server die geen Date-kop stuurt.
ZONDER_DATE = ("zaken", "catalogi", "documenten")
MAX_INHOUD, MAX_REGEL, MAX_KOPPEN = 12 << 20, 1 << 16, 100
DAGEN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MAANDEN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
REDEN = {
    200: "OK",
    201: "Created",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    412: "Precondition Failed",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:]+\](?::\d{1,5})?")


def _http_datum(seconden: float) -> str:
    """De kop Date volgens RFC 9110, los van de landinstelling."""
    t = time.gmtime(seconden)
    dag, maand = DAGEN[t.tm_wday], MAANDEN[t.tm_mon - 1]
    return f"{dag}, {t.tm_mday:02d} {maand} {t.tm_year} {t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d} GMT"


class Logregel(NamedTuple):
    """Eén verzoek, zonder waarden uit de query of de inhoud."""

    register: str
    methode: str
    pad: str
    parameters: tuple[str, ...]
    status: int
    ms: float


class _Luisteraar(ThreadingMixIn, TCPServer):
    """Een draad per verbinding; houdt de verbindingen bij om ze bij het stoppen te kunnen sluiten."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, poort: int, demo: DemoServer) -> None:
        self.demo = demo
        self.verbindingen: dict[int, socket.socket] = {}
        self.slot = threading.Lock()
        super().__init__(("127.0.0.1", poort), _Handler)

    def process_request_thread(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]  # TCP
        with self.slot:
            self.verbindingen[id(request)] = request
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.slot:
                self.verbindingen.pop(id(request), None)

    def handle_error(self, request: object, client_address: object) -> None:
        """Een client die ophangt is geen fout van de server; een bug wel, die mag op stderr."""
        import sys

        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed kent ook UDP

    def close_verbindingen(self) -> None:
        with self.slot:
            open_ = list(self.verbindingen.values())
        for verbinding in open_:
            with contextlib.suppress(OSError):
                verbinding.shutdown(socket.SHUT_RDWR)


class _Handler(StreamRequestHandler):
    """HTTP/1.1 met keep-alive; schrijft een antwoord in één keer, anders kost Nagle 40 ms per verzoek.

    Zelf gelezen in plaats van met http.server: die laadt de hele e-mailbibliotheek, en dat merkt wie start.
    """

    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Luisteraar

    def handle(self) -> None:
        self.open = True
        try:
            while self.open:
                self._handle_verzoek()
        except (ConnectionError, TimeoutError):
            return

    def _handle_verzoek(self) -> None:
        regel = self.rfile.readline(MAX_REGEL)
        if not regel:
            self.open = False
            return
        delen = regel.decode("latin-1").split()
        koppen = self._lees_koppen()
        if len(delen) != 3 or not delen[2].startswith("HTTP/1.") or koppen is None:
            self._weiger(400, "Bad Request")
            return
        self.open = delen[2] != "HTTP/1.0" and koppen.get("connection", "").lower() != "close"
        lengte = koppen.get("content-length", "0")
        if not lengte.isdigit() or int(lengte) > MAX_INHOUD or "transfer-encoding" in koppen:
            self._weiger(413 if lengte.isdigit() else 400, "Content Too Large")
            return
        if koppen.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        inhoud = self.rfile.read(int(lengte)) if int(lengte) else b""
        pad, _, query = delen[1].partition("?")
        self._beantwoord(Verzoek(delen[0], pad, query, koppen, inhoud))

    def _lees_koppen(self) -> dict[str, str] | None:
        """De koppen in kleine letters; None als het geen koppen zijn."""
        koppen: dict[str, str] = {}
        for _ in range(MAX_KOPPEN):
            regel = self.rfile.readline(MAX_REGEL)
            if regel in (b"\r\n", b"\n", b""):
                return koppen
            naam, teken, waarde = regel.decode("latin-1").partition(":")
            if not teken:
                return None
            koppen[naam.strip().lower()] = waarde.strip()
        return None

    def _weiger(self, status: int, tekst: str) -> None:
        self.open = False
        self.wfile.write(
            f"HTTP/1.1 {status} {tekst}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        self.wfile.flush()

    def _beantwoord(self, verzoek: Verzoek) -> None:
        start = time.perf_counter()
        demo = self.server.demo
        register, antwoord, storing = demo.answer(verzoek)
        wacht = {"slow": storing.waarde, "schrijf-traag": TRAAG}.get(storing.soort, 0.0)
        if not demo.wait(wacht):
            self.open = False
            return
        demo.note(register, verzoek, antwoord.status, start)
        if storing.soort in ("hang", "weiger", "schrijf-weg", "schrijf-niet"):
            self._verbreek(hang=storing.soort == "hang")
            return
        half = storing.soort in ("afgebroken", "schrijf-half")
        inhoud = antwoord.inhoud
        if antwoord.verwijst:
            oorsprong = self._oorsprong(verzoek)
            inhoud = inhoud.replace(OORSPRONG.encode(), oorsprong.encode())
            koppen = {naam: waarde.replace(OORSPRONG, oorsprong) for naam, waarde in antwoord.koppen.items()}
            antwoord = antwoord._replace(koppen=koppen)
        if verzoek.methode == "HEAD" or antwoord.status == 304:
            self._stuur_koppen(antwoord, register, len(inhoud) if antwoord.status != 304 else 0)
        elif storing.soort == "druppel":
            self._stuur_koppen(antwoord, register, None)
            self._druppel(inhoud)
        else:
            self._stuur_koppen(antwoord, register, len(inhoud))
            self.wfile.write(inhoud[: len(inhoud) // 2] if half else inhoud)
            self.open = self.open and not half
        self.wfile.flush()

    def _oorsprong(self, verzoek: Verzoek) -> str:
        """Adressen volgen de Host van het verzoek (en X-Forwarded-Proto), zoals bij de echte servers."""
        host = verzoek.koppen.get("host", "")
        if not _HOST.fullmatch(host):
            host = self.server.demo.basis.removeprefix("http://")
        schema = verzoek.koppen.get("x-forwarded-proto", "http")
        return f"{schema if schema in ('http', 'https') else 'http'}://{host}"

    def _stuur_koppen(self, antwoord: Antwoord, register: str, lengte: int | None) -> None:
        regels = [f"HTTP/1.1 {antwoord.status} {REDEN.get(antwoord.status, 'Status')}"]
        if register not in ZONDER_DATE:
            regels.append(f"Date: {_http_datum(time.time())}")
        if antwoord.status != 304:
            regels.append(f"Content-Type: {antwoord.soort}")
        regels += [f"{naam}: {waarde}" for naam, waarde in antwoord.koppen.items()]
        if lengte is None:
            self.open = False
        else:
            regels.append(f"Content-Length: {lengte}")
        if not self.open:
            regels.append("Connection: close")
        self.wfile.write("\r\n".join([*regels, "", ""]).encode("latin-1"))

    def _druppel(self, inhoud: bytes) -> None:
        """Byte voor byte, en daarna spaties: er komt steeds iets, maar nooit alles."""
        demo = self.server.demo
        for plek in range(1 << 30):
            self.wfile.write(inhoud[plek : plek + 1] or b" ")
            self.wfile.flush()
            if not demo.wait(0.1, altijd=False):
                return

    def _verbreek(self, *, hang: bool) -> None:
        self.open = False
        if hang:
            self.server.demo.wait(3600.0, altijd=False)
            return
        # Met linger 0 krijgt de client een RST: "connection reset", net als bij een dode server.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class DemoServer:
    """De server met zijn wereld. Te gebruiken als contextmanager, of met `start` en `stop`.

    `storingen` is {register: "slow:2.5"}; `storing(...)` verandert ze terwijl de server draait. `latency_ms`
    geldt voor elk verzoek. `klok` geeft de tijd in seconden waartegen een JWT wordt bekeken.
    """

    def __init__(
        self,
        seed: int = 1,
        vandaag: date | None = None,
        port: int = 0,
        storingen: dict[str, str] | None = None,
        latency_ms: float = 0.0,
        klok: Callable[[], float] = time.time,
    ) -> None:
        self.wereld = Wereld(seed, vandaag or datetime.now(tz=UTC).astimezone().date())
        self.latency_ms = latency_ms
        self.log: list[Logregel] = []
        self._trekkingen: dict[str, Trekking] = {}
        self._einde = threading.Event()
        self._logslot = threading.Lock()
        klantinteracties = KlantinteractiesApi(self.wereld, self._make_nu(klok))
        klantinteracties.kier = self._wait_in_kier
        catalogi = CatalogiApi(self.wereld, klok)
        self.notify = NotifyApi(klok)
        self._apis: dict[str, tuple[str, Callable[[Verzoek], Antwoord]]] = {
            "klantinteracties": ("/klantinteracties/api/v1", klantinteracties.handle),
            "zaken": ("/zaken/api/v1", ZakenApi(self.wereld, catalogi, klok).handle),
            "catalogi": ("/catalogi/api/v1", catalogi.handle),
            "documenten": ("/documenten/api/v1", DocumentenApi(self.wereld, catalogi, klok).handle),
            "brp": ("/brp", BrpApi(self.wereld).handle),
            "kvk": ("/kvk", KvkApi(self.wereld).handle),
            "notify": ("/notify", self.notify.handle),
            "meldingen": ("/signals/v1", SignalenApi(self.wereld, self._make_nu(klok)).handle),
            "locaties": ("/locaties/v3_1", LocatiesApi().handle),
        }
        for register, tekst in (storingen or {}).items():
            self.storing(register, tekst)
        self._luisteraar = _Luisteraar(port, self)
        self.port: int = self._luisteraar.server_address[1]
        self.basis = f"http://127.0.0.1:{self.port}"
        self._draad = threading.Thread(target=self._luisteraar.serve_forever, name="kif-demo", daemon=True)

    def start(self) -> DemoServer:
        self._draad.start()
        return self

    def stop(self) -> None:
        """Sluit de poort en alle verbindingen; wachtende antwoorden vervallen."""
        self._einde.set()
        if self._draad.is_alive():
            # shutdown() wacht op de volgende ronde van serve_forever; een verbinding maakt hem meteen wakker.
            sluiter = threading.Thread(target=self._luisteraar.shutdown, daemon=True)
            sluiter.start()
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1.0).close()
            sluiter.join()
            self._draad.join()
        self._luisteraar.server_close()
        self._luisteraar.close_verbindingen()

    def __enter__(self) -> DemoServer:
        return self.start()

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.stop()

    # --- knoppen ------------------------------------------------------------

    def storing(self, register: str, tekst: str = "") -> None:
        """Zet een storing aan voor dit register; zonder tekst gaat hij uit."""
        if register not in REGISTERS:
            raise ValueError(f"Onbekend register {register}. Kies uit: {', '.join(REGISTERS)}.")
        trekking = Trekking(parse_storing(tekst))
        with self._logslot:
            self._trekkingen[register] = trekking

    def clear_log(self) -> None:
        with self._logslot:
            self.log.clear()

    # --- voor de handler ----------------------------------------------------

    def answer(self, verzoek: Verzoek) -> tuple[str, Antwoord, Storing]:
        """Het register dat bij dit pad hoort, zijn antwoord en de storing die nu geldt."""
        for register, (voor, handle) in self._apis.items():
            if verzoek.pad == voor or verzoek.pad.startswith(f"{voor}/"):
                storing = self._draw(register, verzoek.methode)
                if storing.soort in ("hang", "weiger", "schrijf-niet"):
                    return register, Antwoord(0), storing
                if storing.soort in VOOR_DE_API:
                    verzoek = Verzoek(
                        verzoek.methode,
                        verzoek.pad,
                        verzoek.querytekst,
                        verzoek.koppen,
                        verzoek.inhoud,
                        storing.soort,
                    )
                query = f"?{verzoek.querytekst}" if verzoek.querytekst else ""
                return register, bederf(storing, handle(verzoek), f"{OORSPRONG}{verzoek.pad}{query}"), storing
        return "", html_404("Centrale API"), GEEN

    def _draw(self, register: str, methode: str) -> Storing:
        with self._logslot:
            trekking = self._trekkingen.get(register)
            return trekking.draw(methode) if trekking is not None else GEEN

    def _wait_in_kier(self) -> None:
        storing = self._draw("klantinteracties", "GET")
        if storing.soort == "wedloop":
            self._einde.wait(storing.waarde)

    def _make_nu(self, klok: Callable[[], float]) -> Callable[[], datetime]:
        """De tijd van nu op de dag van de demonstratie."""
        echt = datetime.fromtimestamp(klok(), tz=UTC).astimezone().date()
        verschil = timedelta(days=(self.wereld.vandaag - echt).days)
        return lambda: datetime.fromtimestamp(klok(), tz=UTC) + verschil

    def wait(self, seconden: float, *, altijd: bool = True) -> bool:
        """Wacht op de klok en de latentie; False als de server intussen stopt."""
        duur = seconden + (self.latency_ms / 1000 if altijd else 0.0)
        return not self._einde.wait(duur) if duur > 0 else not self._einde.is_set()

    def note(self, register: str, verzoek: Verzoek, status: int, start: float) -> None:
        ms = (time.perf_counter() - start) * 1000
        with self._logslot:
            self.log.append(
                Logregel(register, verzoek.methode, verzoek.pad, tuple(verzoek.query), status, ms)
            )
