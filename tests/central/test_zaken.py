"""Zaken, statussen, rollen en documenten tegen opgenomen antwoorden van een echte Open Zaak 1.30."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from frontoffice.central import zaken
from frontoffice.central.bouw import Aansluitingen
from frontoffice.central.zaakvormen import RolVorm, to_rol
from frontoffice.domain.fouten import FilterGenegeerd, NietBevoegd, OnverwachtAntwoord
from frontoffice.domain.klant import BedrijfSleutel, KlantSleutel, PartijSleutel, PersoonSleutel
from frontoffice.domain.waarden import Bsn, KvkNummer, Vestigingsnummer
from frontoffice.domain.zaak import Vertrouwelijkheid
from frontoffice.ports import Aanroep
from tests.central.proefserver import Ontvangen, Proefserver, Reactie, als_reactie, bladzij, lijf

BSN = PersoonSleutel(Bsn("999990202"))
ANDER = "999993653"
OZ = "https://openzaak.example"


def uuid(nummer: int) -> str:
    return f"{nummer:08d}-0000-4000-8000-000000000000"


def rol(**identificatie: Any) -> dict[str, Any]:
    return {"uuid": uuid(900), "omschrijvingGeneriek": "initiator", "betrokkeneIdentificatie": identificatie}


def zaak(nummer: int = 1, *rollen: dict[str, Any], **anders: Any) -> dict[str, Any]:
    rij: dict[str, Any] = {
        "uuid": uuid(nummer),
        "identificatie": f"ZAAK-2026-{nummer:010d}",
        "zaaktype": f"{OZ}/catalogi/api/v1/zaaktypen/{uuid(500)}",
        "startdatum": "2026-11-01",
        "einddatum": None,
        "_expand": {"rollen": list(rollen)} if rollen else {},
    }
    return rij | anders


# --- open zaken ---


def test_open_zaken_gaan_met_het_bsn_in_het_lijf_en_de_bladzijde_in_de_query(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openzaak-zaken-zoek-bsn-open-expand"))
    gevonden = aansluitingen.zaken.find_open_zaken(BSN, aanroep)
    assert len(gevonden) == 3
    eerste = gevonden[0]
    assert (eerste.identificatie, eerste.is_open) == ("ZAAK-2026-0000001506", True)
    assert (eerste.streefdatum, eerste.uiterste_datum) == (date(2026, 11, 26), date(2026, 12, 1))
    assert eerste.zaaktype_uuid == "55c16ea7-7048-4d15-8085-05f6c7c66346"
    assert eerste.rollen is None  # niet nagekeken: mag niet op het scherm
    (verzoek,) = server.verzoeken
    assert (verzoek.methode, verzoek.pad) == ("POST", "/zaken/api/v1/zaken/_zoek")
    assert verzoek.query == {"pageSize": "500"}
    assert verzoek.lijf == {zaken.BSN: "999990202", zaken.OPEN: True, "ordering": "-startdatum"}
    assert verzoek.koppen["accept-crs"] == verzoek.koppen["content-crs"] == "EPSG:4326"
    assert "999990202" not in aanroep.verzoeken[0].pad


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("BSN", "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"),
        ("NNP_KVK", "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer"),
        ("NNP_VESTIGING", "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__vestigingsNummer"),
        ("NNP_RSIN", "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId"),
        ("VESTIGING_KVK", "rol__betrokkeneIdentificatie__vestiging__kvkNummer"),
        ("VESTIGING", "rol__betrokkeneIdentificatie__vestiging__vestigingsNummer"),
        ("UUIDS", "uuid__in"),
        ("OPEN", "einddatum__isnull"),
        ("NUMMER", "identificatie"),
    ],
)
def test_de_namen_van_de_filters_staan_vast(naam: str, waarde: str) -> None:
    """Een tikfout geeft bij Open Zaak zonder waarschuwing ieders zaken (opname zaken-zoek-onbekend-veld)."""
    assert getattr(zaken, naam) == waarde


def test_een_uuid_van_het_register_dat_geen_uuid_is_ligt_aan_het_register(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(zaak(1, uuid="../../elders")))
    with pytest.raises(OnverwachtAntwoord):
        aansluitingen.zaken.find_open_zaken(BSN, aanroep)


def test_geen_open_zaken_is_een_leeg_antwoord(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openzaak-zaken-zoek-bsn-leeg"))
    assert aansluitingen.zaken.find_open_zaken(BSN, aanroep) == ()


def test_volgende_bladzijden_zijn_weer_een_post_met_hetzelfde_lijf(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    next_ = "http://elders.example/zaken/_zoek?page=9"
    server.always(bladzij(zaak(1), zaak(2), next_=next_), bladzij(zaak(2), zaak(3), next_=None))
    gevonden = aansluitingen.zaken.find_open_zaken(BSN, aanroep)
    assert [z.uuid for z in gevonden] == [uuid(1), uuid(2), uuid(3)]  # een verschoven rij komt één keer
    assert [v.methode for v in server.verzoeken] == ["POST", "POST"]
    assert [v.query for v in server.verzoeken] == [{"pageSize": "500"}, {"pageSize": "500", "page": "2"}]
    assert server.verzoeken[0].lijf == server.verzoeken[1].lijf


def test_een_lijst_zaken_die_niet_ophoudt_is_geen_halve_lijst(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    teller = iter(range(1, 100))
    server.answer = lambda _: bladzij(zaak(next(teller)), next_="x")
    with pytest.raises(OnverwachtAntwoord) as fout:
        aansluitingen.zaken.find_open_zaken(BSN, aanroep)
    assert fout.value.code == "lijst_zonder_eind"
    assert len(server.verzoeken) == 8


def test_een_afgeronde_zaak_tussen_de_open_zaken_verraadt_een_genegeerd_filter(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(zaak(1), zaak(2, einddatum="2026-01-01")))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.zaken.find_open_zaken(BSN, aanroep)


def test_een_partij_zonder_nummer_heeft_geen_zaken_en_kost_geen_verzoek(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    assert aansluitingen.zaken.find_open_zaken(PartijSleutel(uuid(1)), aanroep) == ()
    assert aansluitingen.zaken.find_afgeronde_zaken(PartijSleutel(uuid(1)), 1, aanroep).rijen == ()
    assert server.verzoeken == []


# --- van wie een zaak is ---


def test_nagekeken_zaken_hebben_status_rollen_en_documenten_in_de_gevraagde_volgorde(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openzaak-zaken-zoek-bsn-open-expand"))
    rijen = lijf("openzaak-zaken-zoek-bsn-open-expand")["results"]
    gevraagd = [rij["uuid"] for rij in reversed(rijen)]
    gevonden = aansluitingen.zaken.load_zaken(BSN, gevraagd, aanroep)
    assert [z.uuid for z in gevonden] == gevraagd
    laatste = gevonden[-1]
    assert laatste.status is not None
    assert laatste.status.gezet_op is not None
    assert [(r.omschrijving_generiek, r.naam) for r in laatste.rollen or ()] == [
        ("initiator", "S. Çelik"),
        ("behandelaar", "Burgerzaken"),
    ]
    assert next(d.titel for d in laatste.documenten or ()) == "Aanvraagformulier"
    zonder = [
        z for z, rij in zip(reversed(gevonden), rijen, strict=True) if not rij["zaakinformatieobjecten"]
    ]
    assert all(z.documenten == () for z in zonder)
    lijf_ = server.verzoeken[0].lijf
    assert lijf_["expand"] == ["status", "rollen", "zaakinformatieobjecten"]
    assert lijf_["uuid__in"] == gevraagd


def test_een_leeg_lijstje_kost_geen_verzoek_en_te_veel_mag_niet(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    assert aansluitingen.zaken.load_zaken(BSN, [], aanroep) == ()
    with pytest.raises(ValueError):
        aansluitingen.zaken.load_zaken(BSN, [uuid(n) for n in range(21)], aanroep)
    assert server.verzoeken == []


@pytest.mark.parametrize(
    "vreemd",
    [
        zaak(2, rol(inpBsn=ANDER)),
        zaak(2),
        zaak(2, _expand={"rollen": None}),
        zaak(2, rol(inpBsn="")),
        zaak(2, rol(kvkNummer="999990202", innNnpId="999990202")),
        zaak(2, {"uuid": uuid(901), "betrokkene": f"{OZ}/personen/999990202"}),
        zaak(3, rol(inpBsn="999990202")),
    ],
    ids=["van een ander", "zonder expand", "rollen null", "leeg bsn", "ander veld", "url", "niet gevraagd"],
)
def test_een_vreemde_zaak_laat_alles_van_dat_antwoord_vallen(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep, vreemd: dict[str, Any]
) -> None:
    server.always(bladzij(zaak(1, rol(inpBsn="999990202")), vreemd))
    with pytest.raises(FilterGenegeerd) as fout:
        aansluitingen.zaken.load_zaken(BSN, [uuid(1), uuid(2)], aanroep)
    assert fout.value.code == "filter_genegeerd"
    assert not fout.value.opnieuw_helpt


def test_een_gemachtigde_of_belanghebbende_is_ook_deze_klant(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    ander = rol(inpBsn=ANDER)
    zelf = rol(inpBsn="999990202") | {"uuid": uuid(902), "omschrijvingGeneriek": "belanghebbende"}
    server.always(bladzij(zaak(1, ander, zelf)))
    (gevonden,) = aansluitingen.zaken.load_zaken(BSN, [uuid(1)], aanroep)
    assert len(gevonden.rollen or ()) == 2


def test_afgeronde_zaken_worden_net_zo_nagekeken(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    eigen = zaak(1, rol(inpBsn="999990202"), einddatum="2026-02-01")
    server.always(bladzij(eigen, next_="x", count=30))
    pagina = aansluitingen.zaken.find_afgeronde_zaken(BSN, 1, aanroep)
    assert (len(pagina.rijen), pagina.totaal, pagina.volgende_pagina) == (1, 30, 2)
    assert server.verzoeken[0].lijf[zaken.OPEN] is False
    server.always(bladzij(eigen, zaak(2, rol(inpBsn=ANDER), einddatum="2026-02-01")))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.zaken.find_afgeronde_zaken(BSN, 1, aanroep)
    server.always(bladzij(zaak(1, rol(inpBsn="999990202"))))
    with pytest.raises(FilterGenegeerd):
        aansluitingen.zaken.find_afgeronde_zaken(BSN, 1, aanroep)
    server.always(als_reactie("openzaak-fout-404-zaak"))
    assert aansluitingen.zaken.find_afgeronde_zaken(BSN, 3, aanroep).rijen == ()


def test_een_zaak_op_nummer_is_precies_dat_nummer(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(bladzij(zaak(1, rol(inpBsn=ANDER))))
    (gevonden,) = aansluitingen.zaken.find_zaak("ZAAK-2026-0000000001", aanroep)
    assert [r.bsn for r in gevonden.rollen or ()] == [ANDER]
    assert gevonden.documenten is None  # niet gevraagd is iets anders dan er niet zijn
    with pytest.raises(FilterGenegeerd):
        aansluitingen.zaken.find_zaak("ZAAK-2026-0000000002", aanroep)


# --- bedrijven ---

KVK = KvkNummer("69599084")
VESTIGING = Vestigingsnummer("000009085728")


@pytest.mark.parametrize(
    ("sleutel", "filters"),
    [
        (BedrijfSleutel(KVK), [zaken.NNP_KVK, zaken.VESTIGING_KVK]),
        (BedrijfSleutel(KVK, rsin="992340597"), [zaken.NNP_KVK, zaken.VESTIGING_KVK, zaken.NNP_RSIN]),
        (BedrijfSleutel(KVK, VESTIGING), [zaken.VESTIGING, zaken.NNP_VESTIGING]),
    ],
    ids=["kvk", "kvk en rsin", "vestiging"],
)
def test_een_bedrijf_wordt_met_elk_nummer_gezocht_en_elke_zaak_komt_een_keer(
    aansluitingen: Aansluitingen,
    server: Proefserver,
    aanroep: Aanroep,
    sleutel: BedrijfSleutel,
    filters: list[str],
) -> None:
    server.always(bladzij(zaak(1), zaak(2)))
    assert len(aansluitingen.zaken.find_open_zaken(sleutel, aanroep)) == 2
    assert [next(iter(v.lijf)) for v in server.verzoeken] == filters


@pytest.mark.parametrize(
    ("sleutel", "identificatie", "goed"),
    [
        (BedrijfSleutel(KVK), {"kvkNummer": "69599084"}, True),
        (BedrijfSleutel(KVK), {"kvkNummer": "69599084", "vestigingsNummer": "000009085728"}, True),
        (BedrijfSleutel(KVK), {"innNnpId": "69599084"}, True),
        (BedrijfSleutel(KVK, rsin="992340597"), {"innNnpId": "992340597"}, True),
        (BedrijfSleutel(KVK), {"innNnpId": "992340597"}, False),
        (BedrijfSleutel(KVK), {"kvkNummer": "90000749"}, False),
        (BedrijfSleutel(KVK, VESTIGING), {"vestigingsNummer": "000009085728", "kvkNummer": "69599084"}, True),
        (
            BedrijfSleutel(KVK, VESTIGING),
            {"vestigingsNummer": "000009085729", "kvkNummer": "69599084"},
            False,
        ),
    ],
)
def test_een_zaak_van_een_bedrijf_noemt_dat_bedrijf(
    aansluitingen: Aansluitingen,
    server: Proefserver,
    aanroep: Aanroep,
    sleutel: KlantSleutel,
    identificatie: dict[str, str],
    goed: bool,
) -> None:
    server.always(bladzij(zaak(1, rol(**identificatie))))
    if goed:
        assert len(aansluitingen.zaken.load_zaken(sleutel, [uuid(1)], aanroep)) == 1
    else:
        with pytest.raises(FilterGenegeerd):
            aansluitingen.zaken.load_zaken(sleutel, [uuid(1)], aanroep)


def test_een_vestiging_in_een_rol_is_leesbaar() -> None:
    gelezen = to_rol(msgspec.convert(lijf("openzaak-rol-vestiging"), RolVorm))
    assert (gelezen.naam, gelezen.kvk, gelezen.vestiging) == (
        "Bakkerij Dijk B.V.",
        "93420493",
        "000009085728",
    )


# --- één zaak ---


def test_statussen_komen_nieuwste_eerst(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    rijen = lijf("openzaak-statussen-van-zaak")["results"]
    server.always(bladzij(*reversed(rijen)))
    statussen = aansluitingen.zaken.load_statussen(uuid(1), aanroep)
    assert [s.gezet_op for s in statussen] == sorted(
        (s.gezet_op for s in statussen if s.gezet_op), reverse=True
    )
    assert server.verzoeken[0].query["zaak"] == f"{server.basis}/zaken/api/v1/zaken/{uuid(1)}"


def test_rollen_van_een_zaak() -> None:
    rijen = lijf("openzaak-rollen-van-zaak")["results"]
    rollen = [to_rol(rol) for rol in msgspec.convert(rijen, list[RolVorm])]
    assert {(r.omschrijving_generiek, r.bsn) for r in rollen} == {
        ("behandelaar", ""),
        ("initiator", "999990202"),
    }


def test_het_resultaat_heeft_de_omschrijving_van_zijn_type_als_die_te_zien_is(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    kaal = {"uuid": uuid(7), "resultaattype": f"{OZ}/resultaattypen/{uuid(8)}", "toelichting": ""}
    server.always(Reactie(json=kaal), Reactie(json={"omschrijving": "Verleend"}), Reactie(json=kaal))
    assert aansluitingen.zaken.load_resultaat(uuid(7), aanroep).omschrijving == "Verleend"
    assert aansluitingen.zaken.load_resultaat(uuid(7), aanroep).omschrijving == "Verleend"
    assert len(server.verzoeken) == 3  # het type is onthouden
    andere = kaal | {"resultaattype": f"{OZ}/resultaattypen/{uuid(9)}"}
    server.always(Reactie(json=andere), als_reactie("openzaak-fout-403-geen-token"))
    assert aansluitingen.zaken.load_resultaat(uuid(7), aanroep).omschrijving == ""


def documenten_server(server: Proefserver) -> Callable[[Ontvangen], Reactie]:
    def answer(verzoek: Ontvangen) -> Reactie:
        if verzoek.pad.endswith("/zaakinformatieobjecten"):
            return als_reactie("openzaak-zaakinformatieobjecten-van-zaak")
        return als_reactie("openzaak-documenten-zoek-uuid-in")

    return answer


def test_documenten_hebben_hun_gegevens_na_twee_verzoeken(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.answer = documenten_server(server)
    (document,) = aansluitingen.zaken.load_documenten(uuid(1), aanroep)
    assert (document.titel, document.bestandsnaam, document.omvang) == ("Foto", "foto.pdf", 193)
    assert document.registratiedatum == datetime(2026, 11, 22, 0, 0, 37, 654811, tzinfo=UTC)
    assert Vertrouwelijkheid.lees(document.vertrouwelijkheid) is Vertrouwelijkheid.openbaar
    assert len(server.verzoeken) == 2
    assert server.verzoeken[1].lijf == {"uuid__in": [document.informatieobject_uuid]}


def test_documenten_die_niet_zijn_gevraagd_komen_niet_mee(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    gewoon = documenten_server(server)
    vreemd = {"url": f"{OZ}/enkelvoudiginformatieobjecten/{uuid(66)}"}
    server.answer = lambda v: bladzij(vreemd) if v.methode == "POST" else gewoon(v)
    with pytest.raises(FilterGenegeerd):
        aansluitingen.zaken.load_documenten(uuid(1), aanroep)


def test_wie_geen_documenten_mag_zien_ziet_wel_de_titels_van_de_zaak(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    gewoon = documenten_server(server)
    geweigerd = als_reactie("openzaak-fout-403-beperkt-ander-zaaktype")
    server.answer = lambda v: geweigerd if v.methode == "POST" else gewoon(v)
    (document,) = aansluitingen.zaken.load_documenten(uuid(1), aanroep)
    assert (document.titel, document.omvang) == ("Foto", None)


def test_een_document_wordt_gehaald_zonder_om_json_te_vragen(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(Reactie(ruw=b"%PDF", koppen={"Content-Type": "application/octet-stream"}))
    doel = io.BytesIO()
    aansluitingen.zaken.download(uuid(5), doel, lambda *_: None, aanroep)
    assert doel.getvalue() == b"%PDF"
    assert server.verzoeken[0].koppen["accept"] == "*/*"  # op application/json antwoordt Open Zaak met 406
    assert server.verzoeken[0].pad.endswith(f"/enkelvoudiginformatieobjecten/{uuid(5)}/download")


def test_geen_enkel_verzoek_vraagt_of_er_iets_is_veranderd(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    """Een ETag let niet op expand: met If-None-Match kwam een oude behandelaar terug."""
    server.always(Reactie(json={"count": 0, "next": None, "results": []}, koppen={"ETag": '"x"'}))
    for _ in range(2):
        aansluitingen.zaken.load_zaken(BSN, [uuid(1)], aanroep)
    assert all("if-none-match" not in v.koppen for v in server.verzoeken)


def test_te_weinig_rechten_is_geen_lege_lijst(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(als_reactie("openzaak-fout-403-beperkt-ander-zaaktype"))
    with pytest.raises(NietBevoegd, match="het zaaksysteem"):
        aansluitingen.zaken.find_open_zaken(BSN, aanroep)


def test_opschorting_verlenging_en_een_vreemde_vertrouwelijkheid_blijven_staan(
    aansluitingen: Aansluitingen, server: Proefserver, aanroep: Aanroep
) -> None:
    server.always(
        bladzij(
            zaak(
                1,
                opschorting={"indicatie": True, "reden": "wacht"},
                verlenging={"reden": "druk", "duur": "P42D"},
                vertrouwelijkheidaanduiding="kosmisch",
                hoofdzaak=f"{OZ}/zaken/{uuid(44)}",
            )
        )
    )
    (gelezen,) = aansluitingen.zaken.find_open_zaken(BSN, aanroep)
    assert (gelezen.opgeschort, gelezen.opschorting_reden) == (True, "wacht")
    assert (gelezen.verlenging_duur, gelezen.verlenging_reden) == ("P42D", "druk")
    assert Vertrouwelijkheid.lees(gelezen.vertrouwelijkheid) is Vertrouwelijkheid.zeer_geheim
    assert gelezen.hoofdzaak_uuid == uuid(44)
