"""Het agendabestand, teruggelezen door een ander: zelfde UID, volgnummer, afzeggen, tijd van Amsterdam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from frontoffice.documents.bevestiging import Bereikbaar, Bevestiging, Plaats, Soort, Woorden
from frontoffice.documents.kalenderbestand import ics_name, make_ics
from tests.documents.bouwbrief import BEVESTIGING, TWENTS, bevestiging

NU = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KENMERK = "0b7c9a4e-9d7e-4d52-9b0e-1d6b2a1f0c11"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def maak(b: Bevestiging = BEVESTIGING, volgnummer: int = 0) -> bytes:
    return make_ics(b, kenmerk=KENMERK, volgnummer=volgnummer, gemaakt=NU)


def lees(inhoud: bytes) -> tuple[Calendar, Event]:
    kalender = Calendar.from_ical(inhoud)
    assert isinstance(kalender, Calendar)
    assert not kalender.errors
    (gebeurtenis,) = kalender.events
    assert not gebeurtenis.errors
    return kalender, gebeurtenis


def test_een_nieuwe_afspraak_is_een_verzoek_met_tijd_plaats_en_uitleg() -> None:
    kalender, gebeurtenis = lees(maak())
    assert kalender["METHOD"] == "REQUEST"
    assert gebeurtenis["UID"] == f"{KENMERK}@klant-in-focus"
    assert gebeurtenis["SEQUENCE"] == 0
    assert gebeurtenis["STATUS"] == "CONFIRMED"
    assert gebeurtenis.start == datetime(2026, 12, 3, 18, 40, tzinfo=AMSTERDAM)
    assert gebeurtenis.end - gebeurtenis.start == timedelta(minutes=25)
    assert gebeurtenis["DTSTAMP"].dt == NU
    assert gebeurtenis["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert gebeurtenis["LOCATION"] == "Gemeentehuis Losser, Voorbeeldplein 1, 7581 AG Losser"
    assert gebeurtenis["SUMMARY"] == "Afspraak bij Gemeente Losser"
    uitleg = str(gebeurtenis["DESCRIPTION"])
    for deel in ("2026-00041", "K7M2PQ9R", "- Een pasfoto", "- Het kind zelf", "Bel ons op 14 000."):
        assert deel in uitleg, deel


def test_verzetten_houdt_de_uid_en_telt_het_volgnummer_op() -> None:
    _, eerst = lees(maak())
    begin = BEVESTIGING.begin + timedelta(days=7)
    later = bevestiging(soort=Soort.VERZET, begin=begin, eind=begin + timedelta(minutes=25))
    kalender, daarna = lees(maak(later, 1))
    assert kalender["METHOD"] == "REQUEST"
    assert daarna["UID"] == eerst["UID"]
    assert daarna["SEQUENCE"] == 1
    assert daarna.start != eerst.start


def test_afzeggen_haalt_de_afspraak_uit_de_agenda() -> None:
    kalender, gebeurtenis = lees(maak(bevestiging(soort=Soort.AFGEZEGD), 2))
    assert kalender["METHOD"] == "CANCEL"
    assert gebeurtenis["STATUS"] == "CANCELLED"
    assert gebeurtenis["UID"] == f"{KENMERK}@klant-in-focus"
    assert gebeurtenis["SEQUENCE"] == 2
    assert "K7M2PQ9R" not in str(gebeurtenis["DESCRIPTION"])


def test_er_staan_geen_gegevens_van_een_persoon_in() -> None:
    inhoud = maak().decode().replace("\r\n ", "")
    for weg in (TWENTS, "Bramel", "Kerkstraat", "06-00", "ATTENDEE"):
        assert weg not in inhoud, weg


def test_duits_is_duits_en_wat_niet_vertaald_is_staat_er_als_nederlands() -> None:
    _, gebeurtenis = lees(maak(bevestiging(taal="de")))
    assert gebeurtenis["SUMMARY"] == "Termin bei Gemeente Losser"
    assert gebeurtenis["SUMMARY"].params["LANGUAGE"] == "de-DE"
    assert "Reisepass für ein Kind, 2 Personen; Führerschein" in str(gebeurtenis["DESCRIPTION"])
    _, half = lees(maak(bevestiging(taal="de", meenemen=(Woorden("alleen Nederlands"),))))
    assert "- Alleen Nederlands (auf Niederländisch)" in str(half["DESCRIPTION"])


@pytest.mark.parametrize(
    "vreemd",
    ["Zaal 1\nDTSTART:20200101T000000Z", "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", 'a;b,c:d\\n"e', "é" * 200],
)
def test_tekst_van_buiten_maakt_geen_tweede_gebeurtenis(vreemd: str) -> None:
    b = bevestiging(
        plaats=Plaats(vreemd),
        afzender=vreemd,
        meenemen=(Woorden(vreemd),),
        bereikbaar=Bereikbaar(telefoon=vreemd, email=f"{vreemd}@voorbeeld.nl"),
    )
    inhoud = maak(b)
    _, gebeurtenis = lees(inhoud)
    assert gebeurtenis.start == datetime(2026, 12, 3, 18, 40, tzinfo=AMSTERDAM)
    assert str(gebeurtenis["LOCATION"]) == " ".join(vreemd.replace("\r\n", "  ").split("\n"))
    assert inhoud.replace(b"\r\n ", b"").split(b"\r\n").count(b"BEGIN:VEVENT") == 1
    assert str(gebeurtenis["ORGANIZER"]) == "invalid:nomail"
    assert max(map(len, inhoud.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    ("email", "verwacht"), [("", "invalid:nomail"), ("balie@voorbeeld.nl", "mailto:balie@voorbeeld.nl")]
)
def test_de_organisator_is_de_gemeente(email: str, verwacht: str) -> None:
    _, gebeurtenis = lees(maak(bevestiging(bereikbaar=Bereikbaar(email=email))))
    assert str(gebeurtenis["ORGANIZER"]) == verwacht
    assert gebeurtenis["ORGANIZER"].params["CN"] == "Gemeente Losser"


@pytest.mark.parametrize(
    "begin", [datetime(2027, 3, 25, 16, tzinfo=UTC), datetime(2027, 4, 1, 15, tzinfo=UTC)]
)
def test_t01_voor_en_na_de_zomertijd_is_het_17_uur_in_amsterdam(begin: datetime) -> None:
    elders = begin.astimezone(timezone(timedelta(hours=-5)))
    _, gebeurtenis = lees(maak(bevestiging(begin=elders, eind=elders + timedelta(minutes=15))))
    assert gebeurtenis.start.astimezone(UTC) == begin
    assert (gebeurtenis.start.hour, gebeurtenis.end - gebeurtenis.start) == (17, timedelta(minutes=15))


def test_de_meegestuurde_zone_is_die_van_tzdata_tot_2040() -> None:
    """Een agendaprogramma zonder eigen tijdzones rekent met wat wij meesturen."""
    kalender, _ = lees(maak())
    (zone,) = kalender.timezones
    assert zone["TZID"] == "Europe/Amsterdam"
    assert {deel.name for deel in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    for deel in zone.subcomponents:
        assert _overgangen(deel) == _overgangen_tzdata(deel["TZOFFSETTO"].td)


def _overgangen(deel: Any) -> set[datetime]:
    regel = rrulestr(deel["RRULE"].to_ical().decode(), dtstart=deel["DTSTART"].dt)
    van = deel["TZOFFSETFROM"].td
    lokaal = regel.between(datetime(2026, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001 - plaatselijke tijd
    return {(moment - van).replace(tzinfo=UTC) for moment in lokaal}


def _overgangen_tzdata(naar: timedelta) -> set[datetime]:
    uit = set()
    uur = datetime(2026, 1, 1, tzinfo=UTC)
    vorige = uur.astimezone(AMSTERDAM).utcoffset()
    while uur.year < 2040:
        uur += timedelta(hours=1)
        nu = uur.astimezone(AMSTERDAM).utcoffset()
        if nu != vorige and nu == naar:
            uit.add(uur)
        vorige = nu
    return uit


@pytest.mark.parametrize(
    "fout",
    [{"kenmerk": " "}, {"volgnummer": -1}, {"gemaakt": datetime(2026, 1, 1)}],  # noqa: DTZ001 - dat is de fout
)
def test_zonder_kenmerk_volgnummer_of_zone_is_er_geen_bestand(fout: dict[str, Any]) -> None:
    goed: dict[str, Any] = {"kenmerk": KENMERK, "volgnummer": 0, "gemaakt": NU}
    with pytest.raises(ValueError, match="agendabestand"):
        make_ics(BEVESTIGING, **(goed | fout))


def test_de_bestandsnaam_is_het_nummer() -> None:
    assert ics_name(BEVESTIGING) == "afspraak-2026-00041.ics"
