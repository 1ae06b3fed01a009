"""Een echte server op deze computer die precies antwoordt wat een test wil, ook als dat kapot is.

Onthoudt elk verzoek. Een gedrag krijgt de verbinding zelf in handen en mag schrijven, wachten of zwijgen.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

OPNAMEN = Path(__file__).resolve().parent / "opnamen"
Gedrag = Callable[["Aannemer"], None]


@dataclass(frozen=True)
class Ontvangen:
    """Een verzoek zoals de server het zag; `koppen` met kleine letters."""

    methode: str
    pad: str
    query: dict[str, str]
    koppen: dict[str, str]
    lijf: Any


@dataclass(frozen=True)
class Reactie:
    """Wat de server terugstuurt: `json` of `ruw`; met `gedrag` regelt de test het zelf."""

    status: int = 200
    json: Any = None
    ruw: bytes | None = None
    koppen: Mapping[str, str] = field(default_factory=dict)
    gedrag: Gedrag | None = None


class Aannemer(BaseHTTPRequestHandler):
    """Eén verbinding met de proefserver."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        lengte = int(self.headers.get("Content-Length", 0))
        lijf = json.loads(self.rfile.read(lengte)) if lengte else None
        delen = urlsplit(self.path)
        koppen = {naam.lower(): waarde for naam, waarde in self.headers.items()}
        verzoek = Ontvangen(self.command, delen.path, dict(parse_qsl(delen.query)), koppen, lijf)
        self.server.proef.verzoeken.append(verzoek)
        reactie = self.server.proef.answer(verzoek)
        if reactie.gedrag is not None:
            self.close_connection = True
            reactie.gedrag(self)
            return
        ruw = reactie.ruw if reactie.ruw is not None else json.dumps(reactie.json).encode()
        self.send_response_only(reactie.status)
        for naam, waarde in {"Content-Type": "application/json", **reactie.koppen}.items():
            self.send_header(naam, waarde)
        self.send_header("Content-Length", str(len(ruw)))
        self.end_headers()
        self.wfile.write(ruw)
        self.wfile.flush()

    do_GET = _serve  # noqa: N815 - http.server roept de methode zo
    do_POST = _serve  # noqa: N815 - http.server roept de methode zo
    do_PATCH = _serve  # noqa: N815 - http.server roept de methode zo

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proef: Proefserver

    def handle_error(self, *_: Any) -> None:
        """Een cliënt die afbreekt is hier gewoon."""


class Proefserver:
    """Zet `answer` om te bepalen wat er terugkomt. `einde` is gezet zodra de test klaar is."""

    def __init__(self) -> None:
        self.verzoeken: list[Ontvangen] = []
        self.answer: Callable[[Ontvangen], Reactie] = lambda _: Reactie(404, {"code": "not_found"})
        self.einde = threading.Event()
        self._server = _Server(("127.0.0.1", 0), Aannemer)
        self._server.proef = self
        self._draad = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._draad.start()
        self.basis = f"http://127.0.0.1:{self._server.server_address[1]}"

    def always(self, *reacties: Reactie) -> None:
        """Geef deze reacties op volgorde; de laatste blijft."""
        rij = list(reacties)
        self.answer = lambda _: rij.pop(0) if len(rij) > 1 else rij[0]

    def close(self) -> None:
        self.einde.set()
        self._server.shutdown()
        self._server.server_close()


def opname(naam: str) -> dict[str, Any]:
    """Een opgenomen antwoord: {"request": …, "response": {"status", "headers", "body"}}."""
    inhoud: dict[str, Any] = json.loads((OPNAMEN / f"{naam}.json").read_text(encoding="utf-8"))
    return inhoud


def lijf(naam: str) -> Any:
    return opname(naam)["response"]["body"]


def als_reactie(naam: str) -> Reactie:
    """De opname zoals de echte server hem gaf."""
    antwoord = opname(naam)["response"]
    body = antwoord["body"]
    koppen = {"Content-Type": antwoord["headers"]["Content-Type"]}
    if "API-version" in antwoord["headers"]:
        koppen["API-version"] = antwoord["headers"]["API-version"]
    ruw = body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()
    return Reactie(antwoord["status"], ruw=ruw, koppen=koppen)


def bladzij(*rijen: Any, next_: str | None = None, count: int | None = None) -> Reactie:
    aantal = len(rijen) if count is None else count
    return Reactie(json={"count": aantal, "next": next_, "previous": None, "results": list(rijen)})
