"""Afspraken terugvinden: op naam, telefoon, nummer of code, van een klant, en of er al een is.

Leest alleen. Een BSN of KVK-nummer wordt hier een sleutel waar het niet uit terug te halen is.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from frontoffice.agenda.afspraak import EINDE, Afspraak, Contactgegevens
from frontoffice.agenda.wens import Wens
from frontoffice.agendapoort import AgendaOpslag, Gebeurtenis
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.domain.waarden import Bsn, KvkNummer
from frontoffice.domain.zoekvraag import lees_telefoon
from frontoffice.services.afspraakgegevens import same_contact
from frontoffice.services.afspraakwaarden import BestaatNiet, KlantAfspraken

KORTSTE_ZOEK = 3


class Afspraakzoeker:
    """De zoekkant van de agenda. Elke methode mag van elke achtergronddraad. Raises AgendaOnbereikbaar."""

    def __init__(self, opslag: AgendaOpslag) -> None:
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

    # --- van een klant -------------------------------------------------------------------------------------

    def load_ids(self, ids: Sequence[str]) -> tuple[Afspraak, ...]:
        """Deze afspraken zoals ze nu zijn; wat er niet meer is, ontbreekt."""
        return self._opslag.find_afspraken(ids=ids) if ids else ()

    def make_klantsleutel(self, nummer: Bsn | KvkNummer) -> str:
        """De sleutel waaronder afspraken van deze klant te vinden zijn. Zegt niets buiten deze agenda."""
        soort = "bsn" if isinstance(nummer, Bsn) else "kvk"
        tekst = f"{soort}:{nummer.nummer}".encode()
        return hmac.new(self._opslag.load_klantgeheim(), tekst, hashlib.sha256).hexdigest()

    def for_klant(
        self,
        *,
        bsn: Bsn | None = None,
        kvk: KvkNummer | None = None,
        telefoons: Iterable[str] = (),
        geboortedatum: date | None = None,
        naam: str = "",
    ) -> KlantAfspraken:
        """De afspraken van een klant; zonder sleutel alleen wat mogelijk van hem is.

        Een telefoonnummer alleen is geen klant: ook de geboortedatum moet gelijk zijn, of de achternaam als
        de afspraak geen geboortedatum heeft.
        """
        zeker: list[Afspraak] = []
        for nummer in (bsn, kvk):
            if nummer is not None:
                sleutel = self.make_klantsleutel(nummer)
                zeker += self._opslag.find_afspraken(klantsleutel=sleutel, maximum=500)
        mogelijk: dict[str, Afspraak] = {}
        for telefoon in telefoons:
            zoekende = Contactgegevens(naam, telefoon, geboortedatum=geboortedatum)
            for afspraak in self._find_telefoon(telefoon):
                if not afspraak.klant.klantsleutel and same_contact(zoekende, afspraak.klant):
                    mogelijk[afspraak.id] = afspraak
        bekend = {afspraak.id for afspraak in zeker}
        return KlantAfspraken(_op_tijd(zeker), _op_tijd(a for a in mogelijk.values() if a.id not in bekend))

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
        return _op_tijd(
            a
            for a in kandidaten.values()
            if a.id != zonder
            and a.toestand not in EINDE
            and a.eind > nu
            and codes & {regel.product for regel in a.regels}
        )

    def _find_telefoon(self, telefoon: str, vanaf: date | None = None) -> tuple[Afspraak, ...]:
        nummer = lees_telefoon(telefoon) if telefoon else None
        if nummer is None:
            return ()
        return self._opslag.find_afspraken(zoek=nummer.e164, datum_van=vanaf, maximum=500)


def _op_tijd(afspraken: Iterable[Afspraak]) -> tuple[Afspraak, ...]:
    return tuple(sorted(afspraken, key=lambda a: (a.begin, a.nummer)))


def _volgorde(afspraak: Afspraak, vandaag: date) -> tuple[bool, float]:
    komt_nog = afspraak.datum >= vandaag and afspraak.toestand not in EINDE
    moment = afspraak.begin.timestamp()
    return not komt_nog, moment if komt_nog else -moment
