"""Zeg dit: wat de agent voorleest bij een tijd. Wat neemt u mee, wie komt er, wat kost het, en wat daarna.

Alleen wat van toepassing is; wat van een nog niet gevraagde leeftijd afhangt, staat erbij als onzeker.
Waarschuwt, maar houdt niets tegen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from frontoffice.agenda.inrichting import Inrichting, Meenemen, Product, Voorwaarde, Wanneer, WieKomt
from frontoffice.agenda.kalender import Kalender, landelijke_feestdagen
from frontoffice.agenda.voorwaarde import Omstandigheden, age_on, applies, tarief
from frontoffice.agenda.wensen import Plan
from frontoffice.domain import taal

_UREN = ("twaalf", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf")
_MINUTEN = {
    5: "vijf over {0}",
    10: "tien over {0}",
    15: "kwart over {0}",
    20: "tien voor half {1}",
    25: "vijf voor half {1}",
    30: "half {1}",
    35: "vijf over half {1}",
    40: "tien over half {1}",
    45: "kwart voor {1}",
    50: "tien voor {1}",
    55: "vijf voor {1}",
}
_MEERDERJARIG = 18


@dataclass(frozen=True)
class Punt:
    """Een regel van de lijst. Niet `zeker`: de leeftijd is niet gevraagd; `als` zegt voor wie het geldt."""

    tekst: str
    verplicht: bool = True
    zeker: bool = True
    als: str = ""


@dataclass(frozen=True)
class Kostenpunt:
    """`bedrag` in euro voor alle personen van de regel, of None als het tarief niet vaststaat."""

    naam: str
    personen: int
    bedrag: Decimal | None


@dataclass(frozen=True)
class Vervolgpunt:
    """Wat erna komt, en vanaf welke dag dat kan."""

    product: str
    naam: str
    vanaf: date


@dataclass(frozen=True)
class Belscript:
    """`totaal` is None zodra van één regel het bedrag niet vaststaat: liever geen bedrag dan een te laag."""

    meenemen: tuple[Punt, ...]
    wie_komt: tuple[Punt, ...]
    kosten: tuple[Kostenpunt, ...]
    totaal: Decimal | None
    vervolg: tuple[Vervolgpunt, ...]
    waarschuwingen: tuple[str, ...]


def make_script(
    inrichting: Inrichting,
    kalender: Kalender,
    plan: Plan,
    dag: date,
    omstandigheden: Omstandigheden | None = None,
    talen: str = "nl",
) -> Belscript:
    """Het script voor dit plan op deze dag. `talen`: "nl", of een taal waarin de regels vertaald zijn."""
    wat = omstandigheden or Omstandigheden()
    producten = [inrichting.product[regel.product] for regel in plan.regels]
    kosten = tuple(_kosten(p, r.personen, dag, wat) for p, r in zip(producten, plan.regels, strict=True))
    bedragen = [punt.bedrag for punt in kosten if punt.bedrag is not None]
    wanneer = Wanneer.OPHALEN if _is_vervolg(inrichting, plan) else Wanneer.AANVRAAG
    return Belscript(
        meenemen=_points([m for p in producten for m in p.meenemen if m.wanneer is wanneer], wat, dag, talen),
        wie_komt=_points([w for p in producten for w in p.wie_komt], wat, dag, talen),
        kosten=kosten,
        totaal=sum(bedragen, Decimal(0)) if bedragen and len(bedragen) == len(kosten) else None,
        vervolg=_vervolg(inrichting, kalender, producten, dag),
        waarschuwingen=_warnings(producten, dag, wat),
    )


def say_time(moment: datetime) -> str:
    """ "kwart over vijf", "tien voor half zes", "vijf uur"; anders dan op vijf minuten: "17.03 uur"."""
    plaatselijk = taal.lokaal(moment)
    uur, volgend = _UREN[plaatselijk.hour % 12], _UREN[(plaatselijk.hour + 1) % 12]
    if plaatselijk.minute == 0:
        return f"{uur} uur"
    vorm = _MINUTEN.get(plaatselijk.minute)
    return vorm.format(uur, volgend) if vorm else taal.tijd(moment)


# --- toestemming en termijn --------------------------------------------------------------------------------


def consent_warning(gegeven_op: date, geldig_dagen: int, dag: date) -> str:
    """Waarschuwing als de toestemming op de dag van de afspraak is verlopen, of "" (T10)."""
    verloopt = gegeven_op + timedelta(days=geldig_dagen)
    if dag < verloopt:
        return ""
    wanneer = f"{verloopt.day} {taal.MAANDEN_KORT[verloopt.month - 1]}"
    return f"Let op: toestemming verlopen ({wanneer}). Vraag een nieuwe."


@dataclass(frozen=True)
class Termijncheck:
    """`laatste_dag` waarop het nog mag. `waarschuwing` met het aanbod van overdag, of ""."""

    laatste_dag: date
    waarschuwing: str


def check_termijn(gebeurtenis: date, dagen: int, afspraak: date) -> Termijncheck:
    """Ligt de afspraak nog binnen de wettelijke termijn na een gebeurtenis (T11: aangifte van geboorte)?

    De dag zelf telt niet mee. Een termijn die op een weekend- of feestdag eindigt, loopt door tot de volgende
    gewone dag, en een termijn van drie dagen of meer telt minstens twee gewone dagen (Algemene termijnenwet,
    art. 1 en 2). Een dag waarop alleen deze gemeente dicht is, verlengt niets.
    """
    laatste = gebeurtenis + timedelta(days=dagen)
    gewoon = sum(not _is_vrij(gebeurtenis + timedelta(days=n)) for n in range(1, dagen + 1))
    nodig = 2 if dagen >= 3 else 0
    while gewoon < nodig or _is_vrij(laatste):
        laatste += timedelta(days=1)
        gewoon += not _is_vrij(laatste)
    if afspraak <= laatste:
        return Termijncheck(laatste, "")
    tekst = f"Deze avond is te laat: het moet uiterlijk {taal.datum_kort(laatste, afspraak)}. Kies overdag."
    return Termijncheck(laatste, tekst)


def _is_vrij(dag: date) -> bool:
    return dag.weekday() >= 5 or dag in landelijke_feestdagen(dag.year)


# --- de onderdelen -----------------------------------------------------------------------------------------


def _is_vervolg(inrichting: Inrichting, plan: Plan) -> bool:
    """Komt men alleen voor iets wat op een aanvraag volgt (ophalen)?"""
    vervolg = {p.vervolg.product for p in inrichting.producten if p.vervolg}
    return bool(plan.producten) and all(code in vervolg for code in plan.producten)


def _points(
    regels: list[Meenemen] | list[WieKomt], wat: Omstandigheden, dag: date, talen: str
) -> tuple[Punt, ...]:
    """Wat van toepassing is, elk maar één keer, in de volgorde van de producten."""
    punten: dict[str, Punt] = {}
    for regel in regels:
        geldt = applies(regel.voorwaarde, wat, dag)
        if geldt is False:
            continue
        tekst = _tekst(regel, talen)
        als = "" if geldt else _condition(regel.voorwaarde)
        verplicht = regel.verplicht if isinstance(regel, Meenemen) else True
        oud = punten.get(tekst)
        if oud is None or (geldt and not oud.zeker):
            punten[tekst] = Punt(tekst, verplicht, bool(geldt), als)
    return tuple(punten.values())


def _tekst(regel: Meenemen | WieKomt, talen: str) -> str:
    vertaald: Mapping[str, str] = regel.vertaald
    if isinstance(regel, Meenemen):
        return vertaald.get(talen, regel.tekst)
    if talen in vertaald:
        return vertaald[talen]
    wie = regel.rol if regel.aantal == 1 else f"{regel.aantal} × {regel.rol}"
    return f"{wie}, of {regel.vervanging}" if regel.vervanging else wie


def _condition(voorwaarde: Voorwaarde) -> str:
    if voorwaarde.leeftijd_onder is not None:
        return f"jonger dan {voorwaarde.leeftijd_onder} jaar"
    return f"{voorwaarde.leeftijd_vanaf} jaar of ouder"


def _kosten(product: Product, personen: int, dag: date, wat: Omstandigheden) -> Kostenpunt:
    bedrag = tarief(product, dag) if wat == Omstandigheden() else tarief(product, dag, wat)
    return Kostenpunt(product.naam, personen, None if bedrag is None else bedrag * personen)


def _vervolg(
    inrichting: Inrichting, kalender: Kalender, producten: list[Product], dag: date
) -> tuple[Vervolgpunt, ...]:
    """Elk vervolg één keer, op de laatste dag die een van de producten vraagt."""
    vanaf: dict[str, date] = {}
    for product in producten:
        if product.vervolg:
            eerste = kalender.add_werkdagen(dag, product.vervolg.werkdagen)
            vanaf[product.vervolg.product] = max(eerste, vanaf.get(product.vervolg.product, eerste))
    return tuple(
        Vervolgpunt(code, inrichting.product[code].naam, wanneer)
        for code, wanneer in vanaf.items()
        if code in inrichting.product
    )


def _warnings(producten: list[Product], dag: date, wat: Omstandigheden) -> tuple[str, ...]:
    uit: dict[str, None] = {}
    for product in producten:
        kind = wat.geboortedatum and age_on(wat.geboortedatum, dag) < _MEERDERJARIG
        if product.minderjarig and wat.geboortedatum and not kind:
            uit[f"{product.naam} is voor een kind; op deze dag is de klant 18 of ouder."] = None
        for regel in product.wie_komt:
            if regel.toestemming_dagen is None or applies(regel.voorwaarde, wat, dag) is False:
                continue
            if wat.toestemming_op and (
                tekst := consent_warning(wat.toestemming_op, regel.toestemming_dagen, dag)
            ):
                uit[tekst] = None
    return tuple(uit)
