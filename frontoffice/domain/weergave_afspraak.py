"""Een afspraak van de klant in woorden, voor het scherm en de opdrachtregel.

Hoort bij `weergave`; die beslist of er al iets te zien mag zijn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from frontoffice.domain import taal
from frontoffice.domain.afspraak import KlantAfspraak
from frontoffice.domain.gegevens import Gegeven

MOGELIJK = "mogelijk van deze klant"
WAAROM_MOGELIJK = (
    "Mogelijk van deze klant: het telefoonnummer is gelijk, en ook de geboortedatum of de achternaam. "
    "Vraag het na."
)


@dataclass(frozen=True)
class AfspraakRegel:
    """Eén afspraak in woorden: `wanneer` "do 17 dec 17.15 uur", `voluit` met de hele dag en de eindtijd.

    `zin` is wat er in een lijst staat; `geschiedenis` zijn hele zinnen over maken, verzetten en afzeggen.
    """

    id: str
    nummer: str
    wanneer: str
    voluit: str
    producten: str
    woord: str
    zin: str
    zeker: bool
    komt_nog: bool
    mag_wijzigen: bool
    moet_verzet: bool
    begin: datetime
    eind: datetime
    geschiedenis: tuple[str, ...] = ()


def maak_afspraakregels(afspraken: tuple[KlantAfspraak, ...], vandaag: date) -> tuple[AfspraakRegel, ...]:
    """Wat nog komt eerst: wat zeker van deze klant is, en daarvan de eerstvolgende. Daarna wat geweest is."""
    komend = sorted((a for a in afspraken if a.komt_nog), key=lambda a: (not a.zeker, a.begin, a.nummer))
    rest = sorted((a for a in afspraken if not a.komt_nog), key=lambda a: (a.begin, a.nummer), reverse=True)
    return tuple(_maak_regel(afspraak, vandaag) for afspraak in (*komend, *rest))


def maak_gegeven(regels: tuple[AfspraakRegel, ...]) -> tuple[Gegeven, ...]:
    """De eerstvolgende afspraak voor in de kop; leeg als er geen komt."""
    for regel in regels:
        if regel.komt_nog:
            tekst = regel.wanneer if regel.zeker else f"{regel.wanneer} ({MOGELIJK})"
            return (Gegeven("afspraak", "Afspraak", tekst),)
    return ()


def moment(om: datetime, vandaag: date) -> str:
    """ "do 17 dec 17.15 uur"."""
    return f"{taal.datum_kort(taal.dag_van(om), vandaag)} {taal.tijd(om)}"


def _maak_regel(afspraak: KlantAfspraak, vandaag: date) -> AfspraakRegel:
    wanneer = moment(afspraak.begin, vandaag)
    dag = taal.datum_lang(taal.dag_van(afspraak.begin), vandaag)
    van = taal.tijd(afspraak.begin).removesuffix(" uur")
    begin = "Afspraak" if afspraak.zeker else f"Afspraak, {MOGELIJK}:"
    return AfspraakRegel(
        id=afspraak.id,
        nummer=afspraak.nummer,
        wanneer=wanneer,
        voluit=f"{dag}, {van} tot {taal.tijd(afspraak.eind)}",
        producten=afspraak.producten,
        woord=afspraak.woord,
        zin=f"{begin} {wanneer}",
        zeker=afspraak.zeker,
        komt_nog=afspraak.komt_nog,
        mag_wijzigen=afspraak.mag_wijzigen,
        moet_verzet=afspraak.moet_verzet,
        begin=afspraak.begin,
        eind=afspraak.eind,
        geschiedenis=tuple(_geschiedenis(afspraak, vandaag)),
    )


def _geschiedenis(afspraak: KlantAfspraak, vandaag: date) -> Iterator[str]:
    if afspraak.gemaakt_op is not None:
        yield f"Gemaakt op {moment(afspraak.gemaakt_op, vandaag)}."
    if afspraak.verzet_van is not None:
        yield f"Verzet. Stond eerst op {moment(afspraak.verzet_van, vandaag)}."
    if afspraak.afgezegd_op is not None:
        yield f"Afgezegd op {moment(afspraak.afgezegd_op, vandaag)}."
    if afspraak.moet_verzet:
        yield "De gemeente moet deze afspraak verzetten."
