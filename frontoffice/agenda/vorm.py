"""Zet de bevroren waarden van de agenda om naar gewone tabellen (TOML, JSON) en terug.

Leest op grond van de velden en soorten van de dataclass zelf, verzamelt elke fout als Nederlandse zin en gaat
daarna door. Weet niet of de waarden samen kloppen: dat zegt `frontoffice.agenda.keuring`.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

from frontoffice.agenda.inrichting import LAATSTE_WEEK, Aanlooptijd, Bevoegdheid, Feestdag, Openingsregel
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.wens import Wensregel
from frontoffice.domain import taal

T = TypeVar("T")

_LANGSTE_TEKST = 1000
_GROOTSTE_GETAL = 100_000
_DATUM = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIJD = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


class Vormfout(ValueError):
    """Eén waarde klopt niet; de tekst is een Nederlandse zin zonder plaats en zonder punt."""


class Lezer:
    """Leest tabellen en meldt alle fouten: `meld(pad, zin)`, het pad als sleutels en nummers vanaf 1."""

    def __init__(self, meld: Callable[[tuple[str | int, ...], str], None]) -> None:
        self._door = meld
        self._gemeld = 0

    def _meld(self, pad: tuple[str | int, ...], zin: str) -> None:
        self._gemeld += 1
        self._door(pad, zin)

    def lees(self, soort: type[T], waarde: object, pad: tuple[str | int, ...]) -> T | None:
        """Een dataclass uit een tabel; None als er een fout in zat (die dan gemeld is)."""
        try:
            gelezen = self._waarde(soort, waarde, pad)
        except Vormfout as fout:
            self._meld(pad, str(fout))
            return None
        return typing.cast("T | None", gelezen)

    def _waarde(self, soort: Any, waarde: object, pad: tuple[str | int, ...]) -> Any:
        """Raises Vormfout voor een fout in deze waarde zelf; None na een gemelde fout dieper erin."""
        oorsprong, delen = typing.get_origin(soort), typing.get_args(soort)
        if oorsprong in (Union, types.UnionType):
            if waarde is None:
                return None
            return self._waarde(next(deel for deel in delen if deel is not types.NoneType), waarde, pad)
        if oorsprong in (tuple, frozenset):
            return self._rij(oorsprong, delen, waarde, pad)
        if oorsprong is not None and issubclass(oorsprong, Mapping):
            return self._woordenboek(delen[1], waarde, pad)
        if dataclasses.is_dataclass(soort):
            return self._tabel(typing.cast("type", soort), waarde, pad)
        if issubclass(soort, Enum):
            return _keuze(soort, waarde)
        return _ENKEL[soort](waarde)

    def _rij(
        self, oorsprong: type, delen: tuple[Any, ...], waarde: object, pad: tuple[str | int, ...]
    ) -> Any:
        if not isinstance(waarde, list | tuple):
            raise Vormfout('schrijf een lijst tussen blokhaken, zoals ["a", "b"]')
        vaste_lengte = oorsprong is tuple and len(delen) > 1 and delen[1] is not Ellipsis
        if vaste_lengte and len(waarde) != len(delen):
            raise Vormfout(f"schrijf een lijst van {len(delen)} waarden")
        uit = []
        for nummer, deel in enumerate(waarde, 1):
            try:
                uit.append(self._waarde(delen[0], deel, (*pad, nummer)))
            except Vormfout as fout:
                self._meld((*pad, nummer), str(fout))
        return oorsprong(uit)

    def _woordenboek(self, soort: Any, waarde: object, pad: tuple[str | int, ...]) -> dict[str, Any]:
        if not isinstance(waarde, Mapping):
            raise Vormfout('schrijf een tabel tussen accolades, zoals {sleutel = "waarde"}')
        uit = {}
        for sleutel, deel in waarde.items():
            try:
                uit[_tekst(sleutel)] = self._waarde(soort, deel, (*pad, str(sleutel)))
            except Vormfout as fout:
                self._meld((*pad, str(sleutel)), str(fout))
        return uit

    def _tabel(self, soort: type, waarde: object, pad: tuple[str | int, ...]) -> Any:
        if soort in _KORT and isinstance(waarde, str):
            waarde = _KORT[soort](_tekst(waarde))
        if not isinstance(waarde, Mapping):
            raise Vormfout("dit moet een tabel met sleutels zijn")
        velden = _velden(soort)
        gemeld = self._gemeld
        gelezen: dict[str, Any] = {}
        for sleutel in waarde:
            if sleutel not in velden:
                zin = _onbekend(str(sleutel), [veld for veld in velden if veld not in waarde])
                self._meld((*pad, str(sleutel)), zin)
        for naam, (hint, verplicht) in velden.items():
            if naam not in waarde:
                if verplicht:
                    self._meld((*pad, naam), "ontbreekt. Schrijf deze regel erbij")
                continue
            ruw = waarde[naam]
            try:
                gelezen[naam] = self._waarde(hint, _vertaal_in(soort, naam, ruw), (*pad, naam))
            except Vormfout as fout:
                self._meld((*pad, naam), str(fout))
        return soort(**gelezen) if gemeld == self._gemeld else None


def to_tabel(waarde: object) -> Any:
    """Het omgekeerde van `Lezer.lees`: alleen tekst, getallen, lijsten en tabellen; standaardwaarden weg."""
    if dataclasses.is_dataclass(waarde) and not isinstance(waarde, type):
        soort = type(waarde)
        standaard = {veld.name: _standaard(veld) for veld in dataclasses.fields(waarde)}
        return {
            naam: _vertaal_uit(soort, naam, to_tabel(getattr(waarde, naam)))
            for naam in _velden(soort)
            if getattr(waarde, naam) != standaard[naam]
        }
    if isinstance(waarde, Enum):
        return waarde.value
    if isinstance(waarde, time):
        return waarde.strftime("%H:%M")
    if isinstance(waarde, datetime):
        return taal.lokaal(waarde).isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Decimal):
        return str(waarde)
    if isinstance(waarde, frozenset):
        return sorted(to_tabel(deel) for deel in waarde)
    if isinstance(waarde, tuple):
        return [to_tabel(deel) for deel in waarde]
    if isinstance(waarde, Mapping):
        return {str(sleutel): to_tabel(deel) for sleutel, deel in waarde.items()}
    return waarde


def _standaard(veld: dataclasses.Field[Any]) -> Any:
    if veld.default_factory is not dataclasses.MISSING:
        return veld.default_factory()
    return veld.default


@cache
def _velden(soort: type) -> dict[str, tuple[Any, bool]]:
    """Per veld de soort en of het verplicht is."""
    hints = typing.get_type_hints(soort)
    return {
        veld.name: (hints[veld.name], _standaard(veld) is dataclasses.MISSING)
        for veld in dataclasses.fields(soort)
    }


def _onbekend(sleutel: str, vrij: Iterable[str]) -> str:
    lijkt = difflib.get_close_matches(sleutel.lower(), list(vrij), n=1)
    if lijkt:
        return f'deze sleutel ken ik niet. Bedoelde u "{lijkt[0]}"?'
    return "deze sleutel ken ik niet. Haal deze regel weg"


def _tekst(waarde: object) -> str:
    if not isinstance(waarde, str):
        raise Vormfout("schrijf een tekst tussen aanhalingstekens")
    kaal = waarde.strip()
    if not kaal.isprintable():
        raise Vormfout("bevat een onzichtbaar teken of een nieuwe regel. Schrijf de tekst op één regel")
    if len(kaal) > _LANGSTE_TEKST:
        raise Vormfout(f"is te lang. Gebruik hoogstens {_LANGSTE_TEKST} tekens")
    return kaal


def _ja_nee(waarde: object) -> bool:
    if not isinstance(waarde, bool):
        raise Vormfout("schrijf true of false, zonder aanhalingstekens")
    return waarde


def _geheel(waarde: object) -> int:
    if not isinstance(waarde, int) or isinstance(waarde, bool) or abs(waarde) > _GROOTSTE_GETAL:
        raise Vormfout("schrijf een heel getal, zonder aanhalingstekens, hoogstens 100000")
    return waarde


def _bedrag(waarde: object) -> Decimal:
    zin = "schrijf een bedrag in euro met een punt, zoals 12.50"
    if isinstance(waarde, bool) or not isinstance(waarde, int | str | Decimal):
        raise Vormfout(zin)
    try:
        bedrag = Decimal(waarde)
        centen = bedrag.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Vormfout(zin) from None
    if centen != bedrag or abs(bedrag) > _GROOTSTE_GETAL:
        raise Vormfout(zin)
    return centen


def _datum(waarde: object) -> date:
    if isinstance(waarde, str) and _DATUM.fullmatch(waarde.strip()):
        try:
            waarde = date.fromisoformat(waarde.strip())
        except ValueError:
            raise Vormfout("deze datum bestaat niet. Kijk de dag en de maand na") from None
    if not isinstance(waarde, date) or isinstance(waarde, datetime):
        raise Vormfout("schrijf een datum als jaar-maand-dag, zoals 2026-12-31")
    if not 1900 <= waarde.year <= 2100:
        raise Vormfout("het jaar moet tussen 1900 en 2100 liggen")
    return waarde


def _tijdstip(waarde: object) -> time:
    if isinstance(waarde, time) and waarde.tzinfo is None:
        kaal = waarde
    else:
        vorm = _TIJD.fullmatch(waarde.strip()) if isinstance(waarde, str) else None
        if not vorm or int(vorm[1]) > 23 or int(vorm[2]) > 59:
            raise Vormfout('schrijf een tijd tussen "0:00" en "23:59", zoals "17:30"')
        kaal = time(int(vorm[1]), int(vorm[2]))
    if kaal.second or kaal.microsecond:
        raise Vormfout("schrijf een tijd zonder seconden")
    return kaal


def _moment(waarde: object) -> datetime:
    """UTC. Zonder zone is het Nederlandse tijd."""
    if isinstance(waarde, str):
        try:
            waarde = datetime.fromisoformat(waarde.strip())
        except ValueError:
            waarde = None
    if not isinstance(waarde, datetime) or not 1970 <= waarde.year <= 2100:
        raise Vormfout("schrijf een dag en tijd, zoals 2026-12-03T17:00:00+01:00")
    if waarde.tzinfo is not None:
        return waarde.astimezone(UTC)
    moment = to_utc(waarde.date(), waarde.time())
    if taal.lokaal(moment).replace(tzinfo=None) != waarde.replace(fold=0):
        raise Vormfout("deze tijd bestaat die nacht niet: de klok gaat dan een uur vooruit")
    return moment


_ENKEL: dict[type, Callable[[object], Any]] = {
    str: _tekst,
    bool: _ja_nee,
    int: _geheel,
    Decimal: _bedrag,
    date: _datum,
    time: _tijdstip,
    datetime: _moment,
}


def _keuze(soort: type[Enum], waarde: object) -> Enum:
    for keuze in soort:
        if waarde == keuze.value:
            return keuze
    lijst = ", ".join(f'"{keuze.value}"' for keuze in soort)
    raise Vormfout(f"dit woord ken ik hier niet. Kies een van: {lijst}")


# Korte schrijfwijzen: een mens schrijft "donderdag", niet 3.


def _kort_aanloop(tekst: str) -> dict[str, object]:
    vorm = re.fullmatch(r"(\d{1,4}) (minuten|uur|uren|dag|dagen|werkdag|werkdagen)", tekst)
    if not vorm:
        raise Vormfout('schrijf een aantal en een eenheid, zoals "2 uur" of "3 werkdagen"')
    aantal, eenheid = int(vorm[1]), vorm[2]
    if eenheid == "minuten":
        return {"minuten": aantal}
    return {
        "aantal": aantal,
        "eenheid": {"uur": "uren", "dag": "dagen", "werkdag": "werkdagen"}.get(eenheid, eenheid),
    }


def _kort_wens(tekst: str) -> dict[str, object]:
    code, _, personen = tekst.partition(":")
    if personen and not re.fullmatch(r"[0-9]{1,3}", personen):
        raise Vormfout('schrijf achter de dubbele punt een aantal personen, zoals "paspoort:2"')
    return {"product": code.strip(), "personen": int(personen or 1)}


_KORT: dict[type, Callable[[str], dict[str, object]]] = {
    Aanlooptijd: _kort_aanloop,
    Bevoegdheid: lambda tekst: {"soort": tekst},
    Wensregel: _kort_wens,
}


def _weekdag_in(waarde: object) -> object:
    if isinstance(waarde, str) and waarde.strip().lower() in taal.DAGEN:
        return taal.DAGEN.index(waarde.strip().lower())
    if isinstance(waarde, int) and not isinstance(waarde, bool) and 0 <= waarde <= 6:
        return waarde
    raise Vormfout('schrijf de dagen van de week voluit, zoals ["dinsdag", "donderdag"]')


def _maandweek_in(waarde: object) -> object:
    return LAATSTE_WEEK if waarde == "laatste" else waarde


def _jaarlijks_in(waarde: object) -> object:
    if not isinstance(waarde, str):
        return waarde
    dag, _, maand = waarde.strip().lower().partition(" ")
    if not re.fullmatch(r"[0-9]{1,2}", dag) or maand not in taal.MAANDEN:
        raise Vormfout('schrijf de dag en de maand, zoals "24 december"')
    return [taal.MAANDEN.index(maand) + 1, int(dag)]


def _vertaal_in(soort: type, naam: str, waarde: object) -> object:
    if (soort, naam) == (Feestdag, "jaarlijks"):
        return _jaarlijks_in(waarde)
    if soort is Openingsregel and isinstance(waarde, list | tuple):
        if naam == "weekdagen":
            return [_weekdag_in(dag) for dag in waarde]
        if naam == "weken_van_maand":
            return [_maandweek_in(week) for week in waarde]
    return waarde


def _vertaal_uit(soort: type, naam: str, waarde: Any) -> Any:
    if (soort, naam) == (Feestdag, "jaarlijks") and waarde and 1 <= waarde[0] <= 12:
        return f"{waarde[1]} {taal.MAANDEN[waarde[0] - 1]}"
    if (soort, naam) == (Openingsregel, "weekdagen"):
        return [taal.DAGEN[dag] if 0 <= dag <= 6 else dag for dag in waarde]
    if (soort, naam) == (Openingsregel, "weken_van_maand"):
        return ["laatste" if week == LAATSTE_WEEK else week for week in waarde]
    return waarde
