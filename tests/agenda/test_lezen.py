"""Een inrichting lezen uit TOML en JSON: alle fouten tegelijk met hun plaats, en heen en terug gelijk."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.agenda.afspraak import Kanaal, Toestand
from frontoffice.agenda.avond import AvondToestand
from frontoffice.agenda.inrichting import (
    LAATSTE_WEEK,
    Aanlooptijd,
    Bevoegdheid,
    Eenheid,
    FeestdagBeleid,
    Inrichting,
    Locatie,
    SoortUitzondering,
)
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.lezen import HOOGSTE_OMVANG, Inleesresultaat, read_inrichting, to_dict
from frontoffice.agenda.voorbeeld import BESTAND, demo_inrichting
from frontoffice.agenda.wens import Wensregel

VANDAAG = date(2026, 12, 1)
KLEIN = """
[locatie]
naam = "Proef"

[[regels]]
naam = "Donderdag om de week"
weekdagen = ["donderdag"]
van = 17:00:00
tot = "20.00"
geldig_van = 2026-12-03
elke_weken = 2

[[uitzonderingen]]
datum = 2026-12-17
soort = "gesloten"
reden = "Verbouwing"

[[feestdagen]]
naam = "oudejaarsdag"
jaarlijks = "31 december"
beleid = "vroeg_dicht"
tot = "16:00"

[[balies]]
id = "B1"
naam = "Balie 1"

[[medewerkers]]
id = "an"
naam = "An"
organisatie = "Enschede"
bevoegdheden = ["reisdocument", { soort = "rijbewijs", geldig_tot = 2026-12-31 }]

[[diensten]]
datum = 2026-12-03
medewerker = "an"
balie = "B1"
van = "17:00"
tot = "20:00"

[[blokkades]]
datum = 2026-12-03
balie = "B1"
van = "18:15"
tot = "18:30"
reden = "pauze"

[[producten]]
code = "paspoort"
naam = "Paspoort aanvragen"
minuten = 15
bevoegdheden = ["reisdocument"]
aanlooptijd = "3 werkdagen"
kosten = [{ bedrag = 77.85, geldig_van = 2026-01-01 }]

[[behoeften]]
code = "tolk"
naam = "Tolk"

[[afspraken]]
begin = 2026-12-03T17:00:00
producten = ["paspoort:2"]
naam = "Şahin"
telefoon = "06-00000000"
behoeften = ["tolk"]
kanaal = "balie"
balie = "B1"
vaste_balie = true

[[avonden]]
datum = 2026-12-03
toestand = "dicht_voor_boeken"
"""


def lees(tekst: str, soort: str = "toml", basis: Inrichting | None = None) -> Inleesresultaat:
    return read_inrichting(tekst, soort, basis)


def goed(tekst: str, soort: str = "toml") -> Inrichting:
    resultaat = lees(tekst, soort)
    assert resultaat.inrichting is not None, resultaat.fouten
    return resultaat.inrichting


def fouten(tekst: str, soort: str = "toml") -> tuple[str, ...]:
    resultaat = lees(tekst, soort)
    assert resultaat.inrichting is None
    assert resultaat.afspraken == ()
    return resultaat.fouten


def regel_van(tekst: str, stuk: str) -> int:
    return next(n for n, regel in enumerate(tekst.splitlines(), 1) if stuk in regel)


def test_een_heel_bestand_wordt_gelezen_zoals_het_er_staat() -> None:
    inricht = goed(KLEIN)
    (regel,) = inricht.regels
    assert (regel.van, regel.tot, regel.weekdagen, regel.elke_weken) == (
        time(17),
        time(20),
        frozenset({3}),
        2,
    )
    assert inricht.uitzonderingen[0].soort is SoortUitzondering.GESLOTEN
    assert (inricht.feestdagen[0].jaarlijks, inricht.feestdagen[0].beleid) == (
        (12, 31),
        FeestdagBeleid.VROEG_DICHT,
    )
    assert inricht.medewerkers[0].bevoegdheden == (
        Bevoegdheid("reisdocument"),
        Bevoegdheid("rijbewijs", geldig_tot=date(2026, 12, 31)),
    )
    assert inricht.product["paspoort"].aanlooptijd == Aanlooptijd(3, Eenheid.WERKDAGEN)
    assert inricht.product["paspoort"].kosten[0].bedrag == Decimal("77.85")
    assert Kalender(inricht).open_dagen(VANDAAG, date(2027, 1, 20)) == (date(2026, 12, 3), date(2027, 1, 14))


def test_een_afspraak_zonder_zone_is_nederlandse_tijd() -> None:
    (afspraak,) = lees(KLEIN).afspraken
    assert afspraak.begin == datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert afspraak.producten == (Wensregel("paspoort", 2),)
    assert (afspraak.naam, afspraak.kanaal, afspraak.balie) == ("Şahin", Kanaal.BALIE, "B1")
    assert (afspraak.toestand, afspraak.vaste_balie, afspraak.minuten) == (Toestand.BEVESTIGD, True, None)


def test_een_afspraak_met_zone_is_dat_moment() -> None:
    (afspraak,) = lees(KLEIN.replace("T17:00:00", "T17:00:00+02:00")).afspraken
    assert afspraak.begin == datetime(2026, 12, 3, 15, tzinfo=UTC)


def test_een_avond_kan_een_toestand_hebben() -> None:
    (avond,) = lees(KLEIN).avonden
    assert (avond.datum, avond.toestand) == (date(2026, 12, 3), AvondToestand.DICHT_VOOR_BOEKEN)
    assert avond.eigenaar == "kif"


def test_een_id_dat_ontbreekt_is_bij_opnieuw_inlezen_hetzelfde() -> None:
    inricht = goed(KLEIN)
    assert inricht.regels[0].id == "donderdag-om-de-week"
    assert inricht.diensten[0].id == "2026-12-03-an-17-00"
    assert goed(KLEIN) == inricht


def test_twee_keer_dezelfde_naam_geeft_twee_verschillende_ids() -> None:
    tekst = KLEIN.replace(
        "[[uitzonderingen]]",
        '[[blokkades]]\ndatum = 2026-12-03\nbalie = "B1"\n'
        'van = "18:15"\ntot = "18:45"\nreden = "overleg"\n\n[[uitzonderingen]]',
    )
    eerste, tweede = (blok.id for blok in goed(tekst).blokkades)
    assert tweede == f"{eerste}-2"


def test_het_demobestand_leest_zonder_fout_of_waarschuwing() -> None:
    resultaat = lees(BESTAND.read_text("utf-8"))
    assert (resultaat.fouten, resultaat.waarschuwingen) == ((), ())
    assert resultaat.inrichting is not None
    assert resultaat.inrichting.locatie.voorbeeld
    codes = {product.code for product in resultaat.inrichting.producten if product.avond}
    assert codes == {
        "paspoort",
        "paspoort-kind",
        "id-kaart",
        "rijbewijs",
        "ophalen",
        "verhuizing",
        "naturalisatie",
    }


def test_de_uitgecommentarieerde_voorbeelden_in_het_demobestand_kloppen() -> None:
    uitleg = ("# elke_weken = 2 met", "# bevoegdheden = [")
    regels = [regel for regel in BESTAND.read_text("utf-8").splitlines() if not regel.startswith(uitleg)]
    tekst = "\n".join(re.sub(r"^# (?=\[\[|\w+ = )", "", regel) for regel in regels)
    resultaat = lees(tekst)
    assert resultaat.fouten == ()
    assert len(resultaat.afspraken) == 1
    assert resultaat.inrichting is not None
    assert len(resultaat.inrichting.diensten) == len(resultaat.inrichting.blokkades) == 1


def test_heen_en_terug_door_json_is_precies_hetzelfde() -> None:
    inricht = demo_inrichting(VANDAAG)
    assert goed(json.dumps(to_dict(inricht)), "json") == inricht


def test_uitvoer_is_leesbaar_voor_mensen() -> None:
    tabel = to_dict(goed(KLEIN.replace("elke_weken = 2", 'weken_van_maand = [1, "laatste"]')))
    assert tabel["regels"][0]["weekdagen"] == ["donderdag"]
    assert tabel["regels"][0]["weken_van_maand"] == ["laatste", 1]
    assert tabel["regels"][0]["van"] == "17:00"
    assert tabel["feestdagen"][0]["jaarlijks"] == "31 december"
    assert tabel["producten"][0]["kosten"][0]["bedrag"] == "77.85"
    assert "elke_weken" not in tabel["regels"][0]


def test_de_laatste_week_wordt_ook_weer_gelezen() -> None:
    inricht = goed(KLEIN.replace("elke_weken = 2", 'weken_van_maand = ["laatste"]'))
    assert inricht.regels[0].weken_van_maand == {LAATSTE_WEEK}
    assert goed(json.dumps(to_dict(inricht)), "json") == inricht


def test_alle_fouten_van_een_bestand_komen_tegelijk_en_met_hun_regel() -> None:
    tekst = (
        KLEIN.replace("elke_weken = 2", "elke_weken = 0")
        .replace("minuten = 15", "minuten = -15")
        .replace('soort = "gesloten"', 'soort = "dicht"')
        .replace('code = "tolk"', 'kode = "tolk"')
    )
    verwacht = [
        ("[[regels]]", "regels 1", "kies een getal van 1 tot en met 53."),
        ('soort = "dicht"', "uitzonderingen 1", 'Kies een van: "gesloten", "andere_tijden", "extra_open".'),
        ("[[producten]]", "producten 1", "De duur van Paspoort aanvragen is negatief."),
        ("[[behoeften]]", "behoeften 1", "code: ontbreekt. Schrijf deze regel erbij."),
        ("kode =", "behoeften 1", 'kode: deze sleutel ken ik niet. Bedoelde u "code"?'),
    ]
    gevonden = fouten(tekst)
    assert len(gevonden) == len(verwacht)
    for zin, (stuk, onderdeel, tekstdeel) in zip(gevonden, verwacht, strict=True):
        assert zin.startswith(f"Regel {regel_van(tekst, stuk)} ({onderdeel}): "), zin
        assert tekstdeel in zin


def test_een_verwijzing_naar_iets_onbekends_wordt_met_regel_gemeld() -> None:
    tekst = KLEIN.replace('medewerker = "an"', 'medewerker = "ann"').replace(
        '["paspoort:2"]', '["pasport:2"]'
    )
    gevonden = fouten(tekst)
    assert len(gevonden) == 2
    assert gevonden[0].startswith(f"Regel {regel_van(tekst, '[[diensten]]')} (diensten 1): Werktijd van ann")
    plaats = regel_van(tekst, "pasport:2")
    assert gevonden[1] == f'Regel {plaats} (afspraken 1): producten: "pasport" staat niet bij de producten.'


def test_wat_niet_te_lezen_is_geeft_geen_gevolgfouten() -> None:
    """Een product met een tikfout bestaat wel: de afspraak ervoor is dan geen fout."""
    tekst = KLEIN.replace("minuten = 15", 'minuten = "kwartier"')
    assert fouten(tekst) == (
        f"Regel {regel_van(tekst, 'kwartier')} (producten 1): minuten: "
        "schrijf een heel getal, zonder aanhalingstekens, hoogstens 100000.",
    )


def test_een_medewerker_met_een_tikfout_maakt_zijn_werktijd_niet_fout() -> None:
    gevonden = fouten(KLEIN.replace('organisatie = "Enschede"', "organisatie = 7"))
    assert len(gevonden) == 1
    assert "organisatie: schrijf een tekst tussen aanhalingstekens." in gevonden[0]


@pytest.mark.parametrize(
    ("oud", "nieuw", "stuk"),
    [
        ("van = 17:00:00", 'van = "25:00"', 'schrijf een tijd tussen "0:00" en "23:59"'),
        ("van = 17:00:00", "van = 17:00:30", "zonder seconden"),
        ("van = 17:00:00", "van = 17", "schrijf een tijd tussen"),
        ('weekdagen = ["donderdag"]', 'weekdagen = ["do"]', "voluit"),
        ('weekdagen = ["donderdag"]', 'weekdagen = "donderdag"', "lijst tussen blokhaken"),
        ("geldig_van = 2026-12-03", 'geldig_van = "2026-02-30"', "deze datum bestaat niet"),
        ("geldig_van = 2026-12-03", 'geldig_van = "3-12-2026"', "jaar-maand-dag"),
        ("geldig_van = 2026-12-03", "geldig_van = 1826-12-03", "tussen 1900 en 2100"),
        ("minuten = 15", "minuten = 15.5", "heel getal"),
        ("minuten = 15", "minuten = true", "heel getal"),
        ("minuten = 15", "minuten = 99999999999", "heel getal"),
        ("minuten = 15", "minuten = 15\nlengte = 3", "deze sleutel ken ik niet. Haal deze regel weg"),
        ("bedrag = 77.85", "bedrag = 77.855", "bedrag in euro"),
        ("bedrag = 77.85", 'bedrag = "veel"', "bedrag in euro"),
        ("bedrag = 77.85", "bedrag = nan", "bedrag in euro"),
        ('aanlooptijd = "3 werkdagen"', 'aanlooptijd = "drie dagen"', "een aantal en een eenheid"),
        ('"paspoort:2"', '"paspoort:veel"', "aantal personen"),
        ('"paspoort:2"', '"paspoort:0"', "minstens één persoon"),
        ('producten = ["paspoort:2"]', "producten = []", "minstens één product"),
        ('naam = "Şahin"', 'naam = ""', "is leeg"),
        ('naam = "Şahin"', 'naam = "a\\u202eb"', "onzichtbaar teken"),
        ("T17:00:00", "T17:03:00", "hele vijf minuten"),
        ("begin = 2026-12-03T17:00:00", "begin = 2027-03-28T02:30:00", "bestaat die nacht niet"),
        ("begin = 2026-12-03T17:00:00", 'begin = "morgen"', "schrijf een dag en tijd"),
        ("vaste_balie = true", "vaste_balie = true\nminuten = -5", "van 1 tot en met 720"),
        ('balie = "B1"\nvaste', 'balie = "B7"\nvaste', '"B7" staat niet bij de balies'),
        ('behoeften = ["tolk"]', 'behoeften = ["arts"]', '"arts" staat niet bij de behoeften'),
        ("[[avonden]]", "[[feestjes]]", "dit onderdeel ken ik niet"),
        ("[locatie]", "[plaats]", "Locatie: ontbreekt"),
        ('naam = "Proef"', 'naam = "Proef"\nstap = 7', "veelvoud van 5"),
        ('jaarlijks = "31 december"', 'jaarlijks = "31 dec"', "dag en de maand"),
        ('jaarlijks = "31 december"', "jaarlijks = [12]", "lijst van 2 waarden"),
        (
            'naam = "Proef"',
            'naam = "Proef"\nkanaalmaximum = { web = "tien" }',
            "kanaalmaximum web: schrijf een heel",
        ),
    ],
)
def test_deze_fout_wordt_in_gewone_taal_gemeld(oud: str, nieuw: str, stuk: str) -> None:
    assert oud in KLEIN
    gevonden = fouten(KLEIN.replace(oud, nieuw))
    assert any(stuk in zin for zin in gevonden), gevonden
    assert all(zin.endswith((".", "?")) for zin in gevonden)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("a b = 3", "Regel 1, teken 3: dit is geen goede TOML."),
        ("[locatie", "Aan het eind van het bestand: dit is geen goede TOML."),
        ("[a]\n[a]", "Regel 2, teken 3: deze sleutel of tabel staat er al."),
        ("[locatie]\nnaam = 2026-02-30", "Regel 2, teken 8: deze datum of tijd bestaat niet."),
        ("a = " + "[" * 5000, "te diep genest"),
        ("a = " + "9" * 5000, "een getal dat te lang is"),
    ],
)
def test_onleesbare_toml_zegt_waar(tekst: str, zin: str) -> None:
    assert any(zin in fout for fout in fouten(tekst)), fouten(tekst)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ('{"locatie": }', "Regel 1, teken 13: dit is geen goede JSON."),
        ("[]", "moet beginnen met een accolade"),
        ('{"locatie": 1, "locatie": 2}', '"locatie" staat twee keer'),
        ('{"locatie": {"naam": "P"}, "regels": {}}', "Regels: moet een lijst van tabellen zijn"),
        ('{"locatie": {"naam": "P"}, "regels": [3]}', "Regels 1: dit moet een tabel met sleutels zijn."),
        ("[" * 100_000, "te diep genest"),
        ("9" * 5000, "een getal dat te lang is"),
    ],
)
def test_onleesbare_json_zegt_wat_er_mis_is(tekst: str, zin: str) -> None:
    assert any(zin in fout for fout in fouten(tekst, "json")), fouten(tekst, "json")


def test_een_veel_te_groot_bestand_wordt_niet_ontleed() -> None:
    assert "te groot" in fouten("#" * (HOOGSTE_OMVANG + 1))[0]


def test_een_bestand_uit_windows_met_bom_en_crlf_leest_gewoon() -> None:
    assert goed("\ufeff" + KLEIN.replace("\n", "\r\n")) == goed(KLEIN)


def test_een_waarschuwing_houdt_inlezen_niet_tegen() -> None:
    resultaat = lees(KLEIN.replace("2026-12-17", "2026-12-16"))
    assert resultaat.inrichting is not None
    (zin,) = resultaat.waarschuwingen
    assert "al geen opening" in zin
    assert zin.startswith("Regel ")


def test_een_bestand_met_alleen_afspraken_gebruikt_wat_er_al_is() -> None:
    basis = goed(KLEIN)
    los = '[[afspraken]]\nbegin = 2026-12-03T18:00:00\nproducten = ["paspoort"]\nnaam = "A"'
    resultaat = lees(los, basis=basis)
    assert resultaat.inrichting == basis
    assert len(resultaat.afspraken) == 1
    assert "ontbreekt" in lees(los).fouten[0]


def test_een_lijst_in_het_bestand_vervangt_die_van_de_basis_helemaal() -> None:
    resultaat = lees('[[balies]]\nid = "B1"\nnaam = "Loket"', basis=goed(KLEIN))
    assert resultaat.inrichting is not None
    assert [balie.naam for balie in resultaat.inrichting.balies] == ["Loket"]
    assert len(resultaat.inrichting.diensten) == 1


def test_tienduizend_regels_met_een_fout_in_de_laatste_wijzen_de_goede_regel_aan() -> None:
    los = (
        '[[diensten]]\ndatum = 2026-12-{:02d}\nmedewerker = "an"\nrol = "gastheer"\n'
        'van = "{}:00"\ntot = "{}:30"\n'
    )
    momenten = [(dag, uur) for _ in range(3) for dag in range(1, 31) for uur in range(24)][:2000]
    tekst = KLEIN + "\n".join(los.format(dag, uur, uur) for dag, uur in momenten)
    plaats = tekst.rindex('van = "')
    tekst = tekst[:plaats] + tekst[plaats:].replace('van = "', 'van = "x')
    assert len(tekst.splitlines()) > 10_000
    laatste = [zin for zin in fouten(tekst) if "schrijf een tijd" in zin]
    waar = f"Regel {regel_van(tekst, 'van = .x'.replace('.', chr(34)))} (diensten 2001): van: "
    assert laatste == [f'{waar}schrijf een tijd tussen "0:00" en "23:59", zoals "17:30".']


def test_elk_onderdeel_van_de_inrichting_kan_in_het_bestand() -> None:
    tabel = to_dict(demo_inrichting(VANDAAG))
    assert {veld.name for veld in fields(Inrichting)} == set(tabel)


_WAARDE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda deel: st.lists(deel, max_size=3) | st.dictionaries(st.text(max_size=8), deel, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*(veld.name for veld in fields(Inrichting)), "afspraken", "x"]), _WAARDE)
)
def test_welke_json_er_ook_komt_er_zijn_fouten_of_een_inrichting(inhoud: dict[str, object]) -> None:
    resultaat = lees(json.dumps(inhoud), "json")
    assert (resultaat.inrichting is None) == bool(resultaat.fouten)


@given(st.text(max_size=300))
def test_welke_tekst_er_ook_komt_lezen_valt_niet_om(tekst: str) -> None:
    for soort in ("toml", "json"):
        assert lees(tekst, soort).inrichting is None


def test_de_kleinste_inrichting_is_een_locatie() -> None:
    assert goed('[locatie]\nnaam = "Proef"') == Inrichting(Locatie("Proef"))
