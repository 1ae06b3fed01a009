"""De stand van vanavond lezen: één momentopname, en goedkoop zolang er niets is veranderd.

Deelt ook volgnummers uit aan wie er nog geen heeft. Namen komen hier nooit langs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from frontoffice.agenda.avond import Avond, AvondToestand
from frontoffice.agenda.inrichting import OVERIG, Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek
from frontoffice.agendapoort import AgendaBezet, AgendaOpslag, AgendaTransactie, AvondInhoud, Wie
from frontoffice.domain.taal import dag_van
from frontoffice.services.avondbeelden import to_avond

LOOPT = frozenset({AvondToestand.BEZIG, AvondToestand.DICHT_VOOR_BOEKEN})
"""In deze toestanden wordt er gewerkt. Dicht voor boeken kan ook zijn omdat de avond eerder dicht gaat."""
_POGINGEN = 4


@dataclass(frozen=True)
class _Onthouden:
    stand: Avondstand
    bestaat: bool
    sleutel: tuple[date, int, int]
    verloopt: datetime | None


class Standlezer:
    """Elke methode mag van elke achtergronddraad; meer tegelijk doen hoogstens werk dubbel."""

    def __init__(self, opslag: AgendaOpslag) -> None:
        self._opslag = opslag
        self._laatste: _Onthouden | None = None
        self._kalender: Kalender | None = None

    def load(self, datum: date | None = None) -> Avondstand | None:
        """De avond van die dag (anders vandaag), of None als er die dag geen is."""
        versies_van = datum or (self._laatste.sleutel[0] if self._laatste else dag_van(self._opslag.nu()))
        for _ in range(_POGINGEN):
            versies = self._opslag.load_versies(versies_van, versies_van)
            nu = versies.nu or self._opslag.nu()
            dag = datum or dag_van(nu)
            if dag != versies_van:
                versies_van = dag
                continue
            sleutel = (dag, versies.avonden.get(dag, 0), versies.inrichting)
            bekend = self._laatste
            if bekend is not None and bekend.sleutel == sleutel and not _verlopen(bekend.verloopt, nu):
                return replace(bekend.stand, nu=nu) if bekend.bestaat else None
            gelezen = self._read(dag, sleutel, nu)
            if gelezen is not None:
                self._laatste = gelezen
                return gelezen.stand if gelezen.bestaat else None
        raise AgendaBezet("Er verandert nu veel tegelijk aan deze avond. Probeer het opnieuw.")

    def known_datum(self, id_: str) -> date | None:
        """De avond van dit bezoek als het in de laatste stand stond."""
        bekend = self._laatste
        return bekend.stand.datum if bekend is not None and bekend.stand.find(id_) is not None else None

    def _read(self, dag: date, sleutel: tuple[date, int, int], nu: datetime) -> _Onthouden | None:
        """None als er intussen iets veranderde: dan hoort het niet bij elkaar."""
        bezoeken = self._opslag.load_bezoeken(dag)
        inhoud = self._opslag.load_avonden([dag])[dag]
        inrichting, versie = self._opslag.load_inrichting()
        if (dag, inhoud.versie, versie) != sleutel:
            return None
        stand = self.make(inrichting, inhoud, bezoeken, nu)
        bestaat = bool(stand.avond.open or stand.bezoeken or inhoud.toestand is AvondToestand.BEZIG)
        return _Onthouden(stand, bestaat, sleutel, inhoud.verloopt)

    def make(
        self, inrichting: Inrichting, inhoud: AvondInhoud, bezoeken: tuple[Bezoek, ...], nu: datetime
    ) -> Avondstand:
        avond = to_avond(inrichting, self.kalender(inrichting), inhoud)
        return make_stand(inrichting, avond, bezoeken, nu)

    def load_binnen(self, tx: AgendaTransactie, datum: date) -> Avondstand:
        """De stand onder het slot van die avond."""
        inrichting, _ = tx.load_inrichting()
        return self.make(inrichting, tx.load_avond(datum), tx.load_bezoeken(datum), tx.nu)

    def kalender(self, inrichting: Inrichting) -> Kalender:
        kalender = self._kalender
        if kalender is None or kalender.inrichting is not inrichting:
            kalender = self._kalender = Kalender(inrichting)
        return kalender


def make_stand(
    inrichting: Inrichting, avond: Avond, bezoeken: tuple[Bezoek, ...], nu: datetime
) -> Avondstand:
    namen = {balie.id: balie.naam for balie in inrichting.balies}
    return Avondstand(
        nu, avond, tuple(fill(b, inrichting) for b in bezoeken), inrichting.locatie.avondregels, namen
    )


def fill(bezoek: Bezoek, inrichting: Inrichting) -> Bezoek:
    """Met de productgroep, en zonder een plaats die geen balie is (weggezet, extra)."""
    gepland = bezoek.gepland if bezoek.gepland in inrichting.balie else ""
    return replace(bezoek, groep=groep_van(bezoek, inrichting), gepland=gepland)


def groep_van(bezoek: Bezoek, inrichting: Inrichting) -> str:
    """Waar de wachtruimte het over mag hebben: "Reisdocumenten", of "Ophalen, Rijbewijs"."""
    groepen = [
        product.groep if (product := inrichting.product.get(regel.product)) and product.groep else OVERIG
        for regel in bezoek.regels
    ]
    return ", ".join(dict.fromkeys(groepen)) or OVERIG


def needs_nummers(stand: Avondstand) -> bool:
    """Is er iemand zonder volgnummer terwijl de avond loopt?"""
    bezig = stand.avond.toestand is AvondToestand.BEZIG
    bezig = bezig or (stand.avond.toestand in LOOPT and any(b.volgnummer for b in stand.bezoeken))
    return bezig and any(not b.volgnummer for b in stand.bezoeken)


def number(tx: AgendaTransactie, datum: date, wie: Wie) -> None:
    """Geef iedereen zonder volgnummer er een, op volgorde van tijd en nummer."""
    for bezoek in tx.load_bezoeken(datum):
        if not bezoek.volgnummer:
            nummer = tx.next_volgnummer(datum, bezoek.soort)
            tx.add_bezoek(replace(bezoek, volgnummer=nummer), wie, "bezoek_genummerd")


def _verlopen(verloopt: datetime | None, nu: datetime) -> bool:
    return verloopt is not None and verloopt <= nu
