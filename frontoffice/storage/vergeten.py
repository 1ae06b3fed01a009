"""Vergeten wie er kwam, als de bewaartermijn voorbij is: onder het slot van de avond, avond voor avond.

Wat te tellen is, blijft: nummer, tijd, balie, producten, toestand en stappen. Beslist niet over de termijn.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, union, update

from frontoffice.agenda.afspraak import Afspraak, Antwoorden
from frontoffice.agenda.vanavond.bezoek import Uitkomst
from frontoffice.domain.taal import middernacht
from frontoffice.storage import berichtbord, vorm
from frontoffice.storage.bezoekwerk import Bezoekwerk
from frontoffice.storage.lijn import Lijn
from frontoffice.storage.tabellen import AfspraakRij, BezoekRij, GebeurtenisRij, VerzoekRij, WachtendeRij
from frontoffice.storage.zoekregels import forget_losse_namen, note_woorden

_GEEN_ANTWOORDEN = ("{}", vorm.to_json(Antwoorden()))


class Vergeetwerk(Bezoekwerk):
    def anonymize_avond(self, datum: date) -> int:
        """Wis wie er die avond kwam; geeft bij hoeveel afspraken en bezoeken er nog iets stond."""
        self._check_datum(datum)
        gewist = 0
        rijen = self._lijn.rijen(
            select(AfspraakRij.__table__).where(AfspraakRij.datum == datum, _van_iemand())
        )
        for rij in rijen:
            self._forget_afspraak(vorm.to_afspraak(rij))
            gewist += 1
        gewist += self._forget_bezoeken(datum)
        g = GebeurtenisRij
        zelf = (g.datum == datum, g.reden != "", g.onderwerp.not_like("%:%"))
        self._lijn.run(update(g).where(*zelf).values(reden=""))
        if gewist:
            self._raak(datum)
        return gewist

    def anonymize_rest(self, voor: date) -> int:
        """Wis wie tot voor die dag op de wachtlijst stond, en de verzoeken van toen; geeft van hoeveel."""
        w = WachtendeRij
        weg = {"naam": "", "telefoon": "", "email": "", "toestand": "verlopen", "versie": w.versie + 1}
        bekend = or_(w.naam != "", w.telefoon != "", w.email != "")
        gewist = self._lijn.run(update(w).where(w.tot < voor, bekend).values(**weg))
        forget_losse_namen(self._lijn)
        self._lijn.run(delete(VerzoekRij).where(VerzoekRij.op < middernacht(voor)))
        berichtbord.forget(self._lijn, middernacht(voor))
        return gewist

    def _forget_afspraak(self, oud: Afspraak) -> None:
        klant = replace(oud.klant, naam="", telefoon="", email="", geboortedatum=None, klantsleutel="")
        nieuw = replace(oud, klant=klant, opmerking="", antwoorden=Antwoorden(), versie=oud.versie + 1)
        self._lijn.run(
            update(AfspraakRij).where(AfspraakRij.id == oud.id).values(**vorm.from_afspraak(nieuw))
        )
        note_woorden(self._lijn, nieuw, oud)

    def _forget_bezoeken(self, datum: date) -> int:
        """Ook wat iemand zelf opschreef bij niet gedaan: in het verslag telt dat zonder de woorden."""
        b, gewist = BezoekRij, 0
        for rij in self._lijn.rijen(select(b.__table__).where(b.datum == datum)):
            uitkomsten = vorm.from_json(rij.uitkomsten, tuple[Uitkomst, ...])
            nieuw = {
                "naam": "",
                "notitie": "",
                "apart_omdat": "",
                "uitkomsten": vorm.to_json(_zonder_woorden(uitkomsten)),
            }
            if any(getattr(rij, naam) != waarde for naam, waarde in nieuw.items()):
                self._lijn.run(update(b).where(b.id == rij.id).values(**nieuw, versie=b.versie + 1))
                gewist += bool(rij.naam)
        return gewist


def find_te_vergeten(lijn: Lijn, voor: date) -> tuple[date, ...]:
    """De avonden voor die dag waar nog iets van een persoon staat, oudste eerst."""
    b, g = BezoekRij, GebeurtenisRij
    vragen: list[Select[Any]] = [
        select(AfspraakRij.datum).where(AfspraakRij.datum < voor, _van_iemand()),
        select(b.datum).where(b.datum < voor, or_(b.naam != "", b.notitie != "")),
        select(g.datum).where(g.datum < voor, g.reden != "", g.onderwerp.not_like("%:%")),
    ]
    return tuple(sorted(_to_dag(rij[0]) for rij in lijn.rijen(union(*vragen))))


def _to_dag(waarde: Any) -> date:
    if isinstance(waarde, datetime):
        return waarde.date()
    return waarde if isinstance(waarde, date) else date.fromisoformat(str(waarde))


def _van_iemand() -> Any:
    a = AfspraakRij
    return or_(
        *(kolom != "" for kolom in (a.naam, a.telefoon, a.email, a.klantsleutel, a.opmerking)),
        a.geboortedatum.is_not(None),
        a.antwoorden.not_in(_GEEN_ANTWOORDEN),
    )


def _zonder_woorden(uitkomsten: tuple[Uitkomst, ...]) -> tuple[Uitkomst, ...]:
    from frontoffice.agenda.vanavond.verslag import classify_reden

    return tuple(
        replace(deel, reden=classify_reden(deel.reden)) if deel.reden.strip() else deel for deel in uitkomsten
    )
