"""Beloften: maken, terugvinden, en weten of zij zijn nagekomen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from frontoffice.domain.belofte import Beloftestand, format_belofte
from frontoffice.domain.concept import (
    Actorsoort,
    Afsluiting,
    Gesprekspartner,
    Terugbelverzoek,
    ZaakKoppeling,
)
from frontoffice.domain.normen import GEWOON, Waarvoor
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Aanroep, Stop
from frontoffice.services.beloften import Beloftedienst, make_belofte
from frontoffice.services.registreren import ConceptFout, Registreerdienst, Registreerinstellingen
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN, VANDAAG
from tests.nep_registratie import Rij
from tests.services.terugbelbouw import GROEN, Collega, Kantoor

KLANT = Gesprekspartner("A. Jansen", "1-12-1985", bsn=BSN, partij_uuid="71a5eedd-6b52-4a8f-a9bc-e03f2d0632be")
ZAAK = "8b1a1b53-46ad-485a-b3af-3e40a158ffbf"
BELOFTE = Terugbelverzoek(
    GROEN, "De stoep ligt los.", VANDAAG + timedelta(days=2), VANDAAG + timedelta(days=3), "",
    laten_weten="of de stoep is gemaakt",
)  # fmt: skip


@pytest.fixture
def dienst(kantoor: Kantoor, bos: Collega, uitvoerder: Uitvoerder) -> Beloftedienst:
    return Beloftedienst(bos.lijst, kantoor.taken, kantoor.klok, uitvoerder)


def _taak(kantoor: Kantoor) -> Any:
    return kantoor.taken._to_taak(kantoor.register.van("taak")[-1])


def _rond_af(bos: Collega, **anders: Any) -> None:
    """Een gesprek waarin iets is beloofd, zoals de strook het afrondt."""
    eigen = Registreerinstellingen(bos.id, bos.naam, ("telefoon",), "telefoon")
    dienst = Registreerdienst(bos.winkel, bos.kantoor.klok, eigen)
    concept = replace(
        dienst.start(), klant=KLANT, notitie="Vroeg naar de stoep.", terugbel=BELOFTE,
        afsluiting=Afsluiting.TERUGBELVERZOEK,
    )  # fmt: skip
    dienst.finish(replace(concept, **anders), ongedaan_s=0)


def test_een_belofte_staat_als_taak_in_het_register_en_is_weer_te_lezen(
    kantoor: Kantoor, bos: Collega, dienst: Beloftedienst
) -> None:
    _rond_af(bos)
    (rij,) = bos.send()
    assert rij.toestand is Toestand.STAAT_IN_REGISTER
    taak = _taak(kantoor)
    assert taak.toelichting.splitlines() == [
        "Doen uiterlijk 24-11-2026. Beloofd: 25-11-2026.",
        "De stoep ligt los.",
    ]
    assert rij.registratie.taak is not None
    assert rij.registratie.taak.handeling == "Laten weten: of de stoep is gemaakt"
    (belofte,) = dienst.load_open(Wiens.ALLE, Stop())
    assert (belofte.bellen, belofte.beloofd, belofte.stand) == (False, date(2026, 11, 25), Beloftestand.OPEN)


@pytest.mark.parametrize(
    ("waarover", "hangt_aan"),
    [
        ({"zaken": (ZaakKoppeling(ZAAK, "ZAAK-1", "Kapvergunning"),)}, ZAAK),
        ({"meldingen": ("1234",)}, "1234"),
    ],
)
def test_een_belofte_over_een_zaak_of_melding_hangt_daaraan_bij_hetzelfde_contact(
    kantoor: Kantoor, bos: Collega, waarover: dict[str, Any], hangt_aan: str
) -> None:
    _rond_af(bos, **waarover)
    bos.send()
    (contact,) = kantoor.register.van("contact")
    assert kantoor.register.find_zaken(contact.uuid, Aanroep.van(5)) == (hangt_aan,)
    assert _taak(kantoor).klantcontact_uuid == contact.uuid


def test_een_belofte_over_een_afspraak_noemt_haar_nummer(bos: Collega) -> None:
    _rond_af(bos, afspraak="2026-00041")
    (rij,) = bos.winkel.load_verzendingen()
    assert rij.registratie.metadata["afspraak"] == "2026-00041"
    assert rij.registratie.metadata["terugbellenbeloofd"] == "2026-11-25"


def test_een_belofte_tijdens_het_terugbellen_hangt_aan_dat_gesprek(kantoor: Kantoor, bos: Collega) -> None:
    uuid = kantoor.add(f"{format_belofte(VANDAAG, VANDAAG)}\nBel over de kap.")
    bos.dienst.gesproken(bos.zie(uuid), "Wil weten of de stoep klaar is.", belofte=BELOFTE, ongedaan_s=0)
    bos.send()
    assert kantoor.taak(uuid).tekst.gesproken.aantal == 1
    assert kantoor.taak(uuid).is_open
    nieuw = _taak(kantoor)
    assert nieuw.uuid != uuid
    assert nieuw.tekst.datums is not None
    assert len(kantoor.register.van("contact")) == 1


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"vraag": " "}, "terugbel_vraag"),
        ({"aan": replace(GROEN, object_id="", naam="")}, "terugbel"),
        ({"uiterlijk": VANDAAG - timedelta(days=1)}, "uiterlijk"),
        ({"beloofd": VANDAAG}, "beloofd"),
        ({"vraag": "x" * 900}, "terugbel_vraag"),
    ],
)
def test_een_belofte_die_niet_kan_wordt_ook_tijdens_het_terugbellen_niet_gedaan(
    kantoor: Kantoor, bos: Collega, anders: dict[str, Any], veld: str
) -> None:
    rij = bos.zie(kantoor.add(format_belofte(VANDAAG, VANDAAG)))
    with pytest.raises(ConceptFout) as fout:
        bos.dienst.gesproken(rij, "Gesproken.", belofte=replace(BELOFTE, **anders))
    assert fout.value.fouten[0].veld == veld
    assert bos.winkel.load_verzendingen() == ()


def test_de_voorgestelde_dag_volgt_de_norm_van_bellen_of_van_laten_weten(bos: Collega) -> None:
    eigen = Registreerinstellingen(bos.id, bos.naam, ("telefoon",), "telefoon")
    voorstel = Registreerdienst(bos.winkel, bos.kantoor.klok, eigen).propose_terugbel
    bellen, weten = voorstel(GROEN, "", ""), voorstel(GROEN, "", "", laten_weten=True)
    assert bellen.beloofd == GEWOON.find_datum(Waarvoor.TERUGBELLEN, VANDAAG)
    assert weten.beloofd == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("dagen", "verteld", "is_open", "stand"),
    [
        (1, None, True, Beloftestand.OPEN),
        (-1, None, True, Beloftestand.TE_LAAT),
        (0, 0, False, Beloftestand.GEHOUDEN),
        (-1, 0, False, Beloftestand.NIET_GEHOUDEN),
        (-1, None, False, Beloftestand.ONBEKEND),
    ],
)
def test_een_belofte_is_pas_gehouden_als_de_klant_het_op_tijd_wist(
    kantoor: Kantoor, dagen: int, verteld: int | None, is_open: bool, stand: Any
) -> None:
    dag = VANDAAG + timedelta(days=dagen)
    tekst = format_belofte(dag, dag)
    if verteld is not None:
        tekst += f"\nVerteld op {VANDAAG + timedelta(days=verteld):%d-%m-%Y} via e-mail."
    uuid = kantoor.add(tekst)
    kantoor.taken._rij(uuid).velden["open"] = is_open
    belofte = make_belofte(kantoor.taken.load_taak(uuid, Aanroep.van(5)), VANDAAG)
    assert belofte is not None
    assert belofte.stand is stand


def test_wat_ik_zelf_beloofde_vind_ik_terug_bij_wie_het_ook_ligt(
    kantoor: Kantoor, dienst: Beloftedienst
) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, "s.bos")
    uuid = kantoor.add(format_belofte(VANDAAG, VANDAAG), ("actor-ander",))
    kantoor.add(format_belofte(VANDAAG, VANDAAG))
    contact = kantoor.taak(uuid).klantcontact_uuid
    kantoor.register.rijen.append(Rij("koppeling", "k1", {"contact": contact, "actor": ik}))
    assert [belofte.taak_uuid for belofte in dienst.load_door_mij(Stop())] == [uuid]
