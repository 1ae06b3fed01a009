"""Grenzen aan aantallen: per avond, per kanaal en tegelijk. Kent geen balies en geen klok."""

from __future__ import annotations

from collections.abc import Sequence

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.avond import Avond
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import Vak
from frontoffice.agenda.wensen import Plan


def limit_reasons(
    inrichting: Inrichting, avond: Avond, producten: tuple[str, ...], kanaal: Kanaal
) -> tuple[Reden, ...]:
    """Een bereikte daglimiet of een vol kanaal."""
    redenen: list[Reden] = []
    for code in producten:
        product = inrichting.product.get(code)  # een bestaande afspraak kan van een vervallen product zijn
        geteld = _count(avond, code)
        if product and product.per_avond_max is not None and geteld >= product.per_avond_max:
            tekst = f"{product.naam}: de daglimiet van {product.per_avond_max} per avond is bereikt."
            redenen.append(Reden(RedenCode.DAGLIMIET, tekst))
    maximum = inrichting.locatie.kanaalmaximum.get(kanaal)
    if maximum is not None and sum(item.kanaal == kanaal for item in avond.inhoud) >= maximum:
        tekst = f"De plaatsen van deze avond voor {kanaal.value} zijn op."
        redenen.append(Reden(RedenCode.KANAALLIMIET, tekst))
    return tuple(redenen)


class Limieten:
    """Hoeveel er van dit plan nog bij mag: per avond, per kanaal, en tegelijk."""

    def __init__(self, inrichting: Inrichting, avond: Avond, plan: Plan, kanaal: Kanaal) -> None:
        self._rest = len(avond.plekken)
        producten = [inrichting.product[code] for code in plan.producten if code in inrichting.product]
        for product in producten:
            if product.per_avond_max is not None:
                self._rest = min(self._rest, product.per_avond_max - _count(avond, product.code))
        if (grens := inrichting.locatie.kanaalmaximum.get(kanaal)) is not None:
            self._rest = min(self._rest, grens - sum(item.kanaal == kanaal for item in avond.inhoud))
        self._tegelijk: list[tuple[str, int, list[Vak]]] = [
            (product.naam, product.tegelijk_max, _vakken(avond, product.code))
            for product in producten
            if product.tegelijk_max is not None
        ]

    def at(self, vak: Vak) -> tuple[int, Reden | None]:
        """Hoeveel er in dit vak nog bij mogen; bij nul met de reden."""
        nog = self._rest
        for naam, maximum, vakken in self._tegelijk:
            ruimte = maximum - _most_at_once(vak, vakken)
            if ruimte < 1:
                return 0, Reden(RedenCode.TEGELIJK_MAX, f"{naam}: dan zijn er al {maximum} tegelijk.")
            nog = min(nog, ruimte)
        return nog, None


def _count(avond: Avond, code: str) -> int:
    return sum(code in item.producten for item in avond.inhoud)


def _vakken(avond: Avond, code: str) -> list[Vak]:
    return [item.vak for item in avond.inhoud if code in item.producten]


def _most_at_once(vak: Vak, anderen: Sequence[Vak]) -> int:
    """Hoeveel er hoogstens tegelijk zijn binnen `vak`. Het drukst is het bij een begin."""
    raakt = [ander for ander in anderen if ander.raakt(vak)]
    momenten = {max(vak.begin, ander.begin) for ander in raakt}
    return max((sum(a.begin <= tik < a.eind for a in raakt) for tik in momenten), default=0)
