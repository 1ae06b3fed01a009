"""Avonden van een andere agenda: een .ics of CSV vult de bezetting, zonder namen en zonder dubbel."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frontoffice.agenda.avond import SoortInhoud
from frontoffice.services.afspraakwaarden import TijdBezet
from frontoffice.services.agenda import Agendadiensten
from frontoffice.services.extern import read_extern
from tests.services.agendabouw import DAG, TWEE, begintijden, boek, gegevens, op, richt_in, uid, wens

VAN = datetime(2026, 11, 30, 14, 40, tzinfo=UTC)
ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Andere agenda//NL\r
BEGIN:VEVENT\r
UID:jan.jansen@voorbeeld.example\r
SUMMARY:J. Jansen - paspoort\r
DTSTART;TZID=Europe/Amsterdam:20261203T170000\r
DTEND;TZID=Europe/Amsterdam:20261203T172000\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
STATUS:CANCELLED\r
DTSTART:20261203T170000Z\r
DTEND:20261203T171500Z\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_een_ics_geeft_tijden_in_utc_zonder_iets_van_de_persoon() -> None:
    gelezen = read_extern(ICS, "ics")
    assert gelezen.fouten == ()
    (rij,) = gelezen.rijen
    assert (rij.begin, rij.eind) == (op(17), op(17, 20))
    assert "jansen" not in repr(rij).lower()


def test_een_csv_leest_nederlandse_tijd_en_noemt_alle_fouten_met_de_regel() -> None:
    goed = read_extern("datum;begin;eind;balie\n2026-12-03;17:00;17.15;B1\n03-12-2026;18:00;18:10;\n", "csv")
    assert [(r.begin, r.eind, r.balie) for r in goed.rijen] == [
        (op(17), op(17, 15), "B1"),
        (op(18), op(18, 10), ""),
    ]
    fout = read_extern(
        "datum,begin,eind\n2026-02-30,17:00,17:15\n2026-12-03,18:00,17:00\n2026-12-03,x,y\n", "csv"
    )
    assert [zin.partition(":")[0] for zin in fout.fouten] == ["Regel 2", "Regel 3", "Regel 4"]
    assert fout.rijen == ()
    assert "ontbreekt" in read_extern("dag;begin\n", "csv").fouten[0]
    assert read_extern("geen kalender", "ics").fouten or read_extern("geen kalender", "ics").rijen == ()


def test_tienduizend_regels_gaan_vlot_en_onzin_breekt_niets() -> None:
    regels = "datum;begin;eind\n" + "2026-12-03;17:00;17:05\n" * 10_000
    assert len(read_extern(regels, "csv").rijen) == 10_000
    assert len(read_extern("datum;begin;eind\n" + "=cmd;;\n" * 300, "csv").fouten) == 300


def test_wat_elders_is_geboekt_houdt_een_balie_bezet_en_wordt_de_volgende_keer_vervangen(
    agenda: Agendadiensten,
) -> None:
    rijen = read_extern(ICS, "ics").rijen
    assert agenda.avonden.import_extern(rijen, VAN, (DAG,), verzoek_id=uid()) == ()
    assert op(17, 15) not in begintijden(agenda)
    assert op(17, 30) in begintijden(agenda)
    with pytest.raises(TijdBezet):
        agenda.afspraken.book(wens(), op(17), gegevens(), verzoek_id=uid())
    (overzicht,) = agenda.avonden.overzicht(DAG, DAG)
    assert overzicht.extern_van == VAN
    assert overzicht.afspraken == 0
    agenda.avonden.import_extern((), VAN, (DAG,), verzoek_id=uid())
    assert op(17) in begintijden(agenda)
    assert agenda.opslag.check() == ()


def test_eigen_afspraken_maken_plaats_en_wat_nergens_past_wordt_gemeld(agenda: Agendadiensten) -> None:
    richt_in(agenda, TWEE)
    eigen = boek(agenda, 17)
    csv = f"datum;begin;eind;balie\n2026-12-03;17:00;17:15;{'B2' if eigen.balie == 'B1' else 'B1'}\n"
    rijen = read_extern(csv + "2026-12-03;17:00;17:15;\n", "csv").rijen
    (over,) = agenda.avonden.import_extern(rijen, VAN, (DAG,), verzoek_id=uid())
    assert over.begin == op(17)
    soorten = [item.soort for item in agenda.vrij.load(DAG).avonden[DAG].avond.inhoud]
    assert sorted(soorten) == [SoortInhoud.AFSPRAAK, SoortInhoud.EXTERN]
    assert agenda.zoeken.load(eigen.id).begin == op(17)
    assert agenda.opslag.check() == ()


def test_een_dag_die_niet_is_meegegeven_blijft_zoals_zij_was(agenda: Agendadiensten) -> None:
    agenda.avonden.import_extern(read_extern(ICS, "ics").rijen, VAN, (DAG,), verzoek_id=uid())
    agenda.avonden.import_extern((), VAN, (date(2026, 12, 10),), verzoek_id=uid())
    assert op(17) not in begintijden(agenda)
