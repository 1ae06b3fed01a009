"""Er valt vanavond iets weg: wie kan blijven, wie moet verzetten, en wie er al is en dus wacht.

Rekent alleen vooruit: wat voorbij is of klaar, telt niet mee. De tijd van een afspraak verandert nooit; wie
er al is, wordt niet verzet zolang er vanavond nog iemand is die hem kan helpen. Schrijft niets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from frontoffice.agenda.afspraak import EINDE, Eisen, Toestand
from frontoffice.agenda.avond import Avond, Inhoud, Plek, SoortInhoud
from frontoffice.agenda.gevolgen import consequences
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.reden import Reden, RedenCode
from frontoffice.agenda.tijd import Vak, floor_tik, merge, tikken
from frontoffice.agenda.vanavond.bezoek import AAN_BALIE, Bezoek

_NIEMAND = Reden(RedenCode.GEEN_BEVOEGDE, "Er is vanavond niemand meer die dit mag doen.")


class Soortuitval(StrEnum):
    ZIEK = "ziek"
    BALIE_DICHT = "balie_dicht"
    EERDER_DICHT = "eerder_dicht"


@dataclass(frozen=True)
class Uitval:
    """Wat er wegvalt vanaf `vanaf` (UTC). `wie`: de medewerker (ziek) of de balie (dicht); anders leeg."""

    soort: Soortuitval
    vanaf: datetime
    wie: str = ""


@dataclass(frozen=True)
class Verdeling:
    """Wat er met wie gebeurt, elk op id.

    `verhuizingen`: zelfde tijd, andere balie; niemand merkt het. `te_verzetten`: er is geen plek meer, met
    waarom; `aanwezig` daarvan is er al. `wachten`: is er al, en komt zonder eigen tijd aan de beurt.
    `aan_balie`: zit nu aan een balie die wegvalt. `reserveringen`: vastgehouden tijd die vervalt. `terug`:
    stond op de lijst en kan toch blijven. `bewezen` zoals bij `Gevolg`.
    """

    verhuizingen: Mapping[str, str]
    te_verzetten: tuple[tuple[str, Reden], ...] = ()
    aanwezig: frozenset[str] = frozenset()
    wachten: tuple[str, ...] = ()
    aan_balie: tuple[str, ...] = ()
    reserveringen: tuple[str, ...] = ()
    terug: tuple[str, ...] = ()
    bewezen: bool = True


def spread(
    kalender: Kalender,
    oud: Avond,
    nieuw: Avond,
    bezoeken: Sequence[Bezoek],
    nu: datetime,
    op_lijst: Sequence[Inhoud] = (),
    eerst: Sequence[str] = (),
) -> Verdeling:
    """Van het rooster van `oud` naar dat van `nieuw`, met dezelfde inhoud, vanaf nu.

    `op_lijst`: wie al te verzetten was, met de balie van toen; die mag terug. `eerst`: ids op volgorde van
    boeken; wie er al is, gaat daarvoor.
    """
    tik = floor_tik(nu)
    wie = {bezoek.id: bezoek for bezoek in bezoeken}
    aan_balie = tuple(b.id for b in bezoeken if _valt_weg(b, oud, nieuw, tik))
    blijft = tuple(
        _rest(item, tik)
        for item in nieuw.inhoud
        if item.id not in aan_balie and _telt(item, wie.get(item.id), tik)
    )
    aanwezig = [b.id for b in bezoeken if b.is_aanwezig]
    terug = [item for item in op_lijst if item.vak.begin >= tik and _komt(wie.get(item.id))]
    gehad = _in_the_way(nieuw.inhoud, blijft, tik)
    gevolg = consequences(
        kalender,
        replace(oud, inhoud=(*blijft, *gehad)),
        replace(nieuw, inhoud=(*blijft, *gehad), plekken=_vanaf(nieuw, tik)),
        terug,
        (*aanwezig, *(id_ for id_ in eerst if id_ not in aanwezig)),
    )
    verdeeld = _Verdeler(oud, nieuw, wie, tik)
    redenen = dict(gevolg.te_verzetten)
    for item in blijft:
        if item.id in redenen:
            verdeeld.place(item, redenen[item.id])
    gezien = {item.id for item in (*blijft, *op_lijst)}
    verdeeld.check_rest(b for b in bezoeken if b.id in aan_balie or (b.id not in gezien or b.tijd is None))
    return Verdeling(
        gevolg.verhuizingen,
        tuple(verdeeld.te_verzetten),
        frozenset(id_ for id_, _ in verdeeld.te_verzetten if wie[id_].is_aanwezig),
        tuple(verdeeld.wachten),
        aan_balie,
        tuple(verdeeld.reserveringen),
        gevolg.terug,
        gevolg.bewezen,
    )


class _Verdeler:
    """Verdeelt wie geen plek meer heeft over verzetten, wachten en vervallen."""

    def __init__(self, oud: Avond, nieuw: Avond, wie: Mapping[str, Bezoek], tik: int) -> None:
        self._oud, self._nieuw, self._wie, self._tik = oud, nieuw, wie, tik
        self.te_verzetten: list[tuple[str, Reden]] = []
        self.wachten: list[str] = []
        self.reserveringen: list[str] = []

    def place(self, item: Inhoud, reden: Reden) -> None:
        bezoek = self._wie.get(item.id)
        if bezoek is None:
            if item.soort is SoortInhoud.RESERVERING:
                self.reserveringen.append(item.id)
        elif bezoek.is_aanwezig and can_help(self._nieuw, bezoek, self._tik):
            self.wachten.append(item.id)
        else:
            self.te_verzetten.append((item.id, _NIEMAND if bezoek.is_aanwezig else reden))

    def check_rest(self, bezoeken: Iterable[Bezoek]) -> None:
        """Wie geen eigen tijd meer heeft (te laat, even apart, zonder afspraak): is hij nog te helpen?"""
        for bezoek in bezoeken:
            if bezoek.toestand in EINDE or can_help(self._nieuw, bezoek, self._tik):
                continue
            if can_help(self._oud, bezoek, self._tik):
                self.te_verzetten.append((bezoek.id, _NIEMAND))


def can_help(avond: Avond, bezoek: Bezoek, tik: int) -> bool:
    """Staat er vanaf deze tik nog iemand lang genoeg die dit mag?"""
    nodig = max(1, tikken(bezoek.minuten))
    per_balie: dict[str, list[Vak]] = {}
    for plek in avond.plekken:
        if plek.vak.eind > tik and _may(plek, bezoek.eisen):
            per_balie.setdefault(plek.balie, []).append(Vak(max(plek.vak.begin, tik), plek.vak.eind))
    return any(
        vak.lengte >= nodig
        for vakken in per_balie.values()
        for vak in (merge(vakken) if bezoek.eisen.overdracht else vakken)
    )


def _may(plek: Plek, eisen: Eisen) -> bool:
    return eisen.bevoegdheden <= plek.mag and eisen.voorzieningen <= plek.voorzieningen


def _telt(item: Inhoud, bezoek: Bezoek | None, tik: int) -> bool:
    """Heeft dit vanaf nu nog een eigen tijd aan een balie?"""
    if bezoek is None:
        return item.vak.eind > tik
    if bezoek.toestand in AAN_BALIE:
        return item.balie == bezoek.balie and item.vak.eind > tik
    return bezoek.toestand in (Toestand.BEVESTIGD, Toestand.AANGEMELD) and item.vak.begin >= tik


def _in_the_way(inhoud: Sequence[Inhoud], blijft: Sequence[Inhoud], tik: int) -> tuple[Inhoud, ...]:
    """Wat nog tikken bezet maar geen eigen tijd meer heeft (even apart, net klaar, nog niet aan de beurt).

    Daar kan niemand anders heen: als van een andere agenda, want die blijft altijd staan.
    """
    eigen = {item.id for item in blijft}
    return tuple(
        replace(item, soort=SoortInhoud.EXTERN)
        for item in inhoud
        if item.id not in eigen and item.vak.eind > tik
    )


def _rest(item: Inhoud, tik: int) -> Inhoud:
    """Wat er vanaf nu nog van over is: wie al zit, hoeft niet nog een keer te beginnen."""
    return item if item.vak.begin >= tik else replace(item, vak=Vak(tik, item.vak.eind))


def _komt(bezoek: Bezoek | None) -> bool:
    return bezoek is not None and bezoek.toestand in (Toestand.BEVESTIGD, Toestand.AANGEMELD)


def _vanaf(avond: Avond, tik: int) -> tuple[Plek, ...]:
    return tuple(
        replace(plek, vak=Vak(max(plek.vak.begin, tik), plek.vak.eind))
        for plek in avond.plekken
        if plek.vak.eind > tik
    )


def _valt_weg(bezoek: Bezoek, oud: Avond, nieuw: Avond, tik: int) -> bool:
    """Zit dit bezoek nu aan een balie waar het straks niet meer kan?"""
    if bezoek.toestand not in AAN_BALIE:
        return False
    if _werkt(oud, bezoek.balie, tik):
        return not _werkt(nieuw, bezoek.balie, tik)
    # Hij loopt uit in de pauze van wie hem helpt: dan telt of die daarna nog terugkomt.
    return _werkt_nog(oud, bezoek.balie, tik) and not _werkt_nog(nieuw, bezoek.balie, tik)


def _werkt_nog(avond: Avond, balie: str, tik: int) -> bool:
    return any(p.balie == balie and p.vak.eind > tik for p in avond.plekken)


def _werkt(avond: Avond, balie: str, tik: int) -> bool:
    return any(p.balie == balie and p.vak.begin <= tik < p.vak.eind for p in avond.plekken)
