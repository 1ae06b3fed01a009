"""Het berichtenbord zoals één werkplek het gebruikt: eerst vragen of een bericht hier weg mag, dan zeggen hoe
het ging. Zo gaat een bericht van twee balies één keer, en ziet elke balie wie er nog gebeld moet worden.

Alleen met een gedeelde agenda; daarzonder is er geen plek die alle werkplekken zien.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import Afspraak, Toestand
from frontoffice.agenda.berichtbord import BEZIG_DUURT, WACHT_DUURT, Bordregel, Bordstand
from frontoffice.agendapoort import AgendaOpslag, Wie
from frontoffice.domain.bericht import BIJ_BEGINTIJD, OVER_AFSPRAAK, Berichtopdracht, Berichtsoort
from frontoffice.domain.taal import dag_van
from frontoffice.domain.zoekvraag import lees_telefoon, toon_telefoon

_MEESTE = 500
_STANDEN = {
    Bordstand.KLAARGEZET: "Het bericht is nog niet verstuurd: de werkplek waar het klaarstaat, is er niet.",
    Bordstand.BEZIG: "Het is niet zeker of het bericht is verstuurd.",
}


@dataclass(frozen=True)
class TeBellen:
    """Een inwoner die over zijn afspraak niets hoorde. `houder`: de werkplek die het probeerde."""

    sleutel: str
    wat: Berichtsoort
    afspraak: str
    kenmerk: str
    begin: datetime
    naam: str = field(repr=False)
    bel: str = field(repr=False)
    reden: str
    houder: str
    sinds: datetime


class Berichtbord:
    """Elke methode mag van elke achtergronddraad. Raises AgendaFout."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag = opslag
        self.houder = f"{wie.medewerker}@{wie.werkplek}"

    # --- afgeven -------------------------------------------------------------------------------------------

    def put(self, opdracht: Berichtopdracht, wacht: timedelta) -> None:
        """Hier staat een bericht klaar dat over `wacht` weg mag. Stond het er al, dan verandert er niets."""
        regel = self._make(opdracht, 1, Bordstand.KLAARGEZET, duur=wacht + WACHT_DUURT)
        self._opslag.note_bericht(regel, alleen_nieuw=True)

    def take(self, opdracht: Berichtopdracht, keer: int, *, na_te_kijken: bool) -> tuple[bool, Bordregel]:
        """Mag deze werkplek het nu afgeven? En de regel die op het bord staat."""
        nieuw = self._make(opdracht, keer, Bordstand.BEZIG)
        regel = self._opslag.take_bericht(nieuw, na_te_kijken=na_te_kijken)
        return regel.is_van(nieuw), regel

    def refuse(self, opdracht: Berichtopdracht, keer: int, reden: str) -> None:
        """Dit bericht kan niet weg: er moet worden gebeld. Een collega die verder was, gaat voor."""
        self._opslag.take_bericht(self._make(opdracht, keer, Bordstand.BELLEN, reden), na_te_kijken=False)

    def note(self, opdracht: Berichtopdracht, keer: int, stand: Bordstand, reden: str = "") -> None:
        """Hoe het ging met een bericht dat van deze werkplek was."""
        self._opslag.note_bericht(self._make(opdracht, keer, stand, reden))

    def find_gedaan(self, sleutels: Iterable[str]) -> dict[str, Bordregel]:
        """Van deze berichten: wat een werkplek verstuurde, of waarover zij belde."""
        regels = self._opslag.load_bord(sleutels=tuple(sleutels))
        return {r.sleutel: r for r in regels if r.stand in (Bordstand.VERSTUURD, Bordstand.GEBELD)}

    def _make(
        self,
        opdracht: Berichtopdracht,
        keer: int,
        stand: Bordstand,
        reden: str = "",
        duur: timedelta = BEZIG_DUURT,
    ) -> Bordregel:
        """De tijden zijn die van de opslag: hier telt alleen hoe lang het duurt."""
        op = opdracht.gemaakt_op
        # Een bericht over een afspraak heeft zin tot zij begint.
        datum = dag_van(opdracht.uiterlijk) if opdracht.uiterlijk is not None else None
        return Bordregel(
            opdracht.uuid, keer, opdracht.over, opdracht.wat.value, opdracht.versie, datum, stand,
            self.houder, op, op + duur, reden,
        )  # fmt: skip

    # --- wie er gebeld moet worden -------------------------------------------------------------------------

    def load_te_bellen(self) -> tuple[TeBellen, ...]:
        """Wie over een afspraak die nog komt, niets hoorde, van elke werkplek; de eerste afspraak eerst."""
        nu = self._opslag.nu()
        regels = [regel for regel in self._opslag.load_bord(dag_van(nu)) if regel.moet_bellen(nu)]
        if not regels:
            return ()
        ids = [regel.over.partition(":")[2] for regel in regels]
        afspraken = {a.id: a for a in self._opslag.find_afspraken(ids=ids[:_MEESTE], maximum=_MEESTE)}
        gevonden = [
            _to_te_bellen(regel, afspraak)
            for regel in regels
            if (afspraak := afspraken.get(regel.over.partition(":")[2])) is not None
            and _geldt_nog(regel, afspraak, nu)
        ]
        return tuple(sorted(gevonden, key=lambda bellen: (bellen.begin, bellen.sinds)))

    def mark_gebeld(self, sleutel: str) -> None:
        """De inwoner is gebeld. Deed een collega dat al, dan verandert er niets."""
        nu = self._opslag.nu()
        for regel in self._opslag.load_bord(dag_van(nu)):
            if regel.sleutel == sleutel:
                gebeld = replace(regel, stand=Bordstand.GEBELD, houder=self.houder, reden="")
                self._opslag.note_bericht(gebeld)


def _geldt_nog(regel: Bordregel, afspraak: Afspraak, nu: datetime) -> bool:
    """Een oudere stand van de afspraak hoeft niemand meer te horen."""
    if afspraak.begin <= nu:
        return False
    wat = Berichtsoort(regel.wat)
    if wat in BIJ_BEGINTIJD:
        return afspraak.toestand is Toestand.BEVESTIGD and regel.versie == afspraak.begin.isoformat()
    return wat in OVER_AFSPRAAK and regel.versie == str(afspraak.ics_volgnummer)


def _to_te_bellen(regel: Bordregel, afspraak: Afspraak) -> TeBellen:
    klant = afspraak.klant
    nummer = lees_telefoon(klant.telefoon) if klant.telefoon else None
    return TeBellen(
        regel.sleutel,
        Berichtsoort(regel.wat),
        afspraak.id,
        afspraak.nummer,
        afspraak.begin,
        klant.naam,
        toon_telefoon(nummer) if nummer else klant.telefoon,
        _STANDEN.get(regel.stand, regel.reden),
        regel.houder,
        regel.sinds,
    )
