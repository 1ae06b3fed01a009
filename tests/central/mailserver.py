"""Een kleine mailserver op deze computer die precies doet wat een test wil, ook als dat stuk is.

Zelf geschreven en niet aiosmtpd: een verbinding die valt ná het aannemen, is daar niet mee te maken, en de
laatste uitgave is van mei 2024. Spreekt genoeg SMTP voor smtplib: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import struct
import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from types import TracebackType

NAAM, WACHTWOORD = "kif", "geheim-van-de-post"


class Mailserver:
    """`post` is wat is aangenomen. De andere velden zeggen wat er misgaat; standaard niets.

    `antwoorden`: code per opdracht ("RCPT" → 550, "." → 451). `valt_na`: verbreek de verbinding na deze
    opdracht (".": na het aannemen, zonder antwoord). `hangt_na`: antwoord er nooit meer op.
    """

    def __init__(self, certificaat: Path | None = None, *, meteen_tls: bool = False) -> None:
        self.post: list[bytes] = []
        self.opdrachten: list[str] = []
        self.antwoorden: dict[str, int] = {}
        self.valt_na = ""
        self.hangt_na = ""
        self.vraagt_naam = False
        self.met_starttls = certificaat is not None and not meteen_tls
        self._meteen_tls = meteen_tls
        self._context: ssl.SSLContext | None = None
        if certificaat is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificaat, certificaat.with_suffix(".key"))
        self._einde = threading.Event()
        self._luister = socket.create_server(("127.0.0.1", 0))
        self.poort: int = self._luister.getsockname()[1]
        self._draad = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Mailserver:
        self._draad.start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self._einde.set()
        self._luister.close()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.poort), 0.2).close()
        self._draad.join(2)

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(ruw, policy=default) for ruw in self.post]

    def _accept(self) -> None:
        while not self._einde.is_set():
            try:
                sock, _ = self._luister.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError, _Weg), sock:
            if self._meteen_tls and self._context is not None:
                sock = self._context.wrap_socket(sock, server_side=True)
            with contextlib.closing(_Gesprek(self, sock, self._context)) as gesprek:
                gesprek.run()


class _Weg(Exception):
    """De verbinding is met opzet verbroken."""


class _Gesprek:
    def __init__(self, server: Mailserver, sock: socket.socket, context: ssl.SSLContext | None) -> None:
        self._server, self._context = server, context
        self._set_sock(sock)

    def _set_sock(self, sock: socket.socket) -> None:
        self._sock, self._lezer = sock, sock.makefile("rb")

    def run(self) -> None:
        self._reply("BEGIN", 220)
        while regel := self._lezer.readline():
            opdracht = regel.decode().split(" ")[0].strip().upper().rstrip(":")
            self._server.opdrachten.append(opdracht)
            match opdracht:
                case "EHLO":
                    self._break("EHLO")
                    self._greet()
                case "STARTTLS" if self._context is not None:
                    self._reply(opdracht, 220)
                    self._set_sock(self._context.wrap_socket(self._sock, server_side=True))
                case "AUTH":
                    self._login(regel)
                case "MAIL" if self._server.vraagt_naam and "AUTH" not in self._server.opdrachten:
                    self._say("530 eerst aanmelden")
                case "DATA":
                    self._receive()
                case "QUIT":
                    self._reply(opdracht, 221)
                    return
                case _:
                    self._reply(opdracht, 250)

    def _greet(self) -> None:
        regels = ["250-proef", "250-AUTH PLAIN LOGIN"]
        if self._server.met_starttls and not isinstance(self._sock, ssl.SSLSocket):
            regels.append("250-STARTTLS")
        self._say("\r\n".join([*regels, "250 8BITMIME"]))

    def _login(self, regel: bytes) -> None:
        goed = base64.b64encode(f"\0{NAAM}\0{WACHTWOORD}".encode())
        self._say("235 welkom" if regel.split()[-1] == goed else "535 onbekend")

    def _receive(self) -> None:
        self._reply("DATA", 354)
        if self._server.antwoorden.get("DATA", 354) != 354:
            return
        inhoud = b""
        while (regel := self._lezer.readline()) not in (b".\r\n", b""):
            inhoud += regel.removeprefix(b".") if regel.startswith(b"..") else regel
        if self._server.antwoorden.get(".", 250) == 250:
            self._server.post.append(inhoud)
        self._reply(".", 250)

    def _reply(self, opdracht: str, code: int) -> None:
        self._break(opdracht)
        self._say(f"{self._server.antwoorden.get(opdracht, code)} zo is het")

    def _break(self, opdracht: str) -> None:
        """Doe wat hier mis moet gaan."""
        if self._server.hangt_na == opdracht:
            self._server._einde.wait(60)
            raise _Weg
        if self._server.valt_na == opdracht:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise _Weg

    def close(self) -> None:
        self._lezer.close()
        self._sock.close()

    def _say(self, tekst: str) -> None:
        self._sock.sendall(tekst.encode() + b"\r\n")
