"""Afspraken terugvinden: op naam, telefoon, nummer of code, van een klant, en of er al een is.

Leest alleen. Wat van een klant is, weet `klantafspraken`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from frontoffice.agenda.afspraak import EINDE, Afspraak, Contactgegevens
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaOpslag, Gebeurtenis
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.afspraakgegevens import same_contact
from frontoffice.services.afspraakwaarden import BestaatNiet
from frontoffice.services.klantafspraken import Klantzoeker, op_tijd

KORTSTE_ZOEK = 3


class Afspraakzoeker(Klantzoeker):
    """De zoekkant van de agenda. Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar."""

    def __init__(self, opslag: AgendaOpslag) -> None:
        super().__init__(opslag)
        self._opslag = opslag

    def find(self, zoek: str, maximum: int = 50) -> tuple[Afspraak, ...]:
        """Afspraken op naam, telefoon, e-mail, nummer of code; wat nog komt eerst, dan de laatste.

        Raises InvoerFout bij minder dan drie tekens.
        """
        tekst = " ".join(zoek.split())
        if len(tekst) < KORTSTE_ZOEK:
            raise InvoerFout("Typ minstens drie letters of cijfers.", code="te_kort")
        vandaag = dag_van(self._opslag.nu())
        gevonden = self._opslag.find_afspraken(zoek=tekst, datum_van=vandaag, maximum=2 * maximum)
        if len(gevonden) < maximum:
            gisteren = vandaag - timedelta(days=1)
            gevonden += self._opslag.find_afspraken(
                zoek=tekst, datum_tot=gisteren, nieuwste_eerst=True, maximum=maximum
            )
        return tuple(sorted(gevonden, key=lambda a: _volgorde(a, vandaag))[:maximum])

    def load(self, afspraak_id: str) -> Afspraak:
        """Raises BestaatNiet."""
        gevonden = self._opslag.find_afspraken(ids=[afspraak_id])
        if not gevonden:
            raise BestaatNiet("Deze afspraak is er niet. Zoek hem op met naam, nummer of code.")
        return gevonden[0]

    def load_avond(self, datum: date) -> tuple[Afspraak, ...]:
        """Alle afspraken van een avond op volgorde van tijd, ook de afgezegde."""
        return self._opslag.find_afspraken(datum_van=datum, datum_tot=datum, maximum=1000)

    def load_geschiedenis(self, afspraak_id: str) -> tuple[Gebeurtenis, ...]:
        """Wie deze afspraak maakte en wijzigde, oudste eerst."""
        return self._opslag.load_gebeurtenissen(afspraak_id)

    def load_ids(self, ids: Sequence[str]) -> tuple[Afspraak, ...]:
        """Deze afspraken zoals ze nu zijn; wat er niet meer is, ontbreekt."""
        return self._opslag.find_afspraken(ids=ids) if ids else ()

    def find_dubbel(self, wens: Wens, klant: Contactgegevens, zonder: str = "") -> tuple[Afspraak, ...]:
        """Wat er nog komt van dezelfde persoon voor hetzelfde product (H14): verzetten, of toch twee?"""
        codes = {regel.product for regel in wens.regels}
        nu = self._opslag.nu()
        kandidaten: dict[str, Afspraak] = {}
        if klant.klantsleutel:
            for afspraak in self._opslag.find_afspraken(
                klantsleutel=klant.klantsleutel, datum_van=dag_van(nu)
            ):
                kandidaten[afspraak.id] = afspraak
        for afspraak in self._find_telefoon(klant.telefoon, dag_van(nu)):
            if same_contact(klant, afspraak.klant):
                kandidaten[afspraak.id] = afspraak
        return op_tijd(
            a
            for a in kandidaten.values()
            if a.id != zonder
            and a.toestand not in EINDE
            and a.eind > nu
            and codes & {regel.product for regel in a.regels}
        )


def _volgorde(afspraak: Afspraak, vandaag: date) -> tuple[bool, float]:
    komt_nog = afspraak.datum >= vandaag and afspraak.toestand not in EINDE
    moment = afspraak.begin.timestamp()
    return not komt_nog, moment if komt_nog else -moment
