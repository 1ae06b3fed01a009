"""Wie eerder wil komen: op de lijst zetten, bij vrijgekomen tijd de juiste mensen vinden, en aanbieden.

Verzet nooit vanzelf een afspraak: er komt een belkaart, en de medewerker belt.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from frontoffice.agenda.afspraak import EINDE, Afspraak, Contactgegevens
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agendapoort import AgendaOpslag, Wachtende, Wie
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import check_gegevens
from frontoffice.services.afspraakwaarden import Boekgegevens, Vastgehouden
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.schrijven import persist
from frontoffice.services.vrijetijden import Vrijetijden, require_wens

AANBOD_MINUTEN = 20
"""Zo lang blijft een aangeboden tijd vastgehouden voor wie wordt gebeld."""
TOESTANDEN = ("wacht", "aangeboden", "geboekt", "verlopen")
_LANGST = 200


@dataclass(frozen=True)
class Belkaart:
    """Iemand van de wachtlijst met wat er nu voor hem kan. `starts` vroegste eerst.

    `afspraak`: wat hij al heeft; verzetten houdt nummer en code.
    """

    wachtende: Wachtende
    wens: Wens
    starts: tuple[VrijeStart, ...]
    afspraak: Afspraak | None = None


class Wachtlijstdienst:
    """Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie, vrij: Vrijetijden, afspraken: Afsprakendienst) -> None:
        self._opslag = opslag
        self._wie = wie
        self._vrij = vrij
        self._afspraken = afspraken

    def add(
        self,
        wens: Wens,
        klant: Contactgegevens,
        *,
        van: date,
        tot: date,
        vroegst: time | None = None,
        laatst: time | None = None,
        afspraak: str = "",
        verzoek_id: str = "",
    ) -> Wachtende:
        """Zet iemand op de lijst die tussen `van` en `tot` wil, desnoods alleen op bepaalde uren.

        `afspraak`: id van de afspraak die hij al heeft. Twee keer hetzelfde `verzoek_id` zet hem er één keer
        op. Raises InvoerFout, WensKanNiet.
        """
        beeld = self._vrij.load()
        require_wens(beeld, wens)
        if tot < max(van, beeld.vandaag) or (tot - van).days > _LANGST:
            raise InvoerFout("Kies een einddatum na vandaag, hoogstens een half jaar verder.", code="tot")
        if klant.geen_contact:
            raise InvoerFout(
                "Vul een telefoonnummer of e-mailadres in: wij moeten kunnen bellen.", code="contact"
            )
        schoon = check_gegevens(Boekgegevens(klant), tot).klant
        id_ = verzoek_id or str(uuid.uuid4())
        bekend = next((w for w in self._opslag.load_wachtlijst() if w.id == id_), None)
        if bekend is not None:
            return bekend
        wachtende = Wachtende(
            id=id_,
            sinds=beeld.nu,
            producten=tuple((regel.product, regel.personen) for regel in wens.regels),
            behoeften=wens.behoeften,
            van=van,
            tot=tot,
            vroegst=vroegst.isoformat("minutes") if vroegst else "",
            laatst=laatst.isoformat("minutes") if laatst else "",
            naam=schoon.naam,
            telefoon=schoon.telefoon,
            email=schoon.email,
            afspraak=afspraak,
        )
        persist(lambda: self._opslag.put_wachtende(wachtende, self._wie))
        return wachtende

    def load(self) -> tuple[Wachtende, ...]:
        """Wie nog wacht: wie het eerst moet, staat bovenaan; daarbinnen wie het langst wacht."""
        vandaag = self._vrij.vandaag()
        wachtend = [w for w in self._opslag.load_wachtlijst() if w.tot >= vandaag]
        return tuple(sorted(wachtend, key=lambda w: (w.tot, w.sinds, w.id)))

    def find_passend(self, datum: date | None = None, maximum: int = 3) -> tuple[Belkaart, ...]:
        """Belkaarten van wie nu eerder terechtkan, op alle avonden of op één `datum`, op volgorde."""
        wachtend = [w for w in self.load() if w.toestand == "wacht"]
        eigen = self._afspraken_van(wachtend)
        kaarten = []
        for wachtende in wachtend:
            afspraak = eigen.get(wachtende.afspraak)
            if wachtende.afspraak and (afspraak is None or afspraak.toestand in EINDE):
                continue
            wens = to_wens(wachtende)
            starts = self._starts(wachtende, wens, afspraak, datum)[:maximum]
            if starts:
                kaarten.append(Belkaart(wachtende, wens, starts, afspraak))
        return tuple(kaarten)

    def offer(self, kaart: Belkaart, start: VrijeStart, *, verzoek_id: str) -> Vastgehouden:
        """Houd deze tijd twintig minuten vast terwijl u belt. Raises TijdBezet."""
        houd = self._afspraken.hold(
            kaart.wens,
            start.begin,
            verzoek_id=verzoek_id,
            afspraak=kaart.wachtende.afspraak,
            minuten=AANBOD_MINUTEN,
        )
        self.set_toestand(kaart.wachtende, "aangeboden")
        return houd

    def set_toestand(self, wachtende: Wachtende, toestand: str) -> Wachtende:
        """Terug op de lijst ("wacht"), of eraf ("geboekt", "verlopen"). Raises IemandWasEerder."""
        if toestand not in TOESTANDEN:
            raise ValueError("geen toestand van de wachtlijst")
        persist(lambda: self._opslag.put_wachtende(replace(wachtende, toestand=toestand), self._wie))
        return replace(wachtende, toestand=toestand, versie=wachtende.versie + 1)

    def _afspraken_van(self, wachtend: Iterable[Wachtende]) -> dict[str, Afspraak]:
        ids = [w.afspraak for w in wachtend if w.afspraak]
        return {a.id: a for a in self._opslag.find_afspraken(ids=ids, maximum=1000)} if ids else {}

    def _starts(
        self, wachtende: Wachtende, wens: Wens, afspraak: Afspraak | None, datum: date | None
    ) -> tuple[VrijeStart, ...]:
        van = max(wachtende.van, self._vrij.vandaag())
        tot = min(wachtende.tot, afspraak.datum) if afspraak else wachtende.tot
        if datum is not None:
            van, tot = max(van, datum), min(tot, datum)
        if van > tot:
            return ()
        uitslag = self._vrij.find_starts(
            wens,
            van,
            tot,
            na=time.fromisoformat(wachtende.vroegst) if wachtende.vroegst else None,
            voor=afspraak.begin if afspraak else None,
            maximum=1000,
            zonder=wachtende.afspraak,
            verder=False,
        )
        return tuple(s for s in uitslag.eerste if _op_tijd(s.begin, wachtende.laatst))


def to_wens(wachtende: Wachtende) -> Wens:
    return Wens(tuple(Wensregel(code, n) for code, n in wachtende.producten), wachtende.behoeften)


def _op_tijd(begin: datetime, laatst: str) -> bool:
    return not laatst or begin <= to_utc(dag_van(begin), time.fromisoformat(laatst))
