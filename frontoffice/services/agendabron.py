"""De agenda's waar een avond van kan zijn, achter één port: die van KiF, of een die alleen is ingelezen.

Van een ingelezen agenda is bekend wat erin stond, verder niets: zij heeft geen vrije tijden en neemt niets
aan. Een rechtstreekse aansluiting (JCC, Qmatic) komt hier naast te staan, met dezelfde port.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from frontoffice.agenda.afspraak import ZONDER_PLEK, Afspraak
from frontoffice.agenda.avond import EXTERN_PLAATS, KIF, Inhoud, SoortInhoud
from frontoffice.agenda.inrichting import Product
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaBron, AgendaOpslag, AndereAgenda, Bronafspraak
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakwaarden import BestaatNiet, Boekgegevens
from frontoffice.services.afspraakzoeken import Afspraakzoeker
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.inrichten import is_weggezet
from frontoffice.services.vrijetijden import Vrijetijden

WEB = "de web-agenda"
"""Zo heet een andere agenda op een avond die KiF zelf plant."""
_TERUG = timedelta(days=400)
_VOORUIT = timedelta(days=800)


class KifBron:
    """Port `AgendaBron` op de eigen agenda. Een avond van een ander heeft hier geen vrije tijden."""

    naam = KIF

    def __init__(self, vrij: Vrijetijden, afspraken: Afsprakendienst, zoeken: Afspraakzoeker) -> None:
        self._vrij, self._afspraken, self._zoeken = vrij, afspraken, zoeken

    def load_producten(self) -> tuple[Product, ...]:
        return tuple(keuze.product for keuze in self._vrij.find_producten() if keuze.mag)

    def load_datums(self, wens: Wens, van: date, tot: date) -> tuple[date, ...]:
        uitslag = self._vrij.find_starts(wens, van, tot, maximum=0, verder=False)
        return tuple(avond.datum for avond in uitslag.avonden if avond.vrij)

    def load_tijden(self, wens: Wens, datum: date) -> tuple[VrijeStart, ...]:
        return self._vrij.find_starts(wens, datum, datum, maximum=1_000, verder=False).eerste

    def load_bezet(self, datum: date) -> tuple[Bronafspraak, ...]:
        afspraken = self._zoeken.load_avond(datum)
        return tuple(_eigen(a) for a in afspraken if a.toestand not in ZONDER_PLEK)

    def book(self, wens: Wens, begin: datetime, gegevens: Boekgegevens, *, verzoek_id: str) -> Bronafspraak:
        """Raises TijdBezet met alternatieven, WensKanNiet, InvoerFout, AndereAgenda."""
        return _eigen(self._afspraken.book(wens, begin, gegevens, verzoek_id=verzoek_id))

    def load_afspraak(self, id_: str) -> Bronafspraak:
        return _eigen(self._zoeken.load(id_))

    def cancel(self, id_: str, *, verzoek_id: str, reden: str = "") -> None:
        self._afspraken.cancel(id_, verzoek_id=verzoek_id, reden=reden)


class Bestandsbron:
    """Port `AgendaBron` op wat er is ingelezen. Weigert in gewone taal wat een bestand niet kan."""

    def __init__(self, opslag: AgendaOpslag, naam: str) -> None:
        self._opslag = opslag
        self.naam = naam

    def load_producten(self) -> tuple[Product, ...]:
        return ()

    def load_datums(self, wens: Wens, van: date, tot: date) -> tuple[date, ...]:
        return ()

    def load_tijden(self, wens: Wens, datum: date) -> tuple[VrijeStart, ...]:
        return ()

    def load_bezet(self, datum: date) -> tuple[Bronafspraak, ...]:
        inhoud = self._opslag.load_avonden([datum])[datum].inhoud
        return tuple(self._afspraak(ding) for ding in inhoud if ding.soort is SoortInhoud.EXTERN)

    def book(self, wens: Wens, begin: datetime, gegevens: Boekgegevens, *, verzoek_id: str) -> Bronafspraak:
        raise AndereAgenda.boek_daar(self.naam)

    def load_afspraak(self, id_: str) -> Bronafspraak:
        vandaag = dag_van(self._opslag.nu())
        bekend = sorted(self._opslag.load_versies(vandaag - _TERUG, vandaag + _VOORUIT).avonden)
        for avond in self._opslag.load_avonden(bekend).values():
            for ding in avond.inhoud:
                if ding.id == id_ and ding.soort is SoortInhoud.EXTERN:
                    return self._afspraak(ding)
        raise BestaatNiet(f"Deze afspraak is niet ingelezen. Zoek hem op in {self.naam}.")

    def cancel(self, id_: str, *, verzoek_id: str, reden: str = "") -> None:
        raise AndereAgenda.zeg_daar_af(self.naam)

    def _afspraak(self, ding: Inhoud) -> Bronafspraak:
        balie = "" if ding.balie.startswith(EXTERN_PLAATS) else ding.balie
        return Bronafspraak(ding.id, self.naam, ding.vak.begin_utc, ding.vak.eind_utc, balie, ding.producten)


class Agendabronnen:
    """Welke agenda een avond plant, en wat er op een avond uit een andere is ingelezen."""

    def __init__(
        self, opslag: AgendaOpslag, vrij: Vrijetijden, afspraken: Afsprakendienst, zoeken: Afspraakzoeker
    ) -> None:
        self._opslag = opslag
        self.kif = KifBron(vrij, afspraken, zoeken)

    def bron_van(self, datum: date) -> AgendaBron:
        """De agenda waarin voor deze avond wordt geboekt en afgezegd."""
        eigenaar = self._opslag.load_avonden([datum])[datum].eigenaar
        return self.kif if eigenaar == KIF else Bestandsbron(self._opslag, eigenaar)

    def ingelezen(self, datum: date) -> AgendaBron:
        """Wat er van een andere agenda op deze avond staat, van wie de avond ook is."""
        eigenaar = self._opslag.load_avonden([datum])[datum].eigenaar
        return Bestandsbron(self._opslag, WEB if eigenaar == KIF else eigenaar)

    def find_ingelezen(self, id_: str) -> Bronafspraak | None:
        """De ingelezen afspraak met dit id, met de agenda waarin zij staat."""
        try:
            afspraak = Bestandsbron(self._opslag, WEB).load_afspraak(id_)
        except BestaatNiet:
            return None
        return self.ingelezen(dag_van(afspraak.begin)).load_afspraak(id_)


def _eigen(afspraak: Afspraak) -> Bronafspraak:
    return Bronafspraak(
        afspraak.id,
        KIF,
        afspraak.begin,
        afspraak.eind,
        "" if is_weggezet(afspraak.balie) else afspraak.balie,
        tuple(regel.product for regel in afspraak.regels),
        afspraak.nummer,
        afspraak.code,
    )
