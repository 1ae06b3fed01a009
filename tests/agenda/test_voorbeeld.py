"""De verzonnen inrichting van de demonstratie: bruikbaar op elke dag, met wat er in het echt misgaat."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from frontoffice.agenda.inrichting import DienstToestand, Inrichting, SoortUitzondering
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.keuring import check_inrichting
from frontoffice.agenda.rooster import build_avond, dekkingszinnen
from frontoffice.agenda.tijd import to_utc
from frontoffice.agenda.voorbeeld import demo_inrichting
from frontoffice.agenda.vrij import free_starts
from frontoffice.agenda.wens import Wens, Wensregel
from frontoffice.agenda.wensen import plan_wens

VANDAAG = date(2026, 12, 1)
KERST = date(2026, 12, 18)


def vrije_paspoorten(inricht: Inrichting, vandaag: date, dagen: int = 14) -> int:
    """Hoeveel begintijden er voor een paspoort zijn tussen morgen en `dagen` later, om 23.55 uur gezien."""
    kalender, wens = Kalender(inricht), Wens((Wensregel("paspoort"),))
    nu = to_utc(vandaag + timedelta(days=1), datetime.min.time()) - timedelta(minutes=5)
    return sum(
        len(
            free_starts(
                inricht,
                kalender,
                build_avond(inricht, kalender, dag),
                plan_wens(inricht, wens, dag),
                wens,
                nu,
            ).vrij
        )
        for dag in kalender.open_dagen(vandaag + timedelta(days=1), vandaag + timedelta(days=dagen))
    )


def test_op_elke_dag_van_tien_jaar_is_er_binnen_veertien_dagen_een_avond_met_paspoorten() -> None:
    """Ook rond kerst en nieuwjaar; een jaar op een dag na, de rest op de kalender."""
    for nummer in range(0, 3653):
        vandaag = date(2024, 1, 1) + timedelta(days=nummer)
        if nummer % 29 and vandaag.month != 12:
            continue
        inricht = demo_inrichting(vandaag, weken=3)
        kalender = Kalender(inricht)
        dagen = kalender.open_dagen(vandaag + timedelta(days=1), vandaag + timedelta(days=14))
        kan = [
            dag
            for dag in dagen
            if any(
                {"biometrie", "pin"} <= plek.voorzieningen
                and "reisdocument" in plek.mag
                and plek.vak.lengte >= 12
                for plek in build_avond(inricht, kalender, dag).plekken
            )
        ]
        assert kan, vandaag


@pytest.mark.parametrize(
    "vandaag", [VANDAAG, KERST, date(2026, 12, 31), date(2030, 12, 20), date(2027, 5, 5)]
)
def test_de_vrije_paspoorten_zijn_er_echt(vandaag: date) -> None:
    assert vrije_paspoorten(demo_inrichting(vandaag), vandaag) >= 1


@pytest.mark.parametrize("vandaag", [VANDAAG, KERST, date(2027, 4, 30), date(2028, 2, 29)])
def test_de_demonstratie_is_goed_ingericht(vandaag: date) -> None:
    assert check_inrichting(demo_inrichting(vandaag)) == ()


def test_dezelfde_dag_geeft_dezelfde_inrichting() -> None:
    assert demo_inrichting(VANDAAG) == demo_inrichting(VANDAAG)


def test_er_is_een_zieke_collega_een_pauze_en_een_avond_zonder_rijbewijzen() -> None:
    inricht = demo_inrichting(VANDAAG)
    kalender = Kalender(inricht)
    dagen = kalender.open_dagen(VANDAAG, VANDAAG + timedelta(weeks=12))
    zinnen = [zin for dag in dagen for zin in dekkingszinnen(build_avond(inricht, kalender, dag), inricht)]
    assert "De hele avond kan niemand dit doen: Rijbewijs aanvragen." in zinnen
    assert any(zin.startswith("Na ") and "Rijbewijs" in zin for zin in zinnen)
    assert not any("Paspoort" in zin for zin in zinnen)
    assert [d.datum > VANDAAG for d in inricht.diensten if d.toestand is DienstToestand.ZIEK] == [True]
    assert {blok.reden for blok in inricht.blokkades} == {"pauze"}


def test_de_laatste_avond_heeft_nog_geen_rooster() -> None:
    inricht = demo_inrichting(VANDAAG)
    kalender = Kalender(inricht)
    dagen = kalender.open_dagen(VANDAAG, VANDAAG + timedelta(weeks=13))
    ingevuld = [build_avond(inricht, kalender, dag).rooster_ingevuld for dag in dagen]
    assert ingevuld == [True] * (len(dagen) - 1) + [False]


def test_een_donderdag_die_uitvalt_krijgt_een_andere_avond_in_die_week() -> None:
    inricht = demo_inrichting(KERST)
    kalender = Kalender(inricht)
    assert kalender.open_dagen(KERST, date(2027, 1, 8)) == (
        date(2026, 12, 22),
        date(2026, 12, 29),
        date(2027, 1, 7),
    )
    redenen = {u.reden for u in inricht.uitzonderingen if u.soort is SoortUitzondering.EXTRA_OPEN}
    assert "In plaats van donderdag 24 december" in redenen


def test_er_is_een_rooster_van_voor_vandaag_voor_de_geschiedenis() -> None:
    inricht = demo_inrichting(VANDAAG)
    assert {d.datum for d in inricht.diensten if d.datum < VANDAAG} == {
        date(2026, 11, 19),
        date(2026, 11, 26),
    }


def test_de_prijs_verandert_op_nieuwjaarsdag() -> None:
    kosten = demo_inrichting(VANDAAG).product["paspoort"].kosten
    assert kosten[0].geldig_tot == date(2026, 12, 31)
    assert kosten[1].geldig_van == date(2027, 1, 1)
    assert kosten[0].bedrag != kosten[1].bedrag


def test_alles_wat_een_bedrag_heeft_is_als_voorbeeld_gemerkt() -> None:
    inricht = demo_inrichting(VANDAAG)
    assert inricht.locatie.voorbeeld
    assert {k.bron for product in inricht.producten for k in product.kosten} == {"voorbeeldbedrag"}


def test_elk_tekstje_dat_op_papier_komt_bestaat_ook_in_het_duits_en_engels() -> None:
    for product in demo_inrichting(VANDAAG).producten:
        for deel in (product, *product.meenemen, *product.wie_komt):
            assert set(deel.vertaald) == {"de", "en"}, (product.code, deel)


@pytest.mark.parametrize("uur", [0, 8, 12, 18, 21, 23])
@pytest.mark.parametrize("dag", [3, 4, 6, 25])
def test_avond_nu_is_open_en_bemenst_op_welk_moment_dan_ook(dag: int, uur: int) -> None:
    nu = datetime(2026, 12, dag, uur, 20, tzinfo=UTC) - timedelta(hours=1)
    vandaag = date(2026, 12, dag)
    inricht = demo_inrichting(vandaag, avond_nu=nu)
    assert [fout for fout in check_inrichting(inricht) if fout.is_fout] == []
    kalender = Kalender(inricht)
    (vak,) = kalender.opening(vandaag).vakken
    assert vak.begin_utc <= nu < vak.eind_utc
    plekken = build_avond(inricht, kalender, vandaag).plekken
    assert any(plek.vak.begin_utc <= nu < plek.vak.eind_utc for plek in plekken)
