"""Een bericht aan een inwoner: soorten, kanalen, toestemming, stiltetijd en de opdracht om het te versturen.

Bevroren waarden en regels. De tekst staat al vast als de opdracht wordt gemaakt: wat de medewerker in het
voorbeeld ziet, is wat er weggaat. Verstuurt niets en kent geen aanbieder.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from frontoffice.domain.concept import Gesprekspartner
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.taal import lokaal
from frontoffice.domain.zoekvraag import lees_telefoon

TALEN = ("nl", "de", "en")
_RUIMTE = uuid.UUID("6f1d7a52-3c0b-5f0e-9d43-0b6c7e2a9f11")
_LANGSTE_STILTE = 14
"""Zoveel dagen vooruit wordt een moment gezocht dat mag; langer stil kan niet."""


class Berichtsoort(StrEnum):
    """Waarom er een bericht is. De waarden staan ook in het profiel en in de teksten."""

    AFSPRAAK_BEVESTIGD = "afspraak_bevestigd"
    AFSPRAAK_GEWIJZIGD = "afspraak_gewijzigd"
    AFSPRAAK_AFGEZEGD = "afspraak_afgezegd"
    HERINNERING = "herinnering"
    AFSPRAAK_LATER = "afspraak_later"
    BEZIG = "bezig"
    KLAAR = "klaar"


OVER_AFSPRAAK = frozenset(
    {
        Berichtsoort.AFSPRAAK_BEVESTIGD,
        Berichtsoort.AFSPRAAK_GEWIJZIGD,
        Berichtsoort.AFSPRAAK_AFGEZEGD,
        Berichtsoort.HERINNERING,
        Berichtsoort.AFSPRAAK_LATER,
    }
)
BIJ_BEGINTIJD = frozenset({Berichtsoort.HERINNERING, Berichtsoort.AFSPRAAK_LATER})
"""Deze horen bij de begintijd van een afspraak, naast het bericht over haar stand."""
ONDERWERPEN = {
    Berichtsoort.AFSPRAAK_BEVESTIGD: "Bericht: afspraak bevestigd",
    Berichtsoort.AFSPRAAK_GEWIJZIGD: "Bericht: afspraak gewijzigd",
    Berichtsoort.AFSPRAAK_AFGEZEGD: "Bericht: afspraak afgezegd",
    Berichtsoort.HERINNERING: "Bericht: herinnering aan een afspraak",
    Berichtsoort.AFSPRAAK_LATER: "Bericht: het loopt uit",
    Berichtsoort.BEZIG: "Bericht: we zijn ermee bezig",
    Berichtsoort.KLAAR: "Bericht: het is klaar",
}
"""Hoe een opdracht op het scherm en in lijsten heet: nooit met persoonsgegevens."""
METADATA_BERICHT, METADATA_OVER = "bericht", "berichtover"
"""Zo zegt het contact van een bericht in zijn metadata welk bericht het was en waarover."""
OVER_TAAK, OVER_MELDING = "taak", "melding"
"""Het begin van `over`, voor de dubbele punt."""


class Berichtkanaal(StrEnum):
    """Waarlangs een bericht gaat."""

    MAIL = "mail"
    SMS = "sms"

    @property
    def zin(self) -> str:
        """Voor in een zin: "per e-mail"."""
        return "per e-mail" if self is Berichtkanaal.MAIL else "per sms"


class Aflevering(StrEnum):
    """Wat de aanbieder over een aangenomen bericht zegt."""

    ONDERWEG = "onderweg"
    AANGEKOMEN = "aangekomen"
    BLIJVEND_MISLUKT = "blijvend_mislukt"
    TIJDELIJK_MISLUKT = "tijdelijk_mislukt"
    TECHNISCH_MISLUKT = "technisch_mislukt"

    @property
    def is_mislukt(self) -> bool:
        return self not in (Aflevering.ONDERWEG, Aflevering.AANGEKOMEN)


@dataclass(frozen=True)
class Toestemming:
    """De inwoner zei dat dit soort bericht digitaal mag. `bron`: waar dat is gezegd ("telefoon", "balie").

    Geldt per soort (Awb 2:8): wie een bevestiging per e-mail wil, vroeg daarmee nog niet om iets anders.
    """

    soorten: frozenset[Berichtsoort]
    op: date
    bron: str

    def check(self, soort: Berichtsoort) -> None:
        """Raises Geweigerd als de inwoner hier niet om vroeg."""
        if soort not in self.soorten:
            raise Geweigerd(
                "De inwoner heeft niet gezegd dat dit bericht mag. Vraag het, of bel.",
                code="geen_toestemming",
            )


@dataclass(frozen=True)
class Ontvanger:
    """Wie het bericht krijgt. `bel`: het nummer om te bellen als een bericht niet kan of mislukt."""

    naam: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    mobiel: str = field(default="", repr=False)
    bel: str = field(default="", repr=False)
    taal: str = "nl"
    overleden: bool = False
    klant: Gesprekspartner | None = field(default=None, repr=False)

    def adres(self, kanaal: Berichtkanaal) -> str:
        """Het adres voor dit kanaal; leeg als er geen is, of als een sms daar niet aankomt."""
        if kanaal is Berichtkanaal.MAIL:
            return self.email.strip()
        nummer = self.mobiel or self.bel
        return nummer if is_mobiel(nummer) else ""


@dataclass(frozen=True)
class Berichtopdracht:
    """Eén bericht dat klaarstaat (`Opdracht`). `uuid`: dezelfde aanleiding geeft altijd dezelfde.

    `over` zegt waar het bij hoort ("afspraak:<id>"), `versie` welke stand daarvan. `adres` leeg = er is geen
    adres: dan komt het bericht meteen op de Bellijst. Na `uiterlijk` heeft versturen geen zin meer.
    `code` staat in de tekst en hoort verder nergens te staan. `bij_contact`: het contact waaruit het
    terugbelverzoek ontstond, bij een bericht over een taak.
    """

    soort: ClassVar[str] = "bericht"

    uuid: str
    groep: str
    medewerker: str
    medewerker_naam: str
    wat: Berichtsoort
    kanaal: Berichtkanaal
    over: str
    versie: str
    titel: str = field(repr=False)
    tekst: str = field(repr=False)
    gemaakt_op: datetime
    adres: str = field(default="", repr=False)
    naam: str = field(default="", repr=False)
    bel: str = field(default="", repr=False)
    taal: str = "nl"
    kenmerk: str = ""
    toestemming_op: date | None = None
    toestemming_bron: str = ""
    uiterlijk: datetime | None = None
    klant: Gesprekspartner | None = field(default=None, repr=False)
    code: str = field(default="", repr=False)
    bij_contact: str = ""

    @property
    def over_taak(self) -> str:
        """De uuid van het terugbelverzoek waar dit over gaat; anders leeg."""
        soort, _, wat = self.over.partition(":")
        return wat if soort == OVER_TAAK else ""

    @property
    def over_melding(self) -> str:
        """Het nummer van de melding waar dit over gaat; anders leeg."""
        soort, _, wat = self.over.partition(":")
        return wat if soort == OVER_MELDING else ""

    @property
    def contactsleutel(self) -> str:
        """De sleutel van het contact dat van dit bericht vertelt: op elke werkplek dezelfde."""
        return str(uuid.uuid5(uuid.UUID(self.uuid), "contact"))

    @property
    def onderwerp(self) -> str:
        return ONDERWERPEN[self.wat]

    @property
    def wie(self) -> str:
        return self.naam

    @property
    def om(self) -> datetime:
        return self.gemaakt_op


def make_sleutel(soort: Berichtsoort, over: str, versie: str) -> str:
    """De sleutel van een bericht: dezelfde soort over dezelfde stand van hetzelfde is hetzelfde bericht.

    Over één stand van een afspraak is er één bericht, of dat nu bevestigd, gewijzigd of afgezegd heet. Bevat
    geen persoonsgegevens; gaat als kenmerk mee naar de aanbieder.
    """
    over_stand = soort in OVER_AFSPRAAK and soort not in BIJ_BEGINTIJD
    return str(uuid.uuid5(_RUIMTE, f"{'afspraak' if over_stand else soort.value}|{over}|{versie}"))


def refuse_overleden(ontvanger: Ontvanger) -> None:
    """Een overledene krijgt nooit bericht, en komt ook niet op de Bellijst. Raises Geweigerd."""
    if ontvanger.overleden:
        raise Geweigerd("Deze persoon is overleden. Er gaat geen bericht uit.", code="overleden")


def is_mobiel(nummer: str) -> bool:
    """Kan er op dit nummer een sms aankomen? Een vast nummer en een kort nummer niet."""
    gelezen = lees_telefoon(nummer) if nummer else None
    if gelezen is None or not gelezen.e164.startswith("+"):
        return False
    import phonenumbers

    soort = phonenumbers.number_type(phonenumbers.parse(gelezen.e164))
    return soort in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


# --- stiltetijd --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stiltetijd:
    """Wanneer er niets weggaat: van `van` tot `tot` (over middernacht), en op zon- en feestdagen."""

    van: time = time(21)
    tot: time = time(8)
    stille_dagen: bool = True

    def next_moment(self, moment: datetime, is_feestdag: Callable[[date], bool]) -> datetime:
        """Het eerste moment vanaf `moment` waarop het mag, in UTC; `moment` zelf als het al mag."""
        plaatselijk = lokaal(moment)
        for dagen in range(_LANGSTE_STILTE + 1):
            dag = plaatselijk.date() + timedelta(days=dagen)
            if self.stille_dagen and (dag.weekday() == 6 or is_feestdag(dag)):
                continue
            van, tot = self._open(dag, plaatselijk)
            begin = plaatselijk if dagen == 0 and plaatselijk > van else van
            if begin < tot:
                return moment if begin is plaatselijk else begin.astimezone(UTC)
        return moment

    def _open(self, dag: date, bij: datetime) -> tuple[datetime, datetime]:
        """Van wanneer tot wanneer er op deze dag iets weg mag."""
        van = datetime.combine(dag, self.tot if self.van > self.tot else time(0), bij.tzinfo)
        if self.van > self.tot:
            return van, datetime.combine(dag, self.van, bij.tzinfo)
        if self.van == self.tot:  # nooit stil
            return van, van + timedelta(days=1)
        # Stil binnen één dag (bijvoorbeeld tussen de middag): ervoor mag het ook.
        stil_van, stil_tot = (datetime.combine(dag, deel, bij.tzinfo) for deel in (self.van, self.tot))
        if dag == bij.date() and stil_van <= bij < stil_tot:
            return stil_tot, van + timedelta(days=1)
        return van, van + timedelta(days=1)


# --- sms ---------------------------------------------------------------------------------------------------

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_DUBBEL = frozenset("^{}\\[~]|€")


def count_sms(tekst: str) -> int:
    """In hoeveel delen deze tekst als sms gaat (GSM 03.38): 160 tekens, of 70 met een ander teken erin."""
    if all(teken in _GSM7 or teken in _GSM7_DUBBEL for teken in tekst):
        lengte, een, meer = sum(1 + (teken in _GSM7_DUBBEL) for teken in tekst), 160, 153
    else:
        lengte, een, meer = len(tekst.encode("utf-16-le")) // 2, 70, 67
    return 1 if lengte <= een else -(-lengte // meer)


# --- tonen -------------------------------------------------------------------------------------------------


def mask_adres(kanaal: Berichtkanaal, adres: str) -> str:
    """Genoeg om te herkennen, te weinig om over te nemen: "a…@voorbeeld.nl", "06 … 78"."""
    if not adres:
        return ""
    if kanaal is Berichtkanaal.MAIL:
        naam, _, domein = adres.rpartition("@")
        return f"{naam[:1]}…@{domein}"
    return f"… {re.sub(r'[^0-9]', '', adres)[-3:]}"
