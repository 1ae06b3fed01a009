"""Bouwt een stand van de avond, bezoeken en notities. Donderdag 3 december 2026, 17.00 tot 20.00 uur."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from frontoffice.agenda.afspraak import Afspraakregel, Eisen, Toestand
from frontoffice.agenda.avond import Avond, AvondToestand, Plek
from frontoffice.agenda.tijd import Vak, dagvak, to_utc
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.avondpoort import Avondbeeld, Avondnotitie

DAG = date(2026, 12, 3)
BALIES = ("B1", "B2", "B3")
EISEN = Eisen(frozenset({"reisdocument"}))
REGEL = Afspraakregel("paspoort", "Paspoort", 1, 15, frozenset({"reisdocument"}))


def om(uur: int, minuut: int = 0, seconde: int = 0) -> datetime:
    """Plaatselijke tijd op de avond, als UTC."""
    return to_utc(DAG, time(uur, minuut)) + timedelta(seconds=seconde)


def make_bezoek(nummer: int, uur: int = 17, minuut: int = 0, **over: Any) -> Bezoek:
    bezoek = Bezoek(
        f"b{nummer}", DAG, f"A{nummer:02}", SoortBezoek.AFSPRAAK, Toestand.BEVESTIGD, (REGEL,), EISEN, 15,
        om(uur, minuut), "Reisdocumenten", f"2026-{nummer:05}", gepland=BALIES[nummer % len(BALIES)],
    )  # fmt: skip
    return replace(bezoek, **over)


def make_stand(*bezoeken: Bezoek, nu: datetime | None = None) -> Avondstand:
    vak = dagvak(DAG, time(17), time(20))
    plekken = tuple(
        Plek(balie, f"m{balie}", "Losser", Vak(vak.begin, vak.eind), frozenset({"reisdocument"}), frozenset())
        for balie in BALIES
    )
    avond = Avond(DAG, (vak,), plekken, toestand=AvondToestand.BEZIG, versie=7)
    return Avondstand(
        nu or om(18), avond, bezoeken, balienamen={naam: f"Balie {naam[1:]}" for naam in BALIES}
    )


def make_beeld(*bezoeken: Bezoek, **over: Any) -> Avondbeeld:
    stand = make_stand(*bezoeken)
    return replace(Avondbeeld(stand, stand.nu, {b.id: f"Jansen {b.id}" for b in bezoeken}, 2), **over)


def make_notitie(verzoek_id: str = "v-0000001", **over: Any) -> Avondnotitie:
    bezoek = make_bezoek(1)
    notitie = Avondnotitie(
        verzoek_id, DAG, "arrive", bezoek.id, om(18), {"id_": bezoek.id},
        voor=bezoek, na=replace(bezoek, toestand=Toestand.AANGEMELD, aangemeld_op=om(18)),
    )  # fmt: skip
    return replace(notitie, **over)
