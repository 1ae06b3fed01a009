"""De avond op papier: wat er op moet staan, en of wat er ligt nog klopt.

Maakt zelf geen pdf. Onthoudt in de agenda wanneer de lijst is afgedrukt en wat er toen op stond, zonder
namen: elke balie ziet zo of het papier ouder is dan de laatste wijziging.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agendapoort import AgendaOnbereikbaar, AgendaOpslag, AgendaTransactie, Gebeurtenis, Wie
from frontoffice.domain import taal
from frontoffice.domain.fouten import KifFout
from frontoffice.services.schrijven import Schrijver

LIJST, BRIEFJE = "avondlijst_afgedrukt", "volgnummer_afgedrukt"
GEEN_AVOND = "Vandaag is er geen avond. Er valt niets af te drukken."


class Avondlezer(Protocol):
    """Waar de avond te lezen is; ook wat doorwerkt zonder database."""

    def load_stand(self) -> Avondstand | None: ...

    def load_alle_namen(self) -> Mapping[str, str]: ...


class Agenda(Protocol):
    """De geopende agenda, en wie hier werkt."""

    @property
    def opslag(self) -> AgendaOpslag: ...

    @property
    def wie(self) -> Wie: ...


@dataclass(frozen=True)
class Papiergegevens:
    """Wat er op papier kan komen. `namen`: bezoek-id → naam, alleen voor de lijst bij de deur."""

    stand: Avondstand
    inrichting: Inrichting
    namen: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Papier:
    """De laatste lijst op papier. `op` None = er is nog geen. `nieuwer`: zoveel afspraken zijn nu anders."""

    op: datetime | None = None
    nieuwer: int = 0

    @property
    def is_oud(self) -> bool:
        return self.op is None or self.nieuwer > 0

    @property
    def zin(self) -> str:
        """ "papieren lijst van 16.40 uur: 1 afspraak nieuwer"."""
        if self.op is None:
            return "er is nog geen papieren lijst"
        if not self.nieuwer:
            return f"papieren lijst van {taal.tijd(self.op)}"
        wat = "1 afspraak" if self.nieuwer == 1 else f"{self.nieuwer} afspraken"
        return f"papieren lijst van {taal.tijd(self.op)}: {wat} nieuwer"


class Papierdienst:
    """Elke methode mag van elke achtergronddraad; de agenda gaat pas open als er iets wordt gevraagd."""

    def __init__(
        self,
        agenda: Callable[[], Agenda],
        lezer: Avondlezer,
        load_inrichting: Callable[[], Inrichting],
    ) -> None:
        """`agenda` mag mislukken (KifFout). `lezer`: de avond, ook als de database weg is.

        `load_inrichting` geeft dan de laatst bekende.
        """
        self._open, self._lezer, self._load_inrichting = agenda, lezer, load_inrichting
        self._hier: tuple[date, datetime, Mapping[str, str]] | None = None

    def load_gegevens(self, *, namen: bool) -> Papiergegevens:
        """Alles voor de avondlijst (`namen`), of alleen voor een briefje. Raises KifFout zonder avond."""
        stand = self._lezer.load_stand()
        if stand is None:
            raise KifFout(GEEN_AVOND, code="geen_avond")
        wie = self._lezer.load_alle_namen() if namen else {}
        return Papiergegevens(stand, self._load_inrichting(), wie)

    def load_afspraak(self, id_: str) -> Afspraak | None:
        """De afspraak bij een bezoek; None als zij er niet is, of de agenda nu geen antwoord geeft."""
        try:
            gevonden = self._agenda().opslag.find_afspraken(ids=[id_])
        except KifFout:
            return None
        return gevonden[0] if gevonden else None

    def note_lijst(self, gegevens: Papiergegevens) -> None:
        """Onthoud dat deze lijst nu op papier staat; lukt dat in de agenda niet, dan op deze werkplek."""
        stand = gegevens.stand
        rijen = marks(stand)
        self._hier = (stand.datum, stand.nu, rijen)
        na = {"versie": stand.avond.versie, "rijen": dict(rijen)}
        try:
            self._note(stand.datum, LIJST, _onderwerp(stand.datum), na)
        except KifFout:  # het papier zelf gaat voor: dat is er juist voor als de agenda weg is
            return

    def load_papier(self, stand: Avondstand) -> Papier:
        """Hoe het papier zich verhoudt tot deze stand. Leest één kleine rij."""
        try:
            regels = self._agenda().opslag.load_gebeurtenissen(_onderwerp(stand.datum))
        except KifFout:
            regels = ()
        afgedrukt = [(r.op, r.na.get("rijen", {})) for r in regels if r.soort == LIJST]
        if self._hier is not None and self._hier[0] == stand.datum:
            afgedrukt.append(self._hier[1:])
        if not afgedrukt:
            return Papier()
        op, rijen = max(afgedrukt, key=lambda keer: keer[0])
        return Papier(op, count_changes(rijen, marks(stand)))

    def is_kopie(self, bezoek: Bezoek) -> bool:
        """E13: is het briefje van dit volgnummer al eens afgedrukt? Weten wij het niet, dan niet."""
        try:
            regels = self._agenda().opslag.load_gebeurtenissen(f"briefje:{bezoek.id}")
        except KifFout:
            return False
        return any(r.soort == BRIEFJE and r.na.get("volgnummer") == bezoek.volgnummer for r in regels)

    def note_briefje(self, bezoek: Bezoek) -> None:
        try:
            self._note(bezoek.datum, BRIEFJE, f"briefje:{bezoek.id}", {"volgnummer": bezoek.volgnummer})
        except KifFout:  # wie wacht, krijgt zijn nummer ook als de agenda weg is
            return

    def _note(self, datum: date, soort: str, onderwerp: str, na: Mapping[str, object]) -> None:
        agenda = self._agenda()

        def write(tx: AgendaTransactie) -> None:
            tx.note(Gebeurtenis(tx.nu, agenda.wie, soort, onderwerp, datum, {}, na))

        Schrijver(agenda.opslag).change({datum}, write)

    def _agenda(self) -> Agenda:
        """De agenda; als al bekend is dat zij weg is, meteen een fout zonder te wachten."""
        if getattr(self._lezer, "stand_van", None) is not None:
            raise AgendaOnbereikbaar("De agenda is niet bereikbaar. Wij proberen het steeds opnieuw.")
        return self._open()


def marks(stand: Avondstand) -> Mapping[str, str]:
    """Per afspraak wat er op papier van staat, kort en zonder naam."""
    return {
        bezoek.id: f"{taal.tijd(bezoek.tijd)}|{bezoek.gepland}|{','.join(r.product for r in bezoek.regels)}"
        for bezoek in stand.bezoeken
        if bezoek.soort is SoortBezoek.AFSPRAAK
        and bezoek.toestand is not Toestand.AFGEZEGD
        and bezoek.tijd is not None
    }


def count_changes(papier: Mapping[str, str], nu: Mapping[str, str]) -> int:
    """Hoeveel afspraken erbij kwamen, weggingen of anders zijn."""
    return sum(papier.get(id_) != nu.get(id_) for id_ in papier.keys() | nu.keys())


def _onderwerp(datum: date) -> str:
    return f"papier:{datum.isoformat()}"
