"""De delen van Vandaag uit de registers: alleen wat te zien is wordt opgezocht, een team blijft een getal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from frontoffice.domain.belofte import format_belofte
from frontoffice.domain.concept import Actorsoort
from frontoffice.ports import Aanroep
from frontoffice.services.beloften import Beloftedienst
from frontoffice.services.vandaag import MEESTE_REGELS, find_eerste
from frontoffice.services.vandaagladen import Belofteladers, Terugbelladers
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import maak_naam, maak_partij
from tests.nep import VANDAAG
from tests.nep_registratie import Rij
from tests.services.terugbelbouw import Collega, Kantoor


@pytest.fixture
def kantoor() -> Kantoor:
    return Kantoor()


@pytest.fixture
def collega(kantoor: Kantoor) -> Iterator[Collega]:
    uitvoerder = Uitvoerder()
    yield Collega(kantoor, uitvoerder)
    uitvoerder.close()


def beloofd(over: int) -> str:
    dag = VANDAAG + timedelta(days=over)
    return f"{format_belofte(dag, dag)}\nWanneer is het klaar?"


def laders(collega: Collega) -> Terugbelladers:
    return Terugbelladers(collega.lijst, collega.kantoor.klok)


def test_mijn_beloften_komen_met_wie_het_is(kantoor: Kantoor, collega: Collega) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, collega.id)
    partij = maak_partij(naam=maak_naam(aanschrijfnaam="J. Yılmaz"))
    kantoor.add(beloofd(-2), (ik,), partij=partij)
    kantoor.add(beloofd(-9), ("actor-ander",))
    deel = laders(collega).load_beloften(Aanroep.van(5))
    (regel,) = deel.regels
    assert regel.titel == "Terugbellen: J. Yılmaz"
    assert regel.merk == "2 dagen te laat"
    assert "Wanneer is het klaar?" in regel.onder


def test_alleen_van_de_regels_die_te_zien_zijn_wordt_opgezocht_wie_het_is(
    kantoor: Kantoor, collega: Collega
) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, collega.id)
    for over in range(30):
        kantoor.add(beloofd(over - 20), (ik,))
    deel = laders(collega).load_beloften(Aanroep.van(5))
    assert deel.totaal == 30
    getoond = [regel for regel in collega.logboek.regels if regel.handeling == "terugbelverzoek_getoond"]
    assert len(getoond) == MEESTE_REGELS
    laders(collega).load_beloften(Aanroep.van(5))
    assert len(collega.logboek.regels) == MEESTE_REGELS  # de tweede keer is het al bekend


def test_een_vertrouwelijke_vraag_staat_niet_op_vandaag(kantoor: Kantoor, collega: Collega) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, collega.id)
    kantoor.add(beloofd(-1), (ik,), vertrouwelijk=True)
    (regel,) = laders(collega).load_beloften(Aanroep.van(5)).regels
    assert "Wanneer is het klaar?" not in regel.onder


def test_het_team_telt_en_zoekt_van_niemand_op_wie_het_is(kantoor: Kantoor, collega: Collega) -> None:
    team = kantoor.add_actor(Actorsoort.AFDELING, "burgerzaken")
    kantoor.add(beloofd(-1), (team,))
    kantoor.add(beloofd(0), (team,))
    (regel,) = laders(collega).load_team(Aanroep.van(5)).regels
    assert (regel.titel, regel.onder) == ("1 te laat", "1 voor vandaag · 2 verzoeken open")
    assert not collega.logboek.regels


def test_zonder_afdeling_staat_er_wat_er_moet_gebeuren_en_geen_fout(kantoor: Kantoor) -> None:
    uitvoerder = Uitvoerder()
    try:
        deel = laders(Collega(kantoor, uitvoerder, afdelingen=())).load_team(Aanroep.van(5))
    finally:
        uitvoerder.close()
    assert deel.regels == ()
    assert deel.leeg.startswith("Er is niet ingesteld bij welke afdeling u hoort.")


def test_wat_ik_beloofde_en_bij_een_ander_ligt_blijft_voor_mij_te_zien(
    kantoor: Kantoor, collega: Collega
) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, collega.id)
    groen = kantoor.add_actor(Actorsoort.AFDELING, "groen")
    eigen, bij_mij = kantoor.add(beloofd(-2), (groen,)), kantoor.add(beloofd(1), (ik, groen))
    kantoor.add(beloofd(-9), (groen,))  # van een collega
    for nummer, uuid in enumerate((eigen, bij_mij)):
        contact = kantoor.taak(uuid).klantcontact_uuid
        kantoor.register.rijen.append(Rij("koppeling", f"k{nummer}", {"contact": contact, "actor": ik}))
    dienst = Beloftedienst(collega.lijst, kantoor.taken, kantoor.klok, collega.uitvoerder)
    deel = Belofteladers(dienst, collega.lijst, kantoor.klok).load_bij_ander(Aanroep.van(5))
    (regel,) = deel.regels
    assert (regel.doel.id, regel.merk) == (f"alle:{eigen}", "2 dagen te laat")
    assert regel.onder.endswith("ligt bij Groen")
    assert find_eerste([deel]) is None  # een ander is aan zet
