"""Klantinteracties tegen opgenomen antwoorden van een echte Open Klant 2.18, met haar eigenaardigheden."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from frontoffice.central.bouw import Aansluitingen
from frontoffice.domain.fouten import FilterGenegeerd, InvoerFout, NietGevonden, OnverwachtAntwoord
from frontoffice.domain.klant import AdresSoort, BedrijfSleutel, PartijSleutel, PersoonSleutel
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.ports import Aanroep
from tests.central.proefserver import Ontvangen, Proefserver, Reactie, als_reactie, bladzij, lijf

BSN = PersoonSleutel(Bsn("999990068"))
UUID = "9b3f2f8d-e237-496a-986e-f33dba268a82"
OK = "/klantinteracties/api/v1"


def partij(code: str, nummer: str, **anders: Any) -> dict[str, Any]:
    rij: dict[str, Any] = {
        "uuid": UUID,
        "soortPartij": "persoon",
        "partijIdentificatoren": [
            {"partijIdentificator": {"codeSoortObjectId": code, "objectId": nummer, "codeRegister": "x"}}
        ],
    }
    return rij | anders


def contact(nummer: int = 0, **anders: Any) -> dict[str, Any]:
    rij: dict[str, Any] = {"uuid": f"{nummer:08d}-0000-4000-8000-000000000000", "hadBetrokkenen": []}
    return rij | anders


# --- partijen ---


def test_een_partij_komt_met_adressen_naam_bsn_en_het_bewijs_van_haar_contacten(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-01-partij-search-bsn-expand-digitaleadressen"))
    (gevonden,) = aansluitingen.klantinteracties.find_partijen(BSN, aanroep)
    assert gevonden.naam.volledig == "Dirk Drietelefoons"
    assert gevonden.bsn == BSN.bsn
    assert [a.adres for a in gevonden.digitale_adressen] == ["0612345631", "0302123456", "+31612345633"]
    assert {a.soort for a in gevonden.digitale_adressen} == {AdresSoort.TELEFOON}
    assert len(gevonden.betrokkene_uuids) == 3
    (verzoek,) = server.verzoeken
    assert verzoek.pad == f"{OK}/partijen"
    assert verzoek.query == {
        "partijIdentificator__codeSoortObjectId": "bsn",
        "partijIdentificator__objectId": "999990068",
        "expand": "digitaleAdressen",
        "pageSize": "100",
    }
    assert verzoek.koppen["authorization"].startswith("Token ")


def test_geen_partij_is_een_leeg_antwoord(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-02-partij-search-bsn-not-found"))
    assert aansluitingen.klantinteracties.find_partijen(BSN, aanroep) == ()


def test_een_partij_met_hetzelfde_nummer_in_een_andere_soort_telt_niet_mee(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Open Klant vergelijkt code en nummer los van elkaar (opname 05: gevraagd RSIN, gevonden KVK)."""
    server.always(
        bladzij(
            partij("rsin", "999990068"),
            partij("bsn", "999993653", uuid=UUID.replace("9", "8")),
            partij("bsn", "999990068", uuid=UUID.replace("9", "7")),
        )
    )
    gevonden = aansluitingen.klantinteracties.find_partijen(BSN, aanroep)
    assert [p.uuid for p in gevonden] == [UUID.replace("9", "7")]
    server.always(als_reactie("openklant-05-partij-search-cross-match-false-positive"))
    assert aansluitingen.klantinteracties.find_partijen(BedrijfSleutel(KvkNummer("90000012")), aanroep) == ()


def test_een_vestiging_wordt_binnen_haar_kvk_nummer_gezocht(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-04-partij-search-vestiging-within-kvk"))
    sleutel = BedrijfSleutel(KvkNummer("90634674"), Vestigingsnummer("000014650248"))
    (gevonden,) = aansluitingen.klantinteracties.find_partijen(sleutel, aanroep)
    assert gevonden.organisatienaam.startswith("Vestiging Amersfoort")
    query = server.verzoeken[0].query
    assert query["partijIdentificator__codeSoortObjectId"] == "vestigingsnummer"
    assert query["subIdentificatorVan__objectId"] == "90634674"


@pytest.mark.parametrize(
    ("opname", "naam"),
    [
        ("openklant-13-partij-detail-no-name-no-adres", ""),
        ("openklant-15-partij-detail-contactpersoon", "Zeynep Huisman"),
    ],
)
def test_een_partij_zonder_naam_of_nummer_is_gewoon_een_partij(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep, opname: str, naam: str
) -> None:
    server.always(als_reactie(opname))
    assert aansluitingen.klantinteracties.load_partij(UUID, aanroep).naam.volledig == naam


def test_een_partij_zonder_identificatie_of_met_een_kapot_bsn_opent_ook(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    kapot = partij("bsn", "12345", partijIdentificatie=None, indicatieGeheimhouding=None, voorkeurstaal=None)
    server.always(Reactie(json=kapot))
    (gevonden,) = aansluitingen.klantinteracties.find_partijen(PartijSleutel(UUID), aanroep)
    assert (gevonden.bsn, gevonden.geheimhouding, gevonden.actief) == (None, False, True)


def test_een_onbekende_partij_is_niet_gevonden_en_een_vreemde_uuid_wordt_geen_verzoek(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-46-404-partij"))
    with pytest.raises(NietGevonden):
        aansluitingen.klantinteracties.load_partij(UUID, aanroep)
    with pytest.raises(InvoerFout):
        aansluitingen.klantinteracties.load_partij("../actoren", aanroep)
    assert len(server.verzoeken) == 1


def test_het_voorkeursadres_zegt_welk_kanaal_de_klant_wil(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    adres = {"uuid": UUID, "adres": "a@b.example", "soortDigitaalAdres": "email"}
    rij = partij("bsn", "999990068", voorkeursDigitaalAdres={"uuid": UUID})
    server.always(Reactie(json=rij | {"_expand": {"digitaleAdressen": [adres]}}))
    assert aansluitingen.klantinteracties.load_partij(UUID, aanroep).voorkeurskanaal == "e-mail"


# --- telefoon en e-mail ---


def test_een_telefoonnummer_wordt_op_negen_cijfers_gezocht_en_kan_van_twee_partijen_zijn(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-07-digitaleadres-search-phone-shared-by-two-partijen"))
    treffers = aansluitingen.klantinteracties.find_adressen("302999999", aanroep)
    assert len({t.partij_uuid for t in treffers}) == 2
    assert server.verzoeken[0].query["adres__icontains"] == "302999999"


def test_een_klant_gaat_niet_schuil_achter_de_vele_keren_dat_iemand_van_dat_nummer_belde(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Elk contact van een onbekende beller laat een eigen adres na: honderden rijen met hetzelfde nummer."""
    server.always(bladzij())
    aansluitingen.klantinteracties.find_adressen("612345678", aanroep)
    assert server.verzoeken[0].query["pageSize"] == "500"


def test_een_adres_van_een_onbekende_beller_heeft_geen_partij(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij({"uuid": UUID, "adres": "A@b.example", "verstrektDoorPartij": None}))
    (treffer,) = aansluitingen.klantinteracties.find_adressen("A@b.example", aanroep)
    assert treffer.partij_uuid is None
    assert server.verzoeken[0].query["adres__icontains"] == "A@b.example"


def test_adressen_die_niet_zijn_gevraagd_worden_niet_getoond(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij({"uuid": UUID, "adres": "0698765432"}))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.klantinteracties.find_adressen("612345678", aanroep)


def test_een_plus_in_een_nummer_komt_heel_aan(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij())
    aansluitingen.klantinteracties.find_adressen("+31612345678", aanroep)
    assert server.verzoeken[0].query["adres__icontains"] == "+31612345678"


# --- klantcontacten ---


def test_contacten_komen_nieuwste_eerst_met_taken_en_wie_het_deed(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-16-klantcontacten-normal-page1-expand"))
    pagina = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep)
    assert (pagina.totaal, pagina.volgende_pagina) == (70, 2)
    met_taak = [c for c in pagina.rijen if c.taken]
    assert met_taak
    for rij in met_taak:
        assert {t.uuid for t in rij.taken} == set(rij.taak_uuids)
        assert all(t.klantcontact_uuid == rij.uuid and t.actor_uuids for t in rij.taken)
    assert pagina.rijen[0].actoren[0].naam == "Bram Ramdin"
    assert pagina.rijen[0].plaatsgevonden_op == datetime(2026, 11, 19, 16, 0, 57, tzinfo=UTC)
    assert server.verzoeken[0].query["expand"] == "leiddeTotInterneTaken,gingOverOnderwerpobjecten"
    assert server.verzoeken[0].query["pageSize"] == "25"


def test_de_volgende_bladzijde_komt_van_ons_eigen_adres_ook_als_next_elders_wijst(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(contact(1), next_="http://169.254.169.254/klantcontacten?page=7&bsn=999990068"))
    pagina = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep)
    assert pagina.volgende_pagina == 2
    aansluitingen.klantinteracties.load_klantcontacten(BSN, 2, aanroep)
    assert [v.query.get("page") for v in server.verzoeken] == [None, "2"]
    assert {v.pad for v in server.verzoeken} == {f"{OK}/klantcontacten"}


@pytest.mark.parametrize(
    ("opname", "pagina"),
    [
        ("openklant-18-klantcontacten-normal-page4-404-past-end", 4),
        ("openklant-19-klantcontacten-zero", 1),
    ],
)
def test_voorbij_het_eind_en_zonder_contacten_is_leeg(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep, opname: str, pagina: int
) -> None:
    server.always(als_reactie(opname))
    leeg = aansluitingen.klantinteracties.load_klantcontacten(BSN, pagina, aanroep)
    assert (leeg.rijen, leeg.volgende_pagina) == ((), None)


def test_een_dubbele_rij_komt_een_keer(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-22-klantcontacten-duplicate-row-two-roles"))
    pagina = aansluitingen.klantinteracties.load_klantcontacten(PartijSleutel(UUID), 1, aanroep)
    assert len(lijf("openklant-22-klantcontacten-duplicate-row-two-roles")["results"]) == 3
    assert len(pagina.rijen) == 2
    assert server.verzoeken[0].query["hadBetrokkene__wasPartij__uuid"] == UUID


def test_een_lege_waspartij_in_expand_is_geen_onbekende_beller(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Vanaf de tweede keer staat er null in `_expand`; het veld zelf blijft gevuld (opname 21)."""
    rijen = lijf("openklant-21-klantcontacten-expand-waspartij-null-after-first")["results"]
    assert any(b["_expand"]["wasPartij"] is None for r in rijen for b in r["_expand"]["hadBetrokkenen"])
    server.always(bladzij(*rijen))
    pagina = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep)
    assert all(b.partij_uuid for c in pagina.rijen for b in c.betrokkenen)


def test_ontbrekende_sleutels_in_expand_zijn_lege_lijsten(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(contact(1, leiddeTotInterneTaken=[{"uuid": UUID}], _expand={})))
    (rij,) = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep).rijen
    assert rij.taken == ()
    assert rij.taak_uuids == (UUID,)


def test_een_tijd_zonder_zone_is_utc_en_een_contact_zonder_vertrouwelijk_is_vertrouwelijk(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(contact(1, plaatsgevondenOp="2026-11-22T10:00:00", inhoud=None, reactie=None)))
    (rij,) = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep).rijen
    assert rij.plaatsgevonden_op == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert (rij.vertrouwelijk, rij.inhoud, rij.reactie) == (True, "", "")


def test_een_onbekende_status_van_een_taak_blijft_staan_en_telt_als_open(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    taak = {"uuid": UUID, "status": "geparkeerd_v2", "toegewezenAanActor": {"uuid": "a"}}
    server.always(bladzij(contact(1, _expand={"leiddeTotInterneTaken": [taak]})))
    (rij,) = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep).rijen
    assert (rij.taken[0].status, rij.taken[0].is_open, rij.taken[0].actor_uuids) == (
        "geparkeerd_v2",
        True,
        ("a",),
    )


def test_een_taak_die_van_niemand_is_maakt_het_antwoord_niet_onleesbaar(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Zo geeft Open Klant 2.18 een internetaak zonder actoren."""
    taak = {
        "uuid": UUID, "status": "te_verwerken", "toegewezenAanActor": {"uuid": None},
        "toegewezenAanActoren": [],
    }  # fmt: skip
    server.always(bladzij(contact(1, _expand={"leiddeTotInterneTaken": [taak]})))
    (rij,) = aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep).rijen
    assert (rij.taken[0].is_open, rij.taken[0].actor_uuids) == (True, ())


def test_een_contact_komt_compleet_in_een_verzoek(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openklant-23-klantcontact-detail-expand"))
    heel = aansluitingen.klantinteracties.load_klantcontact(UUID, aanroep)
    assert heel.onderwerpobjecten[0].object_id == "a342c07d-d9f0-4b92-8e7c-99e0c9b20094"
    assert [b.uuid for b in heel.betrokkenen] == list(heel.betrokkene_uuids)
    assert "wasPartij" not in server.verzoeken[0].query["expand"]


def test_contacten_van_een_zaak_gaan_aantoonbaar_over_die_zaak(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    rij = lijf("openklant-23-klantcontact-detail-expand")
    zaak = "a342c07d-d9f0-4b92-8e7c-99e0c9b20094"
    server.always(bladzij(rij, copy.deepcopy(rij)))
    pagina = aansluitingen.klantinteracties.load_klantcontacten_van_zaak(zaak, aanroep)
    assert len(pagina.rijen) == 1  # twee keer gekoppeld, één contact
    with pytest.raises(FilterGenegeerd):
        aansluitingen.klantinteracties.load_klantcontacten_van_zaak(UUID, aanroep)


def test_een_contact_zonder_uuid_laat_alleen_dit_onderdeel_mislukken(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij({"hadBetrokkenen": []}))
    with pytest.raises(OnverwachtAntwoord, match=r"bij results\[\], uuid ontbreekt"):
        aansluitingen.klantinteracties.load_klantcontacten(BSN, 1, aanroep)


def test_partijen_op_een_lijst_die_rondloopt_eindigen_met_een_fout(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    def answer(_: Ontvangen) -> Reactie:
        return bladzij(partij("bsn", "999990068"), next_=f"{server.basis}{OK}/partijen?page=1")

    server.answer = answer
    with pytest.raises(OnverwachtAntwoord) as fout:
        aansluitingen.klantinteracties.find_partijen(BSN, aanroep)
    assert fout.value.code == "lijst_zonder_eind"
    assert len(server.verzoeken) == 2
