"""Wat er af en toe voor afspraken na te lopen is: een bericht dat niet klaarstond, en herinneringen.

Een bericht kan missen als het programma stopte tussen de agenda en de outbox: dan staat de wijziging er, en
niets om te versturen. Elke open werkplek loopt dit na.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from frontoffice.agenda.afspraak import Afspraak, Bevestigkanaal
from frontoffice.agendapoort import (
    AFSPRAAK,
    AgendaOpslag,
    Gebeurtenis,
    Gebeurtenisvraag,
    Wie,
)
from frontoffice.services.afspraakberichten import Afspraakberichten, find_soort, over_afspraak
from frontoffice.services.afspraakwaarden import Gebeurd
from frontoffice.services.herinneringen import Herinneringen

TERUG = timedelta(hours=24)
"""Zo ver terug wordt gekeken naar wat deze werkplek deed."""
_MEESTE = 500
_DIGITAAL = (Bevestigkanaal.MAIL, Bevestigkanaal.SMS)
_MET_BERICHT = frozenset({"gemaakt", Gebeurd.VERZET.value, Gebeurd.GEWIJZIGD.value, Gebeurd.AFGEZEGD.value})
_MET_STAND = _MET_BERICHT | {Gebeurd.CONTACT.value}


class Afspraakronde:
    """`wie`: deze werkplek, zoals de agenda haar kent."""

    def __init__(self, opslag: AgendaOpslag, wie: Wie, berichten: Afspraakberichten) -> None:
        self._opslag, self._wie, self._berichten = opslag, wie, berichten
        self._herinneringen = Herinneringen(opslag, wie, berichten)

    def run(self) -> None:
        """Zet klaar wat er mist. Raises AgendaFout of WinkelFout."""
        nu = self._opslag.nu()
        self._catch_up(nu)
        self._herinneringen.run()

    def _catch_up(self, nu: datetime) -> None:
        """Wat deze werkplek als laatste met een afspraak deed, hoort een bericht te hebben.

        De sleutel is de stand van de afspraak: stond het bericht er al, dan verandert er niets.
        """
        vraag = Gebeurtenisvraag((AFSPRAAK,), self._wie.medewerker, nu - TERUG)
        eigen = [
            gebeurd
            for _, gebeurd in self._opslag.find_gebeurtenissen(vraag, _MEESTE)
            if gebeurd.wie == self._wie and gebeurd.soort in _MET_BERICHT
        ]
        ids = dict.fromkeys(gebeurd.onderwerp for gebeurd in eigen)
        for afspraak in self._opslag.find_afspraken(ids=list(ids), maximum=_MEESTE) if ids else ():
            if self._misses(afspraak, nu):
                laatste = _last_stand(self._opslag.load_gebeurtenissen(afspraak.id))
                if laatste is not None and laatste.soort in _MET_BERICHT and laatste.wie == self._wie:
                    self._berichten.send(afspraak, find_soort(afspraak))

    def _misses(self, afspraak: Afspraak, nu: datetime) -> bool:
        """Staat er op deze werkplek nog niets over deze stand? Anders hoeft de geschiedenis er niet bij."""
        if afspraak.klant.bevestiging not in _DIGITAAL or afspraak.begin <= nu:
            return False
        standen = self._berichten.berichten.load(over_afspraak(afspraak))
        return str(afspraak.ics_volgnummer) not in {stand.versie for stand in standen}


def _last_stand(geschiedenis: tuple[Gebeurtenis, ...]) -> Gebeurtenis | None:
    """De laatste gebeurtenis waarna de inwoner een andere afspraak heeft dan ervoor."""
    standen = [gebeurd for gebeurd in geschiedenis if gebeurd.soort in _MET_STAND]
    return max(standen, key=lambda gebeurd: gebeurd.op, default=None)
