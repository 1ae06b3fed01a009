"""Wanneer is de balie open: openingsregels, uitzonderingen en feestdagen van één inrichting samen.

Kijkt alleen naar plaatselijke datums en rekent elk jaar ter plekke uit; kent geen rooster en geen klok.
Of de inrichting klopt, zegt `frontoffice.agenda.keuring`; wat niet te lezen is, telt hier niet mee.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from itertools import combinations
from types import MappingProxyType

from frontoffice.agenda.inrichting import (
    LAATSTE_WEEK,
    Feestdag,
    FeestdagBeleid,
    Inrichting,
    Openingsregel,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.tijd import Vak, dagvak, floor_tik, merge, to_utc
from frontoffice.domain import taal
from frontoffice.domain.werkdagen import step_werkdagen

EERSTE_JAAR, LAATSTE_JAAR = 1966, 2100
"""De jaren waarvan de feestdagen bekend zijn; daarbuiten is een dag nooit stilzwijgend open."""

_DAG = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_STRENG = (FeestdagBeleid.GESLOTEN, FeestdagBeleid.VROEG_DICHT, FeestdagBeleid.OPEN)
_VROEG = FeestdagBeleid.VROEG_DICHT
_GEEN_OPENING = "Op deze dag is er geen avondopenstelling."


class FeestdagenOnbekend(ValueError):
    """Voor dit jaar zijn de feestdagen niet te zeggen."""


@dataclass(frozen=True)
class Opening:
    """Wanneer het publiek op één dag terecht kan.

    `dicht_omdat` is een hele zin en alleen gevuld als `vakken` leeg is. `soort` zegt wat de tijden bepaalde:
    "open" (de gewone regels), "dicht" (geen regel), "feestdag" (beleid; kan bij vroeg dicht nog open zijn) of
    "uitzondering". `meldingen`: wat een beheerder hierover moet weten.
    """

    vakken: tuple[Vak, ...]
    dicht_omdat: str
    soort: str
    meldingen: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return bool(self.vakken)


@cache
def landelijke_feestdagen(jaar: int) -> Mapping[date, tuple[str, ...]]:
    """De feestdagen van de Algemene termijnenwet in dat jaar, met hun namen (soms twee op één dag).

    Goede Vrijdag en 5 mei horen erbij, elk jaar. Raises FeestdagenOnbekend buiten 1966–2100.
    """
    if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        raise FeestdagenOnbekend(f"de feestdagen van {jaar} zijn niet bekend")
    import holidays  # zwaar: pas als er een jaar gevraagd wordt

    lijst = holidays.country_holidays(
        "NL", years=jaar, expand=False, language="nl", categories=("public", "optional")
    )
    return MappingProxyType({dag: tuple(lijst.get_list(dag)) for dag in lijst})


def feestdagnamen() -> tuple[str, ...]:
    """De namen waar `Feestdag.naam_van` uit kan kiezen, in de volgorde van het jaar."""
    dagen = landelijke_feestdagen(2026)
    return tuple(naam for dag in sorted(dagen) for naam in dagen[dag])


def maandag(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


def is_regeldag(regel: Openingsregel, dag: date) -> bool:
    """Valt deze dag in de reeks van de regel? Kijkt niet naar feestdagen en uitzonderingen."""
    if dag.weekday() not in regel.weekdagen or dag < regel.geldig_van:
        return False
    if regel.geldig_tot is not None and dag > regel.geldig_tot:
        return False
    weken = (maandag(dag) - maandag(regel.anker or regel.geldig_van)).days // 7
    if regel.elke_weken > 1 and weken % regel.elke_weken:
        return False
    if not regel.weken_van_maand:
        return True
    hoeveelste = (dag.day + 6) // 7
    is_laatste = (dag + _WEEK).month != dag.month
    return hoeveelste in regel.weken_van_maand or (is_laatste and LAATSTE_WEEK in regel.weken_van_maand)


def is_tijdspanne(van: time | None, tot: time | None) -> bool:
    """Begint het eerder dan het eindigt? `tot` 0:00 is middernacht aan het eind van de dag."""
    return van is not None and tot is not None and (van < tot or tot == time(0))


class Kalender:
    """De opening van elke dag bij één inrichting. Onthoudt elke uitgerekende dag; wijzigt niets."""

    def __init__(self, inrichting: Inrichting) -> None:
        self.inrichting = inrichting
        self._regels = tuple(
            regel
            for regel in inrichting.regels
            if is_tijdspanne(regel.van, regel.tot) and regel.elke_weken > 0
        )
        self._uitzonderingen: dict[date, list[Uitzondering]] = {}
        for uitzondering in inrichting.uitzonderingen:
            self._uitzonderingen.setdefault(uitzondering.datum, []).append(uitzondering)
        self._op_datum = {feest.datum: feest for feest in inrichting.feestdagen if feest.datum}
        self._jaarlijks = {feest.jaarlijks: feest for feest in inrichting.feestdagen if feest.jaarlijks}
        self._op_naam = {
            taal.zonder_accenten(feest.naam_van): feest for feest in inrichting.feestdagen if feest.naam_van
        }
        self._openingen: dict[date, Opening] = {}

    def opening(self, dag: date) -> Opening:
        """Wanneer deze dag open is, en anders waarom niet."""
        if dag not in self._openingen:
            self._openingen[dag] = self._reken(dag)
        return self._openingen[dag]

    def is_open(self, dag: date) -> bool:
        return bool(self.opening(dag).vakken)

    def feestdag(self, dag: date) -> str:
        """De naam van de feestdag, of "". Ook als de balie dan gewoon open is. Raises FeestdagenOnbekend."""
        return self._feest(dag)[0]

    def beleid(self, dag: date) -> FeestdagBeleid | None:
        """Wat er op deze feestdag geldt; None op een gewone dag. Raises FeestdagenOnbekend."""
        naam, beleid, _ = self._feest(dag)
        return beleid if naam else None

    def vroeg_dicht(self, dag: date) -> time | None:
        """Hoe laat het op deze dag uiterlijk dichtgaat door feestdagbeleid. Raises FeestdagenOnbekend."""
        _, beleid, tot = self._feest(dag)
        return tot if beleid is FeestdagBeleid.VROEG_DICHT else None

    def is_werkdag(self, dag: date) -> bool:
        """Maandag tot en met vrijdag, zonder de feestdagen waarop gesloten is. Raises FeestdagenOnbekend."""
        return dag.weekday() < 5 and self.beleid(dag) is not FeestdagBeleid.GESLOTEN

    def add_werkdagen(self, dag: date, n: int) -> date:
        """De n-de werkdag na `dag`, of ervoor als n negatief is; `dag` telt niet mee, 0 geeft `dag`."""
        return step_werkdagen(dag, n, self.is_werkdag)

    def open_dagen(self, van: date, tot: date) -> tuple[date, ...]:
        """De dagen van `van` tot en met `tot` waarop er open is."""
        van = max(van, date(EERSTE_JAAR, 1, 1))
        tot = min(tot, date(LAATSTE_JAAR, 12, 31))
        dagen = (van + timedelta(days=n) for n in range((tot - van).days + 1))
        return tuple(dag for dag in dagen if self._kan_open(dag) and self.is_open(dag))

    def next_open_dag(self, vanaf: date, hoogstens: int = 400) -> date | None:
        """De eerste open dag op of na `vanaf`, hoogstens zoveel dagen verder; None als die er niet is."""
        dag = vanaf
        for _ in range(hoogstens + 1):
            if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
                return None
            if self._kan_open(dag) and self.is_open(dag):
                return dag
            dag += _DAG
        return None

    def _kan_open(self, dag: date) -> bool:
        """Snel: zonder regel of uitzondering is er niets om uit te rekenen."""
        return dag in self._uitzonderingen or any(is_regeldag(regel, dag) for regel in self._regels)

    def _feest(self, dag: date) -> tuple[str, FeestdagBeleid, time | None]:
        """(naam, beleid, dicht om). Een eigen dag wint van een jaarlijkse, en die van de lijst."""
        landelijk = landelijke_feestdagen(dag.year).get(dag, ())
        eigen = self._op_datum.get(dag) or self._jaarlijks.get((dag.month, dag.day))
        if eigen:
            return eigen.naam, eigen.beleid, eigen.tot
        if not landelijk:
            return "", FeestdagBeleid.OPEN, None
        gekozen = [self._op_naam.get(taal.zonder_accenten(naam)) for naam in landelijk]
        beleid, tot = min((_beleid_van(feest) for feest in gekozen), key=_strengst)
        return " en ".join(landelijk), beleid, tot

    def _reken(self, dag: date) -> Opening:
        if not EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
            return Opening((), f"De feestdagen van {dag.year} zijn niet bekend.", "dicht")
        uitzonderingen = self._uitzonderingen.get(dag, [])
        gesloten = [u for u in uitzonderingen if u.soort is SoortUitzondering.GESLOTEN]
        if gesloten:
            return Opening((), f"Gesloten: {_zonder_punt(gesloten[0].reden)}.", "uitzondering")
        regels = [regel for regel in self._regels if is_regeldag(regel, dag)]
        vakken, meldingen = _gewone_tijden(dag, regels, uitzonderingen)
        gewoon = Opening(vakken, "", "uitzondering" if uitzonderingen else "open", meldingen)
        if not vakken:
            gewoon = Opening((), _GEEN_OPENING, "dicht", meldingen)
        naam, beleid, dicht_om = self._feest(dag)
        if not naam or beleid is FeestdagBeleid.OPEN:
            return gewoon
        return _met_feestdag(dag, gewoon, uitzonderingen, naam, dicht_om if beleid is _VROEG else None)


def _beleid_van(feest: Feestdag | None) -> tuple[FeestdagBeleid, time | None]:
    return (feest.beleid, feest.tot) if feest else (FeestdagBeleid.GESLOTEN, None)


def _strengst(keuze: tuple[FeestdagBeleid, time | None]) -> tuple[int, time]:
    return _STRENG.index(keuze[0]), keuze[1] or time(0)


def _gewone_tijden(
    dag: date, regels: list[Openingsregel], uitzonderingen: list[Uitzondering]
) -> tuple[tuple[Vak, ...], tuple[str, ...]]:
    """De tijden van regels en uitzonderingen samen, nog zonder feestdag; met wat er overlapt."""
    ander = _vakken(dag, uitzonderingen, SoortUitzondering.ANDERE_TIJDEN)
    extra = _vakken(dag, uitzonderingen, SoortUitzondering.EXTRA_OPEN)
    if ander:
        return merge((*ander, *extra)), ()
    per_regel = [(regel, dagvak(dag, regel.van, regel.tot)) for regel in regels]
    meldingen = tuple(
        f"De regels {eerste.naam} en {tweede.naam} overlappen. De tijden zijn samengevoegd."
        for (eerste, vak), (tweede, ander_vak) in combinations(per_regel, 2)
        if vak.raakt(ander_vak)
    )
    return merge((*(vak for _, vak in per_regel), *extra)), meldingen


def _vakken(dag: date, uitzonderingen: list[Uitzondering], soort: SoortUitzondering) -> tuple[Vak, ...]:
    return tuple(vak for u in uitzonderingen if u.soort is soort and (vak := _vak_van(dag, u)) is not None)


def _vak_van(dag: date, uitzondering: Uitzondering) -> Vak | None:
    van, tot = uitzondering.van, uitzondering.tot
    if van is None or tot is None or not is_tijdspanne(van, tot):
        return None
    return dagvak(dag, van, tot)


def _met_feestdag(
    dag: date, gewoon: Opening, uitzonderingen: list[Uitzondering], naam: str, vroeg: time | None
) -> Opening:
    """De feestdag wint, behalve van tijden die er met een reden boven gaan; zonder `vroeg` is het dicht."""
    boven = [vak for u in uitzonderingen if u.boven_feestdag and (vak := _vak_van(dag, u)) is not None]
    grens = floor_tik(to_utc(dag, vroeg)) if vroeg is not None else 0
    blijft = [Vak(vak.begin, min(vak.eind, grens)) for vak in gewoon.vakken if vak.begin < grens]
    uit = merge((*blijft, *boven))
    if uit == gewoon.vakken and (uit or vroeg is not None):
        return gewoon
    meldingen = gewoon.meldingen + tuple(
        f"{naam}: '{_zonder_punt(u.reden)}' telt niet. Zet aan dat dit boven de feestdag gaat."
        for u in uitzonderingen
        if not u.boven_feestdag and not uit
    )
    if uit:
        return Opening(uit, "", "uitzondering" if boven else "feestdag", meldingen)
    tekst = f"Gesloten: {naam}."
    if vroeg is not None:
        tekst += f" Die dag is het open tot {vroeg.hour}.{vroeg.minute:02d} uur."
    return Opening((), tekst, "feestdag", meldingen)


def _zonder_punt(tekst: str) -> str:
    return tekst.strip().rstrip(".") or "zonder opgaaf van reden"
