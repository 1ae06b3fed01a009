"""Samen komen: een gezin tegelijk aan meer balies, of na elkaar, met het kortste verblijf eerst.

Zoekt alleen tijden; of het wordt vastgehouden, beslist `boeken` per afspraak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontoffice.agenda.avond import Avond, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Indeling, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.limieten import Limieten, limit_reasons
from frontoffice.agenda.tijd import from_tik
from frontoffice.agenda.tijdgrens import Tijdgrens, tijdgrens
from frontoffice.agenda.voorstel import VrijeStart
from frontoffice.agenda.vrij import closing_reason, grid
from frontoffice.agenda.waarom import evening_reasons
from frontoffice.agenda.wens import Wens
from frontoffice.agenda.wensen import Plan


@dataclass(frozen=True)
class Samenkomst:
    """Begintijden in de volgorde van de plannen; `tegelijk` als alle op één moment beginnen."""

    tegelijk: bool
    starts: tuple[VrijeStart, ...]

    @property
    def verblijf(self) -> timedelta:
        """Van de eerste begintijd tot de laatste klaar is."""
        return max(start.eind for start in self.starts) - min(start.begin for start in self.starts)


def samen(
    inrichting: Inrichting,
    kalender: Kalender,
    avond: Avond,
    plannen: Sequence[Plan],
    wens: Wens,
    nu: datetime,
    aantal: int = 3,
) -> tuple[Samenkomst, ...]:
    """De beste mogelijkheden op deze avond, kortste verblijf eerst, dan de vroegste. Exact."""
    if not plannen or evening_reasons(kalender, avond):
        return ()
    codes = {code for plan in plannen for code in plan.producten}
    grens = tijdgrens(inrichting, kalender, codes, nu, wens.overrulen)
    zoeker = _Zoeker(inrichting, avond, tuple(plannen), wens, grens)
    gevonden: dict[tuple[datetime, ...], Samenkomst] = {}
    for tik in zoeker.raster:
        for rij in ([tik] * len(plannen), zoeker.after_each_other(tik)):
            if rij and (starts := zoeker.check(rij)):
                sleutel = tuple(start.begin for start in starts)
                gevonden.setdefault(sleutel, Samenkomst(len(set(rij)) == 1, starts))
    volgorde = sorted(gevonden.values(), key=lambda s: (s.verblijf, min(v.begin for v in s.starts)))
    return tuple(volgorde[:aantal])


class _Zoeker:
    def __init__(
        self, inrichting: Inrichting, avond: Avond, plannen: tuple[Plan, ...], wens: Wens, grens: Tijdgrens
    ) -> None:
        self._inrichting, self._avond, self._plannen = inrichting, avond, plannen
        self._wens, self._grens = wens, grens
        self._indeling = Indeling(avond)
        self._blokken = dict(grid(avond, inrichting.locatie.stap))
        self.raster = sorted(self._blokken)

    def after_each_other(self, tik: int) -> list[int] | None:
        """Elk begint op het eerste rasterpunt nadat de vorige klaar is."""
        rij = [tik]
        for plan in self._plannen[:-1]:
            klaar = rij[-1] + plan.tikken
            volgende = next((t for t in self.raster if t >= klaar), None)
            if volgende is None:
                return None
            rij.append(volgende)
        return rij

    def check(self, rij: Sequence[int]) -> tuple[VrijeStart, ...] | None:
        """De starts als alles samen past: tijd, opening, limieten en balies."""
        avond = self._avond
        for plan, tik in zip(self._plannen, rij, strict=True):
            if self._grens.reason(avond.datum, tik) or closing_reason(plan, tik, self._blokken[tik]):
                return None
            if limit_reasons(self._inrichting, avond, plan.producten, self._wens.kanaal):
                return None
            if Limieten(self._inrichting, avond, plan, self._wens.kanaal).at(plan.vak(tik))[1]:
                return None
            gedacht = Inhoud(
                SoortInhoud.RESERVERING, "", plan.vak(tik), "", plan.eisen, plan.producten,
                kanaal=self._wens.kanaal,
            )  # fmt: skip
            avond = replace(avond, inhoud=(*avond.inhoud, gedacht))
        vragen = [Vraag(plan.vak(tik), plan.eisen) for plan, tik in zip(self._plannen, rij, strict=True)]
        if not self._indeling.find_all(vragen):
            return None
        return tuple(
            VrijeStart(from_tik(tik), from_tik(tik + plan.tikken), 1)
            for plan, tik in zip(self._plannen, rij, strict=True)
        )
