"""Het adres van een database: `postgresql://naam@server:5432/agenda` of `sqlite:///pad/naar/agenda.db`.

Leest streng, en weigert een wachtwoord: dat hoort in de sleutelbos. Foutzinnen herhalen het adres niet, want
er kan een geheim in staan. Maakt geen verbinding.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path

_NAAM = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_WOORD = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}"
_POSTGRESQL = re.compile(
    rf"postgres(?:ql)?(?:\+psycopg)?://(?:(?P<gebruiker>{_WOORD})@)?"
    rf"(?P<host>{_NAAM}(?:\.{_NAAM})*|\[[0-9A-Fa-f:.]+\])?(?::(?P<poort>[0-9]{{1,5}}))?"
    rf"/(?P<naam>{_WOORD})(?:\?(?P<rest>.*))?"
)
_SQLITE = re.compile(r"sqlite:///(?P<pad>.+)")
_SOCKET = re.compile(r"host=(?P<map>/[A-Za-z0-9_./-]*)(?:&port=(?P<poort>[0-9]{1,5}))?")
_STANDAARDPOORT = 5432


@dataclass(frozen=True)
class Databaseadres:
    """Een nagekeken adres. `pad` alleen bij SQLite; `host` is een naam, IP-adres of map van een socket."""

    tekst: str
    host: str = ""
    poort: int = _STANDAARDPOORT
    naam: str = ""
    gebruiker: str = ""
    pad: Path | None = None

    @property
    def is_postgresql(self) -> bool:
        return self.pad is None

    @property
    def is_lokaal(self) -> bool:
        """Waar als de database op deze computer draait."""
        if self.pad is not None or self.host.startswith("/") or self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_databaseadres(tekst: str) -> Databaseadres | str:
    """Het adres, of een halve zin die zegt wat er niet goed aan is."""
    if _has_wachtwoord(tekst):
        return "haal het wachtwoord uit het adres en bewaar het met: kif geheim set agenda"
    if gevonden := _SQLITE.fullmatch(tekst):
        return Databaseadres(tekst, pad=Path(gevonden["pad"]).expanduser())
    gevonden = _POSTGRESQL.fullmatch(tekst)
    if gevonden is None:
        return "schrijf een heel adres, zoals postgresql://kif@server.voorbeeld.nl/agenda"
    host, poort = (gevonden["host"] or "").strip("[]"), gevonden["poort"]
    if gevonden["rest"] is not None:
        socket = _SOCKET.fullmatch(gevonden["rest"])
        if socket is None or host:
            return "schrijf alleen het adres; sslmode en ca_bundel krijgen een eigen regel onder [agenda]"
        host, poort = socket["map"], socket["poort"] or poort
    if not host:
        return "schrijf ook de naam van de server, zoals postgresql://kif@server.voorbeeld.nl/agenda"
    nummer = int(poort or _STANDAARDPOORT)
    if not 1 <= nummer <= 65535:
        return "kies een poort van 1 tot en met 65535"
    return Databaseadres(tekst, host, nummer, gevonden["naam"], gevonden["gebruiker"] or "")


def _has_wachtwoord(tekst: str) -> bool:
    voor, apenstaart, _ = tekst.partition("://")[2].rpartition("@")
    return bool(apenstaart and ":" in voor) or "password" in tekst.lower() or "passfile" in tekst.lower()
