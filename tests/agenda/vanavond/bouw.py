"""Bouwt de stand van een avond voor de tests: bezoeken op de donderdagavond van `tests.agenda.bouw`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Eisen, Toestand
from frontoffice.agenda.avond import AvondToestand, Inhoud, Plek
from frontoffice.agenda.vanavond.bezoek import Avondregels, Avondstand, Bezoek, SoortBezoek
from tests.agenda.bouw import DAG, avond, moment, plek

T = Toestand
REGELS = Avondregels()


def bezoek(nummer: str, tijd: str = "", minuten: int = 10, mag: Iterable[str] = (), **over: Any) -> Bezoek:
    """ "A14" met een tijd, "W03" zonder. Tijden als "18.05"; zonder toestand is hij nog niet binnen."""
    tijden = {naam: moment(om) for naam, om in over.items() if naam.endswith("_op")}
    eisen = Eisen(frozenset(mag), frozenset(over.pop("voorzieningen", ())))
    return Bezoek(
        id=over.pop("id", nummer),
        datum=DAG,
        volgnummer=nummer,
        soort=SoortBezoek.AFSPRAAK if tijd else SoortBezoek.ZONDER_AFSPRAAK,
        toestand=over.pop("toestand", T.BEVESTIGD),
        regels=(),
        eisen=eisen,
        minuten=minuten,
        tijd=moment(tijd) if tijd else None,
        **(over | tijden),
    )


def er(nummer: str, tijd: str = "", sinds: str = "", minuten: int = 10, **over: Any) -> Bezoek:
    """Aangemeld, zonder `sinds` precies op tijd."""
    return bezoek(nummer, tijd, minuten, toestand=T.AANGEMELD, aangemeld_op=sinds or tijd, **over)


def aan_de_balie(
    nummer: str, balie: str, sinds: str, tijd: str = "", minuten: int = 10, **over: Any
) -> Bezoek:
    return bezoek(
        nummer, tijd, minuten, toestand=T.AAN_DE_BALIE, balie=balie, begonnen_op=sinds, opgeroepen_op=sinds,
        aangemeld_op=tijd or sinds, oproepen=1, **over,
    )  # fmt: skip


def opgeroepen(nummer: str, balie: str, om: str, tijd: str = "", minuten: int = 10, **over: Any) -> Bezoek:
    return bezoek(
        nummer, tijd, minuten, toestand=T.OPGEROEPEN, balie=balie, opgeroepen_op=om, aangemeld_op=tijd or om,
        oproepen=1, **over,
    )  # fmt: skip


def stand(
    nu: str | datetime,
    *bezoeken: Bezoek,
    plekken: tuple[Plek, ...] | None = None,
    inhoud: tuple[Inhoud, ...] = (),
    regels: Avondregels = REGELS,
) -> Avondstand:
    """Zonder `plekken` één balie, B1, met iemand die alles mag."""
    op = avond(*inhoud, plekken=plekken, toestand=AvondToestand.BEZIG)
    om = moment(nu) if isinstance(nu, str) else nu
    return Avondstand(om, op, tuple(sorted(bezoeken, key=lambda b: b.volgnummer)), regels)


def balies(aantal: int, **over: Any) -> tuple[Plek, ...]:
    """B1, B2, … met wie alles mag."""
    return tuple(plek(f"B{n}", **over) for n in range(1, aantal + 1))


def later(op: Avondstand, minuten: float) -> Avondstand:
    return replace(op, nu=op.nu + timedelta(minutes=minuten))
