"""Beloften: maken, terugvinden, en weten of zij zijn nagekomen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from frontoffice.domain.belofte import Beloftestand, format_belofte
from frontoffice.domain.concept import Actorsoort, Gesprekspartner
from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.normen import GEWOON, Waarvoor
from frontoffice.domain.registratie import Toestand
from frontoffice.domain.terugbellen import Wiens
from frontoffice.ports import Stop
from frontoffice.services.beloften import Beloftedienst, Beloftevraag
from frontoffice.services.registreren import Registreerinstellingen
from frontoffice.uitvoeren import Uitvoerder
from tests.bouwers import BSN, NU, VANDAAG
from tests.nep_registratie import Rij
from tests.services.terugbelbouw import GROEN, Collega, Kantoor

KLANT = Gesprekspartner("A. Jansen", "1-12-1985", bsn=BSN, partij_uuid="71a5eedd-6b52-4a8f-a9bc-e03f2d0632be")
VRAAG = Beloftevraag(
    "of de stoep is gemaakt", GROEN, VANDAAG + timedelta(days=2), VANDAAG + timedelta(days=3), "telefoon",
    klant=KLANT,
)  # fmt: skip


@pytest.fixture(scope="module")
def uitvoerder() -> Iterator[Uitvoerder]:
    eigen = Uitvoerder()
    yield eigen
    eigen.close()


@pytest.fixture
def kantoor() -> Kantoor:
    return Kantoor()


@pytest.fixture
def bos(kantoor: Kantoor, uitvoerder: Uitvoerder) -> Collega:
    return Collega(kantoor, uitvoerder)


@pytest.fixture
def dienst(kantoor: Kantoor, bos: Collega, uitvoerder: Uitvoerder) -> Beloftedienst:
    eigen = Registreerinstellingen(bos.id, bos.naam, ("telefoon",), "telefoon")
    return Beloftedienst(
        bos.lijst, kantoor.taken, lambda: bos.winkel, kantoor.klok, uitvoerder, eigen, GEWOON
    )


def _taak(kantoor: Kantoor) -> Any:
    return kantoor.taken._to_taak(kantoor.register.van("taak")[-1])


def test_een_belofte_staat_als_taak_in_het_register_en_is_weer_te_lezen(
    kantoor: Kantoor, bos: Collega, dienst: Beloftedienst
) -> None:
    dienst.promise(VRAAG)
    (rij,) = bos.send()
    assert rij.toestand is Toestand.STAAT_IN_REGISTER
    taak = _taak(kantoor)
    assert taak.toelichting.splitlines() == [
        "Doen uiterlijk 24-11-2026. Beloofd: 25-11-2026.",
        "of de stoep is gemaakt",
    ]
    assert rij.registratie.taak is not None
    assert rij.registratie.taak.handeling == "Laten weten: of de stoep is gemaakt"
    (belofte,) = dienst.load_open(Wiens.ALLE, Stop())
    assert (belofte.bellen, belofte.beloofd, belofte.stand) == (False, date(2026, 11, 25), Beloftestand.OPEN)


@pytest.mark.parametrize(
    ("waarover", "veld"),
    [
        ({"zaak": "8b1a1b53-46ad-485a-b3af-3e40a158ffbf"}, "zaken"),
        ({"melding": "1234"}, "meldingen"),
        ({"afspraak": "A-12"}, "afspraak"),
    ],
)
def test_een_belofte_hoort_bij_een_zaak_melding_of_afspraak(
    bos: Collega, dienst: Beloftedienst, waarover: dict[str, str], veld: str
) -> None:
    dienst.promise(replace(VRAAG, **waarover))  # type: ignore[arg-type]  # elk veld is tekst
    (rij,) = bos.winkel.load_verzendingen()
    (waarde,) = waarover.values()
    gevonden = (
        rij.registratie.metadata["afspraak"] if veld == "afspraak" else getattr(rij.registratie, veld)[0]
    )
    assert gevonden == waarde


def test_een_belofte_tijdens_het_terugbellen_hangt_aan_dat_gesprek(
    kantoor: Kantoor, bos: Collega, dienst: Beloftedienst
) -> None:
    uuid = kantoor.add(f"{format_belofte(VANDAAG, VANDAAG)}\nBel over de kap.")
    dienst.promise(replace(VRAAG, verzoek=bos.zie(uuid)))
    bos.send()
    assert kantoor.taak(uuid).tekst.gesproken.aantal == 1
    assert _taak(kantoor).tekst.datums is not None
    assert len(kantoor.register.van("contact")) == 1


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"wat": " "}, "wat_ontbreekt"),
        ({"kanaal": ""}, "kanaal"),
        ({"aan": replace(GROEN, object_id="", naam="")}, "aan_ontbreekt"),
        ({"uiterlijk": VANDAAG - timedelta(days=1)}, "uiterlijk"),
        ({"beloofd": VANDAAG}, "beloofd"),
        ({"wat": "x" * 900}, "te_lang"),
        ({"notitie": "x" * 1001}, "te_lang"),
    ],
)
def test_een_belofte_die_niet_kan_wordt_niet_gedaan(
    bos: Collega, dienst: Beloftedienst, anders: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvoerFout) as fout:
        dienst.promise(replace(VRAAG, **anders))
    assert fout.value.code == code
    assert bos.winkel.load_verzendingen() == ()


def test_de_voorgestelde_dag_is_die_van_de_norm(kantoor: Kantoor, dienst: Beloftedienst) -> None:
    assert dienst.propose_datum(bellen=True) == GEWOON.find_datum(Waarvoor.TERUGBELLEN, VANDAAG)
    assert dienst.propose_datum() == date(2026, 11, 27)


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
    kantoor: Kantoor, dienst: Beloftedienst, dagen: int, verteld: int | None, is_open: bool, stand: Any
) -> None:
    dag = VANDAAG + timedelta(days=dagen)
    tekst = format_belofte(dag, dag)
    if verteld is not None:
        tekst += f"\nVerteld op {VANDAAG + timedelta(days=verteld):%d-%m-%Y} via e-mail."
    kantoor.taken._rij(kantoor.add(tekst)).velden["open"] = is_open
    (belofte,) = dienst.load_periode(VANDAAG - timedelta(days=30), VANDAAG, Stop())
    assert belofte.stand is stand


def test_een_periode_leest_niet_verder_terug_dan_nodig(kantoor: Kantoor, dienst: Beloftedienst) -> None:
    for nr in range(1200):
        uuid = kantoor.add(format_belofte(VANDAAG, VANDAAG))
        velden = kantoor.taken._rij(uuid).velden
        velden["gezet"], velden["open"] = NU - timedelta(days=(1200 - nr) // 10), False
    kantoor.register.vragen.clear()
    gevonden = dienst.load_periode(VANDAAG - timedelta(days=6), VANDAAG, Stop())
    assert len(gevonden) == 69
    assert kantoor.register.vragen.count("GET taken") == 8


def test_wat_ik_zelf_beloofde_vind_ik_terug_bij_wie_het_ook_ligt(
    kantoor: Kantoor, dienst: Beloftedienst
) -> None:
    ik = kantoor.add_actor(Actorsoort.MEDEWERKER, "s.bos")
    uuid = kantoor.add(format_belofte(VANDAAG, VANDAAG), ("actor-ander",))
    kantoor.add(format_belofte(VANDAAG, VANDAAG))
    contact = kantoor.taak(uuid).klantcontact_uuid
    kantoor.register.rijen.append(Rij("koppeling", "k1", {"contact": contact, "actor": ik}))
    assert [belofte.taak_uuid for belofte in dienst.load_door_mij(Stop())] == [uuid]
