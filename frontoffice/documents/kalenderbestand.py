"""De afspraak als .ics, voor de agenda van de inwoner zelf: nieuw, verzet of afgezegd.

Dezelfde afspraak houdt dezelfde UID; een hoger volgnummer vervangt het vorige. Bevat geen gegevens van
anderen en geen BSN. Verstuurt niets.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from frontoffice.documents.bestand import file_name
from frontoffice.documents.bevestiging import Bevestiging, Soort
from frontoffice.documents.briefteksten import BCP47, Briefteksten, plain, read_teksten
from frontoffice.documents.lettertype import clean
from frontoffice.versie import VERSIE

ZONE = "Europe/Amsterdam"
GEEN_ADRES = "invalid:nomail"
"""Wat agendaprogramma's zetten als de organisator geen e-mailadres heeft."""
_DOMEIN = "klant-in-focus"
_ADRES = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")


def make_ics(bevestiging: Bevestiging, *, kenmerk: str, volgnummer: int, gemaakt: datetime) -> bytes:
    """Het bestand. `kenmerk` is het id van de afspraak (blijft bij verzetten), `gemaakt` het moment van nu.

    Raises ValueError bij een leeg kenmerk, een negatief volgnummer, een moment zonder zone.
    """
    if not kenmerk.strip() or volgnummer < 0 or gemaakt.tzinfo is None:
        raise ValueError("een agendabestand vraagt een kenmerk, een volgnummer en een moment met zone")
    teksten = read_teksten(bevestiging.taal)
    afgezegd = bevestiging.soort is Soort.AFGEZEGD
    kalender = Calendar()
    kalender.add("prodid", f"-//Klant in Focus//{VERSIE}//{bevestiging.taal.upper()}")
    kalender.add("version", "2.0")
    kalender.add("method", "CANCEL" if afgezegd else "REQUEST")
    kalender.add_component(_timezone())
    gebeurtenis = Event()
    gebeurtenis.add("uid", f"{kenmerk.strip()}@{_DOMEIN}")
    gebeurtenis.add("sequence", volgnummer)
    gebeurtenis.add("dtstamp", gemaakt)
    gebeurtenis.add("dtstart", bevestiging.begin.astimezone(ZoneInfo(ZONE)))
    gebeurtenis.add("dtend", bevestiging.eind.astimezone(ZoneInfo(ZONE)))
    gebeurtenis.add("status", "CANCELLED" if afgezegd else "CONFIRMED")
    gebeurtenis.add("class", "PRIVATE")
    gebeurtenis.add("summary", _text(teksten.agendatitel(bevestiging.afzender), bevestiging))
    plaats = (plain(teksten.stukken(bevestiging.plaats.woorden)), *bevestiging.plaats.adres)
    gebeurtenis.add("location", vText(clean(", ".join(plaats))))
    gebeurtenis.add("description", _text(describe(bevestiging, teksten), bevestiging))
    gebeurtenis.add("organizer", _organizer(bevestiging))
    kalender.add_component(gebeurtenis)
    return bytes(kalender.to_ical())


def ics_name(bevestiging: Bevestiging) -> str:
    """ "afspraak-2026-00041.ics"."""
    return file_name("afspraak", bevestiging.nummer, "ics")


def describe(bevestiging: Bevestiging, teksten: Briefteksten) -> str:
    """Wat er bij de afspraak staat: waarvoor, wat mee, wie komt en hoe te wijzigen."""
    b, t = bevestiging, teksten
    if b.soort is Soort.AFGEZEGD:
        return "\n".join([t.tekst("titel_afgezegd"), _row(t, "nummer", b.nummer)])
    waarvoor = "; ".join(plain(t.product(p.naam, p.personen)) for p in b.producten)
    regels = [_row(t, "waarvoor", waarvoor), _row(t, "nummer", b.nummer), _row(t, "code", b.code)]
    for kop, punten in (("kop_komt", b.wie_komt), ("kop_meenemen", b.meenemen)):
        if punten:
            regels += ["", t.tekst(kop), *(f"- {clean(plain(t.punt(punt)))}" for punt in punten)]
    if b.bereikbaar.telefoon:
        regels += ["", t.tekst("kop_wijzigen"), t.tekst("bel", telefoon=clean(b.bereikbaar.telefoon))]
    return "\n".join(regels).replace("\u00a0", " ")


def _row(teksten: Briefteksten, sleutel: str, waarde: str) -> str:
    return f"{teksten.tekst(sleutel)}: {clean(waarde)}"


def _text(tekst: str, bevestiging: Bevestiging) -> vText:
    return vText(tekst, params={"LANGUAGE": BCP47[bevestiging.taal]})


def _organizer(bevestiging: Bevestiging) -> vCalAddress:
    adres = bevestiging.bereikbaar.email.strip()
    organisator = vCalAddress(f"mailto:{adres}" if _ADRES.fullmatch(adres) else GEEN_ADRES)
    organisator.params["CN"] = clean(bevestiging.afzender)
    return organisator


def _timezone() -> Timezone:
    """De regels van zomer- en wintertijd zoals ze sinds 1996 gelden; een test legt ze naast tzdata."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for soort, maand, dag, uur, van, naar, naam in (
        (TimezoneDaylight, 3, date(1996, 3, 31), 2, 1, 2, "CEST"),
        (TimezoneStandard, 10, date(1996, 10, 27), 3, 2, 1, "CET"),
    ):
        deel = soort()
        deel.add("dtstart", datetime.combine(dag, time(uur)))
        deel.add("rrule", {"FREQ": "YEARLY", "BYMONTH": maand, "BYDAY": "-1SU"})
        deel.add("tzoffsetfrom", timedelta(hours=van))
        deel.add("tzoffsetto", timedelta(hours=naar))
        deel.add("tzname", naam)
        zone.add_component(deel)
    return zone
