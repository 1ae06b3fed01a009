"""Beloften aan de klant, zoals zij in de toelichting van een internetaak staan: voor mens en programma.

Klantinteracties kent geen uiterste datum, geen pogingen en geen "verteld": elke regel hier is een gewone zin
die een ander programma gewoon toont. Leest en schrijft alleen tekst; wat er in het register gebeurt, staat in
`services`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from frontoffice.domain import taal

T = TypeVar("T")

MAX_TOELICHTING = 1000
RUIMTE = 240
"""Zoveel tekens houdt een nieuw verzoek vrij voor de regels die er later bij komen."""
MAX_REDEN = 150
"""Zo lang mag een reden om door te geven zijn."""
TERUGBELLEN = "Terugbellen"
DOEN = "Doen"
LATEN_WETEN = "Laten weten"
OPNIEUW = "Klant belde opnieuw"
NIET_BEREIKT = "Niet bereikt"
GESPROKEN = "Gesproken"

_DAG = r"\d{2}-\d{2}-\d{4}"
_MOMENT = rf"{_DAG} \d{{2}}\.\d{{2}} uur"
_BELOFTE = re.compile(rf"^({TERUGBELLEN}|{DOEN}) uiterlijk ({_DAG})\.(?: Beloofd: ({_DAG})\.)?[ ]*", re.M)
_TELLINGEN = {
    wat: re.compile(rf"^{wat}: (\d{{1,3}}) keer, laatst ({_MOMENT})\.$", re.M)
    for wat in (OPNIEUW, NIET_BEREIKT, GESPROKEN)
}
_VERTELD = re.compile(rf"^Verteld op ({_DAG}) via ([^\n]{{1,50}}?)(?: door ([^\n]{{1,100}}?))?\.$", re.M)
_DOORGAVE = re.compile(
    rf"^(?:Doorgegeven op ({_MOMENT}) door ([^\n]{{1,100}}?) aan ([^\n:]{{1,200}}): ([^\n]*)"
    rf"|Overgenomen op ({_MOMENT}) door ([^\n]{{1,100}}?)\.)$",
    re.M,
)
_EIGEN = (_BELOFTE, _VERTELD, _DOORGAVE, *_TELLINGEN.values())


@dataclass(frozen=True)
class Beloftedatums:
    """`uiterlijk` voor de afdeling, `beloofd` aan de klant."""

    uiterlijk: date
    beloofd: date


@dataclass(frozen=True)
class Telling:
    """Hoe vaak iets gebeurde en de laatste keer, op de minuut; nul keer heeft er geen."""

    aantal: int = 0
    laatst: datetime | None = None


@dataclass(frozen=True)
class Verteld:
    """De klant weet het: op welke dag, langs welke weg en door wie (leeg als het er niet bij staat)."""

    op: date
    via: str
    door: str = ""


@dataclass(frozen=True)
class Doorgave:
    """Wie het verzoek wanneer aan wie gaf. `reden` is leeg als iemand het zelf overnam."""

    om: datetime
    door: str
    aan: str
    reden: str = ""


@dataclass(frozen=True)
class Taaktekst:
    """Een toelichting uit elkaar. `vraag` is alles wat geen regel van ons is, zoals het is geschreven."""

    vraag: str
    datums: Beloftedatums | None = None
    soort: str = TERUGBELLEN
    herhaald: Telling = Telling()
    niet_bereikt: Telling = Telling()
    gesproken: Telling = Telling()
    verteld: Verteld | None = None
    doorgaven: tuple[Doorgave, ...] = ()


class Beloftestand(StrEnum):
    """Hoe het met een belofte staat; de waarden zijn die van de opdrachtregel."""

    OPEN = "open"
    TE_LAAT = "te_laat"
    GEHOUDEN = "gehouden"
    NIET_GEHOUDEN = "niet_gehouden"
    ONBEKEND = "onbekend"
    """Afgehandeld, maar niemand schreef op wanneer de klant het hoorde."""


@dataclass(frozen=True)
class Belofte:
    """Eén belofte uit het register: wat, tegen wanneer, en of de klant het op tijd wist.

    Wie haar deed en hoe, staat bij het contact (`contact_uuid`); bij wie zij ligt, zeggen `actor_uuids`.
    """

    taak_uuid: str
    contact_uuid: str
    wat: str
    bellen: bool
    uiterlijk: date
    beloofd: date
    gedaan_op: datetime | None
    afgehandeld_op: datetime | None
    verteld: Verteld | None
    stand: Beloftestand
    actor_uuids: tuple[str, ...] = ()


def find_stand(tekst: Taaktekst, is_open: bool, vandaag: date) -> Beloftestand:
    """Nagekomen is: de klant wist het op of voor de beloofde dag. Klaar zonder "verteld" is onbekend."""
    assert tekst.datums is not None
    if is_open:
        return Beloftestand.TE_LAAT if tekst.datums.beloofd < vandaag else Beloftestand.OPEN
    if tekst.verteld is None:
        return Beloftestand.ONBEKEND
    op_tijd = tekst.verteld.op <= tekst.datums.beloofd
    return Beloftestand.GEHOUDEN if op_tijd else Beloftestand.NIET_GEHOUDEN


def format_belofte(uiterlijk: date, beloofd: date, soort: str = TERUGBELLEN) -> str:
    """De regel waarmee een toelichting begint: voor mens en programma, want de API kent geen datum."""
    return f"{soort} uiterlijk {uiterlijk:%d-%m-%Y}. Beloofd: {beloofd:%d-%m-%Y}."


def read_belofte(toelichting: str) -> Beloftedatums | None:
    """De datums uit een toelichting die KiF schreef; None als ze er niet (goed) in staan."""
    return read_taaktekst(toelichting).datums


def read_herhalingen(toelichting: str) -> int:
    """Hoe vaak de klant opnieuw belde volgens de toelichting."""
    return read_taaktekst(toelichting).herhaald.aantal


def read_taaktekst(toelichting: str) -> Taaktekst:
    """Wat er in de toelichting van een internetaak staat. Een datum die niet bestaat, is gewone tekst."""
    lezer = _Lezer(_gelijke_einden(toelichting))
    kop = lezer.take(_BELOFTE, _make_kop, hoogstens=1)
    soort, datums = kop[0] if kop else (TERUGBELLEN, None)
    doorgaven = lezer.take(_DOORGAVE, _make_doorgave)
    verteld = lezer.take(_VERTELD, lambda d: Verteld(_dag(d[0]), d[1], d[2] or ""), hoogstens=1)
    return Taaktekst(
        herhaald=lezer.take_telling(_TELLINGEN[OPNIEUW]),
        niet_bereikt=lezer.take_telling(_TELLINGEN[NIET_BEREIKT]),
        gesproken=lezer.take_telling(_TELLINGEN[GESPROKEN]),
        datums=datums,
        soort=soort,
        verteld=verteld[0] if verteld else None,
        doorgaven=tuple(doorgaven),
        vraag=lezer.rest,
    )


def format_moment(om: datetime) -> str:
    """ "20-11-2026 14.03 uur", in Nederlandse tijd."""
    return f"{taal.lokaal(om):%d-%m-%Y %H.%M} uur"


def add_herhaling(toelichting: str, om: datetime) -> str:
    """De toelichting met één keer meer "belde opnieuw"; dezelfde tijd twee keer telt één keer."""
    telling = read_taaktekst(toelichting).herhaald
    om = taal.lokaal(om).replace(second=0, microsecond=0)
    if telling.laatst == om:
        return toelichting
    return set_telling(toelichting, OPNIEUW, Telling(min(telling.aantal + 1, 999), om))


def set_telling(toelichting: str, wat: str, telling: Telling) -> str:
    """De toelichting met deze telling op haar eigen regel.

    Past het niet, dan blijft zij zoals zij was: de woorden van een collega gaan voor, en elk contact staat
    ook zelf in het register.
    """
    assert telling.laatst is not None
    tekst = _gelijke_einden(toelichting)
    regel = f"{wat}: {telling.aantal} keer, laatst {format_moment(telling.laatst)}."
    oud = _TELLINGEN[wat]
    if oud.search(tekst):
        nieuw = oud.sub(lambda _: regel, tekst, count=1)
    else:
        nieuw = f"{tekst}\n{regel}" if tekst else regel
    return nieuw if len(nieuw) <= MAX_TOELICHTING else toelichting


def format_verteld(op: date, via: str, door: str = "") -> str:
    """Hoe en wanneer de klant het te horen kreeg: de regel waarmee een belofte klaar is."""
    wie = f" door {_op_een_regel(door, 100)}" if door else ""
    return f"Verteld op {op:%d-%m-%Y} via {_op_een_regel(via, 50)}{wie}."


def set_verteld(toelichting: str, regel: str) -> str:
    """De toelichting met deze regel in plaats van een eerdere "verteld"."""
    return add_regel(_VERTELD.sub("", _gelijke_einden(toelichting)).rstrip("\n"), regel)


def format_overgenomen(om: datetime, door: str) -> str:
    return f"Overgenomen op {format_moment(om)} door {_op_een_regel(door, 100)}."


def format_doorgegeven(om: datetime, door: str, aan: str, reden: str) -> str:
    begin = f"Doorgegeven op {format_moment(om)} door {_op_een_regel(door, 100)}"
    return f"{begin} aan {_op_een_regel(aan.replace(':', ''), 100)}: {_op_een_regel(reden)}"


def add_regel(toelichting: str, regel: str) -> str:
    """De toelichting met deze regel onderaan. Is er geen plaats, dan gaat eerst de oudste doorgave weg.

    Past het dan nog niet, dan blijft alles zoals het was.
    """
    tekst = _gelijke_einden(toelichting)
    while len(nieuw := f"{tekst}\n{regel}" if tekst else regel) > MAX_TOELICHTING:
        oud = _DOORGAVE.search(tekst)
        if oud is None:
            return toelichting
        tekst = (tekst[: oud.start()] + tekst[oud.end() + 1 :]).rstrip("\n")
    return nieuw


def _op_een_regel(tekst: str, lengte: int = MAX_REDEN) -> str:
    return " ".join(tekst.split())[:lengte].strip()


def quote_eigen(tekst: str) -> str:
    """Vrije tekst waarin geen regel op een van de onze lijkt: wat de klant zegt, is geen belofte."""
    return "\n".join(
        f"- {regel}" if any(patroon.match(regel) for patroon in _EIGEN) else regel
        for regel in _gelijke_einden(tekst).split("\n")
    )


class _Lezer:
    """Haalt regels uit een tekst; wat overblijft is vrije tekst."""

    def __init__(self, tekst: str) -> None:
        self._tekst = tekst

    def take(
        self, patroon: re.Pattern[str], make: Callable[[tuple[str, ...]], T], hoogstens: int = 99
    ) -> list[T]:
        gevonden: list[T] = []

        def read(treffer: re.Match[str]) -> str:
            try:
                if len(gevonden) < hoogstens:
                    gevonden.append(make(treffer.groups()))
                    return ""
            except ValueError:
                pass
            return treffer.group()

        self._tekst = patroon.sub(read, self._tekst)
        return gevonden

    def take_telling(self, patroon: re.Pattern[str]) -> Telling:
        gevonden = self.take(patroon, lambda d: Telling(int(d[0]), _moment(d[1])), hoogstens=1)
        return gevonden[0] if gevonden else Telling()

    @property
    def rest(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", self._tekst).strip()


def _make_kop(delen: tuple[str, ...]) -> tuple[str, Beloftedatums]:
    soort, uiterlijk, beloofd = delen
    return soort, Beloftedatums(_dag(uiterlijk), _dag(beloofd or uiterlijk))


def _make_doorgave(delen: tuple[str, ...]) -> Doorgave:
    om, door, aan, reden, zelf_om, zelf = delen
    if zelf:
        return Doorgave(_moment(zelf_om), zelf, zelf)
    return Doorgave(_moment(om), door, aan, reden.strip())


def _dag(tekst: str) -> date:
    dag, maand, jaar = tekst.split("-")
    return date(int(jaar), int(maand), int(dag))


def _moment(tekst: str) -> datetime:
    return datetime.strptime(tekst, "%d-%m-%Y %H.%M uur").replace(tzinfo=taal.amsterdam())


def _gelijke_einden(tekst: str) -> str:
    return tekst.replace("\r\n", "\n").replace("\r", "\n")


# --- in woorden ------------------------------------------------------------------------------------------


def zeg_belofte(tekst: Taaktekst, vandaag: date) -> str:
    """Wat er van een open belofte te zeggen is, in een paar korte zinnen; leeg zonder datum.

    "We zouden de klant uiterlijk gisteren terugbellen. Dat is 1 dag te laat."
    """
    if tekst.datums is None:
        return ""
    delen = [_zeg_datum(tekst.datums, vandaag, bellen=tekst.soort == TERUGBELLEN), zeg_moeite(tekst)]
    return " ".join(deel for deel in delen if deel)


def _zeg_datum(datums: Beloftedatums, vandaag: date, *, bellen: bool) -> str:
    beloofd = uiterlijk_dag(datums.beloofd, vandaag)
    if datums.beloofd < vandaag:
        laat = taal.te_laat((vandaag - datums.beloofd).days)
        wat = "de klant uiterlijk {} terugbellen" if bellen else "de klant uiterlijk {} iets laten weten"
        return f"We zouden {wat.format(beloofd)}. Dat is {laat}."
    if datums.uiterlijk < vandaag:
        wat = "Terugbellen" if bellen else "Dit"
        op = uiterlijk_dag(datums.uiterlijk, vandaag, op=True)
        return f"{wat} had {op} gemoeten. Aan de klant is beloofd: uiterlijk {beloofd}."
    wat = "teruggebeld" if bellen else "iets te horen"
    krijgt = "wordt" if bellen else "krijgt"
    return f"De klant {krijgt} uiterlijk {beloofd} {wat}. Zo is het beloofd."


def zeg_datum_beloofd(tekst: Taaktekst, vandaag: date, is_open: bool = True) -> str:
    """De datum die de klant is gezegd en hoe het ervoor staat: "uiterlijk dinsdag 29 december, op tijd"."""
    if tekst.datums is None:
        return ""
    dag = f"uiterlijk {taal.datum_lang(tekst.datums.beloofd, vandaag)}"
    over = (tekst.datums.beloofd - vandaag).days
    if is_open:
        return f"{dag} ({taal.te_laat(-over) if over < 0 else taal.nog(over)})"
    if tekst.verteld is None:
        return dag
    return f"{dag} ({'gehaald' if tekst.verteld.op <= tekst.datums.beloofd else 'niet gehaald'})"


def zeg_kort(tekst: Taaktekst, vandaag: date) -> str:
    """Voor één regel van een lijst: "beloofd di 29 dec, belde 2 keer opnieuw"; leeg als er niets is."""
    delen = []
    if tekst.datums is not None:
        delen.append(f"beloofd {taal.datum_kort(tekst.datums.beloofd, vandaag)}")
    if tekst.herhaald.aantal:
        delen.append(f"belde {_keer(tekst.herhaald.aantal)} opnieuw")
    if tekst.niet_bereikt.aantal:
        delen.append(f"{_keer(tekst.niet_bereikt.aantal)} niet bereikt")
    if tekst.verteld is not None:
        delen.append(f"verteld via {tekst.verteld.via}")
    return ", ".join(delen)


def zeg_moeite(tekst: Taaktekst) -> str:
    """Hoe vaak de klant opnieuw belde en hoe vaak wij hem niet bereikten; leeg als geen van beide."""
    zinnen = []
    if tekst.herhaald.aantal:
        zinnen.append(f"De klant belde al {_keer(tekst.herhaald.aantal)} opnieuw.")
    if tekst.niet_bereikt.aantal:
        zinnen.append(f"We belden al {_keer(tekst.niet_bereikt.aantal)} zonder gehoor.")
    return " ".join(zinnen)


def uiterlijk_dag(dag: date, vandaag: date, *, op: bool = False) -> str:
    """ "vandaag", "gisteren", "morgen", of "dinsdag 29 december" (met `op`: "op dinsdag 29 december")."""
    verschil = (dag - vandaag).days
    if verschil in (-1, 0, 1):
        return ("gisteren", "vandaag", "morgen")[verschil + 1]
    return f"op {taal.datum_lang(dag, vandaag)}" if op else taal.datum_lang(dag, vandaag)


def _keer(aantal: int) -> str:
    return "een keer" if aantal == 1 else f"{aantal} keer"
