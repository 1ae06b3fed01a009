"""Telt contacten, beloften en meldingen op tot een rapport, één voor één: er blijft alleen een telling over.

Bewaart geen rij, en van een onderwerp alleen de naam. Wat te klein is om te tonen, gaat er bij `make` uit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from frontoffice.domain.belofte import read_taaktekst
from frontoffice.domain.cijfers import (
    AANLOOP,
    ANTWOORD_WERKDAGEN,
    MEESTE_KOMEND,
    MINSTENS,
    WOORD_COMPLIMENT,
    WOORD_PLAATS,
    WOORD_TEKST,
    Beloftedag,
    Cijfers,
    Compliment,
    Contactfeit,
    Maat,
    Maatcijfer,
    Meldingfeit,
    Periode,
    Punt,
    Stand,
    Taakfeit,
    Webpagina,
    Weeknieuws,
    dek_af,
    verdeel,
)
from frontoffice.domain.taal import dag_van
from frontoffice.domain.verbergen import schoon

K = TypeVar("K")

MEESTE_NAMEN = 3_000
"""Zoveel verschillende onderwerpen of pagina's houden we bij; wat daarna nog nieuw is, telt bij de rest."""
LANGSTE_NAAM = 80
OVER_EEN_ZAAK = "Over een zaak of melding"
"""Het onderwerp is dan vaak de titel van die ene zaak: dat is geen thema, en soms te herleiden."""
VERTROUWELIJK = "Vertrouwelijk"
GEEN_ONDERWERP = "Zonder onderwerp"
PLAATS_ONBEKEND = "Dorp niet bekend"
OVERIG = "Overig"
_DEEL = re.compile(r"\s*\(\d{1,2}/\d{1,2}\)$")
_BEANTWOORD = frozenset({"beantwoord", "afspraak"})
_NIET_GELUKT = "niet_gelukt"
_MEESTE_COMPLIMENTEN = 200


@dataclass
class _Teller:
    """De telling van één maat."""

    totaal: Stand = field(default_factory=Stand)
    stappen: dict[date, Stand] = field(default_factory=dict)
    onderwerpen: dict[str, Stand] = field(default_factory=dict)
    plaatsen: dict[str, Stand] = field(default_factory=dict)

    def add(self, goed: bool, stap: date, onderwerp: str, plaats: str) -> None:
        een = Stand(int(goed), 1)
        self.totaal += een
        _tel(self.stappen, stap, een)
        _tel(self.onderwerpen, onderwerp, een)
        _tel(self.plaatsen, plaats, een)


def _tel(waar: dict[K, Stand], sleutel: K, een: Stand) -> None:
    waar[sleutel] = waar.get(sleutel, Stand()) + een


class Cijfertelling:
    """Geef haar alles wat er is, in welke volgorde ook; wat niet bij de periode hoort, telt niet mee."""

    def __init__(self, periode: Periode, vandaag: date, add_werkdagen: Callable[[date, int], date]) -> None:
        self._periode = periode
        self._vandaag = vandaag
        self._add_werkdagen = add_werkdagen
        self._tellers = {maat: _Teller() for maat in Maat}
        self._namen: dict[str, str] = {}
        self._paginas: dict[tuple[date, str], int] = {}
        self._week = Periode(vandaag - timedelta(days=vandaag.weekday()), vandaag)
        self._deze_week = {Maat.NAGEKOMEN: 0, Maat.VERTELD: 0}
        self._complimenten: list[Compliment] = []
        self._aantal_complimenten = 0
        self._komend: dict[date, int] = {}

    # --- contacten -----------------------------------------------------------------------------------------

    def add_contact(self, feit: Contactfeit) -> None:
        """Wat langer dan `AANLOOP` voor de periode was, telt niet, ook al stond het op een bladzijde."""
        dag = dag_van(feit.om) if feit.om is not None else None
        if dag is None or dag < self._periode.van - AANLOOP:
            return
        onderwerp, plaats = self._onderwerp(feit), self._plaats(feit.metadata.get(WOORD_PLAATS, ""))
        for taak in feit.taken:
            self._add_belofte(taak, onderwerp, plaats)
        if _is_eerste_deel(feit):
            self._add_compliment(feit, dag)
        if dag in self._periode and _is_eerste_deel(feit):
            self._add_pagina(feit, dag)
            self._add_afsluiting(feit, dag, onderwerp, plaats)

    def _add_belofte(self, taak: Taakfeit, onderwerp: str, plaats: str) -> None:
        tekst = read_taaktekst(taak.toelichting)
        if tekst.datums is None:
            return
        beloofd = tekst.datums.beloofd
        verteld = tekst.verteld.op if tekst.verteld is not None else None
        if verteld is not None and verteld > self._vandaag:
            verteld = None  # een dag die nog moet komen, kan niet kloppen
        klaar = _klaar_op(taak, verteld)
        nagekomen = klaar is not None and klaar <= beloofd
        op_tijd = verteld is not None and verteld <= beloofd
        if not taak.klaar and beloofd >= self._vandaag:
            self._komend[beloofd] = self._komend.get(beloofd, 0) + 1
        self._deze_week[Maat.NAGEKOMEN] += nagekomen and klaar in self._week
        self._deze_week[Maat.VERTELD] += op_tijd and verteld in self._week
        if beloofd not in self._periode or beloofd >= self._vandaag:
            return
        stap = self._periode.begin_van(beloofd)
        self._tellers[Maat.NAGEKOMEN].add(nagekomen, stap, onderwerp, plaats)
        self._tellers[Maat.VERTELD].add(op_tijd, stap, onderwerp, plaats)

    def _add_afsluiting(self, feit: Contactfeit, dag: date, onderwerp: str, plaats: str) -> None:
        afsluiting = feit.metadata.get("afsluiting", "")
        if not afsluiting or afsluiting == _NIET_GELUKT or feit.gelukt is False:
            return
        goed = afsluiting in _BEANTWOORD and not feit.heeft_taken and not feit.metadata.get("terugbeltaak")
        self._tellers[Maat.IN_EEN_KEER].add(goed, self._periode.begin_van(dag), onderwerp, plaats)

    def _add_compliment(self, feit: Contactfeit, dag: date) -> None:
        if feit.metadata.get(WOORD_COMPLIMENT) != "ja":
            return
        self._aantal_complimenten += dag in self._periode
        if dag in self._week and len(self._complimenten) < _MEESTE_COMPLIMENTEN:
            tekst = "" if feit.vertrouwelijk else schoon(feit.metadata.get(WOORD_TEKST, ""))
            self._complimenten.append(Compliment(dag, tekst))

    def _add_pagina(self, feit: Contactfeit, dag: date) -> None:
        if feit.metadata.get("nietopwebsite") != "ja":
            return
        adres = clean_pagina(feit.metadata.get("webpagina", ""))
        sleutel = (dag.replace(day=1), adres)
        if sleutel not in self._paginas and len(self._paginas) >= MEESTE_NAMEN:
            sleutel = (sleutel[0], "")
        self._paginas[sleutel] = self._paginas.get(sleutel, 0) + 1

    # --- meldingen -----------------------------------------------------------------------------------------

    def add_melding(self, feit: Meldingfeit) -> None:
        dag = dag_van(feit.gemeld_op)
        if dag not in self._periode:
            return
        grens = self._add_werkdagen(dag, ANTWOORD_WERKDAGEN)
        if grens >= self._vandaag:
            return
        goed = feit.klaar_op is not None and dag_van(feit.klaar_op) <= grens
        onderwerp = self._naam(feit.soort) or GEEN_ONDERWERP
        self._tellers[Maat.MELDINGEN].add(
            goed, self._periode.begin_van(dag), onderwerp, self._plaats(feit.plaats)
        )

    # --- namen ---------------------------------------------------------------------------------------------

    def _onderwerp(self, feit: Contactfeit) -> str:
        if feit.vertrouwelijk:
            return VERTROUWELIJK
        if feit.over_iets:
            return OVER_EEN_ZAAK
        return self._naam(_DEEL.sub("", feit.onderwerp)) or GEEN_ONDERWERP

    def _plaats(self, plaats: str) -> str:
        return self._naam(plaats) or PLAATS_ONBEKEND

    def _naam(self, tekst: str) -> str:
        """De schrijfwijze die het eerst langskwam; hoofdletters en spaties maken geen ander onderwerp."""
        naam = " ".join(schoon(tekst).split())[:LANGSTE_NAAM].strip()
        sleutel = naam.casefold()
        if sleutel not in self._namen and len(self._namen) >= MEESTE_NAMEN:
            return OVERIG
        return self._namen.setdefault(sleutel, naam)

    # --- het rapport ----------------------------------------------------------------------------------------

    def make(self, gemaakt_op: datetime, zonder_meldingen: str = "", *, mislukt: bool = False) -> Cijfers:
        """Het rapport, zonder wat te klein is om te tonen."""
        raakt_week = self._periode.tot >= self._week.van and self._periode.van <= self._vandaag
        return Cijfers(
            self._periode,
            gemaakt_op,
            tuple(
                self._make_maat(maat) for maat in Maat if maat is not Maat.MELDINGEN or not zonder_meldingen
            ),
            self._make_paginas(),
            self._make_week() if raakt_week else None,
            self._aantal_complimenten,
            zonder_meldingen,
            mislukt,
            self._make_komend() if raakt_week else (),
        )

    def _make_maat(self, maat: Maat) -> Maatcijfer:
        teller, periode = self._tellers[maat], self._periode
        begin = list(periode.stappen())
        verloop = dek_af([teller.stappen.get(dag, Stand()) for dag in begin])
        return Maatcijfer(
            maat,
            None if teller.totaal.te_klein else teller.totaal,
            tuple(Punt(periode.naam_van(dag), dag, stand) for dag, stand in zip(begin, verloop, strict=True)),
            verdeel(teller.onderwerpen),
            verdeel(teller.plaatsen),
        )

    def _make_paginas(self) -> tuple[Webpagina, ...]:
        """Nieuwste maand eerst, daarbinnen wat het vaakst ontbrak."""
        rijen = [Webpagina(maand, adres, keer) for (maand, adres), keer in self._paginas.items()]
        return tuple(sorted(rijen, key=lambda rij: (-rij.maand.toordinal(), -rij.keer, rij.adres)))

    def _make_komend(self) -> tuple[Beloftedag, ...]:
        """De eerste dagen waarop nog iets is beloofd."""
        dagen = sorted(self._komend)[:MEESTE_KOMEND]
        return tuple(
            Beloftedag(dag, aantal if (aantal := self._komend[dag]) >= MINSTENS else None) for dag in dagen
        )

    def _make_week(self) -> Weeknieuws:
        nagekomen, verteld = (
            None if 0 < self._deze_week[maat] < MINSTENS else self._deze_week[maat]
            for maat in (Maat.NAGEKOMEN, Maat.VERTELD)
        )
        complimenten = sorted(self._complimenten, key=lambda compliment: (compliment.dag, compliment.tekst))
        return Weeknieuws(self._week.van, self._week.tot, nagekomen, verteld, tuple(complimenten))


def clean_pagina(adres: str) -> str:
    """De pagina zoals men haar noemt: zonder https, www, vraagtekens en wat daarachter staat (dat kan een
    persoonsgegeven zijn). Leeg als er geen pagina bij staat."""
    kaal = " ".join(schoon(adres).split())
    kaal = re.sub(r"^(?:https?:)?//", "", kaal, flags=re.IGNORECASE)
    kaal = re.split(r"[?#]", kaal, maxsplit=1)[0]
    kaal = re.sub(r"^www\.", "", kaal, flags=re.IGNORECASE)
    return kaal.rstrip("/").lower()[:LANGSTE_NAAM]


def _is_eerste_deel(feit: Contactfeit) -> bool:
    """Een lange notitie is in delen geknipt: die zijn samen één contact."""
    deel = feit.metadata.get("deel", "")
    return not deel or deel.startswith("1/")


def _klaar_op(taak: Taakfeit, verteld: date | None) -> date | None:
    """De dag waarop een belofte klaar was: toen de klant het hoorde, anders toen zij werd afgehandeld."""
    if not taak.klaar:
        return None
    if verteld is not None:
        return verteld
    return dag_van(taak.afgehandeld_op) if taak.afgehandeld_op is not None else None
