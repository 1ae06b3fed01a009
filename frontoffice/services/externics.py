"""Leest de bezette tijden uit een .ics, met bij elke fout de regel. Neemt geen naam of tekst over.

Een eigen lezer omdat alleen tijd en plaats nodig zijn: zo is van elke afspraak de regel bekend, blijft een
bestand met tienduizend afspraken vlot, en komt een onbekende tijdzone nooit stil als Nederlandse tijd mee.
Schrijven van .ics doet `documents.kalenderbestand`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from frontoffice.agenda.tijd import to_utc
from frontoffice.domain.taal import dag_van
from frontoffice.services.extern import (
    MEESTE_RIJEN,
    ExternBestand,
    ExterneRij,
    check_tijden,
    make_dag,
    make_sleutel,
)

_BEGIN = "BEGIN:VCALENDAR"
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
_DUUR = re.compile(r"\+?P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?)")
_AMSTERDAM = "Europe/Amsterdam"
# Zoals Windows en Outlook onze zone noemen.
_WINDOWS = {"w. europe standard time", "romance standard time", "central europe standard time"}
_VELDEN = frozenset(
    {
        "DTSTART", "DTEND", "DURATION", "STATUS", "TRANSP", "UID", "RECURRENCE-ID", "SEQUENCE", "RRULE",
        "RDATE", "LOCATION", "RESOURCES",
    }
)  # fmt: skip
_OPNIEUW = "Haal de lijst opnieuw op bij de andere agenda."


@dataclass
class _Afspraak:
    """De eigenschappen die ertoe doen, elk met parameters en waarde. `regel` is die van het begin."""

    regel: int
    velden: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)

    def waarde(self, naam: str) -> str:
        return self.velden.get(naam, ({}, ""))[1].strip()


class _Overslaan(Exception):
    """Deze afspraak houdt niets bezet; `dag` telt wel als genoemd."""

    def __init__(self, dag: date | None = None) -> None:
        super().__init__()
        self.dag = dag


def is_ics(tekst: str) -> bool:
    return tekst.lstrip()[: len(_BEGIN)].upper() == _BEGIN


def read_ics(tekst: str) -> ExternBestand:
    """Alle afspraken van een .ics, of alle fouten."""
    gevonden: dict[tuple[str, str], tuple[int, ExterneRij | None]] = {}
    rijen: list[ExterneRij] = []
    fouten: list[str] = []
    dagen: set[date] = set()
    try:
        for nummer, afspraak in enumerate(_afspraken(tekst), 1):
            if nummer > MEESTE_RIJEN:
                return ExternBestand((), ("Het bestand heeft te veel afspraken. Lees het in delen in.",))
            try:
                rij: ExterneRij | None = _read(afspraak)
            except _Overslaan as fout:
                rij = None
                dagen |= {fout.dag} if fout.dag else set()
            except ValueError as fout:
                fouten.append(f"Regel {afspraak.regel}: {fout}")
                continue
            if rij is not None:
                dagen.add(rij.dag)
            _take_newest(afspraak, rij, gevonden, rijen)
    except EOFError:
        fouten.append(f"Het bestand houdt halverwege op. {_OPNIEUW}")
    if fouten:
        return ExternBestand((), tuple(fouten))
    rijen += [rij for _, rij in gevonden.values() if rij is not None]
    return ExternBestand(tuple(rijen), dagen=frozenset(dagen))


def _take_newest(
    afspraak: _Afspraak,
    rij: ExterneRij | None,
    gevonden: dict[tuple[str, str], tuple[int, ExterneRij | None]],
    rijen: list[ExterneRij],
) -> None:
    """Dezelfde afspraak twee keer: het hoogste volgnummer telt. Zonder kenmerk is elke afspraak er een."""
    if not afspraak.waarde("UID"):
        if rij is not None:
            rijen.append(rij)
        return
    sleutel = (afspraak.waarde("UID"), afspraak.waarde("RECURRENCE-ID"))
    nummer = afspraak.waarde("SEQUENCE")
    volgnummer = int(nummer) if nummer.isascii() and nummer.isdecimal() and len(nummer) < 10 else 0
    eerder = gevonden.get(sleutel)
    if eerder is None or volgnummer > eerder[0]:
        gevonden[sleutel] = (volgnummer, rij)
    elif volgnummer == eerder[0] and rij is not None:
        oud = eerder[1]
        if oud is None or (oud.begin, oud.eind) != (rij.begin, rij.eind):
            rijen.append(rij)


# --- regels ------------------------------------------------------------------------------------------------


def _lines(tekst: str) -> Iterator[tuple[int, str]]:
    """Elke regel met zijn nummer; een regel die met een spatie begint, hoort bij de vorige."""
    nummer, delen = 0, [""]
    for huidig, regel in enumerate(tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if regel[:1] in (" ", "\t"):
            delen.append(regel[1:])
            continue
        if nummer:
            yield nummer, "".join(delen)
        nummer, delen = huidig, [regel]
    yield nummer, "".join(delen)


def _afspraken(tekst: str) -> Iterator[_Afspraak]:
    """Elke VEVENT. Raises EOFError als de kalender niet is afgesloten."""
    open_: list[str] = []
    afspraak: _Afspraak | None = None
    klaar = False
    for nummer, regel in _lines(tekst):
        hoofd = regel.strip().upper()
        if hoofd.startswith("BEGIN:"):
            open_.append(hoofd[6:])
            if hoofd == "BEGIN:VEVENT":
                afspraak = _Afspraak(nummer)
        elif hoofd.startswith("END:"):
            if not open_ or open_.pop() != hoofd[4:]:
                raise EOFError
            if hoofd == "END:VEVENT" and afspraak is not None:
                yield afspraak
                afspraak = None
            klaar = hoofd == "END:VCALENDAR" and not open_
        elif afspraak is not None and open_[-1] == "VEVENT":
            _add_veld(afspraak, regel)
    if open_ or not klaar:
        raise EOFError


def _add_veld(afspraak: _Afspraak, regel: str) -> None:
    """Naam, parameters en waarde; de waarde begint na de eerste dubbele punt buiten aanhalingstekens."""
    naam = re.split("[;:]", regel[:40], maxsplit=1)[0].upper()
    if naam not in _VELDEN or naam in afspraak.velden:
        return
    delen: list[str] = []
    begin, aangehaald = 0, False
    for plek, teken in enumerate(regel):
        if teken == '"':
            aangehaald = not aangehaald
        elif teken in ";:" and not aangehaald:
            delen.append(regel[begin:plek])
            begin = plek + 1
            if teken == ":":
                break
    paren = (deel.partition("=") for deel in delen[1:])
    afspraak.velden[naam] = ({k.upper(): w.strip('"') for k, _, w in paren}, regel[begin:])


# --- een afspraak ------------------------------------------------------------------------------------------


def _read(afspraak: _Afspraak) -> ExterneRij:
    """Raises ValueError met wat er niet klopt, _Overslaan als zij niets bezet houdt."""
    if afspraak.waarde("STATUS").upper() == "CANCELLED" or afspraak.waarde("TRANSP").upper() == "TRANSPARENT":
        raise _Overslaan(_dag_als_bekend(afspraak))
    if "RRULE" in afspraak.velden or "RDATE" in afspraak.velden:
        raise ValueError(
            "deze afspraak herhaalt zich. Zet elke keer apart in de andere agenda en lees dan opnieuw in."
        )
    begin = _moment(afspraak, "DTSTART")
    if begin is None:
        raise ValueError(f"deze afspraak heeft geen begin. {_OPNIEUW}")
    eind = _moment(afspraak, "DTEND") or _na_duur(afspraak, begin)
    if eind is None:
        raise ValueError(f"deze afspraak heeft geen eind. {_OPNIEUW}")
    check_tijden(begin, eind)
    kenmerk = afspraak.waarde("UID") + afspraak.waarde("RECURRENCE-ID")
    plaatsen = [*afspraak.waarde("RESOURCES").split(","), afspraak.waarde("LOCATION")]
    balies = tuple(naam for plaats in plaatsen if (naam := plaats.replace("\\", "").strip()))
    sleutel = make_sleutel(kenmerk or f"{begin.isoformat()} {eind.isoformat()} {' '.join(balies)}")
    return ExterneRij(begin, eind, sleutel, afspraak.regel, balies)


def _dag_als_bekend(afspraak: _Afspraak) -> date | None:
    try:
        begin = _moment(afspraak, "DTSTART")
    except ValueError:
        return None
    return dag_van(begin) if begin is not None else None


def _moment(afspraak: _Afspraak, veld: str) -> datetime | None:
    """In UTC. Zonder zone is het Nederlandse tijd. Raises ValueError."""
    if veld not in afspraak.velden:
        return None
    parameters, waarde = afspraak.velden[veld]
    delen = _MOMENT.fullmatch(waarde.strip())
    if delen is None or not waarde.isascii():
        raise ValueError(f"begin of eind klopt niet. {_OPNIEUW}")
    if delen[4] is None:
        raise ValueError(
            "deze afspraak duurt een hele dag. Geef haar een begin en een eind, of haal haar weg."
        )
    try:
        dag = make_dag(int(delen[1]), int(delen[2]), int(delen[3]))
        tijd = time(int(delen[4]), int(delen[5]), min(int(delen[6]), 59))
    except ValueError:
        raise ValueError(f"begin of eind klopt niet. {_OPNIEUW}") from None
    if delen[7]:
        return datetime.combine(dag, tijd, UTC)
    zone = _zone(parameters.get("TZID", ""))
    return to_utc(dag, tijd) if zone is None else datetime.combine(dag, tijd, zone).astimezone(UTC)


def _zone(naam: str) -> ZoneInfo | None:
    """None is de Nederlandse. Raises ValueError bij een zone die niet bekend is."""
    kort = "/".join(naam.strip().strip("/").split("/")[-2:])
    if not naam or kort == _AMSTERDAM or naam.lower() in _WINDOWS:
        return None
    try:
        return ZoneInfo(kort)
    except (ValueError, OSError, KeyError):
        zin = "de tijdzone is onbekend. Haal de lijst op in Nederlandse tijd of UTC."
        raise ValueError(zin) from None


def _na_duur(afspraak: _Afspraak, begin: datetime) -> datetime | None:
    if "DURATION" not in afspraak.velden:
        return None
    delen = _DUUR.fullmatch(afspraak.waarde("DURATION"))
    if delen is None:
        raise ValueError(f"de duur klopt niet. {_OPNIEUW}")
    weken, dagen, uren, minuten, seconden = (int(deel or 0) for deel in delen.groups())
    return begin + timedelta(weeks=weken, days=dagen, hours=uren, minutes=minuten, seconds=seconden)
