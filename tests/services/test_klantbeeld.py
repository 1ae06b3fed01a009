"""Het klantbeeld openen, laden, opnieuw proberen en verder lezen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from frontoffice.domain.fouten import FilterGenegeerd, Geannuleerd, Geweigerd, InvoerFout, Storing
from frontoffice.domain.klant import Controle, Herkomst, PartijSleutel
from frontoffice.domain.klantbeeld import Geladen, Klantbeeld, Mislukt, Wacht
from frontoffice.domain.tijdlijn import TijdlijnSoort
from frontoffice.domain.weergave import maak_weergave
from frontoffice.domain.zaak import Resultaat, Vertrouwelijkheid, Zaak
from frontoffice.ports import BronPagina, Stop
from frontoffice.registratiepoort import WinkelFout
from frontoffice.services.meldingen import MeldingenNietAangesloten
from tests.bouwers import (
    ANDER_BSN,
    ANDERE_SLEUTEL,
    BEDRIJF_SLEUTEL,
    BIJSTAND,
    KAPVERGUNNING,
    KVK,
    NU,
    PARKEERKAART,
    SLEUTEL,
    VANDAAG,
    maak_bedrijf,
    maak_contact,
    maak_contacten,
    maak_document,
    maak_item,
    maak_partij,
    maak_rol,
    maak_status,
    maak_taak,
    maak_zaak,
)
from tests.nep import NepBron
from tests.services.conftest import Werkplek, pas_toe

STORING = Storing("Er is een storing. Probeer het later opnieuw.", register="zaken")


def vul(werkplek: Werkplek, contacten: int = 2, zaken: int = 1) -> None:
    """Een gewone klant, met daarnaast een ander die ook contacten en zaken heeft."""
    eigen = maak_contacten(contacten)
    vreemd = maak_contacten(3)
    werkplek.klantinteracties.contacten = eigen + vreemd
    werkplek.klantinteracties.partijen = [
        maak_partij(contacten=eigen),
        maak_partij(ANDER_BSN, contacten=vreemd),
    ]
    werkplek.zaken.zaken = [maak_zaak(dagen=n + 1) for n in range(zaken)] + [maak_zaak(bsn=ANDER_BSN)]


def waarde(deel: Any) -> Any:
    assert isinstance(deel, Geladen), deel
    return deel.waarde


def fout(deel: Any) -> Any:
    assert isinstance(deel, Mislukt), deel
    return deel.fout


# Het eerste beeld


def test_het_eerste_beeld_is_compleet(werkplek: Werkplek) -> None:
    vul(werkplek)
    beeld = werkplek.open()
    assert beeld.is_compleet
    assert list(beeld.onderdelen) == ["persoon", "klant", "contacten", "zaken", "catalogus"]
    assert len(waarde(beeld.contacten).rijen) == 2
    assert len(waarde(beeld.zaken).zaken) == 1
    assert {item.soort for item in beeld.tijdlijn.items} == {
        TijdlijnSoort.CONTACT,
        TijdlijnSoort.ZAAK,
        TijdlijnSoort.DOCUMENT,
    }


@pytest.mark.parametrize(("contacten", "zaken"), [(0, 0), (20, 8), (200, 300)])
def test_een_bekend_bsn_kost_hoogstens_zes_verzoeken_en_is_twee_diep(
    werkplek: Werkplek, contacten: int, zaken: int
) -> None:
    vul(werkplek, contacten, zaken)
    beeld = werkplek.open()
    assert beeld.is_compleet
    assert len(beeld.verzoeken) <= 6
    assert max(v.diepte for v in beeld.verzoeken) <= 2


def test_met_een_koude_catalogus_zijn_het_er_hoogstens_tien_en_drie_diep(werkplek: Werkplek) -> None:
    vul(werkplek, 20, 8)
    werkplek.zaken.warm = False
    werkplek.rol("KAP")
    beeld = werkplek.open()
    assert len(beeld.verzoeken) <= 10
    assert max(v.diepte for v in beeld.verzoeken) <= 3
    assert len(waarde(beeld.zaken).zaken) == 8


def test_elk_onderdeel_komt_zodra_het_er_is(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.personen.houd_vast("load_persoon")
    dienst = werkplek.klantbeeld
    beeld = dienst.begin(SLEUTEL, Herkomst.BSN)
    for verandering in dienst.load(beeld, Stop()):
        beeld = verandering(beeld)
        if (
            not isinstance(beeld.zaken, Wacht)
            and not isinstance(beeld.contacten, Wacht)
            and isinstance(beeld.persoon, Wacht)
        ):
            werkplek.personen.laat_los("load_persoon")
    assert beeld.is_compleet
    assert waarde(beeld.persoon).bsn == SLEUTEL.bsn


def test_een_inwoner_zonder_partij_is_een_volledige_klant(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak()]
    beeld = werkplek.open()
    assert waarde(beeld.klant) == ()
    assert waarde(beeld.contacten).totaal == 0
    assert len(waarde(beeld.zaken).zaken) == 1


def test_meer_partijen_op_een_bsn_worden_samen_gelezen(werkplek: Werkplek) -> None:
    een, twee = maak_contact(1), maak_contact(2)
    werkplek.klantinteracties.contacten = [een, twee]
    werkplek.klantinteracties.partijen = [maak_partij(contacten=[een]), maak_partij(contacten=[twee])]
    beeld = werkplek.open()
    assert len(waarde(beeld.contacten).rijen) == 2
    assert "2 keer in het klantregister" in maak_weergave(beeld).opmerkingen[0]


def test_een_bedrijf_heeft_dezelfde_indeling(werkplek: Werkplek) -> None:
    werkplek.bedrijven.bedrijven = [maak_bedrijf()]
    werkplek.zaken.zaken = [maak_zaak(rollen=(maak_rol("", kvk=KVK),)), maak_zaak()]
    beeld = werkplek.open(BEDRIJF_SLEUTEL, Herkomst.KVK)
    assert list(beeld.onderdelen) == ["bedrijf", "klant", "contacten", "zaken", "catalogus"]
    assert len(waarde(beeld.zaken).zaken) == 1
    assert "load_persoon" not in werkplek.personen.aanroepen


def test_een_partij_zonder_bsn_gaat_open_zonder_brp_en_zonder_zaken(werkplek: Werkplek) -> None:
    contact = maak_contact()
    partij = maak_partij(None, contacten=[contact])
    werkplek.klantinteracties.partijen = [partij]
    werkplek.klantinteracties.contacten = [contact]
    beeld = werkplek.open(PartijSleutel(partij.uuid), Herkomst.SLEUTEL)
    assert list(beeld.onderdelen) == ["klant", "contacten"]
    assert len(waarde(beeld.contacten).rijen) == 1
    assert werkplek.personen.aanroepen == []
    assert werkplek.zaken.aanroepen == []


# Falen blijft bij zichzelf


@pytest.mark.parametrize(
    ("register", "methode", "mislukt"),
    [
        ("personen", "load_persoon", {"persoon"}),
        ("klantinteracties", "load_klantcontacten", {"contacten"}),
        ("klantinteracties", "find_partijen", {"klant", "contacten"}),
        ("zaken", "find_open_zaken", {"zaken"}),
        ("zaken", "load_zaken", {"zaken"}),
        ("zaken", "load_catalogus", {"catalogus"}),
    ],
)
def test_een_mislukt_onderdeel_raakt_de_andere_niet(
    werkplek: Werkplek, register: str, methode: str, mislukt: set[str]
) -> None:
    vul(werkplek)
    getattr(werkplek, register).fouten[methode] = STORING
    beeld = werkplek.open()
    assert {naam for naam, deel in beeld.onderdelen.items() if isinstance(deel, Mislukt)} == mislukt
    assert all(isinstance(deel, Geladen) for naam, deel in beeld.onderdelen.items() if naam not in mislukt)


def test_zonder_klantregister_zegt_het_vak_contacten_waarom(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.klantinteracties.fouten["find_partijen"] = STORING
    assert "niet welke contacten van deze klant zijn" in fout(werkplek.open().contacten).uitleg


def test_wie_alle_zaaktypen_mag_ziet_zaken_ook_zonder_catalogus(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.zaken.fouten["load_catalogus"] = STORING
    (regel,) = maak_weergave(werkplek.open()).zaken
    assert regel.zaaktype == "Zaaktype onbekend"


def test_wie_niet_alle_zaaktypen_mag_ziet_zonder_catalogus_geen_zaken(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.rol("KAP")
    werkplek.zaken.fouten["load_catalogus"] = STORING
    beeld = werkplek.open()
    assert "De zaaktypen zijn niet geladen" in fout(beeld.zaken).uitleg
    assert "load_zaken" not in werkplek.zaken.aanroepen


def test_een_late_verandering_van_een_andere_klant_verandert_niets(werkplek: Werkplek) -> None:
    vul(werkplek)
    dienst = werkplek.klantbeeld
    oud = dienst.begin(SLEUTEL, Herkomst.BSN)
    veranderingen = list(dienst.load(oud, Stop()))
    nieuw = dienst.begin(ANDERE_SLEUTEL, Herkomst.BSN)
    for verandering in veranderingen:
        assert verandering(nieuw) is nieuw


def test_annuleren_zet_wat_nog_wachtte_op_niet_geladen(werkplek: Werkplek) -> None:
    dienst = werkplek.klantbeeld
    stop = Stop()
    beeld = dienst.begin(SLEUTEL, Herkomst.BSN)
    werkplek.zaken.houd_vast("find_open_zaken")
    veranderingen = dienst.load(beeld, stop)
    while sum(isinstance(deel, Wacht) for deel in beeld.onderdelen.values()) > 1:
        beeld = next(veranderingen)(beeld)
    stop.set()
    with pytest.raises(Geannuleerd):
        next(veranderingen)
    beeld = dienst.annuleer(beeld)
    assert isinstance(fout(beeld.zaken), Geannuleerd)
    assert isinstance(beeld.persoon, Geladen)


# Niemand anders


def test_een_genegeerd_filter_bij_contacten_toont_geen_enkel_contact(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.klantinteracties.negeer_filter = True
    beeld = werkplek.open()
    assert fout(beeld.contacten).code == "filter_genegeerd"
    assert not any(item.soort is TijdlijnSoort.CONTACT for item in beeld.tijdlijn.items)


def test_een_contact_dat_net_is_bijgekomen_is_geen_genegeerd_filter(werkplek: Werkplek) -> None:
    """Tussen de twee vragen in kreeg de klant er een contact bij: de partij wordt opnieuw gevraagd."""
    vul(werkplek)
    register = werkplek.klantinteracties
    volledig = list(register.partijen)
    register.partijen = [replace(volledig[0], betrokkene_uuids=frozenset()), volledig[1]]
    echt = register.load_klantcontacten

    def eerst_het_contact(sleutel: Any, pagina: int, aanroep: Any) -> Any:
        register.partijen = volledig
        return echt(sleutel, pagina, aanroep)

    register.houd_vast("load_klantcontacten")
    register.load_klantcontacten = eerst_het_contact  # type: ignore[method-assign]  # gedrag van net ertussen
    dienst = werkplek.klantbeeld
    beeld = dienst.begin(SLEUTEL, Herkomst.BSN)
    for verandering in dienst.load(beeld, Stop()):
        beeld = verandering(beeld)
        if not isinstance(beeld.klant, Wacht) and "load_klantcontacten" in register._poorten:
            register.laat_los("load_klantcontacten")
    assert len(waarde(beeld.contacten).rijen) == 2


@pytest.mark.parametrize("waar", ["negeer_filter", "negeer_filter_bij_laden"])
def test_een_genegeerd_filter_bij_zaken_toont_geen_enkele_zaak(werkplek: Werkplek, waar: str) -> None:
    vul(werkplek, zaken=3)
    werkplek.zaken.negeer_filter = True
    setattr(werkplek.zaken, waar, True)
    beeld = werkplek.open()
    assert isinstance(fout(beeld.zaken), FilterGenegeerd)
    weergave = maak_weergave(beeld)
    assert (weergave.zaken, weergave.zaken_samenvatting) == ((), "")
    assert not any(item.soort is TijdlijnSoort.ZAAK for item in weergave.tijdlijn)
    assert beeld.aandacht == ()


def test_een_genegeerd_filter_op_een_latere_bladzijde_haalt_alles_weg(werkplek: Werkplek) -> None:
    vul(werkplek, zaken=25)
    beeld = werkplek.open()
    werkplek.zaken.zaken = [
        replace(z, rollen=(maak_rol(ANDER_BSN),)) if z.uuid == waarde(beeld.zaken).nog_na_te_kijken[0] else z
        for z in werkplek.zaken.zaken
    ]
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_zaken(beeld, Stop()))
    assert fout(beeld.zaken).code == "filter_genegeerd"
    assert maak_weergave(beeld).zaken == ()


# Toegestaan en van belang


def test_een_zaak_die_niet_mag_laat_geen_spoor_na(werkplek: Werkplek) -> None:
    werkplek.rol("KAP")
    geheim = maak_zaak(BIJSTAND, dagen=-5)
    hoog = maak_zaak(dagen=-5, vertrouwelijkheid="vertrouwelijk")
    werkplek.zaken.zaken = [maak_zaak(), geheim, hoog]
    beeld = werkplek.open()
    assert len(waarde(beeld.zaken).zaken) == 1
    assert waarde(beeld.zaken).nog_na_te_kijken == ()
    assert beeld.aandacht == ()
    tekst = repr(maak_weergave(beeld))
    assert geheim.uuid not in tekst
    assert "Bijstand" not in tekst
    with pytest.raises(Geweigerd):
        werkplek.klantbeeld.load_zaak(beeld, geheim.uuid, Stop())


def test_een_hogere_rol_ziet_meer(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak(vertrouwelijkheid="vertrouwelijk"), maak_zaak(vertrouwelijkheid="raar")]
    assert waarde(werkplek.open().zaken).zaken == ()
    werkplek.rol("*", hoogste=Vertrouwelijkheid.confidentieel)
    assert len(waarde(werkplek.open().zaken).zaken) == 1


def test_de_dringendste_zaken_komen_eerst_en_stilliggende_achteraan(werkplek: Werkplek) -> None:
    def dag(n: int) -> Any:
        return VANDAAG + timedelta(days=n)

    te_laat = maak_zaak(dagen=-4)
    dichtbij = maak_zaak(dagen=2)
    streef = maak_zaak(uiterste_datum=None, streefdatum=dag(1))
    oud = maak_zaak(uiterste_datum=None, startdatum=dag(-400))
    jong = maak_zaak(uiterste_datum=None, startdatum=dag(-4))
    stil = maak_zaak(dagen=-90, opgeschort=True)
    werkplek.zaken.zaken = [jong, stil, streef, oud, dichtbij, te_laat]
    gevonden = [zaak.uuid for zaak in waarde(werkplek.open().zaken).zaken]
    assert gevonden == [z.uuid for z in (te_laat, dichtbij, streef, oud, jong, stil)]


def test_van_driehonderd_zaken_komen_de_twintig_dringendste(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak(dagen=n) for n in range(300, 0, -1)]
    zaken = waarde(werkplek.open().zaken)
    assert [(z.uiterste_datum - VANDAAG).days for z in zaken.zaken] == list(range(1, 21))
    assert len(zaken.nog_na_te_kijken) == 280


def test_verder_bladeren_door_open_zaken_geeft_ze_allemaal_een_keer(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak(dagen=n) for n in range(1, 46)]
    beeld = werkplek.open()
    for verwacht in (40, 45, 45):
        beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_zaken(beeld, Stop()))
        assert len(waarde(beeld.zaken).zaken) == verwacht
    assert len({z.uuid for z in waarde(beeld.zaken).zaken}) == 45
    assert maak_weergave(beeld).zaken_samenvatting == "45 open zaken"


def test_mislukt_verder_bladeren_dan_blijft_staan_wat_er_stond(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak(dagen=n) for n in range(1, 46)]
    beeld = werkplek.open()
    werkplek.zaken.fouten["load_zaken"] = STORING
    with pytest.raises(Storing):
        list(werkplek.klantbeeld.load_meer_zaken(beeld, Stop()))
    assert len(waarde(beeld.zaken).zaken) == 20


def test_afgeronde_zaken_komen_op_verzoek(werkplek: Werkplek) -> None:
    klaar = [maak_zaak(einddatum=VANDAAG - timedelta(days=n)) for n in range(1, 46)]
    werkplek.zaken.zaken = [maak_zaak(), *klaar, maak_zaak(BIJSTAND, einddatum=VANDAAG)]
    werkplek.rol("KAP")
    beeld = werkplek.open()
    assert maak_weergave(beeld).afgerond is None
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    assert maak_weergave(beeld).afgerond_meer
    for _ in range(2):
        beeld = pas_toe(beeld, werkplek.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    weergave = maak_weergave(beeld)
    assert [r.uuid for r in weergave.afgerond or ()] == [z.uuid for z in klaar]
    assert not weergave.afgerond_meer
    assert len(weergave.zaken) == 1


@pytest.mark.parametrize("adapter_kijkt_niet_na", [False, True])
def test_een_vreemde_afgeronde_zaak_haalt_alles_weg(werkplek: Werkplek, adapter_kijkt_niet_na: bool) -> None:
    werkplek.zaken.negeer_filter_bij_laden = adapter_kijkt_niet_na
    werkplek.zaken.zaken = [maak_zaak(), maak_zaak(bsn=ANDER_BSN, einddatum=VANDAAG)]
    beeld = werkplek.open()
    werkplek.zaken.negeer_filter = True
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    assert fout(beeld.zaken).code == "filter_genegeerd"


# Tijdlijn


def test_de_tijdlijn_bladert_tot_het_eind_zonder_iets_te_missen(werkplek: Werkplek) -> None:
    vul(werkplek, contacten=60, zaken=3)
    oud = maak_zaak(status=maak_status(gezet_op=NU - timedelta(days=400)))
    werkplek.zaken.zaken.append(oud)
    beeld = werkplek.open()
    assert beeld.tijdlijn.heeft_meer
    assert not any(i.verwijzing == ("zaak", oud.uuid) for i in beeld.tijdlijn.items)
    keren = 0
    while beeld.tijdlijn.heeft_meer:
        beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()))
        keren += 1
    assert keren == 2
    assert sum(i.soort is TijdlijnSoort.CONTACT for i in beeld.tijdlijn.items) == 60
    assert any(i.verwijzing == ("zaak", oud.uuid) for i in beeld.tijdlijn.items)
    assert len(waarde(beeld.contacten).rijen) == 60
    assert list(werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop())) == []


def test_een_nieuw_contact_tijdens_het_bladeren_geeft_geen_dubbele(werkplek: Werkplek) -> None:
    vul(werkplek, contacten=40)
    beeld = werkplek.open()
    nieuw = replace(maak_contact(0), betrokkene_uuids=werkplek.klantinteracties.contacten[0].betrokkene_uuids)
    werkplek.klantinteracties.contacten.append(nieuw)
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()))
    uuids = [c.uuid for c in waarde(beeld.contacten).rijen]
    assert len(uuids) == len(set(uuids)) == 40


def test_een_mislukte_volgende_pagina_wordt_genoemd_en_kan_opnieuw(werkplek: Werkplek) -> None:
    vul(werkplek, contacten=40)
    beeld = werkplek.open()
    werkplek.klantinteracties.fouten["load_klantcontacten"] = STORING
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()))
    assert [s.naam for s in beeld.tijdlijn.mislukt] == ["contacten"]
    assert len(waarde(beeld.contacten).rijen) == 25
    werkplek.klantinteracties.fouten.clear()
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()))
    assert beeld.tijdlijn.mislukt == ()
    assert len(waarde(beeld.contacten).rijen) == 40


def test_elke_extra_bron_komt_in_de_tijdlijn_en_mag_mislukken(werkplek: Werkplek) -> None:
    vul(werkplek)
    agenda = NepBron(
        "agenda",
        [
            BronPagina((maak_item(soort=TijdlijnSoort.AFSPRAAK),)),
            BronPagina((maak_item(NU - timedelta(days=9)),)),
        ],
    )
    stuk = NepBron("brieven")
    stuk.fout = STORING
    werkplek.bronnen = (agenda, stuk, MeldingenNietAangesloten())
    beeld = werkplek.open()
    assert any(i.soort is TijdlijnSoort.AFSPRAAK for i in beeld.tijdlijn.items)
    assert maak_weergave(beeld).tijdlijn_meldingen == (
        "Brieven: niet geladen. Er is een storing. Probeer het later opnieuw.",
        "Meldingen: niet aangesloten.",
    )
    stuk.fout = None
    beeld = pas_toe(beeld, werkplek.klantbeeld.retry(beeld, "brieven", Stop()))
    assert beeld.tijdlijn.mislukt == ()
    while beeld.tijdlijn.heeft_meer:
        beeld = pas_toe(beeld, werkplek.klantbeeld.load_meer_tijdlijn(beeld, Stop()))
    assert sum(i.id.startswith("5f") for i in beeld.tijdlijn.items) == 2


def test_twee_bronnen_met_dezelfde_naam_kan_niet(werkplek: Werkplek) -> None:
    werkplek.bronnen = (NepBron("zaken"),)
    with pytest.raises(ValueError):
        _ = werkplek.klantbeeld


def test_een_terugbelverzoek_staat_in_de_tijdlijn_en_bij_wat_er_speelt(werkplek: Werkplek) -> None:
    contact = maak_contact()
    contact = replace(contact, taken=(maak_taak(contact.uuid),))
    werkplek.klantinteracties.contacten = [contact]
    werkplek.klantinteracties.partijen = [maak_partij(contacten=[contact])]
    beeld = werkplek.open()
    assert [i.toestand for i in beeld.tijdlijn.items if i.soort is TijdlijnSoort.TERUGBELVERZOEK] == ["open"]
    assert "terugbelverzoek" in beeld.aandacht[0].tekst


def test_een_belofte_te_laat_staat_in_de_tijdlijn_met_haar_datum(werkplek: Werkplek) -> None:
    contact = maak_contact()
    tekst = "Terugbellen uiterlijk 20-11-2026. Beloofd: 20-11-2026.\nBel over de kap."
    contact = replace(contact, taken=(maak_taak(contact.uuid, toelichting=tekst),))
    werkplek.klantinteracties.contacten = [contact]
    werkplek.klantinteracties.partijen = [maak_partij(contacten=[contact])]
    beeld = werkplek.open()
    (item,) = [i for i in beeld.tijdlijn.items if i.soort is TijdlijnSoort.TERUGBELVERZOEK]
    assert (item.toestand, item.regel) == ("te laat", "beloofd vr 20 nov · Bel over de kap.")
    assert beeld.aandacht[0].tekst == (
        "We zouden de klant uiterlijk vrijdag 20 november terugbellen. Dat is 2 dagen te laat."
    )


# Opnieuw


def test_opnieuw_laadt_alleen_wat_mislukte(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.zaken.fouten["find_open_zaken"] = STORING
    beeld = werkplek.open()
    werkplek.zaken.fouten.clear()
    werkplek.personen.aanroepen.clear()
    eerste, *rest = werkplek.klantbeeld.retry(beeld, "zaken", Stop())
    beeld = eerste(beeld)
    assert isinstance(beeld.zaken, Wacht)
    assert isinstance(beeld.persoon, Geladen)
    beeld = pas_toe(beeld, rest)
    assert len(waarde(beeld.zaken).zaken) == 1
    assert werkplek.personen.aanroepen == []


def test_opnieuw_voor_de_klant_neemt_de_contacten_mee(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.klantinteracties.fouten["find_partijen"] = STORING
    beeld = werkplek.open()
    werkplek.klantinteracties.fouten.clear()
    for onderdeel in ("klant", "contacten"):
        hersteld = pas_toe(beeld, werkplek.klantbeeld.retry(beeld, onderdeel, Stop()))
        assert len(waarde(hersteld.contacten).rijen) == 2
        assert isinstance(hersteld.klant, Geladen)


def test_opnieuw_voor_de_catalogus_neemt_mislukte_zaken_mee(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.rol("KAP")
    werkplek.zaken.fouten["load_catalogus"] = STORING
    beeld = werkplek.open()
    werkplek.zaken.fouten.clear()
    for onderdeel in ("catalogus", "zaken"):
        hersteld = pas_toe(beeld, werkplek.klantbeeld.retry(beeld, onderdeel, Stop()))
        assert maak_weergave(hersteld).zaken[0].zaaktype == "Kapvergunning"


def test_een_catalogus_die_later_komt_geeft_zaken_alsnog_hun_naam(werkplek: Werkplek) -> None:
    vul(werkplek)
    werkplek.zaken.fouten["load_catalogus"] = STORING
    beeld = werkplek.open()
    werkplek.zaken.fouten.clear()
    beeld = pas_toe(beeld, werkplek.klantbeeld.retry(beeld, "catalogus", Stop()))
    assert any(item.titel == "Kapvergunning" for item in beeld.tijdlijn.items)


# Details


def test_een_zaak_openen_geeft_stappen_documenten_contacten_en_een_voorleestekst(werkplek: Werkplek) -> None:
    vul(werkplek)
    zaak = werkplek.zaken.zaken[0]
    eigen, vreemd = werkplek.klantinteracties.contacten[0], werkplek.klantinteracties.contacten[-1]
    werkplek.klantinteracties.contacten_van_zaak[zaak.uuid] = [eigen, vreemd]
    werkplek.zaken.statussen[zaak.uuid] = (maak_status(stap=1, gezet_op=NU - timedelta(days=20)), zaak.status)  # type: ignore[assignment]
    beeld = werkplek.open()
    dossier = werkplek.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
    assert [(s.omschrijving, s.is_gezet, s.is_nu) for s in dossier.stappen] == [
        ("Ontvangen", True, False),
        ("In behandeling", True, True),
        ("Aanvullende gegevens gevraagd", False, False),
        ("Afgehandeld", False, False),
    ]
    assert dossier.contacten == (eigen,)
    assert dossier.contacten_van_anderen == 1
    assert len(dossier.detail.documenten) == 1
    assert dossier.voorleestekst == (
        "U vraagt naar de zaak Kapvergunning. "
        "De zaak heeft sinds maandag 16 november de status: In behandeling. "
        "U krijgt uiterlijk maandag 23 november een besluit."
    )


def test_een_belanghebbende_krijgt_geen_tekst_om_voor_te_lezen(werkplek: Werkplek) -> None:
    rol = maak_rol(omschrijving="Belanghebbende", omschrijving_generiek="belanghebbende")
    werkplek.zaken.zaken = [maak_zaak(rollen=(rol,))]
    beeld = werkplek.open()
    assert werkplek.klantbeeld.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop()).voorleestekst is None


@pytest.mark.parametrize(
    ("anders", "deel"),
    [
        ({"opgeschort": True}, "De zaak ligt nu stil"),
        ({"dagen": -3}, "had er al moeten zijn"),
        ({"status": maak_status(stap=3)}, "Wij wachten nog op iets van u."),
        (
            {"uiterste_datum": None, "streefdatum": VANDAAG},
            "Wij proberen klaar te zijn op zondag 22 november.",
        ),
        ({"uiterste_datum": None, "status": None}, "U vraagt naar de zaak Kapvergunning."),
    ],
)
def test_de_voorleestekst_past_bij_de_zaak_en_is_kort(
    werkplek: Werkplek, anders: dict[str, Any], deel: str
) -> None:
    werkplek.zaken.zaken = [maak_zaak(**anders)]
    beeld = werkplek.open()
    tekst = werkplek.klantbeeld.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop()).voorleestekst or ""
    assert deel in tekst
    assert tekst.count(".") <= 4


def test_een_afgeronde_zaak_heeft_een_resultaat(werkplek: Werkplek) -> None:
    zaak = maak_zaak(einddatum=VANDAAG, resultaat_uuid="r1", status=maak_status(stap=4))
    werkplek.zaken.zaken = [zaak]
    werkplek.zaken.resultaten["r1"] = Resultaat("r1", "t", "", "Verleend")
    beeld = werkplek.open()
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    dossier = werkplek.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
    assert dossier.detail.resultaat is not None
    assert (dossier.voorleestekst or "").endswith(
        "Deze zaak is klaar sinds zondag 22 november. Het resultaat is: Verleend."
    )
    assert [s.omschrijving for s in dossier.stappen] == ["Afgehandeld"]


def test_een_deel_van_een_dossier_dat_mislukt_wordt_genoemd(werkplek: Werkplek) -> None:
    vul(werkplek)
    beeld = werkplek.open()
    werkplek.zaken.fouten["load_documenten"] = STORING
    dossier = werkplek.klantbeeld.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop())
    assert [naam for naam, _ in dossier.fouten] == ["documenten"]
    assert dossier.stappen


def test_een_te_vertrouwelijk_document_staat_niet_in_het_dossier(werkplek: Werkplek) -> None:
    gewoon, geheim = maak_document("Brief"), maak_document("Rapport", vertrouwelijkheid="geheim")
    werkplek.zaken.zaken = [maak_zaak(documenten=(gewoon, geheim))]
    beeld = werkplek.open()
    dossier = werkplek.klantbeeld.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop())
    assert dossier.detail.documenten == (gewoon,)
    with pytest.raises(Geweigerd):
        werkplek.klantbeeld.save_document(beeld, geheim, Path("/"), lambda *_: None, Stop())


def test_een_te_vertrouwelijk_document_uit_de_tijdlijn_is_niet_te_bewaren(
    werkplek: Werkplek, tmp_path: Path
) -> None:
    """De tijdlijn kent alleen de titel; hoe vertrouwelijk het is, blijkt pas uit de gegevens."""
    geheim = maak_document("Rapport", vertrouwelijkheid="geheim")
    kaal = replace(geheim, vertrouwelijkheid="")
    werkplek.zaken.zaken = [maak_zaak(documenten=(kaal,))]
    beeld = werkplek.open()
    werkplek.zaken.zaken = [replace(werkplek.zaken.zaken[0], documenten=(geheim,))]
    with pytest.raises(Geweigerd):
        werkplek.klantbeeld.save_document(beeld, kaal, tmp_path, lambda *_: None, Stop())
    assert "download" not in werkplek.zaken.aanroepen
    assert list(tmp_path.iterdir()) == []


def test_een_document_uit_de_tijdlijn_krijgt_zijn_eigen_bestandsnaam(
    werkplek: Werkplek, tmp_path: Path
) -> None:
    document = maak_document("Brief", vertrouwelijkheid="intern", bestandsnaam="brief.pdf")
    kaal = replace(document, vertrouwelijkheid="", bestandsnaam="")
    werkplek.zaken.zaken = [maak_zaak(documenten=(kaal,))]
    beeld = werkplek.open()
    werkplek.zaken.zaken = [replace(werkplek.zaken.zaken[0], documenten=(document,))]
    bestand = werkplek.klantbeeld.save_document(beeld, kaal, tmp_path, lambda *_: None, Stop())
    assert bestand == tmp_path / "brief.pdf"


def test_een_document_buiten_beeld_is_niet_te_bewaren(werkplek: Werkplek, tmp_path: Path) -> None:
    vul(werkplek)
    beeld = werkplek.open()
    with pytest.raises(Geweigerd):
        werkplek.klantbeeld.save_document(beeld, maak_document(), tmp_path, lambda *_: None, Stop())


def test_zonder_klantregister_telt_een_dossier_de_eigen_contacten_niet_als_die_van_anderen(
    werkplek: Werkplek,
) -> None:
    vul(werkplek)
    zaak = werkplek.zaken.zaken[0]
    werkplek.klantinteracties.contacten_van_zaak[zaak.uuid] = [werkplek.klantinteracties.contacten[0]]
    werkplek.klantinteracties.fouten["find_partijen"] = STORING
    beeld = werkplek.open()
    dossier = werkplek.klantbeeld.load_zaak(beeld, zaak.uuid, Stop())
    assert (dossier.contacten, dossier.contacten_van_anderen) == ((), 0)
    assert [naam for naam, _ in dossier.fouten] == ["contacten"]


def test_afgeronde_zaken_die_niet_mogen_laten_geen_lege_bladzijde_na(werkplek: Werkplek) -> None:
    verborgen = [maak_zaak(BIJSTAND, einddatum=VANDAAG - timedelta(days=n)) for n in range(1, 46)]
    eigen = maak_zaak(einddatum=VANDAAG - timedelta(days=100))
    werkplek.zaken.zaken = [maak_zaak(), *verborgen, eigen]
    werkplek.rol("KAP")
    beeld = werkplek.open()
    beeld = pas_toe(beeld, werkplek.klantbeeld.load_afgeronde_zaken(beeld, Stop()))
    weergave = maak_weergave(beeld)
    assert [regel.uuid for regel in weergave.afgerond or ()] == [eigen.uuid]
    assert not weergave.afgerond_meer


def test_een_contact_van_een_ander_gaat_niet_open(werkplek: Werkplek) -> None:
    vul(werkplek)
    beeld = werkplek.open()
    eigen, vreemd = werkplek.klantinteracties.contacten[0], werkplek.klantinteracties.contacten[-1]
    assert werkplek.klantbeeld.load_contact(beeld, eigen.uuid, Stop()) == eigen
    with pytest.raises(Geweigerd):
        werkplek.klantbeeld.load_contact(beeld, vreemd.uuid, Stop())


def test_een_document_bewaren_schrijft_het_bestand_en_meldt_voortgang(
    werkplek: Werkplek, tmp_path: Path
) -> None:
    vul(werkplek)
    beeld = werkplek.open()
    document = maak_document(bestandsnaam="brief.pdf", vertrouwelijkheid="openbaar")
    werkplek.zaken.inhoud[document.informatieobject_uuid] = b"0123456789"
    gezien: list[tuple[int, int | None]] = []
    bestand = werkplek.klantbeeld.save_document(
        beeld, document, tmp_path, lambda n, t: gezien.append((n, t)), Stop()
    )
    assert bestand == tmp_path / "brief.pdf"
    assert bestand.read_bytes() == b"0123456789"
    assert gezien[-1] == (10, 10)


def test_een_afgebroken_download_laat_niets_achter(werkplek: Werkplek, tmp_path: Path) -> None:
    vul(werkplek)
    beeld, stop = werkplek.open(), Stop()
    with pytest.raises(Geannuleerd):
        werkplek.klantbeeld.save_document(
            beeld, maak_document(vertrouwelijkheid="openbaar"), tmp_path, lambda *_: stop.set(), stop
        )
    assert list(tmp_path.iterdir()) == []


# Controle, onthullen en logboek


def test_een_telefoontreffer_begint_ongecontroleerd_en_geeft_niets_prijs(werkplek: Werkplek) -> None:
    vul(werkplek)
    beeld = werkplek.open(herkomst=Herkomst.TELEFOON)
    assert not beeld.gecontroleerd
    dienst = werkplek.klantbeeld
    for poging in (
        lambda: dienst.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop()),
        lambda: dienst.load_contact(beeld, werkplek.klantinteracties.contacten[0].uuid, Stop()),
        lambda: dienst.onthul(beeld, "adres", "nodig"),
        lambda: dienst.save_document(beeld, maak_document(), Path("/"), lambda *_: None, Stop()),
    ):
        with pytest.raises(Geweigerd):
            poging()
    open_ = dienst.controleer(beeld, Controle.VRAGEN_BEANTWOORD)
    assert maak_weergave(open_).zaken


def test_anders_gecontroleerd_vraagt_een_toelichting(werkplek: Werkplek) -> None:
    beeld = werkplek.open(herkomst=Herkomst.EMAIL)
    with pytest.raises(InvoerFout):
        werkplek.klantbeeld.controleer(beeld, Controle.ANDERS, "  ")
    assert werkplek.klantbeeld.controleer(beeld, Controle.ANDERS, "Collega kent de klant").gecontroleerd


def test_onthullen_bij_geheimhouding_vraagt_een_reden(werkplek: Werkplek) -> None:
    werkplek.personen.personen = [replace(werkplek.personen.personen[0], geheimhouding=True)]
    beeld = werkplek.open()
    dienst = werkplek.klantbeeld
    for wat in ("adres", "telefoon", "email", "contact:x"):
        with pytest.raises(InvoerFout):
            dienst.onthul(beeld, wat, " ")
    assert "adres" in dienst.onthul(beeld, "adres", "Brief komt terug").onthuld
    assert "bsn" in dienst.onthul(beeld, "bsn", "").onthuld
    with pytest.raises(ValueError):
        dienst.onthul(beeld, "wachtwoord", "x")


def test_openen_brp_onthullen_controle_zaak_en_document_staan_in_het_logboek(
    werkplek: Werkplek, tmp_path: Path
) -> None:
    vul(werkplek)
    beeld = werkplek.open(herkomst=Herkomst.TELEFOON)
    dienst = werkplek.klantbeeld
    beeld = dienst.controleer(beeld, Controle.IDENTITEITSBEWIJS)
    dienst.onthul(beeld, "bsn", "BSN nodig voor formulier")
    dienst.load_zaak(beeld, werkplek.zaken.zaken[0].uuid, Stop())
    openbaar = maak_document(vertrouwelijkheid="openbaar")
    dienst.save_document(beeld, openbaar, tmp_path, lambda *_: None, Stop())
    assert werkplek.logboek.handelingen == [
        "klant_geopend",
        "gecontroleerd",
        "onthuld",
        "zaak_geopend",
        "document_bewaard",
    ]
    geopend = werkplek.logboek.regels[0]
    assert geopend.bijzonderheden["brp"] == "RaadpleegMetBurgerservicenummer"
    assert all(regel.doel and regel.onderwerp == SLEUTEL for regel in werkplek.logboek.regels)


def test_wie_niet_is_vast_te_leggen_gaat_niet_open(werkplek: Werkplek) -> None:
    """Geen regel, geen inzage: er is dan ook aan geen enkel register iets gevraagd."""
    vul(werkplek)

    def refuse(*_: object, **__: object) -> None:
        raise WinkelFout("De schijf is vol.", code="winkel_vol")

    werkplek.logboek.note = refuse  # type: ignore[method-assign]  # een schijf die vol is
    beeld = werkplek.klantbeeld.begin(SLEUTEL, Herkomst.BSN)
    with pytest.raises(WinkelFout):
        list(werkplek.klantbeeld.load(beeld, Stop()))
    with pytest.raises(WinkelFout):
        werkplek.klantbeeld.onthul(beeld, "bsn", "")
    assert not werkplek.personen.aanroepen + werkplek.klantinteracties.aanroepen + werkplek.zaken.aanroepen


def test_opnieuw_vragen_aan_de_brp_is_een_nieuwe_regel(werkplek: Werkplek) -> None:
    beeld = werkplek.open()
    list(werkplek.klantbeeld.retry(beeld, "persoon", Stop()))
    assert werkplek.logboek.handelingen == ["klant_geopend", "brp_bevraagd"]


def test_een_mislukte_brp_vraag_staat_ook_in_het_logboek(werkplek: Werkplek) -> None:
    werkplek.personen.fouten["load_persoon"] = STORING
    werkplek.open()
    assert werkplek.logboek.regels[-1].bijzonderheden["uitslag"] == "storing"


def test_een_klant_die_intussen_is_afgerond_valt_uit_de_open_zaken(werkplek: Werkplek) -> None:
    zaak = maak_zaak()
    werkplek.zaken.zaken = [zaak, maak_zaak()]
    echt = werkplek.zaken.find_open_zaken

    def dan_afgerond(*args: Any) -> tuple[Zaak, ...]:
        lijst = echt(*args)
        werkplek.zaken.zaken[0] = replace(zaak, einddatum=VANDAAG)
        return lijst

    werkplek.zaken.find_open_zaken = dan_afgerond  # type: ignore[method-assign]  # gedrag van net ertussen
    assert len(waarde(werkplek.open().zaken).zaken) == 1


def test_de_catalogus_van_het_beeld_bepaalt_de_namen_niet_de_zaak(werkplek: Werkplek) -> None:
    werkplek.zaken.zaken = [maak_zaak(PARKEERKAART), maak_zaak(KAPVERGUNNING)]
    beeld: Klantbeeld = werkplek.open()
    assert {r.zaaktype for r in maak_weergave(beeld).zaken} == {"Parkeerkaart", "Kapvergunning"}
