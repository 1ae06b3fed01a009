"""Een avond uit het hoofd: bezoeken, een stand en een momentopname van Vanavond, zonder agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraakregel, Eisen, Toestand
from frontoffice.agenda.avond import Avond, AvondToestand, Plek
from frontoffice.agenda.tijd import Vak, to_tik
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.volgorde import next_for, waiting_order
from frontoffice.agenda.vanavond.voorspelling import predict
from tests.storage.bouw import DAG, moment
from ui.vanavond.aandacht import find_aandacht
from ui.vanavond.dienst import Opname
from ui.vanavond.model import Woorden, make_bord

WOORDEN = Woorden({"tolk": "Tolk", "grote_letters": "Grote letters"}, {"de": "Duits"})
MAG = frozenset({"reisdocument"})


def bezoek(nummer: str, toestand: Toestand = Toestand.BEVESTIGD, **velden: Any) -> Bezoek:
    basis = Bezoek(
        id=nummer.lower(),
        datum=DAG,
        volgnummer=nummer,
        soort=SoortBezoek.ZONDER_AFSPRAAK if nummer.startswith("W") else SoortBezoek.AFSPRAAK,
        toestand=toestand,
        regels=(Afspraakregel("paspoort", "Paspoort aanvragen", 2, 25, MAG),),
        eisen=Eisen(MAG),
        minuten=25,
        groep="Reisdocumenten",
    )
    return replace(basis, **velden)


def stand(nu: datetime, *bezoeken: Bezoek, toestand: AvondToestand = AvondToestand.BEZIG) -> Avondstand:
    open_ = Vak(to_tik(moment(17)), to_tik(moment(20)))
    plekken = tuple(Plek(balie, f"m{balie}", "Losser", open_, MAG, frozenset()) for balie in ("B1", "B2"))
    avond = Avond(DAG, (open_,), plekken, toestand=toestand)
    return Avondstand(nu, avond, bezoeken, balienamen={"B1": "Balie 1", "B2": "Balie 2"})


def opname(van: Avondstand) -> Opname:
    voorspelling = predict(van)
    bord = make_bord(van, "B1", waiting_order(van), next_for(van, "B1"), voorspelling, WOORDEN)
    return Opname(bord, van, find_aandacht(van, voorspelling), dict.fromkeys(bord.toon_ids, "A. Jansen"))


def druk(aantal: int = 85) -> Avondstand:
    """Een derde klaar, een derde wacht, de rest komt nog; aan elke balie zit iemand."""
    nu, wie = moment(18, 7), []
    for nummer in range(1, aantal + 1):
        om = moment(17) + timedelta(minutes=2 * nummer)
        velden = {"tijd": om, "aangemeld_op": om, "behoeften": ("tolk",), "taal": "de"}
        toestand = (Toestand.KLAAR, Toestand.AANGEMELD, Toestand.BEVESTIGD)[nummer * 3 // (aantal + 1)]
        wie.append(bezoek(f"A{nummer:02d}", toestand, **velden))
    return stand(nu, *wie)
