"""Wat er aan een terugbelverzoek verandert, en wanneer een collega eerder was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from frontoffice.domain.belofte import format_overgenomen
from frontoffice.domain.concept import Actorsoort, Afdeling
from frontoffice.domain.taakwijziging import Gezien, Taakactie, Taakbotsing, Taakstand, Taakstap, plan

OM = datetime(2026, 11, 20, 13, 3, 41, tzinfo=UTC)
TEAM, IK, ANDER = "team", "ik", "ander"


def doorgeven(door: str = "S. Bos") -> Taakstap:
    """Besloten toen het verzoek nog bij het team lag."""
    aan = Afdeling(Actorsoort.AFDELING, "BURGERZAKEN", "Burgerzaken")
    return Taakstap(
        "t", "c", Taakactie.DOORGEVEN, OM, door, Gezien(actoren=(TEAM,)), aan=aan, reden="hoort daar"
    )


def overgenomen(door: str, om: datetime) -> Taakstand:
    return Taakstand(format_overgenomen(om, door), open=True, actoren=(IK, TEAM))


def test_wie_overneemt_en_meteen_doorgeeft_botst_niet_met_zichzelf() -> None:
    velden = plan(doorgeven(), overgenomen("S. Bos", OM - timedelta(seconds=20)), {}, (ANDER,))
    assert velden.actoren == (ANDER,)
    assert "Doorgegeven op" in (velden.toelichting or "")


def test_wat_een_collega_overnam_gaat_niet_ongemerkt_naar_een_ander() -> None:
    with pytest.raises(Taakbotsing, match="Wit heeft dit verzoek"):
        plan(doorgeven(), overgenomen("F. de Wit", OM - timedelta(minutes=1)), {}, (ANDER,))


def test_wat_hij_later_zelf_overnam_is_nieuwer_dan_deze_opdracht() -> None:
    with pytest.raises(Taakbotsing):
        plan(doorgeven(), overgenomen("S. Bos", OM + timedelta(minutes=5)), {}, (ANDER,))
