"""Wat een profiel over berichten aan inwoners zegt: waar ze heen gaan, wanneer niet, en eigen teksten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path


@dataclass(frozen=True)
class Notifydienst:
    """Een API zoals GOV.UK Notify. De sjablonen hebben alleen ((onderwerp)) en ((tekst))."""

    url: str
    geheim: str = "notify"
    sjabloon_mail: str = ""
    sjabloon_sms: str = ""
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Mailserver:
    """Een gewone mailserver. `beveiliging`: "starttls", "tls", of "geen" (alleen op deze computer)."""

    server: str
    van: str
    poort: int = 587
    beveiliging: str = "starttls"
    gebruiker: str = ""
    geheim: str = "smtp"
    antwoord: str = ""
    ca_bundel: Path | None = None


@dataclass(frozen=True)
class Berichten:
    """`mail` is "notify", "smtp" of leeg, `sms` "notify" of leeg; leeg = niet aangesloten.

    `soorten`: welke berichten de gemeente stuurt; leeg = alle. `teksten`: eigen teksten, per (taal, soort)
    een tabel met onderwerp, mail en sms; leeg = de gewone.
    """

    mail: str = ""
    sms: str = ""
    afzender: str = ""
    bellen: str = ""
    website: str = ""
    stil_van: time = time(21)
    stil_tot: time = time(8)
    stille_dagen: bool = True
    soorten: tuple[str, ...] = ()
    notify: Notifydienst | None = None
    smtp: Mailserver | None = None
    teksten: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    @property
    def adressen(self) -> tuple[str, ...]:
        """De webadressen waar iets heen gaat."""
        return (self.notify.url,) if self.notify is not None and self.notify.url else ()
