"""E-mail over gewone SMTP, met STARTTLS of TLS en een gecontroleerd certificaat.

SMTP is niet terug te vragen: een mailserver vertelt later niet of hij een bericht al had. De Message-ID komt
daarom uit de sleutel van het bericht (wie het dubbel krijgt, herkent het), maar dat is geen bewijs. Wat er
zeker is, zegt de fout: tot de laatste punt van de inhoud is niets aangenomen (`nooit_verstuurd`), een
antwoord op die punt is een ja of een nee, en valt de verbinding dáártussen weg, dan is het onbekend. Zo'n
bericht gaat niet vanzelf nog eens: dan liever één mens die belt dan een inwoner die twee keer post krijgt.

"Aangenomen" betekent hier dat de eigen mailserver het heeft. Of het aankomt, vertelt SMTP niet.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_VORM
from email.utils import format_datetime
from pathlib import Path

from frontoffice.berichtpoort import Aangenomen, Uitgaand
from frontoffice.central.lijn import make_context
from frontoffice.central.vlucht import Bewaker, Greep, Vlucht
from frontoffice.domain.bericht import Aflevering
from frontoffice.domain.berichttekst import one_line
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    Geannuleerd,
    NietBevoegd,
    Onbereikbaar,
    ProfielFout,
    RegisterFout,
    Storing,
)
from frontoffice.ports import Aanroep, Klok, RegisterStand

NAAM = "mail"
_ADRES_WEG = {550, 551, 553, 510, 511, 521, 525, 541}
_BEHEERDER = "Vraag de applicatiebeheerder dit op te lossen."


@dataclass(frozen=True)
class Mailserver:
    """Waar de post heen gaat. `beveiliging`: "starttls", "tls", of "geen" (alleen op deze computer).

    `van` is het adres van de afzender, `antwoord` waar een antwoord heen gaat (leeg = `van`).
    """

    server: str
    poort: int
    van: str
    afzender: str
    beveiliging: str = "starttls"
    gebruiker: str = ""
    geheim: Callable[[], str] = field(default=str, repr=False)
    antwoord: str = ""
    ca_bundel: Path | None = None
    verbinden: float = 5.0


class _Aan(smtplib.SMTP):
    """Een verbinding die zich laat afbreken zodra zij er is; ook met TLS vanaf het begin."""

    def __init__(self, server: Mailserver, vlucht: Vlucht, context: ssl.SSLContext | None) -> None:
        self._vlucht, self._tls = vlucht, context
        super().__init__(local_hostname="[127.0.0.1]")
        self._host = server.server  # SNI en de naam in het certificaat

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = socket.create_connection((host, port), timeout)
        greep = Greep(sock)
        self._vlucht.track(greep)
        self._vlucht.release(greep)
        return sock if self._tls is None else self._tls.wrap_socket(sock, server_hostname=host)


class Post:
    """Port `Berichtenkanaal` voor e-mail. Elk bericht heeft zijn eigen verbinding."""

    def __init__(self, server: Mailserver, klok: Klok) -> None:
        """Raises ProfielFout als er onversleuteld post het netwerk op zou gaan."""
        if server.beveiliging == "geen" and not _is_loopback(server.server):
            raise ProfielFout(("Zonder beveiliging mag post alleen naar een mailserver op deze computer.",))
        self._server = server
        self._klok = klok
        self._bewaker = Bewaker()

    @property
    def kan_nakijken(self) -> bool:
        return False

    def find(self, sleutel: str, aanroep: Aanroep) -> Aangenomen | None:
        return None

    def load_aflevering(self, id: str, aanroep: Aanroep) -> Aflevering:
        return Aflevering.ONDERWEG

    def send(self, bericht: Uitgaand, aanroep: Aanroep) -> Aangenomen:
        naar = read_ontvanger(bericht.adres)
        inhoud = make_mail(self._server, bericht, naar, self._klok)
        self._talk(lambda poging: poging.deliver(naar.addr_spec, inhoud), aanroep)
        return Aangenomen(message_id(self._server, bericht.sleutel))

    def check(self, aanroep: Aanroep) -> RegisterStand:
        """Is de mailserver bereikbaar, veilig, en laat hij ons binnen? Verstuurt niets."""
        try:
            self._talk(lambda poging: None, aanroep)
        except NietBevoegd as fout:
            return RegisterStand(NAAM, True, False, None, None, fout.uitleg)
        except RegisterFout as fout:
            return RegisterStand(NAAM, False, None, None, None, fout.uitleg)
        return RegisterStand(NAAM, True, True, None, None, None)

    def close(self) -> None:
        self._bewaker.close()

    def _talk(self, werk: Callable[[_Poging], None], aanroep: Aanroep) -> None:
        """Verbind, meld aan, doe `werk`. De fout ontstaat buiten de `except`: zij neemt geen adres mee."""
        aanroep.stop.check()
        vlucht = Vlucht(aanroep.einde)
        self._bewaker.watch(vlucht)
        forget = aanroep.stop.on_set(lambda: vlucht.break_off("stop"))
        poging = _Poging(self._server, vlucht, aanroep)
        fout: RegisterFout | None = None
        try:
            poging.open()
            werk(poging)
        except (OSError, smtplib.SMTPException) as oorzaak:  # TLS en time-out zijn ook OSError
            fout = _to_fout(oorzaak, poging)
        finally:
            forget()
            vlucht.finish()
            poging.close()
            aanroep.note(NAAM, "SMTP", "", None, 0.0)
        if fout is None:
            return
        fout.nooit_verstuurd = not poging.is_onbekend
        if vlucht.reden == "stop" and poging.is_onbekend:
            raise Geannuleerd()
        raise fout


class _Poging:
    """Eén gesprek met de mailserver. `is_onbekend`: de laatste punt is weg, en er kwam nog geen antwoord."""

    def __init__(self, server: Mailserver, vlucht: Vlucht, aanroep: Aanroep) -> None:
        self._server, self._vlucht, self._aanroep = server, vlucht, aanroep
        self._client: _Aan | None = None
        self.is_onbekend = False

    @property
    def _rest(self) -> float:
        return max(self._aanroep.resterend, 0.01)

    def open(self) -> None:
        server = self._server
        context = None if server.beveiliging == "geen" else make_context(server.ca_bundel)
        client = self._client = _Aan(server, self._vlucht, context if server.beveiliging == "tls" else None)
        client.timeout = min(server.verbinden, self._rest)
        code, _ = client.connect(server.server, server.poort)
        if code != 220:
            raise smtplib.SMTPResponseException(code, b"")
        if client.sock is not None:
            client.sock.settimeout(self._rest)
        client.ehlo_or_helo_if_needed()
        if server.beveiliging == "starttls":
            assert context is not None
            client.starttls(context=context)
            client.ehlo()
        if server.gebruiker:
            client.login(server.gebruiker, server.geheim())

    def deliver(self, adres: str, inhoud: bytes) -> None:
        client = self._client
        assert client is not None
        self._expect(client.mail(self._server.van), 250)
        self._expect(client.rcpt(adres), 250, 251)
        self._expect(client.docmd("DATA"), 354)
        client.send(re.sub(rb"(?m)^\.", b"..", inhoud))
        self.is_onbekend = True
        client.send(b".\r\n")
        antwoord = client.getreply()
        self.is_onbekend = antwoord[0] == -1
        self._expect(antwoord, 250)

    @staticmethod
    def _expect(antwoord: tuple[int, bytes], *goed: int) -> None:
        if antwoord[0] not in goed:
            raise smtplib.SMTPResponseException(antwoord[0], b"")

    def close(self) -> None:
        """Zonder afscheid: wie aannam, deed dat al, en wie hangt, mag ons niet ophouden."""
        if self._client is not None:
            self._client.close()


def make_mail(server: Mailserver, bericht: Uitgaand, naar: Address, klok: Klok) -> bytes:
    """De e-mail als bytes: alleen tekst, en herkenbaar als automatisch (RFC 3834)."""
    mail = EmailMessage(policy=SMTP_VORM)
    mail["From"] = Address(one_line(server.afzender), addr_spec=server.van)
    mail["To"] = naar
    if server.antwoord:
        mail["Reply-To"] = Address(addr_spec=server.antwoord)
    mail["Subject"] = one_line(bericht.titel)
    mail["Date"] = format_datetime(klok.nu())
    mail["Message-ID"] = message_id(server, bericht.sleutel)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = bericht.taal
    mail.set_content(bericht.tekst)
    inhoud = mail.as_bytes()
    return inhoud if inhoud.endswith(b"\r\n") else inhoud + b"\r\n"


def message_id(server: Mailserver, sleutel: str) -> str:
    """Dezelfde sleutel geeft altijd dezelfde Message-ID."""
    return f"<{sleutel}@{server.van.rpartition('@')[2]}>"


def read_ontvanger(adres: str) -> Address:
    """Het adres zoals het over de lijn gaat, met een domein in gewone letters. Raises Afgekeurd."""
    naam, _, domein = adres.rpartition("@")
    ontvanger: Address | None = None
    with contextlib.suppress(UnicodeError, ValueError, MessageError):
        if naam.isascii():
            ontvanger = Address(addr_spec=f"{naam}@{domein.encode('idna').decode()}")
    if ontvanger is None:
        zin = "De mailserver kan dit e-mailadres niet aan."
        raise Afgekeurd(zin, register=NAAM, velden=(("adres", "letters"),))
    return ontvanger


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _to_fout(oorzaak: Exception, poging: _Poging) -> RegisterFout:
    if isinstance(oorzaak, ssl.SSLError):
        zin = f"De verbinding met de mailserver is niet veilig: het certificaat klopt niet. {_BEHEERDER}"
        return Onbereikbaar(zin, register=NAAM, code="certificaat", opnieuw_helpt=False)
    if isinstance(oorzaak, smtplib.SMTPNotSupportedError):
        zin = f"De mailserver kan de post niet beveiligen of ons niet aanmelden. {_BEHEERDER}"
        return Onbereikbaar(zin, register=NAAM, code="onveilig", opnieuw_helpt=False)
    if isinstance(oorzaak, smtplib.SMTPAuthenticationError):
        zin = "De mailserver kent de naam of het wachtwoord niet. Vraag de applicatiebeheerder om hulp."
        return NietBevoegd(zin, register=NAAM, code="sleutel_onjuist")
    if isinstance(oorzaak, TimeoutError):
        zin = "De mailserver antwoordt niet op tijd. Het programma probeert het vanzelf opnieuw."
        return DuurtTeLang(zin, register=NAAM)
    if isinstance(oorzaak, smtplib.SMTPResponseException) and oorzaak.smtp_code > 0:
        return _refusal(oorzaak.smtp_code)
    zin = "De mailserver is niet bereikbaar. Het programma probeert het vanzelf opnieuw."
    if poging.is_onbekend:
        zin = "De verbinding met de mailserver viel weg terwijl hij het bericht aannam."
    return Onbereikbaar(zin, register=NAAM)


def _refusal(code: int) -> RegisterFout:
    """4xx is nu niet, 5xx is nooit. De tekst van de server wordt niet gelezen: daar staat het adres in."""
    if code < 500:
        zin = "De mailserver neemt nu geen post aan. Het programma probeert het vanzelf opnieuw."
        return Storing(zin, register=NAAM, code="te_druk", register_code=str(code))
    if code in _ADRES_WEG:
        zin = "De mailserver kent dit e-mailadres niet."
        return Afgekeurd(zin, register=NAAM, register_code=str(code), velden=(("adres", "onbekend"),))
    if code in (530, 534, 535, 538):
        zin = "De mailserver laat dit programma niet binnen. Vraag de applicatiebeheerder om hulp."
        return NietBevoegd(zin, register=NAAM, code="sleutel_onjuist", register_code=str(code))
    return Afgekeurd("De mailserver weigert dit bericht.", register=NAAM, register_code=str(code))
