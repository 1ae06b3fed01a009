"""De agenda van de avonden zoals schermen en opdrachten haar gebruiken: één opslag met haar diensten."""

from __future__ import annotations

from dataclasses import dataclass

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agendapoort import AgendaOpslag, Wie
from frontoffice.services.afspraakcontact import Contactdienst
from frontoffice.services.afspraakzoeken import Afspraakzoeker
from frontoffice.services.afspraken import Afsprakendienst
from frontoffice.services.agendabron import Agendabronnen
from frontoffice.services.avonden import Avondendienst
from frontoffice.services.avonduitval import Uitvaldienst
from frontoffice.services.externdienst import Externdienst
from frontoffice.services.vanavond import Vanavonddienst
from frontoffice.services.vrijetijden import Vrijetijden
from frontoffice.services.wachtlijst import Wachtlijstdienst


@dataclass(frozen=True)
class Agendadiensten:
    """Alle diensten van één geopende agenda. Elk mag van elke achtergronddraad, geen ervan van de UI-draad.

    `kanaal`: waar deze werkplek voor boekt. `alleen_deze_pc`: geen collega ziet deze agenda; dat blijft op
    het scherm staan. `extern`: lijsten van een andere agenda inlezen; na `extern_uren` is zo'n lijst op de
    avond zelf te oud. `bronnen`: per avond de agenda van wie hij is. `vanavond`: de avond zelf, van de deur
    tot het afsluiten; `uitval`: als er dan iets wegvalt.
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
    extern: Externdienst
    bronnen: Agendabronnen
    vanavond: Vanavonddienst
    uitval: Uitvaldienst
    extern_uren: int = 4

    @property
    def alleen_deze_pc(self) -> bool:
        return not self.opslag.gedeeld

    def close(self) -> None:
        self.opslag.close()


def make_agendadiensten(
    opslag: AgendaOpslag, wie: Wie, kanaal: Kanaal = Kanaal.TELEFOON, extern_uren: int = 4
) -> Agendadiensten:
    """Doet nog geen vraag aan de opslag."""
    vrij = Vrijetijden(opslag)
    afspraken = Afsprakendienst(opslag, wie, vrij)
    zoeken = Afspraakzoeker(opslag)
    vanavond = Vanavonddienst(opslag, wie)
    return Agendadiensten(
        opslag,
        wie,
        kanaal,
        vrij,
        afspraken,
        zoeken,
        Wachtlijstdienst(opslag, wie, vrij, afspraken),
        Avondendienst(opslag, wie),
        Contactdienst(opslag, wie),
        Externdienst(opslag, wie),
        Agendabronnen(opslag, vrij, afspraken, zoeken),
        vanavond,
        Uitvaldienst(opslag, wie, vanavond),
        extern_uren,
    )
