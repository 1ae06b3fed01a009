"""Eén soort verbinding onder alle registers: tijd, omvang, aanmelden, herhalen, afbreken, tellen.

Weet niets van wat registers betekenen. Volgt nooit een adres uit een antwoord: elk verzoek gaat naar het
eigen basisadres, en een sleutel gaat nooit naar een ander. Logt geen inhoud en geen zoekvragen.
"""

from __future__ import annotations

import json
import logging
import random
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar
from urllib.parse import quote, urlencode

from frontoffice.central import foutantwoord
from frontoffice.central.aanmelden import make_header
from frontoffice.central.antwoord import Antwoord, Ondeugdelijk, mask_path, parse, unpack
from frontoffice.central.instelling import MB, RegisterInstelling, check_url
from frontoffice.central.vlucht import Bewaker, Greep, Vlucht
from frontoffice.domain.fouten import Geannuleerd, KifFout, RegisterFout
from frontoffice.ports import Aanroep

if TYPE_CHECKING:
    import ssl

    import requests

T = TypeVar("T")
V = TypeVar("V")
_log = logging.getLogger(__name__)
_HERHAALBARE_STATUS = (429, 502, 503, 504)
_LANGSTE_WACHT = 2.0
_BLOK = 65536


_Soort = tuple[bool, Path | None]


def _kind(register: RegisterInstelling) -> _Soort:
    """Registers met dezelfde beveiliging delen hun sessies: (is https, eigen bundel)."""
    return register.url.lower().startswith("https:"), register.ca_bundel


class Lijn:
    """De sessies van één draad; volgt de verbindingen van het verzoek dat nu loopt (lijn.Volger)."""

    def __init__(self) -> None:
        self.vlucht: Vlucht | None = None
        self.sessies: dict[_Soort, requests.Session] = {}

    def open_greep(self, sock: socket.socket) -> Greep:
        greep = Greep(sock)
        self.reuse(greep)
        return greep

    def reuse(self, greep: Greep) -> None:
        if self.vlucht is not None:
            self.vlucht.track(greep)

    def connected(self) -> None:
        if self.vlucht is not None:
            self.vlucht.verbonden = True

    def release(self, greep: Greep) -> None:
        if self.vlucht is not None:
            self.vlucht.release(greep)
        else:
            greep.close()


class Lijnen:
    """De lijnen van alle draden samen, met de bewaker. `warm` laadt alvast wat zwaar is."""

    def __init__(self) -> None:
        self._plaats = threading.local()
        self._slot = threading.Lock()
        self._contexten: dict[_Soort, ssl.SSLContext | None] = {}
        self._alle: list[Lijn] = []
        self._bewaker = Bewaker()

    def warm(self, registers: Iterable[RegisterInstelling]) -> None:
        """Laad requests, msgspec en de certificaten, zodat het eerste verzoek daar niet op wacht."""
        import msgspec.json  # noqa: F401 - alleen om het laden

        for soort in {_kind(register) for register in registers}:
            self._context(soort)

    def own(self) -> Lijn:
        lijn: Lijn | None = getattr(self._plaats, "lijn", None)
        if lijn is None:
            lijn = self._plaats.lijn = Lijn()
            with self._slot:
                self._alle.append(lijn)
        return lijn

    def session(self, lijn: Lijn, register: RegisterInstelling) -> requests.Session:
        soort = _kind(register)
        sessie = lijn.sessies.get(soort)
        if sessie is None:
            from frontoffice.central.lijn import make_session

            sessie = lijn.sessies[soort] = make_session(lijn, self._context(soort))
        return sessie

    def _context(self, soort: _Soort) -> ssl.SSLContext | None:
        """Certificaten laden kost tientallen milliseconden: alleen als er TLS is, en dan één keer."""
        from frontoffice.central.lijn import make_context

        beveiligd, bundel = soort
        with self._slot:
            if soort not in self._contexten:
                self._contexten[soort] = make_context(bundel) if beveiligd else None
            return self._contexten[soort]

    def watch(self, vlucht: Vlucht) -> None:
        self._bewaker.watch(vlucht)

    def close(self) -> None:
        self._bewaker.close()
        with self._slot:
            lijnen, self._alle = self._alle, []
        for lijn in lijnen:
            for sessie in lijn.sessies.values():
                sessie.close()


@dataclass(frozen=True, repr=False)
class Bestand:
    """Een bestand dat als formulier meegaat; `naam` en `soort` zijn van ons, niet van buiten."""

    veld: str
    naam: str
    soort: str
    inhoud: bytes

    def encode(self) -> tuple[str, bytes]:
        """(Content-Type, lijf)."""
        grens = f"kif-{secrets.token_hex(16)}"
        kop = (
            f'--{grens}\r\nContent-Disposition: form-data; name="{self.veld}"; filename="{self.naam}"\r\n'
            f"Content-Type: {self.soort}\r\n\r\n"
        )
        lijf = kop.encode("ascii") + self.inhoud + f"\r\n--{grens}--\r\n".encode("ascii")
        return f"multipart/form-data; boundary={grens}", lijf


@dataclass(frozen=True, repr=False)
class Vraag:
    """Eén vraag aan een register; `pad` hoort onder het basisadres en bevat geen tekst van buiten.

    `herhaalbaar`: een tweede keer vragen kan geen kwaad. Een eigenschap van de vraag, niet van de methode.
    Een `bestand` gaat als formulier mee, in plaats van `lijf`.
    """

    methode: str
    pad: str
    query: tuple[tuple[str, str], ...] = ()
    lijf: Mapping[str, object] | None = None
    koppen: Mapping[str, str] = field(default_factory=dict)
    herhaalbaar: bool = False
    bestand: Bestand | None = None


@dataclass(frozen=True)
class _Tegenslag:
    """Een mislukte poging. `na` = seconden tot een nieuwe zin heeft, None als die geen zin heeft."""

    fout: KifFout
    na: float | None = None


_Ontvanger = Callable[["requests.Response"], bytes]


class Verbinding:
    """De verbinding met één register. Te gebruiken vanaf elke draad."""

    def __init__(self, register: RegisterInstelling, lijnen: Lijnen) -> None:
        """Raises ProfielFout als het adres niet deugt of de sleutel onversleuteld het netwerk op zou gaan."""
        self.register = register
        self._lijnen = lijnen
        self._geheim: str | None = None
        self._basis = check_url(register)

    def __repr__(self) -> str:
        return f"Verbinding({self.register.naam})"

    def url(self, pad: str) -> str:
        """Het volledige adres van een eigen pad; ook nodig als filterwaarde (`zaak=<url>`)."""
        return self._basis + pad

    def ask(self, vraag: Vraag, aanroep: Aanroep, vorm: type[V], make: Callable[[V], T]) -> T:
        """Stel de vraag, lees het antwoord als `vorm` en maak er met `make` een waarde van.

        `make` mag Ondeugdelijk opgooien. Raises RegisterFout, Geannuleerd of GeheimFout.
        """
        antwoord = self.fetch(vraag, aanroep)
        if not antwoord.is_json:
            if antwoord.is_webpagina:
                raise foutantwoord.webpage(self.register, antwoord.status)
            raise foutantwoord.unusable(self.register, "het is niet te lezen", antwoord.status)
        reden = ""
        try:
            return make(parse(antwoord.lijf, vorm))
        except Ondeugdelijk as ondeugdelijk:
            reden = ondeugdelijk.reden
        raise foutantwoord.unusable(self.register, reden, antwoord.status)

    def fetch(self, vraag: Vraag, aanroep: Aanroep) -> Antwoord:
        """Het antwoord zelf, alleen 2xx. Raises RegisterFout, Geannuleerd of GeheimFout."""
        return self._fetch(vraag, aanroep, self._receive)

    def download(
        self,
        vraag: Vraag,
        doel: BinaryIO,
        voortgang: Callable[[int, int | None], None],
        aanroep: Aanroep,
        grens: int = 200 * MB,
    ) -> None:
        """Schrijf het antwoord in stukken naar `doel`; meer dan `grens` bytes is een fout."""

        def receive(reactie: requests.Response) -> bytes:
            totaal = _length(reactie)
            if totaal is not None and totaal > grens:
                raise Ondeugdelijk("het document is te groot")
            gelezen = 0
            brokken = reactie.raw.stream(_BLOK, decode_content=False)
            for stuk in unpack(brokken, reactie.headers.get("Content-Encoding", ""), grens):
                _write(doel, stuk)
                gelezen += len(stuk)
                voortgang(gelezen, totaal)
            return b""

        self._fetch(vraag, aanroep, receive)

    def _fetch(self, vraag: Vraag, aanroep: Aanroep, receive: _Ontvanger) -> Antwoord:
        uitkomst = self._try(vraag, aanroep, receive)
        if isinstance(uitkomst, _Tegenslag) and uitkomst.na is not None and vraag.herhaalbaar:
            wacht = min(max(uitkomst.na, random.uniform(0.05, 0.15)), _LANGSTE_WACHT)
            if aanroep.resterend > wacht + 0.1:
                _wait(wacht, aanroep)
                uitkomst = self._try(vraag, aanroep, receive)
        if isinstance(uitkomst, _Tegenslag):
            raise uitkomst.fout
        return uitkomst

    def _try(self, vraag: Vraag, aanroep: Aanroep, receive: _Ontvanger) -> Antwoord | _Tegenslag:
        """Eén poging. Geeft de fout terug in plaats van haar op te gooien: een fout die binnen een `except`
        ontstaat, sleept de oorspronkelijke mee, en daar staat het hele adres in."""
        aanroep.stop.check()
        if aanroep.resterend <= 0:
            return _Tegenslag(foutantwoord.too_slow(self.register))
        koppen, lijf = self._headers(vraag), _encode(vraag)
        if vraag.bestand is not None:
            koppen["Content-Type"], lijf = vraag.bestand.encode()
        lijn = self._lijnen.own()
        sessie = self._lijnen.session(lijn, self.register)
        vlucht = Vlucht(aanroep.einde)
        lijn.vlucht = vlucht
        self._lijnen.watch(vlucht)
        forget = aanroep.stop.on_set(lambda: vlucht.break_off("stop"))
        begin = time.monotonic()
        uitkomst: Antwoord | _Tegenslag
        try:
            uitkomst = self._exchange(sessie, vraag, koppen, lijf, max(aanroep.resterend, 0.01), receive)
        finally:
            forget()
            lijn.vlucht = None
            vlucht.finish()
        if vlucht.reden == "stop":
            uitkomst = _Tegenslag(Geannuleerd())
        elif vlucht.reden == "tijd":
            uitkomst = _Tegenslag(foutantwoord.too_slow(self.register))
        if isinstance(uitkomst, _Tegenslag) and isinstance(uitkomst.fout, RegisterFout):
            uitkomst.fout.nooit_verstuurd = not vlucht.verbonden
        self._note(vraag, aanroep, uitkomst, (time.monotonic() - begin) * 1000)
        return uitkomst

    def _exchange(
        self,
        sessie: requests.Session,
        vraag: Vraag,
        koppen: dict[str, str],
        lijf_heen: bytes | None,
        rest: float,
        receive: _Ontvanger,
    ) -> Antwoord | _Tegenslag:
        from frontoffice.central.lijn import GEEN_VERBINDING, LIJNFOUTEN, TE_LANG, TLS_FOUTEN

        reactie: requests.Response | None = None
        compleet = False
        ondeugdelijk = ""
        try:
            reactie = sessie.request(
                vraag.methode,
                self._address(vraag),
                data=lijf_heen,
                headers=koppen,
                timeout=(min(self.register.verbinden, rest), rest),
                allow_redirects=False,
                stream=True,
            )
            kop = {naam.lower(): waarde for naam, waarde in reactie.headers.items()}
            goed = 200 <= reactie.status_code < 300
            lijf = receive(reactie) if goed else self._receive(reactie)
            compleet = True
            antwoord = Antwoord(reactie.status_code, kop, lijf)
            return antwoord if goed else self._refusal(antwoord)
        except TLS_FOUTEN:
            return _Tegenslag(foutantwoord.bad_certificate(self.register))
        except GEEN_VERBINDING:
            return _Tegenslag(foutantwoord.unreachable(self.register))
        except TE_LANG:
            return _Tegenslag(foutantwoord.too_slow(self.register))
        except LIJNFOUTEN:
            status = reactie.status_code if reactie is not None else None
            if status is None:
                return _Tegenslag(foutantwoord.unreachable(self.register), na=0.0)
            return _Tegenslag(foutantwoord.cut_off(self.register, status), na=0.0)
        except Ondeugdelijk as fout_in_lijf:
            ondeugdelijk = fout_in_lijf.reden
        finally:
            if reactie is not None and not compleet:
                reactie.close()
        return _Tegenslag(foutantwoord.unusable(self.register, ondeugdelijk))

    def _receive(self, reactie: requests.Response) -> bytes:
        """Het lijf, uitgepakt en niet groter dan mag. Raises Ondeugdelijk."""
        grens = self.register.grootste_antwoord
        totaal = _length(reactie)
        if totaal is not None and totaal > grens:
            raise Ondeugdelijk("het is te groot")
        brokken = reactie.raw.stream(_BLOK, decode_content=False)
        return b"".join(unpack(brokken, reactie.headers.get("Content-Encoding", ""), grens))

    def _refusal(self, antwoord: Antwoord) -> _Tegenslag:
        fout = foutantwoord.to_fout(self.register, antwoord)
        if fout.code == "sleutel_onjuist":
            self._geheim = None  # misschien is er net een nieuwe bewaard
        _, _, kenmerk = foutantwoord.read_code(antwoord)
        gegevens = {
            "register": fout.register,
            "status": antwoord.status,
            "code": fout.code,
            "kenmerk": kenmerk,
        }
        _log.info("register gaf een fout", extra=gegevens)
        na = _retry_after(antwoord) if antwoord.status in _HERHAALBARE_STATUS else None
        return _Tegenslag(fout, na)

    def _address(self, vraag: Vraag) -> str:
        zoek = f"?{urlencode(vraag.query, quote_via=quote)}" if vraag.query else ""
        return self._basis + vraag.pad + zoek

    def _headers(self, vraag: Vraag) -> dict[str, str]:
        register = self.register
        if self._geheim is None and register.login != "geen":
            self._geheim = register.geheim()
        koppen = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "KlantInFocus"}
        if vraag.lijf is not None:
            koppen["Content-Type"] = "application/json"
        koppen.update(register.koppen)
        koppen.update(vraag.koppen)
        koppen.update(make_header(register, self._geheim or ""))
        return koppen

    def _note(self, vraag: Vraag, aanroep: Aanroep, uitkomst: Antwoord | _Tegenslag, ms: float) -> None:
        status: int | None
        if isinstance(uitkomst, Antwoord):
            status = uitkomst.status
        else:
            status = uitkomst.fout.http_status if isinstance(uitkomst.fout, RegisterFout) else None
        pad = mask_path(vraag.pad, vraag.query)
        aanroep.note(self.register.naam, vraag.methode, pad, status, round(ms, 1))


def _encode(vraag: Vraag) -> bytes | None:
    return None if vraag.lijf is None else json.dumps(vraag.lijf, ensure_ascii=False).encode()


def _length(reactie: requests.Response) -> int | None:
    waarde = reactie.headers.get("Content-Length", "")
    return int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 16 else None


def _retry_after(antwoord: Antwoord) -> float:
    """Seconden volgens Retry-After; onzin en datums tellen als nul. De grens ligt bij wie wacht."""
    waarde = antwoord.koppen.get("retry-after", "").strip()
    return float(waarde[:6]) if waarde.isascii() and waarde.isdigit() else 0.0


def _wait(seconden: float, aanroep: Aanroep) -> None:
    """Wacht, en stop daarmee zodra iemand op stop drukt. Raises Geannuleerd."""
    bel = threading.Event()
    forget = aanroep.stop.on_set(bel.set)
    bel.wait(seconden)
    forget()
    aanroep.stop.check()


def _write(doel: BinaryIO, stuk: bytes) -> None:
    """Raises KifFout met code "schijf"; een volle schijf is geen storing van het register."""
    gelukt = True
    try:
        doel.write(stuk)
    except OSError:
        gelukt = False
    if not gelukt:
        raise KifFout(
            "Het document is niet bewaard. Kijk of er nog ruimte is op de schijf, of kies een andere map.",
            code="schijf",
        )
