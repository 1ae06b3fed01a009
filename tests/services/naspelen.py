"""Speelt een avond na uit wat er is vastgelegd, en kijkt bij elke oproep of het programma nu hetzelfde zegt.

Leest alleen de geschiedenis: de stappen, wanneer er iets wegviel, en de plek van wie zonder afspraak kwam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from frontoffice.agenda.afspraak import Toestand
from frontoffice.agenda.avond import AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.rooster import build_avond
from frontoffice.agenda.tijd import Vak, tikken, to_tik
from frontoffice.agenda.vanavond import stappen
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Avondstand, Bezoek
from frontoffice.agenda.vanavond.volgorde import next_for
from frontoffice.agendapoort import Gebeurtenis
from tests.storage.bouw import DAG

GEKOZEN = "Door de medewerker gekozen."


@dataclass(frozen=True)
class Nagespeeld:
    """`fouten`: elke afwijking als zin. `uitgelegd`: hoeveel oproepen opnieuw hetzelfde opleverden."""

    bezoeken: tuple[Bezoek, ...]
    uitgelegd: int
    fouten: tuple[str, ...]


class Naspeler:
    """`begin`: wie er een afspraak had. `inrichtingen`: die van het begin, en na elke `uitval` die daarna."""

    def __init__(
        self, begin: Sequence[Bezoek], inrichtingen: Sequence[Inrichting], uitval: Sequence[datetime]
    ) -> None:
        assert len(inrichtingen) == len(uitval) + 1
        self._bezoeken = {bezoek.id: _kaal(bezoek) for bezoek in begin}
        self._vorige: dict[str, list[Bezoek]] = {}
        self._plekken: dict[str, Inhoud] = {}
        self._inrichtingen, self._uitval = inrichtingen, uitval
        self._uitgelegd = 0
        self._fouten: list[str] = []

    def play(self, gebeurtenissen: Sequence[Gebeurtenis]) -> Nagespeeld:
        for stap in gebeurtenissen:
            if stap.soort == "bezoek_genummerd":
                wie = self._bezoeken[stap.onderwerp]
                self._bezoeken[wie.id] = replace(wie, volgnummer=stap.na["volgnummer"])
            elif stap.soort != "bezoek_geweigerd":
                self._step(stap)
        return Nagespeeld(tuple(self._bezoeken.values()), self._uitgelegd, tuple(self._fouten))

    def _step(self, stap: Gebeurtenis) -> None:
        om = _moment(stap)
        if stap.soort == "bezoek_opgeroepen" and stap.na["waarom"] != GEKOZEN:
            self._explain(stap, om)
        oud = self._bezoeken[stap.onderwerp]
        if stap.soort == "bezoek_ongedaan":
            nieuw = self._vorige[oud.id].pop()
        else:
            self._vorige.setdefault(oud.id, []).append(oud)
            nieuw = self._apply(oud, stap, om)
        self._bezoeken[oud.id] = nieuw
        self._check(stap, nieuw)

    def _apply(self, oud: Bezoek, stap: Gebeurtenis, om: datetime) -> Bezoek:
        regels, balie = self._inrichting(om).locatie.avondregels, stap.na["balie"]
        match stap.soort:
            case "bezoek_zonder_afspraak":
                if plek := stap.na.get("plek"):
                    self._plekken[oud.id] = _inhoud(oud, datetime.fromisoformat(plek))
                er = replace(oud, toestand=Toestand.AANGEMELD, aangemeld_op=om, voorrang=stap.na["voorrang"])
                return replace(er, volgnummer=stap.na["volgnummer"])
            case "bezoek_aangemeld":
                return stappen.arrive(oud, om, regels)
            case "bezoek_toch_gekomen":
                return stappen.come_after_all(oud, om)
            case "bezoek_opgeroepen":
                return stappen.call(oud, balie, om, regels)
            case "bezoek_opnieuw_opgeroepen":
                return stappen.recall(oud, om, regels)
            case "bezoek_terug":
                return stappen.put_back(oud)
            case "bezoek_aan_de_balie":
                return stappen.start(oud, om)
            case "bezoek_even_apart":
                return stappen.park(oud, om, "")
            case "bezoek_hervat":
                return stappen.resume(oud, balie, om)
            case "bezoek_klaar":
                return stappen.finish(oud, om, (), "")
            case "bezoek_niet_gekomen":
                return stappen.no_show(oud, om, regels)
        raise AssertionError(f"onbekende stap {stap.soort}")

    def _explain(self, stap: Gebeurtenis, om: datetime) -> None:
        """Wie was er toen volgens de volgorde aan de beurt voor deze balie, en waarom?"""
        balie = stap.na["balie"]
        inrichting = self._inrichting(om)
        avond = build_avond(
            inrichting, Kalender(inrichting), DAG, tuple(self._plekken.values()), AvondToestand.BEZIG
        )
        genummerd = tuple(bezoek for bezoek in self._bezoeken.values() if bezoek.volgnummer)
        stand = Avondstand(om, avond, genummerd, inrichting.locatie.avondregels)
        beurt = next_for(stand, balie)
        if beurt is None or (beurt.bezoek.id, beurt.waarom) != (stap.onderwerp, stap.na["waarom"]):
            anders = None if beurt is None else (beurt.bezoek.volgnummer, beurt.waarom)
            vast = (stap.na["volgnummer"], stap.na["waarom"])
            self._fouten.append(f"{om:%H:%M:%S} {balie}: vastgelegd {vast}, nagerekend {anders}")
        else:
            self._uitgelegd += 1

    def _check(self, stap: Gebeurtenis, nieuw: Bezoek) -> None:
        """De toestand na de stap is die van de geschiedenis, en een balie heeft er nooit twee."""
        velden = ("balie", "oproepen", "te_laat", "volgnummer")
        zelfde = all(getattr(nieuw, veld) == stap.na[veld] for veld in velden)
        if not zelfde or nieuw.toestand.value != stap.na["toestand"]:
            self._fouten.append(f"{stap.soort} van {nieuw.volgnummer} geeft iets anders dan vastgelegd")
        aan_balie = [b.balie for b in self._bezoeken.values() if b.toestand in AAN_BALIE]
        if len(aan_balie) != len(set(aan_balie)):
            self._fouten.append(f"na {stap.soort} van {nieuw.volgnummer} heeft een balie er twee")

    def _inrichting(self, om: datetime) -> Inrichting:
        return self._inrichtingen[sum(moment <= om for moment in self._uitval)]


def _kaal(bezoek: Bezoek) -> Bezoek:
    """Zoals het was voor er iets gebeurde."""
    return Bezoek(
        id=bezoek.id,
        datum=bezoek.datum,
        volgnummer="",
        soort=bezoek.soort,
        toestand=Toestand.BEVESTIGD,
        regels=bezoek.regels,
        eisen=bezoek.eisen,
        minuten=bezoek.minuten,
        tijd=bezoek.tijd,
    )


def _inhoud(bezoek: Bezoek, begin: datetime) -> Inhoud:
    vak = Vak(to_tik(begin), to_tik(begin) + tikken(bezoek.minuten))
    return Inhoud(SoortInhoud.ZONDER_AFSPRAAK, bezoek.id, vak, "", bezoek.eisen, ())


def _moment(stap: Gebeurtenis) -> datetime:
    echt = stap.na.get("gebeurd_op")
    return stap.op if echt is None else datetime.fromisoformat(echt)
