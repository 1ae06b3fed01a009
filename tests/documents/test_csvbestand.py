"""CSV in en uit: geen formules in Excel, alle fouten tegelijk met hun regel, en snel genoeg."""

from __future__ import annotations

import csv
import io
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.documents.csvbestand import (
    HOOGSTE_OMVANG,
    CsvFout,
    Kolom,
    Tabel,
    amount_column,
    arm,
    choice_column,
    date_column,
    defuse,
    list_column,
    number_column,
    read_csv,
    text_column,
    time_column,
    write_csv,
)

ROOSTER = Tabel(
    (
        date_column("Datum"),
        text_column("Medewerker", hoogste=40),
        time_column("Van"),
        time_column("Tot"),
        choice_column("Rol", {"balie": 1, "gastheer": 2, "één": 3}, verplicht=False),
        number_column("Balie", laagste=1, hoogste=9, verplicht=False, ook=("Balienummer",)),
        amount_column("Kosten", verplicht=False),
        list_column("Mag doen"),
    ),
    uniek=("Datum", "Medewerker"),
)
RIJ: dict[str, Any] = {
    "Datum": date(2026, 12, 3),
    "Medewerker": "Şahin",
    "Van": time(17),
    "Tot": time(20, 5),
    "Rol": 3,
    "Balie": 2,
    "Kosten": Decimal("83.87"),
    "Mag doen": ("paspoort", "rijbewijs"),
}
GEVAARLIJK = [
    "=1+1",
    '=HYPERLINK("http://x","klik")',
    "+31 6 12",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    " =1",
    '"=1',
    "＝1+1",
    "'=1",
    "x;=1+1",
    "x,@SUM(A1)",
    "x\n=cmd|' /C calc'!A0",
    'x";=1;"',
]


def regels(*cellen: str) -> bytes:
    return ("Datum;Medewerker;Van;Tot\r\n" + "\r\n".join(cellen)).encode()


def test_wat_eruit_gaat_komt_er_hetzelfde_weer_in() -> None:
    ander = RIJ | {"Medewerker": 'Łukasz; de "Lange"\nJr.', "Rol": None, "Kosten": None, "Mag doen": ()}
    inhoud = write_csv(ROOSTER, [RIJ, ander])
    gelezen = read_csv(ROOSTER, inhoud)
    assert not gelezen.fouten
    assert [dict(rij.waarden) for rij in gelezen.rijen] == [RIJ, ander]
    assert [rij.regel for rij in gelezen.rijen] == [2, 3]


def test_het_bestand_is_zoals_excel_in_het_nederlands_het_verwacht() -> None:
    inhoud = write_csv(ROOSTER, [RIJ])
    assert inhoud.startswith(b"\xef\xbb\xbf")
    kop, rij = inhoud.decode("utf-8-sig").split("\r\n")[:2]
    assert kop == '"Datum";"Medewerker";"Van";"Tot";"Rol";"Balie";"Kosten";"Mag doen"'
    assert rij == '"03-12-2026";"Şahin";"17.00";"20.05";"één";"2";"83,87";"paspoort, rijbewijs"'


@pytest.mark.parametrize("tekst", GEVAARLIJK)
def test_een_rekenprogramma_ziet_nooit_een_formule(tekst: str) -> None:
    tabel = Tabel((Kolom("Naam", str, str),))
    inhoud = write_csv(tabel, [{"Naam": tekst}]).decode("utf-8-sig")
    _, (cel,) = csv.reader(io.StringIO(inhoud, newline=""), delimiter=";", strict=True)
    assert cel[0] == "'" or not cel.lstrip(' "').startswith(
        ("=", "+", "-", "@", "＝", "\t", "\r", "\n", "\0")
    )
    for teken in ';,\t\n\r"|':
        for deel in cel.split(teken)[1:]:
            assert not deel.startswith(("=", "@", "+")), "ook niet wie op een ander teken splitst"
    assert inhoud.count('"') % 2 == 0
    gelezen = read_csv(tabel, inhoud.encode())
    assert [rij.waarden["Naam"] for rij in gelezen.rijen] == [tekst]


@pytest.mark.parametrize("tekst", ["Jan-Willem", "a+b", "jan@voorbeeld.nl", "'t Hoekje", "1=1", ""])
def test_gewone_tekst_blijft_zoals_ze_is(tekst: str) -> None:
    assert defuse(tekst) == tekst
    assert arm(tekst) == tekst


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30) | st.text("'=+-@;,\t\r\n\"|\0 x", max_size=12)
)
def test_onschadelijk_maken_is_altijd_terug_te_draaien(tekst: str) -> None:
    assert arm(defuse(tekst)) == tekst


def test_alle_fouten_komen_tegelijk_met_hun_regel() -> None:
    gelezen = read_csv(
        ROOSTER,
        regels(
            "31-11-2026;Anna;17.00;20.00",
            "03-12-2026;;25.00;20.61",
            "",
            "3-12-2026;Bert;17.00;20.00",
            '2026-12-10;"Bert ""de Lange""\nuit Losser";17:00;20.00 uur',
            "03-12-2026;Bert;17.00;20.00",
            "morgen;" + "x" * 41 + ";vijf uur;20.00;extra",
        ),
    )
    assert [str(fout) for fout in gelezen.fouten] == [
        "Regel 2, Datum: Deze datum bestaat niet. Kijk in de kalender.",
        "Regel 3, Medewerker: Vul dit in.",
        "Regel 3, Van: Deze tijd bestaat niet. Kies een tijd van 0.00 tot en met 23.59.",
        "Regel 3, Tot: Deze tijd bestaat niet. Kies een tijd van 0.00 tot en met 23.59.",
        "Regel 8, Datum, Medewerker: Dit staat ook op regel 5. Haal er een weg.",
        "Regel 9: Er zijn 5 cellen en 4 koppen. Haal weg wat te veel is.",
        "Regel 9, Datum: Dit is geen datum. Schrijf de datum als 03-12-2026.",
        "Regel 9, Medewerker: Gebruik niet meer dan 40 tekens.",
        "Regel 9, Van: Dit is geen tijd. Schrijf de tijd als 18.30.",
    ]
    assert [(rij.regel, rij.waarden["Datum"]) for rij in gelezen.rijen] == [
        (5, date(2026, 12, 3)),
        (6, date(2026, 12, 10)),
    ]


def test_koppen_die_ontbreken_dubbel_of_vreemd_zijn_worden_samen_genoemd() -> None:
    gelezen = read_csv(ROOSTER, b"Datum;VAN;van;Kleur;balienummer\r\n3-12-2026;17.00;17.00;rood;2")
    uitleg = [str(fout) for fout in gelezen.fouten]
    assert "Regel 1, Kleur: Deze kop kennen wij niet. Haal de kolom weg of verbeter de kop." in uitleg
    assert "Regel 1, Van: Deze kolom staat er twee keer. Haal er een weg." in uitleg
    assert "Regel 1, Tot: Deze kolom ontbreekt. Zet de kop op de eerste regel." in uitleg
    assert "Regel 1, Medewerker: Deze kolom ontbreekt. Zet de kop op de eerste regel." in uitleg
    assert not any("Balie" in regel for regel in uitleg), "een andere kop die ook goed is"


@pytest.mark.parametrize(
    "inhoud",
    [
        "Datum;Medewerker;Van;Tot\n03-12-2026;Café;17.00;20.00\n".encode("cp1252"),
        "Datum\tMedewerker\tVan\tTot\r\n03-12-2026\tCafé\t17.00\t20.00".encode("utf-16"),
        "Datum,Medewerker,Van,Tot\r03-12-2026,Café,17.00,20.00\r".encode(),
        "sep=,\r\nDatum,Medewerker,Van,Tot\r\n03-12-2026,Café,17.00,20.00".encode("utf-8-sig"),
        "sep=\t\nDatum\tMedewerker\tVan\tTot\n03-12-2026\tCafé\t17.00\t20.00".encode(),
    ],
    ids=["windows", "utf-16", "komma en oude mac", "sep-regel", "sep-tab"],
)
def test_wat_excel_anders_bewaart_is_ook_te_lezen(inhoud: bytes) -> None:
    gelezen = read_csv(ROOSTER, inhoud)
    assert not gelezen.fouten
    assert [rij.waarden["Medewerker"] for rij in gelezen.rijen] == ["Café"]


@pytest.mark.parametrize("inhoud", [b"", b"\xef\xbb\xbf", b"  \r\n\r\n"])
def test_een_leeg_bestand_is_een_fout(inhoud: bytes) -> None:
    assert [fout.uitleg for fout in read_csv(ROOSTER, inhoud).fouten] == [
        "Dit bestand is leeg. Zet op de eerste regel de koppen."
    ]


def test_een_open_aanhalingsteken_wijst_de_regel_aan_waar_het_begint() -> None:
    gelezen = read_csv(
        ROOSTER, regels("3-12-2026;Anna;17.00;20.00", '3-12-2026;"Bert;17.00;20.00', "x;y;z;a")
    )
    assert [fout.regel for fout in gelezen.fouten] == [3]
    assert len(gelezen.rijen) == 1


def test_een_te_groot_bestand_wordt_niet_gelezen() -> None:
    assert "te groot" in read_csv(ROOSTER, b"x" * (HOOGSTE_OMVANG + 1)).fouten[0].uitleg


@given(st.binary(max_size=300))
def test_elk_bestand_geeft_rijen_of_fouten_en_valt_niet_om(inhoud: bytes) -> None:
    gelezen = read_csv(ROOSTER, b"Datum;Medewerker;Van;Tot\n" + inhoud)
    assert all(isinstance(fout, CsvFout) and fout.uitleg for fout in gelezen.fouten)


@pytest.mark.parametrize(
    ("kolom", "cel"),
    [
        (number_column("N"), "1,5"),
        (number_column("N", laagste=1), "0"),
        (number_column("N"), "٣"),
        (amount_column("N"), "-1"),
        (amount_column("N"), "1.23"),
        (choice_column("N", {"ja": True}), "nee"),
        (date_column("N"), "2026-02-30"),
    ],
)
def test_elke_kolom_weigert_met_een_zin_die_zegt_wat_wel_kan(kolom: Kolom, cel: str) -> None:
    (fout,) = read_csv(Tabel((kolom,)), f"N\n{cel}".encode()).fouten
    assert fout.uitleg.endswith(".")
    assert len(fout.uitleg.split()) <= 18


@pytest.mark.parametrize("koppen", [("A", "a"), ("Van dag", "van_dag")])
def test_een_tabel_met_dezelfde_koppen_bestaat_niet(koppen: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="koppen"):
        Tabel(tuple(text_column(kop) for kop in koppen))
