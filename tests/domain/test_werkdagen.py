"""De werkdagkalender naast een tabel die met de hand is nagerekend, en naast een lijst van anderen."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontoffice.domain.belofte import format_belofte, read_taaktekst, zeg_belofte
from frontoffice.domain.normen import Norm, Normen, Waarvoor, WettelijkeTermijn, find_einde, say_wettelijk
from frontoffice.domain.werkdagen import Bevrijdingsdag, Werkkalender, feestdagen, step_werkdagen

KALENDER = Werkkalender()
STRENG = Werkkalender(goede_vrijdag=True, bevrijdingsdag=Bevrijdingsdag.ALTIJD)
NOOIT = Werkkalender(bevrijdingsdag=Bevrijdingsdag.NOOIT)
DAGEN = st.dates(date(2014, 1, 1), date(2099, 12, 1))

# Met de hand nagerekend: van deze dag, zoveel werkdagen verder, is deze dag.
TABEL = [
    (KALENDER, "2026-12-24", 2, "2026-12-29"),  # do, over Kerst en het weekend heen
    (KALENDER, "2026-12-24", 1, "2026-12-28"),
    (KALENDER, "2026-12-23", 1, "2026-12-24"),
    (KALENDER, "2026-12-25", 1, "2026-12-28"),  # op een feestdag verteld
    (KALENDER, "2026-12-31", 1, "2027-01-04"),  # vr 1 januari
    (KALENDER, "2026-12-31", 2, "2027-01-05"),
    (KALENDER, "2025-12-24", 2, "2025-12-30"),  # Kerst op do en vr
    (KALENDER, "2025-12-31", 1, "2026-01-02"),  # vr 2 januari is een werkdag
    (KALENDER, "2027-12-24", 1, "2027-12-27"),  # Kerst in het weekend: niets extra
    (KALENDER, "2027-12-31", 1, "2028-01-03"),  # Nieuwjaar op zaterdag
    (KALENDER, "2028-12-22", 1, "2028-12-27"),  # Kerst op ma en di
    (KALENDER, "2029-12-31", 1, "2030-01-02"),
    (KALENDER, "2026-11-20", 2, "2026-11-24"),  # gewoon vrijdag
    (KALENDER, "2026-11-21", 2, "2026-11-24"),  # zaterdag
    (KALENDER, "2026-11-22", 2, "2026-11-24"),  # zondag
    (KALENDER, "2026-11-23", 0, "2026-11-23"),
    (KALENDER, "2026-11-22", 0, "2026-11-22"),  # nul blijft staan, ook op zondag
    (KALENDER, "2026-11-23", 5, "2026-11-30"),
    (KALENDER, "2026-11-23", 10, "2026-12-07"),
    (KALENDER, "2026-04-02", 1, "2026-04-03"),  # Goede Vrijdag wordt gewerkt
    (STRENG, "2026-04-02", 1, "2026-04-07"),  # of niet; daarna tweede paasdag
    (KALENDER, "2026-04-03", 1, "2026-04-07"),
    (KALENDER, "2025-04-18", 2, "2025-04-23"),  # Pasen 20 en 21 april
    (KALENDER, "2027-03-26", 1, "2027-03-30"),  # Pasen 28 maart
    (KALENDER, "2025-04-25", 1, "2025-04-28"),  # Koningsdag op zaterdag 26: maandag 28 is gewoon
    (KALENDER, "2031-04-25", 1, "2031-04-28"),
    (KALENDER, "2026-04-24", 1, "2026-04-28"),  # Koningsdag op maandag 27
    (KALENDER, "2027-04-26", 1, "2027-04-28"),  # op dinsdag 27
    (KALENDER, "2025-05-02", 1, "2025-05-06"),  # Bevrijdingsdag in een lustrumjaar, maandag
    (NOOIT, "2025-05-02", 1, "2025-05-05"),
    (KALENDER, "2026-05-04", 1, "2026-05-05"),  # geen lustrum
    (STRENG, "2026-05-04", 1, "2026-05-06"),
    (KALENDER, "2030-05-03", 1, "2030-05-06"),  # lustrum op zondag: niets extra
    (KALENDER, "2026-05-13", 1, "2026-05-15"),  # Hemelvaart do 14 mei
    (KALENDER, "2027-05-05", 1, "2027-05-07"),  # Hemelvaart do 6 mei
    (KALENDER, "2026-05-22", 1, "2026-05-26"),  # Pinksteren 24 en 25 mei
    (KALENDER, "2027-05-14", 1, "2027-05-18"),  # Pinksteren 16 en 17 mei
    (KALENDER, "2028-02-28", 1, "2028-02-29"),  # schrikkeldag
    (KALENDER, "2027-02-26", 1, "2027-03-01"),
    (KALENDER, "2026-12-29", -2, "2026-12-24"),  # terug over Kerst
    (KALENDER, "2027-01-04", -1, "2026-12-31"),
    (Werkkalender(vrije_dagen=frozenset({date(2026, 12, 31)})), "2026-12-30", 1, "2027-01-04"),
]


@pytest.mark.parametrize(("kalender", "van", "aantal", "verwacht"), TABEL)
def test_de_kalender_is_gelijk_aan_de_tabel(
    kalender: Werkkalender, van: str, aantal: int, verwacht: str
) -> None:
    assert kalender.add_werkdagen(date.fromisoformat(van), aantal) == date.fromisoformat(verwacht)


def test_de_tabel_heeft_veertig_dagen() -> None:
    assert len(TABEL) >= 40


@pytest.mark.parametrize(
    ("dag", "naam"),
    [
        ("2014-04-26", "Koningsdag"),
        ("2025-04-26", "Koningsdag"),
        ("2031-04-26", "Koningsdag"),
        ("2026-04-27", "Koningsdag"),
        ("2026-04-05", "Eerste paasdag"),
        ("2038-04-25", "Eerste paasdag"),  # later kan Pasen niet vallen
        ("2008-03-24", ""),  # vóór Koningsdag rekent de kalender niet
        ("2035-03-25", "Eerste paasdag"),
        ("2025-04-27", ""),
        ("2026-12-26", "Tweede kerstdag"),
    ],
)
def test_een_feestdag_heeft_zijn_naam(dag: str, naam: str) -> None:
    datum = date.fromisoformat(dag)
    if datum.year < 2014:
        with pytest.raises(ValueError):
            feestdagen(datum.year)
        return
    assert feestdagen(datum.year).get(datum, "") == naam


def _lijst(jaar: int, *, streng: bool) -> set[date]:
    """De lijst noemt Goede Vrijdag een feestdag; in de wet is zij dat niet, en gewoon wordt er gewerkt."""
    soorten = ("public", "optional") if streng else ("public",)
    lijst = holidays.country_holidays("NL", years=jaar, expand=False, categories=soorten, language="en_US")
    return {dag for dag, naam in lijst.items() if streng or naam != "Good Friday"}


@pytest.mark.parametrize("streng", [False, True])
def test_elke_dag_van_deze_eeuw_is_gelijk_aan_de_lijst_van_de_bibliotheek(streng: bool) -> None:
    kalender = STRENG if streng else KALENDER
    for jaar in range(2014, 2100):
        lijst = _lijst(jaar, streng=streng)
        dagen = (date(jaar, 1, 1) + timedelta(days=n) for n in range(365))
        anders = [d for d in dagen if kalender.is_werkdag(d) is (d.weekday() >= 5 or d in lijst)]
        assert anders == []


@given(DAGEN.filter(lambda dag: dag.year > 2014), st.integers(-60, 60))
def test_verder_en_terug_tellen_kloppen_met_elkaar(dag: date, aantal: int) -> None:
    einde = KALENDER.add_werkdagen(dag, aantal)
    assert KALENDER.count_werkdagen(dag, einde) == aantal or (aantal < 0 and not KALENDER.is_werkdag(dag))
    assert aantal == 0 or KALENDER.is_werkdag(einde)
    assert aantal <= 0 or KALENDER.count_werkdagen(dag, einde - timedelta(days=1)) == aantal - 1


def test_zonder_werkdagen_blijft_het_niet_hangen() -> None:
    with pytest.raises(ValueError):
        step_werkdagen(date(2026, 1, 1), 1, lambda _: False)


# --- normen ---


def test_de_best_passende_norm_geldt() -> None:
    normen = Normen(
        dienst=(
            Norm(3, kanaal="e-mail"),
            Norm(1, onderwerp="Paspoort"),
            Norm(4, onderwerp="Paspoort", kanaal="e-mail"),
            Norm(9, waarvoor=Waarvoor.MELDING, onderwerp="Paspoort"),
        )
    )

    def dagen(onderwerp: str = "", kanaal: str = "", waarvoor: Waarvoor = Waarvoor.TERUGBELLEN) -> int:
        return normen.find_norm(waarvoor, onderwerp, kanaal).werkdagen

    assert [dagen(), dagen(kanaal="E-mail"), dagen("paspoort "), dagen("Paspoort", "e-mail")] == [2, 3, 1, 4]
    assert dagen(waarvoor=Waarvoor.MELDING) == 10
    assert dagen("Paspoort", waarvoor=Waarvoor.MELDING) == 9
    assert dagen("Paspoort", waarvoor=Waarvoor.LATEN_WETEN) == 5


def test_een_belofte_op_de_dag_voor_kerst_noemt_dinsdag_29_december() -> None:
    vandaag = date(2026, 12, 24)
    beloofd = Normen().find_datum(Waarvoor.TERUGBELLEN, vandaag, "Kap", "telefoon")
    tekst = read_taaktekst(format_belofte(beloofd, beloofd))
    assert zeg_belofte(tekst, vandaag) == (
        "De klant wordt uiterlijk dinsdag 29 december teruggebeld. Zo is het beloofd."
    )


@pytest.mark.parametrize(
    ("duur", "begin", "einde"),
    [
        ("P8W", "2026-10-01", "2026-11-26"),
        ("P6W", "2026-11-14", "2026-12-28"),  # zaterdag 26 december: schuift op
        ("P2W", "2026-03-20", "2026-04-07"),  # Goede Vrijdag en tweede paasdag tellen voor de wet
        ("P1M", "2026-04-05", "2026-05-06"),  # Bevrijdingsdag ook, elk jaar
        ("P6W", "onzin", None),
    ],
)
def test_een_wettelijke_termijn_telt_kalenderdagen_en_schuift_op(
    duur: str, begin: str, einde: str | None
) -> None:
    termijn = WettelijkeTermijn("Bezwaar", duur if einde else "zes weken")
    start = date.fromisoformat(begin) if einde else date(2026, 1, 1)
    assert find_einde(termijn, start) == (date.fromisoformat(einde) if einde else None)


def test_een_wettelijke_termijn_is_geen_servicenorm() -> None:
    normen = Normen(wet=(WettelijkeTermijn("Bezwaar", "P6W", "Awb 7:10"),))
    zin = say_wettelijk(normen.wet, " bezwaar ", date(2026, 11, 14))
    assert "(Awb 7:10)" in zin
    assert "maandag 28 december" in zin  # zes weken is tweede kerstdag, een zaterdag
    assert say_wettelijk(normen.wet, "Paspoort", date(2026, 11, 14)) == ""
    assert normen.find_norm(Waarvoor.TERUGBELLEN, "Bezwaar").werkdagen == 2
