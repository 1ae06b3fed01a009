"""Leest wat een andere agenda op onze avonden heeft staan: een .ics of een CSV. Zonder namen.

Alle fouten van een bestand komen tegelijk, met de regel; met één fout is er niets om in te lezen. Foutzinnen
herhalen nooit wat er staat: dat kan van een bezoeker zijn. Bewaart niets: dat doet `externdienst`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from frontoffice.agenda.tijd import Vak, to_utc
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van

KOLOMMEN = ("datum", "begin", "eind")
MEESTE_RIJEN = 20_000
HOOGSTE_OMVANG = 5_000_000
"""In bytes: tienduizend afspraken zijn er nog geen drie miljoen."""
_TIJD = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?(?: uur)?")
_DATUM = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_KAPOT = "Dit is geen .ics of CSV. Haal de lijst opnieuw op bij de andere agenda."


@dataclass(frozen=True)
class ExterneRij:
    """Een bezette tijd, in UTC. `balies`: hoe de balie daar heet; leeg = welke balie maakt niet uit.

    `sleutel`: een afdruk van wat de bron als kenmerk gaf. `regel`: waar zij in het bestand staat.
    `balie_moet`: de balie is met opzet genoemd; kent KiF haar niet, dan is dat een fout. `product` is een
    code of naam die alleen telt als KiF haar kent.
    """

    begin: datetime
    eind: datetime
    sleutel: str
    regel: int = 0
    balies: tuple[str, ...] = ()
    balie_moet: bool = False
    product: str = ""

    @property
    def vak(self) -> Vak:
        """Het kleinste vak van hele tikken waar de tijd in past."""
        binnen = Vak.van(self.begin, self.eind)
        begin = binnen.begin - (binnen.begin_utc > self.begin)
        return Vak(begin, max(begin + 1, binnen.eind + (binnen.eind_utc < self.eind)))

    @property
    def dag(self) -> date:
        return dag_van(self.begin)


@dataclass(frozen=True)
class ExternBestand:
    """Met één fout zijn er geen rijen: half inlezen maakt een avond die nergens klopt.

    `dagen`: elke dag die het bestand noemt, ook die van een afspraak die is afgezegd.
    """

    rijen: tuple[ExterneRij, ...]
    fouten: tuple[str, ...] = ()
    dagen: frozenset[date] = frozenset()


def load_extern(pad: Path) -> tuple[ExternBestand, datetime]:
    """Lees een bestand van schijf, met het moment waarop het is gemaakt (UTC). Raises InvoerFout."""
    try:
        with pad.open("rb") as bestand:
            inhoud = bestand.read(HOOGSTE_OMVANG + 1)
        gemaakt = datetime.fromtimestamp(int(pad.stat().st_mtime), UTC)
    except (OSError, ValueError, OverflowError):
        raise InvoerFout("Dit bestand is niet te openen. Kies het opnieuw.", code="bestand") from None
    return read_extern(inhoud), gemaakt


def read_extern(inhoud: bytes) -> ExternBestand:
    """Lees een .ics of CSV; welke van de twee het is, zegt de inhoud. Raises InvoerFout als het geen van
    beide kan zijn."""
    from frontoffice.services.externics import is_ics, read_ics

    if len(inhoud) > HOOGSTE_OMVANG:
        raise InvoerFout("Het bestand is te groot. Kijk of dit het goede bestand is.", code="bestand")
    tekst = _decode(inhoud)
    if not tekst.strip():
        raise InvoerFout("Het bestand is leeg. Haal de lijst opnieuw op.", code="bestand")
    return read_ics(tekst) if is_ics(tekst) else _read_csv(tekst)


def _decode(inhoud: bytes) -> str:
    """UTF-8, UTF-16 met een merk, of anders wat Excel op Windows schrijft."""
    if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tekst = inhoud.decode("utf-16", "replace")
    else:
        try:
            tekst = inhoud.decode("utf-8-sig")
        except UnicodeDecodeError:
            tekst = inhoud.decode("cp1252", "replace")
    if "\0" in tekst:
        raise InvoerFout(_KAPOT, code="bestand")
    return tekst


# --- CSV ----------------------------------------------------------------------------------------------------


def _read_csv(tekst: str) -> ExternBestand:
    if tekst.lower().startswith("sep="):  # een regel voor Excel
        tekst = "\n" + tekst.partition("\n")[2]
    eerste = next((regel for regel in tekst.splitlines() if regel.strip()), "")
    scheiding = max(";,\t", key=eerste.count)
    lezer = csv.reader(io.StringIO(tekst), delimiter=scheiding)
    rijen: list[ExterneRij] = []
    fouten: list[str] = []
    try:
        kop: list[str] = []
        while not any(kop):
            kop = [naam.strip().lower() for naam in next(lezer)]
        missen = [naam for naam in KOLOMMEN if naam not in kop]
        if missen:
            zin = f"Regel {lezer.line_num}: de kolom {missen[0]} ontbreekt. Nodig: datum, begin en eind."
            return ExternBestand((), (zin,))
        for velden in lezer:
            if len(rijen) + len(fouten) >= MEESTE_RIJEN:
                return ExternBestand((), ("Het bestand heeft te veel regels. Lees het in delen in.",))
            if not any(veld.strip() for veld in velden):
                continue
            rij = dict(zip(kop, (veld.strip() for veld in velden), strict=False))
            try:
                rijen.append(_read_rij(rij, lezer.line_num))
            except ValueError as fout:
                fouten.append(f"Regel {lezer.line_num}: {fout}")
    except csv.Error:
        zin = f"Regel {lezer.line_num}: dit is geen goede CSV. Bewaar het opnieuw als CSV."
        return ExternBestand((), (zin,))
    if fouten:
        return ExternBestand((), tuple(fouten))
    return ExternBestand(tuple(rijen), dagen=frozenset(rij.dag for rij in rijen))


def _read_rij(rij: dict[str, str], regel: int) -> ExterneRij:
    """Raises ValueError met wat er niet klopt."""
    dag = _datum(rij.get("datum", ""))
    begin, eind = (to_utc(dag, _tijd(rij.get(naam, ""))) for naam in ("begin", "eind"))
    check_tijden(begin, eind)
    balie = rij.get("balie", "")
    kenmerk = rij.get("nummer", "")
    sleutel = make_sleutel(kenmerk or f"{begin.isoformat()} {eind.isoformat()} {balie}")
    return ExterneRij(begin, eind, sleutel, regel, (balie,) if balie else (), True, rij.get("product", ""))


def _tijd(tekst: str) -> time:
    delen = _TIJD.fullmatch(tekst)
    try:
        if delen is not None and tekst.isascii():
            return time(int(delen[1]), int(delen[2]))
    except ValueError:
        pass
    raise ValueError("begin of eind klopt niet. Schrijf een tijd zoals 17:30.")


def _datum(tekst: str) -> date:
    delen = _DATUM.fullmatch(tekst)
    try:
        if delen is not None and tekst.isascii():
            return make_dag(int(delen[3]), int(delen[2]), int(delen[1]))
        gelezen = date.fromisoformat(tekst)
        return make_dag(gelezen.year, gelezen.month, gelezen.day)
    except ValueError:
        raise ValueError("de datum klopt niet. Schrijf 2026-12-31 of 31-12-2026.") from None


# --- wat beide soorten delen --------------------------------------------------------------------------------


def make_dag(jaar: int, maand: int, dag: int) -> date:
    """Raises ValueError bij een dag die er niet is, of in een jaar waarin geen avond kan zijn."""
    if not 2000 <= jaar <= 2100:
        raise ValueError("een jaar waarin niemand een afspraak heeft")
    return date(jaar, maand, dag)


def check_tijden(begin: datetime, eind: datetime) -> None:
    """Raises ValueError als dit geen afspraak op één avond kan zijn."""
    if eind <= begin:
        raise ValueError("het eind ligt niet na het begin.")
    if dag_van(begin) != dag_van(eind):
        raise ValueError("begin en eind liggen niet op dezelfde dag.")


def make_sleutel(tekst: str) -> str:
    """Een afdruk: in een kenmerk van een ander kan een naam of e-mailadres zitten."""
    return hashlib.sha256(tekst.encode("utf-8", "replace")).hexdigest()


def group_per_dag(rijen: Sequence[ExterneRij]) -> dict[date, list[ExterneRij]]:
    """De rijen per Nederlandse dag, op volgorde van tijd."""
    per_dag: dict[date, list[ExterneRij]] = {}
    for rij in sorted(rijen, key=lambda r: (r.begin, r.eind, r.sleutel, r.regel)):
        per_dag.setdefault(rij.dag, []).append(rij)
    return per_dag
