"""Leest contacten en meldingen van een periode en maakt er cijfers van, zonder een rij te bewaren.

Houdt het tempo dat het profiel toestaat en is elk moment te stoppen. Wat is uitgerekend blijft die dag in het
geheugen, en komt nergens op schijf. Vraagt nooit iets aan de BRP: een dorp kennen we alleen als het erbij
staat.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from frontoffice.domain.cijfers import AANLOOP, Cijfers, Meldingfeit, Periode
from frontoffice.domain.cijfertelling import Cijfertelling
from frontoffice.domain.fouten import Geannuleerd, KifFout
from frontoffice.domain.taal import dag_van, middernacht
from frontoffice.ports import Aanroep, Contactlezer, Klok, Logboek, Pagina, Stop
from frontoffice.services.verzenden import Tempo

T = TypeVar("T")

PER_PAGINA = 100
DOEL = "cijfers en goed nieuws"
_MEESTE_PAGINAS = 2_000
_POGINGEN = 3
_MEESTE_RAPPORTEN = 12
_ZONDER = "Meldingen zijn hier niet aangesloten. Daarom is er geen cijfer over meldingen."


class Meldinglezer(Protocol):
    """De meldingen die na een moment veranderden, laatst veranderd eerst; ook wat klaar is."""

    def load_meldingfeiten(self, na: datetime, pagina: int, aanroep: Aanroep) -> Pagina[Meldingfeit]: ...


@dataclass(frozen=True)
class Voortgang:
    """Hoever het lezen is: van welke soort ("contacten", "meldingen"), hoeveel er zijn gelezen en welk `deel`
    van de periode dat is (0 tot en met 1). `tot`: de dag waar het lezen nu is."""

    wat: str
    gelezen: int
    deel: float
    tot: date | None = None


class Cijferdienst:
    """Eén keer rekenen tegelijk is genoeg; roep `load` aan op een achtergronddraad."""

    def __init__(
        self,
        contacten: Contactlezer,
        klok: Klok,
        logboek: Logboek,
        add_werkdagen: Callable[[date, int], date],
        *,
        meldingen: Meldinglezer | None = None,
        tempo: Tempo | None = None,
        seconden: float = 30.0,
        slaap: Callable[[float], None] = time.sleep,
    ) -> None:
        """`seconden`: zo lang mag één verzoek duren."""
        self._contacten = contacten
        self._meldingen = meldingen
        self._klok = klok
        self._logboek = logboek
        self._add_werkdagen = add_werkdagen
        self._tempo = tempo or Tempo(4.0)
        self._seconden = seconden
        self._slaap = slaap
        self._rapporten: dict[tuple[date, Periode], Cijfers] = {}

    @property
    def vandaag(self) -> date:
        return self._klok.vandaag()

    def find(self, periode: Periode) -> Cijfers | None:
        """Wat vandaag al is uitgerekend."""
        return self._rapporten.get((self._klok.vandaag(), periode))

    def load(self, periode: Periode, stop: Stop, *, vers: bool = False) -> Iterator[Voortgang | Cijfers]:
        """Geef hoever het is, en als laatste de cijfers. `vers`: reken opnieuw, ook als het er al is.

        Raises RegisterFout als de contacten niet te lezen zijn, WinkelFout als vastleggen niet lukt,
        Geannuleerd. Lukken alleen de meldingen niet, dan zeggen de cijfers dat.
        """
        vandaag = self._klok.vandaag()
        eerder = None if vers else self.find(periode)
        if eerder is not None:
            yield eerder
            return
        self.note("cijfers_berekend", periode)
        telling = Cijfertelling(periode, vandaag, self._add_werkdagen)
        yield from self._read_contacten(periode, telling, stop)
        zonder = _ZONDER
        if self._meldingen is not None:
            zonder = yield from self._read_meldingen(self._meldingen, periode, telling, stop)
        stop.check()
        mislukt = bool(zonder) and self._meldingen is not None
        cijfers = telling.make(self._klok.nu(), zonder, mislukt=mislukt)
        if mislukt:  # een volgende keer kan het wel lukken
            yield cijfers
            return
        self.keep(periode, cijfers)
        yield cijfers

    def note(self, handeling: str, periode: Periode, **bij: str) -> None:
        """Leg vast dat iemand cijfers uitrekent, bewaart of afdrukt. Raises WinkelFout."""
        self._logboek.note(
            handeling, DOEL, None, van=periode.van.isoformat(), tot=periode.tot.isoformat(), **bij
        )

    def keep(self, periode: Periode, cijfers: Cijfers) -> None:
        """Onthoud dit rapport tot het morgen is."""
        vandaag = self._klok.vandaag()
        if any(dag != vandaag for dag, _ in self._rapporten):
            self._rapporten.clear()
        while len(self._rapporten) >= _MEESTE_RAPPORTEN:
            del self._rapporten[next(iter(self._rapporten))]
        self._rapporten[vandaag, periode] = cijfers

    # --- contacten -----------------------------------------------------------------------------------------

    def _read_contacten(self, periode: Periode, telling: Cijfertelling, stop: Stop) -> Iterator[Voortgang]:
        """Van nieuw naar oud. Komt er intussen een contact bij, dan schuift alles op: wat net langskwam, telt
        geen tweede keer."""
        vanaf = periode.van - AANLOOP
        yield Voortgang("contacten", 0, 0.0)
        gezien: deque[str] = deque(maxlen=5 * PER_PAGINA)
        gelezen, nummer, eerste = 0, self._find_begin(periode, stop), None
        for _ in range(_MEESTE_PAGINAS):
            pagina = self._ask(partial(self._contacten.load_contactfeiten, nummer), stop)
            for feit in pagina.rijen:
                if feit.uuid not in gezien:
                    telling.add_contact(feit)
                    gezien.append(feit.uuid)
                    gelezen += 1
            dagen = [dag_van(feit.om) for feit in pagina.rijen if feit.om is not None]
            laatste = min(dagen, default=vanaf)
            eerste = eerste or max(dagen, default=periode.tot)
            lengte = max((eerste - vanaf).days, 1)
            yield Voortgang("contacten", gelezen, min((eerste - laatste).days / lengte, 1.0), laatste)
            if pagina.volgende_pagina is None or laatste < vanaf:
                return
            nummer = pagina.volgende_pagina
        raise KifFout(
            "Er zijn meer contacten dan het programma in één keer telt. Kies een kortere periode.",
            code="te_veel",
        )

    def _find_begin(self, periode: Periode, stop: Stop) -> int:
        """De pagina waar de periode begint, één te vroeg als het erom spant.

        Hoort deze week erbij, dan tellen de nieuwste contacten mee en is er niets te zoeken.
        """
        vandaag = self._klok.vandaag()
        if periode.tot >= vandaag - timedelta(days=vandaag.weekday()):
            return 1
        om, totaal = self._ask(partial(self._contacten.load_plaats, 1), stop)
        laag, hoog = 1, max(totaal, 1)  # het eerste contact van de periode ligt hiertussen, of er is er geen
        while laag < hoog:
            midden = (laag + hoog) // 2
            om, _ = self._ask(partial(self._contacten.load_plaats, midden), stop)
            if om is not None and dag_van(om) > periode.tot:
                laag = midden + 1
            else:
                hoog = midden
        return max((laag - 1) // PER_PAGINA, 1)

    # --- meldingen -----------------------------------------------------------------------------------------

    def _read_meldingen(
        self, lezer: Meldinglezer, periode: Periode, telling: Cijfertelling, stop: Stop
    ) -> Generator[Voortgang, None, str]:
        """Geeft aan het eind de zin waarom er geen cijfer over meldingen is, of een lege."""
        na, gezien, nummer = middernacht(periode.van), set[int](), 1
        try:
            for _ in range(_MEESTE_PAGINAS):
                pagina = self._ask(partial(lezer.load_meldingfeiten, na, nummer), stop)
                for feit in pagina.rijen:
                    if feit.nummer not in gezien:
                        gezien.add(feit.nummer)
                        telling.add_melding(feit)
                yield Voortgang("meldingen", len(gezien), len(gezien) / max(pagina.totaal, len(gezien), 1))
                if pagina.volgende_pagina is None:
                    return ""
                nummer = pagina.volgende_pagina
        except Geannuleerd:
            raise
        except KifFout as fout:
            return f"Er is nu geen cijfer over meldingen. {fout.uitleg}"
        return "Er zijn te veel meldingen om te tellen. Kies een kortere periode."

    # --- vragen --------------------------------------------------------------------------------------------

    def _ask(self, vraag: Callable[[Aanroep], T], stop: Stop) -> T:
        """Op tempo, en nog een keer als dat helpt: één hapering hoort geen minuten lezen te kosten."""
        for poging in range(1, _POGINGEN + 1):
            self._wacht(self._tempo.take(), stop)
            try:
                return vraag(Aanroep.van(self._seconden, stop))
            except Geannuleerd:
                raise
            except KifFout as fout:
                if not fout.opnieuw_helpt or poging == _POGINGEN:
                    raise
                self._wacht(float(poging), stop)
        raise AssertionError("de laatste poging keert altijd terug")

    def _wacht(self, seconden: float, stop: Stop) -> None:
        stop.check()
        while seconden > 0:
            self._slaap(min(seconden, 0.05))
            seconden -= 0.05
            stop.check()
