"""De lijnen naar buiten: een requests-sessie waarvan elke verbinding van buitenaf is af te breken.

`Session.close()` onderbreekt geen verzoek dat onderweg is, `shutdown` op de socket wel. Daarom meldt elke
verbinding haar socket aan bij een volger. Laadt requests, en wordt daarom pas bij het eerste verzoek geladen.
"""

from __future__ import annotations

import http.cookiejar
import socket
import ssl
import time
from pathlib import Path
from typing import Any, Protocol

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)

from frontoffice.central.requestsladen import HTTPAdapter, requests

# Wat een verzoek onderweg kan overkomen; alles hiervan wordt een RegisterFout.
LIJNFOUTEN = (requests.RequestException, HTTPError, OSError)
TLS_FOUTEN = (requests.exceptions.SSLError, ssl.SSLError)
GEEN_VERBINDING = (requests.ConnectTimeout, ConnectTimeoutError)
TE_LANG = (requests.Timeout, ReadTimeoutError, TimeoutError)


class Volger(Protocol):
    """Wie de verbindingen van een sessie volgt (frontoffice.central.http.Lijn).

    Een greep is iets van de volger zelf; hier gaat hij alleen mee.
    """

    def open_greep(self, sock: socket.socket) -> Any:
        """Er wordt een nieuwe verbinding gelegd over `sock`."""

    def reuse(self, greep: Any) -> None:
        """Een bestaande verbinding krijgt een nieuw verzoek."""

    def connected(self) -> None:
        """Er is verbinding: vanaf nu kan het register het verzoek hebben gezien."""

    def release(self, greep: Any) -> None:
        """De verbinding is gesloten; een antwoord kan nog onderweg zijn."""


class _Gevolgd(HTTPConnection):
    """Een verbinding die zich aanmeldt voordat ze verbindt en bij elk verzoek opnieuw."""

    volger: Volger
    _greep: Any = None

    def _new_conn(self) -> socket.socket:
        """Als die van urllib3, maar met één tijd voor alle adressen samen, en ook dan al af te breken."""
        rest = self.timeout if isinstance(self.timeout, (int, float)) else 60.0
        einde = time.monotonic() + rest
        try:
            adressen = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as fout:
            raise NameResolutionError(self.host, self, socket.gaierror(str(fout))) from fout
        laatste: OSError | None = None
        for nummer, (familie, soort, protocol, _, adres) in enumerate(adressen):
            sock = socket.socket(familie, soort, protocol)
            greep = self.volger.open_greep(sock)
            try:
                for optie in self.socket_options or ():
                    sock.setsockopt(*optie)
                sock.settimeout(max(0.01, (einde - time.monotonic()) / (len(adressen) - nummer)))
                sock.connect(adres)
            except OSError as fout:
                laatste = fout
                sock.close()
                self.volger.release(greep)
                continue
            sock.settimeout(rest)
            self._greep = greep
            self.volger.connected()
            return sock
        if isinstance(laatste, TimeoutError):
            raise ConnectTimeoutError(self, "verbinden duurde te lang")
        raise NewConnectionError(self, "geen verbinding") from laatste

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self._greep is not None:
            self.volger.reuse(self._greep)
            self.volger.connected()
        super().request(*args, **kwargs)

    def close(self) -> None:
        super().close()
        if self._greep is not None:
            self.volger.release(self._greep)
            self._greep = None


class _GevolgdTls(_Gevolgd, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    """Legt lijnen die zich aanmelden bij `volger`, met één TLS-context in plaats van één per verbinding."""

    def __init__(self, volger: Volger, context: ssl.SSLContext | None) -> None:
        self._volger = volger
        self._context = context
        super().__init__(pool_connections=8, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **_: Any) -> None:
        class Verbinding(_Gevolgd):
            volger = self._volger

        class VerbindingTls(_GevolgdTls):
            volger = self._volger

        class Groep(HTTPConnectionPool):
            ConnectionCls = Verbinding

        class GroepTls(HTTPSConnectionPool):
            ConnectionCls = VerbindingTls

        self.poolmanager = PoolManager(
            num_pools=connections, maxsize=maxsize, block=block, ssl_context=self._context
        )
        self.poolmanager.pool_classes_by_scheme = {"http": Groep, "https": GroepTls}

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        host, _ = super().build_connection_pool_key_attributes(request, True, None)
        return host, {}  # het vertrouwen zit in de context en is niet uit te zetten

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Laadt geen certificaten per verbinding: dat staat al in de context."""


def make_context(ca_bundel: Path | None) -> ssl.SSLContext:
    """Controle van certificaat en hostnaam, TLS 1.2 of hoger; zonder bundel geldt die van het systeem."""
    context = ssl.create_default_context(cafile=str(ca_bundel) if ca_bundel else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def make_session(volger: Volger, context: ssl.SSLContext | None) -> requests.Session:
    """Een sessie zonder koekjes, zonder .netrc en zonder proxy uit de omgeving.

    Zonder context kan de sessie geen https (en met context geen http): een lijn is het een of het ander.
    """
    sessie = requests.Session()
    sessie.trust_env = False
    sessie.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    sessie.headers.clear()
    adapter = _Adapter(volger, context)
    sessie.adapters.clear()
    sessie.mount("http://" if context is None else "https://", adapter)
    return sessie
