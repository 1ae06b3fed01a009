"""Keurt wanneer er open is: locatie, openingsregels, uitzonderingen en feestdagen."""

from __future__ import annotations

import calendar
import difflib
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import combinations

from frontoffice.agenda.afspraak import Kanaal
from frontoffice.agenda.inrichting import (
    LAATSTE_WEEK,
    Feestdag,
    FeestdagBeleid,
    Inrichting,
    Locatie,
    Openingsregel,
    SoortUitzondering,
    Uitzondering,
)
from frontoffice.agenda.kalender import (
    LAATSTE_JAAR,
    Kalender,
    feestdagnamen,
    is_regeldag,
    is_tijdspanne,
)
from frontoffice.agenda.keuring.bevinding import (
    Melder,
    Planfout,
    check_getal,
    check_ids,
    check_jaar,
    check_naam,
    check_periode,
    check_tijden,
    dagtekst,
    elk,
    is_bekend_jaar,
    klok,
    opsomming,
)
from frontoffice.agenda.tijd import TIK_MINUTEN, dagvak
from frontoffice.agenda.vanavond.bezoek import Avondregels
from frontoffice.domain import taal

_HOOGSTE_WEKEN = 53
_VOORUIT = timedelta(days=2 * 366)
"""Zo ver wordt gezocht naar dagen die twee regels delen."""
_ZOEK_DAG = timedelta(days=12 * 366)
"""Een vijfde weekdag in elke n-de week kan jaren op zich laten wachten."""


def check_locatie(locatie: Locatie) -> Iterator[Planfout]:
    meld = Melder("locatie")
    yield from check_naam(meld, locatie.naam)
    if not 0 < locatie.stap <= 60 or locatie.stap % TIK_MINUTEN:
        yield meld.fout("De stap van begintijden moet 5 tot 60 minuten zijn, een veelvoud van 5.")
    yield from check_getal(meld, "Hoelang een tijd wordt vastgehouden", locatie.vasthouden, 1, 60)
    for naam, getal, hoogste in _avondregels(locatie.avondregels):
        yield from check_getal(meld, naam, getal, 0, hoogste)
    yield from check_getal(meld, "Het hoogste aantal oproepen", locatie.avondregels.oproepen_max, 1, 9)
    if not locatie.organisaties:
        yield meld.fout("Er is geen organisatie. Noem minstens één organisatie.")
    kanalen = [kanaal.value for kanaal in Kanaal]
    for kanaal, maximum in locatie.kanaalmaximum.items():
        if kanaal not in kanalen:
            yield meld.fout(f"Kanaal {kanaal} bestaat niet. Kies {', '.join(kanalen)}.")
        yield from check_getal(meld, f"Het maximum van kanaal {kanaal}", maximum, 0, 10_000)


def _avondregels(regels: Avondregels) -> tuple[tuple[str, int, int], ...]:
    return (
        ("De tijd tot iemand te laat is", regels.respijt, 120),
        ("Hoeveel iemand te vroeg mag zijn", regels.vroeg, 240),
        ("De tijd tussen twee oproepen", regels.rust, 60),
        ("De tijd waarbinnen iemand op tijd is geholpen", regels.norm, 120),
        ("De tijd om iets ongedaan te maken", regels.ongedaan_seconden, 600),
        ("De tijd dat namen te zien zijn", regels.namen_seconden, 600),
    )


def check_regels(inrichting: Inrichting) -> Iterator[Planfout]:
    yield from check_ids("regels", inrichting.regels)
    for meld, regel in elk("regels", inrichting.regels):
        yield from check_naam(meld, regel.naam)
        yield from _check_regel(meld, regel)
    for (meld, eerste), (_, tweede) in combinations(elk("regels", inrichting.regels), 2):
        yield from _check_overlap(meld, eerste, tweede)


def _check_regel(meld: Melder, regel: Openingsregel) -> Iterator[Planfout]:
    wat = f"Regel {regel.naam}"
    tijden = tuple(check_tijden(meld, wat, regel.van, regel.tot))
    yield from tijden
    reeks = tuple(_check_reeks(meld, wat, regel))
    yield from reeks
    if not reeks and next(_regeldagen(regel, _ZOEK_DAG), None) is None:
        yield meld.fout(f"{wat} komt nooit voor. Kijk de dagen en de geldigheid na.")


def _check_reeks(meld: Melder, wat: str, regel: Openingsregel) -> Iterator[Planfout]:
    if not regel.weekdagen:
        yield meld.fout(f"{wat} heeft geen dag van de week. Kies minstens één dag.")
    elif not regel.weekdagen <= set(range(7)):
        yield meld.fout(f"{wat}: een dag van de week bestaat niet. Kies maandag tot en met zondag.")
    yield from check_getal(meld, f"{wat}: elke hoeveel weken", regel.elke_weken, 1, _HOOGSTE_WEKEN)
    if not regel.weken_van_maand <= {1, 2, 3, 4, 5, LAATSTE_WEEK}:
        yield meld.fout(f"{wat}: kies week 1 tot en met 5 van de maand, of de laatste.")
    yield from check_periode(meld, wat, regel.geldig_van, regel.geldig_tot)
    yield from check_jaar(meld, wat, regel.geldig_van)


def _regeldagen(regel: Openingsregel, hoever: timedelta, vanaf: date | None = None) -> Iterator[date]:
    """De dagen van de reeks, zonder te letten op feestdagen; hoogstens zo ver vooruit."""
    dag = max(vanaf or regel.geldig_van, regel.geldig_van)
    laatste = min(regel.geldig_tot or date.max, date(LAATSTE_JAAR, 12, 31))
    laatste = min(laatste, dag + hoever) if dag < laatste else laatste
    while dag <= laatste:
        if is_regeldag(regel, dag):
            yield dag
        dag += timedelta(days=1)


def _check_overlap(meld: Melder, eerste: Openingsregel, tweede: Openingsregel) -> Iterator[Planfout]:
    if not eerste.weekdagen & tweede.weekdagen or not _delen_tijd(eerste, tweede):
        return
    if min(eerste.elke_weken, tweede.elke_weken) < 1:
        return
    vanaf = max(eerste.geldig_van, tweede.geldig_van)
    if not is_bekend_jaar(vanaf):
        return
    dag = next((dag for dag in _regeldagen(eerste, _VOORUIT, vanaf) if is_regeldag(tweede, dag)), None)
    if dag is None:
        return
    paar = f"Regel {eerste.naam} en regel {tweede.naam}"
    if (eerste.van, eerste.tot) == (tweede.van, tweede.tot):
        yield meld.let_op(f"{paar} zijn dubbel, zoals op {dagtekst(dag)}. Er komt geen plek bij.")
    else:
        yield meld.let_op(f"{paar} overlappen, zoals op {dagtekst(dag)}. De tijden worden samengevoegd.")


def _delen_tijd(eerste: Openingsregel, tweede: Openingsregel) -> bool:
    if not is_tijdspanne(eerste.van, eerste.tot) or not is_tijdspanne(tweede.van, tweede.tot):
        return False
    return _voor_eind(eerste.van, tweede.tot) and _voor_eind(tweede.van, eerste.tot)


def _voor_eind(begin: time, eind: time) -> bool:
    return eind == time(0) or begin < eind


def check_uitzonderingen(inrichting: Inrichting, kalender: Kalender) -> Iterator[Planfout]:
    yield from check_ids("uitzonderingen", inrichting.uitzonderingen)
    per_dag: dict[date, list[Uitzondering]] = {}
    for meld, uitzondering in elk("uitzonderingen", inrichting.uitzonderingen):
        yield from _check_uitzondering(meld, uitzondering)
        yield from _check_tegen_feestdag(meld, uitzondering, kalender)
        yield from _check_tegen_regels(meld, uitzondering, inrichting)
        yield from _check_samen(meld, uitzondering, per_dag.setdefault(uitzondering.datum, []))
        per_dag[uitzondering.datum].append(uitzondering)


def _check_uitzondering(meld: Melder, uitzondering: Uitzondering) -> Iterator[Planfout]:
    wat = _naam_van(uitzondering)
    if not uitzondering.reden.strip():
        yield meld.fout(f"{wat}: de reden ontbreekt. Vul een reden in.")
    elif len(uitzondering.reden.split()) > 10:
        yield meld.let_op(f"{wat}: de reden is lang. Gebruik hoogstens tien woorden.")
    yield from check_jaar(meld, wat, uitzondering.datum)
    if uitzondering.soort is not SoortUitzondering.GESLOTEN:
        yield from check_tijden(meld, wat, uitzondering.van, uitzondering.tot)
    elif uitzondering.van is not None or uitzondering.tot is not None:
        yield meld.fout(f"{wat}: bij gesloten horen geen tijden. Haal ze weg of kies andere tijden.")


def _naam_van(uitzondering: Uitzondering) -> str:
    return f"{uitzondering.soort.value.replace('_', ' ').capitalize()} op {dagtekst(uitzondering.datum)}"


def _check_tegen_feestdag(meld: Melder, uitzondering: Uitzondering, kalender: Kalender) -> Iterator[Planfout]:
    if not is_bekend_jaar(uitzondering.datum):
        return
    naam, beleid = kalender.feestdag(uitzondering.datum), kalender.beleid(uitzondering.datum)
    wat = _naam_van(uitzondering)
    if uitzondering.boven_feestdag:
        if uitzondering.soort is SoortUitzondering.GESLOTEN:
            yield meld.let_op(f"{wat}: boven de feestdag heeft bij gesloten geen betekenis.")
        elif beleid in (None, FeestdagBeleid.OPEN):
            yield meld.let_op(f"{wat}: deze dag is geen gesloten feestdag. Boven de feestdag doet niets.")
    elif uitzondering.soort is not SoortUitzondering.GESLOTEN and _valt_weg(uitzondering, kalender):
        yield meld.fout(
            f"{wat}: het is dan {naam} en de feestdag gaat voor. Zet aan dat dit boven de feestdag gaat.",
            verwijst=True,
        )


def _valt_weg(uitzondering: Uitzondering, kalender: Kalender) -> bool:
    """Houdt het feestdagbeleid deze tijden, of een deel ervan, tegen?"""
    if kalender.beleid(uitzondering.datum) is FeestdagBeleid.GESLOTEN:
        return True
    vroeg, tot = kalender.vroeg_dicht(uitzondering.datum), uitzondering.tot
    return vroeg is not None and tot is not None and (tot == time(0) or tot > vroeg)


def _check_tegen_regels(
    meld: Melder, uitzondering: Uitzondering, inrichting: Inrichting
) -> Iterator[Planfout]:
    if not is_bekend_jaar(uitzondering.datum):
        return
    wat = _naam_van(uitzondering)
    regels = [
        regel
        for regel in inrichting.regels
        if regel.elke_weken > 0
        and is_tijdspanne(regel.van, regel.tot)
        and is_regeldag(regel, uitzondering.datum)
    ]
    if not regels and uitzondering.soort is SoortUitzondering.ANDERE_TIJDEN:
        yield meld.let_op(f"{wat}: op die dag is er geen gewone opening. Kies extra open.", verwijst=True)
    if not regels and uitzondering.soort is SoortUitzondering.GESLOTEN:
        yield meld.let_op(f"{wat}: op die dag was er al geen opening.", verwijst=True)
    van, tot = uitzondering.van, uitzondering.tot
    if uitzondering.soort is not SoortUitzondering.EXTRA_OPEN or van is None or tot is None:
        return
    if uitzondering.boven_feestdag or not is_tijdspanne(van, tot):
        return
    extra = dagvak(uitzondering.datum, van, tot)
    if any(dagvak(uitzondering.datum, regel.van, regel.tot).omvat(extra) for regel in regels):
        yield meld.let_op(f"{wat}: die tijd was al open. Hier verandert niets door.", verwijst=True)


def _check_samen(meld: Melder, nieuw: Uitzondering, eerder: list[Uitzondering]) -> Iterator[Planfout]:
    """Twee uitzonderingen op één dag."""
    dag = dagtekst(nieuw.datum)
    soorten = {nieuw.soort} | {uitzondering.soort for uitzondering in eerder}
    if not eerder:
        return
    if SoortUitzondering.GESLOTEN in soorten and len(soorten) > 1:
        yield meld.fout(f"Op {dag} staat gesloten én open. Kies een van de twee.")
    elif any((u.soort, u.van, u.tot) == (nieuw.soort, nieuw.van, nieuw.tot) for u in eerder):
        yield meld.let_op(f"Op {dag} staat deze uitzondering dubbel. Haal er een weg.")


def check_feestdagen(inrichting: Inrichting) -> Iterator[Planfout]:
    yield from check_ids("feestdagen", inrichting.feestdagen)
    gezien: set[object] = set()
    for meld, feest in elk("feestdagen", inrichting.feestdagen):
        wat = f"Feestdag {feest.naam}"
        yield from check_naam(meld, feest.naam)
        yield from _check_wanneer(meld, wat, feest)
        sleutel = feest.datum or feest.jaarlijks or taal.zonder_accenten(feest.naam_van)
        if sleutel and sleutel in gezien:
            yield meld.fout(f"{wat}: voor deze dag is er al beleid. Haal er een weg.")
        gezien.add(sleutel)
        if feest.beleid is FeestdagBeleid.VROEG_DICHT:
            if feest.tot is None:
                yield meld.fout(f"{wat}: bij vroeg dicht ontbreekt hoe laat. Vul die tijd in.")
            elif feest.tot.minute % TIK_MINUTEN or feest.tot.second:
                yield meld.fout(f"{wat}: kies een tijd op hele vijf minuten, niet {klok(feest.tot)}.")
        elif feest.tot is not None:
            yield meld.fout(f"{wat}: een tijd hoort alleen bij vroeg dicht. Haal hem weg.")


def _check_wanneer(meld: Melder, wat: str, feest: Feestdag) -> Iterator[Planfout]:
    if sum(map(bool, (feest.datum, feest.jaarlijks, feest.naam_van))) != 1:
        yield meld.fout(f"{wat}: kies een datum, een dag van elk jaar, of een naam. Precies één.")
    if feest.jaarlijks and not _is_dag_van_jaar(*feest.jaarlijks):
        yield meld.fout(f"{wat}: deze dag van het jaar bestaat niet. Kijk dag en maand na.")
    namen = {taal.zonder_accenten(naam): naam for naam in feestdagnamen()}
    gezocht = taal.zonder_accenten(feest.naam_van)
    if feest.naam_van and gezocht not in namen:
        lijkt = difflib.get_close_matches(gezocht, namen, n=1)
        hint = f"Bedoelde u {namen[lijkt[0]]}?" if lijkt else f"Kies uit: {opsomming(namen.values())}."
        yield meld.fout(f"{wat}: {feest.naam_van} staat niet in de lijst van feestdagen. {hint}")


def _is_dag_van_jaar(maand: int, dag: int) -> bool:
    return 1 <= maand <= 12 and 1 <= dag <= calendar.monthrange(2024, maand)[1]
