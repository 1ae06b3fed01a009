"""Avonden om mee te meten: zes balies met ongelijke bevoegdheden en pauzes, gevuld door echt te boeken.

Ook de ruwe manieren van tellen waar de exacte indeling naast gelegd wordt.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice

from frontoffice.agenda.avond import Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.behouden import max_behouden
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting, Product
from frontoffice.agenda.wensen import Plan
from tests.agenda.bouw import DAG, avond, inrichting, plan, plek, product, wens

_R, _W, _U, _B, _N = "reisdocument", "rijbewijs", "uitgifte", "brp", "naturalisatie"
PRODUCTEN = (
    product("paspoort", 15, minuten_per_extra=10, personen_max=5, bevoegdheden=frozenset({_R})),
    product("rijbewijs", 10, bevoegdheden=frozenset({_W})),
    product("ophalen", 5, bevoegdheden=frozenset({_U})),
    product("verhuizing", 10, minuten_per_extra=5, personen_max=5, bevoegdheden=frozenset({_B})),
    product("naturalisatie", 45, bevoegdheden=frozenset({_N})),
)
_DRUKTE = (5, 3, 4, 2, 1)
_MAG = ({_R, _W, _U, _B, _N}, {_R, _W, _U}, {_R, _U, _B}, {_W, _U}, {_R, _B}, {_R, _W, _B, _U})
_PAUZES = (("18.00", "18.15"), ("18.15", "18.30"), ("18.30", "18.45"), ("18.45", "19.00"))
_STAP = 3  # tikken
_MIS_MAX = 80


def make_inrichting(stap: int = 15) -> Inrichting:
    return inrichting(*PRODUCTEN, stap=stap)


def make_rooster(rng: random.Random, dag: date, balies: int) -> tuple[Plek, ...]:
    """Elke tweede balie heeft een pauze."""
    plekken: list[Plek] = []
    for nummer, mag in enumerate(islice(cycle(_MAG), balies), 1):
        balie = f"B{nummer:02}"
        if rng.random() < 0.5:
            begin, eind = rng.choice(_PAUZES)
            plekken += [plek(balie, "17.00", begin, mag, dag=dag), plek(balie, eind, "20.00", mag, dag=dag)]
        else:
            plekken.append(plek(balie, mag=mag, dag=dag))
    return tuple(plekken)


def make_verzoeken(
    rng: random.Random, inricht: Inrichting, op: Avond, stap: int = _STAP
) -> list[tuple[Plan, int]]:
    """Een stroom verzoeken (plan, begintik), meer dan er passen."""
    verzoeken: list[tuple[Plan, int]] = []
    for _ in range(60 * len({p.balie for p in op.plekken})):
        gekozen: Product = rng.choices(PRODUCTEN, _DRUKTE)[0]
        personen = rng.choice((1, 1, 1, 2)) if gekozen.personen_max > 1 else 1
        gevraagd = plan(inricht, wens((gekozen.code, personen)), op.datum)
        begin = op.open[0].begin + stap * rng.randrange(0, (36 - gevraagd.tikken) // stap + 1)
        verzoeken.append((gevraagd, begin))
    return verzoeken


def fill(rng: random.Random, inricht: Inrichting, leeg: Avond, vulling: float) -> Avond:
    """Boek tot dit deel van de werktijd bezet is, of tot er tachtig achter elkaar niet meer passen."""
    doel = vulling * sum(p.vak.lengte for p in leeg.plekken)
    bezet, mis, op = 0, 0, leeg
    for gevraagd, begin in make_verzoeken(rng, inricht, leeg, stap=1):
        if bezet >= doel or mis >= _MIS_MAX:
            break
        voller = book(op, gevraagd, begin)
        if voller is None:
            mis += 1
            continue
        op, mis = voller, 0
        bezet += gevraagd.tikken
    return op


def book(op: Avond, gevraagd: Plan, begin: int) -> Avond | None:
    """De avond met deze afspraak erbij, of None als het niet past."""
    toewijzing = Indeling(op).find(Vraag(gevraagd.vak(begin), gevraagd.eisen))
    if toewijzing is None:
        return None
    naar = toewijzing.verhuizingen
    inhoud = tuple(replace(i, balie=naar[i.id]) if i.id in naar else i for i in op.inhoud)
    return replace(op, inhoud=(*inhoud, _item(len(inhoud), gevraagd, begin, toewijzing.balie)))


def make_maand(
    inricht: Inrichting, vulling: float, *, balies: int = 6, avonden: int = 9, zaad: int = 5
) -> list[Avond]:
    """Zoveel avonden, een week uit elkaar."""
    rng = random.Random(zaad)
    uit = []
    for week in range(avonden):
        dag = DAG + timedelta(weeks=week)
        uit.append(fill(rng, inricht, avond(dag=dag, plekken=make_rooster(rng, dag, balies)), vulling))
    return uit


def filled(avonden: list[Avond]) -> float:
    """Welk deel van de werktijd bezet is."""
    bezet = sum(item.vak.lengte for op in avonden for item in op.inhoud)
    return bezet / sum(p.vak.lengte for op in avonden for p in op.plekken)


# --- tellen naast indelen ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Telling:
    """Hoeveel een manier van boeken aannam, met hoeveel werk, en hoeveel daarvan niet uit te voeren zijn."""

    aangenomen: int
    tikken: int
    onuitvoerbaar: int


def compare(inricht: Inrichting, rng: random.Random, balies: int = 6) -> dict[str, Telling]:
    """Dezelfde verzoeken langs vier manieren van beslissen, op één avond."""
    leeg = avond(plekken=make_rooster(rng, DAG, balies))
    verzoeken = make_verzoeken(rng, inricht, leeg)
    return {
        "tellen per tik": _count_only(leeg, verzoeken, per_bevoegdheid=False),
        "tellen per bevoegdheid": _count_only(leeg, verzoeken, per_bevoegdheid=True),
        "vaste balie bij boeken": _first_fit(leeg, verzoeken),
        "exact, met ruilen": _exact(leeg, verzoeken),
    }


def _count_only(leeg: Avond, verzoeken: list[tuple[Plan, int]], *, per_bevoegdheid: bool) -> Telling:
    """Neemt aan zolang er op elke tik meer medewerkers werken (die het mogen) dan er afspraken zijn."""
    genomen: list[Inhoud] = []
    for gevraagd, begin in verzoeken:
        vak = gevraagd.vak(begin)
        if all(_room(leeg, genomen, gevraagd, tik, per_bevoegdheid) for tik in range(vak.begin, vak.eind)):
            genomen.append(_item(len(genomen), gevraagd, begin, "B01"))
    past = max_behouden(replace(leeg, inhoud=tuple(genomen)))
    return Telling(len(genomen), sum(i.vak.lengte for i in genomen), len(past.te_verzetten))


def _room(leeg: Avond, genomen: list[Inhoud], gevraagd: Plan, tik: int, per_bevoegdheid: bool) -> bool:
    nodig = gevraagd.eisen.bevoegdheden
    werkt = [p for p in leeg.plekken if p.vak.begin <= tik < p.vak.eind]
    bezig = [i for i in genomen if i.vak.begin <= tik < i.vak.eind]
    if len(bezig) >= len(werkt):
        return False
    if not per_bevoegdheid:
        return True
    zelfde = sum(bool(i.eisen.bevoegdheden & nodig) for i in bezig)
    return zelfde < sum(nodig <= p.mag for p in werkt)


def _first_fit(leeg: Avond, verzoeken: list[tuple[Plan, int]]) -> Telling:
    """De eerste vrije balie die het mag, en daar blijft de afspraak."""
    op, genomen = leeg, 0
    for gevraagd, begin in verzoeken:
        indeling = Indeling(op)
        kan = indeling.begintijden(gevraagd.eisen, gevraagd.tikken).direct
        plaats = begin - leeg.open[0].begin
        vrij = next((n for n, bits in enumerate(kan) if bits >> plaats & 1), None)
        if vrij is not None:
            item = _item(genomen, gevraagd, begin, indeling.balies[vrij])
            op = replace(op, inhoud=(*op.inhoud, item))
            genomen += 1
    return Telling(genomen, sum(i.vak.lengte for i in op.inhoud), 0)


def _exact(leeg: Avond, verzoeken: list[tuple[Plan, int]]) -> Telling:
    op = leeg
    for gevraagd, begin in verzoeken:
        op = book(op, gevraagd, begin) or op
    werk = sum(i.vak.lengte for i in op.inhoud)
    return Telling(len(op.inhoud), werk, len(max_behouden(op).te_verzetten))


def _item(nummer: int, gevraagd: Plan, begin: int, balie: str) -> Inhoud:
    return Inhoud(
        SoortInhoud.AFSPRAAK, f"a{nummer}", gevraagd.vak(begin), balie, gevraagd.eisen, gevraagd.producten
    )
