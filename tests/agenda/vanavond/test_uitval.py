"""Er valt iemand weg: wie er zit gaat even apart, en niemand verhuist naar tikken die nog bezet zijn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frontoffice.agenda.avond import SoortInhoud
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vanavond.bezoek import Avondstand
from frontoffice.agenda.vanavond.uitval import Verdeling, spread
from tests.agenda.bouw import inrichting, plek, product, staat
from tests.agenda.vanavond.bouw import T, aan_de_balie, bezoek, er, stand

ZAKEN: Inrichting = inrichting(product("a", 15))


def valt_weg(op: Avondstand, balie: str) -> Verdeling:
    """De rest van de avond is er aan deze balie niemand."""
    over = tuple(p for p in op.avond.plekken if p.balie != balie)
    nieuw = replace(op.avond, plekken=over)
    return spread(Kalender(ZAKEN), op.avond, nieuw, op.bezoeken, op.nu)


@pytest.mark.parametrize("nu", ["18.10", "18.20"])
def test_wie_er_zit_gaat_even_apart_ook_als_hij_uitloopt_in_de_pauze(nu: str) -> None:
    mensen = (plek("B1", "17.00", "18.15"), plek("B1", "18.30", "20.00"), plek("B2"))
    op = stand(nu, aan_de_balie("A01", "B1", "18.00", minuten=15), plekken=mensen)
    assert valt_weg(op, "B1").aan_balie == ("A01",)
    assert valt_weg(op, "B2").aan_balie == ()


def test_een_afspraak_gaat_niet_naar_tikken_van_wie_even_apart_zit() -> None:
    """A01 houdt B2 nog bezet; A02 past dan alleen aan B3."""
    mensen = (plek("B1"), plek("B2"), plek("B3"))
    apart = bezoek(
        "A01", "18.00", 30, toestand=T.EVEN_APART, balie="B2", apart_op="18.04", aangemeld_op="17.55"
    )
    komt = bezoek("A02", "18.15", 15)
    inhoud = (
        staat("18.00", "18.30", "B2", id_="A01", vast=True),
        staat("18.15", "18.30", "B1", id_="A02"),
    )
    op = stand("18.05", apart, komt, plekken=mensen, inhoud=inhoud)
    assert dict(valt_weg(op, "B1").verhuizingen) == {"A02": "B3"}
    vol = stand("18.05", apart, komt, plekken=mensen[:2], inhoud=inhoud)
    assert [id_ for id_, _ in valt_weg(vol, "B1").te_verzetten] == ["A02"]


def test_ook_niet_naar_wie_wacht_na_zijn_tijd_of_net_klaar_is() -> None:
    mensen = (plek("B1"), plek("B2"), plek("B3"))
    wacht = er("A01", "18.00", "17.55", minuten=30)
    klaar = bezoek("A03", "18.00", 15, toestand=T.KLAAR, balie="B3", aangemeld_op="17.50", klaar_op="18.04")
    komt = bezoek("A02", "18.05", 15)
    inhoud = (
        staat("18.00", "18.30", "B2", id_="A01"),
        staat("18.05", "18.20", "B1", id_="A02"),
        staat("18.00", "18.10", "B3", id_="A03", vast=True, soort=SoortInhoud.AFSPRAAK),
    )
    uit = valt_weg(stand("18.05", wacht, klaar, komt, plekken=mensen, inhoud=inhoud), "B1")
    assert dict(uit.verhuizingen) == {}
    assert [id_ for id_, _ in uit.te_verzetten] == ["A02"]
