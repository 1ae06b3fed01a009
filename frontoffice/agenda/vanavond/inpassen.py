"""Kan er nog iemand zonder afspraak bij: een tijd in het rooster, zonder dat een afspraak te laat begint.

Beslist alleen; legt niets vast. Wie er daarna het eerst wordt opgeroepen, zegt `volgorde`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from frontoffice.agenda.afspraak import Kanaal, Toestand
from frontoffice.agenda.avond import Avond, AvondToestand, Inhoud, SoortInhoud
from frontoffice.agenda.indelen import Indeling, Toewijzing, Vraag
from frontoffice.agenda.inrichting import Inrichting
from frontoffice.agenda.kalender import Kalender
from frontoffice.agenda.limieten import Limieten, limit_reasons
from frontoffice.agenda.reden import RedenCode
from frontoffice.agenda.tijd import Vak, ceil_tik, from_tik, tijdlabel, tikken
from frontoffice.agenda.vanavond.bezoek import Avondstand, Bezoek, SoortBezoek
from frontoffice.agenda.vanavond.rooster import MINUUT
from frontoffice.agenda.vanavond.voorspelling import NIEUW, Verwacht, Voorspelling, newcomer, predict
from frontoffice.agenda.vanavond.wachtrij import with_bezoek
from frontoffice.agenda.voorstel import Weigering
from frontoffice.agenda.waarom import evening_reasons
from frontoffice.agenda.wensen import Plan

ANDERS = "Maak een afspraak voor een andere avond."
_VOL = "Er is vanavond geen plaats meer."
_SCHAADT = "Vanavond lukt het niet: dan wacht iemand met een afspraak te lang."
_NIEMAND = "Vanavond werkt er niemand meer die dit mag doen."
_DICHT = "Deze avond is al dicht."
_DICHTBIJ = 3
"""Zoveel tijden proberen we vlak na elkaar; daarna met grote stappen, want elke poging speelt de avond na."""
_VERDER, _VEEL_VERDER = 3, 6
"""Zoveel tikken later pas weer: vijf minuten verschil geeft dezelfde avond."""
_GEHAD = frozenset({Toestand.KLAAR, Toestand.NIET_GEKOMEN})
_DOET_MEE = frozenset({AvondToestand.OPEN, AvondToestand.DICHT_VOOR_BOEKEN, AvondToestand.BEZIG})


@dataclass(frozen=True)
class Plaats:
    """Een tijd in het rooster (`begin` UTC), en hoe lang het naar verwachting nog duurt tot de oproep.

    `vast`: deze tijd is in de bezetting vrij, na `verhuizingen` (id → balie). Anders komt zij van iemand die
    al weg is of niet kwam: dan staat hij zonder eigen tijd in de rij. `later`: afspraken (id) die hierdoor
    later dan de norm beginnen; alleen bij voorrang kunnen dat er zijn.
    """

    begin: datetime
    balie: str
    verhuizingen: Mapping[str, str] = field(default_factory=dict)
    wacht_min: int = 0
    vast: bool = True
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class PastNiet:
    """`zin`: wat wij zeggen, met wat er wel kan. `waarom`: een code voor het verslag.

    `wacht_min`: hoe lang het zou duren als wachten alleen niet helpt (dan is het al dicht); anders None.
    """

    zin: str
    waarom: str = "anders"
    wacht_min: int | None = None


def fit_in(
    stand: Avondstand,
    inrichting: Inrichting,
    kalender: Kalender,
    plan: Plan | Weigering,
    nu: datetime,
    *,
    voorrang: bool = False,
    vanaf: datetime | None = None,
) -> Plaats | PastNiet:
    """De eerste tijd die past en waardoor geen afspraak later dan de norm begint, of waarom niet.

    Wie voorrang krijgt, krijgt dat bewust: dan telt het laatste niet, maar zegt `Plaats.later` het wel.
    `vanaf`: kijk pas vanaf deze tijd; wie net heeft gezocht, hoeft zo niet alles nog eens na te spelen.
    """
    stand = replace(stand, nu=nu)
    if (weigering := _refusal(stand, inrichting, kalender, plan)) is not None:
        return weigering
    assert isinstance(plan, Plan)
    zonder = predict(stand)
    schaadt, na_sluiten = False, None
    for vak, toewijzing, vast in _spread(_places(stand, inrichting, plan, vanaf or nu)):
        bij = _with_newcomer(stand, plan, vak, toewijzing.balie, voorrang)
        met = predict(bij)
        verwacht = met.per_bezoek.get(NIEUW)
        if verwacht is None or verwacht.begin >= _sluit(stand.avond):
            na_sluiten = na_sluiten or verwacht
            continue
        later = _harmed(stand, zonder, met)
        if later and not voorrang:
            schaadt = True
            continue
        verhuizingen = toewijzing.verhuizingen if vast else {}
        return Plaats(vak.begin_utc, toewijzing.balie, verhuizingen, verwacht.wacht_min, vast, later)
    if schaadt:
        return PastNiet(f"{_SCHAADT} {ANDERS}", "schaadt_afspraak")
    if na_sluiten is not None:
        return _queue_too_long(stand.avond, na_sluiten)
    return _no_place(stand.avond, plan, nu)


# --- mag het ------------------------------------------------------------------------------------------------


def _refusal(
    stand: Avondstand, inrichting: Inrichting, kalender: Kalender, plan: Plan | Weigering
) -> PastNiet | None:
    """Wat voor de hele avond geldt. Dicht voor boeken telt niet: wie er is, is er."""
    avond = stand.avond
    if avond.toestand not in _DOET_MEE:
        return PastNiet(f"{_DICHT} {ANDERS}", "gesloten")
    open_ = replace(avond, toestand=AvondToestand.BEZIG)
    if redenen := evening_reasons(kalender, open_):
        return PastNiet(f"{redenen[0].tekst} {ANDERS}", "gesloten")
    if isinstance(plan, Weigering):
        reden = plan.redenen[0]
        # De verwijzing naar overdag is zelf al wat er wel kan.
        zin = reden.tekst if reden.code is RedenCode.NIET_IN_DE_AVOND else f"{reden.tekst} {ANDERS}"
        return PastNiet(zin)
    if redenen := limit_reasons(inrichting, avond, plan.producten, Kanaal.BALIE):
        return PastNiet(f"{redenen[0].tekst} {ANDERS}", "vol")
    if not any(_may(plan, bevoegd) for bevoegd in _still_working(stand)):
        return PastNiet(f"{_NIEMAND} {ANDERS}", "niemand_bevoegd")
    return None


def _still_working(stand: Avondstand) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    return ((p.mag, p.voorzieningen) for p in stand.avond.plekken if p.vak.eind_utc > stand.nu)


def _may(plan: Plan, bevoegd: tuple[frozenset[str], frozenset[str]]) -> bool:
    mag, voorzieningen = bevoegd
    return plan.eisen.bevoegdheden <= mag and plan.eisen.voorzieningen <= voorzieningen


def _queue_too_long(avond: Avond, verwacht: Verwacht) -> PastNiet:
    """Er is plaats, maar wie al wacht is pas na sluitingstijd op."""
    dan, dicht = tijdlabel(verwacht.begin), tijdlabel(_sluit(avond))
    zin = f"Er wachten te veel mensen: de beurt komt pas om {dan} en het sluit om {dicht}."
    return PastNiet(f"{zin} {ANDERS}", "vol", verwacht.wacht_min)


def _no_place(avond: Avond, plan: Plan, nu: datetime) -> PastNiet:
    laatste = avond.open[-1].eind_utc
    if ceil_tik(nu) + plan.tikken > avond.open[-1].eind:
        zin = f"Dit duurt {plan.minuten} minuten en het sluit om {tijdlabel(laatste)}."
        return PastNiet(f"{zin} {ANDERS}", "te_laat")
    return PastNiet(f"{_VOL} {ANDERS}", "vol")


# --- waar ---------------------------------------------------------------------------------------------------


def _places(
    stand: Avondstand, inrichting: Inrichting, plan: Plan, vanaf: datetime
) -> Iterator[tuple[Vak, Toewijzing, bool]]:
    """Elke tijd vanaf dan waarop het past, de eerste eerst; of die ook in de bezetting vrij is.

    Tijd van wie klaar is of niet kwam, is in het echt vrij; wie zonder eigen tijd wacht, neemt haar in.
    """
    bezet = Indeling(stand.avond)
    echt = Indeling(_with_placeless(stand))
    over = Limieten(inrichting, stand.avond, plan, Kanaal.BALIE)
    for vak in _starts(stand.avond, plan, max(vanaf, stand.nu)):
        if not over.at(vak)[0]:
            continue
        vraag = Vraag(vak, plan.eisen)
        if (werkelijk := echt.find(vraag)) is None:
            continue
        if (vrij := bezet.find(vraag)) is not None:
            yield vak, vrij, True
        else:
            yield vak, werkelijk, False


def _spread(plekken: Iterator[tuple[Vak, Toewijzing, bool]]) -> Iterator[tuple[Vak, Toewijzing, bool]]:
    """De hele avond, maar niet elke vijf minuten: eerst op een kwartier, verderop op een half uur."""
    keer, vanaf = 0, 0
    for plek in plekken:
        if plek[0].begin >= vanaf:
            keer += 1
            vanaf = plek[0].begin + (_VERDER if keer < _DICHTBIJ else _VEEL_VERDER)
            yield plek


def _starts(avond: Avond, plan: Plan, vanaf: datetime) -> Iterator[Vak]:
    """Elke tik, niet alleen het raster: wie er is, kan meteen."""
    eerste = ceil_tik(vanaf)
    for blok in avond.open:
        for tik in range(max(blok.begin, eerste), blok.eind - plan.tikken + 1):
            yield plan.vak(tik)


def _with_placeless(stand: Avondstand) -> Avond:
    """De avond zonder wie al weg is, en met een tijd voor ieder die zonder eigen tijd wacht."""
    weg = {bezoek.id for bezoek in stand.bezoeken if bezoek.toestand in _GEHAD}
    avond = replace(stand.avond, inhoud=tuple(item for item in stand.avond.inhoud if item.id not in weg))
    met_plek = {item.id for item in avond.inhoud}
    wachtend = [b for b in stand.bezoeken if _waits_without(b) and b.id not in met_plek]
    for bezoek in sorted(wachtend, key=lambda b: (b.aangemeld_op or stand.nu, b.volgnummer)):
        avond = _put(avond, bezoek, stand.nu)
    return avond


def _waits_without(bezoek: Bezoek) -> bool:
    return bezoek.soort is SoortBezoek.ZONDER_AFSPRAAK and bezoek.toestand is Toestand.AANGEMELD


def _put(avond: Avond, bezoek: Bezoek, nu: datetime) -> Avond:
    indeling, lengte = Indeling(avond), tikken(bezoek.minuten)
    for tik in range(ceil_tik(nu), avond.open[-1].eind):
        vak = Vak(tik, tik + lengte)
        if (plek := indeling.find(Vraag(vak, bezoek.eisen))) is not None:
            anders = tuple(
                replace(item, balie=plek.verhuizingen.get(item.id, item.balie)) for item in avond.inhoud
            )
            eigen = Inhoud(SoortInhoud.ZONDER_AFSPRAAK, bezoek.id, vak, plek.balie, bezoek.eisen, ())
            return replace(avond, inhoud=(*anders, eigen))
    return avond


# --- schaadt het iemand -------------------------------------------------------------------------------------


def _with_newcomer(stand: Avondstand, plan: Plan, vak: Vak, balie: str, voorrang: bool) -> Avondstand:
    nieuw = newcomer(stand, plan.eisen, plan.minuten, voorrang=voorrang)
    eigen = Inhoud(SoortInhoud.ZONDER_AFSPRAAK, NIEUW, vak, balie, plan.eisen, plan.producten)
    met = replace(stand, avond=replace(stand.avond, inhoud=(*stand.avond.inhoud, eigen)))
    return with_bezoek(met, nieuw)


def _harmed(stand: Avondstand, zonder: Voorspelling, met: Voorspelling) -> tuple[str, ...]:
    """De afspraken die door de nieuwkomer later beginnen, en meer dan de norm na hun tijd."""
    weg = []
    for bezoek in stand.bezoeken:
        if bezoek.tijd is None or (eerst := zonder.per_bezoek.get(bezoek.id)) is None:
            continue
        dan = met.per_bezoek.get(bezoek.id)
        if dan is None:
            weg.append(bezoek.id)
            continue
        te_laat = (dan.begin - bezoek.tijd).total_seconds() > stand.regels.norm * MINUUT
        if te_laat and dan.begin > eerst.begin and not bezoek.te_laat:
            weg.append(bezoek.id)
    return tuple(weg)


def _sluit(avond: Avond) -> datetime:
    return from_tik(avond.open[-1].eind)
