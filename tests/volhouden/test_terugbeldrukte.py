"""Tweehonderd gelijktijdige wijzigingen van één terugbelverzoek, over HTTP."""

from __future__ import annotations

from frontoffice.central.bouw import Aansluitingen
from tests.e2e.terugbeldrukte import check_niets_stil_weg, run_drukte
from tests.e2e.test_terugbeldrukte import op_demo

__all__ = ["op_demo"]


def test_tweehonderd_wijzigingen_van_twintig_werkplekken_overschrijven_niets_stil(
    op_demo: Aansluitingen,
) -> None:
    uitkomst = run_drukte(op_demo, 20, 10, 200, seconden=600)
    assert len(uitkomst.rijen) == 200
    check_niets_stil_weg(uitkomst)
