"""Wanneer een bericht weg mag, wie het krijgt, hoe het leest: de regels zonder aanbieder."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.bericht import (
    OVER_AFSPRAAK,
    Berichtkanaal,
    Berichtsoort,
    Ontvanger,
    Stiltetijd,
    Toestemming,
    count_sms,
    is_mobiel,
    make_sleutel,
    mask_adres,
)
from frontoffice.domain.berichttekst import fill, safe_naam, safe_tekst
from frontoffice.domain.fouten import Geweigerd
from frontoffice.domain.leesbaar import measure
from frontoffice.domain.taal import lokaal
from frontoffice.domain.werkdagen import Werkkalender
from frontoffice.klok import TIJDZONE
from frontoffice.samenstelling.berichten import make_is_feestdag

GEWOON = Stiltetijd()


feest = make_is_feestdag(Werkkalender())


def om(tekst: str) -> datetime:
    """Een Nederlandse tijd als UTC."""
    return datetime.fromisoformat(tekst).replace(tzinfo=ZoneInfo(TIJDZONE)).astimezone(UTC)


# --- stiltetijd --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nu", "mag"),
    [
        ("2026-12-03T14:00", "2026-12-03T14:00"),  # gewoon overdag
        ("2026-12-03T20:59", "2026-12-03T20:59"),
        ("2026-12-03T21:00", "2026-12-04T08:00"),  # de stilte begint precies om negen uur
        ("2026-12-03T23:30", "2026-12-04T08:00"),
        ("2026-12-04T03:00", "2026-12-04T08:00"),
        ("2026-12-04T08:00", "2026-12-04T08:00"),
        ("2026-12-05T21:30", "2026-12-07T08:00"),  # zaterdagavond: over de zondag heen
        ("2026-12-06T12:00", "2026-12-07T08:00"),  # zondag
        ("2026-12-24T22:00", "2026-12-28T08:00"),  # kerst op vrijdag en zaterdag, dan zondag
        ("2027-03-28T01:30", "2027-03-30T08:00"),  # zomertijd begint, en het is eerste paasdag
        ("2026-10-24T22:00", "2026-10-26T08:00"),  # zaterdag voor de wintertijd
    ],
)
def test_een_bericht_gaat_op_het_eerste_moment_dat_mag(nu: str, mag: str) -> None:
    assert GEWOON.next_moment(om(nu), feest) == om(mag)


def test_een_gemeente_kan_de_stilte_anders_zetten() -> None:
    zonder = Stiltetijd(time(0), time(0), stille_dagen=False)
    assert zonder.next_moment(om("2026-12-06T03:00"), feest) == om("2026-12-06T03:00")
    middag = Stiltetijd(time(12), time(13), stille_dagen=False)
    assert middag.next_moment(om("2026-12-04T12:30"), feest) == om("2026-12-04T13:00")
    assert middag.next_moment(om("2026-12-04T09:00"), feest) == om("2026-12-04T09:00")
    assert middag.next_moment(om("2026-12-04T22:00"), feest) == om("2026-12-04T22:00")


@given(st.integers(0, 2 * 366 * 24 * 60))
def test_het_gekozen_moment_ligt_nooit_in_de_stilte_en_nooit_in_het_verleden(minuten: int) -> None:
    nu = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minuten)
    moment = GEWOON.next_moment(nu, feest)
    plaatselijk = lokaal(moment)
    assert moment >= nu
    assert time(8) <= plaatselijk.time() < time(21)
    assert plaatselijk.weekday() != 6
    assert not feest(plaatselijk.date())
    assert GEWOON.next_moment(moment, feest) == moment
    assert moment - nu < timedelta(days=6)


# --- wie het krijgt ----------------------------------------------------------------------------------------


def test_toestemming_geldt_alleen_voor_de_soort_waar_om_is_gevraagd() -> None:
    toestemming = Toestemming(OVER_AFSPRAAK, date(2026, 12, 1), "telefoon")
    toestemming.check(Berichtsoort.AFSPRAAK_GEWIJZIGD)
    with pytest.raises(Geweigerd) as geweigerd:
        toestemming.check(Berichtsoort.KLAAR)
    assert geweigerd.value.code == "geen_toestemming"


@pytest.mark.parametrize(
    ("nummer", "mobiel"),
    [
        ("0612345678", True),
        ("+31612345678", True),
        ("+4915123456789", True),
        ("0535377444", False),
        ("14 053", False),
        ("", False),
        ("geen", False),
    ],
)
def test_een_sms_gaat_alleen_naar_een_mobiel_nummer(nummer: str, mobiel: bool) -> None:
    assert is_mobiel(nummer) is mobiel
    naar = Ontvanger("A", mobiel=nummer)
    assert bool(naar.adres(Berichtkanaal.SMS)) is mobiel


def test_de_sleutel_hoort_bij_de_stand_van_de_afspraak_en_niet_bij_hoe_die_heet() -> None:
    bevestigd = make_sleutel(Berichtsoort.AFSPRAAK_BEVESTIGD, "afspraak:a", "1")
    assert bevestigd == make_sleutel(Berichtsoort.AFSPRAAK_GEWIJZIGD, "afspraak:a", "1")
    assert bevestigd != make_sleutel(Berichtsoort.AFSPRAAK_BEVESTIGD, "afspraak:a", "2")
    assert bevestigd != make_sleutel(Berichtsoort.AFSPRAAK_BEVESTIGD, "afspraak:b", "1")
    assert bevestigd != make_sleutel(Berichtsoort.HERINNERING, "afspraak:a", "1")
    bezig = make_sleutel(Berichtsoort.BEZIG, "taak:a", "1")
    assert bezig != make_sleutel(Berichtsoort.KLAAR, "taak:a", "1")


@pytest.mark.parametrize(
    ("kanaal", "adres", "gezien"),
    [
        (Berichtkanaal.MAIL, "ayse@voorbeeld.example", "a…@voorbeeld.example"),
        (Berichtkanaal.SMS, "+31612345678", "… 678"),
        (Berichtkanaal.MAIL, "", ""),
    ],
)
def test_een_adres_is_te_herkennen_en_niet_over_te_nemen(
    kanaal: Berichtkanaal, adres: str, gezien: str
) -> None:
    assert mask_adres(kanaal, adres) == gezien


def test_niets_van_de_inwoner_staat_in_een_repr() -> None:
    naar = Ontvanger("Ayşe Öztürk", "ayse@voorbeeld.example", "0612345678", "0612345678")
    assert not {"Ayşe", "ayse", "0612345678"} & set(repr(naar).replace("'", " ").replace(",", " ").split())


# --- de tekst ----------------------------------------------------------------------------------------------


def test_een_regel_met_een_lege_plek_valt_weg_met_het_kopje_erboven() -> None:
    tekst = "Beste {naam},\n\nNeem dit mee:\n{meenemen}\n\nBel {bellen}.\nOf kijk op {website}."
    waarden = {"naam": "A. Jansen", "bellen": "053", "meenemen": "", "website": ""}
    assert fill(tekst, waarden) == "Beste A. Jansen,\n\nBel 053."


def test_accolades_in_een_naam_worden_niet_nog_eens_ingevuld() -> None:
    assert fill("Dag {naam}", {"naam": "{code}", "code": "GEHEIM"}) == "Dag {code}"


def test_een_onbekende_plek_is_een_fout() -> None:
    with pytest.raises(ValueError):
        fill("Dag {bsn}", {})


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("Ayşe Öztürk", "Ayşe Öztürk"),
        ("J.P. van 't Hof-Jansen", "J.P. van 't Hof-Jansen"),
        ("محمد", "محمد"),
        ("Klik http://kwaad.example", ""),
        ("www.kwaad.example", ""),
        ("[hier](kwaad)", ""),
        ("A\r\nBcc: b@c.example", ""),
        ("Jansen 06-12345678", ""),
        ("x" * 61, ""),
    ],
)
def test_een_naam_die_geen_naam_is_komt_niet_in_een_bericht_van_de_gemeente(naam: str, veilig: str) -> None:
    assert safe_naam(naam) == veilig


def test_vrije_tekst_verliest_opmaak_en_links() -> None:
    assert (
        safe_tekst("de *losse*\n# tegel [klik](https://kwaad.example)")
        == "de losse tegel klikhttps kwaad.example"
    )


@pytest.mark.parametrize(
    ("tekst", "delen"),
    [("a" * 160, 1), ("a" * 161, 2), ("ş" * 70, 1), ("ş" * 71, 2), ("€" * 80, 1), ("€" * 81, 2), ("é", 1)],
)
def test_een_sms_telt_zijn_delen_zoals_een_telefoon_dat_doet(tekst: str, delen: int) -> None:
    assert count_sms(tekst) == delen


# --- leesbaarheid -------------------------------------------------------------------------------------------


def test_een_korte_gewone_tekst_heeft_geen_aanwijzing() -> None:
    gemeten = measure("U hebt een afspraak. Neem uw oude paspoort mee.\n\nTot dan.")
    assert (gemeten.zinnen, gemeten.woorden, gemeten.langste) == (3, 11, 5)
    assert gemeten.is_goed


def test_een_lange_zin_met_ambtelijke_woorden_krijgt_een_aanwijzing_per_punt() -> None:
    gemeten = measure(
        "Indien u verhinderd bent dient u dit onverwijld te melden bij de afdeling die uw aanvraag omtrent "
        "de omgevingsvergunningsaanvraag heeft ontvangen en thans behandelt."
    )
    assert gemeten.langste == 24
    assert {woord for woord, _ in gemeten.moeilijk} == {"indien", "dient", "onverwijld", "omtrent", "thans"}
    assert gemeten.lang == ("omgevingsvergunningsaanvraag",)
    assert gemeten.hints[0].startswith("De langste zin heeft 24 woorden")


@pytest.mark.parametrize("tekst", ["", "...", "\n\n", "053 000 00 00", "a@b.nl"])
def test_zonder_zinnen_is_er_niets_te_zeggen(tekst: str) -> None:
    assert measure(tekst).is_goed


def test_een_punt_in_een_tijd_of_afkorting_sluit_geen_zin() -> None:
    assert measure("Kom om 18.40 uur bij dr. Bos in de zaal.").zinnen == 1
