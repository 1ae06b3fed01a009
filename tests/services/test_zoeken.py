"""Van een zoekvraag naar kandidaten."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from frontoffice.domain.fouten import DuurtTeLang, KifFout, Onbereikbaar, Storing
from frontoffice.domain.klant import BedrijfSleutel, Herkomst, PartijSleutel
from frontoffice.domain.waarden import Datum, KvkNummer, Vestigingsnummer
from frontoffice.ports import AdresTreffer, Stop
from frontoffice.services.zoeken import GEHEIM, Zoekresultaat
from tests.bouwers import (
    ANDER_BSN,
    ANDERE_SLEUTEL,
    BEDRIJF_SLEUTEL,
    BIJSTAND,
    BSN,
    KVK,
    SLEUTEL,
    maak_adres,
    maak_bedrijf,
    maak_digitaal_adres,
    maak_naam,
    maak_partij,
    maak_persoon,
    maak_rol,
    maak_zaak,
)
from tests.services.conftest import Werkplek

STORING = Storing("Er is een storing. Probeer het later opnieuw.", register="klantinteracties")


def zoek(werkplek: Werkplek, tekst: str) -> Zoekresultaat:
    """Zoals het venster: de beste lezing van wat is getypt."""
    dienst = werkplek.zoeken
    return dienst.zoek(dienst.herken(tekst)[0], Stop())


def verzoeken(werkplek: Werkplek) -> list[str]:
    registers = (werkplek.klantinteracties, werkplek.zaken, werkplek.personen, werkplek.bedrijven)
    return [naam for register in registers for naam in register.aanroepen]


def test_een_bsn_of_kvk_nummer_wijst_direct_naar_de_klant_zonder_verzoek(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, BSN)
    assert resultaat.direct is not None
    assert resultaat.direct.sleutel == SLEUTEL
    bedrijf = zoek(werkplek, KVK).direct
    assert bedrijf is not None
    assert bedrijf.sleutel == BEDRIJF_SLEUTEL
    assert verzoeken(werkplek) == []


def test_een_telefoontreffer_is_altijd_een_kandidaat_en_vraagt_niets_aan_de_brp(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij()]
    resultaat = zoek(werkplek, "06-12 34 56 78")
    (kandidaat,) = resultaat.kandidaten
    assert resultaat.direct is None
    assert kandidaat.mogelijk
    assert (kandidaat.naam, kandidaat.geboortedatum, kandidaat.adres) == ("Anna J.", None, "")
    assert resultaat.uitleg == "Misschien is dit de klant. Controleer wie u spreekt."
    assert werkplek.personen.aanroepen == []
    assert verzoeken(werkplek) == ["find_adressen", "load_partij"]


@pytest.mark.parametrize("bewaard", ["0612345678", "+31612345678", "0031612345678"])
def test_een_nummer_wordt_in_elke_notatie_teruggevonden(werkplek: Werkplek, bewaard: str) -> None:
    werkplek.klantinteracties.partijen = [maak_partij(digitale_adressen=(maak_digitaal_adres(bewaard),))]
    assert len(zoek(werkplek, "06 12345678").kandidaten) == 1


def test_een_nummer_van_een_klant_die_net_is_weggehaald_geeft_geen_nul_mogelijke_klanten(
    werkplek: Werkplek,
) -> None:
    werkplek.klantinteracties.losse_adressen = [AdresTreffer("0612345678", "weg")]
    resultaat = zoek(werkplek, "06 12345678")
    assert resultaat.kandidaten == ()
    assert "Zoek op geboortedatum" in resultaat.uitleg


def test_zoeken_houdt_de_totale_tijd_ook_als_de_aanroep_zelf_blijft_hangen(werkplek: Werkplek) -> None:
    """Zoals bij het opzoeken van een servernaam zonder netwerk: dat breekt geen time-out af."""
    los, antwoord = threading.Event(), threading.Event()

    def hang(*_wat: Any, **_nog: Any) -> Any:
        los.wait(60)
        antwoord.set()
        return ()

    werkplek.klantinteracties.find_adressen = hang  # type: ignore[method-assign]  # gedrag van een dode naamserver
    werkplek.instellingen = replace(werkplek.instellingen, eerste_beeld=0.05)
    with pytest.raises(DuurtTeLang):
        zoek(werkplek, "06 12345678")
    assert not antwoord.is_set(), "de aanroep hangt nog"
    los.set()


def test_een_kort_nummer_vindt_niet_elk_nummer_waar_het_in_zit(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij(digitale_adressen=(maak_digitaal_adres("0611214053"),))]
    assert zoek(werkplek, "14 053").kandidaten == ()


def test_hetzelfde_nummer_bij_meer_klanten_geeft_meer_kandidaten(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij(), maak_partij(ANDER_BSN), maak_partij(None)]
    resultaat = zoek(werkplek, "0612345678")
    assert [k.sleutel for k in resultaat.kandidaten][:2] == [SLEUTEL, ANDERE_SLEUTEL]
    assert isinstance(resultaat.kandidaten[2].sleutel, PartijSleutel)
    assert resultaat.uitleg == "Misschien is het een van deze 3 klanten. Controleer wie u spreekt."


def test_twee_partijen_op_een_bsn_zijn_een_kandidaat(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij(), maak_partij(geheimhouding=True)]
    (kandidaat,) = zoek(werkplek, "0612345678").kandidaten
    assert kandidaat.geheimhouding


def test_een_organisatie_in_het_klantregister_heeft_haar_eigen_naam(werkplek: Werkplek) -> None:
    partij = maak_partij(
        None, kvk=KvkNummer(KVK), organisatienaam="Bakkerij De Gouden Krakeling", naam=maak_naam()
    )
    werkplek.klantinteracties.partijen = [partij]
    (kandidaat,) = zoek(werkplek, "0612345678").kandidaten
    assert (kandidaat.naam, kandidaat.sleutel) == ("Bakkerij De Gouden Krakeling", BEDRIJF_SLEUTEL)


def test_een_onbekend_nummer_zegt_wat_nu_kan(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, "0687654321")
    assert resultaat.kandidaten == ()
    assert resultaat.uitleg == "Dit nummer is niet bekend. Zoek op geboortedatum en achternaam, of op adres."


def test_een_nummer_van_alleen_losse_contacten_is_geen_klant(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.losse_adressen = [AdresTreffer("0687654321", None)]
    assert "staat alleen bij eerdere contacten" in zoek(werkplek, "0687654321").uitleg


def test_meer_dan_tien_klanten_met_een_nummer_worden_niet_allemaal_opgehaald(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij(None) for _ in range(14)]
    resultaat = zoek(werkplek, "0612345678")
    assert (len(resultaat.kandidaten), resultaat.meer) == (10, True)
    assert verzoeken(werkplek).count("load_partij") == 10


def test_een_e_mailadres_let_niet_op_hoofdletters(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [
        maak_partij(digitale_adressen=(maak_digitaal_adres("Anna@Voorbeeld.example"),))
    ]
    (kandidaat,) = zoek(werkplek, "anna@voorbeeld.example").kandidaten
    assert kandidaat.herkomst is Herkomst.EMAIL


def test_een_e_mailadres_dat_erin_zit_is_niet_hetzelfde(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [
        maak_partij(digitale_adressen=(maak_digitaal_adres("hanna@voorbeeld.example"),))
    ]
    assert zoek(werkplek, "anna@voorbeeld.example").kandidaten == ()


def test_een_partij_die_niet_te_laden_is_verbergt_de_anderen_niet(werkplek: Werkplek) -> None:
    een, twee = maak_partij(), maak_partij(ANDER_BSN)
    werkplek.klantinteracties.partijen = [een, twee]
    echt = werkplek.klantinteracties.load_partij

    def half(uuid: str, aanroep: Any) -> Any:
        if uuid == twee.uuid:
            raise STORING
        return echt(uuid, aanroep)

    werkplek.klantinteracties.load_partij = half  # type: ignore[method-assign]  # een register dat half werkt
    resultaat = zoek(werkplek, "0612345678")
    assert [k.sleutel for k in resultaat.kandidaten] == [SLEUTEL]
    assert "Een deel kon niet worden opgehaald" in resultaat.uitleg


def test_een_register_dat_niets_geeft_is_een_fout_en_geen_lege_lijst(werkplek: Werkplek) -> None:
    werkplek.klantinteracties.partijen = [maak_partij()]
    werkplek.klantinteracties.fouten["load_partij"] = STORING
    with pytest.raises(Storing):
        zoek(werkplek, "0612345678")
    werkplek.klantinteracties.fouten["find_adressen"] = Onbereikbaar("Geen verbinding.", register="x")
    with pytest.raises(Onbereikbaar):
        zoek(werkplek, "0612345678")


def test_een_naam_met_geboortedatum_die_precies_past_is_direct(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, "1-12-1985 jansen")
    assert resultaat.direct is not None
    assert resultaat.direct.sleutel == SLEUTEL
    assert resultaat.uitleg == "1 persoon gevonden"


def test_een_half_getypte_naam_is_nooit_direct(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, "Jans 1-12-1985")
    assert (len(resultaat.kandidaten), resultaat.direct) == (1, None)


def test_naamgenoten_zijn_uit_elkaar_te_houden(werkplek: Werkplek) -> None:
    ander = maak_persoon(
        ANDER_BSN,
        naam=maak_naam(volledig="Arie Jansen"),
        adres=maak_adres(regels=("Hogeweg 901", "7582 ZZ LOSSER")),
    )
    werkplek.personen.personen.append(ander)
    resultaat = zoek(werkplek, "Jansen 1-12-1985")
    assert resultaat.direct is None
    assert [(k.naam, k.adres) for k in resultaat.kandidaten] == [
        ("Anna Maria Jansen", "Brinkstraat 912, 7581 ZZ LOSSER"),
        ("Arie Jansen", "Hogeweg 901, 7582 ZZ LOSSER"),
    ]
    assert resultaat.kandidaten[0].geboortedatum == Datum(1985, 12, 1)


def test_bij_geheimhouding_staat_er_geen_adres_bij_de_naam(werkplek: Werkplek) -> None:
    werkplek.personen.personen = [maak_persoon(geheimhouding=True)]
    (kandidaat,) = zoek(werkplek, "Jansen 1-12-1985").kandidaten
    assert (kandidaat.adres, kandidaat.geheimhouding) == ("", True)
    assert kandidaat.geboortedatum is not None


@pytest.mark.parametrize("tekst", ["7581 ZZ 912", "7581 ZZ 912 Jansen"])
def test_een_adres_verraadt_niet_wie_er_met_geheimhouding_woont(werkplek: Werkplek, tekst: str) -> None:
    werkplek.personen.personen = [maak_persoon(geheimhouding=True)]
    resultaat = zoek(werkplek, tekst)
    (kandidaat,) = resultaat.kandidaten
    assert (kandidaat.naam, kandidaat.geboortedatum, kandidaat.adres) == (GEHEIM, None, "")
    assert resultaat.direct is None
    assert kandidaat.herkomst.vraagt_controle
    assert "Jansen" not in repr(resultaat)


def test_een_adres_toont_wie_er_woont_maar_kiest_niet_zelf(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, "7581zz912")
    assert [k.naam for k in resultaat.kandidaten] == ["Anna Maria Jansen"]
    assert resultaat.direct is None
    assert resultaat.kandidaten[0].herkomst is Herkomst.ADRES


def test_meer_dan_tien_bewoners_vraagt_om_de_achternaam(werkplek: Werkplek) -> None:
    werkplek.personen.personen = [replace(maak_persoon(), bsn=p) for p in _bsns(11)]
    resultaat = zoek(werkplek, "7581 ZZ 912")
    assert (resultaat.kandidaten, resultaat.meer) == ((), True)
    assert resultaat.uitleg == "Er zijn meer dan 10 personen gevonden. Typ ook de achternaam."


def _bsns(aantal: int) -> list[Any]:
    from frontoffice.domain.waarden import Bsn

    gevonden: list[Any] = []
    nummer = 999_990_000
    while len(gevonden) < aantal:
        nummer += 1
        try:
            gevonden.append(Bsn(str(nummer)))
        except KifFout:
            continue
    return gevonden


@pytest.mark.parametrize(
    ("tekst", "vervolg"),
    [
        ("Pietersen 1-12-1985", "zoek op postcode en huisnummer"),
        ("7599 ZZ 1", "Kijk het huisnummer na"),
        ("ZAAK-2026-1", "Kijk het nummer na"),
        ("000012345678", "Zoek op de naam van het bedrijf"),
        ("Onbekende Zaak BV", "Typ de geboortedatum en de achternaam"),
    ],
)
def test_niets_gevonden_zegt_altijd_wat_nu_kan(werkplek: Werkplek, tekst: str, vervolg: str) -> None:
    resultaat = zoek(werkplek, tekst)
    assert resultaat.kandidaten == ()
    assert vervolg in resultaat.uitleg


def test_een_zoekvraag_is_een_regel_met_wat_de_brp_is_gevraagd_en_zonder_wat_er_is_getypt(
    werkplek: Werkplek,
) -> None:
    zoek(werkplek, "Jansen 1-12-1985")
    zoek(werkplek, "7581 ZZ 912")
    assert werkplek.logboek.handelingen == ["gezocht", "gezocht"]
    assert [regel.bijzonderheden for regel in werkplek.logboek.regels] == [
        {"vraag": "NaamVraag", "uitslag": "1", "brp": "ZoekMetGeslachtsnaamEnGeboortedatum: 1"},
        {"vraag": "AdresVraag", "uitslag": "1", "brp": "ZoekMetPostcodeEnHuisnummer: 1"},
    ]
    assert "Jansen" not in repr(werkplek.logboek.regels)
    assert "7581" not in repr(werkplek.logboek.regels)


def test_een_zaaknummer_leidt_naar_de_aanvrager(werkplek: Werkplek) -> None:
    zaak = maak_zaak(identificatie="ZAAK-2026-0000001506")
    werkplek.zaken.zaken = [zaak]
    for tekst in ("ZAAK-2026-0000001506", "zaak-2026-0000001506"):
        resultaat = zoek(werkplek, tekst)
        assert resultaat.direct is not None
        assert (resultaat.direct.sleutel, resultaat.direct.herkomst) == (SLEUTEL, Herkomst.ZAAK)


def test_een_zaak_die_niet_mag_bestaat_bij_het_zoeken_niet(werkplek: Werkplek) -> None:
    werkplek.rol("KAP")
    werkplek.zaken.zaken = [maak_zaak(BIJSTAND, identificatie="ZAAK-2026-0000000001")]
    geheim = zoek(werkplek, "ZAAK-2026-0000000001")
    geen = zoek(werkplek, "ZAAK-2026-0000000002")
    assert geheim == geen


def test_een_zaak_die_niet_mag_is_ook_bij_een_storing_niet_te_raden(werkplek: Werkplek) -> None:
    werkplek.rol("KAP")
    werkplek.zaken.zaken = [maak_zaak(BIJSTAND, identificatie="ZAAK-2026-0000000001")]
    werkplek.zaken.fouten["load_catalogus"] = STORING
    for nummer in ("ZAAK-2026-0000000001", "ZAAK-2026-0000000002"):
        with pytest.raises(Storing):
            zoek(werkplek, nummer)


def test_een_zaak_met_een_bedrijf_als_aanvrager_of_zonder_aanvrager(werkplek: Werkplek) -> None:
    vestiging = "000012345678"
    werkplek.zaken.zaken = [
        maak_zaak(identificatie="Z-1", rollen=(maak_rol("", kvk=KVK, vestiging=vestiging, naam="Bakkerij"),)),
        maak_zaak(identificatie="Z-2", rollen=()),
        maak_zaak(identificatie="Z-3", rollen=(maak_rol("123456789"),)),
    ]
    direct = zoek(werkplek, "Z-1").direct
    assert direct is not None
    assert direct.sleutel == BedrijfSleutel(KvkNummer(KVK), Vestigingsnummer(vestiging))
    for nummer in ("Z-2", "Z-3"):
        assert "geen aanvrager" in zoek(werkplek, nummer).uitleg


def test_een_rechtspersoon_op_naam_neemt_zijn_rsin_mee_naar_de_zaken(werkplek: Werkplek) -> None:
    werkplek.bedrijven.bedrijven = [maak_bedrijf(rsin="992340597")]
    (kandidaat,) = zoek(werkplek, "krakeling").kandidaten
    assert isinstance(kandidaat.sleutel, BedrijfSleutel)
    assert kandidaat.sleutel.rsin == "992340597"


def test_bedrijven_op_naam_zonder_afgeschermd_adres(werkplek: Werkplek) -> None:
    werkplek.bedrijven.bedrijven = [maak_bedrijf(), maak_bedrijf("68750110", adres_afgeschermd=True)]
    open_, dicht = zoek(werkplek, "krakeling").kandidaten
    assert open_.adres.startswith("Hoofdstraat")
    assert dicht.adres == ""
    werkplek.bedrijven.bedrijven = [maak_bedrijf(str(68750000 + n)) for n in range(12)]
    resultaat = zoek(werkplek, "krakeling")
    assert (len(resultaat.kandidaten), resultaat.meer) == (10, True)


def test_een_vestigingsnummer_wijst_naar_een_vestiging(werkplek: Werkplek) -> None:
    vestiging = Vestigingsnummer("000012345678")
    werkplek.bedrijven.bedrijven = [maak_bedrijf(vestiging=vestiging)]
    direct = zoek(werkplek, vestiging.nummer).direct
    assert direct is not None
    assert direct.sleutel == BedrijfSleutel(KvkNummer(KVK), vestiging)


def test_een_meldingsnummer_zegt_niet_aangesloten(werkplek: Werkplek) -> None:
    resultaat = zoek(werkplek, "SIG-1234")
    assert "nog niet aangesloten" in resultaat.uitleg
    assert verzoeken(werkplek) == []


def test_een_partij_met_bsn_opent_als_persoon(werkplek: Werkplek) -> None:
    partij = maak_partij()
    werkplek.klantinteracties.partijen = [partij]
    direct = zoek(werkplek, f"partij:{partij.uuid}").direct
    assert direct is not None
    assert direct.sleutel == SLEUTEL


def test_recente_klanten_staan_op_volgorde_en_alleen_van_vandaag(werkplek: Werkplek) -> None:
    dienst = werkplek.zoeken
    een = werkplek.open()
    twee = werkplek.open(ANDERE_SLEUTEL, Herkomst.TELEFOON)
    for beeld in (een, twee, een):
        dienst.note_recent(beeld)
    assert [k.sleutel for k in dienst.recent] == [SLEUTEL, ANDERE_SLEUTEL]
    assert dienst.recent[0].naam == "Mevrouw A.M. Jansen-ter Braak"
    assert dienst.recent[1].herkomst is Herkomst.TELEFOON
    werkplek.klok.zet_vooruit(days=1)
    assert dienst.recent == ()
    assert werkplek.klok.vandaag() > date(2026, 11, 22)


def test_er_worden_niet_meer_dan_twaalf_recente_klanten_onthouden(werkplek: Werkplek) -> None:
    dienst = werkplek.zoeken
    leeg = werkplek.klantbeeld.begin(SLEUTEL, Herkomst.BSN)
    for nummer in range(20):
        dienst.note_recent(replace(leeg, sleutel=PartijSleutel(str(nummer))))
    assert len(dienst.recent) == 12
