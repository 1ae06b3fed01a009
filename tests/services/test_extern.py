"""Een lijst van een andere agenda lezen: tijden en balies, met bij elke fout de regel, en nooit een naam."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontoffice.domain.fouten import InvoerFout
from frontoffice.services.extern import ExternBestand, load_extern, read_extern
from tests.services.agendabouw import DAG, op

KOP = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Andere agenda//NL\r\n"
VOET = "END:VCALENDAR\r\n"


def ics(*afspraken: str) -> bytes:
    """Elke afspraak is de inhoud van een VEVENT, met regeleinden."""
    delen = (f"BEGIN:VEVENT\r\n{a.strip()}\r\nEND:VEVENT\r\n" for a in afspraken)
    return (KOP + "".join(delen) + VOET).encode()


def csv(*regels: str, kop: str = "datum;begin;eind;balie") -> bytes:
    return ("\r\n".join((kop, *regels)) + "\r\n").encode()


def tijden(bestand: ExternBestand) -> list[tuple[datetime, datetime]]:
    assert bestand.fouten == ()
    return [(rij.begin, rij.eind) for rij in bestand.rijen]


NORMAAL = (
    "UID:{uid}\r\nDTSTART;TZID=Europe/Amsterdam:20261203T170000\r\n"
    "DTEND;TZID=Europe/Amsterdam:20261203T172000"
)


# --- .ics ---------------------------------------------------------------------------------------------------


def test_een_ics_geeft_tijden_in_utc_zonder_iets_van_de_persoon() -> None:
    gelezen = read_extern(
        ics(
            "UID:jan.jansen@voorbeeld.example\r\nSUMMARY:J. Jansen - paspoort\r\nATTENDEE:j@x.example\r\n"
            "DTSTART;TZID=Europe/Amsterdam:20261203T170000\r\nDTEND;TZID=Europe/Amsterdam:20261203T172000",
            "UID:2\r\nSTATUS:CANCELLED\r\nDTSTART:20261210T160000Z\r\nDTEND:20261210T161500Z",
        )
    )
    assert tijden(gelezen) == [(op(17), op(17, 20))]
    assert "jansen" not in repr(gelezen).lower()
    assert gelezen.dagen == {DAG, date(2026, 12, 10)}


@pytest.mark.parametrize(
    "begin",
    [
        "DTSTART:20261203T160000Z",
        "DTSTART:20261203T170000",
        'DTSTART;TZID="Europe/Amsterdam":20261203T170000',
        "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Amsterdam:20261203T170000",
        "DTSTART;TZID=W. Europe Standard Time:20261203T170000",
        "DTSTART;TZID=America/New_York:20261203T110000",
        "dtstart;tzid=Europe/London:20261203T160000",
        "DTSTART;VALUE=DATE-TIME:20261203T1700\r\n 00",
    ],
)
def test_elke_schrijfwijze_van_hetzelfde_moment_is_hetzelfde_moment(begin: str) -> None:
    assert tijden(read_extern(ics(f"{begin}\r\nDURATION:PT20M"))) == [(op(17), op(17, 20))]


def test_de_klok_gaat_in_maart_en_oktober_goed_mee() -> None:
    gelezen = read_extern(
        ics(
            "DTSTART;TZID=Europe/Amsterdam:20270327T180000\r\nDTEND:20270327T181000",
            "DTSTART;TZID=Europe/Amsterdam:20270328T180000\r\nDTEND:20270328T181000",
            "DTSTART;TZID=Europe/Amsterdam:20271031T023000\r\nDTEND:20271031T024000",
        )
    )
    uren = [begin.astimezone(UTC).hour for begin, _ in tijden(gelezen)]
    assert uren == [17, 16, 0]


@pytest.mark.parametrize(
    ("afspraak", "zin"),
    [
        ("DTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204", "duurt een hele dag"),
        (NORMAAL.format(uid=1) + "\r\nRRULE:FREQ=WEEKLY;COUNT=3", "herhaalt zich"),
        ("DTSTART:20261203T160000Z", "heeft geen eind"),
        ("DTEND:20261203T160000Z", "heeft geen begin"),
        ("DTSTART;TZID=Customized Time Zone:20261203T170000\r\nDURATION:PT10M", "de tijdzone is onbekend"),
        ("DTSTART;TZID=../../etc/passwd:20261203T170000\r\nDURATION:PT10M", "de tijdzone is onbekend"),
        ("DTSTART:20261203T160000Z\r\nDTEND:20261203T150000Z", "het eind ligt niet na het begin"),
        ("DTSTART:20261203T160000Z\r\nDTEND:20261204T160000Z", "niet op dezelfde dag"),
        ("DTSTART:20261331T250000Z\r\nDTEND:20261203T150000Z", "begin of eind klopt niet"),
        ("DTSTART:99991203T160000Z\r\nDURATION:PT10M", "begin of eind klopt niet"),
        ("DTSTART:20261203T160000Z\r\nDURATION:-PT10M", "de duur klopt niet"),
    ],
)
def test_wat_niet_te_plaatsen_is_staat_er_met_de_regel(afspraak: str, zin: str) -> None:
    gelezen = read_extern(ics(NORMAAL.format(uid="goed"), afspraak))
    (fout,) = gelezen.fouten
    assert fout.startswith("Regel 9: ")
    assert zin in fout
    assert fout.endswith(".")
    assert gelezen.rijen == ()


def test_alle_fouten_van_een_ics_komen_samen() -> None:
    fouten = read_extern(ics("DTSTART:x", NORMAAL.format(uid=1), "DTSTART:20261203T160000Z")).fouten
    assert [zin.partition(":")[0] for zin in fouten] == ["Regel 4", "Regel 12"]


def test_een_ics_die_halverwege_ophoudt_wordt_niet_half_ingelezen() -> None:
    heel = ics(NORMAAL.format(uid=1), NORMAAL.format(uid=2))
    for lengte in (len(KOP) + 3, len(heel) // 2, len(heel) - len(VOET), len(heel) - 5):
        assert "halverwege" in read_extern(heel[:lengte]).fouten[-1]


def test_van_een_gewijzigde_afspraak_telt_het_hoogste_volgnummer() -> None:
    later = "UID:a\r\nSEQUENCE:2\r\nDTSTART:20261203T180000Z\r\nDURATION:PT10M"
    eerder = "UID:a\r\nSEQUENCE:1\r\nDTSTART:20261203T160000Z\r\nDURATION:PT10M"
    af = "UID:a\r\nSEQUENCE:3\r\nSTATUS:CANCELLED\r\nDTSTART:20261203T180000Z\r\nDURATION:PT10M"
    assert tijden(read_extern(ics(eerder, later)))[0][0] == op(19)
    assert tijden(read_extern(ics(later, eerder)))[0][0] == op(19)
    assert tijden(read_extern(ics(later, af, eerder))) == []


def test_een_herinnering_of_vrije_tijd_houdt_niets_bezet() -> None:
    gelezen = read_extern(
        ics(
            NORMAAL.format(uid=1) + "\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT99M\r\nEND:VALARM",
            "DTSTART;VALUE=DATE:20261203\r\nTRANSP:TRANSPARENT",
        )
    )
    assert tijden(gelezen) == [(op(17), op(17, 20))]


def test_de_balie_staat_bij_middel_of_plaats() -> None:
    gelezen = read_extern(
        ics(NORMAAL.format(uid=1) + "\r\nRESOURCES:Balie 2,Scanner\r\nLOCATION:Gemeentehuis")
    )
    assert gelezen.rijen[0].balies == ("Balie 2", "Scanner", "Gemeentehuis")
    assert not gelezen.rijen[0].balie_moet


# --- CSV ----------------------------------------------------------------------------------------------------


def test_een_csv_leest_nederlandse_tijd_en_noemt_alle_fouten_met_de_regel() -> None:
    goed = read_extern(
        csv("2026-12-03;17:00;17.15;B1", "03-12-2026;18:00;18.10 uur;", "3/12/2026;9:05;9:10;")
    )
    assert [(r.begin, r.eind, r.balies) for r in goed.rijen] == [
        (op(17), op(17, 15), ("B1",)),
        (op(18), op(18, 10), ()),
        (op(9, 5), op(9, 10), ()),
    ]
    fout = read_extern(
        b"datum,begin,eind\n2026-02-30,17:00,17:15\n\n2026-12-03,18:00,17:00\n2026-12-03,x,y\n"
    )
    assert [zin.partition(":")[0] for zin in fout.fouten] == ["Regel 2", "Regel 4", "Regel 5"]
    assert fout.rijen == ()
    assert "de kolom datum ontbreekt" in read_extern(b"dag;begin\n").fouten[0]


@pytest.mark.parametrize(
    "cel",
    ["=cmd|' /C calc'!A0", "+31612345678", "@SUM(1)", "-1+2", "\u0661\u0667:00", "25:00", "17:00+02:00"],
)
def test_een_formule_of_onzin_in_een_cel_is_een_gewone_fout_die_niets_herhaalt(cel: str) -> None:
    gelezen = read_extern(f'datum;begin;eind\n2026-12-03;"{cel}";17:15\n"{cel}";17:00;17:15\n'.encode())
    assert [zin.partition(":")[0] for zin in gelezen.fouten] == ["Regel 2", "Regel 3"]
    assert all(cel not in zin for zin in gelezen.fouten)


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_elke_gangbare_codering_wordt_gelezen(codering: str) -> None:
    inhoud = "datum;begin;eind;balie\n2026-12-03;17:00;17:15;Balie één\n".encode(codering)
    (rij,) = read_extern(inhoud).rijen
    assert rij.balies == ("Balie één",)


def test_excel_mag_zijn_eigen_eerste_regel_en_tabs_gebruiken() -> None:
    assert len(read_extern(b"sep=;\ndatum;begin;eind\n2026-12-03;17:00;17:15\n").rijen) == 1
    assert len(read_extern(b"datum\tbegin\teind\n2026-12-03\t17:00\t17:15\n").rijen) == 1


def test_een_tijd_naast_het_raster_houdt_de_hele_tik_bezet() -> None:
    (rij,) = read_extern(csv("2026-12-03;17:02;17:13;")).rijen
    assert (rij.vak.begin_utc, rij.vak.eind_utc) == (op(17), op(17, 15))


# --- vijandige bestanden ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "Het bestand is leeg."),
        (b"\n \r\n", "Het bestand is leeg."),
        (b"\xef\xbb\xbf", "Het bestand is leeg."),
        (b"PK\x03\x04\x00\x00xlsx", "Dit is geen .ics of CSV."),
        (b"x" * 5_000_001, "Het bestand is te groot."),
    ],
)
def test_een_bestand_dat_het_niet_kan_zijn_zegt_wat_er_is(inhoud: bytes, zin: str) -> None:
    with pytest.raises(InvoerFout, match=zin):
        read_extern(inhoud)


def test_tienduizend_regels_gaan_vlot() -> None:
    assert len(read_extern(csv(*["2026-12-03;17:00;17:05;"] * 10_000)).rijen) == 10_000
    assert len(read_extern(csv(*["=cmd;;;"] * 10_000)).fouten) == 10_000
    assert len(read_extern(ics(*(NORMAAL.format(uid=n) for n in range(10_000)))).rijen) == 10_000
    assert "te veel" in read_extern(csv(*["2026-12-03;17:00;17:05;"] * 20_001)).fouten[0]
    assert "te veel" in read_extern(ics(*(NORMAAL.format(uid=n) for n in range(20_001)))).fouten[0]


@pytest.mark.parametrize(
    "rommel",
    [
        KOP.encode()
        + b"BEGIN:VEVENT\r\nDTSTART"
        + b'"' * 400_000
        + b":20261203T160000Z\r\nEND:VEVENT\r\n"
        + VOET.encode(),
        KOP.encode() + b"BEGIN:VEVENT\r\n" * 5_000,
        b"BEGIN:VCALENDAR",
        b'datum;begin;eind\n"2026-12-03;17:00;17:15\n' + b"x" * 300_000,
        b"datum;begin;eind\n" + b"\xff\xfe\x81;;\n" * 100,
    ],
)
def test_rommel_geeft_een_zin_en_geen_spoor(rommel: bytes) -> None:
    gelezen = read_extern(rommel)
    assert gelezen.fouten
    assert gelezen.rijen == ()
    assert all(len(zin) < 200 for zin in gelezen.fouten)


def test_van_schijf_komt_het_moment_mee_waarop_het_is_bewaard(tmp_path: Path) -> None:
    import os

    pad = tmp_path / "lijst.csv"
    pad.write_bytes(csv("2026-12-03;17:00;17:15;"))
    os.utime(pad, (1_780_000_000.7, 1_780_000_000.7))
    bestand, gemaakt = load_extern(pad)
    assert gemaakt == datetime.fromtimestamp(1_780_000_000, UTC)
    assert len(bestand.rijen) == 1
    with pytest.raises(InvoerFout, match="niet te openen"):
        load_extern(tmp_path / "weg.csv")
    with pytest.raises(InvoerFout, match="niet te openen"):
        load_extern(tmp_path)
