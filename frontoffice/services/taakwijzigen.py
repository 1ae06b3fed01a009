"""Een internetaak bijwerken zonder het werk van een collega te verliezen, en de loper voor `Taakwijziging`.

Klantinteracties kent geen ETag en geen slot. Daarom: lezen, vergelijken met wat de medewerker zag, schrijven,
even wachten, en teruglezen tot het er staat. Tellingen komen steeds opnieuw uit de contacten zelf. Wat er dan
nog kan misgaan, staat in de README (Hoe beloften in het register staan).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from frontoffice.domain.belofte import Telling
from frontoffice.domain.concept import Actorsoort
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.fouten import Afgekeurd, Geannuleerd, KifFout, NietGevonden
from frontoffice.domain.registratie import Verzending
from frontoffice.domain.taakwijziging import (
    Gezien,
    Taakactie,
    Taakbotsing,
    Taakstand,
    Taakstap,
    Taakvelden,
    Taakwijziging,
    plan,
)
from frontoffice.ports import Aanroep, Stop
from frontoffice.registratiepoort import Contactregister, Wijziging, Winkel
from frontoffice.services.verzendfouten import NogOnbekend, TaakGewijzigd
from frontoffice.takenpoort import Takenregister
from frontoffice.uitvoeren import Lading, Uitvoerder

RUST_S = 0.4
"""Zo lang wacht wie schreef met teruglezen: langer dan een ander nodig heeft tussen lezen en schrijven."""
_LANGSTE_RUST_S = 5.0
_PROBEERT = 4
FindDoel = Callable[[InterneTaak], tuple[str, ...]]
"""Bij wie de taak komt te liggen, gezien bij wie zij nu ligt; leeg = daar verandert niets aan."""


class Tempo(Protocol):
    def take(self) -> float: ...


class Taakschrijver:
    """Voert één `Taakstap` uit op het register."""

    def __init__(
        self,
        taken: Takenregister,
        tempo: Tempo,
        *,
        rust: float = RUST_S,
        toeval: random.Random | None = None,
    ) -> None:
        self._taken = taken
        self._tempo = tempo
        self._rust = rust
        self._toeval = toeval or random.Random()

    def run(self, stap: Taakstap, prepare: Callable[[Aanroep], FindDoel], aanroep: Aanroep) -> None:
        """Doe wat er nog moet. Keert terug als het er bij teruglezen staat.

        Tussen lezen en schrijven zit zo min mogelijk: `prepare` zoekt eerst op wat er nodig is. Raises
        TaakGewijzigd als een collega iets deed wat hier niet naast past, NogOnbekend als er te veel collega's
        tegelijk schrijven, en elke KifFout van het register.
        """
        find_doel = prepare(aanroep)
        for poging in range(_PROBEERT):
            for _ in range(2 if poging else 3):
                self.wait(aanroep)
            tellingen = self._taken.count_acties(stap.taak_uuid, aanroep)
            begin = time.monotonic()
            taak = self._taken.load_taak(stap.taak_uuid, aanroep)
            velden = self._plan(stap, taak, tellingen, find_doel)
            if velden.is_leeg:
                return
            self._taken.change_taak(stap.taak_uuid, velden, aanroep)
            self._settle(time.monotonic() - begin, poging, aanroep)
        drukte = Geannuleerd("Er werken meer collega's tegelijk aan dit verzoek. Wij kijken het zo na.")
        raise NogOnbekend(drukte, self._toeval.uniform(1.0, 4.0))

    @staticmethod
    def _plan(
        stap: Taakstap, taak: InterneTaak, tellingen: Mapping[Taakactie, Telling], find_doel: FindDoel
    ) -> Taakvelden:
        stand = Taakstand(taak.toelichting, taak.is_open, taak.actor_uuids, taak.afgehandeld_op)
        try:
            return plan(stap, stand, tellingen, find_doel(taak))
        except Taakbotsing as botsing:
            raise TaakGewijzigd(botsing.zin, Gezien(taak.is_open, taak.actor_uuids)) from None

    def _settle(self, venster: float, poging: int, aanroep: Aanroep) -> None:
        """Wacht tot wie tegelijk las ook geschreven heeft. Bij drukte langer, en niet allemaal even lang."""
        rust = max(self._rust, 3 * venster) * (1 + poging * self._toeval.random())
        sleep(min(rust, _LANGSTE_RUST_S) if self._rust else 0.0, aanroep)

    def wait(self, aanroep: Aanroep) -> None:
        """Houd het tempo van de werkplek."""
        sleep(self._tempo.take(), aanroep)


def sleep(seconden: float, aanroep: Aanroep) -> None:
    """Wacht, en blijf wakker voor de stopknop."""
    einde = time.monotonic() + seconden
    while (rest := einde - time.monotonic()) > 0:
        aanroep.stop.check()
        time.sleep(min(rest, 0.05))


class Actorzoeker:
    """Vindt een actor bij zijn identificatie, maakt hem zo nodig, en onthoudt hem op deze werkplek."""

    def __init__(self, winkel: Winkel, register: Contactregister, wait: Callable[[Aanroep], None]) -> None:
        self._winkel = winkel
        self._register = register
        self._wait = wait

    def find(self, soort: Actorsoort, object_id: str, naam: str, aanroep: Aanroep) -> str:
        """De uuid van de actor; maakt hem als het register hem niet kent, en onthoudt hem."""
        onthouden = f"actor:{soort}:{object_id}"
        if bekend := self._winkel.recall(onthouden):
            return bekend
        self._wait(aanroep)
        uuid = self._register.find_actor(soort, object_id, aanroep)
        if not uuid:
            self._wait(aanroep)
            uuid = self._register.make_actor(soort, object_id, naam, aanroep)
        self._winkel.remember(onthouden, uuid)
        return uuid

    def forget(self, opdracht: Taakwijziging) -> None:
        """Na een afkeuring: misschien bestaat een onthouden actor niet meer."""
        self._winkel.remember(f"actor:{Actorsoort.MEDEWERKER}:{opdracht.medewerker}", "")
        if aan := opdracht.stap.aan:
            self._winkel.remember(f"actor:{aan.soort}:{aan.object_id}", "")


class Taakloper:
    """Loper voor `Taakwijziging`: overnemen, doorgeven en alsnog klaar, zonder nieuw contact."""

    register_naam = "klantinteracties"

    def __init__(
        self,
        winkel: Winkel,
        taken: Takenregister,
        schrijver: Taakschrijver,
        uitvoerder: Uitvoerder,
        actoren: Actorzoeker,
    ) -> None:
        self._winkel = winkel
        self._taken = taken
        self._schrijver = schrijver
        self._uitvoerder = uitvoerder
        self._actoren = actoren

    def run(self, verzending: Verzending, stop: Stop, seconden: float) -> None:
        """Voer de wijziging van deze verzending uit, hoogstens `seconden`.

        Raises NogOnbekend als niet vaststaat of zij er staat, en KifFout als het register weigert.
        """
        opdracht = verzending.opdracht
        assert isinstance(opdracht, Taakwijziging)
        onbekend: list[NogOnbekend] = []

        def werk(_: object, aanroep: Aanroep) -> None:
            try:
                self._schrijver.run(opdracht.stap, partial(self._prepare, opdracht), aanroep)
            except NogOnbekend as later:
                onbekend.append(later)

        for uitkomst in self._uitvoerder.run([Lading("taak", werk)], seconden=seconden, stop=stop):
            if isinstance(uitkomst.fout, TaakGewijzigd):
                accept_stand(self._winkel, verzending.id, opdracht, uitkomst.fout.gezien)
            elif isinstance(uitkomst.fout, Afgekeurd):
                self._actoren.forget(opdracht)
            if uitkomst.fout is not None:
                raise _zeg_weg(uitkomst.fout)
        if onbekend:
            raise onbekend[0]

    def _prepare(self, opdracht: Taakwijziging, aanroep: Aanroep) -> FindDoel:
        """Overnemen houdt de afdeling erbij: het blijft ook werk van het team."""
        stap = opdracht.stap
        if stap.actie is Taakactie.DOORGEVEN and stap.aan is not None:
            ander = self._actoren.find(stap.aan.soort, stap.aan.object_id, stap.aan.naam, aanroep)
            return lambda _: (ander,)
        if stap.actie is not Taakactie.OVERNEMEN:
            return lambda _: ()
        ik = self._actoren.find(Actorsoort.MEDEWERKER, opdracht.medewerker, opdracht.medewerker_naam, aanroep)
        mensen = {a.uuid for a in self._taken.load_actoren(aanroep) if a.soort is Actorsoort.MEDEWERKER}
        return lambda taak: (ik, *(u for u in taak.actor_uuids if u not in mensen and u != ik))


def accept_stand(winkel: Winkel, id_: int, opdracht: Taakwijziging, gezien: Gezien) -> None:
    """Onthoud wat er nu staat: kiest de medewerker Opnieuw, dan weet hij dit."""
    nieuw = replace(opdracht, stap=replace(opdracht.stap, gezien=gezien))
    winkel.update(id_, Wijziging(opdracht=nieuw))


def _zeg_weg(fout: KifFout) -> KifFout:
    if isinstance(fout, NietGevonden):
        zin = "Dit verzoek staat niet meer in het register. Kies Intrekken."
        return Afgekeurd(zin, register="klantinteracties", code="taak_weg")
    return fout
