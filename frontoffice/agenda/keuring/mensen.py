"""Keurt wie waar werkt: balies, medewerkers, diensten en blokkades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from frontoffice.agenda.inrichting import Dienst, DienstToestand, Inrichting, Rol
from frontoffice.agenda.kalender import Kalender, is_tijdspanne
from frontoffice.agenda.keuring.bevinding import (
    Melder,
    Planfout,
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
from frontoffice.agenda.tijd import dagvak


def check_balies(inrichting: Inrichting) -> Iterator[Planfout]:
    """Elke balie heeft een naam die geen andere heeft, en een periode die kan."""
    yield from check_ids("balies", inrichting.balies)
    namen: set[str] = set()
    for meld, balie in elk("balies", inrichting.balies):
        yield from check_naam(meld, balie.naam)
        yield from check_periode(meld, f"Balie {balie.naam}", balie.actief_van, balie.actief_tot)
        if balie.naam in namen:
            yield meld.let_op(f"Er zijn twee balies met de naam {balie.naam}. Geef er een andere.")
        namen.add(balie.naam)


def check_medewerkers(inrichting: Inrichting) -> Iterator[Planfout]:
    """Elke medewerker hoort bij een bekende organisatie en mag iets."""
    yield from check_ids("medewerkers", inrichting.medewerkers)
    for meld, medewerker in elk("medewerkers", inrichting.medewerkers):
        wat = medewerker.naam
        yield from check_naam(meld, wat)
        if medewerker.organisatie not in inrichting.locatie.organisaties:
            bekend = opsomming(inrichting.locatie.organisaties)
            yield meld.fout(f"{wat}: kies een organisatie uit de lijst: {bekend}.", verwijst=True)
        yield from check_periode(meld, wat, medewerker.actief_van, medewerker.actief_tot)
        if not medewerker.bevoegdheden:
            yield meld.let_op(f"{wat} mag nog niets doen. Geef aan wat deze collega mag.")
        for bevoegdheid in medewerker.bevoegdheden:
            if not bevoegdheid.soort.strip():
                yield meld.fout(f"{wat}: er staat een lege bevoegdheid. Vul hem in of haal hem weg.")
            periode = f"{wat}, {bevoegdheid.soort}"
            yield from check_periode(meld, periode, bevoegdheid.geldig_van, bevoegdheid.geldig_tot)


def check_diensten(inrichting: Inrichting, kalender: Kalender) -> Iterator[Planfout]:
    """Kan elke dienst zo: tijden, avond, wie er werkt en waar?"""
    yield from check_ids("diensten", inrichting.diensten)
    for meld, dienst in elk("diensten", inrichting.diensten):
        wat = _naam_van(dienst, inrichting)
        tijden = tuple(check_tijden(meld, wat, dienst.van, dienst.tot))
        yield from tijden
        yield from _check_medewerker(meld, wat, dienst, inrichting)
        yield from _check_balie(meld, wat, dienst, inrichting)
        yield from check_jaar(meld, wat, dienst.datum)
        if not tijden and is_bekend_jaar(dienst.datum):
            yield from _check_opening(meld, wat, dienst, kalender)
    werkt = [
        (meld, dienst)
        for meld, dienst in elk("diensten", inrichting.diensten)
        if dienst.toestand is not DienstToestand.ZIEK
        and is_tijdspanne(dienst.van, dienst.tot)
        and is_bekend_jaar(dienst.datum)
    ]
    yield from _check_dubbel(
        werkt, lambda dienst: dienst.medewerker, lambda dienst: _dubbel(dienst, inrichting)
    )
    yield from _check_dubbel(
        [(meld, dienst) for meld, dienst in werkt if dienst.rol is Rol.BALIE],
        lambda dienst: dienst.balie,
        lambda dienst: _vol(dienst, inrichting),
    )


def _naam_van(dienst: Dienst, inrichting: Inrichting) -> str:
    medewerker = inrichting.medewerker.get(dienst.medewerker)
    naam = medewerker.naam if medewerker else dienst.medewerker
    return f"Werktijd van {naam} op {dagtekst(dienst.datum)}"


def _check_medewerker(meld: Melder, wat: str, dienst: Dienst, inrichting: Inrichting) -> Iterator[Planfout]:
    medewerker = inrichting.medewerker.get(dienst.medewerker)
    if medewerker is None:
        yield meld.fout(f"{wat}: deze medewerker bestaat niet. Kies een ander.", verwijst=True)
        return
    van, tot = medewerker.actief_van, medewerker.actief_tot
    if not (van or dienst.datum) <= dienst.datum <= (tot or dienst.datum):
        yield meld.fout(f"{wat}: deze collega werkt hier dan niet. Kies een ander.", verwijst=True)
    elif dienst.rol is Rol.BALIE and medewerker.bevoegdheden and not medewerker.mag(dienst.datum):
        yield meld.let_op(f"{wat}: deze collega mag die dag niets. De werktijd telt niet mee.", verwijst=True)


def _check_balie(meld: Melder, wat: str, dienst: Dienst, inrichting: Inrichting) -> Iterator[Planfout]:
    if dienst.rol is not Rol.BALIE:
        if dienst.balie:
            yield meld.let_op(f"{wat}: bij de rol {dienst.rol.value} telt de balie niet mee.")
        return
    if not dienst.balie:
        yield meld.fout(f"{wat}: de balie ontbreekt. Kies een balie of een andere rol.")
        return
    balie = inrichting.balie.get(dienst.balie)
    if balie is None:
        yield meld.fout(f"{wat}: balie {dienst.balie} bestaat niet. Kies een andere balie.", verwijst=True)
    elif not balie.is_actief(dienst.datum):
        yield meld.fout(f"{wat}: balie {balie.naam} is dan niet in gebruik.", verwijst=True)


def _check_opening(meld: Melder, wat: str, dienst: Dienst, kalender: Kalender) -> Iterator[Planfout]:
    if dienst.rol is not Rol.BALIE:
        return
    open_ = kalender.opening(dienst.datum).vakken
    werk = dagvak(dienst.datum, dienst.van, dienst.tot)
    if not open_:
        yield meld.let_op(f"{wat}: die dag is er geen opening.", verwijst=True)
    elif not any(vak.raakt(werk) for vak in open_):
        yield meld.let_op(f"{wat}: dit is helemaal buiten de openingstijd.", verwijst=True)


def _check_dubbel(
    werkt: list[tuple[Melder, Dienst]], sleutel: Callable[[Dienst], str], zin: Callable[[Dienst], str]
) -> Iterator[Planfout]:
    """Diensten met dezelfde sleutel op één dag die tijd delen; elke dienst hoogstens één keer gemeld."""
    groepen: dict[tuple[date, str], list[tuple[Melder, Dienst]]] = defaultdict(list)
    for meld, dienst in werkt:
        if sleutel(dienst):
            groepen[dienst.datum, sleutel(dienst)].append((meld, dienst))
    for (dag, _), groep in groepen.items():
        if len(groep) < 2:
            continue
        op_tijd = sorted(
            ((dagvak(dag, d.van, d.tot), m.nummer or 0, m, d) for m, d in groep), key=lambda r: r[:2]
        )
        laatste = op_tijd[0][0].eind
        for vorige, (vak, _, meld, dienst) in pairwise(op_tijd):
            laatste = max(laatste, vorige[0].eind)
            if vak.begin < laatste and vak.lengte:
                yield meld.fout(zin(dienst))


def _dubbel(dienst: Dienst, inrichting: Inrichting) -> str:
    medewerker = inrichting.medewerker.get(dienst.medewerker)
    naam = medewerker.naam if medewerker else dienst.medewerker
    wanneer = f"{dagtekst(dienst.datum)} om {klok(dienst.van)}"
    return f"{naam} staat op {wanneer} twee keer in het rooster. Verander een van de tijden."


def _vol(dienst: Dienst, inrichting: Inrichting) -> str:
    balie = inrichting.balie.get(dienst.balie)
    naam = balie.naam if balie else dienst.balie
    wanneer = f"{dagtekst(dienst.datum)} om {klok(dienst.van)}"
    return f"Aan {naam} staan op {wanneer} twee medewerkers. Kies voor één een andere balie."


def check_blokkades(inrichting: Inrichting) -> Iterator[Planfout]:
    yield from check_ids("blokkades", inrichting.blokkades)
    for meld, blok in elk("blokkades", inrichting.blokkades):
        wat = f"Blokkade op {dagtekst(blok.datum)}"
        yield from check_tijden(meld, wat, blok.van, blok.tot)
        yield from check_jaar(meld, wat, blok.datum)
        if not blok.reden.strip():
            yield meld.fout(f"{wat}: de reden ontbreekt. Vul een reden in, zoals pauze.")
        if blok.balie and blok.medewerker:
            yield meld.fout(f"{wat}: kies een balie of een medewerker, niet allebei.")
        if blok.balie and blok.balie not in inrichting.balie:
            yield meld.fout(f"{wat}: balie {blok.balie} bestaat niet. Kies een andere.", verwijst=True)
        if blok.medewerker and blok.medewerker not in inrichting.medewerker:
            yield meld.fout(
                f"{wat}: medewerker {blok.medewerker} bestaat niet. Kies een ander.", verwijst=True
            )
