"""Bouwt wat er in de agenda komt: afspraken, reserveringen en een inrichting met zes gelijke balies.

Maandag 30 november 2026; de avond is donderdag 3 december 2026, van 17.00 tot 20.00 uur.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from frontoffice.agenda.afspraak import (
    Afspraak,
    Afspraakregel,
    Contactgegevens,
    Eisen,
    Kanaal,
    Reservering,
    Toestand,
)
from frontoffice.agenda.inrichting import (
    Balie,
    Bevoegdheid,
    Dienst,
    Inrichting,
    Locatie,
    Medewerker,
    Openingsregel,
    Product,
)
from frontoffice.agenda.tijd import to_utc
from frontoffice.agendapoort import AgendaTransactie, Wie
from frontoffice.storage.agenda import AgendaDatabase

SLEUTEL = "5a" * 32
MAANDAG = date(2026, 11, 30)
DAG = date(2026, 12, 3)
ANDERE_DAG = date(2026, 12, 10)
DONDERDAGEN = tuple(DAG + timedelta(weeks=week) for week in range(12))
WIE = Wie("s.bos", "balie-1")
COLLEGA = Wie("j.smit", "balie-2")
BALIES = tuple(f"B{nummer}" for nummer in range(1, 7))
EISEN = Eisen(frozenset({"reisdocument"}))
REGEL = Afspraakregel("a15", "Vijftien minuten", 1, 15, frozenset({"reisdocument"}), kosten=Decimal("12.50"))
KLANT = Contactgegevens("Ayşe van der Łęcki", "06-12 34 56 78", "Ayse@voorbeeld.example")

INRICHTING = Inrichting(
    Locatie("Proefhuis", stap=5, voorbeeld=True),
    regels=(Openingsregel("r1", "Donderdag", frozenset({3}), time(17), time(20), date(2026, 1, 1)),),
    balies=tuple(Balie(naam, f"Balie {naam[1:]}", volgorde=int(naam[1:])) for naam in BALIES),
    medewerkers=tuple(
        Medewerker(f"m{naam}", f"Medewerker {naam}", "Losser", (Bevoegdheid("reisdocument"),))
        for naam in BALIES
    ),
    diensten=tuple(
        Dienst(f"d{dag:%m%d}{naam}", dag, f"m{naam}", time(17), time(20), naam)
        for dag in DONDERDAGEN
        for naam in BALIES
    ),
    producten=tuple(
        Product(f"a{minuten}", f"{minuten} minuten", minuten, bevoegdheden=frozenset({"reisdocument"}))
        for minuten in (10, 15, 20, 30, 45)
    ),
)


def moment(uur: int, minuut: int = 0, dag: date = DAG) -> datetime:
    """Plaatselijke tijd als UTC."""
    return to_utc(dag, time(uur, minuut))


def make_afspraak(
    id_: str, uur: int = 17, minuut: int = 0, *, minuten: int = 15, dag: date = DAG, **over: Any
) -> Afspraak:
    begin = moment(uur, minuut, dag)
    velden: dict[str, Any] = {
        "id": id_,
        "nummer": over.pop("nummer", f"2026-9{id_:0>4}"),
        "code": over.pop("code", f"CODE{id_:A>4}"),
        "datum": dag,
        "begin": begin,
        "eind": begin + timedelta(minutes=minuten),
        "buffer": 0,
        "balie": "B1",
        "toestand": Toestand.BEVESTIGD,
        "regels": (replace(REGEL, minuten=minuten),),
        "eisen": EISEN,
        "klant": KLANT,
        "kanaal": Kanaal.TELEFOON,
    }
    return Afspraak(**(velden | over))


def make_reservering(
    id_: str, verloopt: datetime, uur: int = 17, minuut: int = 0, **over: Any
) -> Reservering:
    begin = moment(uur, minuut, over.get("datum", DAG))
    velden: dict[str, Any] = {
        "id": id_,
        "datum": DAG,
        "begin": begin,
        "eind": begin + timedelta(minutes=15),
        "buffer": 0,
        "balie": "B1",
        "regels": (REGEL,),
        "eisen": EISEN,
        "eigenaar": "s.bos@balie-1",
        "kanaal": Kanaal.TELEFOON,
        "verloopt": verloopt,
    }
    return Reservering(**(velden | over))


def put_inrichting(agenda: AgendaDatabase, inrichting: Inrichting) -> None:
    with agenda.lock((), inrichting=True) as tx:
        tx.put_onderdelen("locatie", [inrichting.locatie], WIE)
        for veld in fields(inrichting):
            if veld.name != "locatie" and (delen := getattr(inrichting, veld.name)):
                tx.put_onderdelen(veld.name, delen, WIE)


def add(agenda: AgendaDatabase, *afspraken: Afspraak) -> None:
    """Zet afspraken in de agenda, elk met een nummer en code uit de reeks."""
    with agenda.lock({afspraak.datum for afspraak in afspraken}) as tx:
        for afspraak in afspraken:
            tx.add_afspraak(numbered(tx, afspraak), WIE)


def numbered(tx: AgendaTransactie, afspraak: Afspraak) -> Afspraak:
    return replace(afspraak, nummer=tx.next_nummer(afspraak.datum.year), code=tx.next_code())
