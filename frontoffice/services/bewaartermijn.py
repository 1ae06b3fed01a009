"""Na de bewaartermijn: wie er op voorbije avonden kwam, wordt vergeten. Aantallen en verslagen blijven.

Avond voor avond, elk helemaal of niet: wie onderbroken wordt, gaat de volgende keer verder waar het bleef.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from frontoffice.agendapoort import AgendaOpslag, AgendaTransactie, Gebeurtenis, Wie
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.taal import dag_van
from frontoffice.services.schrijven import Schrijver


@dataclass(frozen=True)
class Vergeten:
    """Wat er is gewist. `opgeruimd`: ook uit de vrije ruimte van het bestand."""

    avonden: int
    personen: int
    opgeruimd: bool = True


class Bewaartermijn:
    """Vergeet wie er was als de avond lang genoeg voorbij is; tellingen blijven (E17)."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie) -> None:
        self._opslag, self._wie = opslag, wie
        self._schrijver = Schrijver(opslag)

    def anonymize(self, voor: date) -> Vergeten:
        """Vergeet iedereen van de avonden voor deze dag. Nog een keer verandert niets.

        Raises InvoerFout bij een dag die nog niet is begonnen: dan is de avond ervoor misschien nog bezig.
        """
        vandaag = dag_van(self._opslag.nu())
        if voor > vandaag:
            raise InvoerFout(
                "Deze datum is nog niet geweest. Kies vandaag of eerder: alleen avonden die voorbij zijn, "
                "worden gewist.",
                code="datum",
            )
        avonden = personen = 0
        for dag in self._opslag.find_te_vergeten(voor):
            personen += self._forget(dag)
            avonden += 1
        personen += self._finish(voor, avonden, personen)
        return Vergeten(avonden, personen, self._opslag.clean())

    def _forget(self, dag: date) -> int:
        gewist = 0

        def write(tx: AgendaTransactie) -> None:
            nonlocal gewist
            gewist = tx.anonymize_avond(dag)

        self._schrijver.change({dag}, write)
        return gewist

    def _finish(self, voor: date, avonden: int, personen: int) -> int:
        """De wachtlijst, en een regel in de geschiedenis: wie dit deed, tot wanneer en hoeveel."""
        wachtenden = 0

        def write(tx: AgendaTransactie) -> None:
            nonlocal wachtenden
            wachtenden = tx.anonymize_rest(voor)
            if personen or wachtenden:
                na = {"voor": voor.isoformat(), "avonden": avonden, "personen": personen + wachtenden}
                tx.note(Gebeurtenis(tx.nu, self._wie, "geanonimiseerd", "agenda", None, {}, na))

        self._schrijver.change((), write)
        return wachtenden
