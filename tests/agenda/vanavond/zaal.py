"""Wat een gespeelde avond van het programma vraagt, en een zaal die alleen in het geheugen bestaat.

De zaal in het geheugen doet dezelfde stappen met dezelfde regels als de echte dienst, zonder opslag: om de
voorspelling aan honderden avonden te meten. Voor wie er wint bij twee balies tegelijk is de echte nodig.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import floor_tik
from frontoffice.agenda.vanavond import stappen
from frontoffice.agenda.vanavond.bezoek import Avondregels, Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.inpassen import PastNiet, fit_in
from frontoffice.agenda.vanavond.volgorde import next_for
from tests.agenda.bouw import DAG
from tests.agenda.vanavond.mensen import Mens, Waarheid, met_inhoud


class Zaal(Protocol):
    """De stappen van een avond, elk op `om`. Een id is dat van de mens."""

    def stand(self, om: datetime) -> Avondstand: ...
    def sees_next(self, balies: tuple[str, ...], om: datetime) -> tuple[str, ...]:
        """Welke van deze balies iemand ziet staan om op te roepen."""

    def arrive(self, id_: str, om: datetime) -> None: ...
    def walk_in(self, mens: Mens, om: datetime) -> bool: ...
    def call_next(self, balies: tuple[str, ...], om: datetime) -> dict[str, str]:
        """Al deze balies drukken tegelijk; per balie wie zij kreeg."""

    def start(self, id_: str, balie: str, om: datetime) -> None: ...
    def park(self, id_: str, balie: str, om: datetime) -> None: ...
    def resume(self, id_: str, balie: str, om: datetime) -> None: ...
    def finish(self, id_: str, balie: str, om: datetime) -> None: ...
    def no_show(self, id_: str, om: datetime) -> None: ...
    def come_after_all(self, id_: str, om: datetime) -> None: ...
    def put_back(self, id_: str, balie: str, om: datetime) -> None: ...
    def undo_call(self, id_: str, balie: str, om: datetime) -> None: ...
    def fall_ill(self, balie: str, om: datetime) -> None:
        """De rest van de avond is er aan deze balie niemand; wie er zit, gaat even apart."""

    def lose_database(self, om: datetime) -> None:
        """De database valt weg: iedere werkplek gaat door op wat zij het laatst zag."""

    def regain_database(self, om: datetime) -> None:
        """De database is er weer: alles wordt doorgevoerd."""


class Geheugenzaal:
    """Alles op één plaats, zonder opslag."""

    def __init__(self, waarheid: Waarheid) -> None:
        self._inrichting = waarheid.inrichting
        self._kalender = Kalender(waarheid.inrichting)
        self._regels = Avondregels()
        self._avond = met_inhoud(waarheid.inrichting, waarheid.afspraken)
        self._bezoeken: dict[str, Bezoek] = {}
        op_tijd = sorted(waarheid.afspraken, key=lambda m: (m.tijd, m.id))
        for nummer, mens in enumerate(op_tijd, 1):
            self._bezoeken[mens.id] = make_bezoek(mens, f"A{nummer:02d}")
        self._zonder = 0
        self._gezien: frozenset[str] | None = None
        self._voor_oproep: dict[str, Bezoek] = {}

    def stand(self, om: datetime) -> Avondstand:
        return Avondstand(om, self._avond, tuple(self._bezoeken.values()), self._regels)

    def sees_next(self, balies: tuple[str, ...], om: datetime) -> tuple[str, ...]:
        return tuple(balie for balie in balies if next_for(self._seen(balie, om), balie) is not None)

    def _seen(self, balie: str, om: datetime) -> Avondstand:
        stand = self.stand(om)
        if self._gezien is None:
            return stand
        bekend = (
            b
            for b in stand.bezoeken
            if b.toestand is not Toestand.AANGEMELD or (b.gepland == balie and b.id in self._gezien)
        )
        return replace(stand, bezoeken=tuple(bekend))

    def arrive(self, id_: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.arrive(self._bezoeken[id_], om, self._regels)

    def walk_in(self, mens: Mens, om: datetime) -> bool:
        op = self.stand(om)
        plek = fit_in(op, self._inrichting, self._kalender, mens.plan, om, voorrang=mens.voorrang)
        if isinstance(plek, PastNiet):
            return False
        self._zonder += 1
        nieuw = make_bezoek(mens, f"W{self._zonder:02d}")
        self._bezoeken[mens.id] = replace(nieuw, toestand=Toestand.AANGEMELD, aangemeld_op=om)
        if plek.vast:
            vak = mens.plan.vak(floor_tik(plek.begin))
            eigen = Inhoud(
                SoortInhoud.ZONDER_AFSPRAAK, mens.id, vak, plek.balie, mens.plan.eisen, mens.plan.producten
            )
            inhoud = (
                replace(item, balie=plek.verhuizingen.get(item.id, item.balie)) for item in self._avond.inhoud
            )
            self._avond = replace(self._avond, inhoud=(*inhoud, eigen))
        return True

    def call_next(self, balies: tuple[str, ...], om: datetime) -> dict[str, str]:
        gekregen = {}
        for balie in balies:
            beurt = next_for(self._seen(balie, om), balie)
            if beurt is not None:
                wie = self._bezoeken[beurt.bezoek.id]
                self._voor_oproep[wie.id] = wie
                self._bezoeken[wie.id] = stappen.call(wie, balie, om, self._regels)
                gekregen[balie] = wie.id
        return gekregen

    def start(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.start(self._bezoeken[id_], om)

    def park(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.park(self._bezoeken[id_], om, "")

    def resume(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.resume(self._bezoeken[id_], balie, om)

    def finish(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.finish(self._bezoeken[id_], om, (), "")

    def no_show(self, id_: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.no_show(self._bezoeken[id_], om, self._regels)

    def come_after_all(self, id_: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.come_after_all(self._bezoeken[id_], om)

    def put_back(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = stappen.put_back(self._bezoeken[id_])

    def undo_call(self, id_: str, balie: str, om: datetime) -> None:
        self._bezoeken[id_] = self._voor_oproep[id_]

    def lose_database(self, om: datetime) -> None:
        """Er is er geen: zolang ziet elke balie alleen wie voor haar is ingepland en er al was."""
        self._gezien = frozenset(b.id for b in self._bezoeken.values() if b.toestand is Toestand.AANGEMELD)

    def regain_database(self, om: datetime) -> None:
        self._gezien = None

    def fall_ill(self, balie: str, om: datetime) -> None:
        if (zit := self.stand(om).at_balie(balie)) is not None:
            self.park(zit.id, balie, om)
        self._avond = without_balie(self._avond, balie, om)


def make_bezoek(mens: Mens, volgnummer: str) -> Bezoek:
    return Bezoek(
        id=mens.id,
        datum=DAG,
        volgnummer=volgnummer,
        soort=SoortBezoek.AFSPRAAK if mens.tijd else SoortBezoek.ZONDER_AFSPRAAK,
        toestand=Toestand.BEVESTIGD,
        regels=mens.plan.regels,
        eisen=mens.plan.eisen,
        minuten=mens.plan.minuten,
        tijd=mens.tijd,
        gepland=mens.balie,
        voorrang=mens.voorrang,
    )


def without_balie(avond: Avond, balie: str, om: datetime) -> Avond:
    tik = floor_tik(om)
    over = []
    for plek in avond.plekken:
        if plek.balie != balie or plek.vak.eind <= tik:
            over.append(plek)
        elif plek.vak.begin < tik:
            over.append(replace(plek, vak=replace(plek.vak, eind=tik)))
    return replace(avond, plekken=tuple(over))
