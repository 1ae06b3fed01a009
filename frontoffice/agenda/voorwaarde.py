"""Of een voorwaarde geldt voor deze mensen op deze dag, en wat iets dan kost.

Kent geen wens en geen avond: alleen leeftijden op de dag zelf en aangevinkte omstandigheden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from frontoffice.agenda.inrichting import Kosten, Product, Voorwaarde


@dataclass(frozen=True)
class Omstandigheden:
    """Wat de agent over de bezoekers weet. Een lege `geboortedatum` = niet gevraagd, dus leeftijd onbekend.

    `codes` zijn de aangevinkte omstandigheden ("vermissing"); `toestemming_op`: dag van de toestemming.
    """

    geboortedatum: date | None = None
    codes: frozenset[str] = frozenset()
    toestemming_op: date | None = None
    variant: str = ""


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
        return None
    leeftijd = age_on(omstandigheden.geboortedatum, dag)
    onder = voorwaarde.leeftijd_onder is None or leeftijd < voorwaarde.leeftijd_onder
    return onder and leeftijd >= (voorwaarde.leeftijd_vanaf or 0)


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
