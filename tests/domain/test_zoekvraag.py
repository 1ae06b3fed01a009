"""Herkennen wat iemand in het zoekveld typt of plakt."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.fouten import InvoerFout
from frontoffice.domain.waarden import Bsn, EmailAdres, KvkNummer, Postcode, Telefoonnummer, Vestigingsnummer
from frontoffice.domain.zoekvraag import (
    AdresVraag,
    BedrijfsnaamVraag,
    BsnVraag,
    EmailVraag,
    KvkVraag,
    MeldingVraag,
    NaamVraag,
    PartijVraag,
    TelefoonVraag,
    VestigingVraag,
    ZaakVraag,
    herken,
)
from tests.bouwers import ANDER_BSN, BSN, DERDE_BSN, VANDAAG


def lees(tekst: str) -> object:
    """De beste lezing."""
    return herken(tekst, VANDAAG)[0]


def bezwaar(tekst: str) -> str:
    with pytest.raises(InvoerFout) as gevangen:
        herken(tekst, VANDAAG)
    return gevangen.value.code


@pytest.mark.parametrize(
    "tekst",
    ["999993653", " 999993653\r\n", "9999.93.653", "999 993 653", "９９９９９３６５３", "bsn 999993653"],
)
def test_een_bsn_wordt_in_elke_schrijfwijze_herkend(tekst: str) -> None:
    assert lees(tekst) == BsnVraag(Bsn("999993653"))


@pytest.mark.parametrize("tekst", ["123456789", "999993654", "000000000", "111222334"])
def test_negen_cijfers_die_niet_aan_de_elfproef_voldoen_gaan_niet_naar_een_register(tekst: str) -> None:
    assert bezwaar(tekst) == "bsn_ongeldig"


@pytest.mark.parametrize("tekst", ["7581", "06", "053", "20 26"])
def test_een_paar_losse_cijfers_kosten_geen_vraag_aan_een_register(tekst: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        herken(tekst, VANDAAG)
    assert fout.value.code == "te_kort"


def test_een_bsn_dat_zijn_voorloopnul_kwijt_is_komt_na_het_kvk_nummer() -> None:
    assert herken("10000008", VANDAAG)[:2] == (KvkVraag(KvkNummer("10000008")), BsnVraag(Bsn("010000008")))


def test_wat_is_begrepen_toont_nooit_het_hele_bsn() -> None:
    assert "999993" not in BsnVraag(Bsn(BSN)).begrepen


@pytest.mark.parametrize(
    "datum", ["1-12-1985", "01-12-1985", "1/12/1985", "1.12.1985", "01121985", "011285", "1-12-85",
    "1 dec 1985",
              "1 december 1985", "1 dec. '85", "1-dec-1985", "1985-12-01", "1 12 1985"],
)  # fmt: skip
@pytest.mark.parametrize(
    "vorm",
    ["{datum} Jansen", "Jansen {datum}", "Jansen, {datum}", "A.M. Jansen geb. {datum}", "mw. Jansen {datum}"],
)
def test_geboortedatum_en_achternaam_mogen_in_elke_volgorde(datum: str, vorm: str) -> None:
    assert lees(vorm.format(datum=datum)) == NaamVraag("Jansen", date(1985, 12, 1))


@pytest.mark.parametrize(
    "naam",
    [
        "de",
        "van 't",
        "O'Neill",
        "Null",
        "None",
        "True",
        "NaN",
        "van der Berg-ter Braak",
        "Şahin",
        "Groot Bramel",
        "محمد",
        "İ",
        "D’Angelo",
        "ten Hove",
    ],
)
def test_een_rare_achternaam_is_gewoon_een_achternaam(naam: str) -> None:
    assert lees(f"{naam} 12-3-84") == NaamVraag(naam, date(1984, 3, 12))
    assert lees(f"120384 {naam}") == NaamVraag(naam, date(1984, 3, 12))


def test_twee_cijfers_geven_het_laatste_jaar_dat_al_is_geweest() -> None:
    assert lees("Jansen 12-3-84") == NaamVraag("Jansen", date(1984, 3, 12))
    assert lees("Jansen 22-11-26") == NaamVraag("Jansen", VANDAAG)
    assert lees("Jansen 23-11-26") == NaamVraag("Jansen", date(1926, 11, 23))


def test_twee_cijfers_die_ook_een_honderdjarige_kunnen_zijn_geven_beide_lezingen() -> None:
    assert herken("Jansen 1-5-20", VANDAAG) == (
        NaamVraag("Jansen", date(2020, 5, 1)),
        NaamVraag("Jansen", date(1920, 5, 1)),
    )


@pytest.mark.parametrize(
    "tekst",
    [
        "Jansen 31-04-2001",
        "29-02-2001 Jansen",
        "Jansen 23-11-2026",
        "Jansen 1-1-1880",
        "31-04-2001",
        "Jansen 00-00-1950",
        "Jansen 12-13-1985",
        "32 jan 1985 Jansen",
    ],
)
def test_een_onmogelijke_datum_krijgt_een_zin_onder_het_veld(tekst: str) -> None:
    assert bezwaar(tekst) == "datum_ongeldig"


def test_een_datum_zonder_naam_vraagt_om_de_naam() -> None:
    assert bezwaar("1-12-1985") == "achternaam_ontbreekt"
    assert bezwaar("1 dec 1985") == "achternaam_ontbreekt"


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("7581ab12", ("7581AB", 12, "", "", "")),
        ("7581 AB 12", ("7581AB", 12, "", "", "")),
        ("7581 ab, 12", ("7581AB", 12, "", "", "")),
        ("7581AB 12a", ("7581AB", 12, "a", "", "")),
        ("7581 AB 12 a Jansen", ("7581AB", 12, "a", "", "Jansen")),
        ("7581 AB 12-3", ("7581AB", 12, "", "3", "")),
        ("7581 AB 12-3 Jansen", ("7581AB", 12, "", "3", "Jansen")),
        ("7581 AB 12 bis", ("7581AB", 12, "", "bis", "")),
        ("7581 AB 12 hs de Vries", ("7581AB", 12, "", "hs", "de Vries")),
        ("7581AB12a-2", ("7581AB", 12, "a", "2", "")),
        ("7581 AB 12 van 't Hof", ("7581AB", 12, "", "", "van 't Hof")),
        ("7581 AB 12 A. Jansen", ("7581AB", 12, "", "", "Jansen")),
        ("7581 AB 99999", ("7581AB", 99999, "", "", "")),
    ],
)
def test_postcode_en_huisnummer_met_alles_wat_erbij_hoort(
    tekst: str, verwacht: tuple[str, int, str, str, str]
) -> None:
    postcode, *rest = verwacht
    assert lees(tekst) == AdresVraag(Postcode(postcode), *rest)


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("7581A", "halve_postcode"),
        ("7581 a", "halve_postcode"),
        ("7581AB", "huisnummer_ontbreekt"),
        ("7581 ab", "huisnummer_ontbreekt"),
        ("0123AB 12", "postcode_ongeldig"),
        ("7581SS 12", "postcode_ongeldig"),
        ("7581AB 0", "huisnummer_ongeldig"),
        ("7581 AB 99999999", "huisnummer_ongeldig"),
    ],
)
def test_een_halve_postcode_of_een_onmogelijk_huisnummer_wordt_niet_gezocht(tekst: str, code: str) -> None:
    assert bezwaar(tekst) == code


@pytest.mark.parametrize(
    ("tekst", "e164"),
    [
        ("06-12 34 56 78", "+31612345678"),
        ("0612345678", "+31612345678"),
        ("0031(0)612345678", "+31612345678"),
        ("+31 (0)53 537 74 44", "+31535377444"),
        ("(053) 537 74 44", "+31535377444"),
        ("+31 6 1234567８", "+31612345678"),
        ("+49 (0)2562 1234", "+4925621234"),
        ("0049 2562 1234", "+4925621234"),
        ("tel:+31612345678", "+31612345678"),
        ("31612345678", "+31612345678"),
        ("612345678", "+31612345678"),
        ("14 053", "14053"),
        ("14053", "14053"),
        ("140541", "140541"),
        ("112", "112"),
        ("0900 1234567", "+319001234567"),
        ("06-00 00 00 12", "+31600000012"),
        ("tel. 06 12345678", "+31612345678"),
    ],
)
def test_een_telefoonnummer_in_elke_notatie(tekst: str, e164: str) -> None:
    assert lees(tekst) == TelefoonVraag(Telefoonnummer(e164))


@pytest.mark.parametrize("tekst", ["+12", "+" + "4" * 40, "0" + "6" * 39, "(053) 12"])
def test_een_onmogelijk_telefoonnummer_wordt_niet_gezocht(tekst: str) -> None:
    assert bezwaar(tekst) == "telefoon_ongeldig"


def test_begrepen_toont_het_nummer_zoals_men_het_leest() -> None:
    assert TelefoonVraag(Telefoonnummer("+31612345678")).begrepen == "Telefoonnummer 06 12 34 56 78"
    assert TelefoonVraag(Telefoonnummer("14053")).begrepen == "Telefoonnummer 14 053"
    assert TelefoonVraag(Telefoonnummer("+4925621234")).begrepen == "Telefoonnummer +49 2562 1234"


@pytest.mark.parametrize(
    "tekst",
    [
        "jan@voorbeeld.example",
        "mailto:jan@voorbeeld.example",
        "Jan <jan@voorbeeld.example>",
        "jan@voorbeeld.example;",
    ],
)
def test_een_e_mailadres(tekst: str) -> None:
    assert lees(tekst) == EmailVraag(EmailAdres("jan@voorbeeld.example"))


def test_een_e_mailadres_met_andere_letters_mag() -> None:
    assert lees("müller@straße.de") == EmailVraag(EmailAdres("müller@straße.de"))


@pytest.mark.parametrize("tekst", ["a@b", "@voorbeeld.nl", "jan@@voorbeeld.nl"])
def test_een_half_e_mailadres_wordt_niet_gezocht(tekst: str) -> None:
    assert bezwaar(tekst) == "email_ongeldig"


@pytest.mark.parametrize(
    "tekst",
    ["ZAAK-2026-0000001506", "2026-001234", "Z/26/001234", "Z2026-00012", "zaak 2026-001234", "12345"],
)
def test_een_zaaknummer_in_vrije_vorm(tekst: str) -> None:
    assert lees(tekst) == ZaakVraag(tekst.removeprefix("zaak "))


def test_een_nummer_van_meer_dan_veertig_tekens_is_geen_zaaknummer() -> None:
    assert all(not isinstance(vraag, ZaakVraag) for vraag in herken("Z" * 30 + "1" * 30, VANDAAG))


def test_kvk_vestiging_bedrijfsnaam_en_melding() -> None:
    assert lees("69599084") == KvkVraag(KvkNummer("69599084"))
    assert lees("kvk 6959 9084") == KvkVraag(KvkNummer("69599084"))
    assert lees("000012345678") == VestigingVraag(Vestigingsnummer("000012345678"))
    assert lees("Bakkerij De Gouden Krakeling") == BedrijfsnaamVraag("Bakkerij De Gouden Krakeling")
    assert lees("Bakkerij 2000 & Zn.") == BedrijfsnaamVraag("Bakkerij 2000 & Zn.")
    assert lees("sig-1234") == MeldingVraag("SIG-1234")
    assert lees("MOR 2026-12") == MeldingVraag("MOR-2026-12")


def test_een_sleutel_van_een_kandidaat_wordt_weer_gevonden() -> None:
    uuid = "0b7e9a52-1a1b-4c1d-9c1e-2f3a4b5c6d7e"
    assert lees(f"partij:{uuid}") == PartijVraag(uuid)


@pytest.mark.parametrize("tekst", ["", " ", "a", "\u00a0", "\t\r\n"])
def test_te_weinig_tekst_geeft_niets(tekst: str) -> None:
    assert herken(tekst, VANDAAG) == ()


@pytest.mark.parametrize("teken", ["\u202e", "\u200b", "\x00", "\u2066", "\n", "\ud800"])
def test_onzichtbare_tekens_gaan_niet_naar_een_register(teken: str) -> None:
    assert bezwaar(f"jan{teken}Bcc@voorbeeld.example") == "onzichtbare_tekens"


def test_vijfduizend_tekens_worden_niet_gezocht() -> None:
    assert bezwaar("a" * 5000) == "te_lang"


def test_leestekens_alleen_worden_niet_herkend() -> None:
    assert bezwaar("<><>") == "niet_herkend"


@given(st.text(max_size=60))
def test_wat_iemand_ook_typt_er_komt_een_lezing_of_een_zin(tekst: str) -> None:
    try:
        vragen = herken(tekst, VANDAAG)
    except InvoerFout as fout:
        assert fout.uitleg.endswith(".")
    else:
        assert all(vraag.begrepen for vraag in vragen)


MOGELIJKE_DAGEN = st.dates(min_value=date(1915, 1, 1), max_value=VANDAAG)
NAMEN = st.sampled_from(
    ["Jansen", "de Vries", "van 't Hof", "O'Neill", "Null", "Şahin-Łukasz", "Oude Lansink"]
)
SCHRIJFWIJZEN = st.sampled_from(
    ["{d}-{m}-{j}", "{d:02d}{m:02d}{j}", "{j}-{m:02d}-{d:02d}", "{d}.{m}.{j}", "{d}/{m}/{j}"]
)


@given(MOGELIJKE_DAGEN, NAMEN, SCHRIJFWIJZEN, st.booleans())
def test_een_geschreven_geboortedatum_wordt_precies_zo_teruggelezen(
    dag: date, naam: str, vorm: str, voorop: bool
) -> None:
    geschreven = vorm.format(d=dag.day, m=dag.month, j=dag.year)
    tekst = f"{geschreven} {naam}" if voorop else f"{naam} {geschreven}"
    assert herken(tekst, VANDAAG) == (NaamVraag(naam, dag),)


@given(MOGELIJKE_DAGEN, st.integers(0, 40_000))
def test_een_jaar_van_twee_cijfers_ligt_nooit_in_de_toekomst(dag: date, verder: int) -> None:
    vandaag = dag + timedelta(days=verder)
    for vraag in herken(f"Jansen {dag.day}-{dag.month}-{dag.year % 100:02d}", vandaag):
        assert isinstance(vraag, NaamVraag)
        assert vraag.geboortedatum <= vandaag
        assert vraag.geboortedatum.year % 100 == dag.year % 100


POSTCODES = st.builds(
    lambda n, a, b: f"{n}{a}{b}",
    st.integers(1000, 9999),
    st.sampled_from("ABCDEGHJKLMNPRTVWXZ"),
    st.sampled_from("BCEGHJKLMNPRTVWXZ"),
)


@given(POSTCODES, st.integers(1, 99999), st.sampled_from(["", "a", "B"]), st.booleans(), NAMEN | st.just(""))
def test_een_geschreven_adres_wordt_precies_zo_teruggelezen(
    code: str, nummer: int, letter: str, spatie: bool, naam: str
) -> None:
    postcode = Postcode(code)
    geschreven = postcode.weergave if spatie else postcode.code.lower()
    verwacht = AdresVraag(postcode, nummer, letter, "", naam)
    assert herken(f"{geschreven} {nummer}{letter} {naam}", VANDAAG) == (verwacht,)
    if verwacht.begrepen:
        assert str(nummer) in verwacht.begrepen


@given(
    st.integers(10_000_000, 99_999_999),
    st.sampled_from(["06{}", "+316{}", "00316{}", "+31 (0)6-{}", "0031(0)6 {}"]),
)
def test_elke_notatie_van_een_mobiel_nummer_geeft_hetzelfde_nummer(cijfers: int, vorm: str) -> None:
    assert lees(vorm.format(cijfers)) == TelefoonVraag(Telefoonnummer(f"+316{cijfers}"))


@given(
    st.sampled_from([BSN, ANDER_BSN, DERDE_BSN]),
    st.sets(st.integers(1, 8), max_size=3),
    st.sampled_from(". -"),
)
def test_een_bsn_met_scheidingstekens_blijft_hetzelfde_bsn(
    nummer: str, plaatsen: set[int], teken: str
) -> None:
    delen = "".join((teken if i in plaatsen else "") + cijfer for i, cijfer in enumerate(nummer))
    assert lees(delen) == BsnVraag(Bsn(nummer))


@given(
    st.text(string.ascii_uppercase, min_size=1, max_size=8),
    st.integers(2000, 2100),
    st.integers(0, 10**10 - 1),
)
def test_een_zaaknummer_zoals_open_zaak_het_maakt_blijft_heel(voor: str, jaar: int, nummer: int) -> None:
    tekst = f"{voor}X-{jaar}-{nummer:010d}"
    assert lees(tekst) == ZaakVraag(tekst)
