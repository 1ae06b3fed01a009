"""Een agenda in het geheugen achter de echte services en het echte domein, met een klok die stilstaat.

Gedraagt zich zoals de opslag: een slot, alles of niets, elk verzoek één keer, versies per avond.
`hapert`: de volgende wijziging lukt (of niet), maar het antwoord komt nooit aan.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from frontoffice.agenda.afspraak import (
    VAST_AAN_BALIE,
    ZONDER_PLEK,
    Afspraak,
    Contactgegevens,
    Kanaal,
    Reservering,
)
from frontoffice.agenda.avond import AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.tijd import Vak, tikken, to_tik, to_utc
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import (
    AgendaFout,
    AgendaOnbereikbaar,
    AvondInhoud,
    Gebeurtenis,
    Gebeurtenisvraag,
    IemandWasEerder,
    Versies,
    Wachtende,
    Wie,
)
from frontoffice.domain.taal import dag_van, zonder_accenten
from frontoffice.services.afspraakcontact import Contactdienst
from frontoffice.services.afspraakwaarden import Boekgegevens
from frontoffice.services.afspraakzoeken import Afspraakzoeker
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.vrijetijden import Vrijetijden
from frontoffice.services.wachtlijst import Wachtlijstdienst
from frontoffice.storage.vorm import note_verschil

VANDAAG = date(2026, 11, 30)
NU = to_utc(VANDAAG, time(9))


@dataclass
class _Staat:
    """Alles wat een terugdraaiing terugdraait."""

    afspraken: dict[str, Afspraak] = field(default_factory=dict)
    reserveringen: dict[str, Reservering] = field(default_factory=dict)
    verzoeken: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    versies: dict[date, int] = field(default_factory=dict)
    toestanden: dict[date, AvondToestand] = field(default_factory=dict)
    wachtlijst: dict[str, Wachtende] = field(default_factory=dict)
    extern: dict[date, tuple[str, datetime]] = field(default_factory=dict)
    gebeurtenissen: list[Gebeurtenis] = field(default_factory=list)
    nummers: dict[int, int] = field(default_factory=dict)


class NepOpslag:
    """De opslag. `schuif` zet de klok vooruit; `stuk` en `hapert` laten de verbinding wegvallen."""

    naam = "nep"
    gedeeld = True

    def __init__(self, inrichting: Inrichting, nu: datetime = NU) -> None:
        self.inrichting = inrichting
        self.staat = _Staat()
        self.stuk = False
        self.hapert = ""  # "na" = gelukt maar geen antwoord, "voor" = niet gelukt en geen antwoord
        self.wijzigingen = 0
        self._nu = nu
        self._versie = 1
        self._slot = threading.Lock()
        self.wacht = threading.Event()  # wie hem leeghaalt, houdt elke wijziging tegen
        self.wacht.set()

    def schuif(self, **tijd: float) -> None:
        self._nu += timedelta(**tijd)

    def lees_in(self, dag: date, van: datetime, eigenaar: str = "kif") -> None:
        """Een collega las op deze avond een lijst van een andere agenda in."""
        self.staat.extern[dag] = (eigenaar, van)
        self.staat.versies[dag] = self.staat.versies.get(dag, 0) + 1

    def set_inrichting(self, inrichting: Inrichting) -> None:
        self.inrichting = inrichting
        self._versie += 1

    # --- lezen ---

    def nu(self) -> datetime:
        self._check()
        return self._nu

    def load_versies(self, van: date, tot: date) -> Versies:
        self._check()
        return Versies(self._versie, {d: v for d, v in self.staat.versies.items() if van <= d <= tot})

    def load_inrichting(self) -> tuple[Inrichting, int]:
        self._check()
        return self.inrichting, self._versie

    def load_avonden(self, datums: Sequence[date]) -> Mapping[date, AvondInhoud]:
        self._check()
        return {dag: self._avond(dag) for dag in datums}

    def find_afspraken(
        self,
        *,
        ids: Sequence[str] = (),
        datum_van: date | None = None,
        datum_tot: date | None = None,
        zoek: str = "",
        klantsleutel: str = "",
        te_verzetten: bool = False,
        nieuwste_eerst: bool = False,
        maximum: int = 200,
    ) -> tuple[Afspraak, ...]:
        self._check()
        gezocht = zonder_accenten(zoek).replace(" ", "")
        if gezocht.startswith("06"):  # een nummer staat er in de internationale vorm
            gezocht = gezocht[1:]

        def past(a: Afspraak) -> bool:
            velden = (a.klant.naam, a.klant.telefoon, a.klant.email, a.nummer, a.code)
            tekst = "|".join(zonder_accenten(veld).replace(" ", "") for veld in velden)
            return (
                (not ids or a.id in ids)
                and (datum_van is None or a.datum >= datum_van)
                and (datum_tot is None or a.datum <= datum_tot)
                and (not klantsleutel or a.klant.klantsleutel == klantsleutel)
                and (not te_verzetten or bool(a.te_verzetten))
                and gezocht in tekst
            )

        gevonden = sorted(
            (a for a in self.staat.afspraken.values() if past(a)),
            key=lambda a: a.begin,
            reverse=nieuwste_eerst,
        )
        return tuple(gevonden[:maximum])

    def find_reserveringen(self, eigenaar: str) -> tuple[Reservering, ...]:
        self._check()
        return tuple(r for r in self.staat.reserveringen.values() if r.eigenaar == eigenaar)

    def load_gebeurtenissen(self, onderwerp: str) -> tuple[Gebeurtenis, ...]:
        return tuple(g for g in self.staat.gebeurtenissen if g.onderwerp == onderwerp)

    def find_gebeurtenissen(
        self, vraag: Gebeurtenisvraag, maximum: int
    ) -> tuple[tuple[int, Gebeurtenis], ...]:
        genummerd = list(enumerate(self.staat.gebeurtenissen, 1))
        passend = [
            (nummer, g)
            for nummer, g in reversed(genummerd)
            if g.onderwerp.partition(":")[0] in vraag.soorten and g.soort not in vraag.zonder
        ]
        return tuple(passend[:maximum])

    def find_wijzigers(self, soorten: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted({g.wie.medewerker for g in self.staat.gebeurtenissen}))

    def find_verzoek(self, verzoek_id: str) -> Mapping[str, Any] | None:
        self._check()
        gevonden = self.staat.verzoeken.get(verzoek_id)
        return gevonden[1] if gevonden else None

    def load_klantgeheim(self) -> bytes:
        return b"geheim" * 6

    def forget_klantsleutels(self, door: Wie) -> int:
        raise AssertionError("dit is van de opdrachtregel: geen scherm vraagt het")

    def load_wachtlijst(self) -> tuple[Wachtende, ...]:
        self._check()
        return tuple(self.staat.wachtlijst.values())

    def put_wachtende(self, wachtende: Wachtende, door: Wie) -> None:
        self._check()
        self.wijzigingen += 1
        nieuw = replace(wachtende, versie=wachtende.versie + 1)
        self.staat.wachtlijst = {**self.staat.wachtlijst, wachtende.id: nieuw}

    def check(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None: ...

    # --- schrijven ---

    @contextmanager
    def lock(self, datums: Iterable[date], *, inrichting: bool = False) -> Iterator[NepTransactie]:
        dagen = frozenset(datums)
        self._check()
        self.wacht.wait(60)
        with self._slot:
            if self.hapert == "voor":
                self.hapert = ""
                raise AgendaOnbereikbaar("De agenda gaf geen antwoord.")
            werk = copy.deepcopy(self.staat)  # wie intussen leest, ziet niets halfs
            yield NepTransactie(self, werk, dagen)
            for dag in dagen:
                werk.versies[dag] = werk.versies.get(dag, 0) + 1
            self.staat = werk
            self.wijzigingen += 1
        if self.hapert == "na":
            self.hapert = ""
            raise AgendaOnbereikbaar("De agenda gaf geen antwoord.")

    def _check(self) -> None:
        if self.stuk:
            raise AgendaOnbereikbaar("De agenda is niet bereikbaar. Probeer het over een minuut opnieuw.")

    def _avond(self, dag: date, staat: _Staat | None = None) -> AvondInhoud:
        staat = staat or self.staat
        geldig = [r for r in staat.reserveringen.values() if r.datum == dag and r.verloopt > self._nu]
        inhoud = [_inhoud(r.id, SoortInhoud.RESERVERING, r) for r in geldig]
        inhoud += [
            _inhoud(a.id, SoortInhoud.AFSPRAAK, a)
            for a in staat.afspraken.values()
            if a.datum == dag and a.toestand not in ZONDER_PLEK
        ]
        return AvondInhoud(
            dag,
            staat.versies.get(dag, 0),
            staat.toestanden.get(dag, AvondToestand.OPEN),
            tuple(inhoud),
            min((r.verloopt for r in geldig), default=None),
            *staat.extern.get(dag, ("kif", None)),
        )


def _inhoud(id_: str, soort: SoortInhoud, wat: Afspraak | Reservering) -> Inhoud:
    buffer = tikken(wat.buffer)
    vast = isinstance(wat, Afspraak) and (wat.vaste_balie or wat.toestand in VAST_AAN_BALIE)
    return Inhoud(
        soort, id_, Vak(to_tik(wat.begin), to_tik(wat.eind) + buffer), wat.balie, wat.eisen,
        tuple(regel.product for regel in wat.regels), vast, wat.kanaal, buffer,
    )  # fmt: skip


class NepTransactie:
    """Onder het slot; schrijft in een kopie, die pas telt als alles is gelukt."""

    def __init__(self, opslag: NepOpslag, staat: _Staat, dagen: frozenset[date]) -> None:
        self._opslag, self._staat, self._dagen = opslag, staat, dagen
        self.nu = opslag._nu

    def load_verzoek(self, verzoek_id: str, vingerafdruk: str) -> Mapping[str, Any] | None:
        gevonden = self._staat.verzoeken.get(verzoek_id)
        if gevonden is None:
            return None
        if gevonden[0] != vingerafdruk:
            raise AgendaFout("Dit verzoek is al voor iets anders gebruikt.")
        return gevonden[1]

    def note_verzoek(self, verzoek_id: str, vingerafdruk: str, antwoord: Mapping[str, Any]) -> None:
        self._staat.verzoeken[verzoek_id] = (vingerafdruk, antwoord)

    def load_inrichting(self) -> tuple[Inrichting, int]:
        return self._opslag.load_inrichting()

    def load_avond(self, datum: date) -> AvondInhoud:
        if datum not in self._dagen:
            raise ValueError("deze avond valt niet onder het slot")
        return self._opslag._avond(datum, self._staat)

    def load_reservering(self, id_: str) -> Reservering | None:
        return self._staat.reserveringen.get(id_)

    def add_reservering(self, reservering: Reservering) -> None:
        self._staat.reserveringen[reservering.id] = reservering

    def update_reservering(self, reservering: Reservering) -> None:
        self._staat.reserveringen[reservering.id] = replace(reservering, versie=reservering.versie + 1)

    def remove_reservering(self, id_: str) -> None:
        self._staat.reserveringen.pop(id_, None)

    def load_afspraak(self, id_: str) -> Afspraak | None:
        return self._staat.afspraken.get(id_)

    def add_afspraak(self, afspraak: Afspraak, door: Wie, reden: str = "") -> None:
        self._staat.afspraken[afspraak.id] = afspraak

    def update_afspraak(self, afspraak: Afspraak, door: Wie, soort: str, reden: str = "") -> Afspraak:
        oud = self._staat.afspraken[afspraak.id]
        if oud.versie != afspraak.versie:
            raise IemandWasEerder("Een collega wijzigde deze afspraak net.")
        voor, na = note_verschil(oud, afspraak)
        self.note(Gebeurtenis(self.nu, door, soort, afspraak.id, afspraak.datum, voor, na, reden))
        nieuw = replace(afspraak, versie=afspraak.versie + 1)
        self._staat.afspraken[afspraak.id] = nieuw
        return nieuw

    def move_balies(self, datum: date, verhuizingen: Mapping[str, str]) -> None:
        for id_, balie in verhuizingen.items():
            for bak in (self._staat.afspraken, self._staat.reserveringen):
                if id_ in bak:
                    bak[id_] = replace(bak[id_], balie=balie)  # type: ignore[assignment]  # twee bakken, één lus

    def next_nummer(self, jaar: int) -> str:
        volgend = self._staat.nummers[jaar] = self._staat.nummers.get(jaar, 40) + 1
        return f"{jaar}-{volgend:05d}"

    def next_code(self) -> str:
        return f"KF7Q{len(self._staat.afspraken):04d}".translate(str.maketrans("01", "XY"))

    def note(self, gebeurtenis: Gebeurtenis) -> None:
        self._staat.gebeurtenissen.append(gebeurtenis)


@dataclass
class NepAgenda:
    """Wat het scherm een agenda noemt: de echte diensten op de nepopslag."""

    opslag: NepOpslag
    vrij: Vrijetijden
    afspraken: Afsprakendienst
    zoeken: Afspraakzoeker
    wachtlijst: Wachtlijstdienst
    contact: Contactdienst
    kanaal: Kanaal = Kanaal.TELEFOON
    alleen_deze_pc: bool = False
    extern_uren: int = 4

    def collega(self, naam: str = "collega") -> NepAgenda:
        """Een andere werkplek op dezelfde agenda."""
        return maak_agenda(opslag=self.opslag, wie=naam)

    def boek(self, product: str, begin: datetime, naam: str = "P. de Vries", **over: Any) -> Afspraak:
        """Een afspraak zoals een collega hem maakt; faalt als hij niet kan."""
        telefoon = "" if over.get("geen_contact") else over.pop("telefoon", "0612345678")
        klant = Contactgegevens(naam, telefoon, **over)
        wens = Wens((Wensregel(product),))
        return self.afspraken.book(wens, begin, Boekgegevens(klant), verzoek_id=str(uuid4()))

    def vul(self, product: str, dag: date, *, laat: int = 0) -> int:
        """Boek de avond vol met dit product, op `laat` begintijden na; geeft hoeveel er zijn gemaakt."""
        gemaakt = 0
        while True:
            vrij = self.vrij.find_starts(Wens((Wensregel(product),)), dag, dag, maximum=400, verder=False)
            if len(vrij.eerste) <= laat:
                return gemaakt
            eerste = vrij.eerste[0]
            for _ in range(max(1, eerste.balies)):
                self.boek(product, eerste.begin, f"Volboeker {gemaakt}", geen_contact=True)
                gemaakt += 1


def maak_agenda(
    inrichting: Inrichting | None = None, *, opslag: NepOpslag | None = None, wie: str = "s.bos"
) -> NepAgenda:
    """Een agenda met de verzonnen inrichting van de demonstratie, op maandag 30 november 2026, 9.00 uur."""
    bak = opslag or NepOpslag(inrichting or demo_inrichting(VANDAAG))
    ik = Wie(wie, "werkplek-1")
    vrij = Vrijetijden(bak)  # type: ignore[arg-type]  # alleen wat hier nodig is
    dienst = Afsprakendienst(bak, ik, vrij)  # type: ignore[arg-type]  # idem
    return NepAgenda(
        bak,
        vrij,
        dienst,
        Afspraakzoeker(bak),  # type: ignore[arg-type]  # idem
        Wachtlijstdienst(bak, ik, vrij, dienst),  # type: ignore[arg-type]  # idem
        Contactdienst(bak, ik),  # type: ignore[arg-type]  # idem
    )


def avond_van(dag: date, uur: int, minuut: int = 0) -> datetime:
    return to_utc(dag, time(uur, minuut))


__all__ = ["NU", "VANDAAG", "NepAgenda", "NepOpslag", "avond_van", "dag_van", "maak_agenda"]
