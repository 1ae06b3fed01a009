"""Veel collega's en veel pech op dezelfde verzoeken: niets kwijt, niets dubbel, niets stil overschreven."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontoffice.domain.belofte import format_belofte
from frontoffice.domain.contact import InterneTaak
from frontoffice.domain.registratie import Registratie, Toestand, Verzending
from frontoffice.domain.taakwijziging import Taakactie
from frontoffice.ports import Stop
from frontoffice.registratiepoort import Wijziging
from frontoffice.services.terugbellen import stap_van
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import NU, VANDAAG
from tests.nep_registratie import DICHT, NIETS, STORING, WEG
from tests.services.terugbelbouw import BURGERZAKEN, GROEN, Collega, Kantoor

BELOFTE = f"{format_belofte(VANDAAG, VANDAAG)}\nBel over de kap."


@pytest.fixture(scope="module")
def uitvoerder() -> Iterator[Uitvoerder]:
    eigen = Uitvoerder(32)
    yield eigen
    eigen.close()


def _doe_iets(wie: Collega, uuid: str, toeval: random.Random) -> None:
    """Een handeling op wat deze collega nu ziet."""
    rij = wie.zie(uuid)
    keuze = toeval.choice([*["niet bereikt"] * 3, "gesproken", "overnemen", "groen", "burgerzaken"])
    if keuze == "niet bereikt":
        wie.dienst.niet_bereikt(rij)
    elif keuze == "gesproken":
        wie.dienst.gesproken(rij, "Gesproken.")
    elif keuze == "overnemen":
        wie.dienst.overnemen(rij)
    else:
        aan = GROEN if keuze == "groen" else BURGERZAKEN
        wie.dienst.doorgeven(rij, aan, f"{wie.naam} {len(wie.winkel.rijen)}")


def _send_tot_klaar(wie: Collega, kantoor: Kantoor, rondes: int = 60) -> None:
    """Tot er niets meer onderweg is; wat *Actie nodig* heeft, blijft staan: dat ziet de medewerker."""
    for _ in range(rondes):
        kantoor.klok.zet_vooruit(seconds=400)
        wie.verzenden.send(Stop())
        if wie.winkel.count_wachtend()[0] == wie.winkel.count_wachtend()[1]:
            return
    raise AssertionError([rij.fout for rij in wie.winkel.load_verzendingen(ook_verstuurd=False)])


def check_niets_stil_weg(kantoor: Kantoor, uuid: str, rijen: list[Verzending]) -> None:
    """Elk gesprek staat er één keer en is geteld; wie "staat in het register" las, vindt het zijne terug."""
    taak = kantoor.taak(uuid)
    contacten = [str(rij.velden["sleutel"]) for rij in kantoor.register.van("contact")]
    gesprekken = [rij.opdracht.uuid for rij in rijen if isinstance(rij.opdracht, Registratie)]
    assert sorted(contacten) == sorted(gesprekken)
    geteld = {Taakactie.NIET_BEREIKT: taak.tekst.niet_bereikt, Taakactie.GESPROKEN: taak.tekst.gesproken}
    for actie, telling in geteld.items():
        gedaan = [rij for rij in rijen if (stap := stap_van(rij)) and stap.actie is actie]
        assert telling.aantal == len(gedaan), (actie, taak.toelichting)
    assert taak.tekst.vraag == "Bel over de kap."
    assert taak.tekst.datums is not None
    _check_doorgaven(taak, rijen)


def _check_doorgaven(taak: InterneTaak, rijen: list[Verzending]) -> None:
    """Oude doorgaven mogen plaatsmaken voor nieuwe; wie het laatst aan de beurt was, heeft het verzoek."""
    klaar = [
        stap
        for rij in rijen
        if (stap := stap_van(rij)) is not None
        and rij.toestand is Toestand.STAAT_IN_REGISTER
        and stap.actie in (Taakactie.OVERNEMEN, Taakactie.DOORGEVEN)
    ]
    if not klaar:
        return
    staat_er = {(d.door, d.reden) for d in taak.tekst.doorgaven}
    gemeld = {(stap.door, stap.reden) for stap in klaar}
    assert staat_er <= gemeld
    assert len(staat_er) == len(gemeld) or len(taak.toelichting) > 600, gemeld - staat_er
    laatste = taak.tekst.doorgaven[-1]
    doel = "actor-groen" if laatste.aan == "Team Groen" else "actor-burgerzaken"
    if laatste.door != laatste.aan:
        assert taak.actor_uuids == (doel,)


def _maak_kantoor(uitvoerder: Uitvoerder) -> tuple[Kantoor, str]:
    from frontoffice.domain.concept import Actorsoort

    kantoor = Kantoor()
    for object_id in ("burgerzaken", "groen"):
        kantoor.add_actor(Actorsoort.AFDELING, object_id)
    return kantoor, kantoor.add(BELOFTE, ("actor-burgerzaken",))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(zaad=st.integers(0, 2**32))
def test_wat_er_ook_misgaat_elke_handeling_telt_precies_een_keer(zaad: int) -> None:
    """Vastleggen en dan wegvallen bij elke schrijfvraag, tussen drie collega's door."""
    uitvoerder = Uitvoerder(4)
    try:
        _run_rampspoed(uitvoerder, random.Random(zaad))
    finally:
        uitvoerder.close()


def _run_rampspoed(uitvoerder: Uitvoerder, toeval: random.Random) -> None:
    kantoor, uuid = _maak_kantoor(uitvoerder)
    namen = ("S. Bos", "A. Deniz", "P. Kroeze")
    collegas = [Collega(kantoor, uitvoerder, naam, zaad=toeval.randrange(99)) for naam in namen]
    for wie in collegas:
        for _ in range(3):
            _doe_iets(wie, uuid, toeval)
            kantoor.klok.zet_vooruit(minutes=1)
    kans = [0.5]

    def pech(soort: str, _: int) -> str:
        if toeval.random() >= kans[0]:
            return ""
        schrijft = soort.startswith("P")
        return toeval.choice([WEG, DICHT, STORING, NIETS] if schrijft else [WEG, DICHT])

    kantoor.register.pech = pech
    for _ in range(12):
        kantoor.klok.zet_vooruit(seconds=400)
        toeval.choice(collegas).verzenden.send(Stop())
    kans[0] = 0.0
    for wie in collegas:
        _send_tot_klaar(wie, kantoor)
    _accept_alles(collegas, kantoor)
    check_niets_stil_weg(kantoor, uuid, [rij for wie in collegas for rij in wie.winkel.load_verzendingen()])


def _accept_alles(collegas: list[Collega], kantoor: Kantoor) -> None:
    """Iedereen kiest Opnieuw bij wat *Actie nodig* heeft: daarna is alles gedaan."""
    for _ in range(20):
        open_ = False
        for wie in collegas:
            for rij in wie.winkel.load_verzendingen(ook_verstuurd=False):
                assert rij.toestand is Toestand.ACTIE_NODIG
                assert rij.fout.startswith(("S. Bos", "A. Deniz", "P. Kroeze", "Een collega")), rij.fout
                wie.winkel.update(rij.id, Wijziging(Toestand.WORDT_NAGEKEKEN, niet_voor=NU, fout=""))
                open_ = True
            _send_tot_klaar(wie, kantoor)
        if not open_:
            return
    raise AssertionError("het komt niet tot rust")


def test_tweehonderd_gelijktijdige_wijzigingen_van_een_verzoek_overschrijven_niets_stil(
    uitvoerder: Uitvoerder,
) -> None:
    """Twintig werkplekken, elk tien handelingen, en schrijfvragen die tot 20 ms onderweg zijn."""
    kantoor, uuid = _maak_kantoor(uitvoerder)
    traag = random.Random(7)
    kantoor.taken.vertraag = lambda: traag.uniform(0.0, 0.02)
    collegas = [Collega(kantoor, uitvoerder, f"Medewerker {nr:02}", rust=0.1, zaad=nr) for nr in range(20)]
    for wie in collegas:
        toeval = random.Random(wie.naam)
        for _ in range(10):
            _doe_iets(wie, uuid, toeval)
    kantoor.klok.zet_vooruit(seconds=60)

    def werk(wie: Collega) -> None:
        einde = time.monotonic() + 60
        while time.monotonic() < einde:
            wie.verzenden.send(Stop(), alles=True)
            wachtend, actie = wie.winkel.count_wachtend()
            if wachtend == actie:
                return
        raise AssertionError("het komt niet tot rust")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(werk, collegas))
    rijen = [rij for wie in collegas for rij in wie.winkel.load_verzendingen()]
    assert len(rijen) == 200
    assert {rij.toestand for rij in rijen} <= {Toestand.STAAT_IN_REGISTER, Toestand.ACTIE_NODIG}
    assert all(rij.fout for rij in rijen if rij.toestand is Toestand.ACTIE_NODIG)
    gesprekken = [rij for rij in rijen if isinstance(rij.opdracht, Registratie)]
    assert all(rij.toestand is Toestand.STAAT_IN_REGISTER for rij in gesprekken)
    check_niets_stil_weg(kantoor, uuid, rijen)
