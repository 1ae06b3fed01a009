"""CSV in en uit, voor roosters en lijsten, zoals Excel met Nederlandse instellingen het verwacht.

Uit: UTF-8 met BOM, puntkomma, alles tussen aanhalingstekens, en nooit een cel die Excel als formule leest.
In: alle fouten van een bestand tegelijk, met hun regel. Wat de kolommen betekenen zegt wie de tabel maakt.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from frontoffice.domain.taal import zonder_accenten

HOOGSTE_OMVANG = 20 * 1024 * 1024
HOOGSTE_AANTAL = 100_000
SCHEIDING = ";"

_FORMULE = re.compile(r"'*[\s\0\ufeff\u200b\"]*[=+\-@＝＋－＠]|'*[\t\r\n\0]")  # noqa: RUF001 - ook de brede tekens
_OPNIEUW = re.compile(r"(?<=[;,\t|\r\n\"])(?='*[=+@])")
_TERUG = re.compile(r"(?<=[;,\t|\r\n\"])'(?='*[=+@])")


@dataclass(frozen=True, slots=True)
class CsvFout:
    """Wat er op een regel niet klopt. `regel` telt vanaf 1 met de kop mee; 0 is het hele bestand."""

    regel: int
    kolom: str
    uitleg: str

    def __str__(self) -> str:
        plaats = f"Regel {self.regel}" if self.regel else "Bestand"
        return f"{plaats}, {self.kolom}: {self.uitleg}" if self.kolom else f"{plaats}: {self.uitleg}"


@dataclass(frozen=True)
class Kolom:
    """`lees` maakt van een gevulde cel een waarde; kan dat niet, dan ValueError met een Nederlandse zin.

    Een lege cel wordt `leeg`; bij `verplicht` is dat een fout. `ook`: andere koppen die ook goed zijn.
    """

    naam: str
    lees: Callable[[str], Any]
    schrijf: Callable[[Any], str]
    verplicht: bool = True
    leeg: Any = None
    ook: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tabel:
    """`uniek`: kolommen die samen maar één keer mogen voorkomen."""

    kolommen: tuple[Kolom, ...]
    uniek: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        koppen = [_norm(naam) for kolom in self.kolommen for naam in (kolom.naam, *kolom.ook)]
        if len(set(koppen)) != len(koppen):
            raise ValueError("een tabel met twee dezelfde koppen")
        if not set(self.uniek) <= {kolom.naam for kolom in self.kolommen}:
            raise ValueError("`uniek` noemt een kolom die er niet is")


@dataclass(frozen=True)
class CsvRij:
    regel: int
    waarden: Mapping[str, Any]


@dataclass(frozen=True)
class Ingelezen:
    """Goede rijen en alle fouten. Gebruik de rijen alleen als er geen fouten zijn.

    `koppen`: de namen van de kolommen die het bestand heeft.
    """

    rijen: tuple[CsvRij, ...]
    fouten: tuple[CsvFout, ...]
    koppen: frozenset[str] = frozenset()


# --- uit ---------------------------------------------------------------------------------------------------


def write_csv(tabel: Tabel, rijen: Iterable[Mapping[str, Any]]) -> bytes:
    """Het hele bestand. Een waarde None, of een kolom die in een rij ontbreekt, wordt een lege cel."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=SCHEIDING, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    schrijver.writerow([kolom.naam for kolom in tabel.kolommen])
    for rij in rijen:
        schrijver.writerow([_cell(kolom, rij.get(kolom.naam)) for kolom in tabel.kolommen])
    return uit.getvalue().encode("utf-8-sig", "replace")


def _cell(kolom: Kolom, waarde: Any) -> str:
    return "" if waarde is None else defuse(kolom.schrijf(waarde))


def defuse(tekst: str) -> str:
    """Dezelfde tekst, maar een rekenprogramma ziet er geen formule in: er komt een ' voor."""
    tekst = _OPNIEUW.sub("'", tekst)
    return "'" + tekst if _FORMULE.match(tekst) else tekst


def arm(tekst: str) -> str:
    """Het omgekeerde van `defuse`."""
    if tekst.startswith("'") and _FORMULE.match(tekst, 1):
        tekst = tekst[1:]
    return _TERUG.sub("", tekst)


# --- in ----------------------------------------------------------------------------------------------------


def read_csv(tabel: Tabel, inhoud: bytes) -> Ingelezen:
    """Alle rijen en alle fouten. Leest UTF-8, en wat Excel anders bewaart (Windows, UTF-16)."""
    if len(inhoud) > HOOGSTE_OMVANG:
        return _whole("Dit bestand is te groot. Maak er kleinere bestanden van.")
    tekst = _decode(inhoud)
    if not tekst.strip():
        return _whole("Dit bestand is leeg. Zet op de eerste regel de koppen.")
    lezer = _Lezer(tabel)
    lezer.read(tekst)
    fouten = tuple(sorted(lezer.fouten, key=lambda fout: fout.regel))
    return Ingelezen(tuple(lezer.rijen), fouten, frozenset(lezer.koppen))


def _whole(uitleg: str) -> Ingelezen:
    return Ingelezen((), (CsvFout(0, "", uitleg),))


def _decode(inhoud: bytes) -> str:
    if inhoud.startswith((b"\xff\xfe", b"\xfe\xff")):
        return inhoud.decode("utf-16", "replace")
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", "replace")


class _Lezer:
    """Leest één bestand en verzamelt wat er niet klopt."""

    def __init__(self, tabel: Tabel) -> None:
        self._tabel = tabel
        self.rijen: list[CsvRij] = []
        self.fouten: list[CsvFout] = []
        self._gezien: dict[tuple[Any, ...], int] = {}
        self.koppen: set[str] = set()

    def read(self, tekst: str) -> None:
        eerste, _, rest = tekst.partition("\n")
        scheiding, begin = _delimiter(eerste), 1
        if eerste.strip().lower().startswith("sep="):
            scheiding, tekst, begin = eerste.rstrip("\r").strip(" ")[4:5] or SCHEIDING, rest, 2
        bron = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, strict=True)
        koppen: Sequence[Kolom | None] | None = None
        regel = begin
        while True:
            try:
                cellen = next(bron)
            except StopIteration:
                break
            except csv.Error:
                self._fout(regel, "", "Er klopt iets niet met de aanhalingstekens. Kijk vanaf deze regel.")
                break
            if any(cel.strip() for cel in cellen):
                if koppen is None:
                    koppen = self._header(regel, cellen)
                else:
                    self._row(regel, koppen, cellen)
            regel = begin + bron.line_num
            if len(self.rijen) > HOOGSTE_AANTAL:
                self._fout(regel, "", f"Er zijn meer dan {HOOGSTE_AANTAL} regels. Maak kleinere bestanden.")
                break

    def _header(self, regel: int, cellen: list[str]) -> list[Kolom | None]:
        bekend = {_norm(naam): k for k in self._tabel.kolommen for naam in (k.naam, *k.ook)}
        koppen = [bekend.get(_norm(cel)) for cel in cellen]
        for cel, kolom in zip(cellen, koppen, strict=True):
            if kolom is None and cel.strip():
                self._fout(
                    regel, cel.strip(), "Deze kop kennen wij niet. Haal de kolom weg of verbeter de kop."
                )
        aantal = Counter(kolom.naam for kolom in koppen if kolom)
        self.koppen = set(aantal)
        for kolom in self._tabel.kolommen:
            if not aantal[kolom.naam] and kolom.verplicht:
                self._fout(regel, kolom.naam, "Deze kolom ontbreekt. Zet de kop op de eerste regel.")
            elif aantal[kolom.naam] > 1:
                self._fout(regel, kolom.naam, "Deze kolom staat er twee keer. Haal er een weg.")
        return koppen

    def _row(self, regel: int, koppen: Sequence[Kolom | None], cellen: list[str]) -> None:
        voor = len(self.fouten)
        if any(cel.strip() for cel in cellen[len(koppen) :]):
            self._fout(
                regel, "", f"Er zijn {len(cellen)} cellen en {len(koppen)} koppen. Haal weg wat te veel is."
            )
        waarden = {kolom.naam: kolom.leeg for kolom in self._tabel.kolommen}
        for nummer, kolom in enumerate(koppen):
            if kolom is None:
                continue
            cel = arm(cellen[nummer]) if nummer < len(cellen) else ""
            if not cel.strip():
                if kolom.verplicht:
                    self._fout(regel, kolom.naam, "Vul dit in.")
                continue
            try:
                waarden[kolom.naam] = kolom.lees(cel)
            except ValueError as fout:
                self._fout(regel, kolom.naam, str(fout))
        if len(self.fouten) == voor and self._is_first(regel, waarden):
            self.rijen.append(CsvRij(regel, waarden))

    def _is_first(self, regel: int, waarden: Mapping[str, Any]) -> bool:
        if not self._tabel.uniek:
            return True
        sleutel = tuple(waarden[naam] for naam in self._tabel.uniek)
        eerder = self._gezien.setdefault(sleutel, regel)
        if eerder != regel:
            self._fout(
                regel, ", ".join(self._tabel.uniek), f"Dit staat ook op regel {eerder}. Haal er een weg."
            )
        return eerder == regel

    def _fout(self, regel: int, kolom: str, uitleg: str) -> None:
        self.fouten.append(CsvFout(regel, kolom, uitleg))


def _delimiter(kop: str) -> str:
    """Wat er het vaakst in de kop staat: puntkomma, tab of komma."""
    return max(";\t,", key=lambda teken: (kop.count(teken), teken == SCHEIDING))


def _norm(kop: str) -> str:
    return re.sub(r"[\s_-]+", " ", zonder_accenten(kop)).strip()


# --- soorten kolommen --------------------------------------------------------------------------------------


def text_column(naam: str, *, hoogste: int = 500, verplicht: bool = True, ook: tuple[str, ...] = ()) -> Kolom:
    """Tekst zonder spaties eromheen."""

    def lees(cel: str) -> str:
        tekst = cel.strip()
        if len(tekst) > hoogste:
            raise ValueError(f"Gebruik niet meer dan {hoogste} tekens.")
        return tekst

    return Kolom(naam, lees, str, verplicht, "", ook)


def date_column(naam: str, *, verplicht: bool = True, ook: tuple[str, ...] = ()) -> Kolom:
    """Een datum als 3-12-2026; leest ook 2026-12-03."""
    return Kolom(naam, _read_date, lambda dag: f"{dag:%d-%m-%Y}", verplicht, None, ook)


def time_column(naam: str, *, verplicht: bool = True, ook: tuple[str, ...] = ()) -> Kolom:
    """Een tijd als 18.30; leest ook 18:30."""
    return Kolom(naam, _read_time, lambda tijd: f"{tijd.hour}.{tijd.minute:02d}", verplicht, None, ook)


def number_column(
    naam: str, *, laagste: int = 0, hoogste: int = 10**6, verplicht: bool = True, ook: tuple[str, ...] = ()
) -> Kolom:
    """Een heel getal tussen twee grenzen."""

    def lees(cel: str) -> int:
        tekst = cel.strip()
        if not re.fullmatch(r"-?[0-9]{1,15}", tekst):
            raise ValueError("Dit is geen heel getal.")
        if not laagste <= int(tekst) <= hoogste:
            raise ValueError(f"Vul een getal in van {laagste} tot en met {hoogste}.")
        return int(tekst)

    return Kolom(naam, lees, str, verplicht, None, ook)


def amount_column(naam: str, *, verplicht: bool = True, ook: tuple[str, ...] = ()) -> Kolom:
    """Een bedrag in euro als 83,87."""
    return Kolom(naam, _read_amount, lambda bedrag: f"{bedrag:.2f}".replace(".", ","), verplicht, None, ook)


def choice_column(
    naam: str, keuzes: Mapping[str, Any], *, verplicht: bool = True, ook: tuple[str, ...] = ()
) -> Kolom:
    """Een van de woorden uit `keuzes`; hoofdletters en accenten maken niet uit."""
    op_woord = {_norm(woord): waarde for woord, waarde in keuzes.items()}

    def lees(cel: str) -> Any:
        if _norm(cel) not in op_woord:
            raise ValueError(f"Kies een van deze woorden: {', '.join(keuzes)}.")
        return op_woord[_norm(cel)]

    def schrijf(waarde: Any) -> str:
        return next(woord for woord, eigen in keuzes.items() if eigen == waarde)

    return Kolom(naam, lees, schrijf, verplicht, None, ook)


def list_column(naam: str, *, verplicht: bool = False, ook: tuple[str, ...] = ()) -> Kolom:
    """Woorden met een komma ertussen."""

    def lees(cel: str) -> tuple[str, ...]:
        return tuple(deel.strip() for deel in cel.split(",") if deel.strip())

    return Kolom(naam, lees, ", ".join, verplicht, (), ook)


def _read_date(cel: str) -> date:
    tekst = cel.strip()
    delen = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", tekst, re.ASCII)
    if delen:
        dag, maand, jaar = (int(deel) for deel in delen.groups())
    elif delen := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", tekst, re.ASCII):
        jaar, maand, dag = (int(deel) for deel in delen.groups())
    else:
        raise ValueError("Dit is geen datum. Schrijf de datum als 03-12-2026.")
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise ValueError("Deze datum bestaat niet. Kijk in de kalender.") from None


def _read_time(cel: str) -> time:
    delen = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?(?: uur)?", cel.strip(), re.ASCII)
    if not delen:
        raise ValueError("Dit is geen tijd. Schrijf de tijd als 18.30.")
    uur, minuut = int(delen[1]), int(delen[2])
    if uur > 23 or minuut > 59:
        raise ValueError("Deze tijd bestaat niet. Kies een tijd van 0.00 tot en met 23.59.")
    return time(uur, minuut)


def _read_amount(cel: str) -> Decimal:
    tekst = cel.strip().removeprefix("€").strip()
    delen = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{2}))?", tekst, re.ASCII)
    if not delen:
        raise ValueError("Dit is geen bedrag. Schrijf het bedrag als 83,87.")
    return Decimal(f"{delen[1].replace('.', '')}.{delen[2] or '00'}")
