"""De avond met of zonder verbinding: dezelfde stappen als de dienst zelf, en het werk gaat altijd door.

Met verbinding gaat elke stap naar de agenda; haar nummer staat dan al op deze pc, dus een antwoord dat niet
komt, wordt later nagevraagd en nooit dubbel gedaan. Zonder verbinding wordt zij hier genoteerd en op het
laatste beeld gezet. Hoe dat gaat, staat in `avondkern`; wat daarna nog past, beslist `avondinhalen`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from frontoffice.agenda.vanavond import doorwerken
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, Uitkomst
from frontoffice.agenda.vanavond.volgorde import Beurt, next_for
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaBezet, AgendaFout, AgendaOnbereikbaar, Gebeurtenis
from frontoffice.avondpoort import Avondnotitie, Avondnotities
from frontoffice.domain.fouten import Geweigerd, KifFout
from frontoffice.domain.taal import dag_van, tijd, zonder_accenten
from frontoffice.ports import Klok
from frontoffice.services.avondgeheugen import Avondgeheugen
from frontoffice.services.avondinhalen import Inhaler
from frontoffice.services.avondkern import EERSTE_KEER_S, GEDULD_S, Avondkern
from frontoffice.services.avondlijnbeelden import Lijnbeelden
from frontoffice.services.avondnakijken import Keuze, Nakijkpunt, with_eigen
from frontoffice.services.avondverslagen import Teruggekeken
from frontoffice.services.vanavond import Vanavonddienst

T = TypeVar("T")
_OPEN_LATER = "De avond openen kan alleen met verbinding. Werk zolang op papier, en kies het daarna opnieuw."
_DICHT_LATER = (
    "De avond afsluiten kan alleen met verbinding. Kies het opnieuw als de verbinding er weer is; "
    "er gaat niets verloren."
)
_NAKIJKEN_LATER = "Nakijken kan alleen met verbinding. Kies het opnieuw als de verbinding er weer is."
_ONZEKER = "De agenda antwoordt niet; misschien is het al gelukt. Kies het straks opnieuw: dubbel kan niet."
_NIET_TERUG = (
    "Een eerdere avond is alleen met verbinding te zien. Wij proberen het steeds opnieuw; kijk straks weer."
)
_log = logging.getLogger(__name__)


class Avondlijn:
    """Biedt wat `Vanavond` biedt. Elke methode mag van elke achtergronddraad, geen ervan van de UI-draad.

    De eigenschappen en `is_genoteerd` mogen wel van de UI-draad: zij wachten nergens op.
    """

    def __init__(
        self,
        open_agenda: Callable[[], Inhaler],
        open_notities: Callable[[], Avondnotities],
        klok: Klok,
        medewerker: str,
        *,
        geduld: float = GEDULD_S,
    ) -> None:
        """`open_agenda` en `open_notities` mogen elke keer mislukken; zij worden pas bij gebruik geroepen."""
        self._agenda = open_agenda
        self._klok = klok
        self._medewerker = medewerker
        self._geheugen = Avondgeheugen(open_notities, klok)
        self._kern = Avondkern(open_agenda, self._geheugen, klok, geduld)
        self.beelden = Lijnbeelden(self._kern, open_agenda)
        self._stappen: tuple[Gebeurtenis, ...] = ()
        self._punten: tuple[Nakijkpunt, ...] = ()

    @property
    def _vanavond(self) -> Vanavonddienst:
        return self._agenda().vanavond

    # --- hoe het ermee staat ---------------------------------------------------------------------------

    @property
    def stand_van(self) -> datetime | None:
        """Sinds wanneer er geen verbinding is; None als alles gewoon is."""
        return self._kern.weg_sinds

    @property
    def te_versturen(self) -> int:
        """Hoeveel stappen hier zijn gedaan en nog niet in de agenda staan."""
        return len(self._geheugen.open_notities())

    @property
    def band(self) -> str:
        """Wat er in de grijze band staat; leeg als alles gewoon is."""
        sinds, aantal = self.stand_van, self.te_versturen
        stappen = "1 stap" if aantal == 1 else f"{aantal} stappen"
        if sinds is None:
            return f"Er is weer verbinding. Wij voeren nog {stappen} door." if aantal else ""
        zin = f"Geen verbinding sinds {tijd(sinds)}. U kunt doorwerken; wij voeren het later door."
        zin += f" Hier genoteerd: {stappen}." if aantal else ""
        if self._geheugen.niet_bewaard:
            zin += " Op deze pc is nu niet te bewaren: sluit het programma niet."
        return zin

    def is_genoteerd(self, id_: str) -> bool:
        """Is er van dit bezoek een stap die alleen hier staat?"""
        return any(n.bezoek == id_ for n in self._geheugen.open_notities())

    def waarschuwing(self, id_: str, balie: str) -> str:
        """Wat u moet weten voor u deze persoon zonder verbinding oproept; leeg als er niets is."""
        beeld = self._geheugen.beeld
        bezoek = None if beeld is None else beeld.stand.find(id_)
        if self.stand_van is None or bezoek is None or bezoek.gepland == balie:
            return ""
        return (
            f"Zonder verbinding kan een andere balie {bezoek.volgnummer} ook oproepen. "
            "Kijk eerst in de wachtruimte."
        )

    # --- lezen -----------------------------------------------------------------------------------------

    def load_stand(self, datum: date | None = None) -> Avondstand | None:
        """De stand van de agenda, of die van hier als zij er niet is. Haalt in wat hier genoteerd staat.

        Raises AgendaOnbereikbaar als er ook hier geen beeld van vanavond is.
        """
        kern = self._kern
        with kern.slot:
            self._geheugen.open()
            bekend = self._geheugen.beeld is not None
            if bekend and self.stand_van is not None and kern.is_iets_laat():
                return self._geheugen.stand()  # de vorige vraag hangt nog: geen tweede erachteraan
        try:
            stand = self._ask_stand(datum, kern.geduld if bekend else EERSTE_KEER_S)
            if datum is not None and (stand is None or datum != dag_van(stand.nu)):
                return stand  # terugkijken: dat is niet de avond van nu
            if kern.catch_up():
                stand = self._ask_stand(datum, kern.geduld)
        except AgendaOnbereikbaar:
            kern.lose()
            if not bekend:
                raise
            return self._here()
        except AgendaBezet:
            if not bekend:
                raise
            return self._here()
        self._learn(stand)
        return self._here()

    def catch_up(self) -> int:
        """Voer door wat hier nog genoteerd staat, ook van een eerdere avond; geeft hoeveel er nog wacht.

        Staat er niets, dan gaat er ook niets open.
        """
        with self._kern.slot:
            self._geheugen.open()
        if self.te_versturen:
            try:
                self.load_stand()
            except KifFout as fout:
                _log.info("doorvoeren gaat nu niet", extra={"code": fout.code})
        return self.te_versturen

    def _ask_stand(self, datum: date | None, seconden: float) -> Avondstand | None:
        return self._kern.ask(lambda: self._vanavond.load_stand(datum), seconden)

    def _here(self) -> Avondstand | None:
        with self._kern.slot:
            return self._geheugen.stand()

    def _learn(self, stand: Avondstand | None) -> None:
        """Onthoud deze stand, met de namen erbij voor als er straks geen verbinding is."""
        geheugen, kern = self._geheugen, self._kern
        if stand is None:
            with kern.slot:
                geheugen.forget()
            return
        oud = geheugen.beeld if geheugen.beeld and geheugen.beeld.stand.datum == stand.datum else None
        namen: Mapping[str, str] = oud.namen if oud else {}
        reeks = oud.reeks if oud else 0
        inrichting = oud.inrichting if oud else None
        anders = oud is None or oud.stand.avond.plekken != stand.avond.plekken
        if anders or not reeks or any(bezoek.id not in namen for bezoek in stand.bezoeken):
            try:
                namen, reeks, inrichting = kern.ask(
                    lambda: self._agenda().load_bij(stand.datum, reeks), kern.geduld
                )
            except AgendaFout as fout:  # dan bij de volgende blik
                _log.info("namen van vanavond niet geladen", extra={"code": fout.code})
        with kern.slot:
            geheugen.flush()
            geheugen.learn(stand, namen, reeks, inrichting)

    def next_for(self, stand: Avondstand, balie: str) -> Beurt | None:
        """Wie deze balie moet oproepen; zonder verbinding alleen wie voor haar is ingepland."""
        if self.stand_van is None:
            return next_for(stand, balie)
        return next_for(doorwerken.own_rij(stand, balie, self._kern.own_ids()), balie)

    def load_namen(self, ids: Sequence[str]) -> Mapping[str, str]:
        """De namen bij deze bezoeken: voor Mijn balie."""
        return self._read(lambda: self._vanavond.load_namen(ids), lambda: self._find_namen(ids))

    def load_contact(self, id_: str) -> tuple[str, str | None]:
        """(naam, telefoon) van een afspraak; leeg wat er niet is. Zonder verbinding is het nummer None."""

        def ask() -> tuple[str, str | None]:
            gevonden = self._agenda().opslag.find_afspraken(ids=[id_])
            return (gevonden[0].klant.naam, gevonden[0].klant.telefoon) if gevonden else ("", "")

        return self._read(ask, lambda: (self._find_namen([id_]).get(id_, ""), None))

    def load_alle_namen(self) -> Mapping[str, str]:
        return self._read(lambda: self._vanavond.load_alle_namen(), lambda: self._find_namen(None))

    def find(self, zoek: str) -> tuple[Bezoek, ...]:
        """Bezoeken van vanavond met hun naam; zonder verbinding op (deel van) naam, nummer of volgnummer."""
        return self._read(lambda: self._vanavond.find(zoek), lambda: self._find_here(zoek))

    def load_stappen(self) -> tuple[Gebeurtenis, ...]:
        """Zonder verbinding die van de laatste keer."""
        self._stappen = self._read(lambda: self._vanavond.load_stappen(), lambda: self._stappen)
        return self._stappen

    def find_avonden(self) -> tuple[date, ...]:
        """De avonden die er een verslag van hebben, nieuwste eerst. Raises als `load_verslag`."""
        return self._look_back(lambda: self._vanavond.find_avonden())

    def load_verslag(self, datum: date) -> Teruggekeken | None:
        """Het verslag van een eerdere avond; None als die er niet was. Raises AgendaFout of Geweigerd."""
        return self._look_back(lambda: self._vanavond.load_verslag(datum))

    def _look_back(self, werk: Callable[[], T]) -> T:
        """Terugkijken staat niet op deze pc: dat kan alleen met verbinding."""
        kern = self._kern
        if kern.weg_sinds is None:
            try:
                return kern.ask(werk, EERSTE_KEER_S)
            except AgendaOnbereikbaar:
                kern.lose()
        raise Geweigerd(_NIET_TERUG, code="agenda_onbereikbaar")

    def _read(self, werk: Callable[[], T], hier: Callable[[], T]) -> T:
        kern = self._kern
        with kern.slot:
            self._geheugen.open()
        if kern.weg_sinds is None:
            try:
                return kern.ask(werk, kern.geduld)
            except AgendaOnbereikbaar:
                kern.lose()
        with kern.slot:
            return hier()

    def _find_namen(self, ids: Sequence[str] | None) -> Mapping[str, str]:
        beeld = self._geheugen.beeld
        namen = dict(beeld.namen) if beeld is not None else {}
        for notitie in self._geheugen.open_notities():
            if notitie.soort == "walk_in":
                namen[notitie.bezoek] = str(notitie.argumenten["naam"])
        return namen if ids is None else {id_: namen[id_] for id_ in ids if id_ in namen}

    def _find_here(self, zoek: str) -> tuple[Bezoek, ...]:
        stand, namen = self._geheugen.stand(), self._find_namen(None)
        woorden = _plat(zoek).split()
        if stand is None or not woorden:
            return ()
        return tuple(
            replace(bezoek, naam=namen.get(bezoek.id, ""))
            for bezoek in stand.bezoeken
            if all(
                woord in _plat(f"{namen.get(bezoek.id, '')} {bezoek.nummer} {bezoek.volgnummer}")
                for woord in woorden
            )
        )

    # --- nakijken --------------------------------------------------------------------------------------

    def nakijken(self) -> tuple[Nakijkpunt, ...]:
        """Wat de avondleiding moet nakijken; zonder verbinding dat van de laatste keer."""
        beeld = self._geheugen.beeld
        if beeld is None:
            return self._punten
        punten = self._read(lambda: self._agenda().nakijken.load(beeld.stand.datum), lambda: self._punten)
        with self._kern.slot:
            if self.stand_van is None:
                self._geheugen.forget_punten({punt.id for punt in punten})
            self._punten = tuple(with_eigen(punt, self._geheugen.notities) for punt in punten)
        return self._punten

    def resolve(self, punt_id: str, keuze: Keuze, *, verzoek_id: str) -> None:
        """Doe wat de avondleiding koos. Raises Geweigerd als dat nu niet kan."""
        beeld = self._geheugen.beeld
        if beeld is None or self.stand_van is not None:
            raise Geweigerd(_NAKIJKEN_LATER)
        datum = beeld.stand.datum
        self._kern.ask(
            lambda: self._agenda().nakijken.resolve(datum, punt_id, keuze, verzoek_id=verzoek_id),
            2 * self._kern.geduld,
        )

    # --- de stappen ------------------------------------------------------------------------------------

    def open_avond(self, *, verzoek_id: str) -> Avondstand:
        """Alleen met verbinding: de nummers van de hele avond komen van de agenda."""
        return self._with_agenda(lambda: self._vanavond.open_avond(verzoek_id=verzoek_id), _OPEN_LATER)

    def close_avond(self, *, verzoek_id: str, datum: date | None = None) -> Avondstand:
        """Alleen met verbinding, en pas als alles van hier in de agenda staat. Daarna is het beeld weg.

        `datum`: een eerdere avond die open bleef staan.
        """
        if self.te_versturen:
            raise Geweigerd("Hier staan nog stappen die wij moeten doorvoeren. Wacht tot dat klaar is.")
        uit = self._with_agenda(
            lambda: self._vanavond.close_avond(verzoek_id=verzoek_id, datum=datum), _DICHT_LATER
        )
        with self._kern.slot:
            beeld = self._geheugen.beeld
            if beeld is not None and beeld.stand.datum == uit.datum:
                self._geheugen.forget()
        return uit

    def _with_agenda(self, werk: Callable[[], T], later: str) -> T:
        """Raises Geweigerd met `later` zonder verbinding, AgendaOnbereikbaar als de afloop onbekend is."""
        if self.stand_van is not None:
            raise Geweigerd(later)
        try:
            return self._kern.ask(werk, EERSTE_KEER_S)
        except AgendaOnbereikbaar as fout:
            self._kern.lose()
            raise AgendaOnbereikbaar(_ONZEKER, code=fout.code) from fout

    def arrive(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("arrive", verzoek_id, op, id_)

    def walk_in(
        self, wens: Wens, naam: str, *, verzoek_id: str, voorrang: bool = False, op: datetime | None = None
    ) -> Bezoek:
        """Zonder verbinding kijkt niemand na of er plaats is: dat ziet de gastheer zelf aan het bord."""
        return self._step("walk_in", verzoek_id, op, wens=wens, naam=naam, voorrang=voorrang)

    def refuse(self, wens: Wens, waarom: str, *, verzoek_id: str, op: datetime | None = None) -> None:
        """Zie `Vanavonddienst.refuse`; zonder verbinding telt het later mee."""
        self._do("refuse", verzoek_id, op, "", wens=wens, waarom=waarom, van=verzoek_id)

    def call_next(self, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek | None:
        """Zonder verbinding alleen wie voor deze balie is ingepland en hier als aangemeld bekend is."""
        return self._do("call_next", verzoek_id, op, "", balie=balie)

    def call(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("call", verzoek_id, op, id_, balie=balie)

    def recall(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("recall", verzoek_id, op, id_)

    def put_back(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("put_back", verzoek_id, op, id_)

    def start(self, id_: str, *, verzoek_id: str, op: datetime | None = None, balie: str = "") -> Bezoek:
        return self._step("start", verzoek_id, op, id_, balie=balie)

    def park(
        self, id_: str, reden: str = "", *, verzoek_id: str, op: datetime | None = None, balie: str = ""
    ) -> Bezoek:
        return self._step("park", verzoek_id, op, id_, reden=reden, balie=balie)

    def resume(self, id_: str, balie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("resume", verzoek_id, op, id_, balie=balie)

    def finish(
        self,
        id_: str,
        uitkomsten: Sequence[Uitkomst] = (),
        *,
        verzoek_id: str,
        op: datetime | None = None,
        balie: str = "",
        vervolg: str = "",
    ) -> Bezoek:
        lijst = tuple(uitkomsten)
        return self._step("finish", verzoek_id, op, id_, uitkomsten=lijst, balie=balie, vervolg=vervolg)

    def no_show(self, id_: str, *, verzoek_id: str, op: datetime | None = None, balie: str = "") -> Bezoek:
        return self._step("no_show", verzoek_id, op, id_, balie=balie)

    def come_after_all(self, id_: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("come_after_all", verzoek_id, op, id_)

    def set_notitie(self, id_: str, notitie: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        return self._step("set_notitie", verzoek_id, op, id_, notitie=notitie)

    def set_voorrang(
        self, id_: str, voorrang: bool, *, verzoek_id: str, op: datetime | None = None
    ) -> Bezoek:
        return self._step("set_voorrang", verzoek_id, op, id_, voorrang=voorrang)

    def set_behoeften(
        self, id_: str, behoeften: Sequence[str], *, verzoek_id: str, op: datetime | None = None
    ) -> Bezoek:
        return self._step("set_behoeften", verzoek_id, op, id_, behoeften=list(behoeften))

    def undo(self, stap: str, *, verzoek_id: str, op: datetime | None = None) -> Bezoek:
        """Zonder verbinding ook: een stap die alleen hier staat, is dan gewoon weg."""
        return self._step("undo", verzoek_id, op, "", stap=stap)

    def _step(
        self,
        soort: str,
        verzoek_id: str,
        op: datetime | None,
        id_: str = "",
        *,
        uitkomsten: tuple[Uitkomst, ...] = (),
        wens: Wens | None = None,
        **argumenten: str | bool | list[str],
    ) -> Bezoek:
        bezoek = self._do(soort, verzoek_id, op, id_, uitkomsten=uitkomsten, wens=wens, **argumenten)
        assert bezoek is not None
        return bezoek

    def _do(
        self,
        soort: str,
        verzoek_id: str,
        op: datetime | None,
        id_: str = "",
        *,
        uitkomsten: tuple[Uitkomst, ...] = (),
        wens: Wens | None = None,
        **argumenten: str | bool | list[str],
    ) -> Bezoek | None:
        nu = self._klok.nu()
        notitie = Avondnotitie(
            verzoek_id,
            dag_van(nu),
            soort,
            id_,
            nu,
            argumenten,
            uitkomsten=uitkomsten,
            wens=wens,
            medewerker=self._medewerker,
        )
        return self._kern.do(notitie, op)


def _plat(tekst: str) -> str:
    return zonder_accenten(tekst).casefold()
