"""Wat er van een klantbeeld te zien mag zijn."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from frontoffice.domain.fouten import NietGevonden
from frontoffice.domain.klant import AdresSoort, Herkomst
from frontoffice.domain.klantbeeld import Contacten, Klantbeeld, Mislukt, Wacht, Zaken
from frontoffice.domain.tijdlijn import Stroom
from frontoffice.domain.verbergen import VERBORGEN
from frontoffice.domain.weergave import CONTROLEER_EERST, Ernst, KlantWeergave, maak_weergave
from frontoffice.domain.weergave_detail import maak_contactweergave
from tests.bouwers import (
    BEDRIJF_SLEUTEL,
    BSN,
    NU,
    STORING,
    geladen,
    maak_adres,
    maak_bedrijf,
    maak_beeld,
    maak_contact,
    maak_digitaal_adres,
    maak_naam,
    maak_partij,
    maak_persoon,
    maak_rol,
    maak_taak,
    maak_zaak,
)

GEHEIM = (
    "Brinkstraat",
    "7581",
    "0612345678",
    "06 12345678",
    "06 12 34 56 78",
    "06-12 34 56 78",
    "anna@voorbeeld.example",
)


def alles_te_zien(weergave: KlantWeergave) -> str:
    """Elke tekst van een weergave achter elkaar: wat hier niet in staat, kan niet op het scherm komen."""
    return repr(asdict(weergave))


def geheim_beeld(**anders: Any) -> Klantbeeld:
    contact = maak_contact(
        onderwerp="Bel 06-12 34 56 78",
        inhoud="Woont Brinkstraat 912, 7581 ZZ. Mail anna@voorbeeld.example",
        reactie="Ook via 0612345678",
    )
    contact = replace(contact, taken=(maak_taak(contact.uuid, gevraagde_handeling="Bel 0612345678"),))
    zaak = maak_zaak(omschrijving="Kap bij Brinkstraat 912")
    velden: dict[str, Any] = {
        "persoon": geladen(maak_persoon(geheimhouding=True)),
        "klant": geladen((maak_partij(contacten=[contact]),)),
        "contacten": geladen(Contacten((contact,), 1)),
        "zaken": geladen(Zaken((zaak,))),
    }
    return maak_beeld(**{**velden, **anders})


def gegeven(weergave: KlantWeergave, soort: str) -> Any:
    return next(g for g in weergave.gegevens if g.soort == soort)


def test_een_gewone_klant_is_helemaal_te_zien() -> None:
    weergave = maak_weergave(maak_beeld())
    assert weergave.naam == "Mevrouw A.M. Jansen-ter Braak"
    assert weergave.ondertitel == "geb. 1-12-1985 (40)"
    assert gegeven(weergave, "adres").tekst == "Brinkstraat 912, 7581 ZZ LOSSER"
    assert gegeven(weergave, "telefoon").kopieerbaar
    assert gegeven(weergave, "taal").tekst == "Nederlands"
    assert weergave.zaken_samenvatting == "1 open zaak"
    assert weergave.toestanden["persoon"].tekst == "Bijgewerkt 14.03 uur"


def test_een_nummer_in_twee_notaties_staat_er_een_keer_zoals_men_het_leest() -> None:
    adressen = tuple(
        maak_digitaal_adres(nummer, omschrijving="Werk") for nummer in ("+31534611234", "0534611234")
    )
    weergave = maak_weergave(maak_beeld(klant=geladen((maak_partij(digitale_adressen=adressen),))))
    telefoons = [(g.label, g.tekst) for g in weergave.gegevens if g.soort == "telefoon"]
    assert telefoons == [("Telefoon (werk)", "053 461 1234")]


def test_het_bsn_is_pas_heel_te_zien_en_te_kopieren_na_onthullen() -> None:
    dicht = maak_weergave(maak_beeld())
    assert BSN not in alles_te_zien(dicht)
    assert (gegeven(dicht, "bsn").tekst, gegeven(dicht, "bsn").kopieerbaar) == ("••••••653", False)
    open_ = gegeven(maak_weergave(maak_beeld(onthuld=frozenset({"bsn"}))), "bsn")
    assert (open_.tekst, open_.kopieerbaar, open_.onthul) == (BSN, True, None)


def test_bij_geheimhouding_staan_adres_telefoon_en_mail_nergens() -> None:
    tekst = alles_te_zien(maak_weergave(geheim_beeld()))
    assert [geheim for geheim in GEHEIM if geheim in tekst] == []
    assert VERBORGEN in tekst
    assert "Geheimhouding: geef niets door" in tekst


def test_geheimhouding_in_het_klantregister_verbergt_evengoed() -> None:
    gewoon = geheim_beeld(persoon=geladen(maak_persoon()))
    partij = replace(gewoon.klant.waarde[0], geheimhouding=True)  # type: ignore[union-attr]
    tekst = alles_te_zien(maak_weergave(replace(gewoon, klant=geladen((partij,)))))
    assert [geheim for geheim in GEHEIM if geheim in tekst] == []


@pytest.mark.parametrize("persoon", [Wacht(), Mislukt(STORING, NU, 1.0)])
def test_zolang_geheimhouding_niet_is_uitgesloten_blijft_alles_dicht(persoon: Any) -> None:
    weergave = maak_weergave(geheim_beeld(persoon=persoon))
    tekst = alles_te_zien(weergave)
    assert [
        geheim for geheim in ("7581 ZZ", "0612345678", "06-12 34 56 78", "anna@") if geheim in tekst
    ] == []
    assert "Nog niet bekend of er geheimhouding is" in gegeven(weergave, "telefoon").waarom_verborgen


def test_zolang_het_klantregister_nog_laadt_blijft_het_adres_dicht() -> None:
    assert gegeven(maak_weergave(maak_beeld(klant=Wacht())), "adres").onthul == "adres"
    assert gegeven(maak_weergave(maak_beeld(klant=Mislukt(STORING, NU, 1.0))), "adres").onthul is None


def test_onthullen_gaat_per_gegeven() -> None:
    weergave = maak_weergave(geheim_beeld(onthuld=frozenset({"telefoon"})))
    tekst = alles_te_zien(weergave)
    assert gegeven(weergave, "telefoon").tekst == "06 12 34 56 78"
    assert "Brinkstraat" not in tekst
    assert "anna@voorbeeld.example" not in tekst
    assert "Bel 06-12 34 56 78" in tekst


def test_wie_nog_niet_is_gecontroleerd_is_alleen_een_voornaam_en_een_letter() -> None:
    beeld = geheim_beeld(herkomst=Herkomst.TELEFOON, gecontroleerd=False)
    weergave = maak_weergave(beeld)
    assert weergave.naam == "Anna J."
    tekst = alles_te_zien(weergave)
    for verboden in (*GEHEIM, "Jansen", "1985", BSN, "653", "Kap", "S. Bos"):
        assert verboden not in tekst
    assert (weergave.zaken, weergave.tijdlijn, weergave.aandacht, weergave.gegevens) == ((), (), (), ())
    assert weergave.uitleg == CONTROLEER_EERST
    assert weergave.zaken_samenvatting == ""


def test_wie_via_een_geheim_adres_is_gevonden_heeft_nog_geen_naam() -> None:
    beeld = geheim_beeld(herkomst=Herkomst.ADRES_GEHEIM, gecontroleerd=False)
    weergave = maak_weergave(beeld)
    assert weergave.naam == "Persoon met geheimhouding"
    assert "Anna" not in alles_te_zien(weergave)


def test_aan_de_balie_beginnen_bsn_geboortedatum_en_adres_dicht() -> None:
    weergave = maak_weergave(maak_beeld(), "balie")
    assert {g.soort for g in weergave.gegevens if g.onthul} == {"bsn", "geboortedatum", "adres"}
    tekst = alles_te_zien(weergave)
    assert not any(deel in tekst for deel in ("1985", "(40)", "Brinkstraat"))
    onthuld = maak_weergave(maak_beeld(onthuld=frozenset({"geboortedatum", "adres"})), "balie")
    assert onthuld.ondertitel == "geb. 1-12-1985 (40)"
    assert gegeven(onthuld, "adres").kopieerbaar


def test_een_vertrouwelijk_contact_is_dicht_tot_iemand_het_opent() -> None:
    contact = maak_contact(vertrouwelijk=True, onderwerp="Schulden", inhoud="Over schulden")
    contact = replace(contact, taken=(maak_taak(contact.uuid, gevraagde_handeling="Bel over schulden"),))
    beeld = maak_beeld(contacten=geladen(Contacten((contact,), 1)), zaken=geladen(Zaken(())))
    dicht = maak_weergave(beeld)
    assert "chulden" not in alles_te_zien(dicht)
    assert {item.titel for item in dicht.tijdlijn} == {"Vertrouwelijk contact", "Terugbelverzoek"}
    assert maak_contactweergave(beeld, contact).onthul == f"contact:{contact.uuid}"
    assert "chulden" not in repr(maak_contactweergave(beeld, contact))
    geopend = replace(beeld, onthuld=frozenset({f"contact:{contact.uuid}"}))
    assert "Schulden" in {item.titel for item in maak_weergave(geopend).tijdlijn}
    assert maak_contactweergave(geopend, contact).inhoud == "Over schulden"


def test_de_geheimhouding_geldt_ook_in_een_geopend_contact() -> None:
    beeld = geheim_beeld()
    contact = beeld.contacten.waarde.rijen[0]  # type: ignore[union-attr]
    tekst = repr(maak_contactweergave(beeld, contact))
    assert [geheim for geheim in GEHEIM if geheim in tekst] == []


def test_een_overledene_blokkeert_brieven() -> None:
    weergave = maak_weergave(maak_beeld(persoon=geladen(maak_persoon(overleden=True, leeftijd=None))))
    assert weergave.brieven_geblokkeerd
    assert "Nabestaande belt" in weergave.waarschuwingen[0].tekst
    assert not maak_weergave(maak_beeld()).brieven_geblokkeerd


def test_een_adres_in_onderzoek_is_niet_zeker_en_niet_te_kopieren() -> None:
    persoon = maak_persoon(adres=maak_adres(in_onderzoek=True))
    adres = gegeven(maak_weergave(maak_beeld(persoon=geladen(persoon))), "adres")
    assert adres.tekst.endswith("(niet zeker)")
    assert not adres.kopieerbaar


def test_dubbele_klanten_worden_samen_getoond_en_genoemd() -> None:
    partijen = (
        maak_partij(),
        maak_partij(digitale_adressen=(maak_digitaal_adres("0687654321"), maak_digitaal_adres("0612345678"))),
    )
    weergave = maak_weergave(maak_beeld(klant=geladen(partijen)))
    assert weergave.opmerkingen == ("Deze klant staat 2 keer in het klantregister. U ziet alles samen.",)
    nummers = [g.tekst for g in weergave.gegevens if g.soort == "telefoon"]
    assert nummers == ["06 12 34 56 78", "06 87 65 43 21"]


def test_een_afgeschermd_bedrijfsadres_staat_ook_niet_in_vrije_tekst() -> None:
    contact = maak_contact(inhoud="Bezoek Hoofdstraat 5, 7581ZZ. Bel 0612345678")
    bedrijf = maak_bedrijf(
        adres_afgeschermd=True, adres=maak_adres(regels=("Hoofdstraat 5", "7581ZZ LOSSER"), postcode="7581ZZ")
    )
    beeld = maak_beeld(
        sleutel=BEDRIJF_SLEUTEL,
        persoon=None,
        bedrijf=geladen(bedrijf),
        contacten=geladen(Contacten((contact,), 1)),
        zaken=geladen(Zaken((maak_zaak(omschrijving="Terras Hoofdstraat 5"),))),
    )
    te_zien = alles_te_zien(maak_weergave(beeld)) + repr(maak_contactweergave(beeld, contact))
    assert "Hoofdstraat" not in te_zien
    assert "7581" not in te_zien
    assert "0612345678" in te_zien  # alleen het adres is afgeschermd
    assert "Hoofdstraat 5" in repr(maak_weergave(replace(beeld, onthuld=frozenset({"adres"}))))


def test_een_afgeschermd_bedrijfsadres_is_dicht() -> None:
    beeld = maak_beeld(
        sleutel=BEDRIJF_SLEUTEL,
        persoon=None,
        bedrijf=geladen(maak_bedrijf(adres_afgeschermd=True, geen_reclame=True)),
        klant=geladen(()),
        zaken=geladen(Zaken(())),
    )
    weergave = maak_weergave(beeld)
    assert weergave.naam == "Bakkerij De Gouden Krakeling"
    assert "Hoofdstraat" not in alles_te_zien(weergave)
    assert gegeven(weergave, "adres").onthul == "adres"
    assert gegeven(weergave, "geen_reclame").tekst == "Stuur geen reclame"


def test_een_klant_zonder_partij_is_gewoon_een_klant() -> None:
    beeld = maak_beeld(klant=geladen(()), contacten=geladen(Contacten((), 0)))
    assert maak_weergave(beeld).naam == "Mevrouw A.M. Jansen-ter Braak"


def test_een_klant_zonder_naam_heet_zo() -> None:
    leeg = maak_naam(voornamen="", voorletters="", geslachtsnaam="", volledig="", aanschrijfnaam=" \u200b ")
    beeld = maak_beeld(persoon=geladen(maak_persoon(naam=leeg)), klant=geladen(()))
    assert maak_weergave(beeld).naam == "(geen naam)"


def test_opmaak_en_omkerende_tekens_blijven_gewone_tekst() -> None:
    naam = maak_naam(aanschrijfnaam="<b>Jansen</b>\u202e & Zn\nregel")
    weergave = maak_weergave(maak_beeld(persoon=geladen(maak_persoon(naam=naam))))
    assert weergave.naam == "<b>Jansen</b>\ufffd & Zn regel"


def test_een_zaakregel_zegt_alles_in_woorden() -> None:
    zaak = maak_zaak(dagen=-3)
    (regel,) = maak_weergave(maak_beeld(zaken=geladen(Zaken((zaak,))))).zaken
    assert (regel.zaaktype, regel.status, regel.termijn, regel.ernst) == (
        "Kapvergunning", "In behandeling", "3 dagen te laat", Ernst.GEVAAR)  # fmt: skip
    assert (regel.behandelaar, regel.rol, regel.dagen) == ("K. de Boer", "aanvrager", -3)


def test_een_zaak_zonder_catalogus_status_of_behandelaar() -> None:
    zaak = maak_zaak(status=None, rollen=(maak_rol(),), uiterste_datum=None)
    (regel,) = maak_weergave(
        maak_beeld(zaken=geladen(Zaken((zaak,))), catalogus=Mislukt(STORING, NU, 1.0))
    ).zaken
    assert (regel.zaaktype, regel.status, regel.termijn, regel.behandelaar) == (
        "Zaaktype onbekend", "Nog geen status", "geen termijn bekend", "Nog niemand")  # fmt: skip


@pytest.mark.parametrize(
    ("dagen", "ernst"), [(-1, Ernst.GEVAAR), (0, Ernst.LET_OP), (7, Ernst.LET_OP), (8, Ernst.GEWOON)]
)
def test_de_ernst_volgt_de_wettelijke_termijn(dagen: int, ernst: Ernst) -> None:
    (regel,) = maak_weergave(maak_beeld(zaken=geladen(Zaken((maak_zaak(dagen=dagen),))))).zaken
    assert regel.ernst is ernst


def test_wat_niet_is_nagekeken_telt_niet_mee() -> None:
    zaken = Zaken(tuple(maak_zaak() for _ in range(2)), nog_na_te_kijken=("a", "b", "c"))
    weergave = maak_weergave(maak_beeld(zaken=geladen(zaken)))
    assert weergave.zaken_samenvatting == "2 getoond, er zijn er meer"
    assert weergave.zaken_meer
    assert maak_weergave(maak_beeld(zaken=geladen(Zaken(())))).zaken_samenvatting == "Geen open zaken"


def test_een_mislukt_onderdeel_lijkt_nooit_op_een_leeg_onderdeel() -> None:
    beeld = maak_beeld(contacten=Mislukt(STORING, NU, 1.0), zaken=Wacht())
    weergave = maak_weergave(beeld)
    assert (
        weergave.toestanden["contacten"].tekst
        == "Niet geladen: Er is een storing. Probeer het later opnieuw."
    )
    assert weergave.toestanden["contacten"].opnieuw_helpt
    assert weergave.toestanden["zaken"].tekst == "Laden…"
    assert weergave.zaken_samenvatting == ""
    assert weergave.tijdlijn_meldingen == (
        "Contacten: niet geladen. Er is een storing. Probeer het later opnieuw.",
    )


def test_elke_ontbrekende_bron_van_de_tijdlijn_wordt_genoemd() -> None:
    beeld = maak_beeld()
    tijdlijn = beeld.tijdlijn.met(Stroom("agenda", fout=STORING)).met(Stroom("meldingen", aangesloten=False))
    meldingen = maak_weergave(replace(beeld, tijdlijn=tijdlijn)).tijdlijn_meldingen
    assert meldingen == (
        "Agenda: niet geladen. Er is een storing. Probeer het later opnieuw.",
        "Meldingen: niet aangesloten.",
    )


def test_overige_digitale_adressen_zijn_ook_verborgen() -> None:
    partij = maak_partij(digitale_adressen=(maak_digitaal_adres("@annaj", soort=AdresSoort.OVERIG),))
    assert "@annaj" not in alles_te_zien(maak_weergave(geheim_beeld(klant=geladen((partij,)))))


def test_een_bsn_dat_de_brp_niet_kent_is_een_antwoord_en_geen_storing() -> None:
    fout = NietGevonden("De basisregistratie personen kent dit nummer niet.", register="brp")
    weergave = maak_weergave(maak_beeld(persoon=Mislukt(fout, NU, 12.0)))
    assert weergave.toestanden["persoon"].soort == "geladen"
    assert fout.uitleg in weergave.opmerkingen
