"""De agenda van de avonden zoals schermen en opdrachten haar gebruiken: één opslag met haar diensten."""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agendapoort import AgendaOpslag, Wie
from frontoffice.services.afspraakcontact import Contactdienst
from frontoffice.services.afspraakzoeken import Afspraakzoeker
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.avonden import Avondendienst
from frontoffice.services.vrijetijden import Vrijetijden
from frontoffice.services.wachtlijst import Wachtlijstdienst


@dataclass(frozen=True)
class Agendadiensten:
    """Alle diensten van één geopende agenda. Elk mag van elke achtergronddraad, geen ervan van de UI-draad.

    `kanaal`: waar deze werkplek voor boekt. `alleen_deze_pc`: geen collega ziet deze agenda; dat blijft op
    het scherm staan.
    """

    opslag: AgendaOpslag
    wie: Wie
    kanaal: Kanaal
    vrij: Vrijetijden
    afspraken: Afsprakendienst
    zoeken: Afspraakzoeker
    wachtlijst: Wachtlijstdienst
    avonden: Avondendienst
    contact: Contactdienst

    @property
    def alleen_deze_pc(self) -> bool:
        return not self.opslag.gedeeld

    def close(self) -> None:
        self.opslag.close()


def make_agendadiensten(opslag: AgendaOpslag, wie: Wie, kanaal: Kanaal = Kanaal.TELEFOON) -> Agendadiensten:
    """Doet nog geen vraag aan de opslag."""
    vrij = Vrijetijden(opslag)
    afspraken = Afsprakendienst(opslag, wie, vrij)
    return Agendadiensten(
        opslag,
        wie,
        kanaal,
        vrij,
        afspraken,
        Afspraakzoeker(opslag),
        Wachtlijstdienst(opslag, wie, vrij, afspraken),
        Avondendienst(opslag, wie),
        Contactdienst(opslag, wie),
    )
