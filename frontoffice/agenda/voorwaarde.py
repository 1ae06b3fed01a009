"""Of een voorwaarde geldt voor deze mensen op deze dag, en wat iets dan kost.

Kent geen wens en geen avond: alleen leeftijden op de dag zelf en aangevinkte omstandigheden. Zegt ook wat
daarvan bij een afspraak bewaard blijft: niet meer dan wat er later op de brief van afhangt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from frontoffice.agenda.afspraak import Antwoorden
from frontoffice.agenda.inrichting import Kosten, Product, Voorwaarde


@dataclass(frozen=True)
class Omstandigheden:
    """Wat de agent over de bezoekers weet. Een lege `geboortedatum` = niet gevraagd, dus leeftijd onbekend.

    `codes` zijn de aangevinkte omstandigheden ("vermissing"); `toestemming_op`: dag van de toestemming.
    `leeftijd_vanaf` en `leeftijd_onder`: wat er zonder geboortedatum van de leeftijd bekend is.
    """

    geboortedatum: date | None = None
    codes: frozenset[str] = frozenset()
    toestemming_op: date | None = None
    variant: str = ""
    leeftijd_vanaf: int | None = None
    leeftijd_onder: int | None = None


def conditions_of(product: Product) -> tuple[Voorwaarde, ...]:
    """Alle voorwaarden die bij een product staan."""
    return tuple(
        deel.voorwaarde for reeks in (product.meenemen, product.wie_komt, product.kosten) for deel in reeks
    )


def note_antwoorden(
    producten: Iterable[Product], omstandigheden: Omstandigheden, dag: date, bewaard: date | None
) -> Antwoorden:
    """Wat er bij de afspraak bewaard blijft. `bewaard`: de geboortedatum die er al bij staat (van een kind).

    Een omstandigheid waar geen product naar vraagt, blijft weg; van een volwassene blijven alleen de grenzen
    over die ertoe doen.
    """
    lijst = tuple(producten)
    voorwaarden = [voorwaarde for product in lijst for voorwaarde in conditions_of(product)]
    gevraagd = {voorwaarde.omstandigheid for voorwaarde in voorwaarden} - {""}
    vraagt_dag = any(regel.toestemming_dagen is not None for product in lijst for regel in product.wie_komt)
    vanaf, onder = omstandigheden.leeftijd_vanaf, omstandigheden.leeftijd_onder
    if omstandigheden.geboortedatum is not None:
        leeftijd = age_on(omstandigheden.geboortedatum, dag)
        grenzen = {v.leeftijd_onder for v in voorwaarden} | {v.leeftijd_vanaf for v in voorwaarden}
        bekend = [grens for grens in grenzen if grens is not None]
        vanaf = max((grens for grens in bekend if grens <= leeftijd), default=None)
        onder = min((grens for grens in bekend if grens > leeftijd), default=None)
    if bewaard is not None:
        vanaf = onder = None
    return Antwoorden(
        tuple(sorted(omstandigheden.codes & gevraagd)),
        omstandigheden.toestemming_op if vraagt_dag else None,
        vanaf,
        onder,
    )


def circumstances_of(antwoorden: Antwoorden, geboortedatum: date | None) -> Omstandigheden:
    """Wat er van toen nog bekend is, met de geboortedatum die bij de afspraak staat."""
    return Omstandigheden(
        geboortedatum,
        frozenset(antwoorden.codes),
        antwoorden.toestemming_op,
        leeftijd_vanaf=None if geboortedatum else antwoorden.leeftijd_vanaf,
        leeftijd_onder=None if geboortedatum else antwoorden.leeftijd_onder,
    )


def age_on(geboortedatum: date, dag: date) -> int:
    """Hele jaren; wie op 29 februari is geboren, verjaart in een gewoon jaar op 1 maart."""
    verjaard = (dag.month, dag.day) >= (geboortedatum.month, geboortedatum.day)
    return dag.year - geboortedatum.year - (0 if verjaard else 1)


def applies(voorwaarde: Voorwaarde, omstandigheden: Omstandigheden, dag: date) -> bool | None:
    """Geldt de voorwaarde? None als dat afhangt van een leeftijd die niemand heeft gevraagd."""
    if voorwaarde.omstandigheid and voorwaarde.omstandigheid not in omstandigheden.codes:
        return False
    if voorwaarde.leeftijd_onder is None and voorwaarde.leeftijd_vanaf is None:
        return True
    if omstandigheden.geboortedatum is None:
        return _within(voorwaarde, omstandigheden)
    leeftijd = age_on(omstandigheden.geboortedatum, dag)
    onder = voorwaarde.leeftijd_onder is None or leeftijd < voorwaarde.leeftijd_onder
    return onder and leeftijd >= (voorwaarde.leeftijd_vanaf or 0)


def _within(voorwaarde: Voorwaarde, bekend: Omstandigheden) -> bool | None:
    """Hetzelfde zonder geboortedatum: alleen zeker als de bekende grenzen het uitmaken."""
    vanaf, onder = bekend.leeftijd_vanaf, bekend.leeftijd_onder
    jong_genoeg: bool | None = True
    if voorwaarde.leeftijd_onder is not None:
        jong_genoeg = _decide(
            onder is not None and onder <= voorwaarde.leeftijd_onder,
            vanaf is not None and vanaf >= voorwaarde.leeftijd_onder,
        )
    oud_genoeg: bool | None = True
    if voorwaarde.leeftijd_vanaf is not None:
        oud_genoeg = _decide(
            vanaf is not None and vanaf >= voorwaarde.leeftijd_vanaf,
            onder is not None and onder <= voorwaarde.leeftijd_vanaf,
        )
    if jong_genoeg is False or oud_genoeg is False:
        return False
    return True if jong_genoeg and oud_genoeg else None


def _decide(zeker_wel: bool, zeker_niet: bool) -> bool | None:
    return True if zeker_wel else False if zeker_niet else None


def tarief(product: Product, dag: date, omstandigheden: Omstandigheden | None = None) -> Decimal | None:
    """De prijs per persoon op de dag van de afspraak, of None als die niet vaststaat.

    Zonder omstandigheden staat hij alleen vast als alle tarieven van die dag hetzelfde bedrag hebben.
    """
    geldig = tuple(k for k in product.kosten if k.geldig_van <= dag <= (k.geldig_tot or dag))
    if omstandigheden is None:
        bedragen = {k.bedrag for k in geldig}
        return bedragen.pop() if len(bedragen) == 1 else None
    gekozen = _best(geldig, omstandigheden, dag)
    return gekozen.bedrag if gekozen else None


def _best(geldig: Iterable[Kosten], omstandigheden: Omstandigheden, dag: date) -> Kosten | None:
    """De gevraagde variant, anders wat bij de leeftijd past, anders het algemene tarief."""
    algemeen: Kosten | None = None
    passend: Kosten | None = None
    for kosten in sorted(geldig, key=lambda k: k.geldig_van, reverse=True):
        past = applies(kosten.voorwaarde, omstandigheden, dag)
        if past is None:
            return None
        if not past:
            continue
        if kosten.variant and kosten.variant == omstandigheden.variant:
            return kosten
        if kosten.voorwaarde != Voorwaarde():
            passend = passend or kosten
        elif not kosten.variant:
            algemeen = algemeen or kosten
    return passend or algemeen
