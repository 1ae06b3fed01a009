"""Concepten en registraties als JSON, en rijen van de outbox als verzendingen.

Verdraagt velden die een ouder of nieuwer programma wel of niet kende: wat niet te lezen is, krijgt zijn
standaardwaarde. Alleen als een verplicht veld ontbreekt, is een rij onleesbaar.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar, get_type_hints

import msgspec

from frontoffice.domain.concept import Concept
from frontoffice.domain.opdracht import find_opdrachtklasse
from frontoffice.domain.registratie import Opdracht, Toestand, Verzending
from frontoffice.jsonvorm import decode
from frontoffice.storage.werkplekbestand import from_tekst

T = TypeVar("T")
_HALF_TEKEN = re.compile("[\ud800-\udfff]")


class Onleesbaar(Exception):
    """Een rij mist iets wat er moet staan."""


def to_json(waarde: object) -> str:
    """De waarde als JSON. Halve tekens (een gebroken emoji) worden het vervangteken."""
    try:
        return msgspec.json.encode(waarde).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_heel(msgspec.to_builtins(waarde))).decode()


def _heel(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return _HALF_TEKEN.sub("\ufffd", waarde)
    if isinstance(waarde, dict):
        return {_heel(sleutel): _heel(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_heel(deel) for deel in waarde]
    return waarde


def from_json(tekst: str, soort: type[T]) -> T:
    """Raises Onleesbaar."""
    try:
        return decode(tekst, soort)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        return _soepel(msgspec.json.decode(tekst), soort)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Onleesbaar from None


def _soepel(ruw: object, soort: type[T]) -> T:
    """Veld voor veld; wat niet past en een standaardwaarde heeft, krijgt die."""
    if not isinstance(ruw, dict):
        raise Onleesbaar
    hints = get_type_hints(soort)
    waarden: dict[str, object] = {}
    for veld in dataclasses.fields(soort):  # type: ignore[arg-type]  # T is hier altijd een dataclass
        if veld.name not in ruw:
            continue
        try:
            waarden[veld.name] = msgspec.convert(ruw[veld.name], hints[veld.name])
        except msgspec.ValidationError:
            if veld.default is dataclasses.MISSING and veld.default_factory is dataclasses.MISSING:
                raise Onleesbaar from None
    try:
        return soort(**waarden)
    except TypeError:
        raise Onleesbaar from None


def read_concept(tekst: str) -> Concept:
    """Raises Onleesbaar."""
    return from_json(tekst, Concept)


def read_opdracht(rij: Any) -> Opdracht:
    """Raises Onleesbaar, ook bij een soort van een nieuwer programma."""
    klasse = find_opdrachtklasse(rij["soort"])
    if klasse is None:
        raise Onleesbaar
    return from_json(rij["opdracht"], klasse)


def read_verzending(rij: Any) -> Verzending:
    """Raises Onleesbaar."""
    try:
        toestand = Toestand(rij["toestand"])
    except ValueError:
        raise Onleesbaar from None
    return Verzending(
        id=rij["id"],
        opdracht=read_opdracht(rij),
        toestand=toestand,
        pogingen=rij["pogingen"],
        aangemaakt_op=from_tekst(rij["aangemaakt_op"]),
        niet_voor=from_tekst(rij["niet_voor"]),
        stappen=from_json(rij["stappen"], dict[str, str]),
        fout=rij["fout"],
        veld=rij["veld"],
        http_status=rij["http_status"],
        verstuurd_op=from_tekst(rij["verstuurd_op"]) if rij["verstuurd_op"] else None,
    )
