"""Wat er van een gespeelde avond moet kloppen, wie of wat er ook misging."""

from __future__ import annotations

import math
import statistics
from collections import Counter

from frontoffice.agenda.afspraak import EINDE, Toestand
from frontoffice.agenda.vanavond.bezoek import SoortBezoek
from frontoffice.agenda.vanavond.verslag import make_verslag
from tests.agenda.bouw import moment
from tests.agenda.vanavond.mensen import Waarheid
from tests.agenda.vanavond.simulatie import Avondspel, Verloop
from tests.services.avondzaal import Dienstzaal
from tests.services.naspelen import Naspeler
from tests.storage.bouw import DAG


def play(zaal: Dienstzaal, waarheid: Waarheid, *, meet: bool = False) -> Verloop:
    """Speel de avond, sluit hem af, en loop alles na."""
    verloop = Avondspel(waarheid, zaal, meet=meet).run()
    assert verloop.klaar_om is not None, "de avond kwam niet af"
    zaal.close(verloop.klaar_om)
    check_everybody(zaal, waarheid, verloop)
    check_explained(zaal, verloop)
    check_verslag(zaal, waarheid, verloop)
    assert zaal.agenda.check() == ()
    return verloop


def check_everybody(zaal: Dienstzaal, waarheid: Waarheid, verloop: Verloop) -> None:
    """Niemand vergeten: wie kwam is geholpen, wie niet kwam is dat ook volgens de agenda."""
    bezoeken = {bezoek.id: bezoek for bezoek in zaal.stand(verloop.klaar_om or moment("23.00")).bezoeken}
    assert all(bezoek.toestand in EINDE for bezoek in bezoeken.values())
    for mens in waarheid.mensen:
        if mens.id in verloop.gekomen:
            assert bezoeken[mens.id].toestand is Toestand.KLAAR, mens.id
            assert mens.id in verloop.geholpen
        elif mens.tijd is not None:
            assert bezoeken[mens.id].toestand is Toestand.NIET_GEKOMEN, mens.id
        else:
            assert mens.id not in bezoeken
    nummers = [bezoek.volgnummer for bezoek in bezoeken.values()]
    assert len(nummers) == len(set(nummers))
    # In het echt: niemand zat twee keer tegelijk ergens, en geen oproep is er een te veel.
    keren = Counter(len(tijden) for tijden in verloop.opgeroepen.values())
    assert set(keren) <= {1, 2}, keren
    tweede = {id_ for id_, tijden in verloop.opgeroepen.items() if len(tijden) == 2}
    assert tweede == {m.id for m in waarheid.mensen if m.misgaan == "hoort niet" and m.id in verloop.gekomen}


def check_explained(zaal: Dienstzaal, verloop: Verloop) -> None:
    """Elke oproep is uit de vastgelegde stappen na te rekenen, met dezelfde zin."""
    stand = zaal.stand(verloop.klaar_om or moment("23.00"))
    stappen = zaal.dienst.load_stappen(DAG)
    van_de_avond = zaal.agenda.load_gebeurtenissen(f"avond:{DAG.isoformat()}")
    uitval = [stap.op for stap in van_de_avond if stap.soort == "uitval"]
    nagespeeld = Naspeler(stand.bezoeken, zaal.inrichtingen, uitval).play(stappen)
    assert nagespeeld.fouten == ()
    oproepen = [stap for stap in stappen if stap.soort == "bezoek_opgeroepen"]
    zonder = [stap for stap in oproepen if "gebeurd_op" in stap.na]
    assert len(oproepen) >= len(verloop.gekomen)
    assert len(zonder) == zaal.zonder_verbinding
    assert nagespeeld.uitgelegd == len(oproepen) - len(zonder)
    echt = {bezoek.id: bezoek for bezoek in stand.bezoeken}
    for na in nagespeeld.bezoeken:
        velden = ("toestand", "balie", "gewerkt", "klaar_op", "aangemeld_op")
        assert [getattr(na, v) for v in velden] == [getattr(echt[na.id], v) for v in velden]


def check_verslag(zaal: Dienstzaal, waarheid: Waarheid, verloop: Verloop) -> None:
    """Het verslag telt wat er in het echt gebeurde."""
    stand = zaal.stand(verloop.klaar_om or moment("23.00"))
    verslag = make_verslag(stand, zaal.dienst.load_stappen(DAG))
    zonder = [m for m in waarheid.zonder if m.id in verloop.gekomen]
    assert verslag.afspraken == len(waarheid.afspraken)
    assert verslag.zonder_afspraak == len(zonder)
    assert verslag.geholpen == len(verloop.geholpen) == len(verloop.gekomen)
    assert verslag.niet_gekomen == sum(m.id not in verloop.gekomen for m in waarheid.afspraken)
    assert sum(reden.aantal for reden in verslag.geweigerd) == len(verloop.geweigerd)
    assert verslag.open_bezoeken == 0
    per_product = Counter(r.naam for m in waarheid.mensen if m.id in verloop.geholpen for r in m.plan.regels)
    assert {rij.naam: rij.gedaan for rij in verslag.per_product if rij.gedaan} == per_product
    gewacht = []
    for mens in waarheid.mensen:
        if mens.id in verloop.gekomen:
            vanaf = max(om for om in (verloop.gekomen[mens.id], mens.tijd) if om is not None)
            gewacht.append(max(0.0, (verloop.opgeroepen[mens.id][0] - vanaf).total_seconds() / 60))
    assert verslag.wacht.aantal == len(gewacht)
    assert verslag.wacht.mediaan is not None
    # De klok van de agenda loopt door terwijl een stap wordt gedaan: een seconde of twee verschil mag.
    assert math.isclose(verslag.wacht.mediaan, statistics.median(gewacht), abs_tol=0.1)
    laatste = max(verloop.geholpen.values())
    over = (laatste - moment("20.00")).total_seconds() / 60
    assert verslag.uitloop in {max(0, math.ceil(over)), max(0, math.ceil(over + 0.05))}
    soorten = Counter(bezoek.soort for bezoek in stand.bezoeken)
    assert soorten[SoortBezoek.AFSPRAAK] == len(waarheid.afspraken)
