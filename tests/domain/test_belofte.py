"""Een belofte staat als gewone zinnen in de toelichting, en komt er heel weer uit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.belofte import (
    DOEN,
    MAX_TOELICHTING,
    NIET_BEREIKT,
    Telling,
    add_herhaling,
    format_belofte,
    quote_eigen,
    read_taaktekst,
    set_telling,
    zeg_belofte,
    zeg_kort,
)

VANDAAG = date(2026, 12, 22)
GISTEREN, MORGEN = VANDAAG - timedelta(days=1), VANDAAG + timedelta(days=1)
KERST = date(2026, 12, 29)
OM = datetime(2026, 11, 20, 13, 3, tzinfo=UTC)
HEEL = """Terugbellen uiterlijk 24-12-2026. Beloofd: 29-12-2026.
Bel over de kap.
Welke boom?: de eik
Klant belde opnieuw: 2 keer, laatst 20-11-2026 14.03 uur.
Niet bereikt: 1 keer, laatst 21-11-2026 09.30 uur.
Overgenomen op 21-11-2026 10.00 uur door S. Bos.
Doorgegeven op 22-11-2026 10.15 uur door S. Bos aan Team Groen: zij weten het.
Verteld op 23-11-2026 via telefoon door S. Bos."""


def zeg(uiterlijk: date, beloofd: date, rest: str = "", soort: str = "Terugbellen") -> str:
    return zeg_belofte(read_taaktekst(f"{format_belofte(uiterlijk, beloofd, soort)}\n{rest}"), VANDAAG)


def test_elke_regel_is_terug_te_lezen_en_de_vraag_blijft_heel() -> None:
    tekst = read_taaktekst(HEEL)
    assert tekst.vraag == "Bel over de kap.\nWelke boom?: de eik"
    assert tekst.datums is not None
    assert (tekst.datums.uiterlijk, tekst.datums.beloofd) == (date(2026, 12, 24), KERST)
    assert tekst.herhaald == Telling(2, OM)
    assert tekst.niet_bereikt.aantal == 1
    assert [(d.door, d.aan, d.reden) for d in tekst.doorgaven] == [
        ("S. Bos", "S. Bos", ""),
        ("S. Bos", "Team Groen", "zij weten het."),
    ]
    assert tekst.verteld is not None
    assert (tekst.verteld.op, tekst.verteld.via, tekst.verteld.door) == (
        date(2026, 11, 23),
        "telefoon",
        "S. Bos",
    )


def test_regeleinden_van_een_ander_programma_maken_niet_uit() -> None:
    assert read_taaktekst(HEEL.replace("\n", "\r\n")) == read_taaktekst(HEEL)


@pytest.mark.parametrize("regel", HEEL.splitlines()[:1] + HEEL.splitlines()[3:])
def test_wat_de_klant_zegt_wordt_nooit_een_belofte(regel: str) -> None:
    tekst = read_taaktekst(f"{format_belofte(MORGEN, MORGEN)}\n{quote_eigen(regel)}")
    kaal = read_taaktekst(format_belofte(MORGEN, MORGEN))
    assert tekst.vraag == f"- {regel}"
    assert (tekst.datums, tekst.verteld, tekst.herhaald, tekst.doorgaven) == (
        kaal.datums,
        None,
        Telling(),
        (),
    )


def test_een_telling_die_niet_meer_past_knipt_niet_in_de_woorden_van_een_ander() -> None:
    vol = "x" * MAX_TOELICHTING
    assert add_herhaling(vol, OM) == vol
    assert set_telling(vol, NIET_BEREIKT, Telling(1, OM)) == vol


@given(st.text(max_size=MAX_TOELICHTING))
def test_lezen_faalt_nooit(tekst: str) -> None:
    read_taaktekst(tekst)


@given(st.text(max_size=400), st.integers(1, 999))
def test_een_telling_verandert_alleen_haar_eigen_regel(tekst: str, aantal: int) -> None:
    voor = read_taaktekst(tekst)
    na = read_taaktekst(set_telling(tekst, NIET_BEREIKT, Telling(aantal, OM)))
    assert na.niet_bereikt == Telling(aantal, OM)
    assert (na.vraag, na.datums, na.verteld, na.herhaald) == (
        voor.vraag,
        voor.datums,
        voor.verteld,
        voor.herhaald,
    )


def test_de_zin_zegt_wat_is_beloofd_en_hoe_laat_het_is() -> None:
    assert zeg(KERST, KERST) == (
        "De klant wordt uiterlijk dinsdag 29 december teruggebeld. Zo is het beloofd."
    )
    assert zeg(MORGEN, MORGEN).startswith("De klant wordt uiterlijk morgen teruggebeld.")
    assert zeg(GISTEREN, date(2026, 12, 24)) == (
        "Terugbellen had gisteren gemoeten. Aan de klant is beloofd: uiterlijk donderdag 24 december."
    )
    assert zeg(GISTEREN, GISTEREN) == (
        "We zouden de klant uiterlijk gisteren terugbellen. Dat is 1 dag te laat."
    )


def test_de_zin_zegt_hoe_vaak_er_is_gebeld() -> None:
    rest = "\n".join(HEEL.splitlines()[3:5])
    assert zeg(KERST, KERST, rest).endswith(
        "De klant belde al 2 keer opnieuw. We belden al een keer zonder gehoor."
    )


def test_een_andere_belofte_heet_niet_terugbellen() -> None:
    assert zeg(KERST, KERST, soort=DOEN).startswith(
        "De klant krijgt uiterlijk dinsdag 29 december iets te horen."
    )
    assert zeg(GISTEREN, GISTEREN, soort=DOEN).startswith(
        "We zouden de klant uiterlijk gisteren iets laten weten."
    )


def test_in_een_lijst_staat_het_kort() -> None:
    assert zeg_kort(read_taaktekst(HEEL), VANDAAG) == (
        "beloofd di 29 dec, belde 2 keer opnieuw, een keer niet bereikt, verteld via telefoon"
    )
    assert zeg_kort(read_taaktekst("Terugbellen graag"), VANDAAG) == ""
