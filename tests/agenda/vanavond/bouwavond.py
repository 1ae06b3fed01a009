"""Bezoeken en een gespeelde avond voor tests: wie komt, wordt geholpen of wegblijft, met elke stap erbij.

De avond is donderdag 3 december 2026, van 17.00 tot 20.00 uur. Namen van mensen zijn verzonnen.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraakregel, Eisen, Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Resultaat, SoortBezoek, Uitkomst
from frontoffice.agendapoort import Gebeurtenis, Wie
from tests.agenda.bouw import DAG, avond, moment, plek

WIE = Wie("bos", "balie-2")
PRODUCTEN = {
    "paspoort": ("Paspoort aanvragen", "Reisdocumenten", 15, frozenset({"reisdocument"})),
    "rijbewijs": ("Rijbewijs aanvragen", "Rijbewijzen", 10, frozenset({"rijbewijs"})),
    "naturalisatie": ("Nederlander worden", "Burgerzaken", 30, frozenset({"naturalisatie"})),
    "ophalen": ("Paspoort ophalen", "Ophalen", 5, frozenset({"reisdocument"})),
}
BALIENAMEN = {"B1": "Balie 1", "B2": "Balie 2", "B3": "Balie 3"}


def regel(code: str = "paspoort", personen: int = 1) -> Afspraakregel:
    naam, _, minuten, mag = PRODUCTEN[code]
    return Afspraakregel(code, naam, personen, minuten, mag)


def bezoek(volgnummer: str, tijd: str = "", product: str = "paspoort", **anders: Any) -> Bezoek:
    """Een bezoek dat nog moet komen; zonder `tijd` is het iemand zonder afspraak."""
    soort = SoortBezoek.AFSPRAAK if tijd else SoortBezoek.ZONDER_AFSPRAAK
    basis = Bezoek(
        id=f"id-{volgnummer}",
        datum=DAG,
        volgnummer=volgnummer,
        soort=soort,
        toestand=Toestand.BEVESTIGD if tijd else Toestand.AANGEMELD,
        regels=(regel(product),),
        eisen=Eisen(PRODUCTEN[product][3]),
        minuten=PRODUCTEN[product][2],
        tijd=moment(tijd) if tijd else None,
        groep=PRODUCTEN[product][1],
        nummer=f"2026-{volgnummer[1:]:0>5}" if tijd else "",
        gepland="B1" if tijd else "",
    )
    return replace(basis, **anders)


def opgeroepen(volgnummer: str, balie: str, om: str, keer: int = 1, **anders: Any) -> Bezoek:
    return bezoek(
        volgnummer,
        anders.pop("tijd", "17.00"),
        toestand=anders.pop("toestand", Toestand.OPGEROEPEN),
        balie=balie,
        opgeroepen_op=moment(om),
        oproepen=keer,
        **anders,
    )


def stand(*bezoeken: Bezoek, nu: str = "18.07", **anders: Any) -> Avondstand:
    """De avond zoals zij om `nu` is, met drie balies."""
    open_ = anders.pop("avond", None) or avond(
        plekken=tuple(plek(balie) for balie in BALIENAMEN), toestand=AvondToestand.BEZIG
    )
    return Avondstand(moment(nu), open_, tuple(bezoeken), balienamen=BALIENAMEN, **anders)


class Gespeeld:
    """Speelt een avond en schrijft elke stap op zoals de agenda dat doet; houdt zelf bij wat er waar is."""

    def __init__(self) -> None:
        self.bezoeken: dict[str, Bezoek] = {}
        self.stappen: list[Gebeurtenis] = []
        self._terug: list[Bezoek] = []

    def add(self, nieuw: Bezoek, om: datetime | None = None) -> None:
        self.bezoeken[nieuw.id] = nieuw
        if nieuw.soort is SoortBezoek.ZONDER_AFSPRAAK:
            assert om is not None
            self._change(nieuw, om, "bezoek_zonder_afspraak", aangemeld_op=om)

    def arrive(self, id_: str, om: datetime, **kw: Any) -> None:
        self._change(self.bezoeken[id_], om, "bezoek_aangemeld", Toestand.AANGEMELD, aangemeld_op=om, **kw)

    def call(self, id_: str, om: datetime, balie: str = "B1", **kw: Any) -> None:
        oud = self.bezoeken[id_]
        soort = "bezoek_opnieuw_opgeroepen" if oud.toestand is Toestand.OPGEROEPEN else "bezoek_opgeroepen"
        nieuw = {"opgeroepen_op": om, "balie": balie, "oproepen": oud.oproepen + 1}
        self._change(oud, om, soort, Toestand.OPGEROEPEN, **nieuw, **kw)

    def start(self, id_: str, om: datetime, **kw: Any) -> None:
        oud = self.bezoeken[id_]
        soort = "bezoek_hervat" if oud.toestand is Toestand.EVEN_APART else "bezoek_aan_de_balie"
        self._change(oud, om, soort, Toestand.AAN_DE_BALIE, begonnen_op=om, **kw)

    def park(self, id_: str, om: datetime) -> None:
        self._change(self.bezoeken[id_], om, "bezoek_even_apart", Toestand.EVEN_APART, apart_op=om)

    def finish(self, id_: str, om: datetime, uitkomsten: tuple[Uitkomst, ...] = (), **kw: Any) -> None:
        oud = self.bezoeken[id_]
        self._change(oud, om, "bezoek_klaar", Toestand.KLAAR, klaar_op=om, uitkomsten=uitkomsten, **kw)

    def no_show(self, id_: str, om: datetime) -> None:
        self._change(self.bezoeken[id_], om, "bezoek_niet_gekomen", Toestand.NIET_GEKOMEN)

    def come_after_all(self, id_: str, om: datetime) -> None:
        oud = self.bezoeken[id_]
        self._change(oud, om, "bezoek_toch_gekomen", Toestand.AANGEMELD, aangemeld_op=om, te_laat=True)

    def undo(self, om: datetime) -> None:
        """Maak de laatste stap ongedaan."""
        oud = self._terug.pop()
        self.bezoeken[oud.id] = oud
        self._note(om, "bezoek_ongedaan", oud, om)

    def refuse(self, om: datetime, waarom: str) -> None:
        na = {"waarom": waarom, "groep": "Reisdocumenten"}
        self.stappen.append(Gebeurtenis(om, WIE, "bezoek_geweigerd", f"avond:{DAG}", DAG, {}, na))

    def stand(self, nu: str = "20.30") -> Avondstand:
        return stand(*sorted(self.bezoeken.values(), key=lambda b: b.volgnummer), nu=nu)

    def _change(
        self,
        oud: Bezoek,
        om: datetime,
        soort: str,
        toestand: Toestand | None = None,
        *,
        ingevoerd: datetime | None = None,
        **velden: Any,
    ) -> None:
        self._terug.append(oud)
        nieuw = replace(oud, toestand=toestand or oud.toestand, versie=oud.versie + 1, **velden)
        self.bezoeken[oud.id] = nieuw
        self._note(om, soort, nieuw, ingevoerd or om)

    def _note(self, om: datetime, soort: str, bezoek_: Bezoek, ingevoerd: datetime) -> None:
        na = {"volgnummer": bezoek_.volgnummer, "toestand": bezoek_.toestand.value, "balie": bezoek_.balie}
        if ingevoerd != om:
            na["gebeurd_op"] = om.isoformat()
        self.stappen.append(Gebeurtenis(ingevoerd, WIE, soort, bezoek_.id, DAG, {}, na))


def play(zaad: int, afspraken: int = 30, zonder: int = 12) -> Gespeeld:
    """Een hele avond uit een toevalsgetal: te laat, weggebleven, toch gekomen, even apart, ongedaan."""
    rng = random.Random(zaad)
    spel = Gespeeld()
    opening = moment("17.00")
    codes = sorted(PRODUCTEN)
    for nummer in range(1, afspraken + 1):
        tijd = opening + timedelta(minutes=5 * rng.randrange(34))
        spel.add(replace(bezoek(f"A{nummer:02d}", "17.00", rng.choice(codes)), tijd=tijd))
    for nummer in range(1, zonder + 1):
        om = opening + timedelta(seconds=rng.randrange(9000))
        spel.add(bezoek(f"W{nummer:02d}", product=rng.choice(codes)), om)
    for bezoek_ in list(spel.bezoeken.values()):
        _play_bezoek(spel, bezoek_, rng)
    for _ in range(rng.randrange(5)):
        reden = rng.choice(("vol", "niemand_bevoegd", "iets_nieuws"))
        spel.refuse(opening + timedelta(minutes=rng.randrange(180)), reden)
    return spel


def _play_bezoek(spel: Gespeeld, wie: Bezoek, rng: random.Random) -> None:
    om = wie.aangemeld_op or wie.tijd or moment("17.00")
    if wie.tijd is not None:
        if rng.random() < 0.15:
            spel.no_show(wie.id, wie.tijd + timedelta(minutes=12))
            if rng.random() < 0.6:
                return
            om = wie.tijd + timedelta(minutes=25)
            spel.come_after_all(wie.id, om)
        else:
            om = wie.tijd + timedelta(seconds=rng.randrange(-1500, 900))
            ingevoerd = om + timedelta(minutes=11) if rng.random() < 0.1 else None
            spel.arrive(wie.id, om, ingevoerd=ingevoerd)
    om += timedelta(seconds=rng.randrange(20, 1500))
    if rng.random() < 0.1:
        spel.call(wie.id, om)
        spel.undo(om + timedelta(seconds=20))
        om += timedelta(minutes=2)
    if rng.random() < 0.05:
        return  # wacht nog
    spel.call(wie.id, om, rng.choice(sorted(BALIENAMEN)))
    if rng.random() < 0.15:
        om += timedelta(minutes=1)
        spel.call(wie.id, om)
        if rng.random() < 0.3:
            spel.no_show(wie.id, om + timedelta(minutes=6))
            return
    om += timedelta(seconds=40)
    spel.start(wie.id, om)
    if rng.random() < 0.15:
        om += timedelta(minutes=3)
        spel.park(wie.id, om)
        om += timedelta(minutes=4)
        spel.start(wie.id, om)
    om += timedelta(seconds=rng.randrange(120, 1500))
    uitkomsten = tuple(
        Uitkomst(r.product, rng.choice(list(Resultaat)), rng.choice(("papieren ontbreken", "Jan was boos")))
        for r in wie.regels
    )
    spel.finish(wie.id, om, uitkomsten)
