"""Registreren op de demoserver: wat is geschreven, staat er, en wat onzeker is, is op te zoeken."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from frontoffice.central.bouw import Aansluitingen, build
from frontoffice.demo.klantinteracties import TOKEN
from frontoffice.demo.server import DemoServer
from frontoffice.domain.concept import Actorsoort, Afdeling, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    Onbereikbaar,
    OnverwachtAntwoord,
    RegisterFout,
    Storing,
)
from frontoffice.domain.klant import BedrijfSleutel, PersoonSleutel
from frontoffice.domain.registratie import Deelnemer, Registratie, Rol, Taakopgave
from frontoffice.domain.taakwijziging import METADATA_ACTIE, METADATA_TAAK, Taakactie
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import Contactregister
from tests.central.conftest import GeheugenOpslag, make_instellingen
from tests.demo.hulp import VANDAAG

RUIM = 30.0
BEGIN = datetime(2026, 11, 16, 8, 0, 0, 1, tzinfo=UTC)


@pytest.fixture
def demo() -> Iterator[DemoServer]:
    with DemoServer(seed=1, vandaag=VANDAAG) as server:
        server.wereld.warm_up()  # anders telt het maken van duizenden contacten mee in het eerste verzoek
        yield server


@pytest.fixture
def op_demo(demo: DemoServer) -> Iterator[Aansluitingen]:
    instellingen = make_instellingen(demo.basis)
    instellingen["klantinteracties"] = replace(instellingen["klantinteracties"], geheim=lambda: TOKEN)
    gebouwd = build(instellingen, opslag=GeheugenOpslag())
    yield gebouwd
    gebouwd.close()


@pytest.fixture
def register(op_demo: Aansluitingen) -> Contactregister:
    return op_demo.contactregister


def make(nummer: int = 1) -> Registratie:
    return Registratie(
        uuid=f"{nummer:08d}-0000-4000-8000-000000000000",
        referentienummer=f"{9000000000 + nummer}",
        medewerker="s.bos",
        medewerker_naam="Sietske Bos",
        kanaal="telefoon",
        onderwerp=f"Vraag {nummer}",
        inhoud="Een notitie.",
        taal="nld",
        vertrouwelijk=False,
        gelukt=True,
        plaatsgevonden_op=BEGIN + timedelta(minutes=nummer),
        groep="g",
    )


def wie(demo: DemoServer, rol: str) -> Gesprekspartner:
    return Gesprekspartner("Een inwoner", bsn=demo.wereld.persoon_met_rol(rol).bsn)


def test_een_gesprek_over_een_zaak_met_terugbelverzoek_kost_drie_verzoeken_en_staat_in_beeld(
    demo: DemoServer, op_demo: Aansluitingen, register: Contactregister
) -> None:
    mens = wie(demo, "gewoon")
    partij = register.find_partij(mens, Aanroep.van(RUIM))
    actor = register.find_actor(Actorsoort.MEDEWERKER, "s.bos", Aanroep.van(RUIM))
    afdeling = register.find_actor(Actorsoort.AFDELING, "BURGERZAKEN", Aanroep.van(RUIM))
    assert partij
    assert actor
    assert afdeling
    zaak = demo.wereld.zaken[0].uuid
    demo.clear_log()
    aanroep = Aanroep.van(RUIM)
    contact = register.make_contact(make(), Deelnemer(mens), partij, zaak, aanroep)
    register.link_actor(contact.uuid, actor, aanroep)
    bij = Afdeling(Actorsoort.AFDELING, "BURGERZAKEN", "Burgerzaken")
    taak = register.make_taak(
        contact.uuid, afdeling, Taakopgave(bij, "Terugbellen", "Uiterlijk dinsdag"), aanroep
    )
    assert contact.echo
    assert len(demo.log) == len(aanroep.verzoeken) == 3

    sleutel = PersoonSleutel(Bsn(mens.bsn))
    eerste = op_demo.klantinteracties.load_klantcontacten(sleutel, 1, Aanroep.van(RUIM)).rijen[0]
    assert (eerste.uuid, eerste.onderwerp) == (contact.uuid, "Vraag 1")
    assert [t.uuid for t in eerste.taken] == [taak]
    assert [a.naam for a in eerste.actoren] == ["Sietske Bos"]
    assert eerste.plaatsgevonden_op == make().plaatsgevonden_op
    heel = op_demo.klantinteracties.load_klantcontact(contact.uuid, Aanroep.van(RUIM))
    assert [o.object_id for o in heel.onderwerpobjecten] == [zaak]
    (eigen,) = op_demo.klantinteracties.find_partijen(sleutel, Aanroep.van(RUIM))
    assert contact.betrokkene_uuid in eigen.betrokkene_uuids


def test_elke_stap_vindt_haar_eigen_eerdere_resultaat(demo: DemoServer, register: Contactregister) -> None:
    aanroep = Aanroep.van(RUIM)
    registratie = make()
    contact = register.make_contact(registratie, None, "", "", aanroep)
    gevonden = register.find_contact(registratie.referentienummer, aanroep)
    op_tijd = register.find_contact_op_tijd(registratie, aanroep)
    assert gevonden is not None
    assert gevonden == op_tijd
    assert (gevonden.uuid, gevonden.sleutel) == (contact.uuid, registratie.uuid)

    namens = Deelnemer(Gesprekspartner("P. de Vries"), Rol.VERTEGENWOORDIGER, initiator=False)
    betrokkene = register.make_betrokkene(contact.uuid, namens, "", aanroep)
    telefoon = NieuwAdres("telefoonnummer", "+31612345678")
    register.make_adres(telefoon, betrokkene_uuid=betrokkene, aanroep=aanroep)
    (eigen,) = register.find_betrokkenen(contact.uuid, aanroep)
    assert (eigen.uuid, eigen.rol, eigen.naam) == (betrokkene, "vertegenwoordiger", "P. de Vries")
    assert eigen.adressen == ("+31612345678",)
    assert register.find_adressen_van(betrokkene_uuid=betrokkene, aanroep=aanroep) == ("+31612345678",)

    zaak = demo.wereld.zaken[1].uuid
    register.link_zaak(contact.uuid, zaak, aanroep)
    assert register.find_zaken(contact.uuid, aanroep) == (zaak,)

    assert register.find_actor(Actorsoort.MEDEWERKER, "n.nieuw", aanroep) == ""
    actor = register.make_actor(Actorsoort.MEDEWERKER, "n.nieuw", "N. Nieuw", aanroep)
    assert register.find_actor(Actorsoort.MEDEWERKER, "n.nieuw", aanroep) == actor
    for _ in range(2):
        register.link_actor(contact.uuid, actor, aanroep)
    assert any(a.object_id == "n.nieuw" for a in register.find_afdelingen(aanroep))

    bij = Afdeling(Actorsoort.MEDEWERKER, "n.nieuw", "N. Nieuw")
    taak = register.make_taak(contact.uuid, actor, Taakopgave(bij, "Terugbellen", "Eerst"), aanroep)
    (gevonden_taak,) = register.find_taken(contact.uuid, aanroep)
    assert (gevonden_taak.uuid, gevonden_taak.toelichting, gevonden_taak.open) == (taak, "Eerst", True)


def test_pogingen_van_kif_en_van_een_ander_programma_tellen_bij_hetzelfde_verzoek(
    demo: DemoServer, op_demo: Aansluitingen, register: Contactregister
) -> None:
    aanroep = Aanroep.van(RUIM)
    eerst = register.make_contact(make(1), None, "", "", aanroep).uuid
    actor = register.make_actor(Actorsoort.AFDELING, "n.groep", "Groep", aanroep)
    bij = Afdeling(Actorsoort.AFDELING, "n.groep", "Groep")
    taak = register.make_taak(eerst, actor, Taakopgave(bij, "Terugbellen", "Bel terug"), aanroep)
    assert op_demo.taken.count_acties(taak, aanroep) == {}
    eigen = replace(make(2), gelukt=False, metadata={METADATA_TAAK: taak, METADATA_ACTIE: "nietbereikt"})
    register.link_taak(register.make_contact(eigen, None, "", "", aanroep).uuid, eerst, taak, aanroep)
    vreemd = replace(make(3), gelukt=False)
    register.link_taak(register.make_contact(vreemd, None, "", "", aanroep).uuid, eerst, taak, aanroep)
    bericht = replace(make(4), metadata={METADATA_TAAK: taak, METADATA_ACTIE: "bericht", "bericht": "bezig"})
    bericht = replace(bericht, metadata=bericht.metadata | {"berichtover": f"taak:{taak}"})
    register.link_taak(register.make_contact(bericht, None, "", "", aanroep).uuid, eerst, taak, aanroep)
    telling = op_demo.taken.count_acties(taak, aanroep)[Taakactie.NIET_BEREIKT]
    assert telling.aantal == 2
    assert telling.laatst == vreemd.plaatsgevonden_op
    (spoor,) = op_demo.taken.find_berichten(f"taak:{taak}", aanroep)
    assert (spoor.wat, spoor.kanaal) == ("bezig", "telefoon")
    assert op_demo.taken.find_berichten("melding:1009", aanroep) == ()


def test_een_inwoner_zonder_partij_krijgt_er_een_zonder_naam(
    demo: DemoServer, op_demo: Aansluitingen, register: Contactregister
) -> None:
    mens = wie(demo, "zonderPartij")
    assert register.find_partij(mens, Aanroep.van(RUIM)) == ""
    aanroep = Aanroep.van(RUIM)
    partij = register.make_partij(mens, aanroep)
    assert len(aanroep.verzoeken) == 1
    assert register.make_partij(mens, Aanroep.van(RUIM)) == partij
    (gevonden,) = op_demo.klantinteracties.find_partijen(PersoonSleutel(Bsn(mens.bsn)), Aanroep.van(RUIM))
    assert (gevonden.uuid, gevonden.naam.volledig) == (partij, "")
    nieuw = NieuwAdres("email", "inwoner@post.example", bewaren=True)
    register.make_adres(nieuw, partij_uuid=partij, aanroep=Aanroep.van(RUIM))
    assert register.find_adressen_van(partij_uuid=partij, aanroep=Aanroep.van(RUIM)) == (nieuw.adres,)


def test_een_vestiging_en_daarna_haar_onderneming_worden_elk_een_partij(
    op_demo: Aansluitingen, register: Contactregister
) -> None:
    vestiging = Gesprekspartner("Bakker, Losser", kvk="69599084", vestiging="000037178598")
    bedrijf = Gesprekspartner("Bakker B.V.", kvk="69599084")
    aanroep = Aanroep.van(RUIM)
    een = register.make_partij(vestiging, aanroep)
    assert len(aanroep.verzoeken) == 3
    twee = register.make_partij(bedrijf, Aanroep.van(RUIM))
    assert een != twee
    assert (
        register.make_partij(vestiging, Aanroep.van(RUIM))
        == een
        == register.find_partij(vestiging, Aanroep.van(RUIM))
    )
    assert (
        register.make_partij(bedrijf, Aanroep.van(RUIM))
        == twee
        == register.find_partij(bedrijf, Aanroep.van(RUIM))
    )
    kvk = KvkNummer("69599084")
    sleutel = BedrijfSleutel(kvk, Vestigingsnummer("000037178598"))
    (gevonden,) = op_demo.klantinteracties.find_partijen(sleutel, Aanroep.van(RUIM))
    assert (gevonden.uuid, gevonden.organisatienaam) == (een, "Bakker, Losser")


@pytest.mark.parametrize(
    ("storing", "soort", "geschreven"),
    [
        ("schrijf-weg", Onbereikbaar, True),
        ("schrijf-half", OnverwachtAntwoord, True),
        ("schrijf-fout", Storing, True),
        ("schrijf-traag", DuurtTeLang, True),
        ("schrijf-niet", Onbereikbaar, False),
        ("html", OnverwachtAntwoord, True),
        ("truncated", OnverwachtAntwoord, True),
        ("weiger", Onbereikbaar, False),
        ("fout:503", Storing, True),
    ],
)
def test_na_elke_storing_zegt_opzoeken_of_het_contact_er_staat(
    demo: DemoServer, register: Contactregister, storing: str, soort: type[RegisterFout], geschreven: bool
) -> None:
    demo.storing("klantinteracties", storing)
    aanroep = Aanroep.van(2 if storing == "schrijf-traag" else RUIM)
    with pytest.raises(RegisterFout) as fout:
        register.make_contact(make(), None, "", "", aanroep)
    assert type(fout.value) is soort
    assert not fout.value.nooit_verstuurd
    assert len(aanroep.verzoeken) == 1
    demo.storing("klantinteracties")
    gevonden = register.find_contact(make().referentienummer, Aanroep.van(RUIM))
    assert (gevonden is not None) == geschreven
    if gevonden is not None:
        assert gevonden.sleutel == make().uuid
        with pytest.raises(Afgekeurd) as dubbel:
            register.make_contact(make(), None, "", "", Aanroep.van(RUIM))
        assert dubbel.value.velden == (("klantcontact.referentienummer", "unique"),)


def test_met_dertig_procent_storingen_en_vier_verzenders_staat_elk_contact_er_precies_een_keer(
    demo: DemoServer, register: Contactregister
) -> None:
    """De kleinste verzender die het goed doet: bij twijfel eerst opzoeken, dan pas opnieuw."""
    mens = wie(demo, "gewoon")
    partij = register.find_partij(mens, Aanroep.van(RUIM))
    demo.storing("klantinteracties", "schrijf-chaos:0.3:11")
    te_doen = [make(n) for n in range(60)]
    slot = threading.Lock()
    pogingen: Counter[str] = Counter()

    def send() -> None:
        while True:
            with slot:
                if not te_doen:
                    return
                registratie = te_doen.pop()
            while True:
                pogingen[registratie.uuid] += 1
                try:
                    register.make_contact(registratie, Deelnemer(mens), partij, "", Aanroep.van(2))
                    break
                except RegisterFout:
                    gevonden = register.find_contact(registratie.referentienummer, Aanroep.van(RUIM))
                    if gevonden is not None:
                        assert gevonden.sleutel == registratie.uuid
                        break

    draden = [threading.Thread(target=send) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    van_ons = [c for c in demo.wereld.contacten if (c.metadata or {}).get("kifsleutel")]
    assert Counter(c.metadata["kifsleutel"] for c in van_ons) == {make(n).uuid: 1 for n in range(60)}
    assert sum(pogingen.values()) > 62, "er ging niets mis: deze test bewijst dan niets"
    assert all(len(c.betrokkenen) == 1 for c in van_ons)


def test_gelijktijdige_verzenders_van_dezelfde_registratie_maken_een_contact(
    demo: DemoServer, register: Contactregister
) -> None:
    demo.storing("klantinteracties", "wedloop:0.3")
    uitkomsten: Counter[str] = Counter()

    def send() -> None:
        try:
            register.make_contact(make(), None, "", "", Aanroep.van(RUIM))
            uitkomsten["gemaakt"] += 1
        except RegisterFout as fout:
            uitkomsten[type(fout).__name__] += 1

    draden = [threading.Thread(target=send) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert uitkomsten == {"gemaakt": 1, "Storing": 3}
    gevonden = register.find_contact(make().referentienummer, Aanroep.van(RUIM))
    assert gevonden is not None
    assert gevonden.sleutel == make().uuid
