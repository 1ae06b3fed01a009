"""Leest wat een andere agenda op onze avonden heeft staan: een .ics of een CSV. Zonder namen.

Voorlopig de enige weg naar binnen voor avonden die ook elders te boeken zijn. Alle fouten van een bestand
komen tegelijk, met de regel. Bewaart niets: dat doet `avonden`.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from frontoffice.agenda.afspraak import Eisen, Kanaal
from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Toewijzing, Vraag, find_balie
from frontoffice.agenda.tijd import Vak, to_utc
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van

KOLOMMEN = ("datum", "begin", "eind")
MEESTE_RIJEN = 20_000
_HOOGSTE_OMVANG = 5_000_000


@dataclass(frozen=True)
class ExterneRij:
    """Een bezette tijd, in UTC. `balie` leeg = welke balie maakt niet uit. `sleutel`: die van de bron."""

    begin: datetime
    eind: datetime
    sleutel: str
    balie: str = ""

    @property
    def vak(self) -> Vak:
        """Het kleinste vak van hele tikken waar de tijd in past."""
        binnen = Vak.van(self.begin, self.eind)
        begin = binnen.begin - (binnen.begin_utc > self.begin)
        return Vak(begin, max(begin + 1, binnen.eind + (binnen.eind_utc < self.eind)))


@dataclass(frozen=True)
class ExternBestand:
    """Met één fout zijn er geen rijen: half inlezen maakt een avond die nergens klopt."""

    rijen: tuple[ExterneRij, ...]
    fouten: tuple[str, ...] = ()


def read_extern(tekst: str, soort: str) -> ExternBestand:
    """Lees een bestand; `soort` is "ics" of "csv". Raises InvoerFout bij een bestand dat veel te groot is."""
    if len(tekst) > _HOOGSTE_OMVANG:
        raise InvoerFout("Het bestand is te groot. Kijk of dit het goede bestand is.", code="bestand")
    return _read_ics(tekst) if soort == "ics" else _read_csv(tekst.removeprefix("\ufeff"))


# --- CSV ----------------------------------------------------------------------------------------------------


def _read_csv(tekst: str) -> ExternBestand:
    scheiding = ";" if ";" in tekst.partition("\n")[0] else ","
    lezer = csv.reader(io.StringIO(tekst), delimiter=scheiding)
    try:
        kop = [naam.strip().lower() for naam in next(lezer, [])]
        missen = [naam for naam in KOLOMMEN if naam not in kop]
        if missen:
            zin = f"Regel 1: de kolom {missen[0]} ontbreekt. Nodig: datum, begin en eind."
            return ExternBestand((), (zin,))
        rijen: list[ExterneRij] = []
        fouten: list[str] = []
        for velden in lezer:
            if len(rijen) + len(fouten) >= MEESTE_RIJEN:
                return ExternBestand((), ("Het bestand heeft te veel regels. Lees het in delen in.",))
            if not any(veld.strip() for veld in velden):
                continue
            uitkomst = _read_rij(dict(zip(kop, (veld.strip() for veld in velden), strict=False)))
            if isinstance(uitkomst, str):
                fouten.append(f"Regel {lezer.line_num}: {uitkomst}")
            else:
                rijen.append(uitkomst)
    except csv.Error:
        zin = f"Regel {lezer.line_num}: dit is geen goede CSV. Bewaar het opnieuw als CSV."
        return ExternBestand((), (zin,))
    return ExternBestand((), tuple(fouten)) if fouten else ExternBestand(tuple(rijen))


def _read_rij(rij: dict[str, str]) -> ExterneRij | str:
    try:
        dag = _datum(rij.get("datum", ""))
    except ValueError:
        return "de datum klopt niet. Schrijf 2026-12-31 of 31-12-2026."
    try:
        begin, eind = (to_utc(dag, _tijd(rij.get(naam, ""))) for naam in ("begin", "eind"))
    except ValueError:
        return "begin of eind klopt niet. Schrijf een tijd zoals 17:30."
    if eind <= begin:
        return "het eind ligt niet na het begin."
    return ExterneRij(begin, eind, _sleutel(rij.get("nummer", ""), begin, eind, rij), rij.get("balie", ""))


def _tijd(tekst: str) -> time:
    tijd = time.fromisoformat(tekst.replace(".", ":"))
    if tijd.tzinfo is not None:
        raise ValueError("een tijd met een zone")
    return tijd


def _datum(tekst: str) -> date:
    if "-" in tekst and tekst.index("-") < 4:
        dag, maand, jaar = tekst.split("-")
        return date(int(jaar), int(maand), int(dag))
    return date.fromisoformat(tekst)


# --- iCalendar ----------------------------------------------------------------------------------------------


def _read_ics(tekst: str) -> ExternBestand:
    from icalendar import Calendar

    try:
        kalender = Calendar.from_ical(tekst)
    except ValueError:
        zin = "Dit is geen goed .ics-bestand. Haal het opnieuw op bij de andere agenda."
        return ExternBestand((), (zin,))
    rijen: list[ExterneRij] = []
    fouten: list[str] = []
    for nummer, afspraak in enumerate(kalender.walk("VEVENT"), 1):
        if nummer > MEESTE_RIJEN:
            return ExternBestand((), ("Het bestand heeft te veel afspraken. Lees het in delen in.",))
        if str(afspraak.get("STATUS", "")).upper() == "CANCELLED":
            continue
        begin, eind = _moment(afspraak, "DTSTART"), _moment(afspraak, "DTEND")
        if begin is None or eind is None or eind <= begin or "RRULE" in afspraak:
            fouten.append(f"Afspraak {nummer}: begin en eind kloppen niet. Haal de lijst opnieuw op.")
            continue
        sleutel = _sleutel(str(afspraak.get("UID", "")), begin, eind, {})
        rijen.append(ExterneRij(begin, eind, sleutel, ""))
    return ExternBestand((), tuple(fouten)) if fouten else ExternBestand(tuple(rijen))


def _moment(afspraak: object, veld: str) -> datetime | None:
    """Het moment in UTC; een tijd zonder zone is Nederlandse tijd, een hele dag telt niet."""
    eigen = afspraak.get(veld) if hasattr(afspraak, "get") else None
    waarde = getattr(eigen, "dt", None)
    if not isinstance(waarde, datetime):
        return None
    return to_utc(waarde.date(), waarde.time()) if waarde.tzinfo is None else waarde.astimezone(UTC)


def _sleutel(eigen: str, begin: datetime, eind: datetime, rij: dict[str, str]) -> str:
    """Een afdruk: in een sleutel van een ander kan een naam of e-mailadres zitten."""
    tekst = eigen or f"{begin.isoformat()} {eind.isoformat()} {rij.get('balie', '')}"
    return hashlib.sha256(tekst.encode("utf-8", "replace")).hexdigest()[:32]


def group_per_dag(rijen: Sequence[ExterneRij]) -> dict[date, list[ExterneRij]]:
    """De rijen per Nederlandse dag, op volgorde van tijd."""
    per_dag: dict[date, list[ExterneRij]] = {}
    for rij in sorted(rijen, key=lambda r: (r.begin, r.eind, r.sleutel)):
        per_dag.setdefault(dag_van(rij.begin), []).append(rij)
    return per_dag


# --- plaatsen -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Geplaatst:
    """Wat er op de avond komt, en welke eigen afspraken (id) daarvoor naar welke balie gaan."""

    inhoud: tuple[Inhoud, ...]
    verhuizingen: Mapping[str, str]


def place_extern(avond: Avond, rijen: Sequence[ExterneRij]) -> tuple[Geplaatst, list[ExterneRij]]:
    """Geef elke rij een balie; wat nergens past, komt terug."""
    inhoud: list[Inhoud] = []
    verhuizingen: dict[str, str] = {}
    rest: list[ExterneRij] = []
    for rij in rijen:
        plek = _plek(avond, rij)
        if plek is None:
            rest.append(rij)
            continue
        nieuw = Inhoud(
            SoortInhoud.EXTERN,
            f"{rij.sleutel}-{len(inhoud)}",
            rij.vak,
            plek.balie,
            Eisen(),
            (),
            vast=True,
            kanaal=Kanaal.WEB,
        )
        inhoud.append(nieuw)
        verhuizingen |= plek.verhuizingen
        verhuisd = (replace(i, balie=plek.verhuizingen.get(i.id, i.balie)) for i in avond.inhoud)
        avond = replace(avond, inhoud=(*verhuisd, nieuw))
    return Geplaatst(tuple(inhoud), verhuizingen), rest


def _plek(avond: Avond, rij: ExterneRij) -> Toewijzing | None:
    if not rij.balie:
        return find_balie(avond, Vraag(rij.vak, Eisen()))
    bezet = any(item.balie == rij.balie and item.vak.raakt(rij.vak) for item in avond.inhoud)
    return None if bezet else Toewijzing(rij.balie)
