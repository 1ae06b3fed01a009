"""Wat onthouden wordt: alleen deze versie van deze avond, en nooit een antwoord van een andere wens."""

from __future__ import annotations

from datetime import date, timedelta

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.avond import Avond
from frontoffice.agenda.geheugen import Avondversie, Kansengeheugen
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.vrij import Kansen, find_kansen
from frontoffice.agenda.wensen import plan_wens
from tests.agenda.bouw import DAG, NU, avond, inrichting, plan, product, staat, wens

INRICHTING = inrichting(product("a"), product("b", 30), product("c", avond=False))
KALENDER = Kalender(INRICHTING)


class Lezer:
    """Telt welke avonden opnieuw gebouwd zijn."""

    def __init__(self) -> None:
        self.geheugen = Kansengeheugen(hoogstens=3)
        self.gebouwd: list[date] = []

    def find(self, op: Avond, code: str, versie: int = 1, kanaal: Kanaal = Kanaal.TELEFOON) -> Kansen:
        def build() -> Avond:
            self.gebouwd.append(op.datum)
            return op

        gevraagd = plan_wens(INRICHTING, wens(code), op.datum)
        return self.geheugen.find(
            INRICHTING, KALENDER, op.datum, Avondversie(1, versie), build, gevraagd, kanaal
        )


def test_een_bekende_avond_wordt_niet_opnieuw_gebouwd_en_geeft_hetzelfde() -> None:
    lezer = Lezer()
    op = avond(staat("17.00", "17.30"))
    for code in ("a", "b", "a", "b"):
        verwacht = find_kansen(INRICHTING, KALENDER, op, plan(INRICHTING, wens(code)), Kanaal.TELEFOON)
        assert lezer.find(op, code) == verwacht
    assert lezer.gebouwd == [DAG]
    assert lezer.find(op, "a") is lezer.find(op, "a")


def test_een_gewijzigde_avond_wordt_opnieuw_gelezen_en_de_andere_niet() -> None:
    lezer = Lezer()
    avonden = [avond(dag=DAG + timedelta(weeks=n)) for n in range(3)]
    for op in avonden:
        lezer.find(op, "a")
    nieuw = avond(staat("17.00", "17.15"))
    assert len([s for _, s, _ in lezer.find(nieuw, "a", versie=2).starts if s]) == 11
    for op in avonden[1:]:
        lezer.find(op, "a")
    assert lezer.gebouwd == [op.datum for op in avonden] + [DAG]


def test_een_verlopen_reservering_maakt_een_andere_versie() -> None:
    assert Avondversie(1, 1, NU) != Avondversie(1, 1, NU + timedelta(minutes=5))


def test_een_wens_die_niet_mag_wordt_uitgelegd_zonder_te_bewaren() -> None:
    kansen = Lezer().find(avond(), "c")
    assert {redenen[0].code.value for _, _, redenen in kansen.starts} == {"niet_in_de_avond"}


def test_het_geheugen_groeit_niet_door() -> None:
    lezer = Lezer()
    for week in (0, 1, 2, 3, 0):
        lezer.find(avond(dag=DAG + timedelta(weeks=week)), "a")
    assert lezer.gebouwd[-1] == DAG
    assert len(lezer.gebouwd) == 5
