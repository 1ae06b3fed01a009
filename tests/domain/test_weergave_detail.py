"""Wat er van één contact en één zaak te zien mag zijn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from frontoffice.domain.contact import Klantcontact, Onderwerpobject
from frontoffice.domain.dossier import ZaakDossier, maak_stappen, maak_voorleestekst
from frontoffice.domain.klantbeeld import Zaken
from frontoffice.domain.termijn import bereken_termijn
from frontoffice.domain.verbergen import VERBORGEN
from frontoffice.domain.weergave_detail import maak_contactweergave, maak_dossierweergave
from frontoffice.domain.zaak import Zaak, ZaakDetail
from tests.bouwers import (
    NU,
    SLEUTEL,
    STORING,
    VANDAAG,
    geladen,
    maak_beeld,
    maak_catalogus,
    maak_contact,
    maak_document,
    maak_persoon,
    maak_rol,
    maak_taak,
    maak_zaak,
)


def dossier_van(zaak: Zaak, **anders: Any) -> ZaakDossier:
    catalogus = maak_catalogus()
    statussen = (zaak.status,) if zaak.status else ()
    velden: dict[str, Any] = {
        "detail": ZaakDetail(zaak, statussen, zaak.rollen or (), zaak.documenten or ()),
        "zaaktype": "Kapvergunning",
        "termijn": bereken_termijn(zaak, VANDAAG, catalogus),
        "stappen": maak_stappen(statussen, zaak, catalogus),
        "voorleestekst": maak_voorleestekst(zaak, SLEUTEL, catalogus, (), VANDAAG),
    }
    return ZaakDossier(**{**velden, **anders})


def over(contact: Klantcontact, *zaken: Zaak) -> Klantcontact:
    objecten = tuple(
        Onderwerpobject(f"o{n}", zaak.uuid, "zgw-Zaak", "openzaak", "uuid") for n, zaak in enumerate(zaken)
    )
    return replace(contact, onderwerpobjecten=objecten)


def test_een_contact_in_gewone_woorden() -> None:
    contact = maak_contact()
    contact = replace(
        contact,
        contact_gelukt=False,
        taken=(maak_taak(contact.uuid), maak_taak(contact.uuid, status="verwerkt", afgehandeld_op=NU)),
    )
    weergave = maak_contactweergave(maak_beeld(), contact)
    assert (weergave.titel, weergave.wanneer, weergave.wie) == ("Telefoon", "za 21 nov, 14.03 uur", "S. Bos")
    assert [taak.toestand for taak in weergave.taken] == ["open sinds vr 20 nov", "afgehandeld op zo 22 nov"]
    assert not weergave.gelukt


TOELICHTING = """Terugbellen uiterlijk 20-11-2026. Beloofd: 21-11-2026.
Bel over de kap, 06-12345678.
Klant belde opnieuw: 2 keer, laatst 04-11-2026 14.03 uur."""


def test_een_terugbelverzoek_toont_wat_is_beloofd_los_van_wat_is_gevraagd() -> None:
    contact = maak_contact()
    contact = replace(contact, taken=(maak_taak(contact.uuid, toelichting=TOELICHTING),))
    (taak,) = maak_contactweergave(maak_beeld(), contact).taken
    assert taak.toelichting == "Bel over de kap, 06-12345678."
    assert taak.feiten == (
        ("Beloofd", "uiterlijk zaterdag 21 november (1 dag te laat)"),
        ("Afdeling", "uiterlijk vrijdag 20 november"),
        ("Belde opnieuw", "2 keer, laatst wo 4 nov, 14.03 uur"),
    )
    assert taak.te_laat


def test_een_nagekomen_belofte_zegt_hoe_het_is_verteld() -> None:
    contact, verteld = maak_contact(), "\nVerteld op 21-11-2026 via e-mail door S. Bos."
    taak = maak_taak(contact.uuid, toelichting=TOELICHTING + verteld, status="verwerkt", afgehandeld_op=NU)
    (gezien,) = maak_contactweergave(maak_beeld(), replace(contact, taken=(taak,))).taken
    assert ("Beloofd", "uiterlijk zaterdag 21 november (gehaald)") in gezien.feiten
    assert ("Verteld", "za 21 nov via e-mail door S. Bos") in gezien.feiten
    assert not gezien.te_laat


def test_bij_geheimhouding_blijft_de_belofte_leesbaar_en_het_nummer_verborgen() -> None:
    contact = maak_contact()
    contact = replace(contact, taken=(maak_taak(contact.uuid, toelichting=TOELICHTING),))
    beeld = maak_beeld(persoon=geladen(maak_persoon(geheimhouding=True)))
    (taak,) = maak_contactweergave(beeld, contact).taken
    assert taak.toelichting == f"Bel over de kap, {VERBORGEN}."
    assert ("Belde opnieuw", "2 keer, laatst wo 4 nov, 14.03 uur") in taak.feiten


def test_een_contact_noemt_alleen_zaken_die_in_beeld_zijn() -> None:
    eigen, verborgen = maak_zaak(), maak_zaak()
    beeld = maak_beeld(zaken=geladen(Zaken((eigen,))))
    weergave = maak_contactweergave(beeld, over(maak_contact(), eigen, verborgen, eigen))
    assert weergave.over_zaken == ((eigen.uuid, "Kapvergunning"),)


def test_zonder_controle_is_er_van_een_contact_niets_te_zien() -> None:
    weergave = maak_contactweergave(maak_beeld(gecontroleerd=False), maak_contact(inhoud="Geheim verhaal"))
    assert "Geheim" not in repr(weergave)
    assert weergave.onthul is None


def test_een_dossier_zet_streefdatum_en_wettelijke_termijn_apart() -> None:
    zaak = maak_zaak(streefdatum=VANDAAG, dagen=20, verlenging_duur="P0D", verlenging_reden="Extra onderzoek")
    weergave = maak_dossierweergave(maak_beeld(), dossier_van(zaak, contacten_van_anderen=2))
    assert weergave.streefdatum == "zondag 22 november"
    assert weergave.wettelijke_termijn == "zaterdag 12 december"
    assert weergave.opmerkingen == (
        "De termijn is verlengd: Extra onderzoek.",
        "Ook met anderen was er over deze zaak 2 keer contact.",
    )
    assert ("behandelaar", "K. de Boer") in weergave.rollen


def test_een_dossier_dat_stilligt_zegt_waarom() -> None:
    zaak = maak_zaak(opgeschort=True, opschorting_reden="Wacht op gegevens")
    weergave = maak_dossierweergave(maak_beeld(), dossier_van(zaak))
    assert weergave.opmerkingen[0] == "De zaak ligt stil: Wacht op gegevens. De tijd telt niet door."


def test_geheimhouding_geldt_in_het_hele_dossier() -> None:
    zaak = maak_zaak(
        omschrijving="Kap bij Brinkstraat 912",
        toelichting="Bel 06-12345678",
        opgeschort=True,
        opschorting_reden="Post kwam terug van 7581 ZZ 912",
        documenten=(maak_document("Tekening Brinkstraat 912"),),
        rollen=(maak_rol(naam="A. Jansen"),),
    )
    beeld = maak_beeld(persoon=geladen(maak_persoon(geheimhouding=True)))
    contact = maak_contact(inhoud="Mail anna@voorbeeld.example")
    tekst = repr(maak_dossierweergave(beeld, dossier_van(zaak, contacten=(contact,))))
    assert VERBORGEN in tekst
    for geheim in ("Brinkstraat", "06-12345678", "7581", "anna@"):
        assert geheim not in tekst


def test_wat_in_een_dossier_mislukte_staat_er_als_zin() -> None:
    weergave = maak_dossierweergave(maak_beeld(), dossier_van(maak_zaak(), fouten=(("documenten", STORING),)))
    assert weergave.fouten == ("Documenten: niet geladen. Er is een storing. Probeer het later opnieuw.",)
