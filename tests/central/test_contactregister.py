"""Schrijven in Klantinteracties: lijven en antwoorden zoals opgenomen bij een echte Open Klant 2.18."""

from __future__ import annotations

import copy
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.domain.concept import Actorsoort, Afdeling, Gesprekspartner, NieuwAdres
from frontoffice.domain.fouten import (
    Afgekeurd,
    DuurtTeLang,
    FilterGenegeerd,
    NietBevoegd,
    Onbereikbaar,
    OnverwachtAntwoord,
    RegisterFout,
    Storing,
)
from frontoffice.domain.registratie import Deelnemer, Registratie, Rol, Taakopgave
from frontoffice.ports import Aanroep
from frontoffice.registratiepoort import Contactregister, GevondenContact
from tests.central.proefserver import (
    Aannemer,
    Ontvangen,
    Proefserver,
    Reactie,
    als_reactie,
    bladzij,
    lijf,
    opname,
)

OK = "/klantinteracties/api/v1"
MAAK = "openklant-34-maak-klantcontact"
PARTIJ = "71a5eedd-6b52-4a8f-a9bc-e03f2d0632be"
ZAAK = "8b1a1b53-46ad-485a-b3af-3e40a158ffbf"
CONTACT = "05c3f989-7b2e-465e-a41e-26825468572d"
ANDER = "9b3f2f8d-e237-496a-986e-f33dba268a82"
ACTOR = "3af5bab5-5802-41f6-836f-53b150e7fb3e"
SLEUTEL = "cf6967db-5eb1-4a3f-9f0e-85599d5b2a4c"
MENS = Gesprekspartner("Suzanne Moulin", "1-12-1985", bsn="999993653")
BEDRIJF = Gesprekspartner("Bakker B.V.", kvk="69599084")
VESTIGING = Gesprekspartner("Bakker B.V., Losser", kvk="69599084", vestiging="000037178598")
KLANT = Deelnemer(MENS)
REGISTRATIE = Registratie(
    uuid=SLEUTEL,
    referentienummer="2578997706",
    medewerker="s.bos",
    medewerker_naam="S. Bos",
    kanaal="telefoon",
    onderwerp="Paspoort aanvragen",
    inhoud="Klant vraagt welke documenten nodig zijn.",
    taal="nld",
    vertrouwelijk=False,
    gelukt=True,
    plaatsgevonden_op=datetime(2026, 11, 20, 9, 15, tzinfo=UTC),
    groep="999993653",
)


@pytest.fixture
def register(aansluitingen: Aansluitingen) -> Contactregister:
    return aansluitingen.contactregister


def meanwhile(*paren: tuple[str, str, Reactie]) -> Callable[[Ontvangen], Reactie]:
    """Antwoord per (methode, pad); elk antwoord één keer, op volgorde."""
    over = list(paren)

    def answer(verzoek: Ontvangen) -> Reactie:
        for paar in over:
            if (verzoek.methode, verzoek.pad) == (paar[0], OK + paar[1]):
                over.remove(paar)
                return paar[2]
        raise AssertionError(f"niet verwacht: {verzoek.methode} {verzoek.pad}")

    return answer


def made(uuid: str = ANDER) -> Reactie:
    return Reactie(201, {"uuid": uuid})


DUBBEL = als_reactie("openklant-39-create-partij-400-duplicate-bsn")
GEEN = bladzij()


def partij(soort: str, nummer: str, uuid: str = PARTIJ, **anders: Any) -> dict[str, Any]:
    code = {"codeSoortObjectId": soort, "objectId": nummer, "codeRegister": "brp", "codeObjecttype": "x"}
    return {"uuid": uuid, "partijIdentificatoren": [{"uuid": ANDER, "partijIdentificator": code}]} | anders


def kvk_nummer(partij_uuid: str = "") -> dict[str, Any]:
    return {
        "uuid": ANDER,
        "identificeerdePartij": {"uuid": partij_uuid} if partij_uuid else None,
        "partijIdentificator": {
            "codeObjecttype": "niet_natuurlijk_persoon",
            "codeSoortObjectId": "kvk_nummer",
            "objectId": BEDRIJF.kvk,
            "codeRegister": "hr",
        },
    }


# --- contacten ---


def test_een_contact_gaat_met_klant_en_zaak_in_een_verzoek_precies_zoals_opgenomen(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie(MAAK))
    gemaakt = register.make_contact(REGISTRATIE, KLANT, PARTIJ, ZAAK, aanroep)
    assert (gemaakt.uuid, gemaakt.echo) == (CONTACT, True)
    assert gemaakt.betrokkene_uuid == "05ad424f-079d-4efa-bea9-c48ac3d73303"
    assert gemaakt.onderwerpobject_uuid == "3019e449-9cad-4c9a-bbfd-f85c9a34daf6"
    (verzoek,) = server.verzoeken
    assert (verzoek.methode, verzoek.pad) == ("POST", f"{OK}/maak-klantcontact")
    verwacht = copy.deepcopy(opname(MAAK)["request"]["body"])
    verwacht["klantcontact"]["plaatsgevondenOp"] = "2026-11-20T09:15:00.000000+00:00"
    verwacht["klantcontact"]["metadata"] = {"kifsleutel": SLEUTEL}
    # De codes van een zaak komen uit het profiel; de opname gebruikte andere.
    verwacht["onderwerpobject"]["onderwerpobjectidentificator"]["codeObjecttype"] = "zgw-Zaak"
    assert verzoek.lijf == verwacht


def test_de_tijd_gaat_in_utc_mee_met_zone_en_microseconden(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie(MAAK))
    nederland = datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    register.make_contact(replace(REGISTRATIE, plaatsgevonden_op=nederland), None, "", "", aanroep)
    gestuurd = server.verzoeken[0].lijf["klantcontact"]["plaatsgevondenOp"]
    assert gestuurd == "2026-07-01T08:00:00.123456+00:00"
    zonder_zone = replace(REGISTRATIE, plaatsgevonden_op=nederland.replace(tzinfo=None))
    with pytest.raises(ValueError, match="tijdzone"):
        register.make_contact(zonder_zone, None, "", "", aanroep)
    assert len(server.verzoeken) == 1


@pytest.mark.parametrize(
    ("getypt", "gestuurd"),
    [
        ("Gewoon", "Gewoon"),
        ("Café 😀\u200b\r\n", "Café 😀\u200b\r\n"),
        ("na\x00plakken", "naplakken"),
        ("half \ud83d emoji", "half \ufffd emoji"),
        ("heel \ud83d\ude00 emoji", "heel 😀 emoji"),
    ],
)
def test_tekst_gaat_mee_zoals_getypt_zonder_wat_geen_register_aanneemt(
    register: Contactregister, server: Proefserver, aanroep: Aanroep, getypt: str, gestuurd: str
) -> None:
    """Een half surrogaat is geen UTF-8: daarop liep het versturen stuk voordat er iets was gevraagd."""
    server.always(als_reactie(MAAK))
    vreemd = replace(REGISTRATIE, inhoud=getypt, onderwerp=getypt, metadata={"webpagina": getypt})
    register.make_contact(vreemd, Deelnemer(Gesprekspartner(f"x{getypt}x")), "", "", aanroep)
    lijf_contact = server.verzoeken[0].lijf["klantcontact"]
    assert lijf_contact["inhoud"] == lijf_contact["onderwerp"] == gestuurd
    assert lijf_contact["metadata"]["webpagina"] == gestuurd
    assert server.verzoeken[0].lijf["betrokkene"]["contactnaam"]["achternaam"] == f"x{gestuurd}x"


def test_wat_leeg_is_gaat_niet_mee(register: Contactregister, server: Proefserver, aanroep: Aanroep) -> None:
    """Een leeg referentienummer is bij Open Klant de tweede keer een 500, een lege waarde een 400."""
    server.always(als_reactie(MAAK))
    leeg = replace(REGISTRATIE, referentienummer="", metadata={"gesprek": "g1", "webpagina": " "})
    gemaakt = register.make_contact(leeg, None, "", "", aanroep)
    assert not gemaakt.echo
    gestuurd = server.verzoeken[0].lijf
    assert gestuurd.keys() == {"klantcontact"}
    assert "referentienummer" not in gestuurd["klantcontact"]
    assert gestuurd["klantcontact"]["metadata"] == {"gesprek": "g1", "kifsleutel": SLEUTEL}


def test_waarheid_over_gelukt_taal_en_vertrouwelijk_gaat_mee(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie(MAAK))
    anders = replace(REGISTRATIE, gelukt=False, taal="deu", vertrouwelijk=True)
    register.make_contact(anders, None, "", "", aanroep)
    contact = server.verzoeken[0].lijf["klantcontact"]
    assert (contact["indicatieContactGelukt"], contact["taal"], contact["vertrouwelijk"]) == (
        *(False, "deu"),
        True,
    )


@pytest.mark.parametrize(
    ("wie", "partij_uuid", "verwacht"),
    [
        (MENS, PARTIJ, {"wasPartij": {"uuid": PARTIJ}}),
        (
            Gesprekspartner("P. de Vries"),
            "",
            {
                "contactnaam": {
                    "voorletters": "",
                    "voornaam": "",
                    "voorvoegselAchternaam": "",
                    "achternaam": "P. de Vries",
                }
            },
        ),
        (BEDRIJF, "", {"organisatienaam": "Bakker B.V."}),
        (Gesprekspartner(), "", {}),
    ],
)
def test_een_betrokkene_is_een_partij_of_anders_een_naam(
    register: Contactregister,
    server: Proefserver,
    aanroep: Aanroep,
    wie: Gesprekspartner,
    partij_uuid: str,
    verwacht: dict[str, Any],
) -> None:
    server.always(als_reactie(MAAK))
    register.make_contact(REGISTRATIE, Deelnemer(wie), partij_uuid, "", aanroep)
    assert server.verzoeken[0].lijf["betrokkene"] == {"rol": "klant", "initiator": True} | verwacht


def test_een_lange_naam_past_in_zijn_veld(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie(MAAK))
    register.make_contact(REGISTRATIE, Deelnemer(Gesprekspartner("x" * 300)), "", "", aanroep)
    assert len(server.verzoeken[0].lijf["betrokkene"]["contactnaam"]["achternaam"]) == 200


def test_een_server_die_het_referentienummer_niet_teruggeeft_wordt_gezien(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    oud = lijf(MAAK)
    del oud["klantcontact"]["referentienummer"]
    server.always(Reactie(201, oud | {"betrokkene": None, "onderwerpobject": None}))
    gemaakt = register.make_contact(REGISTRATIE, KLANT, PARTIJ, ZAAK, aanroep)
    assert not gemaakt.echo
    assert (gemaakt.betrokkene_uuid, gemaakt.onderwerpobject_uuid) == ("", "")


def test_een_referentienummer_dat_er_al_is_noemt_zijn_veld(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-35-maak-klantcontact-retry-400-referentienummer-unique"))
    with pytest.raises(Afgekeurd) as fout:
        register.make_contact(REGISTRATIE, KLANT, PARTIJ, ZAAK, aanroep)
    assert fout.value.velden == (("klantcontact.referentienummer", "unique"),)


def test_een_contact_wordt_op_referentienummer_teruggevonden_met_sleutel_en_zonder_meer_te_vragen(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    antwoord = lijf("openklant-36-klantcontacten-lookup-by-referentienummer")
    antwoord["results"][0]["metadata"]["kifsleutel"] = SLEUTEL
    server.always(Reactie(json=antwoord))
    assert register.find_contact("2578997706", aanroep) == GevondenContact(
        CONTACT, SLEUTEL, ("05ad424f-079d-4efa-bea9-c48ac3d73303",)
    )
    assert server.verzoeken[0].query == {"referentienummer": "2578997706"}


def test_een_contact_van_een_ander_programma_heeft_geen_sleutel(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-36-klantcontacten-lookup-by-referentienummer"))
    gevonden = register.find_contact("2578997706", aanroep)
    assert gevonden is not None
    assert gevonden.sleutel == ""
    server.always(GEEN)
    assert register.find_contact("2578997706", aanroep) is None


def test_een_server_die_het_filter_negeert_zegt_niet_dat_het_contact_er_niet_is(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-16-klantcontacten-normal-page1-expand"))
    with pytest.raises(FilterGenegeerd):
        register.find_contact("2578997706", aanroep)
    with pytest.raises(FilterGenegeerd):
        register.find_contact_op_tijd(REGISTRATIE, aanroep)


def test_een_oudere_server_zonder_dit_filter_keurt_de_vraag_af(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-09-partij-search-name-400-unknown-parameter"))
    with pytest.raises(Afgekeurd) as fout:
        register.find_contact("1", aanroep)
    assert ("nonFieldErrors", "unknown-parameters") in fout.value.velden


def test_op_tijd_tellen_alleen_dezelfde_tekst_en_de_eigen_sleutel(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    zelfde = {
        "uuid": CONTACT,
        "hadBetrokkenen": [],
        "plaatsgevondenOp": "2026-11-20T09:15:00Z",
        "kanaal": "telefoon",
        "onderwerp": "Paspoort aanvragen",
        "inhoud": "Klant vraagt welke documenten nodig zijn.",
        "metadata": {},
    }
    met_witruimte = replace(REGISTRATIE, inhoud=f"  {REGISTRATIE.inhoud}\n")  # Open Klant haalt die eraf
    server.always(bladzij(zelfde | {"inhoud": "Iets anders"}, zelfde))
    gevonden = register.find_contact_op_tijd(met_witruimte, aanroep)
    assert gevonden is not None
    assert gevonden.uuid == CONTACT
    assert server.verzoeken[0].query["plaatsgevondenOp"] == "2026-11-20T09:15:00.000000+00:00"
    server.always(bladzij(zelfde, zelfde | {"uuid": ANDER, "metadata": {"kifsleutel": SLEUTEL}}))
    gevonden = register.find_contact_op_tijd(REGISTRATIE, aanroep)
    assert gevonden is not None
    assert gevonden.uuid == ANDER
    server.always(bladzij(zelfde | {"metadata": {"kifsleutel": ANDER}}))
    assert register.find_contact_op_tijd(REGISTRATIE, aanroep) is None


# --- wat er mis kan gaan ---


def hang_up(aannemer: Aannemer) -> None:
    aannemer.connection.shutdown(socket.SHUT_RDWR)


def answer_half(aannemer: Aannemer) -> None:
    aannemer.wfile.write(
        b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"klant'
    )
    aannemer.wfile.flush()


def be_silent(aannemer: Aannemer) -> None:
    aannemer.server.proef.einde.wait(5)


@pytest.mark.parametrize(
    ("reactie", "soort", "status"),
    [
        (Reactie(gedrag=hang_up), Onbereikbaar, None),
        (Reactie(gedrag=answer_half), OnverwachtAntwoord, 201),
        (Reactie(gedrag=be_silent), DuurtTeLang, None),
        (Reactie(201, ruw=b"{"), OnverwachtAntwoord, 201),
        (Reactie(201, {"klantcontact": {}}), OnverwachtAntwoord, 201),
        (Reactie(201, ruw=b"<html>", koppen={"Content-Type": "text/html"}), OnverwachtAntwoord, 201),
        (als_reactie("openklant-40-create-klantcontact-500-empty-referentienummer"), Storing, 500),
        (Reactie(503, {"code": "x"}, koppen={"Retry-After": "0"}), Storing, 503),
        (Reactie(429, {"code": "x"}, koppen={"Retry-After": "0"}), Storing, 429),
        (als_reactie("openklant-45-401-wrong-token"), NietBevoegd, 401),
    ],
)
def test_een_mislukt_verzoek_gaat_nooit_vanzelf_nog_eens_en_zegt_wat_er_mis_was(
    register: Contactregister,
    server: Proefserver,
    reactie: Reactie,
    soort: type[RegisterFout],
    status: int | None,
) -> None:
    server.always(reactie)
    with pytest.raises(RegisterFout) as fout:
        register.make_contact(REGISTRATIE, KLANT, PARTIJ, ZAAK, Aanroep.van(1))
    assert type(fout.value) is soort
    assert fout.value.http_status == status
    assert len(server.verzoeken) == 1


def test_een_onbereikbaar_register_is_meteen_een_fout(
    aansluitingen: Aansluitingen, server: Proefserver
) -> None:
    server.close()
    with pytest.raises(Onbereikbaar):
        aansluitingen.contactregister.make_contact(REGISTRATIE, None, "", "", Aanroep.van(2))


# --- actoren ---


def actor(uuid: str, object_id: str = "s.bos", **anders: Any) -> dict[str, Any]:
    code = {
        "objectId": object_id,
        "codeObjecttype": "mdw",
        "codeRegister": "msei",
        "codeSoortObjectId": "idf",
    }
    return {"uuid": uuid, "naam": "Sietske Bos", "actoridentificator": code} | anders


def test_van_dubbele_medewerkers_telt_de_oudste(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(actor(ANDER), actor(ACTOR)))
    assert register.find_actor(Actorsoort.MEDEWERKER, "s.bos", aanroep) == ACTOR
    query = server.verzoeken[0].query
    assert query["actoridentificatorObjectId"] == "s.bos"
    assert query["actoridentificatorCodeObjecttype"] == "mdw"
    server.always(GEEN)
    assert register.find_actor(Actorsoort.MEDEWERKER, "s.bos", aanroep) == ""


def test_een_actor_met_andere_codes_is_niet_die_medewerker(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    """Anders kwam het contact op naam van een afdeling met dezelfde identificatie."""
    afdeling = actor(ANDER)
    afdeling["actoridentificator"]["codeObjecttype"] = "afd"
    server.always(bladzij(afdeling))
    with pytest.raises(FilterGenegeerd):
        register.find_actor(Actorsoort.MEDEWERKER, "s.bos", aanroep)


def test_een_nieuwe_actor_krijgt_de_codes_van_zijn_soort_en_geen_lege_gegevens(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(made(ACTOR))
    assert register.make_actor(Actorsoort.GROEP, "wijkteam", "Wijkteam", aanroep) == ACTOR
    assert server.verzoeken[0].lijf == {
        "naam": "Wijkteam",
        "soortActor": "organisatorische_eenheid",
        "indicatieActief": True,
        "actoridentificator": {
            "objectId": "wijkteam",
            "codeObjecttype": "grp",
            "codeRegister": "obj",
            "codeSoortObjectId": "idf",
        },
    }


def test_wie_een_terugbelverzoek_kan_krijgen_staat_er_een_keer_in_op_naam(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    afdeling = actor(ANDER, "BURGERZAKEN", naam="Burgerzaken")
    afdeling["actoridentificator"] |= {"codeObjecttype": "afd", "codeRegister": "obj"}
    vreemd = actor(ANDER, "x")
    vreemd["actoridentificator"]["codeRegister"] = "handmatig"
    server.always(
        bladzij(
            actor(ACTOR, naam="Nieuwe naam"),
            actor(ACTOR.replace("3", "4"), "weg", indicatieActief=False),
            actor(ACTOR.replace("3", "5")),
            afdeling | {"uuid": ACTOR.replace("3", "6")},
            vreemd | {"uuid": ACTOR.replace("3", "7")},
            {"uuid": ACTOR.replace("3", "8"), "naam": "Formulier", "actoridentificator": None},
        )
    )
    assert register.find_afdelingen(aanroep) == (
        Afdeling(Actorsoort.AFDELING, "BURGERZAKEN", "Burgerzaken"),
        Afdeling(Actorsoort.MEDEWERKER, "s.bos", "Sietske Bos"),
    )


def test_de_medewerker_koppelen_mag_twee_keer(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-30-create-actorklantcontact"))
    register.link_actor(CONTACT, ACTOR, aanroep)
    assert server.verzoeken[0].lijf == {"actor": {"uuid": ACTOR}, "klantcontact": {"uuid": CONTACT}}
    al = {"code": "invalid", "invalidParams": [{"name": "nonFieldErrors", "code": "unique"}]}
    server.always(Reactie(400, al))
    register.link_actor(CONTACT, ACTOR, aanroep)
    server.always(Reactie(400, {"invalidParams": [{"name": "actor.uuid", "code": "invalid"}]}))
    with pytest.raises(Afgekeurd):
        register.link_actor(CONTACT, ACTOR, aanroep)


# --- betrokkenen, zaken en taken ---


def test_een_betrokkene_erbij_heeft_de_vorm_van_de_opname(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    opgenomen = opname("openklant-29-create-betrokkene")
    server.always(als_reactie("openklant-29-create-betrokkene"))
    contact = opgenomen["request"]["body"]["hadKlantcontact"]["uuid"]
    uuid = register.make_betrokkene(contact, KLANT, PARTIJ, aanroep)
    assert uuid == opgenomen["response"]["body"]["uuid"]
    assert server.verzoeken[0].lijf == opgenomen["request"]["body"]
    namens = Deelnemer(Gesprekspartner("P. de Vries"), Rol.VERTEGENWOORDIGER, initiator=False)
    register.make_betrokkene(contact, namens, "", aanroep)
    lijf_namens = server.verzoeken[1].lijf
    assert (lijf_namens["rol"], lijf_namens["initiator"]) == ("vertegenwoordiger", False)
    assert "wasPartij" not in lijf_namens


def test_betrokkenen_komen_terug_met_hun_naam_partij_en_adressen(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    rij = copy.deepcopy(lijf("openklant-29-create-betrokkene"))
    rij |= {"volledigeNaam": "", "organisatienaam": "Bakker B.V."}
    rij["_expand"] = {"digitaleAdressen": [{"uuid": ANDER, "adres": "+31612345678"}]}
    contact = rij["hadKlantcontact"]["uuid"]
    server.always(bladzij(rij))
    (gevonden,) = register.find_betrokkenen(contact, aanroep)
    assert (gevonden.rol, gevonden.partij_uuid, gevonden.naam) == ("klant", PARTIJ, "Bakker B.V.")
    assert gevonden.adressen == ("+31612345678",)
    with pytest.raises(FilterGenegeerd):
        register.find_betrokkenen(CONTACT, aanroep)


def test_een_zaak_hangt_aan_het_contact_en_een_eerder_contact_ernaast(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    opgenomen = opname("openklant-31-create-onderwerpobject-zaak")
    server.always(als_reactie("openklant-31-create-onderwerpobject-zaak"))
    contact = opgenomen["request"]["body"]["klantcontact"]["uuid"]
    zaak = opgenomen["request"]["body"]["onderwerpobjectidentificator"]["objectId"]
    register.link_zaak(contact, zaak, aanroep)
    verwacht = copy.deepcopy(opgenomen["request"]["body"])
    verwacht["onderwerpobjectidentificator"]["codeObjecttype"] = "zgw-Zaak"
    assert server.verzoeken[0].lijf == verwacht
    naar_zaak = opgenomen["response"]["body"]
    naar_contact = naar_zaak | {"uuid": ANDER, "wasKlantcontact": {"uuid": CONTACT}}
    server.always(bladzij(naar_contact, naar_zaak))
    assert register.find_zaken(contact, aanroep) == (CONTACT, zaak)
    with pytest.raises(FilterGenegeerd):
        register.find_zaken(ANDER, aanroep)


def test_een_taak_heeft_de_vorm_van_de_opname_en_wordt_teruggevonden(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    opgenomen = opname("openklant-32-create-internetaak")
    server.always(als_reactie("openklant-32-create-internetaak"))
    lijf_taak = opgenomen["request"]["body"]
    contact = lijf_taak["aanleidinggevendKlantcontact"]["uuid"]
    opgave = Taakopgave(
        Afdeling(Actorsoort.AFDELING, "x", "X"), lijf_taak["gevraagdeHandeling"], lijf_taak["toelichting"]
    )
    uuid = register.make_taak(contact, ACTOR, opgave, aanroep)
    assert server.verzoeken[0].lijf == lijf_taak
    server.always(bladzij(opgenomen["response"]["body"]))
    (gevonden,) = register.find_taken(contact, aanroep)
    assert (gevonden.uuid, gevonden.open) == (uuid, True)
    assert gevonden.toelichting == lijf_taak["toelichting"]
    with pytest.raises(FilterGenegeerd):
        register.find_taken(ANDER, aanroep)


# --- partijen ---


def test_een_partij_is_van_precies_dit_nummer_en_bij_meer_de_oudste_die_actief_is(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(
        bladzij(
            partij("bsn", MENS.bsn, PARTIJ.replace("7", "1")),
            partij("bsn", MENS.bsn, PARTIJ.replace("7", "2")),
            partij("bsn", MENS.bsn, PARTIJ.replace("7", "3"), indicatieActief=False),
            partij("rsin", MENS.bsn, PARTIJ.replace("7", "4")),
            partij("bsn", "999990068", PARTIJ.replace("7", "5")),
        )
    )
    assert register.find_partij(MENS, aanroep) == PARTIJ.replace("7", "2")
    server.always(bladzij(partij("rsin", MENS.bsn)))
    assert register.find_partij(MENS, aanroep) == ""
    with pytest.raises(ValueError, match="BSN"):
        register.find_partij(Gesprekspartner("Alleen een naam"), aanroep)


def test_een_nieuwe_inwoner_krijgt_een_partij_zonder_naam(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(made(PARTIJ))
    assert register.make_partij(MENS, aanroep) == PARTIJ
    (verzoek,) = server.verzoeken
    assert verzoek.lijf == {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": None},
        "partijIdentificatoren": [
            {
                "partijIdentificator": {
                    "codeObjecttype": "natuurlijk_persoon",
                    "codeSoortObjectId": "bsn",
                    "objectId": MENS.bsn,
                    "codeRegister": "brp",
                }
            }
        ],
    }


def test_een_nieuw_bedrijf_krijgt_zijn_naam(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(made(PARTIJ))
    register.make_partij(BEDRIJF, aanroep)
    lijf_bedrijf = server.verzoeken[0].lijf
    assert lijf_bedrijf["partijIdentificatie"] == {"naam": "Bakker B.V."}
    assert lijf_bedrijf["soortPartij"] == "organisatie"


def test_een_partij_die_intussen_bestaat_wordt_gebruikt(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = meanwhile(
        ("POST", "/partijen", DUBBEL), ("GET", "/partijen", bladzij(partij("bsn", MENS.bsn)))
    )
    assert register.make_partij(MENS, aanroep) == PARTIJ


def test_een_partij_die_om_iets_anders_wordt_afgekeurd_blijft_afgekeurd(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    naam = "partijIdentificatoren.0.partijIdentificatorObjectId"
    server.always(Reactie(400, {"invalidParams": [{"name": naam, "code": "invalid"}]}))
    with pytest.raises(Afgekeurd) as fout:
        register.make_partij(MENS, aanroep)
    assert fout.value.velden == ((naam, "invalid"),)
    assert len(server.verzoeken) == 1


def test_een_vestiging_hangt_onder_het_kvk_nummer_dat_er_al_is(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = meanwhile(
        ("GET", "/partij-identificatoren", bladzij(kvk_nummer(PARTIJ))), ("POST", "/partijen", made(PARTIJ))
    )
    register.make_partij(VESTIGING, aanroep)
    (identificator,) = server.verzoeken[1].lijf["partijIdentificatoren"]
    assert identificator["subIdentificatorVan"] == {"uuid": ANDER}
    assert identificator["partijIdentificator"]["objectId"] == VESTIGING.vestiging


@pytest.mark.parametrize("intussen", [False, True])
def test_een_vestiging_maakt_het_kvk_nummer_als_het_er_niet_is(
    register: Contactregister, server: Proefserver, aanroep: Aanroep, intussen: bool
) -> None:
    """Ook als een collega het net maakte, tussen zoeken en maken in."""
    paren = [("GET", "/partij-identificatoren", GEEN)]
    if intussen:
        paren += [
            ("POST", "/partij-identificatoren", DUBBEL),
            ("GET", "/partij-identificatoren", bladzij(kvk_nummer())),
        ]
    else:
        paren += [("POST", "/partij-identificatoren", made())]
    server.answer = meanwhile(*paren, ("POST", "/partijen", made(PARTIJ)))
    assert register.make_partij(VESTIGING, aanroep) == PARTIJ
    assert server.verzoeken[1].lijf == {
        "identificeerdePartij": None,
        "partijIdentificator": kvk_nummer()["partijIdentificator"],
    }
    assert server.verzoeken[-1].lijf["partijIdentificatoren"][0]["subIdentificatorVan"] == {"uuid": ANDER}


def test_een_bedrijf_neemt_een_kvk_nummer_over_dat_van_niemand_is(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = meanwhile(
        ("POST", "/partijen", DUBBEL),
        ("GET", "/partijen", GEEN),
        ("GET", "/partij-identificatoren", bladzij(kvk_nummer())),
        ("POST", "/partijen", made(PARTIJ)),
    )
    assert register.make_partij(BEDRIJF, aanroep) == PARTIJ
    assert server.verzoeken[-1].lijf["partijIdentificatoren"][0]["uuid"] == ANDER


def test_een_kvk_nummer_van_een_ander_wordt_nooit_overgenomen(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = meanwhile(
        ("POST", "/partijen", DUBBEL),
        ("GET", "/partijen", GEEN),
        ("GET", "/partij-identificatoren", bladzij(kvk_nummer(PARTIJ))),
    )
    with pytest.raises(Afgekeurd):
        register.make_partij(BEDRIJF, aanroep)


# --- adressen ---


def test_een_adres_hoort_bij_de_klant_of_alleen_bij_dit_gesprek(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(made())
    telefoon = NieuwAdres("telefoonnummer", "+31612345678")
    register.make_adres(telefoon, betrokkene_uuid=ANDER, aanroep=aanroep)
    assert server.verzoeken[0].lijf == {
        "adres": "+31612345678",
        "soortDigitaalAdres": "telefoonnummer",
        "omschrijving": "telefoonnummer",
        "verstrektDoorPartij": None,
        "verstrektDoorBetrokkene": {"uuid": ANDER},
    }
    register.make_adres(NieuwAdres("email", "a@b.example", True), partij_uuid=PARTIJ, aanroep=aanroep)
    assert server.verzoeken[1].lijf["verstrektDoorPartij"] == {"uuid": PARTIJ}
    with pytest.raises(ValueError, match="adres"):
        register.make_adres(telefoon, aanroep=aanroep)


def test_bestaande_adressen_zijn_van_de_gevraagde(
    register: Contactregister, server: Proefserver, aanroep: Aanroep
) -> None:
    rij = {"uuid": ANDER, "adres": "0612345678", "verstrektDoorPartij": {"uuid": PARTIJ}}
    server.always(bladzij(rij))
    assert register.find_adressen_van(partij_uuid=PARTIJ, aanroep=aanroep) == ("0612345678",)
    assert server.verzoeken[0].query["verstrektDoorPartij__uuid"] == PARTIJ
    with pytest.raises(FilterGenegeerd):
        register.find_adressen_van(partij_uuid=ANDER, aanroep=aanroep)
    with pytest.raises(FilterGenegeerd):
        register.find_adressen_van(betrokkene_uuid=PARTIJ, aanroep=aanroep)
