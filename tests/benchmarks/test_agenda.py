"""De metingen van de agenda: een maand vrije tijden, hoe het groeit, en tellen naast exact indelen."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from frontoffice.agenda.avond import Avond
from frontoffice.agenda.boeken import decide
from frontoffice.agenda.geheugen import Avondversie, Kansengeheugen
from frontoffice.agenda.indelen import Vraag, find_balie
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.tijd import from_tik
from frontoffice.agenda.tijdgrens import tijdgrens
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.vrij import Uitslag, first_starts
from frontoffice.agenda.wensen import plan_wens
from tests.agenda.bouw import NU, wens
from tests.benchmarks.agenda_avonden import PRODUCTEN, Telling, compare, filled, make_inrichting, make_maand
from tests.benchmarks.conftest import Meetlat

KEREN = 7
AVONDEN_VERGELIJKEN = 20
GROEI = (
    *((balies, 9, vulling) for balies in (2, 4, 6, 8) for vulling in (0.0, 0.6, 1.0)),
    (6, 26, 0.6),
    (6, 52, 0.6),
    (10, 9, 0.6),
    (12, 9, 0.6),
)
"""(balies, avonden, vulling)"""


class Lezer:
    """Vraagt vrije tijden zoals de service: per avond en wens uit het geheugen, met de klok erbij."""

    def __init__(self, inricht: Inrichting) -> None:
        self._inrichting = inricht
        self._kalender = Kalender(inricht)
        self._geheugen = Kansengeheugen()
        self.gebouwd = 0

    def load(self, avonden: list[Avond]) -> list[Uitslag]:
        """Elk product op elke avond; `Avond.versie` zegt of er iets veranderde."""
        uit = []
        for op in avonden:
            for product in PRODUCTEN:
                gevraagd = wens(product.code)
                kansen = self._geheugen.find(
                    self._inrichting, self._kalender, op.datum, Avondversie(1, op.versie), self._build(op),
                    plan_wens(self._inrichting, gevraagd, op.datum), gevraagd.kanaal,
                )  # fmt: skip
                grens = tijdgrens(self._inrichting, self._kalender, [product.code], NU)
                uit.append(kansen.at(grens))
        return uit

    def _build(self, op: Avond) -> Callable[[], Avond]:
        def build() -> Avond:
            self.gebouwd += 1
            return op

        return build


def measure(werk: Callable[[], object]) -> float:
    """Milliseconden van één keer."""
    begin = time.perf_counter()
    werk()
    return (time.perf_counter() - begin) * 1000


@pytest.mark.parametrize(("vulling", "doel"), [(0.6, 60), (1.0, 400)])
def test_een_maand_vrije_tijden_zonder_geheugen(vulling: float, doel: float, meetlat: Meetlat) -> None:
    """5 producten, 6 balies, 9 avonden: elke begintijd met aantal of redenen. Mediaan over 5 maanden."""
    gewoon = make_inrichting()
    maanden = [make_maand(gewoon, vulling, zaad=zaad) for zaad in range(5)]
    bezet = filled([op for maand in maanden for op in maand])
    for stap in (15, 5):
        tijden = [fresh(make_inrichting(stap), maand) for maand in maanden]
        nota = f"{bezet:.0%} bezet, slechtste maand {max(tijden):.0f} ms"
        wat = f"maand vrije tijden, alles vers, {'vol' if vulling == 1 else '60 %'}, raster {stap} min"
        if stap == 15:
            meetlat.hoogstens(wat, statistics.median(tijden), doel, "ms", nota)
        else:
            meetlat.zonder_doel(wat, f"{statistics.median(tijden):.2f} ms", nota)


def fresh(inricht: Inrichting, maand: list[Avond]) -> float:
    """De beste van drie keer zonder iets onthouden."""
    return min(measure(lambda: Lezer(inricht).load(maand)) for _ in range(3))


def test_een_maand_uit_het_geheugen_en_een_gewijzigde_avond(meetlat: Meetlat) -> None:
    inricht = make_inrichting()
    maand = make_maand(inricht, 1.0)
    lezer = Lezer(inricht)
    lezer.load(maand)
    warm = statistics.median(measure(lambda: lezer.load(maand)) for _ in range(KEREN))
    meetlat.hoogstens("maand vrije tijden, onthouden per versie", warm, 10, "ms", f"mediaan van {KEREN}")
    lezer.gebouwd = 0
    tijden = []
    for nummer, op in enumerate(maand):
        maand[nummer] = replace(op, versie=op.versie + 1, inhoud=op.inhoud[1:])
        tijden.append(measure(lambda: lezer.load(maand)))
    assert lezer.gebouwd == len(maand), "een wijziging rekende ook andere avonden opnieuw uit"
    meetlat.hoogstens(
        "maand vrije tijden, één volle avond gewijzigd", statistics.median(tijden), 50, "ms",
        f"slechtste avond {max(tijden):.0f} ms; alleen die avond opnieuw",
    )  # fmt: skip


@pytest.mark.parametrize(("vulling", "naam"), [(0.6, "avonden 60 % bezet"), (0.9, "avonden zo goed als vol")])
def test_de_eerste_mogelijkheden_in_een_jaar(vulling: float, naam: str, meetlat: Meetlat) -> None:
    """35 minuten voor twee paspoorten en een rijbewijs, in de komende 26 avonden."""
    inricht = make_inrichting()
    ruim = replace(inricht, producten=tuple(replace(p, horizon_dagen=800) for p in inricht.producten))
    halfjaar = make_maand(inricht, vulling, avonden=26)
    gevraagd, kalender = wens(("paspoort", 2), "rijbewijs"), Kalender(ruim)
    duur = statistics.median(
        measure(lambda: first_starts(ruim, kalender, halfjaar, gevraagd, NU, 5)) for _ in range(KEREN)
    )
    gevonden = first_starts(ruim, kalender, halfjaar, gevraagd, NU, 5)
    weken = (gevonden[-1].begin.date() - halfjaar[0].datum).days // 7 + 1 if gevonden else len(halfjaar)
    nota = f"mediaan van {KEREN}; {len(gevonden)} gevonden in {weken} avonden"
    meetlat.hoogstens(f"eerste 5 mogelijkheden, {naam}", duur, 25, "ms", nota)


def test_een_beslissing_op_een_volle_avond(meetlat: Meetlat) -> None:
    """Binnen het slot: past dit erbij, zo nodig met ruilen."""
    inricht = make_inrichting()
    kalender = Kalender(inricht)
    alleen_balie, geheel = [], []
    for op in make_maand(inricht, 1.0):
        for product in PRODUCTEN:
            gevraagd = wens(product.code)
            gepland = plan_wens(inricht, gevraagd, op.datum)
            assert not isinstance(gepland, Weigering)
            for tik in range(op.open[0].begin, op.open[0].eind - 9, 3):
                vraag = Vraag(gepland.vak(tik), gepland.eisen)
                alleen_balie.append(measure(partial(find_balie, op, vraag)))
                geheel.append(
                    measure(partial(decide, inricht, kalender, op, gepland, from_tik(tik), gevraagd, NU))
                )
    for wat, tijden, doel in (
        ("balie vinden op een volle avond, p99", sorted(alleen_balie), 10),
        ("besluit met drie alternatieven, volle avond, p99", sorted(geheel), 50),
    ):
        nota = f"mediaan {statistics.median(tijden):.2f}, slechtste {tijden[-1]:.1f} van {len(tijden)}"
        meetlat.hoogstens(wat, tijden[int(len(tijden) * 0.99)], doel, "ms", nota)


def test_hoe_het_groeit(meetlat: Meetlat) -> None:
    """Avonden per maand, balies en vulling: alles vers, raster 15 minuten."""
    inricht = make_inrichting()
    print("\nbalies  avonden  bezet  afspraken   vers ms  per avond  onthouden ms")
    for balies, avonden, vulling in GROEI:
        maand = make_maand(inricht, vulling, balies=balies, avonden=avonden)
        lezer = Lezer(inricht)
        vers = measure(partial(lezer.load, maand))
        warm = measure(partial(lezer.load, maand))
        aantal = sum(len(op.inhoud) for op in maand)
        print(
            f"{balies:6}  {avonden:7}  {filled(maand):5.0%}  {aantal:9}  {vers:8.1f}"
            f"  {vers / avonden:9.2f}  {warm:12.1f}"
        )
    meetlat.zonder_doel("groei met balies, avonden en vulling", "tabel", "hierboven")


def test_tellen_naast_exact_indelen(meetlat: Meetlat) -> None:
    """Dezelfde verzoeken op dezelfde avonden; wat geteld werd, moet daarna ook uit te voeren zijn."""
    inricht = make_inrichting()
    per_manier: dict[str, list[Telling]] = {}
    for zaad in range(AVONDEN_VERGELIJKEN):
        for manier, telling in compare(inricht, random.Random(zaad)).items():
            per_manier.setdefault(manier, []).append(telling)
    kop = "aangenomen  uren werk  onuitvoerbaar  avonden die niet kunnen"
    print(f"\n{AVONDEN_VERGELIJKEN} avonden, 6 balies {kop:>70}")
    for manier, tellingen in per_manier.items():
        aangenomen = statistics.mean(t.aangenomen for t in tellingen)
        onuitvoerbaar = statistics.mean(t.onuitvoerbaar for t in tellingen)
        mis = sum(t.onuitvoerbaar > 0 for t in tellingen)
        uren = statistics.mean(t.tikken for t in tellingen) / 12
        print(f"  {manier:24} {aangenomen:12.1f}  {uren:9.2f}  {onuitvoerbaar:13.1f}  {mis:6}")
        meetlat.zonder_doel(
            f"per avond aangenomen, {manier}", f"{aangenomen:.1f}",
            f"{uren:.2f} uur werk; {onuitvoerbaar:.1f} onuitvoerbaar, op {mis} van {len(tellingen)} avonden",
        )  # fmt: skip
    assert not any(t.onuitvoerbaar for t in per_manier["exact, met ruilen"])
